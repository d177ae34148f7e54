"""Groups in the database: kept up with every article, the same in any order, and made anew by one command."""

from __future__ import annotations

import gc
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import NoSuchRow
from quotes.group.keys import IndexedWording, meaning_keys, word_keys
from quotes.model import Article, Extraction, Quote, Speaker, TextSpan
from quotes.store import claims, judgements
from quotes.store.connection import reading
from quotes.store.filters import Filters
from quotes.store.verify import verify
from quotes.store.writer import Writer
from quotes.topics import Profile, Topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TRAMS = "The council will spend twelve million euros on new tram lines in the eastern districts"
TRAMS_NEAR = "The city council will spend twelve million euros on new tram lines in the eastern districts"
TRAMS_PART = "twelve million euros on new tram lines in the eastern districts"
TRAMS_OTHER = TRAMS.replace("twelve", "fifteen")
TRAMS_ALL = (TRAMS, TRAMS_NEAR, TRAMS_PART, TRAMS_OTHER)
PIER = "The harbour opens to ferries again once the damaged northern pier has been repaired by engineers"
PIER_PART = "the damaged northern pier has been repaired by engineers"
PIER_TOO = (
    "Ministers hope that the damaged northern pier has been repaired by engineers before the season of the regatta"
)
PIER_OTHERWISE = "Once engineers have repaired the damaged pier in the north, the harbour will be open to ferries again"
HOSPITAL = "The hospital will be closed before the end of the year"
CLINIC = "The clinic is going to shut its doors by the end of this year"
SHORT = "I have no comment"

Said = tuple[str, str | None]


def article(
    name: str, *said: Said, outlet: str | None = None, published: str | None = None
) -> tuple[Article, Extraction]:
    """An article of its own words around these statements."""
    text, quotes = f"{name} begins here.", []
    for number, (words, speaker) in enumerate(said):
        text += f" {name} has heard {speaker} in place {name}{number}: "
        span = TextSpan(len(text), len(text) + len(words))
        text += f"{words}. {' '.join(f'{name}{number}x{i}' for i in range(26))}."
        who = Speaker(speaker, "made up") if speaker else None
        quotes.append(Quote(kind="direct", contents=(span,), speaker=who))
    known = Article(text=text, name=name, path=f"/made/{name}.txt", outlet=outlet, published=published)
    return known, Extraction(quotes=tuple(quotes), marks=(), extractor="made/1")


class Store:
    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, *added: tuple[Article, Extraction], topics: Sequence[str] = ()) -> None:
        profile = Profile(tuple(Topic(term, 1.0) for term in topics))
        with Writer(self.path) as writer:
            for known, extraction in added:
                writer.add(known, lambda _, found=extraction: found, profile=lambda _: profile)

    def remove(self, name: str) -> None:
        with reading(self.path) as conn:
            (number,) = conn.execute("SELECT id FROM article WHERE name = ?", (name,)).fetchone()
        with Writer(self.path) as writer:
            writer.remove(number)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with reading(self.path) as conn:
            conn.row_factory = None
            return conn.execute(query, values).fetchall()

    def groups(self, column: str = "claim_id") -> set[frozenset[str]]:
        """The quotes of each group, called by article and position."""
        found: dict[int, set[str]] = {}
        query = f"SELECT {column}, article.name || position FROM quote JOIN article ON article.id = article_id"
        for number, quote in self.rows(query):
            found.setdefault(number, set()).add(quote)
        return {frozenset(group) for group in found.values()}

    def everything(self) -> dict[str, Any]:
        """What is known of the groups, without the numbers that hang on the order of adding."""
        counted = (
            "label, quotes, articles, outlets, sources, speakers, wordings, first_published, conflicts, contradicted"
        )
        families = self.rows(
            "SELECT group_concat(name) FROM (SELECT name, family_id FROM article ORDER BY name) GROUP BY family_id"
        )
        return {
            "claims": self.groups(),
            "utterances": self.groups("utterance_id"),
            "counted": sorted(map(str, self.rows(f"SELECT {counted} FROM claim"))),
            "labels": sorted(map(str, self.rows("SELECT label, quotes, wordings FROM utterance"))),
            "families": sorted(families),
            "keys": sorted(self.rows("SELECT key, rank FROM wording_key")),
        }


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "quotes.db")


@pytest.mark.parametrize(
    ("said", "utterances", "claims_"),
    [
        pytest.param((TRAMS, TRAMS.upper()), [{"a0", "b0"}], [{"a0", "b0"}], id="identical"),
        pytest.param((TRAMS, TRAMS_NEAR), [{"a0", "b0"}], [{"a0", "b0"}], id="near"),
        pytest.param((TRAMS, TRAMS_PART), [{"a0", "b0"}], [{"a0", "b0"}], id="fragment"),
        pytest.param((TRAMS, TRAMS_OTHER), [{"a0"}, {"b0"}], [{"a0"}, {"b0"}], id="another number"),
        pytest.param((TRAMS, PIER), [{"a0"}, {"b0"}], [{"a0"}, {"b0"}], id="unlike"),
        pytest.param(
            (PIER_PART, PIER, PIER_TOO),
            [{"a0"}, {"b0"}, {"c0"}],
            [{"a0"}, {"b0"}, {"c0"}],
            id="a part of two statements",
        ),
        pytest.param((SHORT, SHORT), [{"a0"}, {"b0"}], [{"a0"}, {"b0"}], id="few words of two people"),
    ],
)
def test_groups_join(store: Store, said: Sequence[str], utterances: list[set[str]], claims_: list[set[str]]) -> None:
    speakers = ("Ana Lopez", "Jon Baker", "Mia Stone")
    store.add(*(article(name, (words, who)) for name, words, who in zip("abc", said, speakers, strict=False)))
    assert store.groups("utterance_id") == {frozenset(group) for group in utterances}
    assert store.groups() == {frozenset(group) for group in claims_}


def test_groups_few_words_of_one_mouth_are_one(store: Store) -> None:
    store.add(
        article("a", (SHORT, "Ana Lopez")), article("b", (SHORT, "Ana Lopez")), article("c", (SHORT, "Jon Baker"))
    )
    assert store.groups() == {frozenset({"a0", "b0"}), frozenset({"c0"})}


def test_groups_few_words_in_copies_of_one_text_are_one(store: Store) -> None:
    known, extraction = article("a", *((f"{TRAMS} in stage {i}", None) for i in range(9)), (SHORT, None))
    copy = Article(text=known.text, name="b", path="/made/b.txt")
    store.add((known, extraction), (copy, extraction), article("c", (SHORT, None)))
    assert frozenset({"a9", "b9"}) in store.groups()
    assert store.rows("SELECT name, family_id FROM article") == [("a", 1), ("b", 1), ("c", 3)]


def test_groups_few_words_in_a_longer_statement_are_suggested_only(store: Store) -> None:
    store.add(article("a", ("northern pier", "Ana Lopez")), article("b", (PIER, "Ana Lopez")))
    store.add(article("c", ("by engineers", "Ana Lopez")))
    assert store.rows("SELECT a, b, kind, linked, method FROM edge") == [
        (1, 2, "fragment", 0, "short/1"),
        (2, 3, "fragment", 0, "short/1"),
    ]
    assert len(store.groups()) == 3


def test_groups_other_words_altogether_are_suggested(store: Store) -> None:
    one, other = map(IndexedWording.of, (HOSPITAL, CLINIC))
    assert not (word_keys(one) | meaning_keys(one)) & (word_keys(other) | meaning_keys(other))
    store.add(article("a", (HOSPITAL, "Ana Lopez")), article("b", (TRAMS, "Jon Baker")), article("c", (CLINIC, None)))
    found = store.rows("SELECT a, b, kind, linked FROM edge")
    assert found == [(1, 3, "paraphrase", 0)]
    with Writer(store.path) as writer:
        writer.group()
    assert store.rows("SELECT a, b, kind, linked FROM edge") == found


def test_groups_have_the_number_of_their_first_quote_and_the_fullest_wording(store: Store) -> None:
    store.add(article("a", (TRAMS_PART, None)), article("b", (TRAMS, None)), article("c", (TRAMS_NEAR, None)))
    assert store.rows("SELECT id, label, quotes, wordings FROM claim") == [(1, TRAMS_NEAR, 3, 3)]
    store.add(article("d", (TRAMS, None)))
    assert store.rows("SELECT id, label, quotes, wordings FROM claim") == [(1, TRAMS_NEAR, 4, 3)]


def test_groups_a_claim_counts_outlets_sources_and_dates(store: Store) -> None:
    store.add(
        article("a", (TRAMS, "Ana Lopez"), outlet="Post", published="2024-05-02"),
        article("b", (TRAMS, "Ana Lopez"), outlet="Post", published="2024-05-03"),
        article("c", (TRAMS, "Ana Lopez"), outlet="Mail", published="2024-05-01"),
        article("d", (TRAMS, None)),
    )
    columns = "quotes, articles, outlets, sources, speakers, first_published, last_published"
    assert store.rows(f"SELECT {columns} FROM claim") == [(4, 4, 2, 3, 1, "2024-05-01", "2024-05-03")]


def test_groups_follow_what_becomes_known_of_an_article(store: Store) -> None:
    known, extraction = article("a", (TRAMS, None))
    store.add((known, extraction))
    store.add(article("a", (TRAMS, None), outlet="Post", published="2024-05-02"))
    assert store.rows("SELECT outlets, first_published FROM claim") == [(1, "2024-05-02")]


def test_groups_a_claim_has_the_topics_that_its_words_hold(store: Store) -> None:
    store.add(article("a", (TRAMS, None)), topics=["harbour", "tram lines", "Council"])
    assert store.rows("SELECT rank, term FROM claim_topic") == [(1, "Council"), (2, "tram lines")]


def test_groups_a_number_that_differs_is_told_on_both_sides(store: Store) -> None:
    store.add(article("a", (TRAMS, None)), article("b", (TRAMS_OTHER, None)))
    assert store.rows("SELECT linked, contradiction FROM edge") == [(0, "number")]
    assert store.rows("SELECT contradicted FROM claim") == [(1,), (1,)]
    store.remove("b")
    assert store.rows("SELECT contradicted FROM claim") == [(0,)]


def test_groups_conflicts_are_between_articles_and_have_a_kind(store: Store) -> None:
    store.add(article("a", (TRAMS, "Ana Lopez")), article("b", (TRAMS, "Jon Baker")))
    store.add(article("c", (PIER, "Ana Lopez"), (PIER, "Jon Baker")))
    assert store.rows("SELECT claim_id, kind, a, b FROM conflict") == [(1, "different persons", 1, 2)]
    with reading(store.path) as conn:
        (conflict,) = claims.conflicts(conn)
        assert (conflict.a.speaker_name, conflict.b.speaker_name) == ("Ana Lopez", "Jon Baker")
        assert claims.conflicts(conn, kind="via") == []


said = st.tuples(
    st.sampled_from([*TRAMS_ALL, PIER, PIER_PART, PIER_TOO, HOSPITAL, CLINIC, SHORT, "northern pier"]),
    st.sampled_from(["Ana Lopez", "Jon Baker", None]),
)
papers = st.lists(st.lists(said, max_size=3), min_size=2, max_size=5)


@st.composite
def orders(draw: st.DrawFn) -> tuple[list[tuple[Article, Extraction]], list[int]]:
    written = [article("abcde"[i], *own) for i, own in enumerate(draw(papers))]
    # a copy of the first text under another name
    if draw(st.booleans()):
        first, extraction = written[0]
        written.append((Article(text=first.text, name="z", path="/made/z.txt"), extraction))
    return written, draw(st.permutations(range(len(written))))


@settings(max_examples=25, deadline=None)
@given(orders())
def test_groups_are_the_same_in_any_order_after_a_removal_and_made_anew(
    drawn: tuple[list[tuple[Article, Extraction]], list[int]],
) -> None:
    written, order = drawn
    with TemporaryDirectory() as folder:
        one, other = Store(Path(folder) / "one.db"), Store(Path(folder) / "other.db")
        one.add(*written)
        other.add(*(written[i] for i in order))
        assert one.everything() == other.everything()
        assert verify(one.path) == []
        with Writer(other.path) as writer:
            writer.group()
        assert one.everything() == other.everything()
        one.remove(written[0][0].name)
        fewer = Store(Path(folder) / "fewer.db")
        fewer.add(*written[1:])
        assert one.everything() == fewer.everything()
        assert verify(one.path) == []


def judged(store: Store) -> Iterator[Any]:
    with reading(store.path) as conn:
        yield from judgements.every(conn, "claim")


def test_groups_people_join_claims_and_take_it_back(store: Store) -> None:
    store.add(article("a", (TRAMS, None)), article("b", (PIER, None)))
    with Writer(store.path) as writer:
        assert writer.merge_claims([2, 1], who="ed", why="one speech") == 1
    assert store.groups() == {frozenset({"a0", "b0"})}
    (judgement,) = judged(store)
    assert (judgement.decision, judgement.who, judgement.why) == ("merge", "ed", "one speech")
    with Writer(store.path) as writer:
        writer.group()
    assert store.groups() == {frozenset({"a0", "b0"})}
    with Writer(store.path) as writer:
        writer.undo_claims(judgement.id, who="ed")
    assert store.groups() == {frozenset({"a0"}), frozenset({"b0"})}


def test_groups_a_decision_survives_a_removal(store: Store) -> None:
    second = article("b", (PIER, None))
    store.add(article("a", (TRAMS, None)), second)
    with Writer(store.path) as writer:
        writer.merge_claims([1, 2], who="ed")
    store.remove("b")
    assert store.groups() == {frozenset({"a0"})}
    store.add(second)
    assert store.groups() == {frozenset({"a0", "b0"})}


def test_groups_people_take_a_wording_out_of_a_claim_with_all_who_print_it(store: Store) -> None:
    store.add(article("a", (TRAMS, None)), article("b", (TRAMS_NEAR, None)), article("c", (TRAMS_NEAR, None)))
    store.add(article("d", (TRAMS_PART, None)))
    with Writer(store.path) as writer:
        assert writer.split_claim(2, who="ed") == 2
    parted = {frozenset({"a0", "d0"}), frozenset({"b0", "c0"})}
    assert store.groups() == parted
    store.add(article("e", (TRAMS_NEAR, None)))
    assert store.groups() == {frozenset({"a0", "d0"}), frozenset({"b0", "c0", "e0"})}


@pytest.mark.parametrize("number", [1, 2])
def test_groups_people_take_one_quote_out_of_those_in_its_words(store: Store, number: int) -> None:
    store.add(article("a", (TRAMS, None)), article("b", (TRAMS, None)), article("c", (TRAMS, None)))
    store.add(article("d", (TRAMS_PART, None)))
    with Writer(store.path) as writer:
        writer.split_claim(4, who="ed")
        writer.split_claim(number, who="ed")
    rest = {"a0", "b0", "c0"} - {"a0" if number == 1 else "b0"}
    assert frozenset(rest) in store.groups()
    before = store.everything()
    with Writer(store.path) as writer:
        writer.group()
    assert store.everything() == before


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (
            lambda writer: writer.merge_claims([1, 9], who="ed"),
            "There is no claim or quote 9: `quotes claims` and `quotes who WORDS` print numbers.",
        ),
        (
            lambda writer: writer.merge_claims([1, 2], who="ed"),
            "These are one claim already, 1: `quotes claims show 1` shows it.",
        ),
        (
            lambda writer: writer.split_claim(3, who="ed"),
            "Quote 3 is all of its claim: there is nothing to split it from.",
        ),
        (
            lambda writer: writer.undo_claims(7, who="ed"),
            "There is no judgement 7 about claims: `quotes claims judgements` lists them.",
        ),
    ],
)
def test_groups_say_what_cannot_be_decided(store: Store, act: Any, message: str) -> None:
    store.add(article("a", (TRAMS, None)), article("b", (TRAMS, None)), article("c", (PIER, None)))
    with Writer(store.path) as writer, pytest.raises(NoSuchRow) as raised:
        act(writer)
    assert str(raised.value) == message
    assert list(judged(store)) == []


def test_groups_are_filtered_by_day_outlet_speaker_and_topic(store: Store) -> None:
    store.add(article("a", (TRAMS, "Ana Lopez"), outlet="Post", published="2024-05-02"), topics=["tram lines"])
    store.add(article("b", (PIER, "Jon Baker"), outlet="Mail", published="2023-05-02"), topics=["pier"])
    with reading(store.path) as conn:
        for filters, found in (
            (Filters(since="2024"), [1]),
            (Filters(until="2023"), [2]),
            (Filters(since="2023-05-02", until="2023-05-02"), [2]),
            (Filters(outlet="post"), [1]),
            (Filters(speaker="baker"), [2]),
            (Filters(speaker="…"), []),
            (Filters(outlet="Post", speaker="Baker"), []),
        ):
            assert [claim.id for claim in claims.claims(conn, filters)] == found
        assert [claim.id for claim in claims.claims(conn, topic="PIER")] == [2]


def test_groups_any_quote_leads_to_its_claim(store: Store) -> None:
    store.add(
        article("a", (TRAMS, "Ana Lopez")), article("b", (TRAMS_NEAR, "Ana Lopez")), article("c", (TRAMS_OTHER, None))
    )
    with reading(store.path) as conn:
        claim = claims.claim(conn, 2)
        assert (claim.id, [quote.id for quote in claim.members]) == (1, [1, 2])
        assert [(found.quote.id, found.contradiction) for found in claim.suggestions] == [(3, "number")]
        with pytest.raises(NoSuchRow, match="There is no claim or quote 99"):
            claims.claim(conn, 99)


def test_groups_made_anew_keep_what_the_meaning_was_asked_before(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.add(article("a", (PIER, "Ana Lopez")), article("b", (PIER_OTHERWISE, "Jon Baker")))
    before = store.rows("SELECT a, b, kind, score, linked, method FROM edge")
    assert [kind for _, _, kind, *_ in before] == ["paraphrase"]
    monkeypatch.setattr("quotes.group.paraphrase.decide", lambda *_: pytest.fail("asked again"))
    with Writer(store.path) as writer:
        writer.group()
    assert store.rows("SELECT a, b, kind, score, linked, method FROM edge") == before


def test_groups_made_anew_compare_no_more_meanings_than_the_limit(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Writer(store.path) as writer, writer.grouping_later():
        for known, extraction in (article("a", (PIER, None)), article("b", (PIER_OTHERWISE, None))):
            writer.add(known, lambda _, found=extraction: found)
        monkeypatch.setattr("quotes.store.groups.comparing.MOST_WORDS", len(PIER.split()))
    assert store.rows("SELECT count(*) FROM edge") == [(0,)]
    monkeypatch.setattr("quotes.store.groups.comparing.MOST_WORDS", len(f"{PIER} {PIER_OTHERWISE}".split()))
    with Writer(store.path) as writer:
        writer.group()
    assert store.rows("SELECT kind FROM edge") == [("paraphrase",)]


@pytest.mark.parametrize("sought", [True, False])
def test_groups_made_anew_leave_the_search_for_garbage_as_it_was(store: Store, sought: bool) -> None:
    store.add(article("a", (PIER, None)))
    during: list[bool] = []
    (gc.enable if sought else gc.disable)()
    try:
        with Writer(store.path) as writer:
            writer.group(lambda _: during.append(gc.isenabled()))
        assert not any(during)
        assert gc.isenabled() == sought
    finally:
        gc.enable()

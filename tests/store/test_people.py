"""Who is who across articles: the same whatever the order of arrival, and what people decide stays decided."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.errors import NoSuchRow
from quotes.model import Article, Authority, Extraction, Position, Quote, Speaker, TextSpan
from quotes.resolve.people import NameMention, Person
from quotes.resolve.roles import printed_roles
from quotes.store import speakers
from quotes.store.connection import reading
from quotes.store.judgements import Decision
from quotes.store.verify import verify
from quotes.store.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Told = dict[str, tuple[str, str | None, frozenset[str]]]


def made(number: int, *people: str, published: str | None = "2023-03-04") -> tuple[Article, Extraction]:
    """An article that quotes each of these once; "Kenyan Interior Minister | Amina Hale" has a role before the name."""
    text, quotes, roles = "", [], []
    for person in people:
        role, _, name = person.rpartition(" | ")
        start = len(text) + len("“Yes.” ")
        at = start + (len(role) + 1 if role else 0)
        text += f"“Yes.” {role}{' ' if role else ''}{name} said.\n"
        mention = TextSpan(at, at + len(name))
        quotes.append(
            Quote(
                kind="direct",
                contents=(TextSpan(start - 7, start - 1),),
                sources=(mention,),
                mention=name,
                speaker=Speaker(name, "named in full"),
            )
        )
        found = Person([NameMention(mention.start, mention.end, tuple(name.split()))])
        roles += printed_roles([found], text)[0]
    article = Article(text=text, name=str(number), path=f"/news/{number}.txt", published=published, reader="made")
    return article, Extraction(quotes=tuple(quotes), marks=(), extractor="made/1", roles=tuple(roles))


def described(number: int, source: str, published: str) -> tuple[Article, Extraction]:
    """An article that quotes an office."""
    text = f"“Yes.” {source} said."
    span = TextSpan(7, 7 + len(source))
    quote = Quote(
        kind="direct", contents=(TextSpan(0, 6),), sources=(span,), mention=source, speaker_description=source
    )
    article = Article(text=text, name=str(number), path=f"/news/{number}.txt", published=published, reader="made")
    return article, Extraction(quotes=(quote,), marks=(), extractor="made/1")


def add(db: Path, articles: Iterable[tuple[Article, Extraction]]) -> None:
    with Writer(db) as writer:
        for article, extraction in articles:
            writer.add(article, lambda _, found=extraction: found)


def decide(db: Path, decision: str, a: str, b: str | None = None) -> int:
    with Writer(db) as writer, writer.people() as people:
        return people.decide(Decision("speaker", decision, a, b), who="vera")


def told(db: Path) -> Told:
    """For each name in each article: what its speaker is called, the number in Wikidata, and all its keys."""
    with reading(db) as conn:
        rows = conn.execute(
            "SELECT article.name || ': ' || speaker_name AS name, speaker.name AS speaker, speaker.qid, "
            "(SELECT group_concat(key, '|') FROM alias AS other WHERE other.speaker_id = speaker.id) AS keys "
            "FROM quote JOIN alias ON alias.id = quote.alias_id JOIN speaker ON speaker.id = quote.speaker_id "
            "JOIN article ON article.id = article_id"
        )
        return {row["name"]: (row["speaker"], row["qid"], frozenset(row["keys"].split("|"))) for row in rows}


def speakers_of(db: Path) -> set[frozenset[str]]:
    return {keys for _, _, keys in told(db).values()}


NAMES = st.sampled_from(
    [
        "Mohammad Reza Karimi",
        "Mohammad Reza Tehrani Karimi",
        "Kenyan Defense Minister | Muhammad Reza Karimi",
        "Defense Minister | Karimi",
        "Karimi",
        "John Fenn",
        "Mayor | John A. Fenn",
        "John B. Fenn",
        "Bill Hale",
        "Kenyan Interior Minister | William Hale",
        "Kenyan Interior Minister | Bill Hale",
        "Dutch Interior Minister | W. Hale",
        "Hale",
        "Omar Hale Jr.",
        "Omar Hale",
        "Justice Department",
    ]
)
ARTICLES = st.lists(
    st.tuples(st.lists(NAMES, min_size=1, max_size=3), st.sampled_from([None, "2012-05-01", "2023-03-04"])),
    min_size=1,
    max_size=6,
)
JUDGEMENTS = st.lists(
    st.tuples(
        st.sampled_from(["same", "different", "apart", "rename"]),
        *[st.sampled_from(["john fenn", "john a fenn", "karimi", "bill hale", "omar hale", "mohammad reza karimi"])]
        * 2,
    ),
    max_size=3,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(articles=ARTICLES, judgements=JUDGEMENTS, data=st.data())
def test_people_are_the_same_in_whatever_order_articles_and_judgements_come(
    articles: list[Any], judgements: list[Any], data: st.DataObject
) -> None:
    whole = [made(number, *names, published=date) for number, (names, date) in enumerate(articles)]
    turned = data.draw(st.permutations(whole))
    first = data.draw(st.integers(0, len(whole)))
    gone = data.draw(st.integers(0, len(whole) - 1))
    with tempfile.TemporaryDirectory() as folder:
        one, other = Path(folder, "one.db"), Path(folder, "other.db")
        add(one, whole)
        for judgement in judgements:
            decide(one, *judgement)
        add(other, turned[:first])
        for judgement in judgements:
            decide(other, *judgement)
        add(other, turned[first:])
        with Writer(other) as writer:  # removed and added again
            number = next(n for n, (article, _) in enumerate(turned, 1) if article.name == str(gone))
            writer.remove(number)
        add(other, [whole[gone]])
        assert told(one) == told(other)
        with Writer(one) as writer, writer.people() as people:
            people.refold()
        assert told(one) == told(other)
        assert verify(one) == verify(other) == []


def test_people_are_joined_under_spellings_that_leave_hardly_any_doubt(db: Path) -> None:
    add(db, [made(1, "Mohammad Reza Karimi"), made(2, "Mohammad Reza Tehrani Karimi"), made(3, "Amina Hale")])
    assert speakers_of(db) == {
        frozenset({"mohammad reza karimi", "mohammad reza tehrani karimi"}),
        frozenset({"amina hale"}),
    }


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        ("Kenyan Interior Minister | Bill Hale", "Kenyan Interior Minister | William Hale", True),
        ("Kenyan Interior Minister | Bill Hale", "Dutch Interior Minister | William Hale", False),
        ("Mayor | Bill Hale", "Mayor | William Hale", False),
        ("Bill Hale", "William Hale", False),
        ("Bill Hale", "Hillary Hale", False),
        ("Kenyan Interior Minister | John A. Hale", "Kenyan Interior Minister | John B. Hale", False),
        ("Omar Hale", "Omar Hale Jr.", False),
        ("General | Amina Hale", "General | Hale", True),
        ("Amina Hale", "Hale", False),
        ("Kenyan Interior Minister | Amina Hale", "Dutch Interior Minister | Hale", False),
    ],
)
def test_people_with_names_that_are_alike_need_a_role_in_common(db: Path, one: str, other: str, joined: bool) -> None:
    add(db, [made(1, one), made(2, other)])
    assert len(speakers_of(db)) == (1 if joined else 2)


def test_people_are_called_in_capitals_only_where_every_article_does_so(db: Path) -> None:
    add(db, [made(1, "AMINA HALE"), made(2, "Amina Hale"), made(3, "AMINA HALE")])
    assert {speaker for speaker, _, _ in told(db).values()} == {"Amina Hale"}


def test_people_who_share_a_last_name_leave_it_open_whose_it_is(db: Path) -> None:
    add(db, [made(1, "Hillary Hale"), made(2, "Bill Hale"), made(3, "Hale")])
    assert len(speakers_of(db)) == 3
    with reading(db) as conn:
        assert {one.names for one in speakers.suggestions(conn)} == {("Hillary Hale", "Hale"), ("Bill Hale", "Hale")}


def test_people_that_a_third_name_is_like_are_not_joined_by_it(db: Path) -> None:
    add(db, [made(1, "John A. Fenn"), made(2, "John Fenn"), made(3, "John B. Fenn")])
    assert len(speakers_of(db)) == 3


def test_people_keep_their_numbers_and_a_merged_one_leads_on(db: Path) -> None:
    add(db, [made(1, "Amina Hale"), made(2, "Amina Diaz")])
    number = decide(db, "same", "amina diaz", "amina hale")
    with reading(db) as conn:
        assert [(row.id, row.quotes) for row in speakers.by(conn, "2")] == [(1, 2)]
        assert speakers.by(conn, "2") == speakers.by(conn, "Amina Diaz") == speakers.by(conn, "1")
    with Writer(db) as writer, writer.people() as people:
        people.take_back(number, who="otto")
    with reading(db) as conn:
        assert [(row.id, row.name) for row in speakers.by(conn, "2")] == [(2, "Amina Diaz")]


def test_people_never_get_a_number_twice(db: Path) -> None:
    add(db, [made(1, "Amina Hale"), made(2, "Amina Diaz")])
    with Writer(db) as writer:
        writer.remove(2)
    add(db, [made(3, "Omar Said")])
    with reading(db) as conn:
        assert [row.id for row in speakers.by(conn, "Omar Said")] == [3]


def test_people_stay_merged_and_apart_when_articles_are_removed_and_added_again(db: Path) -> None:
    articles = [made(1, "Amina Hale"), made(2, "Amina Diaz"), made(3, "José Álvarez"), made(4, "Dr. Jose M. Alvarez")]
    add(db, articles)
    decide(db, "same", "amina diaz", "amina hale")
    decide(db, "different", "jose alvarez", "jose m alvarez")
    before = speakers_of(db)
    with Writer(db) as writer:
        for number in (1, 2, 3, 4):
            writer.remove(number)
    add(db, articles[::-1])
    assert (
        speakers_of(db)
        == before
        == {
            frozenset({"amina hale", "amina diaz"}),
            frozenset({"jose alvarez"}),
            frozenset({"jose m alvarez"}),
        }
    )


def test_people_of_one_name_are_split_by_article(db: Path) -> None:
    add(db, [made(1, "Amina Hale"), made(2, "Amina Hale")])
    with reading(db) as conn:
        location = conn.execute("SELECT location FROM article WHERE name = '2'").fetchone()[0]
    number = decide(db, "split", "amina hale", location)
    assert told(db)["2: Amina Hale"][2] == {f"amina hale @ {location}"}
    with Writer(db) as writer:
        writer.remove(2)
    add(db, [made(2, "Amina Hale")])
    assert told(db)["2: Amina Hale"][2] == {f"amina hale @ {location}"}
    with Writer(db) as writer, writer.people() as people:
        people.take_back(number, who="otto")
    assert speakers_of(db) == {frozenset({"amina hale"})}
    assert verify(db) == []


def test_people_are_called_as_somebody_has_decided(db: Path) -> None:
    add(db, [made(1, "Amina Hale")])
    decide(db, "rename", "amina hale", "Amina Hale of Riverton")
    add(db, [made(2, "Amina B. Hale")])
    assert {name for name, _, _ in told(db).values()} == {"Amina Hale of Riverton"}


MINISTERS = [
    Authority(
        qid="Q1",
        name="Amina Hale",
        aliases=("Amina Odhiambo",),
        country="Kenya",
        positions=(Position("Minister of Defence of Kenya", "2021", "2022"),),
    ),
    Authority(
        qid="Q2",
        name="Omar Said",
        country="Kenya",
        positions=(Position("Minister of Defence of Kenya", "2023-01-01", None),),
    ),
    Authority(qid="Q3", name="Omar Said", country="Netherlands"),
]


def load(db: Path, people: Sequence[Authority] = MINISTERS) -> None:
    with Writer(db) as writer, writer.people() as known:
        known.take_in(people)


@pytest.mark.parametrize("first", [True, False])
def test_people_of_the_authority_file_are_one_under_all_its_names(db: Path, first: bool) -> None:
    if first:
        load(db)
    add(db, [made(1, "Amina Hale"), made(2, "Amina Odhiambo"), made(3, "Omar Said")])
    if not first:
        load(db)
    found = told(db)
    assert found["1: Amina Hale"] == found["2: Amina Odhiambo"]
    assert found["1: Amina Hale"][1] == "Q1"
    assert found["3: Omar Said"][1] is None, "two people have this name"


@pytest.mark.parametrize("first", [True, False])
def test_people_are_known_by_the_office_they_held_at_the_articles_date(db: Path, first: bool) -> None:
    if first:
        load(db)
    add(
        db,
        [
            described(1, "the Kenyan defense minister", "2022-03-04"),
            described(2, "Kenya’s defence minister", "2024"),
            described(3, "the Kenyan defense minister", "2019"),
            described(4, "the Dutch defense minister", "2022"),
            made(5, "Kenyan Defense Minister | Omar Said", published="2024-05-01"),
            made(6, "Kenyan Defense Minister | Hale", published="2022-05-01"),
        ],
    )
    if not first:
        load(db)
    found = told(db)
    assert {name: (speaker, qid) for name, (speaker, qid, _) in found.items()} == {
        "1: Amina Hale": ("Amina Hale", "Q1"),
        "2: Omar Said": ("Omar Said", "Q2"),
        "5: Omar Said": ("Omar Said", "Q2"),
        "6: Hale": ("Amina Hale", "Q1"),
    }
    with reading(db) as conn:
        reasons = conn.execute(
            "SELECT speaker_reason FROM quote JOIN article ON article.id = article_id WHERE name = '1'"
        )
        assert reasons.fetchone()[0] == "Minister of Defence of Kenya (2021–2022) on 2022-03-04, by the authority file"


def test_people_are_who_somebody_has_decided_and_not_who_the_authority_file_says(db: Path) -> None:
    load(db)
    add(db, [made(1, "Amina Hale"), made(2, "Omar Said")])
    decide(db, "qid", "amina hale")
    decide(db, "qid", "omar said", "Q3")
    assert {name: qid for name, qid, _ in told(db).values()} == {"Amina Hale": None, "Omar Said": "Q3"}


def test_people_are_told_anew_when_an_articles_date_becomes_known(db: Path) -> None:
    load(db)
    article, extraction = described(1, "the Kenyan defense minister", "2022")
    undated = Article(text=article.text, name=article.name, path=article.path, reader="made")
    add(db, [(undated, extraction)])
    assert told(db) == {}
    add(db, [(article, extraction)])
    assert told(db)["1: Amina Hale"][1] == "Q1"


def test_roles_are_kept_as_printed_with_the_articles_date(db: Path) -> None:
    add(db, [made(1, "Kenyan Interior Minister | Amina Hale", published="2023-03-04")])
    with reading(db) as conn:
        (role,) = speakers.profile(conn, 1).roles
    assert (role.text, role.first, role.last, role.articles) == (
        "Kenyan Interior Minister",
        "2023-03-04",
        "2023-03-04",
        1,
    )


def test_a_speaker_is_found_by_any_name_spelling_or_number(db: Path) -> None:
    add(db, [made(1, "Mohammad Reza Karimi"), made(2, "Amina Hale")])
    decide(db, "same", "mohammad reza karimi", "amina hale")
    with reading(db) as conn:
        for asked in ("karimi", "Muhammad Karimi", "Gen. Mohammad Reza Karimi", "HALE", "1", "2"):
            assert [row.id for row in speakers.by(conn, asked)] == [1], asked
        for asked in ("Mo", "", "…", "99", "9" * 30, "Karimi Diaz"):
            assert speakers.by(conn, asked) == [], asked


def test_one_speaker_must_be_meant(db: Path) -> None:
    add(db, [made(1, "Amina Hale"), made(2, "Omar Hale")])
    with reading(db) as conn:
        assert speakers.one(conn, "amina")[1] == "amina hale"
        with pytest.raises(NoSuchRow) as several:
            speakers.one(conn, "hale")
        with pytest.raises(NoSuchRow) as nobody:
            speakers.one(conn, "Zeppelin")
    assert str(several.value) == (
        "Several speakers are called 'hale' (1 Amina Hale, 2 Omar Hale): give the number of one."
    )
    assert str(nobody.value) == "No speaker is called 'Zeppelin': `quotes speakers` lists them."


def test_people_of_an_older_database_are_told_when_it_is_opened_for_writing(db: Path) -> None:
    older = Path(__file__).parents[2] / "fixtures" / "schemas" / "v2-filled.sql"
    with closing(sqlite3.connect(db)) as conn:
        conn.executescript(older.read_text(encoding="utf-8"))
        conn.execute("INSERT INTO speaker (id, name, key) VALUES (9, 'Ana M. Lopez', 'ana m lopez')")
        conn.execute("UPDATE quote SET speaker_id = 9, speaker_name = 'Ana M. Lopez' WHERE id = 1")
        conn.commit()
    with Writer(db):
        pass
    with reading(db) as conn:
        assert [row.id for row in speakers.by(conn, "Ana Lopez")] == [1]
        assert speakers.by(conn, "9") == speakers.by(conn, "1")
    assert verify(db) == []

import sqlite3

import pytest

from quotes.errors import NoSuchRow
from quotes.store.connection import reading
from quotes.store.drift import changed_claims, difference, wordings

FULL = "We will close five roads in May, and nobody will pay for it"
DATES = ("2024-03-05", "2024-03-04", None, "2024-03-06")


@pytest.fixture
def claim(make, add, db):
    """Store articles with a quote each, all in one claim, and those of `other` in a claim that contradicts it."""

    def store(*texts, other=(), dates=DATES):
        for number, text in enumerate((*texts, *other)):
            article, extraction = make.saying(
                text, "Ana Lopez", name=f"a{number}", outlet=f"Outlet {number}", published=dates[number % len(dates)]
            )
            add(article, extraction)
        ids = range(1, len(texts) + 1)
        with sqlite3.connect(db) as conn:
            conn.execute("DELETE FROM edge")
            for claim_id, members in ((1, ids), (len(texts) + 1, range(len(texts) + 1, len(texts) + len(other) + 1))):
                if members:
                    _join(conn, claim_id, members)
            for number in range(len(other)):
                values = (1, len(texts) + 1 + number, "near", 0.9, 0, "number", "words/1")
                conn.execute(
                    "INSERT INTO edge (a, b, kind, score, linked, contradiction, method) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    values,
                )
        conn.close()
        return db

    return store


def _join(conn, claim_id, members):
    counts = dict.fromkeys("quotes articles outlets sources speakers wordings".split(), len(members))
    row = {"id": claim_id, "label": "made", "conflicts": 0, "contradicted": 0, **counts}
    conn.execute(
        f"INSERT OR REPLACE INTO claim ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", [*row.values()]
    )
    for member in members:
        conn.execute("UPDATE quote SET claim_id = ? WHERE id = ?", (claim_id, member))


def test_wordings_stand_against_the_earliest_and_the_fullest(claim):
    db = claim(
        "We will close five roads in May", "We will close the roads in May", FULL, "we will close FIVE roads in May!"
    )
    with reading(db) as conn:
        drift = wordings(conn, 3)
    assert drift.claim_id == 1
    assert [wording.text.strip("“”") for wording in drift.wordings] == [
        "We will close the roads in May",
        "We will close five roads in May",
        FULL,
    ]
    earliest, again, fullest = drift.wordings
    assert (drift.earliest, drift.fullest) == (earliest, fullest)
    assert (earliest.from_earliest, fullest.from_fullest) == (None, None)
    assert [quote.article.outlet for quote in again.quotes] == ["Outlet 0", "Outlet 3"]
    assert [(c.kinds, c.before, c.after) for c in again.from_earliest.changes] == [(("number",), "the", "five")]
    assert [(c.kinds, c.before) for c in again.from_fullest.changes] == [(("cut",), "and nobody will pay for it")]
    assert again.from_fullest.edge == "fragment"


def test_a_changed_claim_is_found_among_unchanged_ones_however_few_are_asked_for(make, add, db):
    texts = (
        "We will stay",
        "Nobody pays for it",
        "Trams run late",
        "We will close five roads",
        "We will close six roads",
    )
    for number, text in enumerate(texts):
        add(*make.saying(text, "Ana Lopez", name=f"a{number}"))
    with sqlite3.connect(db) as conn:
        _join(conn, 1, [1, 2, 3])
        _join(conn, 4, [4, 5])
    conn.close()
    with reading(db) as conn:
        (found,) = changed_claims(conn, limit=1)
        assert (found.claim_id, found.kinds) == (4, ("number",))


def test_a_quote_that_is_in_no_claim_is_one_by_itself(make, add, db):
    add(*make.saying("We will stay", "Ana Lopez"))
    with sqlite3.connect(db) as conn:
        conn.execute("UPDATE quote SET claim_id = NULL")
    conn.close()
    with reading(db) as conn:
        drift = wordings(conn, 1)
        assert (drift.claim_id, len(drift.wordings)) == (1, 1)
        assert drift.earliest is drift.fullest


@pytest.mark.parametrize("number", [2, 0, -1, 2**70])
def test_a_number_of_no_quote_is_told(claim, number):
    with reading(claim("We will stay")) as conn, pytest.raises(NoSuchRow) as raised:
        wordings(conn, number)
    assert str(raised.value) == (
        f"There is no quote {number}: `quotes who WORDS` and `quotes by NAME` print the numbers of quotes."
    )


def test_the_same_words_across_a_quotation_mark_are_another_wording(make, add, db):
    for name, words in (
        ("a", "“I consider it necessary” to thank them"),
        ("b", "“I consider it necessary to thank” them"),
    ):
        text = f"Ana Lopez said {words}."
        add(make.article(text, name=name), make.extraction(make.quote(text, words, kind="mixed", speaker="Ana Lopez")))
    with sqlite3.connect(db) as conn:
        _join(conn, 1, [1, 2])
    conn.close()
    with reading(db) as conn:
        _, moved = wordings(conn, 1).wordings
    assert moved.from_earliest.edge == "identical"
    assert [(c.kinds, c.after, c.quoted) for c in moved.from_earliest.changes] == [(("mark",), "to thank", True)]


def test_what_is_said_in_other_words_is_not_taken_apart(claim):
    db = claim("We will close five roads in May", "Springtime sees the end of six busy streets", dates=("2024",))
    with reading(db) as conn:
        _, other = wordings(conn, 1).wordings
        assert changed_claims(conn) == []
    assert other.from_earliest.edge is None
    assert [change.kinds for change in other.from_earliest.changes] == [("number", "substitution")]


def test_a_contradicting_claim_is_shown_with_its_number(claim):
    db = claim("We will close five roads in May", other=["We will close nine roads in May"])
    with reading(db) as conn:
        assert [(wording.claim_id, wording.text) for wording in wordings(conn, 1).wordings] == [
            (2, "“We will close nine roads in May”"),
            (1, "“We will close five roads in May”"),
        ]
        assert wordings(conn, 1).earliest.claim_id == 1
        changed = changed_claims(conn)
    assert [(claim.claim_id, claim.kinds, claim.quotes, claim.wordings) for claim in changed] == [
        (1, ("number",), 2, 2)
    ]
    assert (changed[0].change.before, changed[0].change.after) == ("five", "nine")
    assert (changed[0].before.id, changed[0].after.id) == (1, 2)


def test_changed_claims_have_numbers_and_negations_first(make, add, db):
    pairs = [
        ("We will close the old road today", "We will close the road today"),
        ("He will be here with his whole family", "He will not be here with his whole family"),
        ("They lost 5 of the ships at sea", "They lost 50 of the ships at sea"),
        ("Nothing at all is new here", "Nothing at all is new here"),
    ]
    for number, text in enumerate(text for pair in pairs for text in pair):
        add(*make.saying(text, name=f"a{number}"))
    with sqlite3.connect(db) as conn:
        conn.execute("DELETE FROM edge")
        for number in range(len(pairs)):
            _join(conn, 2 * number + 1, [2 * number + 1, 2 * number + 2])
    conn.close()
    with reading(db) as conn:
        assert [claim.kinds for claim in changed_claims(conn)] == [("number",), ("negation", "addition"), ("cut",)]
        assert len(changed_claims(conn, limit=1)) == 1


@pytest.mark.parametrize(
    ("before", "after", "in_other_words"),
    [
        ("We will close the old road today", "We closed the old road today, all of us", False),
        ("Nobody will pay for the bridge", "Nobody will pay for the bridge, whatever five lawyers may say", False),
        (
            "Senator Marco Hale’s campaign",
            "Senator Marco Hale gained six points in five days, which no poll and no voter here would have expected",
            True,
        ),
        (
            "The missed chances, like the want of public money for nine hospitals or the failure to close the banks",
            "She’s going to close the banks",
            True,
        ),
    ],
)
def test_changes_are_told_only_where_words_enough_stay(before, after, in_other_words):
    assert difference(before, after).in_other_words is in_other_words


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("he would never close the old road", "never close the old road"),  # one inside the other
        ("he would never close the old road", "he would close the old road"),
    ],
)
def test_what_one_article_says_in_two_ways_is_no_drift(make, add, db, whole, part):
    text = "He said that he would never close the old road. She said he would close the old road."
    quotes = [make.quote(text, words, kind="indirect") for words in (whole, part)]
    add(make.article(text), make.extraction(*quotes))
    with sqlite3.connect(db) as conn:
        conn.execute("DELETE FROM edge")
        _join(conn, 1, [1, 2])
    conn.close()
    with reading(db) as conn:
        assert len(wordings(conn, 1).wordings) == 2
        assert changed_claims(conn) == []

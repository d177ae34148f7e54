import pytest

from quotes.store import queries
from quotes.store.connection import reading
from quotes.store.filters import Filters
from quotes.store.judgements import Decision
from quotes.store.writer import Writer


@pytest.fixture
def called(make, add, db):
    """A statement of Amina Hale, whom another article calls Amina Odhiambo, as people have decided."""
    for number, name in enumerate(("Amina Hale", "Amina Odhiambo"), 1):
        words = f"the road number {number} is open"
        article, extraction = make.saying(words, name, name=f"a{number}", outlet="Post", published="2024-03-05")
        add(article, extraction)
    with Writer(db) as writer, writer.people() as people:
        people.decide(Decision("speaker", "same", "amina hale", "amina odhiambo"), who="me", why=None)
    return db


@pytest.mark.parametrize(
    ("speaker", "total"),
    [("Hale", 2), ("odhiambo", 2), ("Amina", 2), ("Hale Odhiambo", 0), ("%", 0), ("", 2), ("Minister Odhiambo", 2)],
)
def test_filters_find_a_speaker_by_any_words_of_one_of_the_names(called, speaker, total):
    with reading(called) as connection:
        assert queries.who(connection, "the road", Filters(speaker=speaker)).total == total


@pytest.mark.parametrize(
    ("filters", "articles"),
    [
        (Filters(), 1),
        (Filters(outlet="post"), 1),
        (Filters(outlet="Times"), 0),
        (Filters(since="2025"), 0),
        (Filters(speaker="Hale"), 0),  # what stands outside every quote is attributed to nobody
    ],
)
def test_filters_hold_for_words_outside_quotes_too(make, add, db, filters, articles):
    add(*make.saying("the road is open", "Amina Hale", outlet="Post", published="2024-03-05"))
    with reading(db) as connection:
        (text,) = (row[0] for row in connection.execute("SELECT text FROM article"))
        outside = "Amina Hale"
        assert outside in text
        assert len(queries.who(connection, outside, filters).printed) == articles

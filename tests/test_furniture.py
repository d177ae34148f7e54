"""Heads and tails of news texts: what is furniture, and what it tells of the article."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.furniture import find_furniture

BODY = "The mayor said on Monday that the harbour road would stay closed until the engineers had seen the bridge."


def pieces(text):
    """Each piece as its kind and its words."""
    return [(piece.kind, piece.span.of(text)) for piece in find_furniture(text)]


def told(text):
    """What the furniture of a text tells, as field and value."""
    return [(printed.field, printed.value) for piece in find_furniture(text) for printed in piece.printed]


@pytest.mark.parametrize(
    ("dateline", "facts"),
    [
        ("WASHINGTON (AP) — ", [("place", "WASHINGTON"), ("agency", "AP")]),
        ("NAIROBI – ", [("place", "NAIROBI")]),
        ("LOS ANGELES, Feb. 2 (UPI) — ", [("place", "LOS ANGELES"), ("agency", "UPI")]),
        ("BEDFORD, N.H. (AP) -- ", [("place", "BEDFORD"), ("agency", "AP")]),
        ("Nairobi (Coast News) – ", [("place", "Nairobi"), ("agency", "Coast News")]),
        ("Washington (CNN) ", [("place", "Washington"), ("agency", "CNN")]),
        ("Nairobi, March 4 – ", [("place", "Nairobi")]),
        ("(Reuters) - ", [("agency", "Reuters")]),
        ("Coast News/ ", [("agency", "Coast News")]),
        ("BREAKING — ", []),
    ],
)
def test_furniture_knows_datelines(dateline, facts):
    assert pieces(dateline + BODY) == [("dateline", dateline)]
    assert told(dateline + BODY) == facts


@pytest.mark.parametrize(
    "text",
    [
        "The World Health Organization (WHO) said on Monday that the harbour would stay closed for a week or two.",
        "World Health Organization (WHO) officials said on Monday that the harbour would stay closed for a week.",
        "I - and nobody else - said on Monday that the harbour road would stay closed for a week or two, he wrote.",
        "By Monday, the harbour road was open again, said the mayor, and the engineers had seen the bridge at last.",
        "She shared it.\nThey print what they like.\nRelated matters were discussed.\n",
        BODY,
    ],
)
def test_furniture_leaves_sentences_alone(text):
    assert pieces(text) == []


def test_furniture_knows_a_date_that_is_glued_to_the_dateline():
    text = f" date 2024-05-01 NAIROBI – {BODY}"
    assert pieces(text) == [("date", "date 2024-05-01 "), ("dateline", "NAIROBI – ")]
    assert told(text) == [("published", "2024-05-01"), ("place", "NAIROBI")]


def test_furniture_knows_the_lines_above_an_article():
    text = f"Bridge closed\nBy Jane Doe and John A. Smith, Staff Writers\nPublished: May 1, 2024 at 10:00 am\n{BODY}"
    assert [kind for kind, _ in pieces(text)] == ["headline", "byline", "date"]
    assert told(text) == [
        ("title", "Bridge closed"),
        ("authors", "Jane Doe"),
        ("authors", "John A. Smith"),
        ("published", "2024-05-01"),
    ]


def test_furniture_knows_a_banner_with_the_pages_own_date():
    text = f"June 4, 2024\n\nCoast News\n\nAll Coast News About Harbours\n\nBridge closed\n\n{BODY}"
    assert [kind for kind, _ in pieces(text)] == ["date", "banner", "banner", "headline"]
    assert told(text) == [("date", "2024-06-04"), ("outlet", "Coast News"), ("title", "Bridge closed")]


def test_furniture_takes_a_bare_date_below_the_headline_for_the_articles():
    assert told(f"Bridge closed\nWednesday, May 1, 2024\n{BODY}") == [
        ("title", "Bridge closed"),
        ("published", "2024-05-01"),
    ]


def test_furniture_reads_a_headline_once():
    first, second = find_furniture(f"Mayor says bridge is safe\nMayor says bridge is safe\n{BODY}")[:2]
    assert (first.kind, first.is_read, second.kind, second.is_read) == ("headline", True, "repeat", False)


@pytest.mark.parametrize(
    ("line", "kind", "facts"),
    [
        ("Original News : https://example.org/a/1", "original", [("original", "https://example.org/a/1")]),
        ("  • source : Coasttimes", "original", [("origin", "Coasttimes")]),
        ("This article originally appeared on Radio Coast.", "original", [("origin", "Radio Coast")]),
        ("(Reporting by Jane Doe; Editing by Bo Li)", "credit", []),
        ("© 2024 The Coast News. All rights reserved.", "licence", []),
        (
            "All Content by Coast News is licensed under a Creative Commons License.",
            "licence",
            [("outlet", "Coast News")],
        ),
        ("Click to share on Twitter (Opens in new window)", "share", []),
        ("Share this:", "share", []),
        ("%d bloggers like this:", "share", []),
        ("Facebook Twitter Email", "share", []),
    ],
)
def test_furniture_knows_the_lines_below_an_article(line, kind, facts):
    text = f"{BODY}\n{line}\n"
    assert pieces(text) == [(kind, line.strip())]
    assert told(text) == facts


def test_furniture_knows_a_licence_that_is_glued_to_the_last_paragraph():
    licence = "All Content by Coast News is licensed under a Creative Commons Attribution 4.0 International License."
    assert pieces(f"{BODY} {licence}") == [("licence", licence)]


@given(st.text(st.sampled_from("aB \n/–-()©:.,1") | st.characters(exclude_categories=["Cs"])))
def test_furniture_of_any_text_lies_in_it_in_order(text):
    found = find_furniture(text)
    for before, after in pairwise(found):
        assert before.span.end <= after.span.start
    for piece in found:
        assert piece.span.end <= len(text)
        for printed in piece.printed:
            assert piece.span.start <= printed.start < printed.end <= piece.span.end

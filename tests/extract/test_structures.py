"""How news prints statements, shape by shape: what is found, and of whom.

The sentences are made up, but for those marked GUM: excerpts of Wikinews articles (CC BY 2.5) in the GUM corpus
(Zeldes 2017; annotations CC BY 4.0).
"""

import pytest

from quotes.model import Article
from quotes.pipeline import extract_article


def found(text, *, nested=False):
    """Mention, cue and content of each quote, white space made plain."""

    def shown(spans):
        return " … ".join(" ".join(span.of(text).split()) for span in spans)

    quotes = extract_article(Article(text=text), nested=nested).quotes
    return [(quote.mention, shown(quote.cues), shown(quote.contents)) for quote in quotes]


SHAPES = {
    "headline, name and colon": (
        "Hale: ‘The bridge is safe’\n\nThe mayor spoke on Tuesday.",
        ("Hale", ":", "‘The bridge is safe’"),
    ),
    "headline, statement and says": (
        "Bridge is safe, says mayor\n\nThe inspection ended on Tuesday.",
        ("mayor", "says", "Bridge is safe"),
    ),
    "according to, after": (
        "The fire began in the kitchen, according to the fire chief, Omar Diaz.",
        ("the fire chief, Omar Diaz", "according to", "The fire began in the kitchen"),
    ),
    "according to, before": (
        "According to the ministry, forty people were hurt in the fire.",
        ("the ministry", "According to", "forty people were hurt in the fire"),
    ),
    "resumed in the next sentence": (
        "“The bridge is old,” Hale said. “It must be closed.” She left at noon.",
        ("Hale", "said", "“The bridge is old,” … “It must be closed.”"),
    ),
    "resumed in the sentence": (
        "“The bridge,” Hale said, “must be closed at once.”",
        ("Hale", "said", "“The bridge,” … “must be closed at once.”"),
    ),
    "several paragraphs": (
        "Hale spoke.\n\n“We will close the bridge.\n\n“We will open it in May.\n\n“Nobody was hurt,” she said.",
        ("she", "said", "“We will close the bridge. … “We will open it in May. … “Nobody was hurt,”"),
    ),
    "block after a name": (
        "The council met.\n\nMayor Ruth Hale:\n“This is a good day for the river. We begin in May.”",
        ("Mayor Ruth Hale", ":", "“This is a good day for the river. We begin in May.”"),
    ),
    "signed block": (
        "The report is out.\n\n“Half of the wells in the valley are dry.”\n— Ruth Hale, director of the foundation",
        ("Ruth Hale, director of the foundation", "—", "“Half of the wells in the valley are dry.”"),
    ),
    "noun as cue": (
        "His belief that the war would soon end was shared by many.",
        ("His", "belief", "that the war would soon end"),
    ),
    "no source": ("It was reported that the dam had broken.", (None, "was reported", "that the dam had broken")),
    "no source, of the quotation": (
        "“No one came to help us,” it was said.",
        (None, "was said", "“No one came to help us,”"),
    ),
    "social media": ("“Great win tonight!” Hale tweeted.", ("Hale", "tweeted", "“Great win tonight!”")),
    "passive": (
        "The minister was quoted as saying that the bank would close.",
        ("The minister", "was quoted as saying", "that the bank would close"),
    ),
    "passive, infinitive": (
        "She is reported to have said that the talks failed.",
        ("She", "is reported to have said", "that the talks failed"),
    ),
    "according to (GUM_news_warhol)": (
        """The Polaroids were all donated by the Andy Warhol Photographic Legacy Program, according to Kristen Wilkins,
assistant professor of photography and curator of the exhibit.""".replace("\n", " "),
        (
            "Kristen Wilkins, assistant professor of photography and curator of the exhibit",
            "according to",
            "The Polaroids were all donated by the Andy Warhol Photographic Legacy Program",
        ),
    ),
    "resumed in the next sentence (GUM_news_warhol)": (
        """The Silver Clouds installation were silver balloons blown up with helium, and those balloons filled one of
the smaller rooms in the gallery. "I thought that in real life it was really kind of magical," Allton said. "I smacked
them around." """.replace("\n", " "),
        ("Allton", "said", '"I thought that in real life it was really kind of magical," … "I smacked them around."'),
    ),
    "clause in the middle of the sentence (GUM_news_afghan)": (
        """Citing privacy rules, U.S. officials have not said why the team was initially denied visas, but Afghan
Ambassador Hamdullah Mohib says there were concerns they would attempt to remain in the United States or in Canada
after the contest.""".replace("\n", " "),
        (
            "Afghan Ambassador Hamdullah Mohib",
            "says",
            "there were concerns they would attempt to remain in the United States or in Canada after the contest",
        ),
    ),
}


@pytest.mark.parametrize(("text", "expected"), SHAPES.values(), ids=SHAPES)
def test_a_statement_is_found_in_every_shape_that_news_prints_it_in(text, expected):
    assert expected in found(text)


NESTED = {
    "indirect in indirect": (
        "Hale said that the engineer had told her that the bridge was safe.",
        ("the engineer", "that the bridge was safe", "Hale"),
    ),
    "direct in direct": (
        "“Diaz said, ‘Close it now at once,’ and I agreed,” Hale told reporters.",
        ("Diaz", "‘Close it now at once,’", "Hale"),
    ),
}


@pytest.mark.parametrize(("text", "expected"), NESTED.values(), ids=NESTED)
def test_a_statement_within_a_statement_has_the_outer_speaker_as_via(text, expected):
    quotes = extract_article(Article(text=text), nested=True).quotes
    inner = [(quote.mention, quote.contents[0].of(text), quote.via) for quote in quotes if quote.via]
    assert [(mention, content[: len(expected[1])], via) for mention, content, via in inner] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "“A bridge too far”\n\nThe council met on Tuesday. Nothing was decided.",
        "Her novel “The Long Road” sold well. The film “Night Train” opened on Friday.",
        "The so-called “reform” begins on Monday.",
        "The exhibition was open until Friday. The road was closed at noon.",
    ],
)
def test_headings_titles_and_scare_quotes_are_no_statements(text):
    assert found(text) == []


def test_a_scare_quote_stays_among_the_marks():
    text = "The so-called “reform” begins on Monday."
    (mark,) = extract_article(Article(text=text)).marks
    assert text[mark.start : mark.end] == "reform"

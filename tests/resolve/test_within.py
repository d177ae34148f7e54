import pytest

from quotes.model import Extraction, NameSpan, Quote, TextSpan
from quotes.resolve.capitals import find_names
from quotes.resolve.within import resolve

ARTICLE = (
    "Kenyan Interior Minister Amina Wanjiru Odhiambo met Dr. Piet van der Berg in Nairobi. "
    "Odhiambo said this. She said that. The top Kenyan police official said more. Van der Berg agreed. They nodded."
)


def resolved(*mentions, text=ARTICLE):
    quotes = []
    for mention in mentions:
        at = text.rindex(mention) if mention else 0
        source = (TextSpan(at, at + len(mention)),) if mention else ()
        quotes.append(Quote(kind="indirect", contents=(TextSpan(0, 1),), sources=source, mention=mention))
    return resolve(Extraction(quotes=tuple(quotes), marks=(), extractor="test/1"), text).quotes


def names(text):
    return [" ".join(name.words) for name in find_names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenyan Interior Minister Amina Odhiambo spoke.", ["Amina Odhiambo"]),
        ("The Hague heard Piet van der Berg’s plea.", ["Hague", "Piet van der Berg"]),
        ("He met Lt. Gen. Omar Deeb. Later Ali came.", ["Omar Deeb", "Ali"]),
        ("George W. Karimi and J. R. Odhiambo", ["George W. Karimi", "J. R. Odhiambo"]),
        ("Mohammad al-Darraji left", ["Mohammad al-Darraji"]),
        ("The State Department wrote to the Justice Department.", ["State Department", "Justice Department"]),
        ("nothing here", []),
    ],
)
def test_find_names_cuts_runs_of_capitals_to_the_name_proper(text, expected):
    assert [name.replace(" W ", " W. ") for name in names(text)] == expected


def test_within_leads_a_short_name_to_the_fullest_in_the_article():
    (quote,) = resolved("Odhiambo")
    assert quote.speaker.name == "Amina Wanjiru Odhiambo"
    assert quote.speaker.reason == "the fullest name in the article of whom it calls Odhiambo"


def test_within_takes_the_first_of_several_names_as_long_however_often_each_is_printed():
    text = "Amina Wanjiru met Piet Wanjiru. Piet Wanjiru left, and Amina Wanjiru stayed. Wanjiru spoke."
    (quote,) = resolved("Wanjiru", text=text)
    assert quote.speaker.name == "Amina Wanjiru"


def test_within_takes_the_name_out_of_a_mention_with_titles():
    (quote,) = resolved("Kenyan Interior Minister Amina Wanjiru Odhiambo")
    assert quote.speaker.name == "Amina Wanjiru Odhiambo"
    assert quote.speaker.reason == "named in full"


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("Amina Odhiambo, the mayor", "Amina Odhiambo"),
        ("the mayor, Amina Odhiambo", "Amina Odhiambo"),
        ("Amina Odhiambo, the mayor of Nairobi", "Amina Odhiambo"),
        ("Kenya’s interior minister, General Amina Odhiambo", "Amina Odhiambo"),
        ("a teacher in Nairobi", None),
        ("Amina Odhiambo herself", "Amina Odhiambo"),
        ("the wife of Piet van der Berg", None),
        ("a spokesman for President Amina Odhiambo", None),
        ("Amina Odhiambo’s supporters", None),
        ("Amina Odhiambo and Piet van der Berg", None),
    ],
)
def test_within_finds_the_name_that_a_mention_bears(mention, name):
    (quote,) = resolved(mention, text=f"Then {mention} spoke.")
    assert (quote.speaker.name if quote.speaker else None) == name


def test_within_leads_he_or_she_to_somebody_named_before():
    _, quote = resolved("Odhiambo", "She")
    assert quote.speaker.name == "Amina Wanjiru Odhiambo"
    assert quote.speaker.reason == "whom she most likely means here"
    assert 0.5 < quote.speaker_confidence < 1


def test_within_keeps_a_place_out_of_the_name_after_it():
    text = "According to the envoy to the United States Amina Odhiambo, it rained. Odhiambo agreed."
    source = TextSpan(text.index("Odhiambo agreed"), text.index(" agreed"))
    quote = Quote(kind="indirect", contents=(TextSpan(0, 1),), sources=(source,), mention="Odhiambo")
    place, person = text.index("United States"), text.index("Amina Odhiambo")
    names = (
        NameSpan(place, place + 13, "place"),
        NameSpan(person, person + 14, "person"),
        NameSpan(source.start, source.end, "person"),
    )
    (found,) = resolve(Extraction(quotes=(quote,), marks=(), extractor="test/1", names=names), text).quotes
    assert found.speaker.name == "Amina Odhiambo"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We met Amina Odhiambo, the mayor, who said so. Piet Mol left.", "Amina Odhiambo"),
        ("So said Amina Odhiambo, who stayed.", "Amina Odhiambo"),
        ("We met Amina Odhiambo (who said so).", "Amina Odhiambo"),
        ("We met Amina Odhiambo of Nairobi, who said so.", "Amina Odhiambo"),
        ("We met Amina Odhiambo, a Mol supporter who said so. Piet Mol left.", "Amina Odhiambo"),
        ("Amina Odhiambo is the judge who said so.", "Amina Odhiambo"),
        ("Amina Odhiambo left. Those who said so stayed.", None),
    ],
)
def test_within_leads_who_to_the_name_before_it(text, name):
    (quote,) = resolved("who", text=text)
    assert (quote.speaker.name if quote.speaker else None) == name


@pytest.mark.parametrize(
    ("text", "named", "mention"),
    [
        ("Odhiambo Auctions Off Her Old Bicycle\nAmina Odhiambo sells it. Odhiambo said so.", "Odhiambo", "Odhiambo"),
        ("Supporters of Amina Odhiambo came. Odhiambo said so.", "Amina Odhiambo", "Odhiambo"),
        ("Democrat Amina Odhiambo came. Odhiambo said so.", "Amina Odhiambo", "Odhiambo"),
        ("Amina Odhiambo of Nairobi came. Odhiambo said so.", "Amina Odhiambo", "Odhiambo"),
    ],
)
def test_within_keeps_what_stands_around_a_name_out_of_it(text, named, mention):
    at = text.rindex(mention)
    source = TextSpan(at, at + len(mention))
    quote = Quote(kind="indirect", contents=(TextSpan(0, 1),), sources=(source,), mention=mention)
    starts = {text.index(named), text.index("Amina Odhiambo")}
    names = tuple(
        NameSpan(s, s + (14 if text.startswith("Amina Odhiambo", s) else len(named)), "person") for s in starts
    )
    (found,) = resolve(Extraction(quotes=(quote,), marks=(), extractor="test/1", names=names), text).quotes
    assert found.speaker.name == "Amina Odhiambo"


def test_within_leads_an_office_to_the_person_named_with_it():
    (quote,) = resolved("The police chief", text="Police Chief Amina Odhiambo spoke. The police chief left.")
    assert quote.speaker.name == "Amina Odhiambo"
    assert quote.speaker.reason == "the person named before as The police chief"


def test_within_leads_i_to_whose_words_they_are():
    text = "Amina Odhiambo: I think that it rained."
    outer = Quote(kind="direct", contents=(TextSpan(16, 39),), sources=(TextSpan(0, 14),), mention="Amina Odhiambo")
    inner = Quote(
        kind="indirect",
        contents=(TextSpan(24, 38),),
        cues=(TextSpan(18, 23),),
        sources=(TextSpan(16, 17),),
        mention="I",
    )
    _, found = resolve(Extraction(quotes=(outer, inner), marks=(), extractor="test/1"), text).quotes
    assert (found.speaker.name, found.via) == ("Amina Odhiambo", "Amina Odhiambo")


def test_within_believes_the_names_that_a_model_found():
    text = "Red Cross met Amina Odhiambo. He agreed."
    he = Quote(kind="indirect", contents=(TextSpan(0, 1),), sources=(TextSpan(30, 32),), mention="He")
    names = (NameSpan(0, 9, "organization"), NameSpan(14, 28, "person"))
    (quote,) = resolve(Extraction(quotes=(he,), marks=(), extractor="test/1", names=names), text).quotes
    assert quote.speaker.name == "Amina Odhiambo"


@pytest.mark.parametrize("mention", ["They", "She"])
def test_within_leaves_a_pronoun_unknown_when_no_one_was_named_before(mention):
    (quote,) = resolved(mention, text=f"{mention} said so. Amina Odhiambo agreed.")
    assert quote.speaker is None
    assert quote.speaker_description is None


def test_within_keeps_a_role_without_a_name_as_a_description():
    (quote,) = resolved("The top Kenyan police official")
    assert quote.speaker is None
    assert quote.speaker_description == "The top Kenyan police official"


def test_within_says_nothing_of_a_quote_without_a_source():
    (quote,) = resolved("")
    assert quote.speaker is None


def test_within_changes_no_span():
    before = Quote(kind="direct", contents=(TextSpan(3, 9),), sources=(TextSpan(0, 2),), mention="He")
    (after,) = resolve(Extraction(quotes=(before,), marks=(), extractor="test/1"), ARTICLE).quotes
    assert (after.contents, after.sources, after.cues) == (before.contents, before.sources, before.cues)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenyan Interior Minister Amina Odhiambo spoke.", [("Amina Odhiambo", "Kenyan Interior Minister")]),
        ("The Kenyan minister met his Dutch counterpart, Piet Mol.", [("Piet Mol", "Dutch counterpart")]),
        (
            "Amina Hale, the mayor of the town, spoke. Mayor Hale left.",
            [("Amina Hale", "the mayor of the town"), ("Amina Hale", "Mayor")],
        ),
        ("Amina Hale left.", []),
    ],
)
def test_an_extraction_has_the_roles_printed_with_the_fullest_name(text, expected):
    found = resolve(Extraction(quotes=(), marks=(), extractor="test/1"), text)
    assert [(role.name, text[role.start : role.end]) for role in found.roles] == expected

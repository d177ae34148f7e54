import pytest

from quotes.extract.passives import with_passive_subjects
from quotes.extract.relation import Relation
from quotes.model import TextSpan


def span(words, text):
    return TextSpan(text.index(words), text.index(words) + len(words))


def resolved(text, cue, *contents, source=None):
    relation = Relation(
        contents=tuple(span(content, text) for content in contents),
        cues=(span(cue, text),),
        sources=(span(source, text),) if source else (),
    )
    (found,) = with_passive_subjects([relation], text)
    return [s.of(text) for s in found.sources], [s.of(text) for s in found.contents]


@pytest.mark.parametrize(
    ("text", "cue", "source"),
    [
        ("The coach was quoted as saying that it rained.", "was quoted as saying", "The coach"),
        ("On Monday, she was heard saying so.", "was heard saying", None),
        ("On Monday, Ada Hale is reported to have said that it rained.", "is reported to have said", "Ada Hale"),
        (
            "The mayor has been quoted in Rome as saying that it rained.",
            "has been quoted in Rome as saying",
            "The mayor",
        ),
        ("It was said to have rained that it rained.", "was said to have rained", None),
        ("The coach said that it rained.", "said", None),
    ],
)
def test_the_subject_of_a_passive_is_its_source(text, cue, source):
    sources, _ = resolved(text, cue, text[text.index(cue) + len(cue) + 1 : -1])
    assert sources == ([source] if source else [])


@pytest.mark.parametrize(
    ("text", "cue", "whole"),
    [
        ("She is reported to have said that it rained.", "is reported", "is reported to have said"),
        ("The mayor was quoted as warning that it rained.", "was quoted", "was quoted as warning"),
        ("She is reported to have left that it rained.", "is reported", "is reported"),
        ("She reported to have said that it rained.", "reported", "reported"),
    ],
)
def test_a_passive_is_whole(text, cue, whole):
    relation = Relation(contents=(span(text[text.index(cue) + len(cue) + 1 : -1], text),), cues=(span(cue, text),))
    (found,) = with_passive_subjects([relation], text)
    assert [s.of(text) for s in found.cues] == [whole]
    assert found.contents[0].of(text) == text[text.index(whole) + len(whole) + 1 : -1]


def test_a_subject_is_taken_out_of_the_content():
    text = "The coach was quoted as saying that it rained."
    assert resolved(text, "was quoted as saying", "The coach", "that it rained") == (["The coach"], ["that it rained"])


def test_a_source_that_was_found_stays():
    text = "The coach was said by the agency to have said that it rained."
    sources, _ = resolved(text, "was said", "to have said that it rained", source="the agency")
    assert sources == ["the agency"]


@pytest.mark.parametrize(
    ("text", "cue", "contents", "agency", "expected"),
    [
        (
            "The coach was quoted as saying by the agency that it rained.",
            "was quoted as saying",
            ["that it rained"],
            "the agency",
            ("The coach", ["was quoted as saying"], ["that it rained"]),
        ),
        (
            "He was quoted by the state agency as saying that it rained.",
            "was quoted by",
            ["He", "as saying that it rained"],
            "the state agency",
            ("He", ["was quoted by", "as saying"], ["that it rained"]),
        ),
        (
            "“It rained,” Hale was cited by the agency on Friday as telling it.",
            "was cited",
            ["“It rained,”"],
            "the agency",
            ("Hale", ["was cited", "as telling"], ["“It rained,”"]),
        ),
        (
            "The mayor, Ada Hale, was quoted by local media as warning that it rained.",
            "was quoted by",
            ["The mayor, Ada Hale", "as warning that it rained"],
            "local media",
            ("The mayor, Ada Hale", ["was quoted by", "as warning"], ["that it rained"]),
        ),
        (
            "She has been quoted by the agency as saying that it rained.",
            "has been quoted",
            ["She", "as saying that it rained"],
            "the agency",
            ("She", ["has been quoted", "as saying"], ["that it rained"]),
        ),
        (  # words that are quoted, and nobody who said them
            "Her words, “it rained”, were cited by the judge as saying so.",
            "were cited",
            ["“it rained”"],
            "the judge",
            ("the judge", ["were cited"], ["“it rained”"]),
        ),
        (
            "The report was cited by the judge as being right.",
            "was cited",
            ["The report", "as being right"],
            "the judge",
            ("the judge", ["was cited"], ["The report", "as being right"]),
        ),
    ],
)
def test_who_quotes_is_not_who_is_quoted(text, cue, contents, agency, expected):
    relation = Relation(
        contents=tuple(span(content, text) for content in contents),
        cues=(span(cue, text),),
        sources=(span(agency, text),),
    )
    (found,) = with_passive_subjects([relation], text)
    (source,) = found.sources
    assert (source.of(text), [s.of(text) for s in found.cues], [s.of(text) for s in found.contents]) == expected


def test_a_relation_is_never_left_without_content():
    text = "The coach was quoted as saying nothing."
    assert resolved(text, "was quoted as saying", "The coach") == ([], ["The coach"])


def test_a_passive_is_whole_where_its_rest_was_taken_for_a_content_of_its_own():
    text = "She is reported to have said that it rained."
    relation = Relation(
        contents=(span("to have said", text), span("that it rained", text)), cues=(span("is reported", text),)
    )
    (found,) = with_passive_subjects([relation], text)
    assert [s.of(text) for s in (*found.sources, *found.cues, *found.contents)] == [
        "She",
        "is reported to have said",
        "that it rained",
    ]


@pytest.mark.parametrize(
    ("text", "cue", "sources"),
    [("“It rained,” it was said.", "was said", []), ("“It rained,” it said.", "said", ["it"])],
)
def test_an_it_that_stands_for_nobody_is_no_source(text, cue, sources):
    assert resolved(text, cue, "“It rained,”", source="it")[0] == sources

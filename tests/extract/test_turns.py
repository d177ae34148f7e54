import pytest
import spacy

from quotes.extract import extract
from quotes.extract.relation import Relation
from quotes.extract.turns import find_turns, with_turns
from quotes.model import TextSpan

BROADCAST = """Transcript of Sunday's programme.

ORTIZ: Mr. Hale, do you stand by that number?

HALE: I do. We counted every ballot twice.

The law is the law.

(CROSSTALK)

ORTIZ: The auditor says that four thousand are missing.

HALE: She told us that the count was clean.

The programme returns next week."""

INTERVIEW = """Interviewer: What did you find?
Dr. Lena Ortiz: The ice is thinner.
Interviewer: Is it too late?
Dr. Lena Ortiz: No."""
QUESTIONS = "Q: When did you learn of it?\nA: On Monday.\nQ. And then?\nA. We closed the valve."


def shown(text):
    return [
        (turn.label.of(text), turn.cue.of(text), [line.of(text) for line in turn.lines]) for turn in find_turns(text)
    ]


def test_turns_of_a_broadcast_begin_at_each_name_and_take_in_the_lines_up_to_the_next():
    assert shown(BROADCAST) == [
        ("ORTIZ", ":", ["Mr. Hale, do you stand by that number?"]),
        ("HALE", ":", ["I do. We counted every ballot twice.", "The law is the law."]),
        ("ORTIZ", ":", ["The auditor says that four thousand are missing."]),
        ("HALE", ":", ["She told us that the count was clean."]),  # what follows may be the paper's own words
    ]


def test_turns_begin_below_a_headline():
    text = f"Hale: ‘I Counted Twice’.\n\nOn Sunday the clerk spoke of the ballots.\n\n{BROADCAST}"
    assert shown(text) == shown(BROADCAST)
    assert shown("HALE: Yes.\nORTIZ: Why?\nLEE: Why?\nORTIZ: Why not?")[0][0] == "HALE"


def test_turns_of_an_interview_may_bear_full_names():
    assert [label for label, _, _ in shown(INTERVIEW)] == ["Interviewer", "Dr. Lena Ortiz"] * 2


def test_turns_of_questions_and_answers():
    assert [(label, cue) for label, cue, _ in shown(QUESTIONS)] == [("Q", ":"), ("A", ":"), ("Q", "."), ("A", ".")]


def test_turns_may_stand_in_quotation_marks():
    text = "“ORTIZ: Why?\n\n“HALE: Because.\n\n“ORTIZ: I see.”"
    assert [label for label, _, _ in shown(text)] == ["ORTIZ", "HALE", "ORTIZ"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hale: Bridge is safe\n\nThe mayor spoke on Tuesday.",  # a headline
        "Date: 4 May\nPlace: City Hall\nPhone: 555 0100\nContact: Ada Hale",  # a list
        "NOTE: Times are local.\n\nThe road is closed.\n\nUPDATE: It is open.",
        "He said: We are open.\nShe said: We are not.\nThey said: Who knows.",
    ],
)
def test_no_turns_in_text_that_is_no_transcript(text):
    assert find_turns(text) == []


def test_a_turn_does_not_swallow_a_long_stretch_without_names():
    story = "\n".join(["The story goes on."] * 8)
    text = f"HALE: Yes.\nORTIZ: No.\n{story}\nHALE: Perhaps."
    assert [lines for _, _, lines in shown(text)] == [["Yes."], ["No."], ["Perhaps."]]


def test_with_turns_puts_the_turns_in_place_of_what_was_found_in_them():
    outside = Relation(contents=(span(BROADCAST, "The programme returns next week"),))
    part = Relation(contents=(span(BROADCAST, "We counted every ballot twice"),), sources=(span(BROADCAST, "HALE"),))
    first, *turns = with_turns([outside, part], BROADCAST)
    assert first is outside
    assert [turn.sources[0].of(BROADCAST) for turn in turns] == ["ORTIZ", "HALE", "ORTIZ", "HALE"]
    assert all(turn.verbatim for turn in turns)


def test_extract_gives_each_turn_as_direct_speech_of_the_name_before_it():
    found = extract(spacy.blank("en").make_doc(INTERVIEW), extractor="rules").quotes
    assert [(quote.mention, quote.kind, quote.cue_class) for quote in found] == [
        ("Interviewer", "direct", "says"),
        ("Dr. Lena Ortiz", "direct", "says"),
        ("Interviewer", "direct", "says"),
        ("Dr. Lena Ortiz", "direct", "says"),
    ]


def span(text, words):
    return TextSpan(text.index(words), text.index(words) + len(words))

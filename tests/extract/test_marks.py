from __future__ import annotations

import pytest

from quotes.extract.marks import pair_marks
from quotes.model import MarkPair, TextSpan


def shown(text: str) -> list[tuple[str, str, int]]:
    return [(text[pair.start : pair.end], pair.status, pair.level) for pair in pair_marks(text)]


def closed(*insides: str) -> list[tuple[str, str, int]]:
    return [(inside, "closed", 0) for inside in insides]


def test_marks_carry_the_places_of_both_glyphs() -> None:
    assert pair_marks("He said, “Yes.” Then ''no''.") == (
        MarkPair(start=10, end=14, opening=TextSpan(9, 10), closing=TextSpan(14, 15), status="closed"),
        MarkPair(start=23, end=25, opening=TextSpan(21, 23), closing=TextSpan(25, 27), status="closed"),
    )


def test_marks_of_a_text_without_any_are_none() -> None:
    assert pair_marks("") == ()
    assert pair_marks("No one said a word.\n\nNot here either.") == ()


@pytest.mark.parametrize(
    ("text", "insides"),
    [
        ('He said "yes" and "no".', ["yes", "no"]),
        ("He said “yes” and “no”.", ["yes", "no"]),
        ('He said “yes" and "no”.', ["yes", "no"]),
        ("”Ja”, sade han, ”visst”.", ["Ja", "visst"]),
        ("She called it ”a gift“ and left.", ["a gift"]),
        ("“Not yet,“ she said. “Perhaps later.”", ["Not yet,", "Perhaps later."]),
        ("It was 'a gift' and ‘a loss’.", ["a gift", "a loss"]),
        ("« Oui », dit-il ; «non», »ja« et ‹peut-être› ou ›nie‹.", [" Oui ", "non", "ja", "peut-être", "nie"]),
        ("»Kyllä», hän sanoi.", ["Kyllä"]),
        ('„Nein“, sagte er, „nie”, und „doch", ‚so‘, ‚eben’.', ["Nein", "nie", "doch", "so", "eben"]),
        ("``We agree,'' she said; ''in full.''", ["We agree,", "in full."]),
        ("It is `free' or `bound` or `ours’.", ["free", "bound", "ours"]),
        ("‘’We agree,’’ she said. ’’In full.’’ ‘‘Yes.’’", ["We agree,", "In full.", "Yes."]),
        ("他说「不」。『好』。他说“不”，‘好’。", ["不", "好", "不", "好"]),
        ("He said ＂yes＂ and ″no″ and ′so′.", ["yes", "no", "so"]),
        ('""Yes,"" he said. ““No,”” she said.', ["Yes,", "No,"]),
        ('A field of "" and “” is empty.', ["", ""]),
        ('The ( "loose" ) and ["tight"] and—"dashed"—ones.', ["loose", "tight", "dashed"]),
        ('He said: "But I—" and "...went on."', ["But I—", "...went on."]),
        ('He said, " I think so " and left.', [" I think so "]),
        ('He said, "I think so "and left. "Good."', ["I think so ", "Good."]),
        ('He said" I think so." Good.', [" I think so."]),
        ('He said,"I think so."Then he left.', ["I think so."]),
        ('The <a title="so">link</a>', ["so"]),
    ],
)
def test_marks_of_every_shape_are_paired(text: str, insides: list[str]) -> None:
    assert shown(text) == closed(*insides)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“He said ‘no’ twice,” she said.", ["He said ‘no’ twice,", "no"]),
        ("‘He said “no” twice,’ she said.", ["He said “no” twice,", "no"]),
        ("\"He said 'no'\"", ["He said 'no'", "no"]),
        ("\"'No,' he said.\"", ["'No,' he said.", "No,"]),
        ("''He said 'no.''' She did not.", ["He said 'no.'", "no."]),
        ("'''No,' he said.'' She did not.", ["'No,' he said.", "No,"]),
        ("« Il a dit “non”. »", [" Il a dit “non”. ", "non"]),
        ('"The "old" order," he said.', ['The "old" order,', "old"]),
        ('"It is the "old""', ['It is the "old"', "old"]),
        ("‘He said ‘no’’ and left.", ["He said ‘no’", "no"]),
        ("“The “old” order,” he said.", ["The “old” order,", "old"]),
        ('"The “old” order," he said.', ["The “old” order,", "old"]),
        ("「あ『い』う」", ["あ『い』う", "い"]),
    ],
)
def test_marks_inside_marks_are_one_level_deeper(text: str, expected: list[str]) -> None:
    assert shown(text) == [(inside, "closed", level) for level, inside in enumerate(expected)]


def test_marks_nest_three_deep() -> None:
    assert shown("“A ‘b “c” d’ e,” he said.") == [
        ("A ‘b “c” d’ e,", "closed", 0),
        ("b “c” d", "closed", 1),
        ("c", "closed", 2),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "They don’t know; we didn't ask; it's Iran’s and O’Neill's, y’all.",
        "the ministers’ meeting and the workers' plan, Theodorus’ watch",
        "Get ’em out, get 'em out, 'cause 'twas ’til then",
        "the ’90s, the '90s, the ‘90s, the class of '05",
        "rock 'n' roll, rock ’n’ roll, Fake n' Bacon, goin' home",
        "That 's what they 've said",
        "Sana'a, the Qur’an, Ta‘if, the Shi'ite clerics, ʻOkina, Al-Baʿth",
        "Then ‘Ali, the nephew of one of the clerics’ sons, met 'Abd al-Rahman",
        "He is 6'2\" tall, she 5’ 10”, the door 6′ 8″ and 5'11''",
        'a 19" screen, a board of 30" x 40", 3"x5" cards, 2½" nails',
        "at 54º 55,7' N 10º 30,0' E and 12° 30' 15\"",
        "a game of 90' and 15 years' time",
    ],
)
def test_marks_are_not_apostrophes_nor_measures(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "insides"),
    [
        ("‘I don’t like the ministers’ plan,’ he said.", ["I don’t like the ministers’ plan,"]),
        ("'I was goin' home to the workers' club,' he said.", ["I was goin' home to the workers' club,"]),
        ("‘Get ’em out of the states’ hands’, he said", ["Get ’em out of the states’ hands"]),
        ("the 'swing states' and the ministers' meeting", ["swing states"]),
        ('"I want a 19" screen and a 20" screen," he said.', ['I want a 19" screen and a 20" screen,']),
        ("“He is 5’2”. Look at his hands,” she said.", ["He is 5’2”. Look at his hands,"]),
        ('The "6\'2" striker" of the "Class of \'92" is "19".', ["6'2\" striker", "Class of '92", "19"]),
        ('“Hamilton”’s run and "Cheers"\'s end', ["Hamilton", "Cheers"]),
        ("“I like ’90s music,” she said.", ["I like ’90s music,"]),
    ],
)
def test_marks_stand_beside_apostrophes_and_measures(text: str, insides: list[str]) -> None:
    assert shown(text) == closed(*insides)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "She said “we are glad” to see the guests of the town.”",
            [("we are glad", "closed", 0), ("to see the guests of the town.", "unopened", 0)],
        ),
        ("We are glad,” she said.", [("We are glad,", "unopened", 0)]),
        ('We are glad," she said. "So are we."', [("We are glad,", "unopened", 0), ("So are we.", "closed", 0)]),
        ("She said, “We are glad. He left.", [("We are glad. He left.", "unclosed", 0)]),
        ('She said "it is. He said "no." Then "yes."', [("it is. He said", "unclosed", 0), *closed("no.", "yes.")]),
        ("She said, ‘We are glad. He left.", [("We are glad. He left.", "unclosed", 0)]),
        (
            "“She said, ‘We are glad,” he said.",
            [("She said, ‘We are glad,", "closed", 0), ("We are glad,", "unclosed", 1)],
        ),
        ('He nodded. "', [("", "unclosed", 0)]),
    ],
)
def test_marks_without_their_other_mark_are_values(text: str, expected: list[tuple[str, str, int]]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    "odd", ['He said "it is so.', 'It is so," he said.', 'A 19" screen.', "The 'odd one.", "« Ah."]
)
def test_marks_an_odd_one_leaves_the_other_paragraphs_alone(odd: str) -> None:
    assert shown(f'{odd}\n\nShe said "yes" and "no".\nHe said "so".')[-3:] == closed("yes", "no", "so")


@pytest.mark.parametrize("gap", ["\n\n", "\n", "\r\n\r\n", "\n \n", "\u2029"])
@pytest.mark.parametrize(
    ("opening", "closing"), [("“", "”"), ('"', '"'), ("''", "''"), ("‘", "’"), ("«", "»"), ("„", "“")]
)
def test_marks_run_on_over_paragraphs(opening: str, closing: str, gap: str) -> None:
    text = gap.join(
        [f"He said: {opening}One.", f"{opening}Two, the states’ own.", f"{opening}Three,{closing} and left."]
    )
    assert shown(text) == [("One.", "continued", 0), ("Two, the states’ own.", "continued", 0), ("Three,", "closed", 0)]


def test_marks_run_on_together_with_those_inside_them() -> None:
    assert shown("“He said: ‘One.\n\n“‘Two.’ And that was it,” she said.") == [
        ("He said: ‘One.", "continued", 0),
        ("One.", "continued", 1),
        ("‘Two.’ And that was it,", "closed", 0),
        ("Two.", "closed", 1),
    ]


def test_marks_that_the_next_paragraph_does_not_open_again_are_unclosed() -> None:
    assert shown("He said: “One.\n\nTwo,” and left.") == [("One.", "unclosed", 0), ("Two,", "unopened", 0)]


def test_marks_hold_over_wrapped_lines() -> None:
    text = (
        'The minister told the assembly on Tuesday that "nobody in this house\n'
        "will wait for another year, and nobody outside it should have to.\n"
        'That much is clear," and sat down again to the applause of the\n'
        "members' bench.\n"
        "\n"
        'Nobody asked "why".'
    )
    assert [inside.split()[-1] for inside, _, _ in shown(text)] == ["clear,", "why"]
    assert {status for _, status, _ in shown(text)} == {"closed"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # GUM_interview_messina (CC BY 2.5)
        (
            "Have you had interaction with \"new readers' through your Mets work?",
            [("new readers' through your Mets work?", "unclosed", 0)],
        ),
        # GUM_bio_moreau (CC BY-SA 3.0)
        (
            '"It was wonderful there", Moreau said. "Every tombstone in the cemetery was for a Moreau".',
            closed("It was wonderful there", "Every tombstone in the cemetery was for a Moreau"),
        ),
        # the next four: UD English EWT, weblogs and answers (CC BY-SA 4.0)
        (
            "which was not there before,’’ says Lt. General David Barno. ‘’There is much better",
            [("which was not there before,", "unopened", 0), ("There is much better", "unclosed", 0)],
        ),
        (
            "used false evidence against him,' concluding `honesty comes hard to government.'",
            [("used false evidence against him,", "unopened", 0), *closed("honesty comes hard to government.")],
        ),
        (
            "'Ba'athists', 'Saddamites', 'Wahhabis', and 'terrorists' just a few days ago.",
            closed("Ba'athists", "Saddamites", "Wahhabis", "terrorists"),
        ),
        ('may be around 1/2 of their full adult size, probably 4-5" for those guys.', []),
    ],
)
def test_marks_of_real_texts(text: str, expected: list[tuple[str, str, int]]) -> None:
    assert shown(text) == expected

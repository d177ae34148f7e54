import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.group.changes import changed, changed_altogether, pieces, ranked
from quotes.group.kinds import RANK
from quotes.group.wording import read_wording

WORDS = (
    "we will not attack attacked the road town of and 5 fifty million Iran Iraq I he would … [he] “we” go, no can’t "
    "‘go’ . U.S. ("
).split()
TEXTS = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
ANY = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60) | TEXTS


def found(before, after):
    return [(change.kinds, change.before, change.after) for change in changed(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("We shut the old road", "We shut the road", [(("cut",), "old", "")]),
        ("We shut the road", "We shut the old road", [(("addition",), "", "old")]),
        ("We shut the road", "We shut the bridge", [(("substitution",), "road", "bridge")]),
        ("We lost 5 men", "We lost 50 men", [(("number",), "5", "50")]),
        ("We lost five men", "We lost 50 men", [(("number",), "five", "50")]),
        ("We lost five men", "We lost 5 men", []),
        ("We lost five men", "We lost men", [(("number", "cut"), "five", "")]),
        ("We lost $5 million", "We lost $5 billion", [(("number",), "$5 million", "$5 billion")]),
        ("We lost a lot of dollars", "We lost a lot of euros", [(("number",), "dollars", "euros")]),
        ("Ten men came", "Ten percent came", [(("number",), "Ten", "Ten percent"), (("cut",), "men", "")]),
        ("We lost one man", "We lost a man", [(("substitution",), "one", "a")]),
        ("It was the first time", "It was the second time", [(("number",), "first", "second")]),
        ("We will attack", "We will not attack", [(("negation", "addition"), "", "not")]),
        ("We will attack", "We won’t attack", [(("negation", "addition"), "", "n’t")]),
        ("We won't attack", "We will not attack", []),
        ("It is true", "It is no longer true", [(("negation", "addition"), "", "no longer")]),
        ("We agreed to go", "We refused to go", [(("negation",), "agreed", "refused")]),
        ("He confirmed it", "He denied it", [(("negation",), "confirmed", "denied")]),
        ("It is legal", "It is illegal", [(("negation",), "legal", "illegal")]),
        ("It is not legal", "It is illegal", [(("substitution",), "not legal", "illegal")]),
        ("Taxes rose", "Taxes fell", [(("negation",), "rose", "fell")]),
        ("Everybody came with us", "Nobody came with us", [(("negation",), "Everybody", "Nobody")]),
        ("We met Hale there", "We met Diaz there", [(("name",), "Hale", "Diaz")]),
        ("Hale lied to us", "Diaz lied to us", [(("name",), "Hale", "Diaz")]),
        ("We met Ann Hale there", "We met Hale there", [(("cut",), "Ann", "")]),
        ("The United Nations met", "The UN met", [(("substitution",), "United Nations", "UN")]),
        ("It will rain", "It may rain", [(("modal",), "will", "may")]),
        ("They will come", "They would come", [(("modal", "tense"), "will", "would")]),
        ("“I will come” early", "he would come “early”", [
            (("pronoun",), "I", "he"),
            (("tense",), "will", "would"),
            (("mark",), "come", "come"),
            (("mark",), "early", "early"),
        ]),
        ("It is said", "It was said", [(("tense",), "is", "was")]),
        ("It is good news", "It has good news", [(("substitution",), "is", "has")]),
        ("I think so", "He thought so", [(("pronoun",), "I", "He"), (("tense",), "think", "thought")]),
        ("He comes here now", "He came there then", [
            (("tense",), "comes", "came"),
            (("pronoun",), "here now", "there then"),
        ]),
        ("We need it, all of it, today", "We need it … today", [(("ellipsis",), "all of it", "")]),
        ("We need it … today", "We need it, all of it, today", [(("ellipsis",), "", "all of it")]),
        ("We need it, all of it, today", "We need it today", [(("cut",), "all of it", "")]),
        ("He said it", "[The mayor] said it", [(("bracket",), "He", "[The mayor]")]),
        ("We will do it", "We will do it [at once]", [(("bracket",), "", "[at once]")]),
        ("The road is closed", "[T]he road is closed", []),
        ("“I consider it necessary” to thank them", "“I consider it necessary to thank” them", [
            (("mark",), "to thank", "to thank"),
        ]),
        ("He calls the deck a risk", "He calls the ‘deck’ a risk", [(("mark",), "deck", "deck")]),
        ("“The road is closed”", "the road is closed", []),
        ("We attack", "We attack, and they said nobody should stay.", [
            (("addition",), "", "and they said nobody should stay"),
        ]),
        ("We attack", "It is not true that we attack", [(("negation", "addition"), "", "It is not true that")]),
        ("5 men and 7 women", "7 men and 5 women", [(("number",), "5", "7"), (("number",), "7", "5")]),
    ],
)  # fmt: skip
def test_each_change_has_its_kinds(before, after, changes):
    assert found(before, after) == changes


def test_changes_know_their_places_and_where_words_moved_to():
    before, after = "“I consider it necessary” to thank 5 men", "“I consider it necessary to thank” 50 men"
    moved, number = changed(before, after)
    for change in (moved, number):
        assert before[change.before_start : change.before_end] == change.before
        assert after[change.after_start : change.after_end] == change.after
    assert (moved.kind, moved.quoted, moved.matters) == ("mark", True, ())
    assert (number.kind, number.quoted, number.matters) == ("number", None, ("number",))
    assert moved.as_record() == {
        "kinds": ["mark"],
        "before": "to thank",
        "after": "to thank",
        "before_span": [26, 34],
        "after_span": [25, 33],
        "quoted": True,
    }


def test_ranked_changes_have_numbers_and_negations_first():
    changes = changed("They shut the road with Hale", "He might not shut 5 “roads” with Diaz")
    kinds = [change.kind for change in ranked(changes)]
    assert kinds == sorted(kinds, key=RANK.index)
    assert {"number", "name"} < set(kinds)


def test_pieces_show_both_wordings_at_once():
    before, after = "We shut the old road, all of it.", "We shut the [new] road."
    assert [(piece.kind, piece.text) for piece in pieces(before, after)] == [
        ("same", "We shut the "),
        ("cut", "old"),
        ("added", "[new]"),
        ("same", " road"),
        ("cut", "all of it"),
        ("same", "."),
    ]


def test_what_is_said_in_other_words_has_one_change_of_all():
    assert changed_altogether("We lost 5 men", "The dead number 50").kinds == ("number", "substitution")
    assert changed_altogether("We lost 5 men", "The dead number five").kinds == ("substitution",)
    assert changed_altogether("We lost men", "The dead number 50").kinds == ("substitution",)


@given(ANY, ANY)
def test_changes_applied_to_one_wording_give_the_other(before, after):
    ours, theirs = read_wording(before), read_wording(after)
    applied, done = [], 0
    for change in changed(before, after):
        if change.quoted is None:
            applied += words_between(ours, done, change.before_start)
            applied += words_between(theirs, change.after_start, change.after_end)
            done = change.before_end
    applied += words_between(ours, done, len(before))
    assert applied == list(theirs.keys)


def words_between(wording, start, end):
    return [word.key for word in wording.words if start <= word.start and word.end <= end]


@given(ANY, ANY)
def test_pieces_that_are_not_cut_are_the_second_text(before, after):
    shown = pieces(before, after)
    assert "".join(piece.text for piece in shown if piece.kind != "cut") == after
    assert all(piece.text for piece in shown)
    assert all(piece.text in before for piece in shown if piece.kind == "cut")


@given(ANY, ANY)
def test_the_other_way_round_the_same_changes_are_told(before, after):
    mirror = {"cut": "addition", "addition": "cut"}
    forth, back = changed(before, after), changed(after, before)
    assert [(c.before, c.after, {mirror.get(kind, kind) for kind in c.kinds}) for c in forth] == [
        (c.after, c.before, set(c.kinds)) for c in back
    ]


@given(ANY)
def test_nothing_changes_between_a_text_and_itself(text):
    assert changed(text, text) == []
    assert "".join(piece.text for piece in pieces(text, text)) == text

from quotes.extract.continued import with_continued
from quotes.extract.marks import pair_marks
from quotes.extract.relation import Relation
from quotes.model import TextSpan

TEXT = "Hale spoke: “The road is closed.\n\n“The harbour too.\n\n“It opens in May,” she said. “Soon.”"


def span(words, text=TEXT):
    return TextSpan(text.index(words), text.index(words) + len(words))


def relation(content, source=None, cue=None, confidence=0.5):
    return Relation(
        contents=(span(content),),
        sources=(span(source),) if source else (),
        cues=(span(cue),) if cue else (),
        confidence=confidence,
    )


def contents(relations, text=TEXT):
    return [[part.of(text) for part in found.contents] for found in relations]


WHOLE = ["“The road is closed.", "“The harbour too.", "“It opens in May,”"]


def test_what_is_found_in_one_paragraph_holds_for_the_whole_quotation():
    found = with_continued([relation("“It opens in May,”", "she", "said")], pair_marks(TEXT), TEXT)
    assert contents(found) == [WHOLE]


def test_relations_of_one_quotation_become_one_with_the_surest_source():
    first, last = (
        relation("“The road is closed.", "Hale", "spoke", 0.6),
        relation("“It opens in May,”", "she", "said", 0.9),
    )
    (found,) = with_continued([first, last], pair_marks(TEXT), TEXT)
    assert (found.sources[0].of(TEXT), found.cues[0].of(TEXT)) == ("she", "said")
    assert contents([found]) == [WHOLE]


def test_a_relation_keeps_what_it_says_outside_the_quotation():
    both = Relation(contents=(span("“It opens in May,”"), span("“Soon.”")), sources=(span("she"),))
    assert contents(with_continued([both], pair_marks(TEXT), TEXT)) == [[*WHOLE, "“Soon.”"]]
    other = Relation(contents=(span("closed"), span("“Soon.”")))
    assert contents(with_continued([both, other], pair_marks(TEXT), TEXT)) == [[*WHOLE, "“Soon.”"], ["“Soon.”"]]


def test_a_content_that_begins_before_the_quotation_is_cut_in_two():
    text = "He said the road “is closed.\n\n“It opens in May.”"
    found = with_continued([Relation(contents=(span("the road “is closed.", text),))], pair_marks(text), text)
    assert contents(found, text) == [["the road", "“is closed.", "“It opens in May.”"]]


def test_quotations_of_one_paragraph_stay_as_they_are():
    text = "“Yes,” he said.\n\n“No,” she said."
    relations = [Relation(contents=(span("“Yes,”", text),)), Relation(contents=(span("“No,”", text),))]
    assert with_continued(relations, pair_marks(text), text) == relations


def test_a_quotation_that_nothing_was_found_of_stays_unattributed():
    assert with_continued([], pair_marks(TEXT), TEXT) == []


def test_paragraphs_with_a_cue_of_their_own_are_no_quotation():
    text = "“The road is closed, Hale said.\n\n“It opens in May,” she added."
    first = Relation(contents=(span("The road is closed", text),), cues=(span("said", text),))
    last = Relation(contents=(span("“It opens in May,”", text),), cues=(span("added", text),))
    assert with_continued([first, last], pair_marks(text), text) == [first, last]

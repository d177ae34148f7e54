import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.group.marking import marked


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“We stay,” he said, “and we fight.”", ["We stay,", "and we fight."]),
        ('"We stay," he said, "and we fight."', ["We stay,", "and we fight."]),
        ("``We stay,'' he said", ["We stay,"]),
        ("„Wir bleiben“, sagte er", ["Wir bleiben"]),
        ("«Nous restons», dit-il", ["Nous restons"]),
        ("»Wir bleiben«, sagte er", ["Wir bleiben"]),
        ("He calls it a ‘floating’ deck", ["floating"]),
        ("He calls it a 'floating' deck", ["floating"]),
        ("“He calls it ‘floating’ now”", ["He calls it ‘floating’ now"]),
        ("we stay” and fight", ["we stay"]),
        ('we stay" and fight', ["we stay"]),
        ("“We stay and fight", ["We stay and fight"]),
        ("“We stay” and fight.”", ["We stay"]),
        ("the workers’ rights and the mayor's house in the ’90s", []),
        ("‘We don’t stay,’ he said", ["We don’t stay,"]),
        ("rock 'n roll", []),
        ("We stay", []),
        ("", []),
    ],
)
def test_marked_is_what_stands_between_marks(text, inside):
    assert [text[start:end] for start, end in marked(text)] == inside


@given(st.text(alphabet="ab .,“”‘’'\"«»„`[]", max_size=40))
def test_marked_stretches_are_in_order_and_apart(text):
    places = [place for span in marked(text) for place in span]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)

import pytest

from quotes.datasette_plugin.desk import wordings
from quotes.datasette_plugin.desk.view import LONG, Desk


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2024-03-01", "1 March 2024"),
        ("2024-03-01T10:30:00Z", "1 March 2024"),
        ("2024-03", "March 2024"),
        ("2024", "2024"),
        ("2024-13", "2024-13"),
        (None, "no date"),
        ("", "no date"),
        ("<b>", "<b>"),
    ],
)
def test_view_dates_are_read_as_exactly_as_they_are_known(published, day):
    assert Desk.day(published) == day


@pytest.mark.parametrize(
    ("words", "match", "marked"),
    [
        (["open", "it"], "exact", "We will <mark>open it</mark> in May &amp; open"),
        (["open", "may"], "all words", "We will <mark>open</mark> it in <mark>May</mark> &amp; <mark>open</mark>"),
        ([], None, "We will open it in May &amp; open"),
    ],
)
def test_view_excerpts_mark_the_words_asked_for_and_escape_the_rest(words, match, marked):
    assert Desk.excerpt("We will open it in May & open", words, match) == marked


def test_view_excerpts_of_long_texts_show_the_part_with_the_words():
    text = "before " * 200 + "needle" + " after" * 200
    shown = Desk.excerpt(text, ["needle"], "exact")
    assert "<mark>needle</mark>" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < LONG + 100
    assert Desk.excerpt("x" * 5000).startswith("x" * LONG)


def test_wordings_mark_what_the_other_lacks_and_say_what_matters():
    pair = wordings.pair("We will open the bridge in May.", "We will not open the bridge in June.")
    assert [stretch.text for stretch in pair.before if stretch.changed] == ["May"]
    assert [stretch.text for stretch in pair.after if stretch.changed] == ["not", "June"]
    assert "negation" in pair.matters
    for text, stretches in (
        ("We will open the bridge in May.", pair.before),
        ("We will not open the bridge in June.", pair.after),
    ):
        assert "".join(stretch.text for stretch in stretches) == text


def test_wordings_that_share_little_are_left_unmarked():
    pair = wordings.pair("We will open the bridge in May.", "Nobody trusts this council any longer, and rightly.")
    assert pair.in_other_words
    assert not any(stretch.changed for stretch in (*pair.before, *pair.after))


def test_wordings_of_many_pages_are_left_unmarked():
    assert wordings.pair("word " * 2000, "other " * 2000).before[0].text == "word " * 2000

import pytest

from quotes.errors import NoSuchRow
from quotes.store.pages import speakers as module
from quotes.store.pages.speakers import PrintedName, speaker, speakers
from quotes.store.pages.values import Month, Tally


def test_speaker_has_quotes_outlets_months_and_repeated_claims(told_connection):
    page = speaker(told_connection, 1)
    assert (page.speaker.name, page.speaker.quotes, page.speaker.outlets) == ("Ana Ruiz", 2, 2)
    assert [quote.id for quote in page.quotes] == [2, 1]
    assert page.months == (Month(month="2024-03", quotes=2),)
    assert set(page.outlets) == {Tally(id=1, name="Daily", quotes=1), Tally(id=2, name="Evening Post", quotes=1)}
    assert [claim.id for claim in page.repeated] == [1]


def test_speaker_has_the_place_of_each_quote_in_its_source(told_connection):
    quote = speaker(told_connection, 1).quotes[-1]
    text = told_connection.execute("SELECT text FROM article WHERE id = ?", (quote.article_id,)).fetchone()["text"]
    assert text[quote.start : quote.end] == quote.text == "“We will open the bridge in May,”"


def test_speaker_list_goes_on_where_a_page_ended(told_connection):
    page = speaker(told_connection, 1, limit=1)
    assert [quote.id for quote in page.quotes] == [2]
    assert [quote.id for quote in speaker(told_connection, 1, after=page.next, limit=1).quotes] == [1]


def test_speaker_without_a_row_is_no_such_row(told_connection):
    with pytest.raises(NoSuchRow) as raised:
        speaker(told_connection, 99)
    assert str(raised.value) == "There is no speaker 99: `quotes speakers` lists the numbers of speakers."


def test_speakers_are_listed_with_the_most_quoted_first_page_after_page(told_connection):
    first = speakers(told_connection, limit=1)
    rest = speakers(told_connection, after=first.next, limit=1)
    assert [line.name for line in (*first.lines, *rest.lines)] == ["Bo Lind", "Ana Ruiz"]
    assert rest.next is None


@pytest.mark.parametrize(
    ("asked", "names"), [("Mayor ruiz", ["Ana Ruiz"]), ("ana bo", []), ("LÍND", ["Bo Lind"]), ("?", [])]
)
def test_speakers_are_found_by_part_of_a_name(told_connection, asked, names):
    assert [line.name for line in speakers(told_connection, asked).lines] == names


def test_speaker_has_the_names_that_are_printed_with_their_dates(told_connection):
    assert speaker(told_connection, 1).names == (
        PrintedName(name="Ana Ruiz", quotes=2, first="2024-03-01", last="2024-03-02"),
    )


def test_speaker_with_very_many_quotes_has_names_without_dates(told_connection, monkeypatch):
    monkeypatch.setattr(module, "_COUNTED_BY_NAME", 1)
    assert speaker(told_connection, 1).names == (PrintedName(name="Ana Ruiz", quotes=None, first=None, last=None),)

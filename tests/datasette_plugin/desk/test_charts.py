from dataclasses import replace

from quotes.datasette_plugin.desk.charts import HEIGHT, columns, shares, timeline
from quotes.store.pages.claims import claim
from quotes.store.pages.values import Month


def months(**quotes):
    return [Month(month=name.strip("_").replace("_", "-"), quotes=number) for name, number in quotes.items()]


def test_charts_columns_have_a_place_for_every_month_between():
    chart = columns(months(_2024_01=2, _2024_04=4))
    assert [(column.label, column.value) for column in chart.columns] == [
        ("Jan 2024", 2), ("Feb 2024", 0), ("Mar 2024", 0), ("Apr 2024", 4),
    ]  # fmt: skip
    assert [column.height for column in chart.columns] == [HEIGHT / 2, 0, 0, HEIGHT]
    assert (chart.unit, chart.most) == ("month", 4)


def test_charts_few_columns_are_no_wider_than_of_twelve():
    chart = columns(months(_2024_01=1, _2024_02=1))
    assert max(column.x + column.width for column in chart.columns) < 2 * 100 / 12


def test_charts_count_years_where_there_are_many_months_or_a_date_has_none():
    assert columns(months(_2014_01=1, _2024_02=1)).unit == "year"
    chart = columns(months(_2023=1, _2023_05=2, _2024_02=1))
    assert [(column.label, column.value) for column in chart.columns] == [("2023", 3), ("2024", 1)]


def test_charts_of_one_column_or_of_dates_that_are_none_are_not_drawn():
    assert columns(months(_2024_01=9)) is None
    assert columns([Month(month="spring ", quotes=1), Month(month="", quotes=1)]) is None


def test_charts_shares_are_of_the_greatest():
    assert shares([4, 1, 0]) == [100.0, 25.0, 0.0]
    assert shares([]) == []


def test_charts_timeline_has_a_line_for_each_outlet_and_a_dot_for_each_article(told_connection):
    drawn = timeline(claim(told_connection, 1).quotes)
    assert [lane.name for lane in drawn.lanes] == ["Daily", "Evening Post", "Weekly"]
    assert [(dot.x, dot.copy) for dot in drawn.dots] == [(2.0, False), (14.0, False), (98.0, False)]
    assert [tick.label for tick in drawn.ticks] == ["1 Mar 2024", "9 Mar 2024"]
    assert drawn.undated == 0


def test_charts_timeline_shows_copies_as_such_and_an_article_once(told_connection):
    first, second, third = claim(told_connection, 1).quotes
    copy = replace(second, family_id=first.family_id)
    again = replace(first, id=99)
    undated = replace(third, published="2024")
    drawn = timeline([first, again, copy, undated])
    assert [(dot.quote.id, dot.copy) for dot in drawn.dots] == [(first.id, False), (second.id, True)]
    assert drawn.undated == 1


def test_charts_timeline_of_one_day_at_one_outlet_is_not_drawn(told_connection):
    first = claim(told_connection, 1).quotes[0]
    assert timeline([first, first]) is None

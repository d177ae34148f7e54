from quotes.evaluate import Report

REPORT = Report(
    figures={"items": 3, "found": 50.0, "named": {"n": 2, "recall": 10.0}, "link": {"n": 0, "recall": None}},
    counts=frozenset({"items", "n"}),
)


def test_report_names_the_figures_that_are_no_counts():
    assert REPORT.qualities() == {"found": 50.0, "named.recall": 10.0, "link.recall": None}


def test_report_puts_figures_with_the_same_columns_in_one_table():
    assert list(REPORT.tables()) == [
        (["figure", "value"], [["items", 3], ["found", 50.0]]),
        (["figure", "n", "recall"], [["named", 2, 10.0], ["link", 0, None]]),
    ]

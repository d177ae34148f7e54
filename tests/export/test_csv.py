import io

import pytest

from quotes.export.csv import write_csv


def written(*rows):
    out = io.StringIO()
    write_csv(["id", "text"], rows, out)
    return out.getvalue()


def test_write_csv_has_a_header_and_the_named_columns_alone():
    assert written({"id": 1, "text": 'a "b", c', "more": 2}) == 'id,text\n1,"a ""b"", c"\n'


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_write_csv_keeps_a_spreadsheet_from_running_article_text(text):
    assert written({"id": 1, "text": text}).splitlines()[1].lstrip('1,"').startswith("'")


def test_write_csv_leaves_numbers_and_absent_values_alone():
    assert written({"id": -1, "text": None}) == "id,text\n-1,\n"

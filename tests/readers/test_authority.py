"""The authority file: what its columns mean, and what is said when it is not as documented."""

import gzip

import pytest

from quotes.errors import BadAuthority, InputMissing
from quotes.model import Authority, Position
from quotes.readers.authority import read_authority

HEADER = "qid,name,aliases,country,positions\n"
AMINA = Authority(
    qid="Q1",
    name="Amina Hale",
    aliases=("A. Hale", "Amina Odhiambo"),
    country="Kenya",
    positions=(Position("Minister of Defence", "2021-08-25", None), Position("Mayor", "2015", "2017-03")),
)
ROW = "Q1,Amina Hale,A. Hale|Amina Odhiambo,Kenya,Minister of Defence (2021-08-25–)|Mayor (2015–2017-03)\n"


@pytest.mark.parametrize("pack", [lambda raw: raw, gzip.compress, lambda raw: b"\xef\xbb\xbf" + raw])
def test_authority_reads_names_country_and_positions_with_dates(tmp_path, pack):
    file = tmp_path / "people.csv"
    file.write_bytes(pack((HEADER + ROW).encode()))
    assert read_authority(file) == [AMINA]


def test_authority_needs_a_number_and_a_name_only(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("name,born,qid\nAmina Hale,1960,Q1\n", encoding="utf-8")
    assert read_authority(file) == [Authority(qid="Q1", name="Amina Hale")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"name\nAmina Hale\n", "{file} has no column qid: name the columns in its first line."),
        (b"", "{file} has no column qid and no column name: name the columns in its first line."),
        (b"qid,name\n42,Amina\n", "{file}, line 2: '42' is no number of Wikidata's: write it as Q42."),
        (b"qid,name\nQ42,\n", "{file}, line 2: Q42 has no name: fill in the column name."),
        (
            b"qid,name,positions\nQ1,Amina,Mayor (05-2015-)\n",
            None,
        ),
        (
            "qid,name,positions\nQ1,Amina,Mayor (05-2015–)\n".encode(),
            "{file}, line 2: '05-2015' is no date: write it as 2023, 2023-03 or 2023-03-04.",
        ),
        (
            b"qid,name\nQ1,Am\xefna\n",
            (
                "{file} is no CSV file in UTF-8 ('utf-8' codec can't decode byte 0xef in position 14: "
                "invalid continuation byte): save it as one."
            ),
        ),
    ],
)
def test_authority_tells_what_is_wrong_and_where(tmp_path, content, message):
    file = tmp_path / "people.csv"
    file.write_bytes(content)
    if message is None:
        assert read_authority(file)[0].positions == (Position("Mayor (05-2015-)"),)
        return
    with pytest.raises(BadAuthority) as error:
        read_authority(file)
    assert str(error.value) == message.format(file=file)


def test_authority_that_is_not_there(tmp_path):
    with pytest.raises(InputMissing) as error:
        read_authority(tmp_path / "none.csv")
    assert str(error.value) == f"{tmp_path / 'none.csv'} cannot be read (No such file or directory): check its name."

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotes.errors import EmptyInput, InputError, NotText, WrongEncoding
from quotes.readers.decoding import check_encoding, decode

ENGLISH = "The minister said “we won’t go” on Monday, and café owners agreed that the plan – a big one – cost £5.\n"
POLISH = "Minister powiedział: „Jesteśmy gotowi pomóc sąsiadom w zakresie bezpieczeństwa”, dodał też premier.\n"
RUSSIAN = "Министр обороны заявил, что страна готова помочь соседям в укреплении безопасности.\n"
TURKISH = "Bakan, “Irak'ın yanındayız” dedi ve güvenliğin güçlendirileceğini söyledi.\n"


def refusal(data: bytes, encoding: str | None = None) -> tuple[type[InputError], str]:
    with pytest.raises(InputError) as caught:
        decode(data, "a.txt", encoding=encoding)
    return type(caught.value), str(caught.value)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
)
def test_decoding_honours_and_removes_byte_order_marks(encoding: str) -> None:
    mark = "" if encoding in {"utf-8", "utf-8-sig", "utf-16", "utf-32"} else "\ufeff"
    assert decode((mark + "Ein „Wort“ 😀").encode(encoding), "a.txt") == ("Ein „Wort“ 😀", 0)


def test_decoding_takes_utf16_that_begins_with_nul_for_itself() -> None:
    assert decode("\ufeff\0ab".encode("utf-16-le"), "a.txt") == ("\0ab", 0)


def test_decoding_removes_the_mark_of_the_encoding_asked_for() -> None:
    assert decode("\ufeffword".encode(), "a.txt", encoding="utf-8") == ("word", 0)
    assert decode("\ufeffword".encode("utf-16-le"), "a.txt", encoding="utf-16-le") == ("word", 0)


def test_decoding_keeps_line_ends() -> None:
    assert decode(b"a\r\nb\rc\n\n", "a.txt") == ("a\r\nb\rc\n\n", 0)


def test_decoding_replaces_lone_surrogates_one_for_one_and_counts_them() -> None:
    assert decode(b"a+2AA-b+3AA-", "a.txt", encoding="utf-7") == ("a\ufffdb\ufffd", 2)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"),
        (ENGLISH, "mac_roman"),
        (POLISH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (TURKISH, "cp1254"),
    ],
)
def test_decoding_names_the_encoding_that_the_bytes_look_like(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    start = next(index for index, byte in enumerate(data) if byte >= 0x80)
    assert refusal(data) == (
        WrongEncoding,
        (
            f"a.txt is not UTF-8 (line 1, byte {start + 1}, 0x{data[start]:02x}) but looks like {encoding}; "
            f"give `--encoding {encoding}`."
        ),
    )
    assert decode(data, "a.txt", encoding=encoding).text == text


@pytest.mark.parametrize("text", ["It’s over", "caf\xe9 says Bob", "He said “no”."])
def test_decoding_takes_short_english_for_cp1252(text: str) -> None:
    assert refusal(text.encode("cp1252"))[1].endswith("but looks like cp1252; give `--encoding cp1252`.")


REFUSALS = {
    "mixed": (
        "First “line”\n".encode() + b"then \x93more\x94\n",
        WrongEncoding,
        (
            "a.txt is UTF-8 but for 2 places, first at line 2, byte 6, 0x93; "
            "put the right character there in an editor and save the file as UTF-8."
        ),
    ),
    "cut off": (
        "Half a “word".encode()[:-6],
        WrongEncoding,
        (
            "a.txt is UTF-8 but for one place, first at line 1, byte 8, 0xe2; "
            "put the right character there in an editor and save the file as UTF-8."
        ),
    ),
    "UTF-16 without a mark": (
        "“Words” with é.".encode("utf-16-le"),
        WrongEncoding,
        "a.txt is not UTF-8 but looks like utf-16-le; give `--encoding utf-16-le`.",
    ),
    "no encoding": (
        b"\xff\x81\xfe\x8d" * 9,
        WrongEncoding,
        (
            "a.txt is not UTF-8 (line 1, byte 1, 0xff) and its encoding is not to be guessed; "
            "save it as UTF-8 or give its own with `--encoding`."
        ),
    ),
    "binary": (
        b"\x01\x00\x00\xfe\x00\x07",
        NotText,
        "a.txt is binary data, not text; save its text as a .txt file in UTF-8 and read that.",
    ),
    "gzip": (
        b"\x1f\x8b\x08\x00",
        NotText,
        "a.txt is gzip data, not text; unpack it with `gunzip` and read what comes out.",
    ),
    "picture": (
        b"\x89PNG\r\n\x1a\n\0\0",
        NotText,
        "a.txt is a PNG picture, not text; copy out the text of it into a .txt file and read that.",
    ),
    "Word": (
        b"PK\x03\x04\xff\x00[Content_Types].xml",
        NotText,
        "a.txt is an Office document, not text; save its text as a .txt file and read that.",
    ),
    "program": (b"\x7fELF\x02\x01\xff", NotText, "a.txt is a program, not text; leave it out."),
    "database": (
        b"SQLite format 3\0\x10\xff",
        NotText,
        "a.txt is a SQLite database, not text; if `quotes` made it, name it with `--db`.",
    ),
    "nothing": (b"", EmptyInput, "a.txt is empty; put the article's text into it or leave it out."),
    "a mark alone": (b"\xef\xbb\xbf", EmptyInput, "a.txt is empty; put the article's text into it or leave it out."),
    "no word": (
        "… — _ \0\n".encode(),
        EmptyInput,
        "a.txt has no letter and no digit in it; put the article's text into it or leave it out.",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_decoding_says_why_bytes_are_refused(case: str) -> None:
    data, error, message = REFUSALS[case]
    assert refusal(data) == (error, message)


ASKED = {
    ("ascii", "na\nïve".encode()): "a.txt is not ascii (line 2, byte 1, 0xc3); it is UTF-8: leave `--encoding` out.",
    ("utf-8", ENGLISH.encode("cp1252")): (
        "a.txt is not utf-8 (line 1, byte 19, 0x93); it looks like cp1252: give `--encoding cp1252`."
    ),
    ("utf-8", b"\xff\x81\xfe\x8d" * 9): "a.txt is not utf-8 (line 1, byte 1, 0xff); give its own with `--encoding`.",
    ("ascii", ENGLISH.encode("utf-16")): (
        "a.txt is not ascii (line 1, byte 1, 0xff); its byte order mark tells its encoding: leave `--encoding` out."
    ),
    ("cp1252", b"\x7fELF\x02"): "a.txt is a program, not text; leave it out.",
}


@pytest.mark.parametrize(("encoding", "data"), ASKED)
def test_decoding_is_strict_in_the_encoding_asked_for(encoding: str, data: bytes) -> None:
    assert refusal(data, encoding)[1] == ASKED[encoding, data]


@pytest.mark.parametrize("encoding", ["cp1252", "UTF-16", "utf-8-sig", "utf-32"])
def test_decoding_knows_the_encodings_of_python(encoding: str) -> None:
    check_encoding(encoding)
    assert decode("word".encode(encoding), "a.txt", encoding=encoding).text == "word"


@given(st.binary(max_size=300))
@example(b"\xfe\xff\xd8\x00").via("UTF-16 that breaks off")
def test_decoding_any_bytes_gives_scalar_values_or_an_error(data: bytes) -> None:
    try:
        text, _ = decode(data, "a.txt")
    except InputError:
        return
    assert text.encode("utf-8").decode("utf-8") == text

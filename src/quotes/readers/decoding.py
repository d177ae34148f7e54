"""Bytes to text, exactly: strict, newlines kept, byte order marks honoured, lone surrogates replaced and counted."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from quotes.errors import EmptyInput, NotText, WrongEncoding
from quotes.readers.binary import recognise
from quotes.text import replace_surrogates

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BOM = "\ufeff"

# UTF-32's little-endian mark begins with UTF-16's, so it is tried first
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_GUESSABLE = [
    *("cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "mac_roman", "cp437", "cp850"),
]
_GUESS_WINDOW = 64_000

_MUCH_MORE_COHERENT = 0.04
"""From here on another code page's letters fit a language better than cp1252's; below it is chance."""


class Decoded(NamedTuple):
    """A text of Unicode scalar values, and how many of them stand for lone surrogates."""

    text: str
    replaced: int


def check_encoding(encoding: str) -> None:
    """Raise WrongEncoding unless Python knows an encoding of text by that name."""
    try:
        codecs.lookup(encoding)
        b"a".decode(encoding)
    except (LookupError, ValueError) as error:
        if isinstance(error, UnicodeError):
            return
        raise WrongEncoding(
            f"There is no text encoding called {encoding!r}; name one such as `--encoding cp1252`."
        ) from None


def decode(data: bytes, shown: str, *, encoding: str | None = None) -> Decoded:
    """The text of an article's bytes; `shown` is the subject of messages.

    Raises NotText, WrongEncoding and EmptyInput. Without `encoding`, UTF-8 with a letter or digit is never refused,
    whatever else is in it.
    """
    decoded = to_scalars(decode_exactly(data, shown, encoding=encoding))
    require_words(decoded.text, shown)
    return decoded


def to_scalars(text: str) -> Decoded:
    """The text with its lone surrogates replaced."""
    return Decoded(*replace_surrogates(text))


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit in it."""
    return _LETTER_OR_DIGIT.search(text) is not None


def require_words(text: str, shown: str) -> None:
    """Raise EmptyInput for a text without a letter or digit."""
    if not text:
        raise EmptyInput(f"{shown} is empty; put the article's text into it or leave it out.")
    if not has_words(text):
        raise EmptyInput(f"{shown} has no letter and no digit in it; put the article's text into it or leave it out.")


def not_text(shown: str, kind: str, cure: str) -> NotText:
    """The error for bytes of a known kind that is not text."""
    return NotText(f"{shown} is {kind}, not text; {cure}.")


def decode_exactly(data: bytes, shown: str, *, encoding: str | None = None) -> str:
    """The bytes as a string, with what lone surrogates they hold; raises NotText and WrongEncoding."""
    if encoding is not None:
        return _decode_as(data, shown, encoding)
    for mark, marked_encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(marked_encoding)
            except UnicodeDecodeError:
                continue
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _explain(data, shown, error) from None


def encoding_of_mark(data: bytes) -> str | None:
    """The encoding that a byte order mark tells, by the name under which Python takes the mark off."""
    found = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    return None if found is None else "utf-8-sig" if found == "utf-8" else found[:6]


def _decode_as(data: bytes, shown: str, encoding: str) -> str:
    known = recognise(data)
    if known is not None:
        raise not_text(shown, *known)
    try:
        return data.decode(encoding).removeprefix(_BOM)
    except UnicodeDecodeError as error:
        place, cure = _place(data, error.start), _better_encoding(data, error.start)
        raise WrongEncoding(f"{shown} is not {encoding} ({place}); {cure}.") from None
    except (UnicodeError, ValueError):  # some codecs (idna, punycode) know no place
        raise WrongEncoding(f"{shown} is not {encoding}; {_better_encoding(data, 0)}.") from None


def _better_encoding(data: bytes, start: int) -> str:
    if any(data.startswith(mark) for mark, _ in _MARKS):
        return "its byte order mark tells its encoding: leave `--encoding` out"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        guess = guess_encoding(data, start)
        return f"it looks like {guess}: give `--encoding {guess}`" if guess else "give its own with `--encoding`"
    return "it is UTF-8: leave `--encoding` out"


def _explain(data: bytes, shown: str, error: UnicodeDecodeError) -> NotText | WrongEncoding:
    """Why bytes that are not UTF-8 are not: another kind of file, damaged UTF-8, or another encoding."""
    known = recognise(data)
    if known is not None:
        return not_text(shown, *known)
    if b"\x00" in data:
        guess = _guess_utf16(data)
        if guess is None:
            return not_text(shown, "binary data", "save its text as a .txt file in UTF-8 and read that")
        return WrongEncoding(f"{shown} is not UTF-8 but looks like {guess}; give `--encoding {guess}`.")
    bad = _count_bad(data)
    if len(_MULTIBYTE.findall(data)) >= bad or error.reason == "unexpected end of data":
        extent = "one place" if bad == 1 else f"{bad:,} places"
        return WrongEncoding(
            f"{shown} is UTF-8 but for {extent}, first at {_place(data, error.start)}; "
            f"put the right character there in an editor and save the file as UTF-8."
        )
    guess = guess_encoding(data, error.start)
    if guess is None:
        return WrongEncoding(
            f"{shown} is not UTF-8 ({_place(data, error.start)}) and its encoding is not to be guessed; "
            f"save it as UTF-8 or give its own with `--encoding`."
        )
    return WrongEncoding(
        f"{shown} is not UTF-8 ({_place(data, error.start)}) but looks like {guess}; give `--encoding {guess}`."
    )


def _place(data: bytes, start: int) -> str:
    line = data.count(b"\n", 0, start) + 1
    line_start = data.rfind(b"\n", 0, start) + 1
    return f"line {line:,}, byte {start - line_start + 1:,}, 0x{data[start]:02x}"


def _count_bad(data: bytes) -> int:
    text = data.decode("utf-8", "replace")
    return text.count("\ufffd") - data.count("\ufffd".encode())


def _guess_utf16(data: bytes) -> str | None:
    """Which UTF-16 without a mark it is: mostly Latin text has its zero bytes on one side."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    guess = "utf-16-le" if odd > even else "utf-16-be"
    if max(even, odd) * 4 < len(data) or min(even, odd) * 10 > max(even, odd):
        return None
    try:
        data.decode(guess)
    except UnicodeDecodeError:
        return None
    return guess


def guess_encoding(data: bytes, start: int) -> str | None:
    """The most likely 8-bit or East Asian encoding, judged from the lines around the first bad byte."""
    from charset_normalizer import from_bytes

    begin = data.rfind(b"\n", max(0, start - _GUESS_WINDOW // 2), start) + 1
    window = data[begin : begin + _GUESS_WINDOW]
    matches = from_bytes(window, cp_isolation=_GUESSABLE, enable_fallback=False)
    best = matches.best()
    if best is None:
        return None
    # charset-normalizer takes short English for any Windows code page; of equals, cp1252 is the likely one
    for match in matches:
        as_likely = match.chaos <= best.chaos and match.coherence > best.coherence - _MUCH_MORE_COHERENT
        if as_likely and "cp1252" in match.could_be_from_charset:
            return "cp1252"
    return best.encoding

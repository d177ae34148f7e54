"""What is printed around an article and says nothing in it: datelines, bylines, banners, licences, share buttons.

It is told by its form and by where it stands: before the first paragraph, at its start, after the last one, or as a
line of its own that is nothing else. The text stays as it is; what is found here is not read as statements, and what it
tells of the article (its date, place, authors, outlet, its original) completes the article's metadata.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from quotes.dates import WRITTEN_DATE, to_iso
from quotes.furniture import patterns
from quotes.model import Printed, TextSpan
from quotes.text import one_line, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Kind = Literal["banner", "byline", "credit", "date", "dateline", "headline", "licence", "original", "repeat", "share"]
"""repeat: a headline that is printed once more; credit: who reported, wrote and edited, after the article."""

_LINE = re.compile(r"[^\n\r]*\S[^\n\r]*")
_ENDS = re.compile(r"[.!?…][\"”’')\]]*\s*$")
_MOST_HEAD = 12
_MOST_TAIL = 8
_LEADS = 3
"""Paragraphs at whose start a dateline may stand."""

_PARAGRAPH = 25
_SENTENCE = 12
"""Words that make a line a paragraph of the article: that many, or the second with a stop at the end."""

_LONGEST_TITLE = 20
_LONGEST_BANNER = 8
_LICENCE_WITHIN = 600


@dataclass(frozen=True, slots=True)
class Furniture:
    """A piece of it, and what it tells of the article."""

    span: TextSpan
    kind: Kind
    printed: tuple[Printed, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether statements are looked for in it all the same: headlines report what people said."""
        return self.kind == "headline"


def find_furniture(text: str) -> tuple[Furniture, ...]:
    """The furniture of a text in its order, without overlaps; none in most texts."""
    lines = [_trimmed(match.start(), match.end(), text) for match in _LINE.finditer(text)]
    body = next((i for i, line in enumerate(lines) if _is_paragraph(line.of(text))), len(lines))
    found = [
        *_head(lines[: min(body, _MOST_HEAD)], text, has_body=body < len(lines)),
        *_first(lines[body : body + _LEADS] or lines[:1], text),
        *_tail(lines[-_MOST_TAIL:], text),
        *(Furniture(line, "share") for line in lines if patterns.SHARE.fullmatch(line.of(text))),
    ]
    return tuple(_without_overlaps(found))


def _trimmed(start: int, end: int, text: str) -> TextSpan:
    line = text[start:end]
    return TextSpan(start + len(line) - len(line.lstrip()), start + len(line.rstrip()))


def _is_paragraph(line: str) -> bool:
    number = line.count(" ") + 1
    return number >= _PARAGRAPH or (number >= _SENTENCE and _ENDS.search(line) is not None)


def _head(lines: Sequence[TextSpan], text: str, *, has_body: bool) -> Iterator[Furniture]:
    """The lines above the first paragraph: dates, bylines, banners, and headlines printed twice."""
    plain: list[TextSpan] = []
    dated = False
    seen: dict[str, TextSpan] = {}
    for line in lines:
        printed = line.of(text)
        key = " ".join(words(printed))
        piece = _head_line(line, text, below_headline=bool(plain))
        if piece is not None:
            dated = dated or piece.kind == "date"
            yield piece
        elif key in seen:
            yield Furniture(line, "repeat", (_printed("title", printed, line),))
        else:
            seen[key] = line
            plain.append(line)
    plain = [line for line in plain if not patterns.SHARE.fullmatch(line.of(text))]
    if not has_body or not plain:
        return
    *above, last = plain
    if dated and above and all(_is_banner(line.of(text)) for line in above):
        for line in above:
            outlet = patterns.MASTHEAD.fullmatch(line.of(text))
            yield Furniture(line, "banner", (_printed("outlet", line.of(text), line),) if outlet else ())
        yield from _title(last, text)
    elif len(plain) == 1:
        yield from _title(last, text)


def _head_line(line: TextSpan, text: str, *, below_headline: bool) -> Furniture | None:
    """A date or a byline. A bare date below a headline is the article's; one above it may be the page's."""
    printed = line.of(text)
    if match := patterns.LABELLED_DATE.fullmatch(printed):
        field = "updated" if match["label"].lower().endswith(("updated", "modified")) else "published"
        return Furniture(line, "date", _date(field, match, line.start))
    if match := patterns.BARE_DATE.fullmatch(printed):
        return Furniture(line, "date", _date("published" if below_headline else "date", match, line.start))
    if match := patterns.BYLINE.fullmatch(printed):
        return Furniture(line, "byline", tuple(_authors(match, line.start)))
    return None


def _title(line: TextSpan, text: str) -> Iterator[Furniture]:
    """A headline without a stop, which tells the title."""
    title = line.of(text).lstrip("# ")
    if title.count(" ") < _LONGEST_TITLE and not _ENDS.search(title) and any(map(str.isalpha, title)):
        start = line.end - len(title)
        yield Furniture(line, "headline", (Printed("title", one_line(title), start, line.end),))


def _is_banner(line: str) -> bool:
    return line.count(" ") < _LONGEST_BANNER and not _ENDS.search(line)


def _first(lines: Sequence[TextSpan], text: str) -> Iterator[Furniture]:
    """The date and dateline of the first of the paragraphs that has any: a lead may stand above it."""
    for line in lines:
        found = list(_at_start(line, text))
        yield from found
        if found:
            return


def _at_start(line: TextSpan, text: str) -> Iterator[Furniture]:
    """What stands before the first words of the first paragraph: a date that was glued to it, and a dateline."""
    start = line.start
    if match := patterns.GLUED_DATE.match(text, start, line.end):
        yield Furniture(TextSpan(start, match.end()), "date", _date("published", match, 0))
        start = match.end()
    match = patterns.DATELINE.match(text, start, line.end)
    if match is not None and match.end() < line.end:
        yield Furniture(TextSpan(start, match.end()), "dateline", tuple(_dateline(match)))


def _dateline(match: re.Match[str]) -> Iterator[Printed]:
    for name, value in match.groupdict().items():
        if value is None or value in patterns.NO_PLACES:
            continue
        field = "agency" if name.startswith("agency") else "place"
        yield Printed(field, one_line(value), *match.span(name))


def _tail(lines: Sequence[TextSpan], text: str) -> Iterator[Furniture]:
    for line in lines:
        printed = line.of(text)
        if match := patterns.ORIGINAL.fullmatch(printed):
            start, end = (line.start + offset for offset in match.span("value"))
            address = patterns.ADDRESS.search(text, start, end)
            told = (
                Printed("original", address[0].rstrip(".,;"), *address.span())
                if address
                else Printed("origin", match["value"].rstrip(". "), start, end)
            )
            yield Furniture(line, "original", (told,))
        elif patterns.CREDIT.fullmatch(printed):
            yield Furniture(line, "credit")
    if lines:
        # a licence may be glued to the last paragraph
        begin = max(lines[0].start, lines[-1].end - _LICENCE_WITHIN)
        for match in patterns.LICENCE.finditer(text, begin):
            span = _trimmed(match.start(), match.end(), text)
            licensor = patterns.LICENSOR.search(text, span.start, span.end)
            outlet = (Printed("outlet", licensor["outlet"], *licensor.span("outlet")),) if licensor else ()
            yield Furniture(span, "licence", outlet)


def _date(field: str, match: re.Match[str], offset: int) -> tuple[Printed, ...]:
    written = WRITTEN_DATE.fullmatch(match["date"])
    value = to_iso(written) if written else None
    start, end = match.span("date")
    return (Printed(field, value, offset + start, offset + end),) if value else ()


def _authors(match: re.Match[str], offset: int) -> Iterator[Printed]:
    start = offset + match.start("names")
    for name in patterns.BETWEEN_NAMES.split(match["names"]):
        at = match.string.index(name, start - offset)
        if patterns.NO_NAME.search(name) is None:
            yield Printed("authors", name, offset + at, offset + at + len(name))


def _printed(field: str, value: str, span: TextSpan) -> Printed:
    return Printed(field, one_line(value), span.start, span.end)


def _without_overlaps(found: Iterable[Furniture]) -> Iterator[Furniture]:
    end = 0
    for piece in sorted(found, key=lambda piece: (piece.span.start, -piece.span.end)):
        if piece.span.start >= end:
            yield piece
            end = piece.span.end

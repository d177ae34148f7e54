"""A quote as its article prints it: the words around it, and its own words marked."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup

from quotes.datasette_plugin.versions import anyone_may_see
from quotes.errors import NoSuchRow
from quotes.store import queries
from quotes.store.context import around

if TYPE_CHECKING:
    from collections.abc import Iterator

    from datasette.app import Datasette

    from quotes.model import TextSpan
    from quotes.store.rows import ShownQuote

WIDTH = 240
"""Characters of the paragraph on each side."""

# each part is isolated, so that no direction mark in one part turns the others round; dir="auto" would pass over them
_PASSAGE = Markup('<div class="in-context" dir="{}">{}</div>')
_PIECES = {
    "content": Markup("<mark><bdi>{}</bdi></mark>"),
    "cue": Markup('<bdi class="cue">{}</bdi>'),
    "source": Markup('<bdi class="source">{}</bdi>'),
    "": Markup("<bdi>{}</bdi>"),
}


async def render(datasette: Datasette, database: str, quote_id: object, text: object) -> Markup | None:
    """The quote of this number in its paragraph; None where that is not for anyone to see or there is none."""
    if not isinstance(quote_id, int) or not text or not await anyone_may_see(datasette, database, "article"):
        return None
    try:
        quote = await datasette.get_database(database).execute_fn(lambda conn: queries.show(conn, quote_id))
    except NoSuchRow:  # removed while the page was made
        return None
    return passage(quote)


def passage(quote: ShownQuote) -> Markup:
    """The quote's stretch of the article with its content, cue and source told apart."""
    context = quote.context
    paragraph = context.before + context.content + context.after
    start, end = len(context.before), len(context.before) + len(context.content)
    shown = around(paragraph, start, end, width=WIDTH)
    text = shown.before + shown.content + shown.after
    first = quote.start - len(shown.before)
    pieces = Markup("").join(
        _PIECES[role].format(text[left - first : right - first])
        for left, right, role in _pieces(quote, first, first + len(text))
    )
    return _PASSAGE.format(
        _direction(text),
        Markup("").join(
            ("… " if shown.before != context.before else "", pieces, " …" if shown.after != context.after else "")
        ),
    )


def _direction(text: str) -> str:
    """That of the first letter that has one, as the Unicode bidirectional algorithm takes it for a paragraph."""
    classes = (unicodedata.bidirectional(char) for char in text)
    first = next((found for found in classes if found in {"L", "R", "AL"}), "L")
    return "ltr" if first == "L" else "rtl"


def _pieces(quote: ShownQuote, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """[start, end) of the article cut where a role begins or ends, with the role of each piece, "" for none."""
    roles: dict[str, tuple[TextSpan, ...]] = {"content": quote.contents, "cue": quote.cues, "source": quote.sources}
    bounds = {bound for spans in roles.values() for span in spans for bound in (span.start, span.end)}
    cuts = sorted({start, end} | {bound for bound in bounds if start < bound < end})
    for left, right in pairwise(cuts):
        covering = (
            role for role, spans in roles.items() if any(span.start <= left and right <= span.end for span in spans)
        )
        yield left, right, next(covering, "")

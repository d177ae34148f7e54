"""How changes between wordings are shown in a terminal: in colour, and readable without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.cli.output import indented, printable, printable_part
from quotes.cli.quote_view import place, said_by

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from quotes.group.changes import Change
    from quotes.store.rows import QuoteRow

_STYLES = {"cut": "red", "added": "green"}
_SIGNS = {"cut": ("[-", "-]"), "added": ("{+", "+}")}
_NAMES = {
    "number": "number changed",
    "negation": "negation changed",
    "name": "name changed",
    "modal": "modal verb changed",
    "mark": "across a quotation mark",
    "bracket": "bracketed insertion",
    "pronoun": "pronoun shift",
    "tense": "tense shift",
}
_OPENING = (" ", "“", "‘", "(", "[", "{")


def marked_up(before: str, after: str) -> Text:
    """The second text with what it lacks of the first: [-cut-], red, and {+added+}, green."""
    from rich.text import Text

    from quotes.group.changes import pieces

    line = Text()
    last = "same"
    for piece in pieces(before, after):
        text = printable_part(piece.text)
        glued = not line.plain or line.plain.endswith(_OPENING) or (piece.kind == "same" and not text[0].isalnum())
        if (piece.kind == "cut" or last == "cut") and not glued:
            line.append(" ")
        opening, closing = _SIGNS.get(piece.kind, ("", ""))
        line.append(f"{opening}{text}{closing}", _STYLES.get(piece.kind))
        last = piece.kind
    return line


def change_line(change: Change) -> RenderableType:
    """The kinds of a change, and what stood there before and after."""
    from rich.text import Text

    names = ", ".join(_NAMES.get(kind, kind) for kind in change.kinds)
    line = Text.assemble((names, "bold yellow" if change.matters else "bold"), ": ")
    if change.quoted is not None:
        line.append(f"{printable(change.after)} (now {'inside' if change.quoted else 'outside'})")
        return indented(line)
    if change.before:
        line.append(printable(change.before), _STYLES["cut"])
    if change.before and change.after:
        line.append(" → ")
    if change.after:
        line.append(printable(change.after), _STYLES["added"])
    return indented(line)


def date_and_outlet(quote: QuoteRow) -> Text:
    """Which quote it is, whose, and where it stands."""
    from rich.text import Text

    head = Text.assemble((f"#{quote.id}", "bold cyan"), "  ").append_text(said_by(quote)).append("  ")
    return head.append_text(place(quote.article, quote.start, quote.end))

"""How a quote is shown in a terminal: who, in which article, at which place, with the words around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes import model
from quotes.cli.output import in_context, indented, moment, printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType
    from rich.text import Text

    from quotes.store.rows import ArticleRef, Context, QuoteInContext, QuoteRow


def quote_block(quote: QuoteInContext, *, with_speaker: bool = True) -> Iterable[RenderableType]:
    """Three parts: number, speaker, kind and doubts; the article and the place in it; the words around."""
    from rich.text import Text

    head = Text.assemble((f"#{quote.id}", "bold cyan"), "  ")
    if with_speaker:
        head.append_text(said_by(quote)).append("  ")
    yield head.append(as_printed(quote), "italic").append_text(doubts(quote))
    yield indented(place(quote.article, quote.start, quote.end))
    yield indented(surroundings(quote.context))


def said_by(quote: QuoteRow) -> Text:
    """The speaker's name, or the description that the article gives, or that it gives none."""
    from rich.text import Text

    if quote.speaker:
        return Text(printable(quote.speaker.name), "bold")
    return Text(printable(quote.speaker_description or "unknown speaker"), "bold italic")


def as_printed(quote: QuoteRow) -> str:
    """The kind, and how the article words the attribution: `direct: "the mayor", "added"`."""
    parts = [f'"{printable(part)}"' for part in (quote.mention, quote.cue) if part]
    kind = f"{quote.kind}, not said" if quote.negated else quote.kind
    return f"{kind}: {', '.join(parts)}" if parts else kind


def doubts(quote: QuoteRow) -> Text:
    """Whether it is uncertain that this is a statement, or that its speaker is right; empty where neither is."""
    from rich.text import Text

    return Text("".join(f"  {doubt}" for doubt in model.doubts(quote.confidence, quote.speaker_confidence)), "yellow")


def place(article: ArticleRef, start: int, end: int, *, with_title: bool = True) -> Text:
    """Date, outlet, article and the characters [start, end) of its text."""
    from rich.text import Text

    where = printable(article.url or article.path or article.name)
    parts = [moment(article.published) or "no date", printable(article.outlet or "outlet unknown"), where]
    if article.title and with_title:
        parts.insert(2, printable(article.title))
    version = (
        ""
        if article.version == 1 and article.latest
        else f" (version {article.version}{'' if article.latest else ', superseded'})"
    )
    return Text(" · ".join(parts) + f"{version}, characters {start}–{end}", "dim")


def surroundings(context: Context) -> Text:
    """The words around a quote, the quote itself standing out."""
    return in_context(context.before, context.content, context.after)

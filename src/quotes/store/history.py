"""What became of an article's quotes from version to version: kept, added, removed, reworded or re-attributed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from quotes.addresses import is_web_address, same_address
from quotes.errors import NoSuchRow
from quotes.group.compare import LINKED, compare
from quotes.store import queries
from quotes.text import words

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from quotes.group.compare import Comparison
    from quotes.store.rows import ArticleRow, QuoteWithSpans

Became = Literal["kept", "added", "removed", "reworded", "re-attributed"]
"""kept: the same words of the same speaker, marks, case and punctuation aside."""

_METADATA = ("title", "outlet", "published", "updated", "authors", "correction")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteChange:
    """A quote in two versions; `before` is None where it was added, `after` where it was removed.

    `became` has both "reworded" and "re-attributed" where both happened. `comparison` tells the words that changed,
    None where none did.
    """

    became: tuple[Became, ...]
    before: QuoteWithSpans | None
    after: QuoteWithSpans | None
    comparison: Comparison | None = None

    def as_record(self) -> dict[str, Any]:
        """As plain values, for JSON: the words, speakers and numbers of the quotes."""
        record: dict[str, Any] = {"became": list(self.became)}
        for name, quote in (("before", self.before), ("after", self.after)):
            shown = quote and {"id": quote.id, "text": quote.text, "speaker": speaker_of(quote)}
            record[name] = shown
        return {**record, "comparison": self.comparison.as_record() if self.comparison else None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One text of an article, and what changed since the one before.

    `quotes` come in the order of the text, those removed last; `metadata` is by the field, the earlier value first.
    """

    article: ArticleRow
    quotes: tuple[QuoteChange, ...]
    metadata: dict[str, tuple[Any, Any]]

    def as_record(self) -> dict[str, Any]:
        """As plain values, for JSON."""
        return {
            **asdict(self.article),
            "metadata": {name: list(values) for name, values in self.metadata.items()},
            "changes": [change.as_record() for change in self.quotes],
        }


def history(conn: sqlite3.Connection, where: str) -> tuple[Version, ...]:
    """Every version of an article, the oldest first, each with what changed since the one before.

    `where` is any address of its page, its path or its number. In the first version nothing has changed, so that it
    lists no quotes. Raises NoSuchRow.
    """
    location = locate(conn, where)
    rows = conn.execute("SELECT id FROM article WHERE location = ? ORDER BY version", (location,)).fetchall()
    versions: list[Version] = []
    earlier: tuple[QuoteWithSpans, ...] = ()
    for row in rows:
        article = queries.article(conn, row["id"])
        quotes = tuple(queries.quotes_in(conn, row["id"]))
        if versions:
            last = versions[-1].article
            known = {name: (getattr(last, name), getattr(article, name)) for name in _METADATA}
            changed = {name: (old, new) for name, (old, new) in known.items() if old != new}
            versions.append(Version(article=article, quotes=match_quotes(earlier, quotes), metadata=changed))
        else:
            versions.append(Version(article=article, quotes=(), metadata={}))
        earlier = quotes
    return tuple(versions)


def locate(conn: sqlite3.Connection, where: str) -> str:
    """The location of an article named by any address of its page, by its path or by its number; raises NoSuchRow."""
    asked: list[tuple[str, tuple[object, ...]]] = []
    if is_web_address(where):
        asked.append(("SELECT location FROM article WHERE location = ?", (same_address(where),)))
        asked.append(("SELECT location FROM fetch WHERE url = ? AND location IS NOT NULL", (where,)))
    elif where.isdecimal() and len(where) < 19:  # SQLite's numbers end there
        asked.append(("SELECT location FROM article WHERE id = ?", (int(where),)))
    asked.append(("SELECT location FROM article WHERE location = ? OR path = ? ORDER BY id DESC", (where, where)))
    for query, parameters in asked:
        row = conn.execute(query, parameters).fetchone()
        if row:
            return str(row["location"])
    raise NoSuchRow(f"There is no article at {where}: `quotes articles` lists where articles are from.")


def match_quotes(before: Sequence[QuoteWithSpans], after: Sequence[QuoteWithSpans]) -> tuple[QuoteChange, ...]:
    """What became of each quote of one version in the next, in the order of the next, and then what was removed.

    Quotes of the same words are matched first, those of the same speaker before others, then those whose wordings are
    linked, the most alike first; each has one match at the most.
    """
    partner: dict[int, QuoteWithSpans] = {}
    taken: set[int] = set()
    by_words: defaultdict[str, list[QuoteWithSpans]] = defaultdict(list)
    for quote in before:
        by_words[quote.fingerprint].append(quote)
    for same_speaker in (True, False):
        for quote in after:
            if quote.id not in partner:
                candidates = (old for old in by_words[quote.fingerprint] if old.id not in taken)
                found = next((old for old in candidates if _same_speaker(old, quote) or not same_speaker), None)
                if found:
                    partner[quote.id] = found
                    taken.add(found.id)
    left = [quote for quote in before if quote.id not in taken]
    for old, new in _alike(left, [quote for quote in after if quote.id not in partner]):
        if old.id not in taken and new.id not in partner:
            partner[new.id] = old
            taken.add(old.id)
    changes = [_change(partner.get(quote.id), quote) for quote in after]
    removed = [QuoteChange(became=("removed",), before=old, after=None) for old in before if old.id not in taken]
    return (*changes, *removed)


def speaker_of(quote: QuoteWithSpans) -> str | None:
    """Whom a quote is attributed to, as well as is known: a name, a description, else the words of its source."""
    return (quote.speaker.name if quote.speaker else None) or quote.speaker_description or quote.mention


def _alike(
    before: Iterable[QuoteWithSpans], after: Sequence[QuoteWithSpans]
) -> list[tuple[QuoteWithSpans, QuoteWithSpans]]:
    """The pairs whose wordings are linked, the best first: by score, then the same speaker, then the same place."""
    scored = [(compare(old.text, new.text).score, old, new) for old in before for new in after]
    linked = [(score, old, new) for score, old, new in scored if score >= LINKED]
    linked.sort(key=lambda pair: (-pair[0], not _same_speaker(pair[1], pair[2]), abs(pair[1].start - pair[2].start)))
    return [(old, new) for _, old, new in linked]


def _change(old: QuoteWithSpans | None, new: QuoteWithSpans) -> QuoteChange:
    if old is None:
        return QuoteChange(became=("added",), before=None, after=new)
    became: list[Became] = []
    if old.fingerprint != new.fingerprint:
        became.append("reworded")
    if not _same_speaker(old, new):
        became.append("re-attributed")
    comparison = compare(old.text, new.text) if "reworded" in became else None
    return QuoteChange(became=tuple(became) or ("kept",), before=old, after=new, comparison=comparison)


def _same_speaker(old: QuoteWithSpans, new: QuoteWithSpans) -> bool:
    if old.speaker and new.speaker:
        return old.speaker.id == new.speaker.id
    if old.speaker or new.speaker:
        return False
    return words(speaker_of(old) or "") == words(speaker_of(new) or "")

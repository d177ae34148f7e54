"""How much of what an outlet prints in quotation marks was found to be a quote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One outlet (None: articles whose outlet is not known); `marks` are its outer quotations, `covered` in quotes."""

    id: int | None
    name: str | None
    articles: int
    quotes: int
    marks: int
    covered: int

    @property
    def share(self) -> float | None:
        """Of the quotations, 0 to 1; None where there are none."""
        return self.covered / self.marks if self.marks else None


def coverage(conn: sqlite3.Connection, *, limit: int = 500) -> tuple[Coverage, ...]:
    """The outlets with most articles first."""
    rows = conn.execute(
        """
        SELECT nullif(outlet_total.outlet_id, 0) AS id, outlet.name, outlet_total.articles, outlet_total.quotes,
            outlet_total.marks, outlet_total.covered
        FROM outlet_total LEFT JOIN outlet ON outlet.id = outlet_total.outlet_id
        WHERE outlet_total.articles > 0
        ORDER BY outlet_total.articles DESC, outlet.name IS NULL, outlet.name LIMIT ?
        """,
        (limit,),
    )
    return tuple(Coverage(**dict(row)) for row in rows)

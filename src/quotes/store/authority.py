"""The authority file in the database: who has a name, and who held an office at a date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from quotes.resolve.blocks import last_name
from quotes.resolve.names import speaker_key
from quotes.resolve.positions import excess, held, office_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from sqlite3 import Connection

    from quotes.model import Authority
    from quotes.resolve.positions import Office

    Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who held a position at a date."""

    qid: str
    name: str
    position: str
    start: str | None
    end: str | None
    date: str

    @property
    def reason(self) -> str:
        """Why it is this person, for people to read."""
        return f"{self.position} ({self.start or ''}–{self.end or ''}) on {self.date}, by the authority file"


def load(conn: Connection, people: Iterable[Authority]) -> int:
    """Take people in, each in place of what was known by the same number, in the caller's transaction; how many."""
    count = 0
    for person in people:
        conn.execute("DELETE FROM authority WHERE qid = ?", (person.qid,))
        conn.execute("INSERT INTO authority VALUES (?, ?, ?)", (person.qid, person.name, person.country))
        names = {speaker_key(name): name for name in (*reversed(person.aliases), person.name)}
        conn.executemany(
            "INSERT INTO authority_name (qid, name, key, last) VALUES (?, ?, ?, ?)",
            [(person.qid, name, key, last_name(key)) for key, name in sorted(names.items())],
        )
        conn.executemany(
            "INSERT INTO authority_position (qid, position, office, start, end) VALUES (?, ?, ?, ?, ?)",
            [
                (person.qid, position.title, office.key, position.start, position.end)
                for position in person.positions
                if (office := office_of(position.title, person.country))
            ],
        )
        count += 1
    return count


def is_loaded(conn: Connection) -> bool:
    """Whether there is an authority file at all."""
    return conn.execute("SELECT 1 FROM authority LIMIT 1").fetchone() is not None


def linked(conn: Connection) -> int:
    """How many speakers are people of the authority file."""
    query = "SELECT count(*) FROM speaker WHERE qid IN (SELECT qid FROM authority)"
    return int(conn.execute(query).fetchone()[0])


def person_called(conn: Connection, key: str, roles: Collection[tuple[str, str | None]]) -> tuple[str, str] | None:
    """The number in Wikidata of whom a name's key means, and why; None where it is open.

    A full name that one person has alone means that person. Where several have it, and for a last name alone, a role
    printed with it (`roles`, each with the article's date) must be a position that only one of them held then.
    """
    bare = " " not in key
    column, value = ("last", last_name(key)) if bare else ("key", key)
    rows = conn.execute(f"SELECT DISTINCT qid FROM authority_name WHERE {column} = ?", (value,)).fetchall()
    qids = {str(row["qid"]) for row in rows}
    if len(qids) == 1 and not bare:
        return qids.pop(), "the authority file has nobody else of this name"
    found = {
        holder.qid: holder
        for text, date in sorted(roles, key=str)
        if date and qids and (holder := holder_of(conn, text, date, among=qids))
    }
    if len(found) != 1:
        return None
    qid, holder = found.popitem()
    return qid, holder.reason


def holder_of(conn: Connection, description: str, date: str, *, among: Collection[str] | None = None) -> Holder | None:
    """The only person who held, at a date, the office that a description means; of `among`, where that is given.

    The office must be of a country or, as a mayor's, of a place; among few people that may be left out.
    """
    described = office_of(description)
    if described is None:
        return None
    fitting: list[tuple[int, Holder]] = []
    for row, office in _positions(conn, described, among):
        wanted = replace(described, country=office.country) if among and described.country is None else described
        beyond = excess(wanted, office)
        if beyond is not None and held(row["start"], row["end"], date):
            holder = Holder(row["qid"], row["name"], row["position"], row["start"], row["end"], date)
            fitting.append((beyond, holder))
    least = min((beyond for beyond, _ in fitting), default=0)
    holders = sorted((h for beyond, h in fitting if beyond == least), key=lambda h: (h.position, h.start or ""))
    return holders[0] if len({holder.qid for holder in holders}) == 1 else None


def _positions(conn: Connection, described: Office, among: Collection[str] | None) -> Iterator[tuple[Row, Office]]:
    select = (
        "SELECT authority.qid, name, country, position, start, end FROM authority_position "
        "JOIN authority ON authority.qid = authority_position.qid WHERE "
    )
    if among:
        marks = ", ".join("?" * len(among))
        rows = conn.execute(f"{select} authority.qid IN ({marks})", tuple(sorted(among)))
    elif described.country:
        rows = conn.execute(f"{select} office = ?", (described.key,))
    else:
        rows = conn.execute(f"{select} office > ? AND office < ?", (f"{described.kind} ", f"{described.kind}!"))
    for row in rows:
        office = office_of(row["position"], row["country"])
        if office:
            yield row, office

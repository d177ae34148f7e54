"""Who is who across articles: from names to speakers, kept up to date in the transaction that adds an article.

Who is one person is a fold over the names stored, the roles printed with them, the authority file and people's
judgements. It is the same in whatever order these came. An article touches only the names that share a block with its
own, so that time grows with the number of articles and not with its square.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotes.resolve.blocks import blocks, is_bare, last_name
from quotes.resolve.names import speaker_key
from quotes.store import authority, judgements
from quotes.store.folding import Fold
from quotes.store.roles import KnownRoles
from quotes.store.rulings import rulings
from quotes.text import replace_surrogates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from sqlite3 import Connection

    from quotes.model import Authority, Extraction, PrintedRole
    from quotes.store.judgements import Decision, Judgement
    from quotes.store.rulings import Rulings

    Row = Mapping[str, Any]

_ARTICLE = "SELECT id, location, path, url, published FROM article WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Attribution:
    """To whom a quote is attributed, None for nobody: name, how it was found, numbers of alias and speaker."""

    name: str | None
    reason: str | None
    alias: int | None
    speaker: int | None


_NOBODY = Attribution(None, None, None, None)


@dataclass(frozen=True, slots=True)
class Settled:
    """What changed: how many speakers are `gone` with the last quote of theirs, which aliases lead to another one."""

    gone: int
    moved: frozenset[int]


class People:
    """The speakers of a database that is open for writing; every method stands in a transaction of the caller's.

    What is changed counts after `settle`.
    """

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._touched: set[int] = set()
        self._released: set[int] = set()
        self._moved: set[int] = set()
        self._known: Rulings | None = None
        self._roles = KnownRoles(conn)

    @property
    def rulings(self) -> Rulings:
        """The judgements in force."""
        self._known = rulings(self._conn, self._known)
        return self._known

    def attribute(self, article_id: int, extraction: Extraction, text: str) -> list[Attribution]:
        """The speaker of each quote of a new article, whose roles are kept with the names; stored before its quotes."""
        article = self._conn.execute(_ARTICLE, (article_id,)).fetchone()
        self._roles.check()
        by_office = authority.is_loaded(self._conn) and article["published"] is not None
        aliases: dict[str, tuple[int, int]] = {}
        found = []
        for quote in extraction.quotes:
            name, reason = (quote.speaker.name, quote.speaker.reason) if quote.speaker else (None, None)
            if by_office and quote.speaker_description is not None:
                holder = authority.holder_of(self._conn, quote.speaker_description, article["published"])
                name, reason = (holder.name, holder.reason) if holder else (name, reason)
            if name is None:
                found.append(_NOBODY)
                continue
            if name not in aliases:
                aliases[name] = self._lead(name, article)
            found.append(Attribution(name, reason, *aliases[name]))
        beside = _bare_beside_full({name: alias for name, (alias, _) in aliases.items()})
        self._touched |= {alias for alias in beside if self._is_open(alias)}
        for role in extraction.roles:
            if role.name in aliases:
                self._add_role(aliases[role.name][0], article, role, text)
        return found

    def resolve_offices(self, article_id: int) -> None:
        """Lead the quotes of an article whose source is an office alone to who held it at the article's date."""
        if not authority.is_loaded(self._conn):
            return
        rows = self._conn.execute(
            "SELECT quote.id, speaker_name, speaker_description, speaker_reason, published FROM quote "
            "JOIN article ON article.id = article_id WHERE article_id = ? AND speaker_description IS NOT NULL",
            (article_id,),
        ).fetchall()
        for row in rows:
            date = row["published"]
            holder = authority.holder_of(self._conn, row["speaker_description"], date) if date else None
            said = (holder.name, holder.reason) if holder else (None, None)
            if said != (row["speaker_name"], row["speaker_reason"]):
                self._conn.execute(
                    "UPDATE quote SET speaker_name = ?, speaker_reason = ?, speaker_id = NULL, alias_id = NULL "
                    "WHERE id = ?",
                    (*said, row["id"]),
                )

    def reread(self, article_id: int) -> None:
        """Lead the quotes of a stored article anew, as its date or a judgement has changed."""
        self._roles.forget()
        article = self._conn.execute(_ARTICLE, (article_id,)).fetchone()
        query = "SELECT DISTINCT alias_id FROM quote WHERE article_id = ? AND alias_id IS NOT NULL"
        before = {alias for (alias,) in self._conn.execute(query, (article_id,))}
        self.resolve_offices(article_id)
        names = self._conn.execute(
            "SELECT DISTINCT speaker_name, alias.key FROM quote LEFT JOIN alias ON alias.id = alias_id "
            "WHERE article_id = ? AND speaker_name IS NOT NULL",
            (article_id,),
        ).fetchall()
        moved: dict[str, int] = {}
        for name, key in names:
            alias, speaker = self._lead(name, article)
            moved[key] = alias
            self._conn.execute(
                "UPDATE quote SET alias_id = ?1, speaker_id = ?2 WHERE article_id = ?3 AND speaker_name = ?4 "
                "AND (alias_id IS NOT ?1 OR speaker_id IS NOT ?2)",
                (alias, speaker, article_id, name),
            )
        roles = self._conn.execute(
            "SELECT role.id, alias_id, alias.key FROM role JOIN alias ON alias.id = alias_id WHERE article_id = ?",
            (article_id,),
        ).fetchall()
        self._conn.executemany(
            "UPDATE role SET alias_id = ? WHERE id = ?",
            [(moved[key], role) for role, alias, key in roles if moved.get(key, alias) != alias],
        )
        self._touched |= set(moved.values())
        self._moved |= set(moved.values()) - before
        self._released |= before

    def release(self, aliases: Iterable[int]) -> None:
        """Have these names looked at again, as quotes that used them are gone; what no quote uses is forgotten."""
        self._roles.forget()
        self._released |= set(aliases)

    def settle(self) -> Settled:
        """Tell anew who is one person among the names touched and those that they bear on."""
        if not self._touched and not self._released:
            return Settled(0, frozenset())
        self._roles.check()
        fold = Fold(self._conn, self.rulings, self._roles)
        unused = self._refresh_names()
        touched = (self._touched | self._released | fold.bearing_on(unused)) - unused
        gone = fold.drop(unused)
        moved = fold.settle(touched) | self._moved
        self._touched, self._released, self._moved = set(), set(), set()
        self._roles.settled()
        return Settled(gone, frozenset(moved))

    def _refresh_names(self) -> set[int]:
        """Call each released name by the fullest form still printed; those that are printed no more."""
        unused = set()
        for alias in sorted(self._released):
            names = self._conn.execute(
                "SELECT DISTINCT speaker_name FROM quote WHERE alias_id = ?", (alias,)
            ).fetchall()
            if names:
                name = _fullest(name for (name,) in names)
                self._conn.execute("UPDATE alias SET name = ? WHERE id = ?", (name, alias))
            else:
                unused.add(alias)
        return unused

    def take_in(self, people: Iterable[Authority]) -> None:
        """Load an authority file, and look up in it who is stored."""
        authority.load(self._conn, people)
        self.refold()

    def decide(self, decision: Decision, *, who: str, why: str | None = None) -> int:
        """Record what a person decided about speakers, and follow it; the judgement's number."""
        number = judgements.record(self._conn, decision, who=who, why=why)
        self._follow(decision.decision, decision.a, decision.b)
        return number

    def take_back(self, number: int, *, who: str, why: str | None = None) -> Judgement:
        """Take a judgement of speakers back, or take up again what was taken back; raises NoSuchRow."""
        found = judgements.take_back(self._conn, number, "speaker", who=who, why=why)
        while found.takes_back is not None:
            found = next(one for one in judgements.every(self._conn, "speaker") if one.id == found.takes_back)
        self._follow(found.decision, found.a, found.b)
        return found

    def _follow(self, decision: str, a: str, b: str | None) -> None:
        if decision == "split":
            query = "SELECT id FROM article WHERE ? IN (location, path, url)"
            for (article,) in self._conn.execute(query, (b,)).fetchall():
                self.reread(article)
        query = "SELECT id FROM alias WHERE key IN (?, ?)"
        self._touched |= {alias for (alias,) in self._conn.execute(query, (a, b))}

    def are_told(self) -> bool:
        """Whether it is told who is who; not so in a database of an older version until `refold`."""
        query = "SELECT EXISTS (SELECT 1 FROM alias_block) OR NOT EXISTS (SELECT 1 FROM alias WHERE key GLOB '*[a-z]*')"
        return bool(self._conn.execute(query).fetchone()[0])

    def refold(self) -> None:
        """Have everybody told anew from what articles, authority file and judgements say, as if all came at once."""
        self._conn.execute("DELETE FROM alias_pair")
        self._conn.execute("DELETE FROM alias_block")
        for alias, key in self._conn.execute("SELECT id, key FROM alias WHERE location IS NULL").fetchall():
            self._find_by(alias, key)
        for (article,) in self._conn.execute("SELECT id FROM article ORDER BY id").fetchall():
            self.reread(article)
        self._touched = {alias for (alias,) in self._conn.execute("SELECT id FROM alias")}

    def _lead(self, name: str, article: Row) -> tuple[int, int]:
        """The alias of a name in an article, made where it is new, and the speaker that it leads to."""
        base = replace_surrogates(speaker_key(name))[0]
        key, place = self.rulings.key(base, (article["location"], article["path"], article["url"]))
        row = self._conn.execute("SELECT id, name, speaker_id FROM alias WHERE key = ?", (key,)).fetchone()
        if row is None:
            number = self._add_alias(name, key, place)
            return number, number
        number = int(row["id"])
        if _fullest((row["name"], name)) != row["name"]:
            self._conn.execute("UPDATE alias SET name = ? WHERE id = ?", (name, number))
            self._touched.add(number)
        return number, int(row["speaker_id"])

    def _add_alias(self, name: str, key: str, place: str | None) -> int:
        cursor = self._conn.execute("INSERT INTO speaker (name, key) VALUES (?, ?)", (name, key))
        number = int(cursor.lastrowid or 0)
        self._conn.execute(
            "INSERT INTO alias (id, speaker_id, name, key, location) VALUES (?, ?, ?, ?, ?)",
            (number, number, name, key, place),
        )
        if place is None:
            self._find_by(number, key)
        self._touched.add(number)
        return number

    def _is_open(self, alias: int) -> bool:
        """Whether it is but suggested whose last name this is, so that an article that has both names may tell."""
        query = "SELECT 1 FROM alias_pair WHERE (a = ? OR b = ?) AND NOT automatic LIMIT 1"
        return self._conn.execute(query, (alias, alias)).fetchone() is not None

    def _find_by(self, alias: int, key: str) -> None:
        rows = [(block, alias) for block in sorted(blocks(key))]
        self._conn.executemany("INSERT INTO alias_block (block, alias_id) VALUES (?, ?)", rows)

    def _add_role(self, alias: int, article: Row, role: PrintedRole, text: str) -> None:
        words = " ".join(sorted(role.words))
        known = self._conn.execute(
            "SELECT 1 FROM role JOIN article ON article.id = article_id "
            "WHERE alias_id = ? AND role.words = ? AND substr(published, 1, 4) IS substr(?, 1, 4) "
            "ORDER BY role.id DESC LIMIT 1",
            (alias, words, article["published"]),
        ).fetchone()
        if known is None:
            self._touched.add(alias)
        cursor = self._conn.execute(
            "INSERT INTO role (alias_id, article_id, text, words, start, end) VALUES (?, ?, ?, ?, ?, ?)",
            (alias, article["id"], text[role.start : role.end], words, role.start, role.end),
        )
        self._roles.note(alias, int(cursor.lastrowid or 0), words, article["published"])


def _bare_beside_full(aliases: Mapping[str, int]) -> set[int]:
    """The last names alone of an article that quotes a bearer by the full name too."""
    full = {last_name(name) for name in aliases if not is_bare(name)}
    return {alias for name, alias in aliases.items() if is_bare(name) and last_name(name) in full}


def _fullest(names: Iterable[str]) -> str:
    return min(names, key=lambda name: (-len(name), name.isupper(), name))

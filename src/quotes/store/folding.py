"""From stored names to speakers: the links between names, the groups that they make, and the rows of both."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotes.resolve.blocks import asked_blocks, bare_names, bearers, is_bare, is_body, last_name
from quotes.resolve.clusters import cluster
from quotes.resolve.evidence import Known, owner_of_last_name, weigh
from quotes.resolve.identity import compare_names, conflicting, name_words
from quotes.store import authority
from quotes.store.rulings import AT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from sqlite3 import Connection

    from quotes.resolve.evidence import Link
    from quotes.store.roles import KnownRoles
    from quotes.store.rulings import Rulings

    Row = Mapping[str, Any]

_MOST_BEARERS = 64
"""A last name that more names end in is nobody's in particular."""


@dataclass(frozen=True, slots=True)
class _Alias:
    id: int
    speaker: int
    name: str
    key: str
    base: str
    qid: str | None
    split: bool

    @property
    def bare(self) -> bool:
        """Whether it is a last name alone, whose bearer has to be looked for."""
        return not self.split and is_bare(self.base) and not is_body(self.base)


class Fold:
    """One telling of who is who, with what it has read kept in memory."""

    def __init__(self, conn: Connection, rulings: Rulings, roles: KnownRoles) -> None:
        self._conn = conn
        self._rulings = rulings
        self._roles = roles
        self._aliases: dict[int, _Alias | None] = {}
        self._by_authority = authority.is_loaded(conn) or bool(rulings.qids)

    def bearing_on(self, aliases: Collection[int]) -> set[int]:
        """The names whose speaker may change when these are gone."""
        found: set[int] = set()
        for alias in self._read(aliases):
            found |= set(self._reach(alias))
        return found

    def drop(self, aliases: Collection[int]) -> int:
        """Delete names that no quote uses; how many speakers have no name left."""
        found = self._read(aliases)
        for alias in found:
            self._conn.execute("DELETE FROM alias WHERE id = ?", (alias.id,))
            self._aliases[alias.id] = None
        return self._drop_empty({alias.speaker for alias in found})

    def settle(self, touched: Collection[int]) -> set[int]:
        """Weigh the touched names against those that share a block, and write down whom all within reach lead to.

        The names that lead to another speaker than before.
        """
        for alias in self._read(touched):
            self._identify(alias)
        for alias in self._read(touched):
            self._link(alias)
        within = self._within_reach(touched)
        groups = self._with_last_names(within, self._group(within))
        old = {alias.speaker for alias in within.values()}
        moved: set[int] = set()
        for group in groups:
            moved |= self._write([within[number] for number in sorted(group)])
        self._drop_empty(old)
        return moved

    def _read(self, numbers: Iterable[int]) -> list[_Alias]:
        """Those of the aliases that are stored."""
        return [alias for number in sorted(numbers) if (alias := self._one(number))]

    def _one(self, number: int) -> _Alias | None:
        if number not in self._aliases:
            row = self._conn.execute("SELECT * FROM alias WHERE id = ?", (number,)).fetchone()
            self._aliases[number] = row and _Alias(
                row["id"],
                row["speaker_id"],
                row["name"],
                row["key"],
                row["key"].partition(AT)[0] if row["location"] else row["key"],
                row["qid"],
                row["location"] is not None,
            )
        return self._aliases[number]

    def _numbers(self, query: str, *parameters: object) -> list[int]:
        return [number for (number,) in self._conn.execute(query, parameters)]

    def _in_block(self, block: str) -> list[int]:
        query = "SELECT alias_id FROM alias_block WHERE block = ? LIMIT ?"
        found = self._numbers(query, block, _MOST_BEARERS + 1)
        return found if len(found) <= _MOST_BEARERS else []

    def _identify(self, alias: _Alias) -> None:
        """Look the name up in the authority file, unless somebody has decided who it is."""
        if not self._by_authority and alias.qid is None:
            return
        found: tuple[str | None, str | None] | None = None
        if alias.key in self._rulings.qids:
            found = (self._rulings.qids[alias.key], "decided by a person")
        elif not alias.split:
            query = (
                "SELECT DISTINCT role.text, published FROM role "
                "JOIN article ON article.id = article_id WHERE alias_id = ?"
            )
            roles = [(text, date) for text, date in self._conn.execute(query, (alias.id,))]
            found = authority.person_called(self._conn, alias.base, roles)
        qid, reason = found or (None, None)
        self._conn.execute("UPDATE alias SET qid = ?, reason = ? WHERE id = ?", (qid, reason, alias.id))
        self._aliases.pop(alias.id)

    def _known(self, alias: _Alias) -> Known:
        return Known(alias.base, alias.qid, self._roles.of(alias.id))

    def _link(self, alias: _Alias) -> None:
        """Weigh a name against each that shares a block with it, and keep what speaks for one person."""
        self._conn.execute("DELETE FROM alias_pair WHERE a = ? OR b = ?", (alias.id, alias.id))
        if alias.split:
            return
        numbers: set[int] = set()
        for block in asked_blocks(alias.base):
            numbers.update(self._numbers("SELECT alias_id FROM alias_block WHERE block = ?", block))
        for other in self._read(numbers - {alias.id}):
            if compare_names(*sorted((alias.base, other.base))).verdict == "different" and not alias.qid:
                continue
            link = weigh(self._known(alias), self._known(other))
            if link:
                self._keep(alias.id, other.id, link)

    def _keep(self, a: int, b: int, link: Link) -> None:
        self._conn.execute(
            "INSERT OR REPLACE INTO alias_pair (a, b, score, automatic, reasons) VALUES (?, ?, ?, ?, ?)",
            (min(a, b), max(a, b), link.score, int(link.automatic), json.dumps(link.reasons, ensure_ascii=False)),
        )

    def _within_reach(self, touched: Collection[int]) -> dict[int, _Alias]:
        """All names whose speaker may be another one now that these were touched."""
        found: dict[int, _Alias] = {}
        waiting = set(touched)
        while waiting:
            alias = self._one(waiting.pop())
            if alias and alias.id not in found:
                found[alias.id] = alias
                waiting.update(number for number in self._reach(alias) if number not in found)
        return found

    def _reach(self, alias: _Alias) -> Iterator[int]:
        yield from self._numbers("SELECT id FROM alias WHERE speaker_id = ?", alias.speaker)
        yield from self._numbers("SELECT b FROM alias_pair WHERE a = ? AND automatic", alias.id)
        yield from self._numbers("SELECT a FROM alias_pair WHERE b = ? AND automatic", alias.id)
        if alias.qid:
            yield from self._numbers("SELECT id FROM alias WHERE qid = ?", alias.qid)
        for ruling in self._rulings.pairs:
            if alias.key in (ruling.a, ruling.b):
                yield from self._numbers("SELECT id FROM alias WHERE key IN (?, ?)", ruling.a, ruling.b)
        last = last_name(alias.base)
        if last and not alias.split:
            yield from self._in_block(bearers(last) if alias.bare else bare_names(last))

    def _group(self, within: Mapping[int, _Alias]) -> list[set[int]]:
        """The names of each person, last names alone by themselves unless it is certain whose they are."""
        by_key = {alias.key: alias for alias in within.values()}
        links = list(self._links(within))
        return [
            {by_key[key].id for key in keys}
            for keys in cluster(
                by_key, links, self._rulings.pairs, conflict=lambda a, b: _conflict(by_key[a], by_key[b])
            )
        ]

    def _links(self, within: Mapping[int, _Alias]) -> Iterator[tuple[float, str, str]]:
        for alias in within.values():
            for row in self._conn.execute("SELECT b, score FROM alias_pair WHERE a = ? AND automatic", (alias.id,)):
                other = within[row["b"]]
                if not alias.bare and not other.bare:
                    yield row["score"], alias.key, other.key
        people: defaultdict[str, list[str]] = defaultdict(list)
        for alias in within.values():
            if alias.qid:
                people[alias.qid].append(alias.key)
        for keys in people.values():
            first, *others = sorted(keys)
            yield from ((1.0, first, other) for other in others)

    def _with_last_names(self, within: Mapping[int, _Alias], groups: list[set[int]]) -> list[set[int]]:
        """The groups, each with the last names alone that can only mean its person."""
        ruled = {
            key for ruling in self._rulings.pairs if ruling.decision != "different" for key in (ruling.a, ruling.b)
        }
        loose = [
            group
            for group in groups
            if len(group) == 1
            and (alias := within[next(iter(group))]).bare
            and alias.key not in ruled
            and not alias.qid
        ]
        alone = {next(iter(group)) for group in loose}
        kept = [group for group in groups if alone.isdisjoint(group)]
        place_of = {number: place for place, group in enumerate(kept) for number in group}
        owners = [(group, self._owner(within[next(iter(group))], within, kept, place_of)) for group in loose]
        for group, owner in owners:
            if owner is not None:
                owner.update(group)
        return kept + [group for group, owner in owners if owner is None]

    def _owner(
        self,
        bare: _Alias,
        within: Mapping[int, _Alias],
        groups: Sequence[set[int]],
        place_of: Mapping[int, int],
    ) -> set[int] | None:
        """The person that a last name alone means; what speaks for each that it may mean is kept."""
        self._conn.execute("DELETE FROM alias_pair WHERE a = ? OR b = ?", (bare.id, bare.id))
        bearing: defaultdict[int, list[_Alias]] = defaultdict(list)
        for number in self._in_block(bearers(last_name(bare.base) or "")):
            if number in place_of:
                bearing[place_of[number]].append(within[number])
        people: dict[int, list[Known]] = {}
        for place, members in sorted(bearing.items()):
            alike = [one for one in members if name_words(one.base)[-1:] == name_words(bare.base)]
            if alike and not self._told_apart(bare, (within[number] for number in groups[place])):
                people[place] = [self._known(one) for one in alike]
        alone = next(iter(people)) if len(people) == 1 else None
        together = alone is not None and self._share_article(bare, groups[alone])
        owner, links = owner_of_last_name(self._known(bare), people, together=together)
        for place, link in links.items():
            self._keep(bare.id, min(bearing[place], key=_by_fullness).id, link)
        return None if owner is None else groups[owner]

    def _share_article(self, bare: _Alias, group: Iterable[int]) -> bool:
        numbers = sorted(group)
        # by the articles of the last name, as there are far fewer than of a well-known person's names
        query = (
            "SELECT 1 FROM quote AS one WHERE alias_id = ? AND EXISTS (SELECT 1 FROM quote AS other "
            f"WHERE other.article_id = one.article_id AND +other.alias_id IN ({', '.join('?' * len(numbers))})) LIMIT 1"
        )
        return self._conn.execute(query, (bare.id, *numbers)).fetchone() is not None

    def _told_apart(self, alias: _Alias, others: Iterable[_Alias]) -> bool:
        keys = {other.key for other in others}
        return any(
            ruling.decision == "different"
            and ((ruling.a == alias.key and ruling.b in keys) or (ruling.b == alias.key and ruling.a in keys))
            for ruling in self._rulings.pairs
        )

    def _write(self, group: list[_Alias]) -> set[int]:
        """Lead the names of one person, in the order of their numbers, to the speaker with the lowest; those moved."""
        number, key = group[0].id, group[0].key
        chosen = [self._rulings.names[alias.key] for alias in group if alias.key in self._rulings.names]
        name = chosen[0] if chosen else min(group, key=_by_fullness).name
        qid = next((alias.qid for alias in group if alias.qid), None)
        row = self._conn.execute("SELECT name, key, qid FROM speaker WHERE id = ?", (number,)).fetchone()
        if row is None:
            self._conn.execute("INSERT INTO speaker (id, name, key, qid) VALUES (?, ?, ?, ?)", (number, name, key, qid))
        elif (row["name"], row["qid"]) != (name, qid):
            self._conn.execute("UPDATE speaker SET name = ?, qid = ? WHERE id = ?", (name, qid, number))
        moved = {alias.id for alias in group if alias.speaker != number}
        for alias in sorted(moved):
            self._conn.execute("UPDATE alias SET speaker_id = ? WHERE id = ?", (number, alias))
            self._conn.execute("UPDATE quote SET speaker_id = ? WHERE alias_id = ?", (number, alias))
        return moved

    def _drop_empty(self, speakers: Iterable[int]) -> int:
        unused = "NOT EXISTS (SELECT 1 FROM alias WHERE speaker_id = speaker.id)"
        return sum(
            self._conn.execute(f"DELETE FROM speaker WHERE id = ? AND {unused}", (number,)).rowcount
            for number in sorted(speakers)
        )


def _by_fullness(alias: _Alias) -> tuple[int, int, int, bool, str]:
    """First the names with the most words of a name, then those with the fewest others, then the longest.

    Of names as long, one that is not all in capitals.
    """
    words = len(name_words(alias.base))
    return -words, len(alias.base.split()) - words, -len(alias.name), alias.name.isupper(), alias.name


def _conflict(a: _Alias, b: _Alias) -> bool:
    if a.qid and b.qid:
        return a.qid != b.qid
    return not a.split and not b.split and conflicting(*sorted((a.base, b.base)))

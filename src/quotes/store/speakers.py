"""Look-ups of speakers: by any name or number, with all that is known of them, and who may be one person."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.errors import NoSuchRow
from quotes.resolve.blocks import word_blocks
from quotes.resolve.identity import name_words
from quotes.resolve.names import speaker_key, strip_titles
from quotes.store import mapping, matching
from quotes.store.rulings import rulings
from quotes.text import replace_surrogates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from sqlite3 import Connection, Row

    from quotes.store.rows import SpeakerRow

_LONG = 4
_BEARS_ON_MOST = 0.1
"""What people in common may add to a suggestion's score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasRow:
    """One name of a speaker; `article` is the location of the only article that it holds for, after a split."""

    id: int
    name: str
    article: str | None
    qid: str | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRow:
    """A role as printed, with the first and last date of the articles that print it so, and how many do."""

    text: str
    first: str | None
    last: str | None
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerProfile:
    """All that is known of a speaker; `joined` says why names are one person's."""

    speaker: SpeakerRow
    qid: str | None
    aliases: tuple[AliasRow, ...]
    roles: tuple[RoleRow, ...]
    joined: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedPair:
    """Two speakers who may be one person, with the names that are alike; `score` is 0 to 1, for ranking only."""

    a: SpeakerRow
    b: SpeakerRow
    names: tuple[str, str]
    keys: tuple[str, str]
    score: float
    reasons: tuple[str, ...]


def by(conn: Connection, name: str) -> list[SpeakerRow]:
    """The speakers who are meant by a name, any of their aliases, a number, or some words of a name.

    Those called exactly so in articles or in the authority file come first, then those with all the words, then those
    whose words sound alike ("Mohammed" for "Muhammad"); of these the most quoted first. Whole words are compared,
    without titles, accents and case. A number that was a speaker's before a merge leads to the speaker of now.
    """
    ranked: dict[int, int] = {}
    for rank, found in enumerate((_exact(conn, name), _by_words(conn, name), _by_sound(conn, name))):
        for number in found:
            ranked.setdefault(number, rank)
        if ranked and rank:
            break
    rows = {number: row for number in ranked if (row := _row(conn, number))}
    return sorted(rows.values(), key=lambda row: (ranked[row.id], -row.quotes, row.name, row.id))


def one(conn: Connection, name: str) -> tuple[SpeakerRow, str]:
    """The one speaker meant by a name or number, and the key of the alias; raises NoSuchRow for none or several."""
    found = by(conn, name)
    base = replace_surrogates(speaker_key(name))[0]
    exact = [row for row in found if row.id in set(_exact(conn, name))]
    fitting = exact or found
    if not fitting:
        raise NoSuchRow(f"No speaker is called {name!r}: `quotes speakers` lists them.")
    if len(fitting) > 1:
        names = ", ".join(f"{row.id} {row.name}" for row in fitting[:5])
        raise NoSuchRow(f"Several speakers are called {name!r} ({names}): give the number of one.")
    speaker = fitting[0]
    number = int(name) if name.isdecimal() else None
    row = conn.execute(
        "SELECT key FROM alias WHERE speaker_id = ? ORDER BY key = ? DESC, id = ? DESC, id", (speaker.id, base, number)
    ).fetchone()
    return speaker, row["key"]


def of_key(conn: Connection, key: str) -> SpeakerRow | None:
    """The speaker that the alias of a key leads to."""
    row = conn.execute("SELECT speaker_id FROM alias WHERE key = ?", (key,)).fetchone()
    return _row(conn, row["speaker_id"]) if row else None


def unlinked(conn: Connection, limit: int) -> list[SpeakerRow]:
    """The speakers without a number in Wikidata, the most quoted first."""
    rows = conn.execute(
        f"{mapping.SPEAKER} WHERE speaker.qid IS NULL GROUP BY speaker.id "
        "ORDER BY quotes DESC, speaker.name, speaker.id LIMIT ?",
        (limit,),
    )
    return [mapping.speaker_row(row) for row in rows]


def profile(conn: Connection, speaker_id: int) -> SpeakerProfile:
    """All that is known of a speaker, by the number of one or of an alias; raises NoSuchRow."""
    row = conn.execute("SELECT speaker_id FROM alias WHERE id = ?", (speaker_id,)).fetchone()
    speaker = _row(conn, row["speaker_id"]) if row else None
    if speaker is None:
        raise NoSuchRow(f"There is no speaker {speaker_id}: `quotes speakers` lists them.")
    aliases = conn.execute(
        "SELECT id, name, location AS article, qid, reason FROM alias WHERE speaker_id = ? ORDER BY id", (speaker.id,)
    )
    roles = conn.execute(
        "SELECT role.text, min(published) AS first, max(published) AS last, count(DISTINCT article_id) AS articles "
        "FROM role JOIN alias ON alias.id = alias_id JOIN article ON article.id = article_id "
        "WHERE alias.speaker_id = ? GROUP BY role.text ORDER BY first IS NULL, first, role.text",
        (speaker.id,),
    )
    qid = conn.execute("SELECT qid FROM speaker WHERE id = ?", (speaker.id,)).fetchone()["qid"]
    return SpeakerProfile(
        speaker=speaker,
        qid=qid,
        aliases=tuple(AliasRow(**dict(alias)) for alias in aliases),
        roles=tuple(RoleRow(**dict(role)) for role in roles),
        joined=tuple(_joined(conn, speaker.id)),
    )


def suggestions(conn: Connection, limit: int = 50) -> list[SuggestedPair]:
    """Who may be one person, the likeliest first: none that people have told apart, a pair of speakers once.

    Other people that the articles of both quote make it likelier, and an article that quotes both less likely.
    """
    ruled = {frozenset((one.a, one.b)) for one in rulings(conn).pairs if one.decision == "different"}
    rows = conn.execute(
        "SELECT a.speaker_id AS one, b.speaker_id AS other, a.key AS a_key, b.key AS b_key, a.name AS a_name, "
        "b.name AS b_name, score, reasons FROM alias_pair JOIN alias AS a ON a.id = alias_pair.a "
        "JOIN alias AS b ON b.id = alias_pair.b WHERE a.speaker_id <> b.speaker_id ORDER BY score DESC, a_key, b_key"
    )
    found: dict[frozenset[int], Row] = {}
    for row in rows:
        pair = frozenset((row["one"], row["other"]))
        if pair not in found and not _told_apart(conn, pair, ruled):
            found[pair] = row
        if len(found) == 2 * limit:
            break
    weighed = [_suggestion(conn, row) for row in found.values()]
    return sorted(weighed, key=lambda one: (-one.score, one.keys))[:limit]


def _suggestion(conn: Connection, row: Row) -> SuggestedPair:
    a, b = _row(conn, row["one"]), _row(conn, row["other"])
    assert a is not None
    assert b is not None
    score, reasons = float(row["score"]), list(json.loads(row["reasons"]))
    together = conn.execute(
        "SELECT count(DISTINCT one.article_id) FROM quote AS one JOIN quote AS other USING (article_id) "
        "WHERE one.speaker_id = ? AND other.speaker_id = ?",
        (a.id, b.id),
    ).fetchone()[0]
    if together:
        score -= _BEARS_ON_MOST
        reasons.append(f"{together} article{'s' if together > 1 else ''} quote{'' if together > 1 else 's'} both")
    company = _company(conn, a.id) & _company(conn, b.id)
    if company:
        score += _BEARS_ON_MOST * min(1.0, len(company) / 5)
        shown = sorted(company)[:3]
        reasons.append(f"both are quoted beside {', '.join(shown)}{' and others' if len(company) > 3 else ''}")
    return SuggestedPair(
        a=a,
        b=b,
        names=(row["a_name"], row["b_name"]),
        keys=(row["a_key"], row["b_key"]),
        score=round(min(max(score, 0.0), 1.0), 2),
        reasons=tuple(reasons),
    )


def _company(conn: Connection, speaker_id: int) -> set[str]:
    rows = conn.execute(
        "SELECT DISTINCT speaker.name FROM quote AS own JOIN quote AS other USING (article_id) "
        "JOIN speaker ON speaker.id = other.speaker_id WHERE own.speaker_id = ? AND other.speaker_id <> ?",
        (speaker_id, speaker_id),
    )
    return {name for (name,) in rows}


def _told_apart(conn: Connection, pair: Iterable[int], ruled: set[frozenset[str | None]]) -> bool:
    if not ruled:
        return False
    one, other = (
        {row["key"] for row in conn.execute("SELECT key FROM alias WHERE speaker_id = ?", (number,))} for number in pair
    )
    return any(frozenset((a, b)) in ruled for a in one for b in other)


def _joined(conn: Connection, speaker_id: int) -> Iterator[str]:
    rows = conn.execute(
        "SELECT a.name AS a, b.name AS b, reasons FROM alias_pair JOIN alias AS a ON a.id = alias_pair.a "
        "JOIN alias AS b ON b.id = alias_pair.b WHERE automatic AND a.speaker_id = ? AND b.speaker_id = ? "
        "ORDER BY a.id, b.id",
        (speaker_id, speaker_id),
    )
    for row in rows:
        yield f"{row['a']} and {row['b']}: {'; '.join(json.loads(row['reasons']))}"


def _row(conn: Connection, speaker_id: int) -> SpeakerRow | None:
    row = conn.execute(f"{mapping.SPEAKER} WHERE speaker.id = ? GROUP BY speaker.id", (speaker_id,)).fetchone()
    return mapping.speaker_row(row) if row else None


def _exact(conn: Connection, name: str) -> Iterator[int]:
    if name.isdecimal() and len(name) < 19:
        yield from _numbers(conn, "SELECT speaker_id FROM alias WHERE id = ?", int(name))
    key = replace_surrogates(speaker_key(name))[0]
    if not matching.query_words(strip_titles(name)):
        return
    yield from _numbers(conn, "SELECT speaker_id FROM alias WHERE key = ?", key)
    qids = "SELECT qid FROM authority_name WHERE key = ?"
    yield from _numbers(conn, f"SELECT speaker_id FROM alias WHERE qid IN ({qids})", key)


def _by_words(conn: Connection, name: str) -> Iterator[int]:
    """Those with each of the words in their name, or in one of their aliases."""
    asked = matching.query_words(strip_titles(name))
    if not asked:
        return
    query = "SELECT rowid FROM speaker_fts WHERE speaker_fts MATCH ? ORDER BY rowid"
    yield from _numbers(conn, query, matching.all_of(asked))
    for speaker, printed, key in _alike(conn, name):
        if set(matching.query_words(f"{printed} {key}")).issuperset(asked):
            yield speaker


def _by_sound(conn: Connection, name: str) -> Iterator[int]:
    """Those with each of the words in another spelling; too many short words sound alike."""
    if any(len(word) >= _LONG for word in name_words(name)):
        for speaker, _, _ in _alike(conn, name):
            yield speaker


def _alike(conn: Connection, name: str) -> list[tuple[int, str, str]]:
    """The aliases that have a word of the sound of each word asked for."""
    blocks = sorted(word_blocks(name))
    if not blocks:
        return []
    query = " INTERSECT ".join(["SELECT alias_id FROM alias_block WHERE block = ?"] * len(blocks))
    rows = conn.execute(f"SELECT speaker_id, name, key FROM alias WHERE id IN ({query}) ORDER BY id", blocks)
    return [(row["speaker_id"], row["name"], row["key"]) for row in rows]


def _numbers(conn: Connection, query: str, *parameters: object) -> Iterator[int]:
    return (number for (number,) in conn.execute(query, parameters))

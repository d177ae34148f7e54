"""Whatever changes a database goes through its Writer."""

from __future__ import annotations

import gzip
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import SQLITE_BUSY, OperationalError
from typing import TYPE_CHECKING, Any, Literal, Self

from quotes.addresses import same_address
from quotes.errors import NoSuchRow
from quotes.store import fetches, identity
from quotes.store.connection import WAIT, mapped_errors, transaction, writing
from quotes.store.groups import incremental, judging
from quotes.store.groups.rebuild import rebuild
from quotes.store.inserting import insert_marks, insert_quote, insert_topics
from quotes.store.people import People
from quotes.store.queries import no_article
from quotes.store.sql import insert, numbered
from quotes.text import hash_text
from quotes.topics import Profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from sqlite3 import Connection, Row
    from types import TracebackType

    from quotes.model import Article, Extraction, Fetched, Probe

Outcome = Literal["added", "unchanged", "updated", "new version"]
"""updated: the same text, but what is known about it has changed; new version: another text at the same location."""

_FULL_TEXT = ("article_fts", "quote_fts", "speaker_fts")


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedSummary:
    """What went with an article; speakers and outlets are those that nothing else in the database names.

    `erased` is False while another process that reads the database keeps old pages, with the article's text, in the
    file ending in -wal; they go when the database is next written after that process has ended.
    """

    article: int
    label: str
    quotes: int
    speakers: int
    outlets: int
    erased: bool


class Writer:
    """Adds articles to a database and removes them, each in one transaction; a context manager.

    Opening makes the database or brings its schema up to date. Errors are those of `connection.writing`.
    """

    def __init__(self, path: str | Path, *, wait: float = WAIT) -> None:
        self._path = Path(path)
        self._wait = wait

    def __enter__(self) -> Self:
        with ExitStack() as opening:
            db = opening.enter_context(writing(self._path, self._wait))
            self._conn: Connection = db.conn
            self._folder = self._path.absolute().parent
            self._people = People(self._conn)
            self._groups_later = self._ungrouped = False
            if not self._people.are_told():
                with mapped_errors(self._path, wait=self._wait), transaction(self._conn):
                    self._people.refold()
                    self._people.settle()
            if self._one("SELECT 1 FROM quote WHERE claim_id IS NULL LIMIT 1"):
                self.group()  # quotes that an older version stored, or `grouping_later` before it was stopped
            self._stack = opening.pop_all()
        return self

    @contextmanager
    def people(self) -> Iterator[People]:
        """The speakers, to be decided on in one transaction; what is decided counts at its end."""
        with mapped_errors(self._path, wait=self._wait), transaction(self._conn):
            yield self._people
            self._settle()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, traceback)

    def add(
        self,
        article: Article,
        extract: Callable[[Article], Extraction],
        *,
        profile: Callable[[Article], Profile] = lambda _: Profile(),
    ) -> Outcome:
        """Store an article with its quotes, topics and statistics, unless it is stored.

        `extract`, and `profile` after it, are called only for a text not seen there.

        An article is found again by its URL or its path. What is newly known about a stored text is taken over; what
        is not known this time (None) erases nothing, and neither does a copy of the text at another path.
        """
        text_hash = hash_text(article.text)
        with mapped_errors(self._path, wait=self._wait):
            known = self._text_at(self._locate(article, text_hash)[0], text_hash)
            read = None if known else (extract(article), profile(article))
            # from here on nobody else writes, and nothing slow happens
            with transaction(self._conn):
                old, location = self._locate(article, text_hash)
                if old != location:
                    self._conn.execute(
                        "UPDATE article SET location = ?, url = ? WHERE location = ?", (location, article.url, old)
                    )
                if article.fetched:
                    fetches.note(self._conn, replace(article.fetched, location=location))
                known = self._text_at(location, text_hash)
                if known:
                    updated = self._describe(known, article)
                    return "updated" if updated or old != location else "unchanged"
                found, described = read or (extract(article), profile(article))
                return self._insert(article, found, described, location=location, text_hash=text_hash)

    def last_fetched(self, url: str) -> Fetched | None:
        """What was last fetched from an address; None where nothing is known of it."""
        with mapped_errors(self._path, wait=self._wait):
            return fetches.last(self._conn, url)

    def has_article_at(self, url: str) -> bool:
        """Whether an article is stored that this address, or another of its page, leads to."""
        with mapped_errors(self._path, wait=self._wait):
            return self._one("SELECT 1 FROM article WHERE location = ?", same_address(url)) is not None

    def note_fetch(self, fetched: Fetched) -> None:
        """Remember what was fetched and is no article: a feed, a sitemap, a page that has not changed, a failure."""
        with mapped_errors(self._path, wait=self._wait), transaction(self._conn):
            fetches.note(self._conn, fetched)

    def note_archived(self, article: Article, link: str) -> None:
        """Remember where a web archive keeps the page of a stored article."""
        text_hash = hash_text(article.text)
        with mapped_errors(self._path, wait=self._wait), transaction(self._conn):
            location = self._locate(article, text_hash)[0]
            self._conn.execute(
                "UPDATE article SET archived = ? WHERE location = ? AND text_hash = ?", (link, location, text_hash)
            )

    def holds(self, article: Article) -> bool:
        """Whether the article's text is stored, so that `add` will ask for no extraction."""
        text_hash = hash_text(article.text)
        with mapped_errors(self._path, wait=self._wait):
            return self._text_at(self._locate(article, text_hash)[0], text_hash) is not None

    def is_stored(self, probe: Probe) -> bool:
        """Whether what a path holds is stored as it stands, so that nothing need be made of its bytes.

        It is when the same bytes were read from there, by the same reader, and nothing more is known of them now.
        """
        with mapped_errors(self._path, wait=self._wait):
            row = self._one(
                "SELECT article.*, outlet.name AS outlet FROM article LEFT JOIN outlet ON outlet.id = outlet_id "
                "WHERE path = ? AND raw_hash = ? ORDER BY article.id DESC LIMIT 1",
                identity.stored_path(probe.path, self._folder),
                probe.raw_hash,
            )
        return row is not None and row["reader"] in probe.readers and identity.tells_nothing_new(probe.known, row)

    def text_hashes(self) -> set[str]:
        """Of every text that is stored."""
        with mapped_errors(self._path, wait=self._wait):
            return {text_hash for (text_hash,) in self._conn.execute("SELECT text_hash FROM article")}

    def remove(self, article_id: int) -> RemovedSummary:
        """Delete an article and all that hangs on it, and overwrite its text in the file; raises NoSuchRow."""
        with mapped_errors(self._path, wait=self._wait):
            with transaction(self._conn):
                removed = self._delete(article_id)
            return RemovedSummary(article=article_id, **removed, erased=self._erase())

    def group(self, report: Callable[[str], None] = lambda _: None, *, workers: int = 1) -> None:
        """Group every quote anew; people's decisions are kept. `report` is told what is being done.

        With more than one worker, wordings are compared in so many processes where there are enough of them.
        """
        with mapped_errors(self._path, wait=self._wait), transaction(self._conn):
            rebuild(self._conn, report, workers=workers)

    @contextmanager
    def grouping_later(self, report: Callable[[str], None] = lambda _: None, *, workers: int = 1) -> Iterator[None]:
        """What is added meanwhile is grouped when all is added, as by `group`: many articles take far less time so.

        After an exception, whoever opens the database next groups first. Nothing else than adding belongs inside.
        """
        self._groups_later, self._ungrouped = True, False
        try:
            yield
        finally:
            self._groups_later = False
        if self._ungrouped:
            self.group(report, workers=workers)

    def merge_claims(self, numbers: Sequence[int], *, who: str, why: str | None = None) -> int:
        """Record that these claims are one, and make them one; its number. Raises NoSuchRow."""
        with mapped_errors(self._path, wait=self._wait), transaction(self._conn):
            return judging.merge(self._conn, numbers, who=who, why=why)

    def split_claim(self, number: int, *, who: str, why: str | None = None) -> int:
        """Record that a quote's wording is another claim than it is in; the number of its own. Raises NoSuchRow."""
        with mapped_errors(self._path, wait=self._wait), transaction(self._conn):
            return judging.split(self._conn, number, who=who, why=why)

    def undo_claims(self, number: int, *, who: str, why: str | None = None) -> None:
        """Take back a judgement about claims, by its number; raises NoSuchRow."""
        with mapped_errors(self._path, wait=self._wait), transaction(self._conn):
            judging.undo(self._conn, number, who=who, why=why)

    def _locate(self, article: Article, text_hash: str) -> tuple[str, str]:
        """Where the article stands now and where it belongs; both are the same but when its URL has become known."""
        location = identity.location(article, self._folder)
        if self._one("SELECT 1 FROM article WHERE location = ?", location) or not article.path:
            return location, location
        path = identity.stored_path(article.path, self._folder)
        row = self._one("SELECT location, url FROM article WHERE path = ? ORDER BY id DESC LIMIT 1", path)
        if row is None:
            return location, location
        if not article.url:
            return row["location"], row["location"]
        if row["url"] is None or self._text_at(row["location"], text_hash):
            return row["location"], location
        # another URL and another text: the file was given to another article
        return location, location

    def _text_at(self, location: str, text_hash: str) -> Row | None:
        return self._one("SELECT * FROM article WHERE location = ? AND text_hash = ?", location, text_hash)

    def _describe(self, row: Row, article: Article) -> bool:
        """Take over what is newly known about a stored text; whether there was anything."""
        facts = identity.described(article, self._folder)
        if None not in {row["path"], facts["path"]} and row["path"] != facts["path"]:
            return False
        outlet = identity.outlet_name(article)
        facts["outlet_id"] = self._outlet(outlet) if outlet else None
        identity.keep_what_is_frozen(facts, row, article)
        facts["label"] = identity.label(facts["title"] or row["title"], facts["name"], article.text)
        changes = {column: value for column, value in facts.items() if value is not None and value != row[column]}
        if changes:
            columns = ", ".join(f"{column} = ?" for column in changes)
            self._conn.execute(f"UPDATE article SET {columns} WHERE id = ?", (*changes.values(), row["id"]))
        if "published" in changes:
            self._people.reread(row["id"])
            self._settle()
        if "outlet_id" in changes and row["outlet_id"] is not None:
            self._drop_unused_outlet(row["outlet_id"])
        self._keep_original(article, article_id=row["id"], raw_hash=facts["raw_hash"] or row["raw_hash"])
        if "published" in changes:
            incremental.redate(self._conn, row["id"])
        elif "outlet_id" in changes:
            incremental.recount(self._conn, row["id"])
        return bool(changes)

    def _insert(
        self, article: Article, extraction: Extraction, profile: Profile, *, location: str, text_hash: str
    ) -> Outcome:
        last = self._one("SELECT max(version) AS version FROM article WHERE location = ?", location)
        version = ((last and last["version"]) or 0) + 1
        facts = identity.described(article, self._folder)
        outlet = identity.outlet_name(article)
        article_id = insert(
            self._conn,
            "article",
            {
                **facts,
                "label": identity.label(facts["title"], facts["name"], article.text),
                "outlet_id": self._outlet(outlet) if outlet else None,
                "location": location,
                "version": version,
                "characters": len(article.text),
                "text": article.text,
                "text_hash": text_hash,
                "extractor": extraction.extractor,
                "added": datetime.now(UTC).isoformat(timespec="seconds"),
                **(asdict(profile.statistics) if profile.statistics else {}),
            },
        )
        self._keep_original(article, article_id=article_id, raw_hash=article.raw_hash)
        attributions = self._people.attribute(article_id, extraction, article.text)
        ids = [
            insert_quote(self._conn, quote, attribution, article.text, place=(article_id, position))
            for position, (quote, attribution) in enumerate(zip(extraction.quotes, attributions, strict=True))
        ]
        insert_marks(self._conn, article, extraction, article_id=article_id, quote_ids=ids)
        insert_topics(self._conn, profile.topics, article_id=article_id)
        settled = self._people.settle()
        if self._groups_later:
            self._ungrouped = True
        else:
            incremental.add(self._conn, article_id)
        self._regroup(settled.moved, besides=article_id)
        return "added" if version == 1 else "new version"

    def _keep_original(self, article: Article, *, article_id: int, raw_hash: str | None) -> None:
        """Keep the bytes, if they are those whose hash is stored."""
        if article.original is not None and article.raw_hash == raw_hash:
            packed = gzip.compress(article.original, mtime=0)
            self._conn.execute("INSERT OR REPLACE INTO original VALUES (?, 'gzip', ?)", (article_id, packed))

    def _outlet(self, name: str) -> int:
        row = self._one("SELECT id FROM outlet WHERE name = ?", name)
        return int(row["id"]) if row else insert(self._conn, "outlet", {"name": name})

    def _settle(self) -> int:
        """Tell who is who where something has changed, and group anew what they said; the speakers that are gone."""
        settled = self._people.settle()
        self._regroup(settled.moved)
        return settled.gone

    def _regroup(self, aliases: Iterable[int], *, besides: int | None = None) -> None:
        if self._groups_later:
            return
        query = "SELECT id FROM quote WHERE alias_id = ? AND article_id IS NOT ?"
        moved = [row["id"] for alias in sorted(aliases) for row in self._conn.execute(query, (alias, besides))]
        if moved:
            incremental.refresh(self._conn, moved)

    def _delete(self, article_id: int) -> dict[str, Any]:
        row = numbered(self._conn, "SELECT label, outlet_id, location FROM article WHERE id = ?", article_id)
        if row is None:
            raise NoSuchRow(no_article(article_id))
        quoted = self._conn.execute("SELECT alias_id FROM quote WHERE article_id = ?", (article_id,)).fetchall()
        removal = incremental.Removal(self._conn, article_id)
        self._conn.execute("DELETE FROM article WHERE id = ?", (article_id,))
        # or the server would be asked for what is newer than a text that is gone
        self._conn.execute("DELETE FROM fetch WHERE location = ?", (row["location"],))
        removal.mend()
        self._people.release({quote["alias_id"] for quote in quoted} - {None})
        gone = {
            "speakers": self._settle(),
            "outlets": int(row["outlet_id"] is not None and self._drop_unused_outlet(row["outlet_id"])),
        }
        for table in _FULL_TEXT:
            # a full-text index only notes a deletion until its parts are merged into one
            self._conn.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
        return {"label": row["label"], "quotes": len(quoted), **gone}

    def _drop_unused_outlet(self, outlet_id: int) -> bool:
        unused = "NOT EXISTS (SELECT 1 FROM article WHERE article.outlet_id = outlet.id)"
        return self._conn.execute(f"DELETE FROM outlet WHERE id = ? AND {unused}", (outlet_id,)).rowcount > 0

    def _erase(self) -> bool:
        """Overwrite what was deleted wherever SQLite keeps it; False while another process's reading prevents it."""
        try:
            self._conn.execute("VACUUM")
            return not self._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except OperationalError as error:
            if error.sqlite_errorcode & 0xFF != SQLITE_BUSY:
                raise
            return False

    def _one(self, query: str, *parameters: object) -> Row | None:
        row: Row | None = self._conn.execute(query, parameters).fetchone()
        return row

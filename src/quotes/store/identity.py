"""What makes an article the same one when it comes again, and what it is called."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.addresses import same_address
from quotes.notices import find_correction
from quotes.text import hash_text, one_line, replace_surrogates

if TYPE_CHECKING:
    from collections.abc import Mapping
    from sqlite3 import Row

    from quotes.model import Article

_LABEL_LENGTH = 80


def location(article: Article, folder: Path) -> str:
    """Where an article is found again: its URL in the form that all its addresses share, else its path, else its text.

    The path is that of `stored_path`.
    """
    if article.url:
        return same_address(_storable(article.url))
    if article.path:
        return stored_path(article.path, folder)
    return "text:" + hash_text(article.text)


def stored_path(path: str, folder: Path) -> str:
    """A path relative to the database's folder, with forward slashes, so that both can be moved together.

    It stays absolute where there is no way from the one to the other, as between drives. Bytes of a file name that are
    no text are written out as escapes. What no file can be called (a null character in it) is kept as it stands.
    """
    try:
        absolute = os.path.realpath(path)
    except ValueError:
        return _storable(path)
    try:
        relative = os.path.relpath(absolute, os.path.realpath(folder))
    except ValueError:
        relative = absolute
    return Path(relative).as_posix().encode("utf-8", "backslashreplace").decode("utf-8")


def described(article: Article, folder: Path) -> dict[str, Any]:
    """The columns that may change while the text stays the same, but for the outlet; None where nothing is known."""
    texts = {
        name: getattr(article, name)
        for name in ("title", "url", "published", "updated", "language", "note", "name", "reader")
    }
    notice = article.correction or find_correction(article.text)
    return {
        **{name: None if text is None else _storable(text) for name, text in texts.items()},
        "authors": _json(article.authors),
        "correction": _storable(notice) if notice else None,
        "missing": _json(article.missing),
        "printed": _printed(article),
        "path": stored_path(article.path, folder) if article.path else None,
        "raw_hash": article.raw_hash,
        "replaced": article.replaced,
    }


def keep_what_is_frozen(facts: dict[str, Any], row: Row, article: Article) -> None:
    """Take out of the `facts` (`described`) about a stored text what they are no news of.

    An article keeps the first of its addresses. A page around the same text is seldom the same bytes twice, so that
    what was fetched keeps the hash of the bytes that it was first read from, and so do bytes that are kept. Of what
    was missing only that stays which is missing still.
    """
    if row["url"] and facts["url"] and same_address(row["url"]) == same_address(facts["url"]):
        facts["url"] = row["url"]
    if article.fetched and row["raw_hash"]:
        facts.update(raw_hash=row["raw_hash"], replaced=row["replaced"], reader=row["reader"])
    if row["missing"]:
        columns = {name: "outlet_id" if name == "outlet" else name for name in json.loads(row["missing"])}
        facts["missing"] = json.dumps([name for name, column in columns.items() if not (facts[column] or row[column])])


def tells_nothing_new(known: Mapping[str, Any], row: Row) -> bool:
    """Whether metadata, by the names of an article's fields, are those of its row (with the name of its `outlet`)."""
    for name, value in known.items():
        if name == "authors":
            same = not value or _json(value) == row["authors"]
        elif name == "url":
            same = not value or (row["url"] is not None and same_address(value) == same_address(row["url"]))
        else:
            same = not value or _storable(value) == row[name]
        if not same:
            return False
    return True


def outlet_name(article: Article) -> str | None:
    """The outlet's name as it is stored."""
    return _storable(article.outlet) if article.outlet else None


def label(title: str | None, name: str, text: str) -> str:
    """What an article is called in lists: its title, else what its input calls it, else its first words."""
    line = one_line(title or "") or one_line(name) or one_line(text)
    if len(line) <= _LABEL_LENGTH:
        return line or "(no text)"
    return line[: line.rfind(" ", 1, _LABEL_LENGTH) if " " in line[1:_LABEL_LENGTH] else _LABEL_LENGTH - 1] + "…"


def _json(names: tuple[str, ...]) -> str | None:
    return json.dumps([_storable(name) for name in names], ensure_ascii=False) if names else None


def _printed(article: Article) -> str | None:
    told = [{**asdict(printed), "value": _storable(printed.value)} for printed in article.printed]
    return json.dumps(told, ensure_ascii=False) if told else None


def _storable(text: str) -> str:
    return replace_surrogates(text)[0]

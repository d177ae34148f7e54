"""What makes an article the same one when it comes again, and what it is called."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.text import hash_text, one_line, replace_surrogates

if TYPE_CHECKING:
    from quotes.model import Article

_LABEL_LENGTH = 80


def location(article: Article, folder: Path) -> str:
    """Where an article is found again: its URL, else its path as `stored_path` gives it, else its text."""
    if article.url:
        return _storable(article.url)
    if article.path:
        return stored_path(article.path, folder)
    return "text:" + hash_text(article.text)


def stored_path(path: str, folder: Path) -> str:
    """A path relative to the database's folder, with forward slashes, so that both can be moved together.

    It stays absolute where there is no way from the one to the other, as between drives. Bytes of a file name that are
    no text are written out as escapes.
    """
    absolute = os.path.realpath(path)
    try:
        relative = os.path.relpath(absolute, os.path.realpath(folder))
    except ValueError:
        relative = absolute
    return Path(relative).as_posix().encode("utf-8", "backslashreplace").decode("utf-8")


def described(article: Article, folder: Path) -> dict[str, Any]:
    """The columns that may change while the text stays the same, but for the outlet; None where nothing is known."""
    texts = {
        name: getattr(article, name) for name in ("title", "url", "published", "language", "note", "name", "reader")
    }
    return {
        **{name: None if text is None else _storable(text) for name, text in texts.items()},
        "path": stored_path(article.path, folder) if article.path else None,
        "raw_hash": article.raw_hash,
        "replaced": article.replaced,
    }


def outlet_name(article: Article) -> str | None:
    """The outlet's name as it is stored."""
    return _storable(article.outlet) if article.outlet else None


def label(title: str | None, name: str, text: str) -> str:
    """What an article is called in lists: its title, else what its input calls it, else its first words."""
    line = one_line(title or "") or one_line(name) or one_line(text)
    if len(line) <= _LABEL_LENGTH:
        return line or "(no text)"
    return line[: line.rfind(" ", 1, _LABEL_LENGTH) if " " in line[1:_LABEL_LENGTH] else _LABEL_LENGTH - 1] + "…"


def _storable(text: str) -> str:
    return replace_surrogates(text)[0]

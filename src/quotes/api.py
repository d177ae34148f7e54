"""The Python interface: `quotes.read`, `quotes.extract` and `quotes.Store`; docs/python.md shows them at work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from quotes import readers
from quotes.adding import Summary, add_all
from quotes.model import Article
from quotes.pipeline import DEFAULT_EXTRACTOR, extract_article
from quotes.readers import DEFAULT_MAX_BYTES, Unreadable
from quotes.readers.completing import completed
from quotes.store import queries, speakers
from quotes.store.connection import reading
from quotes.store.writer import Writer
from quotes.text import replace_surrogates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from quotes.errors import InputError
    from quotes.model import Extraction
    from quotes.store.rows import ArticleRow, Found, QuoteInContext, SpeakerRow

__all__ = ["Store", "Summary", "extract", "read"]


def _raise(error: InputError) -> None:
    raise error


def read(
    *inputs: str | Path,
    encoding: str | None = None,
    max_bytes: int = DEFAULT_MAX_BYTES,
    mapping: Mapping[str, str] | None = None,
    on_fault: Callable[[InputError], None] = _raise,
) -> Iterator[Article]:
    """The articles of files, folders, patterns and lists, as `quotes add` reads them, one at a time.

    What cannot be read is given to `on_fault`, which raises it; with `on_fault=print` the others are read all the same.
    What is passed over, such as a picture in a folder, is passed over in silence.
    """
    for outcome in readers.read(inputs, encoding=encoding, max_bytes=max_bytes, mapping=mapping):
        if isinstance(outcome, Unreadable):
            on_fault(outcome.error)
        elif isinstance(outcome, Article):
            yield outcome


def extract(article: Article | str, *, extractor: str = DEFAULT_EXTRACTOR, nested: bool = False) -> Extraction:
    """The quotes of an article or of a text, with their speakers; offsets count the text's characters.

    `nested` adds the statements inside statements. A text in another language than English has none. Raises KeyError
    for an extractor that there is not; never raises for a text.
    """
    if isinstance(article, str):
        text, replaced = replace_surrogates(article)
        article = completed(Article(text=text, replaced=replaced))
    return extract_article(article, extractor=extractor, nested=nested)


class Store:
    """A database of articles and their quotes, made when something is first added to it.

    Each call opens the file and closes it again. Look-ups raise DatabaseMissing while there is none; all errors are
    StoreErrors, and sentences that end with the cure.
    """

    def __init__(self, path: str | Path = "quotes.db") -> None:
        self.path = Path(path)

    def add(
        self,
        *inputs: str | Path | Article,
        encoding: str | None = None,
        max_bytes: int = DEFAULT_MAX_BYTES,
        mapping: Mapping[str, str] | None = None,
        workers: int | None = 1,
        on_fault: Callable[[InputError], None] = _raise,
    ) -> Summary:
        """Add what `read` reads, and Articles made by hand; says what became of them.

        Articles are stored one by one, so that what came before a fault that is raised is kept. More than one worker,
        or None for as many as suit the machine, starts processes, as `multiprocessing` does: call it from a script's
        `if __name__ == "__main__":` then.
        """
        with Writer(self.path) as writer:
            outcomes = (
                outcome
                for item in inputs
                for outcome in (
                    [completed(item)]
                    if isinstance(item, Article)
                    else readers.read(
                        [item], encoding=encoding, max_bytes=max_bytes, mapping=mapping, is_stored=writer.is_stored
                    )
                )
            )
            return add_all(outcomes, writer, workers=workers, on_fault=on_fault)

    def who(self, words: str, *, limit: int = 50) -> Found:
        """Who said these words: the quotes that hold them, best first, and how well they match."""
        with reading(self.path) as connection:
            return queries.who(connection, words, limit=limit)

    def by(self, name: str) -> list[QuoteInContext]:
        """Everything that the bearers of a name are reported to have said, by date; `speakers` tells them apart."""
        with reading(self.path) as connection:
            return [
                quote
                for speaker in speakers.by(connection, name)
                for quote in queries.quotes_of(connection, speaker.id)
            ]

    def speakers(self) -> list[SpeakerRow]:
        """All speakers, the most quoted first."""
        with reading(self.path) as connection:
            return list(queries.speakers(connection))

    def articles(self) -> list[ArticleRow]:
        """All articles, without their texts."""
        with reading(self.path) as connection:
            return list(queries.articles(connection))

    def text(self, article: int) -> str:
        """The text of an article by its number, in which its quotes' offsets count; raises NoSuchRow."""
        with reading(self.path) as connection:
            return queries.article_text(connection, article)

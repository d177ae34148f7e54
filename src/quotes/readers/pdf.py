"""PDF documents, by pypdf (the extra [pdf]): lines joined to paragraphs again."""

from __future__ import annotations

import io
import logging
import re
from statistics import quantiles
from typing import TYPE_CHECKING, Any

from quotes.errors import BadRecord, EmptyInput, Encrypted, ReaderMissing
from quotes.model import Probe
from quotes.readers.decoding import has_words, to_scalars
from quotes.readers.metadata import Metadata
from quotes.readers.outcome import Outcome, Unchanged
from quotes.readers.source import read_file
from quotes.text import hash_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from quotes.readers.source import Options, Source

_DAMAGED = "is damaged, or no PDF document; fetch or make the file again"
_SHORT = 0.85
"""A line of less than this share of a full line's length ends its paragraph when it ends in a stop."""

_PAGE_NUMBER = re.compile(r"\s*(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\s*", re.IGNORECASE)
_STOP = re.compile(r"[.!?:][\"”’')\]]*$")


def read_pdf(source: Source, options: Options, known: Metadata) -> Iterator[Outcome]:
    """The text of a PDF document; raises InputError.

    The lines of a page are joined to paragraphs, words that are divided at the end of a line are made whole, and lines
    of a page's number alone are left out. Title and author come from the document's properties;
    when it was made is not when it was published.
    """
    data = read_file(source, options.max_bytes)
    pypdf = _pypdf(source.shown)
    reader = f"pdf/pypdf-{pypdf.__version__}"
    path, raw_hash = source.address(), hash_bytes(data)
    if options.is_stored(Probe(path=path, raw_hash=raw_hash, readers=(reader,), known=known.as_dict())):
        yield Unchanged(source.stem())
        return
    pages, own = _open(pypdf, data, source.shown)
    text, replaced = to_scalars("\n".join(filter(None, map(paragraphs, pages))))
    if not has_words(text):
        raise EmptyInput(
            f"{source.shown} is a PDF document of pictures without text; have its text recognised (OCR) and read that."
        )
    yield source.article(text, raw_hash=raw_hash, reader=reader, replaced=replaced, known=known.completed_by(own))


def paragraphs(page: str) -> str:
    """The lines of a page as paragraphs, a line each.

    A paragraph ends at an empty line, and after a line that ends in a stop and is shorter than the page's full lines.
    """
    lines = [line.strip() for line in page.splitlines()]
    lengths = [len(line) for line in lines if line]
    full = quantiles(lengths, n=10)[-1] if len(lengths) > 1 else 0
    done: list[str] = []
    current = ""
    for line in lines:
        if not line or _PAGE_NUMBER.fullmatch(line):
            done, current = [*done, current], ""
            continue
        current = _joined(current, line)
        if _STOP.search(line) and len(line) < _SHORT * full:
            done, current = [*done, current], ""
    return "\n".join(filter(None, [*done, current]))


def _joined(before: str, line: str) -> str:
    if not before:
        return line
    if before[-1] in "-\u00ad\u2010" and before[-2:-1].isalpha() and line[0].islower():
        return before[:-1] + line
    return f"{before} {line}"


def _pypdf(shown: str) -> ModuleType:
    try:
        import pypdf
    except ImportError:
        raise ReaderMissing(
            f"{shown} is a PDF document, which takes another package to read; install it with "
            f"`pip install 'newsquotes[pdf]'`."
        ) from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a file is said by our errors
    return pypdf


def _open(pypdf: Any, data: bytes, shown: str) -> tuple[list[str], Metadata]:  # noqa: ANN401 - a module
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        # many files are encrypted with no password, only to forbid printing
        if not reader.is_encrypted or reader.decrypt(""):
            return [page.extract_text() for page in reader.pages], _metadata(reader.metadata)
    except pypdf.errors.DependencyError:
        raise Encrypted(f"{shown} is locked; save it without a password and read that.") from None
    except Exception:  # noqa: BLE001 - a foreign parser of hostile input may raise anything
        raise BadRecord(f"{shown} {_DAMAGED}.") from None
    raise Encrypted(f"{shown} is locked with a password; save it without one and read that.")


def _metadata(properties: Any) -> Metadata:  # noqa: ANN401 - pypdf's own value
    if properties is None:
        return Metadata()
    texts = [to_scalars(str(value)).text.strip() if value else "" for value in (properties.title, properties.author)]
    title, author = texts
    # what Word's own printing to PDF puts before the name of the file
    return Metadata(title=title.removeprefix("Microsoft Word - ") or None, authors=(author,) if author else ())

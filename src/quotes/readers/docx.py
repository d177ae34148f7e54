"""Word documents (.docx), by python-docx: paragraphs and tables in their order, and the document's properties."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from quotes.errors import BadRecord, EmptyInput, Encrypted, InputTooLarge
from quotes.model import Probe
from quotes.readers.binary import OLD_OFFICE
from quotes.readers.decoding import has_words, to_scalars
from quotes.readers.metadata import Metadata
from quotes.readers.outcome import Outcome, Unchanged
from quotes.readers.source import read_file
from quotes.text import hash_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.readers.source import Options, Source

READER = "docx/1"

_READ = 1 << 16


def read_docx(source: Source, options: Options, known: Metadata) -> Iterator[Outcome]:
    """The text of a Word document, a line for each paragraph and each row of a table; raises InputError.

    Title and author come from the document's properties; when it was made is not when it was published. Notes, comments
    and what tracked changes have deleted are left out.
    """
    data = read_file(source, options.max_bytes)
    path, raw_hash = source.address(), hash_bytes(data)
    if options.is_stored(Probe(path=path, raw_hash=raw_hash, readers=(READER,), known=known.as_dict())):
        yield Unchanged(source.stem())
        return
    _require_whole(data, source.shown, options.max_bytes)
    text, own = _open(data, source.shown)
    text, replaced = to_scalars(text)
    if not has_words(text):
        raise EmptyInput(f"{source.shown} is a document without words; save its text as a .txt file and read that.")
    yield source.article(text, raw_hash=raw_hash, reader=READER, replaced=replaced, known=known.completed_by(own))


def _require_whole(data: bytes, shown: str, max_bytes: int) -> None:
    """Raise for what is no sound ZIP archive with a document in it, or unpacks to more than the limit."""
    if data.startswith(OLD_OFFICE):
        raise Encrypted(
            f"{shown} is locked with a password, or an old Word document; open it, save it as .docx without a password "
            f"and read that."
        )
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            if "word/document.xml" not in archive.namelist():
                raise BadRecord(f"{shown} is not a Word document; save its text as a .txt file and read that.")
            size = 0
            for entry in archive.infolist():
                # what an archive says of its own sizes may be a lie, so it is unpacked once to see
                if entry.filename.endswith((".xml", ".rels")):
                    with archive.open(entry) as file:
                        while chunk := file.read(_READ):
                            size += len(chunk)
                            if size > max_bytes:
                                raise InputTooLarge(
                                    f"{shown} unpacks to over {max_bytes:,} bytes, the limit; raise it with "
                                    f"`--max-size`."
                                )
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, zipfile.LargeZipFile):
        raise BadRecord(f"{shown} is damaged; fetch or make the file again.") from None


def _open(data: bytes, shown: str) -> tuple[str, Metadata]:
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        text = "\n".join(_lines(document))
        properties = document.core_properties
        own = Metadata(
            title=_clean(properties.title),
            authors=tuple(filter(None, [_clean(properties.author)])),
            language=_clean(properties.language),
        )
    except Exception:  # noqa: BLE001 - a foreign parser of hostile input may raise anything
        raise BadRecord(f"{shown} is damaged; fetch or make the file again.") from None
    return text, own


def _lines(document: Any) -> Iterator[str]:  # noqa: ANN401 - python-docx's own value
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            yield from ("\t".join(_cells(row)) for row in block.rows)
        else:
            yield block.text


def _cells(row: Any) -> Iterator[str]:  # noqa: ANN401 - python-docx's own value
    """The texts of a row's cells; one that spans columns comes once."""
    seen = set()
    for cell in row.cells:
        if cell._tc not in seen:  # noqa: SLF001 - python-docx gives a merged cell several times
            seen.add(cell._tc)  # noqa: SLF001
            yield cell.text.replace("\n", " ")


def _clean(value: str | None) -> str | None:
    return to_scalars(value).text.strip() or None if value else None

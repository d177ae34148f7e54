"""What turns inputs into Articles: text, pages, mail, documents, records, web archives and feeds, and folders of them.

What is read and how is documented in docs/inputs.md.
"""

from quotes.readers.outcome import DEFAULT_MAX_BYTES, Outcome, Skipped, Unchanged, Unreadable
from quotes.readers.reading import read, total_bytes
from quotes.readers.source import Tally

__all__ = ["DEFAULT_MAX_BYTES", "Outcome", "Skipped", "Tally", "Unchanged", "Unreadable", "read", "total_bytes"]

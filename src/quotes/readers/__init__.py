"""What turns paths into Articles: text, HTML and JSON lines, folders of them, and a folder's manifest.

What is read and how is documented in docs/inputs.md.
"""

from quotes.readers.outcome import DEFAULT_MAX_BYTES, Outcome, Skipped, Unchanged, Unreadable
from quotes.readers.reading import read

__all__ = ["DEFAULT_MAX_BYTES", "Outcome", "Skipped", "Unchanged", "Unreadable", "read"]

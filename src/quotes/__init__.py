"""Who said that, where was it printed first, in which words, and do the outlets agree?

Importing this module imports neither spaCy nor click nor numpy.
"""

from quotes.errors import EvaluationError, InputError, QuotesError, StoreError
from quotes.model import Article, Extraction, MarkPair, Quote, Speaker, TextSpan

__version__ = "0.1.0"

__all__ = [
    "Article",
    "EvaluationError",
    "Extraction",
    "InputError",
    "MarkPair",
    "Quote",
    "QuotesError",
    "Speaker",
    "StoreError",
    "TextSpan",
    "__version__",
]

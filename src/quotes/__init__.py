"""Who said that, where was it printed first, in which words, and do the outlets agree?

    for article in quotes.read("news/"):
        for quote in quotes.extract(article).quotes:
            print(quote.speaker, quote.contents)

Importing this module imports neither spaCy nor click nor numpy.
"""

import sys
from types import ModuleType
from typing import TYPE_CHECKING

from quotes.errors import EvaluationError, InputError, QuotesError, StoreError
from quotes.model import Article, Extraction, MarkPair, Quote, Speaker, TextSpan

if TYPE_CHECKING:
    from quotes.api import Store, extract, read  # noqa: TC004 - `_Package` loads them when they are used

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
    "Store",
    "StoreError",
    "TextSpan",
    "__version__",
    "extract",
    "read",
]


class _Callable(ModuleType):
    """The subpackage `quotes.extract`, which is also the function of that name."""

    def __call__(self, *arguments: object, **options: object) -> object:
        from quotes import api

        return api.extract(*arguments, **options)  # type: ignore[arg-type]


class _Package(ModuleType):
    """This package: its interface is loaded when it is first used."""

    def __getattr__(self, name: str) -> object:
        from importlib import import_module

        if name == "extract":
            return import_module("quotes.extract")
        if name in {"Store", "read"}:
            return getattr(import_module("quotes.api"), name)
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")

    def __setattr__(self, name: str, value: object) -> None:
        # an import of the subpackage puts it here
        if name == "extract" and isinstance(value, ModuleType):
            value.__class__ = _Callable
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package

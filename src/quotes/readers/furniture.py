"""What stands on a page and is no part of the article: taken out of its tree before the text is looked for.

trafilatura finds the article; these are the parts inside it that it takes for text.
"""

from __future__ import annotations

import re
from typing import Any

from quotes.text import words

_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:newsletter|subscribe|subscription|sign-?up|related|read-?more|read-?next|recommended|recirc|promo|"
    r"cookie|consent|gdpr|paywall|regwall|share|sharing|social|advert|advertisement|ad-slot|most-?read|trending|"
    r"author-?bio|comments?|breadcrumbs?|tags?-list|donate|donation|app-download|more-?on|also-?read|outbrain|taboola)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_PULLED = re.compile(r"pull-?_?quote|quote-?_?pull|(?:^|[\s_-])pullout|blockquote--pull|quote-callout", re.IGNORECASE)
_BLOCKS = frozenset({"div", "section", "aside", "form", "ul", "ol", "nav", "p", "figure", "header", "footer", "dialog"})
_QUOTES = frozenset({"aside", "blockquote", "q", "figure", "div", "p", "section"})
_CREDIT = ("cite", "footer", "figcaption")
_FEWEST = 4
_LONGEST_SHARE = 0.5


def clean(tree: Any) -> None:  # noqa: ANN401 - lxml's own value
    """Take out newsletter boxes, links to other articles, notices about cookies, and pull quotes that repeat the text.

    A part with more than half of the page's words is no furniture, whatever it is called.
    """
    most = len(_words(tree)) * _LONGEST_SHARE
    for element in list(tree.iter(*_BLOCKS)):
        if _is_furniture(element) and len(_words(element)) <= most:
            _drop(element)
    _drop_pulled(tree)


def _is_furniture(element: Any) -> bool:  # noqa: ANN401 - lxml's own value
    if element.tag == "dialog" or (element.get("role") or "") in ("dialog", "complementary", "alertdialog", "search"):
        return bool(element.tag != "article")
    return _FURNITURE.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None


def _drop_pulled(tree: Any) -> None:  # noqa: ANN401 - lxml's own value
    """Take out what repeats words that stand in a paragraph of the text: a quote pulled out of it, not one more."""
    pulled = [element for element in tree.iter(*_QUOTES) if _is_pulled(element)]
    if not pulled:
        return
    inside = {id(part) for element in pulled for part in element.iter()}
    text = (
        " "
        + "  ".join(
            " ".join(_words(element)) for element in tree.iter("p", "li", "h2", "h3") if id(element) not in inside
        )
        + " "
    )
    for element in pulled:
        quoted = _words(element, without=_CREDIT)
        if len(quoted) >= _FEWEST and f" {' '.join(quoted)} " in text:
            _drop(element)


def _is_pulled(element: Any) -> bool:  # noqa: ANN401 - lxml's own value
    named = _PULLED.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None
    return named or element.tag in ("blockquote", "aside")


def _words(element: Any, without: tuple[str, ...] = ()) -> list[str]:  # noqa: ANN401 - lxml's own value
    left_out = {id(part) for tag in without for credit in element.iter(tag) for part in credit.iter()}
    parts: list[str] = []
    for part in element.iter():
        if not isinstance(part.tag, str) or part.tag in ("script", "style"):
            continue
        if id(part) not in left_out and part.text:
            parts.append(part.text)
        if part is not element and part.tail:
            parts.append(part.tail)
    return words(" ".join(parts))


def _drop(element: Any) -> None:  # noqa: ANN401 - lxml's own value
    """Remove an element, but not the text that stands behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)

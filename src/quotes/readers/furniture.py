"""A page's tree made ready: what is no part of the article taken out, and what would hide the article straightened.

trafilatura finds the article; these are the parts inside it that it takes for text, and the layouts in which it loses
text.
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
_LIVE = re.compile(r"(?:^|[\s_-])live(?:-?blog)?(?:$|[\s_-])", re.IGNORECASE)
_QUOTED = re.compile(r"[“”\"«„][^“”\"«»„]+[”“\"»]")
_LONGEST_PULLED = 600
_FEWEST = 4
_FEWEST_POSTS = 2
_FEWEST_PARAGRAPHS = 3
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
    _join_posts(tree)
    _open_tables(tree)


def _join_posts(tree: Any) -> None:  # noqa: ANN401 - lxml's own value
    """Make one article of the posts of a live blog, which are articles of their own in one parent."""
    posts: dict[Any, list[Any]] = {}
    for element in tree.iter("article", "section", "div", "li"):
        if element.tag == "article" or _LIVE.search(_labels(element)):
            posts.setdefault(element.getparent(), []).append(element)
    for parent, children in posts.items():
        if parent is None or len(children) < _FEWEST_POSTS or parent.tag in ("body", "html"):
            continue
        if _LIVE.search(_labels(parent)) or all(_LIVE.search(_labels(child)) for child in children):
            parent.tag = "article"
            for child in children:
                child.tag = "section"


def _open_tables(tree: Any) -> None:  # noqa: ANN401 - lxml's own value
    """Make plain blocks of tables that only lay out the page: those with a cell of several paragraphs."""
    for table in list(tree.iter("table")):
        cells = list(table.iter("td"))
        if (
            any(len(list(cell.iter("p"))) >= _FEWEST_PARAGRAPHS for cell in cells)
            and next(table.iter("th"), None) is None
        ):
            for element in table.iter("table", "tbody", "tr", "td"):
                element.tag = "div"


def _labels(element: Any) -> str:  # noqa: ANN401 - lxml's own value
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _is_furniture(element: Any) -> bool:  # noqa: ANN401 - lxml's own value
    if element.tag == "dialog" or (element.get("role") or "") in ("dialog", "complementary", "alertdialog", "search"):
        return bool(element.tag != "article")
    return _FURNITURE.search(_labels(element)) is not None


def _drop_pulled(tree: Any) -> None:  # noqa: ANN401 - lxml's own value
    """Take out what repeats words that stand in a paragraph of the text: a quote pulled out of it, not one more."""
    pulled = [element for element in tree.iter(*_QUOTES) if _is_pulled(element)]
    if not pulled:
        return
    # elements themselves: lxml makes those that nobody holds anew
    inside = {part for element in pulled for part in element.iter()}
    text = (
        " "
        + "  ".join(" ".join(_words(element)) for element in tree.iter("p", "li", "h2", "h3") if element not in inside)
        + " "
    )
    for element in pulled:
        quoted = _words(element, without=_CREDIT)
        if len(quoted) >= _FEWEST and f" {' '.join(quoted)} " in text:
            _drop(element)


def _is_pulled(element: Any) -> bool:  # noqa: ANN401 - lxml's own value
    """Whether it is called a pull quote, is set apart as one, or is a short block that is a quotation as a whole."""
    if _PULLED.search(_labels(element)) or element.tag in ("blockquote", "aside"):
        return True
    text = "".join(element.itertext()).strip()
    return len(text) < _LONGEST_PULLED and _QUOTED.fullmatch(text) is not None


def _words(element: Any, without: tuple[str, ...] = ()) -> list[str]:  # noqa: ANN401 - lxml's own value
    left_out = {part for tag in without for credit in element.iter(tag) for part in credit.iter()}
    parts: list[str] = []
    for part in element.iter():
        if not isinstance(part.tag, str) or part.tag in ("script", "style"):
            continue
        if part not in left_out and part.text:
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

"""All words of a web page, for pages in which no article was found."""

from __future__ import annotations

import html
import re

# every alternative that may run far ends at the end of the page too, so that hostile markup takes linear time
_MARKUP = re.compile(
    r"""<!--.*?(?:-->|\Z)
    |   <!doctype\b[^<>\[]*(?:\[.*?(?:\]\s*>|\Z)|>)
    |   <(?P<unseen>script|style|template|title)\b.*?(?:</(?P=unseen)\s*>|\Z)
    |   </?(?P<tag>[a-z][a-z0-9-]*)[^<>]*>
    |   <[!?/][^<>]*>""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)

_WITHIN_LINES = frozenset("a abbr b cite code del em font i ins mark q s small span strong sub sup time u wbr".split())


def all_words(page: str) -> str:
    """The page's text without its markup, a line for each block that has any."""
    text = html.unescape(_MARKUP.sub(_separator, page))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _separator(match: re.Match[str]) -> str:
    tag = match["tag"]
    return "" if tag and tag.lower() in _WITHIN_LINES else "\n"

"""One address for what stands at several: without tracking, AMP, mobile and print forms, http as https.

The result is a key by which an article is found again, not necessarily an address that a server answers. A rule may
only take away what cannot tell two articles apart; a parameter that may be an article's number (id, cid, p) stays.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

_TRACKING = re.compile(
    r"(?:utm|ga|mc|mtm|pk|piwik|hsa|itm|oly|vero|at|ns|wt|guce|soc|fb|ml|mkt|sfmc)_.+"
    r"|(?:fbc|gc|dc|twc|yc|ttc)lid|(?:msclk|igsh|wick)id|gbraid|wbraid|gad_source|srsltid|igsh|_g[al]|_hs(?:enc|mi)"
    r"|ref|ref_?src|ref_?url|referr?er|referring_source|cmp|cmp_?id|ncid|ocid|smid|smtyp|s_?cid|icid|int_?cid|xtor|spm"
    r"|guccounter|ftag|partner|__twitter_impression|feature|share|shared|sharetype|share_id|smprod|taid|traffic_source"
    r"|echobox|fbrefresh|wpisrc|wpmk|tpcc|cndid|esrc|mbid|trk|trkcampaign|rss|via",
    re.IGNORECASE,
)
_FORMS = {
    "amp": None,
    "print": None,
    "printable": None,
    "printpage": None,
    "printversion": None,
    "mobile": None,
    "outputtype": ("amp",),
    "output": ("amp", "print"),
    "view": ("amp", "mobile", "print"),
    "mode": ("amp", "print"),
    "platform": ("amp", "mobile"),
    "format": ("amp", "print"),
    "m": ("1", ""),
    "noamp": None,
}
"""Parameters that choose a form of the page, with the values that do; None is any value but an article's words."""

_HOST_LABELS = frozenset("www amp m mobile touch wap".split())
_FIRST_PARTS = frozenset("amp m mobile print".split())
_LAST_PARTS = frozenset("amp print mobile amp.html print.html printable".split())
_INDEX = re.compile(r"(?:index|default)\.(?:s?html?|php|aspx?)", re.IGNORECASE)
_AMP_NAME = re.compile(r"[.](?:amp|print)(?=[.]s?html?$|$)", re.IGNORECASE)
_DOTS = re.compile(r"(?:^|/)\.{1,2}(?:/|$)")
_AMP_CACHE = re.compile(r"/(?:amp/|[cvir]/)(?:s/)?(?P<original>[^/]+\..*)", re.DOTALL)
_AMP_CACHES = ("cdn.ampproject.org", "ampproject.net", "bing-amp.com")
_GOOGLE = re.compile(r"(?:www\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?")
_TRIES = 10


def same_address(url: str) -> str:
    """What all addresses of one page share, as an https address; anything but an http or https address as it is.

    The addresses of AMP caches lead to the outlet's own. It is the same for its own result.
    """
    key = url
    for _ in range(_TRIES):  # what was taken away may have hidden more: a cache's address inside another cache's
        shorter = _without_forms(key)
        if shorter == key:
            break
        key = shorter
    return key


def is_web_address(name: str) -> bool:
    """Whether it begins as an http or https address does."""
    return name[:8].lower().startswith(("http://", "https://"))


def of_one_site(a: str, b: str) -> bool:
    """Whether two addresses are of one site: the host of one is that of the other or lies below it."""
    hosts = [urlsplit(same_address(url)).hostname or "" for url in (a, b)]
    if not all(hosts):
        return False
    return hosts[0] == hosts[1] or hosts[0].endswith("." + hosts[1]) or hosts[1].endswith("." + hosts[0])


def _without_forms(url: str) -> str:
    from w3lib.url import canonicalize_url

    if not is_web_address(url.strip()):
        return url
    try:
        # escapes, order of parameters, international host names; the fragment goes
        parts = urlsplit(canonicalize_url(url.strip()))
        port = parts.port
    except ValueError:  # no address that could be read, and a surrogate in it
        return url
    parts = _original_of_cache(parts) or parts
    host = _host(parts.hostname or "")
    if not host:
        return url
    netloc = f"[{host}]" if ":" in host else host
    if port not in (None, 80, 443):
        netloc += f":{port}"
    path, query = _path(parts.path), _query(parts.query)
    return f"https://{netloc}{path}" + (f"?{query}" if query else "")


def _original_of_cache(parts: SplitResult) -> SplitResult | None:
    """The outlet's address in that of an AMP cache or viewer."""
    host = parts.hostname or ""
    cached = host.endswith(_AMP_CACHES) or (_GOOGLE.fullmatch(host) and parts.path.startswith("/amp/"))
    match = _AMP_CACHE.match(parts.path) if cached else None
    if match is None:
        return None
    return urlsplit("https://" + match["original"] + (f"?{parts.query}" if parts.query else ""))


def _host(host: str) -> str:
    labels = host.rstrip(".").lower().split(".")
    while len(labels) > 2 and labels[0] in _HOST_LABELS:
        labels = labels[1:]
    return ".".join(labels)


def _path(path: str) -> str:
    parts = [part for part in _undotted(path).split("/") if part]
    if parts:
        parts[-1] = _AMP_NAME.sub("", parts[-1]) or parts[-1]
    if parts and _INDEX.fullmatch(parts[-1]):
        parts.pop()
    while len(parts) > 1 and parts[-1].lower() in _LAST_PARTS:
        parts.pop()
    while len(parts) > 1 and parts[0].lower() in _FIRST_PARTS:
        parts = parts[1:]
    return "/" + "/".join(parts) if parts else ""


def _undotted(path: str) -> str:
    """The path without "." and "..", as a browser asks for it."""
    if not _DOTS.search(path):
        return path
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _query(query: str) -> str:
    kept = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if not _TRACKING.fullmatch(name) and not _is_form(name.lower(), value.lower())
    ]
    return urlencode(kept)


def _is_form(name: str, value: str) -> bool:
    if name not in _FORMS:
        return False
    values = _FORMS[name]
    if values is None:
        return value in ("", "1", "true", "yes", "amp", "html", "y")
    return value in values

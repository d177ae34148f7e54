"""How heads and tails of news texts are printed: the patterns, without where they may stand."""

from __future__ import annotations

import re

from quotes.dates import WRITTEN_DATE

_DATE = re.sub(r"\?P<\w+>", "?:", WRITTEN_DATE.pattern)
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|Mar\.|April|Apr\.|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = rf"(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}})?"
_AGENCIES = (
    r"(?:AP|AFP|UPI|Reuters|Thomson\ Reuters\ Foundation|CNN|BBC|NPR|AAP|PTI|ANI|DPA|dpa|EFE|ANSA|TASS|Xinhua|Kyodo"
    r"|Yonhap|IPS|IRNA|ISNA|KUNA|SANA|WAM|QNA|Anadolu|AA|Interfax|Bloomberg|RNS|CNS|NNA)"
)
_NAMED_AGENCY = r"(?:[A-Z][\w.&'’]*\s){0,3}(?:News|Agency|Press|Times|Post|Journal|Service|Network|Radio|TV)"
_AGENCY = rf"(?:{_AGENCIES}|{_NAMED_AGENCY})"
_DASH = r"\s*(?:[–—―]|--|-(?=\s))\s*"
_CAPITALS = r"[A-Z][A-Z'’.]+(?:[ \-][A-Z][A-Z'’.]*){0,3}"
_TITLED = r"[A-Z][a-z]+(?:[ \-][A-Z][a-z]+){0,2}"
_REGION = r"(?:,\s+[A-Z][\w.'’]*(?:\s[A-Z][\w.'’]*){0,2}){0,2}"

DATELINE = re.compile(
    rf"""
    (?:
        # WASHINGTON (AP) —, BAGHDAD, Iraq, March 4 –, TEHRAN (Some News) –
        (?P<capitals>{_CAPITALS}){_REGION}(?:,?\s+{_DAY})?(?:\s*\((?P<agency_1>[A-Z][\w.&'’ /\-]{{1,38}})\))?{_DASH}
        # Baghdad (AP) —, Washington (CNN), Baghdad, March 4 –, Baghdad, IRNA –
    |   (?P<titled_1>{_TITLED}){_REGION}(?:,?\s+{_DAY})?\s*\((?P<agency_2>{_AGENCIES})\)(?:{_DASH}|\s+)
    |   (?P<titled_2>{_TITLED}){_REGION}(?:,?\s+{_DAY})?\s*\((?P<agency_3>{_NAMED_AGENCY})\){_DASH}
    |   (?P<titled_3>{_TITLED}){_REGION},?\s+{_DAY}{_DASH}
    |   (?P<titled_4>{_TITLED}){_REGION},\s+(?P<agency_4>{_AGENCIES}){_DASH}
        # (Reuters) -, Some News / Baghdad -
    |   \((?P<agency_5>{_AGENCY})\){_DASH}
    |   (?P<agency_6>{_AGENCY})\s?/\s*(?:(?P<titled_5>{_TITLED}){_DASH})?
    )
    """,
    re.VERBOSE,
)
NO_PLACES = frozenset(
    "ANALYSIS BREAKING CORRECTED CORRECTION EDITORIAL EXCLUSIVE FACTBOX INTERVIEW LATEST LIVE NEW OPINION TIMELINE "
    "UPDATE UPDATED VIDEO WATCH".split()
)

GLUED_DATE = re.compile(
    rf"\s*(?P<label>date|dated|published|posted)\s*:?\s+(?P<date>{_DATE})\s*[|:–—-]?\s*", re.IGNORECASE
)
BARE_DATE = re.compile(
    rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?P<date>{_DATE})(?:,?\s+(?:at\s+)?\d{{1,2}}[:.]\d\d.{{0,12}})?",
    re.IGNORECASE,
)
LABELLED_DATE = re.compile(
    rf"(?P<label>(?:first\s+|originally\s+)?published|posted|date|(?:last\s+)?(?:updated|modified))"
    rf"(?:\s+(?:on|at))?\s*:?\s*"
    rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?P<date>{_DATE}).{{0,40}}",
    re.IGNORECASE,
)

_NAME = r"[A-Z][\w.'’\-]+(?:\s(?:[A-Z][\w.'’\-]*|de|van|der|von|al|bin|la|du)){1,3}"
BYLINE = re.compile(
    rf"(?:By|BY|Written by|Story by|Words by|Reported by)\s+(?P<names>{_NAME}(?:(?:,|,?\s+and|\s+&)\s+{_NAME}){{0,4}})"
    r"(?:,?\s*[,|•·–—\-/(].{0,60})?"
)
BETWEEN_NAMES = re.compile(r",?\s+and\s+|\s+&\s+|,\s+")
NO_NAME = re.compile(r"\b(?:Staff|Writers?|Editors?|Reporters?|Correspondents?|Agenc(?:y|ies)|News|Desk|Team|Press)\b")
CREDIT = re.compile(
    r"\(?(?:(?:Additional|Further)\s+)?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled)\s+by\s[^\n]{3,400}"
)

LICENCE = re.compile(
    r"(?:(?:All|This|The)\s+)?(?:[Cc]ontents?|[Mm]aterials?|[Tt]exts?|[Ww]orks?|[Aa]rticles?)\b[^.\n]{0,120}?"
    r"\b(?:is|are)\s+(?:made\s+)?(?:licen[sc]ed|available)\s+under\s[^\n]{3,150}?(?:Licen[sc]es?\b|CC[ -]BY[\w.\-]*)\.?"
    r"|(?:(?:©|\([cC]\))\s*\d{4}\b|Copyright\s+(?:©|\([cC]\)|\d{4}))[^\n]{0,150}"
    r"|All\s+[Rr]ights\s+[Rr]eserved\.?[^\n]{0,80}"
    r"|This\s+material\s+may\s+not\s+be\s+published,\s+broadcast,\s+rewritten,?\s+or\s+redistributed[^.\n]{0,80}\.?"
)
LICENSOR = re.compile(r"\b[Bb]y\s+(?P<outlet>[A-Z][^.\n]{1,60}?)\s+(?:is|are)\s+(?:made\s+)?(?:licen[sc]ed|available)")

ORIGINAL = re.compile(
    r"\W*(?:"
    r"(?:original\s+(?:news|article|story|source|post|link)|source(?:\s+link)?|via)\s*:"
    r"|read\s+(?:the\s+)?(?:original|full)\s+(?:article|story)(?:\s+(?:here|at|on))?\s*:?"
    r"|(?:this\s+(?:article|story|post|report)\s+)?(?:was\s+|has\s+been\s+)?(?:originally|first)\s+(?:appeared|published|ran)"
    r"\s+(?:in|by|on|at)"
    r")\s*(?P<value>[^\s].{0,200})",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"https?://[^\s<>\"”’)\]]+")

_NETWORK = (
    r"(?:facebook|twitter|x|whatsapp|linkedin|reddit|pinterest|telegram|tumblr|e-?mail|print|messenger|copy\ link|sms)"
)
SHARE = re.compile(
    rf"""
    \W*(?:
        (?:share|tweet|pin\ it|{_NETWORK})(?:[\s,|•·/]+{_NETWORK})*
    |   share(?:\ this)?(?:\ (?:article|story|post|page|news))?(?:\ (?:on|via|with|to)\ .{{1,40}})?
    |   click\ to\ (?:share|e-?mail|print|copy)\b.{{0,80}}
    |   like\ (?:this|loading) | loading | %d\ bloggers\ like\ this | \d+\ (?:shares|likes|comments)
    |   advertisements? | advertising | sponsored(?:\ content)? | story\ continues\ below.{{0,30}}
    |   (?:article|continue)\ (?:continues|reading).{{0,40}} | skip\ to\ (?:main\ )?content
    |   (?:sign|log)\ (?:in|up)(?:\ (?:to|for|here)\b.{{0,80}})? | subscribe(?:\ (?:to|now|here)\b.{{0,80}})?
    |   (?:follow|like|join|find)\ (?:us|me|him|her|them|the\ author|@?\w+)\ on\ .{{2,80}}
    |   (?:leave|post|write)\ a\ (?:reply|comment) | (?:view\ (?:all\ )?)?comments?(?:\ \(\d+\))?
    |   related(?:\ (?:articles?|stor(?:y|ies)|posts?|news|topics?|content))?
    |   recommended | trending | most\ read | more\ stories
    |   read\ (?:more|also|next)(?:\ ?:.{{0,150}})? | also\ read\ ?:.{{0,150}} | see\ also\ ?:.{{0,150}}
    |   (?:home|menu|search|close|back\ to\ top|contact\ us|about\ us|privacy\ policy)
    )\W*
    """,
    re.IGNORECASE | re.VERBOSE,
)
MASTHEAD = re.compile(
    r"(?:The\s+)?(?:[A-Z][\w.&'’\-]*\s+){1,3}(?:News|Times|Post|Journal|Herald|Tribune|Gazette|Agency|Press|Daily|Observer"
    r"|Telegraph|Chronicle)"
)

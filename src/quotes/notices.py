"""Notices of corrections: what an outlet prints to say that the article was wrong, or was changed."""

from __future__ import annotations

import re

from quotes.text import one_line

_LONGEST = 1_000
_WHAT = r"article|story|report|post|piece|column|headline|version|page|item|dispatch|caption|transcript|obituary"
_DONE = r"amended|corrected|clarified|edited|revised|retracted|withdrawn|changed"
_WRONG = r"to\s+correct|correct(?:s|ed|ing|ion)|error|misstat|misspell|misidentif|incorrect"
_OLDER = r"earlier|previous|original|prior|first|initial"
_KIND = r"editing|production|reporting|transcription|translation|typing"
_NOTICE = re.compile(
    rf"""
    [\s*_>\[(]*
    (?:
        # Correction: …, CORRECTION (May 3, 2024): …, Corrections and clarifications – …, Editor's note: …
        (?:corrections?(?:\s+(?:and|&)\s+clarifications?)?|clarifications?|corrigendum|erratum|retraction
           |(?:editor|publisher)[’'`]?s?[’'`]?\s+note|note\s+to\s+readers)
        (?:\s*(?:[(\[][\w.,/ ]{{1,40}}[)\]]|,?\s*[\w.,/ ]{{0,20}}\d[\w.,/ ]{{0,20}}))?\s*[:—–]
    |   corrected\s+(?:on\s+)?[\w.,/ ]{{1,30}}\s*[:—–]
        # This article was amended on 3 May 2024 to …, A previous version of this story misstated …
    |   (?:this|the)\s+(?:{_WHAT})\s+(?:was|has\s+been|is)\s+(?:\w+\s+){{0,2}}(?:{_DONE})\b
    |   (?:this|the)\s+(?:{_WHAT})\s+(?:was|has\s+been)\s+updated\b.{{0,120}}?\b(?:{_WRONG})
    |   (?:an?|the)\s+(?:{_OLDER})\s+(?:version|edition)\s+of\s+(?:this|the)\s+(?:{_WHAT})\b
    |   (?:in\s+)?an?\s+(?:{_OLDER})\s+(?:{_WHAT})\s+(?:misstated|incorrectly|wrongly|mistakenly)\b
    |   (?:because\s+of|due\s+to)\s+(?:an?\s+)?(?:{_KIND})\s+errors?\b
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_HEADING = re.compile(r"(?:corrections?|clarifications?|correction\s+appended|editor[’']?s\s+note)\W*", re.IGNORECASE)


def find_correction(text: str) -> str | None:
    """The notices of correction among a text's lines, joined by a space; None where there is none.

    A line is one when it begins as such notices do ("Correction:", "An earlier version of this article …"); a heading
    of its own ("Correction") brings in the line after it. A story about somebody else's correction does not begin so.
    """
    found: list[str] = []
    headed = False
    for line in text.splitlines():
        if not line.strip():
            continue
        if _HEADING.fullmatch(line.strip()):
            headed = True
            continue
        if (headed or _NOTICE.match(line[:_LONGEST])) and one_line(line) not in found:
            found.append(one_line(line))
        headed = False
    return " ".join(found)[:_LONGEST] or None

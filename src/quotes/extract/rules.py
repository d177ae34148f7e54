"""The first extractor: quotation marks, a lexicon of reporting verbs and the nearest name. A baseline.

It looks at one sentence at a time. A reporting verb outside quotation marks is a cue; its source is the noun phrase
next to it; its content is the quotation beside it or, without one, the clause that it governs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.extract.noun_phrase import Bounds, phrase_after, phrase_before
from quotes.extract.relation import MarkIndex, Relation
from quotes.extract.sentences import sentences
from quotes.lexicon import reporting_verbs, word_list
from quotes.model import TextSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from quotes.model import MarkPair

_CLAUSE_VERBS = frozenset(
    "said says saying told tells adding added adds noted argued argues claimed claims insisted stressed warned "
    "announced explained reiterated emphasized declared suggested acknowledged alleged believes".split()
)
_AUXILIARIES = frozenset("was were is are be been being".split())
_SKIPPED = frozenset("that : ,".split())
_NO_CLAUSE = frozenset("on to in for with about of at by".split())
_WHEN = frozenset("on late early in a monday tuesday wednesday thursday friday saturday sunday yesterday today".split())
_DASHES = frozenset({"—", "–", "-", "--"})
_LONGEST_DATELINE = 10
_MIN_QUOTATION_WORDS = 3


def version() -> str:
    """Changed with every change of what the rules find."""
    return "rules/1"


def find_relations(doc: Doc, marks: Sequence[MarkPair]) -> list[Relation]:
    """The relations of a Doc that the rules see; their precision is low for indirect statements."""
    index = MarkIndex(marks)
    found: list[Relation] = []
    for start, end in sentences(doc, index):
        sentence = _Sentence(doc, start, end, index)
        found += sentence.relations()
    return found


def _after_dateline(doc: Doc, start: int, end: int) -> int:
    """Where the sentence begins behind "NAIROBI (Radio Coast) — "; `start` when no such line opens it."""
    if start < end and doc[start].is_upper and len(doc[start]) > len("US"):
        for i in range(start + 1, min(end, start + _LONGEST_DATELINE)):
            if doc[i].text in _DASHES:
                return i + 1
    return start


class _Sentence:
    """One sentence with its cues and its quotations, as token bounds."""

    def __init__(self, doc: Doc, start: int, end: int, marks: MarkIndex) -> None:
        while end > start and doc[end - 1].is_space:
            end -= 1
        while start < end and doc[start].is_space:
            start += 1
        start = _after_dateline(doc, start, end)
        self.doc, self.start, self.end = doc, start, end
        self.inside = [marks.holds(token.idx, token.idx + len(token)) for token in doc[start:end]]
        first, last = (doc[start].idx, doc[end - 1].idx + len(doc[end - 1])) if start < end else (0, 0)
        self.quotations = [
            bounds
            for mark in marks.around(first, last)
            if mark.status != "unopened"
            and (bounds := self._outer_bounds(mark)) is not None
            and self._words(bounds) >= _MIN_QUOTATION_WORDS
        ]

    def relations(self) -> list[Relation]:
        """At most one relation a cue; a quotation belongs to the nearest cue, the first of two as near."""
        cues = [i for i in range(self.start, self.end) if self._is_cue(i)]
        if not cues:
            return []
        owned: dict[int, list[Bounds]] = {cue: [] for cue in cues}
        for quotation in self.quotations:
            owned[min(cues, key=lambda cue: self._distance(cue, quotation))].append(quotation)
        found = (self._relation(cue, owned[cue], alone=len(cues) == 1) for cue in cues)
        return [relation for relation in found if relation is not None]

    def _relation(self, cue: int, quotations: list[Bounds], *, alone: bool) -> Relation | None:
        source = self._source(cue, after_quotation=any(end <= cue for _, end in quotations))
        if quotations:
            contents = self._contents_with_quotations(cue, source, quotations)
        elif source is not None and self._text(cue) == "according":
            contents = self._beside_according(cue, source)
        elif source is not None and self._is_trailing(cue, source):
            contents = [(self.start, min(cue, source[0]) - 1)]
        elif source is not None and self._text(cue) in _CLAUSE_VERBS and (alone or self._text(cue + 1) == "that"):
            contents = self._clause(cue, source)
        else:
            return None
        if not contents:
            return None
        return Relation(
            contents=tuple(sorted(self._span(bounds) for bounds in contents)),
            cues=(self._span((cue, self._cue_end(cue))),),
            sources=(self._span(source),) if source else (),
        )

    def _is_cue(self, i: int) -> bool:
        text = self._text(i)
        if self.inside[i - self.start]:
            return False
        if text == "according":
            return self._text(i + 1) == "to"
        return (
            self.doc[i].is_lower
            and text in reporting_verbs()
            and text.endswith(("s", "d", "t", "ing", "ote", "oke"))
            and self._is_verb(i)
        )

    def _is_verb(self, i: int) -> bool:
        """Whether what stands before a form lets it be a finite verb: not "was told", not "the reports"."""
        before = self._text(i - 1)
        if before in _AUXILIARIES:
            return False
        return before not in word_list("function_words") or before in word_list("pronouns") | _WHEN | {"also"}

    def _source(self, cue: int, *, after_quotation: bool) -> Bounds | None:
        if self._text(cue) == "according":
            return phrase_after(self.doc, cue + 2, self.end)
        if after_quotation and not self.doc[cue - 1].is_alpha:
            return phrase_after(self.doc, cue + 1, self.end)
        return phrase_before(self.doc, self.start, cue, self.inside[: cue - self.start]) or (
            phrase_after(self.doc, cue + 1, self.end) if after_quotation else None
        )

    def _contents_with_quotations(self, cue: int, source: Bounds | None, quotations: list[Bounds]) -> list[Bounds]:
        """The quotations themselves, or the whole clause when it runs on around those after the cue."""
        before = [bounds for bounds in quotations if bounds[1] <= cue]
        after = [bounds for bounds in quotations if bounds[0] > cue]
        if after:
            begin = self._skip(self._cue_end(cue))
            inverted = source is not None and cue < source[0] < after[0][0]
            if (begin < after[0][0] and not inverted) or self._runs_on(after[-1]):
                after = [(after[0][0] if inverted else begin, self._content_end())]
        return before + after

    def _runs_on(self, quotation: Bounds) -> bool:
        """Whether the sentence goes on after a quotation that is not rounded off inside: `“a great” victory`."""
        following = self._text(quotation[1])
        rounded_off = self._text(quotation[1] - 2) in {",", ".", "!", "?"}
        return following.isalpha() and not rounded_off

    def _is_trailing(self, cue: int, source: Bounds) -> bool:
        """Whether the cue and its source close the sentence after a comma, as in "The plan is dead, he remarked"."""
        first, last = min(cue, source[0]), max(self._cue_end(cue), source[1])
        return (
            last == self._content_end() and first - self.start > _MIN_QUOTATION_WORDS and self._text(first - 1) == ","
        )

    def _beside_according(self, cue: int, source: Bounds) -> list[Bounds]:
        if self._text(cue - 1) == ",":
            return [(self.start, cue - 1)]
        if cue == self.start and self._text(source[1]) == ",":
            return [(source[1] + 1, self._content_end())]
        return []

    def _clause(self, cue: int, source: Bounds) -> list[Bounds]:
        """What follows a cue of the kind that governs a clause, from its "that" if it has one."""
        if source[0] > cue or self._text(cue + 1) in {",", "."}:
            return []
        begin = cue + 1
        while self._text(begin) in _WHEN:
            begin += 1
        if begin == cue + 1 and self._text(begin) in _NO_CLAUSE:
            return []
        begin = self._skip(begin)
        if self._text(cue) in {"told", "tells"}:
            begin = next((i + 1 for i in range(begin, self.end) if self._text(i) == "that"), self.end)
        return [(begin, self._content_end())] if begin + 2 < self._content_end() else []

    def _cue_end(self, cue: int) -> int:
        return cue + 2 if self._text(cue) == "according" else cue + 1

    def _skip(self, i: int) -> int:
        while i < self.end and self._text(i) in _SKIPPED:
            i += 1
        return i

    def _content_end(self) -> int:
        return self.end - 1 if self._text(self.end - 1) in {".", "!", "?"} else self.end

    def _distance(self, cue: int, quotation: Bounds) -> int:
        return quotation[0] - cue if cue < quotation[0] else cue - quotation[1] + 1

    def _outer_bounds(self, mark: MarkPair) -> Bounds | None:
        """Token bounds of a quotation with its marks, cut to this sentence."""
        start = mark.opening.start if mark.opening else mark.start
        end = mark.closing.end if mark.closing else mark.end
        tokens = [
            i
            for i in range(self.start, self.end)
            if self.doc[i].idx < end and self.doc[i].idx + len(self.doc[i]) > start
        ]
        return (tokens[0], tokens[-1] + 1) if tokens else None

    def _words(self, bounds: Bounds) -> int:
        return sum(token.is_alpha for token in self.doc[bounds[0] : bounds[1]])

    def _text(self, i: int) -> str:
        return self.doc[i].lower_ if self.start <= i < self.end else ""

    def _span(self, bounds: Bounds) -> TextSpan:
        last = self.doc[bounds[1] - 1]
        return TextSpan(self.doc[bounds[0]].idx, last.idx + len(last))

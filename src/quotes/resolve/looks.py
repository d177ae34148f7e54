"""What the text shows of a place where somebody is meant, whatever is asked of it later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.lexicon import reporting_verbs, word_list

if TYPE_CHECKING:
    from quotes.resolve.layout import Layout

_PREPOSITIONS = frozenset({"of", "with", "by", "to", "for", "from", "in", "on", "at", "about", "against", "and"})


@dataclass(frozen=True, slots=True)
class Looks:
    """A mention's surroundings.

    quoted: it stands in quotation marks. begins: at most two words of its sentence stand before it. subject: it begins
    a sentence or stands before a verb of saying. verb: it stands before a verb of any kind. preposition: it stands
    after one. owns, comma: a possessive, a comma follows. whole: it is more than one word.
    """

    quoted: bool
    begins: bool
    subject: bool
    verb: bool
    preposition: bool
    owns: bool
    comma: bool
    whole: bool

    @classmethod
    def of(cls, layout: Layout, start: int, end: int) -> Looks:
        """Those of the mention [start, end)."""
        before, after = layout.beside(start, end)
        begins, says = layout.begins_sentence(start), after in reporting_verbs()
        return cls(
            quoted=layout.quoted(start),
            begins=begins,
            subject=begins or says,
            verb=says or after in word_list("verbs") or after.endswith("ed"),
            preposition=before in _PREPOSITIONS,
            owns=layout.text.startswith(("'s", "’s"), end),
            comma=layout.text.startswith(",", end),
            whole=" " in layout.text[start:end],
        )

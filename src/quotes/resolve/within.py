"""From each mention to the fullest name in its own article, or honestly to no one.

A name leads to the longest name of the same person; he and she, and who, to the person they most likely mean; I to
whose words they are; "the defense chief" to the person last named with that office. A role that leads to nobody stays a
description, and so does the Q or the A of an interview.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING

from quotes.lexicon import word_list
from quotes.model import Speaker
from quotes.resolve.bearing import bears, is_kind_of_people, is_plural, own_name, relates_to
from quotes.resolve.bodies import Bodies
from quotes.resolve.candidates import PRONOUN
from quotes.resolve.joint import meant_together, named_together, with_members, with_they
from quotes.resolve.layout import Layout, inside_marks
from quotes.resolve.mentions import bodies_named, is_place_or_body, people_named
from quotes.resolve.names import fold
from quotes.resolve.outer import outer_quotes, with_outer_speakers
from quotes.resolve.people import find_people
from quotes.resolve.places import Statement
from quotes.resolve.pronouns import learn_genders, resolve_pronouns
from quotes.resolve.role_wording import tidied
from quotes.resolve.roles import innermost, meant_by, printed_roles
from quotes.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.model import Extraction, PrintedRole, Quote, TextSpan
    from quotes.resolve.people import NameMention, Person

_RELATIVE = frozenset({"who", "whom", "whose"})
_RELATIVE_THINGS = frozenset({"that", "which"})
_RELATIVE_NAMES = 3
_FIRST = frozenset({"i", "me", "my", "myself"})
LEAST_SURE = 0.45
"""A pronoun whose likeliest person has a smaller probability stays unknown."""


def resolve(extraction: Extraction, text: str) -> Extraction:
    """The same extraction with the speaker or the description of each quote filled in, and with the roles printed.

    The spans stay as they are.
    """
    resolver = _Resolver(extraction, text)
    quotes = [resolver.resolve(quote) for quote in extraction.quotes]
    speakers = with_outer_speakers(resolver.first_person(with_they(quotes, resolver.layout)))
    return replace(extraction, quotes=speakers, roles=resolver.printed_roles())


class _Resolver:
    """One article's people and bodies, and whom each of its pronouns means."""

    def __init__(self, extraction: Extraction, text: str) -> None:
        self._text = text
        self._names = extraction.names
        self._people = find_people(people_named(extraction.names, text), text)
        self._bodies = Bodies(bodies_named(extraction.names, text))
        self._named_at = sorted(((m, p) for p in self._people for m in p.mentions), key=itemgetter(0))
        self._starts = [mention.start for mention, _ in self._named_at]
        self._printed = printed_roles(self._people, text)
        self._roles = [[role.words for role in roles] for roles in self._printed]
        self._in_offices = self._people_in_office(extraction.quotes)
        layout = self.layout = Layout(text, inside_marks(extraction.marks))
        statements = [Statement.of(quote) for quote in extraction.quotes if quote.sources]
        offices = [(start, end, person) for (start, end), person in self._in_offices.items()]
        self._answers = resolve_pronouns(layout, self._people, statements, offices)
        if learn_genders(layout, self._people, self._answers):
            self._answers = resolve_pronouns(layout, self._people, statements, offices)

    def resolve(self, quote: Quote) -> Quote:
        """The quote with its speaker or description, unless its mention is I, we or they."""
        if quote.mention is None or not quote.sources:
            return quote
        mention, start = one_line(quote.mention), quote.sources[0].start
        if (pronoun := PRONOUN.match(self._text, start)) and PRONOUN.sub("", mention).strip() == "":
            return self._pronoun(quote, pronoun)
        if mention.casefold() in _RELATIVE | _RELATIVE_THINGS:
            return self._relative(quote, start, mention.casefold())
        if mention.casefold() in word_list("pronouns") or mention.casefold().partition(" ")[0] in _FIRST:
            return quote
        return self._phrase(quote, mention)

    def _phrase(self, quote: Quote, mention: str) -> Quote:
        if together := self._together(quote, mention):
            return with_members(quote, mention, together)
        speaker = self._in_office(quote, mention) or self._named(quote, mention)
        return replace(quote, speaker=speaker, speaker_description=None if speaker else mention)

    def printed_roles(self) -> tuple[PrintedRole, ...]:
        """The roles of everybody, in the order of the text; a place or a body that was taken for somebody has none.

        Mr. and Mrs. are none. Of two that one reading of the words around a name holds in another ("the minister met
        his Dutch counterpart"), the shorter is the role.
        """
        people = zip(self._people, self._printed, strict=True)
        roles = (role for person, of in people if not is_place_or_body(person.fullest) for role in innermost(of))
        kept = {role for role in (tidied(role, self._text) for role in roles) if role is not None}
        return tuple(sorted(kept, key=lambda role: (role.start, role.end, role.name)))

    def _people_in_office(self, quotes: Sequence[Quote]) -> dict[tuple[int, int], Person]:
        """Whom the sources that name nobody mean by an office, by the source's offsets."""
        found: dict[tuple[int, int], Person] = {}
        for quote in quotes:
            if quote.mention is None or not quote.sources or self._inside(quote.sources[0]):
                continue
            start, end = quote.sources[0].start, quote.sources[-1].end
            person = meant_by(one_line(quote.mention), start, self._people, self._roles)
            if person is not None:
                found[start, end] = person
        return found

    def _in_office(self, quote: Quote, mention: str) -> Speaker | None:
        person = self._in_offices.get((quote.sources[0].start, quote.sources[-1].end))
        return Speaker(person.name, f"the person named before as {mention}") if person else None

    def _inside(self, span: TextSpan) -> Sequence[tuple[NameMention, Person]]:
        return self._named_at[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def _pronoun(self, quote: Quote, pronoun: re.Match[str]) -> Quote:
        person, chance = self._answers.get(pronoun.start(), (None, 0.0))
        if person is None or chance < LEAST_SURE:
            return quote
        reason = f"whom {pronoun.group().casefold()} most likely means here"
        return replace(quote, speaker=Speaker(person.name, reason), speaker_confidence=round(chance, 4))

    def _relative(self, quote: Quote, at: int, word: str) -> Quote:
        """Who, after a name and perhaps an apposition: "Ada Byron, the mayor, who said"."""
        reason = "the name that the clause follows"
        if word in _RELATIVE_THINGS:
            body = self._bodies.before(at)
            if body and relates_to(self._text, body, at):
                return replace(quote, speaker=Speaker(self._bodies.fullest(body.words), reason))
            return quote
        number = bisect_left(self._starts, at)
        for mention, person in reversed(self._named_at[max(0, number - _RELATIVE_NAMES) : number]):
            if relates_to(self._text, mention, at):
                return replace(quote, speaker=Speaker(person.name, reason))
        return quote

    def _together(self, quote: Quote, mention: str) -> list[Person]:
        (span,) = quote.sources if len(quote.sources) == 1 else (None,)
        if span is None:
            return []
        named = named_together(span.start, span.end, self._text, self._inside(span))
        if named:
            return named
        roles = {id(person): roles for person, roles in zip(self._people, self._roles, strict=True)}
        return meant_together(mention, span.start, self._text, named=self._named_at, roles=roles)

    def _named(self, quote: Quote, mention: str) -> Speaker | None:
        """The person or organisation that the mention itself names."""
        for span in quote.sources:
            for name, person in self._inside(span):
                if not is_place_or_body(person.fullest) and bears(self._text, span.start, span.end, name):
                    return _speaker(person.name, self._text[name.start : name.end])
            for name in self._bodies.inside(span.start, span.end):
                if bears(self._text, span.start, span.end, name) and not is_kind_of_people(name.words):
                    return _speaker(self._bodies.fullest(name.words), " ".join(name.words))
        if body := self._body_called(mention):
            return Speaker(body, f"the one that the article calls {mention}")
        own = own_name(mention) if len(mention) > 1 else None
        if own is None or is_kind_of_people(own.split()) or not self._may_be_name(own, quote.sources[0]):
            return None
        return Speaker(own, "named in full")

    def _body_called(self, mention: str) -> str | None:
        determiner, _, noun = mention.partition(" ")
        return self._bodies.only_called(noun) if determiner.casefold() == "the" else None

    def _may_be_name(self, own: str, source: TextSpan) -> bool:
        """Whether a single word with a capital may be a name: the model names it, or it has one in mid-sentence.

        An ordinary plural ("our Founders", "Europeans") is one only where the model names it.
        """
        if " " in own:
            return True
        ordinary = is_plural(own) and (
            not self._text.startswith(own, source.start) or re.search(rf"\b{re.escape(own.lower())}\b", self._text)
        )
        if self._names is None or (not ordinary and re.search(rf"[a-z,] {re.escape(own)}\b", self._text)):
            return not ordinary
        return any(n.start < source.end and source.start < n.end for n in self._names)

    def first_person(self, quotes: Sequence[Quote]) -> list[Quote]:
        """The quotes, with I and me as the speaker of the words that they stand in."""
        outer = outer_quotes(quotes)
        return [
            replace(quote, speaker=Speaker(holder.speaker.name, "speaks of himself or herself"))
            if quote.speaker is None
            and quote.mention
            and quote.mention.casefold() in _FIRST
            and number is not None
            and (holder := quotes[number]).speaker
            else quote
            for quote, number in zip(quotes, outer, strict=True)
        ]


def _speaker(name: str, printed: str) -> Speaker:
    if fold(printed) == fold(name):
        return Speaker(name, "named in full")
    return Speaker(name, f"the fullest name in the article of whom it calls {one_line(printed)}")

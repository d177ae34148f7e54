"""The people that an article names: every mention of each, the fullest name, and whether it says he or she of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from quotes.lexicon import word_list
from quotes.resolve.names import fold, in_ordinary_case, strip_possessive

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Form = tuple[str, ...]
"""A name's words in their comparable form."""

Gender = Literal["female", "male"]
"""Which of she and he an article says, or would say, of somebody; nothing else is meant by it."""

_WORD = re.compile(r"[^\W\d_][\w'’\-]*\.?")
_FEMALE = frozenset(
    "mrs ms miss lady dame queen princess duchess baroness madam madame congresswoman chairwoman spokeswoman "
    "councilwoman businesswoman actress mother sister daughter wife widow".split()
)
_MALE = frozenset(
    "mr sir lord king prince duke baron congressman chairman spokesman councilman businessman actor imam ayatollah "
    "sheikh father brother son husband pope cardinal".split()
)
_BEFORE = 3


@dataclass(frozen=True, slots=True, order=True)
class NameMention:
    """One place where somebody is named: half-open offsets and the words of the name proper, titles left out."""

    start: int
    end: int
    words: tuple[str, ...]


@dataclass(slots=True)
class Person:
    """Somebody, by all names printed; `gender` is None where nothing tells."""

    mentions: list[NameMention] = field(default_factory=list)
    gender: Gender | None = None
    _longest: tuple[int, tuple[str, ...]] = field(default=(0, ()), init=False, repr=False, compare=False)

    @property
    def fullest(self) -> tuple[str, ...]:
        """The words of the longest name, the first of several as long; not in capitals alone, if that can be helped."""
        if self._longest[0] != len(self.mentions):
            names = (in_ordinary_case(mention.words) for mention in self.mentions)
            self._longest = len(self.mentions), max(names, key=_length)
        return self._longest[1]

    @property
    def name(self) -> str:
        """The fullest name as one string."""
        return " ".join(self.fullest)


def find_people(mentions: Iterable[NameMention], text: str) -> list[Person]:
    """Group mentions by person, in the order of first mention.

    A shorter name belongs to the longer one that it ends ("Byron" to "Ada Byron") or, where only one fits, begins
    ("Ada") or stands in ("Acosta" in "Melba Acosta Febo"). A surname of several belongs to the one whom the article
    is about, which writes the others out: the one that it names in full most often, and first of those named as often;
    but "Mr." and "Mrs." tell a man from a woman.
    """
    ordered = sorted(set(mentions))
    forms = _Forms(ordered)
    people: dict[Form, Person] = {}
    for mention in ordered:
        form = _form(mention)
        if form:
            people.setdefault(forms.home(form, _gender_by_title(mention, text)), Person()).mentions.append(mention)
    for person in people.values():
        person.gender = _gender(person, text)
    return sorted(people.values(), key=lambda person: person.mentions[0])


def _length(words: Sequence[str]) -> tuple[int, bool]:
    return len(words), not all(map(str.isupper, words))


def _form(mention: NameMention) -> Form:
    parts = (fold(strip_possessive(word)).strip(".'’-") for word in mention.words)
    return tuple(part for part in parts if part)


class _Forms:
    """The different forms of names in an article, and where each is printed."""

    def __init__(self, mentions: Sequence[NameMention]) -> None:
        self._starts: dict[Form, list[int]] = {}
        for mention in mentions:
            self._starts.setdefault(_form(mention), []).append(mention.start)
        self._by_last: dict[str, list[Form]] = {}
        self._by_first: dict[str, list[Form]] = {}
        self._by_middle: dict[str, list[Form]] = {}
        for form in filter(None, self._starts):
            self._by_last.setdefault(form[-1], []).append(form)
            self._by_first.setdefault(form[0], []).append(form)
            for word in set(form[1:-1]):
                self._by_middle.setdefault(word, []).append(form)

    def home(self, form: Form, gender: Gender | None) -> Form:
        """The longest form of the name that `form` is a form of; `gender` is what a title before it tells."""
        longer = self._longer(form)
        if not longer:
            return form
        fitting = [other for other in longer if gender is None or _gender_by_name(other) in (gender, None)] or longer
        if len({other[0] for other in fitting}) == 1:
            return max(fitting, key=len)
        return self.home(self._main(fitting), gender)

    def _longer(self, form: Form) -> list[Form]:
        ending = [f for f in self._by_last[form[-1]] if len(f) > len(form)]
        whole = [f for f in ending if f[-len(form) :] == form]
        if whole:
            return whole
        if len(form) > 1:  # "George Bush" and "George W. Bush" of one article are one
            return [f for f in ending if f[0] == form[0]]
        beginning = [f for f in self._by_first[form[0]] if len(f) > len(form)]
        if beginning:
            return beginning if len({f[-1] for f in beginning}) == 1 else []
        within = self._by_middle.get(form[0], [])
        return within if len({(f[0], f[-1]) for f in within}) == 1 else []

    def _main(self, forms: Sequence[Form]) -> Form:
        """Of several people's names, one of the person who is named most, the one named first counting once more."""
        starts: dict[str, list[int]] = {}
        for form in forms:
            starts.setdefault(form[0], []).extend(self._starts[form])
        first = min(starts, key=lambda name: min(starts[name]))
        main = max(starts, key=lambda name: (len(starts[name]) + (name == first), name == first))
        return max((form for form in forms if form[0] == main), key=len)


def _gender(person: Person, text: str) -> Gender | None:
    """By what stands before the name ("Mrs."), else by the first name, if only women or only men bear it."""
    votes = [vote for mention in person.mentions if (vote := _gender_by_title(mention, text))]
    if votes:
        return max(sorted(set(votes)), key=votes.count)
    return _gender_by_name(tuple(map(fold, person.fullest)))


def _gender_by_name(form: Form) -> Gender | None:
    if len(form) < len(("first", "last")):
        return None
    first = form[0]
    if first in word_list("female_names"):
        return "female"
    return "male" if first in word_list("male_names") else None


def _gender_by_title(mention: NameMention, text: str) -> Gender | None:
    before = _WORD.findall(text[max(0, mention.start - 40) : mention.start])[-_BEFORE:]
    for word in (fold(word).rstrip(".") for word in reversed(before)):
        if word in _FEMALE:
            return "female"
        if word in _MALE:
            return "male"
        if word not in word_list("titles"):
            return None
    return None

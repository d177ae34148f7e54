"""Roles as an article prints them, and who is meant by one that stands alone: "the defense chief".

A role is printed before a name ("Kenyan Interior Minister Amina Odhiambo"), after it ("Amina Odhiambo, the mayor of
Nairobi,") or before it with a comma ("the mayor, Amina Odhiambo"). A definite description that shares the office and
contradicts nothing means the person who was last named with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quotes.lexicon import countries, reporting_verbs, word_list
from quotes.model import PrintedRole, TextSpan
from quotes.resolve.names import fold, strip_possessive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quotes.resolve.people import Person

Role = frozenset[str]
"""The words of a role that carry meaning, case-folded."""

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_][\w'’\-]*\.?")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}")
_TERM = r"[^\W_][\w'’.\-]*"
_AFTER = re.compile(rf",\s(?:aged?\s)?(?:\d{{1,3}},\s)?({_TERM}(?:\s{_TERM}){{0,9}})(?=[,.;:)]|$)")
_COPULA = re.compile(rf"\s(?:is|was|became|serves as|served as)\s((?:an?|the)(?:\s{_TERM}){{1,6}})")
_BEFORE_COMMA = re.compile(rf"(?:^|[.,;]\s|\s)((?:[Tt]he|[^\W\d_]+['’]s?)(?:\s{_TERM}){{1,7}}),\s$")
_COUNTERPART = re.compile(rf"\s((?:{_TERM}\s)?counterpart),?\s(?:{_TERM}\s){{0,3}}$")
_DEFINITE = re.compile(r"(?:the|this|that|its|his|her|their|our|[\w.\-]+['’]s?)\s", re.IGNORECASE)
_CUT = re.compile(r"\s(?:of|for|at|in|from|to|on|who|which|with|and)\s")
_CLAUSE = re.compile(r",|\s(?:who|which|that|and)\s")
_OF_OFFICE = re.compile(
    rf"((?:{_TERM}\s){{0,3}}(?:[Ss]ecretary|[Mm]inister|[Cc]hief|[Dd]irector|[Cc]hairman|[Hh]ead|[Pp]resident|[Ll]eader)"
    rf"\sof\s(?:the\s)?{_TERM}(?:\s[A-Z][\w.\-]*){{0,3}})\s$"
)
_OF_REACH = 6
"""Words at the end of what stands before a name among which "of" is the office's: at the most five follow it."""
_MOST_WORDS_BEFORE = 7
_COUNTERPART_REACH = 400
_STEM = 4

_LONG_FORMS = {
    **dict.fromkeys(("sen", "sens"), "senator"),
    **dict.fromkeys(("rep", "reps"), "representative"),
    **dict.fromkeys(("gov", "govs"), "governor"),
    **dict.fromkeys(("gen", "gens"), "general"),
    "gop": "republican",
    "prof": "professor",
}
_PASSING = frozenset("presumptive current then longtime veteran incumbent sitting own presidential".split())
"""What one mention of an office says and another leaves out."""
_PARTY = re.compile(r"\s\((?P<party>[RDI])-(?P<state>[^)\n]{1,25})\)")
_PARTIES = {"R": "republican", "D": "democrat", "I": "independent"}
_ANY_OFFICE = frozenset("official leader politician diplomat".split())
HONORIFICS = frozenset("mr mrs ms miss dr dame sir lady rival veteran".split())
_ADHERENTS = frozenset({"republican", "democrat"})
_RANKS = frozenset("top senior high-ranking leading".split())
_FIELDS = {"defence": "defense", "military": "defense"}
_OFFICES: Mapping[str, str] = {
    **dict.fromkeys("minister secretary chief head leader boss director".split(), "chief"),
    **dict.fromkeys("spokesman spokeswoman spokesperson".split(), "spokesperson"),
    **dict.fromkeys("chairman chairwoman chairperson chair".split(), "chair"),
    **dict.fromkeys("congressman congresswoman representative lawmaker legislator senator".split(), "lawmaker"),
    **dict.fromkeys("premier".split(), "prime minister"),
    **dict.fromkeys("nominee candidate contender hopeful front-runner frontrunner".split(), "candidate"),
    **dict.fromkeys("general commander admiral colonel".split(), "officer"),
    **dict.fromkeys("lawyer attorney counsel".split(), "lawyer"),
    **dict.fromkeys("professor academic scholar".split(), "scholar"),
}
"""Offices that an article may call one another: a minister is a chief."""


def printed_roles(people: Sequence[Person], text: str) -> list[list[PrintedRole]]:
    """The roles printed with each person, in the order of their mentions, the same one as often as it is printed.

    A counterpart has the office of the one before: "the Kenyan minister met his Dutch counterpart, Piet Mol".
    """
    mentions = sorted((m.start, m.end, number) for number, person in enumerate(people) for m in person.mentions)
    roles: list[list[PrintedRole]] = [[] for _ in people]
    last = -1
    for start, end, number in mentions:
        for phrase in _printed_with(text, start, end):
            role = role_words(phrase.of(text))
            if "counterpart" in role:
                known = [printed.words for printed in roles[last]] if last not in (-1, number) else []
                role = (role - {"counterpart"}) | _office_of_counterpart(text, start, known)
            if _office(role):
                role |= _party(text, end)
                name = people[number].name
                roles[number].append(PrintedRole(name=name, words=role, start=phrase.start, end=phrase.end))
        if any(fold(word) not in countries() for word in people[number].fullest):
            last = number
    return roles


def innermost(roles: Sequence[PrintedRole]) -> list[PrintedRole]:
    """Somebody's roles without those that hold another, and without Mr. and Mrs.

    Of "the minister met his Dutch counterpart" the shorter is kept.
    """
    bounds = {(role.start, role.end) for role in roles}
    return [
        role
        for role in roles
        if any(is_office(word) for word in role.words - HONORIFICS)
        and not any(
            role.start <= start and end <= role.end and (start, end) != (role.start, role.end) for start, end in bounds
        )
    ]


def _office_of_counterpart(text: str, start: int, known: Sequence[Role]) -> Role:
    """The office that the sentence names before, without its country, else that of the person named before."""
    sentence = text[max(0, start - _COUNTERPART_REACH) : start]
    sentence = re.split(r"[.!?]\s|\n", sentence)[-1].rpartition("counterpart")[0]
    words = [fold(strip_possessive(word)).strip(".") for word in _WORD.findall(sentence)]
    office = next((i for i in reversed(range(len(words))) if words[i] in _OFFICES), None)
    if office is not None:
        return frozenset(words[max(0, office - 2) : office + 1]) - word_list("function_words") - set(countries())
    civil = next((role for role in known if not role.isdisjoint(_OFFICES)), frozenset[str]())
    return civil - set(countries())


def _printed_with(text: str, start: int, end: int) -> Iterator[TextSpan]:
    before = text[max(0, start - 90) : start].rpartition("\n")[2]
    after = text[end : end + 110].partition("\n")[0]
    line = start - len(before)
    titles = _titles_before(before)
    if titles:
        yield TextSpan(start - len(titles), start - len(titles) + len(titles.rstrip()))
    elif "of" in before.split()[-_OF_REACH:] and (match := _OF_OFFICE.search(before)):
        yield TextSpan(line + match.start(1), line + match.end(1))
    apposition = not after or after[0] in ",.;:)"  # and not "after a talk with the mayor, Hale said"
    clause = before[: len(before) - len(titles)].rstrip()
    if apposition and clause.endswith(",") and (match := _BEFORE_COMMA.search(clause + " ")):
        yield TextSpan(line + match.start(1), line + match.end(1))
    if "counterpart" in before and (match := _COUNTERPART.search(before)):
        yield TextSpan(line + match.start(1), line + match.end(1))
    if match := _AFTER.match(after) or _COPULA.match(after):
        yield TextSpan(end + match.start(1), end + match.end(1))


def _party(text: str, end: int) -> Role:
    """The party and the state printed after a name: "Amina Hale (R-Utah)"."""
    match = _PARTY.match(text, end)
    return role_words(match["state"]) | {_PARTIES[match["party"]]} if match else frozenset()


def _titles_before(before: str) -> str:
    """The words right before a name, back to where its titles begin; empty without a title."""
    first = len(before)
    kept: list[str] = []
    for match in reversed(list(_WORD.finditer(before))):
        word = fold(match.group())
        if before[match.end() : first] not in (" ", "\u00a0") or word in word_list("function_words"):
            break
        title = word in word_list("titles")
        if word.endswith(".") and not title and len(word) > len("U.") and not _INITIALS.fullmatch(word):
            break  # the end of the sentence before
        modifier = bool(kept) and not word.endswith(("ed", "ing")) and not _is_verb(word)
        if not title and not (match.group()[0].isupper() and (kept or word in countries())) and not modifier:
            break
        first = match.start()
        kept.append(word)
        if len(kept) == _MOST_WORDS_BEFORE:
            break
    return before[first:] if any(word in word_list("titles") for word in kept) else ""


def _is_verb(word: str) -> bool:
    return word in reporting_verbs() or word in word_list("verbs")


def role_words(phrase: str) -> Role:
    """The words of a phrase that a role has of it: in full, case-folded, without function words."""
    words = (_long_form(word) for word in _WORD.findall(phrase))
    return frozenset(word for word in words if word not in word_list("function_words"))


def _long_form(word: str) -> str:
    folded = fold(strip_possessive(word))
    folded = folded.replace(".", "") if _INITIALS.fullmatch(folded) else folded.strip(".")
    return _LONG_FORMS.get(folded, folded)


def _office(words: Iterable[str]) -> bool:
    return any(word in word_list("titles") or word in _OFFICES for word in words)


def is_office(word: str) -> bool:
    """Whether a case-folded word is a title or an office."""
    return _office([word])


def kind_of_office(word: str) -> str:
    """What offices share that an article may call one another: a minister and a head are a "chief"."""
    return _OFFICES.get(word, word)


def plain_field(word: str) -> str:
    """One word for a field that goes by several: "defense" for "defence" and "military"."""
    return _FIELDS.get(word, word)


def meant_by(description: str, at: int, people: Sequence[Person], roles: Sequence[Sequence[Role]]) -> Person | None:
    """Whom a definite description at an offset means: the last person named before it whose role agrees.

    The office must be the same or one that goes by the same name, and every other word must belong to the role, in this
    form or another ("Kenyan" and "Kenya"). "The Kenyan official" means the only person of that country. None for an
    indefinite description ("a senior official"), and where no role agrees.
    """
    if not _DEFINITE.match(description):
        return None
    office, others = _head(description)
    if office is None:
        return None
    if office in _ANY_OFFICE:
        return _only_one_of(others, people, roles)
    if office in _ADHERENTS:
        wanted = others | {office}
        known = [person for i, person in enumerate(people) if any(wanted <= role for role in roles[i])]
        return known[0] if len(known) == 1 else None
    fitting = [
        (max((m.start for m in person.mentions if m.start < at), default=-1), i)
        for i, person in enumerate(people)
        if any(_agrees(office, others, role) for role in roles[i])
    ]
    named_before = [found for found in fitting if found[0] >= 0]
    return people[max(named_before)[1]] if named_before else None


def plural_office(words: str) -> tuple[str, Role] | None:
    """The office and the other words of a plural ("defense ministers" is of a minister); None for anything else."""
    parts = [_long_form(word) for word in _WORD.findall(words)]
    singular = parts[-1].removesuffix("s") if parts else ""
    if not parts or singular == parts[-1] or not _office([singular]):
        return None
    return singular, frozenset(parts[:-1]) - _PASSING


def fits_office(office: tuple[str, Role], role: Role) -> bool:
    """Whether somebody with a role holds an office that `plural_office` read."""
    return _agrees(*office, role)


def _only_one_of(others: Role, people: Sequence[Person], roles: Sequence[Sequence[Role]]) -> Person | None:
    if not any(word in countries() for word in others):
        return None
    wanted = others - _RANKS
    fitting = [
        person
        for person, printed in zip(people, roles, strict=True)
        if any(all(any(same_word(word, other) for other in role) for word in wanted) for role in printed)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _head(description: str) -> tuple[str | None, Role]:
    """The office of a description, which ends its first part, and its other words."""
    first = _CUT.split(description, maxsplit=1)[0].partition(",")[0]
    words = [_long_form(word) for word in _WORD.findall(first)]
    if not words or not (_office(words[-1:]) or words[-1] in _ANY_OFFICE | _ADHERENTS):
        return None, frozenset()
    return words[-1], role_words(_CLAUSE.split(description, maxsplit=1)[0]) - {words[-1]} - _PASSING


def _agrees(office: str, others: Role, role: Role) -> bool:
    if office in role:
        rest = role - {office}
        return all(any(same_word(word, other) for other in rest) for word in others)
    alike = {word for word in role if word in _OFFICES and _OFFICES[word] == _OFFICES.get(office)}
    rest = role - alike - _PASSING
    # Another word for the office leaves no room for other words: the head of an office in the ministry is no minister.
    known = all(any(same_word(word, other) for other in others) for word in rest if word not in countries())
    return bool(alike) and known and all(any(same_word(word, other) for other in rest) for word in others)


def same_word(a: str, b: str) -> bool:
    """Whether two case-folded words of roles mean one thing: "kenyan" and "kenya", "defense" and "defence"."""
    a, b = _FIELDS.get(a, a), _FIELDS.get(b, b)
    if a in countries():
        return countries().get(b) == countries()[a]
    return a == b or (len(a) > _STEM and len(b) >= _STEM and a[:_STEM] == b[:_STEM])

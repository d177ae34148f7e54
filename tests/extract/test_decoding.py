"""From readings made by hand to relations: what is asked here is the decoding's logic, and no model.

`Draft` writes a reading down as words with a letter each for their role (S source, U cue, C content, small where a
span goes on, a dot for none) and with the word that each points to.
"""

import math
from dataclasses import dataclass, field, replace
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.encoder import CONTENT_QUERY, CUE_KEY, CUE_QUERY, NAMES, POINTER_WIDTH, POS, SOURCE_KEY, TAGS, Reading
from quotes.extract.decoding import EVIDENCE, Calibration, Decoding, as_json, decode, load_parameters
from quotes.extract.paths import spans_of, viterbi
from quotes.extract.pointing import View
from quotes.words import Words, quotation_states, shape

ROLES = dict(zip(".SsUuCc", TAGS, strict=True))
TUNED = Decoding(
    outside_bias=0.0,
    switch_penalty=6.0,
    untagged_cue=0.5,
    fragment_mass=0.3,
    orphan_quoted=0.6,
    null_source_bias=0.0,
    minimum_confidence=0.0,
)
# Vectors longer than the model's, so that each word has a direction of its own.
DIMENSIONS = 128
NO_CUE, NO_SOURCE = DIMENSIONS - 2, DIMENSIONS - 1


@dataclass(frozen=True)
class Draft:
    """Words and roles; `cues` and `sources` say where words point, by their numbers, as {word: target or shares}.

    Where nothing is said a content points to the first cue and a cue to the first source; None is null. Shares are
    {target: share}. `leans` sets probabilities, {word: {role: chance}}; `windows` is the first word of each window and
    `context` how many words before it are in sight.
    """

    text: str
    roles: str
    cues: dict = field(default_factory=dict)
    sources: dict = field(default_factory=dict)
    leans: dict = field(default_factory=dict)
    windows: tuple[int, ...] = (0,)
    context: int = 0

    def read(self):
        spans, paragraphs, states = [], [], []
        offset = 0
        for paragraph, line in enumerate(self.text.split("\n")):
            words, at = line.split(" "), []
            for word in words:
                at.append((offset, offset + len(word)))
                offset += len(word) + 1
            spans += at
            states += quotation_states(words, at)
            paragraphs += [paragraph] * len(words)
        surfaces = [self.text[s:e] for s, e in spans]
        assert len(surfaces) == len(self.roles) < NO_CUE, (surfaces, self.roles)
        words = Words(
            spans=np.array(spans, dtype=np.int32),
            paragraphs=np.array(paragraphs, dtype=np.int32),
            shapes=np.array([shape(word) for word in surfaces], dtype=np.uint8),
            states=np.array(states, dtype=np.uint8),
            stops=np.array([word in ".!?" for word in surfaces]),
            pieces=np.zeros(len(spans), dtype=np.int32),
            piece_starts=np.arange(len(spans) + 1, dtype=np.int32),
        )
        return self._reading(words)

    def _reading(self, words):
        n, starts = len(words), [*self.windows, len(words)]
        windows = np.repeat(np.arange(len(self.windows), dtype=np.int32), np.diff(starts))
        return Reading(
            words=words,
            tags=self._tags(),
            names=np.zeros((n, len(NAMES)), dtype=np.float32),
            pos=np.zeros((n, len(POS)), dtype=np.float32),
            sentences=np.zeros(n, dtype=np.float32),
            vectors=self._vectors(n),
            nulls=np.tile([_unit(NO_CUE), _unit(NO_SOURCE)], (len(self.windows), 1, 1)),
            windows=windows,
            bounds=np.array([(max(0, a - self.context), b) for a, b in pairwise(starts)], dtype=np.int32),
        )

    def _tags(self):
        chances = np.full((len(self.roles), len(TAGS)), 1e-4)
        for i, role in enumerate(self.roles):
            chances[i, TAGS.index(ROLES[role])] = 1
            for lean, chance in self.leans.get(i, {}).items():
                chances[i, TAGS.index(ROLES[lean])] = chance
        return np.log(chances / chances.sum(axis=1, keepdims=True)).astype(np.float32)

    def _vectors(self, n):
        vectors = np.zeros((n, 4, DIMENSIONS), dtype=np.float32)
        first = {role: self.roles.find(role) for role in "US"}
        for i in range(n):
            vectors[i, CUE_KEY] = vectors[i, SOURCE_KEY] = _unit(i)
            asked = ((CONTENT_QUERY, self.cues, "U", NO_CUE), (CUE_QUERY, self.sources, "S", NO_SOURCE))
            for query, told, role, null in asked:
                target = told.get(i, first[role] if first[role] >= 0 else None)
                shares = target if isinstance(target, dict) else {target: 1.0}
                for word, share in shares.items():
                    at = null if word is None else word
                    # e^20 as much as the words that are not named
                    vectors[i, query, at] = (20 + math.log(share)) * POINTER_WIDTH**0.5
        return vectors


def _unit(at):
    vector = np.zeros(DIMENSIONS, dtype=np.float32)
    vector[at] = 1
    return vector


def pointing(words, target):
    return dict.fromkeys(words, target)


def relations(draft, **options):
    return decode(draft.read(), replace(TUNED, **options))


def found(draft, **options):
    """Sources, cue and contents of each relation, as text."""

    def surfaces(spans):
        return [draft.text[start:end] for start, end in spans]

    return [
        (surfaces(r.sources), surfaces(r.cues), surfaces(r.contents))
        for r in sorted(relations(draft, **options), key=lambda r: r.contents)
    ]


def scores(*rows):
    """Log probabilities of rows that name chances by role letter."""
    chances = np.full((len(rows), len(TAGS)), 1e-3)
    for i, row in enumerate(rows):
        for role, chance in row.items():
            chances[i, TAGS.index(ROLES[role])] = chance
    return np.log(chances / chances.sum(axis=1, keepdims=True)).astype(np.float32)


def letters(path):
    return "".join(".SsUuCc"[tag] for tag in path)


@pytest.mark.parametrize(
    ("rows", "paragraphs", "expected"),
    [
        ([{"S": 1}, {"s": 1}, {"U": 1}, {"C": 1}, {"c": 1}], [0, 0, 0, 0, 0], "SsUCc"),
        # a span goes on from nothing: as cheap as possible it begins, or is none
        ([{".": 1}, {"c": 0.6, "C": 0.4}], [0, 0], ".C"),
        ([{".": 1}, {"c": 0.6, ".": 0.4}], [0, 0], ".."),
        # it never goes on as another kind
        ([{"S": 1}, {"c": 0.5, "U": 0.3}], [0, 0], "SU"),
        # a word further back changes its mind for the sake of those after it
        ([{".": 0.5, "C": 0.45}, {"c": 1}, {"c": 1}], [0, 0, 0], "Ccc"),
        # across paragraphs a span goes on where the last one ended in its kind, and begins elsewhere
        ([{"C": 1}, {"c": 1}], [0, 1], "Cc"),
        ([{".": 1}, {"c": 1}], [0, 1], ".C"),
        ([{"S": 1}, {"c": 1}, {"c": 1}], [0, 1, 1], "SCc"),
        ([{"c": 1}, {"c": 1}], [0, 0], "Cc"),
        ([{"C": 1}, {"c": 1}, {"c": 1}], [0, 1, 2], "Ccc"),
    ],
)
def test_viterbi_keeps_to_what_may_follow_what(rows, paragraphs, expected):
    assert letters(viterbi(scores(*rows), np.array(paragraphs, dtype=np.int32))) == expected


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32 - 1))
def test_viterbi_finds_the_best_of_all_paths(seed):
    table = np.random.default_rng(seed).normal(size=(4, len(TAGS))).astype(np.float32)

    def allowed(path):
        return all(not ROLES[".SsUuCc"[b]].startswith("I-") or a in (b, b - 1) for a, b in pairwise(path))

    best = max(sum(table[i, t] for i, t in enumerate(p)) for p in product(range(len(TAGS)), repeat=4) if allowed(p))
    path = viterbi(table, np.zeros(4, dtype=np.int32))
    assert allowed(path)
    assert not TAGS[path[0]].startswith("I-")
    rest = sum(table[i, t] for i, t in enumerate(path[1:], start=1))
    # a span's first word may have been read as one that goes on
    firsts = {path[0], path[0] + 1} if TAGS[path[0]].startswith("B-") else {path[0]}
    assert any(math.isclose(table[0, first] + rest, best, abs_tol=1e-4) for first in firsts)


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 2**32 - 1), st.integers(1, 60), st.floats(0.0, 3.0))
def test_viterbi_finds_the_best_path_of_a_long_paragraph(seed, words, lean):
    """`lean` towards tags that go on makes paths that are mended over several spans."""
    going_on = np.array([tag.startswith("I-") for tag in TAGS])
    table = np.random.default_rng(seed).normal(size=(words, len(TAGS))) + lean * going_on
    best = table[0]
    for row in table[1:]:
        best = row + [max(best[i - 1 : i + 1]) if going_on[i] else max(best) for i in range(len(TAGS))]
    path = viterbi(table.astype(np.float32), np.zeros(words, dtype=np.int32))
    assert all(not going_on[b] or a in (b, b - 1) for a, b in pairwise(path))
    rest = table[np.arange(1, words), path[1:]].sum()
    # the span that begins the paragraph may have been read as one that goes on
    firsts = {path[0], path[0] + 1} if TAGS[path[0]].startswith("B-") else {path[0]}
    assert any(math.isclose(table[0, first] + rest, max(best), abs_tol=1e-4) for first in firsts)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_viterbi_reads_each_paragraph_as_if_alone(seed, lengths):
    table = np.random.default_rng(seed).normal(size=(sum(lengths), len(TAGS))).astype(np.float32)
    together = viterbi(table, np.repeat(np.arange(len(lengths)), lengths).astype(np.int32))
    ends = np.cumsum(lengths)
    for start, end in zip([0, *ends[:-1]], ends, strict=True):
        alone = viterbi(table[start:end], np.zeros(end - start, dtype=np.int32))
        # the first word of a paragraph may go on from the last
        assert letters(together[start:end]).upper() == letters(alone).upper()
        assert letters(together[start + 1 : end]) == letters(alone[1:])


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", []),
        ("...", []),
        ("Ccc", [(0, 3)]),
        (".CcC.Cc", [(1, 3), (3, 4), (5, 7)]),
        ("CSscUc", [(0, 1)]),
    ],
)
def test_spans_of_a_role_run_from_where_it_begins_to_where_it_ends(path, expected):
    tags = np.array([".SsUuCc".index(letter) for letter in path], dtype=np.int32)
    assert spans_of(tags, TAGS.index("B-CONTENT")) == expected


CASES = {
    "content after its cue": (
        Draft("Ada said that we go .", "SUCccc"),
        [(["Ada"], ["said"], ["that we go ."])],
    ),
    "contents on both sides of their cue are one relation": (
        Draft("“ We go , ” Ada said , “ and stay . ”", "CccccSU.Ccccc"),
        [(["Ada"], ["said"], ["“ We go , ”", "“ and stay . ”"])],
    ),
    "two cues share a source": (
        Draft("Ada said no and added yes .", "SUC.UC.", cues={2: 1, 5: 4}),
        [(["Ada"], ["said"], ["no"]), (["Ada"], ["added"], ["yes"])],
    ),
    "one run of content is cut where it goes over to another cue": (
        Draft("“ We go ” “ They stay ” Ada said and Bo said .", "CcccccccSU.SU.", cues=pointing(range(4, 8), 12)
              | pointing(range(4), 9), sources={9: 8, 12: 11}),
        [(["Ada"], ["said"], ["“ We go ”"]), (["Bo"], ["said"], ["“ They stay ”"])],
    ),
    "one word that points elsewhere cuts nothing": (
        Draft("Ada said that we go home and Bo agreed .", "SUCcccccU.", cues={4: {8: 0.9, 1: 0.1}}),
        [(["Ada"], ["said"], ["that we go home and Bo"])],
    ),
    "a word that all point to is a cue, tagged or not": (
        Draft("Ada said that we go .", "S.Cccc", cues=pointing(range(2, 6), 1)),
        [(["Ada"], ["said"], ["that we go ."])],
    ),
    "a cue that no content points to is no relation": (
        Draft("Ada said no and added yes .", "SUC.U..", cues={2: 1}),
        [(["Ada"], ["said"], ["no"])],
    ),
    "words without role are no relation": (Draft("Ada went home .", "...."), []),
    "a source and a cue without content are no relation": (Draft("Ada said .", "SU."), []),
    "a source of several words after its cue": (
        Draft("“ We go ” , said Ada van Berg .", "Cccc.USss."),
        [(["Ada van Berg"], ["said"], ["“ We go ”"])],
    ),
    "a cue of several words": (
        Draft("Ada refused to say that .", "SUuuC."),
        [(["Ada"], ["refused to say"], ["that"])],
    ),
    "a cue that points to no source": (
        Draft("Ada left . It is reported that all go .", "S...UuCccc", sources={4: None}),
        [([], ["is reported"], ["that all go ."])],
    ),
    "the source that gets the larger share": (
        Draft("Ada and Bo Ek said no .", "S.SsUC.", sources={4: {0: 0.4, 2: 0.5, None: 0.1}}),
        [(["Bo Ek"], ["said"], ["no"])],
    ),
    "an untagged source with the words that lean towards it": (
        Draft(
            "Mayor Ada Byron said no .", "...UC.", sources={3: 2}, leans={1: {"s": 0.8}, 2: {"s": 0.9}}
        ),
        [(["Ada Byron"], ["said"], ["no"])],
    ),
    "an untagged source does not reach into another paragraph": (
        Draft("Ada\nByron said no .", "..UC.", sources={2: 1}, leans={0: {"S": 0.9}, 1: {"s": 0.9}}),
        [(["Byron"], ["said"], ["no"])],
    ),
    "a content that points nowhere is none outside of quotation marks": (
        Draft("All go home .", "Cccc", cues=pointing(range(4), None)),
        [],
    ),
    "a content that points nowhere stays inside quotation marks": (
        Draft("“ All go home . ” It rains .", "Cccccc...", cues=pointing(range(6), None)),
        [([], [], ["“ All go home . ”"])],
    ),
    "a quotation that goes on in the next paragraph keeps its cue": (
        Draft("Ada said : “ We go .\n“ We stay . ”", "SU.CcccCcccc", cues=pointing(range(7, 12), None)),
        [(["Ada"], ["said"], ["“ We go .", "“ We stay . ”"])],
    ),
    "what comes after other words does not take up the last cue": (
        Draft("Ada said : “ We go . ” Bo left . “ We stay . ”", "SU.Ccccc...Ccccc", cues=pointing(range(11, 16), None)),
        [(["Ada"], ["said"], ["“ We go . ”"]), ([], [], ["“ We stay . ”"])],
    ),
    "a content that a window cuts is one, where its cue is in sight of both": (
        Draft("Ada said that we go and that they stay .", "SUCccccccc", windows=(0, 5), context=5),
        [(["Ada"], ["said"], ["that we go and that they stay ."])],
    ),
    "a content that a window cuts is one, where its cue is out of the second one's sight": (
        Draft(
            "Ada said that we go and that they stay .",
            "SUCccccccc",
            windows=(0, 5),
            cues=pointing(range(5, 10), None),
        ),
        [(["Ada"], ["said"], ["that we go and that they stay ."])],
    ),
    "a window that cuts a content where it goes over to another cue": (
        Draft("Ada said we go they stay said Bo .", "SUCcccUS.", windows=(0, 4), cues={2: 1, 3: 1, 4: 6, 5: 6},
              sources={6: 7}),
        [(["Ada"], ["said"], ["we go"]), (["Bo"], ["said"], ["they stay"])],
    ),
    "a content begins at a window's edge": (
        Draft("Ada said we go and added they stay .", "SUCc.UCc.", windows=(0, 6), context=6,
              cues=pointing((2, 3), 1) | pointing((6, 7), 5)),
        [(["Ada"], ["said"], ["we go"]), (["Ada"], ["added"], ["they stay"])],
    ),
    "windows of whole paragraphs": (
        Draft("Ada said we go .\nIt rains .\nBo said they stay .", "SUCc....SUCc.", windows=(0, 5, 8),
              cues=pointing((10, 11), 9), sources={9: 8}),
        [(["Ada"], ["said"], ["we go"]), (["Bo"], ["said"], ["they stay"])],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("draft", "expected"), CASES.values(), ids=CASES.keys())
def test_decode_joins_contents_cue_and_source(draft, expected):
    assert found(draft) == expected


def test_decode_finds_nothing_in_nothing():
    empty = np.zeros((0, 2), dtype=np.int32)
    reading = Draft("Ada", ".").read()
    nothing = Words(*(getattr(reading.words, name)[:0] for name in Words.__slots__[:-1]), np.zeros(1, dtype=np.int32))
    nothing = replace(nothing, spans=empty)
    assert decode(replace(reading, words=nothing, tags=reading.tags[:0])) == []


STRAY = Draft(
    "Ada said : “ We go . ” A “ peace train ” left .", "SU.Ccccc..Ccc..",
    cues=pointing(range(10, 13), {1: 0.2, None: 0.1, 13: 0.7}), leans={},
)  # fmt: skip


@pytest.mark.parametrize(("fragment_mass", "kept"), [(0.05, 2), (0.9, 1)])
def test_decode_drops_a_content_that_hardly_points_to_the_cue_of_a_better_one(fragment_mass, kept):
    draft = replace(STRAY, cues=pointing(range(10, 13), {1: 0.45, 0: 0.3, None: 0.25}))
    ((_, _, contents),) = found(draft, fragment_mass=fragment_mass)
    assert contents == ["“ We go . ”", "peace train ”"][:kept]


def test_decode_keeps_a_content_that_hardly_points_to_its_cue_when_there_is_no_better():
    draft = Draft("Ada said no .", "SUC.", cues={2: {1: 0.45, 0: 0.3, None: 0.25}})
    assert found(draft, fragment_mass=0.9) == [(["Ada"], ["said"], ["no"])]


@pytest.mark.parametrize(("orphan_quoted", "kept"), [(0.1, 1), (0.9, 0)])
def test_decode_keeps_a_content_without_cue_by_its_share_inside_quotation_marks(orphan_quoted, kept):
    # two of its six words are inside
    draft = Draft("All “ go home ” now", "Cccccc", cues=pointing(range(6), None))
    assert len(found(draft, orphan_quoted=orphan_quoted)) == kept


@pytest.mark.parametrize(("switch_penalty", "expected"), [(0.1, 2), (20.0, 1)])
def test_decode_changes_cue_the_less_the_more_it_costs(switch_penalty, expected):
    draft = Draft("Ada said we go they stay Bo agreed .", "SUCcccSU.", cues=pointing((4, 5), {7: 0.9, 1: 0.1}),
                  sources={7: 6})  # fmt: skip
    assert len(found(draft, switch_penalty=switch_penalty)) == expected


@pytest.mark.parametrize(("untagged_cue", "expected"), [(0.3, [["told"]]), (0.9, [[]])])
def test_decode_takes_an_untagged_word_for_a_cue_from_its_share_on(untagged_cue, expected):
    draft = Draft("Ada told “ all of us go ”", "S.Cccccc", cues=pointing(range(2, 8), {1: 0.6, None: 0.4}))
    assert [cues for _, cues, _ in found(draft, untagged_cue=untagged_cue)] == expected


@pytest.mark.parametrize(("bias", "sources"), [(-2.0, ["Ada"]), (0.0, ["Ada"]), (2.0, [])])
def test_decode_has_no_source_the_more_null_is_favoured(bias, sources):
    draft = Draft("Ada said no .", "SUC.", sources={1: {0: 0.6, None: 0.4}})
    assert found(draft, null_source_bias=bias) == [(sources, ["said"], ["no"])]


@pytest.mark.parametrize(("bias", "count"), [(0.0, 1), (5.0, 0)])
def test_decode_finds_less_the_more_standing_outside_is_favoured(bias, count):
    draft = Draft("Ada said no .", "SUC.", leans={2: {".": 0.5}})
    assert len(found(draft, outside_bias=bias)) == count


def test_decode_gives_offsets_into_the_text():
    draft = Draft("Ada said that\nwe go .", "SUCccc")
    (relation,) = relations(draft)
    assert (relation.sources, relation.cues, relation.contents) == (((0, 3),), ((4, 8),), ((9, 21),))


def evidence(draft, **options):
    (relation,) = relations(draft, **options)
    return dict(zip(EVIDENCE, relation.evidence, strict=True))


FIRM = Draft("Ada said that we go .", "SUCccc")


def test_decode_gives_a_number_for_each_kind_of_evidence():
    assert all(math.isfinite(number) for number in evidence(FIRM).values())


@pytest.mark.parametrize(
    ("name", "weaker"),
    [
        ("content", replace(FIRM, leans={3: {".": 0.5}})),
        ("start", replace(FIRM, leans={2: {"c": 0.5}})),
        ("end", Draft("Ada said that we go .", "SUCcc.", leans={5: {"c": 0.8}})),
        ("weakest", replace(FIRM, leans={3: {".": 0.5}})),
        ("cue", replace(FIRM, leans={1: {".": 0.5}})),
        ("pointer", replace(FIRM, cues=pointing(range(2, 6), {1: 0.7, None: 0.3}))),
        ("source", replace(FIRM, sources={1: {0: 0.7, None: 0.3}})),
        ("sourced", replace(FIRM, sources={1: None})),
        ("length", Draft("Ada said no .", "SUC.")),
    ],
)
def test_decode_has_less_evidence_where_the_reading_is_weaker(name, weaker):
    assert evidence(weaker)[name] < evidence(FIRM)[name]


def test_decode_counts_the_words_inside_quotation_marks_and_the_contents():
    quoted = evidence(Draft("“ We go , ” Ada said , “ and stay . ”", "CccccSU.Ccccc"))
    # six of ten: the marks themselves stand neither inside nor outside
    assert quoted["quoted"] == pytest.approx(0.6)
    assert quoted["fragments"] == 1
    assert evidence(FIRM)["quoted"] == 0


def weighing(**weights):
    return Calibration(tuple(weights.get(name, 0.0) for name in EVIDENCE), weights.get("bias", 0.0))


def test_confidence_is_the_logistic_of_the_weighed_evidence():
    (relation,) = decode(FIRM.read(), TUNED, weighing(sourced=1.5, fragments=-4.0, bias=-0.5))
    assert relation.confidence == pytest.approx(1 / (1 + math.exp(-(1.5 - 0.5))))


@pytest.mark.parametrize("bias", [-1e6, -40.0, 40.0, 1e6])
def test_confidence_stays_a_probability_for_any_evidence(bias):
    assert 0 < weighing(bias=bias).confidence((0.0,) * len(EVIDENCE)) < 1


def test_decode_drops_what_it_is_less_sure_of_than_asked():
    draft = CASES["two cues share a source"][0]
    firm = replace(draft, sources={1: 0, 4: None})
    calibration = weighing(sourced=4.0, bias=-2.0)
    kept = decode(firm.read(), replace(TUNED, minimum_confidence=0.5), calibration)
    assert [draft.text[s:e] for relation in kept for s, e in relation.cues] == ["said"]


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(1, 60), st.integers(1, 5))
def test_decode_gives_each_word_to_one_content_whatever_the_reading_says(seed, length, windows):
    random = np.random.default_rng(seed)
    text = " ".join(random.choice(["a", "“", "”", "Ada", ","], size=length))
    text = text.replace("Ada a", "Ada\na")
    starts = tuple(sorted({0, *random.integers(0, length, size=windows - 1).tolist()}))
    reading = Draft(text, "." * length, windows=starts, context=int(random.integers(0, 8))).read()
    reading = replace(
        reading,
        tags=random.normal(size=reading.tags.shape, scale=3).astype(np.float32),
        vectors=random.normal(size=reading.vectors.shape, scale=2).astype(np.float32),
        nulls=random.normal(size=reading.nulls.shape, scale=2).astype(np.float32),
    )
    contents = []
    for relation in decode(reading, TUNED):
        assert len(relation.cues) <= 1
        assert len(relation.sources) <= len(relation.cues)
        for span in (*relation.sources, *relation.cues, *relation.contents):
            assert 0 <= span[0] < span[1] <= len(text)
        assert list(relation.contents) == sorted(relation.contents)
        contents += relation.contents
    assert all(one[1] <= other[0] for one, other in pairwise(sorted(contents)))


def test_decode_points_twice_for_each_window_whatever_it_holds(monkeypatch):
    pointers, calls = View.pointers, 0

    def counted(*args):
        nonlocal calls
        calls += 1
        return pointers(*args)

    monkeypatch.setattr(View, "pointers", counted)
    draft = Draft(
        " ".join(["Ada said we go ."] * 20),
        "SUCc." * 20,
        cues={i: i // 5 * 5 + 1 for i in range(100)},
        sources={i: i - 1 for i in range(1, 100, 5)},
        windows=tuple(range(0, 100, 10)),
    )
    assert len(found(draft)) == 20
    assert calls == 10 + 10


def test_load_parameters_reads_what_lies_beside_the_model(shipped_model):
    decoding, calibration = load_parameters(shipped_model / "decoding.json")
    assert 0 < decoding.fragment_mass < 1
    assert len(calibration.weights) == len(EVIDENCE)


def test_as_json_is_a_value_of_attribution_jsonl():
    (relation,) = relations(FIRM)
    assert as_json(relation) == {
        "sources": [[0, 3]],
        "cues": [[4, 8]],
        "contents": [[9, 21]],
        "confidence": 0.5,
    }

"""Turns the corpora into training examples: the words of the package's encoder, with labels.

Every label array has one entry a word; IGNORED marks words without that annotation.
"""

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from quotes.encoder import NAMES, POS, TAGS
from quotes.words import WordReader, Words

Labels = npt.NDArray[np.int64]
Document = dict[str, Any]

IGNORED = -100
#: Pointer target of a word whose cue or source does not exist.
NULL = -1

#: Whose idea of an attribution a document follows; the shipped model speaks for the first.
GUIDELINES = ("polnear", "gum", "ewt")

#: Kinds of dependency without subtypes, of PolNeAR's silver layer (UD 1) and of GUM and EWT (UD 2), less rare ones.
RELATIONS = (
    *("acl", "advcl", "advmod", "amod", "appos", "aux", "auxpass", "case", "cc", "ccomp", "compound", "conj", "cop"),
    *("csubj", "dep", "det", "discourse", "dobj", "expl", "fixed", "flat", "goeswith", "iobj", "list", "mark", "mwe"),
    *("neg", "nmod", "nsubj", "nsubjpass", "nummod", "obj", "obl", "orphan", "parataxis", "punct", "reparandum"),
    *("root", "vocative", "xcomp"),
)

HELD_OUT = 40
#: Of re3d's documents every so many is kept back, to measure names on.
RE3D_KEPT_BACK = 4

_PTB_TO_UPOS = {
    **dict.fromkeys(("NN", "NNS"), "NOUN"),
    **dict.fromkeys(("NNP", "NNPS"), "PROPN"),
    **dict.fromkeys(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"), "VERB"),
    **dict.fromkeys(("JJ", "JJR", "JJS"), "ADJ"),
    **dict.fromkeys(("RB", "RBR", "RBS", "WRB"), "ADV"),
    **dict.fromkeys(("PRP", "PRP$", "WP", "WP$", "EX"), "PRON"),
    **dict.fromkeys(("DT", "PDT", "WDT"), "DET"),
    **dict.fromkeys(("POS", "TO"), "PART"),
    "IN": "ADP",
    "RP": "ADP",
    "CC": "CCONJ",
    "CD": "NUM",
    "MD": "AUX",
    "UH": "INTJ",
    "FW": "X",
    "LS": "X",
    **dict.fromkeys(("$", "#", "SYM"), "SYM"),
    **dict.fromkeys((".", ",", ":", "``", "''", "-LRB-", "-RRB-", "HYPH", "NFP"), "PUNCT"),
}
_AUXILIARIES = frozenset({"aux", "auxpass", "cop"})
_NAME_TYPES = {"PERSON": "PERSON", "ORGANIZATION": "ORGANIZATION", "LOCATION": "LOCATION", "PLACE": "LOCATION"}
_INSIDE_NAMES = frozenset({"of", "the", "and", "for", "&", "-"})


@dataclass(frozen=True, slots=True)
class SoftLabels:
    """What teachers say of a document's words, one row a word.

    tags: [N, TAGS] chances. cues, sources: [N, K] numbers of the words that are pointed to, NULL for none;
    cue_chances, source_chances: [N, K] how far, times the chance that the word is one that points at all.
    """

    tags: npt.NDArray[np.float16]
    cues: Labels
    cue_chances: npt.NDArray[np.float16]
    sources: Labels
    source_chances: npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Example:
    """A document with what is known of its words.

    guideline: index into GUIDELINES. tags, names, pos: indices into TAGS, NAMES, POS. sentences: 1 where
    one begins. cues: for content words the number of the cue's first word, or NULL. sources: for first
    words of cues the number of the source's first word, or NULL. parents: for first words of tokens the
    number of the word that they hang on, NULL for the root of a sentence; relations: how, an index into RELATIONS.
    """

    id: str
    guideline: int
    words: Words
    tags: Labels
    cues: Labels
    sources: Labels
    names: Labels
    pos: Labels
    sentences: Labels
    parents: Labels
    relations: Labels
    soft: SoftLabels | None = None

    @property
    def attributed(self) -> bool:
        """Whether the document's attributions are annotated."""
        return len(self.tags) > 0 and bool(self.tags[0] != IGNORED)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Examples by use: `core` is PolNeAR, `held_out` the part of it kept from training.

    unlabelled: the other texts once more, under PolNeAR's guideline and without attributions, for teachers to label.
    """

    core: list[Example]
    held_out: list[Example]
    other_attributions: list[Example]
    linguistic: list[Example]
    unlabelled: list[Example]


def read_corpus(path: Path) -> list[Document]:
    """The documents of a corpus file (JSON lines, gzipped or not)."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def held_out_ids(documents: Sequence[Document]) -> frozenset[str]:
    """The training articles for decoding parameters and calibration: the first by hash of their id."""
    ids = sorted((d["id"] for d in documents), key=lambda i: hashlib.sha256(i.encode()).hexdigest())
    return frozenset(ids[:HELD_OUT])


def fold_of(id_: str, folds: int) -> int:
    """Which of `folds` parts a document belongs to, by hash of its id."""
    return int(hashlib.sha256(f"fold {id_}".encode()).hexdigest(), 16) % folds


def re3d_split(documents: Sequence[Document]) -> tuple[list[Document], list[Document]]:
    """re3d for training, and the part kept back."""
    ordered = sorted(documents, key=lambda d: hashlib.sha256(d["id"].encode()).hexdigest())
    kept_back = ordered[::RE3D_KEPT_BACK]
    return [d for d in ordered if d not in kept_back], kept_back


def prepare(corpora: Path, reader: WordReader) -> Corpus:
    """All examples of the folder `corpora`; nothing from a -dev file, nor a text that one of them has."""

    def read(name: str) -> list[Document]:
        return read_corpus(corpora / f"{name}.jsonl.gz")

    def by_id(name: str) -> dict[str, Document]:
        return {d["id"]: d for d in read(name)}

    polnear, silver = read("polnear-train"), by_id("polnear-silver-train")
    held_out = held_out_ids(polnear)
    core = [make_example(reader, d, silver.get(d["id"]), 0) for d in polnear]
    other: list[Example] = []
    linguistic: list[Example] = []
    for guideline, prefix in ((1, "gum"), (2, "ewt")):
        layers = by_id(f"{prefix}-train")
        attributions = read(f"{prefix}-attributions-train")
        dev = {d["id"] for d in read(f"{prefix}-attributions-dev")}
        other += [make_example(reader, d, _same_text(layers.get(d["id"]), d), guideline) for d in attributions]
        seen = dev | {d["id"] for d in attributions}
        linguistic += [make_example(reader, d, d, guideline) for d in layers.values() if d["id"] not in seen]
    named = [*re3d_split(read("re3d-ner-train"))[0], *read("wikigold-ner")]
    linguistic += [make_example(reader, d, d, 0) for d in named]
    return Corpus(
        core=[e for e in core if e.id not in held_out],
        held_out=[e for e in core if e.id in held_out],
        other_attributions=other,
        linguistic=linguistic,
        unlabelled=[_unlabelled(e) for e in [*other, *linguistic]],
    )


def _unlabelled(example: Example) -> Example:
    blank = _blank(example.words)
    return replace(example, id=f"{example.id} unlabelled", guideline=0, tags=blank, cues=blank, sources=blank)


def with_soft_labels(corpus: Corpus, path: Path) -> Corpus:
    """The corpus with what training.distil wrote to `path`, for each document that it has."""
    with np.load(path) as stored:
        parts = {name: stored[name] for name in stored.files}
    bounds = np.concatenate([[0], np.cumsum(parts["sizes"])])
    rows = {id_: slice(a, b) for id_, a, b in zip(parts["ids"].tolist(), bounds, bounds[1:], strict=False)}

    def softened(example: Example) -> Example:
        own = rows.get(example.id)
        if own is None:
            return example
        return replace(example, soft=SoftLabels(**{f.name: parts[f.name][own] for f in fields(SoftLabels)}))

    return replace(
        corpus,
        core=[softened(e) for e in corpus.core],
        unlabelled=[softened(e) for e in corpus.unlabelled],
    )


def _same_text(layer: Document | None, document: Document) -> Document | None:
    """`layer` if its offsets fit the document."""
    return layer if layer is not None and layer["text"] == document["text"] else None


def make_example(reader: WordReader, document: Document, layer: Document | None, guideline: int) -> Example:
    """Reads a document; `layer` is where its tokens, tags, sentences and names come from, if anywhere."""
    words = reader.read(document["text"])
    tags, cues, sources = _attribution_labels(words, document.get("attributions"))
    pos, sentences = _token_labels(words, layer)
    parents, relations = _dependency_labels(words, layer)
    return Example(
        id=document["id"],
        guideline=guideline,
        words=words,
        tags=tags,
        cues=cues,
        sources=sources,
        names=_name_labels(words, layer),
        pos=pos,
        sentences=sentences,
        parents=parents,
        relations=relations,
    )


def _blank(words: Words) -> Labels:
    return np.full(len(words), IGNORED, dtype=np.int64)


class _Locator:
    """Finds the words that a character span overlaps."""

    def __init__(self, words: Words) -> None:
        self._starts, self._ends = words.spans[:, 0], words.spans[:, 1]

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Half-open numbers of the words that overlap [start, end)."""
        first = int(np.searchsorted(self._ends, start, side="right"))
        return first, max(first, int(np.searchsorted(self._starts, end)))

    def ranges(self, spans: Iterable[Sequence[int]]) -> list[tuple[int, int]]:
        found = [self.range(s, e) for s, e in spans]
        return sorted((a, b) for a, b in found if b > a)


def _attribution_labels(words: Words, attributions: list[dict[str, Any]] | None) -> tuple[Labels, Labels, Labels]:
    """Tags and both pointers; where relations overlap, cue goes before source before shorter content."""
    tags, cues, sources = _blank(words), _blank(words), _blank(words)
    if attributions is None:
        return tags, cues, sources
    tags[:] = 0
    locator = _Locator(words)
    relations = [tuple(locator.ranges(a[role]) for role in ("sources", "cues", "contents")) for a in attributions]
    relations.sort(key=lambda r: -sum(b - a for a, b in r[2]))
    for _, cue, contents in relations:
        for a, b in contents:
            _paint(tags, a, b, "CONTENT")
            cues[a:b] = cue[0][0] if cue else NULL
    for role, which in (("SOURCE", 0), ("CUE", 1)):
        for relation in relations:
            for a, b in relation[which]:
                _paint(tags, a, b, role)
                cues[a:b] = IGNORED
    for source, cue, _ in relations:
        if cue:
            sources[cue[0][0]] = source[0][0] if source else NULL
    return tags, cues, sources


def _paint(labels: Labels, start: int, end: int, role: str, names: tuple[str, ...] = TAGS) -> None:
    labels[start:end] = names.index(f"I-{role}")
    labels[start] = names.index(f"B-{role}")


def _token_labels(words: Words, layer: Document | None) -> tuple[Labels, Labels]:
    """Coarse part of speech and sentence starts, for each word that a token of `layer` begins or holds."""
    pos, sentences = _blank(words), _blank(words)
    if layer is None or "tokens" not in layer:
        return pos, sentences
    locator = _Locator(words)
    upos = layer.get("upos") or _universal(layer)
    # A silver layer tags title-case headlines badly; documents of the gold corpora have `upos`.
    skip = int(np.searchsorted(words.paragraphs, 1)) if "upos" not in layer else 0
    for i, (start, end) in enumerate(layer["tokens"]):
        a, b = locator.range(start, end)
        sentences[a:b] = 0
        if upos and upos[i] in POS and a >= skip:
            pos[a:b] = POS.index(upos[i])
    for i in layer["sent_starts"]:
        a, b = locator.range(*layer["tokens"][i])
        if b > a:
            sentences[a] = 1
    return pos, sentences


def _dependency_labels(words: Words, layer: Document | None) -> tuple[Labels, Labels]:
    """What each token's first word hangs on, and how; of two tokens within one word nothing is known."""
    parents, relations = _blank(words), _blank(words)
    if layer is None or "head" not in layer:
        return parents, relations
    locator = _Locator(words)
    places = [locator.range(start, end) for start, end in layer["tokens"]]
    for i, (parent, relation) in enumerate(zip(layer["head"], layer["dep"], strict=True)):
        (first, end), (above, above_end) = places[i], places[parent]
        if first == end or above == above_end or (first == above and parent != i):
            continue
        parents[first] = NULL if parent == i else above
        kind = relation.partition(":")[0]
        if kind in RELATIONS:
            relations[first] = RELATIONS.index(kind)
    return parents, relations


def _universal(layer: Document) -> list[str]:
    """Coarse tags from Penn tags, with auxiliaries and subordinators told by their dependency."""
    coarse = []
    for tag, dep in zip(layer.get("tag", ()), layer.get("dep", ()), strict=True):
        if tag.startswith("V") and dep in _AUXILIARIES:
            coarse.append("AUX")
        elif tag == "IN" and dep == "mark":
            coarse.append("SCONJ")
        else:
            coarse.append(_PTB_TO_UPOS.get(tag, "X"))
    return coarse


def _name_labels(words: Words, layer: Document | None) -> Labels:
    labels = _blank(words)
    if layer is None:
        return labels
    spans = named_spans(layer)
    if spans is None:
        return labels
    labels[:] = 0
    locator = _Locator(words)
    for start, end, kind in spans:
        a, b = locator.range(start, end)
        if b > a:
            _paint(labels, a, b, kind, NAMES)
    return labels


def named_spans(layer: Document) -> list[tuple[int, int, str]] | None:
    """Names of people, organisations and places in the layer, by whichever key it has them; None without."""
    if "entity_wiki" in layer:
        return list(_named_mentions(layer))
    if "entities" in layer:
        named = (e for e in layer["entities"] if e[3] == "name")
        return [(e[0], e[1], _NAME_TYPES[e[2]]) for e in named if e[2] in _NAME_TYPES]
    ner = layer.get("ner")
    if ner is None:
        return None
    if ner and isinstance(ner[0], str):
        return list(_runs(layer["tokens"], ner))
    return [(s, e, _NAME_TYPES[kind]) for s, e, kind in ner if kind in _NAME_TYPES]


def _runs(tokens: list[list[int]], kinds: list[str]) -> Iterator[tuple[int, int, str]]:
    """Stretches of tokens of one kind of name."""
    i = 0
    while i < len(kinds):
        j = i + 1
        while j < len(kinds) and kinds[j] == kinds[i]:
            j += 1
        if kinds[i] in _NAME_TYPES:
            yield tokens[i][0], tokens[j - 1][1], _NAME_TYPES[kinds[i]]
        i = j


def _named_mentions(layer: Document) -> Iterator[tuple[int, int, str]]:
    """The names that head GUM's entities: proper nouns around the head, with the small words between."""
    tokens, text = layer["tokens"], layer["text"]
    starts, ends = {s: i for i, (s, _) in enumerate(tokens)}, {e: i for i, (_, e) in enumerate(tokens)}
    proper = [tag in ("NNP", "NNPS") for tag in layer["tag"]]
    for start, end, kind, _ in sorted(layer["entities"], key=lambda e: e[0] - e[1]):
        if kind.upper() not in _NAME_TYPES or start not in starts or end not in ends:
            continue
        first, last = starts[start], ends[end]
        heads = [i for i in range(first, last + 1) if not first <= layer["head"][i] <= last or layer["head"][i] == i]
        if not heads or not proper[heads[0]]:
            continue
        a = b = heads[0]
        while a > first and (proper[a - 1] or _joins(text, tokens[a - 1], proper, a - 2, first)):
            a -= 1
        while b < last and (proper[b + 1] or (b + 2 <= last and _small(text, tokens[b + 1]) and proper[b + 2])):
            b += 1
        yield tokens[a][0], tokens[b][1], _NAME_TYPES[kind.upper()]


def _joins(text: str, token: list[int], proper: list[bool], before: int, first: int) -> bool:
    return before >= first and proper[before] and _small(text, token)


def _small(text: str, token: list[int]) -> bool:
    return text[token[0] : token[1]] in _INSIDE_NAMES

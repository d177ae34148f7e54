"""Trains whom he and she mean: `python -m training.pronouns --corpora DIR --out src/quotes/data/pronouns.json`.

Learns from the training parts of GUM, GAP and PolNeAR (its automatic coreference layer) and from the answers for
articles of PolNeAR in `training/labels`, each text read by the shipped model, so that the ranker sees what it will see.
Prints how often the best answer is right on the development parts and, by cross-validation over documents, on the
training parts themselves.
"""

import argparse
import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import spacy
from spacy.language import Language

from quotes.evaluate.names import same_person
from quotes.extract import extract
from quotes.model import Extraction
from quotes.resolve.candidates import PRONOUN, Question, Reader
from quotes.resolve.features import FEATURES, NOBODY
from quotes.resolve.layout import Layout, inside_marks
from quotes.resolve.mentions import people_named
from quotes.resolve.people import NameMention, Person, find_people
from quotes.resolve.places import Statement
from quotes.resolve.pronouns import Weights, softmax
from quotes.resolve.roles import meant_by, printed_roles
from training.prepare import Document, read_corpus

_LABELS = Path(__file__).parent / "labels" / "news-speakers.jsonl"
_LABEL_WEIGHT = 5.0
_FOLDS = 5
_RIDGE = 1e-2
_STEPS = 400
_RATE = 0.5


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and the number of the right candidate; that of nobody is their count.

    `group`: the document. `weight`: how often it counts. `speaks`: whether the pronoun is a statement's source.
    """

    question: Question
    right: int
    group: str
    weight: float = 1.0
    speaks: bool = False


class Text:
    """A text as it is resolved: what the extractor finds, the people named, and a reader of the pronouns."""

    def __init__(self, text: str, extraction: Extraction, extra: Sequence[NameMention] = ()) -> None:
        self.text = text
        kept = [
            m
            for m in people_named(extraction.names, text)
            if not any(m.start < other.end and other.start < m.end for other in extra)
        ]
        self.people = find_people([*kept, *extra], text)
        roles = [[role.words for role in printed] for printed in printed_roles(self.people, text)]
        statements = [Statement.of(quote) for quote in extraction.quotes if quote.sources]
        self.sources = {statement.source for statement in statements}
        offices = [
            (*Statement.of(quote).source, person)
            for quote in extraction.quotes
            if quote.sources
            and quote.mention
            and (person := meant_by(quote.mention, quote.sources[0].start, self.people, roles))
        ]
        self.reader = Reader(Layout(text, inside_marks(extraction.marks)), self.people, statements, offices)

    def person_at(self, start: int, end: int) -> Person | None:
        """Who is named in [start, end), by the first name in it."""
        found = [(m.start, i) for i, p in enumerate(self.people) for m in p.mentions if start <= m.start < end]
        return self.people[min(found)[1]] if found else None


def read(document: Document, extra: Sequence[NameMention] = ()) -> Text:
    """The document's text as the shipped model reads it."""
    return Text(document["text"], extract(_nlp().make_doc(document["text"])), extra)


@cache
def _nlp() -> Language:
    return spacy.blank("en")


def _answered(read: Text, document: Document, owners: Mapping[tuple[int, int], Person | None]) -> Iterator[Answered]:
    """The pronouns whose answer is known; the reader is told these and, of the others, nothing."""
    for pronoun in PRONOUN.finditer(read.text):
        question = read.reader.ask(pronoun)
        if pronoun.span() not in owners:
            continue
        owner = owners[pronoun.span()]
        right = next((i for i, p in enumerate(question.candidates) if p is owner), len(question.candidates))
        yield Answered(question, right, document["id"], speaks=pronoun.span() in read.sources)
        read.reader.answer(pronoun, owner)


def from_gum(documents: Sequence[Document]) -> Iterator[Answered]:
    """Every he and she of GUM that is annotated, with the people that are found, by their gold chains."""
    for document in documents:
        found = read(document)
        chain_of = {id(person): _chain(person, document["entities"]) for person in found.people}
        by_chain = {chain: person for person in reversed(found.people) if (chain := chain_of[id(person)]) is not None}
        owners = {(start, end): by_chain.get(chain) for start, end, _, chain in document["entities"]}
        yield from _answered(found, document, owners)


def _chain(person: Person, entities: Sequence[tuple[int, int, str, int]]) -> int | None:
    """The chain of the smallest entity around the person's first mention."""
    first = person.mentions[0]
    around = [(end - start, chain) for start, end, _, chain in entities if start <= first.start and first.end <= end]
    return min(around)[1] if around else None


def from_polnear(documents: Sequence[Document], silver: Mapping[str, Document]) -> Iterator[Answered]:
    """Sources that are he or she, with the people that are found and PolNeAR's automatic chains: noisy answers."""
    for document in documents:
        layer = silver.get(document["id"])
        if layer is None:
            continue
        found = read(document)
        owners = _owners(found.people, layer["coref"])
        yield from (a for a in _answered(found, document, owners) if a.speaks and _is_credible(a))


def _is_credible(answered: Answered) -> bool:
    """Whether an automatic answer names somebody, and not whom the speaker names: what a speaker says misleads it."""
    if answered.right == len(answered.question.candidates):
        return False
    features = dict(zip(FEATURES, answered.question.features[answered.right], strict=True))
    return not features["own words"] and not features["quoted"]


def _owners(people: Sequence[Person], chains: Sequence[Sequence[Sequence[int]]]) -> dict[tuple[int, int], Person]:
    """For each span of a chain, the person whose names most of the chain's spans hold."""
    at = {mention.start: person for person in people for mention in person.mentions}
    starts = sorted(at)
    owners: dict[tuple[int, int], Person] = {}
    for chain in chains:
        named = [
            at[start]
            for first, last in chain
            for start in starts[bisect_left(starts, first) : bisect_left(starts, last)][:1]
        ]
        if named:
            owner = max(named, key=lambda person: sum(other is person for other in named))
            owners |= dict.fromkeys(map(tuple, chain), owner)
    return owners


def from_gap(documents: Sequence[Document], before: Weights) -> Iterator[Answered]:
    """GAP's questions, every name a candidate; names A and B are given, earlier pronouns are resolved by `before`."""
    for document in documents:
        spans = {key: tuple(document[key]) for key in ("a", "b")}
        text, target = document["text"], spans.get(document["label"].lower())
        given = [NameMention(start, end, tuple(text[start:end].split())) for start, end in spans.values()]
        found = read(document, given)
        for pronoun in PRONOUN.finditer(text):
            question = found.reader.ask(pronoun)
            if pronoun.start() < document["pronoun"][0]:
                best = int(np.argmax(softmax(before, question)))
                found.reader.answer(pronoun, (*question.candidates, None)[best])
                continue
            owner = found.person_at(*target) if target else None
            right = next((i for i, p in enumerate(question.candidates) if p is owner), len(question.candidates))
            yield Answered(question, right, document["id"])
            break


def from_labels(documents: Mapping[str, Document], labels: Sequence[Document]) -> Iterator[Answered]:
    """Sources that are he or she in articles of PolNeAR, with the answers of a careful reader."""
    for label in labels:
        document = documents[label["id"]]
        found = read(document)
        owners: dict[tuple[int, int], Person | None] = {}
        for item in label["items"]:
            named = [p for p in found.people if item["kind"] == "person" and same_person(p.name, item["names"])]
            owners[item["source"][0], item["source"][1]] = named[0] if named else None
        yield from (replace(a, weight=_LABEL_WEIGHT) for a in _answered(found, document, owners) if a.speaks)


def train(answered: Sequence[Answered]) -> Weights:
    """Ridge softmax regression by gradient descent with a step for each weight."""
    n = len(FEATURES) + len(NOBODY)
    rows, owners, targets = _design(answered)
    importance = np.array([item.weight for item in answered])
    importance *= len(importance) / importance.sum()
    spread = rows.std(axis=0) + 1e-6
    scaled = rows / spread
    weights, momentum, second = np.zeros(n), np.zeros(n), np.zeros(n)
    bounds = np.flatnonzero(np.diff(owners, prepend=-1))
    for step in range(1, _STEPS + 1):
        scores = scaled @ weights
        scores -= np.maximum.reduceat(scores, bounds)[owners]
        raised = np.exp(scores)
        chances = raised / np.add.reduceat(raised, bounds)[owners]
        gradient = scaled.T @ ((chances - targets) * importance[owners]) / len(bounds) + _RIDGE * weights
        momentum = 0.9 * momentum + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        rate = _RATE * (1 - step / _STEPS)
        weights -= rate * (momentum / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8) * 0.2
    weights = weights / spread
    return Weights(tuple(weights[: len(FEATURES)].tolist()), tuple(weights[len(FEATURES) :].tolist()))


def _design(
    answered: Sequence[Answered],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """A row for each candidate and each nobody, the question it belongs to, and 1 for the right one."""
    rows, owners, targets = [], [], []
    for number, item in enumerate(answered):
        for i, features in enumerate(item.question.features):
            rows.append([*features, *([0.0] * len(NOBODY))])
            owners.append(number)
            targets.append(float(i == item.right))
        rows.append([*([0.0] * len(FEATURES)), *item.question.nobody])
        owners.append(number)
        targets.append(float(item.right == len(item.question.features)))
    return np.array(rows), np.array(owners), np.array(targets)


def accuracy(weights: Weights, answered: Sequence[Answered]) -> tuple[float, float]:
    """Share of questions whose best answer is right, and the same among the surer half."""
    right, sure = [], []
    for item in answered:
        chances = softmax(weights, item.question)
        best = int(np.argmax(chances))
        right.append(best == item.right)
        sure.append(chances[best])
    half = np.array(sure) >= np.median(sure)
    return float(np.mean(right)), float(np.array(right)[half].mean())


def cross_validated(parts: Mapping[str, Sequence[Answered]]) -> dict[str, float]:
    """Each part's share right, when each fold of documents is answered by weights trained on all other documents."""
    everything = [item for part in parts.values() for item in part]
    groups = {group: i % _FOLDS for i, group in enumerate(sorted({item.group for item in everything}))}
    right = dict.fromkeys(parts, 0.0)
    for fold in range(_FOLDS):
        weights = train([item for item in everything if groups[item.group] != fold])
        for name, part in parts.items():
            tried = [item for item in part if groups[item.group] == fold]
            right[name] += accuracy(weights, tried)[0] * len(tried) if tried else 0.0
    return {name: total / len(parts[name]) for name, total in right.items()}


def main() -> None:
    """Runs the command that the module's docstring describes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()

    def corpus(name: str) -> list[Document]:
        return read_corpus(args.corpora / f"{name}.jsonl.gz")

    gum = list(from_gum(corpus("gum-train")))
    before = train(gum)
    gap = list(from_gap(corpus("gap-train"), before))
    articles = corpus("polnear-train")
    labels = [json.loads(line) for line in _LABELS.read_text(encoding="utf-8").splitlines()]
    fit = [label for label in labels if label["part"] == "fit"]
    kept_back = [label for label in labels if label["part"] == "held"]
    read_by_us = {label["id"] for label in fit}
    silver = {d["id"]: d for d in corpus("polnear-silver-train")}
    polnear = list(from_polnear([d for d in articles if d["id"] not in read_by_us], silver))
    news = list(from_labels({d["id"]: d for d in articles}, fit))
    parts = {"gum-train": gum, "gap-train": gap, "polnear-train": polnear, "news-fit": news}
    everything = [item for part in parts.values() for item in part]
    for name, right in cross_validated(parts).items():
        print(f"{name}: {len(parts[name])} questions, {100 * right:.1f} % right by cross-validation")
    weights = train(everything)
    polnear_dev = corpus("polnear-dev")
    for name, part in (
        ("gum-dev", list(from_gum(corpus("gum-dev")))),
        ("polnear-dev", list(from_polnear(polnear_dev, {d["id"]: d for d in corpus("polnear-silver-dev")}))),
        ("news-held", list(from_labels({d["id"]: d for d in polnear_dev}, kept_back))),
        ("gap-dev", list(from_gap(corpus("gap-dev"), before))),
    ):
        whole, surer = accuracy(weights, part)
        print(f"{name}: {len(part)} questions, {100 * whole:.1f} % right, of the surer half {100 * surer:.1f} %")
    data = {
        "person": {name: round(w, 4) for name, w in zip(FEATURES, weights.person, strict=True)},
        "nobody": {name: round(w, 4) for name, w in zip(NOBODY, weights.nobody, strict=True)},
    }
    args.out.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

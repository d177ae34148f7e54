"""Trains whom he and she mean: `python -m training.pronouns --corpora DIR --out src/quotes/data/pronouns.json`.

Learns from the training parts of GUM, GAP and PolNeAR (its automatic coreference layer) and prints how often the best
answer is right on their development parts and, by cross-validation over documents, on the training parts themselves.
"""

import argparse
import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from quotes.resolve.capitals import find_names
from quotes.resolve.names import strip_titles
from quotes.resolve.people import NameMention, Person, find_people
from quotes.resolve.pronouns import FEATURES, NOBODY, PRONOUN, Layout, Question, Reader, Weights, softmax
from training.prepare import Document, named_spans, read_corpus

_FOLDS = 5
_RIDGE = 2e-3
_STEPS = 400
_RATE = 0.5


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and the number of the right candidate; that of nobody is their count. `group`: the document."""

    question: Question
    right: int
    group: str


def from_gum(documents: Sequence[Document]) -> Iterator[Answered]:
    """Every he and she of GUM that is annotated, with the people by their gold names and chains."""
    for document in documents:
        text = document["text"]
        chains = {(start, end): chain for start, end, _, chain in document["entities"]}
        mentions = [
            NameMention(start, end, tuple(text[start:end].split()))
            for start, end, kind in named_spans(document)
            if kind == "PERSON"
        ]
        people = find_people(mentions, text)
        chain_of = {id(p): _chain(p, document["entities"]) for p in people}
        reader = Reader(Layout(text), people)
        for pronoun in PRONOUN.finditer(text):
            chain = chains.get(pronoun.span())
            question = reader.ask(pronoun)
            if chain is None:
                continue
            owners = [p for p in people if chain_of[id(p)] == chain]
            right = next((i for i, p in enumerate(question.candidates) if p in owners), len(question.candidates))
            yield Answered(question, right, document["id"])
            reader.answer(pronoun, owners[0] if owners else None)


def _chain(person: Person, entities: Sequence[tuple[int, int, str, int]]) -> int | None:
    """The chain of the smallest entity around the person's first mention."""
    first = person.mentions[0]
    around = [(end - start, chain) for start, end, _, chain in entities if start <= first.start and first.end <= end]
    return min(around)[1] if around else None


def from_polnear(documents: Sequence[Document], silver: Mapping[str, Document]) -> Iterator[Answered]:
    """Sources of PolNeAR that are he or she, with the people and the chains of its automatic layer: noisy answers."""
    for document in documents:
        layer = silver.get(document["id"])
        if layer is None:
            continue
        text = document["text"]
        mentions = [
            NameMention(start, end, tuple(strip_titles(text[start:end]).split()))
            for start, end, kind in named_spans(layer) or ()
            if kind == "PERSON"
        ]
        people = find_people([m for m in mentions if m.words], text)
        owners = _owners(people, layer["coref"])
        sources = [tuple(span) for a in document["attributions"] for span in a["sources"]]
        reader = Reader(Layout(text), people, sources)
        asked = set(sources)
        for pronoun in PRONOUN.finditer(text):
            question = reader.ask(pronoun)
            owner = owners.get(pronoun.span())
            if owner is not None and pronoun.span() in asked and owner in question.candidates:
                yield Answered(question, question.candidates.index(owner), document["id"])
            reader.answer(pronoun, owner)


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
    """GAP's questions; names A and B stand among all that capitals show, earlier pronouns are resolved by `before`."""
    for document in documents:
        text, label = document["text"], document["label"]
        spans = {key: tuple(document[key]) for key in ("a", "b")}
        mentions = [
            NameMention(name.start, name.end, name.words)
            for name in find_names(text)
            if not any(name.start < end and start < name.end for start, end in spans.values())
        ]
        mentions += [NameMention(start, end, tuple(text[start:end].split())) for start, end in spans.values()]
        people = find_people(mentions, text)
        target = spans.get(label.lower())
        reader = Reader(Layout(text), people)
        for pronoun in PRONOUN.finditer(text):
            question = reader.ask(pronoun)
            if pronoun.start() < document["pronoun"][0]:
                best = int(np.argmax(softmax(before, question)))
                reader.answer(pronoun, (*question.candidates, None)[best])
                continue
            owner = next((p for p in people if target and any(m.start == target[0] for m in p.mentions)), None)
            right = next((i for i, p in enumerate(question.candidates) if p is owner), len(question.candidates))
            if target is None or owner in question.candidates:
                yield Answered(question, right, document["id"])
            break


def train(answered: Sequence[Answered]) -> Weights:
    """Ridge softmax regression by gradient descent with a step for each weight."""
    n = len(FEATURES) + len(NOBODY)
    rows, owners, targets = _design(answered)
    spread = rows.std(axis=0) + 1e-6
    scaled = rows / spread
    weights, momentum, second = np.zeros(n), np.zeros(n), np.zeros(n)
    bounds = np.flatnonzero(np.diff(owners, prepend=-1))
    for step in range(1, _STEPS + 1):
        scores = scaled @ weights
        scores -= np.maximum.reduceat(scores, bounds)[owners]
        raised = np.exp(scores)
        chances = raised / np.add.reduceat(raised, bounds)[owners]
        gradient = scaled.T @ (chances - targets) / len(bounds) + _RIDGE * weights
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


def cross_validated(answered: Sequence[Answered]) -> float:
    """Share right when every fold of documents is answered by weights that were trained on the others."""
    groups = {group: i % _FOLDS for i, group in enumerate(sorted({item.group for item in answered}))}
    total = 0.0
    for fold in range(_FOLDS):
        kept = [item for item in answered if groups[item.group] != fold]
        tried = [item for item in answered if groups[item.group] == fold]
        total += accuracy(train(kept), tried)[0] * len(tried)
    return total / len(answered)


def main() -> None:
    """Runs the command that the module's docstring describes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()

    def read(name: str) -> list[Document]:
        return read_corpus(args.corpora / f"{name}.jsonl.gz")

    gum = list(from_gum(read("gum-train")))
    before = train(gum)
    gap = list(from_gap(read("gap-train"), before))
    polnear = list(from_polnear(read("polnear-train"), {d["id"]: d for d in read("polnear-silver-train")}))
    for name, part in (("gum-train", gum), ("gap-train", gap), ("polnear-train", polnear)):
        print(
            f"{name}: {len(part)} questions, {100 * cross_validated(part):.1f} % right by cross-validation on its own"
        )
    weights = train([*gum, *gap, *polnear])
    for name, part in (
        ("gum-dev", list(from_gum(read("gum-dev")))),
        ("polnear-dev", list(from_polnear(read("polnear-dev"), {d["id"]: d for d in read("polnear-silver-dev")}))),
        ("gap-dev", list(from_gap(read("gap-dev"), before))),
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

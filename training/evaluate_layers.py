"""Scores the further heads on gold: `python -m training.evaluate_layers --model DIR --corpora DIR`.

Names: F1 of spans with the right type. Parts of speech: accuracy on words that begin a gold token. Sentence
starts: F1. A gold layer that a corpus lacks is left out. Of re3d the part that was kept from training is scored.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from quotes.encoder import NAMES, POS, Encoder, Reading
from quotes.extract.layers import names, parts_of_speech, sentence_starts
from quotes.extract.paths import spans_of
from training.prepare import IGNORED, Example, Labels, make_example, re3d_split, read_corpus

_CORPORA = ("gum-dev", "ewt-dev", "polnear-silver-dev", "re3d-ner-train")


def _f1(right: int, found: int, gold: int) -> str:
    precision, recall = right / max(1, found), right / max(1, gold)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"P {100 * precision:.1f} R {100 * recall:.1f} F1 {100 * f1:.1f} ({gold})"


def name_f1(pairs: Iterable[tuple[Example, Reading]]) -> str:
    """Spans of words with their type, against those of the gold labels."""
    right = found = gold = 0
    for example, reading in pairs:
        labels = np.where(example.names == IGNORED, 0, example.names).astype(np.int32)
        spans = example.words.spans
        theirs = {
            (int(spans[a, 0]), int(spans[b - 1, 1]), name[2:])
            for first, name in enumerate(NAMES)
            if name.startswith("B-")
            for a, b in spans_of(labels, first)
        }
        ours = set(names(reading))
        right, found, gold = right + len(ours & theirs), found + len(ours), gold + len(theirs)
    return _f1(right, found, gold)


def pos_accuracy(pairs: Iterable[tuple[Example, Reading]]) -> str:
    """Share of labelled words with the right part of speech."""
    right = total = 0
    for example, reading in pairs:
        known = example.pos != IGNORED
        ours = np.array([POS.index(tag) for tag in parts_of_speech(reading)])
        right, total = right + int((ours == example.pos)[known].sum()), total + int(known.sum())
    return f"{100 * right / max(1, total):.1f} ({total})"


def sentence_f1(pairs: Iterable[tuple[Example, Reading]]) -> str:
    """Words that begin a sentence."""
    right = found = gold = 0
    for example, reading in pairs:
        theirs, ours = set(np.flatnonzero(example.sentences == 1).tolist()), set(sentence_starts(reading))
        right, found, gold = right + len(ours & theirs), found + len(ours), gold + len(theirs)
    return _f1(right, found, gold)


def _has(labels: Labels) -> bool:
    return bool((labels != IGNORED).any())


def main() -> None:
    """Runs the command that the module's docstring describes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, required=True)
    args = parser.parse_args()
    encoder = Encoder(args.model)
    texts = {d["id"]: d["text"] for d in read_corpus(args.corpora / "polnear-dev.jsonl.gz")}
    for name in _CORPORA:
        documents = read_corpus(args.corpora / f"{name}.jsonl.gz")
        if name == "re3d-ner-train":
            documents = re3d_split(documents)[1]
        documents = [{"text": texts.get(d["id"], ""), **d} for d in documents]
        examples = [make_example(encoder.reader, d, d, 0) for d in documents]
        pairs = list(zip(examples, encoder.read(d["text"] for d in documents), strict=True))
        named = name_f1(p for p in pairs if _has(p[0].names))
        print(f"{name:20} names {named}; parts of speech {pos_accuracy(pairs)}; sentences {sentence_f1(pairs)}")


if __name__ == "__main__":
    main()

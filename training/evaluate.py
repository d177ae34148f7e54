"""Runs an exported model over a corpus and scores it.

`python -m training.evaluate --model DIR --corpus GOLD.jsonl.gz --scorer score_attributions.py [--type speech]
[--predictions OUT.jsonl] [--held-out] [--outlets]` prints the scorer's figures, the speed, and how well confidence is
calibrated. --held-out takes only the training articles that were kept from training; --type keeps only gold
attributions of that type; --outlets adds the figures of each outlet, which PolNeAR's ids begin with.
"""

import argparse
import importlib.util
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from quotes.encoder import Encoder, Reading
from quotes.extract.decoding import Calibration, Decoded, Decoding, as_json, decode, load_parameters
from quotes.extract.relation import Relation
from quotes.model import TextSpan
from training.prepare import Document, held_out_ids, read_corpus

_BINS = 10


class Scorer:
    """The reference scoring, from the file given: its figures, and which relations are right."""

    def __init__(self, path: Path) -> None:
        spec = importlib.util.spec_from_file_location("scorer", path)
        if spec is None or spec.loader is None:
            raise FileNotFoundError(f"{path} is no Python file: give the path of score_attributions.py")
        self._module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self._module)
        self._gold: dict[str, tuple[Any, list[tuple[frozenset[int], frozenset[int]]]]] = {}

    def figures(self, gold: Sequence[Document], predicted: Sequence[Sequence[Decoded]]) -> dict[str, Any]:
        """All figures of the scorer, micro-averaged over documents."""
        pairs = zip(gold, predicted, strict=True)
        found = {d["id"]: {"attributions": [as_json(r) for r in relations]} for d, relations in pairs}
        scores: dict[str, Any] = self._module.score({d["id"]: d for d in gold}, found)
        return scores

    def judge(self, document: Document, relations: Sequence[Decoded | Relation]) -> list[tuple[bool, bool]]:
        """For each relation, whether its content is matched, and whether its source is right as well."""
        if document["id"] not in self._gold:
            words = self._module.Doc(document["text"])
            gold = [(words.ids(a["contents"]), words.ids(a["sources"])) for a in document["attributions"]]
            self._gold[document["id"]] = words, [g for g in gold if g[0]]
        words, gold = self._gold[document["id"]]
        found = [(words.ids(_ends(r.contents)), words.ids(_ends(r.sources))) for r in relations]
        overlaps = sorted(
            (
                (len(g[0] & p[0]) / len(g[0] | p[0]), i, j)
                for i, g in enumerate(gold)
                for j, p in enumerate(found)
                if g[0] & p[0]
            ),
            reverse=True,
        )
        taken, verdicts = set[int](), [(False, False)] * len(found)
        for overlap, i, j in overlaps:
            if overlap < 0.5 or i in taken or verdicts[j][0]:
                continue
            taken.add(i)
            ours, theirs = found[j][1], gold[i][1]
            verdicts[j] = True, bool(ours & theirs) or (not ours and not theirs)
        return verdicts


def _ends(spans: Sequence[tuple[int, int] | TextSpan]) -> list[tuple[int, int]]:
    return [(span.start, span.end) if isinstance(span, TextSpan) else span for span in spans]


def predict(readings: Sequence[Reading], decoding: Decoding, calibration: Calibration) -> list[list[Decoded]]:
    """The relations of each reading."""
    return [decode(reading, decoding, calibration) for reading in readings]


def calibration_error(
    confidence: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]
) -> tuple[float, list[tuple[float, float, int]]]:
    """Expected calibration error over ten bins of equal width, and what is in each.

    A bin that is not empty is (mean confidence, share right, number of relations).
    """
    table = []
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    for b in range(_BINS):
        here = bins == b
        if here.any():
            table.append((float(confidence[here].mean()), float(right[here].mean()), int(here.sum())))
    error = sum(n * abs(c - r) for c, r, n in table) / max(1, len(right))
    return error, table


def by_outlet(
    gold: Sequence[Document], predicted: Sequence[Sequence[Decoded]]
) -> dict[str, list[tuple[Document, Sequence[Decoded]]]]:
    """Documents with what was found in them, by outlet, in alphabetical order."""
    groups: dict[str, list[tuple[Document, Sequence[Decoded]]]] = {}
    for document, relations in zip(gold, predicted, strict=True):
        groups.setdefault(document["id"].partition("_")[0], []).append((document, relations))
    return dict(sorted(groups.items()))


def load_gold(path: Path, *, held_out: bool = False, kind: str | None = None) -> list[Document]:
    """The documents of a corpus with attributions, or what the options leave of them."""
    documents = read_corpus(path)
    if held_out:
        kept = held_out_ids(documents)
        documents = [d for d in documents if d["id"] in kept]
    if kind is not None:
        for d in documents:
            d["attributions"] = [a for a in d["attributions"] if a.get("type") == kind]
    return documents


def main() -> None:
    """Runs the command that the module's docstring describes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of model.onnx and decoding.json")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--predictions", type=Path)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--type")
    parser.add_argument("--outlets", action="store_true")
    parser.add_argument("--graph", default="model.onnx")
    parser.add_argument("--threads", type=int, default=0)
    args = parser.parse_args()
    gold = load_gold(args.corpus, held_out=args.held_out, kind=args.type)
    scorer, encoder = Scorer(args.scorer), Encoder(args.model, graph=args.graph, threads=args.threads)
    decoding, calibration = Decoding(), Calibration()
    if (args.model / "decoding.json").exists():
        decoding, calibration = load_parameters(args.model / "decoding.json")
    started = time.perf_counter()
    predicted = [decode(r, decoding, calibration) for r in encoder.read(d["text"] for d in gold)]
    seconds = time.perf_counter() - started
    for key, value in scorer.figures(gold, predicted).items():
        print(f"{key:16} {value}")
    confidence = np.array([r.confidence for relations in predicted for r in relations])
    pairs = zip(gold, predicted, strict=True)
    right = np.array([is_right for d, relations in pairs for _, is_right in scorer.judge(d, relations)])
    error, table = calibration_error(confidence, right)
    print(f"calibration      error {error:.4f}; " + " ".join(f"{c:.2f}:{r:.2f}({n})" for c, r, n in table))
    words = sum(len(d["text"].split()) for d in gold)
    print(f"speed            {words / seconds:.0f} words/s ({words} words between blanks, {seconds:.1f} s)")
    if args.outlets:
        for outlet, pairs in by_outlet(gold, predicted).items():
            figures = scorer.figures([d for d, _ in pairs], [relations for _, relations in pairs])
            shown = "  ".join(f"{key} {figures[key]['f1']:.1f}" for key in ("content_match", "attribution"))
            print(f"{outlet:16} {len(pairs)} articles  {figures['relations_gold']} relations  {shown}")
    if args.predictions:
        with args.predictions.open("w", encoding="utf-8") as out:
            for d, relations in zip(gold, predicted, strict=True):
                print(json.dumps({"id": d["id"], "attributions": [as_json(r) for r in relations]}), file=out)


if __name__ == "__main__":
    main()

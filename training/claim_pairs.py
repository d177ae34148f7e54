"""Pairs of statements labelled by reading: articles, offsets and labels in two files, the texts in the corpus.

`claim_pairs.csv` trains the network. `claim_pairs_later.csv` was read when it was made: pairs to which it gave high
scores, so that the regression learns where it is sure and wrong. A label is one of LABELS, as claim-pairs-dev has them.
Statements are contents of attributions of PolNeAR's training part; the pieces of a discontinuous one are joined with an
ellipsis. No statement of claim-pairs-dev or quote-variants-dev is among them.
"""

import csv
import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LABELS = ("same", "partial", "contradict", "related", "different")
_FILE = Path(__file__).with_suffix(".csv")
_LATER = _FILE.with_name("claim_pairs_later.csv")
#: One article in so many is kept back: the shipped network is trained on no pair of it.
FOLDS = 8


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements of different articles; `articles` are the ids of these."""

    a: str
    b: str
    label: str
    articles: tuple[str, str]

    @property
    def together(self) -> bool:
        """Whether a claim would hold both."""
        return self.label in ("same", "partial")

    @property
    def kept_back(self) -> bool:
        """Whether training does not see it."""
        return 0 in self.folds

    @property
    def folds(self) -> set[int]:
        """The one or two of FOLDS that its articles are in, by hash."""
        return set(map(_fold, self.articles))


def read_labels(corpora: Path, *, later: bool = False) -> list[Pair]:
    """Every pair of `claim_pairs.csv`, or of those read later, with its texts from polnear-train."""
    texts = {record["id"]: record["text"] for record in _records(corpora / "polnear-train.jsonl.gz")}
    with (_LATER if later else _FILE).open(encoding="utf-8", newline="") as lines:
        return [
            Pair(
                _statement(texts[row["a_article"]], row["a_spans"]),
                _statement(texts[row["b_article"]], row["b_spans"]),
                row["label"],
                (row["a_article"], row["b_article"]),
            )
            for row in csv.DictReader(lines)
        ]


def read_development(corpora: Path) -> list[Pair]:
    """The pairs of claim-pairs-dev."""
    return [
        Pair(r["a"], r["b"], r["label"], (r["a_src"]["doc"], r["b_src"]["doc"]))
        for r in _records(corpora / "claim-pairs-dev.jsonl.gz")
    ]


def _records(path: Path) -> Iterator[dict[str, object]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _statement(text: str, spans: str) -> str:
    bounds = (map(int, span.split("-")) for span in spans.split(" "))
    return " … ".join(text[start:end].replace("\n", " ") for start, end in bounds)


def _fold(article: str) -> int:
    return int(hashlib.sha256(article.encode()).hexdigest(), 16) % FOLDS


def average_precision(together: Sequence[bool], scores: Sequence[float]) -> float:
    """Of the pairs ranked by score, the precision at each that belongs together, averaged."""
    ranked = [right for _, right in sorted(zip(scores, together, strict=True), key=lambda pair: -pair[0])]
    found = [sum(ranked[: place + 1]) / (place + 1) for place, right in enumerate(ranked) if right]
    return sum(found) / len(found)

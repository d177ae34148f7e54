"""Soft labels: what several trained networks together say of every training text.

`python -m training.distil --corpora DIR --base DIR --teachers W.safetensors... --out soft.npz`. Teacher k is taken
to have been trained with `--folds K --left-out k`, K the number of teachers: of a document, the one that has never
seen it counts as much as all the others together, so that what annotators did by chance is not learnt.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from quotes.encoder import TAGS, Window, make_batch, plan_windows
from quotes.words import WordReader
from training.export import load_network
from training.model import Network, pointer_scores, word_places
from training.prepare import NULL, Corpus, Example, SoftLabels, fold_of, prepare

#: Words pointed to that are kept of each word.
_KEPT = 8
_BATCH = 8
_CONTENT = [TAGS.index("B-CONTENT"), TAGS.index("I-CONTENT")]
_CUE_START = TAGS.index("B-CUE")

Chances = tuple[Tensor, Tensor, Tensor]


def write_soft_labels(
    path: Path, teachers: Sequence[Network], reader: WordReader, corpus: Corpus, *, half: bool = True
) -> int:
    """Writes the soft labels of all that the corpus trains attributions on; returns the number of words."""
    examples = [*corpus.core, *corpus.unlabelled]
    with torch.autocast("cpu", torch.bfloat16, enabled=half):
        labels = list(soften(teachers, reader, examples))
    parts = {f.name: np.concatenate([getattr(label, f.name) for label in labels]) for f in fields(SoftLabels)}
    sizes = np.array([len(e.words) for e in examples])
    np.savez(path, ids=np.array([e.id for e in examples]), sizes=sizes, **parts)
    return int(sizes.sum())


def soften(teachers: Sequence[Network], reader: WordReader, examples: Sequence[Example]) -> Iterator[SoftLabels]:
    """Soft labels of each example, in order."""
    for example in examples:
        n = len(example.words)
        labels = SoftLabels(
            tags=np.zeros((n, len(TAGS)), dtype=np.float16),
            cues=np.full((n, _KEPT), NULL, dtype=np.int64),
            cue_chances=np.zeros((n, _KEPT), dtype=np.float16),
            sources=np.full((n, _KEPT), NULL, dtype=np.int64),
            source_chances=np.zeros((n, _KEPT), dtype=np.float16),
        )
        unseen = fold_of(example.id, len(teachers))
        weights = [max(1, len(teachers) - 1) if k == unseen else 1 for k in range(len(teachers))]
        windows = plan_windows(example.words)
        for i in range(0, len(windows), _BATCH):
            group = windows[i : i + _BATCH]
            said = [_chances(teacher, reader, example, group) for teacher in teachers]
            total = sum(weights)
            means = [
                sum((w * part for w, part in zip(weights, parts, strict=True)), torch.zeros(())) / total
                for parts in zip(*said, strict=True)
            ]
            for row, window in enumerate(group):
                _store(labels, window, *(mean[row] for mean in means))
        yield labels


@torch.no_grad()
def _chances(network: Network, reader: WordReader, example: Example, windows: Sequence[Window]) -> Chances:
    """Chances of tags, [B, 1 + W, TAGS], and of both pointers, [B, 1 + W, 1 + W], [CLS] in place 0.

    A row of a pointer sums to the chance that its word is content, or begins a cue.
    """
    batch = make_batch(reader, [(example.words, window) for window in windows])
    firsts, known = word_places(batch, 1 + max(len(places) for places in batch.firsts))
    arrays = (batch.pieces, batch.shapes, batch.states, batch.attended)
    pieces, shapes, states, attended = map(torch.from_numpy, arrays)
    encoded = network.encode(pieces, shapes, states, attended, torch.zeros(len(windows), dtype=torch.int64))
    outputs = network.heads(encoded[torch.arange(len(windows))[:, None], firsts])
    to_cue, to_source = pointer_scores(outputs.vectors.float(), known)
    tags = torch.softmax(outputs.tags.float(), dim=-1)
    cues = torch.softmax(to_cue, dim=-1) * tags[..., _CONTENT].sum(dim=-1, keepdim=True)
    sources = torch.softmax(to_source, dim=-1) * tags[..., _CUE_START, None]
    return tags, cues, sources


def _store(labels: SoftLabels, window: Window, tags: Tensor, cues: Tensor, sources: Tensor) -> None:
    own = slice(window.start, window.end)
    at = slice(1, 1 + window.end - window.start)
    labels.tags[own] = tags[at].numpy()
    for words, chances, pointer in (
        (labels.cues, labels.cue_chances, cues[at]),
        (labels.sources, labels.source_chances, sources[at]),
    ):
        top = pointer.topk(min(_KEPT, pointer.shape[1]), dim=-1)
        kept: npt.NDArray[np.float32] = top.values.numpy()
        # What lies on other words is shared out among those that are kept.
        kept = kept * (pointer.sum(dim=-1) / top.values.sum(dim=-1).clamp(min=1e-6)).numpy()[:, None]
        places = top.indices.numpy()
        chances[own, : kept.shape[1]] = kept
        words[own, : kept.shape[1]] = np.where(places == 0, NULL, places - 1 + window.start)


def main() -> None:
    """Runs the command that the module's docstring describes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder of vocab.txt")
    parser.add_argument("--teachers", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--half", type=int, default=1, help="0: in fp32, which is faster on a CPU without bf16")
    args = parser.parse_args()
    reader = WordReader(args.base / "vocab.txt")
    teachers = [load_network(path) for path in args.teachers]
    words = write_soft_labels(args.out, teachers, reader, prepare(args.corpora, reader), half=bool(args.half))
    print(f"{args.out}: {words} words")


if __name__ == "__main__":
    main()

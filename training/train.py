"""Trains the network: `python -m training.train --corpora DIR --base DIR --out DIR [--minutes N]`.

Writes `last.pt` (everything needed to resume), `average.safetensors` (the averaged weights in fp16,
what is exported) and `log.jsonl` into the output folder. Run again with the same folder to resume.
The learning rate follows the share of the time budget that is spent.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors.torch import save_file
from torch import Tensor
from torch.nn import functional

from quotes.encoder import TAGS, WINDOW, Batch, Window, make_batch, plan_windows
from quotes.words import WordReader
from training.model import Network, Sizes, load_state, pointer_scores, word_places
from training.prepare import IGNORED, NULL, Corpus, Example, Labels, fold_of, prepare, with_soft_labels


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that a run depends on, besides data and base weights."""

    seed: int = 1
    minutes: float = 88.0
    step_pieces: int = 2048
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    warmup: float = 0.04
    weight_decay: float = 0.01
    clip: float = 1.0
    dropout: float = 0.15
    masked_words: float = 0.06
    masked_cues: float = 0.15
    average: float = 0.998
    cue_weight: float = 0.3
    source_weight: float = 0.3
    name_weight: float = 0.1
    pos_weight: float = 0.1
    sentence_weight: float = 0.1
    parent_weight: float = 0.15
    relation_weight: float = 0.05
    other_attribution_weight: float = 0.5
    other_attribution_share: float = 0.5
    linguistic_share: float = 0.06
    folds: int = 1
    left_out: int = -1
    soft_share: float = 0.7
    unlabelled_share: float = 0.5
    checkpoint_minutes: float = 8.0
    half: bool = True
    threads: int = 2


Item = tuple[Example, Window]


def training_windows(corpus: Corpus, config: Config, rng: np.random.Generator) -> list[Item]:
    """One epoch: all of PolNeAR and shares of the rest, in windows of freshly drawn lengths.

    Half of the documents are read as at run time, the others in windows of a third of the length to all of it.
    """
    core = [e for e in corpus.core if config.left_out < 0 or fold_of(e.id, config.folds) != config.left_out]
    share = config.linguistic_share * sum(len(e.words) for e in corpus.core)
    others = [e for e in corpus.other_attributions if rng.random() < config.other_attribution_share]
    unlabelled = [e for e in corpus.unlabelled if e.soft is not None and rng.random() < config.unlabelled_share]
    extra: list[Example] = []
    for i in rng.permutation(len(corpus.linguistic)):
        if sum(len(e.words) for e in extra) >= share:
            break
        extra.append(corpus.linguistic[i])
    items: list[Item] = []
    for example in [*core, *others, *unlabelled, *extra]:
        limit = WINDOW
        if rng.random() < 0.5:
            limit = int(rng.integers(WINDOW // 3, WINDOW + 1))
        items += [(example, window) for window in plan_windows(example.words, limit)]
    return items


def steps(items: list[Item], pieces: int, rng: np.random.Generator) -> Iterator[list[Item]]:
    """Groups of windows of similar length, of about `pieces` pieces with padding, in random order."""

    def length(item: Item) -> int:
        starts = item[0].words.piece_starts
        return int(starts[item[1].end] - starts[item[1].context]) + 8

    noisy = sorted(items, key=lambda item: length(item) * rng.uniform(0.92, 1.0))
    groups: list[list[Item]] = [[]]
    for item in noisy:
        if groups[-1] and length(item) * (len(groups[-1]) + 1) > pieces:
            groups.append([])
        groups[-1].append(item)
    for i in rng.permutation(len(groups)):
        yield groups[i]


#: Labels of a word that hang on no window.
_LABELS = ("names", "pos", "sentences", "relations")


@dataclass(frozen=True, slots=True)
class Targets:
    """What a step's words should get; place 0 is [CLS], word i of the window stands at i + 1.

    tags: [B, 1 + W, TAGS], cues, sources: [B, 1 + W, 1 + W], shares that sum to 1, or to how far the word
    is one that points, or to 0 where nothing is known. names, pos, sentences, relations: [B, 1 + W] labels, and
    parents: places that the words hang on, 0 for the root of a sentence.
    """

    tags: Tensor
    cues: Tensor
    sources: Tensor
    names: Tensor
    pos: Tensor
    sentences: Tensor
    parents: Tensor
    relations: Tensor


def make_targets(group: Sequence[Item], soft_share: float) -> Targets:
    """Labels of the words that the windows own; a pointer out of its window points to null.

    Where an example has soft labels they count for `soft_share`, the annotator's for the rest.
    """
    width = 1 + max(window.end - window.context for _, window in group)
    shares = {
        "tags": np.zeros((len(group), width, len(TAGS)), dtype=np.float32),
        "cues": np.zeros((len(group), width, width), dtype=np.float32),
        "sources": np.zeros((len(group), width, width), dtype=np.float32),
    }
    labels = {name: np.full((len(group), width), IGNORED, dtype=np.int64) for name in (*_LABELS, "parents")}
    for row, (example, window) in enumerate(group):
        own = slice(window.start, window.end)
        at = np.arange(window.start, window.end) - window.context + 1
        for name in _LABELS:
            labels[name][row, at] = getattr(example, name)[own]
        labels["parents"][row, at] = _parents(example.parents[own], window)
        given = 1.0
        if example.soft is not None:
            given = 1.0 - soft_share if example.attributed else 0.0
            soft = example.soft
            shares["tags"][row, at] += (1 - given) * soft.tags[own]
            for name, words, chances in (
                ("cues", soft.cues, soft.cue_chances),
                ("sources", soft.sources, soft.source_chances),
            ):
                places = _places(words[own], window)
                rows = np.broadcast_to(at[:, None], places.shape)
                np.add.at(shares[name][row], (rows, places), (1 - given) * chances[own].astype(np.float32))
        if given and example.attributed:
            shares["tags"][row, at, example.tags[own]] += given
            for name in ("cues", "sources"):
                words = getattr(example, name)[own]
                known = words != IGNORED
                shares[name][row, at[known], _places(words[known], window)] += given
    return Targets(**{name: torch.from_numpy(values) for name, values in {**shares, **labels}.items()})


def _parents(words: Labels, window: Window) -> Labels:
    """Where in a window's row what words hang on stands; of one outside nothing is asked."""
    places = _places(words, window)
    asked: Labels = np.where((places > 0) | (words == NULL), places, IGNORED)
    return asked


def _places(words: Labels, window: Window) -> Labels:
    """Where in a window's row words of the document stand; 0, which is null, for those outside."""
    inside = (words >= window.context) & (words < window.end)
    places: Labels = np.where(inside, words - window.context + 1, 0)
    return places


def _cross_entropy(logits: Tensor, labels: Tensor) -> Tensor:
    """Mean over the labelled words of a step; 0 when there is none."""
    kept = labels != IGNORED
    losses = functional.cross_entropy(logits[kept].float(), labels[kept], reduction="none")
    return losses.sum() / max(1, len(losses))


def _soft_cross_entropy(logits: Tensor, shares: Tensor, weights: Tensor) -> Tensor:
    """Mean over the words of a step, each by its share; weights: [B] for each window."""
    chances = torch.log_softmax(logits.float(), dim=-1)
    losses = -(shares * chances).sum(dim=-1)
    return (losses * weights[:, None]).sum() / shares.sum().clamp(min=1.0)


class Trainer:
    """The state of a run: network, average, optimiser, clock and random numbers."""

    def __init__(self, config: Config, reader: WordReader, out: Path, sizes: Sizes | None = None) -> None:
        self.config, self.reader, self.out = config, reader, out
        torch.manual_seed(config.seed)
        self.rng = np.random.default_rng(config.seed)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.network = Network(config.dropout, sizes).to(self.device)
        self.average: list[Tensor] = []
        # The base's pieces stay as they are: words that training never shows keep their place among the others.
        self.network.pieces.requires_grad_(requires_grad=False)
        learning = [(n, p) for n, p in self.network.named_parameters() if p.requires_grad]
        own = [p for n, p in learning if n.startswith(_NEW)]
        base = [p for n, p in learning if not n.startswith(_NEW)]
        self.optimiser = torch.optim.AdamW(
            [{"params": base, "top": config.encoder_rate}, {"params": own, "top": config.head_rate}],
            betas=(0.9, 0.98),
            weight_decay=config.weight_decay,
            fused=True,
        )
        self.step = self.epoch = 0
        self.seconds = 0.0

    def start(self, base: Path | None = None, weights: Path | None = None) -> None:
        """Begins a run, from the weights of the base or of a network that was trained before, if given."""
        if base is not None:
            self.network.load_base(base)
        if weights is not None:
            self.network.load_state_dict(load_state(weights))
        self.average = [p.detach().clone() for p in self.network.parameters()]

    def set_rate(self) -> None:
        """Warm-up, then linear decay to nothing, by the share of the time budget."""
        spent = min(1.0, self.seconds / (60 * self.config.minutes))
        factor = min((spent + 1e-3) / self.config.warmup, (1 - spent) / (1 - self.config.warmup))
        for group in self.optimiser.param_groups:
            group["lr"] = group["top"] * factor

    def losses(self, group: Sequence[Item]) -> dict[str, Tensor]:
        """The parts of the loss on a group of windows, each already weighted."""
        config = self.config
        batch = make_batch(self.reader, [(example.words, window) for example, window in group])
        targets = make_targets(group, config.soft_share)
        firsts, known = word_places(batch, targets.pos.shape[1])
        pieces = torch.from_numpy(self._masked(batch, group))
        inputs = [pieces, *map(torch.from_numpy, (batch.shapes, batch.states, batch.attended))]
        guideline = torch.tensor([example.guideline for example, _ in group])
        weights = torch.where(guideline == 0, 1.0, config.other_attribution_weight).to(self.device)
        encoded, parsed = self.network.encode_twice(*(x.to(self.device) for x in [*inputs, guideline]))
        rows = torch.arange(len(group), device=self.device)[:, None]
        firsts, known = firsts.to(self.device), known.to(self.device)
        outputs = self.network.heads(encoded[rows, firsts])
        to_cue, to_source = pointer_scores(outputs.vectors, known)
        to_parent, relations = self.network.dependencies(parsed[rows, firsts], known)
        labels = {f.name: getattr(targets, f.name).to(self.device) for f in fields(Targets)}
        kept = labels["sentences"] != IGNORED
        starts = functional.binary_cross_entropy_with_logits(
            outputs.sentences[kept].float(), labels["sentences"][kept].float(), reduction="sum"
        )
        return {
            "tags": _soft_cross_entropy(outputs.tags, labels["tags"], weights),
            "cues": config.cue_weight * _soft_cross_entropy(to_cue, labels["cues"], weights),
            "sources": config.source_weight * _soft_cross_entropy(to_source, labels["sources"], weights),
            "names": config.name_weight * _cross_entropy(outputs.names, labels["names"]),
            "pos": config.pos_weight * _cross_entropy(outputs.pos, labels["pos"]),
            "sentences": config.sentence_weight * starts / max(1, int(kept.sum())),
            "parents": config.parent_weight * _cross_entropy(to_parent, labels["parents"]),
            "relations": config.relation_weight * _cross_entropy(relations, labels["relations"]),
        }

    def _masked(self, batch: Batch, group: Sequence[Item]) -> npt.NDArray[np.int64]:
        """The pieces with some replaced by [MASK]; shape and quotation state stay visible.

        Words that begin a cue are replaced more often: most cues are seen once, and are told by where they stand.
        """
        ordinary = (batch.attended == 1) & (batch.pieces != self.reader.cls) & (batch.pieces != self.reader.sep)
        chances = np.full(batch.pieces.shape, self.config.masked_words)
        for row, (example, window) in enumerate(group):
            cues = example.tags[window.context : window.end] == TAGS.index("B-CUE")
            chances[row, batch.firsts[row][cues]] = self.config.masked_cues
        return np.where(ordinary & (self.rng.random(batch.pieces.shape) < chances), self.reader.mask, batch.pieces)

    def train_step(self, group: Sequence[Item]) -> dict[str, float]:
        """One update of weights and average; returns the parts of the loss."""
        started = time.monotonic()
        self.set_rate()
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.config.half):
            parts = self.losses(group)
        self.optimiser.zero_grad(set_to_none=True)
        torch.stack(list(parts.values())).sum().backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.config.clip, foreach=True)
        self.optimiser.step()
        self.step += 1
        # A young average forgets fast, or it would remember the untrained heads.
        keep = min(self.config.average, (1 + self.step) / (10 + self.step))
        torch._foreach_lerp_(self.average, [p.detach() for p in self.network.parameters()], 1 - keep)
        self.seconds += time.monotonic() - started
        return {name: float(value.detach()) for name, value in parts.items()}

    def save(self) -> None:
        """Writes last.pt and average.safetensors, each complete or not at all."""
        state = {
            "network": self.network.state_dict(),
            "average": self.average,
            "optimiser": self.optimiser.state_dict(),
            "torch": torch.get_rng_state(),
            "numpy": self.rng.bit_generator.state,
            "clock": {"step": self.step, "epoch": self.epoch, "seconds": self.seconds},
            "config": asdict(self.config),
        }
        torch.save(state, self.out / "last.tmp")
        (self.out / "last.tmp").replace(self.out / "last.pt")
        names = [name for name, _ in self.network.named_parameters()]
        weights = {n: p.half().cpu().contiguous() for n, p in zip(names, self.average, strict=True)}
        save_file(weights, self.out / "average.tmp")
        (self.out / "average.tmp").replace(self.out / "average.safetensors")

    def resume(self) -> None:
        """Goes back to the last checkpoint; the epoch that was cut off is begun again."""
        state = torch.load(self.out / "last.pt", map_location=self.device, weights_only=False)
        self.network.load_state_dict(state["network"])
        self.average = state["average"]
        self.optimiser.load_state_dict(state["optimiser"])
        torch.set_rng_state(state["torch"].cpu())
        self.rng.bit_generator.state = state["numpy"]
        self.step, self.epoch, self.seconds = (state["clock"][k] for k in ("step", "epoch", "seconds"))

    def run(self, corpus: Corpus, *, steps_at_most: int = 10**9) -> list[float]:
        """Trains until the time budget is spent, or for so many steps; returns the loss of each step."""
        self.network.train()
        saved, losses = self.seconds, list[float]()
        with (self.out / "log.jsonl").open("a", encoding="utf-8") as log:
            while self._goes_on(steps_at_most - len(losses)):
                items = training_windows(corpus, self.config, self.rng)
                for group in steps(items, self.config.step_pieces, self.rng):
                    parts = self.train_step(group)
                    losses.append(sum(parts.values()))
                    clock = {"epoch": self.epoch, "step": self.step, "seconds": round(self.seconds, 1)}
                    print(json.dumps({**clock, **{k: round(v, 4) for k, v in parts.items()}}), file=log, flush=True)
                    if self.seconds - saved > 60 * self.config.checkpoint_minutes:
                        saved = self.seconds
                        self.save()
                    if not self._goes_on(steps_at_most - len(losses)):
                        break
                self.epoch += 1
                self.save()
        return losses

    def _goes_on(self, steps_left: int) -> bool:
        return steps_left > 0 and self.seconds < 60 * self.config.minutes


#: Parameters that the base does not have: they learn at the rate of the heads.
_NEW = ("shapes", "states", "guidelines", "tags", "names", "pos", "sentences", "vectors", "parents", "relations")


def _kind(default: object) -> Callable[[str], object]:
    """What reads an option whose default is given; a switch is 0 or 1."""
    return (lambda value: bool(int(value))) if isinstance(default, bool) else type(default)


def main() -> None:
    """Runs the command that the module's docstring describes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder of model.safetensors and vocab.txt")
    parser.add_argument("--out", type=Path, required=True)
    for field in fields(Config):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=_kind(field.default), default=field.default)
    parser.add_argument("--start", type=Path, help="weights of a network that was trained before, to go on from")
    parser.add_argument("--soft", type=Path, help="soft labels that training.distil made")
    args = parser.parse_args()
    config = Config(**{field.name: getattr(args, field.name) for field in fields(Config)})
    torch.set_num_threads(config.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    reader = WordReader(args.base / "vocab.txt")
    resumed = (args.out / "last.pt").exists()
    weights = args.out / "average.safetensors" if resumed else args.start
    trainer = Trainer(config, reader, args.out, Sizes.of(load_state(weights)) if weights else None)
    if resumed:
        trainer.resume()
    else:
        trainer.start(weights=args.start) if args.start else trainer.start(args.base / "model.safetensors")
    corpus = prepare(args.corpora, reader)
    trainer.run(with_soft_labels(corpus, args.soft) if args.soft else corpus)


if __name__ == "__main__":
    main()

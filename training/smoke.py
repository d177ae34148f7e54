"""Trains, exports and runs a model on a made-up sample: `python -m training.smoke`, a minute on one core.

Shows that the parts fit together, not that they learn anything worth having.
"""

import gzip
import json
import tempfile
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file

from quotes.encoder import Encoder, Reading
from quotes.extract.decoding import decode
from quotes.words import WordReader
from training.distil import write_soft_labels
from training.export import activation_ranges, load_network, quantise, write_graph
from training.model import HEADS, INNER, LAYERS, Network, Sizes
from training.prepare import Corpus, prepare, with_soft_labels
from training.prune import cut, importance, kept_of, narrowed
from training.restore import restore
from training.streamline import streamline
from training.train import Config, Trainer

_PEOPLE = ("Ann Lee", "Bob Ray", "the mayor", "she")
_CUES = ("said", "claimed", "denied")
_CLAIMS = ("the bridge is safe", "nobody was asked", "prices will fall again", "it rained all night")
_STEPS = 24
_APART = 0.5  # a logit; what int8 in one place more or less comes to


def sample(documents: int) -> list[dict[str, Any]]:
    """Documents of one indirect and one direct quote each, with gold attributions and tokens."""
    made = []
    for i in range(documents):
        who, cue = _PEOPLE[i % len(_PEOPLE)], _CUES[i % len(_CUES)]
        claim, other = _CLAIMS[i % len(_CLAIMS)], _CLAIMS[(i + 1) % len(_CLAIMS)]
        first, text = f"{who} {cue} that {claim}.", f'{who} {cue} that {claim}.\n\n"{other}," {who} {cue}.'
        at = len(first) + 2
        quoted = (at, at + len(other) + 3)
        second = (quoted[1] + 1, quoted[1] + 1 + len(who))
        attributions = [
            _attribution((0, len(who)), (len(who) + 1, len(who) + 1 + len(cue)), (len(who) + len(cue) + 2, at - 3)),
            _attribution(second, (second[1] + 1, second[1] + 1 + len(cue)), quoted),
        ]
        made.append({"id": f"sample-{i}", "text": text, "attributions": attributions})
    return made


def _attribution(source: tuple[int, int], cue: tuple[int, int], content: tuple[int, int]) -> dict[str, Any]:
    return {"sources": [source], "cues": [cue], "contents": [content], "type": "speech"}


def write_corpora(folder: Path) -> None:
    """A folder like the real one: the sample as PolNeAR, next to nothing in the other files."""
    documents = sample(64)
    silver = {"tokens": [[0, 3]], "tag": ["NNP"], "dep": ["root"], "head": [0], "ner": ["PERSON"], "sent_starts": [0]}
    gold = {"text": "Rome fell.", "tokens": [[0, 4], [5, 9], [9, 10]], "tag": ["NNP", "VBD", "."], "head": [1, 1, 1]}
    gold |= {"id": "gold", "upos": ["PROPN", "VERB", "PUNCT"], "dep": ["nsubj", "root", "punct"], "sent_starts": [0]}
    entities = {"entities": [[0, 4, "place", 1]], "entity_wiki": {}}
    files: dict[str, list[dict[str, Any]]] = {
        "polnear-train": documents,
        "polnear-silver-train": [{"id": d["id"], **silver} for d in documents],
        "gum-train": [gold | entities],
        "ewt-train": [gold],
        "re3d-ner-train": [{"id": "re3d", "text": "Rome fell.", "entities": [[0, 4, "LOCATION", "name", 1]]}],
        "wikigold-ner": [{"id": "wiki", "text": "Rome fell.", "ner": [[0, 4, "LOCATION"]]}],
    }
    for name in ("gum-attributions-train", "ewt-attributions-train"):
        files[name] = [d | {"id": f"{name}-{d['id']}"} for d in documents[:2]]
        files[name.replace("train", "dev")] = []
    for name, rows in files.items():
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as out:
            out.writelines(json.dumps(row) + "\n" for row in rows)


def write_vocabulary(path: Path) -> None:
    """Letters, marks and the sample's words, after BERT's special pieces."""
    letters = [chr(c) for c in range(33, 127)]
    words = sorted({w for text in (*_PEOPLE, *_CUES, *_CLAIMS, "that") for w in text.lower().split()})
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{c}" for c in letters), *words]
    path.write_text("\n".join(dict.fromkeys(pieces)) + "\n", encoding="utf-8")


def apart_at_most(ours: list[Reading], theirs: list[Reading]) -> float:
    """How far two readings of the same texts differ in a logit of a tag."""
    return max(float(abs(a.tags - b.tags).max()) for a, b in zip(ours, theirs, strict=True))


def trained(folder: Path, reader: WordReader) -> Network:
    """Prepares, trains for a few steps, saves, resumes, distils, prunes, and trains what is left."""
    corpus = prepare(folder, reader)
    config = Config(minutes=60, step_pieces=256, dropout=0.0, masked_words=0.0)
    torch.set_num_threads(config.threads)
    trainer = Trainer(config, reader, folder)
    trainer.start()
    _learns(trainer, corpus)
    resumed = Trainer(config, reader, folder)
    resumed.resume()
    assert resumed.step == trainer.step
    network = load_network(folder / "average.safetensors")
    write_soft_labels(folder / "soft.npz", [network, network], reader, corpus)
    softened = with_soft_labels(corpus, folder / "soft.npz")
    assert all(e.soft is not None for e in [*softened.core, *softened.unlabelled])
    heads, inner = importance(trainer, corpus, steps_at_most=2)
    pruned = cut(network.state_dict(), kept_of(heads, LAYERS * HEADS // 2), kept_of(inner, LAYERS * INNER // 2, 32))
    save_file({name: value.contiguous() for name, value in pruned.items()}, folder / "pruned.safetensors")
    (folder / "student").mkdir()
    student = Trainer(config, reader, folder / "student", Sizes.of(pruned))
    student.start(weights=folder / "pruned.safetensors")
    _learns(student, softened)
    return load_network(folder / "student/average.safetensors")


def _learns(trainer: Trainer, corpus: Corpus) -> None:
    losses = trainer.run(corpus, steps_at_most=_STEPS)
    print(f"loss {losses[0]:.3f} to {losses[-1]:.3f} in {len(losses)} steps")
    assert losses[-1] < losses[0], "the loss did not fall"


def main() -> None:
    """Trains a network, exports, quantises, restores and narrows it, and reads and decodes with each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_corpora(folder)
        write_vocabulary(folder / "vocabulary.txt")
        reader = WordReader(folder / "vocabulary.txt")
        network = trained(folder, reader)
        texts = [d["text"] for d in sample(4)]
        ranges = activation_ranges(network, reader, texts)

        def read(graph: str) -> list[Reading]:
            return list(Encoder(folder, threads=1, graph=graph).read(texts))

        write_graph(network, ranges, folder / "bytes.onnx", byte_embedding=True)
        quantise(folder / "bytes.onnx", folder / "quantised.onnx")
        streamline(folder / "quantised.onnx", folder / "model.onnx")
        readings = read("model.onnx")
        apart = apart_at_most(readings, read("quantised.onnx"))
        assert apart < _APART, f"streamlining changed a logit by {apart:.3f}"
        restored = restore(folder / "model.onnx")
        write_graph(restored, ranges, folder / "restored.onnx", byte_embedding=False)
        apart = apart_at_most(readings, read("restored.onnx"))
        assert apart < _APART, f"restoring changed a logit by {apart:.3f}"
        restored.load_state_dict(narrowed(restored.state_dict()))
        write_graph(restored, ranges, folder / "narrowed.onnx", byte_embedding=False)
        found, narrow = ([decode(r) for r in read(graph)] for graph in ("restored.onnx", "narrowed.onnx"))
        assert found == narrow, "pointer vectors that are no longer than they must be are narrowed to the same"
        relations = sum(len(decode(reading)) for reading in readings)
        print(f"{relations} relations in {len(texts)} texts")


if __name__ == "__main__":
    main()

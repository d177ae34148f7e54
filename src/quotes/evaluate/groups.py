"""Grouping on the seeds' gold: the figures of `score_groups.py`.

B-cubed precision, recall and F1 of the claims (the utterance where a quote has no claim) against the gold groups, over
the gold quotes that were found. A statement of several parts has further groups in "also": it counts under whichever
suits its claim best. Quotes marked "group_loose" are left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from quotes.evaluate.matching import MIN_JACCARD, jaccard
from quotes.evaluate.records import gold_documents
from quotes.evaluate.relations import relations
from quotes.evaluate.report import Mistake, Report
from quotes.evaluate.words import WordIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from quotes.evaluate.records import Document, JsonLines, Record
    from quotes.evaluate.relations import Relation
    from quotes.model import TextSpan

Cluster = int | str
"""A claim's or utterance's id. The reference does not tell a claim 3 from an utterance 3, so neither do we."""

_COUNTS = frozenset({"quotes", "conflicts"})


@dataclass(slots=True, kw_only=True)
class _Item:
    """A gold quote that was found, with its group and the cluster it was put in; `alone` when it has no group."""

    group: str
    cluster: Cluster
    also: tuple[str, ...]
    alone: bool
    contents: tuple[TextSpan, ...]
    document: Document

    def mistake(self, error: Literal["split", "mixed"], predicted: str) -> Mistake:
        return Mistake.at(
            error, self.document.id, self.contents, self.document.text, gold=self.group, predicted=predicted
        )


def score_groups(gold: JsonLines, predictions: JsonLines, *, conflicts: int | None = None) -> Report:
    """Score exported quotes against gold with "group", "also" and "group_loose"; raises BadGold for anything else.

    `conflicts` is how many conflicts were listed; it is reported as it is, and left out when it is not known.
    """
    documents = gold_documents(gold)
    rows, warnings = _rows_by_document(predictions, documents)
    items: list[_Item] = []
    errors: list[Mistake] = []
    for document in documents.values():
        for found in _find(document, rows[document.id]):
            if isinstance(found, _Item):
                items.append(found)
            else:
                errors.append(found)
    _settle(items)
    precision = _bcubed(items, lambda item: item.cluster, lambda item: item.group)
    recall = _bcubed(items, lambda item: item.group, lambda item: item.cluster)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0
    figures = {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(f1, 3),
        "quotes": len(items),
        **({} if conflicts is None else {"conflicts": conflicts}),
    }
    errors.extend(_misgrouped(items))
    return Report(figures=figures, counts=_COUNTS, errors=tuple(errors), warnings=warnings)


def _rows_by_document(
    predictions: JsonLines, documents: Mapping[str, Document]
) -> tuple[Mapping[str, list[Record]], tuple[str, ...]]:
    rows: dict[str, list[Record]] = defaultdict(list)
    for row in predictions.records:
        rows[_document_id(row)].append(row)
    unknown = len(rows.keys() - documents.keys())
    return rows, (f"{unknown} exported articles are not in the gold file.",) if unknown else ()


def _document_id(row: Record) -> str:
    """Which gold document an exported quote belongs to: what its article's path, URL or id ends in, up to a dot."""
    article = row.record("article")
    place = article.optional_string("path") or article.optional_string("url") or str(article.value("id"))
    return place.rpartition("/")[2].split(".")[0]


def _find(document: Document, rows: Sequence[Record]) -> Iterator[_Item | Mistake]:
    """Each gold quote as an item, or as missed when no row is like it."""
    index, length = WordIndex(document.text), len(document.text)
    contents = [index.ids(row.spans("contents", length=length, required=True)) for row in rows]
    for number, relation in enumerate(relations(document.record, index, length=length)):
        group = _group(relation)
        if relation.record.value("group_loose"):
            continue
        likeness, best = max(
            ((jaccard(relation.content, words), j) for j, words in enumerate(contents) if relation.content & words),
            default=(0.0, -1),
        )
        if likeness < MIN_JACCARD:
            yield Mistake.at("missed", document.id, relation.contents, document.text, gold=group)
        else:
            yield _Item(
                group=group or f"alone {document.id}{number}",
                cluster=_cluster(rows[best]),
                also=tuple(relation.record.strings("also", required=True)),
                alone=not group,
                contents=relation.contents,
                document=document,
            )


def _group(relation: Relation) -> str | None:
    relation.record.value("group")
    return relation.record.optional_string("group") or None


def _cluster(row: Record) -> Cluster:
    for key in ("claim", "utterance"):
        value = row.data.get(key)
        if value and not isinstance(value, int | str):
            raise row.bad(f'"{key}" is no id', "give a number, a string or null")
        if value:
            return value
    return f"quote {row.value('id')}"


def _settle(items: Sequence[_Item]) -> None:
    """Put each quote with several groups under the one that most of its cluster is in; on a tie the first named.

    One by one, as each sees those settled before it: the order of the gold counts, as in the reference.
    """
    for item in items:
        if item.also:
            company = Counter(other.group for other in items if other.cluster == item.cluster and other is not item)
            item.group = max([item.group, *item.also], key=lambda name: company[name])


def _bcubed(items: Sequence[_Item], within: Callable[[_Item], Cluster], same: Callable[[_Item], Cluster]) -> float:
    """Averaged over the items: the share of an item's companions within one partition that the other gives it too."""
    sizes = Counter(within(item) for item in items)
    shared = Counter((within(item), same(item)) for item in items)
    total = 0.0
    for item in items:
        total += shared[within(item), same(item)] / sizes[within(item)]
    return total / len(items) if items else 0


def _misgrouped(items: Sequence[_Item]) -> Iterator[Mistake]:
    clusters: dict[str, dict[Cluster, None]] = defaultdict(dict)
    groups: dict[Cluster, dict[str, None]] = defaultdict(dict)
    for item in items:
        clusters[item.group][item.cluster] = None
        groups[item.cluster][item.group] = None
    for item in items:
        if len(clusters[item.group]) > 1:
            yield item.mistake("split", f"{item.cluster}, of {', '.join(map(str, clusters[item.group]))}")
        if len(groups[item.cluster]) > 1:
            yield item.mistake("mixed", f"{item.cluster}, which holds {', '.join(groups[item.cluster])}")

import gzip
import json

import pytest

from quotes.errors import BadGold, InputMissing
from quotes.evaluate import SCORERS, JsonLines, read_lines
from quotes.text import hash_bytes

RELATION = {"sources": [[0, 3]], "cues": [], "contents": [[4, 7]]}
DOCUMENT = {"id": "a", "text": "Ada ran.", "attributions": [RELATION]}


NO_OBJECT = "it is no JSON object; write it as {...} with the keys that the scorer reads."
SCORER_CURE = "add it, or name the scorer that reads such a file with --scorer."
SPAN_CURE = "give [start, end] with 0 <= start < end, end not beyond the text."


def score(gold, predictions, *, scorer="attributions"):
    return SCORERS[scorer].score(JsonLines.of("gold", gold), JsonLines.of("predictions", predictions))


def test_read_lines_passes_over_empty_lines_and_a_byte_order_mark(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"id": "a"}\r\n\r\n{"id": "b"}')
    lines = read_lines(path)
    assert [(record.data["id"], record.place) for record in lines.records] == [
        ("a", f"{path}, line 1"),
        ("b", f"{path}, line 3"),
    ]


def test_read_lines_gives_the_digest_of_the_bytes_as_unpacked(tmp_path):
    data = b'{"id": "a"}\n'
    plain, packed = tmp_path / "gold.jsonl", tmp_path / "gold.jsonl.gz"
    plain.write_bytes(data)
    packed.write_bytes(gzip.compress(data))
    assert read_lines(plain).digest == read_lines(packed).digest == hash_bytes(data)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.jsonl", b'{"id": "a"}\n{', "{path}, line 2: it is not JSON; write one JSON object a line."),
        (
            "x.jsonl",
            b"\n[1]",
            "{path}, line 2: " + NO_OBJECT.replace("{...}", "{{...}}"),
        ),
        ("x.jsonl", b'{"id": "\xff"}', "{path}, line 1: it is not UTF-8; save the file as UTF-8."),
        ("x.jsonl", b"[" * 100_000, "{path}, line 1: it is not JSON; write one JSON object a line."),
        ("x.jsonl.gz", b"{}", "{path} is no whole gzip file; pack it again, or name it without .gz if it is plain."),
        (
            "y.jsonl.gz",
            gzip.compress(b"{}", mtime=0)[:-4],
            "{path} is no whole gzip file; pack it again, or name it without .gz if it is plain.",
        ),
    ],
)
def test_read_lines_says_what_is_no_jsonl(tmp_path, name, data, message):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(BadGold) as caught:
        read_lines(path)
    assert str(caught.value) == message.format(path=path)


def test_read_lines_says_that_a_file_is_missing(tmp_path):
    with pytest.raises(InputMissing) as caught:
        read_lines(tmp_path / "no.jsonl")
    assert str(caught.value) == (
        f"{tmp_path / 'no.jsonl'} cannot be read (no such file or directory); check the path and its permissions."
    )


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"id": 5}, 'gold, record 1: "id" is no string; put it in quotation marks.'),
        ({"text": None}, 'gold, record 1: "text" is no string; put it in quotation marks.'),
        ({"attributions": {}, "x": 1}, None),
        ({"attributions": "x"}, 'gold, record 1: "attributions" is no list; put it in square brackets.'),
        (
            {"attributions": [[]]},
            f"gold, record 1, attributions[0]: {NO_OBJECT}",
        ),
        ({"attributions": [{}]}, f'gold, record 1, attributions[0]: "contents" is missing; {SCORER_CURE}'),
        *(
            (
                {"attributions": [RELATION, {"contents": [span]}]},
                f'gold, record 1, attributions[1]: "contents" has {json.dumps(span)} where the text has 8 characters; '
                + SPAN_CURE,
            )
            for span in ([0, 9], [-1, 2], [3, 3], [4, 2], [1], [1, 2, 3], 5, ["1", "2"], [0.0, 1.0], None)
        ),
    ],
)
def test_gold_says_which_document_is_wrong(changed, message):
    gold = [{**DOCUMENT, **changed}]
    if message is None:
        assert score(gold, []).figures["relations_gold"] == 0
        return
    with pytest.raises(BadGold) as caught:
        score(gold, [])
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("scorer", "missing"),
    [("attributions", "id"), ("attributions", "text"), ("attributions", "attributions"), ("speakers", "items")],
)
def test_gold_says_which_key_is_missing(scorer, missing):
    gold = {key: value for key, value in DOCUMENT.items() if key != missing}
    with pytest.raises(BadGold) as caught:
        score([gold], [], scorer=scorer)
    assert str(caught.value) == f'gold, record 1: "{missing}" is missing; {SCORER_CURE}'


@pytest.mark.parametrize(
    ("scorer", "missing", "predicted"),
    [
        ("seeds", "required", []),
        ("seeds", "speaker_names", [DOCUMENT]),
        ("groups", "group_loose", []),
        ("groups", "group", []),
    ],
)
def test_gold_says_which_key_of_an_attribution_is_missing(scorer, missing, predicted):
    relation = {**RELATION, "required": True, "speaker_names": ["Ada"], "group": "x", "group_loose": False, "also": []}
    del relation[missing]
    with pytest.raises(BadGold) as caught:
        score([{**DOCUMENT, "attributions": [relation]}], predicted, scorer=scorer)
    assert str(caught.value) == f'gold, record 1, attributions[0]: "{missing}" is missing; {SCORER_CURE}'


@pytest.mark.parametrize("scorer", ["attributions", "seeds", "speakers", "groups"])
def test_gold_without_a_document_is_refused(scorer):
    with pytest.raises(BadGold) as caught:
        score([], [], scorer=scorer)
    assert str(caught.value) == "gold holds no document; name a gold file with a document a line."


def test_gold_with_one_id_twice_is_refused():
    with pytest.raises(BadGold) as caught:
        score([DOCUMENT, DOCUMENT], [])
    assert str(caught.value) == 'gold, record 2: the id "a" was there before; give each document an id of its own.'


@pytest.mark.parametrize(
    ("predictions", "message"),
    [
        ([{"text": "x"}], f'predictions, record 1: "id" is missing; {SCORER_CURE}'),
        ([{"id": "a"}], f'predictions, record 1: "attributions" is missing; {SCORER_CURE}'),
        ([DOCUMENT, DOCUMENT], 'predictions, record 2: the id "a" was there before; predict each document once.'),
        (
            [{"id": "a", "attributions": [{"contents": [], "sources": [[7, 10]]}]}],
            'predictions, record 1, attributions[0]: "sources" has [7, 10] where the text has 8 characters; '
            + SPAN_CURE,
        ),
    ],
)
def test_predictions_say_what_is_wrong(predictions, message):
    with pytest.raises(BadGold) as caught:
        score([DOCUMENT], predictions)
    assert str(caught.value) == message


def test_predictions_want_a_name_for_a_speaker():
    gold = {**DOCUMENT, "items": [{"cue_span": [0, 1], "source_span": [0, 1]}]}
    with pytest.raises(BadGold) as caught:
        score([gold], [{"id": "a", "attributions": [{"speaker": {"name": "Ada"}}]}], scorer="speakers")
    assert str(caught.value) == (
        'predictions, record 1, attributions[0]: "speaker" is no string; put it in quotation marks.'
    )


def test_predictions_with_unknown_ids_are_warned_of():
    assert score([DOCUMENT], [{"id": "b"}, {"id": "c"}]).warnings == (
        "2 predicted documents are not in the gold file.",
    )


def test_predictions_with_another_text_are_warned_of():
    assert score([DOCUMENT], [{**DOCUMENT, "text": "Ada ran"}]).warnings == (
        "1 predicted documents have another text than the gold, so their offsets may be off.",
    )


def test_lone_surrogates_in_gold_are_replaced_one_for_one():
    gold = {**DOCUMENT, "text": "\ud800da ran."}
    assert [mistake.gold for mistake in score([gold], []).errors] == ["\ufffdda"]

import pytest

from quotes.evaluate.baselines import BASELINES, COMPARED, predict
from quotes.evaluate.records import JsonLines
from quotes.extract import EXTRACTORS

TEXT = "“The mill is closed for good,” Ada Byron said on Monday."
ODD = "The millers' wives said: “The mill is closed for good.”"


def gold(*texts):
    return JsonLines.of("gold", [{"id": str(i), "text": text, "attributions": []} for i, text in enumerate(texts)])


def test_baselines_are_no_extractors():
    assert not BASELINES.keys() & EXTRACTORS.keys()
    assert set(COMPARED) <= BASELINES.keys() | EXTRACTORS.keys()


@pytest.mark.parametrize("name", BASELINES)
def test_baselines_predict_a_document_a_record(name):
    predictions, warnings = predict(gold(TEXT, ""), name)
    assert [record.data["id"] for record in predictions.records] == ["0", "1"]
    assert [len(record.data["attributions"]) for record in predictions.records] == [1, 0]
    assert predictions.records[0].data["attributions"][0]["kind"] == "direct"
    assert warnings == ()


def test_baselines_count_the_documents_that_are_given_up():
    predictions, warnings = predict(gold(TEXT, ODD), "textacy")
    assert [len(record.data["attributions"]) for record in predictions.records] == [1, 0]
    assert warnings == ("textacy gave up on 1 of 2 documents: nothing found in them.",)

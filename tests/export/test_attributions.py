from quotes.export.attributions import to_record
from quotes.model import Article, Extraction, Quote, Speaker, TextSpan

TEXT = "“Yes,” she said. “We go.”"
QUOTE = Quote(
    kind="direct",
    contents=(TextSpan(0, 6), TextSpan(17, 25)),
    cues=(TextSpan(11, 15),),
    sources=(TextSpan(7, 10),),
    mention="she",
    speaker=Speaker("Ada Byron"),
    cue_class="says",
    status="closed",
)


def test_to_record_is_the_contract_of_attribution_jsonl():
    record = to_record(Article(text=TEXT, name="a1"), Extraction(quotes=(QUOTE,), marks=(), extractor="test/1"))
    assert record == {
        "id": "a1",
        "text": TEXT,
        "attributions": [
            {
                "sources": [[7, 10]],
                "cues": [[11, 15]],
                "contents": [[0, 6], [17, 25]],
                "kind": "direct",
                "text": "“Yes,” … “We go.”",
                "mention": "she",
                "speaker": "Ada Byron",
                "speaker_description": None,
                "members": [],
                "speaker_confidence": None,
                "confidence": None,
                "cue_class": "says",
                "negated": False,
                "modality": None,
                "via": None,
                "status": "closed",
            }
        ],
    }

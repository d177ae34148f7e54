"""Values become Arrow and come back as they were."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.adding import Reading
from quotes.batch.schema import ARTICLES, QUOTES, article_of, reading_of, rows_of
from quotes.batch.values import arrow_fields, from_plain, to_plain
from quotes.model import Article, Extraction, MarkPair, NameSpan, PrintedRole, Quote, Speaker, TextSpan
from quotes.topics import Profile, Statistics, Topic

TEXT = "“We will open it,” Amina Odhiambo, the mayor of Nairobi, said."

ARTICLE = Article(
    text=TEXT, url="https://example.org/1", outlet="The Gazette", published="2023-03-04", authors=("A. B.", "C. D."),
    name="one", path="/news/one.txt", raw_hash="sha256:1", reader="plain/1",
)  # fmt: skip
MARK = MarkPair(start=1, end=17, opening=TextSpan(0, 1), closing=TextSpan(17, 18), status="closed")
QUOTE = Quote(
    kind="direct", contents=(TextSpan(0, 18),), cues=(TextSpan(57, 61),), sources=(TextSpan(19, 33),),
    mention="Amina Odhiambo", speaker=Speaker("Amina Odhiambo", "named here"), speaker_confidence=0.9,
    cue_class="says", status="closed", confidence=0.8,
)  # fmt: skip
READING = Reading(
    Extraction(
        quotes=(QUOTE, Quote(kind="indirect", contents=(TextSpan(1, 3), TextSpan(4, 8)), negated=True)),
        marks=(MARK,),
        extractor="model/1",
        names=(NameSpan(19, 33, "person"),),
        roles=(PrintedRole(name="Amina Odhiambo", words=frozenset({"mayor", "nairobi"}), start=35, end=55),),
    ),
    Profile((Topic("mayor", 0.5),), Statistics(sentences=1, words=9, reading_ease=60.0)),
)


def through_arrow(article: Article, reading: Reading) -> tuple[Article, Reading]:
    row, quotes = rows_of(article, reading)
    (back,) = pa.Table.from_pylist([row], schema=ARTICLES).to_pylist()
    return article_of(back), reading_of(back, pa.Table.from_pylist(quotes, schema=QUOTES).to_pylist())


def test_values_come_back_from_arrow_as_they_were() -> None:
    article, reading = through_arrow(ARTICLE, READING)
    assert reading == READING
    assert article == ARTICLE
    assert (article.name, article.path, article.raw_hash) == ("one", "/news/one.txt", "sha256:1")


def test_values_that_are_absent_stay_absent() -> None:
    nothing = Reading(Extraction(quotes=(), marks=(), extractor="rules/1"), Profile())
    assert through_arrow(Article(text="x"), nothing) == (Article(text="x"), nothing)
    assert through_arrow(Article(text="x"), nothing)[1].extraction.names is None


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_values_keep_any_text(text: str) -> None:
    nothing = Reading(Extraction(quotes=(), marks=(), extractor="rules/1"), Profile())
    assert through_arrow(Article(text=text), nothing)[0].text == text


def test_values_allow_none_only_where_their_annotations_do() -> None:
    nullable = {field.name for field in arrow_fields(Quote) if field.nullable}
    assert {"speaker", "mention", "confidence"} <= nullable
    assert not {"kind", "contents", "negated"} & nullable


def test_values_of_other_kinds_have_no_arrow_type() -> None:
    from dataclasses import dataclass

    @dataclass
    class Odd:
        value: complex

    Odd.__annotations__["value"] = complex
    with pytest.raises(TypeError, match="no Arrow type for <class 'complex'>"):
        arrow_fields(Odd)


def test_values_pass_over_keys_that_they_lack() -> None:
    assert from_plain(Topic, {**to_plain(Topic("a", 1.0)), "more": 1}) == Topic("a", 1.0)


def test_schema_gives_an_article_the_same_key_in_every_run() -> None:
    row, (first, second) = rows_of(ARTICLE, READING)
    assert row["article"] == rows_of(ARTICLE, READING)[0]["article"] == first["article"] == second["article"]
    assert row["article"] != rows_of(Article(text=TEXT, url="https://example.org/2"), READING)[0]["article"]
    assert (first["text"], second["text"]) == (TEXT[:18], f"{TEXT[1:3]} … {TEXT[4:8]}")

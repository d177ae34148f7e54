"""What each table, view and column means, for Datasette and for docs/schema.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Described:
    """A table or view: its meaning, and that of each of its columns in their order."""

    description: str
    columns: Mapping[str, str]


INTERNAL = (
    "_sqlite_migrations",
    "sqlite_sequence",
    "wording_key",
    "article_key",
    "article_sketch",
    "quote_sketch",
)
"""Tables that are no part of the data: the schema changes applied, the numbers given out so far, and the indexes that
lead from a wording or an article to those like it.

The full-text indexes are others: article_fts, quote_fts and speaker_fts with the tables that FTS5 keeps for each.
"""

COUNTED = (
    "listing",
    "total",
    "month_total",
    "speaker_total",
    "speaker_month",
    "article_total",
    "outlet_total",
)
"""Tables that triggers derive from others, so that pages sort, filter and count at once."""

DESCRIPTIONS: Mapping[str, Described] = {
    "outlet": Described(
        "Who published articles.",
        {
            "id": "Number of the outlet.",
            "name": "Its name, as the article's metadata give it.",
        },
    ),
    "article": Described(
        "An article as it was read, frozen: offsets everywhere count code points of its text, from 0. Another text at "
        "the same location is a new version and a row of its own.",
        {
            "id": "Number of the article; never given twice.",
            "label": "What it is called in lists: its title, else its name, else its first words.",
            "outlet_id": "The outlet that published it, if known.",
            "published": "When it was published, in ISO 8601 and as exactly as is known: 2023, 2023-03-04.",
            "title": "Its headline, if known.",
            "url": "Its address on the web as the page or the input gives it, if known.",
            "path": "The file that it was read from, relative to the database's folder; for a record of a JSONL file, "
            "the file, a slash and the record's id.",
            "name": "What the input calls it: a record's id, else the file's name without its ending.",
            "location": "By what it is found again: the URL in the form that all addresses of a page share, else the "
            "path, else text: and the text's hash.",
            "version": "Counts the texts seen at this location, from 1.",
            "language": "The language of the text, as a code (en), if known.",
            "note": "What the collection's manifest remarks on it.",
            "characters": "Length of the text in code points.",
            "text": "The text, exactly as read.",
            "text_hash": "SHA-256 of the text's UTF-8 form.",
            "raw_hash": "SHA-256 of the bytes that the text was read from.",
            "replaced": "How many lone surrogates, and bytes of a fetched page that are no text in its encoding, were "
            "replaced by U+FFFD.",
            "reader": "What turned the input into text.",
            "extractor": "Name and version of what found the quotes.",
            "added": "When it was added, in UTC.",
            "sentences": "How many sentences it has; empty where it has no words or nothing told its sentences.",
            "words": "How many words, punctuation left out.",
            "reading_ease": "Flesch reading ease for English: 60 to 70 is plain, below 30 very hard.",
            "family_id": "The first added of the articles that are copies of one text, this one among them; empty "
            "until articles are grouped.",
            "authors": "Who wrote it, as a JSON list of names.",
            "updated": "When its outlet last changed it, as its page says, in ISO 8601.",
            "correction": "Its notices of correction, if it has any.",
            "archived": "Where a web archive keeps the page.",
            "missing": "What the page was asked for and does not tell, as a JSON list: authors, published.",
            "printed": "What the text's own head and tail print of such facts, and of place, agency and original: a "
            "JSON list of field, value, start, end and whether the columns here have it from there (taken).",
        },
    ),
    "topic": Described(
        "What articles are about: up to ten key terms of each, from the parts of speech in its first 1,500 tokens.",
        {
            "article_id": "The article.",
            "rank": "Its place among the article's topics, from 1.",
            "term": "The words, as the article prints them most often; compared without regard to case.",
            "score": "What SGRank gave it; within one article the higher is the better.",
        },
    ),
    "speaker": Described(
        "Whom quotes are attributed to, one row for all articles.",
        {
            "id": "Number of the speaker; never given twice.",
            "name": "The fullest of the names that articles use.",
            "key": "The key of the alias that has the speaker's number.",
            "qid": "The person in Wikidata, as the authority file or a judgement says.",
        },
    ),
    "alias": Described(
        "The names that lead to a speaker: one row for all the spellings that differ in titles, accents and case only.",
        {
            "id": "Number of the alias, and of the speaker that it alone would be; never given twice.",
            "speaker_id": "The speaker that it leads to.",
            "name": "The fullest form that articles print.",
            "key": "The name without titles, accents and case, by which it is found; after a split followed by @ and "
            "the location of the article that it holds for.",
            "location": "Where somebody has decided that the name means another person in one article: that article.",
            "qid": "The person of this name in Wikidata, as the authority file or a judgement says.",
            "reason": "Why it is that person.",
        },
    ),
    "alias_block": Described(
        "By what aliases that may be one person's are found: only names that share a block are compared.",
        {
            "block": "The kind of the block and what its names share: f k:m is first and last name by their sound.",
            "alias_id": "The alias.",
        },
    ),
    "alias_pair": Described(
        "Two aliases that are or may be one person's, and why.",
        {
            "a": "The one with the lower number.",
            "b": "The other one.",
            "score": "How likely they are one person's, for ranking only.",
            "automatic": "1 where that is strong enough to join them without asking.",
            "reasons": "What speaks for and against it, as a JSON list.",
        },
    ),
    "role": Described(
        "What an article prints as somebody's role: the defence minister of Kenya. It held at the article's date.",
        {
            "id": "Number of the role.",
            "alias_id": "Whose role it is, by the name that the article uses.",
            "article_id": "The article.",
            "text": "The words as printed.",
            "words": "The words that carry meaning, in the order of the alphabet.",
            "start": "Offset of the first character in the article's text.",
            "end": "Offset behind the last one.",
        },
    ),
    "judgement": Described(
        "What people have decided. Rows are added only: a judgement is taken back by another row.",
        {
            "id": "Number of the judgement; never given twice.",
            "about": "speaker or claim.",
            "decision": "What was decided: same, different, apart, split, rename, qid; undo takes another row back.",
            "a": "What it is about: for a speaker the key of an alias.",
            "b": "The other one, the location of the article, the new name or the number in Wikidata.",
            "who": "Who decided.",
            "why": "The reason given.",
            "made": "When, in UTC.",
            "takes_back": "The judgement that this one takes back.",
        },
    ),
    "authority": Described(
        "People of the authority file that was loaded.",
        {
            "qid": "The person in Wikidata.",
            "name": "The name.",
            "country": "The country.",
        },
    ),
    "authority_name": Described(
        "The names of people in the authority file.",
        {
            "qid": "The person.",
            "name": "One of the names.",
            "key": "The name without titles, accents and case.",
            "last": "The last name by its sound.",
        },
    ),
    "authority_position": Described(
        "The positions that people of the authority file have held, and when.",
        {
            "id": "Number of the position.",
            "qid": "The person.",
            "position": "What it is called.",
            "office": "The kind of office and the country, by which a role without a name is looked up: chief kenya.",
            "start": "Its first day, as exactly as is known; empty where it is not.",
            "end": "Its last day; empty where it lasts or the day is unknown.",
        },
    ),
    "quote": Described(
        "One attributed statement of an article: what is said, by whom, and how the article puts it.",
        {
            "id": "Number of the quote; never given twice.",
            "article_id": "The article that it stands in.",
            "position": "Its place among the article's quotes, from 0.",
            "kind": "direct: every word stands in quotation marks; mixed: some do; indirect: none does.",
            "text": "The words of its content; parts that stand apart are joined by an ellipsis.",
            "speaker_id": "The speaker across articles; empty where no name is known.",
            "speaker_name": "The fullest name of the speaker in this article.",
            "speaker_description": "A source without a name: a senior official.",
            "speaker_confidence": "Probability that the speaker is right; empty where there is no measured one.",
            "speaker_reason": "How the mention led to the speaker.",
            "mention": "The words that name the source at this place: he, the minister.",
            "cue": "The words that make it a report: said, according to.",
            "cue_class": "The kind of the cue's verb.",
            "negated": "1 where the cue denies the statement: did not say.",
            "modality": "How the source holds the statement, if the extractor tells.",
            "via": "The outer speaker, where one says that another said.",
            "status": "closed, continued into the next paragraph, unclosed or unopened: how the source prints its "
            "quotation marks; empty for a quote without any.",
            "confidence": "Probability that this is a statement so attributed; empty where there is no measured one.",
            "fingerprint": "Hash of the words alone: quotes that differ in case and punctuation only share it.",
            "alias_id": "The name by which the article leads to the speaker.",
            "utterance_id": "The quotes with the same words, nearly the same words or a part of them.",
            "claim_id": "The quotes that say the same, whoever says it and in whatever words.",
        },
    ),
    "span": Described(
        "Where the parts of a quote stand in the article's text: source (who), cue (said) and content (what).",
        {
            "quote_id": "The quote.",
            "role": "source, cue or content.",
            "number": "Counts the spans of one role, from 0: a content may be interrupted.",
            "start": "Offset of its first character.",
            "end": "Offset behind its last character.",
            "text": "The article's text between the two.",
        },
    ),
    "mark": Described(
        "Every quotation as its marks show it, whether or not it is a quote of anybody.",
        {
            "id": "Number of the pair of marks.",
            "article_id": "The article.",
            "start": "Offset of the first character inside the marks.",
            "end": "Offset behind the last character inside the marks.",
            "opening": "The opening mark as printed; empty where it is missing.",
            "closing": "The closing mark as printed; empty where it is missing or the quotation goes on.",
            "status": "closed, continued into the next paragraph, unclosed or unopened.",
            "level": "0 for an outer quotation, 1 for one inside it, and so on.",
            "quote_id": "The quote whose content has most of what stands inside; empty for scare quotes and titles.",
        },
    ),
    "edge": Described(
        "Two quotes that are alike, each the first added of its wording; quotes of one wording hang on its first one.",
        {
            "a": "The quote added first.",
            "b": "The other.",
            "kind": "identical: word for word; near: a word cut, added or replaced; fragment: one is a part of the "
            "other; paraphrase: other words for the same.",
            "score": "How alike, 0 to 1, as the method measures it.",
            "linked": "1 where it joins the two; 0 where it is only suggested to people.",
            "contradiction": "What differs that may turn the meaning round (number, negation, name, modal); such an "
            "edge joins nothing.",
            "method": "What found it, with its version.",
        },
    ),
    "utterance": Described(
        "Quotes of the same words: linked as identical, near or fragment.",
        {
            "id": "Number of the first added of its quotes.",
            "claim_id": "The claim that it belongs to.",
            "label": "Its fullest wording.",
            "quotes": "How many quotes it has.",
            "wordings": "How many wordings, marks, case and punctuation aside.",
        },
    ),
    "claim": Described(
        "Quotes that a fact-checker would file together: they say the same, whoever says it.",
        {
            "id": "Number of the first added of its quotes.",
            "label": "Its fullest wording.",
            "speaker_id": "The speaker to whom most of its quotes are attributed.",
            "quotes": "How many quotes it has.",
            "articles": "How many articles they stand in.",
            "outlets": "How many known outlets published these.",
            "sources": "How many of these are independent: articles of one outlet, copies of one text and passages "
            "taken over word for word count once.",
            "speakers": "How many speakers its quotes are attributed to.",
            "wordings": "How many wordings, marks, case and punctuation aside.",
            "first_published": "The earliest date that an article of it bears: first seen in this database, which need "
            "not be where it was first said.",
            "last_published": "The latest date that an article of it bears.",
            "conflicts": "How many pairs of its speakers disagree about who said it.",
            "contradicted": "1 where another claim has nearly its words, with a number, a negation, a name or a modal "
            "verb changed.",
        },
    ),
    "claim_topic": Described(
        "What claims are about: the topics of their articles that their own words hold.",
        {
            "claim_id": "The claim.",
            "rank": "Its place among the claim's topics, from 1.",
            "term": "The words; compared without regard to case.",
        },
    ),
    "conflict": Described(
        "One claim attributed to different speakers by different articles.",
        {
            "id": "Number of the conflict.",
            "claim_id": "The claim.",
            "kind": "same person: perhaps one under two names; different persons; organization and person; "
            "different organizations; via: one of them quotes the other.",
            "a": "A quote with the one speaker.",
            "b": "A quote with the other.",
        },
    ),
    "original": Described(
        "The bytes that articles were read from, where they were asked to be kept.",
        {
            "article_id": "The article.",
            "encoding": "How the bytes are packed: gzip.",
            "bytes": "The bytes; unpacked, their SHA-256 is the article's raw_hash.",
        },
    ),
    "fetch": Described(
        "What was last fetched from each address: pages, feeds and sitemaps.",
        {
            "url": "The address, as it was asked for.",
            "fetched": "When, in UTC.",
            "status": "The status of the answer (200, 304, 404); empty where none came.",
            "location": "That of the article which the address led to.",
            "etag": "By what the server tells versions apart.",
            "last_modified": "When it changed, as the server says.",
            "failures": "How many times it has failed since it was last read.",
            "error": "Why it was not read the last time.",
        },
    ),
    "statement": Described(
        "The quotes for reading: who said what, and where it was printed.",
        {
            "id": "Number of the quote.",
            "text": "What was said.",
            "speaker": "Who said it, by the fullest name known.",
            "outlet": "Who published it.",
            "published": "When.",
            "kind": "direct, mixed or indirect.",
            "mention": "How the article names the source at this place.",
            "cue": "The reporting words.",
            "article": "What the article is called.",
            "article_id": "Number of the article.",
            "speaker_id": "Number of the speaker.",
            "outlet_id": "Number of the outlet.",
            "fingerprint": "Hash of the words alone.",
        },
    ),
    "listing": Described(
        "What pages sort and filter quotes by; triggers keep it.",
        {
            "quote_id": "The quote.",
            "article_id": "The article that it stands in.",
            "published": "When that article was published; empty text where that is not known.",
            "speaker_id": "The speaker; empty where no name is known.",
            "outlet_id": "The outlet; 0 where it is not known.",
            "kind": "direct, mixed or indirect.",
            "cue_class": "The kind of the cue's verb.",
        },
    ),
    "total": Described(
        "How much there is in all; triggers count it.",
        {"name": "What is counted: articles, outlets, speakers, quotes.", "number": "How many there are."},
    ),
    "month_total": Described(
        "Quotes by the month of their articles; triggers count them.",
        {"month": "2024-03, or what is known of it; empty text for articles without a date.", "quotes": "How many."},
    ),
    "speaker_total": Described(
        "Quotes of each speaker; triggers count them.", {"speaker_id": "The speaker.", "quotes": "How many."}
    ),
    "speaker_month": Described(
        "Quotes of each speaker by month and outlet; triggers count them.",
        {
            "speaker_id": "The speaker.",
            "month": "2024-03, or what is known of it; empty text for articles without a date.",
            "outlet_id": "The outlet; 0 where it is not known.",
            "quotes": "How many.",
        },
    ),
    "article_total": Described(
        "What each article has; triggers count it.",
        {
            "article_id": "The article.",
            "outlet_id": "Its outlet; 0 where it is not known.",
            "quotes": "Its quotes.",
            "marks": "Its outer quotations in marks.",
            "covered": "Those of them that are part of a quote.",
        },
    ),
    "outlet_total": Described(
        "What each outlet's articles have together; triggers count it.",
        {
            "outlet_id": "The outlet; 0 for articles whose outlet is not known.",
            "articles": "Its articles.",
            "quotes": "Their quotes.",
            "marks": "Their outer quotations in marks.",
            "covered": "Those of them that are part of a quote.",
        },
    ),
}
"""By the name of the table or view."""

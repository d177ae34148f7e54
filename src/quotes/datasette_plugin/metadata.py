"""What Datasette is told about a database of ours: titles, descriptions, order and facets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from quotes.datasette_plugin.addresses import page_address
from quotes.store.descriptions import COUNTED, DESCRIPTIONS, INTERNAL

if TYPE_CHECKING:
    from datasette.app import Datasette

TITLES = {
    "statement": "Statements",
    "quote": "Quotes",
    "article": "Articles",
    "topic": "Topics",
    "speaker": "Speakers",
    "outlet": "Outlets",
    "span": "Spans",
    "mark": "Quotation marks",
    "claim": "Claims",
    "utterance": "Utterances",
    "edge": "Edges between quotes",
    "claim_topic": "Topics of claims",
    "conflict": "Conflicts",
    "alias": "Names of speakers",
    "alias_pair": "Names that may be one person's",
    "role": "Roles as printed",
    "judgement": "Judgements",
    "authority": "People of the authority file",
    "authority_name": "Names in the authority file",
    "authority_position": "Positions in the authority file",
    "original": "Bytes of articles",
    "fetch": "Fetched addresses",
}

CONFIGURATION: dict[str, dict[str, Any]] = {
    "statement": {
        "sort_desc": "published",
        "facets": ["outlet", "speaker", "kind"],
        "fts_table": "quote_fts",
        "fts_pk": "id",
    },
    "quote": {"facets": ["kind", "speaker_id"]},
    "article": {"label_column": "label", "sort_desc": "published", "facets": ["outlet_id", "published"]},
    "topic": {"sort": "rank", "facets": ["term"]},
    "speaker": {"label_column": "name", "sort": "name"},
    "outlet": {"label_column": "name", "sort": "name"},
    "mark": {"facets": ["status", "level"]},
    "claim": {"label_column": "label", "sort_desc": "sources", "facets": ["speaker_id"]},
    "utterance": {"label_column": "label"},
    "edge": {"facets": ["kind", "linked"]},
    "claim_topic": {"facets": ["term"]},
    "conflict": {"facets": ["kind"]},
    "fetch": {"facets": ["status"]},
    **{table: {"hidden": True} for table in (*INTERNAL, *COUNTED)},
}
"""What Datasette calls a table's configuration; the full-text indexes are known to it as such and hidden."""

_INTRODUCTION = Markup(
    '<p><a href="{start}">Read it as pages</a>: search, speakers, claims, conflicts, drift and coverage. '
    "Here are the tables behind them.</p>"
    '<form class="core who-said" action="{who_said}"><label for="who-said-words">Who said…</label> '
    '<input type="search" id="who-said-words" name="words"> <input type="submit" value="Find"></form>'
    '<p>Or read <a href="{statement}">all statements</a>, by outlet, speaker and kind.</p>'
)


def database_metadata(datasette: Datasette, name: str) -> dict[str, Any]:
    """The metadata of one database as Datasette 0.65 reads it; a new value each time, since Datasette changes it."""
    return {"title": "Quotes", "description_html": introduction(datasette, name), "tables": _tables()}


def file_metadata(name: str, **known: str | None) -> dict[str, Any]:
    """What a metadata file for a copy of a database says, for a Datasette with or without this plugin.

    `known` are Datasette's own keys: title, source, source_url, license, license_url; None is left out.
    """
    told = {key: value for key, value in known.items() if value}
    return {**told, "databases": {name: {"title": known.get("title") or "Quotes", "tables": _tables()}}}


def facets() -> dict[str, dict[str, list[str]]]:
    """The columns that tables are counted by; a new value each time."""
    return {
        table: {"facets": list(configured["facets"])}
        for table, configured in CONFIGURATION.items()
        if "facets" in configured
    }


def _tables() -> dict[str, dict[str, Any]]:
    tables: dict[str, dict[str, Any]] = {
        table: {
            key: list(value) if isinstance(value, list) else value
            for key, value in CONFIGURATION.get(table, {}).items()
        }
        for table in {**DESCRIPTIONS, **CONFIGURATION}
    }
    for table, described in DESCRIPTIONS.items():
        tables[table] |= {
            "title": TITLES.get(table) or table.replace("_", " ").capitalize(),
            "description": described.description,
            "columns": dict(described.columns),
        }
    return tables


def introduction(datasette: Datasette, name: str) -> str:
    """The first words on a database's page, as HTML."""
    urls = datasette.urls
    return str(
        _INTRODUCTION.format(
            start=page_address(datasette, name),
            who_said=urls.query(name, "who_said"),
            statement=urls.table(name, "statement"),
        )
    )

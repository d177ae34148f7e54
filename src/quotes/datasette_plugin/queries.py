"""The questions that stand ready on a database's page."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class CannedQuery:
    """A question with the SQL that answers it; `parameters` are what the reader fills in."""

    title: str
    description: str
    sql: str
    parameters: tuple[str, ...] = ()


# Which words match and in which order is that of `store.queries.who`. The column that numbers a quote is quote_id, and
# ids stand last, for links and programs.
_WHO_SAID = """
    with asked(match, query) as (
      select how.match, quotes_match(:words, how.match)
      from (select 1 as step, 'exact' as match union all select 2, 'all words' union all select 3, 'some words') as how
      where exists (select 1 from quote_fts where quote_fts match quotes_match(:words, how.match))
      order by how.step
      limit 1
    )
    select
      statement.id as quote_id,
      statement.text,
      statement.speaker,
      statement.outlet,
      statement.published,
      statement.article,
      statement.kind,
      (select match from asked) as match,
      statement.article_id,
      statement.speaker_id,
      statement.outlet_id
    from quote_fts
    join statement on statement.id = quote_fts.rowid
    where quote_fts match coalesce((select query from asked), quotes_match('', 'exact'))
    order by
      case when (select match from asked) = 'exact' then statement.published is null else quote_fts.rank end,
      case when (select match from asked) = 'exact' then statement.published end,
      statement.article_id,
      statement.id
"""

_BY_SPEAKER = """
    select
      id as quote_id,
      speaker,
      text,
      published,
      outlet,
      article,
      kind,
      article_id,
      speaker_id,
      outlet_id
    from statement
    where speaker_id in (select value from json_each(quotes_speakers(:name)))
    order by speaker, speaker_id, published is null, published, article_id, id
"""

# of the rows of a group, the columns outside functions are those of the row that has the least date
_MOST_OUTLETS = """
    with repeated as materialized (
      select fingerprint from quote group by fingerprint having count(*) > 1
    ),
    wording as materialized (
      select
        text,
        count(distinct outlet_id) as outlets,
        count(distinct article_id) as articles,
        min(published) as first_seen,
        fingerprint
      from statement
      where fingerprint in (select fingerprint from repeated)
      group by fingerprint
      having count(distinct article_id) > 1
      order by outlets desc, articles desc, first_seen is null, first_seen, text
      limit 500
    )
    select
      text,
      (select group_concat(speaker, '; ') from (
        select distinct speaker from statement where fingerprint = wording.fingerprint
      )) as speakers,
      outlets,
      articles,
      first_seen,
      (select group_concat(outlet, '; ') from (
        select distinct outlet from statement where fingerprint = wording.fingerprint
      )) as printed_by,
      fingerprint
    from wording
    order by outlets desc, articles desc, first_seen is null, first_seen, text
"""

_COVERAGE = """
    with marks as (
      select article_id, count(*) as marked, count(quote_id) as covered from mark where level = 0 group by article_id
    ),
    found as (
      select article_id, count(*) as quotes from quote group by article_id
    )
    select
      coalesce(outlet.name, 'outlet unknown') as outlet,
      count(*) as articles,
      coalesce(sum(found.quotes), 0) as quotes,
      coalesce(sum(marks.marked), 0) as quotations,
      coalesce(sum(marks.covered), 0) as covered,
      round(100.0 * sum(marks.covered) / sum(marks.marked), 1) as percent,
      article.outlet_id
    from article
    left join outlet on outlet.id = article.outlet_id
    left join marks on marks.article_id = article.id
    left join found on found.article_id = article.id
    group by article.outlet_id
    order by articles desc, outlet.name is null, outlet.name
"""

_REPEATED_CLAIMS = """
    select
      claim.label as text,
      speaker.name as speaker,
      claim.sources,
      claim.outlets,
      claim.articles,
      claim.wordings,
      claim.first_published as first_seen,
      claim.id as claim_id,
      claim.speaker_id
    from claim
    left join speaker on speaker.id = claim.speaker_id
    where claim.sources > 1
    order by claim.sources desc, claim.quotes desc
    limit 500
"""

_CONFLICTS = """
    select
      conflict.kind,
      claim.label as text,
      coalesce(one.speaker_name, one.speaker_description, one.mention) as said_by,
      coalesce(other.speaker_name, other.speaker_description, other.mention) as or_by,
      conflict.a as quote_id,
      conflict.b as other_quote_id,
      conflict.claim_id
    from conflict
    join claim on claim.id = conflict.claim_id
    join quote as one on one.id = conflict.a
    join quote as other on other.id = conflict.b
    order by claim.sources desc, conflict.id desc
    limit 500
"""

QUERIES = {
    "who_said": CannedQuery(
        title="Who said…",
        description="Type words as you remember them. Quotes that have them one after the other come first, by date; "
        "where there is none, those with all of the words, then those with some of them, the closest first. Case, "
        "accents and punctuation make no difference.",
        sql=dedent(_WHO_SAID).strip(),
        parameters=("words",),
    ),
    "by_speaker": CannedQuery(
        title="By speaker",
        description="Everything that a speaker is reported to have said, the earliest first. Any name of "
        "theirs, part of one or another spelling of one will do; titles, case and accents make no difference.",
        sql=dedent(_BY_SPEAKER).strip(),
        parameters=("name",),
    ),
    "most_outlets": CannedQuery(
        title="Said in most outlets",
        description="The same words in more than one article, those that most outlets print first. Case and "
        "punctuation are passed over, and an article whose outlet is not known counts for no outlet. first_seen is the "
        "earliest date of publication in this database, and need not be when it was said first.",
        sql=dedent(_MOST_OUTLETS).strip(),
    ),
    "repeated_claims": CannedQuery(
        title="Claims of several sources",
        description="Statements that say the same in articles that are no copies of each other, those of most sources "
        "first.",
        sql=dedent(_REPEATED_CLAIMS).strip(),
    ),
    "conflicts": CannedQuery(
        title="Who said it?",
        description="One claim, ascribed to sources that do not agree.",
        sql=dedent(_CONFLICTS).strip(),
    ),
    "coverage": CannedQuery(
        title="Coverage of each outlet",
        description="How many of the quotations that an outlet prints in quotation marks are part of a quote that was "
        "found: covered of quotations, and percent. The rest are scare quotes, titles of works, or quotes overlooked.",
        sql=dedent(_COVERAGE).strip(),
    ),
}
"""By the name in the address of the query's page."""


def as_metadata() -> dict[str, Any]:
    """The queries as Datasette 0.65 reads them; a new value each time, since Datasette changes it."""
    return {
        name: {
            "sql": query.sql,
            "title": query.title,
            "description": query.description,
            "params": list(query.parameters),
            "hide_sql": True,
        }
        for name, query in QUERIES.items()
    }

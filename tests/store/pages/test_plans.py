"""No page reads a large table from end to end: what SQLite is going to do for every query of every page."""

import pytest

from quotes.store.pages.articles import article, place_of
from quotes.store.pages.claims import claim, claims
from quotes.store.pages.conflicts import conflicts
from quotes.store.pages.coverage import coverage
from quotes.store.pages.drift import drift
from quotes.store.pages.search import Asked, choices, search
from quotes.store.pages.speakers import speaker, speakers
from quotes.store.pages.start import start
from quotes.store.pages.suggestions import suggestions

MAY_BE_SCANNED = {
    "judgement": "what people have decided",
    "total": "four rows",
    "outlet_total": "a row an outlet",
    "(subquery-1)": "conflicts, counted up to a bound",
    "changed": "contradictions of one claim",
    "distinct_class": "a row a class of cues",
    "found": "names that match, up to a bound",
    "most": "outlets, up to a bound",
    "member": "quotes of a claim, up to a bound",
    "pair": "suggestions, up to a bound",
    "printed": "roles of a speaker, up to a bound",
}
"""What a plan may go through from end to end, and why that is little.

Virtual tables are lists of numbers that were handed over, and matches of a full-text query.
"""

READS = {
    "start": start,
    "search": lambda conn: search(conn, Asked()),
    "search after": lambda conn: search(conn, Asked(), after="2024-03-02.2"),
    "search exact": lambda conn: search(conn, Asked(words="open the bridge")),
    "search all": lambda conn: search(conn, Asked(words="bridge open")),
    "search some": lambda conn: search(conn, Asked(words="bridge unheard")),
    "search filtered": lambda conn: search(
        conn,
        Asked(words="bridge", speaker="Ruiz", outlet="1", kind="direct", cue_class="says", since="2024", until="2025"),
    ),
    "search by speaker": lambda conn: search(conn, Asked(speaker="Ana Ruiz")),
    "search by speakers": lambda conn: search(conn, Asked(speaker="zzz")),
    "search by speaker, outlet and kind": lambda conn: search(conn, Asked(speaker="1", outlet="Daily", kind="direct")),
    "search by outlet and dates": lambda conn: search(conn, Asked(outlet="1", since="2024-03", until="2024-04")),
    "search by kind": lambda conn: search(conn, Asked(kind="direct"), after="2024-03-02.2"),
    "search by cue": lambda conn: search(conn, Asked(cue_class="says")),
    "search by dates": lambda conn: search(conn, Asked(since="2024-03-02", until="2024-03-09")),
    "choices": choices,
    "speakers": speakers,
    "speakers after": lambda conn: speakers(conn, after="2.1"),
    "speakers named": lambda conn: speakers(conn, "Ruiz"),
    "speaker": lambda conn: speaker(conn, 1),
    "speaker after": lambda conn: speaker(conn, 1, after="2024-03-02.2"),
    "claims": claims,
    "claims after": lambda conn: claims(conn, after="2.2.2"),
    "claim": lambda conn: claim(conn, 1),
    "claim by a quote": lambda conn: claim(conn, 2),
    "article": lambda conn: article(conn, 1),
    "quote": lambda conn: place_of(conn, 1),
    "conflicts": conflicts,
    "conflicts of a kind": lambda conn: conflicts(conn, kind="via", before=9),
    "drift": drift,
    "drift after": lambda conn: drift(conn, after="2.2.2"),
    "coverage": coverage,
    "suggestions": suggestions,
}


class Recording:
    """A connection that keeps the plan of every query that it runs."""

    def __init__(self, connection):
        self.connection = connection
        self.plans = []

    def execute(self, query, parameters=()):
        plan = self.connection.execute(f"EXPLAIN QUERY PLAN {query}", parameters).fetchall()
        self.plans.append((query, [row["detail"] for row in plan]))
        return self.connection.execute(query, parameters)


@pytest.mark.parametrize("name", READS)
def test_plans_of_every_page_scan_no_large_table(told_connection, name):
    recording = Recording(told_connection)
    READS[name](recording)
    assert recording.plans
    for query, steps in recording.plans:
        for step in steps:
            if step.startswith("SCAN ") and " VIRTUAL TABLE " not in step:
                assert step.split()[1] in MAY_BE_SCANNED, f"{step}\n{query}"

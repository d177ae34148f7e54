"""`quotes speakers`: whom the database quotes, and what people decide about who is who."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.cli import options
from quotes.cli.output import count, in_terminal, print_json, print_judgements, print_table, printable
from quotes.cli.speaker_view import print_profile, suggestion_row, walk

if TYPE_CHECKING:
    from quotes.store.rows import SpeakerRow


@click.group(invoke_without_command=True)
@options.database
@options.limit(100)
@options.json_lines
@click.pass_context
def speakers(ctx: click.Context, db: Path, limit: int, as_json: bool) -> None:
    """List the speakers, the most quoted first, and decide who is one person.

    A speaker is named by any of the names known, or by the number in the list. Every decision is kept with who made it,
    when and why; it outranks what is found in articles, also when they are added again, and can be taken back.

    \b
    quotes speakers
    quotes speakers suggest
    quotes speakers merge 3 7 --why "the same minister"
    quotes speakers undo 1
    """
    if ctx.invoked_subcommand is not None:
        return
    from quotes.store import queries
    from quotes.store.connection import reading

    with reading(db) as connection:
        rows = list(islice(queries.speakers(connection), limit))
    if as_json:
        print_json(rows)
    elif not rows:
        click.echo("No speaker yet.")
    else:
        columns = ("id", "name", "quotes", "articles", "outlets")
        print_table(columns, [[getattr(row, column) for column in columns] for row in rows])


@speakers.command()
@click.argument("name", nargs=-1, required=True)
@options.database
@options.json_lines
def show(name: tuple[str, ...], db: Path, as_json: bool) -> None:
    """All that is known of a speaker: the names, why they are one person's, and the roles printed with them."""
    from quotes.store import speakers as lookups
    from quotes.store.connection import reading

    with reading(db) as connection:
        speaker, _ = lookups.one(connection, " ".join(name))
        found = lookups.profile(connection, speaker.id)
    if as_json:
        print_json([found])
    else:
        print_profile(found)


@speakers.command()
@options.database
@options.limit(50)
@options.json_lines
@click.option(
    "--ask/--list",
    default=None,
    help="Ask about each in turn, and keep what is decided, or list them. Default: to ask in a terminal.",
)
@options.judge
def suggest(db: Path, limit: int, as_json: bool, ask: bool | None, judge: str, why: str | None) -> None:
    """Which speakers may be one person, the likeliest first, and why.

    Names are compared in all spellings, with roles, countries, dates and the people quoted beside them. In a terminal
    each is asked about: y for the same person, n for different people, s to skip, q to stop. Elsewhere they are listed,
    and nothing changes.
    """
    from quotes.store import speakers as lookups
    from quotes.store.connection import reading

    with reading(db) as connection:
        found = lookups.suggestions(connection, limit)
    if as_json:
        print_json(suggestion_row(one) for one in found)
    elif not found:
        click.echo("No two speakers look like one person.")
    elif in_terminal() if ask is None else ask:
        walk(found, lambda decision, one: _record(db, decision, list(one.keys), judge=judge, why=why))
    else:
        print_table(
            ("score", "one", "name", "other", "name", "why"),
            [
                [f"{one.score:.2f}", one.a.id, one.names[0], one.b.id, one.names[1], "; ".join(one.reasons)]
                for one in found
            ],
        )


@speakers.command()
@click.argument("speaker", nargs=-1, required=True)
@options.database
@options.judge
def merge(speaker: tuple[str, ...], db: Path, judge: str, why: str | None) -> None:
    """These are one person: SPEAKER... are names or numbers of two or more.

    The lowest number stays; the others lead to it from now on.
    """
    _decide_pairs("same", speaker, db, judge=judge, why=why)


@speakers.command()
@click.argument("one")
@click.argument("other")
@options.database
@options.judge
def same(one: str, other: str, db: Path, judge: str, why: str | None) -> None:
    """ONE and OTHER are the same person."""
    _decide_pairs("same", (one, other), db, judge=judge, why=why)


@speakers.command()
@click.argument("one")
@click.argument("other")
@options.database
@options.judge
def different(one: str, other: str, db: Path, judge: str, why: str | None) -> None:
    """ONE and OTHER are different people: they are joined no more and suggested no more."""
    _decide_pairs("different", (one, other), db, judge=judge, why=why)


@speakers.command()
@click.argument("name")
@click.option("--article", type=int, metavar="ID", help="Only there: in this article the name means somebody else.")
@options.database
@options.judge
def split(name: str, article: int | None, db: Path, judge: str, why: str | None) -> None:
    """Take NAME, one of the names of a speaker, out: its bearer is a speaker of its own.

    With --article, only in that article, where two people share one name.
    """
    from quotes.store import queries
    from quotes.store import speakers as lookups
    from quotes.store.connection import reading

    with reading(db) as connection:
        _, key = lookups.one(connection, name)
        place = None if article is None else queries.article(connection, article).location
    _record(db, "apart" if place is None else "split", [key] if place is None else [key, place], judge=judge, why=why)


@speakers.command()
@click.argument("speaker")
@click.argument("name")
@options.database
@options.judge
def rename(speaker: str, name: str, db: Path, judge: str, why: str | None) -> None:
    """Call SPEAKER by NAME from now on."""
    from quotes.resolve.names import speaker_key
    from quotes.text import one_line

    if not speaker_key(name).strip():
        raise click.BadParameter("a name has a letter in it: give the name to call the speaker by.", param_hint="NAME")
    _record(db, "rename", [_key(db, speaker), one_line(name)], judge=judge, why=why)


@speakers.command()
@click.argument("speaker")
@click.argument("qid")
@options.database
@options.judge
def link(speaker: str, qid: str, db: Path, judge: str, why: str | None) -> None:
    """SPEAKER is QID in Wikidata (Q42), or "none": nobody of the authority file."""
    from quotes.model import QID

    if qid != "none" and not QID.fullmatch(qid):
        raise click.BadParameter(f"{qid!r} is no number of Wikidata's: write it as Q42, or none.", param_hint="QID")
    key = _key(db, speaker)
    _record(db, "qid", [key] if qid == "none" else [key, qid], judge=judge, why=why)


@speakers.command()
@options.database
@options.json_lines
def judgements(db: Path, as_json: bool) -> None:
    """List what people have decided, in the order in which they did."""
    from quotes.store import judgements as decided
    from quotes.store.connection import reading

    with reading(db) as connection:
        found = decided.every(connection, "speaker")
    print_judgements(found, as_json=as_json, about="speaker")


@speakers.command()
@click.argument("judgement", type=int)
@options.database
@options.judge
def undo(judgement: int, db: Path, judge: str, why: str | None) -> None:
    """Take a judgement back by its number, or take up again what was taken back."""
    from quotes.store.writer import Writer

    options.require_database(db)
    with Writer(db) as writer, writer.people() as people:
        people.take_back(judgement, who=judge, why=why)
    click.echo(f"Judgement {judgement} is taken back.")


@speakers.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@options.database
def load(file: Path, db: Path) -> None:
    """Take in an authority file: people with their names, Wikidata numbers, and positions with dates.

    FILE is a CSV with the columns qid and name and, if known, aliases, country and positions; docs/speakers.md tells
    their form. It may be packed with gzip. Who is in the database already is looked up in it at once.
    """
    from quotes.readers.authority import read_authority
    from quotes.store import authority
    from quotes.store.writer import Writer

    known = read_authority(file)
    with Writer(db) as writer, writer.people() as people:
        people.take_in(known)
    from quotes.store.connection import reading

    with reading(db) as connection:
        linked = authority.linked(connection)
    click.echo(f"{count(len(known), 'person', 'people')} loaded; {count(linked, 'speaker')} found among them.")


@speakers.command()
@click.argument("url")
@options.database
@options.limit(50)
@options.json_lines
@click.option("--ask", is_flag=True, help="Ask about each in turn, and keep what is decided.")
@click.option("--type", "kind", default="Q5", show_default=True, help='The type asked for; "" for any.')
@options.judge
def reconcile(url: str, db: Path, limit: int, as_json: bool, ask: bool, kind: str, judge: str, why: str | None) -> None:
    """Ask a reconciliation service (OpenRefine's protocol, version 0.2) at URL who the speakers are.

    The names of those without a Wikidata number, the most quoted first, are sent there, and nothing else. Nothing
    changes but by --ask: the number of a candidate links the speaker to it, s skips, q stops.
    """
    from quotes.cli.speaker_view import choose, print_candidates
    from quotes.readers.reconciliation import reconcile as candidates_of
    from quotes.store import speakers as lookups
    from quotes.store.connection import reading

    with reading(db) as connection:
        unknown = [(row, lookups.one(connection, str(row.id))[1]) for row in lookups.unlinked(connection, limit)]
    found = list(zip(unknown, candidates_of(url, [row.name for row, _ in unknown], kind=kind or None), strict=True))
    if as_json or not ask:
        print_candidates([(row, candidates) for (row, _), candidates in found], as_json=as_json)
        return
    for (row, key), candidates in found:
        chosen = choose(row, candidates)
        if chosen == "quit":
            break
        if chosen:
            _record(db, "qid", [key, chosen], judge=judge, why=why or f"chosen among the candidates of {url}")


@speakers.command()
@options.database
def recompute(db: Path) -> None:
    """Tell anew who is who from the articles, the authority file and the judgements.

    The result is what the database holds already, unless the rules of a newer version differ.
    """
    from quotes.store.writer import Writer

    options.require_database(db)
    with Writer(db) as writer, writer.people() as people:
        people.refold()
    click.echo("Who is who is told anew.")


def _decide_pairs(decision: str, names: tuple[str, ...], db: Path, *, judge: str, why: str | None) -> None:
    if len(names) < 2:
        raise click.UsageError("Two speakers or more are needed: name another one.")
    first, *others = [_key(db, name) for name in names]
    if first in others:
        raise click.UsageError("That is one and the same name: name two speakers.")
    _record(db, decision, *([first, other] for other in others), judge=judge, why=why)


def _key(db: Path, name: str) -> str:
    from quotes.store import speakers as lookups
    from quotes.store.connection import reading

    with reading(db) as connection:
        return lookups.one(connection, name)[1]


def _record(db: Path, decision: str, *abouts: list[str], judge: str, why: str | None) -> None:
    """Write judgements down, all or none, and say what is now the case."""
    from quotes.store import speakers as lookups
    from quotes.store.connection import reading
    from quotes.store.judgements import Decision
    from quotes.store.rulings import AT
    from quotes.store.writer import Writer

    with Writer(db) as writer, writer.people() as people:
        numbers = [people.decide(Decision("speaker", decision, *about), who=judge, why=why) for about in abouts]
    for number, about in zip(numbers, abouts, strict=True):
        keys = {"same": about, "different": about, "split": [AT.join(about)]}.get(decision, about[:1])
        with reading(db) as connection:
            found = [row for key in keys if (row := lookups.of_key(connection, key))]
        outcome = _outcome(decision, found, about)
        click.echo(f"Judgement {number}: {outcome} `quotes speakers undo {number}` takes it back.")


def _outcome(decision: str, found: list[SpeakerRow], about: list[str]) -> str:
    first, last = (f"{row.id} {printable(row.name)}" for row in (found[0], found[-1]))
    return {
        "same": f"{first} is one speaker, with {count(found[0].quotes, 'quote')}.",
        "different": f"{first} and {last} are different people.",
        "apart": f"{first} is a speaker of its own.",
        "split": f"{first} is another one, in that article.",
        "rename": f"{first} is called so.",
        "qid": f"{first} is {about[1] if len(about) > 1 else 'nobody of the authority file'}.",
    }[decision]

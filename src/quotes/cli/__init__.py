"""The command `quotes`: each subcommand stands in a module of its own, loaded when it is asked for."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from importlib import import_module

import click

from quotes import __version__
from quotes.errors import QuotesError

COMMANDS = {
    "add": "Read articles into the database, with every quote found in them.",
    "extract": "Print the quotes of articles, without a database.",
    "who": "Who said these words, in which articles, in which wording.",
    "by": "Everything that a speaker is reported to have said.",
    "claims": "List the claims, those that most independent sources print first.",
    "conflicts": "Where articles attribute one claim to different speakers.",
    "show": "One quote with its article's words around it.",
    "diff": "Every wording of a claim, or two wordings, word for word.",
    "drift": "Claims whose wordings changed, numbers and negations first.",
    "headlines": "Quotes in headlines that no quote of the body supports.",
    "speakers": "List the speakers, and decide who is one person.",
    "articles": "List the articles.",
    "history": "The versions of an article, and what became of its quotes.",
    "watch": "Poll feeds and add what is new in them.",
    "export": "Write every quote as JSON lines or CSV.",
    "group": "Group all quotes anew: utterances, claims, families and conflicts.",
    "batch": "Read shards of articles into Parquet, on many cores or machines.",
    "load": "Bring what a batch found into the database.",
    "remove": "Remove an article and all that hangs on it.",
    "verify": "Check every stored span against its frozen article.",
    "compare": "Say of pairs of wordings how much they share.",
    "evaluate": "Measure extraction, speakers or grouping against gold.",
    "serve": "Open the database in the browser, on this machine alone.",
    "publish-db": "Write a copy of the database for others to browse.",
}
"""Every subcommand with its line in `quotes --help`, so that the help loads none of them."""


_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class _Commands(click.Group):
    """A group that imports a subcommand's module only when that subcommand runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        command = getattr(import_module(f"quotes.cli.{name}"), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        """The one place that turns an error of ours into one sentence and exit code 1; a bug keeps its traceback."""
        _show_what_cannot_be_encoded()
        try:
            result = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()  # at the interpreter's end it would be too late to tell
        except QuotesError as error:
            from quotes.cli.output import harmless

            raise click.ClickException(harmless(str(error))) from error
        except OSError as error:
            if error.errno not in _NO_ROOM:
                raise
            _drop_what_is_left()
            raise click.ClickException(
                f"The answer cannot be written to its end ({os.strerror(error.errno).lower()}); "
                "free some disk space, or send it elsewhere."
            ) from error
        return result


def _show_what_cannot_be_encoded() -> None:
    """Write characters that the encoding of standard output lacks as escapes, rather than fail."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _drop_what_is_left() -> None:
    """Keep the interpreter from trying once more, with a traceback, to write what standard output did not take."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="quotes")
def main() -> None:
    """Who said that, where was it printed first, in which words, and do the outlets agree?

    \b
    quotes add seeds/
    quotes who "the road is open again"
    quotes by "Angela Merkel"
    """

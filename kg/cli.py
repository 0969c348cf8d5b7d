"""The command ``kg``: arguments in, one call of the API, exit code out.

Exit codes: 0 all well, 1 some inputs were skipped or a check found faults, 2 nothing was done. Results go to stdout,
everything else to stderr.
"""

import sys

import typer

from kg.commands import ask, check, language, make
from kg.commands.terminal import NOTHING_DONE, complain
from kg.errors import KgError

app = typer.Typer(
    name="kg",
    help="Reads news articles and builds a knowledge graph of international relations.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (make.build, make.extract, make.merge, make.remove, ask.query, ask.why, ask.diff, ask.serve, ask.export):
    app.command()(command)
app.command()(ask.review)
app.command()(check.validate)
app.command("why-not")(ask.why_not)
app.command("eval")(check.evaluate)
app.command()(check.train)
app.add_typer(language.language, name="language")


def main() -> None:
    """Run the command line; what kg reports to its user is one line and exit code 2."""
    try:
        app()
    except KgError as error:
        complain(error)
        sys.exit(NOTHING_DONE)
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.exit(NOTHING_DONE)

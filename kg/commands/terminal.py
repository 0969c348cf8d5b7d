"""What commands share at the terminal: messages on stderr, a bar that moves, and the code to leave with."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kg.errors import InputError, KgError, LeftOut
from kg.packs import trial_languages

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

SOME_SKIPPED = FOUND_FAULTY = 1
NOTHING_DONE = 2

stderr = Console(stderr=True, highlight=False, soft_wrap=True)


def report(skipped: tuple[InputError, ...]) -> None:
    """Say what was skipped, a line each."""
    for error in skipped:
        complain(error)


def complain(error: KgError) -> None:
    """Print what is wrong in one line; what could steer the terminal, as in a file's name, is shown as a mark."""
    line = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in str(error))
    stderr.print(f"kg: {line}", markup=False)


def leave(skipped: tuple[InputError, ...]) -> None:
    """End with the code that says whether something was skipped, and how much."""
    failed = [error for error in skipped if not isinstance(error, LeftOut)]
    if failed:
        stderr.print(f"inputs skipped, as said above: {len(failed)}")
        raise typer.Exit(SOME_SKIPPED)


def tell(graph: "KnowledgeGraph", written: Iterable[Path]) -> None:
    """Say what was written, and how much is in it."""
    for path in written:
        stderr.print(f"wrote {path}", markup=False)
    stderr.print(
        f"articles: {len(graph.documents)}, statements: {len(graph.statements)}, entities: {len(graph.entities)}"
    )
    on_trial = Counter(document.lang for document in graph.documents.values() if document.lang in trial_languages())
    if on_trial:
        counts = ", ".join(f"{lang} {count}" for lang, count in sorted(on_trial.items()))
        stderr.print(f"experimental, in languages that no case sentences prove: {counts}")


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on stderr while a loop runs; it is told how many are done, and of how many."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)

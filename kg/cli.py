"""The command ``kg``: arguments in, one call of the API, exit code out.

Exit codes: 0 all well, 1 some inputs were skipped, 2 nothing was done. Results go to stdout, everything else to stderr.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kg.errors import InputError, KgError, LeftOut, ModelMissing

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

app = typer.Typer(
    name="kg",
    help="Reads news articles and builds a knowledge graph of international relations.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
stderr = Console(stderr=True, highlight=False, soft_wrap=True)

SOME_SKIPPED = FOUND_FAULTY = 1
NOTHING_DONE = 2

Sources = Annotated[
    list[Path], typer.Argument(help="Articles: files (txt, md, jsonl, csv, html …) or folders of them.")
]
Lang = Annotated[str | None, typer.Option(help="Language of articles that declare none; found out if not given.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="Folder for graph.ttl, graph.html and statements.jsonl.")]
Store = Annotated[Path | None, typer.Option(help="Folder that keeps readings; .kg beside the output if not given.")]
Workers = Annotated[int, typer.Option(min=1, help="Processes that read articles.")]


def main() -> None:
    """Run the command line; what kg reports to its user is one line and exit code 2."""
    try:
        app()
    except KgError as error:
        complain(error)
        sys.exit(NOTHING_DONE)
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.exit(NOTHING_DONE)


@app.command()
def build(
    sources: Sources,
    output: Output = Path("output"),
    lang: Lang = None,
    store: Store = None,
    workers: Workers = 1,
) -> None:
    """Read articles and write their graph: graph.ttl, graph.html and statements.jsonl."""
    from kg.pipeline import build_graph, read_inputs, write_outputs

    inputs = read_inputs(sources, lang=lang)
    report(inputs.skipped)
    if not inputs.documents:
        raise InputError("nothing to build: no article could be read")
    kept = store or output.absolute().parent / ".kg"
    with progress("reading") as advance:
        graph = build_graph(inputs.documents, store=kept, workers=workers, progress=advance)
    tell(graph, write_outputs(graph, output))
    leave(inputs.skipped)


@app.command()
def extract(
    sources: Sources,
    lang: Lang = None,
    store: Annotated[Path | None, typer.Option(help="Folder that keeps readings; none are kept if not given.")] = None,
    workers: Workers = 1,
) -> None:
    """Write what articles say to stdout, a line of JSON each, for kg merge and for other programs."""
    from kg.interchange import write_line
    from kg.pipeline import read_claims, read_inputs, resolve_claims

    inputs = read_inputs(sources, lang=lang)
    report(inputs.skipped)
    if not inputs.documents:
        raise InputError("nothing to extract: no article could be read")
    with progress("reading") as advance:
        readings = read_claims(inputs.documents, store=store, workers=workers, progress=advance)
        for document, claims in resolve_claims(readings):
            typer.echo(write_line(document, claims).encode())
    leave(inputs.skipped)


@app.command()
def merge(
    parts: Annotated[list[Path], typer.Argument(help="Files that kg extract wrote.")],
    output: Output = Path("output"),
) -> None:
    """Make one graph of parts extracted elsewhere, and write it like kg build."""
    from kg.pipeline import merge_parts, write_outputs

    graph, skipped = merge_parts(parts)
    report(skipped)
    if not graph.documents:
        raise InputError("nothing to merge: no line could be read")
    tell(graph, write_outputs(graph, output))
    leave(skipped)


@app.command()
def query(
    graph: Annotated[Path, typer.Argument(help="A graph that kg wrote.")],
    query: Annotated[
        str, typer.Argument(help="SPARQL, or the name of a ready query; all are listed if not given.")
    ] = "",
    values: Annotated[
        list[str] | None, typer.Argument(help="What a ready query asks for, in its order or NAME=…")
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="A file with SPARQL.")] = None,
    form: Annotated[str, typer.Option("--format", help="table, csv, tsv, json, xml or ttl.")] = "table",
    lang: Annotated[str, typer.Option(help="Language of the labels in tables.")] = "en",
    limit: Annotated[float, typer.Option(help="Seconds that the query may take.")] = 30.0,
) -> None:
    """Ask a graph in SPARQL, or by a ready query: kg query output/graph.ttl dyad Russia Iran."""
    from kg.answer import FORMS, render_rows, serialize, tabulate
    from kg.query import evaluate as answer_with, query as answer_query
    from kg.ready import fill, ready_queries
    from kg.store import open_graph

    if form not in FORMS:
        raise typer.BadParameter(f"one of {', '.join(FORMS)}", param_hint="--format")
    if not query and not file:
        for each in ready_queries().values():
            typer.echo(f"{' '.join((each.name, *(p.name.upper() for p in each.parameters)))}\n    {each.description}")
        return
    sparql = _read_text(file) if file else query
    store = open_graph(graph)
    if ready := ready_queries().get(sparql):
        names = iter(parameter.name for parameter in ready.parameters)
        sparql = fill(ready, dict(_name_value(value, names) for value in values or ()), store)
    if form != "table":
        sys.stdout.buffer.write(answer_with(store, sparql, lambda results: serialize(results, form), limit=limit))
        return
    answer = answer_query(store, sparql, limit=limit)
    Console(highlight=False).print(render_rows(answer, tabulate(answer, store, lang)))


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from error


def _name_value(value: str, names: Iterator[str]) -> tuple[str, str]:
    name, is_named, rest = value.partition("=")
    return (name, rest) if is_named else (next(names, "?"), value)


@app.command()
def validate(
    graph: Annotated[Path, typer.Argument(help="A Turtle file that kg wrote.")],
    jars: Annotated[Path | None, typer.Option(help="Folder with the jars of the OWL API and HermiT.")] = None,
) -> None:
    """Check a graph: an OWL lint, the SHACL shapes and, where Java is, the OWL 2 DL profile and consistency."""
    from kg.validate import validate as check_graph

    checks = check_graph(graph, jars=jars)
    for check in checks:
        state = f"skipped, {check.skipped}" if check.skipped else "passed" if check.is_passed else "failed"
        typer.echo(f"{check.name}: {state}")
        for finding in check.findings:
            typer.echo(f"  {finding}")
    if not all(check.is_passed for check in checks):
        raise typer.Exit(FOUND_FAULTY)


@app.command("eval")
def evaluate(
    gold: Annotated[list[Path], typer.Argument(help="JSONL files with texts and the statements they make.")],
    found: Annotated[
        Path | None, typer.Option(help="Lines of kg extract to score; the texts are read now if not given.")
    ] = None,
    predicates: Annotated[bool, typer.Option("--predicates", help="Show each predicate, too.")] = False,
    misses: Annotated[bool, typer.Option("--misses", help="Show each statement missed or invented, too.")] = False,
    workers: Workers = 1,
) -> None:
    """Score what is found against gold statements: precision, recall and F1 at five levels, and the leak."""
    from kg.evaluate import evaluate as score, read_statements
    from kg.figures import print_evaluation, print_misses, print_predicates

    stdout = Console(highlight=False)
    for path in gold:
        expected = read_statements(path)
        evaluation = score(expected, read_statements(found) if found else _find_statements(path, workers))
        print_evaluation(str(path), evaluation, stdout)
        if predicates:
            print_predicates(evaluation, stdout)
        if misses:
            print_misses(evaluation, stdout)


def _find_statements(path: Path, workers: int) -> dict[str, list[dict[str, object]]]:
    from kg.interchange import write_line
    from kg.pipeline import read_claims, read_inputs, resolve_claims

    inputs = read_inputs([path])
    report(inputs.skipped)
    with progress("reading") as advance:
        readings = read_claims(inputs.documents, workers=workers, progress=advance)
        lines = [json.loads(write_line(document, claims)) for document, claims in resolve_claims(readings)]
    return {line["id"]: line["statements"] for line in lines}


@app.command()
def train(
    data: Annotated[Path, typer.Argument(help="Folder that the paths of the recipe start from.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the model's files.")],
    work: Annotated[
        Path | None, typer.Option(help="Folder for checkpoints; an interrupted run goes on from them.")
    ] = None,
    base: Annotated[Path | None, typer.Option(help="Weights of another base model of the same kind.")] = None,
    tokenizer: Annotated[Path | None, typer.Option(help="Its tokenizer.json.")] = None,
    recipe: Annotated[Path | None, typer.Option(help="Another recipe than the shipped one.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same model.")] = 1,
) -> None:
    """Train the model again and write its files and figures; needs the extra kg[train]."""
    try:
        import torch  # noqa: F401
    except ImportError as error:
        raise ModelMissing("training needs torch: pip install 'kg[train]'") from error
    from kg.train.base import BaseFiles
    from kg.train.fetch import fetch_base
    from kg.train.make import make_model
    from kg.train.train import read_recipe

    if (base is None) != (tokenizer is None):
        raise typer.BadParameter("--base and --tokenizer go together")
    settings = read_recipe(recipe) if recipe else read_recipe()
    folder = work or output / "work"
    files = BaseFiles(base, tokenizer, "") if base and tokenizer else fetch_base(settings, folder)
    figures = make_model(
        data, files, output, recipe=settings, seed=seed, work=folder, say=lambda line: stderr.print(line, markup=False)
    )
    typer.echo(json.dumps(figures, indent=1))


def tell(graph: "KnowledgeGraph", written: Iterable[Path]) -> None:
    """Say what was written, and how much is in it."""
    for path in written:
        stderr.print(f"wrote {path}", markup=False)
    stderr.print(
        f"articles: {len(graph.documents)}, statements: {len(graph.statements)}, entities: {len(graph.entities)}"
    )


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


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on stderr while a loop runs; it is told how many are done, and of how many."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)

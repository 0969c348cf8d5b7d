"""Commands that ask a graph: query, why, review, diff, serve, export."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from kg.commands.terminal import report, stderr
from kg.errors import InputError

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.decide import Decider

Graph = Annotated[Path, typer.Argument(help="A graph that kg wrote.")]
Labels = Annotated[str, typer.Option("--lang", help="Language of the labels.")]


def query(
    graph: Annotated[Path, typer.Argument(help="A graph that kg wrote, or the .kg folder of a build.")],
    query: Annotated[
        str, typer.Argument(help="SPARQL, or the name of a ready query; all are listed if not given.")
    ] = "",
    values: Annotated[
        list[str] | None, typer.Argument(help="What a ready query asks for, in its order or NAME=…")
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="A file with SPARQL.")] = None,
    form: Annotated[str, typer.Option("--format", help="table, csv, tsv, json, xml or ttl.")] = "table",
    lang: Labels = "en",
    limit: Annotated[float, typer.Option(help="Seconds that the query may take.")] = 30.0,
    engine: Annotated[str, typer.Option(help="What answers: oxigraph or rdflib.")] = "oxigraph",
) -> None:
    """Ask a graph in SPARQL, or by a ready query: kg query output/graph.ttl dyad Russia Iran."""
    from kg.answer import FORMS, render_rows, serialize, tabulate
    from kg.query import ENGINES, evaluate as answer_with, query as answer_query
    from kg.ready import fill, ready_queries

    if form not in FORMS:
        raise typer.BadParameter(f"one of {', '.join(FORMS)}", param_hint="--format")
    if engine not in ENGINES:
        raise typer.BadParameter(f"one of {', '.join(ENGINES)}", param_hint="--engine")
    if not query and not file:
        for each in ready_queries().values():
            typer.echo(f"{' '.join((each.name, *(p.name.upper() for p in each.parameters)))}\n    {each.description}")
        return
    sparql = _read_text(file) if file else query
    store = _open(graph)
    if ready := ready_queries().get(sparql):
        names = iter(parameter.name for parameter in ready.parameters)
        sparql = fill(ready, dict(_name_value(value, names) for value in values or ()), store)
    if form != "table":
        sys.stdout.buffer.write(
            answer_with(store, sparql, lambda results: serialize(results, form), limit=limit, engine=engine)
        )
        return
    answer = answer_query(store, sparql, limit=limit, engine=engine)
    Console(highlight=False).print(render_rows(answer, tabulate(answer, store, lang)))


def _open(path: Path) -> "ox.Store":
    """Read a graph file into memory, or what a build kept, as the decisions beside its output have it."""
    from kg.pipeline import open_parts
    from kg.store import open_graph, store_graph

    return store_graph(open_parts(path, decider=_decider(path))) if path.is_dir() else open_graph(path)


def _decider(path: Path, *, actors: Path | None = None, decisions: Path | None = None) -> "Decider":
    """Find the decisions about a graph: the file given, else decisions.toml beside its output if it is there."""
    from kg.decisions import FILE
    from kg.pipeline import find_decider

    beside = (path if path.is_dir() else path.absolute().parent).absolute().parent / FILE
    return find_decider(decisions or (beside if beside.is_file() else None), actors=actors)


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from error


def _name_value(value: str, names: Iterator[str]) -> tuple[str, str]:
    name, is_named, rest = value.partition("=")
    return (name, rest) if is_named else (next(names, "?"), value)


def why(
    graph: Graph,
    subject: Annotated[str, typer.Argument(help="An id or a name; _ for any.")],
    predicate: Annotated[str, typer.Argument(help="A predicate, such as supplies; _ for any.")] = "_",
    object_: Annotated[str, typer.Argument(metavar="OBJECT", help="An id or a name; _ for any.")] = "_",
    lang: Labels = "en",
) -> None:
    """Show the sentences behind statements, with the words that carry them, who says so, and where."""
    from kg.store import read_graph
    from kg.why import why as find_reasons

    reasons = list(find_reasons(read_graph(graph), subject, predicate, object_, lang=lang))
    if not reasons:
        raise InputError(f"{graph}: nothing says {subject} {predicate} {object_}")
    for reason in reasons:
        details = [reason.told, reason.evidence.time, f"{reason.evidence.band / 10:.1f}", reason.evidence.extractor]
        typer.echo(f"{reason.said}\n  {' · '.join(filter(None, details))}\n  {reason.sentence}")
        typer.echo(f"  {' '.join(filter(None, (str(reason.evidence.published or ''), reason.evidence.document)))}\n")


def why_not(
    article: Annotated[Path, typer.Argument(help="A file with one article or more.")],
    subject: Annotated[str, typer.Argument(help="A word of the text, or a known name or its id.")],
    object_: Annotated[str, typer.Argument(metavar="OBJECT", help="The same.")],
    predicate: Annotated[str, typer.Option(help="Show this predicate only.")] = "",
    lang: Annotated[str | None, typer.Option(help="Language of the article, where it does not say.")] = None,
) -> None:
    """Show how near the model came to each statement between two names of an article, and which step decided."""
    from kg.extract.trace import Step
    from kg.pipeline import read_inputs
    from kg.why_not import why_not as find_nearest

    inputs = read_inputs([article], lang=lang)
    report(inputs.skipped)
    for document in inputs.documents:
        for near in find_nearest(document, subject, object_):
            trace = near.trace
            if predicate not in ("", trace.predicate):
                continue
            cue = document.text[slice(*trace.cue)]
            typer.echo(f"{near.subject} {trace.predicate} {near.object} [{cue}]")
            for step, reached, needed in trace.steps:
                mark = "✗" if reached < needed else "✓"
                typer.echo(f"  {mark} {step}: {reached:.2f} of {needed:.2f}")
            if trace.step is Step.LATER:
                typer.echo("  read; what became of it was decided by who is meant, or by the ontology")
            typer.echo(f"  {near.sentence}\n")


def review(
    graph: Annotated[Path, typer.Argument(help="A graph that kg wrote, or the .kg folder or the file in it.")],
    actors: Annotated[Path | None, typer.Option(help="Names of your own, as kg build had them.")] = None,
    decisions: Annotated[
        Path | None, typer.Option(help="What is decided already; decisions.toml beside the output if it is there.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many cases to show.")] = 20,
) -> None:
    """List doubtful cases, the most valuable first: the sentence, and the lines that would settle it in decisions.toml."""
    from kg.pipeline import open_parts
    from kg.review import render_case, review as find_cases

    decider = _decider(graph, actors=actors, decisions=decisions)
    cases = list(find_cases(open_parts(graph, decider=decider), decider.names, decider.decisions))
    today = date.today()  # noqa: DTZ011  # the day on which somebody decides, where they are
    typer.echo("\n\n".join(render_case(case, today) for case in cases[:limit]))
    stderr.print(f"doubtful cases: {len(cases)}, shown: {min(limit, len(cases))}")


def diff(
    old: Annotated[Path, typer.Argument(help="A graph that kg wrote.")],
    new: Annotated[Path, typer.Argument(help="A later one.")],
    lang: Labels = "en",
) -> None:
    """Say what a graph says that an older one did not: + new, - gone, ! newly disputed, ~ of another status."""
    from kg.diff import diff as compare
    from kg.labels import namer, say
    from kg.ontology import label
    from kg.store import read_graph

    before, after = read_graph(old), read_graph(new)
    name = namer(before | after, lang)
    for change in compare(before, after):
        had, has = (", ".join(label(each, lang) for each in sorted(each)) for each in (change.before, change.after))
        typer.echo(f"{change.sign} {say(change.statement, name, lang)} ({' → '.join(filter(None, (had, has)))})")


def serve(
    graph: Graph,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8080,
    cors: Annotated[bool, typer.Option("--cors", help="Let pages of other sites ask, too.")] = False,
) -> None:
    """Serve a graph on this machine: the page, a page for each thing, and SPARQL at /sparql; read-only."""
    from kg.serve import serve as serve_graph

    stderr.print(f"http://{host}:{port}/ (Ctrl-C ends it)", markup=False)
    serve_graph(graph, host=host, port=port, cors=cors)


def export(
    graph: Graph,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The file to write; for csv, a folder.")] = None,
    form: Annotated[
        str,
        typer.Option("--to", help="turtle, nquads, trig, jsonld, rdfxml, turtle12, graphml, gexf, csv, jsonl, html."),
    ] = "turtle",
    target: Annotated[
        str, typer.Option(help="Address of a store's Graph Store Protocol to load the graph into, instead of a file.")
    ] = "",
) -> None:
    """Write a graph in another form, or load it into a store."""
    from kg.export.target import load_into
    from kg.pipeline import write_output
    from kg.store import read_graph

    if target:
        stderr.print(f"graphs loaded into {target}: {len(load_into(read_graph(graph), target))}", markup=False)
    elif output:
        stderr.print(f"wrote {write_output(read_graph(graph), output, form)}", markup=False)
    else:
        raise typer.BadParameter("give a file to write, or a store to load into", param_hint="--output or --target")

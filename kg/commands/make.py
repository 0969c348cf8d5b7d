"""Commands that make graphs: build, extract, merge, remove."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.terminal import leave, progress, report, stderr, tell
from kg.errors import InputError

if TYPE_CHECKING:  # what makes graphs is imported when one is made
    from kg.decide import Decider

Sources = Annotated[
    list[Path], typer.Argument(help="Articles: files (txt, md, jsonl, csv, html …) or folders of them.")
]
Lang = Annotated[str | None, typer.Option(help="Language of articles that declare none; found out if not given.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="Folder for graph.ttl, graph.html and statements.jsonl.")]
Store = Annotated[Path | None, typer.Option(help="Folder that keeps readings; .kg beside the output if not given.")]
Actors = Annotated[
    Path | None, typer.Option(help="Names of your own: .csv or .ttl; they hold before the shipped ones.")
]
DecisionsFile = Annotated[
    Path | None, typer.Option(help="What people decided; decisions.toml beside the output if it is there.")
]
Workers = Annotated[int, typer.Option(min=1, help="Processes that read articles.")]


def build(
    sources: Sources,
    output: Output = Path("output"),
    lang: Lang = None,
    store: Store = None,
    workers: Workers = 1,
    actors: Actors = None,
    decisions: DecisionsFile = None,
) -> None:
    """Read articles and write their graph: graph.ttl, graph.html and statements.jsonl."""
    from kg.pipeline import build_graph, read_inputs, write_outputs

    decider = _find_decider(decisions, output, actors)
    inputs = read_inputs(sources, lang=lang)
    report(inputs.skipped)
    if not inputs.documents:
        raise InputError("nothing to build: no article could be read")
    kept = store or output.absolute().parent / ".kg"
    with progress("reading") as advance:
        parts = kept / f"{output.name}.jsonl"
        graph = build_graph(
            inputs.documents,
            store=kept,
            workers=workers,
            progress=advance,
            keep=parts,
            decider=decider,
        )
    tell(graph, write_outputs(graph, output))
    _leave(inputs.skipped, decider)


def extract(
    sources: Sources,
    lang: Lang = None,
    store: Annotated[Path | None, typer.Option(help="Folder that keeps readings; none are kept if not given.")] = None,
    workers: Workers = 1,
    actors: Actors = None,
) -> None:
    """Write what articles say to stdout, a line of JSON each, for kg merge and for other programs."""
    from kg.interchange import write_line
    from kg.pipeline import find_names, read_inputs, resolve_claims
    from kg.read import read_texts

    names = find_names(actors)
    inputs = read_inputs(sources, lang=lang)
    report(inputs.skipped)
    if not inputs.documents:
        raise InputError("nothing to extract: no article could be read")
    with progress("reading") as advance:
        readings = read_texts(inputs.documents, store=store, workers=workers, progress=advance)
        for document, claims in resolve_claims(readings, names=names):
            typer.echo(write_line(document, claims).encode())
    leave(inputs.skipped)


def merge(
    parts: Annotated[list[Path], typer.Argument(help="Files that kg extract wrote.")],
    output: Output = Path("output"),
    actors: Actors = None,
    decisions: DecisionsFile = None,
) -> None:
    """Make one graph of parts extracted elsewhere, and write it like kg build."""
    from kg.pipeline import merge_parts, write_outputs

    decider = _find_decider(decisions, output, actors)
    graph, skipped = merge_parts(parts, decider=decider)
    report(skipped)
    if not graph.documents:
        raise InputError("nothing to merge: no line could be read")
    tell(graph, write_outputs(graph, output))
    _leave(skipped, decider)


def remove(
    documents: Annotated[list[str], typer.Argument(help="Ids of articles, or their beginnings.")],
    output: Output = Path("output"),
    store: Store = None,
    actors: Actors = None,
    decisions: DecisionsFile = None,
) -> None:
    """Take articles out of a graph that kg build made, as if they had never been in it."""
    from kg.pipeline import remove as remove_documents, write_outputs

    kept = (store or output.absolute().parent / ".kg") / f"{output.name}.jsonl"
    if not kept.is_file():
        raise InputError(f"{kept}: not there; build the graph again, without the article")
    decider = _find_decider(decisions, output, actors)
    graph = remove_documents(documents, kept, decider=decider)
    tell(graph, write_outputs(graph, output))
    _leave((), decider)


def _find_decider(decisions: Path | None, output: Path, actors: Path | None) -> "Decider":
    """Return what applies decisions: those of the file named, else of the one beside the output, else none."""
    from kg.decisions import FILE
    from kg.pipeline import find_decider

    beside = output.absolute().parent / FILE
    path = decisions or (beside if beside.is_file() else None)
    if path:
        stderr.print(f"decisions: {path}", markup=False)
    return find_decider(path, actors=actors)


def _leave(skipped: tuple[InputError, ...], decider: "Decider") -> None:
    """Tell of decisions on what is not there, and end like every command."""
    lapsed = tuple(decider.lapsed())
    report(lapsed)
    leave((*skipped, *lapsed))

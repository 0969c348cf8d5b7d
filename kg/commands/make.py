"""Commands that make graphs: build, extract, merge, remove."""

from pathlib import Path
from typing import Annotated

import typer

from kg.commands.terminal import leave, progress, report, tell
from kg.errors import InputError

Sources = Annotated[
    list[Path], typer.Argument(help="Articles: files (txt, md, jsonl, csv, html …) or folders of them.")
]
Lang = Annotated[str | None, typer.Option(help="Language of articles that declare none; found out if not given.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="Folder for graph.ttl, graph.html and statements.jsonl.")]
Store = Annotated[Path | None, typer.Option(help="Folder that keeps readings; .kg beside the output if not given.")]
Workers = Annotated[int, typer.Option(min=1, help="Processes that read articles.")]


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
        parts = kept / f"{output.name}.jsonl"
        graph = build_graph(inputs.documents, store=kept, workers=workers, progress=advance, keep=parts)
    tell(graph, write_outputs(graph, output))
    leave(inputs.skipped)


def extract(
    sources: Sources,
    lang: Lang = None,
    store: Annotated[Path | None, typer.Option(help="Folder that keeps readings; none are kept if not given.")] = None,
    workers: Workers = 1,
) -> None:
    """Write what articles say to stdout, a line of JSON each, for kg merge and for other programs."""
    from kg.interchange import write_line
    from kg.pipeline import read_inputs, resolve_claims
    from kg.read import read_texts

    inputs = read_inputs(sources, lang=lang)
    report(inputs.skipped)
    if not inputs.documents:
        raise InputError("nothing to extract: no article could be read")
    with progress("reading") as advance:
        readings = read_texts(inputs.documents, store=store, workers=workers, progress=advance)
        for document, claims in resolve_claims(readings):
            typer.echo(write_line(document, claims).encode())
    leave(inputs.skipped)


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


def remove(
    documents: Annotated[list[str], typer.Argument(help="Ids of articles, or their beginnings.")],
    output: Output = Path("output"),
    store: Store = None,
) -> None:
    """Take articles out of a graph that kg build made, as if they had never been in it."""
    from kg.pipeline import remove as remove_documents, write_outputs

    kept = (store or output.absolute().parent / ".kg") / f"{output.name}.jsonl"
    if not kept.is_file():
        raise InputError(f"{kept}: not there; build the graph again, without the article")
    graph = remove_documents(documents, kept)
    tell(graph, write_outputs(graph, output))

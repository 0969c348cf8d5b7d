"""Commands that check graphs and make the model: validate, eval, train."""

import json
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from kg.commands.terminal import FOUND_FAULTY, progress, report, stderr
from kg.errors import ModelMissing


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


def evaluate(
    gold: Annotated[list[Path], typer.Argument(help="JSONL files with texts and the statements they make.")],
    found: Annotated[
        Path | None, typer.Option(help="Lines of kg extract to score; the texts are read now if not given.")
    ] = None,
    predicates: Annotated[bool, typer.Option("--predicates", help="Show each predicate, too.")] = False,
    misses: Annotated[bool, typer.Option("--misses", help="Show each statement missed or invented, too.")] = False,
    stages: Annotated[
        bool, typer.Option("--stages", help="Show which stage loses statements, too; reads the texts once more.")
    ] = False,
    together: Annotated[bool, typer.Option("--together", help="Score the files as one set, too.")] = False,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read articles.")] = 1,
) -> None:
    """Score what is found against gold statements: precision, recall and F1 at five levels, and the leak."""
    from kg.evaluate import Evaluation, evaluate as score, read_statements
    from kg.figures import print_evaluation, print_misses, print_predicates

    stdout = Console(highlight=False)
    evaluations = []
    for path in gold:
        expected = read_statements(path)
        statements = read_statements(found) if found else _find_statements(path, workers)
        evaluation = score(expected, statements)
        evaluations.append(evaluation)
        print_evaluation(str(path), evaluation, stdout)
        if predicates:
            print_predicates(evaluation, stdout)
        if misses:
            print_misses(evaluation, stdout)
        if stages:
            _print_stages(path, statements, stdout)
    if together:
        print_evaluation("together", Evaluation(tuple(text for each in evaluations for text in each.texts)), stdout)


def _print_stages(path: Path, found: Mapping[str, Sequence[Mapping[str, object]]], console: Console) -> None:
    from kg.diagnose import diagnose
    from kg.figures import print_diagnosis

    lines = path.read_text(encoding="utf8").splitlines()
    print_diagnosis(diagnose([json.loads(line) for line in lines if line.strip()], found), console)


def _find_statements(path: Path, workers: int) -> dict[str, list[dict[str, object]]]:
    from kg.interchange import write_line
    from kg.pipeline import read_inputs, resolve_claims
    from kg.read import read_texts

    inputs = read_inputs([path])
    report(inputs.skipped)
    with progress("reading") as advance:
        readings = read_texts(inputs.documents, workers=workers, progress=advance)
        lines = [json.loads(write_line(document, claims)) for document, claims in resolve_claims(readings)]
    return {line["id"]: line["statements"] for line in lines}


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
    start: Annotated[Path | None, typer.Option(help="Folder of a model to start from instead of the base.")] = None,
) -> None:
    """Train the model again and write its files and figures; needs torch, the extra `train`."""
    if find_spec("torch") is None:
        raise ModelMissing("training needs torch: pip install 'kg[train]'")
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
        data,
        files,
        output,
        recipe=settings,
        seed=seed,
        work=folder,
        say=lambda line: stderr.print(line, markup=False),
        start=start,
    )
    typer.echo(json.dumps(figures, indent=1))

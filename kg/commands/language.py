"""Commands about language packs: check what one lacks and run its case sentences, begin a new one."""

from pathlib import Path
from typing import Annotated

import typer

from kg.commands.terminal import FOUND_FAULTY, stderr

language = typer.Typer(help="Check a language pack, or begin a new one.", no_args_is_help=True)
Code = Annotated[str, typer.Argument(help="Code of the language: el, en, es …")]


@language.command()
def check(
    code: Code, failed: Annotated[bool, typer.Option("--failed", help="Show only what did not pass.")] = False
) -> None:
    """Say what a language pack lacks, and which of its case sentences are read as they should be."""
    from kg.prove import MOST_KNOWN, prove

    proof = prove(code)
    for lack in proof.lacks:
        typer.echo(f"lacks  {lack}")
    for outcome in proof.outcomes:
        sentence = outcome.case.sentence
        mark = "passed" if outcome.is_passed else "known " if sentence in proof.known else "failed"
        if outcome.is_passed and failed:
            continue
        typer.echo(f"{mark} {sentence}")
        if not outcome.is_passed:
            expected = "; ".join(map(str, outcome.missed)) or "nothing"
            typer.echo(f"       expected {expected}, found {'; '.join(outcome.said) or 'nothing'}")
    passed = sum(outcome.is_passed for outcome in proof.outcomes)
    typer.echo(
        f"{code}: {'green' if proof.is_green else 'not green'}; lacking: {len(proof.lacks)}; case sentences passed: "
        f"{passed} of {len(proof.outcomes)}, {proof.share:.2f} of those not known to fail (needed: {proof.floor:.2f}); "
        f"known to fail: {proof.known_share:.2f} (at most {MOST_KNOWN:.2f})"
    )
    if not proof.is_green:
        raise typer.Exit(FOUND_FAULTY)


@language.command()
def new(
    code: Code,
    folder: Annotated[
        Path | None, typer.Argument(help="Folder for the pack; one named after the code if none.")
    ] = None,
) -> None:
    """Begin a pack: the names of states and capitals that Unicode's CLDR knows; needs the extra `language`."""
    from kg.names.cldr import write_names

    for path in write_names(code, folder or Path(code)):
        stderr.print(f"wrote {path}", markup=False)

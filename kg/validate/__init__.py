"""A Turtle file → what is wrong with it: SHACL shapes, an OWL lint, and what Protégé's own parser and reasoner say."""

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a graph: what it found, or why it was not made."""

    name: str
    findings: tuple[str, ...] = ()
    skipped: str = ""

    @property
    def is_passed(self) -> bool:
        """Say whether nothing was found; a check that was not made has found nothing."""
        return not self.findings


def validate(path: Path, *, jars: Path | None = None) -> tuple[Check, ...]:
    """Check a Turtle file in every way that this machine can.

    ``jars`` is a folder with the OWL API and HermiT, for where they cannot be found among the installed packages.
    Raises InputError where the file cannot be read or is not Turtle.
    """
    from kg.validate.lint import lint
    from kg.validate.owl import check_owl
    from kg.validate.shapes import check_shapes

    triples = read_triples(path)
    return Check("lint", tuple(lint(triples))), Check("shapes", tuple(check_shapes(triples))), check_owl(path, jars)


def read_triples(path: Path) -> list[ox.Triple]:
    """Return the triples of a Turtle file."""
    try:
        return [quad.triple for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)]
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    except SyntaxError as error:
        raise InputError(f"{path}: not Turtle: {error}") from error

"""A user's own file of actors, CSV or Turtle → the actors in it, each with the line that it stands on."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import DataError, InputError

COLUMNS = ("id", "kind", "acts_for", "office", "from", "to", "state", "wikidata")
"""The columns that mean the same in every file; each other one is a language, or a language and FORMS."""
FORMS = "_forms"


@dataclass(frozen=True, slots=True)
class Service:
    """Whom an actor acts for: a person in an office, between two dates; each but the first may be empty."""

    acts_for: str
    office: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """What a file says in one place of an actor: ``kind`` is empty where it is known or said elsewhere."""

    where: str
    """File and line."""
    id: str
    kind: str = ""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Language → names, the label first."""
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Language → further forms that are found in texts and never shown."""
    services: tuple[Service, ...] = ()
    state: str = ""
    """The state that a place lies in."""
    identifiers: frozenset[tuple[str, str]] = frozenset()

    def fault(self, message: str) -> DataError:
        """Return the error to raise for something wrong in this place."""
        return DataError(f"{self.where}: {message}")


def read_actors(path: Path) -> Iterator[Actor]:
    """Yield the actors of a file in its order; raises InputError where it cannot be read, DataError for its faults."""
    from kg.names.actors_turtle import parse_actors

    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from error
    if path.suffix not in (".csv", ".ttl"):
        raise InputError(f"{path}: actors are read from .csv and .ttl")
    yield from parse_actors(path, text) if path.suffix == ".ttl" else _parse_csv(path, text)


def _parse_csv(path: Path, text: str) -> Iterator[Actor]:
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    header: list[str] = []
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise DataError(f"{path}:{reader.line_num}: {error}") from error
        if cells is None:
            break
        if header and any(cells):
            if len(cells) != len(header):
                raise DataError(f"{path}:{line}: {len(cells)} cells, expected {len(header)}")
            yield _row(f"{path}:{line}", dict(zip(header, (cell.strip() for cell in cells), strict=True)))
        elif not header:
            header = [cell.strip() for cell in cells]
            _check_header(header, f"{path}:1")
        line = reader.line_num + 1
    if not header:
        raise DataError(f"{path}:1: the file is empty; its first line names the columns")


def _check_header(header: list[str], where: str) -> None:
    missing = {"id", "kind"} - set(header)
    if missing or len(set(header)) < len(header):
        what = f"the column {min(missing)} is missing" if missing else "a column stands twice"
        raise DataError(f"{where}: {what}; the columns are id, kind, a language each (en, el), and if you like others")


def _row(where: str, cells: dict[str, str]) -> Actor:
    service = Service(*(cells.get(column, "") for column in ("acts_for", "office", "from", "to")))
    names, forms = {}, {}
    for column in cells.keys() - set(COLUMNS):
        found = tuple(part.strip() for part in cells[column].split(";") if part.strip())
        if column.endswith(FORMS):
            forms[column.removesuffix(FORMS)] = found
        else:
            names[column] = found
    wikidata = cells.get("wikidata", "")
    return Actor(
        where,
        cells["id"],
        cells["kind"],
        names,
        forms,
        (service,) if service != Service("") else (),
        cells.get("state", ""),
        frozenset({("wikidata", wikidata)}) if wikidata else frozenset(),
    )

"""Bar-separated data files → rows that know their file and line."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its cells by column name, and where it stands."""

    path: Path
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def list(self, column: str) -> list[str]:
        """Return the cell split at semicolons, empty parts left out."""
        return [part.strip() for part in self.cells[column].split(";") if part.strip()]

    def fault(self, message: str) -> DataError:
        """Return the error to raise for something wrong in this row."""
        return DataError(f"{self.path}:{self.line}: {message}")


def read_table(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """Yield the rows of a table whose header names exactly these columns; lines that start with # are comments.

    Raises DataError with file and line for a wrong header or a row of another length.
    """
    lines = [(n, line) for n, line in enumerate(path.read_text(encoding="utf8").splitlines(), 1)]
    rows = [(n, line.split("|")) for n, line in lines if line.strip() and not line.startswith("#")]
    if not rows or tuple(rows[0][1]) != columns:
        raise DataError(f"{path}:1: the header must be {'|'.join(columns)}")
    for number, cells in rows[1:]:
        if len(cells) != len(columns):
            raise DataError(f"{path}:{number}: {len(cells)} cells, expected {len(columns)} ({'|'.join(columns)})")
        yield Row(path, number, dict(zip(columns, (cell.strip() for cell in cells), strict=True)))

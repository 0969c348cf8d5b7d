"""JSONL and CSV → drafts: one record an article, its columns those of a document."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.errors import InputError
from kg.ingest.draft import Draft, clean, decode, read_whole

_COLUMNS = ("id", "lang", "date", "title", "url", "publisher", "text")
_DELIMITERS = (",", ";", "\t")
_CELL_LIMIT = 64 * 1024 * 1024


def read_jsonl(path: Path) -> Iterator[Draft | InputError]:
    """Yield the article of each line, reading line by line."""
    try:
        lines = path.open("rb")
    except OSError as error:
        yield InputError(f"{path}: cannot be read ({error.strerror})")
        return
    with lines:
        empty = True
        for number, line in enumerate(lines, 1):
            if line.strip():
                empty = False
                yield _read_line(line, f"{path}:{number}")
        if empty:
            yield InputError(f"{path}: empty, no records")


def read_csv(path: Path) -> Iterator[Draft | InputError]:
    """Yield the article of each row; cells are separated by what separates the header's."""
    whole = read_whole(path)
    if isinstance(whole, InputError):
        yield whole
        return
    header = whole.partition("\n")[0].strip()
    if not header:
        yield InputError(f"{path}: empty, no records")
        return
    delimiter = max(_DELIMITERS, key=header.count)
    csv.field_size_limit(_CELL_LIMIT)
    rows = csv.DictReader(io.StringIO(whole, newline=""), delimiter=delimiter, restkey="", strict=True)
    if "text" not in (rows.fieldnames or ()):
        yield InputError(f"{path}:1: no column 'text' (found: {', '.join(rows.fieldnames or ())})")
        return
    yield from _read_rows(rows, path)


def _read_rows(rows: "csv.DictReader[str]", path: Path) -> Iterator[Draft | InputError]:
    iterator = iter(rows)
    while True:
        line = rows.line_num + 1
        try:
            row = next(iterator, None)
        except csv.Error as error:
            yield InputError(f"{path}:{line}: not CSV ({error})")
            return
        if row is None:
            return
        if "" in row or None in row.values():
            yield InputError(f"{path}:{line}: the row has another number of cells than the header")
        else:
            yield _draft(row, f"{path}:{line}")


def _read_line(line: bytes, where: str) -> Draft | InputError:
    text = decode(line, where)
    if isinstance(text, InputError):
        return text
    try:
        record = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        return InputError(f"{where}: not JSON ({error})")
    if not isinstance(record, dict):
        return InputError(f"{where}: not a record; each line is an object with at least a text")
    return _draft(record, where)


def _draft(record: Mapping[str, object], where: str) -> Draft | InputError:
    cells: dict[str, str] = {}
    for column in _COLUMNS:
        value = record.get(column)
        if isinstance(value, str):
            cells[column] = value
        elif column == "id" and isinstance(value, int):
            cells[column] = str(value)
        elif value is not None:
            return InputError(f"{where}: {column} is not text")
    if "text" not in cells:
        return InputError(f"{where}: no text")
    try:
        json.dumps(list(cells.values()), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return InputError(f"{where}: half a character (a lone surrogate)")
    return Draft(where, clean(cells.pop("text")), **{column: value.strip() for column, value in cells.items()})

"""A language pack → what it lacks: files, names without forms, words, times, and predicates without a case sentence."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg.extract.speech import SpeechWords, speech_words
from kg.extract.time_rules import time_words
from kg.names import Names, load_names
from kg.names.letters import TABLES
from kg.names.load import NAME_COLUMNS
from kg.ontology import predicates
from kg.packs import CASES, pack_folders
from kg.prove.cases import Case
from kg.tables import Row, read_table

NAMED = ("states", "places", "organisations", "persons")
WORDS = ("things", "roles", "groups", "organs")
FILES = (
    *(f"{name}.psv" for name in (*NAMED, *WORDS, "ambiguous", "endings", "grammar")),
    *(f"{name}.toml" for name in ("times", "speech", "sentences", "scoring")),
    CASES,
)
ENOUGH = {"states": 1.0, "places": 0.9, "organisations": 0.7, "persons": 0.9, "organs": 0.95}
"""The share of a shipped table's rows that a pack names; of the other tables, all but a few."""
ALL_BUT_FEW = 0.95
WITH_FORMS = 0.9
"""The share of the states named that have an adjective, too."""
GRAMMAR = ("article", "title", "possessive", "joiner", "particle")
MONTHS, WEEKDAYS = {str(n) for n in range(1, 13)}, {str(n) for n in range(7)}
TIME_CLASSES = {"month": MONTHS, "weekday": WEEKDAYS, "number": {"1", "2", "10"}, "relative": {"-1", "0", "1"}}
SOME_TIMES = ("day", "month", "year", "weekday", "shift", "season")
_SHOWN = 8


def find_lacks(lang: str, cases: Sequence[Case]) -> Iterator[str]:
    """Yield a line for each thing that a pack lacks; a file that is not there is all that is said of it."""
    folder = pack_folders()[lang]
    yield from (f"{name}: not there" for name in FILES if not (folder / name).is_file())
    names = load_names((lang,))
    for table in (*NAMED, *WORDS):
        if (folder / f"{table}.psv").is_file():
            yield from _unnamed(folder, table)
    if (folder / "states.psv").is_file():
        yield from _without_forms(folder, names)
    yield from _grammar(folder, lang, names)
    if (folder / "times.toml").is_file():
        yield from _times(folder, lang)
    if (folder / "speech.toml").is_file():
        words = speech_words(lang)
        yield from (f"speech.toml: {name} is empty" for name in SpeechWords.__slots__ if not getattr(words, name))
    if cases:
        proved = {expected.predicate for case in cases for expected in case.expected}
        yield from _some(f"{CASES}: no sentence for the predicate", sorted(predicates().keys() - proved))
        if all(case.expected for case in cases):
            yield f"{CASES}: no sentence that must give nothing"


def _unnamed(folder: Path, table: str) -> Iterator[str]:
    column = "names" if table in NAMED else "words"
    columns = NAME_COLUMNS if column == "names" and table != "persons" else ("id", column)
    named = {row["id"] for row in _rows(folder, table, columns) if row.list(column)}
    known = _shipped_ids(table)
    missing = sorted(known - named)
    if len(missing) > (1 - ENOUGH.get(table, ALL_BUT_FEW)) * len(known):
        yield from _some(f"{table}.psv: no name for", missing)


def _shipped_ids(table: str) -> set[str]:
    path = TABLES / f"{table}.psv"
    lines = path.read_text(encoding="utf8").splitlines()
    header = next(line for line in lines if not line.startswith("#"))
    return {row["id"] for row in read_table(path, tuple(header.split("|")))}


def _without_forms(folder: Path, names: Names) -> Iterator[str]:
    rows = [row for row in _rows(folder, "states", NAME_COLUMNS) if row.list("names")]
    bare = sorted(row["id"] for row in rows if not row.list("adjectives"))
    if len(bare) > (1 - WITH_FORMS) * len(rows):
        yield from _some("states.psv: no adjective for", bare)
    capitals = {place for place, form in names.place_forms.items() if form == "capital"}
    named = {row["id"] for row in _rows(folder, "places", NAME_COLUMNS) if row.list("names")}
    yield from _some("places.psv: no name for the capital", sorted(capitals - named))


def _grammar(folder: Path, lang: str, names: Names) -> Iterator[str]:
    if (folder / "grammar.psv").is_file():
        words = names.pack(lang).grammar.words
        yield from (f"grammar.psv: no words of the class {name}" for name in GRAMMAR if not words.get(name))
    for name, key in (("sentences.toml", "abbreviations"), ("scoring.toml", "shared"), ("scoring.toml", "floor")):
        path = folder / name
        if path.is_file() and not tomllib.loads(path.read_text(encoding="utf8")).get(key):
            yield f"{name}: no {key}"


def _times(folder: Path, lang: str) -> Iterator[str]:
    classes = tomllib.loads((folder / "times.toml").read_text(encoding="utf8")).get("class", {})
    for name, values in TIME_CLASSES.items():
        yield from _some(f"times.toml: no words in [class.{name}] for", sorted(values - classes.get(name, {}).keys()))
    used = {rule.kind for rule in time_words(lang).rules}
    yield from _some("times.toml: no rule for", sorted(set(SOME_TIMES) - used))


def _rows(folder: Path, table: str, columns: tuple[str, ...]) -> Iterable[Row]:
    path = folder / f"{table}.psv"
    return read_table(path, columns) if path.is_file() else ()


def _some(message: str, missing: Sequence[str]) -> Iterator[str]:
    if missing:
        more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
        yield f"{message} {', '.join(missing[:_SHOWN])}{more}"

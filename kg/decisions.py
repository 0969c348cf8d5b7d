"""``decisions.toml`` ↔ what people decided about a graph: what is the same, what is different, what goes, its name.

An entry is one decision, with its reason and its date; things are named by their ids. What each kind of entry means,
and its keys, stand in ``README.md``. Wrong and contradicting entries raise DataError with file and line.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from itertools import combinations
from pathlib import Path

from kg.errors import DataError, InputError
from kg.names.letters import fold
from kg.ontology import predicates

FILE = "decisions.toml"
KINDS = ("same", "different", "drop", "rename")
_KEYS = {
    "same": {"entities"},
    "different": {"entities", "entity", "is", "names", "document"},
    "drop": {"entity", "subject", "predicate", "object", "document", "quote"},
    "rename": {"entity", "labels"},
}
_ALWAYS = {"reason", "date"}
_ID = re.compile(r"[A-Za-z0-9_-]+")
_HEADER = re.compile(r"\s*\[\[?\s*(\w+)\s*\]\]?\s*(#.*)?")


@dataclass(frozen=True, slots=True)
class Misreading:
    """Where it is written so, or in this document, what was taken for one entity is another."""

    entity: str
    becomes: str
    names: tuple[str, ...] = ()
    document: str = ""


@dataclass(frozen=True, slots=True)
class Drop:
    """What goes: all that is said of an entity, or one statement; of one document or one sentence where it is named."""

    entity: str = ""
    subject: str = ""
    predicate: str = ""
    object: str = ""
    document: str = ""
    quote: str = ""

    @property
    def is_whole(self) -> bool:
        """Say whether the entity goes from the whole graph."""
        return bool(self.entity) and not self.document and not self.quote


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of a file, none contradicting another; by default none at all."""

    keepers: Mapping[str, str] = field(default_factory=dict)
    """Id → the id of the entity that it is the same as."""
    apart: frozenset[frozenset[str]] = frozenset()
    """Pairs of ids that are not the same."""
    misreadings: tuple[Misreading, ...] = ()
    drops: tuple[Drop, ...] = ()
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Id → its labels by language."""
    entities: Mapping[str, str] = field(default_factory=dict)
    """Each id that should be there → file and line that name it."""
    documents: Mapping[str, str] = field(default_factory=dict)
    """Each document that should be there → file and line that name it."""

    @property
    def hash(self) -> str:
        """Return a hash over what is decided, or nothing; reasons, dates and the order of entries do not count."""
        if self == Decisions():
            return ""
        renamed = {name: dict(labels) for name, labels in self.labels.items()}
        apart = sorted(sorted(pair) for pair in self.apart)
        content = (dict(self.keepers), apart, self.misreadings, self.drops, renamed)
        return sha256(json.dumps(content, sort_keys=True, default=str).encode("utf8")).hexdigest()

    def keeper(self, entity_id: str) -> str:
        """Return the id under which an entity stands."""
        return self.keepers.get(entity_id, entity_id)


def read_decisions(path: Path) -> Decisions:
    """Read a file of decisions; raises InputError where it cannot be read, DataError for a wrong entry."""
    try:
        text = path.read_text(encoding="utf8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from error
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise DataError(f"{path}:{line[1] if line else text.count(chr(10)) + 1}: not TOML: {error}") from error
    return _decide(sorted(_entries(path, text, tables), key=lambda entry: KINDS.index(entry.kind)))


def write_entry(kind: str, values: Mapping[str, str | Iterable[str]], reason: str, day: date) -> str:
    """Return a decision as the lines to paste into the file."""
    lines = [f"[[{kind}]]"]
    for key, value in {**values, "reason": reason}.items():
        lines.append(f"{key} = {json.dumps(value if isinstance(value, str) else list(value), ensure_ascii=False)}")
    return "\n".join([*lines, f"date = {day.isoformat()}"])


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    where: str
    values: Mapping[str, object]

    def fault(self, message: str) -> DataError:
        return DataError(f"{self.where}: {self.kind}: {message}")

    def text(self, key: str) -> str:
        value = self.values.get(key, "")
        if not isinstance(value, str) or (key in self.values and not value.strip()):
            raise self.fault(f"{key} must be a text")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
            raise self.fault(f"{key} must be a list of texts")
        return tuple(value)

    def id(self, key: str) -> str:
        return self.check_id(self.text(key))

    def check_id(self, name: str) -> str:
        if name and not _ID.fullmatch(name):
            raise self.fault(f"{name!r} is no id; kg review and kg why show them")
        return name


def _entries(path: Path, text: str, tables: Mapping[str, object]) -> Iterator[_Entry]:
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.fullmatch(line):
            lines.setdefault(header[1], []).append(number)
    for kind, table in tables.items():
        found = lines.get(kind, [])
        if kind not in KINDS or not isinstance(table, list):
            at = f":{found[0]}" if found else ""
            raise DataError(f"{path}{at}: {kind}: an entry begins with {', '.join(f'[[{each}]]' for each in KINDS)}")
        for number, values in enumerate(table, 1):
            at = f":{found[number - 1]}" if len(found) == len(table) else f": entry {number}"
            if not isinstance(values, dict):
                raise DataError(f"{path}{at}: {kind}: an entry has keys and values")
            yield _checked(_Entry(kind, f"{path}{at}", values))


def _checked(entry: _Entry) -> _Entry:
    unknown = entry.values.keys() - _KEYS[entry.kind] - _ALWAYS
    if unknown:
        raise entry.fault(f"{min(unknown)} is no key of it; they are {', '.join(sorted(_KEYS[entry.kind] | _ALWAYS))}")
    if not entry.text("reason"):
        raise entry.fault('the reason is missing (reason = "…")')
    if type(entry.values.get("date")) is not date:
        raise entry.fault("the date is missing (date = 2024-10-31, without quotes)")
    return entry


def _decide(entries: list[_Entry]) -> Decisions:
    by_kind = {kind: [entry for entry in entries if entry.kind == kind] for kind in KINDS}
    keepers = _keepers(by_kind["same"])
    apart: set[frozenset[str]] = set()
    misreadings: dict[tuple[object, ...], Misreading] = {}
    for entry in by_kind["different"]:
        pairs, misreading = _difference(entry)
        for one, other in [*pairs, *([(misreading.entity, misreading.becomes)] if misreading else [])]:
            if keepers.get(one, one) == keepers.get(other, other):
                raise entry.fault(f"another entry says that {one} and {other} are the same")
        apart |= {frozenset((keepers.get(one, one), keepers.get(other, other))) for one, other in pairs}
        if misreading:
            what = misreading.entity, tuple(sorted(map(fold, misreading.names))), misreading.document
            if misreadings.setdefault(what, misreading).becomes != misreading.becomes:
                raise entry.fault(f"another entry says that {misreading.entity} is {misreadings[what].becomes} there")
    labels = _labels(by_kind["rename"], keepers)
    needed = {*keepers, *keepers.values(), *labels, *(each.becomes for each in misreadings.values())}
    return Decisions(
        keepers,
        frozenset(apart),
        tuple(sorted(misreadings.values(), key=repr)),
        tuple(sorted({_drop(entry, needed) for entry in by_kind["drop"]}, key=repr)),
        labels,
        {name: entry.where for entry in reversed(entries) for name in _named(entry)},
        {entry.text("document"): entry.where for entry in reversed(entries) if entry.text("document")},
    )


def _keepers(entries: Iterable[_Entry]) -> dict[str, str]:
    """Return id → id that stands for it, chains followed to their end."""
    direct: dict[str, str] = {}
    for entry in entries:
        first, *others = map(entry.check_id, entry.texts("entities") or [""])
        if not others or first in others:
            raise entry.fault("entities must name two or more, the one that stays first")
        for other in others:
            if direct.setdefault(other, first) != first:
                raise entry.fault(f"{other} is {direct[other]} in another entry; name all of them in one")
            end = first
            while end in direct and end != other:
                end = direct[end]
            if end == other:
                raise entry.fault(f"{first} is {direct[first]} in another entry; name first the one that stays")
    return {name: _follow(name, direct) for name in sorted(direct)}


def _follow(name: str, direct: Mapping[str, str]) -> str:
    while name in direct:
        name = direct[name]
    return name


def _difference(entry: _Entry) -> tuple[list[tuple[str, str]], Misreading | None]:
    """Return the pairs that an entry holds apart, or the misreading that it puts right."""
    entities = tuple(map(entry.check_id, entry.texts("entities")))
    misreading = Misreading(entry.id("entity"), entry.id("is"), entry.texts("names"), entry.text("document"))
    if entities:
        if len(set(entities)) < 2 or misreading != Misreading("", ""):  # noqa: PLR2004
            raise entry.fault("entities must name two or more, and no other key but reason and date is of use then")
        return list(combinations(sorted(set(entities)), 2)), None
    if not (misreading.entity and misreading.becomes and (misreading.names or misreading.document)):
        raise entry.fault("needs entities, or entity and is with names (as they are written), document or both")
    return [], misreading


def _drop(entry: _Entry, needed: set[str]) -> Drop:
    drop = Drop(entry.id("entity"), entry.id("subject"), entry.text("predicate"), entry.id("object"))
    statement = (drop.subject, drop.predicate, drop.object)
    if bool(drop.entity) == any(statement) or (any(statement) and not all(statement)):
        raise entry.fault("needs entity, or subject, predicate and object")
    if drop.predicate and drop.predicate not in predicates():
        raise entry.fault(f"{drop.predicate} is no predicate; they are {', '.join(predicates())}")
    drop = Drop(drop.entity, *statement, entry.text("document"), entry.text("quote"))
    if drop.is_whole and drop.entity in needed:
        raise entry.fault(f"another entry joins or renames {drop.entity}")
    return drop


def _labels(entries: Iterable[_Entry], keepers: Mapping[str, str]) -> dict[str, dict[str, str]]:
    renamed: dict[str, dict[str, str]] = {}
    for entry in entries:
        labels = entry.values.get("labels")
        if not entry.id("entity") or not isinstance(labels, dict) or not labels:
            raise entry.fault('needs entity, and labels by language (labels = { en = "…" })')
        known = renamed.setdefault(keepers.get(entry.id("entity"), entry.id("entity")), {})
        for lang, label in labels.items():
            if not isinstance(label, str) or not label.strip():
                raise entry.fault(f"the label in {lang} must be a text")
            if known.setdefault(lang, label) != label:
                raise entry.fault(f"another entry names it {known[lang]!r} in {lang}")
    return renamed


def _named(entry: _Entry) -> Iterator[str]:
    """Yield the ids that an entry takes to be there; what a misreading becomes may be new."""
    yield from entry.texts("entities") if "entities" in entry.values else ()
    yield from (entry.text(key) for key in ("entity", "subject", "object") if key in entry.values)

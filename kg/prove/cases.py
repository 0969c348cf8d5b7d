"""Case sentences: what a pack's ``cases.psv`` expects of each, and what the pipeline says.

A line is a sentence, the day it was published, and a statement that it makes: keys of subject and object, predicate,
polarity and modality (empty: positive, actual) and the key of who says so (empty: nobody named; several are parted by
semicolons). A sentence with several statements stands on as many lines; one that must give nothing has no predicate.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kg.ingest import make_document
from kg.names.letters import fold
from kg.ontology import predicates
from kg.packs import CASES
from kg.pipeline import resolve_claims
from kg.read import read_texts
from kg.tables import Row, read_table
from kg.values import Entity, Modality, Polarity, ResolvedClaim

COLUMNS = ("sentence", "date", "subject", "predicate", "object", "polarity", "modality", "source")
KNOWN = "cases-known.psv"
KNOWN_COLUMNS = ("sentence", "reason")


@dataclass(frozen=True, slots=True)
class Expected:
    """A statement that a sentence makes, its entities by key."""

    subject: str
    predicate: str
    object: str
    polarity: Polarity
    modality: Modality
    sources: frozenset[str]

    def __str__(self) -> str:
        return _say((self.subject, self.predicate, self.object), self.polarity, self.modality, self.sources)


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, when it was published, and all that it says; nothing, if it says nothing."""

    sentence: str
    published: date | None
    expected: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the pipeline made of a case."""

    case: Case
    missed: tuple[Expected, ...]
    said: tuple[str, ...]

    @property
    def is_passed(self) -> bool:
        """Whether everything expected was found; for a sentence that says nothing, whether nothing was."""
        return not self.missed if self.case.expected else not self.said


def read_cases(folder: Path) -> list[Case]:
    """Return the case sentences of a pack, in the order of the file; none where it has none.

    Raises DataError with file and line for a predicate, a polarity, a modality or a day that is none.
    """
    path = folder / CASES
    grouped: dict[tuple[str, date | None], list[Expected]] = {}
    for row in read_table(path, COLUMNS) if path.is_file() else ():
        said = grouped.setdefault((row["sentence"], _day(row)), [])
        if row["predicate"]:
            said.append(_expected(row))
    return [Case(sentence, day, tuple(expected)) for (sentence, day), expected in grouped.items()]


def read_known(folder: Path) -> dict[str, str]:
    """Return the sentences of a pack that are known to fail, each with the reason."""
    path = folder / KNOWN
    rows = read_table(path, KNOWN_COLUMNS) if path.is_file() else ()
    return {row["sentence"]: row["reason"] for row in rows}


def run_cases(cases: Sequence[Case], lang: str) -> Iterator[Outcome]:
    """Read each sentence as an article of its own, and compare what is found with what is expected."""
    documents = [make_document(case.sentence, lang=lang, published=case.published) for case in cases]
    for case, (_, claims) in zip(cases, resolve_claims(read_texts(documents)), strict=True):
        yield Outcome(
            case,
            tuple(expected for expected in case.expected if not any(_matches(expected, claim) for claim in claims)),
            tuple(map(_tell, claims)),
        )


def _day(row: Row) -> date | None:
    try:
        return date.fromisoformat(row["date"]) if row["date"] else None
    except ValueError as error:
        raise row.fault(f"the date {row['date']} is none (expected YYYY-MM-DD)") from error


def _expected(row: Row) -> Expected:
    if row["predicate"] not in predicates():
        raise row.fault(f"there is no predicate {row['predicate']}")
    if not row["subject"] or not row["object"]:
        raise row.fault("a predicate needs a subject and an object")
    try:
        polarity = Polarity(row["polarity"] or Polarity.POSITIVE)
        modality = Modality(row["modality"] or Modality.ACTUAL)
    except ValueError as error:
        raise row.fault(str(error)) from error
    return Expected(row["subject"], row["predicate"], row["object"], polarity, modality, frozenset(row.list("source")))


def _matches(expected: Expected, found: ResolvedClaim) -> bool:
    claim = found.claim
    if (expected.predicate, expected.polarity, expected.modality) != (claim.predicate, claim.polarity, claim.modality):
        return False
    if len(found.sources) < len(expected.sources) or (found.sources and not expected.sources):
        return False
    if not all(any(_is(key, entity) for entity in found.sources) for key in expected.sources):
        return False
    ends = [(found.subject, found.object)]
    if predicates()[expected.predicate].symmetric:
        ends.append((found.object, found.subject))
    return any(_is(expected.subject, subject) and _is(expected.object, object_) for subject, object_ in ends)


def _is(key: str, entity: Entity) -> bool:
    """Say whether a key names an entity: its key or id, or for a thing the more general kind that it is one of."""
    wanted = _plain(key)
    return wanted in {_plain(name) for name in (entity.key, entity.id, entity.broader) if name}


def _plain(name: str) -> str:
    return fold(name).replace("-", " ")


def _tell(found: ResolvedClaim) -> str:
    ends = (found.subject.key, found.claim.predicate, found.object.key)
    return _say(ends, found.claim.polarity, found.claim.modality, [source.key for source in found.sources])


def _say(ends: tuple[str, str, str], polarity: Polarity, modality: Modality, sources: Iterable[str]) -> str:
    told = [value for value in (polarity, modality) if value not in (Polarity.POSITIVE, Modality.ACTUAL)]
    speakers = sorted(sources)
    return " ".join([*ends, *told, *(["—", ", ".join(speakers)] if speakers else [])])

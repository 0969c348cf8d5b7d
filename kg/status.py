"""Statement → its occurrences and their statuses; whether it holds as an edge. Everything here is derived, nothing stored."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from kg.edtf import parse
from kg.ontology import predicates
from kg.values import Attribution, Evidence, Modality, Polarity, Statement, Status

WINDOW = timedelta(days=183)
"""How far from its article's date undated evidence may lie from an occurrence that it joins."""

_DAY = timedelta(days=1)
_EDTF = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}(/[0-9]{4}(-[0-9]{2}){0,2})?")

Interval = tuple[date, date]
"""From the first day to the day after the last."""

ORDER = (Status.ASSERTED, Status.CLAIMED, Status.PLANNED, Status.POSSIBLE, Status.DENIED)
"""The order in which statuses are told."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The evidence of one statement about one time, and what a reader may make of it."""

    statuses: frozenset[Status]
    time: str
    """EDTF in the finest precision that the evidence gives, or empty."""
    evidence: tuple[Evidence, ...]

    @property
    def is_disputed(self) -> bool:
        """Say whether it is asserted or claimed, and denied."""
        return Status.DENIED in self.statuses and bool({Status.ASSERTED, Status.CLAIMED} & self.statuses)


def status(evidence: Evidence) -> Status:
    """Return what one piece of evidence says of its statement."""
    if evidence.polarity == Polarity.NEGATIVE:
        return Status.DENIED
    if evidence.modality != Modality.ACTUAL:
        return Status.PLANNED if evidence.modality == Modality.PLANNED else Status.POSSIBLE
    return Status.ASSERTED if evidence.attribution == Attribution.NARRATOR else Status.CLAIMED


def statuses(statement: Statement) -> frozenset[Status]:
    """Return the statuses of all evidence of a statement together, whatever its time."""
    return frozenset(map(status, statement.evidence))


def is_disputed(statement: Statement) -> bool:
    """Say whether some occurrence of a statement is asserted or claimed, and denied."""
    return any(occurrence.is_disputed for occurrence in occurrences(statement))


def occurrences(statement: Statement) -> tuple[Occurrence, ...]:
    """Group the evidence of a statement by time, earliest first, undated last.

    Dated evidence joins the group it overlaps, the most precise evidence first, so that "2024" does not draw two
    meetings of that year together. Undated evidence joins the group nearest to its article's date within WINDOW;
    evidence without any date joins the latest group.
    """
    groups: list[_Group] = []
    for evidence in sorted(statement.evidence, key=_by_precision):
        span = interval(evidence.time) or _published(evidence)
        group = _find(groups, evidence, span)
        if group is None:
            groups.append(_Group(span, evidence.time if interval(evidence.time) else "", [evidence]))
        else:
            group.evidence.append(evidence)
    return tuple(_close(group) for group in sorted(groups, key=_by_start))


@dataclass(slots=True)
class _Group:
    span: Interval | None
    time: str
    evidence: list[Evidence]


def _by_precision(evidence: Evidence) -> tuple[int, timedelta, date, tuple[object, ...]]:
    span, published = interval(evidence.time), evidence.published
    if span:
        return 0, span[1] - span[0], span[0], sort_key(evidence)
    return (
        (1, timedelta(), published, sort_key(evidence)) if published else (2, timedelta(), date.max, sort_key(evidence))
    )


def _by_start(group: _Group) -> tuple[bool, date, date, tuple[object, ...]]:
    start, end = group.span or (date.max, date.max)
    return not group.time, start, end, sort_key(group.evidence[0])


def _published(evidence: Evidence) -> Interval | None:
    day = evidence.published
    return (day, day + _DAY) if day and day < date.max else None


def _find(groups: list[_Group], evidence: Evidence, span: Interval | None) -> _Group | None:
    if not groups:
        return None
    if span is None:
        return max(groups, key=lambda group: group.span or (date.min, date.min))
    reach = timedelta() if interval(evidence.time) else WINDOW
    near = [(_distance(group.span, span), group.span, group) for group in groups if group.span]
    distance, _, group = min(near, key=lambda entry: entry[:2], default=(timedelta.max, None, groups[0]))
    return group if distance <= reach else None


def _distance(one: Interval, other: Interval) -> timedelta:
    """Return how far apart two intervals are: nothing where they overlap, at least a day where they do not."""
    gap = max(one[0], other[0]) - min(one[1], other[1])
    return max(gap + _DAY, timedelta())


def _close(group: _Group) -> Occurrence:
    evidence = tuple(sorted(group.evidence, key=sort_key))
    return Occurrence(frozenset(map(status, evidence)), group.time, evidence)


def sort_key(evidence: Evidence) -> tuple[object, ...]:
    """Return a key that orders evidence by where it stands, and leaves no tie between different evidence."""
    return (
        evidence.document, evidence.sentence, evidence.cue, evidence.subject_at, evidence.object_at,
        evidence.polarity, evidence.modality, evidence.attribution, evidence.sources, evidence.exact_object,
        evidence.theme, evidence.place, evidence.time, evidence.extractor, evidence.model, evidence.band,
        str(evidence.published or ""), tuple(f"{role}: {step}" for role, step in evidence.steps),
    )  # fmt: skip


@lru_cache(10_000)
def interval(edtf: str) -> Interval | None:
    """Return the days that an EDTF day, month, year or interval of these covers; nothing for any other text.

    >>> interval("2024-06")
    (datetime.date(2024, 6, 1), datetime.date(2024, 7, 1))
    """
    if not _EDTF.fullmatch(edtf):
        return None
    try:
        period = parse(edtf)
    except ValueError:
        return None
    return (period.start, period.end + _DAY) if period.start <= period.end < date.max else None


def has_edge(statement: Statement, acts_for: Mapping[str, str]) -> bool:
    """Say whether some source affirms the statement, as done or as a plan of a party's own.

    A plan that a named speaker tells of others (a demand, an expectation) gives no edge. ``acts_for`` maps a person
    to the state or organisation that the person speaks for.
    """
    parties = (
        {statement.subject, statement.object} if predicates()[statement.predicate].symmetric else {statement.subject}
    )
    principals = parties | {acts_for.get(party, party) for party in parties}
    return any(_affirms(evidence, principals, acts_for) for evidence in statement.evidence)


def _affirms(evidence: Evidence, principals: set[str], acts_for: Mapping[str, str]) -> bool:
    told = status(evidence)
    if told != Status.PLANNED:
        return told in (Status.ASSERTED, Status.CLAIMED)
    speakers = {speaker for source in evidence.sources for speaker in (source, acts_for.get(source, source))}
    return evidence.attribution != Attribution.NAMED or bool(speakers & principals)


def is_asserted(statement: Statement) -> bool:
    """Say whether a narrator asserts the statement as done."""
    return Status.ASSERTED in statuses(statement)

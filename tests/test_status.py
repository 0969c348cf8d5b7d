"""Statuses, occurrences and edges follow from the evidence."""

from datetime import date
from itertools import permutations

import pytest

from kg.status import Occurrence, has_edge, interval, is_disputed, occurrences, statuses
from kg.values import Attribution, Evidence, Modality, Polarity, Statement, Status

NARRATOR, NAMED, UNNAMED = Attribution
ACTUAL, PLANNED, POSSIBLE = Modality
YES, NO = Polarity


def say(
    attribution: Attribution = NARRATOR,
    modality: Modality = ACTUAL,
    polarity: Polarity = YES,
    *sources: str,
    time: str = "",
    published: date | None = date(2024, 10, 31),
) -> Evidence:
    span = (0, 1)
    return Evidence(
        "d", span, span, span, span, polarity, modality, attribution, sources, time=time, published=published
    )


def state(*evidence: Evidence, predicate: str = "meets") -> Statement:
    return Statement("IRN", predicate, "RUS", "", "", frozenset(evidence))


@pytest.mark.parametrize(
    ("evidence", "status"),
    [
        (say(NARRATOR, ACTUAL), Status.ASSERTED),
        (say(NARRATOR, PLANNED), Status.PLANNED),
        (say(NARRATOR, POSSIBLE), Status.POSSIBLE),
        (say(NAMED, ACTUAL), Status.CLAIMED),
        (say(UNNAMED, ACTUAL), Status.CLAIMED),
        (say(UNNAMED, PLANNED), Status.PLANNED),
        (say(NAMED, POSSIBLE), Status.POSSIBLE),
        (say(NARRATOR, ACTUAL, NO), Status.DENIED),
        (say(NAMED, PLANNED, NO), Status.DENIED),
    ],
)
def test_one_piece_of_evidence_gives_one_status(evidence: Evidence, status: Status) -> None:
    assert statuses(state(evidence)) == {status}


def times(*evidence: Evidence) -> list[tuple[str, int]]:
    return [(group.time, len(group.evidence)) for group in occurrences(state(*evidence))]


def test_two_meetings_are_two_occurrences() -> None:
    assert times(say(time="2016-05"), say(time="2024-06")) == [("2016-05", 1), ("2024-06", 1)]


def test_a_year_does_not_draw_two_meetings_together() -> None:
    assert times(say(time="2024"), say(time="2024-01"), say(time="2024-06")) == [("2024-01", 2), ("2024-06", 1)]


def test_a_day_and_its_month_are_one_occurrence_told_by_the_day() -> None:
    assert times(say(time="2024-06"), say(time="2024-06-19")) == [("2024-06-19", 2)]


def test_neighbouring_days_are_two_occurrences() -> None:
    assert times(say(time="2024-06-19"), say(time="2024-06-20")) == [("2024-06-19", 1), ("2024-06-20", 1)]


def test_undated_evidence_joins_the_time_nearest_to_its_article() -> None:
    assert times(say(time="2024-09"), say(time="2024-06"), say()) == [("2024-06", 1), ("2024-09", 2)]


def test_undated_evidence_far_from_every_time_stands_alone_and_last() -> None:
    assert times(say(time="2016"), say()) == [("2016", 1), ("", 1)]


def test_evidence_without_any_date_joins_the_latest() -> None:
    assert times(say(time="2016"), say(time="2020"), say(published=None)) == [("2016", 1), ("2020", 2)]


def test_the_order_of_evidence_does_not_matter() -> None:
    pieces = [say(time="2024"), say(time="2024-01"), say(), say(NAMED, published=None), say(time="nonsense")]
    assert len({tuple(occurrences(state(*order))) for order in permutations(pieces)}) == 1


def test_a_claim_and_a_denial_of_one_time_are_disputed() -> None:
    assert is_disputed(state(say(NAMED, ACTUAL, YES, "USA", time="2024-09"), say(NAMED, ACTUAL, NO, "IRN")))


def test_a_meeting_and_its_denial_years_apart_are_not_disputed() -> None:
    assert not is_disputed(state(say(time="2016"), say(NARRATOR, ACTUAL, NO, time="2024")))


def test_a_plan_and_a_denial_are_not_disputed() -> None:
    assert not Occurrence(frozenset({Status.PLANNED, Status.DENIED}), "", ()).is_disputed


@pytest.mark.parametrize(
    ("evidence", "predicate", "expected"),
    [
        (say(), "visits", True),
        (say(NAMED, ACTUAL, YES, "USA"), "visits", True),
        (say(NARRATOR, PLANNED), "visits", True),
        (say(UNNAMED, PLANNED), "visits", True),
        (say(NAMED, PLANNED, YES, "IRN"), "visits", True),
        (say(NAMED, PLANNED, YES, "araghchi"), "visits", True),
        (say(NAMED, PLANNED, YES, "lavrov"), "visits", False),
        (say(NAMED, PLANNED, YES, "lavrov"), "meets", True),
        (say(NAMED, PLANNED, YES, "USA"), "meets", False),
        (say(NARRATOR, POSSIBLE), "visits", False),
        (say(NARRATOR, ACTUAL, NO), "visits", False),
    ],
)
def test_only_what_some_source_affirms_has_an_edge(evidence: Evidence, predicate: str, *, expected: bool) -> None:
    acts_for = {"lavrov": "RUS", "araghchi": "IRN"}
    assert has_edge(state(evidence, predicate=predicate), acts_for) is expected


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2024-10-31", (date(2024, 10, 31), date(2024, 11, 1))),
        ("2024-02", (date(2024, 2, 1), date(2024, 3, 1))),
        ("2024", (date(2024, 1, 1), date(2025, 1, 1))),
        ("2024-06-01/2024-06-03", (date(2024, 6, 1), date(2024, 6, 4))),
        ("", None),
        ("2024-13", None),
        ("2024-06-03/2024-06-01", None),
        ("9999-12-31", None),
        ("0000", None),
        ("٢٠٢٤", None),
        ("soon", None),
    ],
)
def test_times_are_days(edtf: str, expected: tuple[date, date] | None) -> None:
    assert interval(edtf) == expected

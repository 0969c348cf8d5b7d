"""Stretches of days and how EDTF writes them: ``2024-10-31``, ``2024-06``, ``2024``, ``2024-06-01/2024-06-03``."""

import calendar
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from ``start`` to ``end``, both included."""

    start: date
    end: date

    @property
    def edtf(self) -> str:
        """Return the shortest EDTF that means these days: a day, month or year, else an interval of those."""
        if self.start == self.end:
            return self.start.isoformat()
        first, last = _year(self.start), _year(self.end)
        if (self.start.month, self.start.day, self.end.month, self.end.day) == (1, 1, 12, 31):
            return first if first == last else f"{first}/{last}"
        if self.start.day == 1 and self.end.day == _month_length(self.end):
            first, last = self.start.isoformat()[:7], self.end.isoformat()[:7]
            return first if first == last else f"{first}/{last}"
        return f"{self.start.isoformat()}/{self.end.isoformat()}"


def day_of(year: int, month: int, day: int) -> Period | None:
    """Return one day, or None where the calendar has none."""
    try:
        only = date(year, month, day)
    except ValueError:
        return None
    return Period(only, only)


def month_of(year: int, month: int, last_year: int = 0, last_month: int = 0) -> Period:
    """Return a month, or all months from one to another."""
    end = date(last_year or year, last_month or month, 1)
    return Period(date(year, month, 1), end.replace(day=_month_length(end)))


def year_of(year: int, last: int = 0) -> Period:
    """Return a year, or all years from one to another."""
    return Period(date(year, 1, 1), date(last or year, 12, 31))


def parse(edtf: str) -> Period:
    """Return the days that EDTF means; raises ValueError for what this program does not write."""
    first, _, last = edtf.partition("/")
    period = _parse_one(first)
    return Period(period.start, _parse_one(last).end) if last else period


def _parse_one(edtf: str) -> Period:
    match [int(part) for part in edtf.split("-")]:
        case [year]:
            return year_of(year)
        case [year, month]:
            return month_of(year, month)
        case [year, month, day]:
            return Period(date(year, month, day), date(year, month, day))
        case _:
            raise ValueError(f"not a date: {edtf}")


def _year(day: date) -> str:
    return f"{day.year:04}"


def _month_length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]

"""What the words of a time mean → the days it covers, seen from the day the article was published."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from kg.edtf import Period, day_of, month_of, year_of
from kg.extract.time_rules import Fields

_CENTURY = 100
_MONTHS = 12
_WEEK = timedelta(days=7)
_NEAR, _FAR = 45, 366
"""Days ahead that a day without a year may lie, where its clause does not look ahead and where it does."""


@dataclass(frozen=True, slots=True)
class View:
    """Where a time is seen from.

    The article's day; the time named before it; the year that opens its paragraph, as in a chronology; and
    whether its clause looks ahead.
    """

    published: date | None
    anchor: Period | None = None
    frame: int | None = None
    ahead: bool = False


def place(kind: str, fields: Fields, view: View) -> Period | None:
    """Return the days that a time means, or None where it means none or cannot be known."""
    numbers = {name: value for name, value in fields.items() if isinstance(value, int)}
    try:
        return _KINDS[kind](numbers, str(fields.get("unit", "")), view)
    except (ValueError, OverflowError):  # the calendar has no such day or year
        return None


def _day(fields: dict[str, int], _unit: str, view: View) -> Period | None:
    year2 = fields.get("year2") or fields.get("year")
    month2 = fields.get("month2", fields["month"])
    last = (month2, fields.get("day2", fields["day"]))
    year = fields.get("year", year2) or _nearest_year(fields["month"], fields["day"], view)
    if year is None:
        return None
    first = day_of(year, fields["month"], fields["day"])
    end = day_of(year2 or year, *last) if "day2" in fields else first
    return Period(first.start, end.end) if first and end and first.start <= end.end else None


def _month(fields: dict[str, int], _unit: str, view: View) -> Period | None:
    month = fields["month"]
    year = fields.get("year", fields.get("year2"))
    if year is None and "same" in fields and view.anchor:
        year = view.anchor.start.year
    if year is None and "yearly" in fields:
        year = view.published.year + fields["yearly"] if view.published else None
    if year is None:
        year = _directed_year(month, view, fields.get("direction"))
    if year is None:
        return None
    last_year = fields.get("year2", year)
    last_month = fields.get("month2", month)
    if "month2" in fields and "year2" not in fields and last_month < month:
        last_year += 1
    return month_of(year, month, last_year, last_month)


def _year(fields: dict[str, int], _unit: str, _view: View) -> Period | None:
    last = fields.get("year2", fields["year"])
    if last < _CENTURY:  # 2015-16
        last += fields["year"] // _CENTURY * _CENTURY
    return year_of(fields["year"], last) if last >= fields["year"] else None


def _decade(fields: dict[str, int], _unit: str, _view: View) -> Period | None:
    first = fields.get("decade", fields.get("number", 0))
    if first < _CENTURY:
        first += 1900
    return year_of(first, first + 9) if first % 10 == 0 else None


def _century(fields: dict[str, int], _unit: str, _view: View) -> Period | None:
    last = fields["ordinal"] * _CENTURY
    return year_of(last - _CENTURY + 1, last)


def _weekday(fields: dict[str, int], _unit: str, view: View) -> Period | None:
    if view.published is None:
        return None
    direction = fields.get("direction", fields.get("relative"))
    gap = (fields["weekday"] - view.published.weekday()) % 7
    ahead = view.ahead if direction is None else direction > 0
    if not ahead and gap:
        gap -= 7
    if not gap and direction:
        gap = 7 if ahead else -7
    day = view.published + timedelta(days=gap)
    return Period(day, day + timedelta(days=(fields.get("weekday2", fields["weekday"]) - fields["weekday"]) % 7))


def _shift(fields: dict[str, int], unit: str, view: View) -> Period | None:
    if view.published is None:
        return None
    return _move(view.published, fields["direction"] * fields.get("number", 1), unit)


def _anchored(fields: dict[str, int], unit: str, view: View) -> Period | None:
    anchor = view.anchor
    if anchor is None or (unit == "day" and anchor.start != anchor.end):
        return None
    return _move(anchor.start, fields["direction"] * fields.get("number", 1), unit)


def _move(day: date, number: int, unit: str) -> Period | None:
    match unit:
        case "day":
            moved = day + timedelta(days=number)
            return Period(moved, moved)
        case "week":
            monday = day - timedelta(days=day.weekday()) + number * _WEEK
            return Period(monday, monday + _WEEK - timedelta(days=1))
        case "month":
            months = day.year * 12 + day.month - 1 + number
            return month_of(months // 12, months % 12 + 1)
        case "year":
            return year_of(day.year + number)
        case _:
            return None


def _season(fields: dict[str, int], _unit: str, view: View) -> Period | None:
    year, direction = fields.get("year", view.frame), fields.get("direction")
    if year is None and "yearly" in fields and view.published:
        year = view.published.year + fields["yearly"]
    if year is not None:
        return _quarter(year, fields["season"])
    if view.published is None:
        return None
    now = view.published
    near = [_quarter(now.year + shift, fields["season"]) for shift in (-2, -1, 0, 1)]
    if (direction or 0) > 0 or (direction is None and view.ahead):
        return next(each for each in near if (each.start if direction else each.end) > now)
    return next(each for each in reversed(near) if (each.end if direction else each.start) < now)


def _quarter(year: int, first_month: int) -> Period:
    last_month = (first_month + 1) % _MONTHS + 1
    return month_of(year, first_month, year + (last_month < first_month), last_month)


def _fraction(fields: dict[str, int], _unit: str, view: View) -> Period | None:
    year = fields.get("year", view.published.year if view.published else None)
    last = fields["fraction"] * fields["ordinal"]
    return None if year is None else month_of(year, last - fields["fraction"] + 1, year, last)


def _feast(fields: dict[str, int], _unit: str, view: View) -> Period | None:
    month, day = divmod(fields["feast"], 100)
    year = fields.get("year", _nearest_year(month, day, view))
    return None if year is None else day_of(year, month, day)


def _directed_year(month: int, view: View, direction: int | None) -> int | None:
    """Return the year of the month that is meant: this one or the last, this one or the next where the clause looks ahead."""
    if view.frame is not None:
        return view.frame
    if view.published is None:
        return None
    year, now = view.published.year, view.published.month
    ahead = view.ahead if direction is None else direction > 0
    if direction and month == now:
        return year + direction
    if ahead:
        return year + (month < now)
    return year - (month > now)


def _nearest_year(month: int, day: int, view: View) -> int | None:
    """Return the year in which this day is nearest to the article's; far ahead only where the clause looks ahead."""
    if view.frame is not None or view.published is None:
        return view.frame
    published, farthest = view.published, _FAR if view.ahead else _NEAR
    years = (published.year - 1, published.year, published.year + 1)
    gaps = [((period.start - published).days, year) for year in years if (period := day_of(year, month, day))]
    return min(((abs(gap), year) for gap, year in gaps if gap <= farthest), default=(0, None))[1]


_KINDS: dict[str, Callable[[dict[str, int], str, View], Period | None]] = {
    "nothing": lambda _fields, _unit, _view: None,
    "day": _day,
    "month": _month,
    "year": _year,
    "decade": _decade,
    "century": _century,
    "weekday": _weekday,
    "shift": _shift,
    "anchored": _anchored,
    "season": _season,
    "fraction": _fraction,
    "feast": _feast,
}

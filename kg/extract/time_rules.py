"""``times.toml`` of a language → rules that find times in its texts, checked when loaded.

A rule's pattern is a regular expression in which a space is any white space and ``{name}`` a class of words (its
value reaches the rule under that name; ``{name2}`` is a second one of the same class), a phrase (no value), or one of
``{day} {year} {decade} {digits}``. ``set = { month = "digits" }`` gives a class's value another name.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import DataError
from kg.packs import pack_folders

Fields = Mapping[str, int | str]
"""What a rule's words mean: month=6, year=2024, unit="week" …"""

KINDS = frozenset(
    "nothing day month year decade century weekday shift anchored season fraction feast".split()  # noqa: SIM905
)
_NUMBERS = {
    "day": r"(?:[12]\d|3[01]|0?[1-9])",
    "digits": r"\d{1,2}",
    "year": r"(?:1[4-9]|20)\d\d",
    "decade": r"(?:(?:1[4-9]|20)\d0|\d0)",
}
_CASED = frozenset({"month", "weekday"})
_SLOT = re.compile(r"\{([a-z]+)(\d?)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to say a time: its kind, its pattern, and the fields that the pattern leaves to it."""

    kind: str
    pattern: re.Pattern[str]
    names: Mapping[str, str]
    """Field by the group that gives its value."""
    given: Fields


@dataclass(frozen=True, slots=True)
class TimeWords:
    """A language's words about time."""

    rules: tuple[Rule, ...]
    values: Mapping[str, Mapping[str, int | str]]
    """Class → form in lower case → value; forms that are patterns are looked up by ``meaning``."""
    patterns: Mapping[str, tuple[tuple[re.Pattern[str], int | str], ...]]
    clause_break: re.Pattern[str]
    future: re.Pattern[str]
    past: re.Pattern[str]
    future_after: re.Pattern[str]

    def meaning(self, group: str, written: str) -> int | str:
        """Return the value of what a slot matched."""
        name = group.rstrip("2")
        form = " ".join(written.lower().split())
        if form in self.values.get(name, {}):
            return self.values[name][form]
        for pattern, value in self.patterns.get(name, ()):
            if pattern.fullmatch(form):
                return value
        digits = re.match(r"\d+", form)
        assert digits, f"{written} matched {group} and none of its forms"
        return int(digits[0])

    def fields(self, rule: Rule, match: re.Match[str]) -> Fields:
        """Return what the words that a rule matched mean."""
        found = {name: self.meaning(group, match[group]) for group, name in rule.names.items() if match[group]}
        return {**rule.given, **found}


@cache
def time_words(lang: str) -> TimeWords:
    """Return a language's words about time, none where its pack has none.

    Raises DataError with the file and the rule that is wrong.
    """
    path = pack_folders()[lang] / "times.toml"
    return load_time_words(path) if path.is_file() else TimeWords((), {}, {}, *(re.compile("(?!)"),) * 4)


def load_time_words(path: Path) -> TimeWords:
    """Read and check a ``times.toml``."""
    try:
        source = path.read_text(encoding="utf8")
        data = tomllib.loads(source)
    except (OSError, ValueError) as error:
        raise DataError(f"{path}:1: {error}") from error
    classes: dict[str, dict[str, str]] = data.get("class", {})
    slots = {name: _loosen("|".join(forms.values())) for name, forms in classes.items()}
    phrases: dict[str, str] = data.get("phrase", {})
    try:
        clause = data["clause"]
        marks = [re.compile(clause[name], re.IGNORECASE) for name in ("break", "future", "past", "future_after")]
    except (KeyError, re.error) as error:
        raise DataError(
            f"{path}: [clause] needs the patterns break, future, past and future_after ({error})"
        ) from error
    return TimeWords(
        tuple(_rules(path, source, data.get("rule", []), slots, phrases)),
        {name: dict(_plain_forms(forms)) for name, forms in classes.items()},
        {name: tuple(_pattern_forms(forms)) for name, forms in classes.items()},
        *marks,
    )


def _rules(
    path: Path, source: str, rules: list[dict[str, object]], slots: dict[str, str], phrases: dict[str, str]
) -> Iterator[Rule]:
    lines = [number for number, line in enumerate(source.splitlines(), 1) if line.strip() == "[[rule]]"]
    for line, rule in zip(lines, rules, strict=True):
        kind = str(rule.get("as"))
        if kind not in KINDS:
            raise DataError(f"{path}:{line}: as = {kind!r} is none of {', '.join(sorted(KINDS))}")
        renamed = rule.get("set", {})
        given = {name: value for name, value in rule.items() if name in {"direction", "number", "unit", "same"}}
        if not isinstance(renamed, dict) or not all(isinstance(value, int | str) for value in given.values()):
            raise DataError(f"{path}:{line}: set is a table, direction and number are integers, unit is a word")
        try:
            pattern = re.compile(_expand(str(rule.get("pattern")), slots, phrases), re.IGNORECASE)
        except (re.error, KeyError) as error:
            raise DataError(f"{path}:{line}: pattern: {error}") from error
        field_by_class = {source_class: name for name, source_class in renamed.items()}
        names = {group: field_by_class.get(group, group) for group in pattern.groupindex}
        yield Rule(kind, pattern, names, {name: value for name, value in given.items() if isinstance(value, int | str)})


def _expand(pattern: str, slots: dict[str, str], phrases: dict[str, str]) -> str:
    def slot(match: re.Match[str]) -> str:
        name, count = match[1], match[2]
        if name in phrases:
            return f"(?:{_loosen(phrases[name])})"
        forms = _NUMBERS.get(name) or slots[name]
        return f"(?P<{name}{count}>{f'(?-i:{forms})' if name in _CASED else forms})"

    expanded = _SLOT.sub(slot, _loosen(pattern))
    return rf"(?<!\w)(?<!\d[.,])(?:{expanded})(?!\w)"


def _loosen(pattern: str) -> str:
    """Let a space be any white space, and an optional one none."""
    return pattern.replace(" ?", r"\s*").replace(" ", r"\s+")


def _plain_forms(forms: dict[str, str]) -> Iterator[tuple[str, int | str]]:
    for value, pattern in forms.items():
        yield from ((form.lower(), _value(value)) for form in pattern.split("|"))


def _pattern_forms(forms: dict[str, str]) -> Iterator[tuple[re.Pattern[str], int | str]]:
    for value, pattern in forms.items():
        if value != "digits":
            yield re.compile(pattern, re.IGNORECASE), _value(value)


def _value(written: str) -> int | str:
    return int(written) if written.lstrip("-").isdigit() else written

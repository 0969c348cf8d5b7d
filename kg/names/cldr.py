"""Unicode's CLDR → the tables with which a language pack begins: states, the adjectives it has, and capitals."""

from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

from kg.errors import InputError, ModelMissing
from kg.names.letters import TABLES, fold
from kg.tables import Row, read_table

_COLUMNS = "id|names|genitives|gender|adjectives|men|women|prefixes"
_SHIPPED = {
    "states": ("id", "kind", "alpha2", "wikidata", "source"),
    "places": ("id", "kind", "key", "state", "actor", "form"),
}
_ALIKE = 3
"""Letters that the name of a state and that of its language share, so that it may stand for its people."""


def write_names(lang: str, folder: Path) -> Iterator[Path]:
    """Write ``states.psv`` and ``places.psv`` into a folder, and yield their paths.

    A language's own name is taken for the adjective of a state where it is official and begins as its name does
    (français, France) and no other's. A capital that is called as its state is left out. Raises ModelMissing without the package babel, InputError for a language that it does not know.
    """
    locale = _locale(lang)
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (("states", _states(locale)), ("places", _capitals(locale))):
        path = folder / f"{name}.psv"
        head = f"# Names that CLDR has, by babel {version('babel')}: kg language new {lang}"
        path.write_text("\n".join((head, _COLUMNS, *rows)) + "\n", encoding="utf8")
        yield path


def _locale(lang: str) -> Any:
    if find_spec("babel") is None:
        raise ModelMissing("names of a new language come from the package babel: pip install 'kg[language]'")
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(lang)
    except (UnknownLocaleError, ValueError) as error:
        raise InputError(f"CLDR knows no language {lang!r}") from error


def _states(locale: Any) -> Iterator[str]:
    names = {row["id"]: names for row in _rows("states") if (names := list(_names(locale, row["alpha2"])))}
    adjectives = {
        row["id"]: list(_adjectives(locale, row["alpha2"], names.get(row["id"], [""])[0])) for row in _rows("states")
    }
    bearers = Counter(chain.from_iterable(adjectives.values()))
    for state, own in names.items():
        yield f"{state}|{';'.join(own)}|||{';'.join(each for each in adjectives[state] if bearers[each] == 1)}|||"


def _names(locale: Any, territory: str) -> Iterator[str]:
    """Yield what a territory is called; CLDR puts a second name in brackets."""
    yield from (_plain(name) for name in locale.territories.get(territory, "").rstrip(")").split(" (") if name)


def _adjectives(locale: Any, territory: str, name: str) -> Iterator[str]:
    from babel.languages import get_official_languages

    for code in sorted(get_official_languages(territory, de_facto=True)) if name else ():
        language = locale.languages.get(code, "").lower()
        if len(language) > _ALIKE and fold(language)[:_ALIKE] == fold(name)[:_ALIKE] and " " not in language:
            yield language


def _capitals(locale: Any) -> Iterator[str]:
    """Yield the capitals that a time zone is named after; CLDR leaves out those that are spelled as the zone is."""
    from babel.core import get_global

    named = locale.time_zones
    keeps = locale.territories["FR"].isascii()  # another alphabet names each city in its own letters
    zones = sorted({*named, *(zone for zones in get_global("territory_zones").values() for zone in zones)})
    cities = {}
    for zone in zones:
        written = zone.rpartition("/")[2].replace("_", " ")
        city = named.get(zone, {}).get("city") or (written if keeps else "")
        cities[fold(written).replace(" ", "-")] = city
    taken = {name for row in _rows("states") for name in _names(locale, row["alpha2"])}
    for row in _rows("places"):
        name = _plain(cities.get(row["id"], ""))
        if row["form"] == "capital" and name and name not in taken:
            yield f"{row['id']}|{name}||||||"


def _rows(table: str) -> Iterator[Row]:
    return read_table(TABLES / f"{table}.psv", _SHIPPED[table])


def _plain(name: str) -> str:
    return name.replace("’", "'").replace("|", " ")

"""The shipped tables and the language packs → names, checked with file and line."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path

from kg.names.find import ContextRule, FormKind, Forms
from kg.names.forms import accusative, read_endings, with_variants
from kg.names.letters import TABLES, fold, unaccent
from kg.names.names import Grammar, Names, Office, Pack
from kg.names.words import WORD_KINDS, Words
from kg.packs import pack_folders
from kg.tables import Row, read_table
from kg.values import Entity

NAME_COLUMNS = ("id", "names", "genitives", "gender", "adjectives", "men", "women", "prefixes")
NAMED = ("states", "places", "organisations")
SIDES = ("after", "before", "before-capital", "in-capitals")
ACRONYM = 6


def load_names(langs: tuple[str, ...]) -> Names:
    """Read the names of these languages; the first is asked first, the others where it knows nothing."""
    return _load_names(tuple(langs))


@cache
def _load_names(langs: tuple[str, ...]) -> Names:
    return make_names(langs)


def make_names(langs: tuple[str, ...]) -> Names:
    """Read the names of these languages anew, for one who adds to them."""
    entities: dict[str, Entity] = {}
    names = Names(entities)
    for row, entity in _entities(names):
        if entity.id in entities:
            raise row.fault(f"the id {entity.id} is taken by a {entities[entity.id].kind}")
        entities[entity.id] = entity
    _offices(names)
    names.executive.update(r["id"] for r in _table("organs", ("id", "key", "executive")) if r["executive"])
    for lang in langs:
        names.packs[lang] = _pack(pack_folders()[lang], lang, names)
    return names


def _entities(names: Names) -> Iterator[tuple[Row, Entity]]:
    codes = {row["id"]: row for row in _table("codes", ("id", "m49", "cow", "source"))}
    names.sources.update(source for row in codes.values() for source in row["source"].split(", "))
    for row in _table("states", ("id", "kind", "alpha2", "wikidata", "source")):
        names.sources.add(row["source"])
        pairs = [("iso3", row["id"]), ("iso2", row["alpha2"]), ("wikidata", row["wikidata"])]
        if row["id"] in codes:
            pairs += [(scheme, codes[row["id"]][scheme]) for scheme in ("m49", "cow")]
        yield row, Entity(row["id"], row["kind"], row["id"], identifiers=frozenset(p for p in pairs if p[1]))
    for row in _table("organisations", ("id", "kind", "key", "acts_for")):
        yield row, Entity(row["id"], row["kind"], row["key"], acts_for=row["acts_for"])
    for row in _table("places", ("id", "kind", "key", "state", "actor", "form")):
        yield row, Entity(row["id"], row["kind"], row["key"])
        if row["actor"]:
            names.actors[row["id"]] = row["actor"]
        if row["state"]:
            names.states_of_places[row["id"]] = row["state"]
        names.place_forms[row["id"]] = _place_form(row["form"])
    for row in _table("persons", ("id", "key", "alone")):
        yield row, Entity(row["id"], "Person", row["key"])
        if row["alone"]:
            names.known_by_surname.add(row["id"])
    for row in _table("things", ("id", "kind", "key", "broader")):
        yield row, Entity(row["id"], row["kind"], row["key"], broader=row["broader"])
    for row in _table("roles", ("id", "key")):
        yield row, Entity(row["id"] + "-role", "Role", row["key"])
    for row in _table("groups", ("id", "key")):
        yield row, Entity(row["id"] + "-group", "Group", row["key"], anonymous=True)


def _offices(names: Names) -> None:
    for row in _table("offices", ("person", "acts_for", "office", "from", "to")):
        for column in ("person", "acts_for"):
            if row[column] and row[column] not in names.entities:
                raise row.fault(f"there is no {row[column]}")
        role = row["office"].replace(" ", "-") + "-role" if row["office"] else ""
        if role and role not in names.entities:
            raise row.fault(f"there is no office {row['office']}")
        office = Office(row["acts_for"], role, row["from"], row["to"])
        names.offices.setdefault(row["person"], []).append(office)
        person = names.entities[row["person"]]
        names.entities[person.id] = replace(person, acts_for=office.acts_for or person.acts_for)


def _pack(folder: Path, lang: str, names: Names) -> Pack:
    endings = read_endings(folder)
    pack = Pack(lang, Forms(), Words(endings), _grammar(folder))
    for table in NAMED:
        for row in _language_table(folder, table, NAME_COLUMNS):
            _known(row, row["id"], names)
            _add_names(pack, row, names)
            _label(names, row["id"], lang, row.list("names"))
    for row in _language_table(folder, "persons", ("id", "names")):
        _known(row, row["id"], names)
        for name in row.list("names"):
            add_person(pack, row["id"], name, names)
        _label(names, row["id"], lang, row.list("names"))
    suffixes = {"things": "", "roles": "-role", "groups": "-group", "organs": ""}
    for kind in WORD_KINDS:
        for row in _language_table(folder, kind, ("id", "words")):
            entity_id = row["id"] + suffixes[kind]
            for phrase in row.list("words"):
                pack.words.add(phrase, kind, entity_id)
            if kind != "organs":
                _known(row, entity_id, names)
                _label(
                    names,
                    entity_id,
                    lang,
                    [" ".join(w.partition(":")[0] for w in p.split()) for p in row.list("words")],
                )
    for row in _language_table(folder, "context", ("form", "side", "words", "becomes")):
        if row["side"] not in SIDES:
            raise row.fault(f"the side must be one of {', '.join(SIDES)}")
        side = next(s for s in SIDES if s == row["side"])
        pack.forms.rules[row["form"]].append(ContextRule(side, frozenset(row["words"].lower().split()), row["becomes"]))  # type: ignore[arg-type]
    for row in _language_table(folder, "ambiguous", ("form", "entities")):
        pack.forms.preferred[row["form"]] = row.list("entities")[0]
    return pack


def _add_names(pack: Pack, row: Row, names: Names) -> None:
    entity_id = row["id"]
    nominatives, genitives = row.list("names"), row.list("genitives")
    if genitives and len(genitives) != len(nominatives):
        raise row.fault(f"{len(nominatives)} names and {len(genitives)} genitives")
    add, inflect = pack.forms.add, pack.words.endings.inflect
    for number, name in enumerate(nominatives):
        genitive = genitives[number] if genitives else name
        kind = names.place_forms.get(entity_id) or name_form(name)
        inflected = (*_inflected(name, pack), genitive, accusative(name, genitive, pack.words.endings))
        for form in with_variants(inflected):
            add(form, entity_id, kind)
    for word in row.list("adjectives"):
        for form in inflect(word, "a"):
            for variant in {form, form[:1].upper() + form[1:], unaccent(form[:1]).upper() + form[1:]}:
                add(variant, entity_id, "adjective")
    for column, word_class in (("men", "m"), ("women", "f")):
        for word in row.list(column):
            for form in with_variants(inflect(word, word_class)):
                add(form, entity_id, "demonym")
                if pack.grammar.lower_demonyms:
                    add(form[:1].lower() + form[1:], entity_id, "demonym")
    for prefix in row.list("prefixes"):
        pack.forms.prefixes[fold(prefix)] = entity_id


def _inflected(name: str, pack: Pack) -> Iterator[str]:
    """Yield a name in the forms of the pack's endings, each also behind the small words that the language elides."""
    *first, last = name.split()
    inflect = pack.words.endings.inflect
    for words in product(*(inflect(word, "before-name") for word in first), inflect(last, "name")):
        form = " ".join(words)
        yield form
        if unaccent(form[0]).lower() in pack.grammar.words.get("elided-before", ()):
            yield from (elided + form for elided in pack.grammar.words.get("elided", ()))


def add_person(pack: Pack, person_id: str, name: str, names: Names) -> None:
    """Take in a name of a person, in all its forms."""
    words = name.split()
    inflect = pack.words.endings.inflect
    outer = [inflect(w, "person") if n in {0, len(words) - 1} else (w,) for n, w in enumerate(words)]
    for combination in product(*outer):
        for form in with_variants((" ".join(combination),)):
            pack.forms.add(form, person_id, "name")
    for form in with_variants(inflect(words[-1], "person")):
        pack.surnames[form].setdefault(person_id)
        if person_id in names.known_by_surname and len(words) > 1:
            pack.forms.add(form, person_id, "name")


def _grammar(folder: Path) -> Grammar:
    words: dict[str, frozenset[str]] = {}
    for row in _language_table(folder, "grammar", ("class", "words")):
        words[row["class"]] = frozenset(row["words"].split())
    return Grammar(words)


def _label(names: Names, entity_id: str, lang: str, found: list[str]) -> None:
    if found:
        entity = names.entities[entity_id]
        aliases = entity.aliases | {(lang, name) for name in found[1:] if name != found[0]}
        names.entities[entity_id] = replace(entity, labels=entity.labels | {(lang, found[0])}, aliases=aliases)


def _known(row: Row, entity_id: str, names: Names) -> None:
    if entity_id not in names.entities:
        raise row.fault(f"there is no {entity_id}")


def _table(name: str, columns: tuple[str, ...]) -> Iterator[Row]:
    return read_table(TABLES / f"{name}.psv", columns)


def _language_table(folder: Path, name: str, columns: tuple[str, ...]) -> Iterator[Row]:
    path = folder / f"{name}.psv"
    return read_table(path, columns) if path.exists() else iter(())


def name_form(name: str) -> FormKind:
    """Return what a name is a form of: short and in capitals, it is an acronym."""
    return "acronym" if len(name) <= ACRONYM and name.isupper() else "name"


def _place_form(form: str) -> FormKind:
    forms: dict[str, FormKind] = {"capital": "capital", "seat": "seat"}
    return forms.get(form, "name")

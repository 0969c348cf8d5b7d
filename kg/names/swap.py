"""Names → sets of single words that may stand for one another, so that training can vary who acts."""

from collections import defaultdict
from collections.abc import Iterator

from kg.names.forms import accusative
from kg.names.load import NAME_COLUMNS
from kg.names.names import Grammar, Names
from kg.packs import pack_folders
from kg.tables import read_table


def swap_groups(names: Names, lang: str) -> list[frozenset[str]]:
    """Return the groups of a language, sorted; a group of one is left out."""
    groups: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for key, form in (*_names_of(names, lang, "states"), *_names_of(names, lang, "places"), *_surnames(names, lang)):
        groups[key].add(form)
    several = defaultdict(set)
    for key, forms in groups.items():
        for form in forms:
            several[form].add(key)
    kept = (frozenset(f for f in forms if len(several[f]) == 1) for forms in groups.values())
    return sorted((group for group in kept if len(group) > 1), key=sorted)


def _names_of(names: Names, lang: str, table: str) -> Iterator[tuple[tuple[str, ...], str]]:
    forms, grammar = names.pack(lang).forms, names.pack(lang).grammar
    for row in read_table(pack_folders()[lang] / f"{table}.psv", NAME_COLUMNS):
        nominatives = row.list("names")
        for name, genitive in zip(nominatives, row.list("genitives") or nominatives, strict=True):
            by_form: dict[str, list[str]] = defaultdict(list)
            for case, form in (
                ("n", name),
                ("g", genitive),
                ("a", accusative(name, genitive, names.pack(lang).words.endings)),
            ):
                by_form[form].append(case)
            if not name.isalpha() or name.isupper() or name in forms.rules or _is_plural(genitive, name, grammar):
                continue
            kind = "actor" if row["id"] in names.actors or table == "states" else names.entities[row["id"]].kind
            for form, cases in by_form.items():
                if len(forms.meanings.get(form, {})) == 1:
                    yield (kind, _gender(name, genitive, row["gender"], grammar), "".join(cases)), form


def _surnames(names: Names, lang: str) -> Iterator[tuple[tuple[str, ...], str]]:
    pack = names.pack(lang)
    for row in read_table(pack_folders()[lang] / "persons.psv", ("id", "names")):
        words = row.list("names")[0].split()
        surname = words[-1]
        if len(words) > 1 and surname.isalpha() and len(pack.words.endings.inflect(surname, "person")) == 1:
            yield ("person",), surname


def _is_plural(genitive: str, name: str, grammar: Grammar) -> bool:
    return genitive != name and genitive.endswith(tuple(grammar.words.get("plural-genitive", ())))


def _gender(name: str, genitive: str, given: str, grammar: Grammar) -> str:
    """Return the gender of a name: its own where its endings tell, else the row's."""
    if genitive.removeprefix(name) in grammar.words.get("feminine-genitive", ()):
        return "f"
    return "n" if name != genitive and name.endswith(tuple(grammar.words.get("neuter", ()))) else given

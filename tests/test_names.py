from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import DataError
from kg.names import Names, interchangeable, load_names
from kg.names.forms import accusative, read_endings
from kg.names.letters import fold, latin, one_script, slug, sound
from kg.names.load import NAME_COLUMNS
from kg.names.turtle import render_actors
from kg.ontology import find_ontology, languages
from kg.packs import pack_folders
from kg.tables import Row, read_table

TABLES = Path(__file__).parent / "languages"
LANGUAGES = ("el", "en", "es")


@pytest.fixture(scope="module")
def names() -> Names:
    return load_names(LANGUAGES)


def sentences(lang: str) -> list[Row]:
    return list(read_table(TABLES / lang / "names.psv", ("sentence", "entities")))


@pytest.mark.parametrize(
    "row", [(lang, row) for lang in LANGUAGES for row in sentences(lang)], ids=lambda row: row[1]["sentence"]
)
def test_names_are_found_in_context(names: Names, row: tuple[str, Row]) -> None:
    lang, case = row
    marked = case["sentence"]
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    found = [hit for hit in names.find(text, lang) if hit.start < end and hit.end > start]
    assert [id_ for hit in found for id_ in hit.entity_ids] == case.list("entities")
    assert not found or (found[0].start, found[0].end) == (start, end)


def test_every_state_has_a_name_in_every_language(names: Names) -> None:
    states = [
        entity for entity in names.entities.values() if entity.kind == "State" and dict(entity.identifiers).get("iso2")
    ]
    assert len(states) >= 195
    assert all(dict(state.labels).keys() == set(LANGUAGES) for state in states)
    assert all(dict(state.identifiers)["wikidata"].startswith("Q") for state in states)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_form_of_two_entities_is_listed_as_ambiguous(names: Names, lang: str) -> None:
    listed = {
        row["form"]: set(row.list("entities"))
        for row in read_table(pack_folders()[lang] / "ambiguous.psv", ("form", "entities"))
    }
    found = {form: set(ids) for form, ids in names.pack(lang).forms.ambiguous().items()}
    assert found == listed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_form_of_a_state_leads_to_it(names: Names, lang: str) -> None:
    wrong = []
    rules = names.pack(lang).forms.rules
    for row in read_table(pack_folders()[lang] / "states.psv", NAME_COLUMNS):
        for name in (*row.list("names"), *row.list("genitives")):
            hits = names.find(name, lang)
            if (
                name not in rules
                and name not in names.pack(lang).forms.preferred
                and (len(hits) != 1 or hits[0].entity_ids != (row["id"],))
            ):
                wrong.append((name, hits))
    assert wrong == []


@pytest.mark.parametrize(
    ("word", "word_class", "forms"),
    [
        ("ρωσικός", "a", ["ρωσικού", "ρωσικοί", "ρωσικών", "ρωσικούς", "ρωσική", "ρωσικής", "ρωσικές", "ρωσικά"]),
        ("κινέζικος", "a", ["κινέζικου", "κινέζικη", "κινέζικες", "κινέζικα"]),
        ("Έλληνας", "m", ["Έλληνα", "Έλληνες", "Ελλήνων"]),
        ("Κύπριος", "m", ["Κυπρίου", "Κύπριοι", "Κυπρίων", "Κυπρίους"]),
        ("Κροάτης", "m", ["Κροάτη", "Κροάτες", "Κροατών"]),
        ("Γερμανός", "m", ["Γερμανού", "Γερμανοί", "Γερμανών", "Γερμανούς"]),
        ("Ελληνίδα", "f", ["Ελληνίδας", "Ελληνίδες", "Ελληνίδων"]),
        ("κυβέρνηση", "f", ["κυβέρνησης", "κυβερνήσεις", "κυβερνήσεων", "κυβερνήσεως"]),
        ("σύστημα", "n", ["συστήματος", "συστήματα", "συστημάτων"]),
        ("πύραυλος", "m", ["πυραύλου", "πυραύλων", "πυραύλους", "πύραυλοι"]),
        ("αεροσκάφος", "n", ["αεροσκάφους", "αεροσκάφη", "αεροσκαφών"]),
    ],
)
def test_greek_words_inflect_by_their_endings(word: str, word_class: str, forms: list[str]) -> None:
    inflected = read_endings(pack_folders()["el"]).inflect(word, word_class)
    assert set(forms) <= set(inflected)


@pytest.mark.parametrize(
    ("nominative", "genitive", "expected"),
    [
        ("Ρωσία", "Ρωσίας", "Ρωσία"),
        ("Αίγυπτος", "Αιγύπτου", "Αίγυπτο"),
        ("Καναδάς", "Καναδά", "Καναδά"),
        ("Ηνωμένες Πολιτείες", "Ηνωμένων Πολιτειών", "Ηνωμένες Πολιτείες"),
        ("Λευκός Οίκος", "Λευκού Οίκου", "Λευκό Οίκο"),
        ("Δημοκρατικοί", "Δημοκρατικών", "Δημοκρατικούς"),
        ("Μπανγκλαντές", "Μπανγκλαντές", "Μπανγκλαντές"),
    ],
)
def test_the_accusative_follows_from_nominative_and_genitive(nominative: str, genitive: str, expected: str) -> None:
    assert accusative(nominative, genitive, read_endings(pack_folders()["el"])) == expected


@pytest.mark.parametrize(
    "forms",
    [
        ("Πεζεσκιάν", "Pezeshkian", "Пезешкиан"),
        ("Λαβρόφ", "Lavrov", "Лавров"),
        ("Ερντογάν", "Erdogan", "Эрдоган"),
        ("Νετανιάχου", "Netanyahu", "Нетаньяху"),
        ("Πασινιάν", "Pashinyan", "Пашинян"),
    ],
)
def test_a_name_sounds_alike_in_every_script(forms: tuple[str, ...]) -> None:
    assert len({sound(form) for form in forms}) == 1


def test_letters_are_put_right() -> None:
    assert one_script("Aμερικανός") == "Αμερικανός"
    assert one_script("Moscow") == "Moscow"
    assert fold("ΆΝΘΡΩΠΟΣ") == fold("άνθρωπος")
    assert latin("Χρήστος Σπίρτζης") == "Christos Spirtzis"
    assert slug("Αλέξης Τσίπρας") == "alexis-tsipras"


def test_hits_are_stretches_of_the_text_that_do_not_overlap(names: Names) -> None:
    for row in sentences("el"):
        hits = names.find(row["sentence"], "el")
        assert all(first.end <= second.start for first, second in pairwise(hits))
        assert all(0 <= hit.start < hit.end <= len(row["sentence"]) for hit in hits)


def test_names_of_the_same_gender_and_case_are_interchangeable(names: Names) -> None:
    groups = interchangeable(names, "el")
    assert any({"Ρωσία", "Γαλλία", "Ουκρανία"} <= group for group in groups)
    assert any({"Ρωσίας", "Γαλλίας", "Ουκρανίας"} <= group for group in groups)
    assert not any({"Ρωσία", "Ρωσίας"} <= group for group in groups)
    assert not any({"Ρωσία", "Ιράν"} <= group for group in groups)
    assert any({"Λαβρόφ", "Μακρόν", "Ερντογάν"} <= group for group in groups)


def test_the_actors_file_is_what_the_tables_make() -> None:
    path = find_ontology("actors.ttl")
    assert path.read_text(encoding="utf8") == render_actors(load_names(languages())), "run python -m kg.names.turtle"
    triples = {quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)}
    assert len(triples) > 10_000


def test_a_wrong_table_is_told_with_file_and_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.names import load

    (tmp_path / "states.psv").write_text("|".join(NAME_COLUMNS) + "\nXYZ|Πουθενά|Πουθενά|n||||\n", encoding="utf8")
    monkeypatch.setattr(load, "pack_folders", lambda: {"el": tmp_path})
    with pytest.raises(DataError, match=r"states\.psv:2: there is no XYZ"):
        load._load_names.__wrapped__(("el",))


def test_states_have_the_codes_that_packages_give_and_no_two_share_one() -> None:
    names = load_names(("el", "en"))
    codes = [pair for each in names.entities.values() for pair in each.identifiers if pair[0] in ("m49", "cow")]
    assert {("m49", "300"), ("cow", "350")} <= names.entities["GRC"].identifiers
    assert len(codes) == len(set(codes)) > 380

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kg.errors import DataError, InputError
from kg.names import Names, load_names, load_with_own
from kg.names.add import add_own
from kg.names.load import make_names
from kg.resolve import Resolver
from kg.values import Claim, Document, Mention, Reading

LANGUAGES = ("el", "en")
CSV = """id,kind,en,el,el_forms,acts_for,office,from,to
reef-watch,Organization,Reef Watch;R.W.,Φύλακες των Υφάλων,Φυλάκων των Υφάλων,,,,
lars-jensen,Person,Lars Jensen,Λαρς Γένσεν,,DNK,foreign minister,2022-12,2024-10

lars-jensen,,,,,NATO,,2024-11,
"lime,
hill",City,x,,,,,,
"""
TURTLE = """@prefix ir: <https://w3id.org/irkg/ontology#> .
@prefix id: <https://w3id.org/irkg/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .

id:reef-watch a ir:Organization ;
    rdfs:label "Reef Watch"@en, "Φύλακες των Υφάλων"@el ;
    skos:altLabel "R.W."@en ;
    skos:hiddenLabel "Φυλάκων των Υφάλων"@el ;
    skos:exactMatch wd:Q1 .

id:lars-jensen a ir:Person ; rdfs:label "Lars Jensen"@en, "Λαρς Γένσεν"@el ; ir:actsFor id:DNK .
[] a ir:HoldingOffice ; ir:subject id:lars-jensen ; ir:object id:foreign-minister-role ; ir:of id:DNK ;
    ir:when "2022-12/2024-10" .
[] a ir:HoldingOffice ; ir:subject id:lars-jensen ; ir:of id:NATO ; ir:when "2024-11/.." .
"""

Load = Callable[..., Names]


@pytest.fixture(scope="module")
def fresh() -> Names:
    return make_names(LANGUAGES)


@pytest.fixture
def load(tmp_path: Path, fresh: Names) -> Load:
    """Return a function that adds the actors of a text to fresh names."""

    def load(text: str, name: str = "my.csv") -> Names:
        (tmp_path / name).write_text(text, encoding="utf8")
        return add_own(deepcopy(fresh), tmp_path / name)

    return load


@pytest.fixture
def refuse(tmp_path: Path, fresh: Names) -> Load:
    """Return a function that does the same with actors that are wrong: forms are not reached, and need no copy."""

    def refuse(text: str, name: str = "my.csv") -> Names:
        (tmp_path / name).write_text(text, encoding="utf8")
        return add_own(replace(fresh, entities=dict(fresh.entities), offices=dict(fresh.offices)), tmp_path / name)

    return refuse


def rows(*lines: str) -> str:
    return "\n".join((CSV.splitlines()[0], *lines)) + "\n"


GOOD = "\n".join(CSV.splitlines()[:5]) + "\n"


@pytest.fixture(scope="module", params=["my.csv", "my.ttl"])
def own(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Names:
    path = tmp_path_factory.mktemp("own") / request.param
    path.write_text(GOOD if request.param == "my.csv" else TURTLE, encoding="utf8")
    return load_with_own(LANGUAGES, path)


@pytest.mark.parametrize(
    ("text", "lang", "found"),
    [
        ("Η έκθεση των Φυλάκων των Υφάλων επικρίνει.", "el", "reef-watch"),
        ("Reef Watch condemned it.", "en", "reef-watch"),
        ("R.W. condemned it.", "en", "reef-watch"),
        ("ΟΙ ΦΥΛΑΚΕΣ ΤΩΝ ΥΦΑΛΩΝ ΕΠΙΚΡΙΝΟΥΝ.", "el", "reef-watch"),
        ("Ο Λαρς Γένσεν μίλησε.", "el", "lars-jensen"),
    ],
)
def test_own_names_are_found_in_texts(own: Names, text: str, lang: str, found: str) -> None:
    assert [hit.entity_ids for hit in own.find(text, lang)] == [(found,)]


def test_an_own_actor_is_an_entity_with_labels(own: Names) -> None:
    entity = own.entities["reef-watch"]
    assert entity.labels == {("en", "Reef Watch"), ("el", "Φύλακες των Υφάλων")}
    assert entity.aliases == {("en", "R.W.")}
    assert own.entities["lars-jensen"].key == "Jensen"


@pytest.mark.parametrize(("day", "actor"), [(date(2024, 10, 31), "DNK"), (date(2024, 11, 2), "NATO")])
def test_an_own_person_acts_for_whom_the_file_says_on_the_day(own: Names, day: date, actor: str) -> None:
    text = "Ο Λαρς Γένσεν επέκρινε τη Ρωσία."
    said = Claim(Mention(2, 13, text[2:13]), "condemns", Mention(25, 31, text[25:31]), Mention(14, 22, ""), (0, 32))
    (resolved,) = Resolver(own).resolve(Reading(Document("d", text, "el", day), (said,), ()))
    assert (resolved.subject.id, resolved.subject.acts_for) == ("lars-jensen", actor)


def test_an_office_is_found_by_its_holder_only_while_it_is_held(own: Names) -> None:
    offices = own.offices["lars-jensen"]
    assert [office.office for office in offices if office.held_on(date(2024, 3, 1))] == ["foreign-minister-role"]
    assert [office.office for office in offices if office.held_on(date(2025, 3, 1))] == [""]


def test_shipped_names_stay_as_they_are_for_others(own: Names) -> None:
    shipped = load_names(LANGUAGES)
    assert "reef-watch" in own.entities
    assert "reef-watch" not in shipped.entities
    assert shipped.find("Reef Watch", "en") == []
    assert (shipped.own, bool(own.own)) == ("", True)


def test_what_is_said_of_a_known_actor_holds_before_what_is_shipped(load: Load) -> None:
    names = load(rows("USA,,America;Uncle Sam,,,,,,", "sergei-lavrov,,,,,BLR,,2024,"))
    state = names.entities["USA"]
    assert dict(state.labels)["en"] == "America"
    assert ("en", "United States") in state.aliases
    assert state.kind == "State"
    assert names.find("Uncle Sam", "en")[0].entity_ids == ("USA",)
    assert names.acts_for("sergei-lavrov", date(2024, 5, 1)) == "BLR"


def test_a_form_that_means_something_else_too_means_the_own_actor(load: Load) -> None:
    assert load(rows("reef,Organization,Reef;Hamas,,,,,,")).find("Hamas", "en")[0].entity_ids == ("reef",)


def test_a_place_stands_for_its_actor_and_lies_in_its_state(load: Load) -> None:
    names = load("id,kind,en,acts_for,state\nlime-hill,City,Lime Hill,reef,DNK\nreef,Party,Reef Party,,\n")
    assert (names.actors["lime-hill"], names.states_of_places["lime-hill"]) == ("reef", "DNK")
    assert names.entities["lime-hill"].acts_for == ""


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (CSV, 6, "the id .* may only hold"),
        ("", 1, "empty"),
        ("id,en\nx,X\n", 1, "the column kind is missing"),
        ("id,kind,en,en\nx,Party,X,X\n", 1, "stands twice"),
        ("id,kind,en\nx,Party\n", 2, "2 cells, expected 3"),
        ('id,kind,en\nx,Party,"X\n', 2, "unexpected end"),
        ("id,kind,fr\nx,Party,X\n", 2, "'fr' is neither a column nor a language"),
        (rows("x,Unicorn,X,,,,,,"), 2, "'Unicorn' is no kind of actor"),
        (rows("x,Weapon,X,,,,,,"), 2, "no kind of actor; they are .*Party"),
        (rows("x,,X,,,,,,"), 2, "no kind of actor"),
        (rows("x,Party,,,,,,,"), 2, "has no name"),
        (rows("x,Party,—,,,,,,"), 2, "no word to find"),
        (rows("sergei-lavrov,Party,X,,,,,,"), 2, "known as Person"),
        (rows("x,Party,X,,,NOWHERE,,,"), 2, "there is no Actor NOWHERE"),
        (rows("x,Party,X,,,moscow,,,"), 2, "there is no Actor moscow; it is City"),
        (rows("y,Party,Y,,,,,,", "x,Person,X,,,DNK,king of hearts,,"), 3, "no Role king-of-hearts-role"),
        (rows("x,Person,X,,,,president,,"), 2, "whom it is held for"),
        (rows("x,Person,X,,,DNK,,2024-13,"), 2, "'2024-13' is no date"),
        (rows("x,Person,X,,,DNK,,2024-05,2023"), 2, "before it begins"),
        (rows("x,Party,X,,,DNK,,2024,"), 2, "only a Person"),
        (rows("x,Party,The Reef,,,,,,", "y,Party,The Reef,,,,,,"), 3, "names both x and y"),
    ],
)
def test_what_is_wrong_in_a_table_is_told_with_its_line(refuse: Load, text: str, line: int, says: str) -> None:
    with pytest.raises(DataError, match=rf"my\.csv:{line}: .*{says}"):
        refuse(text)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("@prefix id:", "prefix id", 2, "."),
        ("id:reef-watch a ir:Organization", "id:reef-watch a ir:Organisation", 7, "ir:Organisation is no kind"),
        ('"Reef Watch"@en', '"Reef Watch"', 7, "needs its language"),
        ("ir:actsFor id:DNK", "ir:actsFor id:NOWHERE", 13, "no Actor NOWHERE"),
        ("ir:of id:NATO ;", "", 16, "needs ir:of"),
        ("2022-12/2024-10", "2022-12/soon", 13, "'soon' is no date"),
    ],
)
def test_what_is_wrong_in_turtle_is_told_with_the_line_of_its_subject(
    refuse: Load, old: str, new: str, line: int, says: str
) -> None:
    assert old in TURTLE
    with pytest.raises(DataError, match=rf"my\.ttl:{line}: .*{says}"):
        refuse(TURTLE.replace(old, new), "my.ttl")


def test_an_office_of_nobody_is_told(refuse: Load) -> None:
    with pytest.raises(DataError, match=r"my\.ttl:14: nobody holds an office"):
        refuse(TURTLE.replace("ir:subject id:lars-jensen", "ir:subject id:nobody"), "my.ttl")


def test_the_shape_of_the_shipped_file_is_read(load: Load) -> None:
    """Its blocks can be copied, as they are, into a file of one's own."""
    from kg.ontology import find_ontology

    text = find_ontology("actors.ttl").read_text(encoding="utf8")
    head = text[: text.index("\nid:")]
    block = next(each for each in text.split("\n\n") if each.startswith("id:emmanuel-macron "))
    names = load(f"{head}\n{block}\n", "my.ttl")
    assert names.entities["emmanuel-macron"].kind == "Person"


@pytest.mark.parametrize(("name", "says"), [("my.xlsx", "are read from .csv and .ttl"), ("none.csv", "cannot be read")])
def test_a_file_of_another_form_or_none_is_an_input_error(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "my.xlsx").write_text("x")
    with pytest.raises(InputError, match=says):
        load_with_own(LANGUAGES, tmp_path / name)

"""The ontology is whole: everything declared and named in both languages, and vocab.py made from it."""

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import ontology, vocab


def test_vocab_is_current() -> None:
    """Write it again with: python -c "from kg.ontology import *; open('kg/vocab.py', 'w').write(render_vocab())"."""
    assert Path(vocab.__file__).read_text(encoding="utf8") == ontology.render_vocab()


def test_there_are_forty_predicates_and_each_has_an_asserted_twin() -> None:
    asserted = {triple.subject for triple in ontology.triples()}
    assert len(ontology.predicates()) == 40
    for name in ontology.predicates():
        assert ox.NamedNode(vocab.ASSERTED + name) in asserted


@pytest.mark.parametrize("lang", ["el", "en"])
def test_every_predicate_and_kind_has_words_in_each_language(lang: str) -> None:
    for predicate in ontology.predicates().values():
        assert predicate.labels[lang]
        assert predicate.definitions[lang]
        assert predicate.examples[lang]
    for kind in ontology.kinds():
        assert ontology.terms()[kind].text(vocab.SKOS_DEFINITION)[lang]


@pytest.mark.parametrize("lang", ["el", "en"])
def test_every_term_of_ours_has_a_label_and_a_definition_in_each_language(lang: str) -> None:
    unnamed = [name for name, term in ontology.terms().items() if not term.text(vocab.RDFS_LABEL).get(lang)]
    undefined = [name for name, term in ontology.terms().items() if not term.text(vocab.SKOS_DEFINITION).get(lang)]
    assert (unnamed, undefined) == ([], [])


@pytest.mark.parametrize("lang", ["el", "en"])
def test_every_kind_of_thing_has_an_example(lang: str) -> None:
    assert [kind for kind in ontology.kinds() if not ontology.terms()[kind].text(vocab.SKOS_EXAMPLE).get(lang)] == []


def test_an_event_has_its_codes_and_a_score_that_says_cooperation_or_conflict() -> None:
    for name, predicate in ontology.predicates().items():
        term = ontology.terms()[name]
        if predicate.balance:
            assert predicate.cameo.isdigit()
            assert predicate.plover_event == predicate.plover_event.upper() != ""
            score = float(term.text(vocab.IR_GOLDSTEIN)[""])
            assert -10 <= score <= 10
            asks = predicate.plover_event == "REQUEST"  # CAMEO counts appeals as cooperation, PLOVER as conflict
            assert (score > 0) == (predicate.balance > 0) or asks
        else:
            assert vocab.IR_GOLDSTEIN not in term.texts


def test_the_header_says_which_version_by_whom_under_which_licence_and_what_changed() -> None:
    header = [triple for triple in ontology.triples() if triple.subject == ox.NamedNode(vocab.ONTOLOGY)]
    told = {triple.predicate.value: triple.object for triple in header}
    version = told[vocab.OWL_VERSION_INFO].value
    assert told[vocab.OWL_VERSION_IRI].value == f"{vocab.ONTOLOGY}/{version}"
    assert {vocab.DCTERMS_CREATOR, vocab.DCTERMS_LICENSE, vocab.DCTERMS_TITLE, vocab.DCTERMS_DESCRIPTION} <= set(told)
    notes = [triple.object for triple in header if triple.predicate.value == vocab.SKOS_CHANGE_NOTE]
    assert {note.language for note in notes if note.value.startswith(f"{version}: ")} == {"el", "en"}


def test_terms_of_others_say_whose_they_are() -> None:
    declared = {triple.subject.value for triple in ontology.triples() if triple.predicate.value == vocab.RDF_TYPE}
    owned = {
        triple.subject.value for triple in ontology.triples() if triple.predicate.value == vocab.RDFS_IS_DEFINED_BY
    }
    assert declared - owned == {iri for iri in declared if iri.startswith((vocab.ONTOLOGY, vocab.ASSERTED))}


def test_labels_are_unique_in_each_language() -> None:
    labels = Counter(
        (triple.object.language, triple.object.value)
        for triple in ontology.triples()
        if triple.predicate.value == vocab.RDFS_LABEL and isinstance(triple.object, ox.Literal)
        if triple.subject.value != vocab.ONTOLOGY  # type: ignore[union-attr]
    )
    assert [label for label, count in labels.items() if count > 1] == []


def test_there_is_no_blank_node() -> None:
    nodes = [node for triple in ontology.triples() for node in (triple.subject, triple.object)]
    assert not any(isinstance(node, ox.BlankNode) for node in nodes)


def test_every_own_term_that_is_used_is_declared() -> None:
    declared = {triple.subject for triple in ontology.triples() if triple.predicate.value == vocab.RDF_TYPE}
    told = [triple for triple in ontology.triples() if triple.predicate.value != vocab.RDFS_IS_DEFINED_BY]
    used = {node for triple in told for node in triple if isinstance(node, ox.NamedNode)}
    own = {node for node in used if node.value.startswith((vocab.IR, vocab.ASSERTED, vocab.DCTERMS, vocab.NIF))}
    assert own - declared == set()


@pytest.mark.parametrize(
    ("kind", "ancestor", "expected"),
    [
        ("State", "Actor", True),
        ("State", "Place", True),
        ("Weapon", "Thing", True),
        ("Weapon", "Actor", False),
        ("ArmedGroup", "Organization", True),
        ("unknown", "Actor", False),
        ("unknown", "unknown", True),
    ],
)
def test_kinds_form_a_tree(kind: str, ancestor: str, *, expected: bool) -> None:
    assert ontology.is_kind(kind, ancestor) is expected


@pytest.mark.parametrize(
    ("predicate", "subject", "object_", "expected"),
    [
        ("supplies", "State", "Weapon", True),
        ("supplies", "State", "State", False),
        ("visits", "Person", "State", True),
        ("visits", "Person", "City", True),
        ("holds_office", "Person", "Role", True),
        ("holds_office", "State", "Role", False),
        ("located_in", "Facility", "State", True),
        ("joins", "State", "InternationalOrganization", True),
    ],
)
def test_predicates_take_what_they_take(predicate: str, subject: str, object_: str, *, expected: bool) -> None:
    assert ontology.fits(predicate, subject, object_) is expected


def test_balance_follows_the_event_class() -> None:
    balances = {name: predicate.balance for name, predicate in ontology.predicates().items()}
    assert (balances["meets"], balances["supplies"], balances["accuses"], balances["attacks"]) == (1, 2, -1, -2)
    assert balances["holds_office"] == 0

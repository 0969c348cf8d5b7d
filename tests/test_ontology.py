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
    used = {node for triple in ontology.triples() for node in triple if isinstance(node, ox.NamedNode)}
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

"""Merging is associative, commutative and idempotent, loses no evidence, and can be undone document by document."""

from dataclasses import replace
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

import pytest
from hypothesis import given, strategies as some

from kg.errors import KgError, OntologyError
from kg.graph import KnowledgeGraph
from kg.merge import merge, merge_graphs
from kg.values import Attribution, Claim, Document, Entity, Mention, Modality, Polarity, ResolvedClaim

KINDS = {"RUS": "State", "IRN": "State", "NATO": "Organization", "putin": "Person", "missiles": "Weapon"}


@some.composite
def entities(draw: some.DrawFn, *names: str) -> Entity:
    name = draw(some.sampled_from(names or tuple(KINDS)))
    labels = draw(some.frozensets(some.tuples(some.sampled_from(["el", "en"]), some.sampled_from("abc")), max_size=2))
    kind = draw(some.sampled_from([KINDS[name], "Actor"])) if KINDS[name] != "Weapon" else "Weapon"
    acts_for = draw(some.sampled_from(["", "RUS", "NATO"])) if name == "putin" else ""
    return Entity(name, kind, name, labels, acts_for=acts_for, anonymous=draw(some.booleans()))


@some.composite
def claims(draw: some.DrawFn) -> ResolvedClaim:
    predicate = draw(some.sampled_from(["meets", "signs_treaty", "accuses", "supplies"]))
    object_ = draw(entities("missiles") if predicate == "supplies" else entities("RUS", "NATO"))
    mentions = [
        Mention(start, start + 1, "x") for start in draw(some.lists(some.integers(0, 5), min_size=3, max_size=3))
    ]
    sources = draw(some.lists(entities("RUS", "putin"), max_size=2))
    claim = Claim(
        mentions[0], predicate, mentions[1], mentions[2], (0, 8),
        polarity=draw(some.sampled_from(Polarity)), modality=draw(some.sampled_from(Modality)),
        attribution=Attribution.NAMED if sources else Attribution.NARRATOR, sources=(mentions[0],) * len(sources),
        time=draw(some.sampled_from(["", "2024", "2024-06", "2016"])), confidence=draw(some.floats(0, 1)),
    )  # fmt: skip
    return ResolvedClaim(claim, draw(entities("IRN", "putin")), object_, sources=tuple(sources))


documents = some.builds(
    Document,
    some.sampled_from(["a", "b", "c"]),
    some.sampled_from(["xxxxxxxx", "xxxxxxxxx"]),
    some.just("el"),
    some.sampled_from([None, date(2024, 10, 31)]),
)
parts = some.tuples(documents, some.lists(claims(), max_size=4))
graphs = some.lists(parts, max_size=3).map(lambda read: merge(read, model="m"))


@given(graphs, graphs, graphs)
def test_merging_is_associative_and_commutative(one: Any, two: Any, three: Any) -> None:
    assert (one | two) | three == one | (two | three)
    assert one | two == two | one


@given(graphs)
def test_merging_is_idempotent_and_has_a_neutral_element(graph: Any) -> None:
    assert graph | graph == graph
    assert graph | KnowledgeGraph() == graph


@given(some.lists(parts, max_size=5), some.randoms(use_true_random=False))
def test_any_order_and_any_split_give_the_same_bytes(read: Any, random: Any) -> None:
    from kg.export.turtle import render_turtle
    from kg.rdf import prefixes, triples

    shuffled = random.sample(read, len(read))
    cut = random.randint(0, len(read))
    whole = merge(read, model="m")
    halves = merge(shuffled[:cut], model="m") | merge(shuffled[cut:], model="m")
    assert render_turtle(triples(whole), prefixes()) == render_turtle(triples(halves), prefixes())


@given(some.lists(parts, max_size=4, unique_by=lambda part: part[0].id))
def test_a_document_taken_out_leaves_no_trace(read: Any) -> None:
    for document, _ in read:
        others = [part for part in read if part[0] != document]
        assert merge(read, model="m").without(document.id) == merge(others, model="m")


@given(some.lists(parts, max_size=4, unique_by=lambda part: part[0].id))
def test_no_evidence_is_lost(read: Any) -> None:
    graph = merge(read, model="m")
    for document, told in read:
        found = [e for statement in graph.statements for e in statement.evidence if e.document == document.id]
        assert bool(found) == bool(told)
        assert len(found) <= len(told)
        assert {e.cue for e in found} == {(c.claim.cue.start, c.claim.cue.end) for c in told}


def test_equal_statements_pool_their_evidence(article: Any) -> None:
    twice = replace(article.document, id="again")
    graph = merge([(article.document, article.claims), (twice, article.claims)], model="m")
    (treaty,) = (s for s in graph.statements if s.predicate == "signs_treaty" and s.object == "RUS")
    assert {evidence.document for evidence in treaty.evidence} == {"example", "again"}


def test_an_accusation_and_a_denial_meet_at_the_general_kind(example: KnowledgeGraph) -> None:
    (supply,) = (statement for statement in example.statements if statement.predicate == "supplies")
    assert (supply.subject, supply.object, supply.recipient) == ("IRN", "missiles", "RUS")
    assert {evidence.exact_object for evidence in supply.evidence} == {"ballistic-missiles", ""}


def test_a_symmetric_predicate_sorts_its_two_and_their_places(example: KnowledgeGraph) -> None:
    (treaty,) = (statement for statement in example.statements if statement.object == "RUS")
    (evidence,) = treaty.evidence
    text = example.documents["example"].text
    assert (treaty.subject, text[slice(*evidence.subject_at)]) == ("IRN", "Ιράν")
    assert (treaty.object, text[slice(*evidence.object_at)]) == ("RUS", "Ρωσία")


def test_whom_a_person_acts_for_is_in_the_graph(example: KnowledgeGraph) -> None:
    assert example.acts_for == {"lavrov": "RUS", "putin": "RUS"}


def test_the_deepest_kind_and_all_names_of_an_entity_are_kept(article: Any) -> None:
    claim = article.claims[1]
    other = replace(
        claim, subject=replace(claim.subject, kind="Actor", labels=frozenset({("el", "Πούτιν"), ("ru", "Путин")}))
    )
    graph = merge([(article.document, [claim]), (replace(article.document, id="b"), [other])], model="m")
    assert graph.entities["putin"].kind == "Person"
    assert ("el", "Πούτιν") in graph.entities["putin"].labels
    assert "ru" not in dict(graph.entities["putin"].labels), "no document and not the ontology speaks it"
    assert ("en", "Vladimir Putin") in graph.entities["putin"].labels


def test_ids_are_the_same_everywhere(example: KnowledgeGraph) -> None:
    assert [statement.id for statement in example.statements] == [
        "8aebaafc3926a375", "ba4e0b31b08901d2", "5f8209c5a163ac8c", "c58d0fd1e7cc6fa0",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [{"id": "white space"}, {"id": "https://example.org/x"}, {"id": ""}, {"kind": "Planet"}, {"kind": "Statement"}],
)
def test_an_entity_that_cannot_be_written_is_an_error(article: Any, change: dict[str, str]) -> None:
    claim = article.claims[0]
    wrong = replace(claim, subject=replace(claim.subject, **change))
    with pytest.raises(OntologyError):
        merge([(article.document, [wrong])], model="m")


def test_graphs_with_different_bases_do_not_merge() -> None:
    with pytest.raises(KgError, match="different bases"):
        KnowledgeGraph() | KnowledgeGraph(base="https://example.org/")


def test_many_graphs_merge_into_one(example: KnowledgeGraph) -> None:
    assert merge_graphs([example, example]) == reduce(or_, [example, example])


def test_an_umbrella_is_no_meeting_point(article: Any) -> None:
    claim = article.claims[3]
    drones = replace(claim.object, id="drones", key="drones", broader="weapons")
    weapons = replace(drones, id="weapons", key="weapons", broader="")
    claims = [claim, replace(claim, object=drones), replace(claim, object=weapons)]
    graph = merge(
        [(article.document, claims)],
        model="m",
        known={"missiles": replace(weapons, id="missiles", broader="weapons"), "weapons": weapons}.get,
    )
    assert [statement.object for statement in graph.statements] == ["drones", "missiles", "weapons"]
    assert graph.entities["ballistic-missiles"].broader == "missiles"

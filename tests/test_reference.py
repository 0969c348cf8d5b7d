"""The pages of reference are current, whole, and safe to open."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from kg import ontology
from kg.graph import KnowledgeGraph
from kg.ready import ready_queries
from kg.reference.ontology import render_ontology
from kg.reference.queries import render_queries
from kg.store import open_graph, store_graph

ROOT = Path(__file__).parents[1]
ONTOLOGY, QUERIES = Path("ontologies/ir.html"), Path("kg/queries/README.md")


def test_the_page_of_the_ontology_is_current() -> None:
    """Write it again with: python -m kg.reference."""
    assert (ROOT / ONTOLOGY).read_text(encoding="utf8") == render_ontology()


def test_the_page_of_ready_queries_has_their_answers_on_the_seed_graph() -> None:
    """Write it again with: python -m kg.reference."""
    page = render_queries(open_graph(ROOT / "output" / "graph.ttl"))
    assert (ROOT / QUERIES).read_text(encoding="utf8") == page


@pytest.mark.parametrize("page", [ONTOLOGY, QUERIES], ids=str)
def test_the_readme_leads_to_each_page(page: Path) -> None:
    assert f"({page})" in (ROOT / "README.md").read_text(encoding="utf8")


def test_every_term_of_ours_stands_once_on_the_page_and_every_link_leads_somewhere() -> None:
    page = render_ontology()
    anchors = re.findall(r'id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))
    assert set(ontology.terms()) <= set(anchors)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(anchors)


@pytest.mark.parametrize("lang", ["el", "en"])
def test_the_page_says_each_definition_in_each_language(lang: str) -> None:
    page = render_ontology()
    for predicate in ontology.predicates().values():
        assert f'<span lang="{lang}">{predicate.definitions[lang]}' in page.replace("&#39;", "'")


def test_every_query_stands_with_what_it_takes_and_a_way_to_ask_it(example: KnowledgeGraph) -> None:
    page = render_queries(store_graph(example))
    for ready in ready_queries().values():
        assert f"## {ready.name}\n\n{ready.description}\n" in page
        assert f"kg query output/graph.ttl {' '.join((ready.name, *ready.example))}\n" in page
        assert ready.sparql.strip() in page
    assert "| Iran | supplies | missiles | Russia | United States | Iran |" in page


def test_a_name_cannot_break_out_of_its_cell(example: KnowledgeGraph) -> None:
    (name, part), *_ = example.parts.items()
    entities = frozenset(
        replace(entity, labels=frozenset({("en", "x | [y](z) <b>")})) if entity.id == "USA" else entity
        for entity in part.entities
    )
    page = render_queries(store_graph(KnowledgeGraph({name: replace(part, entities=entities)})))
    assert r"x \| \[y\](z) \<b\>" in page

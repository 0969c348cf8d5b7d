"""Write the pages of a checkout anew: ontologies/ir.html, and kg/queries/README.md from output/graph.ttl."""

from kg.ontology import find_ontology
from kg.reference.ontology import render_ontology
from kg.reference.queries import render_queries
from kg.store import open_graph

root = find_ontology("ir.ttl").parents[1]
(root / "ontologies" / "ir.html").write_text(render_ontology(), encoding="utf8", newline="\n")
(root / "kg" / "queries" / "README.md").write_text(
    render_queries(open_graph(root / "output" / "graph.ttl")), encoding="utf8", newline="\n"
)

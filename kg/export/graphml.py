"""A graph → GraphML, for Gephi, yEd and Cytoscape."""

from pathlib import Path

import networkx as nx

from kg.export.network import to_networkx
from kg.graph import KnowledgeGraph


def write_graphml(graph: KnowledgeGraph, path: Path) -> None:
    """Write entities and statements with labels and statuses; parallel statements stay parallel."""
    text = "\n".join(nx.generate_graphml(to_networkx(graph), edge_id_from_attribute=None))
    path.write_text(text.replace("\r", "&#13;") + "\n", encoding="utf8", newline="\n")

"""A graph → GEXF, for Gephi."""

import re
from pathlib import Path

import networkx as nx

from kg.export.network import to_networkx
from kg.graph import KnowledgeGraph


def write_gexf(graph: KnowledgeGraph, path: Path) -> None:
    """Write entities and statements with labels and statuses, without the date that networkx puts in."""
    text = "\n".join(nx.generate_gexf(to_networkx(graph)))
    text = re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1).replace("\r", "&#13;")
    path.write_text(text + "\n", encoding="utf8", newline="\n")

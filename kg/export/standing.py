"""Nodes and the lines between them → how each stands in the network: betweenness, core number, community."""

from collections.abc import Sequence

import networkx as nx

PIVOTS = 64
"""Betweenness is estimated from so many nodes where there are more."""


def measure(nodes: Sequence[str], lines: Sequence[tuple[str, str]]) -> dict[str, dict[str, object]]:
    """Return, for each node, its betweenness in thousandths, its core number and the number of its community.

    Communities are numbered by size. Nodes are numbers inside, so that no order of strings' hashes gets in.
    """
    place = {name: number for number, name in enumerate(sorted(nodes))}
    network: nx.Graph[int] = nx.Graph()
    network.add_nodes_from(range(len(place)))
    network.add_edges_from(
        sorted({(min(a, b), max(a, b)) for a, b in ((place[x], place[y]) for x, y in lines) if a != b})
    )
    pivots = PIVOTS if len(place) > 4 * PIVOTS else None
    between = nx.betweenness_centrality(network, k=pivots, seed=1)
    core = nx.core_number(network)
    groups = nx.community.louvain_communities(network, seed=1) if network else []
    number = {
        node: rank for rank, group in enumerate(sorted(groups, key=lambda g: (-len(g), min(g)))) for node in group
    }
    return {
        name: {"betweenness": round(1000 * between[node]), "core": core[node], "community": number[node]}
        for name, node in place.items()
    }

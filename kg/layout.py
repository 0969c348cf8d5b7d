"""Nodes, the links between them and the room each needs → where each stands: seeded, deterministic, whole numbers.

Positions come from stress majorisation (Gansner, Koren and North, 2004): the distance on the sheet follows the number of
links between two nodes. It converges instead of cooling down, so that small differences of arithmetic between machines
die out before they are rounded away.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

LINK = 210.0
"""The wished length of a link, in units of the sheet."""
STRETCH = 1.3
"""A screen is wider than high, and so is the sheet."""
GRID = 5
"""Positions are multiples of this."""
CORE = 450
"""So many nodes are placed by stress; the others beside those they are linked to."""
ROUNDS = 120
CLOSE = 48
"""Of many nodes each is compared with so many that follow it from left to right."""
SMALL = 40
"""In a graph of no more nodes bundles are kept clear; in a larger one that would leave its middle empty."""
THICK = 3
"""So many links between one pair make a bundle that other nodes keep out of."""


def arrange(
    nodes: Sequence[str], links: Sequence[tuple[str, str]], widths: Mapping[str, float], *, seed: int = 1
) -> dict[str, tuple[int, int]]:
    """Place every node: linked ones near each other, none on top of another.

    A pair that is linked several times stands further apart, so that all its links can be seen. ``widths`` is the room
    that a node's label takes, in units of the sheet. The same arguments give the same positions; the order of ``nodes``
    and ``links`` does not matter.
    """
    names = sorted(nodes)
    place = {name: number for number, name in enumerate(names)}
    times = Counter((min(a, b), max(a, b)) for a, b in ((place[x], place[y]) for x, y in links) if a != b)
    if not names:
        return {}
    edges = np.array([(*pair, times[pair]) for pair in sorted(times)], dtype=np.int64).reshape(-1, 3)
    boxes = _boxes(names, widths)
    points = _shelve([(part, _place_part(part, edges, seed)) for part in _parts(len(names), edges)], boxes)
    points = _separate(points, boxes)
    if len(names) <= SMALL:
        points = _separate(_clear_bundles(points, edges), boxes)
    return {name: _on_grid(points[place[name]]) for name in names}


def hang(
    placed: Mapping[str, tuple[int, int]],
    anchors: Mapping[str, Sequence[str]],
    links: Sequence[tuple[str, str]],
    widths: Mapping[str, float],
) -> dict[str, tuple[int, int]]:
    """Place further nodes near those they belong to, where most room is left, without moving what is placed already.

    ``links`` are those between placed nodes: none of the further nodes is to lie on one.
    """
    names, taken = sorted(anchors), sorted(placed)
    points = [np.array(placed[name], dtype=np.float64) for name in taken]
    lowest = max((float(point[1]) for point in points), default=0.0)
    lines = _samples([(placed[a], placed[b]) for a, b in sorted(set(links)) if a in placed and b in placed])
    for name in names:
        near = [np.array(placed[other], dtype=np.float64) for other in anchors[name] if other in placed]
        centre = np.mean(near, axis=0) if near else np.array([0.0, lowest + LINK])
        points.append(_emptiest(centre, np.concatenate([np.array(points).reshape(-1, 2), lines])))
    order = taken + names
    boxes = _boxes(order, widths)
    apart = _separate(np.array(points).reshape(-1, 2), boxes, pinned=len(taken))
    return {name: _on_grid(apart[len(taken) + number]) for number, name in enumerate(names)}


def _boxes(names: Sequence[str], widths: Mapping[str, float]) -> Points:
    """Return the room of each node with its label; in a large graph, seen from further away, nodes are drawn larger."""
    wide = min(1.5, max(1.0, (len(names) / SMALL) ** 0.5))
    return np.array([[max(widths.get(name, 0.0), 60.0 * wide), 64.0 * wide] for name in names]).reshape(-1, 2)


def _samples(lines: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> Points:
    """Return points along lines, for measuring how far something is from them."""
    if not lines or len(lines) > CORE:
        return np.zeros((0, 2))
    ends = np.array(lines, dtype=np.float64)
    shares = np.linspace(0.15, 0.85, 8)[None, :, None]
    along: Points = (ends[:, :1] * (1 - shares) + ends[:, 1:] * shares).reshape(-1, 2)
    return along


def _emptiest(centre: Points, others: Points) -> Points:
    """Return the point around a centre that is furthest from everything else."""
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    rings = [0.6 * LINK, 0.85 * LINK]
    spots = np.concatenate([centre + far * np.stack([np.cos(angles), 0.8 * np.sin(angles)], axis=1) for far in rings])
    gaps = np.abs(spots[:, None, :] - others[None, :, :]) * np.array([0.7, 1.0])  # labels are wider than high
    room = np.sqrt((gaps**2).sum(axis=2)).min(axis=1, initial=np.inf)
    best: Points = spots[int(np.argmax(np.round(np.minimum(room, LINK / 2), 6)))]
    return best


def _parts(count: int, edges: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Return the connected parts, largest first, each as sorted node numbers."""
    label = np.arange(count)
    while True:
        lowest = label.copy()
        np.minimum.at(lowest, edges[:, 0], label[edges[:, 1]])
        np.minimum.at(lowest, edges[:, 1], label[edges[:, 0]])
        lowest = lowest[lowest]
        if np.array_equal(lowest, label):
            break
        label = lowest
    parts = [np.flatnonzero(label == first) for first in np.unique(label)]
    return sorted(parts, key=lambda part: (-len(part), int(part[0])))


def _place_part(part: NDArray[np.int64], edges: NDArray[np.int64], seed: int) -> Points:
    """Place one connected part around the origin."""
    own = edges[np.isin(edges[:, 0], part)]
    own[:, :2] = np.searchsorted(part, own[:, :2])
    if len(part) <= CORE:
        return _level(_stress(len(part), own, seed))
    degree = np.bincount(own[:, :2].ravel(), minlength=len(part))
    core = np.sort(np.lexsort((np.arange(len(part)), -degree))[:CORE])
    inside = own[np.isin(own[:, 0], core) & np.isin(own[:, 1], core)]
    inside[:, :2] = np.searchsorted(core, inside[:, :2])
    points = np.full((len(part), 2), np.nan)
    points[core] = _level(_stress(CORE, inside, seed))
    return _beside_neighbours(points, own[:, :2])


def _beside_neighbours(points: Points, edges: NDArray[np.int64]) -> Points:
    """Place the nodes that have no position yet at the middle of their placed neighbours, each a step aside."""
    both = np.concatenate([edges, edges[:, ::-1]])
    while np.isnan(points[:, 0]).any():
        known = both[~np.isnan(points[both[:, 1], 0]) & np.isnan(points[both[:, 0], 0])]
        reached, inverse = np.unique(known[:, 0], return_inverse=True)
        if not len(reached):
            points[np.isnan(points[:, 0])] = 0.0
            break
        sums = np.zeros((len(reached), 2))
        np.add.at(sums, inverse, points[known[:, 1]])
        angle = 2.399963 * reached
        step = 0.7 * LINK * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        points[reached] = sums / np.bincount(inverse)[:, None] + step
    return points


def _stress(count: int, edges: NDArray[np.int64], seed: int) -> Points:
    """Place nodes so that their distances follow the lengths of the shortest ways between them."""
    if count == 1:
        return np.zeros((1, 2))
    distance = _distances(count, edges)
    degree = np.bincount(edges[:, :2].ravel(), minlength=count)
    crowd = 1 + 0.22 * np.log1p(np.maximum(degree[:, None], degree[None, :]))  # room around those with many links
    crowd[edges[:, 0], edges[:, 1]] += np.minimum(edges[:, 2] - 1, 12) * 0.07
    crowd[edges[:, 1], edges[:, 0]] = crowd[edges[:, 0], edges[:, 1]]
    wished = LINK * distance * np.where(distance == 1, crowd, 1.15)
    weight = 1 / np.maximum(distance, 1) ** 2
    np.fill_diagonal(weight, 0.0)
    points = np.random.default_rng(seed).uniform(-1, 1, (count, 2)) * LINK * np.sqrt(count)
    share = weight / weight.sum(axis=1, keepdims=True)
    for _ in range(ROUNDS):
        gap = points[:, None, :] - points[None, :, :]
        length = np.sqrt((gap**2).sum(axis=2))
        np.fill_diagonal(length, 1.0)
        pull = share * wished / np.maximum(length, 1e-6)
        # einsum and not @: a sum that does not depend on how many threads the linear algebra library takes
        drawn = np.einsum("ij,jk->ik", share - pull, points)
        points = drawn + points * pull.sum(axis=1, keepdims=True)
        points -= points.mean(axis=0)
    placed: Points = points
    return placed


def _distances(count: int, edges: NDArray[np.int64]) -> Points:
    """Return how many links lie between any two nodes; nodes that no way joins are one further than the furthest."""
    linked = np.eye(count, dtype=np.float32)
    linked[edges[:, 0], edges[:, 1]] = linked[edges[:, 1], edges[:, 0]] = 1
    reached, distance = np.eye(count, dtype=bool), np.zeros((count, count))
    for steps in range(1, count):
        wider = (reached.astype(np.float32) @ linked) > 0
        new = wider & ~reached
        if not new.any():
            break
        distance[new] = steps
        reached = wider
    distance[~reached] = distance.max() + 1
    return distance


def _level(points: Points) -> Points:
    """Turn the longest extent to the horizontal and stretch it to the shape of a screen."""
    if len(points) < 2:  # noqa: PLR2004 — a single point has no extent
        return points
    x, y = (points - points.mean(axis=0)).T
    angle = 0.5 * np.arctan2(2 * (x * y).sum(), (x * x).sum() - (y * y).sum())
    turned = np.stack([np.cos(angle) * x + np.sin(angle) * y, np.cos(angle) * y - np.sin(angle) * x], axis=1)
    for axis in (0, 1):  # which way round is left open by the angle: the first node stands up and left
        if turned[0, axis] > 0:
            turned[:, axis] *= -1
    stretched: Points = turned * np.array([STRETCH, 1.0])
    return stretched


def _shelve(parts: Sequence[tuple[NDArray[np.int64], Points]], boxes: Points) -> Points:
    """Set the connected parts side by side, in rows about as wide as the whole is high."""
    placed = np.zeros_like(boxes)
    half = [boxes[part] / 2 for part, _ in parts]
    low = [(points - room).min(axis=0) for (_, points), room in zip(parts, half, strict=True)]
    size = [(points + room).max(axis=0) - least for (_, points), room, least in zip(parts, half, low, strict=True)]
    area = sum(float(s[0] * s[1]) for s in size)
    wide = max(float(size[0][0]), float(np.sqrt(area * 1.6)))
    x = y = height = 0.0
    for (part, points), least, extent in zip(parts, low, size, strict=True):
        if x and x + extent[0] > wide:
            x, y, height = 0.0, y + height + LINK / 2, 0.0
        placed[part] = points - least + [x, y]
        x, height = x + float(extent[0]) + LINK / 3, max(height, float(extent[1]))
    middle: Points = (placed.max(axis=0) + placed.min(axis=0)) / 2
    return placed - middle


def _clear_bundles(points: Points, edges: NDArray[np.int64]) -> Points:
    """Push nodes out of the lens that many links between one pair make."""
    bundles = edges[edges[:, 2] >= THICK]
    points = points.copy()
    for _ in range(3):
        for first, second, times in bundles:
            start, way = points[first], points[second] - points[first]
            length = float(np.hypot(*way)) or 1.0
            along = way / length
            across = np.array([-along[1], along[0]])
            off = points - start
            share, side = off @ along / length, off @ across
            bulge = length * min(0.45, 0.045 * float(times)) * np.sin(np.pi * np.clip(share, 0, 1)) + 70
            inside = (share > 0.08) & (share < 0.92) & (np.abs(side) < bulge)  # noqa: PLR2004 — the ends are no obstacle
            inside[[first, second]] = False
            points[inside] += np.outer(np.where(side >= 0, 1, -1) * (bulge - np.abs(side)), across)[inside]
    return points


def _separate(points: Points, boxes: Points, *, pinned: int = 0) -> Points:
    """Push apart nodes whose boxes overlap, along the axis where less is needed; the first ``pinned`` stay."""
    points = points.copy()
    for _ in range(60):
        one, other = _neighbours(points)
        gap = points[other] - points[one]
        need = (boxes[one] + boxes[other]) / 2 - np.abs(gap)
        clash = (need > 0).all(axis=1)
        one, other, gap, need = one[clash], other[clash], gap[clash], need[clash]
        along = (need[:, :1] < need[:, 1:]) ^ np.array([[False, True]])
        push = np.where(along, need, 0.0) * np.where(gap >= 0, 0.5, -0.5)
        moved = np.zeros_like(points)
        np.add.at(moved, one, -push)
        np.add.at(moved, other, push)
        moved[:pinned] = 0.0
        if not moved.any():
            break
        points += np.clip(moved, -LINK / 2, LINK / 2)
    return points


def _neighbours(points: Points) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of nodes that may overlap: all of few nodes, of many those that follow each other closely."""
    if len(points) <= CORE:
        one, other = np.triu_indices(len(points), 1)
        return one, other
    order = np.lexsort((points[:, 1], points[:, 0]))
    steps = range(1, CLOSE + 1)
    return np.concatenate([order[:-step] for step in steps]), np.concatenate([order[step:] for step in steps])


def _on_grid(point: Points) -> tuple[int, int]:
    x, y = (np.rint(point / GRID) * GRID).astype(int)
    return int(x), int(y)

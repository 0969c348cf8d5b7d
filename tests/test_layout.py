import random
from itertools import pairwise

from kg.layout import GRID, arrange, hang

NAMES = [f"n{number}" for number in range(40)]


def made_up_links(count: int, seed: int = 1) -> list[tuple[str, str]]:
    draw = random.Random(seed)
    return [(draw.choice(NAMES), NAMES[int(40 * draw.random() ** 2)]) for _ in range(count)]


def test_the_order_of_nodes_and_links_does_not_matter() -> None:
    links = made_up_links(80)
    widths = dict.fromkeys(NAMES, 90.0)
    shuffled = [(b, a) for a, b in reversed(links)]
    assert arrange(NAMES, links, widths) == arrange(NAMES[::-1], shuffled, widths)


def test_no_two_nodes_stand_on_top_of_each_other() -> None:
    placed = arrange(NAMES, made_up_links(60), dict.fromkeys(NAMES, 120.0))
    for one in NAMES:
        for other in NAMES:
            if one < other:
                (x, y), (u, v) = placed[one], placed[other]
                assert abs(x - u) >= 120 - GRID or abs(y - v) >= 64 - GRID, (one, other)


def test_linked_nodes_are_nearer_than_others() -> None:
    chain = list(pairwise(NAMES))
    placed = arrange(NAMES, chain, {})

    def far(one: str, other: str) -> float:
        return ((placed[one][0] - placed[other][0]) ** 2 + (placed[one][1] - placed[other][1]) ** 2) ** 0.5

    assert max(far(a, b) for a, b in chain) < far(NAMES[0], NAMES[-1]) / 3


def test_a_pair_with_many_links_gets_more_room_and_nobody_stands_between() -> None:
    once = arrange(["a", "b", "c"], [("a", "b"), ("a", "c"), ("b", "c")], {})
    often = arrange(["a", "b", "c"], [("a", "b")] * 9 + [("a", "c"), ("b", "c")], {})

    def apart(placed: dict[str, tuple[int, int]]) -> float:
        return float((placed["a"][0] - placed["b"][0]) ** 2 + (placed["a"][1] - placed["b"][1]) ** 2)

    assert apart(often) > apart(once)


def test_parts_without_a_link_between_them_do_not_overlap() -> None:
    left, right = NAMES[:20], NAMES[20:]
    links = [(a, b) for part in (left, right) for a, b in zip(part, part[3:], strict=False)]
    placed = arrange(NAMES, links, dict.fromkeys(NAMES, 60.0))
    assert len(set(placed.values())) == len(NAMES)


def test_further_nodes_stand_beside_those_they_belong_to_and_move_nobody() -> None:
    placed = arrange(["a", "b"], [("a", "b")], {})
    hung = hang(placed, {"person": ["a"], "stranger": []}, [("a", "b")], {})
    near = {name: abs(hung["person"][0] - x) + abs(hung["person"][1] - y) for name, (x, y) in placed.items()}
    assert near["a"] < near["b"]
    assert set(hung) == {"person", "stranger"}


def test_nothing_gives_nothing() -> None:
    assert arrange([], [], {}) == {}
    assert hang({}, {}, [], {}) == {}
    assert set(arrange(["alone"], [], {})) == {"alone"}

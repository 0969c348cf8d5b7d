"""Gold statements and statements found → precision, recall and F1 at five levels, and how many facts leak.

The levels, each stricter than the one before, over all texts together, one found statement for one of the gold:

    dyad    both arguments match, whatever the predicate and the direction
    event   and the predicates have one PLOVER event type
    triple  and they are one predicate, or the found one is among the gold's alternatives; direction counts
    claim   and polarity, modality and source are the same
    full    and recipient, office's organisation and time, where the gold gives them

**Leak** is the share of the matched statements that the gold attributes, denies, plans or holds possible, which the
finding presents as the article's own plain fact. Statements that repeat within a text count once; those that the
gold marks optional are neither required nor wrong.
"""

import json
import random
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.ontology import predicates
from kg.packs import pack_folders

LEVELS = ("dyad", "event", "triple", "claim", "full")
_CODE = re.compile(r"[A-Z]{2,5}")
_STATE = re.compile(r"[A-Z]{3}")
_STEM = 5
"""Mentions share a word when its first letters agree, so many of them."""
_RESAMPLES = 1000

Stated = Mapping[str, Any]
"""A statement in the form of the claims JSON line."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Counts at one level, and the figures they give."""

    matched: int
    gold: int
    found: int

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right."""
        return self.matched / max(1, self.found)

    @property
    def recall(self) -> float:
        """Return the share of the gold that was found."""
        return self.matched / max(1, self.gold)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        return 2 * self.matched / max(1, self.gold + self.found)

    def __add__(self, other: "Figure") -> "Figure":
        return Figure(self.matched + other.matched, self.gold + other.gold, self.found + other.found)


@dataclass(frozen=True, slots=True)
class TextScore:
    """How one text was read: a figure a level, and a figure a predicate and the leak at the level of triples."""

    levels: dict[str, Figure]
    predicates: dict[str, Figure]
    qualified: int
    leaked: int
    required: tuple[Stated, ...]
    """The gold's statements, without repetitions and those that are optional."""
    missed: tuple[Stated, ...]
    misread: tuple[tuple[Stated, Stated], ...]
    """(gold, found) that are one triple, but not one claim."""
    invented: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of many texts together."""

    texts: tuple[TextScore, ...]

    def figure(self, level: str) -> Figure:
        """Return the figure at a level over all texts."""
        return sum((text.levels[level] for text in self.texts), Figure(0, 0, 0))

    def interval(self, level: str) -> tuple[float, float]:
        """Return the 95 % bootstrap interval of F1, texts drawn again a thousand times."""
        chance = random.Random(level)
        figures = [text.levels[level] for text in self.texts]
        drawn = sorted(
            sum(chance.choices(figures, k=len(figures)), Figure(0, 0, 0)).f1
            for _ in range(_RESAMPLES if figures else 0)
        )
        return (drawn[len(drawn) // 40], drawn[-1 - len(drawn) // 40]) if drawn else (0.0, 0.0)

    def by_predicate(self) -> dict[str, Figure]:
        """Return the figures of triples by predicate, the most frequent in the gold first."""
        total: dict[str, Figure] = {}
        for text in self.texts:
            for name, figure in text.predicates.items():
                total[name] = total.get(name, Figure(0, 0, 0)) + figure
        return dict(sorted(total.items(), key=lambda item: (-item[1].gold, item[0])))

    @property
    def leak(self) -> float:
        """Return the share of qualified statements that came out as plain fact."""
        return sum(text.leaked for text in self.texts) / max(1, sum(text.qualified for text in self.texts))

    @property
    def qualified(self) -> int:
        """Return how many matched statements the gold attributes, denies, plans or holds possible."""
        return sum(text.qualified for text in self.texts)


def evaluate(gold: Mapping[str, Sequence[Stated]], found: Mapping[str, Sequence[Stated]]) -> Evaluation:
    """Score the statements found in each text against the gold's, by text id."""
    return Evaluation(tuple(_score(statements, found.get(text, ())) for text, statements in gold.items()))


def read_statements(path: Path) -> dict[str, list[Stated]]:
    """Return the statements of a JSON-lines file by text id; raise DataError with file and line for a bad line."""
    records = {}
    for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), 1):
        if line.strip():
            try:
                record = json.loads(line)
                records[record["id"]] = record["statements"]
            except (json.JSONDecodeError, KeyError, TypeError) as error:
                raise DataError(f"{path}:{number}: not a JSON object with id and statements: {error}") from error
    return records


def _score(gold: Sequence[Stated], found: Sequence[Stated]) -> TextScore:
    required = _distinct(s for s in gold if not s.get("optional"))
    optional, everything = [s for s in gold if s.get("optional")], _distinct(found)
    levels = {}
    for level in LEVELS:
        taken, kept = _matched(level, required, optional, everything)
        levels[level] = Figure(len(taken), len(required), len(kept))
    taken, kept = _matched("triple", required, optional, everything)
    pairs = [(required[g], everything[f]) for f, g in taken.items()]
    qualified = [(g, f) for g, f in pairs if not _is_plain_fact(g)]
    matched, in_gold = Counter(g["predicate"] for g, _ in pairs), Counter(s["predicate"] for s in required)
    in_found = Counter(everything[n]["predicate"] for n in kept)
    return TextScore(
        levels,
        {name: Figure(matched[name], in_gold[name], in_found[name]) for name in in_gold | in_found},
        len(qualified),
        sum(_is_plain_fact(f) for _, f in qualified),
        tuple(required),
        tuple(s for n, s in enumerate(required) if n not in taken.values()),
        tuple((g, f) for g, f in pairs if not _matches("claim", g, f)),
        tuple(everything[n] for n in kept if n not in taken),
    )


def _matched(
    level: str, required: list[Stated], optional: list[Stated], found: list[Stated]
) -> tuple[dict[int, int], list[int]]:
    """Return {found: gold} places, and the places found but for those that match what is optional."""
    taken = _pair_up(level, required, found)
    left = [n for n in range(len(found)) if n not in taken]
    aside = {left[k] for k in _pair_up(level, optional, [found[n] for n in left])}
    return taken, [n for n in range(len(found)) if n not in aside]


def _pair_up(level: str, gold: list[Stated], found: list[Stated]) -> dict[int, int]:
    """Return a largest one-to-one matching {found: gold}, by augmenting paths; equal claims are tried first."""
    edges = [[n for n, f in enumerate(found) if _matches(level, g, f)] for g in gold]
    for g, near in zip(gold, edges, strict=True):
        near.sort(key=lambda n: not _matches("claim", g, found[n]))
    taken: dict[int, int] = {}

    def augment(place: int, visited: set[int]) -> bool:
        for n in edges[place]:
            if n not in visited:
                visited.add(n)
                if n not in taken or augment(taken[n], visited):
                    taken[n] = place
                    return True
        return False

    for place in range(len(gold)):
        augment(place, set())
    return taken


def _matches(level: str, gold: Stated, found: Stated) -> bool:
    straight = same(gold["subject"], found["subject"]) and same(gold["object"], found["object"])
    crossed = same(gold["subject"], found["object"]) and same(gold["object"], found["subject"])
    # «supplies missiles to Russia», «supplies Russia with missiles»: the receiver may stand for the object
    ends = [[s["object"], s.get("recipient")] for s in (gold, found)]
    loose = same(gold["subject"], found["subject"]) and any(same(g, f) for g in ends[0] for f in ends[1])
    if level == "dyad":
        return straight or crossed or loose
    names = {gold["predicate"], *gold.get("alt", ())}
    arguments = straight or (
        crossed and gold["predicate"] in predicates() and predicates()[gold["predicate"]].symmetric
    )
    if level == "event":
        return (arguments or loose) and _event(found["predicate"]) in set(map(_event, names))
    if not arguments or found["predicate"] not in names:
        return False
    if level == "triple":
        return True
    if any(gold[field] != found.get(field) for field in ("polarity", "modality")):
        return False
    said, heard = gold.get("sources") or [], found.get("sources") or []
    if not ((not said and not heard) or any(same(g, f) for g in said for f in heard)):
        return False
    return level == "claim" or _same_details(gold, found)


def _same_details(gold: Stated, found: Stated) -> bool:
    roles = all(not gold.get(role) or same(gold[role], found.get(role)) for role in ("recipient", "of"))
    return roles and (not gold.get("time") or gold["time"] == found.get("time"))


def same(gold: Mapping[str, str] | None, found: Mapping[str, str] | None) -> bool:
    """Tell whether two mentions name one thing: by key, else by state, else by a word that they share."""
    if not gold or not found:
        return False
    if gold.get("key") and _fold(gold["key"]) == _fold(found.get("key")):
        return True
    if all(_CODE.fullmatch(entity.get("key") or "") for entity in (gold, found)):
        return False
    states = {_state(entity) for entity in (gold, found)}
    if len(states) == 1 and "" not in states:
        both_persons = bool(gold.get("state")) and bool(found.get("state"))
        return not both_persons or bool(_words(gold.get("text")) & _words(found.get("text")))
    return bool(_words(gold.get("text")) & _words(found.get("text")))


def _state(entity: Mapping[str, str]) -> str:
    key = entity.get("key") or ""
    return _fold(entity.get("state") or (key if _STATE.fullmatch(key) else ""))


def _event(predicate: str) -> str:
    known = predicates().get(predicate)
    return (known.plover_event if known else "") or predicate


def _is_plain_fact(statement: Stated) -> bool:
    said = statement.get("polarity"), statement.get("modality")
    return said == ("positive", "actual") and not statement.get("sources")


def _distinct(statements: Iterable[Stated]) -> list[Stated]:
    seen: dict[tuple[str | None, ...], Stated] = {}
    for s in statements:
        ends = (_fold(s[role].get("key") or s[role].get("text")) for role in ("subject", "object"))
        seen.setdefault((*ends, s["predicate"], s.get("polarity")), s)
    return list(seen.values())


@cache
def _words(text: str | None) -> frozenset[str]:
    found = (word for word in re.findall(r"\w+", _fold(text)) if len(word) > 1 and word not in _shared_words())
    return frozenset(word[:_STEM] for word in found)


@cache
def _fold(text: str | None) -> str:
    decomposed = unicodedata.normalize("NFD", (text or "").casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("\u03c2", "\u03c3")


@cache
def _shared_words() -> frozenset[str]:
    return frozenset(map(_fold, _read_shared_words()))


def _read_shared_words() -> Iterator[str]:
    for folder in pack_folders().values():
        path = folder / "scoring.toml"
        if path.is_file():
            yield from tomllib.loads(path.read_text(encoding="utf8"))["shared"].split()

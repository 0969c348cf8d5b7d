"""What is known of a candidate for a claim → how probably it is one."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from kg.annotate.components import kinds_by_label
from kg.extract.speech import VERBS

BIAS = "bias"
_FLOOR = 0.001
_NAMES = frozenset(("PROPN", "X"))
_LONGEST_PATH = 12


@dataclass(frozen=True, slots=True)
class End:
    """A word that may fill a role, how probably, and how probably it is a mention; and the word that is likeliest to."""

    word: Token
    probability: float
    mention: float
    best: Token
    best_probability: float


def features(
    predicate: str, cue: Token, probability: float, rival: float, subject: End, object_: End
) -> dict[str, float]:
    """Return what is known of a candidate, by name.

    ``probability`` is the cue's, ``rival`` that of the likeliest predicate on the same words. Probabilities count as
    their log odds, paths as the logarithm of the steps in the tree. Who stands behind the likeliest word of a role is
    apart from it unless both are coordinated.
    """
    known = {
        predicate: 1.0,
        "cue": _odds(probability),
        "rival": _odds(rival) - _odds(probability),
        "verb": float(cue.pos_ in VERBS),
    }
    for name, end in (("subject", subject), ("object", object_)):
        known |= {
            name: _odds(end.probability),
            f"{name} behind": _odds(end.best_probability) - _odds(end.probability),
            f"{name} apart": float(end.word != end.best and end.word not in end.best.conjuncts),
            f"{name} mention": _odds(end.mention),
            f"{name} elsewhere": float(end.word.sent.start != cue.sent.start),
            f"{name} path": math.log1p(_path(cue, end.word)),
            f"{name} named": float(_is_named(end.word)),
        }
    return known


def weigh(known: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the probability of a candidate, to three places; what has no weight does not count."""
    total = weights[BIAS] + sum(weights.get(name, 0.0) * value for name, value in known.items())
    return round(1 / (1 + math.exp(-total)), 3)


def _odds(probability: float) -> float:
    kept = min(max(probability, _FLOOR), 1 - _FLOOR)
    return math.log(kept / (1 - kept))


def _is_named(word: Token) -> bool:
    return word.pos_ in _NAMES or word.ent_type_ in kinds_by_label()


def _path(one: Token, other: Token) -> int:
    """Return how many steps in the tree lie between two words; as many as count at most where no path joins them."""
    steps = {word.i: n for n, word in enumerate((one, *one.ancestors))}
    for n, word in enumerate((other, *other.ancestors)):
        if word.i in steps:
            return min(_LONGEST_PATH, n + steps[word.i])
    return _LONGEST_PATH

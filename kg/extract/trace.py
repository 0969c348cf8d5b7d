"""A Doc, two stretches of its text and a predicate → how near the model came to a claim, and at which step it ended."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.annotate.components import Frame
from kg.values import Span


class Step(StrEnum):
    """Where a claim can be lost, in the order of the steps."""

    MENTION = "mention"
    """An end was not seen as something that is named."""
    CUE = "cue"
    """No word carries the predicate, or not surely enough."""
    RIVAL = "rival"
    """Another predicate is more probable on the same word."""
    SUBJECT = "subject"
    OBJECT = "object"
    CONFIDENCE = "confidence"
    """Cue and ends are probable enough one by one, but not together."""
    LATER = "later"
    """The model made the claim: what became of it was decided by who is meant, or by the ontology."""


@dataclass(frozen=True, slots=True)
class Trace:
    """The probabilities of one predicate between two ends, each beside the threshold it had to reach."""

    predicate: str
    cue: Span
    """Of the word that carries the predicate best."""
    steps: tuple[tuple[Step, float, float], ...]
    """(step, probability, threshold)."""

    @property
    def step(self) -> Step:
        """Return the first step that was not passed."""
        return next((step for step, reached, needed in self.steps if reached < needed), Step.LATER)


def trace(doc: Doc, subject: Span, object_: Span, thresholds: Mapping[str, float]) -> Iterator[Trace]:
    """Yield a trace of every predicate that some word may carry, its best word each, the most probable first."""
    best: dict[str, Frame] = {}
    for frame in doc._.frames:
        known = best.get(frame.predicate)
        if known is None or _worth(doc, frame, subject, object_) > _worth(doc, known, subject, object_):
            best[frame.predicate] = frame
    ordered = sorted(best.values(), key=lambda f: (-_worth(doc, f, subject, object_), f.predicate))
    yield from (_trace(doc, frame, subject, object_, thresholds) for frame in ordered)


def mention_score(doc: Doc, span: Span) -> float:
    """Return how probably some word of a stretch of text is one of a mention."""
    return max((doc._.mention_starts[n] + doc._.mention_insides[n] for n in _tokens(doc, span)), default=0.0)


def _trace(doc: Doc, frame: Frame, subject: Span, object_: Span, thresholds: Mapping[str, float]) -> Trace:
    rival = max(each.probability for each in doc._.frames if each.cue == frame.cue)
    said, done = (_role(doc, frame, role, span) for role, span in (("subject", subject), ("object", object_)))
    word = doc[frame.cue]
    named = min(mention_score(doc, subject), mention_score(doc, object_))
    return Trace(
        frame.predicate,
        (word.idx, word.idx + len(word)),
        (
            (Step.MENTION, named, thresholds["mention"]),
            (Step.CUE, frame.probability, thresholds["cue"]),
            (Step.RIVAL, frame.probability, round(rival * thresholds["rival"], 3)),
            (Step.SUBJECT, said, _needed(frame, "subject", said, thresholds)),
            (Step.OBJECT, done, _needed(frame, "object", done, thresholds)),
            (Step.CONFIDENCE, round(frame.probability * said * done, 3), thresholds["claim"]),
        ),
    )


def _worth(doc: Doc, frame: Frame, subject: Span, object_: Span) -> float:
    return frame.probability * _role(doc, frame, "subject", subject) * _role(doc, frame, "object", object_)


def _role(doc: Doc, frame: Frame, role: str, span: Span) -> float:
    scores: NDArray[np.float64] = frame.roles[role][np.isin(frame.tokens, _tokens(doc, span))]
    return float(scores.max()) if len(scores) else 0.0


def _needed(frame: Frame, role: str, reached: float, thresholds: Mapping[str, float]) -> float:
    """Return the threshold of an end: the likeliest word of all needs less, for every claim must have one."""
    if reached >= frame.roles[role].max():
        return thresholds["needed_role"]
    return thresholds.get(f"role {role}", thresholds["role"])


def _tokens(doc: Doc, span: Span) -> list[int]:
    return [token.i for token in doc if token.idx < span[1] and token.idx + len(token) > span[0]]

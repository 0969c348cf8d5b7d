"""A Doc, two stretches of its text and a predicate → how near the model came to a claim, and at which step it ended."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Doc

from kg.annotate.components import Frame
from kg.extract.weigh import End, features, weigh
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
    """Cue and ends are probable enough one by one, but not all that is known of them together."""
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


def trace(
    doc: Doc, subject: Span, object_: Span, thresholds: Mapping[str, float], weights: Mapping[str, float]
) -> Iterator[Trace]:
    """Yield a trace of every predicate that some word may carry, its best word each, the most probable first."""
    best: dict[str, _Between] = {}
    for frame in doc._.frames:
        between = _Between(frame, (_end(doc, frame, "subject", subject), _end(doc, frame, "object", object_)))
        known = best.get(frame.predicate)
        if known is None or between.worth > known.worth:
            best[frame.predicate] = between
    ordered = sorted(best.values(), key=lambda each: (-each.worth, each.frame.predicate))
    yield from (_trace(doc, each, thresholds, weights) for each in ordered)


@dataclass(frozen=True, slots=True, eq=False)
class _Between:
    """A frame, and the words of the two stretches of text that fill subject and object best."""

    frame: Frame
    ends: tuple[End, End]

    @property
    def worth(self) -> float:
        return self.frame.probability * self.ends[0].probability * self.ends[1].probability


def _trace(doc: Doc, between: _Between, thresholds: Mapping[str, float], weights: Mapping[str, float]) -> Trace:
    frame, ends = between.frame, between.ends
    rival = max(each.probability for each in doc._.frames if each.cue == frame.cue)
    word = doc[frame.cue]
    known = features(frame.predicate, word, frame.probability, rival, *ends)
    return Trace(
        frame.predicate,
        (word.idx, word.idx + len(word)),
        (
            (Step.MENTION, min(end.mention for end in ends), thresholds["mention"]),
            (Step.CUE, frame.probability, thresholds["cue"]),
            (Step.RIVAL, frame.probability, round(rival * thresholds["rival"], 3)),
            (Step.SUBJECT, ends[0].probability, _needed(ends[0], "subject", thresholds)),
            (Step.OBJECT, ends[1].probability, _needed(ends[1], "object", thresholds)),
            (Step.CONFIDENCE, weigh(known, weights), thresholds["claim"]),
        ),
    )


def _end(doc: Doc, frame: Frame, role: str, span: Span) -> End:
    """Return the word of a stretch of text that fills a role best."""
    scores = frame.roles[role]
    inside = [token for token in doc if token.idx < span[1] and token.idx + len(token) > span[0]]
    place = {int(token): n for n, token in enumerate(frame.tokens)}
    read = {token: float(scores[place[token.i]]) if token.i in place else 0.0 for token in inside}
    best = max(read, key=read.__getitem__)
    mention = max(doc._.mention_starts[token.i] + doc._.mention_insides[token.i] for token in inside)
    return End(best, read[best], mention, doc[int(frame.tokens[scores.argmax()])], float(scores.max()))


def _needed(end: End, role: str, thresholds: Mapping[str, float]) -> float:
    """Return the threshold of an end: the likeliest word of all needs less, for every claim must have one."""
    enough = thresholds.get(f"role {role}", thresholds["role"])
    return min(enough, thresholds["needed_role"]) if end.probability >= end.best_probability else enough

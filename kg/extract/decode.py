"""A Doc with scored frames → its claims: cues above the threshold, and the mentions that fill their roles."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span, Token

from kg.annotate.components import Frame, kinds_by_label
from kg.extract.weigh import End, features, weigh
from kg.ontology import predicates
from kg.values import Claim, Mention, Modality, Polarity

EXTRACTOR = "model"
_LONGEST_GENITIVE = 4
"""Words behind a noun, article included, among which the name that it belongs to stands."""
_JOINING = frozenset(("DET", "ADP", "CCONJ", "SCONJ", "PUNCT"))
"""What no mention ends with."""
_POLARITIES, _MODALITIES = tuple(Polarity), tuple(Modality)


@dataclass(frozen=True, slots=True, eq=False)
class _Cue:
    """Neighbouring cue words with one predicate, their scores averaged."""

    first: int
    last: int
    frame: Frame
    rival: float = 0.0
    """How probable the likeliest predicate on these words is."""


@dataclass(frozen=True, slots=True)
class _Filler:
    """A mention that fills a role, and how probably."""

    mention: Mention
    end: End

    @property
    def probability(self) -> float:
        return self.end.probability


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim as far as it is made, and what is known of it."""

    claim: Claim
    known: dict[str, float]


def decode(doc: Doc, thresholds: Mapping[str, float], weights: Mapping[str, float]) -> list[Claim]:
    """Return the claims of a Doc in the order of their cues; their attribution and time are not yet looked at."""
    weighed = (replace(each.claim, confidence=weigh(each.known, weights)) for each in candidates(doc, thresholds))
    return choose(weighed, thresholds)


def choose(claims: Iterable[Claim], thresholds: Mapping[str, float]) -> list[Claim]:
    """Return the claims that are sure enough in the order of their cues; the surest of those that say the same."""
    chosen: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        same = (claim.sentence, claim.subject.start, claim.predicate, claim.object.start, claim.polarity)
        if claim.confidence >= thresholds["claim"] and (
            same not in chosen or chosen[same].confidence < claim.confidence
        ):
            chosen[same] = claim
    return sorted(chosen.values(), key=lambda c: (c.cue.start, c.predicate, c.subject.start, c.object.start))


def candidates(doc: Doc, thresholds: Mapping[str, float]) -> Iterator[Candidate]:
    """Yield what may be claims of a Doc, by the thresholds of cues, mentions and roles alone."""
    mentions = np.add(doc._.mention_starts, doc._.mention_insides)
    for cue in _strongest(_cues(doc._.frames, thresholds), thresholds):
        yield from _candidates(doc, cue, mentions, thresholds)


def _cues(frames: Iterable[Frame], thresholds: Mapping[str, float]) -> Iterator[_Cue]:
    kept = [f for f in frames if f.probability >= thresholds.get(f"cue {f.predicate}", thresholds["cue"])]
    run: list[Frame] = []
    for frame in sorted(kept, key=lambda f: (f.predicate, f.cue)):
        if run and (run[-1].predicate, run[-1].cue + 1) != (frame.predicate, frame.cue):
            yield _joined(run)
            run = []
        run.append(frame)
    if run:
        yield _joined(run)


def _joined(run: list[Frame]) -> _Cue:
    joined = Frame(
        run[0].cue,
        run[0].predicate,
        max(frame.probability for frame in run),
        run[0].tokens,
        {role: _mean([frame.roles[role] for frame in run]) for role in run[0].roles},
        _mean([frame.polarity for frame in run]),
        _mean([frame.modality for frame in run]),
    )
    return _Cue(run[0].cue, run[-1].cue, joined)


def _mean(rows: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    mean: NDArray[np.float64] = np.stack(rows).mean(axis=0)
    return mean.round(3)


def _strongest(cues: Iterable[_Cue], thresholds: Mapping[str, float]) -> Iterator[_Cue]:
    """Yield the cues that no other predicate outdoes on the same words."""
    taken: dict[int, float] = {}
    for cue in sorted(cues, key=lambda c: (-c.frame.probability, c.first, c.frame.predicate)):
        words = range(cue.first, cue.last + 1)
        best = max((taken.get(word, 0.0) for word in words), default=0.0)
        if cue.frame.probability >= best * thresholds["rival"]:
            yield replace(cue, rival=max(best, cue.frame.probability))
        for word in words:
            taken[word] = max(taken.get(word, 0.0), cue.frame.probability)


def _candidates(
    doc: Doc, cue: _Cue, mentions: NDArray[np.float64], thresholds: Mapping[str, float]
) -> Iterator[Candidate]:
    frame, sentence = cue.frame, doc[cue.first].sent
    fillers = {role: list(_fillers(doc, frame, role, mentions, thresholds)) for role in frame.roles}
    objects = fillers["object"]
    words = doc[cue.first : cue.last + 1]
    if not objects and "Role" in predicates()[frame.predicate].object_kinds:
        objects = [
            _Filler(_mention(words, "Role"), End(words.root, frame.probability, 1.0, words.root, frame.probability))
        ]
    made: set[frozenset[int]] = set()
    for subject, object_ in product(fillers["subject"], objects):
        pair = frozenset((subject.mention.start, object_.mention.start))
        if len(pair) == 1 or (pair in made and predicates()[frame.predicate].symmetric):
            continue
        made.add(pair)
        claim = Claim(
            subject.mention,
            frame.predicate,
            object_.mention,
            _mention(words, ""),
            (sentence.start_char, sentence.end_char),
            recipient=_best(fillers["recipient"]),
            theme=_best(fillers["theme"]),
            of=_best(fillers["of"]),
            place=_best(fillers["place"]),
            polarity=_POLARITIES[int(frame.polarity.argmax())],
            modality=_MODALITIES[int(frame.modality.argmax())],
            sources=tuple(filler.mention for filler in fillers["sources"]),
            extractor=EXTRACTOR,
        )
        yield Candidate(
            claim, features(frame.predicate, doc[cue.first], frame.probability, cue.rival, subject.end, object_.end)
        )


def _fillers(
    doc: Doc,
    frame: Frame,
    role: str,
    mentions: NDArray[np.float64],
    thresholds: Mapping[str, float],
) -> Iterator[_Filler]:
    """Yield what fills a role: each mention above the threshold; for what every claim must have, else the likeliest."""
    named = mentions[frame.tokens]
    scores = np.where(named >= thresholds["mention"], frame.roles[role], 0.0)
    best, likeliest = float(scores.max()), doc[int(frame.tokens[scores.argmax()])]
    beside = thresholds.get(f"beside {role}", thresholds["beside"])
    enough = max(thresholds.get(f"role {role}", thresholds["role"]), beside * best)
    chosen = np.nonzero(scores >= enough)[0]
    if not len(chosen) and role in ("subject", "object") and best >= thresholds["needed_role"]:
        chosen = np.array([scores.argmax()])
    seen: set[int] = set()
    is_actor = role in ("subject", "sources") or (role == "object" and not _takes_things(frame.predicate))
    for place in chosen:
        word = doc[int(frame.tokens[place])]
        mention = _mention_at(doc, word.i, is_actor=is_actor)
        if mention.start not in seen:
            seen.add(mention.start)
            yield _Filler(mention, End(word, float(scores[place]), float(named[place]), likeliest, best))


def _takes_things(predicate: str) -> bool:
    return bool({"Thing", "Role"} & set(predicates()[predicate].object_kinds))


def _mention_at(doc: Doc, token: int, *, is_actor: bool) -> Mention:
    """Return the mention whose word this is: the whole name that it belongs to, or as far as the mention goes on.

    An actor who is named by a common noun («the leader of …») is named by what follows in the genitive, too.
    """
    first, end, kind = token, token + 1, ""
    for ent in doc.ents:
        if ent.start <= token < ent.end and ent.label_ in kinds_by_label():
            end, kind = ent.end, kinds_by_label()[ent.label_]
            first = ent.start if kind == "Person" else token
            break
    while end < len(doc) and doc._.mention_insides[end] > max(0.5, doc._.mention_starts[end]):
        end += 1
    if is_actor and not kind and doc[token].pos_ == "NOUN":
        end = max(end, _end_of_genitive(doc[token]))
    while end > token + 1 and doc[end - 1].pos_ in _JOINING:
        end -= 1
    return _mention(doc[first:end], kind)


def _end_of_genitive(noun: Token) -> int:
    """Return the end of the genitive that stands right behind a noun and holds a name, or of the noun itself."""
    after = next((word for word in noun.rights if word.dep_.startswith("nmod")), None)
    if after is None or after.left_edge.i != noun.i + 1 or after.i - noun.i > _LONGEST_GENITIVE:
        return noun.i + 1
    has_name = any(ent.start < after.i + 1 and ent.end > noun.i + 1 for ent in noun.doc.ents)
    return after.i + 1 if has_name and after.morph.to_dict().get("Case") == "Gen" else noun.i + 1


def _mention(span: Span, kind: str) -> Mention:
    return Mention(span.start_char, span.end_char, span.text, kind)


def _best(fillers: list[_Filler]) -> Mention | None:
    return max(fillers, key=lambda filler: filler.probability).mention if fillers else None

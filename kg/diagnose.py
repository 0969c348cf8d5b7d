"""Gold texts and what is read in them → for each statement missed, misread or invented, the stage that lost it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from spacy.tokens import Doc

from kg.annotate.model import shipped_model
from kg.evaluate import Stated, TextScore, evaluate, same
from kg.extract.component import load
from kg.extract.trace import Step, Trace, trace
from kg.ontology import predicates
from kg.values import Document, Modality, Polarity, Span

MISSED, MISREAD, INVENTED = "missed", "misread", "invented"
_ENDS = ("subject", "object")
_USUAL = (Polarity.POSITIVE, Modality.ACTUAL)


@dataclass(frozen=True, slots=True)
class Fault:
    """A statement that is not as the gold has it."""

    kind: str
    stage: str
    traits: tuple[str, ...]
    statement: Stated
    short: float = 0.0
    """By how much the deciding probability fell short of its threshold."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The faults of some texts, and how many statements of each trait there are in the gold.

    Traits are how a sentence says it (clause, nominal, office, other sentence), and what it says of it (plain,
    attributed, negative, planned, possible).
    """

    faults: tuple[Fault, ...]
    traits: Mapping[str, int]


def diagnose(records: Iterable[Mapping[str, Any]], found: Mapping[str, Sequence[Stated]]) -> Diagnosis:
    """Compare what was found in each gold record with its statements, and look up in the model's scores what decided."""
    faults: list[Fault] = []
    traits: Counter[str] = Counter()
    for record in records:
        document = Document(record["id"], record["text"], record["lang"], date.fromisoformat(record["date"]))
        doc = load(document.lang)(document.text)
        (score,) = evaluate({document.id: record["statements"]}, found).texts
        traits.update(trait for statement in score.required for trait in _traits(doc, statement))
        faults.extend(_faults(doc, score, found.get(document.id, ())))
    return Diagnosis(tuple(faults), traits)


def _faults(doc: Doc, score: TextScore, found: Sequence[Stated]) -> Iterator[Fault]:
    for statement in score.missed:
        stage, short = _missed(doc, statement, found)
        yield Fault(MISSED, stage, _traits(doc, statement), statement, short)
    for statement, reading in score.misread:
        yield Fault(MISREAD, _differing(statement, reading), _traits(doc, statement), statement)
    for statement in score.invented:
        yield Fault(INVENTED, _invented(statement, score.required), _traits(doc, statement), statement)


def _missed(doc: Doc, statement: Stated, found: Sequence[Stated]) -> tuple[str, float]:
    """Return the stage that a statement of the gold was lost at, and by how much."""
    if any(_share_ends(statement, each) for each in found):
        return "predicate", 0.0
    ends = [_place(doc, statement[end]) for end in _ENDS]
    names = {statement["predicate"], *statement.get("alt", ())}
    model = shipped_model()
    traces = [t for t in trace(doc, ends[0], ends[1], model.thresholds, model.weights) if t.predicate in names]
    if not traces:
        return Step.CUE, model.thresholds["cue"]
    best = max(traces, key=_passed)
    reached, needed = next(((r, n) for step, r, n in best.steps if step is best.step), (0.0, 0.0))
    if best.step in (Step.SUBJECT, Step.OBJECT) and not _is_in_sentence(doc, ends[_ENDS.index(best.step)], best.cue):
        return "reference", needed - reached
    return ("entity", 0.0) if best.step is Step.LATER else (best.step, needed - reached)


def _passed(each: Trace) -> tuple[int, float]:
    passed = next((n for n, (step, _, _) in enumerate(each.steps) if step is each.step), len(each.steps))
    return passed, each.steps[-1][1]


def _differing(statement: Stated, reading: Stated) -> str:
    return next((field for field in ("polarity", "modality") if statement[field] != reading.get(field)), "source")


def _invented(statement: Stated, gold: Sequence[Stated]) -> str:
    """Return what is wrong with a statement that the gold has not."""
    if any(_share_ends(statement, each) for each in gold):
        return "predicate"
    like = [g for g in gold if statement["predicate"] in {g["predicate"], *g.get("alt", ())}]
    for right, wrong in (_ENDS, _ENDS[::-1]):
        if any(same(g[right], statement[right]) for g in like):
            return wrong
    return "no statement there" if gold else "text states nothing"


def _share_ends(one: Stated, other: Stated) -> bool:
    return all(any(same(one[end], other[either]) for either in _ENDS) for end in _ENDS)


def _traits(doc: Doc, statement: Stated) -> tuple[str, ...]:
    said = [each for each in (statement["polarity"], statement["modality"]) if each not in _USUAL]
    attributed = ["attributed"] if statement.get("sources") else []
    return (_construction(doc, statement), *(said + attributed or ["plain"]))


def _construction(doc: Doc, statement: Stated) -> str:
    """Return how a statement is expressed: by its cue, or by the stretch quoted where the gold has no cue."""
    known = predicates().get(statement["predicate"])
    if known and "Role" in known.object_kinds:
        return "office"
    cue = _place(doc, statement.get("cue") or {"text": statement.get("quote") or statement["object"]["text"]})
    if not all(_is_in_sentence(doc, _place(doc, statement[end]), cue) for end in _ENDS):
        return "other sentence"
    words = [token for token in doc if token.idx < cue[1] and token.idx + len(token) > cue[0]]
    return "clause" if any(word.pos_ in ("VERB", "AUX") for word in words) else "nominal"


def _is_in_sentence(doc: Doc, span: Span, cue: Span) -> bool:
    sentences = (s for s in doc.sents if s.start_char <= cue[0] < s.end_char)
    return any(s.start_char <= span[0] < s.end_char for s in sentences)


def _place(doc: Doc, mention: Mapping[str, Any]) -> Span:
    start = mention["start"] if "start" in mention else max(0, doc.text.find(mention["text"]))
    return start, mention.get("end", start + len(mention["text"]))

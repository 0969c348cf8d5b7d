"""An article and two names in it → how near the model came to a statement of each predicate between them."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.annotate.model import shipped_model
from kg.errors import InputError
from kg.extract.component import load
from kg.extract.trace import Trace, trace
from kg.names import Names, load_names
from kg.names.letters import fold
from kg.packs import languages
from kg.values import Document, Span


@dataclass(frozen=True, slots=True)
class Near:
    """The best trace of one predicate, and the sentence of its cue."""

    trace: Trace
    subject: str
    """The end as it stands in the text."""
    object: str
    sentence: str


def why_not(document: Document, subject: str, object_: str) -> Iterator[Near]:
    """Yield the best trace of each predicate that some word may carry, the most probable first.

    The ends are words of the text, or ids or labels of known entities that it names. Raises InputError for an end that
    the article does not name.
    """
    doc = load(document.lang)(document.text)
    names, model = load_names(languages()), shipped_model()
    best: dict[str, Near] = {}
    for one in _places(document, names, subject):
        for other in _places(document, names, object_):
            if one[0] < other[1] and other[0] < one[1]:
                continue
            for each in trace(doc, one, other, model.thresholds, model.weights):
                known = best.get(each.predicate)
                if known is None or _worth(each) > _worth(known.trace):
                    sentence = next(s.text for s in doc.sents if s.start_char <= each.cue[0] < s.end_char)
                    texts = [document.text[a:b] for a, b in (one, other)]
                    best[each.predicate] = Near(each, texts[0], texts[1], " ".join(sentence.split()))
    yield from sorted(best.values(), key=lambda near: (-_worth(near.trace), near.trace.predicate))


def _worth(each: Trace) -> float:
    return each.steps[-1][1]


def _places(document: Document, names: Names, wanted: str) -> list[Span]:
    """Return where a text names somebody: by a form of a known name, or by the very words."""
    text, folded = fold(document.text), fold(wanted)
    places: set[Span] = set()
    for hit in names.find(document.text, document.lang):
        behind = [names.actors[each] for each in hit.entity_ids if each in names.actors]
        entities = filter(None, map(names.entity, (*hit.entity_ids, *behind)))
        if any(wanted in (e.id, e.key) or folded in {fold(label) for _, label in e.labels} for e in entities):
            places.add((hit.start, hit.end))
    at = text.find(folded) if len(text) == len(document.text) else -1
    while at >= 0:
        places.add((at, at + len(folded)))
        at = text.find(folded, at + 1)
    if not places:
        raise InputError(f"{document.id}: names no {wanted}; give a word of the text, or the id of a state")
    return sorted(places)

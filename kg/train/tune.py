"""A model's files and texts that it was not trained on → the thresholds that give the best triples there."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc

from kg.annotate.components import Reader
from kg.annotate.model import Model
from kg.evaluate import Stated, evaluate
from kg.extract.attribution import attribute
from kg.extract.decode import decode
from kg.values import Claim, Mention

_CHOICES: Mapping[str, Sequence[float]] = {
    "cue": (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7),
    "role": (0.2, 0.3, 0.4, 0.5, 0.6, 0.7),
    "needed_role": (0.05, 0.1, 0.15, 0.2, 0.3, 0.4),
    "role sources": (0.2, 0.3, 0.4, 0.5, 0.6),
    "mention": (0.02, 0.05, 0.1, 0.15, 0.25),
    "rival": (0.3, 0.5, 0.7, 0.85, 1.0),
}
_PASSES = 2


def tune(folder: Path, records: Iterable[Mapping[str, Any]], start: Mapping[str, float]) -> dict[str, float]:
    """Return the thresholds, chosen one after the other, each for the best sum of triple and claim F1.

    What is found is compared with the gold by its words alone: names are not resolved, so that the choice is the
    model's own. Of equal choices the one nearest to the start is taken.
    """
    records = list(records)
    gold = {record["id"]: record["statements"] for record in records}
    docs = {record["id"]: doc for record, doc in zip(records, read_texts(Model(folder), records), strict=True)}
    thresholds = dict(start)
    for _ in range(_PASSES):
        for name, choices in _CHOICES.items():
            by_choice = {choice: _worth(gold, docs, {**thresholds, name: choice}) for choice in choices}
            now = thresholds.get(name, thresholds["role"])
            thresholds[name] = max(by_choice, key=lambda choice: (by_choice[choice], -abs(choice - now)))
    return thresholds


def read_texts(model: Model, records: Iterable[Mapping[str, Any]]) -> Iterable[Doc]:
    """Yield the annotated Docs of the records' texts."""
    readers: dict[str, tuple[spacy.Language, Reader]] = {}
    for record in records:
        lang = record["lang"]
        if lang not in readers:
            readers[lang] = spacy.blank(lang), Reader(model, lang)
        blank, reader = readers[lang]
        yield reader(blank(record["text"]))


def _worth(gold: Mapping[str, list[Stated]], docs: Mapping[str, Doc], thresholds: Mapping[str, float]) -> float:
    found = {text: [_stated(claim) for claim in attribute(doc, decode(doc, thresholds))] for text, doc in docs.items()}
    result = evaluate(gold, found)
    return round(result.figure("triple").f1 + result.figure("claim").f1, 4)


def _stated(claim: Claim) -> Stated:
    def named(mention: Mention | None) -> dict[str, str] | None:
        return {"text": mention.text} if mention else None

    return {
        "subject": named(claim.subject),
        "predicate": claim.predicate,
        "object": named(claim.object),
        "recipient": named(claim.recipient),
        "of": named(claim.of),
        "polarity": str(claim.polarity),
        "modality": str(claim.modality),
        "sources": [named(source) for source in claim.sources],
    }

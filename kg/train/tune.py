"""A model's files and texts that it was not trained on → the weights and thresholds that decide what is a claim.

The weights are fitted to the candidates of the texts; how sure a claim must be is chosen on probabilities from weights
fitted to the other texts (cross-validation), for the best sum of triple and claim F1.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.components import Reader
from kg.annotate.model import Model
from kg.evaluate import Stated, evaluate
from kg.extract import make_reading
from kg.extract.attribution import attribute
from kg.extract.decode import Candidate, candidates, choose
from kg.extract.weigh import BIAS
from kg.interchange import write_line
from kg.names import load_names
from kg.packs import languages
from kg.resolve import Resolver
from kg.train.logistic import Floats, calibration_error, fit, log_loss, probabilities
from kg.train.publish import START_THRESHOLDS, START_WEIGHTS
from kg.values import Document

_FOLDS = 5
_PENALTIES = (10.0, 30.0, 100.0, 300.0)
_CLAIM = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
_FEWEST = 50
"""Of so few candidates nothing is learned."""


@dataclass(frozen=True, slots=True)
class Tuned:
    """What decides, and how far the probabilities err on texts that the weights were not fitted to."""

    thresholds: dict[str, float]
    weights: dict[str, float]
    calibration_error: float
    candidates: int


class _Text:
    """A record of gold: its document, the statements it should give, and the candidates read in it."""

    def __init__(self, record: Mapping[str, Any], resolver: Resolver) -> None:
        published = date.fromisoformat(record["date"])
        self.document = Document(record["id"], record["text"], record["lang"], published)
        self.gold: list[Stated] = record["statements"]
        self.resolver = resolver

    def read(self, doc: Doc) -> None:
        """Take the candidates of the annotated text."""
        self.doc = doc
        self.candidates = list(candidates(doc, START_THRESHOLDS))

    def is_right(self, candidate: Candidate) -> bool:
        """Tell whether the gold has the triple of a candidate."""
        return evaluate({"": self.gold}, {"": self.found([candidate.claim])}).figure("triple").matched > 0

    def found(self, claims: Iterable[Any]) -> list[Stated]:
        """Return what claims become, in the form of the gold."""
        reading = make_reading(self.document, self.doc, list(attribute(self.doc, claims)))
        statements: list[Stated] = json.loads(write_line(self.document, self.resolver.resolve(reading)))["statements"]
        return statements


def tune(folder: Path, records: Iterable[Mapping[str, Any]]) -> Tuned:
    """Return the weights and thresholds for the model in the folder."""
    resolver = Resolver(load_names(languages()))
    texts = [_Text(record, resolver) for record in records]
    for text, doc in zip(texts, read_texts(Model(folder), [text.document for text in texts]), strict=True):
        text.read(doc)
    names = tuple(dict.fromkeys(name for text in texts for each in text.candidates for name in each.known))
    rows, so, fold = _table(texts, names)
    if len(rows) < _FEWEST or so.all() or not so.any():
        return Tuned(dict(START_THRESHOLDS), dict(START_WEIGHTS), 1.0, len(rows))
    crossed = {penalty: _cross(rows, so, fold, penalty) for penalty in _PENALTIES}
    penalty = min(crossed, key=lambda each: log_loss(crossed[each], so))
    thresholds = _choose(texts, crossed[penalty])
    fitted = fit(rows, so, penalty=penalty)
    weights = {name: round(float(weight), 4) for name, weight in zip((*names, BIAS), fitted, strict=True)}
    return Tuned(thresholds, weights, calibration_error(crossed[penalty], so), len(rows))


def _table(texts: Sequence[_Text], names: Sequence[str]) -> tuple[Floats, NDArray[np.bool_], NDArray[np.int64]]:
    """Return what is known of each candidate, whether it is right, and the number of the fold of its text."""
    found = [(n % _FOLDS, text, each) for n, text in enumerate(texts) for each in text.candidates]
    rows = np.array([[each.known.get(name, 0.0) for name in names] for _, _, each in found], dtype=np.float64)
    so = np.array([text.is_right(each) for _, text, each in found], dtype=bool)
    return rows, so, np.array([fold for fold, _, _ in found], dtype=np.int64)


def _cross(rows: Floats, so: NDArray[np.bool_], fold: NDArray[np.int64], penalty: float) -> Floats:
    """Return the probability of each candidate, by weights fitted to the other folds."""
    crossed = np.zeros(len(rows))
    for n in range(_FOLDS):
        inside = fold == n
        if inside.any():
            crossed[inside] = probabilities(rows[inside], fit(rows[~inside], so[~inside], penalty=penalty))
    return crossed


def _choose(texts: Sequence[_Text], crossed: Floats) -> dict[str, float]:
    worth = {sure: _worth(texts, crossed, {**START_THRESHOLDS, "claim": sure}) for sure in _CLAIM}
    return {**START_THRESHOLDS, "claim": max(worth, key=worth.__getitem__)}


def _worth(texts: Sequence[_Text], crossed: Floats, thresholds: Mapping[str, float]) -> float:
    found, at = {}, 0
    for text in texts:
        sure = crossed[at : at + len(text.candidates)].round(3)
        at += len(sure)
        claims = (replace(c.claim, confidence=float(each)) for c, each in zip(text.candidates, sure, strict=True))
        found[text.document.id] = text.found(choose(claims, thresholds))
    result = evaluate({text.document.id: text.gold for text in texts}, found)
    return result.figure("triple").f1 + result.figure("claim").f1


def read_texts(model: Model, documents: Iterable[Document]) -> Iterator[Doc]:
    """Yield the annotated Docs of some documents, read by a model that need not be the shipped one."""
    readers: dict[str, tuple[Language, Reader]] = {}
    for document in documents:
        if document.lang not in readers:
            readers[document.lang] = spacy.blank(document.lang), Reader(model, document.lang)
        blank, reader = readers[document.lang]
        yield reader(blank(document.text))

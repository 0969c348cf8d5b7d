"""A model's files and texts that it was not trained on → the thresholds that give the best triples there."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.components import Reader
from kg.annotate.model import Model
from kg.evaluate import Stated, evaluate
from kg.extract import make_reading
from kg.extract.attribution import attribute
from kg.extract.decode import decode
from kg.interchange import write_line
from kg.names import load_names
from kg.packs import languages
from kg.resolve import Resolver
from kg.values import Document

_CHOICES: Mapping[str, Sequence[float]] = {
    "cue": (0.3, 0.4, 0.5, 0.6, 0.7),
    "role": (0.4, 0.5, 0.6),
    "needed_role": (0.1, 0.15, 0.25),
    "role sources": (0.3, 0.4, 0.5),
    "rival": (0.5, 0.8, 1.0),
    "beside": (0.0, 0.7, 0.8),
    "claim": (0.1, 0.2, 0.3),
}
_PAYS = 0.01
"""A change of a threshold must gain more: smaller gains are chance on so few texts."""


def tune(folder: Path, records: Iterable[Mapping[str, Any]], start: Mapping[str, float]) -> dict[str, float]:
    """Return the thresholds, chosen one after the other, each for the best sum of triple and claim F1.

    A threshold stays as it was where no other choice gains more than a hundredth.
    """
    texts = [_Text(record) for record in records]
    docs = list(read_texts(Model(folder), [text.document for text in texts]))
    resolver = Resolver(load_names(languages()))
    thresholds = dict(start)

    def worth(**changed: float) -> float:
        found = {
            text.document.id: _found(text.document, doc, {**thresholds, **changed}, resolver)
            for text, doc in zip(texts, docs, strict=True)
        }
        result = evaluate({text.document.id: text.gold for text in texts}, found)
        return result.figure("triple").f1 + result.figure("claim").f1

    for name, choices in _CHOICES.items():
        by_choice = {choice: worth(**{name: choice}) for choice in choices}
        best = max(by_choice, key=by_choice.__getitem__)
        if by_choice[best] > worth() + _PAYS:
            thresholds[name] = best
    return thresholds


class _Text:
    """A record of gold: its document, and the statements it should give."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        published = date.fromisoformat(record["date"])
        self.document = Document(record["id"], record["text"], record["lang"], published)
        self.gold: list[Stated] = record["statements"]


def read_texts(model: Model, documents: Iterable[Document]) -> Iterator[Doc]:
    """Yield the annotated Docs of some documents, read by a model that need not be the shipped one."""
    readers: dict[str, tuple[Language, Reader]] = {}
    for document in documents:
        if document.lang not in readers:
            readers[document.lang] = spacy.blank(document.lang), Reader(model, document.lang)
        blank, reader = readers[document.lang]
        yield reader(blank(document.text))


def _found(document: Document, doc: Doc, thresholds: Mapping[str, float], resolver: Resolver) -> list[Stated]:
    reading = make_reading(document, doc, list(attribute(doc, decode(doc, thresholds))))
    statements: list[Stated] = json.loads(write_line(document, resolver.resolve(reading)))["statements"]
    return statements

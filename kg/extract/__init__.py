"""Document → Reading: the claims of its sentences, who makes them and about when, and every name in it."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from types import ModuleType
from typing import Protocol

from spacy.tokens import Doc

from kg.annotate.components import kinds_by_label
from kg.extract.component import load
from kg.extract.time import resolve_time
from kg.ingest import make_document
from kg.ontology import predicates
from kg.values import Claim, Document, Mention, Reading


class Extractor(Protocol):
    """Anything that turns a document into claims; found by the entry point group ``kg.extractors``."""

    def __call__(self, document: Document, /) -> Reading:
        """Return what the document says."""
        ...


def extract(document: Document) -> Reading:
    """Return the claims and names of a document, by the shipped model."""
    doc = load(document.lang)(document.text)
    return make_reading(document, doc, doc._.claims)


def make_reading(document: Document, doc: Doc, claims: Sequence[Claim]) -> Reading:
    """Return the claims of a document's Doc with their times, and the names in it."""
    return Reading(document, tuple(_timed(claim, document, claims) for claim in claims), tuple(_names(doc)))


def _timed(claim: Claim, document: Document, claims: Sequence[Claim]) -> Claim:
    """Give a claim of an event the time that belongs to its cue; what merely holds, as an office does, gets none."""
    if not _is_event(claim):
        return claim
    rivals = [
        (other.cue.start, other.cue.end) for other in claims if other.sentence == claim.sentence and _is_event(other)
    ]
    cue, text = (claim.cue.start, claim.cue.end), document.text
    return replace(
        claim, time=resolve_time(text, claim.sentence, cue, document.published, document.lang, rivals=rivals)
    )


def _is_event(claim: Claim) -> bool:
    return bool(predicates()[claim.predicate].plover_event)


def _names(doc: Doc) -> list[Mention]:
    kinds = kinds_by_label()
    return [
        Mention(ent.start_char, ent.end_char, ent.text, kinds[ent.label_]) for ent in doc.ents if ent.label_ in kinds
    ]


class _Callable(ModuleType):
    """Lets a user say ``kg.extract(text, lang="el")``, although ``kg.extract`` is this package."""

    def __call__(self, text: str, *, lang: str = "", published: date | None = None) -> Reading:
        """Return what a text says; its language is found out where none is given."""
        return extract(make_document(text, lang=lang, published=published))


sys.modules[__name__].__class__ = _Callable

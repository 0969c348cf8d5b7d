"""spaCy pipelines whose Docs carry claims: ``doc._.claims``."""

from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.components import load as load_reader
from kg.annotate.model import shipped_model
from kg.extract.attribution import attribute
from kg.extract.decode import decode


@cache
def load(lang: str) -> Language:
    """Return a spaCy pipeline of one language: sentences, tags, tree, names, and ``doc._.claims``."""
    nlp = load_reader(lang, lemmas=False)
    nlp.add_pipe("kg_claims")
    return nlp


@Language.component("kg_claims", assigns=["doc._.claims"], requires=["token.head", "doc.ents"])
def set_claims(doc: Doc) -> Doc:
    """Set ``doc._.claims``: what the Doc's sentences say, by whom, but for the time, which needs the article's date."""
    model = shipped_model()
    doc._.claims = tuple(attribute(doc, decode(doc, model.thresholds, model.weights)))
    return doc


if not Doc.has_extension("claims"):
    Doc.set_extension("claims", default=())

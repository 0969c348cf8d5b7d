"""Docs made by hand, with the scores that the model would give."""

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.annotate.components import Frame

ROLES = ("subject", "object", "recipient", "of", "theme", "place", "sources")
THRESHOLDS = {
    "cue": 0.5,
    "role": 0.5,
    "needed_role": 0.2,
    "mention": 0.1,
    "rival": 0.8,
    "beside": 0.0,
    "claim": 0.0,
}
WEIGHTS = {
    "bias": -1.0, "cue": 0.5, "rival": -0.5, "verb": 0.0,
    "subject": 0.5, "subject behind": -0.5, "subject apart": -0.5, "subject mention": 0.0, "subject elsewhere": -1.0, "subject path": -0.2, "subject named": 0.0,
    "object": 0.5, "object behind": -0.5, "object apart": -0.5, "object mention": 0.0, "object elsewhere": -1.0, "object path": -0.2, "object named": 0.0,
}  # fmt: skip


@pytest.fixture
def make_doc():
    """Return a maker of Docs: words; names as {words: label}; frames as (cue, predicate, {role: {word: score}}, …)."""

    def make(words, *, names=(), frames=(), heads=None, deps=None, pos=None, lang="el"):
        words = words.split()
        doc = Doc(
            spacy.blank(lang).vocab,
            words,
            heads=heads or [0] * len(words),
            deps=deps or ["ROOT", *["dep"] * (len(words) - 1)],
            pos=pos,
        )
        spans = [(words.index(name.split()[0]), len(name.split()), label) for name, label in dict(names).items()]
        doc.set_ents([Span(doc, start, start + length, label) for start, length, label in spans])
        starts, insides = [0.0] * len(words), [0.0] * len(words)
        made = []
        for cue, predicate, roles, *status in frames:
            scores = {role: np.zeros(len(words)) for role in ROLES}
            for role, fillers in roles.items():
                for word, score in fillers.items():
                    scores[role][words.index(word)] = score
                    starts[words.index(word)] = 1.0
            polarity, modality, probability = (*status, *(0, 0, 0.9)[len(status) :])
            made.append(
                Frame(
                    words.index(cue),
                    predicate,
                    probability,
                    np.arange(len(words)),
                    scores,
                    np.eye(2)[polarity],
                    np.eye(3)[modality],
                )
            )
        doc._.frames, doc._.mention_starts, doc._.mention_insides = tuple(made), tuple(starts), tuple(insides)
        return doc

    for extension in ("frames", "mention_starts", "mention_insides"):
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, default=())
    return make


@pytest.fixture
def thresholds():
    """Return plain thresholds."""
    return THRESHOLDS


@pytest.fixture
def weights():
    """Return plain weights."""
    return WEIGHTS

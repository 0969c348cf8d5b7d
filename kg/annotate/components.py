"""spaCy Docs, annotated: sentences, tags, features, tree and names of the words, and the frames of statements."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.annotate.blocks import cut_blocks
from kg.annotate.model import Model, Scores, shipped_lemmas, shipped_model
from kg.annotate.tree import best_tree

FLOOR = 0.05
"""Cues below this probability are not followed up."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A word that may carry a predicate, and how probably each word of its block fills each role."""

    cue: int
    """The token's place in the Doc."""
    predicate: str
    probability: float
    tokens: NDArray[np.int64]
    """The Doc's places of the block's words."""
    roles: dict[str, NDArray[np.float64]]
    """Probabilities, one a word of the block."""
    polarity: NDArray[np.float64]
    modality: NDArray[np.float64]


def load(lang: str, *, lemmas: bool = True) -> Language:
    """Return a spaCy pipeline of one language whose Docs have sentences, tags, tree, names and statements' frames.

    Lemmas cost some time and can be left out.
    """
    import spacy

    nlp = spacy.blank(lang)
    nlp.add_pipe("kg_reader")
    if lemmas:
        nlp.add_pipe("kg_lemmas")
    return nlp


@Language.factory("kg_reader", assigns=["token.pos", "token.morph", "token.head", "token.dep", "doc.ents", "doc.sents"])
def make_reader(nlp: Language, name: str) -> "Reader":  # noqa: ARG001 - spaCy gives every factory its name
    """Return the component for spaCy's registry."""
    return Reader(shipped_model(), nlp.lang or "")


@Language.component("kg_lemmas", assigns=["token.lemma"], requires=["token.pos"])
def set_lemmas(doc: Doc) -> Doc:
    """Set the lemmas of the Doc's words, in the languages of the model's treebanks."""
    lemmas = shipped_lemmas().get(doc.lang_)
    if lemmas:
        for token in doc:
            token.lemma_ = lemmas.of(token.text, token.pos_, doc.lang_)
    return doc


class Reader:
    """A spaCy component around the model."""

    def __init__(self, model: Model, lang: str) -> None:
        self.model, self.lang = model, lang
        for extension, default in (("frames", ()), ("mention_starts", ()), ("mention_insides", ())):
            if not Doc.has_extension(extension):
                Doc.set_extension(extension, default=default)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the Doc in place and return it."""
        words = [token for token in doc if not token.is_space]
        grammar = _Grammar(doc)
        frames: list[Frame] = []
        mentions = np.zeros((len(doc), 3))
        for sentences in cut_blocks(doc.text, [word.idx for word in words], self.lang):
            tokens = [words[n] for sentence in sentences for n in sentence]
            numbers = np.array([n for n, sentence in enumerate(sentences) for _ in sentence])
            scores = self.model.read([token.text for token in tokens])
            places = np.array([token.i for token in tokens])
            mentions[places] = _softmax(scores.mentions)
            grammar.add(self.model, scores, tokens, numbers)
            frames.extend(self._frames(scores, numbers, places))
        grammar.write()
        mentions = np.round(mentions, 3)
        doc._.frames, doc._.mention_starts = tuple(frames), tuple(mentions[:, 1].tolist())
        doc._.mention_insides = tuple(mentions[:, 2].tolist())
        return doc

    def _frames(self, scores: Scores, numbers: NDArray[np.int64], places: NDArray[np.int64]) -> Iterator[Frame]:
        probabilities = np.round(_sigmoid(scores.cues), 3)
        cues, predicates = np.nonzero(probabilities >= FLOOR)
        if not len(cues):
            return
        role_scores, polarity_scores, modality_scores = self.model.frame(scores, cues, predicates, numbers)
        roles, polarity, modality = _sigmoid(role_scores), _softmax(polarity_scores), _softmax(modality_scores)
        for n, (cue, predicate) in enumerate(zip(cues, predicates, strict=True)):
            yield Frame(
                int(places[cue]),
                self.model.labels.predicates[predicate],
                float(probabilities[cue, predicate]),
                places,
                {role: np.round(roles[n, r], 3) for r, role in enumerate(self.model.labels.roles)},
                np.round(polarity[n], 3),
                np.round(modality[n], 3),
            )


class _Grammar:
    """What is gathered of tags, tree and names, block by block, and then written into the Doc."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.heads = list(range(len(doc)))
        self.relations = ["dep"] * len(doc)
        self.ents: list[Span] = []

    def add(self, model: Model, scores: Scores, tokens: Sequence[Token], numbers: NDArray[np.int64]) -> None:
        labels = model.labels
        morphs = _morphs(scores.features, labels.features)
        for token, tag, morph in zip(tokens, scores.tags.argmax(1), morphs, strict=True):
            token.pos_ = labels.tags[tag]
            token.set_morph(morph)  # type: ignore[attr-defined]  # spaCy's stub leaves it out
        self.ents.extend(_entities(self.doc, tokens, np.round(scores.names, 3), labels.names))
        heads = np.zeros(len(tokens), dtype=np.int64)
        for number in np.unique(numbers):
            inside = np.nonzero(numbers == number)[0]
            columns = np.append(0, inside + 1)
            tree = best_tree(scores.arcs[np.ix_(inside, columns)])
            heads[inside] = columns[tree]
        relations = np.round(model.label(scores, heads), 3).argmax(1)
        for token, head, relation in zip(tokens, heads.tolist(), relations, strict=True):
            self.heads[token.i] = tokens[head - 1].i if head else token.i
            self.relations[token.i] = labels.relations[relation] if head else "ROOT"

    def write(self) -> None:
        """Give the Doc its tree, sentences and names; white space hangs on the word before it."""
        words = [token.i for token in self.doc if not token.is_space]
        before = words[0] if words else 0
        for token in self.doc:
            if token.is_space:
                self.heads[token.i] = before
            else:
                before = token.i
        strings = self.doc.vocab.strings
        table = [
            ((head - token.i) % 2**64, strings.add(relation))  # spaCy reads both as unsigned 64-bit numbers
            for token, head, relation in zip(self.doc, self.heads, self.relations, strict=True)
        ]
        if table:
            array = np.array(table, dtype=np.uint64)
            self.doc.from_array(["HEAD", "DEP"], array)  # type: ignore[arg-type]  # its stub knows signed numbers only
        self.doc.set_ents(self.ents)


def _morphs(scores: NDArray[np.float32], features: tuple[tuple[str, tuple[str, ...]], ...]) -> list[str]:
    parts: list[list[str]] = [[] for _ in scores]
    at = 0
    for attribute, values in features:
        chosen = np.round(scores[:, at : at + len(values)], 3).argmax(1)
        for part, value in zip(parts, chosen, strict=True):
            if value:
                part.append(f"{attribute}={values[value]}")
        at += len(values)
    return ["|".join(part) for part in parts]


def _entities(doc: Doc, tokens: Sequence[Token], scores: NDArray[np.float32], names: tuple[str, ...]) -> Iterator[Span]:
    """Decode BIO labels; the best label sequence in which no I follows another name's word."""
    starts = np.array([name.startswith("B-") for name in names])
    kinds = [name[2:] for name in names]
    insides = np.array([name.startswith("I-") for name in names])
    allowed = ~insides[None, :] | (np.array(kinds)[:, None] == np.array(kinds)[None, :]) & (starts | insides)[:, None]
    labels = _viterbi(scores, allowed, first_allowed=~insides)
    begin = 0
    for n, label in enumerate([*labels, 0]):
        if begin and not (n < len(labels) and insides[label]):
            yield Span(doc, tokens[begin - 1].i, tokens[n - 1].i + 1, label=kinds[labels[begin - 1]])
            begin = 0
        if n < len(labels) and starts[label]:
            begin = n + 1


def _viterbi(scores: NDArray[np.float32], allowed: NDArray[np.bool_], *, first_allowed: NDArray[np.bool_]) -> list[int]:
    penalty = np.where(allowed, 0.0, -np.inf)
    best = np.where(first_allowed, scores[0], -np.inf)
    back = []
    for row in scores[1:]:
        paths = best[:, None] + penalty
        back.append(paths.argmax(0))
        best = paths.max(0) + row
    labels = [int(best.argmax())]
    for pointers in reversed(back):
        labels.append(int(pointers[labels[-1]]))
    return labels[::-1]


@cache
def kinds_by_label() -> dict[str, str]:
    """Return the ontology's kind for each label of a name."""
    return tomllib.loads(Path(__file__).with_name("kinds.toml").read_text(encoding="utf8"))


def _sigmoid(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-np.asarray(scores, dtype=np.float64)))


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    shifted = np.exp(scores - scores.max(-1, keepdims=True), dtype=np.float64)
    return np.asarray(shifted / shifted.sum(-1, keepdims=True))

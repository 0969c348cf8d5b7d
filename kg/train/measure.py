"""A model's files and annotated text → how well it tags, parses and names."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import spacy
from spacy.tokens import Doc

from kg.annotate.components import Reader
from kg.annotate.lemmas import Lemmas
from kg.annotate.model import Model
from kg.train.corpora import NameBlock, TreeBlock

Kinds = Mapping[str, Sequence[str]]
_SHARES = ("tags", "features", "lemmas", "heads", "relations")


@dataclass(frozen=True, slots=True)
class GrammarFigures:
    """Shares of words, in percent: tags, all features, lemmas, heads, heads with relation; and F1 of names."""

    tags: float
    features: float
    lemmas: float
    heads: float
    relations: float
    names: float


def measure(
    model: Model, lemmas: Lemmas, trees: Iterable[TreeBlock], names: Iterable[NameBlock], *, lang: str, kinds: Kinds
) -> GrammarFigures:
    """Read the gold's own words, one sentence at a time, and compare.

    ``kinds`` says which kinds of names make up a coarser one of the gold; where it is not empty, no others count.
    """
    reader, count = Reader(model, lang), Counter[str]()
    vocab = spacy.blank(lang).vocab
    for block in trees:
        for first, last in _sentences(block):
            doc = reader(Doc(vocab, list(block.block.words[first:last])))
            for token, n in zip(doc, range(first, last), strict=True):
                head = block.heads[n] - 1 - first if block.heads[n] else token.i
                relation = block.relations[n] if block.heads[n] else "ROOT"
                count["words"] += 1
                count["tags"] += token.pos_ == block.tags[n]
                count["features"] += token.morph.to_dict() == block.features[n]
                count["lemmas"] += lemmas.of(token.text, token.pos_, lang) == block.lemmas[n]
                count["heads"] += token.head.i == head
                count["relations"] += token.head.i == head and token.dep_ == relation
    coarse = {part: kind for kind, parts in kinds.items() for part in parts}
    for sentence in names:
        doc = reader(Doc(vocab, list(sentence.block.words)))
        read = ((ent.start, ent.end, coarse.get(ent.label_, "") if kinds else ent.label_) for ent in doc.ents)
        found = {(first, last, kind) for first, last, kind in read if kind}
        gold = set(_spans(next(iter(labels)) for labels in sentence.names))
        count.update(matched=len(found & gold), found=len(found), gold=len(gold))
    shares = {key: round(100 * count[key] / max(1, count["words"]), 2) for key in _SHARES}
    return GrammarFigures(**shares, names=round(200 * count["matched"] / max(1, count["found"] + count["gold"]), 2))


def _sentences(block: TreeBlock) -> Iterator[tuple[int, int]]:
    numbers, first = block.block.sentences, 0
    for n in range(1, len(numbers) + 1):
        if n == len(numbers) or numbers[n] != numbers[first]:
            yield first, n
            first = n


def _spans(labels: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    begin, kind = -1, ""
    for n, label in enumerate([*labels, "O"]):
        if begin >= 0 and (not label.startswith("I-") or label[2:] != kind):
            yield begin, n, kind
            begin = -1
        if label.startswith("B-"):
            begin, kind = n, label[2:]

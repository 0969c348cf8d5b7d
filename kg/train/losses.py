"""Padded batches of blocks → the loss of each head."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from kg.annotate.labels import Labels
from kg.annotate.pieces import PAD, Pieces
from kg.train.corpora import Block, Frame, NameBlock, StatementBlock, TreeBlock
from kg.train.heads import ROLES, WordStates
from kg.train.network import Network

_OUT = -1
"""The class of a place that holds no word."""


class Losses:
    """The losses of a network on batches of each kind of block."""

    def __init__(self, network: Network, vectors: Tensor, pieces: Pieces) -> None:
        self.network, self.vectors, self.pieces = network, vectors, pieces
        labels = network.labels
        self._tags = _places(labels.tags)
        self._relations = _places(labels.relations)
        self._names = _places(labels.names)
        self._predicates = _places(labels.predicates)

    def words(self, blocks: Sequence[Block]) -> WordStates:
        """Return the states of the words of some blocks, padded to the longest."""
        rows = [self.pieces.of_block(block.words) for block in blocks]
        length, width = max(len(ids) for ids, _ in rows), max(len(first) for _, first in rows)
        ids = torch.tensor([row + [PAD] * (length - len(row)) for row, _ in rows])
        first = torch.tensor([places + [0] * (width - len(places)) for _, places in rows])
        word_mask = torch.tensor([[True] * len(places) + [False] * (width - len(places)) for _, places in rows])
        return self.network.words(self.vectors[ids], ids != PAD, first, word_mask)

    def tree(self, blocks: Sequence[TreeBlock]) -> Tensor:
        """Return the loss of tags, features and tree."""
        words, grammar = self.words([b.block for b in blocks]), self.network.grammar
        here, width = words.mask, words.mask.shape[1]
        arcs, dependents, heads = grammar.arcs(words.tree)
        arcs = arcs.masked_fill(~_same_sentence([b.block for b in blocks], width), -1e4)
        gold = _padded([b.heads for b in blocks], width)[here]
        loss = functional.cross_entropy(arcs[here], gold)
        batch = torch.arange(len(blocks))[:, None].expand(-1, width)[here]
        scores = grammar.label(dependents[here], heads[batch, gold])
        loss = loss + functional.cross_entropy(
            scores, _classes([b.relations for b in blocks], self._relations, width)[here]
        )
        tags = grammar.tags(words.tags)[here]
        loss = loss + 0.5 * functional.cross_entropy(tags, _classes([b.tags for b in blocks], self._tags, width)[here])
        return loss + 0.5 * self._features(grammar.features(words.tags)[here], blocks)

    def _features(self, scores: Tensor, blocks: Sequence[TreeBlock]) -> Tensor:
        words = [features for block in blocks for features in block.features]
        losses, at = [], 0
        for attribute, values in self.network.labels.features:
            place = _places(values)
            gold = torch.tensor([place.get(features.get(attribute, ""), 0) for features in words])
            losses.append(functional.cross_entropy(scores[:, at : at + len(values)], gold))
            at += len(values)
        return torch.stack(losses).sum()

    def names(self, blocks: Sequence[NameBlock]) -> Tensor:
        """Return the loss of names."""
        words = self.words([b.block for b in blocks])
        scores = self.network.grammar.names(words.names)[words.mask]
        may_be = torch.zeros_like(scores, dtype=torch.bool)
        for n, labels in enumerate(labels for block in blocks for labels in block.names):
            may_be[n, [self._names[label] for label in labels]] = True
        return (scores.logsumexp(1) - scores.masked_fill(~may_be, -math.inf).logsumexp(1)).mean()

    def statements(self, blocks: Sequence[StatementBlock]) -> Tensor:
        """Return the loss of mentions, cues, and the roles, polarity and modality of each cue."""
        words, heads = self.words([b.block for b in blocks]), self.network.statements
        states, here = words.statements, words.mask
        mentions = _padded([b.mentions for b in blocks], here.shape[1])[here]
        weight = torch.tensor([0.5, 1.0, 1.0])
        loss = functional.cross_entropy(heads.mentions(states)[here], mentions, weight=weight)
        gold, known = self._cues(blocks, here)
        scores = functional.binary_cross_entropy_with_logits(
            heads.cues(states), gold, reduction="none", pos_weight=torch.tensor(1.3)
        )
        loss = loss + (scores * known).sum() / (gold.sum() + 4)
        cues = [(n, k, f) for n, b in enumerate(blocks) for f in b.frames for k in range(f.cue[0], f.cue[1] + 1)]
        return loss + self._frames(blocks, cues, states, here) if cues else loss

    def _cues(self, blocks: Sequence[StatementBlock], here: Tensor) -> tuple[Tensor, Tensor]:
        gold = torch.zeros(*here.shape, len(self._predicates))
        known = here[..., None].expand_as(gold).float().clone()
        for n, block in enumerate(blocks):
            for frame in block.frames:
                for alternative in frame.alternatives:
                    known[n, frame.cue[0] : frame.cue[1] + 1, self._predicates[alternative]] = 0
            for frame in block.uncertain:
                known[n, frame.cue[0] : frame.cue[1] + 1, self._predicates[frame.predicate]] = 0
            for frame in block.frames:
                gold[n, frame.cue[0] : frame.cue[1] + 1, self._predicates[frame.predicate]] = 1
                known[n, frame.cue[0] : frame.cue[1] + 1, self._predicates[frame.predicate]] = 1
        return gold, known

    def _frames(
        self, blocks: Sequence[StatementBlock], cues: Sequence[tuple[int, int, Frame]], states: Tensor, here: Tensor
    ) -> Tensor:
        """Return the loss of some cue words, each given with its block's number and its own place in the block."""
        heads, width = self.network.statements, here.shape[1]
        row, at = torch.tensor([n for n, _, _ in cues]), torch.tensor([k for _, k, _ in cues])
        predicates = torch.tensor([self._predicates[f.predicate] for _, _, f in cues])
        sentences = _padded([b.block.sentences for b in blocks], width)
        same = (sentences[row] == sentences[row, at][:, None]).float()
        distances = torch.arange(width)[None] - at[:, None]
        roles, polarity, modality = heads(states[row, at], predicates, heads.words(states)[row], distances, same)
        gold = torch.zeros_like(roles)
        for n, (_, _, frame) in enumerate(cues):
            for r, role in enumerate(ROLES):
                gold[n, r, list(frame.roles[role])] = 1
        scores = functional.binary_cross_entropy_with_logits(
            roles, gold, reduction="none", pos_weight=torch.tensor(1.5)
        )
        loss = 0.5 * (scores * here[row][:, None, :]).sum() / len(cues)
        loss = loss + 0.5 * functional.cross_entropy(polarity, torch.tensor([f.polarity for _, _, f in cues]))
        return loss + 0.7 * functional.cross_entropy(modality, torch.tensor([f.modality for _, _, f in cues]))


def _places(values: Sequence[str]) -> dict[str, int]:
    return {value: n for n, value in enumerate(values)}


def _classes(rows: Sequence[Sequence[str]], places: dict[str, int], width: int) -> Tensor:
    return _padded([[places.get(value, 0) for value in row] for row in rows], width)


def _padded(rows: Sequence[Sequence[int]], width: int) -> Tensor:
    return torch.tensor([[*row, *[_OUT] * (width - len(row))] for row in rows])


def _same_sentence(blocks: Sequence[Block], width: int) -> Tensor:
    numbers = _padded([block.sentences for block in blocks], width)
    same = numbers[:, :, None] == numbers[:, None, :]
    return torch.cat([torch.ones(len(blocks), width, 1, dtype=torch.bool), same], 2)


def labels_of(trees: Sequence[TreeBlock], names: Sequence[NameBlock], predicates: tuple[str, ...]) -> Labels:
    """Return what each head must choose from, as the training data has it."""
    attributes = sorted({a for b in trees for features in b.features for a in features})
    values = {a: sorted({f[a] for b in trees for f in b.features if a in f}) for a in attributes}
    return Labels(
        tuple(sorted({tag for b in trees for tag in b.tags})),
        tuple((a, ("", *values[a])) for a in attributes),
        tuple(sorted({relation for b in trees for relation in b.relations})),
        ("O", *sorted({name for b in names for labels in b.names for name in labels} - {"O"})),
        predicates,
        ROLES,
    )

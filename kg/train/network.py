"""Encoder and heads together: padded blocks of pieces → the outputs of every head."""

# mypy: disallow-subclassing-any=False
# (torch need not be there where types are checked; all of it is Any then)

import torch
from torch import Tensor, nn

from kg.annotate.labels import Labels
from kg.train.encoder import Encoder
from kg.train.heads import GrammarHeads, LayerMix, StatementHeads, WordStates

READ_OUTPUTS = (
    "tags",
    "features",
    "names",
    "arcs",
    "label_dependents",
    "label_heads",
    "mentions",
    "cues",
    "cue_states",
    "role_words",
)


class Network(nn.Module):
    """The whole model but for the word vectors, which stay frozen and outside."""

    def __init__(self, encoder: Encoder, labels: Labels) -> None:
        super().__init__()
        self.labels = labels
        self.encoder = encoder
        self.mix = LayerMix(encoder.sizes.layers, dropout=0.2)
        self.grammar = GrammarHeads(encoder.sizes.width, labels)
        self.statements = StatementHeads(encoder.sizes.width, labels)

    def words(self, vectors: Tensor, mask: Tensor, first_pieces: Tensor, word_mask: Tensor) -> WordStates:
        """Return the states of the words whose first pieces are given, (batch, words)."""
        tags, tree, names, statements = self.mix(self.encoder(vectors, mask), first_pieces)
        return WordStates(tags, tree, names, statements, word_mask)

    def forward(self, vectors: Tensor, mask: Tensor, first_pieces: Tensor) -> tuple[Tensor, ...]:
        """Return the outputs named in READ_OUTPUTS: all that one pass over a block gives."""
        words = self.words(vectors, mask, first_pieces, torch.ones_like(first_pieces, dtype=torch.bool))
        arcs, dependents, heads = self.grammar.arcs(words.tree)
        return (
            self.grammar.tags(words.tags),
            self.grammar.features(words.tags),
            self.grammar.names(words.names),
            arcs,
            dependents,
            heads,
            self.statements.mentions(words.statements),
            self.statements.cues(words.statements),
            words.statements,
            self.statements.words(words.statements),
        )

"""The base model's encoder in torch: piece ids → the hidden states of every layer."""

# mypy: disallow-subclassing-any=False
# (torch need not be there where types are checked; all of it is Any then)

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.annotate.vectors import decode_blocks
from kg.train.base import Base, Sizes

_NAMES = {
    "query_key_value": ("q", "k", "v"),
    "out": ("ao",),
    "norm_attention": ("aln",),
    "inner": ("fi",),
    "outer": ("fo",),
    "norm_output": ("oln",),
}
"""Our part of a layer → the base model's parts that make it up."""


class Encoder(nn.Module):
    """Post-norm transformer layers over frozen word vectors."""

    def __init__(self, sizes: Sizes, *, dropout: float) -> None:
        super().__init__()
        self.sizes = sizes
        self.frozen = 0
        """The first so many layers, and what lies below them, are not trained."""
        self.positions = nn.Embedding(sizes.positions, sizes.width)
        self.segment = nn.Parameter(torch.zeros(sizes.width))
        self.norm = nn.LayerNorm(sizes.width, eps=sizes.epsilon)
        self.layers = nn.ModuleList(_Layer(sizes, dropout) for _ in range(sizes.layers))
        self.dropout = nn.Dropout(dropout)

    def forward(self, vectors: Tensor, mask: Tensor) -> list[Tensor]:
        """Return the states before the first layer and after each one, (batch, pieces, width).

        ``vectors`` are the word vectors of the pieces (batch, pieces, width); ``mask`` (batch, pieces) is True where
        there is a piece.
        """
        places = torch.arange(vectors.shape[1], device=vectors.device)
        learns = torch.is_grad_enabled()
        with torch.set_grad_enabled(learns and not self.frozen):
            states = [self.dropout(self.norm(vectors + self.positions(places)[None] + self.segment))]
        for n, layer in enumerate(self.layers):
            with torch.set_grad_enabled(learns and n >= self.frozen):
                states.append(layer(states[-1], mask[:, None, None, :]))
        return states


class _Layer(nn.Module):
    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.heads = sizes.heads
        self.query_key_value = nn.Linear(sizes.width, 3 * sizes.width)
        self.out = nn.Linear(sizes.width, sizes.width)
        self.norm_attention = nn.LayerNorm(sizes.width, eps=sizes.epsilon)
        self.inner = nn.Linear(sizes.width, sizes.inner)
        self.outer = nn.Linear(sizes.inner, sizes.width)
        self.norm_output = nn.LayerNorm(sizes.width, eps=sizes.epsilon)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = states.shape
        split = self.query_key_value(states).view(batch, length, 3, self.heads, width // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        seen = self.out(seen.transpose(1, 2).reshape(batch, length, width))
        states = self.norm_attention(states + self.dropout(seen))
        return self.norm_output(states + self.dropout(self.outer(functional.gelu(self.inner(states)))))


def load_encoder(base: Base, *, dropout: float) -> Encoder:
    """Return the encoder with the base model's weights."""
    sizes = base.sizes
    encoder, wide = Encoder(sizes, dropout=dropout), sizes.width

    def fill(parameter: Tensor, *names: str) -> None:
        shape = (parameter.shape[0] // len(names), *parameter.shape[1:])
        parameter.copy_(torch.cat([torch.from_numpy(base.tensor(name, *shape)) for name in names]))

    with torch.no_grad():
        encoder.positions.weight.copy_(torch.from_numpy(base.tensor("emb.pos", -1, wide)[: sizes.positions]))
        encoder.segment.copy_(torch.from_numpy(base.tensor("emb.type", -1, wide)[0]))
        fill(encoder.norm.weight, "emb.ln.w")
        fill(encoder.norm.bias, "emb.ln.b")
        for n, layer in enumerate(encoder.layers):
            for part, names in _NAMES.items():
                for kind, suffix in (("weight", "w"), ("bias", "b")):
                    fill(layer.get_parameter(f"{part}.{kind}"), *(f"l{n}.{name}.{suffix}" for name in names))
    return encoder


def word_vectors(base: Base, kept: list[int]) -> Tensor:
    """Return the vectors of the kept pieces, fp32, (pieces, width)."""
    return torch.from_numpy(decode_blocks(base.word_vector_blocks()[kept]))

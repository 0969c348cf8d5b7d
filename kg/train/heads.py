"""The heads on the encoder: words' states → tags, features, tree, names; and statements, cue first."""

# mypy: disallow-subclassing-any=False
# (torch need not be there where types are checked; all of it is Any then)

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from kg.annotate.labels import Labels

ROLES = ("subject", "object", "recipient", "of", "theme", "place", "sources")
TASKS = ("tags", "tree", "names", "statements")
FAR = 512
"""Words further apart than this count as this far apart."""
_BUCKETS = 64


@dataclass(frozen=True, slots=True)
class WordStates:
    """The states of words, (batch, words, width) for each task, and which places hold a word."""

    tags: Tensor
    tree: Tensor
    names: Tensor
    statements: Tensor
    mask: Tensor


class LayerMix(nn.Module):
    """A softmax-weighted sum of the encoder's layers for each task, taken at the first piece of each word."""

    def __init__(self, layers: int, *, dropout: float) -> None:
        super().__init__()
        start = torch.zeros(len(TASKS), layers + 1)
        start[:, -1] = 3.0
        self.weights = nn.Parameter(start)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: list[Tensor], first_pieces: Tensor) -> Tensor:
        """Return (tasks, batch, words, width) from the layers' (batch, pieces, width)."""
        places = first_pieces[..., None].expand(-1, -1, states[0].shape[-1])
        words = torch.stack([state.gather(1, places) for state in states])
        shape = words.shape[1:]
        return self.dropout((self.weights.softmax(1) @ words.flatten(1)).view(len(TASKS), *shape))


class Biaffine(nn.Module):
    """A score for each pair of words and each of some outputs: [a; 1] W [b; 1]."""

    def __init__(self, width: int, outputs: int) -> None:
        super().__init__()
        self.outputs = outputs
        self.inner = nn.Linear(width + 1, outputs * (width + 1), bias=False)
        nn.init.normal_(self.inner.weight, std=0.01)

    def pairs(self, left: Tensor, right: Tensor) -> Tensor:
        """Return (batch, outputs, left words, right words)."""
        batch, words, width = left.shape
        halves = self.inner(_with_one(left)).view(batch, words, self.outputs, width + 1)
        return halves.transpose(1, 2) @ _with_one(right).transpose(1, 2)[:, None]

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        """Return (pairs, outputs) for words already put side by side, each (pairs, width)."""
        halves = self.inner(_with_one(left)).view(-1, self.outputs, left.shape[1] + 1)
        return (halves @ _with_one(right)[:, :, None])[:, :, 0]


def _with_one(states: Tensor) -> Tensor:
    return torch.cat([states, torch.ones_like(states[..., :1])], -1)


def _narrow(width: int, out: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, out), nn.LeakyReLU(0.1), nn.Dropout(0.3))


class GrammarHeads(nn.Module):
    """Tags, features, the tree and names."""

    def __init__(self, width: int, labels: Labels, *, arc: int = 320, label: int = 100) -> None:
        super().__init__()
        self.root = nn.Parameter(torch.randn(width) * 0.02)
        self.tags = nn.Linear(width, len(labels.tags))
        self.features = nn.Linear(width, sum(len(values) for _, values in labels.features))
        self.names = nn.Linear(width, len(labels.names))
        self.arc_head, self.arc_dependent = _narrow(width, arc), _narrow(width, arc)
        self.label_head, self.label_dependent = _narrow(width, label), _narrow(width, label)
        self.arc, self.label = Biaffine(arc, 1), Biaffine(label, len(labels.relations))

    def arcs(self, states: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return arc scores (batch, dependents, heads) and the words' two sides for labels; head 0 is the root."""
        with_root = torch.cat([self.root.expand(states.shape[0], 1, -1), states], 1)
        scores = self.arc.pairs(self.arc_dependent(states), self.arc_head(with_root))[:, 0]
        return scores, self.label_dependent(states), self.label_head(with_root)


class StatementHeads(nn.Module):
    """Cue first: which words carry which predicate; then, for each cue, which words fill its roles, and how."""

    def __init__(self, width: int, labels: Labels, *, frame: int = 256) -> None:
        super().__init__()
        self.frame = frame
        self.mentions = nn.Linear(width, 3)
        self.cues = nn.Sequential(
            nn.Linear(width, width), nn.GELU(), nn.Dropout(0.2), nn.Linear(width, len(labels.predicates))
        )
        nn.init.constant_(self.cues[3].bias, -4.0)
        self.words = nn.Sequential(nn.Linear(width, frame), nn.GELU(), nn.Dropout(0.2))
        self.cue = nn.Linear(width, frame)
        self.predicate = nn.Embedding(len(labels.predicates), frame)
        self.dropout = nn.Dropout(0.2)
        self.roles = nn.Linear(frame, len(ROLES) * frame, bias=False)
        nn.init.normal_(self.roles.weight, std=0.02)
        self.bias = nn.Parameter(torch.full((len(ROLES),), -1.5))
        self.elsewhere = nn.Parameter(torch.full((len(ROLES),), -4.0))
        self.distance = nn.Embedding(_BUCKETS, len(ROLES))
        self.polarity, self.modality = nn.Linear(frame, 2), nn.Linear(frame, 3)
        distances = torch.arange(-FAR, FAR + 1)
        steps = (distances.abs().float() + 1).log2().mul(4).add(1e-4).long().clamp(max=_BUCKETS // 2 - 1)
        self.register_buffer("bucket", distances.sign() * steps + _BUCKETS // 2)
        with torch.no_grad():
            self.distance.weight.copy_(-0.12 * (torch.arange(_BUCKETS).float() - _BUCKETS // 2).abs()[:, None])

    def forward(
        self, cue_states: Tensor, predicates: Tensor, words: Tensor, distances: Tensor, same_sentence: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return role scores (cues, roles, words), polarity (cues, 2) and modality (cues, 3).

        ``cue_states`` (cues, width); ``predicates`` (cues,); ``words`` (cues, words, frame), the output of
        ``self.words`` for the cue's block; ``distances`` (cues, words), words from the cue, and ``same_sentence``
        (cues, words), 1.0 or 0.0.
        """
        frames = self.dropout(nn.functional.gelu(self.cue(cue_states) + self.predicate(predicates)))
        sought = self.roles(frames).view(-1, len(ROLES), self.frame)
        scores = sought @ words.transpose(1, 2) / self.frame**0.5 + self.bias[None, :, None]
        near = self.distance(self.bucket[distances.clamp(-FAR, FAR) + FAR]).transpose(1, 2)
        away = (1 - same_sentence)[:, None, :] * self.elsewhere[None, :, None]
        return scores + near + away, self.polarity(frames), self.modality(frames)

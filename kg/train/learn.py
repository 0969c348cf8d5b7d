"""Blocks and a network → the network trained: batches, schedule, averaged weights, checkpoints."""

import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Generic, TypeVar

import torch
from torch import Tensor, nn

from kg.annotate.pieces import Pieces
from kg.train.corpora import Block, NameBlock, StatementBlock, TreeBlock

_Kind = TypeVar("_Kind", TreeBlock, NameBlock, StatementBlock)


@dataclass(frozen=True, slots=True)
class Source(Generic[_Kind]):
    """One kind of block to learn from: every how many steps a batch of it is taken, and how it is scored."""

    name: str
    blocks: Sequence[_Kind]
    loss: Callable[[Sequence[_Kind]], Tensor]
    batch: int
    """Pieces in a batch, padding included."""
    every: int = 1
    vary: Callable[[_Kind, random.Random], _Kind] | None = None
    """A change made to a block each time it is drawn."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast: steps, and peak rates of the encoder and the heads; warm-up, then down to a fiftieth."""

    steps: int
    encoder_rate: float
    head_rate: float
    warm_up: int = 80
    average: float = 0.998
    """How much of the running average of the weights a step keeps."""
    checkpoint_every: int = 50


class Learner:
    """A network, its optimiser and the running average of its weights; everything a checkpoint must hold."""

    def __init__(self, network: nn.Module, schedule: Schedule, *, seed: int) -> None:
        self.network, self.schedule, self.seed, self.step = network, schedule, seed, 0
        encoder = [p for name, p in network.named_parameters() if name.startswith("encoder.")]
        heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
        groups = [{"params": encoder, "lr": schedule.encoder_rate}, {"params": heads, "lr": schedule.head_rate}]
        self.optimiser = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
        self.rates = torch.optim.lr_scheduler.LambdaLR(self.optimiser, self._rate)
        self.average = {name: p.detach().clone() for name, p in network.named_parameters()}

    def _rate(self, step: int) -> float:
        return min(1.0, (step + 1) / self.schedule.warm_up) * max(0.02, 1 - step / self.schedule.steps)

    def learn(
        self, sources: Sequence[Source[Any]], pieces: Pieces, *, checkpoint: Path, say: Callable[[str], None]
    ) -> None:
        """Take the remaining steps; save a checkpoint every so many and continue from one that is there."""
        if checkpoint.exists():
            self._restore(checkpoint)
            say(f"continue from step {self.step}")
        streams = {s.name: _batches(s, pieces, self.seed, skip=math.ceil(self.step / s.every)) for s in sources}
        sums, began = dict.fromkeys(streams, 0.0), time.monotonic()
        self.network.train()
        while self.step < self.schedule.steps:
            torch.manual_seed(self.seed * 1_000_003 + self.step)
            self.optimiser.zero_grad()
            for source in sources:
                if self.step % source.every == 0:
                    loss = source.loss(next(streams[source.name]))
                    loss.backward()
                    sums[source.name] += loss.item() * source.every
            self._update()
            if self.step % self.schedule.checkpoint_every == 0 or self.step == self.schedule.steps:
                self._save(checkpoint)
                told = " ".join(f"{name} {total / self.schedule.checkpoint_every:.3f}" for name, total in sums.items())
                say(f"step {self.step} of {self.schedule.steps}: {told} ({time.monotonic() - began:.0f} s)")
                sums = dict.fromkeys(streams, 0.0)

    def _update(self) -> None:
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.rates.step()
        self.step += 1
        keep = min(self.schedule.average, self.step / (self.step + 10))
        with torch.no_grad():
            for name, parameter in self.network.named_parameters():
                self.average[name].lerp_(parameter, 1 - keep)

    def averaged(self) -> dict[str, Tensor]:
        """Return the network's state with the averaged weights."""
        return {**self.network.state_dict(), **self.average}

    def _save(self, path: Path) -> None:
        state = {
            "step": self.step,
            "network": self.network.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "rates": self.rates.state_dict(),
            "average": self.average,
        }
        fresh = path.with_suffix(".new")
        torch.save(state, fresh)
        fresh.replace(path)

    def _restore(self, path: Path) -> None:
        state = torch.load(path, weights_only=True)
        self.step = state["step"]
        self.network.load_state_dict(state["network"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.rates.load_state_dict(state["rates"])
        self.average = state["average"]


def _batches(source: Source[_Kind], pieces: Pieces, seed: int, *, skip: int) -> Iterator[list[_Kind]]:
    """Yield batches for ever, blocks of like length together, each pass in an order of its own."""
    drawn = 0
    sizes = {n: _size(block.block, pieces) for n, block in enumerate(source.blocks)}
    for epoch in count():
        chance = random.Random(f"{seed}/{source.name}/{epoch}")
        order = sorted(sizes, key=lambda n: sizes[n] * (1 + chance.random() * 0.15))
        batches: list[list[int]] = [[]]
        longest = 0
        for n in order:
            longest = max(longest, sizes[n])
            if batches[-1] and longest * (len(batches[-1]) + 1) > source.batch:
                batches.append([])
                longest = sizes[n]
            batches[-1].append(n)
        chance.shuffle(batches)
        for batch in batches:
            drawn += 1
            blocks = [source.blocks[n] for n in batch]
            varied = [source.vary(block, chance) if source.vary else block for block in blocks]
            if drawn > skip:
                yield varied


def _size(block: Block, pieces: Pieces) -> int:
    return 2 + sum(len(pieces.of_word(word)) for word in block.words)

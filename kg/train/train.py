"""A folder of data and the base model → a trained network: stage by stage."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from kg.annotate.labels import Labels
from kg.annotate.pieces import Pieces
from kg.names import interchangeable, load_names
from kg.ontology import predicates
from kg.train.base import Base, BaseFiles
from kg.train.encoder import load_encoder, word_vectors
from kg.train.gather import Corpus, gather
from kg.train.learn import Learner, Schedule, Source
from kg.train.losses import Losses, labels_of
from kg.train.network import Network
from kg.train.reload import start_from
from kg.train.vary import exchanger
from kg.train.vocabulary import cut_tokenizer

RECIPE = Path(__file__).with_name("recipe.toml")


@dataclass(frozen=True, slots=True)
class Trained:
    """A trained network and what must be kept with it."""

    network: Network
    base: Base
    tokenizer: str
    kept: list[int]
    corpus: Corpus

    @property
    def labels(self) -> Labels:
        """Return what the heads choose from."""
        return self.network.labels


def read_recipe(path: Path = RECIPE) -> dict[str, Any]:
    """Return a recipe: the shipped one, or another file of the same form."""
    return tomllib.loads(path.read_text(encoding="utf8"))


def train(
    data: Path,
    files: BaseFiles,
    work: Path,
    *,
    recipe: dict[str, Any],
    seed: int,
    say: Callable[[str], None],
    start: Path | None = None,
) -> Trained:
    """Train through the recipe's stages; a run that was interrupted goes on from the checkpoints in the folder ``work``.

    With ``start``, a folder with a model's files, the weights are at first that model's and not the base's.
    """
    torch.manual_seed(seed)
    work.mkdir(parents=True, exist_ok=True)
    base = Base(files.weights, sha256=files.sha256)
    tokenizer, kept = cut_tokenizer(files.tokenizer, tuple(recipe["scripts"]))
    corpus = gather(data, recipe)
    trees, names = corpus.trees + corpus.split_trees, corpus.names + corpus.coarse_names
    say(f"{len(trees)} treebank blocks, {len(names)} sentences with names, {len(corpus.statements)} with statements")
    labels = labels_of(trees, corpus.names, tuple(sorted(predicates())))
    network = Network(load_encoder(base, dropout=recipe["dropout"]), labels)
    if start:
        start_from(network, start)
    pieces, vectors = Pieces(Tokenizer.from_str(tokenizer)), word_vectors(base, kept)
    for stage in recipe["stages"]:
        schedule = Schedule(
            stage["steps"],
            stage["encoder_rate"],
            stage["head_rate"],
            checkpoint_every=recipe["checkpoint_every"],
        )
        network.encoder.frozen = stage["frozen_layers"]
        learner = Learner(network, schedule, seed=seed)
        sources = make_sources(corpus, Losses(network, vectors, pieces), recipe, stage["sources"])
        learner.learn(sources, pieces, checkpoint=work / f"{stage['name']}.pt", say=say)
        network.load_state_dict(learner.averaged())
    return Trained(network.eval(), base, tokenizer, kept, corpus)


def make_sources(
    corpus: Corpus, losses: Losses, recipe: dict[str, Any], settings: dict[str, dict[str, int]]
) -> list[Source[Any]]:
    """Return what a stage learns from: the kinds of text that its settings name, each with its batch and how often."""
    names = load_names(tuple(recipe["languages"]))
    vary = exchanger(group for lang in recipe["languages"] for group in interchangeable(names, lang))
    kinds: dict[str, tuple[Any, Any, Any]] = {
        "statements": (corpus.statements, losses.statements, vary),
        "trees": (corpus.trees, losses.tree, None),
        "split_trees": (corpus.split_trees, losses.tree, None),
        "names": (corpus.names, losses.names, None),
        "coarse_names": (corpus.coarse_names, losses.names, None),
    }
    sources = []
    for kind, setting in settings.items():
        blocks, loss, change = kinds[kind]
        sources.append(Source(kind, blocks, loss, setting["batch"], every=setting["every"], vary=change))
    return sources

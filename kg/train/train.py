"""A folder of data and the base model → a trained network: first grammar and names, then statements."""

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
    """Train through both stages; a run that was interrupted goes on from the checkpoints in the folder ``work``.

    With ``start``, a folder with a model's files, the weights are at first that model's and not the base's.
    """
    torch.manual_seed(seed)
    work.mkdir(parents=True, exist_ok=True)
    base = Base(files.weights, sha256=files.sha256)
    tokenizer, kept = cut_tokenizer(files.tokenizer, tuple(recipe["scripts"]))
    corpus = gather(data, recipe)
    trees, names, statements = len(corpus.trees), len(corpus.names), len(corpus.statements)
    say(f"{trees} treebank blocks, {names} sentences with names, {statements} blocks with statements")
    labels = labels_of(corpus.trees, corpus.names, tuple(sorted(predicates())))
    network = Network(load_encoder(base, dropout=recipe["dropout"]), labels)
    if start:
        start_from(network, start)
    pieces, vectors = Pieces(Tokenizer.from_str(tokenizer)), word_vectors(base, kept)
    for stage, sources in (("grammar", _grammar_sources), ("statements", _statement_sources)):
        settings = recipe[stage]
        schedule = Schedule(
            settings["steps"],
            settings["encoder_rate"],
            settings["head_rate"],
            checkpoint_every=recipe["checkpoint_every"],
        )
        learner = Learner(network, schedule, seed=seed)
        learner.learn(
            sources(corpus, Losses(network, vectors, pieces), settings),
            pieces,
            checkpoint=work / f"{stage}.pt",
            say=say,
        )
        network.load_state_dict(learner.averaged())
    return Trained(network.eval(), base, tokenizer, kept, corpus)


def _grammar_sources(corpus: Corpus, losses: Losses, settings: dict[str, Any]) -> list[Source[Any]]:
    return [
        Source("tree", corpus.trees, losses.tree, settings["tree_batch"]),
        Source("names", corpus.names, losses.names, settings["names_batch"]),
    ]


def _statement_sources(corpus: Corpus, losses: Losses, settings: dict[str, Any]) -> list[Source[Any]]:
    grammar, every = settings["grammar_batch"], settings["grammar_every"]
    names = load_names(tuple(settings["languages"]))
    vary = exchanger(group for lang in settings["languages"] for group in interchangeable(names, lang))
    return [
        Source("statements", corpus.statements, losses.statements, settings["statements_batch"], vary=vary),
        Source("tree", corpus.trees, losses.tree, grammar, every=every),
        Source("names", corpus.names, losses.names, grammar, every=every),
    ]

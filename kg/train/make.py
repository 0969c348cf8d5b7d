"""A folder of data and the base model → the model's files with their thresholds, and the figures they reach."""

import json
from collections.abc import Callable
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

from kg.annotate.labels import write_labels
from kg.annotate.lemmas import read_lemmas, write_lemmas
from kg.annotate.model import Model
from kg.train.base import BaseFiles
from kg.train.corpora import read_names, read_treebank
from kg.train.gather import find_files
from kg.train.lemmas import learn_lemmas
from kg.train.measure import GrammarFigures, measure
from kg.train.publish import publish
from kg.train.train import train
from kg.train.tune import tune


def make_model(  # noqa: PLR0913 - a run is made from as many things
    data: Path,
    files: BaseFiles,
    folder: Path,
    *,
    recipe: dict[str, Any],
    seed: int,
    work: Path,
    say: Callable[[str], None],
    start: Path | None = None,
) -> dict[str, dict[str, float]]:
    """Train, write the model's files into ``folder``, choose the thresholds, and return the figures on the dev splits."""
    trained = train(data, files, work, recipe=recipe, seed=seed, say=say, start=start)
    vectors = trained.base.word_vector_blocks()[trained.kept]
    publish(trained.network, vectors, trained.tokenizer, folder)
    files_by_lang = recipe["data"]["lemmas"]
    write_lemmas({lang: learn_lemmas(find_files(data, paths)) for lang, paths in files_by_lang.items()}, folder)
    say(f"choose thresholds on {len(trained.corpus.held_out)} texts")
    tuned = tune(folder, trained.corpus.held_out)
    write_labels(trained.labels, folder, thresholds=tuned.thresholds, weights=tuned.weights)
    say(f"calibration error {tuned.calibration_error:.3f} on {tuned.candidates} candidates")
    figures = {lang: asdict(each) for lang, each in measure_grammar(data, folder, recipe).items()}
    (folder / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf8")
    return figures


def measure_grammar(data: Path, folder: Path, recipe: dict[str, Any]) -> dict[str, GrammarFigures]:
    """Return how well a model tags, parses and names on the files of the recipe's [measure], by language."""
    model, lemmas = Model(folder), read_lemmas(folder)
    figures = {}
    for lang, files in recipe["measure"].items():
        trees = chain.from_iterable(
            read_treebank(path, merge_multiword=files["merge"]) for path in find_files(data, files["treebanks"])
        )
        names = chain.from_iterable(map(read_names, find_files(data, files["names"])))
        figures[lang] = measure(model, lemmas[lang], trees, names, lang=lang, kinds=files["coarse_kinds"])
    return figures

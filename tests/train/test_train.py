import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra kg[train])")

from kg.annotate.model import Model  # noqa: E402 - what follows needs torch
from kg.errors import InputError  # noqa: E402
from kg.train.base import Base, BaseFiles  # noqa: E402
from kg.train.gather import gather  # noqa: E402
from kg.train.make import make_model  # noqa: E402
from kg.train.publish import START_THRESHOLDS, publish  # noqa: E402
from kg.train.reload import start_from  # noqa: E402
from kg.train.train import read_recipe, train  # noqa: E402

pytestmark = pytest.mark.train


WORDS = ["Η", "Ρωσία", "και", "το", "Ιράν", "υπέγραψαν", "συνθήκη", "."]


@pytest.fixture
def files(base):
    return BaseFiles(*base)


@pytest.fixture
def recipe():
    recipe = read_recipe()
    recipe["data"] = {
        "treebanks": ["tree.conllu"], "names": ["names.iob2"], "statements": ["gold.jsonl"], "kept_aside": ["dev.jsonl"],
        "published": False,
    }  # fmt: skip
    recipe["measure"] = {"treebanks": ["tree.conllu"], "names": ["names.iob2"]}
    recipe["checkpoint_every"] = 2
    recipe["grammar"]["steps"] = recipe["statements"]["steps"] = 4
    return recipe


def test_a_model_is_trained_written_and_read_again(files, data, recipe, tmp_path):
    told = []
    figures = make_model(
        data, files, tmp_path / "model", recipe=recipe, seed=1, work=tmp_path / "work", say=told.append
    )
    assert set(figures) == {"tags", "features", "heads", "relations", "names"}
    assert json.loads((tmp_path / "model" / "figures.json").read_text(encoding="utf8")) == figures
    scores = Model(tmp_path / "model", threads=1).read(WORDS)
    assert scores.cues.shape == (len(WORDS), 40)
    assert np.isfinite(scores.arcs).all()


def test_training_starts_from_a_model_that_was_written(files, data, recipe, tmp_path):
    trained = train(data, files, tmp_path / "work", recipe=recipe, seed=1, say=str)
    vectors = trained.base.word_vector_blocks()[trained.kept]
    publish(trained.network, vectors, trained.tokenizer, tmp_path / "model", thresholds=START_THRESHOLDS)
    before = {name: parameter.detach().clone() for name, parameter in trained.network.named_parameters()}
    for parameter in trained.network.parameters():
        torch.nn.init.zeros_(parameter)
    start_from(trained.network, tmp_path / "model")
    for name, parameter in trained.network.named_parameters():
        if name == "mix.weights":  # only its softmax counts
            assert torch.allclose(parameter.softmax(1), before[name].softmax(1), atol=1e-3)
        else:
            assert torch.allclose(parameter, before[name], atol=0.02 * float(before[name].abs().max())), name


def test_an_interrupted_run_ends_where_an_uninterrupted_one_does(files, data, recipe, tmp_path):
    whole = train(data, files, tmp_path / "whole", recipe=recipe, seed=3, say=str)
    stopped = _stop_after(4)  # the data, grammar at steps 2 and 4, statements at step 2
    with pytest.raises(KeyboardInterrupt):
        train(data, files, tmp_path / "halves", recipe=recipe, seed=3, say=stopped)
    resumed = train(data, files, tmp_path / "halves", recipe=recipe, seed=3, say=str)
    for (name, one), other in zip(
        whole.network.state_dict().items(), resumed.network.state_dict().values(), strict=True
    ):
        assert torch.equal(one, other), name


def _stop_after(lines):
    told = []

    def say(line):
        told.append(line)
        if len(told) == lines:
            raise KeyboardInterrupt

    return say


def test_a_base_model_with_another_hash_is_refused(files):
    with pytest.raises(InputError, match="not the base model"):
        Base(files.weights, sha256="0" * 64)


def test_texts_that_share_a_sentence_with_what_is_kept_aside_are_not_learned_from(data, recipe):
    assert gather(data, recipe).statements
    (data / "leak.jsonl").write_text((data / "gold.jsonl").read_text(encoding="utf8"), encoding="utf8")
    recipe["data"]["kept_aside"] = ["leak.jsonl"]
    assert not gather(data, recipe).statements


def test_a_contraction_is_one_word_of_the_treebank_and_keeps_its_place_in_the_tree(data, recipe):
    merged, apart = gather(data, recipe).trees
    assert merged.block.words == ("Η", "Ρωσία", "υπέγραψε", "στη", "Μόσχα")
    assert merged.heads == (2, 3, 0, 5, 3)
    assert len(apart.block.words) == 6


def test_a_missing_file_of_data_is_named(data, recipe):
    recipe["data"]["names"] = ["nowhere.iob2"]
    with pytest.raises(InputError, match=r"nowhere\.iob2"):
        gather(data, recipe)


def test_the_recipe_reads_only_files_that_are_not_kept_aside():
    files = read_recipe()["data"]
    for pattern in (*files["treebanks"], *files["names"], *files["statements"]):
        assert not any(Path(pattern).match(aside) for aside in files["kept_aside"])

import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra kg[train])")

from kg.annotate.lemmas import read_lemmas, write_lemmas  # noqa: E402 - what follows needs torch
from kg.annotate.model import Model  # noqa: E402
from kg.errors import InputError  # noqa: E402
from kg.train.base import Base, BaseFiles  # noqa: E402
from kg.train.corpora import read_marked, read_name_texts, read_statements, read_treebank_texts  # noqa: E402
from kg.train.encoder import load_encoder  # noqa: E402
from kg.train.gather import gather  # noqa: E402
from kg.train.lemmas import learn_lemmas  # noqa: E402
from kg.train.make import make_model  # noqa: E402
from kg.train.publish import publish  # noqa: E402
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
        "treebanks": ["tree.conllu"], "split_treebanks": ["tree.conllu"], "names": ["names.iob2"],
        "coarse_names": ["coarse.iob2"], "coarse_kinds": {"PER": ["PERSON"], "LOC": ["GPE"]}, "marked_names": {}, "marked_treebanks": [],
        "lemmas": {"el": ["tree.conllu"]}, "statements": ["gold.jsonl"], "kept_aside": ["dev.jsonl"], "published": False,
        "twice": [],
    }  # fmt: skip
    measured = {"treebanks": ["tree.conllu"], "merge": True, "names": ["names.iob2"], "coarse_kinds": {}}
    recipe["measure"] = {"el": measured}
    recipe["checkpoint_every"] = 2
    for stage in recipe["stages"]:
        stage.update(steps=4, frozen_layers=min(1, stage["frozen_layers"]))
    return recipe


def test_a_model_is_trained_written_and_read_again(files, data, recipe, tmp_path):
    told = []
    figures = make_model(
        data, files, tmp_path / "model", recipe=recipe, seed=1, work=tmp_path / "work", say=told.append
    )
    assert set(figures["el"]) == {"tags", "features", "lemmas", "heads", "relations", "names"}
    assert json.loads((tmp_path / "model" / "figures.json").read_text(encoding="utf8")) == figures
    scores = Model(tmp_path / "model", threads=1).read(WORDS)
    assert scores.cues.shape == (len(WORDS), 40)
    assert np.isfinite(scores.arcs).all()


def test_training_starts_from_a_model_that_was_written(files, data, recipe, tmp_path):
    trained = train(data, files, tmp_path / "work", recipe=recipe, seed=1, say=str)
    vectors = trained.base.word_vector_blocks()[trained.kept]
    publish(trained.network, vectors, trained.tokenizer, tmp_path / "model")
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
    corpus = gather(data, recipe)
    merged, apart = corpus.trees
    assert corpus.split_trees == (apart,)
    assert merged.block.words == ("Η", "Ρωσία", "υπέγραψε", "στη", "Μόσχα")
    assert merged.heads == (2, 3, 0, 5, 3)
    assert len(apart.block.words) == 6


def test_a_coarse_name_may_be_any_of_its_kinds_and_another_word_none_of_them(data, recipe):
    (block,) = gather(data, recipe).coarse_names
    assert [sorted(labels) for labels in block.names] == [["B-PERSON"], ["I-PERSON"], ["O"], ["B-GPE"]]


def test_statements_apart_from_their_sentences_are_those_of_any_other_gold(tmp_path):
    (tmp_path / "names.iob2").write_text(
        "Η O\nΡωσία B-GPE\nεπέκρινε O\n« O\nτο O\nΙράν B-GPE\n» O\n. O\n", encoding="utf8"
    )
    texts = read_name_texts(tmp_path / "names.iob2", "sentence")
    assert texts == {"sentence-0": "Η Ρωσία επέκρινε «το Ιράν»."}
    marked = {
        "predicate": "condemns", "cue": [8, 16], "subject": [{"at": [2, 7], "key": "RUS"}], "object": [{"at": [21, 25], "key": "IRN"}],
        "recipient": [], "of": [], "theme": [], "place": [], "sources": [], "polarity": "positive", "modality": "actual",
    }  # fmt: skip
    line = {"id": "sentence-0", "lang": "el", "date": "2018-07-15", "statements": [marked]}
    (tmp_path / "some.marks").write_text(json.dumps(line), encoding="utf8")
    (record,) = read_marked(tmp_path / "some.marks", texts)
    (block,) = read_statements([record])
    (frame,) = block.frames
    assert record["statements"][0]["object"] == {"text": "Ιράν", "start": 21, "end": 25, "key": "IRN"}
    assert [block.block.words[n] for n in frame.roles["subject"]] == ["Ρωσία"]
    assert record["statements"][0]["recipient"] is None


def test_the_sentences_of_a_treebank_are_found_by_their_ids(tmp_path):
    rows = "1\tΝαι\tναι\tINTJ\t_\t_\t0\troot\t_\t_\n\n"
    (tmp_path / "a.conllu").write_text(
        f"# sent_id = s-1\n# text = Ναι.\n{rows}# sent_id = s-2\n# text = Όχι!\n{rows}", encoding="utf8"
    )
    assert read_treebank_texts(tmp_path / "a.conllu") == {"s-1": "Ναι.", "s-2": "Όχι!"}


def test_lemmas_come_from_the_treebank_then_from_what_its_endings_do(data, recipe, tmp_path):
    lemmas = learn_lemmas([data / "tree.conllu"])
    assert lemmas.of("ΥΠΈΓΡΑΨΕ".capitalize(), "VERB", "el") == "υπογράφω"
    assert lemmas.of("στη", "ADP", "el") == "σε"
    assert lemmas.of("Ρωσία", "PROPN", "el") == "Ρωσία"
    write_lemmas({"el": lemmas}, tmp_path)
    assert read_lemmas(tmp_path) == {"el": lemmas}


def test_the_layers_that_are_frozen_stay_as_they_are(files, data, recipe, tmp_path):
    recipe["stages"] = [{**recipe["stages"][-1], "frozen_layers": 1}]
    before = load_encoder(Base(files.weights, sha256=""), dropout=0.0).state_dict()
    after = train(data, files, tmp_path / "work", recipe=recipe, seed=1, say=str).network.encoder.state_dict()
    changed = {name.split(".")[1] for name, values in after.items() if not torch.equal(values, before[name])}
    assert changed == {"1"}


def test_a_missing_file_of_data_is_named(data, recipe):
    recipe["data"]["names"] = ["nowhere.iob2"]
    with pytest.raises(InputError, match=r"nowhere\.iob2"):
        gather(data, recipe)


def test_the_recipe_reads_only_files_that_are_not_kept_aside():
    files = read_recipe()["data"]
    for pattern in (
        *files["treebanks"],
        *files["split_treebanks"],
        *files["names"],
        *files["coarse_names"],
        *files["statements"],
    ):
        assert not any(Path(pattern).match(aside) for aside in files["kept_aside"])

"""The model that is shipped, through the same doors as everybody's texts."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies

from kg.annotate.labels import FILE
from kg.annotate.model import FILES, SHIPPED, Model, shipped_model
from kg.errors import DataError, ModelMissing
from kg.extract import extract
from kg.extract.component import load
from kg.values import Document

pytestmark = pytest.mark.skipif(not SHIPPED.is_dir(), reason="no model in kg/annotate/model: make it with `kg train`")

MOST_BYTES = 60_000_000
TEXTS = {
    "accusation": "Οι ΗΠΑ κατηγόρησαν την Τεχεράνη ότι παρέδωσε πυραύλους στη Ρωσία. Το Ιράν το αρνείται.",
    "visit": "Ο Σεργκέι Λαβρόφ επισκέφθηκε την Αθήνα και συναντήθηκε με τον Νίκο Δένδια.",
    "treaty": "Η Ρωσία και το Ιράν σκοπεύουν να υπογράψουν συνθήκη, δήλωσε ο Βλαντίμιρ Πούτιν.",
    "english": "Russia and Iran signed a treaty in Moscow. The United States imposed sanctions on Iran.",
}
WORDS = TEXTS["accusation"].replace(".", " .").split()
MANY_WORDS = " ".join(WORDS[n % len(WORDS)].strip(".") for n in range(3000))
ODD = ["\u0301", "e\u0301\u0323", "🇬🇷", "👩‍👩‍👧", "\u200b", "\u00ad", "\ufeff", "\u2028", "\x00", "\x1c", "\u3000", "中文", "ﷺ", "ﬁ", "Ά"]  # fmt: skip
PARTS = [*WORDS, *["Ρωσία", "Ιράν", "υπέγραψαν", "ΗΠΑ", "είπε"], *'.,;·!…«»"“”()–-', " ", "\n", "\n\n", "\t", *ODD]
texts = strategies.lists(strategies.sampled_from(PARTS), max_size=30).map(" ".join) | strategies.lists(
    strategies.sampled_from(PARTS), max_size=30
).map("".join)


def document(text, lang="el"):
    return Document("d", text, lang)


def arrays(scores):
    return [getattr(scores, field) for field in scores.__slots__]


def same(one, other):
    return all(np.array_equal(a, b) for a, b in zip(arrays(one), arrays(other), strict=True))


def mentions_of(reading):
    yield from reading.names
    for claim in reading.claims:
        yield from (claim.subject, claim.object, claim.cue, *claim.sources)
        yield from filter(None, (claim.recipient, claim.theme, claim.of, claim.place))


def test_the_model_is_at_most_sixty_megabytes():
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) <= MOST_BYTES


def test_a_block_gets_the_same_scores_with_one_thread_and_with_two():
    assert same(Model(threads=1).read(WORDS), Model(threads=2).read(WORDS))


def test_a_block_gets_the_same_scores_whatever_was_read_before():
    fresh, used = Model(threads=1), Model(threads=1)
    for text in (*TEXTS.values(), MANY_WORDS[:1200]):
        used.read(text.split())
    assert same(fresh.read(WORDS), used.read(WORDS))


def test_documents_read_in_another_order_give_equal_readings():
    documents = [Document(name, text, "en" if name == "english" else "el") for name, text in TEXTS.items()]
    forwards = {each.id: extract(each) for each in documents}
    backwards = {each.id: extract(each) for each in reversed(documents)}
    assert forwards == backwards


def test_the_labels_are_as_many_as_the_scores():
    model, labels = shipped_model(), shipped_model().labels
    scores = model.read(WORDS)
    assert scores.tags.shape == (len(WORDS), len(labels.tags))
    assert scores.features.shape == (len(WORDS), sum(len(values) for _, values in labels.features))
    assert scores.names.shape == (len(WORDS), len(labels.names))
    assert scores.cues.shape == (len(WORDS), len(labels.predicates))
    assert model.label(scores, np.zeros(len(WORDS), dtype=np.int64)).shape == (len(WORDS), len(labels.relations))


def test_every_score_counts_from_a_threshold():
    assert set(shipped_model().thresholds) >= {"cue", "role", "needed_role", "mention", "rival"}


@settings(max_examples=60)
@given(texts)
def test_mentions_of_any_text_stand_where_their_offsets_say(text):
    for mention in mentions_of(extract(document(text))):
        assert text[mention.start : mention.end] == mention.text


@settings(max_examples=60)
@given(texts)
def test_each_sentence_of_any_text_has_one_root(text):
    for sentence in load("el")(text).sents:
        assert sum(token.head == token for token in sentence) == 1


@pytest.mark.parametrize(
    "text", ["", " ", " \n\t ", *ODD, "".join(ODD), "🇬🇷 " * 40, "\u0301" * 60, "Ρωσία" * 400, MANY_WORDS]
)
@pytest.mark.parametrize("lang", ["el", "en"])
def test_odd_texts_are_read_without_a_fault(text, lang):
    doc = load(lang)(text)
    assert doc.text == text
    assert all(sum(token.head == token for token in sentence) == 1 for sentence in doc.sents)
    for mention in mentions_of(extract(document(text, lang))):
        assert text[mention.start : mention.end] == mention.text


@pytest.fixture
def copy(tmp_path):
    for name in FILES:
        (tmp_path / name).symlink_to(SHIPPED / name)
    return tmp_path


@pytest.mark.parametrize("name", FILES)
def test_a_model_without_one_of_its_files_is_missing(copy, name):
    (copy / name).unlink()
    with pytest.raises(ModelMissing, match=rf"{name} missing; install kg again"):
        Model(copy)


def test_a_folder_that_is_not_there_lacks_every_file(tmp_path):
    with pytest.raises(ModelMissing, match=", ".join(FILES)):
        Model(tmp_path / "nowhere")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"thresholds": {}}', '{"thresholds": {}, "features": [1]}', '{"thresholds": {}, "features": [], "more": []}'])  # fmt: skip
def test_labels_that_are_no_models_are_named(copy, content):
    (copy / FILE).unlink()
    (copy / FILE).write_text(content, encoding="utf8")
    with pytest.raises(DataError, match=r"labels\.json: not the labels of a model"):
        Model(copy)

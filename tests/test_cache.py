from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kg.cache import Cache
from kg.errors import StoreError
from kg.values import Attribution, Claim, Document, Mention, Modality, Polarity, Reading

TEXT = "Η Τεχεράνη αρνείται ότι προμηθεύει στη Μόσχα πυραύλους."
DOCUMENT = Document("a", TEXT, "el", date(2024, 10, 31))


def mention(words: str, kind: str = "") -> Mention:
    start = TEXT.index(words)
    return Mention(start, start + len(words), words, kind)


READING = Reading(
    DOCUMENT,
    (
        Claim(
            mention("Τεχεράνη", "Place"),
            "supplies",
            mention("πυραύλους"),
            mention("προμηθεύει"),
            (0, len(TEXT)),
            recipient=mention("Μόσχα"),
            polarity=Polarity.NEGATIVE,
            modality=Modality.ACTUAL,
            attribution=Attribution.NAMED,
            sources=(mention("Τεχεράνη"),),
            time="2024-09",
            extractor="by-hand",
            confidence=0.1 + 0.2,
        ),
    ),
    (mention("Τεχεράνη", "Place"), mention("Μόσχα", "Place")),
)


def test_a_reading_comes_back_as_it_was(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "model data")
    assert cache.get(DOCUMENT) is None
    cache.put(READING)
    assert cache.get(DOCUMENT) == READING
    kept = cache.get(DOCUMENT)
    assert kept
    assert isinstance(kept.claims[0].polarity, Polarity)


def test_the_same_text_under_another_id_need_not_be_read_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "model data")
    cache.put(READING)
    other = replace(DOCUMENT, id="b", url="https://news.example/b")
    assert cache.get(other) == replace(READING, document=other)


@pytest.mark.parametrize(
    "other", [replace(DOCUMENT, text=TEXT + " "), replace(DOCUMENT, lang="en"), replace(DOCUMENT, published=None)]
)
def test_another_text_language_or_day_is_read_anew(tmp_path: Path, other: Document) -> None:
    cache = Cache(tmp_path, "model data")
    cache.put(READING)
    assert cache.get(other) is None


def test_another_model_makes_readings_stale(tmp_path: Path) -> None:
    Cache(tmp_path, "model data").put(READING)
    assert Cache(tmp_path, "model2 data").get(DOCUMENT) is None


def test_a_broken_file_is_read_as_none_and_replaced(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "model data")
    cache.put(READING)
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    file.write_text('{"claims": [{"subj')
    assert cache.get(DOCUMENT) is None
    cache.put(READING)
    assert cache.get(DOCUMENT) == READING


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"file: cannot be written .*--store"):
        Cache(tmp_path / "file", "model data").put(READING)

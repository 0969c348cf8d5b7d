"""A folder of data and a recipe → what there is to learn from, without anything that is kept aside to measure with."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from kg.annotate.sentences import split_sentences
from kg.errors import InputError
from kg.train.corpora import (
    Block,
    NameBlock,
    StatementBlock,
    TreeBlock,
    add_offsets,
    read_marked,
    read_name_texts,
    read_names,
    read_records,
    read_statements,
    read_treebank,
    read_treebank_texts,
    refine_names,
)

TEXTS = Path(__file__).parent / "texts"
"""The published training set: texts written for it; the cues of gold that came without; and statements of sentences
of a set of names, apart from the sentences."""
_Learned = TypeVar("_Learned", TreeBlock, NameBlock)
_SHORT = 5
"""Sentences of fewer words («Αθήνα, 3 Μαΐου») may stand in training and in measuring texts alike."""
_HELD_OUT = 24
"""One text in so many is not learned from: the thresholds are chosen on it."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is learned from, and the records the thresholds are chosen on."""

    trees: tuple[TreeBlock, ...]
    split_trees: tuple[TreeBlock, ...]
    """Of treebanks of languages whose contractions the tokenizer takes apart."""
    names: tuple[NameBlock, ...]
    coarse_names: tuple[NameBlock, ...]
    """Of sets that tell fewer kinds apart."""
    statements: tuple[StatementBlock, ...]
    held_out: tuple[dict[str, Any], ...]


def gather(data: Path, recipe: dict[str, Any]) -> Corpus:
    """Read the files that the recipe's [data] names in the folder, leaving out what shares a sentence with its kept_aside."""
    files = recipe["data"]
    aside = frozenset(chain.from_iterable(map(_sentences_of, find_files(data, files["kept_aside"]))))
    texts = [record for record in _texts(data, files) if not aside & set(_keys_of(record))]
    learned = [record for record in texts if not is_held_out(record["id"])]
    again = [record for record in learned if record["id"].startswith(tuple(files["twice"]))]
    names = tuple(_apart(chain.from_iterable(map(read_names, find_files(data, files["names"]))), aside))
    coarse = _apart(chain.from_iterable(map(read_names, find_files(data, files["coarse_names"]))), aside)
    fine = {name for block in names for labels in block.names for name in labels}
    return Corpus(
        tuple(_apart(_trees(find_files(data, files["treebanks"])), aside)),
        tuple(_apart(_split_trees(find_files(data, files["split_treebanks"])), aside)),
        names,
        tuple(refine_names(block, fine, files["coarse_kinds"]) for block in coarse),
        tuple(read_statements(learned + again)),
        tuple(record for record in texts if is_held_out(record["id"])),
    )


def _texts(data: Path, files: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the gold records of the recipe's files and of the published training set, with all that is kept apart."""
    paths = find_files(data, files["statements"])
    if not files["published"]:
        return list(chain.from_iterable(map(read_records, paths)))
    sentences: dict[str, str] = {}
    for name, path in files["marked_names"].items():
        sentences |= read_name_texts(data / path, name)
    for path in find_files(data, files["marked_treebanks"]):
        sentences |= read_treebank_texts(path)
    records = chain.from_iterable(map(read_records, [*paths, *sorted(TEXTS.glob("*.jsonl"))]))
    cues = chain.from_iterable(map(read_records, sorted(TEXTS.glob("*.cues"))))
    marked = (read_marked(path, sentences) for path in sorted(TEXTS.glob("*.marks")))
    return [*add_offsets(records, cues), *chain.from_iterable(marked)]


def find_files(data: Path, patterns: Iterable[str]) -> list[Path]:
    """Return the files in a folder that match any of the patterns; raise InputError where one matches nothing."""
    found = []
    for pattern in patterns:
        paths = sorted(data.glob(pattern))
        if not paths:
            message = f"{data}: nothing there matches {pattern}; give the folder that the recipe's [data] describes"
            raise InputError(message)
        found.extend(paths)
    return found


def is_held_out(text_id: str) -> bool:
    """Tell whether the thresholds are chosen on this text, by a hash of its id."""
    return hashlib.sha256(text_id.encode("utf8")).digest()[0] % _HELD_OUT == 0


def _trees(paths: Iterable[Path]) -> Iterator[TreeBlock]:
    """Yield treebank blocks as the texts are spelled, and half of them again with contractions taken apart."""
    for path in paths:
        yield from read_treebank(path, merge_multiword=True)
        yield from list(read_treebank(path, merge_multiword=False))[::2]


def _split_trees(paths: Iterable[Path]) -> Iterator[TreeBlock]:
    for path in paths:
        yield from read_treebank(path, merge_multiword=False)


def _apart(blocks: Iterable[_Learned], aside: frozenset[str]) -> Iterator[_Learned]:
    yield from (block for block in blocks if not aside & set(_sentence_keys(block.block)))


def _sentence_keys(block: Block) -> Iterator[str]:
    by_number: dict[int, list[str]] = {}
    for word, number in zip(block.words, block.sentences, strict=True):
        by_number.setdefault(number, []).append(word)
    yield from (key for words in by_number.values() if (key := _key(" ".join(words))))


def _sentences_of(path: Path) -> Iterator[str]:
    if ".jsonl" in path.suffixes:
        for record in read_records(path):
            yield from _keys_of(record)
    elif ".conllu" in path.suffixes:
        for block in read_treebank(path, merge_multiword=True):
            yield from _sentence_keys(block.block)
    else:
        for sentence in read_names(path):
            yield from _sentence_keys(sentence.block)


def _keys_of(record: dict[str, Any]) -> Iterator[str]:
    spans = split_sentences(record["text"], record.get("lang", ""))
    yield from (key for a, b in spans if (key := _key(record["text"][a:b])))


def _key(sentence: str) -> str:
    words = re.findall(r"\w+", sentence.casefold())
    return " ".join(words) if len(words) > _SHORT else ""

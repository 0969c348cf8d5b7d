"""Files of treebanks, named-entity sets and gold statements → blocks of words with what is to be learned."""

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import spacy

from kg.annotate.blocks import LONGEST_BLOCK_WORDS, LONGEST_SENTENCE_WORDS, cut_blocks
from kg.train.heads import ROLES
from kg.values import Modality, Polarity, Span

_PLAIN_COLUMNS = 2
_CLOSING, _OPENING = re.compile(r" ([,.;:!?»)\]…·%]+)(?=\s|$)"), re.compile(r"([«(\[]) ")
"""Punctuation that stands at the word before it, and at the one after it."""
POLARITIES, MODALITIES = tuple(Polarity), tuple(Modality)


@dataclass(frozen=True, slots=True)
class Block:
    """Words that are read together, and the number of the sentence of each."""

    words: tuple[str, ...]
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TreeBlock:
    """A block of a treebank; heads are places in the block counted from 1, 0 is the root."""

    block: Block
    tags: tuple[str, ...]
    lemmas: tuple[str, ...]
    features: tuple[dict[str, str], ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameBlock:
    """A sentence with the BIO labels that each word may have: one, or several where its label was a coarse one."""

    block: Block
    names: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue (first and last word), its predicate, the first words of what fills its roles, and its status."""

    cue: Span
    predicate: str
    alternatives: tuple[str, ...]
    roles: dict[str, frozenset[int]]
    polarity: int
    modality: int


@dataclass(frozen=True, slots=True)
class StatementBlock:
    """A block of an article with the frames that its sentences hold, and those that are optional."""

    block: Block
    mentions: tuple[int, ...]
    """0 outside, 1 first word, 2 further word of a mention."""
    frames: tuple[Frame, ...]
    uncertain: tuple[Frame, ...]


# ── treebanks ──────────────────────────────────────────────────────────────────────────────────────────────────────


def read_treebank(path: Path, *, merge_multiword: bool) -> Iterator[TreeBlock]:
    """Yield the blocks of a CoNLL-U file, consecutive sentences together up to a hundred words.

    With ``merge_multiword`` a contraction («στο») stays the one word that the text has; it takes the tag and the
    place in the tree of its first part.
    """
    gathered: list[TreeBlock] = []
    for sentence in _sentences(path, merge_multiword=merge_multiword):
        if gathered and sum(len(b.tags) for b in gathered) + len(sentence.tags) > LONGEST_BLOCK_WORDS * 2 // 3:
            yield _joined(gathered)
            gathered = []
        gathered.append(sentence)
    if gathered:
        yield _joined(gathered)


def read_lemma_rows(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield form, tag and lemma of the words of a CoNLL-U file, contractions both whole and taken apart."""
    for paragraph in _text(path).strip().split("\n\n"):
        rows = [line.split("\t") for line in paragraph.split("\n") if line and not line.startswith("#")]
        by_number = {row[0]: row for row in rows}
        for row in rows:
            if "-" in row[0]:  # it has the tag and the lemma of its first part
                first = by_number[row[0].split("-")[0]]
                yield row[1], first[3], first[2]
            elif "." not in row[0]:
                yield row[1], row[3], row[2]


def _sentences(path: Path, *, merge_multiword: bool) -> Iterator[TreeBlock]:
    for paragraph in _text(path).strip().split("\n\n"):
        rows = [line.split("\t") for line in paragraph.split("\n") if line and not line.startswith("#")]
        rows = [row for row in rows if "." not in row[0]]
        rows = list(_merged(rows)) if merge_multiword else [row for row in rows if "-" not in row[0]]
        place = {number: n for n, row in enumerate(rows, 1) for number in row[0].split(",")}
        heads = tuple(place.get(row[6], 0) for row in rows)
        features = tuple(dict(part.split("=", 1) for part in row[5].split("|") if "=" in part) for row in rows)
        yield TreeBlock(
            Block(tuple(row[1] for row in rows), (0,) * len(rows)),
            tuple(row[3] for row in rows),
            tuple(row[2] for row in rows),
            features,
            heads,
            tuple(row[7] for row in rows),
        )


def _merged(rows: list[list[str]]) -> Iterator[list[str]]:
    by_number = {row[0]: row for row in rows}
    covered: set[str] = set()
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            parts = [by_number[str(n)] for n in range(first, last + 1)]
            covered |= {part[0] for part in parts}
            outside = next((p for p in parts if not first <= int(p[6]) <= last), parts[0])
            features = "|".join(sorted({f for p in parts for f in p[5].split("|") if "=" in f}))
            numbers = ",".join(p[0] for p in parts)
            yield [numbers, row[1], parts[0][2], parts[0][3], "_", features, outside[6], outside[7]]
        elif row[0] not in covered:
            yield row


def _joined(sentences: list[TreeBlock]) -> TreeBlock:
    words: list[str] = []
    numbers: list[int] = []
    heads: list[int] = []
    for n, sentence in enumerate(sentences):
        heads.extend(head + len(words) if head else 0 for head in sentence.heads)
        numbers.extend([n] * len(sentence.tags))
        words.extend(sentence.block.words)
    return TreeBlock(
        Block(tuple(words), tuple(numbers)),
        tuple(tag for s in sentences for tag in s.tags),
        tuple(lemma for s in sentences for lemma in s.lemmas),
        tuple(features for s in sentences for features in s.features),
        tuple(heads),
        tuple(relation for s in sentences for relation in s.relations),
    )


# ── names ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def read_names(path: Path) -> Iterator[NameBlock]:
    """Yield the sentences of an IOB2 file: word and label on a line, or number, word and label."""
    for paragraph in _text(path).split("\n\n"):
        rows = [line.split() for line in paragraph.split("\n") if line.strip() and not line.startswith("# ")]
        if rows:
            word, label = (1, 2) if len(rows[0]) > _PLAIN_COLUMNS else (0, -1)
            block = Block(
                tuple(row[word] for row in rows)[:LONGEST_SENTENCE_WORDS], (0,) * len(rows[:LONGEST_SENTENCE_WORDS])
            )
            yield NameBlock(block, tuple(frozenset((row[label],)) for row in rows)[:LONGEST_SENTENCE_WORDS])


def refine_names(block: NameBlock, fine: Iterable[str], kinds: Mapping[str, Sequence[str]]) -> NameBlock:
    """Return a sentence of a set with coarse labels, each label read as the fine BIO labels that it may stand for.

    ``kinds`` says which fine kinds make up a coarse one; a word with another label may have any label but those.
    """
    known = {kind for parts in kinds.values() for kind in parts}
    rest = frozenset(label for label in fine if label[2:] not in known)
    names = []
    for (label,) in block.names:
        parts = kinds.get(label[2:])
        names.append(frozenset(f"{label[:2]}{part}" for part in parts) if parts else rest)
    return replace(block, names=tuple(names))


# ── statements ─────────────────────────────────────────────────────────────────────────────────────────────────────


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a JSON-lines file of gold statements."""
    yield from map(json.loads, filter(str.strip, _text(path).splitlines()))


def add_offsets(records: Iterable[dict[str, Any]], offsets: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the records with the cues and mention offsets kept apart from them, found by text id and number."""
    by_place = {(line["id"], line["n"]): line for line in offsets}
    for record in records:
        text = record["text"]
        for n, statement in enumerate(record["statements"]):
            line = by_place.get((record["id"], n))
            if line is None:
                continue
            statement["cue"] = _located(text, line["cue"])
            for role in ROLES:
                spans = line.get(role) or []
                if role == "sources":
                    statement[role] = [_located(text, span) for span in spans]
                elif spans:
                    statement[role] = _located(text, spans)
        yield record


def read_marked(path: Path, texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the records of a file of statements kept apart from their texts, which are found by id.

    Each place is a pair of offsets there, and a key; the records come out as those of any other gold.
    """
    for record in read_records(path):
        text = texts[record["id"]]
        for statement in record["statements"]:
            statement["cue"] = _located(text, statement["cue"])
            for role in ROLES:
                fillers = [_located(text, f["at"]) | {k: f[k] for k in f if k != "at"} for f in statement[role]]
                statement[role] = fillers if role == "sources" else next(iter(fillers), None)
        yield {**record, "text": text}


def read_name_texts(path: Path, name: str) -> dict[str, str]:
    """Return the sentences of an IOB2 file as running text, by ``name`` and their number in the file."""
    return {f"{name}-{n}": _running(block.block.words) for n, block in enumerate(read_names(path))}


def read_treebank_texts(path: Path) -> dict[str, str]:
    """Return the sentences of a CoNLL-U file as they are written, by their ids."""
    content = _text(path)
    ids, texts = (re.findall(rf"^# {key} = (.+)$", content, re.MULTILINE) for key in ("sent_id", "text"))
    return dict(zip(map(str.strip, ids), map(str.strip, texts), strict=True))


def _running(words: Sequence[str]) -> str:
    return _OPENING.sub(r"\1", _CLOSING.sub(r"\1", " ".join(words)))


def _located(text: str, span: list[int]) -> dict[str, Any]:
    return {"text": text[span[0] : span[1]], "start": span[0], "end": span[1]}


def read_statements(records: Iterable[dict[str, Any]]) -> Iterator[StatementBlock]:
    """Yield the blocks of the records' texts: consecutive sentences up to 150 words, with their frames.

    Statements without a cue or without offsets cannot be learned from; their text is then left out.
    """
    for record in records:
        statements = record["statements"]
        if all("cue" in s and "start" in s["subject"] and "start" in s["object"] for s in statements):
            yield from _statement_blocks(record)


def _statement_blocks(record: dict[str, Any]) -> Iterator[StatementBlock]:
    text, words = record["text"], words_of(record["text"], record["lang"])
    for sentences in cut_blocks(text, [start for start, _ in words], record["lang"]):
        places = [words[n] for sentence in sentences for n in sentence]
        numbers = tuple(n for n, sentence in enumerate(sentences) for _ in sentence)
        mentions = [0] * len(places)
        frames = [f for s in record["statements"] if (f := _frame(s, places, mentions))]
        certain = [f for f, optional in frames if not optional]
        block = Block(tuple(text[a:b] for a, b in places), numbers)
        yield StatementBlock(block, tuple(mentions), tuple(_united(certain)), tuple(f for f, o in frames if o))


def words_of(text: str, lang: str) -> list[Span]:
    """Return the spans of the words of a text, as the language's tokenizer cuts it."""
    doc = _tokenizer(lang)(text)
    return [(token.idx, token.idx + len(token.text)) for token in doc if not token.is_space]


@cache
def _tokenizer(lang: str) -> Any:
    return spacy.blank(lang).tokenizer


def _frame(statement: dict[str, Any], places: list[Span], mentions: list[int]) -> tuple[Frame, bool] | None:
    cue = _words_in(statement["cue"], places)
    if cue is None:
        return None
    roles = {}
    for role in ROLES:
        fillers = statement.get(role) or []
        found = [_words_in(f, places) for f in (fillers if isinstance(fillers, list) else [fillers]) if "start" in f]
        for span in filter(None, found):
            mentions[span[0]] = 1
            mentions[span[0] + 1 : span[1] + 1] = [2] * (span[1] - span[0])
        roles[role] = frozenset(span[0] for span in found if span)
    frame = Frame(
        cue,
        statement["predicate"],
        tuple(statement.get("alt") or ()),
        roles,
        POLARITIES.index(Polarity(statement["polarity"])),
        MODALITIES.index(Modality(statement["modality"])),
    )
    return frame, bool(statement.get("optional"))


def _words_in(mention: dict[str, Any], places: list[Span]) -> Span | None:
    inside = [n for n, (a, b) in enumerate(places) if a < mention["end"] and b > mention["start"]]
    return (inside[0], inside[-1]) if inside else None


def _united(frames: list[Frame]) -> Iterator[Frame]:
    by_cue: dict[tuple[Span, str], Frame] = {}
    for frame in frames:
        key = (frame.cue, frame.predicate)
        before = by_cue.get(key, frame)
        roles = {role: before.roles[role] | frame.roles[role] for role in ROLES}
        by_cue[key] = replace(before, roles=roles)
    yield from by_cue.values()


def _text(path: Path) -> str:
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf8") as lines:
            return lines.read()
    return path.read_text(encoding="utf8")

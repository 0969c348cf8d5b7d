"""A base model of the real file format, small enough to train in seconds, and a folder of data for it."""

import json
import struct
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

WIDTH, LAYERS, HEADS, INNER, POSITIONS = 64, 2, 4, 128, 514
TEXTS = [
    "Η Ρωσία και το Ιράν υπέγραψαν συνθήκη στη Μόσχα.",
    "Ο Σεργκέι Λαβρόφ επισκέφθηκε την Αθήνα και συναντήθηκε με τον Νίκο Δένδια.",
    "Οι ΗΠΑ κατηγόρησαν την Τεχεράνη ότι παρέδωσε πυραύλους στη Ρωσία.",
    "Russia and Iran signed a treaty in Moscow.",
]


def _write_tokenizer(path: Path) -> int:
    """Write a tokenizer of the base model's kind and return how many pieces it has."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    trainer = trainers.UnigramTrainer(vocab_size=150, special_tokens=special, unk_token="<unk>", show_progress=False)
    tokenizer.train_from_iterator(TEXTS, trainer)
    tokenizer.save(str(path))
    return int(tokenizer.get_vocab_size())


def _write_base(path: Path, pieces: int) -> None:
    """Write random weights in the base model's file format."""
    random = np.random.default_rng(0)
    tensors: dict[str, tuple[int, bytes, int]] = {}

    def add(name: str, *shape: int, plain: bool = False) -> None:
        count = int(np.prod(shape))
        if plain:
            tensors[name] = (0, random.normal(0, 0.1, count).astype("<f4").tobytes(), count)
        else:
            blocks = count // 32
            scales = np.full((blocks, 1), 0.02, dtype="<f2").view(np.uint8)
            nibbles = random.integers(0, 256, (blocks, 16), dtype=np.uint8)
            tensors[name] = (1, np.concatenate([scales, nibbles], 1).tobytes(), count)

    add("emb.word", pieces, WIDTH)
    add("emb.pos", POSITIONS, WIDTH, plain=True)
    add("emb.type", 2, WIDTH, plain=True)
    for norm in ("emb.ln", *(f"l{n}.{part}" for n in range(LAYERS) for part in ("aln", "oln"))):
        add(f"{norm}.w", WIDTH, plain=True)
        add(f"{norm}.b", WIDTH, plain=True)
    for n in range(LAYERS):
        for part, out, inside in (
            *((p, WIDTH, WIDTH) for p in ("q", "k", "v", "ao")),
            ("fi", INNER, WIDTH),
            ("fo", WIDTH, INNER),
        ):
            add(f"l{n}.{part}.w", out, inside)
            add(f"l{n}.{part}.b", out, plain=True)
    head = b"E5Q4\0\0\0\0" + struct.pack("<7i", WIDTH, LAYERS, HEADS, INNER, pieces, POSITIONS, 2)
    head += struct.pack("<f", 1e-5) + struct.pack("<i", 32)
    head += struct.pack("<i", 0) + struct.pack("<4i", 0, 2, 1, 3) + struct.pack("<Q", 0) + struct.pack("<I", 0)
    head += struct.pack("<i", 0) + struct.pack("<I", 0) + struct.pack("<i", len(tensors))
    size = len(head) + sum(2 + len(name) + 21 for name in tensors)
    directory, body = b"", b""
    for name, (kind, raw, count) in tensors.items():
        entry = struct.pack("<BIQQ", kind, count, size + len(body), len(raw))
        directory += struct.pack("<H", len(name)) + name.encode() + entry
        body += raw
    path.write_bytes(head + directory + body)


def _write_data(folder: Path) -> None:
    """Write a treebank, a set of names and gold statements, each of a few sentences."""
    folder.mkdir()
    (folder / "tree.conllu").write_text(
        "1\tΗ\tο\tDET\t_\tCase=Nom|Gender=Fem\t2\tdet\t_\t_\n2\tΡωσία\tΡωσία\tPROPN\t_\tCase=Nom|Gender=Fem\t3\tnsubj\t_\t_\n"
        "3\tυπέγραψε\tυπογράφω\tVERB\t_\tTense=Past\t0\troot\t_\t_\n4-5\tστη\t_\t_\t_\t_\t_\t_\t_\t_\n"
        "4\tσ\tσε\tADP\t_\t_\t6\tcase\t_\t_\n5\tτη\tο\tDET\t_\tCase=Acc\t6\tdet\t_\t_\n6\tΜόσχα\tΜόσχα\tPROPN\t_\tCase=Acc\t3\tobl\t_\t_\n\n",
        encoding="utf8",
    )
    (folder / "names.iob2").write_text(
        "Η O\nΡωσία B-GPE\nκαι O\nο O\nΣεργκέι B-PERSON\nΛαβρόφ I-PERSON\n\n", encoding="utf8"
    )
    (folder / "coarse.iob2").write_text("0 Sergei B-PER\n1 Lavrov I-PER\n2 in O\n3 Athens B-LOC\n\n", encoding="utf8")
    records = [_record(n) for n in range(60)]
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    (folder / "gold.jsonl").write_text(lines, encoding="utf8")
    (folder / "dev.jsonl").write_text(
        json.dumps({**_record(0), "text": TEXTS[1]}, ensure_ascii=False) + "\n", encoding="utf8"
    )


def _record(number: int) -> dict[str, object]:
    text = TEXTS[2]

    def named(words: str) -> dict[str, object]:
        return {"text": words, "start": text.index(words), "end": text.index(words) + len(words), "key": words}

    said = {"polarity": "positive", "modality": "actual", "alt": [], "quote": text}
    statements = [
        {"subject": named("ΗΠΑ"), "predicate": "accuses", "object": named("Τεχεράνη"), "cue": named("κατηγόρησαν"), "sources": [], **said},
        {
            "subject": named("Τεχεράνη"), "predicate": "supplies", "object": named("πυραύλους"), "recipient": named("Ρωσία"),
            "cue": named("παρέδωσε"), "sources": [named("ΗΠΑ")], **said,
        },
    ]  # fmt: skip
    return {"id": f"tiny-{number}", "lang": "el", "date": "2024-10-31", "text": text, "statements": statements}


@pytest.fixture(scope="session")
def base(tmp_path_factory):
    """The paths of a base model's weights and tokenizer."""
    folder = tmp_path_factory.mktemp("base")
    pieces = _write_tokenizer(folder / "tokenizer.json")
    _write_base(folder / "base.bin", pieces)
    return folder / "base.bin", folder / "tokenizer.json"


@pytest.fixture
def data(tmp_path):
    """A folder of training data."""
    _write_data(tmp_path / "data")
    return tmp_path / "data"

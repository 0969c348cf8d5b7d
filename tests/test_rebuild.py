"""A graph depends on its articles alone: not on their order, not on how they were split, and not on what was taken out."""

from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings, strategies as some

from kg.export.nquads import write_nquads
from kg.graph import KnowledgeGraph
from kg.interchange import write_line
from kg.pipeline import build_graph, merge_parts, remove, resolve_claims
from kg.read import EXTRACTOR, read_texts
from kg.values import Claim, Document, Mention, Reading

STATES = ("Ρωσία", "Τουρκία", "Γαλλία", "Γερμανία", "Ελλάδα", "Ουκρανία")
VERBS = {
    "υπέγραψε συνθήκη με την": "signs_treaty",
    "επισκέφθηκε την": "visits",
    "επέκρινε την": "condemns",
    "συνάντησε την": "meets",
}


def read_phrases(document: Document) -> Reading:
    """Read sentences of the form ``Η Ρωσία επέκρινε την Τουρκία.``."""
    claims, start = [], 0
    for sentence in document.text.split("\n"):
        _, subject, rest = sentence.split(" ", 2)
        phrase, _, object_ = rest.removesuffix(".").rpartition(" ")
        places = [document.text.index(words, start) for words in (subject, phrase, object_)]
        marks = [
            Mention(at, at + len(words), words) for at, words in zip(places, (subject, phrase, object_), strict=True)
        ]
        span = (start, start + len(sentence))
        claims.append(Claim(marks[0], VERBS[phrase], marks[2], marks[1], span, extractor="phrases"))
        start += len(sentence) + 1
    return Reading(document, tuple(claims), ())


SENTENCE = some.builds(
    lambda pair, verb: f"Η {pair[0]} {verb} {pair[1]}.", some.permutations(STATES), some.sampled_from(sorted(VERBS))
)
TEXTS = some.lists(some.lists(SENTENCE, min_size=1, max_size=4).map("\n".join), min_size=1, max_size=5)
"""Some texts may be the same, as copies are."""
RANDOM = some.randoms(use_true_random=False)


def articles(texts: list[str]) -> list[Document]:
    first = date(2024, 10, 31)
    return [Document(f"d{n}", text, "el", first + timedelta(days=n % 3)) for n, text in enumerate(texts)]


def build(documents: list[Document], kept: Path | None = None) -> KnowledgeGraph:
    return build_graph(documents, extractor=read_phrases, keep=kept)


def fingerprint(graph: KnowledgeGraph, folder: Path) -> str:
    """Return the hash of the canonical N-Quads of a graph."""
    write_nquads(graph, folder / "graph.nq")
    return sha256((folder / "graph.nq").read_bytes()).hexdigest()


@given(TEXTS, RANDOM)
@settings(max_examples=20)
def test_what_is_built_and_removed_leaves_no_trace(texts: list[str], random: Random) -> None:
    every = articles(texts)
    gone = random.sample(every, random.randint(0, len(every) - 1))
    rest = [document for document in every if document not in gone]
    with TemporaryDirectory() as name:
        folder = Path(name)
        build(random.sample(every, len(every)), folder / "kept.jsonl")
        removed = remove([each.id for each in gone], folder / "kept.jsonl", extractor=read_phrases)
        assert fingerprint(removed, folder) == fingerprint(build(rest), folder)


@given(TEXTS, RANDOM)
@settings(max_examples=20)
def test_any_order_and_any_split_give_one_hash(texts: list[str], random: Random) -> None:
    every = articles(texts)
    shuffled = random.sample(every, len(every))
    cut = random.randint(0, len(every))
    with TemporaryDirectory() as name:
        folder = Path(name)
        for number, part in enumerate((shuffled[:cut], shuffled[cut:], shuffled[:1])):
            claims = resolve_claims(read_texts(part, extractor=read_phrases))
            lines = "".join(f"{write_line(*each)}\n" for each in claims)
            (folder / f"{number}.jsonl").write_text(lines, encoding="utf8")
        merged, skipped = merge_parts(sorted(folder.glob("*.jsonl")), extractor=read_phrases)
        assert skipped == ()
        assert fingerprint(merged, folder) == fingerprint(build(every), folder)
        pieces = [build([document]) for document in shuffled]
        whole = pieces[0]
        for piece in pieces[1:]:
            whole |= piece
        assert fingerprint(whole, folder) == fingerprint(build(every), folder)


@pytest.mark.parametrize("seed", [1, 2])
def test_one_or_four_workers_give_one_hash(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    phrases = [f"Η {a} {verb} {b}." for a in STATES[:3] for b in STATES[3:] for verb in VERBS]
    every = articles(["\n".join(random.sample(phrases, 3)) for _ in range(6)])
    hashes = set()
    for workers in (1, 4):
        graph = build_graph(random.sample(every, len(every)), extractor=EXTRACTOR, workers=workers)
        assert len(graph.statements) > 3
        hashes.add(fingerprint(graph, tmp_path))
    assert len(hashes) == 1

"""The same story in many outlets is one source; what is told in other words is another."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, strategies as some

from kg.copies import find_copies, sketch
from kg.export import find_exporter
from kg.export.jsonl import lines
from kg.graph import KnowledgeGraph
from kg.merge import merge
from kg.store import read_graph
from kg.values import Document

WIRE = (
    "Η Μόσχα και η Τεχεράνη υπέγραψαν χθες στο Κρεμλίνο συνθήκη στρατηγικής συνεργασίας διάρκειας είκοσι ετών, "
    "που προβλέπει κοινές ασκήσεις, ανταλλαγή πληροφοριών και επενδύσεις στην ενέργεια. Οι δύο πρόεδροι τόνισαν ότι η "
    "συμφωνία δεν στρέφεται κατά τρίτων χωρών, ενώ η Ουάσινγκτον εξέφρασε την ανησυχία της για την αποστολή πυραύλων. "
    "Το ιρανικό υπουργείο Εξωτερικών διέψευσε ότι έχουν σταλεί όπλα για τον πόλεμο στην Ουκρανία."
)
OTHER = (
    "Συνθήκη είκοσι ετών δένει από σήμερα Ρωσία και Ιράν. Στην τελετή, όπου δεν κλήθηκαν δημοσιογράφοι, ο Πούτιν μίλησε "
    "για νέα σελίδα· ο Πεζεσκιάν για φιλία που αντέχει. Αμερικανοί αξιωματούχοι φοβούνται παραδόσεις βαλλιστικών όπλων, "
    "κάτι που η ιρανική διπλωματία αρνείται κατηγορηματικά, όπως έκανε και τον περασμένο Σεπτέμβριο."
)


def copies_of(texts: dict[str, str]) -> list[list[str]]:
    return list(find_copies({name: sketch(text) for name, text in texts.items()}))


@pytest.mark.parametrize(
    ("copy", "alike"),
    [
        (WIRE, True),
        (f"ΑΘΗΝΑ (Πρακτορείο) — {WIRE}", True),
        (WIRE.upper(), True),
        (WIRE.replace("χθες", "την Παρασκευή").replace("τόνισαν", "υπογράμμισαν"), True),
        (WIRE[: len(WIRE) * 2 // 3], True),
        (WIRE.replace("\n", " ").replace(" ", "\n"), True),
        (OTHER, False),
        ("Η Μόσχα και η Τεχεράνη", False),
        ("", False),
    ],
)
def test_copies_are_texts_that_share_most_of_their_runs_of_words(copy: str, *, alike: bool) -> None:
    assert copies_of({"one": WIRE, "other": copy, "third": OTHER[::-1]}) == ([["one", "other"]] if alike else [])


def test_texts_too_short_to_tell_and_none_at_all_have_no_copies() -> None:
    assert copies_of({}) == copies_of({"one": "Ρωσία", "other": "Ρωσία"}) == []


def test_a_copy_of_a_copy_belongs_to_both() -> None:
    words = [f"w{number}" for number in range(300)]
    texts = {"a": words[:200], "b": words[40:240], "c": words[80:280]}
    assert copies_of({name: " ".join(text) for name, text in texts.items()}) == [["a", "b", "c"]]


@given(some.randoms(use_true_random=False), some.lists(some.sampled_from("abcdefgh"), min_size=3, max_size=12))
def test_the_order_of_texts_does_not_matter(random: Random, names: list[str]) -> None:
    texts = {f"{name}{number}": sketch(f"{name} " * number + WIRE) for number, name in enumerate(names)}
    turned = dict(random.sample(sorted(texts.items()), len(texts)))
    assert sorted(find_copies(texts)) == sorted(find_copies(turned))


@pytest.fixture
def outlets(article: Any) -> KnowledgeGraph:
    """Return what thirty outlets, which print one story, and a thirty-first say."""
    parts = []
    for number in range(30):
        document = replace(
            article.document, id=f"outlet-{number:02}", text=f"{article.document.text}\n\nOutlet {number}",
            published=date(2024, 11, 30 - number), publisher=f"Outlet {number}",
        )  # fmt: skip
        parts.append((document, article.claims))
    alone = Document("alone", article.document.text[:100] + " " + OTHER, "el", date(2024, 11, 1))
    return merge([*parts, (alone, article.claims[:1])], model="m")


def test_thirty_outlets_with_one_text_are_one_source(outlets: KnowledgeGraph) -> None:
    counts = {(line["articles"], line["independent_articles"]) for line in lines(outlets)}
    assert counts == {(31, 2), (30, 1)}
    assert set(outlets.copies.values()) == {"outlet-29"}, "the first published"
    assert len(outlets.copies) == 29


def test_copies_are_found_again_in_a_file_without_the_texts(outlets: KnowledgeGraph, tmp_path: Path) -> None:
    find_exporter("turtle")(outlets, tmp_path / "graph.ttl")
    read = read_graph(tmp_path / "graph.ttl")
    assert read.copies == outlets.copies
    assert len(read.query("SELECT ?copy WHERE { ?copy ir:copyOf ?first }").rows) == 29


def test_an_article_taken_out_leaves_the_others_as_if_it_had_not_been_there(outlets: KnowledgeGraph) -> None:
    rest = outlets.without("outlet-29")
    assert set(rest.copies.values()) == {"outlet-28"}
    assert {line["independent_articles"] for line in lines(rest)} == {1, 2}

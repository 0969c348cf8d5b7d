import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

import kg
from kg.errors import InputError, PluginError
from kg.extract.time import resolve_time
from kg.pipeline import build, build_graph, merge_parts, read_inputs, remove, resolve_claims, write_outputs
from kg.read import data_hash, find_extractor, read_texts
from kg.values import Claim, Document, Mention, Reading

PATTERN = re.compile(r"(?P<subject>\w+) (?P<cue>υπέγραψε συνθήκη|επισκέφθηκε) (?:με )?(?:τη|την|το) (?P<object>\w+)")
PREDICATES = {"υπέγραψε συνθήκη": "signs_treaty", "επισκέφθηκε": "visits"}
TEXTS = (
    "Η Ρωσία υπέγραψε συνθήκη με το Ιράν τον Ιούνιο.",
    "Η Τουρκία επισκέφθηκε τη Γερμανία. Το Ιράν υπέγραψε συνθήκη με τη Ρωσία.",
    "Η Γαλλία υπέγραψε συνθήκη με την Ιταλία χθες.",
)


class PatternExtractor:
    """A small extractor: two verbs, a name before and a name behind. It counts what it reads."""

    def __init__(self, fails_on: str = "") -> None:
        self.read: list[str] = []
        self.fails_on = fails_on

    def __call__(self, document: Document) -> Reading:
        if document.id == self.fails_on:
            raise KeyboardInterrupt
        self.read.append(document.id)
        return Reading(document, tuple(self._claims(document)), ())

    def _claims(self, document: Document) -> Iterable[Claim]:
        for match in PATTERN.finditer(document.text):
            subject, cue, object_ = (Mention(*match.span(name), match[name]) for name in ("subject", "cue", "object"))
            sentence = (document.text.rfind(".", 0, match.start()) + 1, document.text.index(".", match.end()) + 1)
            time = resolve_time(document.text, sentence, match.span("cue"), document.published, document.lang)
            yield Claim(subject, PREDICATES[cue.text], object_, cue, sentence, time=time, extractor="pattern")


def documents(count: int = len(TEXTS)) -> list[Document]:
    return [Document(f"d{n}", text, "el", date(2024, 10, 31)) for n, text in enumerate(TEXTS[:count])]


def written(graph: kg.KnowledgeGraph, folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in write_outputs(graph, folder)}


def test_articles_become_statements_with_time_and_evidence() -> None:
    graph = build_graph(documents(), extractor=PatternExtractor())
    said = {(each.subject, each.predicate, each.object): each for each in graph.statements}
    assert set(said) == {("IRN", "signs_treaty", "RUS"), ("TUR", "visits", "DEU"), ("FRA", "signs_treaty", "ITA")}
    assert {evidence.time for evidence in said["IRN", "signs_treaty", "RUS"].evidence} == {"2024-06", ""}
    assert {evidence.time for evidence in said["FRA", "signs_treaty", "ITA"].evidence} == {"2024-10-30"}


def test_any_order_gives_the_same_bytes(tmp_path: Path) -> None:
    one = written(build_graph(documents(), extractor=PatternExtractor()), tmp_path / "one")
    other = written(build_graph(documents()[::-1], extractor=PatternExtractor()), tmp_path / "other")
    assert one == other
    assert set(one) == {"graph.ttl", "graph.html", "statements.jsonl"}


def test_what_was_read_is_not_read_again(tmp_path: Path) -> None:
    extractor = PatternExtractor()
    first = build_graph(documents(2), extractor=extractor, store=tmp_path)
    grown = build_graph(documents(3), extractor=extractor, store=tmp_path)
    assert extractor.read == ["d0", "d1", "d2"]
    assert set(first.documents) < set(grown.documents)


def test_what_was_kept_and_broke_is_read_again(tmp_path: Path) -> None:
    build_graph(documents(), extractor=PatternExtractor(), store=tmp_path)
    for path in (tmp_path / "readings").rglob("*.json"):
        path.write_text("{", encoding="utf8")
    for read in (["d0", "d1", "d2"], []):
        extractor = PatternExtractor()
        build_graph(documents(), extractor=extractor, store=tmp_path)
        assert extractor.read == read


def test_a_build_that_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        build_graph(documents(), extractor=PatternExtractor(fails_on="d2"), store=tmp_path / "store")
    extractor = PatternExtractor()
    resumed = build_graph(documents(), extractor=extractor, store=tmp_path / "store")
    assert extractor.read == ["d2"]
    whole = build_graph(documents(), extractor=PatternExtractor())
    assert written(resumed, tmp_path / "resumed") == written(whole, tmp_path / "whole")


def test_an_article_less_gives_what_it_gave_before(tmp_path: Path) -> None:
    grown = build_graph(documents(3), extractor=PatternExtractor())
    before = build_graph(documents(2), extractor=PatternExtractor())
    assert written(grown.without("d2"), tmp_path / "without") == written(before, tmp_path / "before")


@pytest.mark.parametrize("name", ["d2", "d"])
def test_removing_an_article_leaves_no_trace(tmp_path: Path, name: str) -> None:
    kept = tmp_path / "kept.jsonl"
    two = [*documents(1), Document("other", TEXTS[2], "el")]
    build_graph(
        [*two, Document("d-late", TEXTS[1], "el")] if name == "d" else documents(3),
        extractor=PatternExtractor(),
        keep=kept,
    )
    if name == "d":
        with pytest.raises(InputError, match="several documents begin so"):
            remove([name], kept)
        name = "d-"
    remains = two if name == "d-" else documents(2)
    rest = remove([name], kept, extractor=PatternExtractor())
    assert written(rest, tmp_path / "rest") == written(
        build_graph(remains, extractor=PatternExtractor()), tmp_path / "b"
    )
    with pytest.raises(InputError, match="no such document"):
        remove([name], kept)


def test_progress_counts_every_document(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    list(read_texts(documents(), extractor=PatternExtractor(), progress=lambda done, of: told.append((done, of))))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_parts_extracted_apart_merge_to_the_whole(tmp_path: Path) -> None:
    from kg.interchange import write_line

    parts = []
    for document in documents():
        parts.append(tmp_path / f"{document.id}.jsonl")
        claims = resolve_claims(read_texts([document], extractor=PatternExtractor()))
        parts[-1].write_text("".join(f"{write_line(*each)}\n" for each in claims), encoding="utf8")
    merged, skipped = merge_parts(parts, extractor=PatternExtractor())
    assert skipped == ()
    whole = build_graph(documents(), extractor=PatternExtractor())
    assert written(merged, tmp_path / "merged") == written(whole, tmp_path / "whole")


def test_inputs_that_fail_are_told_apart_from_documents(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXTS[0], encoding="utf8")
    (tmp_path / "b.txt").write_bytes(b"")
    inputs = read_inputs([tmp_path, tmp_path / "missing"])
    assert [document.text for document in inputs.documents] == [TEXTS[0]]
    assert len(inputs.skipped) == 2


def test_building_from_python_needs_something_to_read(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="no such file"), pytest.raises(InputError, match="no article to read"):
        build(tmp_path / "missing")


def test_an_unknown_extractor_is_named_with_those_there_are() -> None:
    with pytest.raises(PluginError, match=r"'nobody'.*there are: .*model"):
        find_extractor("nobody")


def test_the_data_hash_is_one_for_all_who_ask() -> None:
    assert data_hash() == data_hash()
    assert re.fullmatch(r"[0-9a-f]{64}", data_hash())

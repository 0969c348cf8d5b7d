"""What people add and decide, through the whole of a build: in Python with a small extractor, and as a user runs it."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

import kg
from kg.decide import Decider
from kg.errors import InputError
from kg.interchange import write_line
from kg.pipeline import build_graph, find_decider, merge_parts, open_parts, remove, resolve_claims, write_outputs
from kg.read import read_texts
from kg.values import Claim, Document, Mention, Reading

MET = re.compile(r"(?P<subject>\w+ \w+) (?P<cue>met) (?P<object>\w+ \w+)")
TEXTS = {
    "a": "Lars Jensen met Anna Novotna. Reef Watch met Lars Jenssen.",
    "b": "Sergei Lavrov met Lars Jenssen.",
    "c": "Anna Novotna met Petra Dvorakova.",
}
DECISIONS = """
[[same]]
entities = ["lars-jensen", "lars-jenssen"]
reason = "a slip"
date = 2024-11-03

[[rename]]
entity = "anna-novotna"
labels = { en = "Dr Anna Novotna" }
reason = "as she signs"
date = 2024-11-03

[[drop]]
subject = "petra-dvorakova"
predicate = "meets"
object = "anna-novotna"
reason = "a joke"
date = 2024-11-03
"""
ACTORS = "id,kind,en,acts_for,from,to\nreef-watch,Organization,Reef Watch,,,\nlars-jensen,Person,Lars Jensen,DNK,,\n"


class MeetingExtractor:
    """Finds who met whom, and counts what it reads."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, document: Document) -> Reading:
        self.read.append(document.id)
        return Reading(document, tuple(self._claims(document.text)), ())

    def _claims(self, text: str) -> Iterable[Claim]:
        for match in MET.finditer(text):
            subject, object_ = (Mention(*match.span(name), match[name], "Person") for name in ("subject", "object"))
            cue = Mention(*match.span("cue"), "met")
            yield Claim(subject, "meets", object_, cue, (match.start(), match.end() + 1), extractor="meeting")


def documents(*ids: str) -> list[Document]:
    return [Document(name, TEXTS[name], "en", date(2024, 10, 31)) for name in ids or TEXTS]


def pairs(graph: kg.KnowledgeGraph) -> set[tuple[str, str]]:
    return {(statement.subject, statement.object) for statement in graph.statements}


def written(graph: kg.KnowledgeGraph, folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in write_outputs(graph, folder)}


@pytest.fixture
def decider(tmp_path: Path) -> Callable[..., Decider]:
    """Return a function that finds decisions and actors by their texts."""

    def find(decisions: str = "", actors: str = "") -> Decider:
        for name, text in (("decisions.toml", decisions), ("my.csv", actors)):
            (tmp_path / name).write_text(text, encoding="utf8")
        paths = [
            tmp_path / name if text else None for name, text in (("decisions.toml", decisions), ("my.csv", actors))
        ]
        return find_decider(paths[0], actors=paths[1])

    return find


def test_decisions_join_rename_and_drop(decider: Callable[..., Decider]) -> None:
    graph = build_graph(documents(), extractor=MeetingExtractor(), decider=decider(DECISIONS))
    assert pairs(graph) == {
        ("anna-novotna", "lars-jensen"),
        ("lars-jensen", "reef-watch"),
        ("lars-jensen", "sergei-lavrov"),
    }
    assert dict(graph.entities["anna-novotna"].labels)["en"] == "Dr Anna Novotna"
    assert "petra-dvorakova" not in graph.entities


def test_decisions_change_nothing_that_is_kept(decider: Callable[..., Decider], tmp_path: Path) -> None:
    extractor = MeetingExtractor()

    def make(name: str, *, decisions: str = "", actors: str = "") -> dict[str, bytes]:
        graph = build_graph(
            documents(),
            extractor=extractor,
            store=tmp_path / "kept",
            keep=tmp_path / "kept" / "parts.jsonl",
            decider=decider(decisions, actors),
        )
        return written(graph, tmp_path / name) | {"parts": (tmp_path / "kept" / "parts.jsonl").read_bytes()}

    plain = make("plain")
    decided = make("decided", decisions=DECISIONS)
    own = make("own", actors=ACTORS)
    assert extractor.read == list(TEXTS)
    assert plain["parts"] == decided["parts"] != own["parts"]
    assert len({plain["graph.ttl"], decided["graph.ttl"], own["graph.ttl"]}) == 3
    assert make("again") == plain
    assert make("decided-again", decisions=DECISIONS) == decided


def test_own_actors_are_resolved_in_what_was_read_before(decider: Callable[..., Decider], tmp_path: Path) -> None:
    build_graph(documents(), extractor=MeetingExtractor(), store=tmp_path)
    extractor = MeetingExtractor()
    graph = build_graph(documents(), extractor=extractor, store=tmp_path, decider=decider(actors=ACTORS))
    assert extractor.read == []
    assert graph.entities["reef-watch"].kind == "Organization"
    assert graph.acts_for["lars-jensen"] == "DNK"
    assert graph.entities["DNK"].kind == "State"


@pytest.mark.parametrize("name", ["decisions", "actors"])
def test_the_graph_says_that_it_was_made_with_other_data(decider: Callable[..., Decider], name: str) -> None:
    given = {"decisions": DECISIONS} if name == "decisions" else {"actors": ACTORS}
    one, other = (
        build_graph(documents(), extractor=MeetingExtractor(), decider=decider(**each)) for each in ({}, given)
    )
    assert one.makers[0].data != other.makers[0].data


def test_removing_leaves_what_a_build_without_would_give(decider: Callable[..., Decider], tmp_path: Path) -> None:
    kept = tmp_path / "parts.jsonl"
    given = decider(DECISIONS, ACTORS)
    build_graph(documents(), extractor=MeetingExtractor(), keep=kept, decider=given)
    rest = remove(["b"], kept, extractor=MeetingExtractor(), decider=given)
    other = build_graph(documents("a", "c"), extractor=MeetingExtractor(), decider=given)
    assert written(rest, tmp_path / "rest") == written(other, tmp_path / "other")


def test_parts_from_elsewhere_are_decided_on_alike(decider: Callable[..., Decider], tmp_path: Path) -> None:
    given = decider(DECISIONS, ACTORS)
    parts = []
    for document in documents():
        parts.append(tmp_path / f"{document.id}.jsonl")
        claims = resolve_claims(read_texts([document], extractor=MeetingExtractor()), names=given.names)
        parts[-1].write_text("".join(f"{write_line(*each)}\n" for each in claims), encoding="utf8")
    merged, _ = merge_parts(parts[::-1], extractor=MeetingExtractor(), decider=given)
    whole = build_graph(documents(), extractor=MeetingExtractor(), decider=given)
    assert written(merged, tmp_path / "merged") == written(whole, tmp_path / "whole")


def test_python_warns_of_decisions_on_what_is_not_there(tmp_path: Path) -> None:
    entry = '[[drop]]\nentity = "nobody-at-all"\nreason = "x"\ndate = 2024-11-03\n'
    (tmp_path / "d.toml").write_text(entry, encoding="utf8")
    (tmp_path / "a.txt").write_text("Russia and Iran signed a treaty in Moscow.", encoding="utf8")
    with pytest.warns(UserWarning, match=r"d\.toml:1: there is no nobody-at-all"):
        kg.build(tmp_path / "a.txt", decisions=tmp_path / "d.toml")


def test_a_graph_is_opened_by_its_file_or_what_a_build_kept(decider: Callable[..., Decider], tmp_path: Path) -> None:
    store = tmp_path / ".kg"
    given = decider()
    graph = build_graph(documents(), extractor=MeetingExtractor(), keep=store / "output.jsonl", decider=given)
    paths = [*write_outputs(graph, tmp_path / "output")[:1], store, store / "output.jsonl"]
    assert {frozenset(pairs(open_parts(path, decider=given))) for path in paths} == {frozenset(pairs(graph))}
    (store / "other.jsonl").touch()
    (tmp_path / "output" / "empty").mkdir()
    with pytest.raises(InputError, match=r"name one of its files: other\.jsonl, output\.jsonl"):
        open_parts(store, decider=given)
    with pytest.raises(InputError, match="no build kept its parts here"):
        open_parts(tmp_path / "output" / "empty", decider=given)


Run = Callable[..., tuple[int, str, str]]

ARTICLES = {
    "a.txt": "date 2024-10-31 Ο Δανός υπουργός Εξωτερικών Λαρς Γένσεν συναντήθηκε με τον Ρώσο υπουργό Εξωτερικών Σεργκέι Λαβρόφ.",
    "b.txt": "date 2024-11-02 Danish Foreign Minister Lars Jensen met Russian Foreign Minister Sergei Lavrov in Moscow.",
}


@pytest.fixture
def run(kg: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Return the command line, run in a folder with two articles."""
    for name, text in ARTICLES.items():
        (tmp_path / "articles").mkdir(exist_ok=True)
        (tmp_path / "articles" / name).write_text(text, encoding="utf8")
    monkeypatch.chdir(tmp_path)
    return kg


def test_what_review_asks_is_pasted_and_settled(run: Run, tmp_path: Path) -> None:
    assert run("build", "articles")[0] == 0
    first = (tmp_path / "output" / "graph.ttl").read_text(encoding="utf8")
    assert "id:lars-gensen a" in first
    for where in ("output/graph.ttl", ".kg"):
        code, asked, _ = run("review", where, "--limit", "1")
        assert code == 0
        assert asked.count("[[") == 1
        assert 'entities = ["lars-gensen", "lars-jensen"]' in asked
        assert "Lars Jensen met" in asked
    (tmp_path / "decisions.toml").write_text(asked, encoding="utf8")
    code, _, err = run("build", "articles")
    assert (code, f"decisions: {tmp_path}/decisions.toml" in err) == (0, True)
    graph = (tmp_path / "output" / "graph.ttl").read_text(encoding="utf8")
    assert "id:lars-jensen" not in graph
    assert re.search(r'id:lars-gensen a .*?"Lars Jensen"@en', graph, re.DOTALL)
    assert "lars-jensen" not in run("review", "output/graph.ttl")[1]
    assert run("validate", "output/graph.ttl")[0] == 0
    kept, written = (run("query", where, "dyad", "RUS", "DNK") for where in (".kg", "output/graph.ttl"))
    assert kept == written
    assert "Lavrov" in kept[1]
    (tmp_path / "decisions.toml").unlink()
    assert run("build", "articles")[0] == 0
    assert (tmp_path / "output" / "graph.ttl").read_text(encoding="utf8") == first


def test_own_actors_join_what_the_articles_write_differently(run: Run, tmp_path: Path) -> None:
    row = "lars-jensen,Person,Lars Jensen,Λαρς Γένσεν,DNK,foreign minister,2022-12,"
    (tmp_path / "my.csv").write_text(f"id,kind,en,el,acts_for,office,from,to\n{row}\n", encoding="utf8")
    assert run("build", "articles", "--actors", "my.csv")[0] == 0
    code, out, _ = run("extract", "articles", "--store", ".kg", "--actors", "my.csv")
    (tmp_path / "part.jsonl").write_text(out, encoding="utf8")
    assert (code, run("merge", "part.jsonl", "-o", "merged", "--actors", "my.csv")[0]) == (0, 0)
    graph = (tmp_path / "output" / "graph.ttl").read_bytes()
    assert graph == (tmp_path / "merged" / "graph.ttl").read_bytes()
    assert b"id:lars-gensen" not in graph
    assert re.search(rb"id:lars-jensen a [^.]*ir:actsFor id:DNK", graph)
    (tmp_path / "my.csv").write_text(f"id,kind,en,el,acts_for,office,from,to\n{row.replace('DNK', 'XYZ')}\n")
    code, _, err = run("build", "articles", "--actors", "my.csv")
    assert (code, "my.csv:2: there is no Actor XYZ" in err) == (2, True)


def test_a_decision_on_nobody_is_told_and_a_wrong_one_stops(run: Run, tmp_path: Path) -> None:
    entry = '[[drop]]\nentity = "nobody-at-all"\nreason = "x"\ndate = 2024-11-03\n'
    (tmp_path / "mine.toml").write_text(entry, encoding="utf8")
    code, _, err = run("build", "articles", "--decisions", "mine.toml")
    assert (code, "kg: mine.toml:1: there is no nobody-at-all" in err) == (1, True)
    assert (tmp_path / "output" / "graph.ttl").is_file()
    (tmp_path / "mine.toml").write_text(entry.replace("entity", "entiti"), encoding="utf8")
    code, _, err = run("build", "articles", "-o", "other/output", "--decisions", "mine.toml")
    assert (code, err.splitlines()[-1].startswith("kg: mine.toml:1: drop: entiti is no key")) == (2, True)
    assert not (tmp_path / "other").exists()

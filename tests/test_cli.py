import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.export import formats
from kg.export.turtle import write_turtle
from kg.graph import KnowledgeGraph

Run = Callable[..., tuple[int, str, str]]

GREEK = "Η Ρωσία και το Ιράν υπέγραψαν χθες στη Μόσχα συνθήκη για μια συνολική στρατηγική σύμπραξη."


BAD = {
    "empty.txt": (b"", "empty"),
    "binary.txt": (b"\x00\x01\x02", "binary"),
    "latin.txt": (GREEK.encode("cp1253"), "not valid UTF-8"),
    "french.txt": (
        "La Russie et l'Iran ont signé hier un traité de partenariat stratégique à Moscou.".encode(),
        "'fr'",
    ),
    "date.txt": (f"date 2024-02-30 {GREEK}".encode(), "date '2024-02-30' is none"),
}


def test_nothing_readable_is_exit_code_2_and_a_line_each(kg: Run, tmp_path: Path) -> None:
    for name, (content, _) in BAD.items():
        (tmp_path / name).write_bytes(content)
    code, out, err = kg("build", *(tmp_path / name for name in BAD), tmp_path / "missing", "-o", tmp_path / "output")
    assert code == 2
    assert out == ""
    lines = err.splitlines()
    for line, (name, (_, says)) in zip(lines, BAD.items(), strict=False):
        assert line.startswith(f"kg: {tmp_path / name}: ")
        assert says in line
    assert lines[len(BAD) :] == [
        f"kg: {tmp_path}/missing: no such file or folder",
        "kg: nothing to build: no article could be read",
    ]
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("command", ["build", "extract"])
def test_a_command_without_sources_is_a_usage_error(kg: Run, command: str) -> None:
    code, _, err = kg(command)
    assert code == 2
    assert "sources" in err


def test_help_names_every_command_with_one_sentence(kg: Run) -> None:
    code, out, _ = kg("--help")
    assert code == 0
    for command in ("build", "extract", "merge", "eval"):
        assert re.search(rf"│ {command} +\w", out)


def test_a_wrong_gold_file_is_named_by_line(kg: Run, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"id": "a", "statements": []}\n{"id": "b"}\n')
    code, _, err = kg("eval", gold, "--found", gold)
    assert (code, err.splitlines()[0][: len(f"kg: {gold}:2: ")]) == (2, f"kg: {gold}:2: ")


def test_found_statements_can_be_scored_without_reading_again(kg: Run, tmp_path: Path) -> None:
    mentions = '"subject": {"text": "Ρωσία", "key": "RUS"}, "object": {"text": "Ιράν", "key": "IRN"}'
    said = f'{{{mentions}, "predicate": "signs_treaty", "polarity": "positive", "modality": "actual", "sources": []}}'
    gold = tmp_path / "gold.jsonl"
    gold.write_text(f'{{"id": "a", "statements": [{said}]}}\n', encoding="utf8")
    code, out, _ = kg("eval", gold, "--found", gold, "--predicates", "--misses")
    assert code == 0
    assert re.search(r"triple +│ +1.00 │ +1.00 │ +1.00", out)
    assert "leak: 0.00 of 0" in out


def test_names_of_files_cannot_steer_the_terminal(kg: Run, tmp_path: Path) -> None:
    _, _, err = kg("build", tmp_path / "a\x1b[31mb\nc.txt")
    assert err.splitlines()[0] == f"kg: {tmp_path}/a\ufffd[31mb\ufffdc.txt: no such file or folder"


@pytest.fixture
def graph(example: KnowledgeGraph, tmp_path: Path) -> Path:
    write_turtle(example, tmp_path / "graph.ttl")
    return tmp_path / "graph.ttl"


def test_a_ready_query_takes_its_values_in_order_or_by_name(kg: Run, graph: Path) -> None:
    ordered = kg("query", graph, "dyad", "Russia", "Ιράν")
    assert ordered == kg("query", graph, "dyad", "b=IRN", "a=RUS")
    assert re.search(r"Iran +supplies +missiles +Russia +claimed, denied", ordered[1])


def test_without_a_query_the_ready_ones_are_listed(kg: Run, graph: Path) -> None:
    code, out, _ = kg("query", graph)
    assert code == 0
    assert "dyad A B\n" in out


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["ASK { id:RUS ir:signs_treaty id:IRN }", "--format", "json"], '"boolean":true'),
        (["ASK { id:RUS asserted:signs_treaty id:IRN }", "--format", "json"], '"boolean":false'),
        (["SELECT ?o { id:IRN ir:supplies ?o }", "--format", "csv"], "o\r\nhttps://w3id.org/irkg/id/missiles"),
        (["CONSTRUCT WHERE { id:IRN ir:supplies ?o }", "--format", "ttl"], "ir:supplies id:missiles"),
        (["SELECT ?o { id:IRN ir:supplies ?o }", "--lang", "el"], "πύραυλοι"),
    ],
)
def test_own_queries_answer_in_every_form(kg: Run, graph: Path, words: list[str], answer: str) -> None:
    code, out, _ = kg("query", graph, *words)
    assert code == 0
    assert answer in out


def test_rdflib_answers_where_it_is_asked_to(kg: Run, graph: Path) -> None:
    words = ["query", graph, "dyad", "Russia", "Iran"]
    assert kg(*words, "--engine", "rdflib") == kg(*words)
    assert kg(*words, "--engine", "jena")[0] == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["SELECT"], "cannot be answered"),
        (["dyad", "Russia"], "dyad takes"),
        (["dyad", "Russia", "Iran", "Syria"], "dyad takes"),
        (["dyad", "Russia", "Atlantis"], "'Atlantis' is not in the graph"),
    ],
)
def test_a_query_that_cannot_be_answered_says_why(kg: Run, graph: Path, words: list[str], says: str) -> None:
    code, out, err = kg("query", graph, *words)
    assert (code, out) == (2, "")
    assert says in err


def test_a_query_may_stand_in_a_file(kg: Run, graph: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("SELECT ?o { id:IRN ir:supplies ?o }", encoding="utf8")
    assert "missiles" in kg("query", graph, "-f", tmp_path / "q.rq")[1]
    code, _, err = kg("query", graph, "-f", tmp_path / "none.rq")
    assert (code, "none.rq" in err) == (2, True)


def test_a_valid_graph_passes_and_a_faulty_one_does_not(kg: Run, graph: Path) -> None:
    code, out, _ = kg("validate", graph)
    assert (code, "lint: passed" in out, "shapes: passed" in out) == (0, True, True)
    graph.write_text(graph.read_text(encoding="utf8") + "id:RUS ir:unheard_of id:IRN .\n", encoding="utf8")
    code, out, _ = kg("validate", graph)
    assert code == 1
    assert "lint: failed" in out


def test_why_prints_the_sentence_and_who_says_so(kg: Run, graph: Path) -> None:
    code, out, _ = kg("why", graph, "Iran", "supplies", "missiles")
    assert code == 0
    assert "denied by Iran" in out
    assert "αρνείται ότι [προμηθεύει] στη Μόσχα" in out
    code, _, err = kg("why", graph, "Iran", "visits")
    assert (code, "nothing says Iran visits _" in err) == (2, True)


def test_a_graph_file_can_be_written_in_every_other_form(kg: Run, graph: Path, tmp_path: Path) -> None:
    for form in formats():
        code, _, err = kg("export", graph, "--to", form, "-o", tmp_path / f"out.{form}")
        assert (code, err) == (0, f"wrote {tmp_path}/out.{form}\n")
        assert (tmp_path / f"out.{form}").exists()
    code, _, err = kg("export", graph, "--to", "word", "-o", tmp_path / "out.doc")
    assert (code, "turtle" in err) == (2, True)


def test_diff_tells_nothing_of_a_graph_and_itself(kg: Run, graph: Path, tmp_path: Path) -> None:
    assert kg("diff", graph, graph) == (0, "", "")
    code, _, err = kg("diff", graph, tmp_path / "none.ttl")
    assert (code, "none.ttl" in err) == (2, True)


def test_removing_needs_what_a_build_kept(kg: Run, tmp_path: Path) -> None:
    code, _, err = kg("remove", "abc", "-o", tmp_path / "output")
    assert code == 2
    assert "build the graph again" in err


def test_why_not_shows_each_step_with_what_it_reached_and_needed(kg, tmp_path):
    (tmp_path / "a.txt").write_text(
        "Οι ΗΠΑ κατηγόρησαν την Τεχεράνη ότι παρέδωσε πυραύλους στη Ρωσία.", encoding="utf8"
    )
    code, out, _ = kg("why-not", tmp_path / "a.txt", "USA", "IRN", "--predicate", "accuses", "--lang", "el")
    assert code == 0
    assert out.startswith("ΗΠΑ accuses Τεχεράνη [κατηγόρησαν]\n  ✓ mention: ")
    assert "  ✓ cue: " in out

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli import main

Run = Callable[..., tuple[int, str, str]]

GREEK = "Η Ρωσία και το Ιράν υπέγραψαν χθες στη Μόσχα συνθήκη για μια συνολική στρατηγική σύμπραξη."


@pytest.fixture
def kg(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the command line and returns exit code, stdout and stderr."""

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["kg", *(str(word) for word in words)])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capfd.readouterr()
        return int(end.value.code or 0), out, err

    return run


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

"""The main job as a user runs it: the seed article, in a process of its own."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAMES = ("graph.html", "graph.ttl", "statements.jsonl")


def kg(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "kg", *(str(word) for word in words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **environment})


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in NAMES}


def test_output_is_what_the_seeds_give(tmp_path: Path) -> None:
    run = kg("build", ROOT / "seeds", "-o", tmp_path / "output")
    assert run.returncode == 0, run.stderr
    assert run.stdout == ""
    assert sorted(path.name for path in (tmp_path / "output").iterdir()) == sorted(NAMES)
    stale = [
        name
        for name, content in contents(tmp_path / "output").items()
        if content != (ROOT / "output" / name).read_bytes()
    ]
    assert not stale, f"run `kg build seeds -o output`: {', '.join(stale)} out of date"
    assert (tmp_path / ".kg").is_dir()


def test_a_second_build_from_what_is_kept_gives_the_same(tmp_path: Path) -> None:
    for _ in range(2):
        run = kg("build", ROOT / "seeds", "-o", tmp_path / "output")
        assert run.returncode == 0, run.stderr
    assert contents(tmp_path / "output") == contents(ROOT / "output")


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "4711", "OMP_NUM_THREADS": "1"},
        {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONUTF8": "0"},
    ],
    ids=str,
)
def test_neither_hash_seed_nor_threads_nor_locale_change_a_byte(tmp_path: Path, environment: dict[str, str]) -> None:
    run = kg("build", ROOT / "seeds", "-o", tmp_path / "output", **environment)
    assert run.returncode == 0, run.stderr
    assert contents(tmp_path / "output") == contents(ROOT / "output")


ARTICLES = {
    "a.txt": "date 2024-10-31 Η Ρωσία και το Ιράν υπέγραψαν χθες συνθήκη, ανακοίνωσε το Κρεμλίνο.",
    "b.txt": "date 2024-11-02 Ο Αμερικανός πρόεδρος κατηγόρησε το Ιράν ότι προμηθεύει τη Ρωσία με πυραύλους.",
    "c.md": "---\ndate: 2024-11-03\n---\nRussia denied on Sunday that Iran had supplied it with missiles.",
}


def test_processes_and_order_change_nothing(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ARTICLES]
    for path in paths:
        path.write_text(ARTICLES[path.name], encoding="utf8")
    one = kg("build", *paths, "-o", tmp_path / "one", "--store", tmp_path / "s1")
    two = kg("build", *paths[::-1], "-o", tmp_path / "two", "--store", tmp_path / "s2", "--workers", 2)
    assert (one.returncode, two.returncode) == (0, 0), one.stderr + two.stderr
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_bad_input_costs_a_line_each_and_the_rest_is_built(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(ARTICLES["a.txt"], encoding="utf8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(b"\x00\xff")
    run = kg("build", tmp_path, tmp_path / "missing", "-o", tmp_path / "out" / "graph")
    assert run.returncode == 1
    assert re.findall(r"^kg: .*/(\S+?): (\w+)", run.stderr, re.MULTILINE) == [
        ("binary.txt", "binary"),
        ("empty.txt", "empty"),
        ("missing", "no"),
    ]
    assert "articles: 1," in run.stderr
    assert (tmp_path / "out" / "graph" / "graph.ttl").is_file()


def test_extracted_lines_are_valid_for_merge(tmp_path: Path) -> None:
    lines = kg("extract", ROOT / "seeds")
    assert lines.returncode == 0, lines.stderr
    (tmp_path / "part.jsonl").write_text(lines.stdout, encoding="utf8")
    merged = kg("merge", tmp_path / "part.jsonl", "-o", tmp_path / "output")
    assert merged.returncode == 0, merged.stderr
    assert contents(tmp_path / "output") == contents(ROOT / "output")

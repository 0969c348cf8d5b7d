"""Claims survive the journey through JSON; lines that are none say where and why."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.interchange import read_line, read_lines, write_line
from kg.values import Document, Step


@pytest.fixture
def line(article: Any) -> str:
    return write_line(article.document, article.claims)


def test_what_is_written_is_read_back_equal(article: Any, line: str) -> None:
    assert read_line(line) == (article.document, tuple(article.claims))


def test_a_document_without_claims_is_read_back() -> None:
    document = Document("x", "Καλημέρα.", "el")
    assert read_line(write_line(document, [])) == (document, ())


@pytest.mark.parametrize(
    "text", ['quotes " and \\', "line\u2028separator", "null\x00", "rtl \u202e", "lone \ud800 surrogate"]
)
def test_hostile_text_stays_one_line_and_comes_back(text: str) -> None:
    document = Document("x", text, "el", title=text)
    written = write_line(document, []).encode("utf8").decode("utf8")
    assert "\n" not in written
    assert read_line(written)[0] == document


def test_people_carry_the_state_they_act_for(line: str) -> None:
    statements = json.loads(line)["statements"]
    assert statements[1]["subject"] | {"start": 0, "end": 0} == {
        "text": "Πούτιν", "start": 0, "end": 0, "key": "Putin", "iri": "https://w3id.org/irkg/id/putin", "state": "RUS",
    }  # fmt: skip


def test_how_each_name_was_found_stands_beside_it(article: Any) -> None:
    claim = article.claims[0]
    found = replace(claim, steps=(("subject", Step.FORM), ("object", Step.METONYM), ("source", Step.SURNAME)))
    written = write_line(article.document, [found])
    told = json.loads(written)["statements"][0]
    assert [(told[role]["step"], told[role]["sure"]) for role in ("subject", "object")] == [
        ("form", True), ("metonym", True),
    ]  # fmt: skip
    assert read_line(written) == (article.document, (found,))


def test_a_line_of_the_first_version_is_read(article: Any, line: str) -> None:
    data = json.loads(line) | {"version": 1}
    assert read_line(json.dumps(data)) == (article.document, tuple(article.claims))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data.pop("text"), "'text' is missing"),
        (lambda data: data.update(version=3), "version 3, this kg reads 1 and 2"),
        (lambda data: data["statements"][0]["subject"].update(step="guess"), "'guess' is not a valid Step"),
        (lambda data: data.update(text="other"), "lies outside the text"),
        (lambda data: data.update(text=data["text"].replace("Πούτιν", "Μούτιν")), "the text has 'Μούτιν'"),
        (lambda data: data.update(date="yesterday"), "Invalid isoformat"),
        (lambda data: data["statements"][0].update(predicate="likes"), "'likes' is no predicate"),
        (lambda data: data["statements"][0].update(polarity="maybe"), "'maybe' is not a valid Polarity"),
        (lambda data: data["statements"][0].update(subject=None), "null"),
        (lambda data: data["statements"][0].update(subject="Russia"), "'Russia' is no object"),
        (lambda data: data["entities"][0].update(kind="Planet"), "'Planet' is no kind of thing"),
    ],
)
def test_a_wrong_line_says_where_and_what(
    line: str, tmp_path: Path, change: Callable[[Any], object], message: str
) -> None:
    data = json.loads(line)
    change(data)
    path = tmp_path / "part.jsonl"
    path.write_text(f"{line}\n{json.dumps(data)}\n", encoding="utf8")
    first, second = read_lines(path)
    assert not isinstance(first, InputError)
    assert isinstance(second, InputError)
    assert str(second).startswith(f"{path}:2: ")
    assert message in str(second)


@pytest.mark.parametrize("content", [b"[1, 2]\n", b"{}\n", b"not json\n", b"\xff\xfe\n", b"[" * 100_000 + b"\n"])
def test_what_is_no_line_of_claims_is_one_error(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "part.jsonl"
    path.write_bytes(content)
    (error,) = read_lines(path)
    assert isinstance(error, InputError)


def test_a_missing_file_is_one_error(tmp_path: Path) -> None:
    (error,) = read_lines(tmp_path / "none.jsonl")
    assert isinstance(error, InputError)

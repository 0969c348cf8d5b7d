import re
import shlex
from datetime import date
from pathlib import Path

import pytest
import rdflib
import typer.main

import kg
from kg.cli import app
from kg.decisions import read_decisions
from kg.names import load_with_own

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf8")
GRAPH = Path(__file__).parents[1] / "output" / "graph.ttl"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def commands() -> list[list[str]]:
    """Return the words of every kg command in the README's shell blocks, without what a file takes."""
    lines = [line.split("#")[0] for block in blocks("sh") for line in block.splitlines()]
    words = [shlex.split(part) for line in lines for part in re.split("&&|>", line)]
    return [each[1:] for each in words if each and Path(each[0]).name == "kg"]


def test_the_two_lines_come_first() -> None:
    build, test = blocks("sh")[:2]
    assert build.strip().endswith("kg build seeds -o output")
    assert test.strip().endswith("python -m tests")
    assert README.index(test) < README.index("## ")


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_in_the_readme_exists_with_its_options(words: list[str]) -> None:
    group = typer.main.get_command(app)
    command = group.commands[words[0]]
    context = command.make_context(words[0], words[1:], resilient_parsing=True)
    options = {name for parameter in command.params for name in parameter.opts}
    assert {word.split("=")[0] for word in words[1:] if word.startswith("-")} <= options
    context.close()


def test_every_command_stands_in_the_readme() -> None:
    group = typer.main.get_command(app)
    assert set(group.commands) == {words[0] for words in commands()}


@pytest.mark.parametrize("name", sorted(set(re.findall(r"kg\.(\w+)\(", "\n".join(blocks("python"))))))
def test_every_function_in_the_readme_is_public(name: str) -> None:
    assert name in kg.__all__
    assert callable(getattr(kg, name))


def test_the_readme_names_no_file_that_is_not_there() -> None:
    for name in ("seeds", "output", "LICENSE", "kg/annotate/model"):
        assert name in README
        assert (Path(__file__).parents[1] / name).exists()


def test_the_actors_and_decisions_in_the_readme_are_read(tmp_path: Path) -> None:
    (actors,), (decisions,) = blocks("csv"), blocks("toml")
    (tmp_path / "my.csv").write_text(actors, encoding="utf8")
    names = load_with_own(("el", "en"), tmp_path / "my.csv")
    assert names.acts_for("lars-jensen", date(2023, 5, 1)) == "DNK"
    (tmp_path / "decisions.toml").write_text(decisions, encoding="utf8")
    assert read_decisions(tmp_path / "decisions.toml").keeper("lars-gensen") == "lars-jensen"


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return rdflib.Graph().parse(GRAPH)


@pytest.mark.parametrize("sparql", blocks("sparql"))
def test_every_query_in_the_readme_has_an_answer_in_the_seed_graph(graph: rdflib.Graph, sparql: str) -> None:
    answer = graph.query(sparql)
    assert answer.askAnswer if answer.type == "ASK" else len(answer)

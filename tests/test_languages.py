"""One graph of a Greek, an English and a Spanish article on the same events; and languages that are only on trial."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.errors import InputError
from kg.packs import trial_languages
from kg.store import read_graph

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "tests" / "articles"
ACTORS = ("RUS", "IRN", "UKR", "USA", "sergei-lavrov", "masoud-pezeshkian")
SOME_FRENCH = "La Russie et l'Iran ont signé un traité à Moscou."
ARABIC = "وقعت روسيا وإيران معاهدة في موسكو."


def build(*sources: object, output: Path) -> Result:
    return CliRunner().invoke(app, ["build", *map(str, sources), "-o", str(output)])


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("languages")
    articles = folder / "articles"
    articles.mkdir()
    for path in (*(ROOT / "seeds").glob("*.txt"), *ARTICLES.glob("*.txt")):
        (articles / path.name).write_bytes(path.read_bytes())
    result = build(articles, output=folder / "output")
    assert result.exit_code == 0, result.output
    return folder / "output"


@pytest.fixture(scope="module")
def statements(output: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (output / "statements.jsonl").read_text(encoding="utf8").splitlines()]


def evidence_of(statement: dict) -> list[dict]:
    return [item for occurrence in statement["occurrences"] for item in occurrence["evidence"]]


def langs_of(statement: dict) -> set[str]:
    return {item["lang"] for item in evidence_of(statement)}


def test_each_article_is_read_in_its_own_language(output: Path) -> None:
    graph = read_graph(output / "graph.ttl")
    assert sorted(document.lang for document in graph.documents.values()) == ["el", "en", "es"]


def test_an_actor_is_one_node_with_labels_in_the_languages_at_hand(output: Path) -> None:
    entities = read_graph(output / "graph.ttl").entities
    for name in ACTORS:
        assert {lang for lang, _ in entities[name].labels} == {"el", "en", "es"}
    for key in ("Lavrov", "Pezeshkian", "Putin"):
        assert len([entity for entity in entities.values() if entity.key == key]) == 1


def test_statements_have_evidence_in_several_languages(statements: list[dict]) -> None:
    shared = {(s["subject"]["id"], s["predicate"], s["object"]["id"]) for s in statements if len(langs_of(s)) > 1}
    assert len(shared) >= 2, shared
    assert {"el", "en", "es"} == {lang for statement in statements for lang in langs_of(statement)}


def test_a_query_finds_the_sentences_of_all_languages(output: Path, statements: list[dict]) -> None:
    shared = next(statement for statement in statements if len(langs_of(statement)) > 1)
    sparql = (
        f"SELECT ?sentence WHERE {{ st:{shared['id']} ir:subject id:{shared['subject']['id']} ; ir:evidence ?evidence . "
        "?evidence nif:anchorOf ?sentence }"
    )
    answer = read_graph(output / "graph.ttl").query(sparql)
    assert {cell.value for row in answer.rows for cell in row} >= {item["quote"] for item in evidence_of(shared)}


def test_the_page_holds_the_sentences_and_labels_of_all_languages(output: Path, statements: list[dict]) -> None:
    page = (output / "graph.html").read_text(encoding="utf8")
    shared = next(statement for statement in statements if len(langs_of(statement)) > 1)
    for item in evidence_of(shared):
        assert re.split(r"[\"'&<>\n]", item["quote"])[0][:40] in page
    assert all(json.dumps(label, ensure_ascii=False)[1:-1] in page for label in shared["subject"]["labels"].values())


@pytest.fixture(scope="module")
def on_trial(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    folder = tmp_path_factory.mktemp("trial")
    lines = [
        {"id": "fr", "lang": "fr", "text": SOME_FRENCH},
        {"id": "en", "lang": "en", "text": "Russia and Iran signed a treaty."},
    ]
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf8")
    return folder / "output", build(folder / "a.jsonl", output=folder / "output")


def test_a_language_of_names_only_is_read_and_marked(on_trial: tuple[Path, Result]) -> None:
    output, result = on_trial
    assert result.exit_code == 0, result.output
    assert "experimental, in languages that no case sentences prove: fr 1" in result.stderr
    (statement,) = [
        json.loads(line)
        for line in (output / "statements.jsonl").read_text(encoding="utf8").splitlines()
        if '"signs_treaty"' in line
    ]
    assert {item["lang"]: item["experimental"] for item in evidence_of(statement)} == {"en": False, "fr": True}
    assert (output / "graph.ttl").read_text(encoding="utf8").count("ir:experimental true") == 1


def test_a_text_of_a_language_on_trial_must_declare_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SOME_FRENCH * 5, encoding="utf8")
    result = build(tmp_path / "a.txt", output=tmp_path / "output")
    assert isinstance(result.exception, InputError)
    assert "looks like 'fr', read on trial only: declare it" in result.stderr


def test_letters_that_the_model_has_no_words_of_give_a_clear_line(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "lang": "ar", "text": ARABIC}), encoding="utf8")
    result = build(tmp_path / "a.jsonl", output=tmp_path / "output")
    assert isinstance(result.exception, InputError)
    assert "a (ar): written in Arabic letters, of which the model's vocabulary has no words" in result.stderr


def test_languages_with_names_from_cldr_are_on_trial() -> None:
    assert {"ar", "de", "fr", "he", "ru", "tr", "uk", "zh"} <= set(trial_languages())

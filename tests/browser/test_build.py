"""What the page is built from: no browser is needed here."""

import base64
import hashlib
import json
import re
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from kg.errors import DataError
from kg.export.chart import OPENING, draw
from kg.export.html import PAGE, bundle, load_words, render, render_small, write_html
from kg.graph import KnowledgeGraph, Part

MODULES = sorted((PAGE / "app").glob("*.js"))
TOP_LEVEL = re.compile(r"^(?:export )?(?:async )?(?:const|let|function\*?|class) (?:\[([^\]]*)\]|(\w+))", re.MULTILINE)


def test_what_is_vendored_is_what_was_published() -> None:
    for entry in tomllib.loads((PAGE / "vendor" / "vendored.toml").read_text(encoding="utf8")).values():
        content = (PAGE / "vendor" / entry["file"]).read_bytes()
        assert entry["integrity"] == f"sha384-{base64.b64encode(hashlib.sha384(content).digest()).decode()}"
        assert f"@version {entry['version']}".encode() in content
        assert (PAGE / "vendor" / entry["license_file"]).read_text(encoding="utf8").startswith("The MIT License")


def test_every_module_is_in_the_bundle_and_no_name_is_used_twice() -> None:
    names: dict[str, str] = {}
    for module in MODULES:
        source = module.read_text(encoding="utf8")
        assert len(source.splitlines()) < 400
        for several, one in TOP_LEVEL.findall(source):
            for name in (several or one).split(","):
                assert names.setdefault(name.strip(), module.name) == module.name, name
                assert re.search(rf"\b{re.escape(name.strip())}\b", bundle())


def test_no_module_makes_elements_out_of_text() -> None:
    for module in MODULES:
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function",
            module.read_text(encoding="utf8"),
        ), module


def test_what_a_module_imports_is_exported_there_and_used() -> None:
    for module in MODULES:
        source = module.read_text(encoding="utf8")
        for names, origin in re.findall(r'^import \{([^}]*)\} from "\./(\w+\.js)";$', source, re.MULTILINE):
            exported = (PAGE / "app" / origin).read_text(encoding="utf8")
            for name in (part.strip() for part in names.split(",")):
                assert re.search(
                    rf"^export (?:const|let|function\*?|class) {re.escape(name)}(?!\w)", exported, re.MULTILINE
                ), f"{module.name}: {name}"
                assert len(re.findall(rf"(?<!\w)(?<!\w\.){re.escape(name)}(?!\w)", source)) > 1, (
                    f"{module.name}: {name} is not used"
                )


def test_every_word_the_page_says_is_there_and_every_word_there_is_said() -> None:
    said = "\n".join(path.read_text(encoding="utf8") for path in (*MODULES, PAGE / "page.html.j2"))
    for key in load_words()["en"]:
        stem = re.sub(r"_(one|many)$", "", key)
        made = re.sub(r"_[a-z]+(_narrator|_unnamed)?$", "_", stem)
        of_a_menu = made.rstrip("_") in ("size", "colour", "basis")
        assert re.search(rf"\b{stem}\b", said) or f"{made}${{" in said or of_a_menu, key
    for key in re.findall(r'\bsay\("(\w+)"', said):
        assert key in load_words()["en"], key


def test_an_article_without_a_title_is_known_by_its_beginning(graphs: ModuleType) -> None:
    document = replace(next(iter(graphs.seed_graph().documents.values())), title="")
    chart = draw(KnowledgeGraph({document.id: Part(document)}))
    assert str(chart.documents[0]["title"]).startswith("Η συνθήκη την οποία σκοπεύουν")
    assert len(str(chart.documents[0]["title"])) <= OPENING


def test_a_language_without_words_is_refused_with_those_there_are(seed: KnowledgeGraph) -> None:
    with pytest.raises(DataError, match="xx; it has"):
        render(seed, lang="xx")


def test_the_same_graph_gives_the_same_bytes_whatever_the_hashes(seed: KnowledgeGraph, tmp_path: Path) -> None:
    program = "import graphs, sys, hashlib; from kg.export.html import render; sys.stdout.write(hashlib.sha256(render(graphs.seed_graph()).encode()).hexdigest())"
    digests = {
        subprocess.run([sys.executable, "-c", program], env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(Path(__file__).parent)}, capture_output=True, text=True, check=True).stdout
        for hash_seed in ("1", "2")
    }  # fmt: skip
    write_html(seed, tmp_path / "graph.html")
    digests.add(hashlib.sha256((tmp_path / "graph.html").read_bytes()).hexdigest())
    assert len(digests) == 1


def test_a_claim_and_its_denial_are_two_lines_and_both_are_disputed(seed: KnowledgeGraph) -> None:
    lines = [line for line in draw(seed).lines if line.get("thing") == "missiles"]
    assert {line["status"] for line in lines} == {"claimed", "denied"}
    assert all(line["disputed"] for line in lines)
    assert {(line["from"], line["to"], line["role"]) for line in lines} == {("IRN", "RUS", "recipient")}


def test_copies_of_one_story_name_it(graphs: ModuleType) -> None:
    stories = {document["id"]: document.get("story") for document in draw(graphs.agency_graph()).documents}
    assert stories == {"a": None, "b": "a", "c": "a", "d": None, "e": None}


def test_every_kind_and_every_status_has_a_look_of_its_own() -> None:
    looks = json.loads((PAGE / "looks.json").read_text(encoding="utf8"))
    for part, names in (("kinds", ("shape", "color")), ("statuses", ("dash",))):
        seen = [str([look[name] for name in names]) for look in looks[part].values()]
        assert len(set(seen)) == len(seen), part


def test_every_cue_lies_in_its_sentence(seed: KnowledgeGraph) -> None:
    chart = draw(seed)
    for item in chart.evidence:
        start, end = item["cue"]  # type: ignore[misc]
        assert str(chart.sentences[item["sentence"]]["text"])[start:end].strip()  # type: ignore[call-overload]


def test_texts_reach_the_page_as_data_only(graphs: ModuleType) -> None:
    html = render(graphs.hostile_graph())
    assert "<img" not in html
    assert html.count("</script>") == len(re.findall(r"<script[ >]", html))
    for kind in ("nodes", "lines", "evidence", "sentences", "documents"):
        found = re.search(rf'<script type="application/json" id="data-{kind}">(.*?)</script>', html, re.DOTALL)
        assert found
        json.loads(found[1])


def test_the_policy_allows_no_script_but_the_two_of_the_page(seed: KnowledgeGraph) -> None:
    html = render(seed)
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert found
    policy = found[1].replace("&#39;", "'")
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    for script in scripts:
        assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in policy
    assert len(scripts) == policy.count("sha256-") - 1
    assert not re.search(r"<(?:script|link|img|iframe)[^>]+(?:src|href)\s*=", html)


def test_an_empty_graph_has_a_page() -> None:
    assert "data-nodes" in render(KnowledgeGraph())


def test_a_notebook_gets_a_frame_that_holds_the_whole_page(seed: KnowledgeGraph) -> None:
    frame = seed._repr_html_()
    assert frame == render_small(seed)
    assert frame.startswith("<iframe ")
    assert "allow-same-origin" not in frame
    assert frame.count("<") == 2

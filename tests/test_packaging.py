import subprocess
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import pytest

import kg
from kg.ontology import find_ontology
from kg.packs import languages, pack_folders, trial_languages

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    "plugin", [plugin for group in ("kg.exporters", "kg.extractors") for plugin in entry_points(group=group)], ids=str
)
def test_every_entry_point_leads_to_something_that_can_be_called(plugin: EntryPoint) -> None:
    assert callable(plugin.load())


@pytest.mark.parametrize("name", kg.__all__)
def test_every_public_name_can_be_had(name: str) -> None:
    assert getattr(kg, name)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = kg.nothing


def test_greek_english_and_spanish_are_served_with_times() -> None:
    proved = set(languages()) - set(trial_languages())
    assert proved >= {"el", "en", "es"}
    assert all((folder / "times.toml").is_file() for code, folder in pack_folders().items() if code in proved)


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "ontologies").iterdir()))
def test_the_ontologies_are_found_wherever_kg_is_installed(name: str) -> None:
    assert find_ontology(name).read_bytes() == (ROOT / "ontologies" / name).read_bytes()


def test_the_top_level_is_what_a_visitor_expects() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = {name.split("/")[0] for name in tracked.split("\0") if name and not name.startswith(".")}
    assert names <= {"pyproject.toml", "README.md", "LICENSE", "kg", "tests", "seeds", "ontologies", "output", "docs"}

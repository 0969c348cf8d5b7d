"""Readers and language packs of other packages: a real one, installed into a folder on the path."""

from pathlib import Path

import pytest

from kg.errors import InputError, PluginError
from kg.ingest import read, suffixes
from kg.packs import pack_folders
from kg.values import Document

READER = """
from kg.ingest import Draft

def read_telex(path):
    for line in path.read_text(encoding="utf8").splitlines():
        yield Draft(str(path), line.title(), id=line[:3])

not_callable = 3
"""


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "telex.py").write_text(READER, encoding="utf8")
    (tmp_path / "telex_words" / "eo").mkdir(parents=True)
    (tmp_path / "telex_words" / "eo" / "__init__.py").write_text("")
    metadata = tmp_path / "telex-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: telex\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(
        "[kg.readers]\ntelex = telex:read_telex\nbroken = telex:not_callable\nabsent = telex:nothing\n"
        "[kg.languages]\neo = telex_words.eo\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def test_a_reader_is_found_by_the_suffix_it_is_named_for(plugin: Path) -> None:
    (plugin / "a.telex").write_text("RUSSIA AND IRAN SIGNED A TREATY ON THURSDAY", encoding="utf8")
    (document,) = read(plugin / "a.telex")
    assert isinstance(document, Document)
    assert (document.id, document.text) == ("RUS", "Russia And Iran Signed A Treaty On Thursday")
    assert ".telex" in suffixes()


def test_without_the_plugin_the_suffix_is_unknown(tmp_path: Path) -> None:
    (tmp_path / "a.telex").write_text("RUSSIA", encoding="utf8")
    (error,) = read(tmp_path / "a.telex")
    assert isinstance(error, InputError)


@pytest.mark.parametrize(("suffix", "says"), [("broken", "is not callable"), ("absent", "cannot be loaded")])
def test_a_reader_that_cannot_be_used_is_named(plugin: Path, suffix: str, says: str) -> None:
    (plugin / f"a.{suffix}").write_text("RUSSIA", encoding="utf8")
    with pytest.raises(PluginError, match=rf"reader {suffix} .*{says}"):
        list(read(plugin / f"a.{suffix}"))


def test_a_language_pack_may_be_a_package_of_its_own(plugin: Path) -> None:
    pack_folders.cache_clear()
    try:
        assert pack_folders()["eo"] == plugin / "telex_words" / "eo"
        assert set(pack_folders()) > {"el", "en"}
    finally:
        pack_folders.cache_clear()

"""The pictures of the README: there, small, and of the page as it is."""

import re
from pathlib import Path
from types import ModuleType

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf8")
LARGEST = 350_000


def test_the_pictures_are_of_the_present_page_of_the_seed_graph(screenshots: ModuleType) -> None:
    assert screenshots.pictured() == screenshots.fingerprint(), "run `python tests/browser/screenshots.py`"


def test_every_picture_is_there_in_its_size_and_small(screenshots: ModuleType) -> None:
    assert {path.stem for path in screenshots.FOLDER.glob("*.png")} == set(screenshots.PICTURES)
    for name, (size, *_) in screenshots.PICTURES.items():
        content = (screenshots.FOLDER / f"{name}.png").read_bytes()
        assert content.startswith(b"\x89PNG\r\n\x1a\n"), name
        assert [int.from_bytes(content[at : at + 4], "big") for at in (16, 20)] == [*size.values()], name
        assert len(content) < LARGEST, name


def test_the_readme_shows_every_picture_and_says_what_is_on_it(screenshots: ModuleType) -> None:
    shown = dict(re.findall(r"!\[([^\]]{10,})\]\(docs/screenshots/(\w+)\.png\)", README))
    assert sorted(shown.values()) == sorted(screenshots.PICTURES)

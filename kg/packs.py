"""Language packs: folders of data by language code, shipped or found by the entry point group ``kg.languages``."""

from functools import cache
from pathlib import Path

from kg.plugins import find_plugins

SHIPPED = Path(__file__).parent / "language"
CASES = "cases.psv"
"""The case sentences of a pack, which prove it."""


@cache
def pack_folders() -> dict[str, Path]:
    """Return the folder of each language's data by its code; a plugin names a package."""
    folders = {path.name: path for path in sorted(SHIPPED.iterdir()) if path.is_dir() and path.name.isalpha()}
    for name, plugin in find_plugins("kg.languages").items():
        folders.setdefault(name, Path(next(iter(plugin.load().__path__))))
    return folders


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a pack, sorted."""
    return tuple(sorted(pack_folders()))


@cache
def trial_languages() -> tuple[str, ...]:
    """Return the codes of the languages whose packs no case sentences prove.

    They are read only where declared, and what they say is marked as experimental.
    """
    return tuple(sorted(code for code, folder in pack_folders().items() if not (folder / CASES).is_file()))

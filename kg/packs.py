"""Language packs: folders of data by language code, shipped or found by the entry point group ``kg.languages``."""

from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

SHIPPED = Path(__file__).parent / "language"


@cache
def pack_folders() -> dict[str, Path]:
    """Return the folder of each language's data by its code; a plugin names a folder, or a package that is one."""
    folders = {path.name: path for path in sorted(SHIPPED.iterdir()) if path.is_dir() and path.name.isalpha()}
    for plugin in entry_points(group="kg.languages"):
        loaded = plugin.load()
        folders.setdefault(plugin.name, Path(loaded if isinstance(loaded, str | Path) else next(iter(loaded.__path__))))
    return folders


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a pack, sorted."""
    return tuple(sorted(pack_folders()))

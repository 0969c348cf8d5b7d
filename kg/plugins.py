"""Parts that other packages bring, found by entry point: readers, language packs, extractors, exporters."""

from importlib.metadata import EntryPoint, entry_points
from typing import Any

from kg.errors import PluginError


def find_plugins(group: str) -> dict[str, EntryPoint]:
    """Return the entry points of a group by name, sorted."""
    found = {plugin.name: plugin for plugin in entry_points(group=group)}
    return dict(sorted(found.items()))


def load_plugin(kind: str, plugin: EntryPoint) -> Any:
    """Return the function that an entry point leads to; ``kind`` is what it is called in an error."""
    try:
        loaded = plugin.load()
    except (ImportError, AttributeError) as error:
        raise PluginError(f"{kind} {plugin.name} ({plugin.value}) cannot be loaded: {error}") from error
    if not callable(loaded):
        raise PluginError(f"{kind} {plugin.name} ({plugin.value}) is not callable")
    return loaded

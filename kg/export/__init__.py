"""A graph → a file in the format its user wants; the formats are found by entry point."""

from collections.abc import Callable, Mapping
from importlib.metadata import entry_points
from pathlib import Path

from kg.errors import PluginError
from kg.graph import KnowledgeGraph

Exporter = Callable[[KnowledgeGraph, Path], None]


def formats() -> Mapping[str, str]:
    """Return the formats that are installed, each with where its exporter lives."""
    return {
        entry.name: entry.value for entry in sorted(entry_points(group="kg.exporters"), key=lambda entry: entry.name)
    }


def find_exporter(name: str) -> Exporter:
    """Return the exporter of a format."""
    found = [entry for entry in entry_points(group="kg.exporters") if entry.name == name]
    if not found:
        raise PluginError(f"{name}: no such format; there are {', '.join(formats())}")
    try:
        exporter: Exporter = found[0].load()
    except (ImportError, AttributeError) as error:
        raise PluginError(f"{name}: its exporter {found[0].value} cannot be loaded: {error}") from error
    return exporter

"""Names: tables → forms → hits in a text."""

from kg.names.add import load_with_own
from kg.names.find import NameHit
from kg.names.load import load_names
from kg.names.names import Names, interchangeable

__all__ = ["NameHit", "Names", "interchangeable", "load_names", "load_with_own"]

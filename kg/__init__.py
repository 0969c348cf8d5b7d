"""A knowledge graph of international relations out of news articles: who does what to whom, when, according to whom.

>>> import kg
>>> graph = kg.build("articles/", output="output/")  # doctest: +SKIP
>>> reading = kg.extract("Η Ρωσία και το Ιράν υπέγραψαν συνθήκη.", lang="el")  # doctest: +SKIP
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.errors import InputError as InputError, KgError as KgError
    from kg.extract.component import load as load
    from kg.graph import KnowledgeGraph as KnowledgeGraph
    from kg.pipeline import build as build
    from kg.values import Claim as Claim, Document as Document, Entity as Entity, Statement as Statement

_HOMES = {
    "Claim": "kg.values",
    "Document": "kg.values",
    "Entity": "kg.values",
    "InputError": "kg.errors",
    "KgError": "kg.errors",
    "KnowledgeGraph": "kg.graph",
    "Statement": "kg.values",
    "build": "kg.pipeline",
    "load": "kg.extract.component",
}
"""Public name → the module it lives in, imported when the name is first used: ``import kg`` alone costs nothing."""

__all__ = [
    "Claim",
    "Document",
    "Entity",
    "InputError",
    "KgError",
    "KnowledgeGraph",
    "Statement",
    "build",
    "extract",
    "load",
]


def __getattr__(name: str) -> object:
    if name == "extract":
        return import_module("kg.extract")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)

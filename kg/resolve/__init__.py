"""What a name refers to: a reading's claims → the same claims about entities."""

from kg.resolve.resolver import Resolver
from kg.resolve.steps import Link

__all__ = ["Link", "Resolver"]

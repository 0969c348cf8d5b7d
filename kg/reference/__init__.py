"""Ontology and ready queries → pages for those who read before they ask; ``python -m kg.reference`` writes both anew."""

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape


def environment() -> Environment:
    """Return the templates of the pages; what goes into HTML is escaped."""
    return Environment(
        loader=PackageLoader("kg.reference", "."),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )

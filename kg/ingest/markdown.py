"""Markdown with front matter → drafts; marks of emphasis, links and headings are taken out of the text."""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from kg.errors import InputError
from kg.ingest.draft import Draft, clean, read_whole
from kg.ingest.text import find_title

_FRONT = re.compile(r"\A\s*---[ \t]*\n(?P<fields>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_MARKUP = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"^```.*?^```[^\n]*$", re.DOTALL | re.MULTILINE), ""),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[\^[^\]]+\]:?"), ""),
    (re.compile(r"^#{1,6}[ \t]+(.*?)[ \t]*#*$", re.MULTILINE), r"\1\n"),
    (re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}\.)[ \t]+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$", re.MULTILINE), ""),
    (re.compile(r"(\*\*|__|~~|`)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])([*_])(?=\S)([^*_\n]+?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<=\S)[ \t]*\n(?=\S)"), " "),
)
"""Each mark and what stands in its place; the last joins the lines of a paragraph. A heading keeps a paragraph of its own."""


def read_markdown(path: Path) -> Iterator[Draft | InputError]:
    """Yield the one article of a Markdown file, with the fields of its YAML front matter."""
    whole = read_whole(path)
    if isinstance(whole, InputError):
        yield whole
        return
    whole = whole.replace("\r\n", "\n")
    front = _FRONT.match(whole)
    fields = _parse_front(front["fields"] if front else "", path)
    if isinstance(fields, InputError):
        yield fields
        return
    text = clean(plain_text(whole[front.end() :] if front else whole)).strip()
    title = fields.pop("title", "") or find_title(text)
    yield Draft(str(path), text, title=title, **fields)


def plain_text(markdown: str) -> str:
    """Return the words of Markdown without its marks."""
    for mark, instead in _MARKUP:
        markdown = mark.sub(instead, markdown)
    return re.sub(r"\n{3,}", "\n\n", markdown)


def _parse_front(source: str, path: Path) -> dict[str, str] | InputError:
    try:
        loaded = yaml.load(source, Loader=yaml.BaseLoader)  # noqa: S506 - it makes only text, lists and tables
    except yaml.YAMLError as error:
        return InputError(f"{path}: front matter is not YAML ({' '.join(str(error).split())[:160]})")
    if loaded and not isinstance(loaded, dict):
        return InputError(f"{path}: front matter is not a table of fields")
    known = ("id", "lang", "date", "title", "url", "publisher")
    return {key: loaded[key] for key in known if loaded and isinstance(loaded.get(key), str)}

"""A graph → one HTML file that opens by double-click and asks nothing of any network.

pyvis holds nodes, edges and options; the template is our own, with autoescape. Texts of articles travel as JSON and
reach the page only as text.
"""

import base64
import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pyvis.network import Network

from kg.errors import DataError
from kg.export.chart import Chart, draw
from kg.graph import KnowledgeGraph

PAGE = Path(__file__).parent / "page"
"""The template, the styles, the words, the modules of the page's program, and vis-network."""

FIRST_MODULE = "main.js"
VIS_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "hideEdgesOnDrag": False, "keyboard": False, "multiselect": False},
}


def write_html(graph: KnowledgeGraph, path: Path) -> None:
    """Write a graph as one HTML page."""
    path.write_text(render(graph), encoding="utf-8", newline="\n")


def render(graph: KnowledgeGraph, *, title: str = "", lang: str = "", form: str = "") -> str:
    """Return the page of a graph.

    ``lang`` is the language that the page first speaks: by default that of most of its documents, where the page
    has words in it. ``title`` is the page's heading, by default its name in that language. ``form`` is the address of
    a form for queries, where a server has one.
    """
    words = load_words()
    lang = lang or _main_language(graph, tuple(words))
    if lang not in words:
        raise DataError(f"{PAGE / 'words.toml'}: no words in the language {lang}; it has {', '.join(words)}")
    chart = draw(graph)
    network = Network(directed=True, cdn_resources="in_line", heading=title or words[lang]["title"])
    network.nodes, network.edges, network.options = chart.nodes, chart.lines, VIS_OPTIONS
    network.path, network.templateEnv = "page.html.j2", _environment()
    network.templateEnv.globals.update(_globals(chart, words, lang), form=form)
    return str(network.generate_html("graph.html"))


def render_small(graph: KnowledgeGraph) -> str:
    """Return the page in a frame, for a notebook's cell."""
    page = escape(render(graph), quote=True)
    heading = escape(load_words()[_main_language(graph, tuple(load_words()))]["title"])
    box = "allow-scripts allow-downloads allow-popups"
    return f'<iframe title="{heading}" sandbox="{box}" width="100%" height="640" srcdoc="{page}"></iframe>'


@cache
def load_words() -> dict[str, dict[str, str]]:
    """Return the words of the page by language; every language must have the same."""
    path = PAGE / "words.toml"
    words: dict[str, dict[str, str]] = tomllib.loads(path.read_text(encoding="utf8"))
    every = set().union(*words.values())
    for lang, own in words.items():
        if every - own.keys():
            raise DataError(f"{path}: [{lang}] lacks {', '.join(sorted(every - own.keys()))}")
    return words


@cache
def bundle() -> str:
    """Return the page's program: its modules in the order of their imports, as one script.

    A page opened from disk may not import modules, so that the lines of import and the word export are taken out;
    all modules share one scope.
    """
    return "(() => {\n" + '"use strict";\n' + "\n".join(_modules(FIRST_MODULE, {})) + "})();\n"


def _modules(name: str, seen: dict[str, None]) -> Iterator[str]:
    if name in seen:
        return
    seen[name] = None
    source = (PAGE / "app" / name).read_text(encoding="utf8")
    for needed in re.findall(r'^import .*? from "\./(\w+\.js)";$', source, re.MULTILINE | re.DOTALL):
        yield from _modules(needed, seen)
    source = re.sub(r"^import .*?;\n", "", source, flags=re.MULTILINE | re.DOTALL)
    yield re.sub(r"^export ", "", source, flags=re.MULTILINE)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(PAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False, "separators": (",", ":"), "sort_keys": True,
    }  # fmt: skip
    return environment


def _globals(chart: Chart, words: dict[str, dict[str, str]], lang: str) -> dict[str, object]:
    """Return what the template knows besides nodes, edges, options and heading, which pyvis gives it."""
    style = (PAGE / "page.css").read_text(encoding="utf8")
    looks = json.loads((PAGE / "looks.json").read_text(encoding="utf8"))
    vis = (PAGE / "vendor" / "vis-network.min.js").read_text(encoding="utf8")
    return {
        "lang": lang,
        "word": words[lang],
        "style": style,
        "vis": vis,
        "program": bundle(),
        "policy": _policy(scripts=(vis, bundle()), styles=(style,)),
        "chart": chart,
        "words": words,
        "looks": looks,
    }


def _policy(*, scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Return the content security policy: nothing but these scripts and styles, and pictures made here."""
    return "; ".join((
        "default-src 'none'",
        f"script-src {' '.join(map(_hash, scripts))}",
        f"style-src {' '.join(map(_hash, styles))}",
        "img-src data: blob:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ))  # fmt: skip


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf8')).digest()).decode()}'"


def _main_language(graph: KnowledgeGraph, known: tuple[str, ...]) -> str:
    counts = {lang: sum(document.lang == lang for document in graph.documents.values()) for lang in known}
    return max(sorted(counts), key=counts.__getitem__)

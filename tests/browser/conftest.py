"""A real browser for the page: nothing may leave it, and nothing may be said on its console."""

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from kg.export.html import render
from kg.graph import KnowledgeGraph

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _load(name: str) -> ModuleType:
    """Return a module of this folder, which is no package."""
    spec = importlib.util.spec_from_file_location(f"browser_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def graphs() -> ModuleType:
    return _load("graphs")


@pytest.fixture(scope="session")
def screenshots() -> ModuleType:
    return _load("screenshots")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"needs Debian's Chromium ({CHROMIUM}): apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), headless=True, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open pages of graphs or files; whatever leaves a page, or is said on its console, fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def watch(page: Page) -> None:
        own = ((tmp_path / "graph.html").as_uri(), "blob:", "data:")
        page.on("request", lambda request: request.url.startswith(own) or faults.append(f"request {request.url}"))
        page.on("pageerror", lambda error: faults.append(f"error {error}"))
        page.on("console", lambda message: faults.append(f"console {message.text}"))
        page.on("dialog", lambda dialog: (faults.append(f"dialog {dialog.message}"), dialog.dismiss()))

    def open_one(
        graph: KnowledgeGraph | str,
        *,
        hash_: str = "",
        lang: str = "en",
        width: int = 1440,
        height: int = 900,
        **options: Any,
    ) -> Page:
        file = tmp_path / "graph.html"
        file.write_text(graph if isinstance(graph, str) else render(graph, lang=lang), encoding="utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": height}, offline=True, accept_downloads=True, **options
        )
        contexts.append(context)
        page = context.new_page()
        watch(page)
        page.goto(file.as_uri() + (f"#{hash_}" if hash_ else ""))
        page.wait_for_selector("html[data-ready]", timeout=60_000)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(scope="session")
def seed(graphs: ModuleType) -> KnowledgeGraph:
    return graphs.seed_graph()


@pytest.fixture
def page(open_page: Callable[..., Page], seed: KnowledgeGraph) -> Page:
    return open_page(seed)

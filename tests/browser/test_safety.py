"""Texts that try to be more than text."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Browser, Page
from pyvis.network import Network

from kg.export.html import render_small
from kg.graph import KnowledgeGraph

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]


def download(page: Page, form: str) -> str:
    page.click("#export summary")
    with page.expect_download() as waiting:
        page.click(f"#save-{form}")
    return Path(waiting.value.path()).read_text(encoding="utf-8-sig")


def test_hostile_texts_stay_text_wherever_they_are_shown(open_page: OpenPage, graphs: ModuleType) -> None:
    page = open_page(graphs.hostile_graph())
    page.click("#rows button.strong >> nth=0")
    panel = page.inner_text("#panel")
    assert '<img src=x onerror="alert(1)">' in panel
    assert "</script><script>alert(2)</script>" in panel
    page.fill("#q", "<img")
    page.keyboard.press("Enter")
    for view in ("view-dyads", "path-button"):
        page.click(f"[data-key={view}]")
    page.mouse.move(720, 320)
    assert page.locator("img, iframe, object, #panel b, #panel script").count() == 0
    assert page.evaluate("document.scripts.length") == 11


LOOSE = """() => {
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const { data, parentElement } = walk.currentNode;
    if (/[\\u202a-\\u202e\\u2066-\\u2069]/.test(data) && !parentElement.closest("script, bdi, .sentence")) found.push(parentElement.outerHTML.slice(0, 200));
  }
  return found;
}"""


@pytest.mark.parametrize(
    "state", ["", "n=n3&focus=2.n3", "e=n3~attacks~n4~~claimed", "view=dyads&d=n2~n3", "path=n2&path=n3"]
)
def test_a_right_to_left_override_turns_nothing_but_its_own_text(
    open_page: OpenPage, graphs: ModuleType, state: str
) -> None:
    page = open_page(graphs.hostile_graph(), hash_=state)
    assert "\u202e" in page.inner_text("#rows")
    assert page.evaluate(LOOSE) == []


def test_only_web_addresses_become_links(open_page: OpenPage, graphs: ModuleType) -> None:
    page = open_page(graphs.hostile_graph())
    page.click("#rows button.strong >> nth=0")
    assert page.locator("#panel .card").count() == 1
    assert page.locator("#panel a").count() == 0


def test_what_is_saved_is_harmless_too(open_page: OpenPage, graphs: ModuleType) -> None:
    page = open_page(graphs.hostile_graph())
    svg = download(page, "svg")
    assert "<img" not in svg
    assert "<script" not in svg
    assert "\u202e" not in svg
    assert '"=' not in download(page, "csv")


def test_a_very_long_name_breaks_nothing(open_page: OpenPage, graphs: ModuleType) -> None:
    page = open_page(graphs.hostile_graph(), hash_="n=n4")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("#panel h2").bounding_box()["height"] < 400  # type: ignore[index]


def test_markup_forced_into_the_page_runs_nothing(page: Page, browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(offline=True)
    other = context.new_page()
    said: list[str] = []
    other.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    other.goto(page.url)
    refused = other.evaluate(
        "() => { try { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(5)>'); return false; } catch { return true; } }"
    )
    other.wait_for_timeout(200)
    context.close()
    assert refused
    assert said == []


def test_stock_pyvis_would_have_let_them_through(browser: Browser, graphs: ModuleType, tmp_path: Path) -> None:
    """The reason for a template of our own: pyvis asks a network for its parts and hands script through."""
    network = Network(cdn_resources="in_line", heading="<script>alert(6)</script>")
    network.add_node(1, label="one", title=f"href {graphs.HOSTILE[0]}")
    file = tmp_path / "stock.html"
    file.write_text(network.generate_html(), encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url) if request.url.startswith("http") else None)
    page.goto(file.as_uri())
    context.close()
    assert set(said) == {"6"}
    assert asked


def test_the_frame_of_a_notebook_works_and_speaks_to_nobody(open_page: OpenPage, seed: KnowledgeGraph) -> None:
    page = open_page(
        f"<!doctype html><html data-ready lang=en><title>t</title><body>{render_small(seed)}</body></html>"
    )
    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for(state="attached")
    frame.locator("#rows button.strong").first.click()
    assert frame.locator("#panel .card").count() > 0

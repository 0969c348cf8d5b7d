"""The page without a mouse, without colours, on a phone, in the dark."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from kg.graph import KnowledgeGraph

pytestmark = pytest.mark.browser

AXE = Path(os.environ.get("AXE_CORE", Path(__file__).parents[2] / ".ci/node/node_modules/axe-core/axe.min.js"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

STATES = {
    "welcome": "",
    "evidence": "e=IRN~supplies~RUS~missiles~claimed",
    "entity": "n=RUS&l=el",
    "dyad": "view=dyads&d=IRN~RUS",
    "path": "path=USA&path=UKR",
    "nothing": "xs=asserted&xs=claimed&xs=planned&xs=denied&undated=0",
    "focus": "n=USA&focus=1.USA&colour=community&merge=0",
}

OpenPage = Callable[..., Page]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(open_page: OpenPage, seed: KnowledgeGraph, state: str, scheme: str) -> None:
    if not AXE.exists():
        pytest.skip(f"needs axe-core from npm: {AXE}")
    page = open_page(seed, hash_=STATES[state], color_scheme=scheme)
    page.evaluate(AXE.read_text(encoding="utf8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []


def test_everything_can_be_done_from_the_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.line"):
            break
    page.keyboard.press("Enter")
    assert page.locator("#panel .card").count() > 0
    assert page.evaluate("document.activeElement.dataset.line"), "the keyboard keeps its place in the list"
    page.keyboard.press("Escape")
    assert page.locator("#panel .card").count() == 0


def test_the_keyboard_is_always_seen(page: Page) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        outline = page.evaluate(
            "(([one, style]) => [style.outlineStyle, parseFloat(style.outlineWidth), one.id || one.className])(((one) => [one, getComputedStyle(one)])(document.activeElement))"
        )
        assert outline[0] == "solid", outline
        assert outline[1] >= 2, outline


def test_a_checkbox_keeps_the_keyboard_when_the_filters_are_drawn_again(page: Page) -> None:
    page.focus("#box-status-claimed")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.id") == "box-status-claimed"
    assert page.is_checked("#box-status-claimed")


def test_a_status_is_a_pattern_and_a_word_not_only_a_colour(page: Page) -> None:
    patterns = page.evaluate(
        "[...document.querySelectorAll('#facet-status .swatch')].map(svg => [svg.children.length, svg.firstChild.getAttribute('stroke-dasharray')].join())"
    )
    assert len(set(patterns)) == len(patterns) == 4
    for row in page.locator("#rows .status").all_inner_texts():
        assert row.split()[0] in ("asserted", "claimed", "planned", "possible", "denied")


def test_on_a_phone_the_graph_comes_first_and_the_evidence_in_a_sheet(
    open_page: OpenPage, seed: KnowledgeGraph
) -> None:
    page = open_page(seed, width=390, height=844, has_touch=True)
    canvas = page.locator("#canvas").bounding_box()
    assert canvas
    assert canvas["height"] > 600
    assert not page.is_visible("#panel")
    page.click("#tabs [data-key=tab-list]")
    page.click("#rows button.strong >> nth=0")
    page.click("#tabs [data-key=tab-panel]")
    assert page.is_visible("#panel .card >> nth=0")
    assert page.locator("#canvas").bounding_box()["height"] > 250  # type: ignore[index]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_theme_follows_the_system_until_it_is_chosen(open_page: OpenPage, seed: KnowledgeGraph) -> None:
    page = open_page(seed, color_scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(paper)
    page.click("#theme")
    assert page.evaluate(paper) != dark
    page.emulate_media(color_scheme="light")
    page.click("#theme")
    assert page.evaluate(paper) == dark


def test_nothing_is_wider_than_the_window_at_four_times_the_size(open_page: OpenPage, seed: KnowledgeGraph) -> None:
    page = open_page(seed, width=320, height=640, hash_="e=IRN~supplies~RUS~missiles~claimed")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

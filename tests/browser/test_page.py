"""What a reader does with the page, with a real mouse and a real keyboard."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Page

from kg.graph import KnowledgeGraph

pytestmark = pytest.mark.browser

CLAIM = "e=IRN~supplies~RUS~missiles~claimed"


def download(page: Page, form: str) -> bytes:
    page.click("#export summary")
    with page.expect_download() as waiting:
        page.click(f"#save-{form}")
    return Path(waiting.value.path()).read_bytes()


def shown(page: Page) -> int:
    return int(page.inner_text("#count b"))


def test_the_line_of_a_claim_leads_to_its_sentence_with_the_cue_marked(open_page: Callable[..., Page], seed: KnowledgeGraph) -> None:
    page = open_page(seed, hash_=CLAIM)
    card = page.locator("#panel .card").first
    assert "κατηγόρησαν την Τεχεράνη" in card.inner_text()
    assert card.locator("mark").inner_text() == "παρέδωσε"
    assert "Claimed by United States" in card.inner_text()
    assert card.locator("a").get_attribute("href") == "https://example.org/1"


def test_a_claim_that_somebody_denies_is_never_shown_without_the_denial(open_page: Callable[..., Page], seed: KnowledgeGraph) -> None:
    page = open_page(seed, hash_=CLAIM)
    assert "disputed" in page.inner_text("#panel .chips >> nth=0")
    assert "Denied by Iran" in page.inner_text("#panel .others")


def test_people_are_shown_as_their_states_until_the_switch_is_turned(page: Page) -> None:
    assert page.locator("#rows", has_text="Putin").count() == 0
    page.uncheck("#switch-rollUp")
    assert "Vladimir Putin" in page.inner_text("#rows")


def test_the_nameless_are_hidden_with_their_number_and_come_back(page: Page) -> None:
    before = shown(page)
    kept = page.locator(".kept li", has_text="nameless")
    number = int(re.search(r"\d+", kept.inner_text()).group())
    kept.locator("button").click()
    assert shown(page) == before + number


def test_search_finds_a_name_without_accents_in_any_language(page: Page) -> None:
    for text in ("ρωσια", "Ρωσία", "russia", "РОССИЯ", "Q159"):
        page.keyboard.press("/")
        page.fill("#q", text)
        page.keyboard.press("Enter")
        assert "Russia" in page.inner_text("#panel h2")
        page.keyboard.press("Escape")


def test_a_status_taken_out_is_gone_and_reset_brings_it_back(page: Page) -> None:
    before = shown(page)
    page.uncheck("#box-status-asserted")
    assert 0 < shown(page) < before
    page.click("#reset")
    assert shown(page) == before


def test_the_page_speaks_both_languages(page: Page) -> None:
    page.click("#tools button[lang=el]")
    assert "Ρωσία" in page.inner_text("#rows")
    assert "διάψευση" in page.inner_text("#facet-status")
    assert page.get_attribute("html", "lang") == "el"


def test_hostile_texts_stay_text(open_page: Callable[..., Page], graphs: ModuleType) -> None:
    page = open_page(graphs.hostile_graph())
    page.click("#rows button.strong >> nth=0")
    panel = page.inner_text("#panel")
    assert '<img src=x onerror="alert(1)">' in panel
    assert "</script><script>alert(2)</script>" in panel
    assert page.locator("img, #panel a, #panel b").count() == 0
    for form in ("svg", "csv", "json"):
        download(page, form)


def test_downloads_hold_what_is_shown(page: Page) -> None:
    assert download(page, "png").startswith(b"\x89PNG")
    svg = download(page, "svg").decode()
    assert ">North Korea</text>" in svg
    csv = download(page, "csv").decode("utf-8-sig")
    assert "παρέδωσε μικρού βεληνεκούς" in csv
    records = json.loads(download(page, "json"))
    assert len(records["relations"]) == shown(page)

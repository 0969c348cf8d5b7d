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

OpenPage = Callable[..., Page]


def download(page: Page, form: str) -> bytes:
    page.click("#export summary")
    with page.expect_download() as waiting:
        page.click(f"#save-{form}")
    return Path(waiting.value.path()).read_bytes()


def shown(page: Page) -> int:
    return int(page.inner_text("#count b"))


def point_at(page: Page, *words: str) -> None:
    """Move the mouse over the middle of the canvas until the page tells of a line with these words."""
    box = page.locator("#canvas").bounding_box()
    assert box
    for y in range(int(box["y"]) + 20, int(box["y"] + box["height"]) - 20, 5):
        page.mouse.move(box["x"] + box["width"] / 2, y)
        if page.is_visible("#tip") and all(word in page.inner_text("#tip") for word in words):
            return
    pytest.fail(f"nothing on the canvas is {words}")


def test_a_click_on_a_line_of_the_canvas_opens_its_greek_sentence(page: Page) -> None:
    point_at(page, "supplies missiles", "claimed")
    page.mouse.down()
    page.mouse.up()
    card = page.locator("#panel .card").first
    assert "Οι Ηνωμένες Πολιτείες κατηγόρησαν την Τεχεράνη" in card.inner_text()
    assert card.locator(".sentence").get_attribute("lang") == "el"


def test_the_line_of_a_claim_leads_to_its_sentence_with_the_cue_marked(
    open_page: OpenPage, seed: KnowledgeGraph
) -> None:
    page = open_page(seed, hash_=CLAIM)
    card = page.locator("#panel .card").first
    assert card.locator("mark").inner_text() == "παρέδωσε"
    assert "Claimed by United States" in card.inner_text()
    assert "confidence 9/10" in card.inner_text()
    assert card.locator("a").get_attribute("href") == "https://example.org/1"
    assert "Oct 31, 2024" in card.inner_text()


def test_a_claim_that_somebody_denies_is_never_shown_without_the_denial(
    open_page: OpenPage, seed: KnowledgeGraph
) -> None:
    page = open_page(seed, hash_=CLAIM)
    assert "disputed" in page.inner_text("#panel .chips >> nth=0")
    assert "Denied by Iran" in page.inner_text("#panel .others")


def test_people_are_shown_as_their_states_until_the_switch_is_turned(page: Page) -> None:
    assert page.locator("#rows", has_text="Putin").count() == 0
    page.uncheck("#switch-rollUp")
    assert "Vladimir Putin" in page.inner_text("#rows")


def test_a_line_of_a_state_names_the_person_who_acted(open_page: OpenPage, seed: KnowledgeGraph) -> None:
    page = open_page(seed, hash_="e=IRN~visits~RUS~~planned")
    assert "Masoud Pezeshkian" in page.inner_text("#panel .rolled")


def test_the_nameless_are_hidden_with_their_number_and_come_back(page: Page) -> None:
    before = shown(page)
    kept = page.locator(".kept li", has_text="nameless")
    number = int(re.findall(r"\d+", kept.inner_text())[0])
    kept.locator("button").click()
    assert shown(page) == before + number


@pytest.mark.parametrize("text", ["ρωσια", "Ρωσία", "russia", "РОССИЯ", "Q159", "ρωσιΑ"])
def test_search_finds_a_name_without_accents_in_any_language(page: Page, text: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    assert "Russia" in page.inner_text("#panel h2")
    assert "n=RUS" in page.url


def test_search_folds_the_final_sigma_and_says_when_nothing_is_found(page: Page) -> None:
    page.fill("#q", "μασουντ πεζεσκιαν")
    assert page.locator("#q-list li").count() == 1
    page.fill("#q", "ηνωμενεσ πολιτειεσ")
    assert page.locator("#q-list li").first.inner_text().startswith("United States")
    page.fill("#q", "xyzzy")
    assert "Nothing" in page.inner_text("#q-list")


def test_a_thing_without_a_place_on_the_sheet_shows_the_lines_that_carry_it(page: Page) -> None:
    page.fill("#q", "πύραυλοι")
    page.keyboard.press("Enter")
    assert page.locator("#panel .line").count() == 2


def test_a_status_taken_out_is_gone_and_reset_brings_it_back(page: Page) -> None:
    before = shown(page)
    page.uncheck("#box-status-asserted")
    assert 0 < shown(page) < before
    assert "kept away by filters" in page.inner_text(".kept")
    page.click("#reset")
    assert shown(page) == before


def test_a_facet_counts_what_it_would_give(page: Page) -> None:
    number = int(page.inner_text("#facet-status .row:has(#box-status-claimed) .number"))
    page.hover("#facet-status .row:has(#box-status-claimed)")
    page.click("[data-key=only-status-claimed]")
    assert shown(page) == number


def test_a_family_of_relations_is_switched_as_one(page: Page) -> None:
    before = shown(page)
    family = page.locator(".family", has_text="supplies")
    number = int(family.locator(".number").first.inner_text())
    family.locator("input").first.uncheck()
    assert shown(page) == before - number


def test_dates_cut_and_the_undated_go_only_when_told(page: Page) -> None:
    before = shown(page)
    page.uncheck("#undated")
    dated = shown(page)
    assert 0 < dated < before
    page.locator("#date-from").focus()
    page.keyboard.press("End")
    assert shown(page) < dated
    assert "from=2024" in page.url
    page.click("#reset")
    assert shown(page) == before


def test_dates_of_articles_can_be_used_where_events_have_none(page: Page) -> None:
    page.select_option("#menu-basis", "article")
    page.uncheck("#undated")
    assert shown(page) == 22


def test_what_is_less_sure_than_asked_is_kept_away(page: Page) -> None:
    before = shown(page)
    page.select_option("#menu-least", "9")
    assert shown(page) == before
    assert "least=9" in page.url
    page.click("#reset")
    assert page.input_value("#menu-least") == "0"


def test_the_shortest_path_says_what_it_rests_on(page: Page) -> None:
    page.click("#path-button")
    page.fill("#path-0", "United")
    page.keyboard.press("Enter")
    page.fill("#path-1", "ουκρανια")
    page.keyboard.press("Enter")
    panel = page.inner_text("#panel")
    assert page.locator(".path li").count() == 3
    assert "Russia wages war on Ukraine" in panel
    assert "denied" not in panel, "a better line joins the same two"
    assert page.url.count("path=") == 2


def test_focus_leaves_only_what_is_near_and_says_so(open_page: OpenPage, seed: KnowledgeGraph) -> None:
    page = open_page(seed, hash_="n=USA")
    before = shown(page)
    page.click("[data-key=hops-1]")
    assert 0 < shown(page) < before
    page.click("#notices button")
    assert shown(page) == before


def test_a_pair_of_actors_has_its_balance_and_its_timeline(page: Page) -> None:
    page.click("[data-key=view-dyads]")
    point_at(page, "Iran", "↔", "Russia")
    page.mouse.down()
    page.mouse.up()
    assert "cooperation" in page.inner_text("#panel")
    assert page.locator(".timeline circle").count() > 3
    page.click("#panel .line >> nth=0")
    assert page.locator("#panel .card").count() > 0


def test_a_permalink_shows_the_same_again(page: Page, open_page: OpenPage, seed: KnowledgeGraph) -> None:
    page.uncheck("#box-status-planned")
    page.click("#tools button[lang=el]")
    page.click("#rows button.strong >> nth=0")
    first = page.inner_text("#panel")
    again = open_page(seed, hash_=page.url.split("#")[1])
    assert again.inner_text("#panel") == first
    assert not again.is_checked("#box-status-planned")
    assert again.get_attribute("html", "lang") == "el"


def test_a_permalink_of_another_graph_does_no_harm(open_page: OpenPage, seed: KnowledgeGraph) -> None:
    page = open_page(seed, hash_="n=XXX&xs=nothing&from=x&focus=9.RUS&path=XXX&view=none&l=xx&size=toString")
    assert shown(page) == 22


def test_the_page_speaks_both_languages(page: Page) -> None:
    page.click("#tools button[lang=el]")
    assert "Ρωσία" in page.inner_text("#rows")
    assert "διαψευσμένο" in page.inner_text("#facet-status")
    assert page.get_attribute("#canvas", "aria-label", timeout=1000).startswith("Σχέδιο")  # type: ignore[union-attr]
    words = re.findall(r"[A-Za-z]{3,}", page.inner_text("#filters") + page.inner_text("#tools"))
    assert set(words) <= {"PNG", "SVG", "CSV", "JSON", "English"}


def test_the_list_is_sorted_by_every_column(page: Page) -> None:
    for column, cell in (("from", 2), ("to", 4)):
        page.click(f"[data-key=sort-{column}]")
        names = page.locator(f"#rows td:nth-child({cell})").all_inner_texts()
        assert names == sorted(names, key=str.casefold)
        assert page.locator("th[aria-sort=ascending]").count() == 1


def test_downloads_hold_what_is_shown(page: Page) -> None:
    assert download(page, "png").startswith(b"\x89PNG")
    svg = download(page, "svg").decode()
    assert ">North Korea</text>" in svg
    assert "stroke-dasharray" in svg
    csv = download(page, "csv").decode("utf-8-sig")
    assert "παρέδωσε μικρού βεληνεκούς" in csv
    page.uncheck("#box-status-asserted")
    assert len(json.loads(download(page, "json"))["relations"]) == shown(page)


def test_captions_never_overlap_and_denials_keep_their_bar(page: Page) -> None:
    svg = download(page, "svg").decode()
    found = re.findall(r'<text x="([-\d.]+)" y="([-\d.]+)" font-size="([\d.]+)"[^>]*>([^<]+)<', svg)
    assert len(found) > 20
    boxes = [(float(x), float(y), 0.45 * float(size) * len(text), float(size)) for x, y, size, text in found]
    for number, (x, y, wide, high) in enumerate(boxes):
        for u, v, broad, tall in boxes[number + 1 :]:
            assert abs(x - u) >= (wide + broad) / 2 or abs(y - v) >= (high + tall) / 2.2


def test_a_curve_of_the_drawing_is_the_curve_on_the_canvas(open_page: OpenPage, seed: KnowledgeGraph) -> None:
    """Captions and the SVG stand on our own reckoning of the curve: a caption's middle must hit its line."""
    page = open_page(seed)
    point_at(page, "signs treaty with")
    assert "planned" in page.inner_text("#tip")


def test_a_large_graph_draws_the_strongest_and_says_so(open_page: OpenPage, graphs: ModuleType) -> None:
    page = open_page(graphs.made_up_graph(1800))
    assert "The 1,500 strongest of 1,7" in page.inner_text("#notices")
    assert "of 1,800" in page.inner_text(".list-head")
    page.click("[data-key=draw-all]")
    assert page.inner_text("#notices").startswith("All 1,7")

"""What a reader does with the page, with a real mouse and a real keyboard."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Page

from kg.export.chart import draw
from kg.export.html import render
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


def lines_drawn(page: Page) -> int:
    found = re.search(r"(\d+) lines drawn", page.inner_text("#filters"))
    assert found
    return int(found[1])


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
    assert page.text_content("#panel .others .chip") == "denied — Iran"


def test_copies_of_one_story_and_articles_of_one_outlet_are_one_source(open_page: OpenPage, graphs: ModuleType) -> None:
    page = open_page(graphs.agency_graph())
    page.click("#rows button.strong >> nth=0")
    told = page.inner_text("#panel .small >> nth=0")
    assert told == "5 sentences · 5 articles · 2 independent sources · 2 articles repeat another’s text"
    assert "2 independent sources" in page.inner_text("#rows")
    (record,) = json.loads(download(page, "json"))["relations"]
    assert (record["sentences"], record["articles"], record["sources"]) == (5, 5, 2)


def test_only_equal_relations_are_drawn_as_one(page: Page) -> None:
    records = json.loads(download(page, "json"))["relations"]
    equal = {(*one["shown"], one["predicate"], one["thing"], one["status"]) for one in records}
    assert lines_drawn(page) == len(equal) < len(records)
    page.click("#merge")
    assert lines_drawn(page) == len(records)
    assert "merge=0" in page.url


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


@pytest.mark.parametrize(
    ("name", "label", "texts"),
    [
        ("RUS", "Russia", ("ρωσια", "Ρωσία", "russia", "РОССИЯ", "Q159", "ρωσιΑ")),
        ("GRC", "Greece", ("ελλαδα", "Ελλάδα", "ΕΛΛΑΔΑ", "Greece", "GRC")),
        ("Putin", "Vladimir Putin", ("Путин", "πουτιν", "putin")),
    ],
    ids=["Russia", "Greece", "Putin"],
)
def test_search_finds_a_name_without_accents_in_any_language(
    page: Page, name: str, label: str, texts: tuple[str, ...]
) -> None:
    for text in texts:
        page.keyboard.press("/")
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        assert label in page.inner_text("#panel h2"), text
        assert f"n={name}&" in page.url, text
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("Escape")


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
    kept = page.locator(".kept li", has_text="undated")
    assert int(re.findall(r"\d+", kept.inner_text())[0]) == before - dated
    kept.locator("button").click()
    assert shown(page) == before
    page.uncheck("#undated")
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


def test_a_pair_of_which_something_is_only_denied_is_no_solid_line(open_page: OpenPage, seed: KnowledgeGraph) -> None:
    page = open_page(seed, hash_="view=dyads&xs=asserted&xs=claimed&xs=planned")
    svg = download(page, "svg").decode()
    assert re.findall(r'stroke-dasharray="([^"]+)"', svg) == ["12 4 3 4"]
    assert svg.count('stroke-width="3" opacity') == 1, "the cross-bar"


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


def test_the_drawing_has_the_places_of_the_graph_and_a_curve_for_every_line(page: Page, seed: KnowledgeGraph) -> None:
    svg = download(page, "svg").decode()
    places = {node["labels"]["en"]: (node["x"], node["y"]) for node in draw(seed).nodes if "x" in node}  # type: ignore[index]
    circles = re.findall(r'<circle cx="(-?\d+)" cy="(-?\d+)"[^>]*><title>([^<]+)<', svg)
    assert len(circles) > 4
    for x, y, label in circles:
        assert places[label] == (int(x), int(y)), label
    curves = re.findall(r'<path d="(M[^"]+Q[^"]+)"', svg)
    assert len(set(curves)) == len(curves) == lines_drawn(page)


def test_size_and_colour_follow_the_measure_that_is_chosen(page: Page) -> None:
    def looks() -> tuple[list[str], list[str]]:
        nodes = re.findall(r'<circle [^>]*r="([\d.]+)" fill="([^"]+)"', download(page, "svg").decode())
        return [size for size, _ in nodes], [colour for _, colour in nodes]

    sizes, colours = looks()
    assert len(set(colours)) == 1, "circles are states"
    page.select_option("#menu-size", "betweenness")
    others, same = looks()
    assert others != sizes
    assert same == colours
    page.select_option("#menu-colour", "community")
    assert len(set(looks()[1])) > 1
    assert "around " in page.inner_text("#filters")
    assert "size=betweenness" in page.url
    assert "colour=community" in page.url


def test_on_paper_stand_the_graph_the_whole_list_and_the_evidence_in_light_colours(
    open_page: OpenPage, seed: KnowledgeGraph
) -> None:
    page = open_page(seed, hash_=CLAIM, color_scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(paper)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(paper) == "rgb(255, 255, 255)"
    assert page.locator("#canvas").bounding_box()["height"] > 200  # type: ignore[index]
    assert page.evaluate(
        "document.querySelector('.scroll').scrollHeight === document.querySelector('.scroll').clientHeight"
    )
    assert page.is_visible("#panel .card >> nth=0")
    assert not any(page.is_visible(part) for part in ("#filters", "#tools", "#search", "#zoom"))
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(paper) == dark


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


@pytest.fixture(scope="module")
def large(graphs: ModuleType) -> str:
    return render(graphs.made_up_graph(1800), lang="en")


def test_a_large_graph_draws_the_strongest_and_says_so(open_page: OpenPage, large: str) -> None:
    page = open_page(large)
    assert "The 1,500 strongest of 1,7" in page.inner_text("#notices")
    assert "of 1,800" in page.inner_text(".list-head")
    page.click("[data-key=draw-all]")
    assert page.inner_text("#notices").startswith("All 1,7")
    page.click("[data-key=draw-all]")
    assert page.inner_text("#notices").startswith("The 1,500 strongest")


def test_more_is_written_on_the_sheet_the_nearer_one_comes(open_page: OpenPage, large: str) -> None:
    page = open_page(large)
    far = download(page, "svg").count(b"<text ")
    for _ in range(6):
        page.click("#zoom button >> nth=0")
    assert download(page, "svg").count(b"<text ") > 2 * far > 0


def test_a_long_list_is_turned_page_by_page(open_page: OpenPage, large: str) -> None:
    page = open_page(large)
    assert page.is_disabled("[data-key=previous]")
    first = page.inner_text("#rows")
    page.click("[data-key=next]")
    assert page.inner_text(".list-head .small >> nth=0") == "51–100 of 1,800"
    assert page.inner_text("#rows") != first
    page.click("[data-key=previous]")
    assert page.inner_text("#rows") == first


def test_what_is_too_long_for_the_panel_opens_on_demand(open_page: OpenPage, seed: KnowledgeGraph) -> None:
    part = seed.parts["seed"]
    names = frozenset(("en", f"Name {number}") for number in range(20))
    entities = frozenset(replace(one, aliases=names) if one.id == "RUS" else one for one in part.entities)
    page = open_page(KnowledgeGraph({"seed": replace(part, entities=entities)}), hash_="n=RUS")
    assert page.inner_text("#panel").count("Name ") < 12
    page.click("#panel button.link")
    assert page.inner_text("#panel").count("Name ") == 20
    assert page.evaluate("document.activeElement.id") == "panel", "the keyboard goes on where it was"

"""How fast the page is built, ready and filtered, and how large it is: run with ``--benchmarks -s``."""

import importlib.util
import time
from pathlib import Path
from statistics import median
from types import ModuleType

import pytest
from playwright.sync_api import sync_playwright

from kg.export.html import render

pytestmark = [pytest.mark.benchmark, pytest.mark.browser]

CHROMIUM = Path("/usr/bin/chromium")
ROUNDS = 3


@pytest.fixture(scope="module")
def graphs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("browser_graphs", Path(__file__).parents[1] / "browser" / "graphs.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FILTER = """() => {
  const start = performance.now();
  document.getElementById('box-status-denied').click();
  document.body.getBoundingClientRect();
  return performance.now() - start;
}"""


LIMITS = {"build s": 10, "MB": 2, "ready ms": 2_000, "filter ms": 500}


@pytest.mark.parametrize(("relations", "limits"), [(1_000, LIMITS), (10_000, LIMITS | {"MB": 8, "ready ms": 5_000})])
def test_the_page_is_fast_enough(graphs: ModuleType, tmp_path: Path, relations: int, limits: dict[str, float]) -> None:
    if not CHROMIUM.exists():
        pytest.skip(f"needs Debian's Chromium ({CHROMIUM})")
    file = tmp_path / "graph.html"
    built, ready, filtered = [], [], []
    for _ in range(ROUNDS):
        graph = graphs.made_up_graph(relations)  # a new one: a graph keeps what it has found once
        started = time.perf_counter()
        html = render(graph)
        built.append(time.perf_counter() - started)
    file.write_text(html, encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        for _ in range(ROUNDS):
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(file.as_uri())
            page.wait_for_selector("html[data-ready]", timeout=60_000)
            ready.append(float(page.get_attribute("html", "data-ready") or "inf"))
            filtered.append(float(page.evaluate(FILTER)))
            page.close()
        browser.close()
    figures = {
        "build s": median(built),
        "MB": len(html.encode()) / 1e6,
        "ready ms": median(ready),
        "filter ms": median(filtered),
    }
    print(f"\n{relations} relations: {', '.join(f'{value:.1f} {name}' for name, value in figures.items())}")
    assert {name: value for name, value in figures.items() if value > limits[name]} == {}

"""Takes the README's pictures of the seed graph's page again: ``python tests/browser/screenshots.py``."""

import tomllib
from hashlib import sha256
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "output" / "graph.html"
FOLDER = ROOT / "docs" / "screenshots"
MADE = FOLDER / "made.toml"
"""Says of which page the pictures are."""

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb", "--font-render-hinting=none"]
WIDE, PHONE = {"width": 1360, "height": 780}, {"width": 390, "height": 780}


def open_evidence(page: Page) -> None:
    """Choose what is disputed, or the first relation of the list."""
    disputed = page.locator("#panel h3:has(.small) + ul .line")
    (disputed if disputed.count() else page.locator("#rows [data-line]")).first.click()


def open_dyad(page: Page) -> None:
    """Choose the pair with most relations."""
    page.click("[data-key=view-dyads]")
    page.click("#rows [data-line] >> nth=0")


def open_sheet(page: Page) -> None:
    """Open the evidence on a phone."""
    page.click("[data-key=tab-list]")
    page.click("#rows [data-line] >> nth=0")
    page.click("[data-key=tab-panel]")


PICTURES = {
    "page": (WIDE, "light", "en", lambda page: None),
    "evidence": (WIDE, "light", "en", open_evidence),
    "dyad": (WIDE, "light", "en", open_dyad),
    "dark": (WIDE, "dark", "el", open_evidence),
    "phone": (PHONE, "light", "el", open_sheet),
}


def fingerprint() -> str:
    """Return the hash of the seed graph's page."""
    return sha256(SOURCE.read_bytes()).hexdigest()


def pictured() -> str:
    """Return the hash of the page that the pictures are of."""
    return str(tomllib.loads(MADE.read_text(encoding="utf8"))["sha256"])


def main() -> None:
    """Take every picture, and write down of which page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, (size, scheme, lang, act) in PICTURES.items():
            context = browser.new_context(viewport=size, color_scheme=scheme, offline=True)
            page = context.new_page()
            page.goto(f"{SOURCE.as_uri()}#l={lang}")
            page.wait_for_selector("html[data-ready]")
            act(page)
            page.mouse.move(2, 2)
            page.wait_for_timeout(600)
            page.screenshot(path=FOLDER / f"{name}.png")
            context.close()
        browser.close()
    MADE.write_text(f'# of which output/graph.html the pictures are\nsha256 = "{fingerprint()}"\n', encoding="utf8")


if __name__ == "__main__":
    main()

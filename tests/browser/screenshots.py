"""Takes the README's pictures of a page: ``python tests/browser/screenshots.py output/graph.html FOLDER``."""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb", "--font-render-hinting=none"]
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def open_evidence(page: Page) -> None:
    """Choose what is disputed, or the first relation of the list."""
    disputed = page.locator("#panel .line")
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
    "page": (WIDE, "light", lambda page: None),
    "evidence": (WIDE, "light", open_evidence),
    "dyad": (WIDE, "light", open_dyad),
    "dark": (WIDE, "dark", open_evidence),
    "phone": (PHONE, "light", open_sheet),
}


def main(source: Path, folder: Path) -> None:
    """Take every picture of one page."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, (size, scheme, act) in PICTURES.items():
            context = browser.new_context(viewport=size, color_scheme=scheme, offline=True, locale="en-GB")
            page = context.new_page()
            page.goto(source.resolve().as_uri())
            page.wait_for_selector("html[data-ready]")
            act(page)
            page.mouse.move(2, 2)
            page.wait_for_timeout(600)
            page.screenshot(path=folder / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

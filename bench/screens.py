"""Pictures of every screen, to be looked at: `python -m bench.screens --out FOLDER [--only NAME …]`.

A workspace of invented ads is made once below the folder (or again with `--anew`) and served at a fixed time;
each screen is opened as a person would open it and drawn in both themes at three sizes. Nothing is compared:
the pictures are for eyes.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from functools import partial
from pathlib import Path
from typing import Any

from bench.screens_people import draw_people
from bench.screens_ways import SCREENS
from bench.serving import CHROMIUM, FLAGS, environment, seed, serving, settle

ADS, SEED = 6_000, 7
NOW = "2026-06-01T09:00:00Z"  # the day after the world's last ad
SIZES = {"wide": (1440, 900), "middle": (1024, 768), "narrow": (390, 844)}
BELOW = "() => { scrollBy(0, 760); return scrollY > 100 && !document.querySelector('dialog[open]'); }"


def main() -> int:
    """Make what is missing, draw what was asked for, say where it lies."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--only", nargs="*", default=[], help="screens whose name begins with one of these")
    options.add_argument("--sizes", nargs="*", default=list(SIZES), choices=list(SIZES))
    options.add_argument("--themes", nargs="*", default=["light", "dark"], choices=["light", "dark"])
    options.add_argument("--anew", action="store_true", help="make the workspace again")
    given = options.parse_args()
    work = given.out / "workspace"
    if given.anew:
        shutil.rmtree(work, ignore_errors=True)
    if not work.exists():
        seed(work, ads=ADS, seed=SEED, now=NOW)
    chosen = [n for n in (*SCREENS, "people") if not given.only or n.startswith(tuple(given.only))]
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        with serving(environment(work, HOMEWARD_NOW=NOW)) as address:
            for name in chosen:
                for size in given.sizes:
                    if name in SCREENS:
                        _screen(browser, address, name, size, given)
        if "people" in chosen:
            opened = partial(_context, browser, size="wide")
            draw_people(opened, work, given.out / "people", partial(_sized, given))
        browser.close()
    print(f"pictures: {given.out}")
    return 0


def _context(browser: Any, address: str, size: str) -> Any:
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": height}, color_scheme="light",
        reduced_motion="reduce", timezone_id="UTC", locale="en-GB",
    )  # fmt: skip
    context.set_default_timeout(60_000)  # a first page waits for a server that warms up on a busy machine
    context.clock.set_fixed_time(NOW)
    return context


def _screen(browser: Any, address: str, name: str, size: str, given: argparse.Namespace) -> None:
    context = _context(browser, address, size)
    page = context.new_page()
    try:
        SCREENS[name](page)
        _draw(page, given, name, size)
    except Exception as error:  # one screen that does not open leaves the others to be drawn
        print(f"{name} {size}: {str(error).splitlines()[0]}", file=sys.stderr)
        page.screenshot(path=given.out / f"{name}-{size}-failed.png")
    context.close()


def _sized(given: argparse.Namespace, page: Any, name: str) -> None:
    """Draw what is shown at every size, without opening it anew."""
    for size in given.sizes:
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        _draw(page, given, f"people-{name}", size)


def _draw(page: Any, given: argparse.Namespace, name: str, size: str) -> None:
    settle(page)
    page.mouse.move(2, 2)  # nothing is drawn as pointed at
    for theme in given.themes:
        page.emulate_media(color_scheme=theme)
        page.wait_for_selector(f"html[data-theme={theme}]")
        page.wait_for_timeout(350)
        page.screenshot(path=given.out / f"{name}-{size}-{theme}.png")
        if size == "narrow" and page.evaluate(BELOW):
            page.wait_for_timeout(150)
            page.screenshot(path=given.out / f"{name}-{size}-{theme}-below.png")
            page.evaluate("scrollTo(0, 0)")


if __name__ == "__main__":
    sys.exit(main())

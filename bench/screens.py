"""Pictures of every screen, to be looked at: `python -m bench.screens --out FOLDER [--only NAME …]`.

A workspace of invented ads is made once below the folder (or again with `--anew`) and served at a fixed time;
each screen is opened as a person would open it and drawn in both themes at three sizes. Nothing is compared:
the pictures are for eyes.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.serving import CHROMIUM, environment, homeward, seed, serving

ADS, SEED = 6_000, 7
NOW = "2026-06-01T09:00:00Z"  # the day after the world's last ad
SIZES = {"wide": (1440, 900), "middle": (1024, 768), "narrow": (390, 844)}
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none", "--no-first-run"]
PASSWORD = "seven quiet herons walk"
TEXT = (
    "Hello, I am Amber, in Reno until Friday. Massage and company. Call 702 five55 zero1 four4. 150 an hour."
)

BELOW = "() => { scrollBy(0, 760); return scrollY > 100 && !document.querySelector('dialog[open]'); }"

Go = Callable[[Any], None]


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
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with serving(environment(work, HOMEWARD_NOW=NOW)) as address:
            for name in chosen:
                for size in given.sizes:
                    if name in SCREENS:
                        _screen(browser, address, name, size, given)
        if "people" in chosen:
            _people(browser, given)
        browser.close()
    print(f"pictures: {given.out}")
    return 0


def _context(browser: Any, address: str, size: str) -> Any:
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": height}, color_scheme="light",
        reduced_motion="reduce", timezone_id="UTC", locale="en-GB",
    )  # fmt: skip
    context.set_default_timeout(12_000)
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


def _draw(page: Any, given: argparse.Namespace, name: str, size: str) -> None:
    page.wait_for_load_state("networkidle")
    for theme in given.themes:
        page.emulate_media(color_scheme=theme)
        page.wait_for_selector(f"html[data-theme={theme}]")
        page.wait_for_timeout(350)
        page.screenshot(path=given.out / f"{name}-{size}-{theme}.png")
        if size == "narrow" and page.evaluate(BELOW):
            page.wait_for_timeout(150)
            page.screenshot(path=given.out / f"{name}-{size}-{theme}-below.png")
            page.evaluate("scrollTo(0, 0)")


def _triage(page: Any) -> None:
    page.goto("/triage?view=all")
    page.wait_for_selector(".lead-panel .reason")
    page.wait_for_selector(".lead-panel canvas, .lead-panel .meta")


def _day(page: Any) -> None:
    page.goto("/triage")
    page.wait_for_selector(".lead-panel .reason, .empty")


def _press(key: str, ready: str, *, before: Go = _triage) -> Go:
    def go(page: Any) -> None:
        before(page)
        page.keyboard.press(key)
        page.wait_for_selector(ready)

    return go


def _dossier(page: Any) -> None:
    _triage(page)
    page.click(".lead-head a")
    page.wait_for_selector(".centre .ad")


def _tab(key: str, ready: str) -> Go:
    return _press(key, ready, before=_dossier)


def _cut(page: Any) -> None:
    _tab("b", ".chain")(page)
    page.locator("dialog .row .button").press("Enter")
    page.wait_for_selector(".judge table")
    page.locator(".judge table").first.scroll_into_view_if_needed()


def _node(page: Any) -> None:
    _tab("3", ".graph[data-laid=true]")(page)
    page.locator(".link-list button.chip").first.press("Enter")
    page.wait_for_selector(".links-node")


def _notes(page: Any) -> None:
    _tab("7", ".note-form")(page)
    for text in ("Two people share one flat, says the landlord.", "Ask the desk in Reno."):
        page.fill(".note-form textarea", text)
        page.get_by_role("button", name="Keep the note").press("Enter")
        page.get_by_text(text, exact=True).first.wait_for()


def _join(page: Any) -> None:
    _tab("3", ".graph[data-laid=true]")(page)
    page.focus(".links-controls input[type=range]")
    page.keyboard.press("Home")
    page.locator(".link-list button.chip", has_text="Other group").first.press("Enter")
    page.get_by_role("button", name="Join with it").press("Enter")
    page.wait_for_selector("dialog .judge table")


def _search(page: Any, text: str = "") -> None:
    page.goto("/search")
    page.wait_for_selector(".hits .ad")
    if text:
        page.fill("#query", text)
        page.keyboard.press("Enter")
        page.wait_for_selector(".query-chip, #refused, .empty")


def _found(text: str) -> Go:
    return lambda page: _search(page, text)


def _network(page: Any) -> None:
    _search(page, "has:phone city:Reno")
    page.click(".found-line .plain >> nth=0")
    page.wait_for_selector(".network-answer")


def _list(page: Any) -> None:
    page.goto("/list")
    page.wait_for_selector("textarea")
    page.fill("textarea", 'phone:702*\nnosuchword\n"quiet flat"\ncity:Reno\n"open\nAmber')
    page.click(".form .main")
    page.wait_for_selector(".hit-table .wrong")


def _add(page: Any) -> None:
    page.goto("/add")
    page.wait_for_selector("textarea")


def _added(page: Any) -> None:
    _add(page)
    page.fill("textarea", TEXT)
    page.click(".form .main")
    page.wait_for_selector(".ad-text.whole .mark")


def _ad(page: Any) -> None:
    _search(page)
    page.click(".hits .ad-id >> nth=0")
    page.wait_for_selector(".ad-columns .facts-list")


def _grouped(page: Any) -> None:
    _search(page, "has:phone city:Reno")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="By group").press("Enter")
    page.wait_for_selector(".hit-group .ad")


def _watches(page: Any) -> None:
    _search(page, "has:phone city:Reno")
    page.get_by_role("button", name="Save this search").press("Enter")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog", state="detached")
    page.goto("/watches")
    page.get_by_role("button", name="Look").first.press("Enter")
    page.get_by_text("until now").wait_for()


def _audit(page: Any) -> None:
    page.goto("/audit")
    page.wait_for_selector(".people tbody tr")


def _urgent(page: Any) -> None:
    page.goto("/urgent")
    page.wait_for_selector(".people")


SCREENS: dict[str, Go] = {
    "triage": _triage,
    "triage-day": _day,
    "triage-dismiss": _press("d", "dialog[open] .choices"),
    "triage-snooze": _press("s", "dialog[open]"),
    "triage-urgent": _press("p", "dialog[open] .choices"),
    "help": _press("?", "dialog[open]"),
    "dossier": _dossier,
    "wording": _tab("2", ".wording-table tbody tr"),
    "links": _tab("3", ".graph[data-laid=true]"),
    "links-node": _node,
    "movement": _tab("4", ".stays li"),
    "photos": _tab("5", ".photo-cards li"),
    "history": _tab("6", ".history .meta"),
    "notes": _notes,
    "pair": _tab("b", ".chain"),
    "cut": _cut,
    "join": _join,
    "search": _search,
    "search-groups": _grouped,
    "search-query": _found('phone:702* "available" -city:Reno'),
    "search-nothing": _found("has:phone nosuchwordanywhere"),
    "search-refused": _found("near:nowhere"),
    "start": _press("n", "dialog .form", before=_search),
    "network": _network,
    "list": _list,
    "ad": _ad,
    "add": _add,
    "added": _added,
    "outcome": _tab("o", "dialog[open] .choices"),
    "urgent": _urgent,
    "watches": _watches,
    "audit": _audit,
    "missing": lambda page: (page.goto("/identity/nosuchgroup"), page.wait_for_selector(".note.danger")),
}


def _people(browser: Any, given: argparse.Namespace) -> None:
    """A workspace with accounts: invitation, sign-in, purpose, account, administration."""
    folder = given.out / "people"
    shutil.rmtree(folder, ignore_errors=True)
    env = environment(folder)
    homeward(env, "init")
    with serving(env) as address:
        for role in ("analyst", "administrator"):
            said = homeward(env, "user", "add", role[:5], "--role", role, "--address", address)
            _joined(browser, address, re.search(r"http\S+#\S+", said)[0], role, given)  # type: ignore[index]


def _joined(browser: Any, address: str, link: str, role: str, given: argparse.Namespace) -> None:
    import pyotp

    context = _context(browser, address, "wide")
    page = context.new_page()

    def drawn(name: str) -> None:
        for size in given.sizes:
            width, height = SIZES[size]
            page.set_viewport_size({"width": width, "height": height})
            _draw(page, given, f"people-{name}", size)

    page.goto(link)
    page.get_by_label("New password").wait_for()
    if role == "analyst":
        drawn("join")
    secret = page.inner_text("code.break").replace(" ", "")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("Code").fill(pyotp.TOTP(secret).at(datetime.now(UTC)))
    page.get_by_role("button", name="Join").click()
    page.get_by_text("Keep these recovery codes").wait_for()
    if role == "analyst":
        drawn("codes")
    page.get_by_role("button", name="I have kept them").click()
    if role == "administrator":
        page.get_by_role("heading", name="People, roles and purposes").wait_for()
        page.get_by_label("Invite: name").fill("ben")
        page.get_by_role("button", name="Invite").click()
        page.get_by_text("Hand this link to ben").wait_for()
        drawn("admin")
        context.close()
        return
    page.get_by_text("Identify a possible victim").click()
    drawn("purpose")
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/triage")
    drawn("triage")
    page.goto("/account")
    page.get_by_role("heading", name="Account").wait_for()
    drawn("account")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    drawn("door")
    context.close()


if __name__ == "__main__":
    sys.exit(main())

"""Every screen, in both themes: it loads, says nothing on the console, stays at home, and breaks no rule."""

import re

import pytest
from browser_kit import MARKS, NARROW, ROOT, WIDE, broken

from bench.serving import settle

pytestmark = MARKS

READY = {
    "triage": ".lead-panel .reason",
    "dossier": ".centre .ad",
    "wording": ".wording-table tbody tr",
    "texts": ".full-texts .ad",
    "search": ".hits .ad",
    "nothing": ".empty",
    "refused": "#refused",
    "groups": ".hit-group .ad",
    "ad": ".ad-columns .facts-list",
    "links": ".graph[data-laid=true]",
    "node": ".links-node",
    "movement": ".stays li",
    "photos": ".photo-cards li",
    "history": ".history .meta",
    "notes": ".note-form",
    "pair": ".judge table",
    "list": ".hit-table .wrong",
    "add": ".form textarea",
    "known": "dialog .form",
    "network": ".network-answer",
    "missing": ".note.danger",
    "account": ".people .facts-list",
    "audit": ".people tbody tr",
    "records": ".people table",
    "watches": ".people .empty, .people section",
    "urgent": ".people",
    "help": "dialog .keys",
    "area": "dialog textarea",
    "reason": "dialog .ad",
    "outcome": "dialog .choices",
}


# Each walk goes from screen to screen as a person does, and names what is shown after each step.


def in_triage(page):
    yield "triage"
    page.keyboard.press("?")
    yield "help"
    away(page)
    page.locator(".reason button").first.press("Enter")
    yield "reason"
    away(page)
    page.get_by_role("button", name="My area").press("Enter")
    page.get_by_role("button", name="Set my area").press("Enter")
    yield "area"


def in_a_dossier(page):
    page.wait_for_selector(READY["triage"])
    page.click(".lead-head a")
    yield "dossier"
    for key, screen in (("2", "wording"), ("4", "movement"), ("5", "photos"), ("6", "history")):
        page.keyboard.press(key)
        yield screen


def on_a_lead(page):
    page.wait_for_selector(READY["triage"])
    page.click(".lead-head a")
    page.wait_for_selector(READY["dossier"])
    page.keyboard.press("7")
    yield "notes"
    page.keyboard.press("o")
    yield "outcome"
    away(page)
    page.keyboard.press("b")
    page.wait_for_selector(".chain")
    page.locator("dialog .row .button").press("Enter")
    yield "pair"
    away(page)
    page.keyboard.press("2")
    page.get_by_role("button", name="Full text").press("Enter")
    yield "texts"


def among_links(page):
    page.wait_for_selector(READY["triage"])
    page.click(".lead-head a")
    page.wait_for_selector(READY["dossier"])
    page.keyboard.press("3")
    yield "links"
    page.locator(".link-list button.chip").first.press("Enter")
    yield "node"


def asked(page, words):
    page.fill("#query", words)
    page.keyboard.press("Enter")


def in_search(page):
    yield "search"
    asked(page, "near:nowhere")
    yield "refused"
    asked(page, "nosuchwordanywhere")
    yield "nothing"


def among_the_found(page):
    page.wait_for_selector(READY["search"])
    page.keyboard.press("n")
    yield "known"
    away(page)
    page.locator("main").press("o")
    yield "groups"
    page.locator("main").press("o")
    page.wait_for_selector(READY["search"])
    city = page.inner_text(".facets fieldset:nth-of-type(2) .facet-label >> nth=0")
    asked(page, f"has:phone city:{city}")
    page.wait_for_selector(".query-chip")
    page.click(".found-line .plain >> nth=0")
    yield "network"
    away(page)
    page.click(".hits .ad-id >> nth=0")
    yield "ad"


def by_hand(page):
    page.wait_for_selector("textarea")
    page.fill("textarea", 'phone:702*\nnosuchword\n"open')
    page.click(".form .main")
    yield "list"
    for screen in ("add", "account", "audit", "records"):
        page.goto(f"/{screen}")
        yield screen


def beside(page):
    for screen in ("watches", "urgent", "missing"):
        page.goto(f"/{screen}" if screen != "missing" else "/identity/nosuchgroup")
        yield screen


def away(page):
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")


WALKS = {
    in_triage: "/triage?view=all", in_a_dossier: "/triage?view=all", on_a_lead: "/triage?view=all",
    among_links: "/triage?view=all", in_search: "/search", among_the_found: "/search", by_hand: "/list",
    beside: "/watches",
}  # fmt: skip
NARROWLY = [in_triage, in_a_dossier, among_the_found]  # these are opened in a narrow window as well
TOLD = {in_search: "400", beside: "404"}  # an answer that a browser writes on its console


def fits(page):
    """Whether nothing of the page is wider than a narrow window."""
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    return wide <= NARROW[0]


@pytest.mark.parametrize("walk", list(WALKS), ids=lambda walk: walk.__name__)
def test_screens_are_clean_in_both_themes_and_fit(open_page, axe, walk):
    """No console line, no foreign request, no refused policy, no accessibility rule broken; at 390 pixels
    nothing of the page is wider than the window."""
    page, watched = open_page(WALKS[walk])
    for screen in walk(page):
        page.wait_for_selector(READY[screen])
        assert broken(page, axe) == [], screen
        assert walk in NARROWLY or fits(page), screen
    settle(page)
    assert page.get_attribute("html", "data-theme") == "light"
    assert [c for c in watched.complaints() if TOLD.get(walk, "nothing is") not in c] == []


ROWS = {"/triage?view=all": ".lead-panel .reason", "/search": ".hits .ad"}


@pytest.mark.parametrize(("at", "seen"), ROWS.items())
def test_no_row_breaks_a_rule_where_all_are_judged(open_page, axe, at, seen):
    """Elsewhere axe judges the first of rows that are alike; here every one."""
    page, _ = open_page(at)
    page.wait_for_selector(seen)
    assert axe(page, whole=True) == []


@pytest.mark.parametrize("walk", NARROWLY, ids=lambda walk: walk.__name__)
def test_screens_that_open_in_a_narrow_window_fit(open_page, walk):
    """At 390 pixels from the first, nothing of the page is wider than the window."""
    page, watched = open_page(WALKS[walk], size=NARROW)
    for screen in walk(page):
        page.wait_for_selector(READY[screen])
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0], screen
    assert watched.complaints() == []


def test_a_theme_is_colours_and_nothing_else():
    """The dark theme changes tokens only, so structure is judged in one theme and colours in both."""
    styles = {p.name: p.read_text("utf-8") for p in (ROOT / "web" / "src" / "styles").glob("*.css")}
    assert [name for name, text in styles.items() if "data-theme" in text] == ["tokens.css"]
    for block in re.findall(r"\[data-theme[^{]*\{([^}]*)\}", styles["tokens.css"]):
        said = [line.split(":")[0].strip() for line in block.split(";") if ":" in line]
        assert all(name.startswith("--") or name == "color-scheme" for name in said), said


def test_the_lasting_sentences_are_seen(open_page):
    """A person reads that the data is invented, that order is no evidence, and whom the queue misses."""
    page, _ = open_page("/triage?view=all")
    page.wait_for_selector(READY["triage"])

    text = page.inner_text("body")
    assert "invented or released data" in text
    assert "The score orders the queue. It is not evidence." in text
    assert "How often a lead is wrong is not known" in text
    assert "a single person under control may not appear" in text
    assert "lead, not finding" in text


def test_the_address_bar_carries_no_words(open_page):
    """A search leaves an opaque id in the address, and the same id opens it again."""
    page, _ = open_page("/search")
    page.wait_for_selector(READY["search"])
    page.fill("#query", "phone:702*")
    page.keyboard.press("Enter")
    page.wait_for_selector(".query-chip")
    settle(page)

    assert "702" not in page.url and "s=" in page.url
    total = page.inner_text(".found-line b")
    again, _ = open_page(page.url)
    again.wait_for_selector(".hits .ad, .empty")
    again.wait_for_selector(".query-chip")
    assert again.input_value("#query") == "phone:702*"
    assert again.inner_text(".found-line b") == total

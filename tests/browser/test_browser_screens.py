"""Every screen, in both themes: it loads, says nothing on the console, stays at home, and breaks no rule."""

import pytest
from browser_kit import MARKS, NARROW, WIDE, OpenPage, broken

pytestmark = MARKS

READY = {
    "triage": ".lead-panel .reason",
    "dossier": ".centre .ad",
    "wording": ".wording-table tbody tr",
    "search": ".hits .ad",
    "nothing": ".empty",
    "refused": "#refused",
    "groups": ".hit-group .ad",
    "ad": ".ad-columns .facts-list",
    "links": ".graph[data-laid=true]",
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
    "help": "dialog .keys",
    "outcome": "dialog .choices",
}

TABS = {
    "wording": "2", "links": "3", "movement": "4", "photos": "5", "history": "6", "notes": "7", "pair": "b",
    "outcome": "o", "help": "?",
}  # fmt: skip

OWN = {"missing": "/identity/nosuchgroup", "account": "/account", "audit": "/audit"}


def show(open_page: OpenPage, screen: str, size=WIDE):
    """Open a screen on the first lead, or on the newest ad."""
    if screen in ("list", "add"):
        page, watched = open_page(f"/{screen}", size=size)
        page.wait_for_selector("textarea")
        if screen == "list":
            page.fill("textarea", 'phone:702*\nnosuchword\n"open')
            page.click(".form .main")
    elif screen in ("triage", "dossier", *TABS):
        page, watched = open_page("/triage?view=all", size=size)
        page.wait_for_selector(READY["triage"])
        if screen != "triage":
            page.click(".lead-head a")
        if screen in TABS:
            page.wait_for_selector(READY["dossier"])
            page.keyboard.press(TABS[screen])
        if screen == "pair":
            page.wait_for_selector(".chain")
            page.locator("dialog .row .button").press("Enter")
    elif screen in OWN:
        page, watched = open_page(OWN[screen], size=size)
    else:
        page, watched = open_page("/search", size=size)
        page.wait_for_selector(READY["search"])
        if screen == "nothing":
            page.fill("#query", "nosuchwordanywhere")
            page.keyboard.press("Enter")
        if screen == "refused":
            page.fill("#query", "near:nowhere")
            page.keyboard.press("Enter")
        if screen == "groups":
            page.keyboard.press("Escape")
            page.locator("main").press("o")
        if screen == "known":
            page.keyboard.press("n")
        if screen == "network":
            page.fill(
                "#query",
                "has:phone city:" + page.inner_text(".facets fieldset:nth-of-type(2) .facet-label >> nth=0"),
            )
            page.keyboard.press("Enter")
            page.wait_for_selector(".query-chip")
            page.click(".found-line .plain >> nth=0")
        if screen == "ad":
            page.click(".hits .ad-id >> nth=0")
    page.wait_for_selector(READY[screen])
    page.wait_for_load_state("networkidle")
    return page, watched


@pytest.mark.parametrize("screen", list(READY))
def test_a_screen_is_clean_in_both_themes(open_page, axe, screen):
    """No console line, no foreign request, no refused policy, no accessibility rule broken."""
    page, watched = show(open_page, screen)

    assert page.get_attribute("html", "data-theme") == "light"
    assert broken(page, axe) == []
    answered = {"missing": "404", "refused": "400"}.get(screen, "nothing is")
    assert [c for c in watched.complaints() if answered not in c] == []


@pytest.mark.parametrize(
    "screen",
    ["triage", "dossier", *sorted(TABS), "search", "groups", "refused", "ad", "list", "add", "audit"],
)
def test_a_screen_fits_a_narrow_window(open_page, screen):
    """At 390 pixels nothing of the page is wider than the window."""
    page, _ = show(open_page, screen, NARROW)

    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]


def test_the_lasting_sentences_are_seen(open_page):
    """A person reads that the data is invented, that order is no evidence, and whom the queue misses."""
    page, _ = show(open_page, "triage")

    text = page.inner_text("body")
    assert "invented or released data" in text
    assert "The score orders the queue. It is not evidence." in text
    assert "How often a lead is wrong is not known" in text
    assert "a single person under control may not appear" in text
    assert "lead, not finding" in text


def test_the_address_bar_carries_no_words(open_page):
    """A search leaves an opaque id in the address, and the same id opens it again."""
    page, _ = show(open_page, "search")
    page.fill("#query", "phone:702*")
    page.keyboard.press("Enter")
    page.wait_for_selector(".query-chip")
    page.wait_for_load_state("networkidle")

    assert "702" not in page.url and "s=" in page.url
    total = page.inner_text(".found-line b")
    again, _ = open_page(page.url)
    again.wait_for_selector(".hits .ad, .empty")
    again.wait_for_selector(".query-chip")
    assert again.input_value("#query") == "phone:702*"
    assert again.inner_text(".found-line b") == total

"""Flows by keyboard alone that no other file takes: watch, snooze, wordings, photos, ads, networks."""

from browser_kit import MARKS

pytestmark = MARKS


def test_watch_and_snooze_are_kept_and_taken_back(triage):
    """w keeps at once, s asks until when; u takes each back."""
    page = triage
    for keys in (["w"], ["s", "2"]):
        for key in keys:
            page.keyboard.press(key)
            if key == "s":
                page.wait_for_selector("dialog .choices")
        page.wait_for_selector(".actions button:has-text('Undo (lead')")
        page.keyboard.press("u")
        page.wait_for_selector(".toast >> text=taken back")
        page.wait_for_selector(".actions button:has-text('Undo (lead')", state="detached")


def test_a_wording_is_chosen_and_read_in_full(dossier):
    """2, then j chooses the next wording where there is one; Full text shows the ads."""
    page = dossier
    page.keyboard.press("2")
    page.wait_for_selector(".wording-table tbody tr")
    cards = page.locator(".wording-card").count()
    page.keyboard.press("j")
    page.wait_for_selector(f".wordings li:nth-child(2) [aria-pressed=true], .wording-cards li:nth-child("
                           f"{min(2, cards)}) [aria-pressed=true]")  # fmt: skip
    page.get_by_role("button", name="Full text").press("Enter")
    page.wait_for_selector(".full-texts .ad, .full-texts article")


def test_a_photos_ads_open(dossier):
    """5, then the count of a photo's ads opens them; Escape closes."""
    page = dossier
    page.keyboard.press("5")
    page.locator(".photo-facts .plain").first.press("Enter")
    page.wait_for_selector("dialog .ad")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    assert page.locator("main img").count() == 0


def test_one_starts_from_a_name_and_asks_for_the_whole_network(open_page):
    """n takes what is known, Enter searches; the network answers with groups, each with its dossier."""
    page, watched = open_page("/search")
    page.wait_for_selector(".hits .ad .mark.t-name")
    name = page.inner_text(".hits .ad .mark.t-name b >> nth=0")
    page.keyboard.press("n")
    page.wait_for_selector("dialog input:focus")
    page.keyboard.press("Tab")
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    page.wait_for_selector(".query-chip")
    page.get_by_role("button", name="Whole network").press("Enter")
    page.wait_for_selector(".network-answer")
    page.locator(".network-answer a.button").first.press("Enter")
    page.wait_for_selector(".dossier")
    assert name not in page.url and watched.complaints() == []


def test_an_ads_page_is_left_as_it_was_reached(open_page):
    """Enter on an ad's id opens it; m takes the marks off; Escape goes back to the search."""
    page, watched = open_page("/search")
    page.wait_for_selector(".hits .ad .mark")
    page.locator(".hits .ad:has(.mark) .ad-id").first.press("Enter")
    page.wait_for_selector(".ad-text.whole .mark")
    page.keyboard.press("m")
    page.wait_for_selector(".ad-text.whole .mark", state="detached")
    page.keyboard.press("Escape")
    page.wait_for_selector(".hits .ad")
    assert watched.complaints() == []

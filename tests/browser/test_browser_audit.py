"""The audit log as auditors read it, and who looked at a lead, in both themes."""

from browser_kit import MARKS

pytestmark = MARKS


def both_themes(page, axe):
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.wait_for_selector(f"html[data-theme={theme}]")
        assert axe(page) == []


def test_the_log_is_read_and_verified(open_page, axe):
    """Events, one opened, then those of one thing; the whole log verifies; the address names nobody."""
    page, watched = open_page("/audit")
    page.wait_for_selector("tbody tr")
    page.get_by_role("button", name="Detail of event").first.click()
    page.wait_for_selector("td .facts-list, td .meta")
    page.get_by_role("button", name="Verify the whole log").click()
    page.get_by_text("Verified:").wait_for()
    both_themes(page, axe)
    page.get_by_label("Person").fill("nobody-of-that-name")
    page.get_by_role("button", name="Show", exact=True).click()
    page.get_by_text("No event is like that.").wait_for()
    assert page.url.endswith("/audit") and watched.complaints() == []


def test_who_looked_is_shown_from_the_dossier_and_the_ad(open_page, axe):
    """A table of who did what, with what it leaves out; Escape closes it."""
    page, watched = open_page("/triage?view=all")
    page.wait_for_selector(".lead-panel .reason")
    page.click(".lead-head a")
    page.wait_for_selector(".centre .ad")
    page.get_by_role("button", name="Who looked at this").click()
    page.wait_for_selector("dialog tbody tr")
    assert "Auditors see them" in page.inner_text("dialog")
    both_themes(page, axe)
    page.keyboard.press("Escape")
    page.locator(".centre .ad .ad-id").first.click()
    page.wait_for_selector(".ad-columns .facts-list")
    page.get_by_role("button", name="Who looked at this").click()
    page.wait_for_selector("dialog tbody tr")
    assert watched.complaints() == []

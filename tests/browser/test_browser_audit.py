"""The audit log as auditors read it, and who looked at a lead: by keyboard alone, in both themes."""

from browser_kit import MARKS, broken, press, tab_to

pytestmark = MARKS


def test_the_log_is_read_and_verified(open_page, axe):
    """Events, one opened, then those of one thing; the whole log verifies; the address names nobody."""
    page, watched = open_page("/audit")
    page.wait_for_selector("tbody tr")
    press(page, page.get_by_role("button", name="Detail of event").first)
    page.wait_for_selector("td .facts-list, td .meta")
    press(page, page.get_by_role("button", name="Verify the whole log"))
    page.get_by_text("Verified:").wait_for()
    assert broken(page, axe) == []
    tab_to(page, page.get_by_label("Person"))
    page.keyboard.type("nobody-of-that-name")
    page.keyboard.press("Enter")
    page.get_by_text("No event is like that.").wait_for()
    assert page.url.endswith("/audit") and watched.complaints() == []


def test_who_looked_is_shown_from_the_dossier_and_the_ad(open_page, axe):
    """A table of who did what, with what it leaves out; Escape closes it."""
    page, watched = open_page("/triage?view=all")
    page.wait_for_selector(".lead-panel .reason")
    page.keyboard.press("Enter")
    page.wait_for_selector(".centre .ad")
    press(page, page.get_by_role("button", name="Who looked at this"))
    page.wait_for_selector("dialog tbody tr")
    assert "Auditors see them" in page.inner_text("dialog")
    assert broken(page, axe) == []
    page.keyboard.press("Escape")
    press(page, page.locator(".centre .ad .ad-id").first)
    page.wait_for_selector(".ad-columns .facts-list")
    press(page, page.get_by_role("button", name="Who looked at this"))
    page.wait_for_selector("dialog tbody tr")
    assert watched.complaints() == []

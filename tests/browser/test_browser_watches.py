"""Saved searches and watched values: kept, looked at and deleted, in both themes."""

from browser_kit import MARKS

pytestmark = MARKS


def test_a_search_and_a_value_are_watched(open_page, axe):
    """From the search and from an ad's page to the list; the address bar carries no words."""
    page, watched = open_page("/search")
    page.wait_for_selector(".hits .ad")
    page.fill("#query", "amber")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save this search").click()
    page.wait_for_selector("dialog[open]")
    assert axe(page) == []
    page.get_by_role("textbox", name="Name").fill("Amber in town")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog", state="detached")
    page.locator(".hits .ad-id").first.click()
    page.wait_for_selector(".ad-columns .facts-list")
    page.locator(".wide-table button", has_text="Watch").first.click()
    page.get_by_role("button", name="Keep").click()
    page.wait_for_selector("dialog", state="detached")

    page.keyboard.press("g")
    page.keyboard.press("w")
    page.get_by_role("heading", name="Amber in town").wait_for()
    assert page.locator(".people section").count() == 2 and page.url.endswith("/watches")
    page.get_by_role("button", name="Look").first.click()
    page.get_by_text("until now").wait_for()
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.wait_for_selector(f"html[data-theme={theme}]")
        assert axe(page) == []
    mine = page.get_by_role("region", name="Amber in town")
    mine.get_by_role("button", name="Open the search").click()
    page.wait_for_selector(".hits .ad")
    assert page.input_value("#query") == "amber" and "amber" not in page.url.lower()
    page.go_back()
    for left in (1, 0):
        page.get_by_role("button", name="Delete").first.click()
        page.wait_for_function("n => document.querySelectorAll('.people section').length === n", arg=left)
    page.get_by_text("You watch nothing yet.").wait_for()
    assert watched.complaints() == []

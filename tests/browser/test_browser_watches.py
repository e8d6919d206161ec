"""Saved searches and watched values: kept, looked at and deleted by keyboard alone, in both themes."""

from browser_kit import MARKS, broken, press, tab_to

pytestmark = MARKS


def test_a_search_and_a_value_are_watched(open_page, axe):
    """From the search and from an ad's page to the list; the address bar carries no words."""
    page, watched = open_page("/search")
    page.wait_for_selector(".hits .ad")
    page.keyboard.press("/")
    page.keyboard.type("amber")
    page.keyboard.press("Enter")
    page.wait_for_selector(".query-chip")
    press(page, page.get_by_role("button", name="Save this search"))
    page.wait_for_selector("dialog[open]")
    assert axe(page) == []
    tab_to(page, page.get_by_role("textbox", name="Name"))
    page.keyboard.press("Control+A")
    page.keyboard.type("Amber in town")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog", state="detached")
    press(page, page.locator(".hits .ad-id").first)
    page.wait_for_selector(".ad-columns .facts-list")
    press(page, page.locator(".wide-table button", has_text="Watch").first)
    press(page, page.locator("dialog").get_by_role("button", name="Watch"))
    page.wait_for_selector("dialog", state="detached")

    page.keyboard.press("g")
    page.keyboard.press("w")
    page.get_by_role("heading", name="Amber in town").wait_for()
    assert page.locator(".people section").count() == 2 and page.url.endswith("/watches")
    press(page, page.get_by_role("button", name="Look").first)
    page.get_by_text("until now").wait_for()
    assert page.evaluate("document.activeElement.innerText") == "Look"
    assert broken(page, axe) == []
    mine = page.get_by_role("region", name="Amber in town")
    press(page, mine.get_by_role("button", name="Open the search"))
    page.wait_for_selector(".hits .ad")
    assert page.input_value("#query") == "amber" and "amber" not in page.url.lower()
    page.go_back()
    press(page, page.get_by_role("button", name="Delete").first)
    page.get_by_role("button", name="Undo").wait_for()
    assert "Undo" in page.evaluate("document.activeElement.innerText")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Undo").wait_for(state="detached")
    assert page.locator(".people section").count() == 2
    for left in (1, 0):
        press(page, page.get_by_role("button", name="Delete").first)
        page.wait_for_function("n => document.querySelectorAll('.people section').length === n", arg=left)
    page.get_by_text("You watch nothing yet.").wait_for()
    assert watched.complaints() == []

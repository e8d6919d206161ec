"""A list that is searched, and an ad that is taken in by hand: by keyboard alone and from files."""

from browser_kit import MARKS, broken

pytestmark = MARKS


def test_a_list_becomes_a_hit_table_by_keyboard(open_page):
    """Each term is a row with what it was read as; a row that finds something opens its search."""
    page, watched = open_page("/list")
    page.wait_for_selector("textarea")
    page.focus("textarea")
    page.keyboard.type("nosuchwordanywhere\nhas:phone\n")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hit-table")

    assert "1 term of 2 found" in page.inner_text(".hit-table h2")
    page.locator(".hit-scroll .plain").first.press("Enter")
    page.wait_for_selector(".hits .ad")
    assert page.input_value("#query") == "has:phone"
    assert "has" not in page.url
    page.go_back()
    page.wait_for_selector(".hit-table")
    assert page.input_value("textarea") == "nosuchwordanywhere\nhas:phone\n"
    assert watched.complaints() == []


def test_a_list_and_a_saved_page_come_from_files(open_page):
    """A file's lines are the terms; a saved page becomes an ad by what it says, and nothing in it runs."""
    page, watched = open_page("/list")
    listed = {
        "name": "terms.csv",
        "mimeType": "text/csv",
        "buffer": b"\xef\xbb\xbfhas:phone\r\nnosuchword\t9\r\n",
    }
    page.set_input_files("input[type=file]", listed)
    page.get_by_role("button", name="Search 2 terms").press("Enter")
    page.wait_for_selector(".hit-table")
    assert "1 term of 2 found" in page.inner_text(".hit-table h2")
    page.goto("/add")
    saved = b"<title>Quiet flat</title><script>document.title='owned'</script><p>Amber, 702 555 0177</p>"
    page.set_input_files("input[type=file]", {"name": "ad.html", "mimeType": "text/html", "buffer": saved})
    page.get_by_role("button", name="Take the ad in").press("Enter")
    page.wait_for_selector(".ad-text.whole .mark")
    assert "0177" in page.inner_text(".ad-text.whole") and page.title() == "Ad · Homeward"
    assert watched.complaints() == []


def test_an_ad_added_by_hand_is_read_and_found(open_page, axe):
    """Pasted text becomes an ad with its marks; a mention leads on to the other ads with the same value."""
    page, watched = open_page("/triage?view=all")
    page.wait_for_selector(".lead-panel .reason")
    page.keyboard.press("g")
    page.keyboard.press("n")
    page.wait_for_selector("textarea")
    page.focus("textarea")
    page.keyboard.type("Amber here, call 702 555 0199 tonight")
    page.locator(".form .main").press("Enter")
    page.wait_for_selector(".ad-text.whole .mark")

    assert "not witnessed" in page.inner_text(".facts-list, .ad-columns") and broken(page, axe) == []
    page.locator("td.num .plain").first.press("Enter")
    page.wait_for_selector(".hits .ad")
    assert "0199" not in page.url
    assert watched.complaints() == []

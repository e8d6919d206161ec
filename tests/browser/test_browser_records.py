"""The records screen: a request is kept, looked at, restricted and lifted; a source is registered."""

import re

from browser_kit import MARKS

pytestmark = MARKS


def test_a_request_is_acted_on_with_its_preview(open_page, axe):
    """What it touches is seen before; both themes have no fault; the address names no ad."""
    page, watched = open_page("/triage?view=all")
    page.wait_for_selector(".lead-panel .reason")
    page.click(".lead-head a")
    page.locator(".centre .ad .ad-id").first.click()
    page.wait_for_selector(".ad-columns .facts-list")
    ad = page.url.rpartition("/")[2]
    page.goto(page.url.partition("/ad/")[0] + "/records")
    page.get_by_label("Ids of ads").fill(ad)
    page.get_by_role("button", name="Look first").click()
    page.get_by_text("handed to nobody so far").wait_for()
    page.get_by_label("The person asks").select_option("restrict")
    page.get_by_label("Why").fill("asked at the desk")
    page.get_by_role("button", name="Do this").click()
    page.get_by_role("button", name="Restrict: request").click()
    page.get_by_text("Nobody but the records officer sees them").wait_for()
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.wait_for_selector(f"html[data-theme={theme}]")
        assert axe(page) == []
    page.get_by_label("Why").fill("asked by the person")
    page.get_by_role("button", name="Restrict", exact=True).click()
    page.get_by_role("button", name="Lift: request").click()
    page.get_by_label("Why").fill("taken back")
    page.get_by_role("button", name="Lift", exact=True).click()
    page.get_by_text("Nothing waits for an answer").wait_for()
    page.get_by_label(re.compile("^Name")).fill("board.test")
    page.get_by_label("Legal basis").fill("order 12")
    page.get_by_label("Impact assessment (DPIA)").fill("DPIA 4")
    page.get_by_role("button", name="Register").click()
    page.get_by_role("rowheader", name="board.test").wait_for()
    assert axe(page) == []
    assert page.url.endswith("/records") and watched.complaints() == []

"""The records screen by keyboard alone: a request is kept, restricted and lifted; a source is registered."""

import re

from browser_kit import MARKS, broken, press, tab_to

pytestmark = MARKS


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def typed(page, label, text):
    """Reach a field by the Tab key and write into it."""
    tab_to(page, page.get_by_label(label))
    page.keyboard.type(text)


def test_a_request_is_acted_on_with_its_preview(open_page, axe):
    """What it touches is seen before; both themes have no fault; the address names no ad."""
    page, watched = open_page("/triage?view=all")
    page.wait_for_selector(".lead-panel .reason")
    page.keyboard.press("Enter")
    press(page, page.locator(".centre .ad .ad-id").first)
    page.wait_for_selector(".ad-columns .facts-list")
    ad = page.url.rpartition("/")[2]
    page.keyboard.press("g")
    page.keyboard.press("r")
    typed(page, "Ids of ads", ad)
    press(page, button(page, "Look first"))
    page.get_by_text("handed to nobody so far").wait_for()
    press(page, page.get_by_label("The person asks"), "ArrowDown")
    assert page.get_by_label("The person asks").input_value() == "restrict"
    assert broken(page, axe) == []
    typed(page, "Why", "asked at the desk")
    page.keyboard.press("Enter")
    press(page, page.get_by_role("button", name="Restrict: request"))
    page.get_by_text("Nobody but the records officer sees them").wait_for()
    assert broken(page, axe) == []
    typed(page, "Why", "asked by the person")
    press(page, button(page, "Restrict"))
    press(page, page.get_by_role("button", name="Lift: request"))
    typed(page, "Why", "taken back")
    page.evaluate("dispatchEvent(new Event('offline'))")  # of the network; the server is on this machine
    press(page, button(page, "Lift"))
    page.get_by_text("Nothing waits for an answer").wait_for()
    typed(page, re.compile("^Name"), "board.test")
    typed(page, "Legal basis", "order 12")
    typed(page, "Impact assessment (DPIA)", "DPIA 4")
    page.keyboard.press("Enter")
    page.get_by_role("rowheader", name="board.test").wait_for()
    assert broken(page, axe) == []
    assert page.url.endswith("/records") and watched.complaints() == []

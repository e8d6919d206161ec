"""The urgent path by keyboard alone: mark, read whom to call, write the sheet, acknowledge, take back."""

from browser_kit import MARKS, broken

pytestmark = MARKS


def test_p_marks_and_the_duty_officer_answers(open_page, axe):
    """p and 1 restrict; the notice leads to the clock, the sheet, the acknowledgement and the lifting."""
    page, watched = open_page("/triage?view=all")
    page.wait_for_selector(".lead-panel .reason")
    page.keyboard.press("p")
    page.wait_for_selector("dialog[open] .choices")
    page.keyboard.press("1")
    page.wait_for_selector("dialog[open] >> text=The lead is restricted")
    assert "has no contact sheet yet" in page.inner_text("dialog")
    assert "contacts nobody" in page.inner_text("dialog")
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.wait_for_selector(".urgent-notice")

    page.keyboard.press("g")
    page.keyboard.press("u")
    page.wait_for_selector(".people >> text=Not acknowledged for")
    assert broken(page, axe) == []
    page.locator("summary").press("Enter")
    page.fill("textarea", "Duty desk: 555-0100\nThen the lead on call.")
    page.locator("text=Keep the sheet").press("Enter")
    page.wait_for_selector(".sheet >> text=Duty desk: 555-0100")
    page.locator("text=Acknowledge: I have it").press("Enter")
    page.wait_for_selector("text=Acknowledged by")
    page.wait_for_selector(".urgent-notice", state="detached")
    page.fill(".people form input", "seen in person")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Nothing is marked urgent.")
    assert watched.complaints() == []

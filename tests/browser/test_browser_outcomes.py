"""What became of a lead: recorded and taken back by keyboard alone; what clears a person leaves no trace."""

from browser_kit import MARKS, broken, press, tab_to

pytestmark = MARKS


def choose(page, name):
    """Choose an outcome by the Tab key, the space bar and the arrows."""
    press(page, page.get_by_role("radio").first, "Space")
    for _ in range(page.get_by_role("radio").count()):
        if not page.get_by_role("radio", name=name).is_checked():
            page.keyboard.press("ArrowDown")
    assert page.get_by_role("radio", name=name).is_checked()


def test_an_outcome_is_recorded_and_taken_back(open_page, axe):
    """o in the dossier; the note and the day stand with the lead, and are gone once taken back."""
    page, watched = open_page("/triage?view=all")
    page.wait_for_selector(".lead-panel .reason")
    page.keyboard.press("Enter")
    page.wait_for_selector(".centre .ad")
    page.keyboard.press("o")
    page.wait_for_selector("dialog .choices")
    assert broken(page, axe) == []
    choose(page, "Declined support for now")
    tab_to(page, page.get_by_label("Note"))
    page.keyboard.type("wants to be left alone for a while")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog", state="detached")
    page.keyboard.press("o")
    page.wait_for_selector("dialog >> text=left alone for a while")
    assert axe(page) == []
    press(page, page.get_by_role("button", name="Take it back"))
    page.wait_for_selector("dialog", state="detached")

    page.keyboard.press("o")
    page.wait_for_selector("dialog .choices")
    page.wait_for_selector("dialog >> text=left alone", state="detached")
    choose(page, "Adult, of her or his own free will")
    page.wait_for_selector("dialog >> text=kept under no name")
    assert page.get_by_label("Note").count() == 0 and page.get_by_label("Persona").first.is_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    assert watched.complaints() == []

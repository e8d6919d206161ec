"""What became of a lead: recorded, seen in the queue, taken back; what clears a person leaves no trace."""

from browser_kit import MARKS

pytestmark = MARKS


def test_an_outcome_is_recorded_and_taken_back(open_page, axe):
    """o in the dossier; the note and the day stand with the lead, and are gone once taken back."""
    page, watched = open_page("/triage?view=all")
    page.wait_for_selector(".lead-panel .reason")
    page.click(".lead-head a")
    page.wait_for_selector(".centre .ad")
    page.keyboard.press("o")
    page.wait_for_selector("dialog .choices")
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.wait_for_selector(f"html[data-theme={theme}]")
        assert axe(page) == []
    page.get_by_text("Declined support for now").click()
    page.get_by_label("Note").fill("wants to be left alone for a while")
    page.get_by_role("button", name="Record").click()
    page.wait_for_selector("dialog", state="detached")
    page.keyboard.press("o")
    page.wait_for_selector("dialog >> text=left alone for a while")
    assert axe(page) == []
    page.get_by_role("button", name="Take it back").click()
    page.wait_for_selector("dialog", state="detached")

    page.keyboard.press("o")
    page.wait_for_selector("dialog .choices")
    assert page.locator("dialog >> text=left alone").count() == 0
    page.get_by_text("of her or his own free will").click()
    page.wait_for_selector("dialog >> text=kept under no name")
    assert page.get_by_label("Note").count() == 0 and page.get_by_label("Persona").first.is_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    assert watched.complaints() == []

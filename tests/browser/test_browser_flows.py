"""The flows of an investigator, by keyboard alone."""

import re

from browser_kit import MARKS, broken, press, tab_to

pytestmark = MARKS


def selected(page):
    return page.inner_text(".queue-row[aria-selected=true] .rank b")


def counts(page):
    return [re.sub(r"\D", "", t) for t in page.locator(".tabs-pill button span").all_inner_texts()]


def test_triage_moves_dismisses_undoes_and_opens(triage):
    """j, d and 1, u, and Enter lead from the queue to a dossier and lose nothing."""
    page = triage
    before = counts(page)
    assert selected(page) == "1"

    page.keyboard.press("j")
    page.wait_for_function(
        "() => document.querySelector('.lead-panel .meta')?.innerText.startsWith('Rank 2')"
    )
    assert selected(page) == "2"
    page.keyboard.press("d")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("1")
    page.wait_for_function(
        "was => document.querySelector('.tabs-pill span').innerText !== was", arg=before[0]
    )
    assert counts(page)[2] == str(int(before[2] or 0) + 1)
    assert selected(page) == "3"

    page.keyboard.press("u")
    page.wait_for_function(
        "was => document.querySelector('.tabs-pill span').innerText === was", arg=before[0]
    )
    assert counts(page) == before
    page.keyboard.press("Enter")
    page.wait_for_selector(".dossier .why, .dossier .centre .ad")


def test_a_dialog_silences_the_queue_behind_it(triage, axe):
    """While a reason or a day is asked for, j does not move the queue; Escape leaves everything as it was."""
    page = triage
    was = selected(page)
    for key in ("d", "s"):
        page.keyboard.press(key)
        page.wait_for_selector("dialog[open]")
        assert broken(page, axe) == []
        page.keyboard.press("j")
        page.keyboard.press("Escape")
        page.wait_for_selector("dialog", state="detached")

    assert selected(page) == was


def test_keys_are_letters_while_one_types(triage):
    """In the search box j is a letter; / leads there and Enter asks."""
    page = triage
    was = selected(page)
    page.keyboard.press("/")
    page.keyboard.type("jjd")

    assert page.input_value(".top-search input") == "jjd"
    assert selected(page) == was
    assert page.locator("dialog").count() == 0


def test_single_keys_can_be_switched_off(triage):
    """With single keys off, j does nothing; the arrows still move."""
    page = triage
    page.keyboard.press("?")
    page.click("dialog .check")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    page.keyboard.press("j")
    assert selected(page) == "1"
    page.keyboard.press("ArrowDown")
    assert selected(page) == "2"


def test_every_reason_shows_its_ads(triage):
    """The ads behind a reason open in place, as many as it says, up to a hundred."""
    page = triage
    button = page.locator(".reason button").first
    says = int(re.sub(r"\D", "", button.inner_text()))
    button.press("Enter")
    page.wait_for_selector("dialog .ad")

    assert page.locator("dialog .ad").count() == min(says, 100)


def test_a_search_narrows_by_facet_and_by_time(open_page):
    """A facet refines, its second button excludes, and the slider bounds the days; counts follow."""
    page, watched = open_page("/search")
    page.wait_for_selector(".hits .ad")
    total = lambda: int(re.sub(r"\D", "", page.inner_text(".found-line b")))  # noqa: E731
    everything = total()
    label = page.locator(".facet label").first
    expected = int(re.sub(r"\D", "", label.locator(".num").inner_text()))

    label.click()
    page.wait_for_function(
        "n => document.querySelector('.found-line b').innerText.replace(/\\D/g, '') === n", arg=str(expected)
    )
    page.locator(".facet .icon-button").first.press("Enter")
    page.wait_for_function(
        "n => document.querySelector('.found-line b').innerText.replace(/\\D/g, '') === n",
        arg=str(everything - expected),
    )
    page.locator(".facets .plain").first.press("Enter")
    page.wait_for_function(
        "n => document.querySelector('.found-line b').innerText.replace(/\\D/g, '') === n",
        arg=str(everything),
    )

    page.wait_for_selector("input[aria-label=From]")
    page.focus("input[aria-label=From]")
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "n => +document.querySelector('.found-line b').innerText.replace(/\\D/g, '') < n", arg=everything
    )
    assert watched.complaints() == []


def test_a_query_that_cannot_be_read_stays_in_the_box(open_page):
    """The words stay, and a sentence says what is wrong."""
    page, _ = open_page("/search")
    page.wait_for_selector(".hits .ad")
    page.fill("#query", "near:nowhere")
    page.keyboard.press("Enter")
    page.wait_for_selector("#refused")

    assert page.input_value("#query") == "near:nowhere"


def test_nothing_found_says_what_was_searched(open_page):
    """An empty result is not a sign of safety, and says so."""
    page, _ = open_page("/search")
    page.wait_for_selector(".hits .ad")
    page.fill("#query", "nosuchwordanywhere")
    page.keyboard.press("Enter")
    page.wait_for_selector(".empty")

    assert "not a sign of safety" in page.inner_text(".empty")


def test_the_term_that_removes_all_is_offered_to_be_dropped(open_page):
    """Zero hits name the term whose dropping helps, and one key drops it."""
    page, watched = open_page("/search")
    page.wait_for_selector(".hits .ad")
    page.fill("#query", "has:phone nosuchwordanywhere")
    page.keyboard.press("Enter")
    page.locator(".droppable button").first.press("Enter")
    page.wait_for_selector(".hits .ad")

    assert page.input_value("#query") == "has:phone"
    page.locator(".query-chip button").first.press("Enter")
    page.wait_for_selector(".query-chip", state="detached")
    assert page.input_value("#query") == ""
    assert watched.complaints() == []


def test_found_ads_name_their_lead_and_are_grouped_on_request(open_page):
    """An ad of a lead links to its dossier; o groups all that is found, o again lists the ads."""
    page, watched = open_page("/search")
    page.wait_for_selector(".hits .ad")
    assert page.locator(".hits .ad-lead").count() > 0
    page.keyboard.press("o")
    page.wait_for_selector(".hit-group h2 a")
    shown = page.locator(".hit-group").count()
    page.get_by_role("button", name="Show more groups").press("Enter")
    page.wait_for_function("n => document.querySelectorAll('.hit-group').length > n", arg=shown)
    assert page.locator(".hit-group >> nth=0 >> .ad").count() <= 3 and "by=group" in page.url
    page.keyboard.press("o")
    page.wait_for_selector(".hit-group", state="detached")
    page.locator(".hits .ad-lead").first.press("Enter")
    page.wait_for_selector(".dossier .centre .ad")
    assert watched.complaints() == []


def test_the_dossier_walks_its_identifiers(open_page):
    """j chooses the next identifier, whose reasons and ads follow; its value never reaches the address."""
    page, watched = open_page("/triage?view=all")
    page.wait_for_selector(".lead-panel .reason")
    page.keyboard.press("Enter")
    page.wait_for_selector(".identifiers button[aria-pressed=true]")
    page.wait_for_selector(".centre .ad")
    first = page.inner_text(".centre .big .chip-text")
    page.keyboard.press("j")
    page.wait_for_function(
        "was => document.querySelector('.centre .big .chip-text').innerText !== was", arg=first
    )
    page.wait_for_selector(".mark.ring, .elsewhere")

    assert re.search(r"\?v=[a-z]+-\d+$", page.url)
    page.keyboard.press("m")
    page.wait_for_selector(".mark", state="detached")
    page.keyboard.press("Escape")
    page.wait_for_selector(".triage")
    assert "view=all" in page.url
    assert watched.complaints() == []


def test_triage_opens_on_the_day_of_ones_own_area(open_page):
    """At most twenty leads, active lately; the area is set by keyboard, and everything is one key away."""
    page, watched = open_page("/triage")
    page.wait_for_selector(".queue-row, .empty .button")
    assert "active since" in page.inner_text(".day-bar")
    everything = int(re.sub(r"\D", "", page.inner_text(".tabs-pill span >> nth=0")))
    page.locator(".day-bar .plain").first.press("Enter")
    page.fill("dialog input[type=number] >> nth=0", "3650")
    page.locator("dialog .main").press("Enter")
    page.wait_for_selector("dialog", state="detached")
    page.wait_for_function(
        "n => document.querySelector('.queue-row')?.getAttribute('aria-setsize') === n",
        arg=str(min(20, everything)),
    )

    page.locator(".day-bar .plain").first.press("Enter")
    page.wait_for_selector("dialog textarea:focus")
    page.keyboard.type("Nowhere at all")
    page.locator("dialog .main").press("Enter")
    page.wait_for_selector(".empty .button")
    assert "Nowhere at all" in page.inner_text(".day-bar")
    assert "not a sign of safety" in page.inner_text(".empty")
    page.locator(".empty .button").press("Enter")
    page.wait_for_function(
        "n => document.querySelector('.queue-row')?.getAttribute('aria-setsize') === n", arg=str(everything)
    )
    assert "Nowhere" not in page.url

    page.locator(".day-bar .plain").first.press("Enter")
    page.locator(".day-bar .plain").first.press("Enter")
    page.fill("dialog textarea", "")
    page.locator("dialog .main").press("Enter")
    page.wait_for_selector(".queue-row")
    assert watched.complaints() == []


def test_links_are_read_and_narrowed_by_keyboard(dossier):
    """A chip in the list chooses its node; x shows all again; the slider leaves only stronger links."""
    page = dossier
    page.keyboard.press("3")
    page.wait_for_selector(".graph[data-laid=true]")
    count = lambda: int(re.sub(r"\D", "", page.inner_text(".links-side h2 .hint")))  # noqa: E731
    everything = count()
    page.locator(".link-list button.chip").first.press("Enter")
    page.wait_for_selector(".links-node")
    assert 0 < count() <= everything
    page.keyboard.press("x")
    page.wait_for_selector(".links-node", state="detached")
    assert count() == everything
    page.focus(".links-controls input[type=range]")
    page.keyboard.press("End")
    page.wait_for_function(
        "n => +document.querySelector('.links-side h2 .hint').innerText < n", arg=everything
    )


def test_movement_follows_the_sliders(dossier):
    """Two sliders bound the stays that are listed; whole period brings them back."""
    page = dossier
    page.keyboard.press("4")
    page.wait_for_selector(".stays li")
    before = page.locator(".stays li").count()
    page.focus(".move-time input[aria-label=To]")
    page.keyboard.press("Home")
    page.wait_for_function("n => document.querySelectorAll('.stays li').length < n", arg=before)
    page.locator(".move-time .quiet").press("Enter")
    page.wait_for_function("n => document.querySelectorAll('.stays li').length === n", arg=before)
    page.locator(".stays .plain").first.press("Enter")
    page.wait_for_selector("dialog .ad")


def test_a_cut_is_previewed_kept_and_taken_back_by_keyboard(dossier):
    """b tells why A and B belong together; a cut shows what it would change, is kept, and is taken back."""
    page = dossier
    page.keyboard.press("b")
    page.wait_for_selector(".chain")
    assert "lead, not finding" in page.inner_text("dialog")
    page.locator("dialog .row .button").press("Enter")
    page.wait_for_selector(".judge table >> nth=1")
    page.focus(".judge textarea")
    page.keyboard.type("They were seen in two places at once.")
    page.locator(".judge .main").press("Enter")
    page.wait_for_selector(".judged")
    assert "next refresh" in page.inner_text(".judged")
    assert page.evaluate("document.activeElement.className") == "judged"
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    page.keyboard.press("6")
    page.wait_for_selector(".judgements li")
    assert "two places at once" in page.inner_text(".history")
    page.locator(".judgements .plain").first.press("Enter")
    page.wait_for_selector(".judgements li", state="detached")
    assert "two places at once" in page.inner_text(".history-list")


def test_a_join_is_previewed_kept_and_taken_back_by_keyboard(triage, axe):
    """A group beside the links is said to belong; what that would change is seen, kept, and taken back."""
    page = triage
    for rank in range(2, 6):  # the first lead of this world that has another group beside it
        page.keyboard.press("j")
        page.wait_for_selector(f".lead-panel .meta >> text=/^Rank {rank},/")
    page.keyboard.press("Enter")
    page.wait_for_selector(".centre .ad")
    page.keyboard.press("3")
    page.wait_for_selector(".graph[data-laid=true]")
    tab_to(page, page.locator(".links-controls input[type=range]"))
    page.keyboard.press("Home")
    press(page, page.locator(".link-list button.chip", has_text="Other group").first)
    press(page, page.get_by_role("button", name="Join with it"))
    page.wait_for_selector("dialog .judge table >> nth=1")
    assert "Joins two identities" in page.inner_text(".judge") and broken(page, axe) == []
    tab_to(page, page.locator(".judge textarea"))
    page.keyboard.type("One desk answers both numbers.")
    press(page, page.locator(".judge .main"))
    page.wait_for_selector(".judged")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    page.keyboard.press("6")
    page.wait_for_selector(".judgements li")
    assert "One desk answers" in page.inner_text(".judgements")
    press(page, page.locator(".judgements .plain").first)
    page.wait_for_selector(".judgements li", state="detached")


def test_two_chosen_ads_are_compared(open_page):
    """Compare on one ad, then on another: the chains between just these two are told."""
    page, watched = open_page("/triage?view=all")
    page.wait_for_selector(".lead-panel .reason")
    page.keyboard.press("Enter")
    page.wait_for_selector(".centre .ad >> nth=1")
    for n in (0, 1):
        page.locator(".centre .ad-head .plain").nth(n).press("Enter")
    page.wait_for_selector("dialog .chain, dialog .against")
    ids = [page.locator(".centre .ad .ad-id").nth(n).get_attribute("href").rpartition("/")[2] for n in (0, 1)]
    assert all(one in page.inner_text("dialog") for one in ids)
    assert watched.complaints() == []


def test_a_note_is_kept_changed_taken_back_and_restored(dossier):
    """By keyboard alone; what a note said before stays with it, and a reload shows the same."""
    page = dossier
    page.keyboard.press("7")
    page.focus(".note-form textarea")
    page.keyboard.type("Ask the desk <b>now</b>")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    mine = page.locator(".dossier-note").first  # the newest; others may have left some
    mine.locator(".note-text", has_text="<b>now</b>").wait_for()
    assert mine.locator(".note-text").inner_text() == "Ask the desk <b>now</b>"
    mine.get_by_role("button", name="Change", exact=True).press("Enter")
    mine.locator("textarea").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("Asked")
    mine.get_by_role("button", name="Keep the change").press("Enter")
    mine.locator(".note-text", has_text="Asked").wait_for()
    mine.get_by_role("button", name="Take back").press("Enter")
    page.wait_for_selector(".dossier-note.gone >> nth=0")
    mine.get_by_role("button", name="Restore").press("Enter")
    page.wait_for_selector(".dossier-note:not(.gone) .note-text >> text=Asked")
    mine.locator("summary").press("Enter")
    assert mine.locator(".note-versions li").count() == 3
    page.reload()
    page.wait_for_selector(".dossier-note .note-text >> text=Asked")

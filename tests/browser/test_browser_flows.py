"""The flows of an investigator, by keyboard alone."""

import re

import pytest
from browser_kit import MARKS

pytestmark = MARKS


def selected(page):
    return page.inner_text(".queue-row[aria-selected=true] .rank b")


def counts(page):
    return [re.sub(r"\D", "", t) for t in page.locator(".tabs-pill button span").all_inner_texts()]


@pytest.fixture
def triage(open_page):
    page, watched = open_page("/triage")
    page.wait_for_selector(".lead-panel .reason")
    yield page
    assert watched.complaints() == []


def test_triage_moves_dismisses_undoes_and_opens(triage):
    """j, d and 1, u, and Enter lead from the queue to a dossier and lose nothing."""
    page = triage
    before = counts(page)
    assert selected(page) == "1"

    page.keyboard.press("j")
    page.wait_for_function("document.querySelector('.lead-panel .meta')?.innerText.startsWith('Rank 2')")
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


def test_a_dialog_silences_the_queue_behind_it(triage):
    """While a reason is asked for, j does not move the queue, and Escape leaves everything as it was."""
    page = triage
    was = selected(page)
    page.keyboard.press("d")
    page.wait_for_selector("dialog[open]")
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


def test_the_dossier_walks_its_identifiers(open_page):
    """j chooses the next identifier, whose reasons and ads follow; its value never reaches the address."""
    page, watched = open_page("/triage")
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
    assert watched.complaints() == []

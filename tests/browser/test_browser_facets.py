"""Filters of a search: alternatives within a facet, by mouse and keyboard, kept by the address."""

import re

import pytest
from browser_kit import MARKS, press

from bench.serving import settle

pytestmark = MARKS

TOP = "() => document.querySelector('.hits .pane-scroll')?.scrollTop ?? -1"
FOUND = "n => document.querySelector('.found-line b')?.innerText.replace(/\\D/g, '') === String(n)"


def number(text):
    return int(re.sub(r"\D", "", text))


@pytest.fixture
def search(open_page):
    """The search of everything; in the end nothing may have been complained of."""
    page, watched = open_page("/search")
    page.wait_for_selector(".hits .ad")
    yield page
    assert watched.complaints() == []


def test_two_sites_are_alternatives_and_a_city_narrows_them(search):
    """A facet's counts stay while one chooses in it; ticks in it add up, and another facet narrows."""
    page = search
    site = page.locator(".facets fieldset").first
    first, second = (number(site.locator(".facet .num").nth(n).inner_text()) for n in (0, 1))
    site.locator("input").nth(0).check()
    page.wait_for_function(FOUND, arg=first)
    assert number(site.locator(".facet .num").nth(1).inner_text()) == second
    press(page, site.locator("input").nth(1), "Space")
    page.wait_for_function(FOUND, arg=first + second)
    assert "any of these" in site.inner_text() and page.locator(".chosen").count() == 2
    assert "or" in page.inner_text(".read-as").split("\n")

    city = page.locator(".facets fieldset").nth(1)
    narrowed = number(city.locator(".facet .num").first.inner_text())
    city.locator("input").first.check()
    page.wait_for_function(FOUND, arg=narrowed)
    assert narrowed < first + second


def test_the_address_keeps_the_filters_and_going_back_takes_one(search):
    """The opaque address opens the same ticks; the step back takes the last one; a chip drops its own."""
    page = search
    site = page.locator(".facets fieldset").first
    first, second = (number(site.locator(".facet .num").nth(n).inner_text()) for n in (0, 1))
    site.locator("input").nth(0).check()
    page.wait_for_function(FOUND, arg=first)
    site.locator("input").nth(1).check()
    page.wait_for_function(FOUND, arg=first + second)
    settle(page)
    page.reload()
    page.wait_for_function(FOUND, arg=first + second)
    assert site.locator("input:checked").count() == 2

    page.go_back()
    page.wait_for_function(FOUND, arg=first)
    press(page, page.get_by_role("button", name="Drop the filter"))
    page.wait_for_function("() => document.querySelectorAll('.chosen').length === 0")


def test_going_back_finds_the_list_where_one_left_it(search):
    """An ad opened far down, and back: the list stands where it stood; a new question begins at the top."""
    page = search
    page.locator(".hits .ad-id").nth(20).scroll_into_view_if_needed()
    stood = page.evaluate(TOP)
    page.wait_for_function("() => location.search.includes('s=')")
    page.locator(".hits .ad-id").nth(20).click()
    page.wait_for_selector(".ad-columns .facts-list")
    assert page.evaluate("document.activeElement.id") == "main"
    page.go_back()
    page.wait_for_function(f"n => Math.abs(({TOP})() - n) < 2", arg=stood)

    page.fill("#query", "has:phone")
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => document.querySelector('.query-chip') && ({TOP})() === 0")


def test_a_closed_dialog_gives_the_focus_back_and_escape_brings_the_words(search):
    """The button that opened a dialog has the focus again; half-written words give way to those searched."""
    page = search
    press(page, page.get_by_role("button", name="Start from what is known"))
    page.wait_for_selector("dialog .form")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    assert "Start from" in page.evaluate("document.activeElement.innerText")
    page.fill("#query", "has:phone")
    page.keyboard.press("Enter")
    page.wait_for_selector(".query-chip")
    page.fill("#query", "has:phone half a tho")
    page.keyboard.press("Escape")
    assert page.input_value("#query") == "has:phone"

"""Filters of a search: alternatives within a facet, by mouse and keyboard, kept by the address."""

import re

import pytest
from browser_kit import MARKS, press

pytestmark = MARKS

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
    page.wait_for_load_state("networkidle")
    page.reload()
    page.wait_for_function(FOUND, arg=first + second)
    assert site.locator("input:checked").count() == 2

    page.go_back()
    page.wait_for_function(FOUND, arg=first)
    press(page, page.get_by_role("button", name="Drop the filter"))
    page.wait_for_function("() => document.querySelectorAll('.chosen').length === 0")

"""What an ad says is text: it runs nothing, asks for nothing, and is seen as it was written."""

from browser_kit import MARKS, PAYLOADS

from bench.serving import settle

pytestmark = MARKS


def test_hostile_ads_are_text_in_search_and_on_their_page(open_page):
    """No script runs, no request leaves, and the payload is read on the screen."""
    page, watched = open_page("/search")
    page.wait_for_selector(".hits .ad")
    page.fill("#query", "hostileword")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "n => document.querySelector('.found-line b')?.innerText === n + ' ads'", arg=len(PAYLOADS)
    )
    while page.locator(".hits .ad").count() < len(PAYLOADS):
        shown = page.locator(".hits .ad").count()
        page.get_by_role("button", name="Show more ads").press("Enter")
        page.wait_for_function("n => document.querySelectorAll('.hits .ad').length > n", arg=shown)

    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 500
    text = page.text_content(".hits")
    assert all(payload in text for payload in PAYLOADS if payload.isascii() and payload.isprintable())
    assert page.locator(".hits :is(img, script, iframe, link, object, embed)").count() == 0
    for link in page.locator(".hits .ad-id").all()[:3]:
        href = link.get_attribute("href")
        one, seen = open_page(href)
        one.wait_for_selector(".ad-text.whole")
        assert one.title() == "Ad · Homeward"
        assert one.locator("main :is(img, script, iframe, link, object, embed)").count() == 0
        assert one.locator('main a[href^="http"], main a[href^="javascript"]').count() == 0
        assert seen.complaints() == []
    assert page.title() == "Search · Homeward"
    assert watched.complaints() == []


def test_a_hostile_query_is_text(open_page):
    """A search for markup shows markup, in the box and in what was read."""
    page, watched = open_page("/search")
    page.wait_for_selector(".hits .ad")
    page.fill("#query", '"<img src=x onerror=alert(1)>"')
    page.keyboard.press("Enter")
    page.wait_for_selector(".hits .ad, .empty, #refused")
    settle(page)

    assert page.locator("main img").count() == 0
    assert [c for c in watched.complaints() if "400" not in c and "422" not in c] == []


def test_a_hostile_list_is_text(open_page):
    """Every payload as a term of a list is a row of the table, or a sentence why it is none."""
    page, watched = open_page("/list")
    page.wait_for_selector("textarea")
    terms = [p for p in PAYLOADS if p.isprintable()]
    page.fill("textarea", "\n".join(terms))
    page.locator(".form .main").press("Enter")
    page.wait_for_function(
        "n => +document.querySelector('.tabs-pill.three span')?.innerText >= n", arg=len(set(terms)) - 5
    )

    assert page.locator(".hit-table :is(img, script, iframe, link, object, embed)").count() == 0
    assert page.title() == "Search a list · Homeward"
    assert watched.complaints() == []

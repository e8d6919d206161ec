"""The tutorial, followed as it is written: each step is taken, each key pressed, each picture looks alike.

`make tutorial` writes the pictures anew (HOMEWARD_PICTURES=write); otherwise each is compared, loosely, with
what the screen shows now: another name or number is no difference, another layout is.
"""

import base64
import os
import re

import pytest
from browser_kit import MARKS, ROOT

from bench.serving import settle

pytestmark = MARKS
PAGE = ROOT / "docs" / "tutorial" / "first-leads.md"
SIZE = (1200, 750)
WRITE = os.environ.get("HOMEWARD_PICTURES") == "write"
MOST_APART = 0.09  # of black to white, on average over a raster of 60 × 40
TOAST = "how => { document.querySelector('.toast-place').style.visibility = how; }"
DRAWN = """() => new Promise(done => requestAnimationFrame(() =>
  requestAnimationFrame(() => setTimeout(done, 100))))"""  # a canvas is drawn in the next frames
APART = """([one, ...others]) => Promise.all([one, ...others].map(src => new Promise((done, fail) => {
  const image = new Image(); image.onerror = fail; image.onload = () => {
    const c = Object.assign(document.createElement('canvas'), { width: 60, height: 40 }).getContext('2d');
    c.drawImage(image, 0, 0, 60, 40); done(c.getImageData(0, 0, 60, 40).data); }; image.src = src; })))
  .then(([x, ...rest]) => rest.map(y =>
    x.reduce((sum, v, i) => sum + Math.abs(v - y[i]), 0) / x.length / 255 * 4 / 3))"""


def steps():
    """The tutorial's steps: title and text."""
    parts = re.split(r"^\d+\. \*\*", PAGE.read_text("utf-8"), flags=re.M)[1:]
    return [tuple(part.split("**", 1)) for part in parts]


class Guide:
    """Does what a step says, and nothing that it does not say."""

    def __init__(self, page):
        self.page, self.text = page, ""

    def press(self, *keys):
        for key in keys:
            assert f"`{key}`" in self.text, f"the step does not say {key}"
            self.page.keyboard.press(key)

    def write(self, text):
        assert f"`{text}`" in self.text, f"the step does not say {text}"
        self.page.keyboard.type(text)

    def choose(self, name):
        assert f"*{name}*" in self.text, f"the step does not name {name}"
        pattern = re.compile(re.escape(name).replace("…", ".*"))
        self.page.get_by_role("button", name=pattern).first.press("Enter")

    def see(self, selector):
        self.page.wait_for_selector(selector)

    def picture(self, name):
        assert f"(pictures/{name}.jpg)" in self.text, f"the step shows no {name}"
        settle(self.page)
        self.page.mouse.move(2, 2)
        self.page.evaluate(DRAWN)
        self.page.evaluate(TOAST, "hidden")  # what was said of the step before
        drawn = self.page.screenshot(type="jpeg", quality=72)
        self.page.evaluate(TOAST, "visible")
        path = PAGE.parent / "pictures" / f"{name}.jpg"
        if WRITE:
            path.write_bytes(drawn)
        [far] = apart(self.page, drawn, path.read_bytes())
        assert far < MOST_APART, f"make tutorial: {name}"

    def leave(self):
        """The keys go to the page again, not to the field or button that was used last."""
        self.page.evaluate("document.activeElement.blur()")


def apart(page, one, *others):
    """How far a picture is from each of others, compared on a page of their own."""
    beside = page.context.browser.new_page()
    try:
        urls = [f"data:image/jpeg;base64,{base64.b64encode(p).decode()}" for p in (one, *others)]
        return beside.evaluate(APART, urls)
    finally:
        beside.close()


def queue(guide):
    guide.see(".queue-row, .empty .button")
    guide.choose("All … leads")
    guide.see(".lead-panel .reason")
    guide.leave()
    guide.press("j", "k")
    guide.picture("queue")


def reasons(guide):
    for heading in ("Why it is ranked here", "What speaks against it"):
        assert f"*{heading}*" in guide.text and heading in guide.page.inner_text(".lead-panel")
    guide.page.locator(".reason button").first.press("Enter")
    guide.see("dialog .ad >> nth=1")
    guide.picture("reason")
    guide.press("Escape")


def dossier(guide):
    guide.page.wait_for_selector("dialog", state="detached")
    guide.leave()
    guide.press("Enter")
    guide.see(".centre .ad .mark")
    guide.picture("dossier")
    guide.press("j", "m")
    guide.page.wait_for_selector(".centre .mark", state="detached")
    guide.press("m")
    guide.see(".centre .mark")


def wordings(guide):
    guide.press("2")
    guide.see(".wording-table tbody tr")
    guide.picture("wording")


def links_and_places(guide):
    guide.press("3")
    guide.see(".graph[data-laid=true]")
    guide.press("4")
    guide.see(".stays li")
    guide.picture("movement")
    guide.press("5")
    guide.see(".photo-cards")


def together(guide):
    guide.press("b")
    guide.see(".chain")
    guide.picture("together")
    guide.choose("Cut or confirm")
    guide.see(".judge table")
    guide.press("Escape")
    guide.page.wait_for_selector("dialog", state="detached")


def note(guide):
    guide.press("7")
    guide.see(".note-form textarea")
    guide.page.focus(".note-form textarea")
    guide.write("Two names, one flat: ask the desk.")
    guide.choose("Keep the note")
    guide.see(".dossier-note .note-text")
    guide.picture("note")
    guide.leave()
    guide.press("6")
    guide.see(".history")


def decide(guide):
    guide.press("Escape")
    guide.see(".lead-panel .reason")
    assert "view=all" in guide.page.url  # back to the queue that one came from
    guide.press("d")
    guide.see("dialog .choices")
    assert "Outside our area" in guide.page.inner_text("dialog")
    guide.picture("dismiss")
    guide.press("5")
    guide.see(".toast >> text=/dismissed/i")
    guide.press("u")
    guide.see(".toast >> text=taken back")


def search(guide):
    guide.press("/")
    guide.write("has:phone -site:cityboard.test")
    guide.press("Enter")
    guide.see(".query-chip >> nth=1")
    guide.see(".hits .ad")
    guide.picture("search")
    guide.leave()
    guide.press("o")
    guide.see(".hit-group")
    for name in ("Whole network", "Search a list"):
        assert f"*{name}*" in guide.text and name in guide.page.inner_text(".found-line")


# The steps of the page that a browser takes, by title; a shell takes the others.
TAKEN = {
    "Look at the queue.": queue,
    "Read the reasons.": reasons,
    "Open the dossier.": dossier,
    "Compare the wordings.": wordings,
    "See the links, the places and the photos.": links_and_places,
    "Ask why two ads are together.": together,
    "Write down what you found.": note,
    "Decide.": decide,
    "Search.": search,
}
BY_SHELL = {"Start the demo.", "Do the same on the command line", "See how right it was."}


def test_the_tutorial_can_be_followed(open_page):
    """Every step works as it is written, in its order, by keyboard, and the pictures show what is seen."""
    assert [title for title, _ in steps() if title not in BY_SHELL] == list(TAKEN)
    page, watched = open_page("/triage", size=SIZE)
    guide = Guide(page)
    for title, text in steps():
        if title in TAKEN:
            guide.text = text
            TAKEN[title](guide)
    assert watched.complaints() == []


@pytest.mark.skipif(WRITE, reason="the pictures are being written")
def test_another_screen_is_another_picture(chromium):
    """However loose the comparison is, it tells the pictures of the tutorial apart; each is shown once."""
    page = chromium.new_page()
    shown = sorted((PAGE.parent / "pictures").glob("*.jpg"))
    one, *others = [path.read_bytes() for path in shown]
    itself, *far = apart(page, one, one, *others)
    assert len(shown) == PAGE.read_text("utf-8").count("](pictures/") and itself == 0
    page.context.close()
    assert all(one > MOST_APART / 3 for one in far), far

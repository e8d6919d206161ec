"""The urgent path by keyboard alone: mark, read whom to call, write the sheet, acknowledge, take back."""

import shutil
import time

import pytest
from browser_kit import MARKS, broken
from serving_kit import serving

from homeward.app import compose
from homeward.app.settings import load
from homeward.desk import runs, urgent
from homeward.model.actor import Actor, Purpose, Role
from people_kit import account, session
from surroundings import environment

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


@pytest.mark.parametrize("status", [500, 404])
def test_words_outlive_a_reading_that_fails(open_page, axe, status):
    """A minute later the server fails: words and screen stay, with a notice; what is withdrawn goes."""
    page, _ = open_page("/urgent")
    page.clock.install()
    page.reload()
    page.locator("summary").press("Enter")
    page.fill("textarea", "Duty desk: 555-0100")
    page.route("**/api/urgent", lambda route: route.fulfill(status=status, json={"title": "Not now."}))
    page.clock.fast_forward(61_000)
    if status == 404:
        page.wait_for_selector("main >> text=The marks could not be read")
        assert page.locator("textarea, .outdated").count() == 0
        return
    page.wait_for_selector(".outdated >> text=could not be read again")
    assert page.input_value("textarea") == "Duty desk: 555-0100"
    assert axe(page) == []
    page.unroute("**/api/urgent")
    page.locator(".outdated button").press("Enter")
    page.wait_for_selector(".outdated", state="detached")
    assert page.input_value("textarea") == "Duty desk: 555-0100"
    page.request.put("/api/urgent/sheet", data={"text": "Another: 555-0101"}, headers={"X-Homeward": "1"})
    page.clock.fast_forward(61_000)
    page.wait_for_selector("text=Somebody changed the sheet while you wrote")
    assert page.input_value("textarea") == "Duty desk: 555-0100"


def test_what_is_open_is_asked_for_anew_once_other_ads_are_withheld(open_page):
    """Within a minute of somebody else's mark; where nothing changed, nothing is asked."""
    page, _ = open_page("/triage?view=all")
    page.clock.install()
    page.reload()
    page.wait_for_selector(".lead-panel .reason")
    page.wait_for_load_state("networkidle")
    told, asked = [""], []
    page.on("request", lambda one: asked.append(one.url.rpartition("/api/")[2]))

    def session(route):
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "withheld": told[0]})

    page.route("**/api/session", session)
    for _ in range(2):  # what the first would ask for is asked before the second
        with page.expect_response("**/api/session"):
            page.clock.fast_forward(61_000)
    assert not [one for one in asked if one.startswith("leads/")]
    told[0] = "0123456789ab"
    with page.expect_request("**/api/leads/**"):
        page.clock.fast_forward(61_000)


class Team:
    """A served copy of the seeded workspace that two analysts look at, and this process changes."""

    def __init__(self, address, house, chromium):
        self.address, self.house, self.chromium = address, house, chromium

    def page(self, name):
        """The queue as somebody has it open."""
        account(self.house, name)
        token = session(self.house, name, Role.ANALYST, purpose=Purpose.IDENTIFY)
        context = self.chromium.new_context(base_url=self.address, reduced_motion="reduce")
        context.set_default_timeout(20_000)
        port = self.address.rpartition(":")[2]
        context.add_cookies([{"name": f"homeward-{port}", "value": token, "url": self.address}])
        page = context.new_page()
        with page.expect_request("**/api/session/news?**"):
            page.goto("/triage?view=all")
            page.wait_for_selector(".lead-panel .reason")
        return page


@pytest.fixture
def team(seeded, tmp_path, chromium):
    shutil.copytree(seeded, tmp_path, dirs_exist_ok=True)
    with serving(tmp_path, "user", "list") as (address, _, _):
        env = environment(tmp_path)
        del env["HOMEWARD_NOW"]
        with compose.opened(load(env, home=tmp_path / "home")) as house:
            here = Team(address, house, chromium)
            yield here
        for context in list(chromium.contexts):
            context.close()


def rows(page):
    """What the queue shows."""
    return page.locator(".queue-row").all_inner_texts()


SHOWS = """([row, wanted]) =>
  wanted === [...document.querySelectorAll('.queue-row')].some(r => r.innerText === row)"""


@pytest.mark.trust("SAF-6")
def test_an_open_screen_loses_within_a_second_what_another_process_marks(team):
    """Ann marks, in another process than the server; Ben's queue loses it and Ann's does not; and back."""
    ben, ann = team.page("ben"), team.page("ann")
    top = rows(ben)[0]
    assert rows(ann)[0] == top
    lead = runs.current(team.house).leads[0]["id"]
    began = time.monotonic()
    mark = urgent.flag(
        Actor("ann", "cli", Role.ANALYST, Purpose.IDENTIFY), team.house, lead, "possible-child"
    )
    marked = time.monotonic()
    ben.wait_for_function(SHOWS, arg=[top, False])
    gone = time.monotonic()
    assert top in rows(ann)
    dora = Actor("dora", "cli", Role.SUPERVISOR, Purpose.IDENTIFY, fresh=True)
    urgent.lift(dora, team.house, mark["mark"]["id"], why="a slip")
    lifted = time.monotonic()
    ben.wait_for_function(SHOWS, arg=[top, True])
    back = time.monotonic() - lifted
    print(f"marked in {marked - began:.2f} s; gone {gone - marked:.2f} s after it; back after {back:.2f} s")
    assert max(gone - marked, back) < 10  # a busy machine; without the news it takes a minute

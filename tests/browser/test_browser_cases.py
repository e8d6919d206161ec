"""Cases by keyboard: make one, take somebody in, seal it; what others see of it, and what they do not."""

import shutil

import pytest
from browser_kit import MARKS, broken, press
from serving_kit import serving

from homeward.app import compose
from homeward.app.settings import load
from homeward.model.actor import Role
from people_kit import account, session
from surroundings import environment

pytestmark = MARKS


class Team:
    """A served workspace in which people of several roles have accounts; this process may act as well."""

    def __init__(self, address, house, chromium):
        self.address, self.house, self.chromium = address, house, chromium

    def page(self, name, role, at="/cases"):
        account(self.house, name, role)
        token = session(self.house, name, role)
        context = self.chromium.new_context(base_url=self.address, reduced_motion="reduce")
        context.set_default_timeout(20_000)
        port = self.address.rpartition(":")[2]
        context.add_cookies([{"name": f"homeward-{port}", "value": token, "url": self.address}])
        page = context.new_page()
        page.goto(at)
        return page


@pytest.fixture
def team(tmp_path, chromium):
    if shutil.which("chromium") is None:
        pytest.skip("needs chromium")
    with serving(tmp_path, "init") as (address, _, _):
        env = environment(tmp_path)
        del env["HOMEWARD_NOW"]
        with compose.opened(load(env, home=tmp_path / "home")) as house:
            yield Team(address, house, chromium)
        for context in list(chromium.contexts):
            context.close()


def make(page, title):
    """Make a case, before any purpose is stated."""
    page.get_by_text("You are in no case yet").wait_for()
    page.get_by_label("Title").fill(title)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=title, exact=True).wait_for()


def test_a_case_is_made_shared_and_sealed(team, axe):
    """Its maker leads it and takes a colleague in, who states it; a supervisor knows of it until it is
    sealed, and may read it in an emergency only."""
    ann = team.page("ann", Role.ANALYST)
    make(ann, "Harbour street")
    assert broken(ann, axe) == []
    account(team.house, "bea", Role.ANALYST)
    ann.get_by_label("Take in: account").fill("bea")
    ann.keyboard.press("Enter")
    ann.get_by_role("button", name="Let lead: bea").wait_for()
    ann.get_by_text("of yourself another lead decides").wait_for()
    assert broken(ann, axe) == []

    sue = team.page("sue", Role.SUPERVISOR)
    sue.get_by_role("link", name="Harbour street").press("Enter")
    sue.get_by_role("button", name="Read it in an emergency").wait_for()
    assert sue.get_by_role("button", name="Seal the case").count() == 0
    assert broken(sue, axe) == []

    press(ann, ann.get_by_role("button", name="Seal the case"))
    ann.get_by_role("button", name="Unseal the case").wait_for()
    sue.reload()
    sue.get_by_text("There is no such case that you may know of").wait_for()
    assert axe(sue) == []


def test_a_member_reads_a_case_and_changes_nothing_of_it(team):
    """Taken in, it is in their list; taken out, it is a case that never was."""
    ann, bea = team.page("ann", Role.ANALYST), team.page("bea", Role.ANALYST)
    make(ann, "Harbour street")
    ann.get_by_label("Take in: account").fill("bea")
    ann.keyboard.press("Enter")
    ann.get_by_role("button", name="Let lead: bea").wait_for()
    bea.reload()
    bea.get_by_role("link", name="Harbour street").press("Enter")
    bea.get_by_text("you are of it").wait_for()
    assert bea.get_by_role("button", name="Rename").count() == 0
    assert bea.get_by_label("Take in: account").count() == 0
    press(ann, ann.get_by_role("button", name="Take out: bea"))
    ann.get_by_role("button", name="Let lead: bea").wait_for(state="detached")
    bea.reload()
    bea.get_by_text("There is no such case that you may know of").wait_for()


def test_a_purpose_that_needs_a_case_leads_to_one(team):
    """Whoever is in none is shown the way to make one; who may make none is not."""
    ann = team.page("ann", Role.ANALYST, at="/triage")
    ann.get_by_text("Trafficking investigation").click()
    press(ann, ann.get_by_role("link", name="make one"))
    make(ann, "Harbour street")
    ann.goto("/triage")
    ann.get_by_text("Trafficking investigation").click()
    ann.get_by_label("Case").select_option(label="Harbour street")
    ann.get_by_role("button", name="Go on").click()
    ann.get_by_text("Case Harbour street").wait_for()
    rex = team.page("rex", Role.RECORDS, at="/triage")
    rex.wait_for_url("**/records")
    rex.goto("/cases")
    rex.get_by_text("Ask whoever leads yours to take you in").wait_for()
    assert rex.get_by_label("Title").count() == 0


def test_who_reads_no_ads_begins_where_nothing_refuses(team):
    """An external reviewer at the cases, an NGO reporter at their account: neither meets a refusal."""
    page = team.page("rob", Role.REVIEWER, at="/")
    page.wait_for_url("**/cases")
    page.get_by_role("heading", name="Cases").wait_for()
    page = team.page("nia", Role.REPORTER, at="/")
    page.wait_for_url("**/account")
    page.get_by_role("heading", name="Account").wait_for()


def test_unsealing_takes_a_second_person(team):
    """The dialog asks one; a supervisor agrees to exactly that; then the same act is done, once."""
    ann = team.page("ann", Role.ANALYST)
    make(ann, "Harbour street")
    press(ann, ann.get_by_role("button", name="Seal the case"))
    unseal(ann)
    press(ann, ann.get_by_role("button", name="Ask a second person"))
    ann.get_by_role("dialog").wait_for(state="detached")
    sue = team.page("sue", Role.SUPERVISOR, at="/people")
    press(sue, sue.get_by_role("button", name="Agree to exactly this"))
    sue.get_by_text("agreed by sue").wait_for()
    ann.get_by_role("button", name="Unseal the case").press("Enter")
    ann.get_by_role("dialog").get_by_label("Why").fill("over now")
    ann.keyboard.press("Enter")
    ann.get_by_role("button", name="Seal the case", exact=True).wait_for()


def unseal(page):
    """Try to unseal: nobody has agreed yet."""
    page.get_by_role("button", name="Unseal the case").press("Enter")
    page.get_by_role("dialog").get_by_label("Why").fill("over now")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Ask a second person").wait_for()

"""Cases by keyboard: make one, take somebody in, seal it; what others see of it, and what they do not."""

import pytest
from browser_kit import BROWSER, MARKS, broken, press
from serving_kit import serving

from homeward.app import compose
from homeward.app.settings import load
from homeward.model.actor import Role
from homeward.model.event import Act
from homeward.store.ledger import events, sight
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


@pytest.fixture(scope="module")
def team(tmp_path_factory, chromium):
    """One for all: each test has people of its own."""
    if BROWSER is None:
        pytest.skip("needs chromium")
    folder = tmp_path_factory.mktemp("cases")
    with serving(folder, "init") as (address, _, _):
        env = environment(folder)
        del env["HOMEWARD_NOW"]
        with compose.opened(load(env, home=folder / "home")) as house:
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
    account(team.house, "bea", Role.ANALYST)
    ann.get_by_label("Take in: account").fill("bea")
    ann.keyboard.press("Enter")
    ann.get_by_role("button", name="Let lead: bea").wait_for()
    ann.get_by_text("of yourself another lead decides").wait_for()
    assert broken(ann, axe) == []

    sue = team.page("sue", Role.SUPERVISOR)
    sue.get_by_role("link", name="Harbour street").wait_for()
    assert axe(sue) == []
    sue.get_by_role("link", name="Harbour street").press("Enter")
    sue.get_by_role("button", name="Read it in an emergency").wait_for()
    assert sue.get_by_role("button", name="Seal the case").count() == 0
    assert broken(sue, axe) == []

    press(ann, ann.get_by_role("button", name="Seal the case"))
    ann.get_by_role("button", name="Unseal the case").wait_for()
    sue.reload()
    sue.get_by_text("There is no such case that you may know of").wait_for()


def test_a_member_reads_a_case_and_changes_nothing_of_it(team):
    """Taken in, it is in their list; taken out, it is a case that never was."""
    cat, dot = team.page("cat", Role.ANALYST), team.page("dot", Role.ANALYST)
    make(cat, "Harbour street")
    cat.get_by_label("Take in: account").fill("dot")
    cat.keyboard.press("Enter")
    cat.get_by_role("button", name="Let lead: dot").wait_for()
    dot.reload()
    dot.get_by_role("link", name="Harbour street").press("Enter")
    dot.get_by_text("you are of it").wait_for()
    assert dot.get_by_role("button", name="Rename").count() == 0
    assert dot.get_by_label("Take in: account").count() == 0
    press(cat, cat.get_by_role("button", name="Take out: dot"))
    cat.get_by_role("button", name="Let lead: dot").wait_for(state="detached")
    dot.reload()
    dot.get_by_text("There is no such case that you may know of").wait_for()


def test_a_purpose_that_needs_a_case_leads_to_one(team):
    """Whoever is in none is shown the way to make one; who may make none is not."""
    eve = team.page("eve", Role.ANALYST, at="/triage")
    eve.get_by_text("Trafficking investigation").click()
    press(eve, eve.get_by_role("link", name="make one"))
    make(eve, "Harbour street")
    eve.goto("/triage")
    eve.get_by_text("Trafficking investigation").click()
    eve.get_by_label("Case").select_option(label="Harbour street")
    eve.get_by_role("button", name="Go on").click()
    eve.get_by_text("Case Harbour street").wait_for()
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


def test_who_begins_elsewhere_and_comes_again_is_refused_nothing(team):
    """Their browser asks for no lead ahead, which would be refused; one that knows nobody does."""
    page = team.page("ike", Role.AUDITOR, at="/")
    page.wait_for_url("**/audit")
    while refusals(team.house, "ike") == 0:
        page.wait_for_timeout(50)
    page.goto("/")
    page.wait_for_url("**/audit")
    page.get_by_role("heading", name="Audit log").wait_for()
    assert refusals(team.house, "ike") == 1
    asked = []
    page.on("request", lambda r: asked.append(r.url))
    page.evaluate("localStorage.clear()")
    page.goto("/")
    page.wait_for_url("**/audit")
    assert any("/api/leads" in url for url in asked)


def refusals(house, name):
    """How many refusals the log holds of an account."""
    with sight.whole(), house.ledger.read() as tx:
        return sum(r.event.actor == name for r in events.read(tx, acts=[Act.REFUSE], limit=10_000))


def test_unsealing_takes_a_second_person(team):
    """The dialog asks one; a supervisor agrees to exactly that; then the same act is done, once."""
    fay = team.page("fay", Role.ANALYST)
    make(fay, "Harbour street")
    press(fay, fay.get_by_role("button", name="Seal the case"))
    unseal(fay)
    press(fay, fay.get_by_role("button", name="Ask a second person"))
    fay.get_by_role("dialog").wait_for(state="detached")
    sam = team.page("sam", Role.SUPERVISOR, at="/people")
    press(sam, sam.get_by_role("button", name="Agree to exactly this"))
    sam.get_by_text("agreed by sam").wait_for()
    fay.get_by_role("button", name="Unseal the case").press("Enter")
    fay.get_by_role("dialog").get_by_label("Why").fill("over now")
    fay.keyboard.press("Enter")
    fay.get_by_role("button", name="Seal the case", exact=True).wait_for()


def unseal(page):
    """Try to unseal: nobody has agreed yet."""
    page.get_by_role("button", name="Unseal the case").press("Enter")
    page.get_by_role("dialog").get_by_label("Why").fill("over now")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Ask a second person").wait_for()

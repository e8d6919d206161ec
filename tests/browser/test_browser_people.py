"""Coming in: a demo's link, an invitation, a purpose, and what an administrator sees."""

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from browser_kit import BROWSER, MARKS, STATIC, Watched, broken, press, tab_to
from serving_kit import serving

from provider_kit import CLIENT, SECRET, SUBJECT, standing

pytestmark = MARKS
PASSWORD, OTHER = "seven quiet herons walk", "nine slow barges turn west"


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    """A served workspace with two invited administrators and an analyst: the address and their links."""
    if BROWSER is None or not STATIC.is_file():
        pytest.skip("needs chromium and the built interface")
    with serving(tmp_path_factory.mktemp("team"), "init") as (address, homeward, _):
        links = {}
        for name, role in (("ada", "administrator"), ("ann", "analyst"), ("eve", "administrator")):
            said = homeward("user", "add", name, "--role", role, "--address", address)
            links[name] = re.search(r"http\S+#\S+", said)[0]
        yield address, links


@pytest.fixture
def opened(chromium):
    contexts = []

    def go(url):
        context = chromium.new_context(locale="en-GB", reduced_motion="reduce")
        contexts.append(context)
        context.set_default_timeout(15_000)
        page, watched = context.new_page(), Watched()
        page.on("pageerror", lambda e: watched.console.append(f"error: {e}"))
        page.goto(url)
        return page, watched

    yield go
    for context in contexts:
        context.close()


def authenticator(page):
    """Give the browser an authenticator that knows its owner."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def typed(page, label, text):
    """Reach a field by the Tab key and write into it."""
    tab_to(page, page.get_by_label(label))
    page.keyboard.type(text)


def join(page):
    """Accept an invitation by a code, by keyboard alone, as a person would; return the secret."""
    press(page, page.get_by_role("button", name="take a code"))
    secret = page.inner_text("code.break").replace(" ", "")
    typed(page, "New password", PASSWORD)
    typed(page, "Code", pyotp.TOTP(secret).at(datetime.now(UTC)))
    page.keyboard.press("Enter")
    kept(page)
    return secret


def kept(page):
    """Keep the recovery codes, and say that one read how this may be used."""
    page.get_by_text("Keep these recovery codes").wait_for()
    assert page.locator(".codes li").count() == 10
    press(page, page.get_by_role("button", name="I have kept them"))
    acknowledge(page)


def acknowledge(page):
    """Say by keyboard alone that one read how this may be used."""
    press(page, page.get_by_label("I have read this"), "Space")
    press(page, page.get_by_role("button", name="Begin"))
    page.get_by_role("heading", name="Before you begin").wait_for(state="detached")


def purpose(page, name):
    """Choose a purpose by keyboard alone."""
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    for _ in range(page.get_by_role("radio").count()):
        if page.get_by_role("radio", name=name).is_checked():
            break
        page.keyboard.press("ArrowDown")
    press(page, page.get_by_role("button", name="Go on"))


def test_an_analyst_joins_states_a_purpose_and_comes_again(team, opened, axe):
    """By keyboard alone, from the link to the queue: a secret, a password, a purpose, asked anew; out
    and in again. The token leaves the address bar."""
    page, watched = opened(team[1]["ann"])
    page.get_by_label("New password").wait_for()
    assert "#" not in page.url and broken(page, axe) == []
    totp = pyotp.TOTP(join(page))
    page.get_by_role("radio").first.wait_for()
    assert broken(page, axe) == []
    purpose(page, "Identify a possible victim")
    page.wait_for_url("**/triage")
    page.get_by_role("link", name="Purpose: Identify a possible victim").wait_for()
    press(page, page.get_by_label("Acting as ann"))
    page.get_by_role("heading", name="Account").wait_for()
    assert broken(page, axe) == []
    press(page, page.get_by_role("button", name="Change purpose or case"))
    purpose(page, "Identify a possible victim")
    page.get_by_role("heading", name="Account").wait_for()
    press(page, page.get_by_role("button", name="Sign out"))
    page.get_by_role("heading", name="Sign in").wait_for()
    assert broken(page, axe) == []
    typed(page, "Name", "ann")
    typed(page, "Password", PASSWORD)
    typed(page, "Code", totp.at(datetime.now(UTC) + timedelta(seconds=30)))
    page.keyboard.press("Enter")
    acknowledge(page)
    page.get_by_role("heading", name="Why are you here?").wait_for()
    assert watched.complaints() == []


@pytest.mark.trust("AUT-1")
def test_a_security_key_is_added_and_opens(team, opened, axe):
    """By keyboard alone, with Chromium's own authenticator: added on the account's screen, then in the
    place of a code; a new password and new recovery codes beside it."""
    address = team[0]
    page, watched = opened(team[1]["eve"])
    authenticator(page)
    page.get_by_label("New password").wait_for()
    join(page)
    page.goto(f"{address}/account")
    typed(page, "Name of the new key", "desk key")
    press(page, page.get_by_role("button", name="Add a security key"))
    page.get_by_role("button", name="Remove desk key").wait_for()
    typed(page, "New password", OTHER)
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="password").wait_for()
    press(page, page.get_by_role("button", name="Make new recovery codes"))
    assert page.locator(".codes li").nth(9).inner_text() and broken(page, axe) == []
    press(page, page.get_by_role("button", name="I have kept them"))
    press(page, page.get_by_role("button", name="Sign out"))
    page.get_by_role("heading", name="Sign in").wait_for()
    typed(page, "Name", "eve")
    typed(page, "Password", OTHER)
    press(page, page.get_by_role("button", name="Use a security key"))
    page.get_by_role("button", name="Sign in").wait_for(state="detached")
    page.get_by_role("heading", name="Before you begin").wait_for()
    assert broken(page, axe) == []
    acknowledge(page)
    page.goto(f"{address}/account")
    page.get_by_text("last used").wait_for()
    assert watched.complaints() == []


def test_a_link_opens_once(team, opened, axe):
    """The second who opens it is told so and gets nowhere; a wrong sign-in says one thing only."""
    page, _ = opened(team[0] + "/join#no-such-link")
    page.get_by_text("This link does not open").wait_for()
    assert broken(page, axe) == []
    page.goto(team[0])
    page.get_by_label("Name").fill("ann")
    page.get_by_label("Password").fill("wrong")
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("That does not open").wait_for()


def test_an_administrator_sees_people_and_no_ads(team, opened, axe):
    """By keyboard alone: she joins with a security key and no code, invites one, gets a link to hand over,
    changes the role and cuts off."""
    page, watched = opened(team[1]["ada"])
    authenticator(page)
    page.get_by_label("New password").wait_for()
    typed(page, "New password", PASSWORD)
    assert page.locator("code.break").count() == 0 and broken(page, axe) == []
    press(page, page.get_by_role("button", name="Join with a security key"))
    kept(page)
    page.get_by_role("heading", name="People, roles and purposes").wait_for()
    typed(page, "Invite: name", "ben")
    page.keyboard.press("Enter")
    page.get_by_text("Hand this link to ben").wait_for()
    ben = page.get_by_role("row", name="ben")
    press(page, ben.get_by_label("Role of ben"), "ArrowDown")
    page.wait_for_function("() => document.querySelector('[aria-label=\"Role of ben\"]').value !== 'analyst'")
    assert broken(page, axe) == []
    press(page, ben.get_by_label("Cut off ben"))
    ben.get_by_text("disabled").wait_for()
    assert watched.complaints() == []


def test_a_newcomer_reaches_the_queue_of_a_demo(tmp_path, opened):
    """The printed link is all it takes; opened again it says how to get another."""
    if not STATIC.is_file():
        pytest.skip("the interface is not built (make web)")
    with serving(tmp_path, "init", "--demo") as (address, _, link):
        page, watched = opened(link)
        page.wait_for_url("**/triage")
        page.get_by_label("Acting as demo").wait_for()
        assert watched.complaints() == []
        other, _ = opened(link)
        other.get_by_text("This link does not open").wait_for()
        other.goto(address)
        other.get_by_text("Open the link once more").wait_for()


@pytest.mark.trust("AUT-6")
def test_a_person_comes_in_through_the_provider(tmp_path, opened, axe):
    """There and back, then one's own code; what came back leaves the address bar, and a stranger is told."""
    if not STATIC.is_file():
        pytest.skip("the interface is not built (make web)")
    with standing(lambda: datetime.now(UTC)) as idp:
        variables = {"HOMEWARD_PROVIDER": idp.issuer, "HOMEWARD_PROVIDER_CLIENT": CLIENT}
        secret = tmp_path / "secret"
        secret.write_text(SECRET)
        variables["HOMEWARD_PROVIDER_SECRET_FILE"] = str(secret)
        with serving(tmp_path, "init", **variables) as (address, homeward, _):
            said = homeward("user", "add", "ada", "--role", "administrator", "--address", address)
            page, watched = opened(re.search(r"http\S+#\S+", said)[0])
            page.get_by_label("New password").wait_for()
            totp = pyotp.TOTP(join(page))
            page.get_by_text("At the provider").wait_for()
            assert broken(page, axe) == []
            page.goto(f"{address}/account")
            page.get_by_role("button", name="Sign out").click()
            through = page.get_by_role("button", name="Sign in through localhost")
            through.click()
            page.get_by_text(f"you are subject {SUBJECT} there").wait_for()
            assert page.url == f"{address}/door" and broken(page, axe) == []
            homeward("user", "provider", "ada", "--subject", SUBJECT)
            page.get_by_role("link", name="Begin once more").click()
            through.click()
            page.get_by_role("heading", name="Your second factor").wait_for()
            assert page.url == f"{address}/door" and broken(page, axe) == []
            page.get_by_label("Code").fill(totp.at(datetime.now(UTC) + timedelta(seconds=30)))
            page.get_by_role("button", name="Go on").click()
            acknowledge(page)
            page.get_by_role("heading", name="People, roles and purposes").wait_for()
            assert watched.complaints() == []

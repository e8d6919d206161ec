"""Pictures of what only a workspace with accounts shows: the door, the purpose, and what each role begins at."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.serving import environment, homeward, serving

PASSWORD = "seven quiet herons walk"
# Who joins, with the heading or place where their work begins.
ROLES = {
    "analyst": ".lead-panel .reason",
    "administrator": ".people table",
    "supervisor": ".lead-panel .reason",
    "auditor": ".people tbody tr",
    "records-officer": ".people table",
}
Draw = Callable[[Any, str], None]


def draw_people(context: Callable[[str], Any], work: Path, folder: Path, draw: Draw) -> None:
    """Give a copy of the workspace five accounts; let each join, and draw what they meet."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(work, folder)
    env = environment(folder)
    with serving(env) as address:
        for role in ROLES:
            said = homeward(env, "user", "add", role[:5], "--role", role, "--address", address)
            opened = context(address)
            page = opened.new_page()
            try:
                _joined(page, re.search(r"http\S+#\S+", said)[0], role, draw)  # type: ignore[index]
            except Exception as error:  # a role that does not come in leaves the others to be drawn
                print(f"people {role}: {str(error).splitlines()[0]}", file=sys.stderr)
                draw(page, f"{role}-failed")
            opened.close()


def _joined(page: Any, link: str, role: str, draw: Draw) -> None:
    """From the link to where the work of a role begins."""
    import pyotp

    first = role == "analyst"
    page.goto(link)
    page.get_by_label("New password").wait_for()
    if first:
        draw(page, "join")
    page.get_by_role("button", name="take a code").click()
    page.locator("code.break").wait_for()
    if first:
        draw(page, "join-code")
    secret = page.inner_text("code.break").replace(" ", "")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("Code").fill(pyotp.TOTP(secret).at(datetime.now(UTC)))
    page.get_by_role("button", name="Join").click()
    page.get_by_text("Keep these recovery codes").wait_for()
    if first:
        draw(page, "codes")
    page.get_by_role("button", name="I have kept them").click()
    page.get_by_label("I have read this").check()
    if first:
        draw(page, "banner")
    page.get_by_role("button", name="Begin").click()
    if role in ("analyst", "supervisor"):
        page.get_by_text("Identify a possible victim").click()
        if first:
            draw(page, "purpose")
        page.get_by_role("button", name="Go on").click()
        page.wait_for_selector(".queue, .empty")
        page.goto("/triage?view=all")
    page.wait_for_selector(ROLES[role])
    if role in THEN:
        THEN[role](page, draw)
    else:
        draw(page, role)


def _analyst(page: Any, draw: Draw) -> None:
    """The queue of a team, one's account, and the door from outside."""
    draw(page, "triage")
    page.goto("/account")
    page.get_by_role("heading", name="Account").wait_for()
    draw(page, "account")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    draw(page, "door")


def _administrator(page: Any, draw: Draw) -> None:
    """An invitation, and the asking for a purpose that the table does not hold."""
    page.get_by_label("Invite: name").fill("ben")
    page.get_by_role("button", name="Invite").click()
    page.get_by_text("Hand this link to ben").wait_for()
    draw(page, "admin")


def _supervisor(page: Any, draw: Draw) -> None:
    """What waits for a second person."""
    page.goto("/people")
    page.get_by_role("heading", name="Requests for a second person").wait_for()
    page.get_by_role("heading", name="Requests for a second person").scroll_into_view_if_needed()
    draw(page, "supervisor")


THEN: dict[str, Callable[[Any, Draw], None]] = {
    "analyst": _analyst,
    "administrator": _administrator,
    "supervisor": _supervisor,
}

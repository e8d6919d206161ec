"""People for tests: a client that is signed in, accounts with their codes, and a clock that is told."""

from contextlib import ExitStack
from datetime import timedelta
from functools import cache

from anyio.from_thread import start_blocking_portal
from starlette.testclient import TestClient

from homeward.app.api.app import create_app
from homeward.app.api.limits import BUDGETS, Budget, Limits
from homeward.desk import doors, people
from homeward.model.account import Account, AccountState
from homeward.model.actor import Actor, Role
from homeward.store.ledger import accounts, sessions

LOCAL = Actor("local:1000", "cli")
OURS = {"x-homeward": "1"}
BASE = "http://localhost:8470"
COOKIE = "homeward-8470"
PASSWORD = "seven quiet herons walk"


# A suite asks faster than people do; what the limits themselves do is tests/app/test_api_limits.py.
WIDE = {kind: (Budget(100_000, 100_000), Budget(100_000, 100_000)) for kind in BUDGETS}


LOOPS = ExitStack()  # closed by conftest.py at the end


@cache
def loop():
    """The loop in which every client's requests run: one of its own for each request costs half of it."""
    return LOOPS.enter_context(start_blocking_portal())


@cache
def application():
    """One application for all, and its state: its first request builds every route, for half a second."""
    app = create_app(None)
    return app, dict(app.state._state)


@cache
def described():
    """The API's own description: the same over any house, and slow to make."""
    return application()[0].openapi()


def over(house, *, limits=None, **state):
    """The application over this house; of two houses, requests go to one after the other."""
    app, as_made = application()
    here = {**as_made, "house": house, "limits": limits or Limits(WIDE), **state}

    async def door(scope, receive, send):
        app.state._state.update(here)
        await app(scope, receive, send)

    return door


def client_of(house, *, base=BASE, headers=OURS, limits=None, **state):
    """A client of the API over this house, of somebody who is not signed in."""
    door = over(house, limits=limits, **state)
    client = TestClient(door, base_url=base, headers=headers, raise_server_exceptions=False)
    client.portal = loop()
    return client


def api(house, *, limits=None):
    """A client of the API; over a demo workspace it has opened the link."""
    client = client_of(house, limits=limits)
    if house.kind == "demo":
        opened = client.post("/api/door/link", json={"token": doors.demo_link(LOCAL, house)})
        assert opened.status_code == 200, opened.text
    return client


def account(house, name, role=Role.ANALYST, state=AccountState.ACTIVE):
    """An account that nobody can sign in to by password; sessions are begun for it."""
    with house.ledger.write() as tx:
        accounts.add(tx, Account(name, name.title(), role, state, LOCAL.name, house.clock()))
    return name


def session(house, name, role, *, purpose=None, case=None):
    """The token of a session of an account."""
    with house.ledger.write() as tx:
        token = sessions.begin(tx, name, role, at=house.clock())
        sessions.acknowledge(tx, token, at=house.clock())
        return sessions.rotate(tx, token, purpose=purpose, case=case)


def joined(house, name="ann", role=Role.ANALYST):
    """An account whose person joined: its TOTP secret and its recovery codes."""
    token = people.invite(LOCAL, house, name, role)["token"]
    secret = doors.open_link(doors.NOBODY, house, token)["secret"]
    made = doors.join(doors.NOBODY, house, token, PASSWORD, code(house, secret))
    return secret, made["codes"]


def code(house, secret):
    """The TOTP code of now."""
    import pyotp

    return pyotp.TOTP(secret).at(house.clock())


class Clock:
    """A clock that goes only when it is told to."""

    def __init__(self, house):
        self.now = house.clock()
        object.__setattr__(house, "clock", lambda: self.now)

    def goes(self, **by):
        self.now += timedelta(**by)

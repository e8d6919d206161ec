"""Every principal × operation × relation to a case, through the web; and no byte of a case of others.

What a request should meet is what the table says; that the table says what it should is shown in
tests/model/test_permission.py.
"""

import asyncio
import json
from datetime import timedelta
from functools import cache

import pytest

from homeward.app.api.policy import OPERATIONS
from homeward.desk import cases, leads, permissions, requests, runs, search
from homeward.model.account import AccountState
from homeward.model.actor import ACCOUNT_ROLES, Actor, Purpose, Role
from homeward.model.case import Standing
from homeward.model.judgement import Decision
from homeward.model.permission import PURPOSES, TABLE, Answer, Context, Refusal, Relation, Target, decide
from homeward.store.ledger import cases as store
from homeward.store.ledger import glasses
from homeward.store.ledger import requests as requests_store
from people_kit import COOKIE, LOCAL, account, client_of, described, session
from request_kit import Wire, at_once

# Bodies with which an operation on a case reaches the case; the others meet the table before their body.
BODIES = {"set_case_member": {"account": "nobody-here"}, "break_glass": {"why": "urgent"}}
LAST = ["break_glass", "sign_out"]  # change what the next would meet
STATUS = {
    Refusal.SIGN_IN: (401, "sign-in"), Refusal.STEP_UP: (401, "step-up"), Refusal.PURPOSE: (422, "purpose"),
    Refusal.SECOND_PERSON: (403, "second-person"), Refusal.FORBIDDEN: (403, "about:blank"),
    Refusal.HIDDEN: (404, "about:blank"),
}  # fmt: skip


@cache
def operations():
    """Every operation with its method and path."""
    found = [
        (op["operationId"], method.upper(), path)
        for path, methods in described()["paths"].items() for method, op in methods.items()
    ]  # fmt: skip
    return sorted(
        found, key=lambda one: (one[0] in LAST, LAST.index(one[0]) if one[0] in LAST else 0, one[0])
    )


def a_case(house, name, relation):
    """A case that is this to the account."""
    if relation is Relation.GONE:
        return "c0ffee"
    key = cases.make(LOCAL, house, f"{relation} of {name}")["id"]
    with house.ledger.write() as tx:
        if relation in (Relation.LEAD, Relation.MEMBER):
            store.join(tx, key, name, Standing(relation.value), by="local:0", at=house.clock())
        if relation is Relation.GLASS:
            until = house.clock() + timedelta(hours=4)
            glasses.add(tx, name, key, "urgent", at=house.clock(), until=until)
        if relation is Relation.SEALED:
            store.change(tx, key, sealed=True)
    return key


def expected(actor, operation, path, relation):
    """What the table says to it: a status and a kind of problem, or None where it says yes."""
    action = OPERATIONS[operation]
    surroundings = Context(relation if actor.case else None)
    answer = decide(actor, action, None, surroundings)
    if answer.allowed or answer.rule[0] in "58":
        on_case = TABLE[action].case is not None and "{key}" in path
        target = Target(relation if on_case else None)
        if on_case or action == "glass.review":
            answer = decide(actor, action, target, surroundings)
        else:
            return None
    return None if answer.allowed else STATUS[answer.refusal]


# Name, role, and whether a purpose is stated. "gone" has a session of an account that was cut off since.
PRINCIPALS = [
    *((role.value, role, True) for role in ACCOUNT_ROLES),
    ("demo", Role.DEMO, True), ("gone", Role.NOBODY, True), ("", Role.NOBODY, False),
    *((role.value, role, False) for role in (Role.ANALYST, Role.CASE_LEAD)),
]  # fmt: skip


def asked(role, relation):
    """The operations to ask: nobody states a case, so that only those on a case are other ones to them."""
    same = role is Role.NOBODY and relation is not next(iter(Relation))
    return [one for one in operations() if not same or "/cases/{key}" in one[2]]


async def ask_all(house, wire, name, role, states, relation):
    """Ask every operation as one principal whose stated case is this to it; yield what met, and should."""
    case = a_case(house, name, relation)
    purpose = sorted(PURPOSES.get(role, {Purpose.IDENTIFY}))[0] if states else None
    held = Role.ANALYST if name == "gone" else role
    token = session(house, name, held, purpose=purpose, case=case) if name else None
    # A session that was just begun is a fresh proof.
    actor = Actor(name or "nobody", "api", role, purpose, case, fresh=True)
    if role is Role.NOBODY:
        actor = Actor("nobody", "api")
    for operation, method, path in asked(role, relation):
        address = "/".join(
            (case if part == "{key}" and "/cases/" in path else "x1") if part[:1] == "{" else part
            for part in path.split("/")
        )
        body = None if method == "GET" else json.dumps(BODIES.get(operation, {})).encode()
        answer = await wire.one((method, address, "", body, ()), token)
        told = (answer.status_code, json.loads(answer.content).get("type", "about:blank"))
        yield operation, told, expected(actor, operation, path, relation)


@pytest.mark.parametrize(("name", "role", "states"), PRINCIPALS)
def test_every_cell_of_the_matrix(empty_house, name, role, states, monkeypatch):
    """No cell is wrong."""
    monkeypatch.setattr("anyio.to_thread.run_sync", at_once)  # a thread for each takes a fifth of the time
    account(empty_house, "somebody")
    if name and role is not Role.DEMO:
        state = AccountState.DISABLED if name == "gone" else AccountState.ACTIVE
        account(empty_house, name, Role.ANALYST if name == "gone" else role, state)
    count = asyncio.run(every_cell(empty_house, name, role, states))
    print(f"{name or 'nobody'}: {count:,} cells, 0 wrong")


async def every_cell(house, name, role, states):
    """Ask every cell of a principal, and count them; in one loop, for there are many."""
    count, wire = 0, Wire(house)
    for relation in Relation:
        async for operation, told, wanted in ask_all(house, wire, name, role, states, relation):
            if wanted is None:
                assert told[0] not in (401, 403) and told[0] < 500, (relation, operation, told)
            else:
                assert told == wanted, (relation, operation, told, wanted)
            count += 1
    return count


def test_the_matrix_is_large_enough():
    """At least 4,000 cells are asked by the tests above."""
    count = sum(len(asked(role, relation)) for _, role, _ in PRINCIPALS for relation in Relation)
    print(f"{count:,} cells: {len(PRINCIPALS)} principals, {len(Relation)} relations")
    assert count >= 4_000


CANARY, SEALED = "zqcanary", 25


def canaries():
    return iter(f"{CANARY}{n:03d}" for n in range(1_000))


def filled(house, words):
    """A case of Ben's full of canaries: titles, reasons, searches, notes; and how many."""
    ben = Actor("ben", "api", Role.CASE_LEAD, Purpose.INVESTIGATION, None, fresh=True)
    keys = [cases.make(ben, house, next(words))["id"] for _ in range(50)]
    working = Actor("ben", "api", Role.CASE_LEAD, Purpose.INVESTIGATION, keys[0], fresh=True)
    used = 50
    for key in keys[:SEALED]:
        cases.seal(ben, house, key)
        requests.ask_for(ben, house, "case.unseal", {"case": key}, next(words))
        used += 1
    found = runs.current(house).leads
    for lead in found[:75]:
        leads.decide(working, house, lead["id"], Decision.PRIORITY, note=next(words))
        used += 1
    while used < 200:
        request = {"text": next(words), "filters": [], "first": None, "last": None, "after": None, "limit": 1,
                   "facets": False, "histogram": False, "map": False}  # fmt: skip
        search.search_page(working, house, request)
        used += 1
    return keys, found, used


def asks(house, keys, found):
    """Every operation as an analyst would drive it over what is there, and over the ids of Ben's case."""
    identity = found[0]["identity"]
    ids = {
        "{lead}": found[0]["id"], "{identity}": identity,
        "{ad}": runs.current(house).identity(identity)["ads"][0], "{name}": "ben",
    }  # fmt: skip
    bodies = {
        "search_ads": {"text": CANARY}, "make_case": {"title": "Mine"}, "search_list": {"terms": [CANARY]},
        "decide_lead": {"decision": "watch"}, "identity_ads": {}, **BODIES,
    }  # fmt: skip
    for operation, method, path in operations():
        for key in keys if "{key}" in path else [None]:
            address = path
            for part, value in {**ids, "{key}": key or "x1"}.items():
                address = address.replace(part, value)
            address = "/".join("x1" if part[:1] == "{" else part for part in address.split("/"))
            yield operation, method, address, None if method == "GET" else bodies.get(operation, {})


def without_filters(patch):
    """Switch the program's own filters off: the table says yes to everything, everybody is of every case."""
    patch.setattr(permissions, "decide", lambda *_: Answer(True, "off", "off"))
    patch.setattr(store, "readable", lambda tx, name, keys, at: set(keys))
    patch.setattr(store, "of", lambda tx, name, at: store.known(tx, sealed=True))
    listed = requests_store.listed
    patch.setattr(requests_store, "listed", lambda tx, by, at: listed(tx, by=None, at=at))


@pytest.mark.parametrize(
    ("role", "filters"), [(Role.ANALYST, True), (Role.ADMINISTRATOR, True), (Role.ANALYST, False)]
)
def test_no_byte_of_a_case_of_others(own_house, role, filters, monkeypatch):
    """200 canaries lie in cases of Ben's; no answer to Ann holds one, nor tells of them.

    Without any filter of the program, the database still gives none.
    """
    house = own_house
    account(house, "ann", role)
    account(house, "ben", Role.CASE_LEAD)
    keys, found, used = filled(house, canaries())
    if not filters:
        without_filters(monkeypatch)
    client = client_of(house)
    token = session(house, "ann", role, purpose=Purpose.IDENTIFY)
    asked = 0
    for tab in ("new", "priority", "handled"):
        client.cookies.set(COOKIE, token)
        assert CANARY not in client.get(f"/api/leads?tab={tab}&limit=200").text
    for operation, method, address, body in asks(house, keys[:2] + keys[-2:], found):
        open_case = any(key in address for key in keys[SEALED:])
        if operation == "sign_out" or (operation == "break_glass" and open_case):
            continue  # breaking glass is the one act that reads a case of others, and only an open one
        if not filters and operation in ("break_glass", "set_case_member"):
            continue  # without the table these make Ann one of the case: then it is hers to read
        answer = client.request(method, address, json=body)
        text = answer.text
        if operation in ("search_ads", "search_list"):  # they say again what was asked
            text = text.replace(CANARY + '"', "")
        assert CANARY not in text and not any(key in text for key in keys), operation
        if "/cases/" in address:
            missing = client.request(method, address.replace(address.split("/")[3], "c0ffee"), json=body)
            # The reference of a refusal is random, and all that may differ.
            told, wanted = ({**one.json(), "reference": ""} for one in (answer, missing))
            assert (answer.status_code, told) == (missing.status_code, wanted), operation
        asked += 1
    print(f"{asked} requests, {used} canaries, 0 bytes")
    assert used == 200 and asked > 50

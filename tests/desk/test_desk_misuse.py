"""The weekly report: seeded patterns are all named, and ordinary weeks hardly ever."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from homeward.desk import misuse
from homeward.model.actor import Actor
from homeward.model.event import Act, Event
from homeward.store.ledger import events

ACTOR = Actor("local:1000", "cli")
MONDAY = datetime(2026, 10, 26, 9, tzinfo=UTC)
STAFF = ["+1 775-555-0199", "Officer Lexname"]


def event(act, who="eve", *, at=MONDAY, objects=(), outcome="done", case="c1", **detail):
    return Event(at, who, "api", act, tuple(objects), outcome, detail, case=case)


def thing(n):
    return "k" + f"{n:016d}".translate(str.maketrans("0189", "abcd"))


def later(n, **by):
    return MONDAY + timedelta(**{name: n * value for name, value in by.items()})


def search(query, **more):
    return event(Act.SEARCH, query=query, **more)


NIGHT = MONDAY.replace(hour=23)


def times(count, make):
    return [make(i) for i in range(count)]


MISUSE = {
    "repeated-looks": times(
        misuse.REPEATS, lambda i: event(Act.LOOK, at=later(i, hours=7), objects=[thing(1)], what="lead")
    ),
    "off-hours": times(misuse.OFF_HOURS, lambda i: search("amber", at=NIGHT + timedelta(minutes=i))),
    "bulk": times(
        misuse.BULK, lambda i: event(Act.LOOK, at=later(i, seconds=20), objects=[thing(i)], what="ad")
    ),
    "exports": times(misuse.EXPORTS, lambda i: event(Act.EXPORT, at=later(i, minutes=9), stage="ended")),
    "no-case": times(
        misuse.NO_CASE, lambda i: search(f"phone:775555{i:04}", case="", at=later(i, minutes=3))
    ),
    "staff": [search("phone:+17755550199")],
    "break-glass": [event(Act.GLASS, objects=["c2"])],
    "refused": times(misuse.REFUSED, lambda i: event(Act.REFUSE, outcome="refused", at=later(i, minutes=1))),
    "accounts": [event(Act.ACCOUNT, what="role")],
    "alarms": [event(Act.ALARM, outcome="alarm", what="rollback")],
}


def found_in(week):
    numbered = list(enumerate(week, 1))
    return [flag for rule in misuse.RULES for flag in rule(numbered, UTC, STAFF)]


@pytest.mark.trust("AUD-9")
@pytest.mark.parametrize("pattern", MISUSE)
def test_a_seeded_pattern_is_named_with_its_events(pattern):
    """Each of ten patterns, among an ordinary week of others, is named, for its person alone."""
    week = benign(random.Random(7), days=5) + MISUSE[pattern]
    flags = [flag for flag in found_in(week) if flag.actor == "eve"]

    assert pattern in {flag.pattern for flag in flags}
    [flag] = [flag for flag in flags if flag.pattern == pattern]
    assert {week[seq - 1].actor for seq in flag.events} == {"eve"}


def benign(chance, *, days):
    """Ordinary work of four people: a queue gone through, leads opened and decided, searches in cases."""
    week = []
    for day in range(days):
        for who in ("ann", "ben", "cara", "dan"):
            at = MONDAY + timedelta(days=day, minutes=chance.randrange(60))
            for _ in range(chance.randrange(20, 70)):
                at += timedelta(minutes=chance.randrange(1, 7))
                lead = thing(chance.randrange(10_000))
                for _ in range(chance.randrange(1, 4)):
                    week.append(event(Act.LOOK, who, at=at, objects=[lead], what="lead"))
                if chance.random() < 0.6:
                    week.append(event(Act.TRIAGE, who, at=at, objects=[lead]))
                if chance.random() < 0.4:
                    week.append(event(Act.SEARCH, who, at=at, query="phone:775* amber"))
                if chance.random() < 0.03:
                    week.append(event(Act.SEARCH, who, at=at, query="email:a@mail.example", case=""))
            if chance.random() < 0.1:
                week.append(event(Act.EXPORT, who, at=at, stage="ended"))
            if chance.random() < 0.05:
                week.append(event(Act.REFUSE, who, at=at, outcome="refused"))
    return week


@pytest.mark.trust("AUD-9")
def test_ordinary_days_are_hardly_ever_named():
    """Of 200 ordinary days of four people, at most one in a hundred is named."""
    named = sum(len(found_in(benign(random.Random(seed), days=5))) for seed in range(40))

    assert named <= 40 * 5 / 100


def test_the_report_reads_its_days_and_no_others(empty_house):
    """Events of before are left out; reading it is an event too."""
    now = empty_house.clock()
    with empty_house.ledger.write() as tx:
        events.record(tx, event(Act.GLASS, "old", at=now - timedelta(days=8)))
        events.record(tx, event(Act.GLASS, "new", at=now - timedelta(days=6)))
    found = misuse.report(ACTOR, empty_house)

    assert [(f["pattern"], f["actor"]) for f in found["flags"]] == [("break-glass", "new")]

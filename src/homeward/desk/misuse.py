"""The weekly report of how people used what they may see: patterns that somebody should ask about.

A row says what was done and how often, never why: most have a good reason, and only a person can ask. It is
made of the events' headers and sealed details; reading it is an event as well.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

from homeward.desk.acts import note
from homeward.desk.permissions import permitted
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.event import Act, Event
from homeward.store.ledger import events

# Thresholds of a week and person. They are high enough that a busy day of triage meets none: a report that
# names everybody is read by nobody.
REPEATS = 12  # looks at one identity, lead or ad without a decision on it
OFF_HOURS = 10  # looks and searches between 22:00 and 06:00, or on a weekend
BULK = 400  # distinct ads, leads and identities looked at in one day
EXPORTS = 5  # exports
REFUSED = 8  # acts that were refused
NO_CASE = 25  # searches for a contact without a case
PAGE = 5_000
CONTACTS = ("phone:", "email:", "handle:", "name:")
LOOKS = (Act.LOOK, Act.SEARCH)
DECIDES = (Act.TRIAGE, Act.JUDGE, Act.OUTCOME)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Flag:
    """One pattern of one person: what, how often, and the events that show it."""

    pattern: str
    actor: str
    says: str
    count: int
    events: tuple[int, ...]


@permitted("log.read")
def report(
    actor: Actor, house: House, *, days: int = 7, staff: Sequence[str] = (), zone: tzinfo | None = None
) -> Row:
    """Return what stood out in the last days; `staff` are numbers and names that are the staff's own.

    `zone` is where the people work; without one, hours are UTC's.
    """
    since = house.clock() - timedelta(days=days)
    note(actor, house, Act.AUDIT, what="misuse report", days=days)
    with house.ledger.read() as tx:
        week = [(r.seq, r.event) for r in _since(tx, since)]
    flags = [flag for rule in RULES for flag in rule(week, zone, staff)]
    people = {event.actor for _, event in week if event.door != "log"}
    return {
        "since": since, "people": len(people), "events": len(week),
        "flags": [{"pattern": f.pattern, "actor": f.actor, "says": f.says, "count": f.count,
                   "events": list(f.events[:50])} for f in flags],
    }  # fmt: skip


def _since(tx: Any, since: datetime) -> Iterator[events.Recorded]:
    """Yield the events since a time, oldest first, read backwards from the end."""
    found: list[events.Recorded] = []
    before = 0
    while page := list(events.read(tx, after=before, limit=PAGE, newest_first=True)):
        before = page[-1].seq
        found += [one for one in page if one.event.at >= since]
        if page[-1].event.at < since:
            break
    yield from reversed(found)


Week = list[tuple[int, Event]]
Rule = Callable[[Week, tzinfo | None, Sequence[str]], Iterator[Flag]]


def repeated_looks(week: Week, zone: tzinfo | None, staff: Sequence[str]) -> Iterator[Flag]:
    """One person was looked at again and again, and nothing was decided."""
    looked: dict[tuple[str, str], list[int]] = defaultdict(list)
    decided: set[tuple[str, str]] = set()
    for seq, event in week:
        for thing in event.objects[:2] if event.act is Act.LOOK else event.objects:
            if event.act is Act.LOOK and event.detail.get("what") in ("lead", "identity", "ad"):
                looked[event.actor, thing].append(seq)
            elif event.act in DECIDES:
                decided.add((event.actor, thing))
    for (who, thing), seqs in sorted(looked.items()):
        if len(seqs) >= REPEATS and (who, thing) not in decided:
            yield Flag("repeated-looks", who, f"looked {len(seqs)} times at {thing} and decided nothing",
                       len(seqs), tuple(seqs))  # fmt: skip


def off_hours(week: Week, zone: tzinfo | None, staff: Sequence[str]) -> Iterator[Flag]:
    """Somebody looked and searched at night or on a weekend."""
    for who, seqs in _by_actor(week, lambda e: e.act in LOOKS and _is_off(e.at, zone)):
        if len(seqs) >= OFF_HOURS:
            yield Flag(
                "off-hours", who, f"{len(seqs)} looks and searches at night or on a weekend", len(seqs), seqs
            )


def _is_off(at: datetime, zone: tzinfo | None) -> bool:
    at = at.astimezone(zone) if zone else at
    return at.hour >= 22 or at.hour < 6 or at.weekday() >= 5


def bulk(week: Week, zone: tzinfo | None, staff: Sequence[str]) -> Iterator[Flag]:
    """Somebody looked at very many things in one day."""
    seen: dict[tuple[str, Any], set[str]] = defaultdict(set)
    seqs: dict[tuple[str, Any], list[int]] = defaultdict(list)
    for seq, event in week:
        if event.act is Act.LOOK:
            seen[event.actor, event.at.date()].update(event.objects[:2])
            seqs[event.actor, event.at.date()].append(seq)
    for (who, day), things in sorted(seen.items(), key=lambda item: (item[0][0], str(item[0][1]))):
        if len(things) >= BULK:
            yield Flag(
                "bulk", who, f"looked at {len(things)} things on {day}", len(things), tuple(seqs[who, day])
            )


def exports(week: Week, zone: tzinfo | None, staff: Sequence[str]) -> Iterator[Flag]:
    """Somebody took rows out again and again."""
    done = _by_actor(week, lambda e: e.act is Act.EXPORT and e.detail.get("stage") != "begun")
    for who, seqs in done:
        if len(seqs) >= EXPORTS:
            yield Flag("exports", who, f"{len(seqs)} exports", len(seqs), seqs)


def no_case(week: Week, zone: tzinfo | None, staff: Sequence[str]) -> Iterator[Flag]:
    """Somebody searched for contacts again and again without a case."""
    found = _by_actor(week, lambda e: e.act is Act.SEARCH and not e.case and _asks(e, CONTACTS))
    for who, seqs in found:
        if len(seqs) >= NO_CASE:
            yield Flag("no-case", who, f"{len(seqs)} searches for contacts without a case", len(seqs), seqs)


def staffs_own(week: Week, zone: tzinfo | None, staff: Sequence[str]) -> Iterator[Flag]:
    """Somebody searched for a number or a name of the staff."""
    for who, seqs in _by_actor(week, lambda e: e.act is Act.SEARCH and _asks(e, staff)):
        yield Flag("staff", who, f"{len(seqs)} searches for numbers or names of the staff", len(seqs), seqs)


def break_glass(week: Week, zone: tzinfo | None, staff: Sequence[str]) -> Iterator[Flag]:
    """Somebody read a case of others in an emergency: every time is named."""
    for who, seqs in _by_actor(week, lambda e: e.act is Act.GLASS and e.outcome == "done"):
        yield Flag("break-glass", who, f"broke the glass {len(seqs)} times", len(seqs), seqs)


def refused(week: Week, zone: tzinfo | None, staff: Sequence[str]) -> Iterator[Flag]:
    """Somebody tried again and again what is not allowed."""
    for who, seqs in _by_actor(week, lambda e: e.outcome == "refused"):
        if len(seqs) >= REFUSED:
            yield Flag("refused", who, f"{len(seqs)} acts were refused", len(seqs), seqs)


def own_case(week: Week, zone: tzinfo | None, staff: Sequence[str]) -> Iterator[Flag]:
    """Somebody's role, account or membership was changed: every time is named."""
    for who, seqs in _by_actor(week, lambda e: e.act is Act.ACCOUNT and e.outcome == "done"):
        yield Flag("accounts", who, f"changed accounts {len(seqs)} times", len(seqs), seqs)


def alarms(week: Week, zone: tzinfo | None, staff: Sequence[str]) -> Iterator[Flag]:
    """The log itself raised an alarm, ads were erased, or a workspace was restored: every time is named."""
    grave = (Act.ALARM, Act.RESTORE, Act.ERASE)
    for who, seqs in _by_actor(week, lambda e: e.act in grave and e.detail.get("stage") != "payloads"):
        yield Flag("alarms", who, f"{len(seqs)} alarms, restores or erasures", len(seqs), seqs)


def purposes_added(week: Week, zone: tzinfo | None, staff: Sequence[str]) -> Iterator[Flag]:
    """The closed list of purposes was added to."""
    for seq, event in week:
        if event.act is Act.PURPOSE and event.detail.get("what") == "added":
            says = f"added the purpose {event.detail['name']}, as {event.detail['agreed_by']} agreed"
            yield Flag("purpose-added", event.actor, says, 1, (seq,))


RULES: tuple[Rule, ...] = (
    alarms, break_glass, staffs_own, repeated_looks, bulk, exports, no_case, off_hours, refused, own_case,
    purposes_added,
)  # fmt: skip


def _by_actor(week: Week, wanted: Callable[[Event], bool]) -> list[tuple[str, tuple[int, ...]]]:
    found: dict[str, list[int]] = defaultdict(list)
    for seq, event in week:
        if wanted(event):
            found[event.actor].append(seq)
    return [(who, tuple(seqs)) for who, seqs in sorted(found.items())]


def _asks(event: Event, words: Collection[str]) -> bool:
    """Tell whether the query of a search holds one of these words."""
    said = " ".join(str(event.detail.get(name, "")) for name in ("query", "terms"))
    plain = "".join(c for c in said if c.isalnum()).lower()
    return any(
        w in said or (len(w) > 5 and "".join(c for c in w if c.isalnum()).lower() in plain)
        for w in words
        if w
    )


def counted(flags: Sequence[Row]) -> Counter[str]:
    """Return how often each pattern was met."""
    return Counter(flag["pattern"] for flag in flags)

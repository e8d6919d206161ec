"""What `unfounded` and `consensual` do: one persona stands lower in the queue for a time, and no more.

It is known again by keyed digests alone. A persona is the same when it shares a name or another contact than
a phone with what was lowered, and something else besides: never by phone alone. Any fact that was not there
(a name, a contact, a city, an age, a word of the agency's, an indicator, an urgent mark, a second persona
beside it, a picture, or a known picture in ads of others) ends the lowering for good. No picture is opened:
whether a new one shows the same person nobody can tell here, so it counts as new.
Networks are never lowered, nothing is hidden, and search and watches know nothing of it.
"""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from homeward.connect import parameters as p
from homeward.connect import rank
from homeward.connect.tables import MOST_VALUES
from homeward.desk import runs
from homeward.desk.groups import photo_key
from homeward.desk.photos import with_photo
from homeward.desk.runs import Run
from homeward.house import House
from homeward.model.finding import Direction
from homeward.store.ledger import Tx, outcomes
from homeward.store.ledger.outcomes import Lowered

Row = dict[str, Any]
Facts = dict[str, set[str]]
BY = 2.0  # nats: a lead with reasons of one family more still stands before it
DAYS, MOST_DAYS = 180, 365
PHONE, NAME = "phone", "name"
OF_NO_MATTER = ("price", "hours")  # a new one is no new fact of a person; one of any other kind is

_held: WeakKeyDictionary[Run, tuple[frozenset[str], list[Row]]] = WeakKeyDictionary()
_single: WeakKeyDictionary[Run, dict[str, str]] = WeakKeyDictionary()
_lock = threading.Lock()


def leads(house: House, run: Run) -> list[Row]:
    """Return a run's leads as they stand now, best first; rank, score and word are those of that order."""
    with house.ledger.read() as tx:
        said, key = outcomes.in_force(tx, at=house.clock()), outcomes.key_of(tx)
    if not said or key is None:
        return run.leads
    wanted = frozenset(one.key for one in said)
    with _lock:
        held = _held.get(run)
    if held is None or held[0] != wanted:
        held = (wanted, _ordered(house, run, said, key))
        with _lock:
            _held[run] = held
    return held[1]


def lead(house: House, run: Run, found: Row) -> Row:
    """Return one lead as it stands now."""
    now = leads(house, run)
    if now is run.leads:  # none is lowered, and of many it need not be looked for
        return found
    return next((one for one in now if one["id"] == found["id"]), found)


def facts_of(run: Run, persona: str, network: str, key: bytes) -> Facts:
    """Return what a persona is known by, as digests."""
    said = json.loads(run.identity(persona)["values"] or "{}")
    found: Facts = {"who": set(), "phones": set(), "rest": set()}
    for kind, values in said.items():
        if kind in OF_NO_MATTER:
            continue
        sort = "phones" if kind == PHONE else "who" if kind in (NAME, *p.CONTACTS) else "rest"
        # What many share tells nobody apart, but that it is new is a fact.
        for value in values:
            shared = (kind, value) in run.filtered
            found["rest" if shared else sort].add(outcomes.digest(key, kind, value))
    for finding in run.findings.get(network, ()):
        if finding["direction"] == Direction.FOR:
            found["rest"].add(outcomes.digest(key, "indicator", finding["indicator"]))
    return found


def pictures_of(house: House, run: Run, persona: str, network: str, key: bytes) -> set[str]:
    """Return digests of a persona's pictures, and of that others show one of them."""
    ads, own = run.identity(persona)["ads"], set(run.identity(network)["ads"])
    shown: dict[str, set[str]] = defaultdict(set)
    rows = house.lake.find("ads", own, columns=["ad", "photos"], version=run.pins["ads"])
    for row in rows.to_pylist():
        for name in {photo_key(photo) for photo in row["photos"] or ()} - {None}:
            shown[str(name)].add(row["ad"])
    mine = {name: some for name, some in shown.items() if not some.isdisjoint(ads)}
    elsewhere = {name for name, some in mine.items() if with_photo(house, name) > len(some)}
    return {outcomes.digest(key, "picture", name) for name in mine} | {
        outcomes.digest(key, "picture of others", name) for name in elsewhere
    }


def known(facts: Facts) -> bool:
    """Whether there is enough to know a persona again by: never a phone alone, never a name alone."""
    most = max(len(some) for some in facts.values())  # a longer list is cut: what is new might not be seen
    return bool(facts["who"]) and len(facts["who"]) + len(facts["phones"]) > 1 and most < MOST_VALUES


def alone(run: Run) -> dict[str, str]:
    """Return the one persona of each network that has no other."""
    with _lock:
        if (found := _single.get(run)) is not None:
            return found
    inside: dict[str, set[str]] = defaultdict(set)
    made: dict[str, str] = {}
    if run.base:  # whoever is hidden parts only the networks that they are in
        made = {network: one for network, one in alone(run.base).items() if network not in run.touched}
        for network in run.touched:
            rows = run.members_of(run.base.identity(network)["ads"]).values()
            inside[network] = {row["persona"] for row in rows if row["persona"]}
    else:
        pairs = run.members.select(["network", "persona"]).group_by(["network", "persona"]).aggregate([])
        for row in pairs.to_pylist():
            if row["network"] and row["persona"]:
                inside[row["network"]].add(row["persona"])
    made |= {network: next(iter(some)) for network, some in inside.items() if len(some) == 1}
    with _lock:
        _single[run] = made
    return made


def lapse(tx: Tx, house: House) -> None:
    """End for good what is over, and what a new fact has overtaken; called when groups are made anew."""
    outcomes.forget(tx, at=house.clock())
    said, key, run = outcomes.in_force(tx, at=house.clock()), outcomes.key_of(tx), runs.current(house)
    if not said or key is None or run is None:
        return
    pairs = run.members.select(["network", "persona"]).group_by(["network", "persona"]).aggregate([])
    single = alone(run)
    over = set()
    for row in pairs.to_pylist():
        persona, network = row["persona"], row["network"]
        if not persona or not network:
            continue
        facts = facts_of(run, persona, network, key)
        for one in said:
            if _meets(facts, one) and (
                single.get(network) != persona or _new(house, run, persona, network, facts, one, key)
            ):
                over.add(one.key)
    outcomes.lift(tx, over)


def end(tx: Tx, run: Run, network: str) -> None:
    """End the lowering of whoever is in a group: somebody marked it urgent."""
    key, said = outcomes.key_of(tx), outcomes.in_force(tx)
    if key is None or not said:
        return
    for persona in personas(run, network):
        outcomes.lift(tx, same(run, persona, network, key, said))


def personas(run: Run, network: str) -> set[str]:
    """Return the personas of a group."""
    rows = run.members_of(run.identity(network)["ads"]).values()
    return {str(row["persona"]) for row in rows if row["persona"]}


def same(run: Run, persona: str, network: str, key: bytes, said: Sequence[Lowered]) -> set[str]:
    """Return the keys under which a persona is lowered, new facts or not."""
    facts = facts_of(run, persona, network, key)
    return {one.key for one in said if _meets(facts, one)}


def _ordered(house: House, run: Run, said: Sequence[Lowered], key: bytes) -> list[Row]:
    single = alone(run)
    found = []
    for one in run.leads:
        persona = single.get(one["identity"])
        facts = facts_of(run, persona, one["identity"], key) if persona else {}
        low = persona and any(
            _meets(facts, s) and not _new(house, run, persona, one["identity"], facts, s, key) for s in said
        )
        score = one["score"] - BY if low else one["score"]
        found.append(
            (-score, one["rank"], {**one, "score": score, "word": rank.word(score, one["families"])})
        )
    found.sort(key=lambda entry: entry[:2])
    return [{**one, "rank": place} for place, (_, _, one) in enumerate(found, 1)]


def _meets(facts: Facts, one: Lowered) -> bool:
    """Whether it is the same persona: something other than a phone in common, and something besides."""
    who = facts["who"] & one.who
    return bool(who) and len(who) + len(facts["phones"] & one.phones) > 1


def _new(house: House, run: Run, persona: str, network: str, facts: Facts, one: Lowered, key: bytes) -> bool:
    """Whether anything is said or shown that was not; pictures are read only where nothing else is new."""
    if facts["who"] - one.who or facts["phones"] - one.phones or facts["rest"] - one.rest:
        return True
    return bool(pictures_of(house, run, persona, network, key) - one.pictures)

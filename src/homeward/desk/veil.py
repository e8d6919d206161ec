"""What is restricted, and for whom: the workspace as whoever acts may see it.

Two things restrict ads: a person marked their lead as possible child or immediate danger, or somebody asked
for ads to be restricted. A mark is seen by whoever set it and by the duty officer, and covers the whole
group, also where it has grown since, and from the moment at which they can be found those ads that came in
after the last refresh and share a contact with it; what was asked for is seen by the records officer.
Every function of the desk that shows ads gets the house through here, so that none can forget it. Below
that, the index, the lake and the run that it gets show no row of what is hidden: a function that forgets to
leave hidden ads out finds none.
"""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import replace
from weakref import WeakKeyDictionary

from homeward.connect import parameters as p
from homeward.desk import runs
from homeward.house import House
from homeward.model.actor import Actor, Role
from homeward.model.errors import Restricted
from homeward.model.permission import DUTY
from homeward.model.query import field
from homeward.owed import INDEXED
from homeward.store.index.without import Without
from homeward.store.lake_without import LakeWithout
from homeward.store.ledger import flags, records, sight, watermarks

URGENT = "a person marked it as possible child or immediate danger, and the duty officer decides who sees it"
ASKED = "somebody asked for that, and the records officer answers for it"

_held: WeakKeyDictionary[runs.Run, dict[frozenset[str], frozenset[str]]] = WeakKeyDictionary()
# The ads of after a run that share a contact with what is marked, at a version of `ads` and of the index.
_late: WeakKeyDictionary[runs.Run, dict[tuple[int, int, frozenset[str]], frozenset[str]]] = (
    WeakKeyDictionary()
)
_lock = threading.Lock()
PAGE, MOST_FOUND = 200, 20_000
MOST_CONTACTS = 2_000  # of what is marked: a group that many people's is not


def over(actor: Actor, house: House) -> House:
    """Return the house without what is restricted for the actor."""
    if house.whole is not None:
        return house
    with sight.whole(), house.ledger.read() as tx:
        marks = flags.standing(tx)
        asked = records.restricted(tx)
    hidden = {} if actor.role is Role.RECORDS else dict.fromkeys(sorted(asked), ASKED)
    marked = {ad for mark in marks if not sees(actor, mark) for ad in mark.ads}
    if marked:
        hidden |= dict.fromkeys(sorted(spread(house, marked)), URGENT)
    if not hidden:
        return house
    return replace(
        house, hidden=hidden, whole=house, index=Without(house.index, hidden),
        lake=LakeWithout(house.lake, hidden),
    )  # fmt: skip


def sees(actor: Actor, mark: flags.Flag) -> bool:
    """Whether a mark leaves what it marks in the actor's sight."""
    return mark.by == actor.name or actor.role in DUTY


def spread(house: House, ads: Collection[str]) -> frozenset[str]:
    """Return these ads and all others of the groups that they are in now."""
    run = runs.current(house)
    if run is None:
        return frozenset(ads)
    wanted = frozenset(ads)
    with _lock:
        held = _held.setdefault(run, {})
    if wanted not in held:
        held[wanted] = wanted | {ad for key in networks(run, wanted) for ad in run.identity(key)["ads"]}
    return held[wanted] | _since(house, run, held[wanted])


def _since(house: House, run: runs.Run, ads: frozenset[str]) -> frozenset[str]:
    """Return the ads that came in after a run and share a contact with some: no refresh has joined them yet.

    Contacts that are too common to join anything say nothing here either.
    """
    version = house.lake.version("ads")
    if version == run.pins.get("ads"):
        return frozenset()
    with sight.whole(), house.ledger.read() as tx:
        place = (version, watermarks.get(tx, INDEXED), ads)
    with _lock:
        late = _late.setdefault(run, {})
    if place not in late:
        late.clear()  # what was found at an earlier moment is asked for no more
        late[place] = _sharing(house, run, ads)
    return late[place]


def _sharing(house: House, run: runs.Run, ads: frozenset[str]) -> frozenset[str]:
    rows = house.lake.find("mentions", sorted(ads), columns=["kind", "value"]).to_pylist()
    contacts = {(m["kind"], m["value"]) for m in rows if m["kind"] in p.CONTACTS} - set(run.filtered)
    found: set[str] = set()
    for kind, value in sorted(contacts)[:MOST_CONTACTS]:
        after = None
        while True:
            page = house.index.search(field(kind, value), limit=PAGE, after=after)
            found |= {hit.ad for hit in page.hits}
            if (after := page.after) is None or len(found) > MOST_FOUND:
                break
    return frozenset(found - set(run.members_of(sorted(found))))


def networks(run: runs.Run, ads: Collection[str]) -> list[str]:
    """Return the groups that some ads are in, each once."""
    rows = run.members_of(sorted(ads)).values()
    return sorted({str(row["network"]) for row in rows if row["network"]})


def unless_hidden(house: House, ad: str) -> None:
    """Say plainly that an ad is restricted, where it is."""
    if ad in house.hidden:
        raise Restricted(house.hidden[ad])

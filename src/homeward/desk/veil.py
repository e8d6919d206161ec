"""What is restricted, and for whom: the workspace as whoever acts may see it.

Two things restrict ads: a person marked their lead as possible child or immediate danger, or somebody asked
for ads to be restricted. A mark is seen by whoever set it and by the duty officer, and covers the whole
group, also where it has grown since; what was asked for is seen by the records officer. Every function of
the desk that shows ads gets the house through here, so that none can forget it.
"""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import replace
from weakref import WeakKeyDictionary

from homeward.desk import runs
from homeward.house import House
from homeward.model.actor import Actor, Role
from homeward.model.errors import Restricted
from homeward.model.permission import DUTY
from homeward.store.index.without import Without
from homeward.store.ledger import flags, records, sight

URGENT = "a person marked it as possible child or immediate danger, and the duty officer decides who sees it"
ASKED = "somebody asked for that, and the records officer answers for it"

_held: WeakKeyDictionary[runs.Run, dict[frozenset[str], frozenset[str]]] = WeakKeyDictionary()
_lock = threading.Lock()


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
    return replace(house, hidden=hidden, whole=house, index=Without(house.index, hidden))


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
    return held[wanted]


def networks(run: runs.Run, ads: Collection[str]) -> list[str]:
    """Return the groups that some ads are in, each once."""
    rows = run.members_of(sorted(ads)).values()
    return sorted({str(row["network"]) for row in rows if row["network"]})


def unless_hidden(house: House, ad: str) -> None:
    """Say plainly that an ad is restricted, where it is."""
    if ad in house.hidden:
        raise Restricted(house.hidden[ad])

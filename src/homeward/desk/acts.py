"""How an act is written down: who, what, on which things, with what outcome.

A short act writes one event, in the same ledger transaction as its effect; a look writes it before what was
looked at is handed out. A long act (taking in, refreshing, rebuilding, exporting) changes other stores
than the ledger, so it is written down twice: that it began, before its first effect, and how it ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import HomewardError, UsageError
from homeward.model.event import Act, Event
from homeward.store.ledger import Tx, events

MOST_OBJECTS = 200  # ids kept with one event: a page's worth; the detail holds the whole count
LONGEST_WHY = 2_000  # characters of a reason


def event(
    actor: Actor, house: House, act: Act, objects: Iterable[str] = (), *, outcome: str = "done", **detail: Any
) -> Event:
    """Return the event of an act of now: with role, purpose and case, where the actor has them."""
    kept = tuple(objects)
    if len(kept) > MOST_OBJECTS:
        detail["objects"] = len(kept)
    return Event(
        house.clock(), actor.name, actor.door, act, kept[:MOST_OBJECTS], outcome, detail,
        role=str(actor.role), purpose=str(actor.purpose or ""), case=actor.case or "",
    )  # fmt: skip


def note(
    actor: Actor, house: House, act: Act, objects: Iterable[str] = (), *, outcome: str = "done", **detail: Any
) -> None:
    """Write down one look. Raises if it cannot be written: no event, no look."""
    with house.ledger.write() as tx:
        events.record(tx, event(actor, house, act, objects, outcome=outcome, **detail))


def reason(why: str, most: int = LONGEST_WHY) -> str:
    """Return a reason without blanks around it; raises UsageError for none, or for one beyond `most`."""
    if not why.strip() or len(why) > most:
        raise UsageError(f"This needs a reason of up to {most:,} characters.")
    return why.strip()


@contextmanager
def long_act(
    actor: Actor, house: House, act: Act, objects: Iterable[str] = (),
    also: Callable[[Tx], None] | None = None, first: Callable[[Tx], None] | None = None, **detail: Any,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """Write down that a long act began, and how it ended; yields the detail of its end, to be filled.

    `first` is kept with its beginning and `also` with its end, whether it failed or not, each in one
    transaction.

    When the act fails and its end cannot be written down either (the disk is full for both), the act's own
    error is the one raised: it names what to do, and that the act began is written already.
    """
    kept = tuple(objects)
    _keep(house, event(actor, house, act, kept, **detail, stage="begun"), first)
    ended: dict[str, Any] = dict(detail)
    try:
        yield ended
    except BaseException as error:
        if isinstance(error, HomewardError):
            ended["error"] = type(error).__name__
        with suppress(HomewardError):
            _keep(house, event(actor, house, act, kept, outcome="failed", **ended, stage="ended"), also)
        raise
    _keep(house, event(actor, house, act, kept, **ended, stage="ended"), also)


def _keep(house: House, told: Event, also: Callable[[Tx], None] | None) -> None:
    with house.ledger.write() as tx:
        if also is not None:
            also(tx)
        events.record(tx, told)

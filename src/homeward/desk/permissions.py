"""Ask the table before an act; write a refusal down; tell it no more than it may tell."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Concatenate, ParamSpec, TypeVar

from homeward.desk import veil
from homeward.desk.acts import note
from homeward.house import House
from homeward.model import errors
from homeward.model.actor import Actor, Purpose, Role
from homeward.model.event import Act
from homeward.model.permission import DUTY, TABLE, Answer, Context, Refusal, Target, decide
from homeward.store.ledger import Tx, cases, purposes, sight
from homeward.store.ledger.decisions import Decided

P = ParamSpec("P")
R = TypeVar("R")

# Action → the functions that do it; a test compares it with the table and with every function of the desk.
DONE_BY: dict[str, list[str]] = {}

_RAISED: dict[Refusal, type[errors.Refused]] = {
    Refusal.SIGN_IN: errors.NotSignedIn,
    Refusal.FORBIDDEN: errors.NotAllowed,
    Refusal.BANNER: errors.BannerUnread,
    Refusal.PURPOSE: errors.PurposeNeeded,
    Refusal.STEP_UP: errors.StepUpNeeded,
    Refusal.SECOND_PERSON: errors.SecondPersonNeeded,
}
# Acts on ads as a person sees them: without those that are restricted for that person.
VEILED = frozenset(
    {"corpus.look", "corpus.search", "corpus.decide", "corpus.judge", "corpus.export", "watch.look",
     "watch.keep", "look.who", "note.read", "note.write", "note.change"}
)  # fmt: skip


def permitted(
    action: str,
) -> Callable[[Callable[Concatenate[Actor, House, P], R]], Callable[Concatenate[Actor, House, P], R]]:
    """Say which act a function of the desk is: it runs only for an actor whom the table allows that.

    What depends on the thing acted on (a case, one's own request) the function asks with `demand` itself.
    Whatever it reads in the ledger, the database shows it only what the actor may see.
    """

    def wrap(
        function: Callable[Concatenate[Actor, House, P], R],
    ) -> Callable[Concatenate[Actor, House, P], R]:
        @functools.wraps(function)
        def asked(actor: Actor, house: House, /, *args: P.args, **kwargs: P.kwargs) -> R:
            ask(actor, house, action)
            seen = veil.over(actor, house) if action in VEILED else house
            with sight.seen_by(asking(actor, seen, action)):
                return function(actor, seen, *args, **kwargs)

        DONE_BY.setdefault(action, []).append(f"{function.__module__}.{function.__qualname__}")
        return asked

    return wrap


def asking(actor: Actor, house: House, action: str) -> sight.Asking | None:
    """Return who asks the database for an act, by their role; None for whoever holds its key."""
    role = actor.role
    if role is Role.LOCAL:
        return None
    return sight.Asking(
        actor.name, house.clock(), knows=role is Role.SUPERVISOR, audits=role in TABLE["log.read"].roles,
        looks=role in TABLE["look.who"].roles, duty=role in DUTY,
        answers=role in TABLE["request.answer"].roles, reviews=role in TABLE["glass.list"].roles,
        changes=TABLE[action].changes, hidden=house.lake.hidden if house.whole is not None else frozenset(),
    )  # fmt: skip


def ask(actor: Actor, house: House, action: str) -> None:
    """Raise unless the table allows the act, whatever it is done to."""
    answer = decide(actor, action, None, context(actor, house))
    # What belongs to one thing is asked once it is known: whose it is, and who agreed to these parameters.
    if not answer.allowed and answer.rule[0] not in "58":
        raise refused(actor, house, action, answer)


def demand(
    actor: Actor, house: House, action: str, target: Target, *, what: str = "case", key: str = "",
    agreed: bool = False,
) -> None:  # fmt: skip
    """Raise unless the table allows the act on this very thing; a hidden thing is not there."""
    answer = decide(actor, action, target, context(actor, house, agreed=agreed))
    if not answer.allowed:
        raise refused(actor, house, action, answer, what=what, key=key)


def context(actor: Actor, house: House, *, agreed: bool = False) -> Context:
    """Return what surrounds an act of now."""
    own = actor.purpose is None or isinstance(actor.purpose, Purpose)
    if actor.case is None and own:
        return Context(agreed=agreed)
    with house.ledger.read() as tx:
        added = None if own else purposes.standing(tx).get(str(actor.purpose))
        if actor.case is None:
            return Context(None, agreed, added)
        return Context(cases.relation(tx, actor.case, actor.name, at=house.clock()), agreed, added)


def told_notes(tx: Tx, actor: Actor, house: House, found: Iterable[Decided]) -> list[Decided]:
    """Return decisions as the actor may read them: a note written for a case of others is left out."""
    rows = list(found)
    named = {d.case for d in rows if d.case is not None}
    told = named if actor.role is Role.LOCAL else cases.readable(tx, actor.name, named, at=house.clock())
    return [d if d.case is None or d.case in told else replace(d, note="") for d in rows]


def refused(
    actor: Actor, house: House, action: str, answer: Answer, *, what: str = "case", key: str = ""
) -> errors.HomewardError:
    """Write a refusal down and return the error that tells it. Strangers are turned away without a trace."""
    if actor.role is not Role.NOBODY:
        note(actor, house, Act.REFUSE, [key] if key else (), outcome="refused", action=action,
             rule=answer.rule)  # fmt: skip
    assert answer.refusal is not None
    if answer.refusal is Refusal.HIDDEN:
        return errors.NotFound(what, key)
    return _RAISED[answer.refusal](answer.rule)

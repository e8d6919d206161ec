"""The queue of leads, one lead with its reasons, and what a person decides about it.

Every lead is shown with what speaks for it, what speaks against it, and the words "lead, not finding".
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from homeward.desk import area, checked, groups, lowering, outcomes, returns, runs, templates, urgent
from homeward.desk import decided as in_force
from homeward.desk.acts import event, note
from homeward.desk.ads import hit
from homeward.desk.groups import Group
from homeward.desk.identity import cursor, place_of
from homeward.desk.labels import label
from homeward.desk.permissions import permitted, told_notes
from homeward.desk.runs import Run
from homeward.desk.workspace import overview
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import Overtaken, UsageError
from homeward.model.event import Act
from homeward.model.finding import Direction
from homeward.model.judgement import Decision, DismissReason
from homeward.model.lead import CAUTION
from homeward.model.scales import scales
from homeward.store.ledger import Tx, decisions, events

Row = dict[str, Any]
TABS = ("new", "priority", "handled")
ADS_NAMED = 100
EXAMPLES = 5
SNOOZE_DAYS = 7
# The kind whose icon and colour stand for a family of reasons, by a word in the family's name; a family
# without one of these words is one of wording.
_WORDS_BY_KIND = {
    "phone": "number numbers phone phones contact contacts",
    "name": "name names person persons people persona personas pair age ages inconsistency",
    "place": "place places city cities movement touring travel venue",
    "price": "price prices", "photo": "photo photos", "handle": "handle handles",
    "date": "time timing burst bursts posting",
}  # fmt: skip
FAMILY_WORDS = {word: kind for kind, words in _WORDS_BY_KIND.items() for word in words.split()}


@permitted("corpus.look")
def queue(
    actor: Actor, house: House, *, tab: str = "new", after: str | None = None, limit: int = 50,
    venue: str | None = None, place: str | None = None, active_days: int | None = None, mine: bool = False,
) -> Row:  # fmt: skip
    """Return a page of the queue, best first; with `mine`, of the person's area and day only."""
    if tab not in TABS:
        raise UsageError(f"There is no tab {tab[:20]}.", remedy="The tabs are new, priority and handled.")
    run = runs.current(house)
    standing_now = standing(house, actor)
    all_leads = lowering.leads(house, run) if run else []
    decided = {key: _tab(one) for key, one in standing_now.items() if run and key in run.lead_by_id}
    chosen = _in_tab(all_leads, decided, tab)
    if venue is not None:
        chosen = [lead for lead in chosen if lead["venue_type"] == venue]
    if active_days:
        chosen = area.active_since(chosen, (house.clock() - timedelta(days=active_days)).astimezone(UTC))
    if run and place is not None:
        there = run.leads_in([place])
        chosen = [lead for lead in chosen if lead["id"] in there]
    told_mine = None
    if mine and run is not None:
        chosen, told_mine = area.narrowed(house, run, chosen, of=actor)
    start = place_of(after)
    tell = checked.teller(house)
    shown = chosen[start : start + limit]
    note(actor, house, Act.LIST, [lead["id"] for lead in shown], what="leads", tab=tab)
    return {
        "tab": tab,
        "mine": told_mine,
        "total": len(chosen),
        "counts": _counts(len(all_leads), decided),
        "leads": [row(run, lead, standing_now, tell) for lead in shown] if run else [],
        "order_note": checked.order_note(house),
        "next": cursor(start + limit) if start + limit < len(chosen) else None,
        "run": run.id if run else None,
        "venues": run.venues if run else [],
        "searched": _nothing(house, run, all_leads) if not shown else "",
        "restricted": len(run.base.leads) - len(all_leads) if run and run.base else 0,
    }


@permitted("corpus.look")
def told(actor: Actor, house: House, *, limit: int = 20) -> Row:
    """Return the first leads with what speaks for and against each, for the command line."""
    run = runs.current(house)
    shown = lowering.leads(house, run)[:limit] if run else []
    note(actor, house, Act.LIST, [lead["id"] for lead in shown], what="leads")
    standing_now, tell = standing(house, actor), checked.teller(house)
    return {
        "caution": CAUTION,
        "order_note": checked.order_note(house),
        "numbers": scales("reason"),
        "total": len(run.leads) if run else 0,
        "run": run.id if run else None,
        "leads": [{**row(run, lead, standing_now, tell), **_argument(run, lead)} for lead in shown]
        if run
        else [],
        "searched": _nothing(house, run, shown) if not shown else "",
    }


@permitted("corpus.look")
def page(actor: Actor, house: House, lead: str) -> Row:
    """Return one lead with its reasons, its typical ad, its values, places and photos."""
    run = runs.needed(house, "lead", lead)
    found = run.lead(lead)
    group = groups.of(run, run.identity(found["identity"]))
    typical = group.typical()
    wording = next(iter(group.by_wording.items()), None)
    with house.ledger.write() as tx:
        became = outcomes.told(tx, actor, house, lead)
        events.record(tx, event(actor, house, Act.LOOK, [lead, found["identity"]], what="lead"))
    return {
        "lead": row(run, lowering.lead(house, run, found), standing(house, actor), checked.teller(house)),
        "order_note": checked.order_note(house),
        "numbers": scales("reason"),
        "outcome": became,
        "caution": CAUTION,
        **_argument(run, found, group),
        "typical": hit(typical, group.members.get(typical.id), run.site_lines, whole=True)
        if typical
        else None,
        "wording": templates.summary(run, wording[0], len(wording[1])) if wording else None,
        "identifiers": group.values,
        "places": group.places,
        "stays": group.stays,
        "photos": group.photos,
    }


@permitted("corpus.decide")
def decide(
    actor: Actor, house: House, lead: str, decision: Decision, *, reason: DismissReason | None = None,
    note: str = "", until: date | None = None, replaces: str | None = None,
) -> Row:  # fmt: skip
    """Keep a decision on a lead; refused when another one stands than the person saw.

    A snooze without an end ends after SNOOZE_DAYS; no other decision takes an end.
    """
    run = runs.needed(house, "lead", lead)
    run.lead(lead)
    if (decision is Decision.DISMISS) != (reason is not None):
        raise UsageError("A dismissal needs a reason, and no other decision takes one.")
    if decision is Decision.SNOOZE and until is None:
        until = (house.clock() + timedelta(days=SNOOZE_DAYS)).date()
    end = datetime.combine(until, time(0), UTC) if until else None
    with house.ledger.write() as tx:
        _expect(tx, lead, replaces, house.clock())
        kept = decisions.decide(
            tx,
            lead,
            decision,
            by=actor.name,
            at=house.clock(),
            reason=reason,
            note=note,
            until=end,
            case=actor.case,
        )
        done = event(
            actor, house, Act.TRIAGE, [lead], decision=str(decision), reason=reason and str(reason), id=kept
        )
        events.record(tx, done)
    what = {
        Decision.WATCH: "is watched", Decision.SNOOZE: "is put off", Decision.DISMISS: "is dismissed",
        Decision.PRIORITY: "has priority",
    }[decision]  # fmt: skip
    return _result(actor, house, run, lead, f"The lead {what}.")


@permitted("corpus.decide")
def undo(actor: Actor, house: House, lead: str, decision: str) -> Row:
    """Take back the standing decision; refused when it is not the one named."""
    run = runs.needed(house, "lead", lead)
    run.lead(lead)
    with house.ledger.write() as tx:
        _expect(tx, lead, decision, house.clock())
        decisions.undo(tx, int(decision), by=actor.name, at=house.clock())
        events.record(tx, event(actor, house, Act.UNDO, [lead], decision=decision))
    return _result(actor, house, run, lead, "The decision is taken back.")


def standing(house: House, actor: Actor) -> dict[str, Row]:
    """Return the standing decision and urgent mark of each lead that has one; a snooze that is over is none.

    A dismissed lead with something new in it returns: `returned` says what. A note written for a case is
    told to those of the case only.
    """
    now, run = house.clock(), runs.current(house)
    with house.ledger.read() as tx:
        found = told_notes(tx, actor, house, in_force.standing(tx, house).values())
    dismissed = {d.lead: d.at for d in found if d.decision == Decision.DISMISS}
    new = returns.since(run, dismissed) if run and dismissed else {}
    said: dict[str, Row] = {
        d.lead: {"decision": _decision(d) | {"returned": new.get(d.lead, "")}}
        for d in found
        if not (d.decision == Decision.SNOOZE and _over(d, now))
    }
    for lead, mark in (urgent.marked(house, actor, run) if run else {}).items():
        said.setdefault(lead, {})["urgent"] = mark
    return said


def row(run: Run, lead: Mapping[str, Any], standing_now: Mapping[str, Row], tell: checked.Teller) -> Row:
    """Return a lead as the queue shows it; no score among it."""
    reasons = [f for f in run.findings.get(lead["identity"], []) if f["direction"] == Direction.FOR]
    kinds = list(dict.fromkeys(kind_of(f["family"]) for f in reasons))
    return {
        "id": lead["id"], "identity": lead["identity"], "rank": lead["rank"], "word": lead["word"],
        "title": lead["title"] or "", "kinds": kinds, "families": lead["families"], "ads": lead["ads"],
        "personas": lead["personas"], "phones": lead["phones"], "names": lead["names"],
        "cities": lead["cities"], "places": run.places_of(lead["id"])[:3],
        "weekly": run.weekly_of(lead["id"]), "first_seen": lead["first_seen"],
        "last_seen": lead["last_seen"], "venue_type": lead["venue_type"] or None, "checked": tell(lead),
        **{"decision": None, "urgent": None, **standing_now.get(lead["id"], {})},
    }  # fmt: skip


def _in_tab(
    leads: Sequence[Mapping[str, Any]], decided: Mapping[str, str], tab: str
) -> Sequence[Mapping[str, Any]]:
    """Return the leads of a tab; few of very many are decided on, so that mostly all of them are new."""
    if tab != "new":
        return [lead for lead in leads if decided.get(lead["id"]) == tab]
    gone = {key for key, where in decided.items() if where != "new"}
    return [lead for lead in leads if lead["id"] not in gone] if gone else leads


def kind_of(family: str) -> str:
    """Return the kind whose icon stands for a family of reasons."""
    words = family.lower().replace("-", " ").replace("_", " ").split()
    return next((FAMILY_WORDS[word] for word in words if word in FAMILY_WORDS), "wording")


def _argument(run: Run, lead: Mapping[str, Any], group: Group | None = None) -> Row:
    """Return what speaks for a lead, what speaks against it, and what is told and not counted."""
    found = run.findings.get(lead["identity"], [])
    most = max((abs(f["weight"]) for f in found if f["direction"] != Direction.SHOWN), default=0.0)
    raws = _raws(group) if group else {}
    said: dict[str, list[Row]] = {d: [] for d in Direction}
    for finding in found:
        counted = finding["direction"] != Direction.SHOWN
        keys = dict.fromkeys((m[1], m[2]) for m in json.loads(finding["mentions"] or "[]"))
        examples = [
            {"kind": k, "value": v, "label": raws.get((k, v)) or label(k, v)}
            for k, v in list(keys)[:EXAMPLES]
        ]
        said[finding["direction"]].append(
            {
                "indicator": finding["indicator"], "family": finding["family"],
                "kind": kind_of(finding["family"]), "direction": finding["direction"],
                "strength": finding["strength"], "sentence": finding["sentence"], "source": finding["source"],
                "share": min(1.0, abs(finding["weight"]) / most) if counted and most else 0.0,
                "ads": list(finding["ads"] or [])[:ADS_NAMED], "ads_count": len(finding["ads"] or []),
                "examples": examples,
            }
        )  # fmt: skip
    return {
        "reasons": said[Direction.FOR],
        "against": said[Direction.AGAINST],
        "shown": said[Direction.SHOWN],
    }


def _raws(group: Group) -> dict[tuple[str, str], str]:
    """Return how each value was written in the group, an obscured writing before a plain one."""
    found: dict[tuple[str, str], str] = {}
    for doc in group.ads:
        for mention in doc.mentions:
            key = (mention["kind"], mention["value"])
            if key not in found or mention["obscured"]:
                found[key] = mention["raw"]
    return found


def _tab(said: Mapping[str, Any]) -> str:
    if said.get("urgent"):
        return "priority"
    decision = said.get("decision")
    if decision is None or decision["returned"]:
        return "new"
    return "priority" if decision["decision"] == Decision.PRIORITY else "handled"


def _counts(leads: int, decided: Mapping[str, str]) -> dict[str, int]:
    """Return how many leads each tab has; one without a decision is new."""
    counts = {name: sum(1 for tab in decided.values() if tab == name) for name in TABS}
    return counts | {"new": leads - sum(counts.values()) + counts["new"]}


def _over(decision: Any, now: datetime) -> bool:
    return decision.until is not None and decision.until <= now


def _decision(d: Any) -> Row:
    return {
        "id": str(d.seq), "decision": d.decision, "reason": d.reason, "note": d.note,
        "until": d.until.date() if d.until else None, "by": d.by, "at": d.at,
    }  # fmt: skip


def _expect(tx: Tx, lead: str, seen: str | None, at: datetime) -> None:
    """Refuse when another decision stands than the one that was seen; the first decision wins."""
    found = decisions.standing(tx, lead=lead).get(lead)
    if found and found.decision == Decision.SNOOZE and _over(found, at):
        found = None
    now = str(found.seq) if found else None
    if now != seen:
        who = f"{found.by} decided" if found else "the decision was taken back"
        raise Overtaken(f"Meanwhile {who} on this lead.", remedy="Look at it again, then decide.")


def _result(actor: Actor, house: House, run: Run, lead: str, sentence: str) -> Row:
    now = standing(house, actor)
    tabs = {key: _tab(one) for key, one in now.items() if key in run.lead_by_id}
    return {
        "lead": lead,
        "decision": now.get(lead, {}).get("decision"),
        "counts": _counts(len(run.leads), tabs),
        "sentence": sentence,
    }


def _nothing(house: House, run: Run | None, leads: Iterable[Row]) -> str:
    """Say why there is nothing to show, and what that does not say."""
    found: str = overview(house)["searched"]
    if run is None and overview(house)["ads"]:
        return f"{found} No refresh has been made yet: make one with `homeward refresh`."
    if any(True for _ in leads):
        return f"Nothing is left under this tab and these filters. {found}"
    return found

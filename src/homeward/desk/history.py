"""What became of an identity: how it was joined and split, what people judged and decided about it."""

from __future__ import annotations

from typing import Any

from homeward.desk import review
from homeward.desk.acts import note
from homeward.desk.identity import opened
from homeward.desk.permissions import permitted, told_notes
from homeward.house import House
from homeward.model import ids
from homeward.model.actor import Actor
from homeward.model.event import Act
from homeward.model.judgement import Judgement
from homeward.store.ledger import decisions, identity_history, judgements
from homeward.store.ledger.decisions import Decided
from homeward.store.ledger.identity_history import Change, Step

Row = dict[str, Any]
LISTED = 1_000
WORDS = {
    Judgement.SAME: "belong together", Judgement.DIFFERENT: "do not belong together",
    Judgement.UNDECIDED: "are undecided",
}  # fmt: skip


@permitted("corpus.look")
def page(actor: Actor, house: House, identity: str) -> Row:
    """Return the history of an identity, newest first, with what contradicts a judgement on its ads."""
    _, row, _ = opened(house, identity)
    ads = set(row["ads"])
    with house.ledger.read() as tx:
        steps = identity_history.of(tx, identity)
        told = [j for j in judgements.history(tx) if ads & {j.a, j.b}]
        decided = told_notes(tx, actor, house, decisions.history(tx, ids.lead_id(identity)))
    said = [j for j in told if not house.hidden.keys() & {j.a, j.b}]
    rows = [_step(step, identity) for step in steps]
    rows += [
        _told(j.at, "judged", f"{j.a} and {j.b} {WORDS[j.judgement]}: {j.why}", j.by, ads=2) for j in said
    ]
    rows += [_decision(one) for one in decided]
    rows.sort(key=lambda r: r["at"].timestamp() if r["at"] else 0.0, reverse=True)
    note(actor, house, Act.LOOK, [identity], what="history")
    return {
        "identity": identity, "total": len(rows), "history": rows[:LISTED],
        "judgements": review.held(house, row["ads"]),
    }  # fmt: skip


def _told(at: Any, what: str, sentence: str, by: str = "", *, other: str | None = None, ads: int = 0) -> Row:
    return {"at": at, "what": what, "sentence": sentence, "by": by, "other": other, "ads": ads}


def _step(step: Step, identity: str) -> Row:
    mine = step.identity == identity
    other = step.other if mine else step.identity
    count = f"{step.ads:,} {'ad' if step.ads == 1 else 'ads'}"
    if step.change is Change.JOINED:
        sentence = f"{count} went into {other}" if mine else f"{count} came in from {other}"
    else:
        sentence = f"{count} left and are {other} now" if mine else f"{count} were split off from {other}"
    return _told(step.at, str(step.change), f"{sentence}.", other=other, ads=step.ads)


def _decision(one: Decided) -> Row:
    if one.decision is None:
        return _told(one.at, "undone", "The decision on the lead was taken back.", one.by)
    reason = f", {one.reason}" if one.reason else ""
    note_ = f": {one.note}" if one.note else ""
    gone = " (taken back since)" if one.cancelled else ""
    return _told(one.at, "decided", f"The lead: {one.decision}{reason}{note_}{gone}.", one.by)

"""Judgements that hold: when each is to be looked at again, and which later evidence contradicts.

Evidence never overrides a judgement. What came in afterwards and ties two ads that somebody kept apart, or
puts one person whom somebody joined in two places at once, is said aloud: "this contradicts the decision of
…".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from homeward.connect import parameters as p
from homeward.connect.spoken import day
from homeward.desk import groups, movement, runs, templates
from homeward.desk.acts import note
from homeward.desk.docs import Doc
from homeward.desk.groups import Group
from homeward.desk.labels import label
from homeward.desk.permissions import permitted
from homeward.desk.runs import Run
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.event import Act
from homeward.model.judgement import Judgement, PairJudgement
from homeward.store.ledger import judgements

Row = dict[str, Any]
# A judgement is looked at again after half a year; saying the same again renews it.
REVIEW_DAYS = 180
LISTED = 500
NAMED = 10
WORDING, PHOTO = "wording", "photo"


@permitted("corpus.look")
def judged(actor: Actor, house: House) -> Row:
    """Return the judgements that hold: those contradicted first, then those due for review, then others."""
    rows = held(house)
    note(actor, house, Act.LIST, [ad for row in rows for ad in (row["a"], row["b"])], what="judgements")
    return {
        "total": len(rows), "contradicted": sum(bool(row["contradiction"]) for row in rows),
        "due": sum(row["due"] for row in rows), "judgements": rows[:LISTED],
    }  # fmt: skip


def held(house: House, ads: Sequence[str] | None = None) -> list[Row]:
    """Return the judgements that hold, or those of them on some ads."""
    with house.ledger.read() as tx:
        words = judgements.in_force(tx)
        history = judgements.history(tx)
    inside = None if ads is None else set(ads)
    run = runs.current(house)
    rows = []
    for pair, word in words.items():
        if house.hidden.keys() & set(pair):
            continue
        if inside is None or inside & set(pair):
            said = [j for j in history if (j.a, j.b) == pair]
            rows.append(_row(house, run, word, said))
    return sorted(rows, key=lambda row: (not row["contradiction"], not row["due"], row["review"], row["a"]))


def _row(house: House, run: Run | None, word: Judgement, said: Sequence[PairJudgement]) -> Row:
    last = {j.by: j for j in said}
    of_word = [j for j in last.values() if j.judgement is word]
    latest = max(of_word, key=lambda j: j.at)
    review = latest.at + timedelta(days=REVIEW_DAYS)
    members = [run.member(ad) if run else None for ad in (latest.a, latest.b)]
    mine = [m["network"] if m else None for m in members]
    against = _against(run, latest, members) if run else ""
    return {
        "a": latest.a, "b": latest.b, "judgement": word, "by": sorted(j.by for j in of_word),
        "at": latest.at, "why": latest.why, "review": review.date(), "due": review <= house.clock(),
        "identity_a": mine[0], "identity_b": mine[1],
        "contradiction": _sentence(latest, against) if against else "",
    }  # fmt: skip


def _sentence(judgement: PairJudgement, against: str) -> str:
    return (
        f"This contradicts the decision of {judgement.by} on {day(judgement.at)}: since then {against}. "
        "The decision stands."
    )


def _against(run: Run, judgement: PairJudgement, members: Sequence[Row | None]) -> str:
    """Return what has come in since and speaks against a judgement, empty if nothing does."""
    a, b = members
    if a is None or b is None:
        return ""
    if judgement.judgement is Judgement.DIFFERENT:
        shared = _later(run, judgement, (a["network"], b["network"]))
        return f"both sides share {'; '.join(shared[:NAMED])}" if shared else ""
    # Two people of one operator may be in two places; one person may not.
    if a["persona"] != b["persona"]:
        return ""
    told = _two_places(run, judgement, str(a["persona"]))
    if not told:
        return ""
    return f"ads of the two sides put one person in two places at once ({'; '.join(told[:NAMED])})"


def _two_places(run: Run, judgement: PairJudgement, persona: str) -> list[str]:
    """Return where one person would have been at once that neither side says alone, nor both said before."""
    group = groups.of(run, run.identity(persona))
    sides = [_under_contacts_of(group, ad) for ad in (judgement.a, judgement.b)]
    captured = _captured(run, [group])
    both = [doc for doc in group.ads if doc.id in sides[0] | sides[1]]
    before = [doc for doc in both if captured.get(doc.id, judgement.at) <= judgement.at]
    alone = [[doc for doc in group.ads if doc.id in side] for side in sides]
    known = {said for ads in (before, *alone) for said in movement.contradictions(group, ads)}
    return [said for said in movement.contradictions(group, both) if said not in known]


def _under_contacts_of(group: Group, ad: str) -> set[str]:
    """Return an ad and those that give a contact of its own."""
    found = {ad}
    for key, docs in group.by_value.items():
        ids = {doc.id for doc in docs}
        if key[0] in p.CONTACTS and key not in group.common and ad in ids:
            found |= ids
    return found


def _later(run: Run, judgement: PairJudgement, mine: Sequence[str]) -> list[str]:
    """Return what ties the two sides by ads taken in since, if it would be enough for a link."""
    if mine[0] == mine[1]:
        return []
    sides = [groups.of(run, run.identity(key)) for key in mine]
    captured = _captured(run, sides)
    shared = _held_by(sides[0]).keys() & _held_by(sides[1]).keys()
    weights: dict[str, float] = {}
    told = []
    for kind, value in sorted(shared):
        first = [
            min(
                (captured[d.id] for d in _held_by(side)[kind, value] if d.id in captured),
                default=judgement.at,
            )
            for side in sides
        ]
        if max(first) > judgement.at:  # one of the sides did not have it when the two were kept apart
            weights[kind] = max(weights.get(kind, 0.0), _weight(kind))
            told.append(_named(run, kind, value))
    return told if sum(weights.values()) >= p.LINK else []


def _weight(kind: str) -> float:
    """The most that one shared value of a kind says (nats)."""
    return {WORDING: p.MOST_WEIGHT["template"], PHOTO: p.MOST_WEIGHT["photo"]}.get(kind, p.CONTACT_WEIGHT)


def _named(run: Run, kind: str, value: str) -> str:
    if kind == WORDING:
        return f"the wording “{templates.preview(run.template(value))}”"
    return "a photo" if kind == PHOTO else f"the {kind} {label(kind, value)}"


def _held_by(group: Group) -> dict[tuple[str, str], list[Doc]]:
    """Return the contacts, wordings and photos of a group that are not common, each with its ads."""
    found = {
        key: docs for key, docs in group.by_value.items() if key[0] in p.CONTACTS and key not in group.common
    }
    found |= {(WORDING, template): docs for template, docs in group.by_wording.items()}
    return found | {(PHOTO, key): docs for key, docs in group.by_photo.items()}


def _captured(run: Run, sides: Sequence[Group]) -> dict[str, datetime]:
    """Return when each ad was first taken in."""
    ads = [doc.id for side in sides for doc in side.ads]
    table = run.house.lake.find("ads", ads, columns=["ad", "captured_at"], version=run.pins.get("ads"))
    found: dict[str, datetime] = {}
    for row in table.to_pylist():
        found[row["ad"]] = min(found.get(row["ad"], row["captured_at"]), row["captured_at"])
    return found

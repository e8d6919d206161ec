"""An identity's dossier: its values, why they belong, its places, personas and wordings."""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Sequence
from typing import Any

from homeward.desk import checked, groups, lowering, runs, templates
from homeward.desk.acts import note
from homeward.desk.ads import hit, newest_first
from homeward.desk.docs import Doc
from homeward.desk.groups import Group, span
from homeward.desk.labels import label
from homeward.desk.permissions import permitted
from homeward.desk.runs import Run
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import NotFound, UsageError
from homeward.model.event import Act
from homeward.model.identity import Level
from homeward.model.lead import CAUTION
from homeward.model.mention import CONTACT_KINDS, Kind
from homeward.model.scales import scales

Row = dict[str, Any]
PERSONAS_SHOWN = 200
LINKS_SHOWN = 100
WORDINGS_SHOWN = 100
NAMED_ADS = 100
STRONG, GOOD = 0.9, 0.7  # ui.md: three filled blocks from .9, two from .7
# What joins ads on purpose; a description or a price is no reason by itself.
JOINING = (*CONTACT_KINDS, Kind.NAME)


@permitted("corpus.look")
def dossier(actor: Actor, house: House, identity: str) -> Row:
    """Return the overview of one identity."""
    from homeward.desk import leads

    run, row, group = opened(house, identity)
    grid, hours_note = group.hours
    lead = run.lead_by_identity.get(identity)
    lead = lowering.lead(house, run, lead) if lead else None
    note(actor, house, Act.LOOK, [identity], what="identity")
    return {
        "id": identity, "level": row["level"], "title": title(row, group), "ads": len(row["ads"]),
        "lead": leads.row(run, lead, leads.standing(house, actor), checked.teller(house)) if lead else None,
        "first": group.first, "last": group.last, "identifiers": group.values,
        "personas": _personas(run, row, group), "places": group.places, "stays": group.stays,
        "weekly": group.weekly, "hours": grid, "hours_note": hours_note, "photos": group.photos,
        "wordings": len(group.by_wording), "caution": CAUTION,
    }  # fmt: skip


@permitted("corpus.look")
def why(actor: Actor, house: House, identity: str, kind: str, value: str) -> Row:
    """Return why a value belongs to its group, strongest reason first."""
    _, _, group = opened(house, identity)
    holding = group.by_value.get((kind, value))
    note(actor, house, Act.LOOK, [identity], what="why", kind=kind)
    if not holding:
        raise NotFound(kind, "of that value")
    links = [*_beside(group, kind, value, holding), *_linked(group, kind, value, holding)]
    links.sort(key=lambda found: (-found["strength"], -found["ads_count"], found["to"]["label"]))
    subject = group.value_row(kind, value)
    ads = (
        "1 ad of this group mentions" if len(holding) == 1 else f"{len(holding):,} ads of this group mention"
    )
    sentence = f"{ads} {subject['label']}."
    if subject["site_own"]:
        sentence += f" It is {subject['common']}."
        links = []
    elif subject["common"]:
        sentence += f" It joins nothing here: {subject['common']}."
    elif not links:
        sentence += " No other value leads to it."
    return {
        "subject": subject, "sentence": sentence, "links": links[:LINKS_SHOWN], "numbers": scales("chain"),
    }  # fmt: skip


@permitted("corpus.look")
def ads_of(
    actor: Actor, house: House, identity: str, *, kind: str | None = None, value: str | None = None,
    ads: Sequence[str] | None = None, after: str | None = None, limit: int = 20,
) -> Row:  # fmt: skip
    """Return a page of a group's ads, newest first: those with a value, those named, or all."""
    _, _, group = opened(house, identity)
    chosen: Sequence[Doc] = group.ads
    if kind is not None and value is not None:
        chosen = group.by_value.get((kind, value), [])
    if ads is not None:
        named = set(ads)
        chosen = [d for d in chosen if d.id in named]
    order = newest_first(chosen)
    start = _place(after)
    shown = order[start : start + limit]
    note(actor, house, Act.LOOK, [identity, *(d.id for d in shown)], what="ads")
    more = start + limit < len(order)
    return {
        "total": len(order),
        "ads": [hit(d, group.members.get(d.id), group.run.site_lines) for d in shown],
        "next": cursor(start + limit) if more else None,
    }


@permitted("corpus.look")
def wordings(actor: Actor, house: House, identity: str) -> Row:
    """Return the wordings of a group, most used first."""
    run, row, group = opened(house, identity)
    inside = set(row["ads"])
    found = []
    for template, docs in list(group.by_wording.items())[:WORDINGS_SHOWN]:
        whole = run.template(template)
        outside, networks = templates.elsewhere(run, whole, inside)
        found.append(
            {
                "id": template,
                "pattern": templates.pieces(whole, docs),
                "ads": len(docs),
                "elsewhere": outside,
                "elsewhere_identities": networks,
                **span(docs),
                "days": sorted({d.day for d in docs if d.day}),
                "ad_ids": [d.id for d in docs[:NAMED_ADS]],
            }
        )
    note(actor, house, Act.LOOK, [identity], what="wordings")
    return {"wordings": found, "alone": len(group.ads) - sum(len(d) for d in group.by_wording.values())}


def title(row: Row, group: Group) -> str:
    """Return what an identity is called: its names used, else its first contact, else its ads."""
    known = [name for name in group.names() if (str(Kind.NAME), name) not in group.common]
    if known:
        return ", ".join(known[:3]) + (f" and {len(known) - 3:,} more names" if len(known) > 3 else "")
    for found in group.values:
        theirs = [value["label"] for value in found["values"] if not value["site_own"]]
        if found["kind"] in CONTACT_KINDS and theirs:
            return str(theirs[0])
    n = len(row["ads"])
    return "1 ad" if n == 1 else f"{n:,} ads"


def cursor(place: int) -> str:
    """Return an opaque cursor for a place in a list."""
    return base64.urlsafe_b64encode(f"p{place}".encode()).decode().rstrip("=")


def _place(after: str | None) -> int:
    """Return the place that a cursor stands for."""
    if not after:
        return 0
    try:
        text = base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        text = ""
    if text[:1] != "p" or not text[1:].isdigit() or len(text) > 12:
        raise UsageError("That page of the list is not known.", remedy="Begin at its first page.")
    return int(text[1:])


place_of = _place


def opened(house: House, identity: str) -> tuple[Run, Row, Group]:
    """Return the current run, an identity's row in it, and its group; NotFound where there is none."""
    run = runs.needed(house, "identity", identity)
    row = run.identity(identity)
    return run, row, groups.of(run, row)


def _personas(run: Run, row: Row, group: Group) -> list[Row]:
    """Return the personas of a network, largest first; of a persona, none."""
    if row["level"] != Level.NETWORK:
        return []
    grouped: dict[str, list[Doc]] = {}
    for doc in group.ads:
        persona = (group.members.get(doc.id) or {}).get("persona")
        if persona:
            grouped.setdefault(persona, []).append(doc)
    found = []
    for persona, docs in sorted(grouped.items(), key=lambda item: (-len(item[1]), item[0]))[:PERSONAS_SHOWN]:
        known = group.names(docs)
        phones = sorted({m["value"] for d in docs for m in d.mentions if m["kind"] == Kind.PHONE})
        found.append(
            {
                "id": persona,
                "label": known[0] if known else "no name",
                "ads": len(docs),
                "names": known,
                "phones": [_ref(Kind.PHONE, p) for p in phones],
                **span(docs),
            }
        )
    return found


def _ref(kind: str, value: str) -> Row:
    return {"kind": kind, "value": value, "label": label(kind, value)}


def linked_ref(group: Group, kind: str, value: str) -> Row:
    """Return what a link goes through; a wording and a photo have no value that a person could read."""
    if kind == "template":
        try:
            return {"kind": "wording", "value": value, "label": templates.preview(group.run.template(value))}
        except NotFound:
            return {"kind": "wording", "value": value, "label": "a shared wording"}
    if kind == "photo":
        number = group.photo_numbers.get(value)
        return {"kind": "photo", "value": value, "label": f"Photo {number}" if number else "a photo"}
    return _ref("place" if kind == "city" else kind, value)


def _beside(group: Group, kind: str, value: str, holding: Sequence[Doc]) -> list[Row]:
    """Values that stand in the same ads: no inference is needed for those."""
    together: dict[tuple[str, str], list[Doc]] = {}
    for doc in holding:
        for key in dict.fromkeys((m["kind"], m["value"]) for m in doc.said):
            if key != (kind, value) and key[0] in JOINING and key not in group.common:
                together.setdefault(key, []).append(doc)
    found = []
    for key, docs in together.items():
        where = "ad" if len(docs) == 1 else f"{len(docs):,} ads"
        found.append(_link(_ref(*key), f"Together in the same {where}", 1.0, docs))
    return found


def _linked(group: Group, kind: str, value: str, holding: Sequence[Doc]) -> list[Row]:
    """Reasons that join the value's ads to other ads of the group."""
    inside = {d.id for d in holding}
    by_id = {d.id: d for d in group.ads}
    best: dict[tuple[str, str], Row] = {}
    reached: dict[tuple[str, str], dict[str, Doc]] = {}
    for link in group.links:
        key = (link["kind"], link["value"])
        if key == (kind, value) or not ({link["a"], link["b"]} & inside):
            continue
        if key not in best or link["weight"] > best[key]["weight"]:
            best[key] = link
        ends = {ad: by_id[ad] for ad in (link["a"], link["b"]) if ad in by_id}
        reached.setdefault(key, {}).update(ends)
    return [
        _link(
            linked_ref(group, *key),
            link["reason"],
            1 / (1 + math.exp(-min(50.0, link["weight"]))),
            list(reached[key].values()),
        )
        for key, link in best.items()
    ]


def _link(to: Row, because: str, strength: float, docs: Sequence[Doc]) -> Row:
    """`strength` is the probability that the weight stands for at even odds: log-likelihood ratio in nats."""
    strength = max(0.0, min(1.0, strength))
    return {
        "to": to, "because": because, "strength": strength, "word": word_of(strength), **span(docs),
        "ads": [d.id for d in docs[:NAMED_ADS]], "ads_count": len(docs),
    }  # fmt: skip


def word_of(strength: float) -> str:
    """Return the word for a strength: strong from .9, good from .7, else weak."""
    return "strong" if strength >= STRONG else "good" if strength >= GOOD else "weak"

"""Why are two ads together? The chains of evidence, what would part them, and what speaks against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from homeward.connect import chains as c
from homeward.connect import parameters as p
from homeward.connect.movement import FASTEST_KMH, distance_km
from homeward.connect.spoken import day
from homeward.connect.tools import text_list
from homeward.desk import runs
from homeward.desk.acts import note
from homeward.desk.docs import Doc
from homeward.desk.groups import Group
from homeward.desk.identity import linked_ref, opened, word_of
from homeward.desk.labels import label
from homeward.desk.permissions import permitted
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import NotFound, UsageError
from homeward.model.event import Act
from homeward.model.judgement import Judgement
from homeward.model.lead import CAUTION
from homeward.model.link import Link
from homeward.model.scales import scales
from homeward.store.ledger import judgements

Row = dict[str, Any]
ADS_NAMED = 100
LINKS_NAMED = 50


@permitted("corpus.look")
def page(actor: Actor, house: House, identity: str, a: str, b: str) -> Row:
    """Return the chains between two ads of an identity; NotFound where one of them is not among its ads."""
    _, _, group = opened(house, identity)
    if a == b:
        raise UsageError("An ad needs no chain to itself.", remedy="Name two ads.")
    found = _told(group, a, b)
    note(actor, house, Act.LOOK, [identity, a, b], what="chains")
    return found


@permitted("corpus.look")
def of_lead(actor: Actor, house: House, lead: str) -> Row:
    """Return the chains between two ads of a lead: the first ones of its two largest personas.

    Where there is one persona only, its first ad and its last.
    """
    run = runs.needed(house, "lead", lead)
    identity = run.lead(lead)["identity"]
    _, _, group = opened(house, identity)
    a, b = _furthest(group)
    found = _told(group, a, b)
    note(actor, house, Act.LOOK, [lead, a, b], what="chains")
    return found


def _furthest(group: Group) -> tuple[str, str]:
    first: dict[str, Doc] = {}
    counts: dict[str, int] = {}
    for doc in group.ads:
        persona = (group.members.get(doc.id) or {}).get("persona") or doc.id
        first.setdefault(persona, doc)
        counts[persona] = counts.get(persona, 0) + 1
    largest = sorted(counts, key=lambda one: (-counts[one], one))
    if len(largest) > 1:
        return first[largest[0]].id, first[largest[1]].id
    return group.ads[0].id, group.ads[-1].id


def _told(group: Group, a: str, b: str) -> Row:
    docs = {d.id: d for d in group.ads}
    for ad in (a, b):
        if ad not in docs:
            raise NotFound("ad", f"{ad} in {group.id}")
    net = net_of(group)
    found = c.chains(net, a, b) if a != b else []
    cut = c.separate(net, a, b) if found else None
    return {
        "identity": group.id, "a": a, "b": b,
        "chains": [_chain(group, chain, docs) for chain in found],
        "cut": _cut(group, net, cut) if cut else None,
        "against": against(group, docs[a], docs[b]),
        "sentence": _sentence(found, cut), "caution": CAUTION, "numbers": scales("chain"),
    }  # fmt: skip


def net_of(group: Group) -> c.Net:
    """Return the net of a group's evidence: its links, and what people judged the same."""
    links = [Link(r["a"], r["b"], r["kind"], r["value"], r["weight"], r["reason"]) for r in group.links]
    ads = [d.id for d in group.ads]
    return c.read_net(ads, links, judged_same(group.run.house, ads))


def judged_same(house: House, ads: Sequence[str]) -> list[Link]:
    """Return what people judged the same among some ads, each with who said so last, when and why."""
    inside = set(ads)
    with house.ledger.read() as tx:
        same = {pair for pair, word in judgements.in_force(tx).items() if word is Judgement.SAME}
        said = {(j.a, j.b): j for j in judgements.history(tx) if j.judgement is Judgement.SAME}
    return [
        Link(*pair, c.JUDGED, "", c.JUDGED_WEIGHT,
             f"Judged the same by {said[pair].by} on {day(said[pair].at)}: {said[pair].why}")
        for pair in sorted(same) if pair[0] in inside and pair[1] in inside
    ]  # fmt: skip


def _sentence(found: Sequence[c.Chain], cut: c.Cut | None) -> str:
    if not found:
        return "No chain of the evidence that was kept joins these ads."
    steps, threads = len(found[0].steps), len(cut.threads) if cut else 0
    return (
        f"Joined in {steps} {'step' if steps == 1 else 'steps'}; "
        f"{threads} {'link' if threads == 1 else 'links'} would have to go to part them."
    )


def _chain(group: Group, chain: c.Chain, docs: dict[str, Doc]) -> Row:
    steps = [
        {
            "a": step.a, "b": step.b, **_strength(c.sigmoid(step.weight)),
            "evidence": [_evidence(group, link) for link in step.links],
            "first": min((d.at for d in (docs[step.a], docs[step.b]) if d.at), default=None),
            "last": max((d.at for d in (docs[step.a], docs[step.b]) if d.at), default=None),
        }
        for step in chain.steps
    ]  # fmt: skip
    weakest = min(range(len(steps)), key=lambda i: (chain.steps[i].weight, i))
    return {"steps": steps, "weakest": weakest, **_strength(chain.strength)}


def _strength(strength: float) -> Row:
    return {"strength": max(0.0, min(1.0, strength)), "word": word_of(strength)}


def _evidence(group: Group, link: Link) -> Row:
    """Return a link as a person reads it; a wording is named by the ads that share it."""
    because, value = link.reason, link.value
    if link.kind == c.JUDGED:
        to = {"kind": c.JUDGED, "value": "", "label": "a judgement"}
    else:
        if link.kind == "template":
            value = str((group.members.get(link.a) or {}).get("template") or value)
        to = linked_ref(group, link.kind, value)
        because = because.replace(link.value, to["label"]) if link.value in because else because
    return {"to": to, "because": because, **_strength(c.sigmoid(link.weight))}


def _cut(group: Group, net: c.Net, cut: c.Cut) -> Row:
    judged = any(t.links[0].kind == c.JUDGED for t in cut.threads)
    return {
        "links": [
            {
                **_evidence(group, link), "ads": sorted({link.a, link.b}),
            }
            for thread in cut.threads[:LINKS_NAMED] for link in thread.links
        ],
        "threads": len(cut.threads), "judged": judged,
        "with_a": list(cut.with_a[:ADS_NAMED]), "with_b": list(cut.with_b[:ADS_NAMED]),
        "count_a": len(cut.with_a), "count_b": len(cut.with_b),
        "elsewhere": len(net.ads) - len(cut.with_a) - len(cut.with_b),
    }  # fmt: skip


def against(group: Group, a: Doc, b: Doc) -> list[str]:
    """Return what speaks against two ads belonging together, as sentences of what they contain."""
    out = []
    for kind, what in (("name", "They name different people"), ("age", "They state different ages")):
        mine, other = _said(a, kind), _said(b, kind)
        apart = kind == "name" or all(abs(int(x) - int(y)) >= p.AGE_APART for x in mine for y in other)
        if mine and other and not mine & other and apart:
            out.append(f"{what}: {text_list(sorted(mine))}; {text_list(sorted(other))}.")
    days = abs((a.at - b.at).total_seconds()) / 86_400 if a.at and b.at else None
    if days is not None and days >= p.FAR_DAYS:
        out.append(f"{days:,.0f} days lie between them.")
    if days is not None and a.place and b.place and a.place != b.place:
        km = _km(a, b)
        if km is not None and km > FASTEST_KMH * 24 * days:
            out.append(f"{a.place} and {b.place}, {km:,.0f} km apart, within {days * 24:.1f} hours.")
    both = {(m["kind"], m["value"]) for m in a.said} & {(m["kind"], m["value"]) for m in b.said}
    out += [
        f"Both carry {label(*key)}, which joins nothing: {group.common[key]}."
        for key in sorted(both) if key in group.common
    ]  # fmt: skip
    out += [
        f"Judged different by {j.by} on {day(j.at)}: {j.why}" for j in _judged_different(group, a.id, b.id)
    ]
    return out


def _said(doc: Doc, kind: str) -> set[str]:
    values: Iterable[str] = (m["value"] for m in doc.mentions if m["kind"] == kind)
    return {v for v in values if kind != "age" or v.isdecimal()}


def _km(a: Doc, b: Doc) -> float | None:
    if a.position is None or b.position is None:
        return None
    (x, y), (u, v) = a.position, b.position
    return float(distance_km(np.array([x]), np.array([y]), np.array([u]), np.array([v]))[0])


def _judged_different(group: Group, a: str, b: str) -> list[Any]:
    with group.run.house.ledger.read() as tx:
        said = judgements.history(tx, a)
    pair = (min(a, b), max(a, b))
    last = {j.by: j for j in said if (j.a, j.b) == pair}
    return [j for j in last.values() if j.judgement is Judgement.DIFFERENT]

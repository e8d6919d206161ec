"""Findings: every indicator asked of every group, and the score that they add up to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from homeward.connect.card import SHIPPED, Card
from homeward.connect.groups import Group, Scene
from homeward.connect.indicators import Found, Indicator, all_indicators
from homeward.connect.rank import families, score
from homeward.connect.tools import Ints
from homeward.model import ids
from homeward.model.finding import Direction, Finding
from homeward.model.identity import Level

# Findings carry this many mentions and ads at most: enough to check the sentence, not a copy of the group.
MOST_SHOWN = 60
# What a sentence adds where more ads make it true than are listed.
LISTED = f" – listed: the first {MOST_SHOWN} of "


@dataclass(frozen=True)
class Judgement:
    """One group with what was found about it."""

    id: str
    group: Group
    findings: tuple[Finding, ...]
    score: float
    families: int


def judge(scene: Scene, card: Card = SHIPPED) -> Iterator[Judgement]:
    """Yield every group of two ads or more with its findings, in order of its earliest ad.

    A single ad is never scored: the evidence is about groups. Rules see every ad once, however often it was
    posted again; what they found is told of its copies too.
    """
    rules = [indicator for indicator in all_indicators() if indicator.rule is not None]
    same = scene.saying
    for ads, once in scene.groups():
        group, copies = Group(scene, once), _copies(ads, same[ads])
        whole = group if np.array_equal(once, ads) else Group(scene, ads)
        name = ids.identity_id(Level.NETWORK, scene.facts.ad_ids[int(ads[0])])
        findings = tuple(
            finding(name, scene, rule, _with_copies(found, copies))
            for rule in rules
            if rule.rule is not None and (found := rule.rule(group)) is not None
        )
        yield Judgement(name, whole, findings, score(findings, card), families(findings))


def _copies(ads: Ints, same: Ints) -> dict[int, list[int]]:
    """Return the ads of a group that are copies (`same` numbers what they say), by the first of them."""
    first: dict[int, int] = {}
    out: dict[int, list[int]] = {}
    for ad, original in zip(ads.tolist(), same.tolist(), strict=True):
        head = first.setdefault(original, ad)
        if head != ad:
            out.setdefault(head, []).append(ad)
    return out


def _with_copies(found: Found, copies: dict[int, list[int]]) -> Found:
    """Return what was found with the copies of its ads."""
    if not copies:
        return found
    more = [copy for ad in found.ads for copy in copies.get(ad, ())]
    said = [(copy, kind, value) for ad, kind, value in found.mentions for copy in copies.get(ad, ())]
    return replace(found, ads=(*found.ads, *more), mentions=(*found.mentions, *said))


def finding(identity: str, scene: Scene, rule: Indicator, found: Found) -> Finding:
    """Return what a rule found in its spoken form, its mentions and ads sorted and cut to what is shown."""
    captures = scene.facts.captures
    mentions = sorted(set(found.mentions))[:MOST_SHOWN]
    sentence = found.sentence
    if len(found.ads) > MOST_SHOWN:
        sentence += f"{LISTED}{len(found.ads):,} ads"
    weight = 0.0 if rule.direction is Direction.SHOWN else round(found.weight, 6)
    return Finding(
        identity=identity,
        indicator=rule.id,
        family=rule.family,
        direction=rule.direction,
        strength=rule.strength,
        sentence=sentence,
        weight=weight,
        source=rule.source,
        mentions=tuple((captures[ad], kind, value) for ad, kind, value in mentions),
        ads=tuple(scene.facts.ad_ids[ad] for ad in sorted(found.ads)[:MOST_SHOWN]),
    )

"""Findings: every indicator asked of every group, and the score that they add up to."""

from __future__ import annotations

from dataclasses import dataclass

from homeward.connect.groups import Group, Scene
from homeward.connect.indicators import Found, Indicator, all_indicators
from homeward.connect.rank import families, score
from homeward.connect.tools import split_by
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


def judge(scene: Scene) -> list[Judgement]:
    """Return every group of two ads or more with its findings, in order of its earliest ad.

    A single ad is never scored: the evidence is about groups.
    """
    rules = [indicator for indicator in all_indicators() if indicator.rule is not None]
    out = []
    for ads in split_by(scene.network):
        if len(ads) < 2:
            continue
        group = Group(scene, ads)
        name = ids.identity_id(Level.NETWORK, scene.facts.ad_ids[int(ads[0])])
        findings = tuple(
            finding(name, scene, rule, found)
            for rule in rules
            if rule.rule is not None and (found := rule.rule(group)) is not None
        )
        out.append(Judgement(name, group, findings, score(findings), families(findings)))
    return out


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

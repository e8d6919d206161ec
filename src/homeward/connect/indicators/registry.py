"""What an indicator is, and the list of them all."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from homeward.connect import parameters as p
from homeward.connect.groups import Group
from homeward.model.finding import Direction, Strength

NIJ = "National Institute of Justice / Journal of Human Trafficking 2024, 1,263 ads with known outcomes, US"
# How that finding is used here: on groups, by share, with word lists of ours; so it is no longer tested.
NIJ_SHARE = (
    "National Institute of Justice / Journal of Human Trafficking 2024: tested per ad in one US study, not "
    "replicated; used here as a share of a group's wordings"
)
EXPERTS = "Expert consensus, as summed up in NIJ 2024; no outcome study"
PORTNOFF = "Portnoff et al., KDD 2017; Nagpal et al., EACL 2017"
FREEMAN = "Freeman et al. 2025"
GIOMMONI = "Giommoni & Ikwu 2021, Trends in Organized Crime"


@dataclass(frozen=True, slots=True)
class Found:
    """What one indicator found in one group.

    `mentions` are (ad, kind, value) by the ad's number; `ads` the ads that make the sentence true.
    """

    sentence: str
    weight: float
    ads: tuple[int, ...]
    mentions: tuple[tuple[int, str, str], ...] = ()


Rule = Callable[[Group], Found | None]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One rule with its source. `off` is why it is not used, empty if it is."""

    id: str
    family: str
    direction: Direction
    strength: Strength
    sentence: str
    source: str
    date: str
    rule: Rule | None
    off: str = ""


_ALL: dict[str, Indicator] = {}


def indicator(
    family: str, direction: Direction, strength: Strength, *, source: str, date: str
) -> Callable[[Rule], Rule]:
    """Register a rule; its name is its id and the first line of its docstring its sentence."""

    def register(rule: Rule) -> Rule:
        name: str = rule.__name__
        sentence = (rule.__doc__ or "").strip().splitlines()[0]
        _ALL[name] = Indicator(name, family, direction, strength, sentence, source, date, rule)
        return rule

    return register


def left_out(
    name: str, family: str, strength: Strength, sentence: str, why: str, source: str, date: str
) -> None:
    """Register an indicator that is known and not used, with the reason."""
    _ALL[name] = Indicator(name, family, Direction.FOR, strength, sentence, source, date, None, why)


def registered() -> tuple[Indicator, ...]:
    """Return every registered indicator, in the order of registration."""
    return tuple(_ALL.values())


def told_by_share(share: float, base: float, odds: float) -> float:
    """Return what one wording adds (log-odds) if `share` of a group's hold a sign that `base` elsewhere do.

    `odds` is how much likelier the sign is in the groups looked for: a share like everybody's tells against.
    """
    base = min(max(base, p.LEAST_BASE), 1.0 - p.LEAST_BASE)
    raised = odds * base / (1 - base + odds * base)
    return share * math.log(raised / base) + (1 - share) * math.log((1 - raised) / (1 - base))

"""Which kind of place advertises? A type to filter by; it is never evidence, for or against.

Victims are found in every one of them, so no indicator reads this.
"""

from __future__ import annotations

from homeward.connect import parameters as p
from homeward.connect.groups import Group

MASSAGE, AGENCY, INDEPENDENT, UNKNOWN = "massage business", "agency", "independent", "unknown"


def venue_type(group: Group) -> str:
    """Return the kind of place, by plain rules over the group's wordings.

    A massage business speaks of massage in most wordings and of a house (a spa, a studio, walk-ins) or its
    address in most; an agency speaks of others in most, with several names and few numbers; an independent
    has one name and speaks of nobody else.
    """
    others = _share(group, "third party")
    if _share(group, "massage") >= p.VENUE_SHARE and _share(group, "house") >= p.VENUE_SHARE:
        return MASSAGE
    numbers = len(group.own_numbers)
    if others >= p.VENUE_SHARE and len(group.named) >= p.AGENCY_NAMES and numbers <= p.AGENCY_NUMBERS:
        return AGENCY
    return INDEPENDENT if len(group.named) == 1 and not others else UNKNOWN


def _share(group: Group, family: str) -> float:
    """Return the share of the group's wordings that hold a family, or an address for a house."""
    starts, _ = group.scene.by_kind["address"]
    held = 0
    for ads in group.wordings.values():
        words = any(kind == family for ad in ads for kind, _ in group.scene.hits.get(ad, ()))
        held += words or (family == "house" and any(starts[ad] < starts[ad + 1] for ad in ads))
    return held / len(group.wordings)

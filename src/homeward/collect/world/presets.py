"""The seven kinds of world, each a frozen set of parameters. A preset is never eased once it is out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from homeward.model.errors import UsageError


@dataclass(frozen=True, slots=True)
class Networks:
    """How the controlled networks of a world behave."""

    personas: tuple[int, int] = (2, 8)
    lines: tuple[int, int] = (14, 70)  # ad lines a network
    phone_days: tuple[int, int] = (20, 60)  # days until a line of personas gets a new number
    per_ad_phone: float = 0.0  # share of ads with a number used in this ad alone
    phone_missing: float = 0.02  # share of ads without any number
    phone_obscured: float = 0.35
    shared_phone: float = 0.6  # chance that a persona uses the number of the persona before her
    handle: float = 0.18  # share of ads with a handle or an e-mail that the operator keeps
    wordings: tuple[int, int] = (2, 4)
    drift_days: tuple[int, int] = (12, 30)
    drift: float = 0.08  # share of sentences that one step of drift touches
    edit: float = 0.06  # share of sentences that one ad alone changes or drops
    service: float = 0.0  # share of networks that buy their wording from a service
    photo_reuse: float = 0.35  # chance that a photo is one that another persona of hers has shown
    photos: float = 0.8  # share of ads with photos


@dataclass(frozen=True, slots=True)
class Preset:
    """A kind of world. Shares are of ad lines; they are quotas, met as closely as whole advertisers allow."""

    name: str
    shares: dict[str, float]
    networks: Networks = field(default_factory=Networks)
    lines: tuple[int, int] = (1, 12)  # ad lines an independent person
    foreign: float = 0.04  # share of advertisers outside of English
    obscured: float = 0.15  # share of independents who always obscure their number
    own_phone_missing: float = 0.02  # share of independents' ads without a number
    service: float = 0.06  # share of independents who buy a wording from an ad-writing service
    services: int = 3  # how many services there are, and one more for every 4,000 lines
    footer: float = 0.5  # share of a boilerplate site's ads that carry its footer
    hub: float = 0.004  # share of ads that name a desk number used by unrelated advertisers
    rival: float = 0.004  # share of ads that name a number of somebody else
    stock: float = 0.03  # share of ads with a stock photo
    recycled: float = 0.04  # share of new numbers that somebody else had months before
    repeat: float = 0.03  # share of lines that repeat an ad unchanged
    revise: float = 0.02  # share of lines that change an ad under its key
    url_phone: float = 0.03  # share of ads whose address holds the number
    split_phone: float = 0.01  # share of ads whose number stands in two places


STANDARD_SHARES = {
    "independent": 0.44, "network": 0.13, "single": 0.01, "friends": 0.05, "touring": 0.03,
    "agency": 0.06, "massage": 0.10, "spam": 0.06, "scam": 0.04, "generic": 0.08,
}  # fmt: skip

_STANDARD = Preset("standard", STANDARD_SHARES)

PRESETS: dict[str, Preset] = {
    p.name: p
    for p in (
        replace(
            _STANDARD,
            name="easy",
            shares={**STANDARD_SHARES, "network": 0.22, "independent": 0.41, "spam": 0.03, "scam": 0.02},
            networks=Networks(
                phone_days=(40, 90), phone_obscured=0.15, drift=0.05, drift_days=(25, 60), edit=0.03,
                wordings=(1, 2), handle=0.3, photo_reuse=0.5,
            ),
            foreign=0.0, service=0.0, hub=0.0, rival=0.0, recycled=0.0, stock=0.01, split_phone=0.0,
        ),
        _STANDARD,
        replace(
            _STANDARD,
            name="hard",
            shares={**STANDARD_SHARES, "network": 0.17, "independent": 0.40, "friends": 0.06,
                    "touring": 0.04, "agency": 0.04},
            networks=Networks(
                lines=(12, 60), phone_days=(6, 14), per_ad_phone=0.2, phone_missing=0.25,
                phone_obscured=0.8, shared_phone=0.35, handle=0.25, wordings=(2, 4), drift_days=(8, 18),
                drift=0.12, edit=0.14, service=0.25, photo_reuse=0.5, photos=0.85,
            ),
            obscured=0.3, own_phone_missing=0.12, service=0.22, services=4, footer=0.7, hub=0.02,
            rival=0.015, stock=0.08, recycled=0.12, split_phone=0.03,
        ),
        replace(
            _STANDARD,
            name="spam",
            shares={**STANDARD_SHARES, "spam": 0.45, "scam": 0.10, "independent": 0.17, "generic": 0.05,
                    "massage": 0.04, "network": 0.08},
        ),
        replace(
            _STANDARD,
            name="sparse",
            shares={**STANDARD_SHARES, "single": 0.04, "network": 0.12, "independent": 0.42},
            networks=Networks(personas=(2, 4), lines=(3, 9)),
            lines=(1, 3),
        ),
        replace(_STANDARD, name="multilingual", foreign=0.75),
        replace(
            _STANDARD,
            name="decoys",
            shares={**STANDARD_SHARES, "network": 0.08, "independent": 0.37, "friends": 0.12,
                    "touring": 0.08, "agency": 0.12, "spam": 0.04, "massage": 0.08, "scam": 0.02},
            service=0.25, services=5, footer=0.9, hub=0.03, rival=0.03, stock=0.12, recycled=0.12,
            obscured=0.35,
        ),
    )
}  # fmt: skip


def find_preset(name: str) -> Preset:
    """Return the preset of that name."""
    if name not in PRESETS:
        raise UsageError(f"There is no preset {name}.", remedy=f"Choose one of: {', '.join(PRESETS)}.")
    return PRESETS[name]

"""Indicators from how one reaches the advertiser: how numbers are spelled, change, and stay."""

from __future__ import annotations

from statistics import median

import numpy as np

from homeward.connect import parameters as p
from homeward.connect.groups import HIDDEN, Group
from homeward.connect.indicators.people import passed_on
from homeward.connect.indicators.registry import EXPERTS, NIJ_SHARE, PORTNOFF, Found, indicator, told_by_share
from homeward.connect.indicators.ways import two_ways
from homeward.connect.prices import is_far
from homeward.model.finding import Direction, Strength


@indicator(HIDDEN, Direction.FOR, Strength.EXPERT, source=NIJ_SHARE, date="2024-01-01")
def obscured_number(group: Group) -> Found | None:
    """The number is spelled with words, symbols or gaps, more often than by others of the site and city."""
    scene = group.scene
    if not scene.obscured[group.ads].any():
        return None
    with_number = {w: [a for a in ads if scene.has_number[a]] for w, ads in group.wordings.items()}
    with_number = {w: ads for w, ads in with_number.items() if ads}
    hidden = {w: [a for a in ads if scene.obscured[a]] for w, ads in with_number.items()}
    hidden = {w: ads for w, ads in hidden.items() if ads}
    total, count = len(with_number), len(hidden)
    if total < p.LEAST_WORDINGS or not count:
        return None
    base = scene.baseline(HIDDEN, group.ads)
    each = told_by_share(count / total, base, p.OBSCURED_ODDS)
    # Wordings of one person are one habit: no more of them count than there are names.
    weight = each * min(total, max(1, len(group.named)), p.MOST_COUNTED_WORDINGS)
    if weight <= 0:
        return None
    ads = sorted(ad for some in hidden.values() for ad in some)
    starts, values = scene.by_kind["phone"]
    return Found(
        f"Number spelled with words, symbols or gaps in {count} of {total} wordings "
        f"(elsewhere here: {round(100 * base)} %)",
        min(p.MOST_FAMILY, weight),
        tuple(ads),
        tuple(
            (ad, "phone", group.text(v)) for ad in ads for v in values[starts[ad] : starts[ad + 1]].tolist()
        ),
    )


@indicator(HIDDEN, Direction.FOR, Strength.EXPERT, source=PORTNOFF, date="2017-08-13")
def number_written_two_ways(group: Group) -> Found | None:
    """One number, or the number of one name, is spelled out in some wordings and written plainly in others.

    Whoever writes for herself keeps to one way; several hands, or one that tries what passes, do not.
    """
    told = two_ways(group)
    if told is None:
        return None
    value, scene = told.value, group.scene
    which = group.shown(value) if value in group.own_numbers else f"given for {group.text(value)}"
    said = {ad: {value, *(n for n, ads in group.own_numbers.items() if ad in ads)} for ad in told.ads}
    return Found(
        f"Number {which} spelled with words, symbols or gaps in {told.hidden} "
        f"{'wording' if told.hidden == 1 else 'wordings'} and written plainly in {told.plain}",
        min(p.MOST_FAMILY, p.TWO_WAYS + p.MORE_WAYS * (min(told.hidden, told.plain) - 1)),
        told.ads,
        tuple((ad, str(scene.facts.value_kind[one]), group.text(one)) for ad in told.ads for one in said[ad]),
    )


@indicator("changing numbers", Direction.FOR, Strength.EXPERT, source=PORTNOFF, date="2017-08-13")
def rotating_numbers(group: Group) -> Found | None:
    """The same people or wordings appear under one number after another."""
    phones = group.own_numbers
    if len(phones) < 2:
        return None
    weight = min(p.MOST_NUMBERS, p.PER_NUMBER * (len(phones) - 1))
    if len(phones) == 2 and not _one_wording(group, list(phones.values())) and not passed_on(group):
        # Two people with a number each are two people; one person's second number is news if it comes soon.
        if len(group.named) > 1 or group.span > p.TURNOVER_DAYS:
            return None
        weight = p.SECOND_NUMBER
    ads = sorted({ad for some in phones.values() for ad in some})
    days = max(1, round(group.span))
    return Found(
        f"{len(phones)} numbers in {days} {'day' if days == 1 else 'days'}",
        weight,
        tuple(ads),
        tuple((ad, "phone", group.text(phone)) for phone, some in phones.items() for ad in some),
    )


def _one_wording(group: Group, of_numbers: list[list[int]]) -> bool:
    """Whether a wording of the group's own, used for several names, stands under each of some numbers."""
    shared = {template for template, names in group.own_wordings.items() if len(names) > 1}
    under = [{int(t) for t in group.scene.template[ads].tolist()} for ads in of_numbers]
    return bool(shared.intersection(*under))


@indicator("steady contact", Direction.AGAINST, Strength.EXPERT, source=EXPERTS, date="2024-01-01")
def steady_open_contact(group: Group) -> Found | None:
    """One number, written plainly, serves several names, each with her own pictures; the longer, the more."""
    phones, scene = group.values("phone"), group.scene
    if not phones or len(group.named) < 2 or group.lent_photos:
        return None
    phone, ads = max(phones.items(), key=lambda item: (len(item[1]), group.text(item[0])))
    days = group.days(ads)
    span = max(days) - min(days)
    # Wordings that give no number say nothing about how numbers are given.
    telling = sum(bool(scene.has_number[some].any()) for some in group.wordings.values())
    under = set(ads)
    wordings = [
        some
        for some in group.wordings.values()
        if not under.isdisjoint(some) and not scene.obscured[some].any()
    ]
    if span < max(p.STEADY_DAYS, p.STEADY_SHARE * group.span) or len(ads) < p.LEAST_WORDINGS:
        return None
    if len(wordings) < p.STEADY_SHARE * telling:
        return None
    return Found(
        f"One number ({group.shown(phone)}), written plainly, in {len(wordings)} of {telling} "
        f"wordings that give a number, over {span} days",
        max(p.MOST_STEADY, p.STEADY_MONTH * span / 30),
        tuple(ads),
    )


@indicator("price", Direction.FOR, Strength.EXPERT, source=EXPERTS, date="2024-01-01")
def price_far_from_local(group: Group) -> Found | None:
    """Prices are far from the middle price of the same city."""
    price, local = group.scene.price[group.ads], group.scene.local_price[group.ads]
    known = np.isfinite(price) & np.isfinite(local) & (local > 0)
    if int(known.sum()) < p.LEAST_WORDINGS:
        return None
    ratio = median((price[known] / local[known]).tolist())
    if not is_far(ratio):
        return None
    return Found(
        f"Middle price for an hour is {round(100 * ratio)} % of the local middle price",
        p.PRICE,
        tuple(group.ads[known].tolist()),
    )

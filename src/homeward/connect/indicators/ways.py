"""Ways: is one number, or one name's, spelled out here and written plainly there?"""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from homeward.connect.groups import Group
from homeward.connect.written import HIDDEN, PLAIN


@dataclass(frozen=True, slots=True)
class TwoWays:
    """A number or a name (`value`), in how many wordings its number is spelled and plain, and the ads."""

    value: int
    hidden: int
    plain: int
    ads: tuple[int, ...]


# Several rules ask it of a group, which holds all ads of its run: none is kept longer than it is looked at.
_told: WeakKeyDictionary[Group, TwoWays | None] = WeakKeyDictionary()


def two_ways(group: Group) -> TwoWays | None:
    """Return the number, else the name, whose number is written both ways most often; None if none is."""
    if group not in _told:
        _told[group] = _most_ways(group)
    return _told[group]


def _most_ways(group: Group) -> TwoWays | None:
    scene = group.scene
    own: dict[int, list[int]] = {}
    for number, some in group.own_numbers.items():
        for ad in some:
            own.setdefault(ad, []).append(number)
    best: TwoWays | None = None
    for value, said in [*sorted(group.own_numbers.items()), *sorted(group.lone_names.items())]:
        ads = [ad for ad in said if ad in own]
        # The readers' word is asked first: few groups have both, and only theirs are looked up.
        if len({bool(scene.obscured[ad]) for ad in ads if scene.has_number[ad]}) < 2:
            continue
        asked = {ad: [value] if value in group.own_numbers else own[ad] for ad in ads}
        ways = {ad: scene.written.ways(ad, frozenset(map(group.text, asked[ad]))) for ad in ads}
        hidden = len({int(scene.wording[ad]) for ad in ads if HIDDEN in ways[ad]})
        plain = len({int(scene.wording[ad]) for ad in ads if ways[ad] == {PLAIN}})
        if min(hidden, plain) > (min(best.hidden, best.plain) if best else 0):
            best = TwoWays(value, hidden, plain, tuple(ad for ad in ads if ways[ad]))
    return best

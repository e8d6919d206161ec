"""How a telephone number is written, and what odd writing costs: gaps, groups, letters, words."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from homeward.extract.phone_gaps import Gap, weigh_gap
from homeward.extract.text.digit_words import HOMOPHONES, SURE_LETTERS
from homeward.extract.text.digits import LEET, PLAIN, WORD, Atom
from homeward.extract.text.tokens import WATCH

SPOKEN_FOR = 4.0  # a price, time, date or measure is among the digits
ODD_GROUPS = 2.5  # plain figures grouped as nobody groups a telephone number: mostly lists of prices
WEAK = 0.4  # each word or letter that is as likely none: ten of them make a sentence
GAPS_AT_MOST = 2.0  # what oddness of gaps may cost, if there are but two forms of gap: a habit, not chance
LETTERS_BETWEEN = 1.0  # the same, where every gap is one letter: nothing else is written so
LAST_HOMOPHONE = 0.5  # "… six zero one for": rather the sentence goes on
ROUND_GROUPS = 2.5  # every group divisible by ten: a list of prices (one number in a thousand)
GROUPINGS = frozenset(
    [
        (10,),
        (5, 5),
        (3, 3, 4),
        (3, 7),
        (6, 4),
        (11,),
        (1, 10),
        (1, 3, 3, 4),
        (1, 3, 7),
        (1, 6, 4),
        (4, 3, 4),
        (4, 7),
        (7, 4),
    ]
    + [(1,) * n for n in (10, 11)]
)
PARTED = frozenset(
    [(3, 3, 4), (1, 3, 3, 4), (3, 7), (1, 3, 7), (6, 4)]
)  # groups that words may stand between
LISTED = 1.5
GROUPED = 0.25  # each such letter where three, three and four stand together
MEANT = 0.1  # each such word, if what stands between is everywhere the same
UNIFORM = 1.0  # what gaps cost at most if every digit is parted from the next by the same marks
PAIRS = (2, 2, 2, 2, 2)
PAIRED = (
    1.5  # ten figures in pairs, as nobody in North America groups them but who hides them; no rising list
)
FLAVOUR = attrgetter("flavour")
SPELT_OUT = 7  # words, each of them digits
OPENING = 1.5  # the same homophone as the first of nothing but digit words


@lru_cache(maxsize=1 << 14)
def plainly(raw: str, home: bool, plus: bool) -> tuple[float, bool]:
    """Return what the writing of a number in figures costs, and whether plain search would miss it."""
    groups = "".join(c if "0" <= c <= "9" else " " for c in raw).split()
    between = _between(raw)
    inner = [weigh_gap(gap) for gap in between]
    cost = _gap_costs(between, inner) + _grouping_cost(groups, between, inner, home, plus)
    return cost, any(gap.obscured for gap in inner)


WATCH.also(plainly.cache_clear)


def _between(raw: str) -> list[str]:
    """Return what stands between the figures of a number."""
    out, last = [], 0
    for at in range(1, len(raw)):
        if "0" <= raw[at] <= "9":
            if at > last + 1:
                out.append(raw[last + 1 : at])
            last = at
    return out


def oddly(lower: str, picked: list[Atom], inner: list[Gap], home: bool, plus: bool) -> tuple[float, bool]:
    """Return the same for a number with words or letters in it, or with atoms left out."""
    first, plain = picked[0], not any(map(FLAVOUR, picked))
    between = [lower[a.end : b.start] for a, b in pairwise(picked)]
    cost = _gap_costs(between, inner) if inner else 0.0
    if not plain:
        cost = min(cost, UNIFORM) if _spelt_out(picked) else cost
        # Ten digits with the same between every two are written so on purpose, whatever the words.
        meant = (
            len(between) >= 8 and len(set(between)) == 1 and 2 * sum(a.weak for a in picked) <= len(picked)
        )
        weak = sum(a.weak and (a.flavour == LEET or a.end - a.start > 1) for a in picked)
        cost += (MEANT if meant else GROUPED if _grouped(picked) else WEAK) * weak
        if first.weak and not meant and lower[first.start : first.end] in HOMOPHONES:
            # "text to 702 …": a number hardly begins with such a word, unless it is words throughout.
            cost += OPENING if all(a.flavour == WORD for a in picked) else SPOKEN_FOR
        cost += _edges(lower, picked)
    marks = {gap.strip() for gap in between} - {""}
    if len(marks) > 1 and not marks.isdisjoint({",", ";"}) and not _spelt_out(picked):
        cost += LISTED  # "2014, 2021\ntwo, four": items of lists
    if inner and (plain or not _disguised(picked)):
        groups = [first.digits]
        for gap, atom in zip(between, picked[1:], strict=True):
            if gap:
                groups.append(atom.digits)
            else:
                groups[-1] += atom.digits
        cost += _grouping_cost(groups, between, inner, home, plus)
    return cost, not plain or any(g.obscured for g in inner)


def _grouped(picked: list[Atom]) -> bool:
    """Whether what touches is three digits, three and four, or all ten: as numbers are written."""
    sizes = [0]
    for n, atom in enumerate(picked):
        if n and picked[n - 1].end != atom.start:
            sizes.append(0)
        sizes[-1] += len(atom.digits)
    return sizes in ([3, 3, 4], [10])


def _spelt_out(picked: list[Atom]) -> bool:
    """Whether every digit is a word of its own, as nobody writes a list of amounts."""
    return len(picked) >= SPELT_OUT and all(a.flavour == WORD and not a.step for a in picked)


def _disguised(picked: list[Atom]) -> bool:
    """Whether digits are written so on purpose: words or letters among them, and not only at one edge.

    A letter counts if it stands between figures without a gap ("7o2"); a unit glued to a figure ("118lb") and
    a word beside figures ("one") may be chance.
    """
    odd = [n for n, atom in enumerate(picked) if atom.flavour != PLAIN]
    sure = 0
    for n in odd:
        inside = 0 < n < len(picked) - 1
        if not picked[n].weak:
            sure += 2 if inside or len(picked[n].digits) == 2 else 1
        elif inside and picked[n - 1].end == picked[n].start and picked[n].end == picked[n + 1].start:
            sure += 1 if picked[n - 1].weak or picked[n + 1].weak else 2
    return sure >= 2


def _edges(lower: str, picked: list[Atom]) -> float:
    """What it costs to begin or end with a lone letter or with a word that is mostly none: "8388. I look"."""
    cost = 0.0
    for edge, near in ((picked[0], picked[1:2]), (picked[-1], picked[-2:-1])):
        if edge.weak and near:
            gap = lower[min(edge.end, near[0].end) : max(edge.start, near[0].start)]
            letter = edge.end - edge.start == 1
            alone = letter and not gap and sum(a.weak for a in picked) == 1
            if alone and len(near[0].digits) >= 7 and lower[edge.start] not in SURE_LETTERS:
                cost += SPOKEN_FOR  # "B12345678": a serial number
            elif letter and " " in gap and (gap != " " or lower[edge.start] == "i"):
                cost += SPOKEN_FOR
            elif lower[edge.start : edge.end] in HOMOPHONES:
                cost += LAST_HOMOPHONE
    return cost


def _apart(shape: tuple[int, ...], groups: list[str]) -> bool:
    """Whether the area code stands by itself and the rest is cut up, into no round prices."""
    cut = len(shape) == 4 and shape[0] == 3 and all(2 <= size <= 4 for size in shape)
    return cut and any(group[-1] not in "05" for group in groups)


def _gap_costs(between: list[str], inner: list[Gap]) -> float:
    total = sum(g.cost for g in inner)
    if total > UNIFORM and len(between) >= 8 and len(set(between)) == 1 and not inner[0].worded:
        return UNIFORM
    if total > GAPS_AT_MOST:
        forms = {gap.strip() for gap in between}
        forms = {"letter" if len(form) == 1 and form.isalpha() else form for form in forms}
        if forms <= {"letter", ""}:
            return LETTERS_BETWEEN
        if len(forms) <= 2:
            return GAPS_AT_MOST
    return total


def _grouping_cost(groups: list[str], between: list[str], inner: list[Gap], home: bool, plus: bool) -> float:
    """Return what it costs that nobody groups the digits of a telephone number so."""
    shape = tuple(map(len, groups))
    stripped = [gap.strip() for gap in between]
    marks = set(stripped) - {""}
    # A slash behind the area code is usual; "$164/212/314, 5079 Main St" is a list.
    slashed = stripped.count("/") == 1 and stripped[-2] == "/" if len(stripped) > 1 else False
    slashed = slashed and shape[-3:] == (3, 3, 4) and marks <= {"/", "-", "."}
    listed = not slashed and len(marks) > 1 and not marks.isdisjoint({"/", ",", "|", ";"})
    if listed or any(gap.worded for gap in inner):
        return ODD_GROUPS
    if len(groups) > 2 and all(g[-1] == "0" for g in groups):
        return ROUND_GROUPS
    if any(gap.filler for gap in inner) and shape not in PARTED and sum(size == 1 for size in shape) < 5:
        return ODD_GROUPS
    if shape in GROUPINGS or not home or plus:
        return 0.0
    if len(set(between)) == 1 and groups != sorted(groups) and (shape == PAIRS or _apart(shape, groups)):
        return PAIRED
    if sum(size == 1 for size in shape) >= 5:
        return 0.5  # nobody lists single figures
    if len(between) > 1 and len(set(between)) == 1 and any(g.obscured for g in inner):
        return 0.5  # the same odd separator throughout is a habit of hiding numbers, not a list
    return ODD_GROUPS

"""What stands around digits and says that they are something else: a price, a time, a date, a measure.

`flags` returns for each atom whether it is spoken for. The rules are about what touches the digits, so
that they hold in any language: currency signs, unit words, times with colons, dates, decimals, heights,
ordinals.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from homeward.extract.knowledge.load import lexicon
from homeward.extract.text.digits import WORD, Atom

CURRENCY = frozenset("$€£¥₽₹₩₺₴₱₫฿₪")
UNITS = lexicon("phone.units")
# Words before digits that make them a serial number, not a telephone number.
SERIAL = lexicon("phone.serial")
CUES = lexicon("phone.cues")
# Words that stand before telephone numbers and serial numbers alike: the word before them decides.
EITHER = lexicon("phone.either")
# Words before the site's own numbers, unless they follow the name of a messenger.
IDS = lexicon("phone.ids")
PLAIN, MEASURE, DATE, TIME, PRICE, DECIMAL = range(6)


def flags(lower: str, atoms: Sequence[Atom]) -> list[int]:
    """Return what each atom is, as far as its surroundings say; `PLAIN` if they say nothing."""
    found = [PLAIN] * len(atoms)
    for n, atom in enumerate(atoms):
        if atom.flavour or found[n]:
            continue
        if len(atom.digits) == 8 and _compact_date(atom.digits):
            found[n] = DATE
        elif len(atom.digits) <= 5:
            found[n] = _single(
                lower, atom, n > 0 and atoms[n - 1].end == atom.start - 1 and lower[atom.start - 1] in "-./)"
            )
        if n + 1 < len(atoms) and not atoms[n + 1].flavour:
            _pair_or_date(lower, atoms, n, found)
    return found


def _single(lower: str, atom: Atom, joined: bool) -> int:
    """Judge one short figure by what touches it."""
    before = lower[max(0, atom.start - 2) : atom.start]
    after = lower[atom.end : atom.end + 14]
    if before and (before[-1] in CURRENCY or (before[-1] == " " and before[0] in CURRENCY)):
        return PRICE
    if (after[:1] in CURRENCY and after[:1]) or (
        after[:1] == " " and after[1:2] in CURRENCY and after[1:2] != "$"
    ):
        return PRICE
    if after[:1] in ("%", "°", "'", '"', "+") and not joined:
        return MEASURE
    if joined and before[-1:] in "-.)":
        return PLAIN
    word = _first_word(after)
    if not word:
        return PLAIN
    return MEASURE if word in UNITS else PLAIN


@lru_cache(maxsize=4096)
def _first_word(after: str) -> str:
    text = after.lstrip(" -/")
    end = 0
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[:end]


def _pair_or_date(lower: str, atoms: Sequence[Atom], n: int, found: list[int]) -> None:
    """Judge figures by the figures they are joined to: times, dates, decimals, 24/7, measurements, ranges."""
    first, second = atoms[n], atoms[n + 1]
    gap = lower[first.end : second.start]
    if len(gap) != 1 or gap not in ":/.-,":
        return
    third = atoms[n + 2] if n + 2 < len(atoms) else None
    gap2 = lower[second.end : third.start] if third is not None else ""
    before = n > 0 and atoms[n - 1].end == first.start - 1 and lower[first.start - 1] in ":/.-"
    before = before or (gap == "," and n > 2 and all(len(a.digits) == 1 for a in atoms[n - 3 : n + 2]))
    glued = (n > 0 and atoms[n - 1].end == first.start) or (third is not None and third.start == second.end)
    if before or glued:
        return  # "nine35.8053": words run into the figures, which are no decimal
    if _telephone(first, second, third, gap, gap2):
        return
    fourth = (
        n + 3 < len(atoms) and atoms[n + 3].start - atoms[n + 2].end == 1 and lower[atoms[n + 2].end] in ".-/"
    )
    if (
        third is not None
        and gap2 == gap
        and gap in "/.-"
        and not fourth
        and _is_date(first.digits, second.digits, third.digits)
    ):
        found[n] = found[n + 1] = found[n + 2] = DATE
    elif gap == ":" and len(first.digits) <= 2 and len(second.digits) == 2 and (gap2 != ":" or not fourth):
        found[n] = found[n + 1] = TIME
    elif gap in "/," and len(first.digits) <= 3 and len(second.digits) <= 3 and gap2 != gap:
        found[n] = found[n + 1] = PRICE if gap == "," else MEASURE
    elif gap == "." and len(first.digits) <= 3 and gap2 not in (".", "-") and not _prefix(first, second):
        near = [(atoms[n - 1].end, first.start, atoms[n - 1])] if n else []
        near += [(second.end, third.start, third)] if third is not None else []
        if _two_groups(first, second) or any(a.flavour == WORD and start - end < 2 for end, start, a in near):
            return  # "5.zero3.2": digit words close by
        found[n] = found[n + 1] = DECIMAL


def _compact_date(digits: str) -> bool:
    return digits[:2] in ("19", "20") and "01" <= digits[4:6] <= "12" and "01" <= digits[6:] <= "31"


def _prefix(first: Atom, second: Atom) -> bool:
    """Whether a trunk prefix stands before the point: nobody writes a decimal as "06.12345678"."""
    return len(first.digits) > 1 and first.digits[0] == "0" and len(second.digits) >= 6


def _two_groups(first: Atom, second: Atom) -> bool:
    return len(second.digits) in (4, 7) and len(first.digits) == 3


def _telephone(first: Atom, second: Atom, third: Atom | None, gap: str, gap2: str) -> bool:
    """Whether it is "702/555-0134": a slash behind the area code, another mark before the last four."""
    sizes = len(first.digits), len(second.digits), len(third.digits) if third is not None else 0
    return sizes == (3, 3, 4) and gap == "/" and gap2 in ("-", ".", " ")


@lru_cache(maxsize=4096)
def _is_date(first: str, second: str, third: str) -> bool:
    """Day, month and year in any usual order; or three two-figure measurements."""
    sizes = (len(first), len(second), len(third))
    if sizes == (4, 2, 2) or sizes == (4, 1, 1):
        return first[:2] in ("19", "20") and int(second) <= 12 and int(third) <= 31
    if sizes[2] not in (2, 4) or sizes[0] > 2 or sizes[1] > 2:
        return False
    if sizes == (2, 2, 2) and min(int(first), int(second), int(third)) >= 20:
        return True  # 34-24-36
    small = int(first) <= 31 and int(second) <= 31 and (int(first) <= 12 or int(second) <= 12)
    return small and (sizes[2] == 2 or third[:2] in ("19", "20"))

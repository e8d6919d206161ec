"""What stands around digits and says that they are something else: a price, a time, a date, a measure.

`flags` returns for each atom whether it is spoken for. The rules are about what touches the digits, so
that they hold in any language: currency signs, unit words, times with colons, dates, decimals, heights,
ordinals.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from homeward.extract.knowledge.load import lexicon, rows
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
# Words that are a cue by themselves ("booking: 702 …") and a serial number's before one of `NUMBERED`.
BOOKED = lexicon("phone.booked")
NUMBERED = EITHER - frozenset(["a", "at", "is", "my", "the"])
# Words right before a figure that make it the number of a thing: "room 214", "apt 12".
THINGS = lexicon("phone.things")
HOUR_WORDS = frozenset(["h", "hh", "hr", "hrs", "hour", "hours", "half", "min", "mins", "minutes"])
PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".mp4", ".pdf")
SENTENCE = 4  # letters of a word before a full stop that may be an abbreviation: "rm. 214", not "room. 0113"
STREETS = frozenset(
    [
        "st",
        "street",
        "ave",
        "avenue",
        "rd",
        "road",
        "blvd",
        "dr",
        "drive",
        "lane",
        "ln",
        "hwy",
        "way",
        "ct",
        "court",
    ]
)
CUPS, BUST = frozenset("abcdefgh"), 8  # "34b-25-36": letters of a size, and characters behind its figures
MOST_LETTERS = 3
HABIT = 7  # atoms in a row with the same marks between: somebody hides a number
STATES = frozenset(row[2].lower() for row in rows("area_codes.tsv") if row[1] == "US" and row[2:]) - {""} | {
    "zip"
}
PLAIN, MEASURE, DATE, TIME, PRICE, DECIMAL = range(6)


def flags(lower: str, atoms: Sequence[Atom]) -> list[int]:
    """Return what each atom is, as far as its surroundings say; `PLAIN` if they say nothing."""
    found = [PLAIN] * len(atoms)
    if _habit(lower, atoms):
        return found
    for n, atom in enumerate(atoms):
        if atom.flavour or found[n]:
            continue
        if len(atom.digits) >= 6 and lower.startswith(PICTURES, atom.end):
            found[n] = MEASURE
        elif len(atom.digits) == 8 and _compact_date(atom.digits):
            found[n] = DATE
        elif len(atom.digits) == 4 and _years(lower, atoms, n):
            found[n] = found[n + 1] = DATE
        elif len(atom.digits) == 2 and lower[atom.end : atom.end + 1] in CUPS and _bust(lower, atom.end):
            for at in range(n, min(n + 4, len(atoms))):
                found[at] = MEASURE if atoms[at].start < atom.end + BUST else found[at]
        elif len(atom.digits) <= 5:
            found[n] = _single(
                lower, atom, n > 0 and atoms[n - 1].end == atom.start - 1 and lower[atom.start - 1] in "-./)"
            )
        if n + 1 < len(atoms) and not atoms[n + 1].flavour:
            _pair_or_date(lower, atoms, n, found)
    return found


def _habit(lower: str, atoms: Sequence[Atom]) -> bool:
    """Whether all atoms are parted by the same mark, as in "7+0+2+5": no unit, whatever it is."""
    if len(atoms) < HABIT:
        return False
    marks = {lower[a.end : b.start] for a, b in pairwise(atoms)}
    return len(marks) == 1 and bool(marks.pop().strip(" -.\n"))


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
    if after[:1] in ("%", "°", "+") and not joined:
        return MEASURE
    if after[:1] in ("'", '"') and not joined and len(atom.digits) < 3:
        return MEASURE
    if joined and before[-1:] in "-.)":
        return PLAIN
    if before[-1:] in (" ", "#", ":") and _last_word(lower[max(0, atom.start - 12) : atom.start]) in THINGS:
        return MEASURE
    word, glued, more = _first_word(after)
    if word and not glued and _street(after, word):
        return MEASURE  # "1450 Harbor St"
    if not word or (glued and more and len(atom.digits) > 2):
        return PLAIN  # "702m555m0134": letters between
    if word in UNITS:
        whole = len(atom.digits) > 3 and not glued and word in HOUR_WORDS and atom.digits[-1] != "0"
        return PLAIN if whole or (not glued and atom.digits[0] == "0" and len(atom.digits) > 2) else MEASURE
    return PLAIN


@lru_cache(maxsize=4096)
def _first_word(after: str) -> tuple[str, bool, bool]:
    """Return the word behind a figure, whether it touches it, and whether a figure touches the word."""
    text = after.lstrip(" -/")
    end = 0
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[:end], len(text) == len(after), text[end : end + 1].isdigit()


def _street(after: str, word: str) -> bool:
    """Whether a word for a street follows the first word behind a figure."""
    rest = after[1 + len(word) :].split(None, 1) if after.startswith(f" {word} ") else []
    return bool(rest) and rest[0].strip(".,;") in STREETS


def _last_word(before: str) -> str:
    text = before.rstrip(" #:")
    stop = len(text.removesuffix("."))
    start = stop
    while start and text[start - 1].isalpha():
        start -= 1
    return text[start:stop] if stop == len(text) or stop - start < SENTENCE else ""


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
    elif gap == "-" and _from_to(first, second, third, gap2):
        found[n] = found[n + 1] = TIME
    elif gap == "-" and (len(first.digits), len(second.digits)) == (5, 4) and gap2 != "-":
        if _last_word(lower[max(0, first.start - 12) : first.start]) in STATES:
            found[n] = found[n + 1] = MEASURE  # "NV 89501-4424"
    elif gap == "." and len(first.digits) <= 3 and gap2 not in (".", "-") and not _prefix(first, second):
        if n and lower[atoms[n - 1].start - 2 : atoms[n - 1].start].strip() == "+":
            return  # "+971 55.2390743"
        near = [(atoms[n - 1].end, first.start, atoms[n - 1])] if n else []
        near += [(second.end, third.start, third)] if third is not None else []
        if _two_groups(first, second) or any(a.flavour == WORD and start - end < 2 for end, start, a in near):
            return  # "5.zero3.2": digit words close by
        found[n] = found[n + 1] = DECIMAL


def _bust(lower: str, at: int) -> bool:
    """Whether "b-25-36" or "dd-25-36" begins here."""
    end = at + MOST_LETTERS
    while at < end and lower[at : at + 1] in CUPS:
        at += 1
    rest = lower[at : at + 6]
    return len(rest) == 6 and rest[0] == "-" == rest[3] and rest[1:3].isdigit() and rest[4:].isdigit()


def _years(lower: str, atoms: Sequence[Atom], n: int) -> bool:
    """Whether a year follows a year: "2018, 2019", "2025 and 2026"."""
    if n + 1 == len(atoms) or len(atoms[n + 1].digits) != 4:
        return False
    years = all("1950" <= a.digits <= "2050" for a in atoms[n : n + 2])
    return years and lower[atoms[n].end : atoms[n + 1].start].strip(" ,&/+-") in (
        "",
        "and",
        "to",
        "y",
        "et",
        "und",
        "и",
    )


def _from_to(first: Atom, second: Atom, third: Atom | None, gap2: str) -> bool:
    """Whether it is "0900-1700", from a quarter of an hour to one."""
    four = len(first.digits) == 4 == len(second.digits) and (third is None or gap2 != "-")
    return four and all(
        d[:2] < "25" and d[2:] in ("00", "15", "30", "45") for d in (first.digits, second.digits)
    )


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

"""Telephone numbers, however they are written.

Rule: digits, digit words of eight languages and look-alike letters are laid out as atoms; neighbouring
atoms with bearable gaps between them form a lattice; every stretch of it that a numbering plan allows is
a candidate. A candidate starts with the points the plan gives it and loses points for odd gaps, odd
grouping, digits that are spoken for (prices, times, dates, measures) and serial-number words before it;
words such as "call" add a point. What keeps `THRESHOLD` points is a mention; of overlapping candidates
the best stays. A number without a country's code is read as one of the country the ad is in, else of the
United States. `obscured` says that it was written so that plain search would miss it. Confidence grows
with the points.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from homeward.extract import numbering, phone_context
from homeward.extract.numbering import Number
from homeward.extract.phone_gaps import HARD, LONGEST_GAP, Gap, weigh_gap
from homeward.extract.text.digits import HOMOPHONES, LEET, PLAIN, TIMES, Atom, classify
from homeward.extract.text.tokens import WATCH, Page, Reading

READER = "phone/1"

# Points a candidate must keep. Valid digits alone have 5 (in 1,000 random ten-figure strings, 300 are
# valid), so that two points of oddness are borne, and more only beside a word such as "call".
THRESHOLD = 3.0
CUE = 1.0
STRUCTURED = 2.5  # the source itself lists it as a telephone number
SPOKEN_FOR = 4.0  # a price, time, date or measure is among the digits
SERIAL = 4.0  # "order", "ref" and the like stand before it
CUT_OUT = 4.5  # more digits touch it: it would be a piece of a longer number
LISTED = 2.5  # another group of three beside it, as in a list of prices
WEAK = 0.4  # each word or letter that is as likely none: ten of them make a sentence
GAPS_AT_MOST = 2.0  # what oddness of gaps may cost, if there are but two forms of gap: a habit, not chance
PATHS = 48  # ways through weak atoms that are tried from one start
CROWDED = 80  # atoms in one cluster beyond which hardly any are a number: fewer ways are tried
MOST_WORDS = 20_000  # words with digits that are looked at; by then the cap on mentions has long been reached
ODD_GROUPS = 2.5  # plain figures grouped as nobody groups a telephone number: mostly lists of prices
ROUND_GROUPS = 2.5  # every group divisible by ten: a list of prices (one number in a thousand)

IS_DIGITS = WATCH.add(lambda word: word in TIMES or bool(classify(word)))
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
TIGHT = frozenset(["", "-", ".", "/", ":", "_"])


class Candidate(NamedTuple):
    """A stretch of atoms that is a number by some plan, with the points it kept."""

    score: float
    start: int
    end: int
    number: Number
    obscured: bool


def read_phones(page: Page) -> list[Reading]:
    """Return the telephone numbers of one part of an ad, in reading order."""
    if not page.mask & IS_DIGITS:
        return []
    atoms = _atoms(page)
    fewest = _fewest(page)
    if sum(len(a.digits) for a in atoms) < fewest:
        return []
    found: list[Candidate] = []
    for first, last in _clusters(page.lower, atoms, fewest):
        found += _best(_candidates(page, atoms[first:last]))
    found.sort(key=lambda c: c.start)
    for candidate in found:
        page.take(candidate.start, candidate.end)
    return [_reading(page, c) for c in found]


def _reading(page: Page, found: Candidate) -> Reading:
    start, end = found.start, found.end
    while start and page.lower[start - 1] in "(+" and found.start - start < 3:
        start -= 1
    detail: dict[str, object] = {
        "national": found.number.national, "region": found.number.region, "obscured": found.obscured,
    }  # fmt: skip
    if extension := _extension(page.lower[end : end + 14]):
        detail["extension"] = extension
    return Reading("phone", found.number.value, start, end, _confidence(found.score), READER, detail)


def _fewest(page: Page) -> int:
    """Return how many digits a number has at least here: ten in North America unless a plus is there."""
    at_home = page.place.country in numbering.NANP_COUNTRIES or not page.place.country
    return 10 if at_home and "+" not in page.lower else numbering.SHORTEST


def _confidence(score: float) -> float:
    """The share of readings with this many points that are expected to be right."""
    return (
        0.99 if score >= 6 else 0.97 if score >= 5 else 0.93 if score >= 4 else 0.85 if score >= 3.5 else 0.75
    )


def _extension(after: str) -> str:
    """Return the digits of "ext. 12" or "x12" behind a number."""
    words = after.replace(".", " ").replace(":", " ").split()
    if (
        words
        and words[0] in ("ext", "extension", "x", "anexo", "poste")
        and len(words) > 1
        and words[1].isdigit()
    ):
        return words[1]
    return words[0][1:] if words and words[0][0] == "x" and words[0][1:].isdigit() else ""


# --- atoms
# ---------------------------------------------------------------------------------------------------


def _atoms(page: Page) -> list[Atom]:
    """Lay out the digits of the page, leaving out what stands inside URLs and addresses."""
    hits = page.where(IS_DIGITS)[:MOST_WORDS]
    if not hits:
        return []
    atoms: list[Atom] = []
    starts, words, taken, times = page.starts, page.words, page.taken, 1
    for n in hits:
        start, word = starts[n], words[n]
        if taken and not page.free(start):
            continue
        if word in TIMES:
            times = TIMES[word]
            continue
        for atom in classify(word):
            digits = atom.digits * times if times > 1 and len(atom.digits) == 1 else atom.digits
            atoms.append(Atom(start + atom.start, start + atom.end, digits, *atom[3:]))
            times = 1
    if any(a.step for a in atoms):
        atoms = _compound(page.lower, atoms)
    return _split_runs(atoms)


def _compound(lower: str, atoms: list[Atom]) -> list[Atom]:
    """Join tens with the unit behind them: "thirty four" is 34, "soixante quinze" 75."""
    out: list[Atom] = []
    for atom in atoms:
        last = out[-1] if out else None
        gap = lower[last.end : atom.start].strip() if last is not None else ""
        if (
            last is not None
            and last.step
            and atom.start - last.end <= 4
            and gap in ("", "-", "y", "e", "et", "und")
        ):
            value = int(atom.digits) if len(atom.digits) <= 2 and atom.flavour != PLAIN else 0
            if 1 <= value <= 9 or (10 <= value <= 19 and last.digits in ("60", "80")):
                out[-1] = Atom(last.start, atom.end, str(int(last.digits) + value), last.flavour)
                continue
        out.append(atom)
    return out


def _split_runs(atoms: list[Atom]) -> list[Atom]:
    """Cut figures that are two numbers run together."""
    out: list[Atom] = []
    for n, atom in enumerate(atoms):
        size, digits = len(atom.digits), atom.digits
        cut = 0
        if atom.flavour == PLAIN and size in (20, 21, 22):
            cut = 10 if numbering.match(digits[:10], plus=False, country="US") else 11
            if not all(numbering.match(d, plus=False, country="US") for d in (digits[:cut], digits[cut:])):
                cut = 0
        elif (
            atom.flavour == PLAIN
            and size == 7
            and n > 1
            and [len(a.digits) for a in atoms[n - 2 : n + 3]] == [3, 3, 7, 3, 4]
        ):
            cut = 4
        if cut:
            middle = atom.start + cut
            out += [Atom(atom.start, middle, digits[:cut]), Atom(middle, atom.end, digits[cut:])]
        else:
            out.append(atom)
    return out


def _clusters(lower: str, atoms: list[Atom], fewest: int) -> list[tuple[int, int]]:
    """Return the stretches of atoms without a hard gap, that have digits enough for a number."""
    out, first, digits = [], 0, 0
    for n, atom in enumerate(atoms):
        if n and weigh_gap(lower[atoms[n - 1].end : atom.start][: LONGEST_GAP + 1]).cost >= HARD:
            if digits >= fewest:
                out.append((first, n))
            first, digits = n, 0
        digits += len(atom.digits)
    if digits >= fewest:
        out.append((first, len(atoms)))
    return out


# --- candidates
# ----------------------------------------------------------------------------------------------


def _candidates(page: Page, atoms: list[Atom]) -> list[Candidate]:
    found: list[Candidate] = []
    flags: list[int] = []
    gaps: list[Gap] = []
    left, fewest = sum(len(a.digits) for a in atoms), _fewest(page)
    for first, atom in enumerate(atoms):
        if left < fewest:
            break
        left -= len(atom.digits)
        plus = _plus(page.lower, atom.start)
        for path, digits in _paths(atoms, first):
            number = numbering.match(digits, plus=plus, country=page.place.country)
            if number is None:
                continue
            if not flags:
                flags = phone_context.flags(page.lower, atoms)
                gaps = [weigh_gap(page.lower[a.end : b.start]) for a, b in pairwise(atoms)]
            candidate = _weigh(page, atoms, path, number, flags, gaps)
            if candidate.score >= THRESHOLD:
                found.append(candidate)
    return found


def _paths(atoms: Sequence[Atom], first: int) -> list[tuple[tuple[int, ...], str]]:
    """Return the ways to read on from atom `first`, taking or leaving weak atoms, up to fifteen digits."""
    out: list[tuple[tuple[int, ...], str]] = []
    open_: list[tuple[tuple[int, ...], str, int]] = [((first,), atoms[first].digits, first + 1)]
    most = PATHS if len(atoms) <= CROWDED else 2
    while open_ and len(out) < most:
        path, digits, at = open_.pop()
        if len(digits) > numbering.LONGEST:
            continue
        if len(digits) >= numbering.SHORTEST and path[-1] == at - 1:
            out.append((path, digits))
        if at < len(atoms):
            taking = ((*path, at), digits + atoms[at].digits, at + 1)
            if atoms[at].weak and at - path[-1] <= 3:
                leaving = (path, digits, at + 1)
                # The later one is tried first: separator letters are mostly that, "o" and "to" mostly digits.
                open_ += (taking, leaving) if atoms[at].flavour == LEET else (leaving, taking)
            else:
                open_.append(taking)
    return out


def _plus(lower: str, start: int) -> bool:
    before = lower[max(0, start - 3) : start].rstrip(" (")
    return before.endswith("+")


def _weigh(
    page: Page, atoms: list[Atom], path: tuple[int, ...], number: Number, flags: list[int], gaps: list[Gap]
) -> Candidate:
    """Take from the plan's points what the writing and the surroundings speak against."""
    picked = [atoms[n] for n in path]
    inner = gaps[path[0] : path[-1]]
    plain = all(a.flavour == PLAIN for a in picked)
    score = number.score - _gap_costs(page.lower, picked, inner)
    score -= WEAK * sum(a.weak and (a.flavour == LEET or a.end - a.start > 1) for a in picked)
    if picked[0].weak and page.lower[picked[0].start : picked[0].end] in HOMOPHONES:
        score -= SPOKEN_FOR  # "text to 702 …": a number hardly begins with such a word
    if not _disguised(picked):
        score -= _grouping_cost(page, picked, inner)
    spoken = [flags[n] for n in path]
    if any(spoken):
        score -= SPOKEN_FOR
    score -= _neighbours(page.lower, atoms, path, flags)
    score += _before(page, picked[0].start)
    if page.part.startswith("phones"):
        score += STRUCTURED
    obscured = not plain or any(g.obscured for g in inner) or _rewritten(page, picked)
    return Candidate(score, picked[0].start, picked[-1].end, number, obscured)


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
            sure += 2 if inside else 1
        elif inside and picked[n - 1].end == picked[n].start and picked[n].end == picked[n + 1].start:
            sure += 1 if picked[n - 1].weak or picked[n + 1].weak else 2
    return sure >= 2


def _gap_costs(lower: str, picked: list[Atom], inner: list[Gap]) -> float:
    total = sum(g.cost for g in inner)
    if total > GAPS_AT_MOST:
        forms = {lower[a.end : b.start].strip() for a, b in pairwise(picked)}
        forms = {"letter" if len(form) == 1 and form.isalpha() else form for form in forms}
        if len(forms) <= 2:
            return GAPS_AT_MOST
    return total


def _grouping_cost(page: Page, picked: list[Atom], inner: list[Gap]) -> float:
    groups = [picked[0].digits]
    for left, right in pairwise(picked):
        if left.end == right.start:
            groups[-1] += right.digits
        else:
            groups.append(right.digits)
    shape = tuple(map(len, groups))
    marks = {page.lower[a.end : b.start].strip() for a, b in pairwise(picked)} - {""}
    listed = len(marks) > 1 and not marks.isdisjoint({"/", ",", "|", ";"})  # "$164/212/314, 5079 Main St"
    if listed or any(gap.worded for gap in inner):
        return ODD_GROUPS
    if len(groups) > 2 and all(g[-1] == "0" for g in groups):
        return ROUND_GROUPS
    if shape in GROUPINGS or page.place.country not in numbering.NANP_COUNTRIES | {""}:
        return 0.0
    if page.lower[max(0, picked[0].start - 2) : picked[0].start].rstrip("( ").endswith("+"):
        return 0.0
    marks = {page.lower[a.end : b.start] for a, b in pairwise(picked)}
    if sum(size == 1 for size in shape) >= 5:
        return 0.5  # nobody lists single figures
    if len(marks) == 1 and any(g.obscured for g in inner):
        return 0.5  # the same odd separator throughout is a habit of hiding numbers, not a list
    return ODD_GROUPS


def _neighbours(lower: str, atoms: list[Atom], path: tuple[int, ...], flags: list[int]) -> float:
    """What it costs that further digits stand close by: it may be a piece cut out of something longer."""
    cost = 0.0
    for n, (a, b) in ((path[0] - 1, (path[0] - 1, path[0])), (path[-1] + 1, (path[-1], path[-1] + 1))):
        if 0 <= n < len(atoms) and not flags[n]:
            gap, other = lower[atoms[a].end : atoms[b].start], atoms[n]
            inside = atoms[b] if n == a else atoms[a]
            if gap in TIGHT and not other.weak:
                whole = len(inside.digits) >= 10 and len(other.digits) >= 10
                run = len(inside.digits) == 4 and len(other.digits) == 3 and not gap
                cost += 0.0 if whole or run else CUT_OUT
            elif len(other.digits) == 3 == len(inside.digits) and gap in (" ", ", ", " / "):
                cost += LISTED
            elif gap == " " and len(other.digits) == 1 == len(inside.digits) and not other.weak:
                cost += 1.5
    return cost


def _before(page: Page, start: int) -> float:
    """Points for what the few words before a number say: "call" speaks for it, "order" against."""
    lower = page.lower[max(0, start - 40) : start]
    sign = lower.rstrip(" (+")[-1:]
    if sign in "📞☎📱📲✆" and sign:
        return CUE
    words = page.plain[max(0, start - 40) : start].split()[-4:]
    for distance, word in enumerate(reversed(words)):
        if word in phone_context.CUES:
            return CUE
        if word in phone_context.SERIAL and distance < 3:
            return -SERIAL
    return -1.5 if sign == "#" else 0.0


def _rewritten(page: Page, picked: list[Atom]) -> bool:
    """Whether plain figures were made of look-alike characters, or spaced out one by one."""
    if sum(len(a.digits) == 1 for a in picked) >= 5:
        return True
    span = page.normalised.span(picked[0].start, picked[-1].end)
    raw = span.cut(page.normalised.original)
    return not raw.isascii() and any(not c.isascii() and c not in "‐‑‒–—−   " for c in raw)


def _best(found: list[Candidate]) -> list[Candidate]:
    """Of overlapping candidates keep the best; of equal ones the longer, then the earlier."""
    if len(found) < 2:
        return found
    kept: list[Candidate] = []
    first = min(c.start for c in found)
    covered = bytearray(max(c.end for c in found) - first)
    for candidate in sorted(found, key=lambda c: (-c.score, c.start - c.end, c.start)):
        start, end = candidate.start - first, candidate.end - first
        if covered.find(1, start, end) < 0:
            kept.append(candidate)
            covered[start:end] = b"\x01" * (end - start)
    return kept

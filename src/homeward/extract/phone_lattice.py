"""The lattice of digits: which ways through a stretch are telephone numbers, and how good each is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from homeward.extract import numbering, phone_context
from homeward.extract.numbering import DIALLING, Number
from homeward.extract.phone_gaps import USUAL_GAPS, Gap, weigh_gap
from homeward.extract.phone_writing import FLAVOUR, ODD_GROUPS, SPOKEN_FOR, oddly, plainly
from homeward.extract.text.digit_words import HOMOPHONES
from homeward.extract.text.digits import LEET, WORD, Atom, is_unread_number
from homeward.extract.text.tokens import Page

# Points a candidate must keep. Valid digits alone have 5 (in 1,000 random ten-figure strings, 300 are
# valid), so that two points of oddness are borne, and more only beside a word such as "call".
THRESHOLD = 3.0
ENOUGH = THRESHOLD - 1e-9  # sums of tenths are not exact
CUE = 1.0
STRUCTURED = 2.5  # the source itself lists it as a telephone number
SERIAL = 4.0  # "order", "ref" and the like stand before it
CUT_OUT = 4.5  # more digits touch it: it would be a piece of a longer number
LISTED = 2.5  # another group of three beside it, as in a list of prices
WORDS_BEFORE = 4  # that are looked at before a number
LISTED_PART = "phones"  # parts that the source itself lists as numbers
LEFT_OUT = 0.6  # a word for a digit inside a number is read over: "three two three" is not 33
PATHS = 48  # ways through weak atoms that are tried from one start
CROWDED = 80  # atoms in one cluster beyond which hardly any are a number: fewer ways are tried

COUNTED, COUNTING = "01234567891011121314151617181920", 5  # "1 2 3 4 …": somebody counts
OF_ITS_OWN = 5  # figures of a word that stands for itself and is no group of a number
CLEAN = (0.0, False)
AT_HOME = numbering.NANP_COUNTRIES | {""}
LISTING = frozenset([",", ";", "|", "/", "&"])  # what stands between numbers as well as within one
TIGHT = frozenset(["", "-", ".", "/", ":", "_"])


class Candidate(NamedTuple):
    """A stretch of atoms that is a number by some plan, with the points it kept."""

    score: float
    start: int
    end: int
    number: Number
    obscured: bool


Written = tuple[float, bool]  # what the writing of digits costs, and whether plain search would miss them


def candidates(page: Page, atoms: list[Atom], fewest: int) -> list[Candidate]:
    """Return the numbers that a stretch of atoms can be read as, with enough points."""
    found: list[Candidate] = []
    flags: list[int] = []
    gaps: list[Gap] = []
    lower, country, left, weak = page.lower, page.place.country, 0, False
    home = country in AT_HOME
    for atom in atoms:
        left += len(atom.digits)
        weak = weak or atom.weak
    listed = STRUCTURED if page.part.startswith(LISTED_PART) else 0.0
    for first, atom in enumerate(atoms):
        if left < fewest:
            break
        left -= len(atom.digits)
        plus = _plus(lower, atom.start)
        listed_plan = home and not plus
        ahead: float | None = None
        for path, digits in _paths(atoms, first) if weak else _straight(atoms, first, fewest):
            if first and digits.startswith(DIALLING) and not plus and _goes_before(lower, atoms, first):
                continue  # "… 555 0119 512 …": a dialling-out prefix begins a number
            # Long numbers of elsewhere are weighed before they are parsed: hardly any is one.
            number, most = None, None
            if not listed_plan or len(digits) > 10:
                most = numbering.most(digits, plus=plus, country=country)
            if most is None:
                number = numbering.match(digits, plus=plus, country=country)
                most = number.score if number is not None else 0.0
            if not most:
                continue
            if ahead is None:
                ahead = _before(page, atom.start, atom.flavour == WORD) + listed
            if most + ahead < ENOUGH:
                continue
            if not flags:
                flags = phone_context.flags(lower, atoms)
                gaps = [weigh_gap(lower[a.end : b.start]) for a, b in pairwise(atoms)]
            written = _weigh(page, atoms, path, flags, gaps, plus, most + ahead - ENOUGH)
            if written is None:
                continue
            number = number or numbering.match(digits, plus=plus, country=country)
            if number is not None and (candidate := _candidate(page, atoms, path, number, ahead, written)):
                found.append(candidate)
    return found


def _candidate(
    page: Page, atoms: list[Atom], path: Sequence[int], number: Number, ahead: float, written: Written
) -> Candidate | None:
    """Return the candidate if it keeps points enough."""
    first, last = atoms[path[0]], atoms[path[-1]]
    score = number.score + ahead - written[0]
    if first.digits[0] == "1" and len(first.digits) in (2, 3) and number.value.startswith("+1"):
        score -= ODD_GROUPS  # a country's code is not written into the area code: "173/264/787"
    if score < ENOUGH:
        return None
    obscured = written[1] or _rewritten(page, [atoms[n] for n in path])
    return Candidate(round(score, 6), first.start, last.end, number, obscured)


def _goes_before(lower: str, atoms: Sequence[Atom], first: int) -> bool:
    """Whether the digits before atom `first` stand as close to it as those of one number."""
    return lower[atoms[first - 1].end : atoms[first].start] in USUAL_GAPS


def _straight(atoms: Sequence[Atom], first: int, fewest: int) -> Iterator[tuple[Sequence[int], str]]:
    """Yield the ways to read on from atom `first` where every atom is a digit."""
    digits = ""
    for at in range(first, len(atoms)):
        digits += atoms[at].digits
        if len(digits) > numbering.LONGEST:
            return
        if len(digits) >= fewest:
            yield range(first, at + 1), digits


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
    return (
        start > 0
        and lower[start - 1] in "+ ("
        and lower[max(0, start - 3) : start].rstrip(" (").endswith("+")
    )


def _weigh(
    page: Page, atoms: list[Atom], path: Sequence[int], flags: list[int], gaps: list[Gap], plus: bool,
    most: float,
) -> Written | None:  # fmt: skip
    """Return the points that the writing and the surroundings speak against; None if more than `most`."""
    cost, first, end = 0.0, path[0], path[-1] + 1
    whole = len(path) == end - first
    if any(flags[first:end]) if whole else any(flags[n] for n in path):
        cost = SPOKEN_FOR
    cost += _neighbours(page.lower, atoms, path, flags)
    if cost > most:
        return None
    picked = atoms[first:end] if whole else [atoms[n] for n in path]
    if len(picked) >= COUNTING and _counts(picked):
        return None
    home = page.place.country in AT_HOME
    if whole and not any(map(FLAVOUR, picked)):
        raw = page.lower[picked[0].start : picked[-1].end]
        more, obscured = plainly(raw, home, plus) if len(picked) > 1 else CLEAN
    else:
        more, obscured = oddly(page.lower, picked, gaps[first : end - 1], home, plus)
    cost += more if whole else more + LEFT_OUT * _left_out(atoms, path)
    return (cost, obscured) if cost <= most else None


def _counts(picked: list[Atom]) -> bool:
    """Whether somebody counts: "1 2 3 4 5", and whatever comes then."""
    begun = [a.digits for a in picked[:COUNTING]]
    return begun == list(COUNTED[1 : COUNTING + 1]) or "".join(a.digits for a in picked) in COUNTED


def _left_out(atoms: list[Atom], path: Sequence[int]) -> int:
    """Return how many digit words are left out that stand as close to what is taken as its digits do."""
    taken = frozenset(path)
    left = (n for n in range(path[0] + 1, path[-1]) if n not in taken and atoms[n].flavour == WORD)
    return sum(
        atoms[n].start - atoms[n - 1].end == 1 == atoms[n + 1].start - atoms[n].end
        and WORD in (atoms[n - 1].flavour, atoms[n + 1].flavour)
        for n in left
    )


def _neighbours(lower: str, atoms: list[Atom], path: Sequence[int], flags: list[int]) -> float:
    """What it costs that further digits stand close by: it may be a piece cut out of something longer."""
    cost = 0.0
    for n, (a, b) in ((path[0] - 1, (path[0] - 1, path[0])), (path[-1] + 1, (path[-1], path[-1] + 1))):
        if not 0 <= n < len(atoms):
            continue
        gap, other = lower[atoms[a].end : atoms[b].start], atoms[n]
        inside = atoms[b] if n == a else atoms[a]
        # As many atoms beyond the edge as a number can need: each is a digit at least.
        beyond = (
            atoms[max(0, n + 1 - numbering.SHORTEST) : n + 1] if n == a else atoms[n : n + numbering.SHORTEST]
        )
        if _same_again(lower, atoms, path, gap, beyond):
            cost += CUT_OUT
        elif not flags[n]:
            if not gap and other.weak and _goes_on(atoms, n, -1 if n < path[0] else 1):
                cost += CUT_OUT
            elif len(gap) == 1 == len(other.digits) and gap.isalpha() and not other.weak:
                cost += CUT_OUT  # "5d7a0b": figures with letters between them that go on and on
            elif _said_on(gap, inside, other, beyond):
                cost += CUT_OUT
            elif other.weak and gap in (" ", "-") and _foreign(lower, inside, other):
                cost += LEFT_OUT
            elif gap in TIGHT and not other.weak:
                whole = len(inside.digits) >= 10 and len(other.digits) >= 10
                whole = whole or (gap == "/" and _whole(lower, atoms, n, n == a))
                run = len(inside.digits) == 4 and len(other.digits) == 3 and not gap
                cost += 0.0 if whole or run else CUT_OUT
            elif _fours(lower, atoms[max(0, n - 1) : b + 1] if n == a else atoms[a : n + 2]):
                cost += CUT_OUT
            elif (
                len(other.digits) == 3 == len(inside.digits)
                and not other.flavour
                and gap in (" ", ", ", " / ")
                and not _tight(lower, atoms, path)
            ):
                cost += LISTED
            elif gap == " " and len(other.digits) == 1 == len(inside.digits) and not other.weak:
                cost += 1.5
    return cost


def _same_again(lower: str, atoms: list[Atom], path: Sequence[int], gap: str, beyond: Sequence[Atom]) -> bool:
    """Whether the mark between a candidate's groups goes on beyond its edge, with too few for a number."""
    mark = gap.strip()
    if not mark or mark in LISTING or "\n" in gap or mark.isalnum():
        return False
    if any(lower[atoms[x].end : atoms[y].start] != gap for x, y in pairwise(path)):
        return False
    few = sum(len(a.digits) for a in beyond) < numbering.SHORTEST
    return few and (len(path) > 1 or (gap == mark and not gap.isascii()))


def _fours(lower: str, three: Sequence[Atom]) -> bool:
    """Whether three groups in a row are of four figures: an account's or a card's number goes on so."""
    if [len(x.digits) for x in three] != [4, 4, 4]:
        return False
    return all(not x.flavour for x in three) and all(
        lower[x.end : y.start] == " " for x, y in pairwise(three)
    )


def _said_on(gap: str, inside: Atom, other: Atom, beyond: Sequence[Atom]) -> bool:
    """Whether number words go on beyond a candidate's edge, but too few for a number of their own."""
    if gap not in (" ", "-") or other.weak or not inside.flavour == WORD == other.flavour:
        return False
    return sum(len(a.digits) for a in beyond) < numbering.SHORTEST


def _tight(lower: str, atoms: list[Atom], path: Sequence[int]) -> bool:
    """Whether all groups of a candidate are joined by dashes or dots."""
    return (
        all(lower[atoms[x].end : atoms[y].start] in ("-", ".") for x, y in pairwise(path)) and len(path) > 2
    )


def _foreign(lower: str, inside: Atom, other: Atom) -> bool:
    """Whether a digit word that is also an article ("um", "due") stands beside a digit word."""
    word = lower[other.start : other.end]
    return inside.flavour == WORD == other.flavour and len(word) > 1 and word not in HOMOPHONES


def _whole(lower: str, atoms: list[Atom], n: int, before: bool) -> bool:
    """Whether the atom `n` beyond a slash begins or ends a number of its own: "…/775.555.0101"."""
    group = atoms[n - 2 : n + 1] if before and n >= 2 else atoms[n : n + 3] if not before else []
    marks = {lower[a.end : b.start] for a, b in pairwise(group)}
    return [len(a.digits) for a in group] == [3, 3, 4] and marks <= {"-", ".", " "}


def _goes_on(atoms: list[Atom], n: int, step: int) -> bool:
    """Whether a sure digit touches the weak atom `n` on its far side."""
    if not 0 <= n + step < len(atoms):
        return False
    beyond, near = atoms[n + step], atoms[n]
    return not beyond.weak and (beyond.end == near.start or near.end == beyond.start)


def _before(page: Page, start: int, said: bool) -> float:
    """Points for what the few words before a number say: "call" speaks for it, "order" against."""
    lower = page.lower[max(0, start - 40) : start]
    sign = lower.rstrip(" (+")[-1:]
    if sign in "📞☎📱📲✆" and sign:
        return CUE
    at = bisect_left(page.starts, start)
    if said and is_unread_number(page.word(at - 1)) and start - page.end(at - 1) == 1:
        return -CUT_OUT  # "hundertzwei drei vier …": the number began earlier
    words = page.words[max(0, at - WORDS_BEFORE) : at]
    for distance, word in enumerate(reversed(words)):
        if distance < 3 and word.isdigit() and len(word) >= OF_ITS_OWN:
            break  # "ad 88123456 702 …": what was said before was said of another number
        if word in phone_context.EITHER:
            continue  # "my number is", "order number": the word before says which
        if distance < 3 and (word in phone_context.SERIAL or _numbered(word)):
            return -SERIAL
        if word in phone_context.BOOKED:
            numbered = distance and words[len(words) - distance] in phone_context.NUMBERED
            return -SERIAL if numbered else CUE
        if word in phone_context.CUES:
            return CUE
        if word in phone_context.IDS and distance < 2:
            return 0.0 if _called(words[: len(words) - distance - 1]) else -SERIAL
    if not phone_context.NUMBERED.isdisjoint(words):
        return CUE
    return -1.5 if sign == "#" else 0.0


def _numbered(word: str) -> bool:
    """Whether a German word names the number of a thing: "Anzeigennummer", but not "Handynummer"."""
    return len(word) > 6 and word.endswith("nummer") and word not in phone_context.CUES


def _called(words: list[str]) -> bool:
    """Whether words before "id" or "code" say how to be called: "whatsapp id", "area code"."""
    if words and words[-1].isdigit():
        return False  # what was said before was said of another number
    return words[-1:] == ["area"] or not phone_context.CUES.isdisjoint(words[-2:])


def _rewritten(page: Page, picked: list[Atom]) -> bool:
    """Whether plain figures were made of look-alike characters, or spaced out one by one."""
    if len(picked) >= 5 and sum(len(a.digits) == 1 for a in picked) >= 5:
        return True
    if page.normalised.original.isascii():
        return False
    span = page.normalised.span(picked[0].start, picked[-1].end)
    raw = span.cut(page.normalised.original)
    return not raw.isascii() and any(not c.isascii() and c not in "‐‑‒–—−   " for c in raw)


def best(found: list[Candidate]) -> list[Candidate]:
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

"""The lattice of digits: which ways through a stretch are telephone numbers, and how good each is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from homeward.extract import numbering, phone_context
from homeward.extract.numbering import Number
from homeward.extract.phone_gaps import Gap, weigh_gap
from homeward.extract.text.digits import HOMOPHONES, LEET, PLAIN, SURE_LETTERS, WORD, Atom, is_unread_number
from homeward.extract.text.tokens import Page

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
LETTERS_BETWEEN = 1.0  # the same, where every gap is one letter: nothing else is written so
PATHS = 48  # ways through weak atoms that are tried from one start
CROWDED = 80  # atoms in one cluster beyond which hardly any are a number: fewer ways are tried
LAST_HOMOPHONE = 0.5  # "… six zero one for": rather the sentence goes on
ODD_GROUPS = 2.5  # plain figures grouped as nobody groups a telephone number: mostly lists of prices
ROUND_GROUPS = 2.5  # every group divisible by ten: a list of prices (one number in a thousand)

AT_HOME = numbering.NANP_COUNTRIES | {""}
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
TIGHT = frozenset(["", "-", ".", "/", ":", "_"])


class Candidate(NamedTuple):
    """A stretch of atoms that is a number by some plan, with the points it kept."""

    score: float
    start: int
    end: int
    number: Number
    obscured: bool


def candidates(page: Page, atoms: list[Atom], fewest: int) -> list[Candidate]:
    """Return the numbers that a stretch of atoms can be read as, with enough points."""
    found: list[Candidate] = []
    flags: list[int] = []
    gaps: list[Gap] = []
    left, lower, country = sum(len(a.digits) for a in atoms), page.lower, page.place.country
    weak = any(a.weak for a in atoms)
    for first, atom in enumerate(atoms):
        if left < fewest:
            break
        left -= len(atom.digits)
        plus = _plus(lower, atom.start)
        for path, digits in _paths(atoms, first) if weak else _straight(atoms, first, fewest):
            number = numbering.match(digits, plus=plus, country=country)
            if number is None:
                continue
            if not flags:
                flags = phone_context.flags(lower, atoms)
                gaps = [weigh_gap(lower[a.end : b.start]) for a, b in pairwise(atoms)]
            candidate = _weigh(page, atoms, path, number, flags, gaps)
            if candidate.score >= THRESHOLD:
                found.append(candidate)
    return found


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
    page: Page, atoms: list[Atom], path: Sequence[int], number: Number, flags: list[int], gaps: list[Gap]
) -> Candidate:
    """Take from the plan's points what the writing and the surroundings speak against."""
    picked = [atoms[n] for n in path]
    inner = gaps[path[0] : path[-1]]
    plain = not any(a.flavour for a in picked)
    score = number.score - (_gap_costs(page.lower, picked, inner) if inner else 0.0)
    if not plain:
        score -= WEAK * sum(a.weak and (a.flavour == LEET or a.end - a.start > 1) for a in picked)
        if picked[0].weak and page.lower[picked[0].start : picked[0].end] in HOMOPHONES:
            score -= SPOKEN_FOR  # "text to 702 …": a number hardly begins with such a word
        score -= _edges(page.lower, picked)
    if picked[0].digits[0] == "1" and len(picked[0].digits) in (2, 3) and number.value.startswith("+1"):
        score -= ODD_GROUPS  # a country's code is not written into the area code: "173/264/787"
    if inner and (plain or not _disguised(picked)):
        score -= _grouping_cost(page, picked, inner)
    if any(flags[n] for n in path):
        score -= SPOKEN_FOR
    score -= _neighbours(page.lower, atoms, path, flags)
    score += _before(page, picked[0].start, picked[0].flavour == WORD)
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


def _edges(lower: str, picked: list[Atom]) -> float:
    """What it costs to begin or end with a lone letter or with a word that is mostly none: "8388. I look"."""
    cost = 0.0
    for edge, near in ((picked[0], picked[1:2]), (picked[-1], picked[-2:-1])):
        if edge.weak and near:
            gap = lower[min(edge.end, near[0].end) : max(edge.start, near[0].start)]
            letter = edge.end - edge.start == 1
            if letter and not gap and len(near[0].digits) >= 7 and lower[edge.start] not in SURE_LETTERS:
                cost += SPOKEN_FOR  # "B12345678": a serial number
            elif letter and " " in gap and (gap != " " or lower[edge.start] == "i"):
                cost += SPOKEN_FOR
            elif lower[edge.start : edge.end] in HOMOPHONES:
                cost += LAST_HOMOPHONE
    return cost


def _gap_costs(lower: str, picked: list[Atom], inner: list[Gap]) -> float:
    total = sum(g.cost for g in inner)
    if total > GAPS_AT_MOST:
        forms = {lower[a.end : b.start].strip() for a, b in pairwise(picked)}
        forms = {"letter" if len(form) == 1 and form.isalpha() else form for form in forms}
        if forms <= {"letter", ""}:
            return LETTERS_BETWEEN
        if len(forms) <= 2:
            return GAPS_AT_MOST
    return total


def _grouping_cost(page: Page, picked: list[Atom], inner: list[Gap]) -> float:
    groups = [picked[0].digits]
    gaps = set()
    for left, right in pairwise(picked):
        if left.end == right.start:
            groups[-1] += right.digits
        else:
            groups.append(right.digits)
        gaps.add(page.lower[left.end : right.start])
    shape = tuple(map(len, groups))
    marks = {gap.strip() for gap in gaps} - {""}
    slashed = shape[-3:] == (3, 3, 4) and marks <= {"/", "-", "."} and _slash_once(page.lower, picked)
    listed = (
        not slashed and len(marks) > 1 and not marks.isdisjoint({"/", ",", "|", ";"})
    )  # "$164/212/314, 5079 Main St"
    if listed or any(gap.worded for gap in inner):
        return ODD_GROUPS
    if len(groups) > 2 and all(g[-1] == "0" for g in groups):
        return ROUND_GROUPS
    if any(gap.filler for gap in inner) and shape not in PARTED and sum(size == 1 for size in shape) < 5:
        return ODD_GROUPS
    if shape in GROUPINGS or page.place.country not in AT_HOME:
        return 0.0
    if page.lower[max(0, picked[0].start - 2) : picked[0].start].rstrip("( ").endswith("+"):
        return 0.0
    if sum(size == 1 for size in shape) >= 5:
        return 0.5  # nobody lists single figures
    if len(gaps) == 1 and any(g.obscured for g in inner):
        return 0.5  # the same odd separator throughout is a habit of hiding numbers, not a list
    return ODD_GROUPS


def _slash_once(lower: str, picked: list[Atom]) -> bool:
    """Whether the only slash is the one behind the area code."""
    marks = [lower[a.end : b.start].strip() for a, b in pairwise(picked)]
    return marks.count("/") == 1 and marks[-2] == "/"


def _neighbours(lower: str, atoms: list[Atom], path: Sequence[int], flags: list[int]) -> float:
    """What it costs that further digits stand close by: it may be a piece cut out of something longer."""
    cost = 0.0
    for n, (a, b) in ((path[0] - 1, (path[0] - 1, path[0])), (path[-1] + 1, (path[-1], path[-1] + 1))):
        if 0 <= n < len(atoms) and not flags[n]:
            gap, other = lower[atoms[a].end : atoms[b].start], atoms[n]
            inside = atoms[b] if n == a else atoms[a]
            if not gap and other.weak and _goes_on(atoms, n, -1 if n < path[0] else 1):
                cost += CUT_OUT
            elif len(gap) == 1 == len(other.digits) and gap.isalpha() and not other.weak:
                cost += CUT_OUT  # "5d7a0b": figures with letters between them that go on and on
            elif _said_on(gap, inside, other, atoms[: n + 1] if n == a else atoms[n:]):
                cost += CUT_OUT
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
            ):
                cost += LISTED
            elif gap == " " and len(other.digits) == 1 == len(inside.digits) and not other.weak:
                cost += 1.5
    return cost


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
    words = page.words[max(0, at - 4) : at]
    for distance, word in enumerate(reversed(words)):
        if word in phone_context.EITHER:
            continue  # "my number is", "order number": the word before says which
        if word in phone_context.SERIAL and distance < 3:
            return -SERIAL
        if word in phone_context.CUES:
            return CUE
        if word in phone_context.IDS and distance < 2:
            return 0.0 if _called(words[: len(words) - distance - 1]) else -SERIAL
    if not phone_context.EITHER.isdisjoint(words):
        return CUE
    return -1.5 if sign == "#" else 0.0


def _called(words: list[str]) -> bool:
    """Whether words before "id" or "code" say how to be called: "whatsapp id", "area code"."""
    return words[-1:] == ["area"] or not phone_context.CUES.isdisjoint(words[-2:])


def _rewritten(page: Page, picked: list[Atom]) -> bool:
    """Whether plain figures were made of look-alike characters, or spaced out one by one."""
    if sum(len(a.digits) == 1 for a in picked) >= 5:
        return True
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

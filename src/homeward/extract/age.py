"""Ages as written.

Rule: a figure (or number words) of 13 to 79 with a cue: behind it "years old", "yo", "y/o", "años", "ans",
"anni", "anos", "Jahre", "лет"; or before it "age", "I'm", "aged", "tengo", "мне". A first name directly
before it ("Amber, 23") is a weaker cue. Not ages: years of experience, limits ("over 21", "18+", "must be
25"), prices, measures, times. Several ages in one ad are kept apart. The value is the number as written.
Confidence: .97 with a cue behind, .92 with one before, .8 behind a name.
"""

from __future__ import annotations

from bisect import bisect_left

from homeward.extract.knowledge.load import lexicon, names
from homeward.extract.text.digits import PLAIN, WORD, classify
from homeward.extract.text.tokens import WATCH, Figure, Page, Reading

READER = "age/7"

FIRST, LAST = "13", "79"  # outside these, "years" speaks of something else
STRONG, CUED, NAMED = 0.97, 0.92, 0.8  # "23 years old"; "I'm 23"; "Amber, 23"
NAMED_FROM, NAMED_TO = 18, 59  # with only a name as cue, other numbers are likelier beyond these

BEHIND = lexicon("age.behind")  # words that make it an age by themselves
YEARS = lexicon("age.years")  # words that do so unless they speak of something else
BEFORE = lexicon("age.before")
LIMITS = lexicon("age.limits")
EASTERN = frozenset("岁歳才살")  # glued behind the figure, with or without words before it
OF = frozenset(["of", "de", "di", "von", "aged"])
SPANS = lexicon("age.spans")  # "for 20 yrs": a time, not an age
PERSONS = lexicon("age.persons")  # "a woman of 47"
NOT_AFTER = lexicon("age.not_after")
AND = frozenset(["and", "&", "y", "et", "e", "und", "и"])
IS = frozenset(["is", "es", "e", "ist", "est"])
PHRASE_ENDS = frozenset("!?\n.;|•★*")
GERMAN = frozenset(["DE", "AT", "CH", "LI", "LU"])


def _worded(word: str) -> bool:
    atoms = classify(word) if word.isalpha() else ()
    return len(atoms) == 1 and atoms[0].flavour == WORD and len(atoms[0].digits) == 2 and not atoms[0].weak


IS_CUE = WATCH.words(BEHIND, YEARS, BEFORE)
IS_WORDED = WATCH.add(_worded)


def read_ages(page: Page) -> list[Reading]:
    """Return the ages of one part, in reading order."""
    judged: list[tuple[Figure, float]] = []
    figures = page.figures
    if page.mask & IS_WORDED:
        figures = sorted([*figures, *_in_words(page)])
    for figure in figures:
        if len(figure.digits) != 2 or not FIRST <= figure.digits <= LAST:
            continue
        if figure.prefix and figure.suffix[:1] not in EASTERN:
            continue
        judged.append((figure, _judge(page, figure)))
    return [
        Reading("age", figure.digits, figure.start, figure.end, confidence, READER)
        for n, (figure, own) in enumerate(judged)
        if (confidence := own or _with_another(page, judged, n))
    ]


def _with_another(page: Page, judged: list[tuple[Figure, float]], n: int) -> float:
    """Return the confidence of an age that "and" joins to another: "26 and 39 years old"."""
    figure = judged[n][0]
    if (
        not NAMED_FROM <= int(figure.digits) <= NAMED_TO
        or figure.suffix
        or page.word(figure.word + 1) in NOT_AFTER
    ):
        return 0.0
    if n + 1 < len(judged) and judged[n + 1][1] >= CUED and _joined(page, figure, judged[n + 1][0]):
        return CUED
    if n and judged[n - 1][1] >= CUED and _joined(page, judged[n - 1][0], figure):
        return CUED if _separate(page, figure) and not _limited(page, figure.word) else 0.0
    return 0.0


def _joined(page: Page, first: Figure, second: Figure) -> bool:
    return not first.suffix and page.lower[first.end : second.start].strip(" ") in AND


def _in_words(page: Page) -> list[Figure]:
    """Number words of two digits: "twenty three", "veintitrés", "dreiundzwanzig"."""
    out = []
    for n in page.where(IS_WORDED):
        atoms = classify(page.words[n])
        last, digits = n, atoms[0].digits
        if atoms[0].step:
            following = n + 2 if page.word(n + 1) in ("y", "e", "et") else n + 1
            unit = classify(page.word(following)) if page.word(following) else ()
            if (
                len(unit) == 1
                and len(unit[0].digits) == 1
                and unit[0].flavour != PLAIN
                and unit[0].digits != "0"
            ):
                digits, last = digits[0] + unit[0].digits, following
        out.append(Figure(page.starts[n], page.end(last), digits, last, "", ""))
    return out


def _judge(page: Page, figure: Figure) -> float:
    """Return the confidence that a figure is an age, or 0."""
    n, lower = figure.word, page.lower
    after, following = page.gap(n), page.word(n + 1)
    if figure.suffix:
        after, following = "", figure.suffix
    first = n if figure.start >= page.starts[n] else bisect_left(page.starts, figure.start)  # "twenty-three"
    before, gap = page.word(first - 1), page.gap(first - 1) if first else ""
    if following[:1] in EASTERN and following:
        return STRONG
    sign = lower[figure.start - 1 : figure.start]
    if (
        lower[figure.end : figure.end + 1] in ("%", "+", "°")
        or _limited(page, n)
        or (sign in "$€£#+:.'" and sign)
    ) and (sign != ":" or before not in BEFORE):
        return 0.0
    if not after.strip(" -.,'") and _years(page, n, following, bool(figure.suffix)):
        return STRONG
    if following in ("f", "w", "m") and after == "/" and not (before.isdigit() and gap == "/"):
        return CUED  # "28/F/Reno"
    if before in ("f", "w", "m") and gap == "/" and after[:1] != "/" and page.word(first - 2) != "and":
        return CUED  # "F/28"
    if figure.suffix == "j" and lower[figure.end + 1 : figure.end + 2] == ".":
        return CUED  # "26j."
    if (
        (following in NOT_AFTER and not _ends(after) and not (following == "in" and before in BEFORE))
        or (after[:1] in "$€£'\":%/" and after[:1])
        or not _separate(page, figure)
    ):
        return 0.0
    if (
        before in BEFORE
        or (before in IS and (page.word(first - 2) in BEFORE or page.word(first - 2) in PERSONS))
        or _i_am(page, first)
        or _im(page, first, after)
        or (before in OF and page.word(first - 2) in PERSONS)
    ):
        return CUED
    named = before in names() and (page.written(first - 1)[0].isupper() or page.caseless)
    if named and NAMED_FROM <= int(figure.digits) <= NAMED_TO and len(gap) <= 4:
        return NAMED if not gap.strip(" ,-–(|/~*.") else 0.0
    return 0.0


def _years(page: Page, n: int, following: str, glued: bool) -> bool:
    """Whether what follows says years of a person: "yo", "y o", "years old", "ans" but not "years of"."""
    at = n if glued else n + 1
    if following in BEHIND:
        return True
    if following == "y" and page.word(at + 1) in ("o", "old"):
        return True
    if following not in YEARS:
        return False
    later = page.word(at + 1)
    if later in ("old", "young", "of") and (later != "of" or page.word(at + 2) == "age"):
        return True
    if later in ("de", "d", "di") and page.word(at + 2) in NOT_AFTER:
        return False  # "15 años de experiencia"
    ends = _ends(page.gap(at)) or not later or " - " in page.gap(at)
    if following in ("year", "years", "yrs", "yr"):
        said = _i_am(page, n) or page.word(n - 1) in BEFORE
        if said and ((later not in NOT_AFTER and later != "of") or ends):
            return True
        if glued and later not in NOT_AFTER and later != "of" and page.word(n - 1) not in SPANS:
            return True
        return ends and following != "year" and not _spanned(page, n)
    counted = page.word(n - 1) in NOT_AFTER and not page.gap(n - 1).strip(" ")
    return (later not in NOT_AFTER or ends) and not counted


def _spanned(page: Page, n: int) -> bool:
    """Whether the word before says a time: "for 20 yrs", but not "… stopped by... * 30 yrs"."""
    return page.word(n - 1) in SPANS and not page.gap(n - 1).strip(" ")


def _ends(gap: str) -> bool:
    """Whether a phrase ends in the gap, so that what follows says nothing about what is before."""
    return any(c in ",.;!|)\n" for c in gap)


def _i_am(page: Page, n: int) -> bool:
    one, two, three = page.word(n - 1), page.word(n - 2), page.word(n - 3)
    if one == "m" and two == "i":
        return True
    if one in ("am", "only", "just", "be") and two in ("i", "am", "m", "be"):
        return one != "be"
    return (one in ("a", "ans") and two in ("m", "am") and three == "i") or (one == "ai" and two == "j")


def _im(page: Page, n: int, after: str) -> bool:
    """Whether "im" without its apostrophe begins a sentence before the figure.

    German "im" also means "in the": not in countries where it is spoken, nor before an ordinal's full stop.
    """
    if (
        page.word(n - 1) != "im"
        or not page.words[n].isdigit()
        or page.gap(n - 1) != " "
        or page.place.country in GERMAN
    ):
        return False
    if after.startswith(".") and page.word(n + 1):
        return False
    return n == 1 or "\n" in page.gap(n - 2) or bool(page.gap(n - 2).strip(" '"))


def _limited(page: Page, n: int) -> bool:
    """Whether it is a limit for somebody: "over 21", "must be 25", "21 and over", "18 or older"."""
    near = page.words[_sentence(page, n) : n]
    if "must" in near or any(
        w in LIMITS and not (w == "min" and page.word(n - len(near[-2:]) + k - 1).isdigit())
        for k, w in enumerate(near[-2:])
    ):
        return True
    later = page.words[n + 1 : n + 4]
    if later[:2] == ["y", "o"]:
        return False  # "37 y/o gentlemen …"
    return (
        bool(later)
        and later[0] in ("and", "or", "plus", "to", "y", "o", "und")
        and any(w in LIMITS for w in later[1:] if w != "up" or w == later[1])
    )


def _sentence(page: Page, n: int) -> int:
    """Return the first of up to three words before word `n` in its sentence."""
    first = n
    while first > max(0, n - 3):
        gap = page.gap(first - 1)
        if " - " in gap or not PHRASE_ENDS.isdisjoint(gap):
            break
        first -= 1
    return first


def _separate(page: Page, figure: Figure) -> bool:
    """Whether no other figure is joined to it: dates, ranges, times and measurements are no ages."""
    lower = page.lower
    before, after = lower[max(0, figure.start - 2) : figure.start], lower[figure.end : figure.end + 2]
    joined_before = before[-1:] in "-/.:," and before[-1:] and before[:1].isdigit()
    joined_after = after[:1] in "-/.:" and after[1:].isdigit() and after[:1]
    return not (joined_before or joined_after)

"""Opening hours.

Rule: two times of day joined by a dash or "to", at least one of them with am or pm, a colon or an h; bare
figures count between a pair such as "von … bis" or "с … до" that ends its phrase, or right behind a span
of days ("Mon-Fri 9 to 5"), and spans a working day; or "24/7" and "24 hours". Days named just before or
behind limit them; without days every day is meant. The value is as `Mo-Su 09:00-22:00`; around the clock
is `Mo-Su 00:00-24:00`. Confidence: .93 as times of day, .95 around the clock, .8 for bare figures.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from homeward.extract.knowledge.load import rows
from homeward.extract.text.tokens import WATCH, Figure, Page, Reading

READER = "hours/4"

CLOCK, ROUND, PAIRED = 0.93, 0.95, 0.8
DAYS = {word: row[1] for row in rows("days.tsv") if row[0] == "day" for word in row[2].split()}
IS_DAY = WATCH.words(DAYS)
ORDER = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
JOINS = frozenset(
    ["-", "to", "til", "till", "until", "a", "bis", "a las", "hasta", "ate", "alle", "до", "–", "thru", "as",
     "hasta las", "ate as", "bis um", "jusqu'a", "alle ore", "a la"]
)  # fmt: skip
# Words before the opening time, with what may then stand before the closing one.
PAIRS = {
    "von": ["bis"], "с": ["до"], "c": ["до"], "de": ["a", "as"], "das": ["as", "a"], "las": ["a las"],
    "dalle": ["alle"], "desde": ["hasta"], "da": ["a"], "entre": ["et", "e", "y", "y las"],
}  # fmt: skip
EARLIEST, LATEST, SHORTEST = 5 * 60, 14 * 60, 6 * 60  # of bare figures: opening, and how long it is open
HALVES = {word: row[1] for row in rows("days.tsv") if row[0] == "half" for word in row[2].split()}
SMALL = frozenset(["de", "la", "da", "du", "di", "del", "uhr", "h", "hs", "horas", "heures", "часов"])
LONG = frozenset(["horas", "heures", "ore", "часов", "uur"])  # hours of the day, or how long something lasts
ABBREVIATED = {
    "mo": "Mo", "di": "Tu", "mi": "We", "do": "Th", "fr": "Fr", "sa": "Sa", "so": "Su",
    "l": "Mo", "lu": "Mo", "v": "Fr", "ve": "Fr", "s": "Sa", "d": "Su",
}  # fmt: skip


# Days that are other words too ("mar", "sex"): only between two, as in "de seg a sex".
SHORT = ABBREVIATED | {
    "lun": "Mo", "mar": "Tu", "mie": "We", "mer": "We", "jue": "Th", "jeu": "Th", "vie": "Fr", "ven": "Fr",
    "sab": "Sa", "sam": "Sa", "dom": "Su", "dim": "Su", "seg": "Mo", "ter": "Tu",
    "qua": "We", "qui": "Th", "sex": "Fr",
}  # fmt: skip
DAY_JOINS = frozenset(
    ["bis", "a", "au", "to", "thru", "through", "till", "until", "al", "ao", "ate", "hasta", "по", "до"]
)
DAYS_BEFORE = 40  # characters: "Wednesday through Saturday from"
MARKS = frozenset(["am", "pm", "h", "uhr", "hs", "noon"])


class Time(NamedTuple):
    """A time of day in minutes; `half` is am or pm if said, `sure` that it is written as a time."""

    start: int
    end: int
    minutes: int
    half: str
    sure: bool


def read_hours(page: Page) -> list[Reading]:
    """Return the opening hours of one part, in reading order."""
    if not page.figures:
        return []
    found = _round_the_clock(page)
    times = _times(page)
    n = 0
    while n + 1 < len(times):
        opening, closing = times[n], times[n + 1]
        gap = page.lower[opening.end : closing.start].strip(" .")
        if gap in JOINS and (opening.sure or closing.sure) and (closing.half or closing.sure):
            found.append(_reading(page, opening, closing, CLOCK))
            n += 1
        elif _paired(page, opening, closing, gap):
            found.append(_reading(page, opening, closing, PAIRED))
            n += 1
        elif (day := _working_day(page, opening, closing, gap)) is not None:
            found.append(_reading(page, opening, day, PAIRED))
            n += 1
        n += 1
    return found


def _paired(page: Page, opening: Time, closing: Time, gap: str) -> bool:
    """Whether bare figures are hours: "с 10 до 22", "de 10 a 20", but not "de 10 a 20 personas"."""
    at = bisect_left(page.starts, opening.start)
    if gap not in PAIRS.get(page.word(at - 1), ()) or page.gap(at - 1) != " ":
        return False
    if not EARLIEST <= opening.minutes <= LATEST or closing.minutes - opening.minutes < SHORTEST:
        return False
    last = bisect_left(page.starts, closing.end) - 1
    rest = page.gap(last)
    return page.end(last) == closing.end and (last == len(page.words) - 1 or rest[:1] in ".,;!|\n)")


def _working_day(page: Page, opening: Time, closing: Time, gap: str) -> Time | None:
    """Return when bare figures right behind a span of days close: "Mon-Fri 9 to 5", "сб-вс с 11 до 21"."""
    at = bisect_left(page.starts, opening.start)
    at -= page.word(at - 1) in PAIRS or page.word(at - 1) == "from"
    if gap not in JOINS or opening.half or closing.half or not page.mask & IS_DAY or at < 2:
        return None
    joined = page.word(at - 2) in DAY_JOINS or page.gap(at - 2).strip(" ") in ("-", "–")
    first = at - 3 if page.word(at - 2) in DAY_JOINS else at - 2
    days = {DAYS.get(page.word(at - 1)), DAYS.get(page.word(first))}
    if not joined or None in days or len(days) < 2 or page.gap(at - 1).strip(" :,"):
        return None
    if closing.minutes <= 12 * 60 and closing.minutes <= opening.minutes:
        closing = closing._replace(half="pm", minutes=closing.minutes + 12 * 60)
    fits = EARLIEST <= opening.minutes <= LATEST and closing.minutes - opening.minutes >= SHORTEST
    return closing if fits else None


def _round_the_clock(page: Page) -> list[Reading]:
    found = []
    figures = page.figures
    for k, figure in enumerate(figures):
        if figure.digits != "24" or figure.prefix:
            continue
        following = figures[k + 1] if k + 1 < len(figures) else None
        end = 0
        if (
            following is not None
            and following.digits == "7"
            and page.lower[figure.end : following.start].strip() in ("/", "-", "x", "hrs/")
        ):
            end = following.end
        elif (figure.suffix or page.word(figure.word + 1)) in (
            "hours",
            "hrs",
            "hr",
            "h",
            "horas",
            "heures",
            "stunden",
            "ore",
            "часа",
            "hour",
        ) and not _ahead(page, figure):
            end = figure.end + len(figure.suffix) if figure.suffix else page.end(figure.word + 1)
        if end:
            found.append(Reading("hours", "Mo-Su 00:00-24:00", figure.start, end, ROUND, READER))
    return found


def _ahead(page: Page, figure: Figure) -> bool:
    """Whether "24 hours" is a notice or a stay: "24 hours notice", "$900 24 hours"."""
    at = figure.word + (1 if figure.suffix else 2)
    before = page.word(figure.word - 1)
    return (
        page.word(at) in ("notice", "ahead", "advance", "in", "before")
        or before.isdigit()
        or before in ("within", "for", "last", "next")
    )


def _times(page: Page) -> list[Time]:
    out: list[Time] = []
    figures, lower, skip = page.figures, page.lower, -1
    for k, figure in enumerate(figures):
        if k <= skip or len(figure.digits) > 2 or figure.number > 24 or figure.prefix not in ("", "a", "to"):
            continue
        minutes, end, sure, last = figure.number * 60, figure.end, False, figure
        following = figures[k + 1] if k + 1 < len(figures) else None
        gap = lower[end : following.start] if following is not None else ""
        if (
            following is not None
            and gap in (":", "h", ".")
            and len(following.digits) == 2
            and following.number < 60
        ):
            minutes, end, sure, last, skip = (
                minutes + following.number,
                following.end,
                gap != ".",
                following,
                k + 1,
            )
        half, end = _half(page, last, end)
        if half in ("h", "uhr", "hs", "hrs") or (half in LONG and figure.number > 12):
            half, sure = "", True
        elif half in LONG:
            half, end = "", figure.end
        if figure.number <= 12 or not half:
            out.append(Time(figure.start, end, minutes, half, sure or bool(half)))
    return out


def _half(page: Page, figure: Figure, end: int) -> tuple[str, int]:
    """Return am, pm or an hour mark behind a figure, and where it ends."""
    suffix = figure.suffix
    if suffix in ("am", "pm", "a", "p", "h", "hs", "hrs"):
        half = {"a": "am", "p": "pm"}.get(suffix, suffix)
        return half, end + len(suffix)
    word = page.word(figure.word + 1)
    if not suffix and (said := _said(page, figure.word + 1)):
        return said
    if not suffix and page.gap(figure.word) in (" ", "") and (word in MARKS or word in LONG):
        return word, page.end(figure.word + 1)
    if (
        not suffix
        and word in ("a", "p")
        and page.word(figure.word + 2) == "m"
        and page.gap(figure.word + 1) == "."
    ):
        return word + "m", page.end(figure.word + 2)
    return "", end


def _said(page: Page, n: int) -> tuple[str, int] | None:
    """Return am or pm of "9 утра", "9 de la noche", "9 Uhr abends", and where it ends."""
    at = n
    while at < n + 2 and page.word(at) in SMALL and page.gap(at) == " ":
        at += 1
    half = HALVES.get(page.word(at), "") if not page.gap(n - 1).strip() else ""
    return (half, page.end(at)) if half else None


def _reading(page: Page, opening: Time, closing: Time, confidence: float) -> Reading:
    first, last = (
        _clock(opening, closing.half if not opening.half and closing.half else ""),
        _clock(closing, ""),
    )
    if not opening.half and closing.half == "pm" and first >= last and opening.minutes < 720:
        first = opening.minutes
    if last == 0:
        last = 1440
    days, start, end = _days(page, opening.start, closing.end)
    value = f"{days} {first // 60:02}:{first % 60:02}-{last // 60:02}:{last % 60:02}"
    return Reading("hours", value, start, end, confidence, READER)


def _clock(time: Time, other: str) -> int:
    """Return minutes since midnight; a morning is meant if only the closing time says pm."""
    half, minutes = time.half, time.minutes
    if half == "pm" and minutes < 720:
        return minutes + 720
    if half == "am" and minutes >= 720:
        return minutes - 720
    if half == "" and other == "am" and minutes < 720 and minutes >= 300:
        return minutes + 720  # "8-2am" opens in the evening
    return minutes


def _day(page: Page, n: int) -> bool:
    """Whether a word behind the times is a day: not "Mon" of "à 21h. Mon numéro", which begins a sentence."""
    gap = page.gap(n - 1)
    if not (any(c in ".!?,|" for c in gap) or " - " in gap):
        return True
    return n == len(page.words) - 1 or page.words[n + 1] in DAYS


def _behind(page: Page, n: int, end: int) -> bool:
    """Whether a day stands right behind the times, or is joined to one that does: "9-5 Tuesday-Sunday"."""
    if not end <= page.starts[n] <= end + DAYS_BEFORE:
        return False
    if page.starts[n] <= end + 8:
        return _day(page, n)
    one = n - 2 if page.word(n - 1) in DAY_JOINS else n - 1
    return page.word(one) in DAYS and end <= page.starts[one] <= end + 8 and "\n" not in page.gap(n - 1)


def _short_span(page: Page, n: int) -> tuple[str, int] | None:
    """Return the days of "L-V", "du lun au sam" and "de seg a sex" before word `n`, and the first word."""
    joined = page.word(n - 2) in DAY_JOINS and not page.gap(n - 2).strip(" ")
    first = n - 3 if joined else n - 2
    if first < 0 or not (joined or page.gap(first).strip() == "-"):
        return None
    one, two = (SHORT.get(page.word(k)) or DAYS.get(page.word(k), "") for k in (first, n - 1))
    return (f"{one}-{two}", first) if one and two and "Mo-Su" not in (one, two) else None


def _days(page: Page, start: int, end: int) -> tuple[str, int, int]:
    """Return the days named around the times, and the span with them."""
    n = bisect_left(page.starts, start)
    n -= page.word(n - 1) in PAIRS or page.word(n - 1) == "from"  # "L-V de 10h a 20h"
    if (short := _short_span(page, n)) is not None:
        return short[0], page.starts[short[1]], end
    if not page.mask & IS_DAY:
        return "Mo-Su", start, end
    days = page.where(IS_DAY)
    first = bisect_left(page.starts, max(0, start - DAYS_BEFORE))
    near = days[bisect_left(days, first) : bisect_left(days, first) + 12]
    named = [n for n in near if page.starts[n] < start or _behind(page, n, end)]
    named = [n for n in named if "\n" not in page.lower[min(page.end(n), start) : max(start, page.starts[n])]]
    if not named:
        return "Mo-Su", start, end
    before = [n for n in named if page.starts[n] < start][-2:]
    chosen = before or named[:2]
    values = [DAYS[page.words[n]] for n in chosen]
    span = min(start, page.starts[chosen[0]]), max(end, page.end(chosen[-1]))
    if "Mo-Su" in values:
        return "Mo-Su", *span
    joined = len(values) == 2 and page.lower[page.end(chosen[0]) : page.starts[chosen[1]]].strip() not in (
        ",",
        "&",
        "and",
        "y",
    )
    return ("-" if joined else ",").join(values), *span

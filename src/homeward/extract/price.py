"""Prices: an amount, its currency, the minutes it buys.

Rule: an amount is a figure with a currency sign, code or word, a slang word ("roses", "donation"), or a
duration beside it. Amounts and durations of one line are paired in the order the line has: "80 half hour,
120 hour" and "30 min: 80, 60 min: 120". Ranges and lists give a price for every amount. A dollar sign is
the dollar of the ad's country; slang and bare amounts take the country's currency. Parts unknown are left
out of the value: `120 USD 60min`, `120 USD`, `120`. Bare amounts are taken only beside a duration, and
only from 20 to 5,000.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from homeward.extract.knowledge.load import lexicon, rows
from homeward.extract.text.tokens import WATCH, Figure, Page, Reading

READER = "price/3"

SIGNED, SLANG, BARE = 0.96, 0.9, 0.82
LEAST, MOST = 20, 5000  # bare amounts beyond these are minutes, years, house numbers
LARGEST = 999_999  # with a sign: more digits are telephone or account numbers
NEAR = 24  # characters between an amount and its duration; a sentence is longer

SIGNS = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₽": "RUB", "₹": "INR", "₩": "KRW", "₺": "TRY",
    "₴": "UAH", "₱": "PHP", "฿": "THB", "₫": "VND", "₪": "ILS", "₦": "NGN",
}  # fmt: skip
CODES = {word: row[1] for row in rows("currencies.tsv") if row[0] == "word" for word in row[2].split()}
HOME = {
    country: row[1] for row in rows("currencies.tsv") if row[0] == "country" for country in row[2].split()
}
DOLLAR_LETTERS = {
    "r": "BRL",
    "us": "USD",
    "a": "AUD",
    "au": "AUD",
    "c": "CAD",
    "ca": "CAD",
    "nz": "NZD",
    "mx": "MXN",
    "s": "SGD",
}
DOLLARS = frozenset(["US", "CA", "AU", "NZ", "SG", "HK"])
SLANG_WORDS = lexicon("price.slang")
UNITS = {word: int(row[1]) for row in rows("durations.tsv") if row[0] == "unit" for word in row[2].split()}
PHRASES = {tuple(row[2].split()): int(row[1]) for row in rows("durations.tsv") if row[0] == "phrase"}
FIRST = frozenset(p[0] for p in PHRASES)
ALONE = frozenset(p[0] for p in PHRASES if len(p) == 1)
PAIRS = frozenset(p[:2] for p in PHRASES)
IS_MONEY = WATCH.words(CODES, SLANG_WORDS)
IS_FIRST = WATCH.words(FIRST)
NOT_MONEY = lexicon("price.not_money")
VENUES = {"incall": "incall", "incalls": "incall", "outcall": "outcall", "outcalls": "outcall"}
STOPS = "\n;|"


class Amount(NamedTuple):
    """A sum of money at a place of the text."""

    start: int
    end: int
    value: str
    currency: str
    confidence: float


class Duration(NamedTuple):
    """Minutes at a place of the text; `per` means it follows its amount ("120 an hour", "/hr")."""

    start: int
    end: int
    minutes: int
    per: bool


def read_prices(page: Page) -> list[Reading]:
    """Return the prices of one part, in reading order."""
    figures = [f for f in page.figures if len(f.digits) <= 6]
    if not figures:
        return []
    durations = _durations(page, figures)
    money = durations or page.mask & IS_MONEY or any(sign in page.lower for sign in SIGNS)
    if not (money or any(f.suffix or f.prefix for f in figures)):
        return []
    used = {place for d in durations for place in range(d.start, d.end)}
    amounts = _amounts(page, [f for f in figures if f.start not in used], durations)
    if not amounts:
        return []
    pairs = _pair(page.lower, amounts, durations)
    return [_reading(page, amount, pairs.get(n)) for n, amount in enumerate(amounts)]


def _reading(page: Page, amount: Amount, duration: Duration | None) -> Reading:
    value = f"{amount.value} {amount.currency}".rstrip()
    start, end = amount.start, amount.end
    detail: dict[str, object] = {"amount": float(amount.value)}
    if amount.currency:
        detail["currency"] = amount.currency
    if duration is not None:
        value += f" {duration.minutes}min"
        detail["minutes"] = duration.minutes
        start, end = min(start, duration.start), max(end, duration.end)
    if venue := _venue(page, start):
        detail["venue"] = venue
    return Reading("price", value, start, end, amount.confidence, READER, detail)


def _venue(page: Page, start: int) -> str:
    """Return the venue word that stands before the price in its line."""
    line = page.plain[page.lower.rfind("\n", 0, start) + 1 : start].split()
    return next((VENUES[w] for w in reversed(line[-8:]) if w in VENUES), "")


# --- durations --------------------------------------------------------------------------------------------


def _durations(page: Page, figures: list[Figure]) -> list[Duration]:
    found: list[Duration] = []
    for figure in figures:
        unit = figure.suffix or page.word(figure.word + 1)
        if (
            unit in UNITS
            and not figure.prefix
            and (figure.suffix or page.gap(figure.word) in (" ", "-", ""))
            and 1 <= figure.number <= 240
            and not _signed(page.lower, figure)
        ):
            end = figure.end + len(unit) if figure.suffix else page.end(figure.word + 1)
            minutes = figure.number * UNITS[unit]
            if minutes <= 1440 and not (UNITS[unit] > 1 and figure.number > 24):
                start, minutes = _half(page, figure, minutes)
                found.append(Duration(start, end, minutes, _per(page.lower, start)))
    inside = {place for d in found for place in range(d.start, d.end)}
    words = page.words
    for n in page.where(IS_FIRST):
        if words[n] not in ALONE and (words[n], page.word(n + 1)) not in PAIRS:
            continue
        for size in (4, 3, 2, 1):  # the longest first
            minutes = PHRASES.get(tuple(page.words[n : n + size]), 0) if n + size <= len(page.words) else 0
            if minutes and not all(page.gap(k).strip(" -") == "" for k in range(n, n + size - 1)):
                continue  # "$760 half\nhour: $560" is two durations
            start = page.starts[n]
            if minutes:
                if start not in inside:
                    per = page.words[n] in ("per", "an", "each", "hourly", "por", "par", "pro", "a") or _per(
                        page.lower, start
                    )
                    found.append(Duration(start, page.end(n + size - 1), minutes, per))
                    inside.update(range(start, found[-1].end))
                break
    return sorted(found)


def _half(page: Page, figure: Figure, minutes: int) -> tuple[int, int]:
    """Read 1/2 hour and 1.5 hours, whose last figure has the unit."""
    before = page.lower[max(0, figure.start - 2) : figure.start]
    if before == "1/" and figure.digits == "2":
        return figure.start - 2, minutes // 4
    if before[1:] in (".", ",") and before[:1].isdigit() and figure.digits == "5":
        return figure.start - 2, int(before[0]) * minutes // 5 + minutes // 10
    return figure.start, minutes


def _per(lower: str, start: int) -> bool:
    """Whether a duration follows its amount: "120/hr", "120 per hour", "120 for an hour"."""
    before = lower[max(0, start - 12) : start].rstrip()
    if before.endswith("/"):
        return lower[start - 1] == "/"  # "120/hr"; with blanks, "/" divides the items of a list
    if before.endswith((" per", " por", " par", " pro")):
        return True
    words = before.split()
    linked = len(words) > 1 and words[-1] in ("an", "a", "for", "the")
    return linked and (words[-2][-1:].isdigit() or words[-2] in SLANG_WORDS or words[-2] in CODES)


# --- amounts ----------------------------------------------------------------------------------------------


def _signed(lower: str, figure: Figure) -> str:
    """Return the currency sign of a figure: the one it touches, else one a blank away.

    A sign that touches another figure is that one's: in "160$ 15 min, 30 min 750$" 15 has none.
    """
    start, end = figure.start, figure.end
    sign = lower[start - 1 : start] if start else ""
    if sign in SIGNS:
        return sign
    before = lower[max(0, start - 4) : start - 1]
    if sign == " " and before[-1:] in SIGNS and not before[:-1].rstrip(" ")[-1:].isdigit():
        return before[-1]
    after = lower[end : end + 4]
    sign = after[:1]
    if sign in SIGNS:
        return "" if after[1:2].isdigit() else sign
    sign = after[1:2]
    if after[:1] == " " and sign in SIGNS and not after[2:].strip(" ")[:1].isdigit():
        return sign
    return ""


def _amounts(page: Page, figures: list[Figure], durations: list[Duration]) -> list[Amount]:
    found: list[Amount] = []
    skip = -1
    lower = page.lower
    for k, figure in enumerate(figures):
        if k <= skip:
            continue
        digits, end, last = _joined(lower, figures, k)
        if int(digits) > LARGEST or int(digits) == 0:
            continue
        amount = _amount(page, figure, figures[last], digits, end)
        if amount is None and found and _continues(lower, found[-1], figure):
            amount = found[-1]._replace(start=figure.start, end=end, value=str(int(digits)))
        if amount is None and durations and LEAST <= int(digits) <= MOST:
            amount = _bare(page, figure, digits, end, durations)
        if (
            amount is None
            and last == k
            and k + 1 < len(figures)
            and lower[end : figures[k + 1].start].strip() in ("-", "/", "to")
        ):
            following = _amount(
                page, figures[k + 1], figures[k + 1], figures[k + 1].digits, figures[k + 1].end
            )
            if (
                following is not None
                and int(digits) >= LEAST
                and following.confidence >= SLANG
                and following.start >= figures[k + 1].start
            ):
                amount = following._replace(start=figure.start, end=end, value=str(int(digits)))
        if amount is not None:
            found.append(amount)
            skip = last
    return found


def _joined(lower: str, figures: list[Figure], k: int) -> tuple[str, int, int]:
    """Join thousands and drop cents: "1,200" is 1200, "120.00" is 120."""
    figure, digits, last = figures[k], figures[k].digits, k
    end = figure.end
    if k + 1 < len(figures) and len(digits) <= 3:
        following = figures[k + 1]
        gap = lower[end : following.start]
        if gap in (",", ".", "'") and len(following.digits) == 3 and not (len(digits) == 3 and gap == ","):
            digits, end, last = digits + following.digits, following.end, k + 1
        elif gap in (".", ",") and following.digits == "00":
            end, last = following.end, k + 1
    return digits, end, last


def _amount(page: Page, figure: Figure, last: Figure, digits: str, end: int) -> Amount | None:
    """Read an amount that says itself that it is money."""
    lower, value = page.lower, str(int(digits))
    sign = _signed(lower, figure) or _signed(lower, last)
    if sign and not figure.prefix.isalpha():
        start = figure.start
        if lower[max(0, start - 2) : start].strip()[-1:] == sign:
            start = lower.rfind(sign, 0, start)
            if (
                sign == "$"
                and (code := DOLLAR_LETTERS.get(page.word(figure.word - 1)))
                and lower[start - 1].isalpha()
            ):
                return Amount(start - len(page.word(figure.word - 1)), end, value, code, SIGNED)
        else:
            end = lower.find(sign, end) + 1
        return Amount(start, end, value, _dollar(page, sign), SIGNED)
    word = last.suffix or page.word(last.word + 1)
    if last.suffix and page.end(last.word) > last.end + len(last.suffix):
        word = ""  # "54r2": within a name of something
    if (
        (word in CODES or word in SLANG_WORDS)
        and word != "r"
        and (last.suffix or page.gap(last.word) in ("", " ", "-", "  "))
    ):
        at = last.end + len(word) if last.suffix else page.end(last.word + 1) if word else end
        if word in CODES:
            return Amount(figure.start, at, value, CODES[word] or _dollar(page, "$"), SIGNED)
        if word in SLANG_WORDS:
            return Amount(figure.start, at, value, HOME.get(page.place.country or "US", ""), SLANG)
    before = figure.prefix or page.word(figure.word - 1)
    if before in CODES and before != "r" and figure.digits != "1":
        gap = "" if figure.prefix else page.gap(figure.word - 1)
        if gap in ("", " ", "$", ": "):
            start = figure.start - len(before) if figure.prefix else page.starts[figure.word - 1]
            return Amount(start, end, value, CODES[before] or _dollar(page, "$"), SIGNED)
    if (
        before in SLANG_WORDS
        and int(digits) >= LEAST
        and not figure.prefix
        and page.gap(figure.word - 1).strip() in ("", ":", "-", "=")
    ):
        return Amount(figure.start, end, value, HOME.get(page.place.country or "US", ""), SLANG)
    return None


def _dollar(page: Page, sign: str) -> str:
    country = page.place.country
    if sign == "$" and country:
        home = HOME.get(country, "USD")
        return home if country in DOLLARS or home in ("MXN", "COP", "CLP", "ARS", "BRL") else "USD"
    return SIGNS[sign]


def _continues(lower: str, last: Amount, figure: Figure) -> bool:
    """Whether a figure goes on with a list or range: "$80-120", "$80/120/200"."""
    gap = lower[last.end : figure.start].strip()
    return (
        gap in ("-", "/", "-$", "to", "or")
        and not figure.prefix
        and len(figure.digits) in (2, 3, 4)
        and not figure.suffix
    )


def _bare(page: Page, figure: Figure, digits: str, end: int, durations: list[Duration]) -> Amount | None:
    """Read a figure without sign beside a duration."""
    if figure.prefix or figure.suffix or len(digits) > 4:
        return None
    word = page.word(figure.word + 1)
    hours = UNITS.get(word, 0) > 1 and int(digits) > 24  # "200 hr": two hundred for an hour
    if word in NOT_MONEY and page.gap(figure.word) in (" ", "-") and not hours:
        return None
    lower = page.lower
    if lower[end : end + 1] in ("'", '"', "%", "+", ":") or (
        lower[figure.start - 1 : figure.start] in ("#", "+", ":")
        and lower[figure.start - 2 : figure.start - 1].isdigit()
    ):
        return None
    joined = lower[max(0, figure.start - 1) : figure.start], lower[end : end + 1]
    if (joined[0] in "-." and joined[0] and lower[figure.start - 2 : figure.start - 1].isdigit()) or (
        joined[1] in "-." and joined[1] and lower[end + 1 : end + 2].isdigit()
    ):
        return None
    at = bisect_right(durations, (figure.start,))
    for duration in durations[max(0, at - 1) : at + 1]:
        before, after = duration.start - end, figure.start - duration.end
        if 0 <= before <= 8 or (0 <= after <= 6 and not duration.per):
            gap = lower[end : duration.start] if before >= 0 else lower[duration.end : figure.start]
            if not any(c in STOPS + ".!?" for c in gap) and sum(map(str.isalpha, gap)) <= 5:
                return Amount(figure.start, end, str(int(digits)), HOME.get(page.place.country, ""), BARE)
    return None


def _pair(lower: str, amounts: list[Amount], durations: list[Duration]) -> dict[int, Duration]:
    """Give amounts of one line the durations they go with, in the order that line has."""
    pairs: dict[int, Duration] = {}
    used: set[int] = set()
    first = 0
    for n, amount in enumerate(amounts):
        while first < len(durations) and durations[first].end < amount.start - NEAR:
            first += 1
        following = amounts[n + 1].start if n + 1 < len(amounts) else len(lower)
        last_end = amounts[n - 1].end if n else 0
        best: tuple[float, int] | None = None
        for at in range(first, min(first + 6, len(durations))):
            duration = durations[at]
            if at in used:
                continue
            if duration.start >= amount.end and duration.start < following:
                gap = lower[amount.end : duration.start]
                cost = len(gap) - (3 if duration.per else 0) + (6 if "," in gap or " - " in gap else 0)
            elif duration.end <= amount.start and duration.start >= last_end and not duration.per:
                gap = lower[duration.end : amount.start]
                cost = (
                    len(gap)
                    - (4 if "," not in gap and _leads(lower, duration) else 0)
                    + (6 if "," in gap else 0)
                )
            else:
                continue
            if (
                len(gap) <= NEAR
                and not any(c in STOPS for c in gap)
                and ". " not in gap
                and (best is None or cost < best[0])
            ):
                best = (cost, at)
        if best is not None:
            pairs[n] = durations[best[1]]
            used.add(best[1])
    return pairs


def _leads(lower: str, duration: Duration) -> bool:
    """Whether a duration opens its line or list item: it goes before its amount then."""
    before = lower[max(0, duration.start - 3) : duration.start].strip()
    return not before or before[-1] in ",;|:•*-\n"

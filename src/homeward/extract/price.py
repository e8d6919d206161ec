"""Prices: an amount, its currency, the minutes it buys.

Rule: an amount is a figure with a currency sign, code or word, a slang word ("roses", "donation"), or a
duration beside it. Amounts and durations of one line are paired in the order the line has: "80 half hour,
120 hour" and "30 min: 80, 60 min: 120". Ranges and lists give a price for every amount. A dollar sign is
the dollar of the ad's country; slang and bare amounts take the country's currency. Parts unknown are left
out of the value: `120 USD 60min`, `120 USD`, `120`. Bare amounts are taken only beside a duration, and
only from 20 to 5,000. Confidence: .96 with a sign, code or word of a currency, .9 with slang, .82 bare.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from homeward.extract.knowledge.load import lexicon, rows
from homeward.extract.price_pairs import STOPS, Amount, pair
from homeward.extract.price_time import (
    CODES,
    DAY,
    SIGNS,
    SLANG_WORDS,
    UNITS,
    Duration,
    read_durations,
    signed,
)
from homeward.extract.price_words import worded
from homeward.extract.text.tokens import WATCH, Figure, Page, Reading

READER = "price/7"

SIGNED, SLANG, BARE = 0.96, 0.9, 0.82
LEAST, MOST = 20, 5000  # bare amounts beyond these are minutes, years, house numbers
LARGEST = 999_999  # with a sign: more digits are telephone or account numbers

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
IS_MONEY = WATCH.words(CODES, SLANG_WORDS, ["pounds"])
OFF = lexicon("price.off")  # "$20 off", "save $20": what is taken from a price is none
HOUR_SUFFIXES = frozenset(["hh", "hhr", "hr", "hrs", "h", "hour"])  # glued to an amount: "100hh 150hr"
STRONG = frozenset(["USD", "EUR", "GBP", "CAD", "AUD", ""])  # nobody asks ten thousand of these
LOCAL = "*"
KRONOR = ("SEK", "NOK", "DKK")
PESOS = ("MXN", "COP", "CLP", "ARS", "PHP")
LOCALS = {"kr": KRONOR, "kronor": KRONOR, "kroner": KRONOR, "peso": PESOS, "pesos": PESOS}
YUAN = frozenset(["CN", "TW", "HK", "MO"])
SIGNED_WITH = lexicon("name.signed")  # "… 817 besos, Ana": kisses, not money
NOT_MONEY = lexicon("price.not_money")
VENUES = {"incall": "incall", "incalls": "incall", "outcall": "outcall", "outcalls": "outcall"}
VENUE_NEAR = 120  # characters before a price in which its venue stands: eight words
ITEMS = "~*•·"  # marks between the items of a list
PARTING = frozenset(",.'")  # marks within a sum, before thousands or cents


def read_prices(page: Page) -> list[Reading]:
    """Return the prices of one part, in reading order."""
    figures = [f for f in page.figures if len(f.digits) <= 6]
    named = page.mask & IS_MONEY
    if not figures and not named:
        return []
    durations = read_durations(page, figures)
    money = durations or named or any(sign in page.lower for sign in SIGNS)
    if not (money or any(f.suffix or f.prefix for f in figures)):
        return []
    used = {place for d in durations for place in range(d.start, d.end)}
    amounts = _amounts(page, [f for f in figures if f.start not in used], durations)
    if named:
        amounts = sorted(amounts + [Amount(*said) for said in worded(page, IS_MONEY, _named)])
    amounts = [amount for amount in amounts if not _taken_off(page, amount)]
    if not amounts:
        return []
    pairs = pair(page.lower, amounts, durations)
    return [_reading(page, amount, pairs.get(n)) for n, amount in enumerate(amounts)]


def _named(page: Page, n: int) -> tuple[str, float] | None:
    """Return the currency that the word `n` names, and the confidence."""
    word = page.word(n)
    if word in CODES and word != "r":
        return _code(page, word), SIGNED
    if word in SLANG_WORDS and not (word in SIGNED_WITH and page.lower[page.end(n) : page.end(n) + 1] == ","):
        return HOME.get(page.place.country or "US", ""), SLANG
    return ("GBP", SIGNED) if word == "pounds" and _sterling(page, n) else None


def _taken_off(page: Page, amount: Amount) -> bool:
    """Whether an amount is a discount: "$20 off", "save $20"."""
    behind = bisect_left(page.starts, amount.end)
    before = bisect_left(page.starts, amount.start) - 1
    off = (
        page.word(behind) in OFF and page.starts[behind] - amount.end < 3
        if behind < len(page.words)
        else False
    )
    return off or (page.word(before) in ("save", "saves", "saving") and amount.start - page.end(before) < 3)


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
    nearest = max(0, start - VENUE_NEAR)
    line = page.plain[max(nearest, page.lower.rfind("\n", nearest, start) + 1) : start].split()
    return next((VENUES[w] for w in reversed(line[-8:]) if w in VENUES), "")


def _amounts(page: Page, figures: list[Figure], durations: list[Duration]) -> list[Amount]:
    found: list[Amount] = []
    skip = -1
    lower = page.lower
    for k, figure in enumerate(figures):
        if k <= skip:
            continue
        digits, end, last = figure.digits, figure.end, k
        if lower[end : end + 1] in PARTING:
            if (whole := _with_cents(page, figures, k)) is not None:
                found.append(whole[0])
                skip = whole[1]
                continue
            digits, end, last = _joined(lower, figures, k)
        elif (
            k + 1 < len(figures)
            and figures[k + 1].start == end + 1
            and _thousands(lower, figure, figures[k + 1])
        ):
            digits, end, last = digits + figures[k + 1].digits, figures[k + 1].end, k + 1
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


def _thousands(lower: str, first: Figure, second: Figure) -> bool:
    """Whether a blank parts thousands: "2 500 kr", with the currency behind."""
    if lower[first.end] != " " or len(first.digits) > 2 or len(second.digits) != 3 or first.suffix:
        return False
    behind = lower[second.end : second.end + 12].lstrip(" ")
    word = behind[: next((n for n, c in enumerate(behind) if not c.isalpha()), len(behind))]
    sign = behind[:1] in SIGNS and behind[:1] != "" and signed(lower, first) != behind[:1]
    if not sign and word not in CODES:
        return False
    code = SIGNS[behind[0]] if sign else CODES[word]
    return len(first.digits) == 1 or code not in STRONG


def _with_cents(page: Page, figures: list[Figure], k: int) -> tuple[Amount, int] | None:
    """Read "22,90 €", "$119.50" and "EUR 1.200,50"; return the amount and its last figure."""
    lower, figure = page.lower, figures[k]
    digits, end, last = _joined(lower, figures, k)
    if last + 1 >= len(figures) or figures[last].suffix:
        return None
    cents, gap = figures[last + 1], lower[end : figures[last + 1].start]
    beyond = lower[cents.end : cents.end + 2]
    if gap not in (".", ",") or len(cents.digits) > 2 or len(digits) > 6 or cents.digits.strip("0") == "":
        return None
    if (last > k and lower[figure.end] == gap) or (beyond[:1] in ".,/-" and beyond[1:].isdigit()):
        return None  # "80,90,120": a list
    if lower[figure.start - 1 : figure.start] in (",", ".") or (gap == "," and signed(lower, figure)):
        return None  # "$80,90" may be two prices
    amount = _amount(page, figure, cents, digits, cents.end)
    if amount is None or amount.confidence < SIGNED or amount.start > figure.start:
        return None
    return amount._replace(value=f"{int(digits)}.{cents.digits:0<2}"), last + 1


def _amount(page: Page, figure: Figure, last: Figure, digits: str, end: int) -> Amount | None:
    """Read an amount that says itself that it is money."""
    lower, value = page.lower, str(int(digits))
    sign = signed(lower, figure) or (signed(lower, last) if last is not figure else "")
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
            return Amount(figure.start, at, value, _code(page, word), SIGNED)
        if word in SLANG_WORDS and not (word in SIGNED_WITH and page.lower[at : at + 1] == ","):
            return Amount(figure.start, at, value, HOME.get(page.place.country or "US", ""), SLANG)
    if word == "pounds" and not last.suffix and _sterling(page, last.word + 1):
        return Amount(figure.start, page.end(last.word + 1), value, "GBP", SIGNED)
    before = figure.prefix or page.word(figure.word - 1)
    if figure.prefix and page.starts[figure.word] + len(figure.prefix) < figure.start:
        before = ""  # "d7eu3": within a name of something
    if before in CODES and before != "r" and digits != "1":
        gap = "" if figure.prefix else page.gap(figure.word - 1)
        if gap in ("", " ", "$", ": "):
            start = figure.start - len(before) if figure.prefix else page.starts[figure.word - 1]
            return Amount(start, end, value, _code(page, before), SIGNED)
    if (
        before in SLANG_WORDS
        and int(digits) >= LEAST
        and not figure.prefix
        and page.gap(figure.word - 1).strip(" ") in ("", ":", "-", "=")
        and lower[end : end + 1] != "%"
    ):
        return Amount(figure.start, end, value, HOME.get(page.place.country or "US", ""), SLANG)
    return None


def _sterling(page: Page, n: int) -> bool:
    """Whether pounds are money: in Britain, or for a time, and no weight of a person stands there."""
    following = page.word(n + 1)
    if following in ("an", "per", "hour", "half", "hr", "each", "for"):
        return True
    summed = following == "and" and not page.word(n + 2).isdigit()
    return page.place.country == "GB" and not summed and following not in ("in", "heavy")


def _code(page: Page, word: str) -> str:
    """Return the currency that a word names: pesos and kronor are those of the ad's country."""
    code = CODES[word]
    if code != LOCAL:
        return code or _dollar(page, "$")
    home = HOME.get(page.place.country, "")
    return home if home in LOCALS[word] else LOCALS[word][0]


def _dollar(page: Page, sign: str) -> str:
    country = page.place.country
    if sign == "$" and country:
        home = HOME.get(country, "USD")
        return home if country in DOLLARS or home in ("MXN", "COP", "CLP", "ARS", "BRL") else "USD"
    return "CNY" if sign == "¥" and country in YUAN else SIGNS[sign]


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
    if figure.prefix or (figure.suffix and figure.suffix not in HOUR_SUFFIXES) or len(digits) > 4:
        return None
    if figure.suffix and figure.number <= DAY:
        return None  # "21h": a time of day
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
    if (joined[0] in "-.," and joined[0] and lower[figure.start - 2 : figure.start - 1].isdigit()) or (
        joined[1] in "-." and joined[1] and lower[end + 1 : end + 2].isdigit()
    ):
        return None
    at = bisect_right(durations, (figure.start,))
    for duration in durations[max(0, at - 1) : at + 1]:
        before, after = duration.start - end, figure.start - duration.end
        if 0 <= before <= 8 or (0 <= after <= 6 and not duration.per):
            gap = lower[end : duration.start] if before >= 0 else lower[duration.end : figure.start]
            if before >= 0 and any(c in ITEMS for c in gap) and _paid(page, duration):
                continue  # "Meet Ana, 34 ~ half hour 110 dollars"
            if not any(c in STOPS + ".!?" for c in gap) and sum(map(str.isalpha, gap)) <= _most_letters(gap):
                return Amount(figure.start, end, str(int(digits)), HOME.get(page.place.country, ""), BARE)
    return None


def _paid(page: Page, duration: Duration) -> bool:
    """Whether a figure stands behind a duration, so that what is before it is another thing."""
    rest = page.lower[duration.end : duration.end + 4].lstrip(" :-=")
    return rest[:1].isdigit() or (rest[:1] in SIGNS and rest[:1] != "")


def _most_letters(gap: str) -> int:
    """How many letters may stand between an amount and its duration: behind a colon something else begins."""
    return 3 if ":" in gap else 5

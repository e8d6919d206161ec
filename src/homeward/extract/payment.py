"""Ways of paying that a record can be asked for: Cash App, Venmo, PayPal, Zelle, Revolut, gift cards.

Rule: the brand's word, then the name of an account: behind a dollar or at sign, a colon, "is", "tag" or
the like; after a bare blank only something that cannot be a plain word (with a figure or underscore). A
`$name` without its brand beside it counts if the part speaks of Cash App at all. A name begins with a
letter, so that "Cash App $120" names a price and no account. The brands' own addresses (`cash.app/$name`,
`paypal.me/name`) are read as well. The value is `cashapp:name`, lower case; the brand alone (`zelle`) if
no account is named; `giftcard:amazon` or `giftcard` for cards. "No Venmo" is no Venmo. Confidence is the
share expected to be an account of that brand: .98 in an address, .95 behind a sign, .8 otherwise.
"""

from __future__ import annotations

from homeward.extract.knowledge.load import lexicon
from homeward.extract.text.tokens import WATCH, Page, Reading

READER = "payment/1"

ADDRESS, SIGNED, BARE, BRAND, CARD = 0.98, 0.95, 0.8, 0.9, 0.85
SHORTEST, LONGEST = 3, 30  # characters; Venmo allows 30, Cash App 20
BRANDS = {
    "cashapp": "cashapp", "cashtag": "cashapp", "venmo": "venmo", "paypal": "paypal", "zelle": "zelle",
    "revolut": "revolut", "revtag": "revolut",
}  # fmt: skip
TWO = {("cash", "app"): "cashapp", ("cash", "tag"): "cashapp", ("pay", "pal"): "paypal"}
SECONDS = frozenset(second for _, second in TWO)
HOSTS = {
    "cash.app/$": "cashapp", "cash.me/$": "cashapp", "venmo.com/u/": "venmo", "venmo.com/": "venmo",
    "paypal.me/": "paypal", "paypal.com/paypalme/": "paypal", "revolut.me/": "revolut",
}  # fmt: skip
NAME = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-.")
LINKING = lexicon("payment.linking")
NOT_NAMES = lexicon("payment.not_names")
NO = lexicon("payment.no")
CARDS, CARD_BRANDS = lexicon("payment.cards"), lexicon("payment.brands")
IS_BRAND = WATCH.words(BRANDS)
IS_SECOND = WATCH.words(SECONDS)
IS_CARD = WATCH.words(CARDS)
FIRSTS = {first for first, _ in TWO}


def read_payments(page: Page) -> list[Reading]:
    """Return the ways of paying of one part, in reading order."""
    if not page.mask & (IS_BRAND | IS_SECOND | IS_CARD):
        return []
    found: dict[int, Reading] = {}
    for n, first, brand in _brands(page):
        if page.word(first - 1) in NO:
            continue
        reading = (
            _address(page, n, brand) if not page.free(page.starts[n]) else _account(page, first, n, brand)
        )
        if reading is not None:
            found.setdefault(reading.start, reading)
    if any(r.value.startswith("cashapp") for r in found.values()):
        _cashtags(page, found)
    for n in page.where(IS_CARD):
        if (card := _card(page, n)) is not None:
            found.setdefault(card.start, card)
    return [found[start] for start in sorted(found)]


def _brands(page: Page) -> list[tuple[int, int, str]]:
    """Return (last word, first word, brand) wherever a brand is named."""
    out = [(n, n, BRANDS[page.words[n]]) for n in page.where(IS_BRAND)]
    for n in page.where(IS_SECOND):
        brand = TWO.get((page.word(n - 1), page.words[n]))
        if brand and page.gap(n - 1) in (" ", "-", "."):
            out.append((n, n - 1, brand))
    return sorted(out)


def _account(page: Page, first: int, n: int, brand: str) -> Reading | None:
    """Read the account behind a brand's word, past linking words; else the brand alone."""
    at, marked = n, False
    for _ in range(4):
        gap = page.gap(at)
        if "\n" in gap.strip(" \n") or len(gap) > 6 or any(c in gap for c in ".,;!?"):
            return _alone(page, first, n, brand)
        marked = marked or any(c in ":@$=-–→" for c in gap)
        if page.word(at + 1) not in LINKING or gap.endswith(("@", "$")):
            break
        at, marked = at + 1, True
    start = page.starts[at + 1] if at + 1 < len(page.words) else len(page.lower)
    if start < len(page.lower) and not page.free(start):
        address = next((page.lower[a:b] for a, b in page.taken if a == start), "")
        if "@" in address and brand in ("paypal", "zelle", "venmo"):
            return Reading("payment", f"{brand}:{address}", start, start + len(address), SIGNED, READER)
        return _alone(page, first, n, brand)
    name = _name(page.lower, start)
    odd = any(c.isdigit() or c in "_-" for c in name)
    if not name or name in NOT_NAMES or not (marked or odd):
        return _alone(page, first, n, brand)
    signed = page.lower[start - 1] in "@$"
    return Reading("payment", f"{brand}:{name}", start, start + len(name), SIGNED if signed else BARE, READER)


def _alone(page: Page, first: int, n: int, brand: str) -> Reading:
    return Reading("payment", brand, page.starts[first], page.end(n), BRAND, READER)


def _name(lower: str, start: int) -> str:
    """Return the account's name at `start`, or nothing: a name begins with a letter."""
    end = start
    while end < len(lower) and lower[end] in NAME and end - start <= LONGEST:
        end += 1
    name = lower[start:end].rstrip("-._")
    fits = SHORTEST <= len(name) <= LONGEST and "a" <= name[0] <= "z" and lower[end : end + 1] != "@"
    return name if fits else ""


def _cashtags(page: Page, found: dict[int, Reading]) -> None:
    """Read every `$name` of a part that speaks of Cash App."""
    lower = page.lower
    at = lower.find("$")
    while at >= 0:
        name = _name(lower, at + 1)
        alone = at == 0 or not lower[at - 1].isalnum()
        if name and alone and name not in NOT_NAMES and page.free(at):
            found.setdefault(
                at + 1, Reading("payment", f"cashapp:{name}", at + 1, at + 1 + len(name), SIGNED, READER)
            )
        at = lower.find("$", at + 1)


def _address(page: Page, n: int, brand: str) -> Reading | None:
    """Read the account in an address that the URL reader took, such as `paypal.me/name`."""
    place = page.starts[n]
    start, end = next((t for t in page.taken if t[0] <= place < t[1]), (0, 0))
    address = page.lower[start:end]
    for host, owner in HOSTS.items():
        at = address.find(host)
        if at >= 0 and (at == 0 or address[at - 1] in "/."):
            name = _name(page.lower[:end], start + at + len(host))
            if name and name not in ("u", "pay", "code"):
                begins = start + at + len(host)
                return Reading("payment", f"{owner}:{name}", begins, begins + len(name), ADDRESS, READER)
    return None


def _card(page: Page, n: int) -> Reading | None:
    """Read "Amazon gift card", "gift cards", "Steam card": a card is a gift card if the words say so."""
    word, first = page.words[n], n
    if word == "gift" or page.word(n - 1) in NO:
        return None
    gift = word.startswith(("giftcard", "prepaid", "voucher"))
    if page.word(n - 1) in ("gift", "prepaid") and page.gap(n - 1) in (" ", "-"):
        gift, first = True, n - 1
    before = page.word(first - 1)
    brand = before if before in CARD_BRANDS and page.gap(first - 1) in (" ", "-") else ""
    if (not gift and (brand in ("", "visa", "target", "uber", "nike", "apple"))) or page.word(
        first - 1
    ) in NO:
        return None
    if word == "prepaid" and page.word(n + 1) in CARDS:
        return None  # the next word is the card
    first -= bool(brand)
    if page.word(first - 1) in NO:
        return None
    value = f"giftcard:{brand}" if brand else "giftcard"
    return Reading("payment", value, page.starts[first], page.end(n), CARD, READER)

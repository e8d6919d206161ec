"""Telephone numbers hidden in web addresses.

Rule: in an address, ten digits of the North American plan grouped 3-3-4, eleven with a leading 1, or the
digits behind `wa.me/`, `phone=`, `tel:` and the like; in its path or as a label of its host also ten in
one piece. Of digits in one piece, those behind `id=`, `post/` and the like, and those that are the whole
of a page's name (`7712345678.html`), are the site's own; behind `ad/` and `ads/` they may be either and
are read with little confidence. Always `obscured`, since a search for the number does not find it.
"""

from __future__ import annotations

from homeward.extract import numbering
from homeward.extract.numbering import Number
from homeward.extract.phone import READER
from homeward.extract.text.tokens import Page, Reading

# `wa.me/…`; 3-3-4; ten digits in one piece, which may be a site's id; the same behind `ads/`
NAMED, GROUPED, BARE, EITHER = 0.95, 0.85, 0.65, 0.5
PAGES = (".htm", ".php", ".asp")
MESSENGERS = ("wa.me/", "phone=")  # behind these stands the country's code, without a plus
WHATSAPP = ("wa.me/", "send?phone=")  # always, as its makers say
NAMES = (
    "wa.me/",
    "phone=",
    "tel=",
    "tel:",
    "phone/",
    "call/",
    "sms:",
    "whatsapp/",
    "text/",
    "number=",
    "cell=",
    "call-",
    "phone-",
)
OWN = (
    "id=",
    "id/",
    "id-",
    "post/",
    "posts/",
    "item/",
    "listing/",
    "view/",
    "status/",
    "p/",
    "page=",
    "t=",
    "photo/",
)


_SAME_DIGIT = str.maketrans("0123456789", "0" * 10, "-._+")


def has_seven_digits(address: str) -> bool:
    """Whether seven digits stand together, but for marks: no number is shorter."""
    return "0000000" in address.translate(_SAME_DIGIT)


def read_url_phones(page: Page) -> list[Reading]:
    """Return the telephone numbers in the addresses of one part."""
    found: list[Reading] = []
    for start, end in page.taken:
        if not has_seven_digits(page.lower[start:end]):
            continue
        slash = page.lower.find(
            "/", page.lower.find("://", start, end) + 3 if "://" in page.lower[start:end] else start, end
        )
        host = slash if slash >= 0 else end
        found += _in_path(page, max(start, page.lower.find("://", start, host) + 3), host, in_host=True)
        if slash >= 0:
            found += _in_path(page, slash, end)
    return found


def _in_path(page: Page, start: int, end: int, *, in_host: bool = False) -> list[Reading]:
    lower, at = page.lower, start
    out: list[Reading] = []
    while at < end:
        if not ("0" <= lower[at] <= "9"):
            at += 1
            continue
        groups, stop = _groups(lower, at, end)
        reading = _judge(page, at, stop, groups, end, in_host)
        if reading is not None:
            out.append(reading)
        at = stop
    return out


def _groups(lower: str, at: int, end: int) -> tuple[list[str], int]:
    """Return the groups of digits from `at` on that single marks join, and where they end."""
    groups, first = [], at
    while True:
        while at < end and "0" <= lower[at] <= "9":
            at += 1
        groups.append(lower[first:at])
        if at + 1 < end and lower[at] in "-._+" and "0" <= lower[at + 1] <= "9":
            first = at = at + 1
        else:
            return groups, at


def _judge(page: Page, start: int, stop: int, groups: list[str], end: int, in_host: bool) -> Reading | None:
    lower, digits = page.lower, "".join(groups)
    named = in_host and len(groups) == 1 and len(digits) == 10
    if (start and lower[start - 1].isalnum() and not named) or (stop < end and lower[stop].isalnum()):
        return None  # of a host only, letters may touch it: "sunny7025550134.test"
    before = lower[max(0, start - 11) : start].rstrip("+")
    shape = tuple(map(len, groups))
    plain = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
    number = numbering.north_american(plain, numbering.FOREIGN) if len(plain) == 10 else None
    if before.endswith(NAMES):
        at_home = number is not None and page.place.country in numbering.NANP_COUNTRIES
        abroad = before.endswith(MESSENGERS) and not (at_home and not before.endswith(WHATSAPP))
        abroad = abroad or number is None
        number, confidence = _named(digits, page.place.country) if abroad else number, NAMED
    elif shape in ((3, 3, 4), (1, 3, 3, 4)):
        confidence = GROUPED
    elif shape not in ((10,), (11,)) or before.endswith(OWN) or lower.startswith(PAGES, stop):
        return None
    else:
        confidence = EITHER if before.endswith(("ad/", "ads/")) else BARE
    if number is None:
        return None
    detail: dict[str, object] = {"national": number.national, "region": number.region, "obscured": True}
    return Reading("phone", number.value, start, stop, confidence, READER, detail)


def _named(digits: str, country: str) -> Number | None:
    return numbering.match(digits, plus=True, country=country) or numbering.match(
        digits, plus=False, country=country
    )

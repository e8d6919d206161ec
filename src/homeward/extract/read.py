"""All readers, in order: what one ad says.

`read_text` and `read_ad` give the spoken form (`Mention`); `kernel.read_batch` reads many ads straight into
columns. Contact readers run first: they note the stretches they take, so that the digits of an address
are read by no one else. Order within a part is reader order; mentions of one reader are in reading order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import re2

from homeward.extract import (
    account,
    address,
    age,
    colour,
    crypto,
    email,
    eyes,
    hair,
    handle,
    height,
    hotel,
    hours,
    intersection,
    language,
    mark,
    name,
    payment,
    pgp,
    phone,
    phone_atoms,
    phone_url,
    place,
    price,
    review,
    url,
    vehicle,
    venue,
    weight,
)
from homeward.extract.knowledge import agency as agencies
from homeward.extract.knowledge.agency import Agency
from homeward.extract.knowledge.load import KNOWLEDGE
from homeward.extract.phone_url import has_seven_digits
from homeward.extract.text.tokens import FIGURES, Page, Place, Reading
from homeward.model.ad import Ad
from homeward.model.mention import Kind, Mention

Reader = Callable[[Page], list[Reading]]
CONTACTS: tuple[Reader, ...] = (
    pgp.read_pgp, crypto.read_crypto, email.read_emails, url.read_urls, handle.read_handles,
    phone_url.read_url_phones,
    phone.read_phones,
)  # fmt: skip
OTHERS: tuple[Reader, ...] = (
    name.read_names, age.read_ages, price.read_prices, place.read_places, height.read_heights,
    weight.read_weights, hair.read_hair, eyes.read_eyes, venue.read_venues,
    hours.read_hours, language.read_language,
    payment.read_payments, address.read_addresses, intersection.read_intersections, hotel.read_hotels,
    vehicle.read_vehicles, account.read_accounts, review.read_reviews, mark.read_marks,
)  # fmt: skip
ALL = CONTACTS + OTHERS
# Of the ad's own address only what is hidden in it: its host is the site's, not the advertiser's.
IN_URL: tuple[Reader, ...] = (
    url.note_urls,
    handle.read_handles,
    phone_url.read_url_phones,
    account.read_accounts,
)
IN_PHONES: tuple[Reader, ...] = (phone.read_phones,)
IN_EMAILS: tuple[Reader, ...] = (email.read_emails,)
# Only an address with the host of a platform, a word for an account or seven digits can tell anything.
KEYS = (*handle.hosts(), *account.IN_PATH)
TELLING = re2.compile("(?i)(?:[0-9][-._+]?){7}|" + "|".join(map(re2.escape, KEYS)))


def tells(address: str) -> bool:
    """Whether an ad's own address may tell something; nearly all are refused before the pattern is tried."""
    if not address.isascii():
        return True
    before, slash, last = address.rpartition("/")
    # Keys hold no slash but at their ends: one is in what stands before the last slash, or behind it.
    if _may_tell(before + slash) or (not last.isalnum() and _may_tell(last)) or has_seven_digits(last):
        return TELLING.search(address) is not None
    return False


@lru_cache(maxsize=1 << 14)
def _may_tell(text: str) -> bool:
    lower = text.lower()
    return any(key in lower for key in KEYS) or has_seven_digits(text)


# Readers that find nothing unless one of these tests holds for some word: not even called without.
NEEDS: dict[Reader, int] = {
    pgp.read_pgp: pgp.IS_CUE | pgp.IS_GROUP, crypto.read_crypto: crypto.IS_LONG,
    phone.read_phones: phone_atoms.IS_DIGITS,
    name.read_names: name.IS_CUE | name.IS_NAME, price.read_prices: FIGURES | price.IS_MONEY,
    place.read_places: place.IS_PLACE | place.IS_BEHIND,
    height.read_heights: FIGURES | height.IS_FOOT, weight.read_weights: FIGURES | weight.IS_POUNDS,
    hair.read_hair: colour.IS_COLOUR, eyes.read_eyes: colour.IS_COLOUR,
    venue.read_venues: venue.IS_ANCHOR, hours.read_hours: FIGURES,
    payment.read_payments: payment.IS_BRAND | payment.IS_SECOND | payment.IS_CARD,
    address.read_addresses: address.IS_STREET | address.IS_BEFORE | address.IS_ENDING,
    intersection.read_intersections: intersection.IS_CUE | intersection.IS_STREET,
    hotel.read_hotels: hotel.IS_HOTEL | hotel.IS_BRAND | hotel.IS_SECOND,
    vehicle.read_vehicles: vehicle.IS_MAKE | vehicle.IS_PLATE, review.read_reviews: review.IS_SITE,
    mark.read_marks: mark.IS_MARK,
}  # fmt: skip
MODULES = (
    pgp, crypto, email, url, handle, phone, name, age, price, place, height, weight, hair, eyes,
    venue, hours, language, payment, address, intersection, hotel, vehicle, account, review, mark,
)  # fmt: skip
VERSION = "+".join((*(module.READER for module in MODULES), f"knowledge/{KNOWLEDGE}"))


def version_of(agency: Agency | None) -> str:
    """Return the version of readings made with an agency's knowledge: `VERSION` and the file's hash."""
    return VERSION if agency is None else f"{VERSION}+{agency.version}"


def readers_with(agency: Agency | None) -> tuple[Reader, ...]:
    """Put an agency's knowledge in force and return the readers of titles and bodies."""
    agencies.use(agency)
    return ALL if agency is None else (*ALL, agency.read)


# Mentions of one kind that are kept from one part. An ad that names more than 200 numbers is a list, not an
# ad; the cap keeps one hostile text from filling the tables. The last kept one says so in its detail.
MOST_OF_A_KIND = 200
# Characters of a part that are read. The longest real ads are a tenth of this.
LONGEST_PART = 2_000_000


def readings(
    text: str, part: str, place: Place, readers: Sequence[Reader] = ALL
) -> tuple[Page, list[Reading]]:
    """Run readers over one part; offsets are of the page's folded text."""
    page = page_of(text, part, place)
    found: list[Reading] = []
    for reader in readers:
        need = NEEDS.get(reader)
        if (need is None or page.mask & need) and (some := reader(page)):
            found += capped(some)
    return page, found


def page_of(text: str, part: str, place: Place) -> Page:
    """Return the page of one part, as far as it is read."""
    return Page.of(text[:LONGEST_PART], part=part, place=place)


def capped(found: list[Reading]) -> list[Reading]:
    """Keep at most `MOST_OF_A_KIND` readings of each kind; the last one kept says how many were read."""
    if len(found) <= MOST_OF_A_KIND:
        return found
    counts: dict[str, int] = {}
    last: dict[str, Reading] = {}
    kept = []
    for reading in found:
        counts[reading.kind] = count = counts.get(reading.kind, 0) + 1
        if count <= MOST_OF_A_KIND:
            kept.append(reading)
            last[reading.kind] = reading
    for kind, reading in last.items():
        if counts[kind] > MOST_OF_A_KIND:
            reading.detail = {**(reading.detail or {}), "capped": counts[kind]}
    return kept


def parts_of(
    title: Any, body: Any, address: Any, phones: Any, emails: Any, readers: tuple[Reader, ...] = ALL
) -> Iterator[tuple[str, str, tuple[Reader, ...]]]:
    """Yield (part, text, readers) for the parts of an ad that have text."""
    if title:
        yield "title", title, readers
    if body:
        yield "body", body, readers
    if address and tells(address):
        yield "url", address, IN_URL
    for n, text in enumerate(phones or ()):
        if text:
            yield f"phones[{n}]", text, IN_PHONES
    for n, text in enumerate(emails or ()):
        if text:
            yield f"emails[{n}]", text, IN_EMAILS


def _mention(page: Page, reading: Reading) -> Mention:
    span = page.normalised.span(reading.start, reading.end)
    return Mention(
        Kind(reading.kind), reading.value, span.cut(page.normalised.original), span, page.part,
        reading.reader, reading.confidence, reading.detail or {},
    )  # fmt: skip


def read_text(
    text: str,
    *,
    country: str | None = None,
    region: str | None = None,
    city: str | None = None,
    part: str = "text",
    agency: Agency | None = None,
) -> list[Mention]:
    """Return what a text says; `country`, `region` and `city` say where its source places it."""
    place, readers = Place.of(country, region, city), readers_with(agency)
    page, found = readings(text, part, place, readers)
    return [_mention(page, reading) for reading in found]


def read_address(
    address: str, *, country: str | None = None, region: str | None = None, city: str | None = None
) -> list[Mention]:  # fmt: skip
    """Return what an ad's own address hides: numbers, names on platforms, the site's ids."""
    if not tells(address):
        return []
    page, found = readings(address, "url", Place.of(country, region, city), IN_URL)
    return [_mention(page, reading) for reading in found]


def read_ad(ad: Ad, *, agency: Agency | None = None) -> list[Mention]:
    """Return what an ad says in its title, body, URL and the lists its site gives."""
    place, readers = Place.of(ad.country, ad.region, ad.city), readers_with(agency)
    out: list[Mention] = []
    for part, text, some in parts_of(ad.title, ad.body, ad.url, ad.phones, ad.emails, readers):
        page, found = readings(text, part, place, some)
        out += [_mention(page, reading) for reading in found]
    return out

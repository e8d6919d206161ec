"""All readers, in order: what one ad says.

`read_text` and `read_ad` give the spoken form (`Mention`); `read_batch` is the kernel and goes straight to
columns. Contact readers run first: they note the stretches they take, so that the digits of an address
are read by no one else. Order within a part is reader order; mentions of one reader are in reading order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import orjson
import pyarrow as pa

from homeward.extract import (
    account,
    address,
    age,
    crypto,
    email,
    handle,
    hotel,
    hours,
    intersection,
    language,
    mark,
    name,
    payment,
    person,
    pgp,
    phone,
    phone_url,
    place,
    price,
    review,
    url,
    vehicle,
    venue,
)
from homeward.extract.knowledge.load import KNOWLEDGE
from homeward.extract.text.tokens import Page, Place, Reading
from homeward.model import schema
from homeward.model.ad import Ad
from homeward.model.mention import Kind, Mention

Reader = Callable[[Page], list[Reading]]
CONTACTS: tuple[Reader, ...] = (
    pgp.read_pgp, crypto.read_crypto, email.read_emails, url.read_urls, handle.read_handles,
    phone_url.read_url_phones,
    phone.read_phones,
)  # fmt: skip
OTHERS: tuple[Reader, ...] = (
    name.read_names, age.read_ages, price.read_prices, place.read_places, person.read_person,
    venue.read_venues,
    hours.read_hours, language.read_language,
    payment.read_payments, address.read_addresses, intersection.read_intersections, hotel.read_hotels,
    vehicle.read_vehicles, account.read_accounts, review.read_reviews, mark.read_marks,
)  # fmt: skip
# Of the ad's own address only what is hidden in it: its host is the site's, not the advertiser's.
IN_URL: tuple[Reader, ...] = (
    url.note_urls, handle.read_handles, phone_url.read_url_phones, account.read_accounts,
)  # fmt: skip
MODULES = (
    pgp, crypto, email, url, handle, phone, name, age, price, place, person, venue, hours, language,
    payment, address, intersection, hotel, vehicle, account, review, mark,
)  # fmt: skip
VERSION = "+".join((*(module.READER for module in MODULES), f"knowledge/{KNOWLEDGE}"))

# Mentions of one kind that are kept from one part. An ad that names more than 200 numbers is a list, not an
# ad; the cap keeps one hostile text from filling the tables. The last kept one says so in its detail.
MOST_OF_A_KIND = 200
# Characters of a part that are read. The longest real ads are a tenth of this.
LONGEST_PART = 2_000_000


def readings(
    text: str, part: str, place: Place, readers: Sequence[Reader] = CONTACTS + OTHERS
) -> list[tuple[Page, Reading]]:
    """Run readers over one part; offsets are of the folded text."""
    page = Page.of(text[:LONGEST_PART], part=part, place=place)
    found: list[tuple[Page, Reading]] = []
    for reader in readers:
        for reading in capped(reader(page)):
            found.append((page, reading))
    return found


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
    title: Any, body: Any, address: Any, phones: Any, emails: Any
) -> Iterator[tuple[str, str, tuple[Reader, ...]]]:
    """Yield (part, text, readers) for the parts of an ad that have text."""
    if title:
        yield "title", title, CONTACTS + OTHERS
    if body:
        yield "body", body, CONTACTS + OTHERS
    if address:
        yield "url", address, IN_URL
    for n, text in enumerate(phones or ()):
        if text:
            yield f"phones[{n}]", text, (phone.read_phones,)
    for n, text in enumerate(emails or ()):
        if text:
            yield f"emails[{n}]", text, (email.read_emails,)


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
) -> list[Mention]:
    """Return what a text says; `country`, `region` and `city` say where its source places it."""
    return [_mention(page, r) for page, r in readings(text, part, Place.of(country, region, city))]


def read_ad(ad: Ad) -> list[Mention]:
    """Return what an ad says in its title, body, URL and the lists its site gives."""
    place = Place.of(ad.country, ad.region, ad.city)
    return [
        _mention(page, reading)
        for part, text, readers in parts_of(ad.title, ad.body, ad.url, ad.phones, ad.emails)
        for page, reading in readings(text, part, place, readers)
    ]


COLUMNS = (
    "ad",
    "capture",
    "title",
    "body",
    "url",
    "city",
    "region",
    "country",
    "phones",
    "emails",
    "batch",
    "month",
)


def read_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Kernel: read a batch of ads (any columns that include `COLUMNS`) into rows of `schema.MENTIONS`."""
    names = set(batch.schema.names)
    columns = [batch.column(c).to_pylist() if c in names else [None] * batch.num_rows for c in COLUMNS]
    out: list[tuple[Any, ...]] = []
    add = out.append
    for ad, capture, title, body, address, city, region, country, phones, emails, lot, month in zip(
        *columns, strict=True
    ):
        place = Place.of(country, region, city)
        for part, text, readers in parts_of(title, body, address, phones, emails):
            for page, r in readings(text, part, place, readers):
                span = page.normalised.span(r.start, r.end)
                detail = orjson.dumps(r.detail).decode() if r.detail else "{}"
                raw = page.normalised.original[span.start : span.end]
                add((ad, capture, r.kind, r.value, raw, span.start, span.end, part, r.confidence, r.reader,
                     detail,
                     lot, month))  # fmt: skip
    rows = list(zip(*out, strict=True)) if out else [()] * len(schema.MENTIONS)
    arrays = [pa.array(c, f.type) for c, f in zip(rows, schema.MENTIONS, strict=True)]
    return pa.record_batch(arrays, schema=schema.MENTIONS)

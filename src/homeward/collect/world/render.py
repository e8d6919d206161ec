"""From a draft to an ad in the native form, and the truth about what it says."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from homeward.collect.world.banks import Parts
from homeward.collect.world.draft import Draft, Photo
from homeward.collect.world.individuals import sentence_of
from homeward.collect.world.obscure import PLAIN, obscured, plain
from homeward.collect.world.people import PLAIN_EMAIL, VENUES, email_as_written, height, rates, weight
from homeward.collect.world.places import SITES, City, cities, currency
from homeward.collect.world.voice import draw_sentence

# What stands in a slot: the text, the kind of mention it is, and the normal forms it says.
Filling = tuple[str, str, list[str]]

TOUCH_PDQ = 5  # bits that one re-encoding turns over in a photo's hash, at most


@dataclass(slots=True)
class Page:
    """One ad while it is written: what its slots hold, and what was said so far."""

    draft: Draft
    city: City
    fill: dict[str, Filling]
    values: dict[str, list[str]]

    def write(self, parts: Parts) -> str | None:
        """Return a sentence with its slots filled, or None when one of them has nothing to say."""
        if len(parts) == 1:
            return parts[0]
        fill = self.fill
        for slot in parts[1::2]:
            if slot not in fill:
                return None
        out = list(parts)
        for k in range(1, len(parts), 2):
            text, kind, said = fill[parts[k]]
            out[k] = text
            self.say(kind, said)
        return "".join(out)

    def say(self, kind: str, said: list[str]) -> None:
        """Note that the ad says these values."""
        if kind and said:
            known = self.values.setdefault(kind, [])
            known.extend(value for value in said if value not in known)


def _phone_text(draft: Draft, number: str, rng: Random, abroad: bool) -> str:
    if not draft.phone_style:
        return plain(number, int(draft.who.inches * 7 + draft.who.pounds) % PLAIN, abroad)
    text = obscured(number, draft.phone_style, rng, draft.wording.language)
    return f"+1 {text}" if abroad else text


def _fillings(draft: Draft, city: City, rng: Random, revision: int) -> dict[str, Filling]:
    """Return what this ad can say; what an advertiser does not have is not there."""
    who, language = draft.who, draft.wording.language
    abroad = city.country not in ("US", "CA")
    low = draft.wording.style.case == 1
    name, town = (who.name.lower(), city.name.lower()) if low else (who.name, city.name)
    tall, tall_value = height(who, abroad)
    heavy, heavy_value = weight(who, abroad)
    price, prices = rates(who, currency(city.country), language, 10 * revision)
    venue, venues = VENUES[who.venue]
    fill: dict[str, Filling] = {
        "name": (name, "name", [who.name]),
        "age": (str(who.age), "age", [str(who.age)]),
        "city": (town, "place", [city.place]),
        "height": (tall, "height", [tall_value]),
        "weight": (heavy, "weight", [heavy_value]),
        "hair": (who.hair, "hair", [who.hair]),
        "eyes": (who.eyes, "eyes", [who.eyes]),
        "rates": (price, "price", prices),
        "venue": (venue, "venue", list(venues)),
    }
    if draft.phone:
        fill["phone"] = (_phone_text(draft, draft.phone, rng, abroad), "phone", ["+1" + draft.phone])
        if draft.split:
            a, b, c = draft.phone[:3], draft.phone[3:6], draft.phone[6:]
            fill["phone"] = (f"+1 {a}" if abroad else a, "phone", ["+1" + draft.phone])
            fill["rest"] = (f"{b} {c}", "", [])
    if draft.second:
        fill["name2"] = (draft.second.lower() if low else draft.second, "name", [draft.second])
    if draft.handle:
        fill["handle"] = (draft.handle[1], "handle", [draft.handle[0]])
    if draft.email:
        fill["email"] = (email_as_written(draft.email, who.email_style), "email", [draft.email])
    if draft.url:
        fill["url"] = (draft.url, "url", [draft.url])
    for slot, number in (("hub", draft.hub), ("rival", draft.rival)):
        if number:
            fill[slot] = (plain(number, 0, abroad), "phone", ["+1" + number])
    return fill


def _body(page: Page, rng: Random, revision: int) -> str:
    draft, wording = page.draft, page.draft.wording
    lines: list[str] = []
    edit = draft.edit
    for section, parts in zip(wording.sections, wording.sentences, strict=True):
        if edit and rng.random() < edit:
            if rng.random() < 0.4 and section != "contact":
                continue
            parts = draw_sentence(section, wording.language, wording.style, rng) or parts
        text = page.write(parts)
        if text:
            lines.append(text)
    for slot in ("rest", "hub", "rival"):
        if slot in page.fill:
            lines.append(page.write(sentence_of(slot, wording, rng)) or "")
    said = "phone" in page.values
    for slot in ("phone", "handle", "email"):
        # No contact may get lost because a wording has no sentence for it.
        if slot in page.fill and (slot not in page.values or (slot == "phone" and not said)):
            section = "contact" if slot == "phone" else slot
            lines.append(page.write(sentence_of(section, wording, rng)) or "")
    if draft.second_phone:
        number = plain(draft.second_phone, 0, page.city.country not in ("US", "CA"))
        lines.append(f"{draft.second} {number}")
        page.say("name", [draft.second])
        page.say("phone", ["+1" + draft.second_phone])
    if revision:
        lines.append(page.write(sentence_of("time", wording, rng)) or "")
        lines.append("updated" if revision == 1 else f"updated {revision} times")
    return wording.style.separator.join(line for line in lines if line)


def _photo(photo: Photo) -> dict[str, str]:
    picture, again = photo
    mark = b"homeward world picture %d" % picture
    bits = int.from_bytes(hashlib.blake2b(mark, digest_size=32).digest(), "big")
    if again:
        turned = hashlib.blake2b(mark + b" again %d" % again, digest_size=TOUCH_PDQ).digest()
        for bit in turned:
            bits ^= 1 << bit
        mark += b" again %d" % again
    return {"sha256": hashlib.sha256(mark).hexdigest(), "pdq": f"{bits:064x}"}


def render(
    draft: Draft, key: str, seen: datetime, posted: datetime, rng: Random, *, world: str, footer: float,
    revision: int = 0,
) -> tuple[dict[str, Any], dict[str, list[str]]]:  # fmt: skip
    """Return one ad line and the values it says. The same arguments give the same bytes."""
    city, site = cities()[draft.city], SITES[draft.site]
    page = Page(draft, city, _fillings(draft, city, rng, revision), {})
    # Drawn before the text, so that a revision keeps the footer it had.
    has_footer = bool(site.footer) and rng.random() < footer
    body = _body(page, rng, revision)
    title = page.write(draft.wording.title)
    if title is None:
        title = page.write(("", "name", "")) or ""
    if has_footer:
        body += "\n\n" + site.footer
        page.say("phone", [site.phone] if site.phone else [])
        page.say("email", [site.email] if site.email else [])
    number, name = draft.phone, draft.who.name.lower()
    slug = f"{name}-{number[:3]}-{number[3:6]}-{number[6:]}-{key}" if draft.in_url else key
    if draft.in_url:
        page.say("phone", ["+1" + number])
    phones: list[str] = []
    if site.lists_phones and number and not draft.phone_style and not draft.split:
        phones = [plain(number, 1, city.country not in ("US", "CA"))]
        page.say("phone", ["+1" + number])
    emails: list[str] = []
    if site.lists_phones and draft.email and draft.who.email_style < PLAIN_EMAIL:
        emails = [draft.email]
        page.say("email", emails)
    ad: dict[str, Any] = {
        "id": key, "url": f"https://{site.host}/{city.slug}/{slug}", "site": site.host,
        "posted_at": stamp(posted), "seen_at": stamp(seen), "title": title, "body": body, "city": city.name,
        "region": city.region or None, "country": city.country, "lat": city.lat, "lon": city.lon,
        "phones": phones, "emails": emails, "language": draft.wording.language,
        "photos": [_photo(p) for p in draft.photos], "world": world,
    }  # fmt: skip
    return ad, page.values


def stamp(moment: datetime) -> str:
    """Return a UTC time as the native form writes it."""
    return moment.isoformat()[:19] + "Z"


def at_day(first: datetime, day: float) -> datetime:
    """Return the moment that lies so many days after the first, to the second."""
    return first + timedelta(seconds=int(day * 86_400))

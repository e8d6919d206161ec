"""Cities and sites of the world: static facts, and invented hosts."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files


@dataclass(frozen=True)
class City:
    """One city of the table; `region` is empty where the world uses none."""

    name: str
    region: str
    country: str
    lat: float
    lon: float
    area_codes: tuple[str, ...]
    language: str

    @cached_property
    def place(self) -> str:
        """The normal form of a mention of this city."""
        return ", ".join(part for part in (self.name, self.region, self.country) if part)

    @cached_property
    def slug(self) -> str:
        """The city as it stands in a URL."""
        plain = unicodedata.normalize("NFKD", self.name.lower()).encode("ascii", "ignore").decode()
        return plain.replace(".", "").replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Site:
    """One invented site. A `footer` is boilerplate under its ads, with its own number or e-mail."""

    host: str
    footer: str = ""
    phone: str = ""  # E.164, as said by the footer
    email: str = ""
    lists_phones: bool = False  # the site shows numbers in a field of their own


SITES = (
    Site("cityboard.test", "Posted on cityboard. Report a problem: help@cityboard.test or 1-800-555-0199.",
         "+18005550199", "help@cityboard.test"),
    Site("localpages.test", lists_phones=True),
    Site("meetlist.test", "(c) meetlist. Advertisers confirm that they are adults. Mail abuse@meetlist.test",
         email="abuse@meetlist.test"),
    Site("eveningads.test", lists_phones=True),
    Site("companions.example", "Safety line of this site (888) 555-0142. Do not send money ahead.",
         "+18885550142"),
    Site("classifieds.example"),
    Site("nightboard.test", "- - - nightboard rules: adults only, no deposits, be kind - - -"),
    Site("relaxguide.test", lists_phones=True),
    Site("townnotes.example"),
    Site("boardnorth.test", "boardnorth classified service. Questions? 1 866 555 0117", "+18665550117"),
)  # fmt: skip


@cache
def cities() -> tuple[City, ...]:
    """Return the table of cities; those of the United States come first."""
    text = files(__package__).joinpath("data/cities.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(
        City(name, region, country, float(lat), float(lon), tuple(c for c in codes.split(",") if c), language)
        for name, region, country, lat, lon, codes, language in rows
    )


@cache
def cities_of(language: str) -> tuple[int, ...]:
    """Return the numbers of the cities where ads in a language are at home: all of them in English."""
    table = cities()
    if language == "en":
        return tuple(i for i, city in enumerate(table) if city.country in ("US", "CA"))
    home = tuple(i for i, city in enumerate(table) if city.language == language)
    return home + tuple(i for i, city in enumerate(table[:24]))


CURRENCY = {"US": "USD", "CA": "CAD", "MX": "MXN"}


def currency(country: str) -> str:
    """Return the currency code of a country of the table."""
    return CURRENCY.get(country, "EUR")

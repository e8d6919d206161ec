"""Numbering plans: whether some digits are a telephone number, and of which country.

The North American plan is checked against its assigned area codes; the rest of the world through
`phonenumbers`, behind a cache and a length check because a parse takes tens of microseconds. Numbers
ending in 555-01xx are set aside for invented examples everywhere they are possible, and are accepted as
plan-shaped.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final, NamedTuple

import phonenumbers
from phonenumbers import PhoneMetadata

from homeward.extract.knowledge.load import rows


class Number(NamedTuple):
    """A number that a plan allows. `score` says how much the digits alone speak for it, in points."""

    value: str  # E.164
    national: str
    region: str
    score: float


DIALLING = ("00", "011")
FEWEST_INVENTED = 8  # digits of an invented number; shorter ones of the same beginning are other services
SHORTEST, LONGEST = (
    7,
    15,
)  # digits of a number: no plan in use is shorter without area code, E.164 is at most 15

# Points. A candidate needs 3 after what its surroundings take away (see `phone.THRESHOLD`).
INTERNATIONAL = (
    6.0  # a plus, the country's code and a valid number: chance agreement is below one in a hundred
)
NATIONAL = 5.0  # valid in the country the ad is in, written with its trunk prefix or in full length
SHORT_OF_PREFIX = 4.0  # valid there, but without the trunk prefix that people write
FOREIGN = 2.6  # valid elsewhere and written without a plus: not enough without a word such as "call"

# National numbers that regulators keep free for invented examples; the metadata calls most of them invalid.
INVENTED: dict[int, tuple[str, ...]] = {
    44: ("1632960", "7700900", "2079460", "1134960", "1144960", "1154960", "1164960", "1174960", "1184960",
         "1214960",
         "1314960", "1414960", "1514960", "1614960", "1914980", "2890180", "2920180", "3069990", "8081570"),
    61: ("25550", "35550", "75550", "85550", "491570"),
    33: ("19900", "26191", "35301", "46571", "53649", "63998"),
    49: ("3023125", "6990009", "4066969", "22147142", "8999998", "15228817", "17139200"),
}  # fmt: skip
NANP: Final = {
    code: (country, region)
    for code, country, region, _ in (tuple(r) + ("",) * (4 - len(r)) for r in rows("area_codes.tsv"))
}
CODES = frozenset(map(str, phonenumbers.COUNTRY_CODE_TO_REGION_CODE))
NANP_COUNTRIES = frozenset(country for country, _ in NANP.values()) | {"US", "CA"}


def most(digits: str, *, plus: bool, country: str) -> float | None:
    """Return the most points that a long number of elsewhere may get once it is parsed; None for all others.

    Parsing takes longest, and most of these are no numbers: they are weighed first.
    """
    length, home = len(digits), country or "US"
    if plus or length < 11 or digits[0] in "01":
        return None
    if home not in NANP_COUNTRIES:
        shortest, longest, trunk = lengths(home)
        if shortest <= length <= longest + len(trunk):
            return None
    return FOREIGN if _can_be_abroad(digits) else 0.0


def match(digits: str, *, plus: bool, country: str) -> Number | None:
    """Return the number that `digits` are, seen from `country` (US if unknown), or None."""
    length = len(digits)
    if not SHORTEST <= length <= LONGEST:
        return None
    if plus:
        if length == 11 and digits[0] == "1":
            return north_american(digits[1:], INTERNATIONAL)
        return abroad(digits, "", INTERNATIONAL) or (
            north_american(digits, FOREIGN) if length == 10 else None
        )
    home = country or "US"
    if home in NANP_COUNTRIES:
        if length == 10:
            return north_american(digits, NATIONAL)
        if length == 11 and digits[0] == "1":
            return north_american(digits[1:], NATIONAL)
    elif (found := at_home(digits, home)) is not None:
        return found
    return _elsewhere(digits, home)


def _elsewhere(digits: str, home: str) -> Number | None:
    """A number of another country written without a plus, or with a dialling-out prefix."""
    for prefix in DIALLING:
        if digits.startswith(prefix) and len(digits) > 10:
            rest = digits[len(prefix) :]
            if rest[0] == "1" and len(rest) == 11:
                return north_american(rest[1:], INTERNATIONAL)
            return abroad(rest, "", INTERNATIONAL)
    if len(digits) == 11 and digits[0] == "1":
        return north_american(digits[1:], FOREIGN + 1)
    if home not in NANP_COUNTRIES and len(digits) == 10:
        return north_american(digits, FOREIGN)
    if len(digits) >= 11 and digits[0] not in "01":
        return abroad(digits, "", FOREIGN)
    return None


def north_american(digits: str, score: float) -> Number | None:
    """Check ten digits: an assigned area code, and an exchange that does not begin with 0 or 1."""
    place = NANP.get(digits[:3])
    if place is None or digits[3] in "01" or digits[4:6] == "11":
        return None
    return Number(f"+1{digits}", f"({digits[:3]}) {digits[3:6]}-{digits[6:]}", place[0], score)


@cache
def lengths(country: str) -> tuple[int, int, str]:
    """Return the shortest and longest national number of a country, and its trunk prefix."""
    metadata = PhoneMetadata.metadata_for_region(country, None)
    if metadata is None or metadata.general_desc is None:
        return 99, 0, ""
    possible = [n for n in metadata.general_desc.possible_length if n >= SHORTEST]
    return min(possible, default=99), max(possible, default=0), metadata.national_prefix or ""


def at_home(digits: str, country: str) -> Number | None:
    """Check digits against a country's own plan."""
    shortest, longest, trunk = lengths(country)
    if not shortest <= len(digits) <= longest + len(trunk):
        return None
    found = abroad(digits, country, NATIONAL)
    if found is not None and trunk and not digits.startswith(trunk):
        return found._replace(score=FOREIGN if always_written(country) else SHORT_OF_PREFIX)
    return found


@cache
def always_written(country: str) -> bool:
    """Whether people of a country always write the trunk prefix: told by how its numbers are formatted."""
    metadata = PhoneMetadata.metadata_for_region(country, None)
    rules = [r for r in (metadata.number_format if metadata else []) if r.national_prefix_formatting_rule]
    return bool(rules) and all(
        "0" in (r.national_prefix_formatting_rule or "") and not r.national_prefix_optional_when_formatting
        for r in rules
    )


@lru_cache(maxsize=1 << 16)
def abroad(digits: str, country: str, score: float) -> Number | None:
    """Parse digits with `phonenumbers`: of `country`, or beginning with a country's code if it is empty."""
    if not country and not _can_be_abroad(digits):
        return None
    try:
        number = phonenumbers.parse(digits if country else f"+{digits}", country or None)
    except phonenumbers.NumberParseException:
        return None
    national = str(number.national_number)
    invented = national[:-2].endswith("55501") or national.startswith(
        INVENTED.get(number.country_code or 0, "x")
    )
    invented = invented and phonenumbers.is_possible_number(number) and not number.italian_leading_zero
    invented = invented and len(national) >= FEWEST_INVENTED
    if number.country_code == 1 or not (invented or phonenumbers.is_valid_number(number)):
        return None
    if country and phonenumbers.country_code_for_region(country) != number.country_code:
        return None
    return Number(
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL),
        phonenumbers.region_code_for_number(number) or country or _main_region(number.country_code),
        score,
    )


def _can_be_abroad(digits: str) -> bool:
    """Whether digits begin with a country's code and are as long as its numbers: told before a parse."""
    for size in (1, 2, 3):
        if (code := digits[:size]) in CODES:
            shortest, longest = _lengths_abroad(code)
            return shortest <= len(digits) - size <= longest
    return False


@cache
def _lengths_abroad(code: str) -> tuple[int, int]:
    """Return how many digits may follow a country's code, with a trunk prefix that people leave in."""
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE[int(code)]
    sizes = [lengths(region) for region in regions]
    if any(longest == 0 for _, longest, _ in sizes):
        return 0, LONGEST
    prefixes = [_stripped(region) for region in regions]
    return min(s for s, _, _ in sizes), max(longest for _, longest, _ in sizes) + max(prefixes)


def _stripped(region: str) -> int:
    """How many digits of a national number the library may take for trunk prefix and carrier's code."""
    metadata = PhoneMetadata.metadata_for_region(region, None)
    prefix = (metadata.national_prefix_for_parsing if metadata else None) or ""
    return len(prefix) if not prefix or prefix.isdigit() else LONGEST


def _main_region(country_code: int | None) -> str:
    return str(phonenumbers.region_code_for_country_code(country_code or 0) or "")

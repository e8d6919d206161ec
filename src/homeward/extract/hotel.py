"""Hotels and rooms.

Rule: a name of one to three words written with capitals before "Hotel", "Motel", "Inn", "Suites", "Lodge"
or "Resort", or behind "Hotel"; or the name of a chain ("Hilton", "Motel 6", "Super 8"), with the word
behind it if that is a name too. A room ("room 214", "rm 214", "habitación 12") counts with its hotel, and
alone if the part speaks of a hotel at all; "room 2 of 3" and "one room" are no rooms. "Your hotel" and
"hotel visits" name none. The value is `Harbor Lights Hotel`, `Harbor Lights Hotel, room 214`, or
`room 214`. Confidence is the share expected to be a place that can be asked: .93 for a chain, .85 for a
name, .8 for a room alone.
"""

from __future__ import annotations

from bisect import bisect_left

from homeward.extract.knowledge.load import lexicon
from homeward.extract.text.phrases import NEXT, back, capital, title
from homeward.extract.text.tokens import WATCH, Page, Reading

READER = "hotel/2"

CHAIN, NAMED, ROOM = 0.93, 0.85, 0.8
MOST = 3  # words of a name before "Hotel"
NEAR = 5  # words between a hotel and its room
ROOM_DIGITS = 5
SHOUTED = 120  # characters in capitals after which no capital tells anything

WORDS, BRANDS = lexicon("hotel.words"), lexicon("hotel.brands")
NOT_NAMES, ROOMS = lexicon("hotel.not_names"), lexicon("hotel.rooms")
PAIRS = {
    ("motel", "6"): "Motel 6", ("super", "8"): "Super 8", ("la", "quinta"): "La Quinta",
    ("best", "western"): "Best Western", ("holiday", "inn"): "Holiday Inn", ("days", "inn"): "Days Inn",
    ("comfort", "inn"): "Comfort Inn", ("hampton", "inn"): "Hampton Inn", ("red", "roof"): "Red Roof",
    ("quality", "inn"): "Quality Inn", ("extended", "stay"): "Extended Stay",
    ("econo", "lodge"): "Econo Lodge", ("premier", "inn"): "Premier Inn",
    ("residence", "inn"): "Residence Inn", ("embassy", "suites"): "Embassy Suites",
}  # fmt: skip
IS_HOTEL = WATCH.words(WORDS)
IS_BRAND = WATCH.words(BRANDS)
IS_SECOND = WATCH.words(frozenset(second for _, second in PAIRS if second not in WORDS and second != "6"))
IS_ROOM = WATCH.words(ROOMS)


def read_hotels(page: Page) -> list[Reading]:
    """Return the hotels and rooms of one part, in reading order."""
    if not page.mask & (IS_HOTEL | IS_BRAND | IS_SECOND):
        return []
    spans: dict[int, tuple[int, str, float]] = {}
    past = -1, -1  # the hotel before: names begin where it ends
    for n in sorted({*page.where(IS_HOTEL), *page.where(IS_BRAND), *page.where(IS_SECOND)}):
        named = _named(page, n)
        if named is not None and not (past[0] <= named[0] <= past[1]):
            spans[named[0]] = named[1:]
            past = named[:2]
    rooms, taken = _rooms(page), set[tuple[int, int]]()
    found = []
    for first, (last, name, confidence) in sorted(spans.items()):
        room = _room_of(rooms, first, last, taken)
        value = name
        if room is not None:
            taken.add(room)
            value = f"{name}, room {page.words[room[1]]}"
            first, last = min(first, room[0]), max(last, room[1])
        found.append(Reading("hotel", value, page.starts[first], page.end(last), confidence, READER))
    for first, last in rooms:
        if (first, last) not in taken:
            value = f"room {page.words[last]}"
            found.append(Reading("hotel", value, page.starts[first], page.end(last), ROOM, READER))
    return sorted(found, key=lambda r: r.start)


def _room_of(
    rooms: list[tuple[int, int]], first: int, last: int, taken: set[tuple[int, int]]
) -> tuple[int, int] | None:
    """Return the first room that stands near the hotel of words `first` to `last` and is no other's."""
    for at in range(bisect_left(rooms, (first - 2 * NEAR, 0)), len(rooms)):
        word, number = room = rooms[at]
        if word > last + NEAR:
            return None
        if room not in taken and (word > last or number < first <= number + NEAR):
            return room
    return None


def _named(page: Page, n: int) -> tuple[int, int, str, float] | None:
    """Return (first word, last word, name, confidence) of the hotel named at word `n`."""
    if not page.free(page.starts[n]):
        return None
    word, after, before = page.words[n], page.word(n + 1), page.word(n - 1)
    if (before, word) in PAIRS and page.gap(n - 1) in NEXT and capital(page, n - 1):
        return n - 1, n, PAIRS[before, word], CHAIN
    if (word, after) in PAIRS and page.gap(n) in NEXT and capital(page, n):
        return n, n + 1, PAIRS[word, after], CHAIN
    if word in BRANDS and capital(page, n):
        last = n
        while last + 1 < len(page.words) and last - n < 2 and _name_word(page, last):
            last += 1
        return n, last, title(page, n, last), CHAIN
    if word not in WORDS or not capital(page, n):
        return None
    first = back(page, n, MOST, NOT_NAMES)
    if first < n and not page.words[first].isdigit() and not _all_capitals(page, first):
        return first, n, title(page, first, n), NAMED
    if word in ("hotel", "motel", "hostal") and _name_word(page, n):
        last = n + 1
        while last - n < MOST and _name_word(page, last):
            last += 1
        return n, last, title(page, n, last), NAMED
    return None


def _all_capitals(page: Page, n: int) -> bool:
    """Whether the text goes on in capitals alone from word `n`: they tell no name then."""
    return page.text[page.starts[n] : page.starts[n] + SHOUTED].isupper()


def _name_word(page: Page, n: int) -> bool:
    """Whether the word behind word `n` goes on with the name."""
    return (
        n + 1 < len(page.words)
        and page.gap(n) == " "
        and page.text[page.starts[n + 1]].isupper()
        and page.words[n + 1] not in NOT_NAMES
        and page.words[n + 1] not in ROOMS
        and page.words[n + 1].isalpha()
        and not page.shouting
    )


def _rooms(page: Page) -> list[tuple[int, int]]:
    """Return (word, number) of every room."""
    out = []
    for n in page.where(IS_ROOM):
        at = n + 1
        if page.word(at) in ("no", "number", "nr") and page.gap(n) in (" ", ". "):
            at += 1
        number = page.word(at)
        if (
            number.isdigit()
            and 2 <= len(number) <= ROOM_DIGITS
            and page.gap(at - 1).strip(" ") in ("", "#", ".", ":", ". #")
            and page.gap(at)[:1] not in ("$", "€", "£", "%")
            and page.free(page.starts[at])
        ):
            out.append((n, at))
    return out

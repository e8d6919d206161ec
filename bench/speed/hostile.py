"""`python -m bench.speed.hostile`: every reader on hostile text, and whether its time is linear in the length.

For each text and reader: milliseconds for half a megabyte and for a whole one, and the ratio, which is 2
where time is linear, 4 where it is quadratic. Readers are called one by one on a page that is already cut
into words; `(page)` is the folding and cutting, `(all)` the whole reading with its caps. Times under 100 ms
are too short to tell a ratio from; a text whose ratio is above 3 is measured again before that is said.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from homeward.extract import read
from homeward.extract.text.tokens import Page, Place

SIZE = 1_000_000  # characters of the longer text
MOST = 3.0  # ratio above which time is not linear; caches and memory make it differ from 2 in both directions
SHORT = 0.1  # seconds

UNITS = {
    "one letter": "a", "one digit": "7", "spaced digits": "7 ", "brackets": "([{<", "brackets, closed after": "",
    "signs": "@", "dots": "a.", "dashes": "7-", "zero width": "\u200b7", "look-alikes": "Ꮇ", "cyrillic": "о7",
    "spaced look-alikes": "Ʒ 7 ", "keycaps": "7\ufe0f\u20e3", "digit words": "seven ", "weak words": "to for oh ",
    "leet": "o7l1", "prices": "$100 hr ", "cities": "new york ", "dollars": "$", "slashes": "http://", "hex": "abcd 1234 ",
    "run together": "sevenoh", "ages": "23 yo ", "commas": "7,", "hours": "10:00-", "chinese": "七", "at dot": "a at b dot ",
    "names": "Amber & ", "signatures": "soon, Robin\n\n", "numbers": "702-555-0134\n", "ids": "1a2b-", "plus": "+1 ",
    "combining": "e\u0301", "quotes": "5'6\" ", "streets": "12 Main St & ", "platforms": "snap: ",
    "handles": "snap: rose_1 Amber ", "hotels": "Hilton, ", "rooms": "Hilton room 214 ",
    "capitals": "SMALL ROSE TATTOO, CALL ME AT THE HARBOR LIGHTS HOTEL ", "two words": "seven two ",
    "amounts in words": "one hundred twenty dollars ", "short numbers": "call 702 555 01 ",
}  # fmt: skip


def text_of(name: str, size: int) -> str:
    """Return so many characters of one thing."""
    if name == "brackets, closed after":
        return "(" * (size // 2) + ")" * (size // 2)
    return (UNITS[name] * (size // len(UNITS[name]) + 1))[:size]


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of a call: the shorter of two."""
    spent = []
    for _ in range(2):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return min(spent)


def measured(text: str) -> dict[str, float]:
    """Return the seconds of folding and cutting, of each reader alone, and of the whole reading."""
    place = Place("US", "NV", "Reno")
    out = {"(page)": seconds(lambda: Page.of(text, place=place))}
    for reader in read.ALL:
        page = Page.of(text, place=place)
        out[reader.__name__] = seconds(lambda reader=reader, page=page: reader(page))  # type: ignore[misc]
    out["(all)"] = seconds(lambda: read.readings(text, "body", place))
    return out


def compared(name: str, size: int) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """Return the seconds for half a text and for the whole, and the ratio of those that are long enough."""
    half, whole = (measured(text_of(name, part)) for part in (size // 2, size))
    return half, whole, {r: whole[r] / max(half[r], 1e-9) for r in whole if whole[r] >= SHORT}


def main() -> None:
    """Print the slowest and the least linear reader of each text, and all that are not linear."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--only", default="", help="texts whose name holds this")
    given = parser.parse_args()
    print(
        f"{'text':24} {'all, ms':>8} {'twice':>8} {'ratio':>6}   slowest reader          least linear reader"
    )
    bad = []
    for name in UNITS:
        if given.only not in name:
            continue
        half, whole, ratios = compared(name, given.size)
        if any(ratio > MOST for ratio in ratios.values()):
            again = compared(name, given.size)
            half = {r: min(half[r], again[0][r]) for r in half}
            whole = {r: min(whole[r], again[1][r]) for r in whole}
            ratios = {r: min(ratio, again[2].get(r, ratio)) for r, ratio in ratios.items()}
        slowest = max((r for r in whole if r[0] != "("), key=lambda r: whole[r])
        worst = max(ratios, key=lambda r: ratios[r], default="")
        bad += [f"{name}: {r} {ratio:.1f}" for r, ratio in ratios.items() if ratio > MOST]
        told = f"{worst} {ratios[worst]:.1f}" if worst else "-"
        print(
            f"{name:24} {half['(all)'] * 1000:8.0f} {whole['(all)'] * 1000:8.0f} {whole['(all)'] / half['(all)']:6.1f}"
            f"   {slowest + f' {whole[slowest] * 1000:.0f} ms':24}{told}", flush=True,
        )  # fmt: skip
    print("not linear:", "; ".join(bad) if bad else "nothing")


if __name__ == "__main__":
    main()

"""Names on other platforms: Instagram, Snapchat, Telegram, WhatsApp, X, Facebook, TikTok, Kik, WeChat, LINE,
Signal, Discord, OnlyFans.

Rule: a platform's name or usual short form, then a name of 3 to 32 letters, figures, dots and underscores.
Between them stands a colon, an at sign, "is", "id", "username" or the like; after a bare blank only
something that cannot be a plain word counts (with a figure, underscore or inner dot). Short forms that are
words too ("x", "line", "signal", "of", "snap") always need a colon or an at sign. Addresses of the
platforms are read as well. The value is `platform:name`, lower case, without the at sign. Confidence: .99
from an address, .93 behind a mark or linking word, .8 after a bare blank.
"""

from __future__ import annotations

from functools import cache

from homeward.extract.knowledge.load import lexicon, rows
from homeward.extract.text.tokens import WATCH, Page, Reading

READER = "handle/3"

ADDRESS, MARKED, BARE = 0.99, 0.93, 0.8
SHORTEST, LONGEST = 3, 32  # characters; Discord and Telegram allow 32
NAME = frozenset("abcdefghijklmnopqrstuvwxyz0123456789._")
LINKING = lexicon("handle.linking")
NOT_NAMES = lexicon("handle.not_names")
TELEPHONE = 7  # digits and more, and nothing else: a telephone number, not a name


@cache
def platforms() -> dict[str, tuple[str, bool]]:
    """Return words that name a platform, and whether they need a mark behind them."""
    return {
        w: (row[1], row[0] == "short")
        for row in rows("platforms.tsv")
        if row[0] != "host"
        for w in row[2].split()
    }


@cache
def hosts() -> dict[str, str]:
    """Return the hosts of the platforms."""
    return {host: row[1] for row in rows("platforms.tsv") if row[0] == "host" for host in row[2].split()}


IS_PLATFORM = WATCH.words(platforms())


def read_handles(page: Page) -> list[Reading]:
    """Return the handles of one part, in reading order."""
    if not (page.taken or page.mask & IS_PLATFORM):
        return []
    found = _in_addresses(page)
    last = -1
    for n in page.where(IS_PLATFORM):
        if n <= last or not page.free(page.starts[n]):
            continue
        platform, short = platforms()[page.words[n]]
        if n and page.gap(n - 1) in (" ", "-", "."):  # "tele gram": one name, written apart
            platform, short = platforms().get(page.words[n - 1] + page.words[n], (platform, short))
        reading, last = _behind(page, n, platform, short)
        if reading is not None:
            found.append(reading)
    page.handles = sorted((reading.start, reading.end) for reading in found)
    return found


def _behind(page: Page, n: int, platform: str, short: bool) -> tuple[Reading | None, int]:
    """Read the name behind platform word `n`, past linking words such as "is" and "username"."""
    at, marked = n, False
    for _ in range(4):
        gap = page.gap(at)
        if "\n" in gap.strip(" \n") or len(gap) > 8 or any(c in gap for c in ".,;!?"):
            return None, n
        marked = marked or any(c in ":@=-–>➡→~" for c in gap)
        linking = page.word(at + 1)
        if "@" in gap or linking not in LINKING:
            break
        at += 1
        marked = marked or linking in ("id", "username", "handle", "user", "name", "is", "es", "ist")
    if at + 1 >= len(page.words) or (short and not ("@" in gap or ":" in gap or (at > n and marked))):
        return None, n
    start = page.starts[at + 1]
    while start > 0 and page.lower[start - 1] == "_":
        start -= 1
    end = start
    while end < len(page.lower) and page.lower[end] in NAME and end - start <= LONGEST:
        end += 1
    name = page.lower[start:end].rstrip(".")
    end = start + len(name)
    if (
        not SHORTEST <= len(name) <= LONGEST
        or name in NOT_NAMES
        or (name.isdigit() and len(name) >= TELEPHONE)
    ):
        return None, n
    odd = not name.isalpha() and not name.isdigit()
    if (
        not (marked or odd)
        or page.lower[end : end + 1] == "@"
        or (name.replace(".", "").isdigit() and platform == "whatsapp")
    ):
        return None, n
    if not odd and not any(c in gap for c in ":@=") and not _looks_coined(page, name, at + 1):
        return None, n
    return Reading("handle", f"{platform}:{name}", start, end, MARKED if marked else BARE, READER), at + 1


def _looks_coined(page: Page, name: str, n: int) -> bool:
    """Whether a plain word behind a mere "is" or dash can be a name: long enough to be no common word."""
    return len(name) >= 8 and page.gap(n) != " "


def _in_addresses(page: Page) -> list[Reading]:
    """Read the names in addresses such as `instagram.com/name`."""
    found = []
    for start, end in page.taken:
        address = page.lower[start:end]
        slash = address.find("/", address.find("://") + 3 if "://" in address else 0)
        if slash < 0:
            continue
        host = address[:slash].split("://")[-1].removeprefix("www.").removeprefix("m.")
        platform = hosts().get(host)
        if platform is None:
            continue
        at = start + slash + 1
        for prefix in ("@", "add/", "u/", "ti/p/~", "in/", "#", "user/"):
            if page.lower.startswith(prefix, at):
                at += len(prefix)
        stop = at
        while stop < end and page.lower[stop] in NAME:
            stop += 1
        name = page.lower[at:stop].rstrip(".")
        if SHORTEST <= len(name) <= LONGEST and not name.isdigit() and name not in NOT_NAMES:
            found.append(Reading("handle", f"{platform}:{name}", at, at + len(name), ADDRESS, READER))
    return found

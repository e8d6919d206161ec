"""The site's own ids: of the ad, and of the account that posted it.

Rule: in text, a word for the thing ("ad", "post", "listing", "profile", "user", "member", "account"), then
"id", "no", "number", "#" or the like, then 4 to 20 letters and figures with a figure among them ("Ad ID:
8812345", "user #44120"). In an address, what follows `/user/`, `/profile/`, `/member/`, `/author/`, or
`uid=`, `user_id=`, `poster=`; and for ads `/ad/`, `/post/`, `/listing/`, `adid=`, `post_id=` before an id
with a figure. The value is `poster:amber22` or `ad:8812345`, lower case; `detail.site` is the host it was
read from. "Call number" and "order no." are none of these. Confidence is the share expected to be such an id:
.95 in an address, .9 in text.
"""

from __future__ import annotations

from homeward.extract.knowledge.load import lexicon
from homeward.extract.text.tokens import WATCH, Page, Reading

READER = "account/1"

ADDRESS, SAID = 0.95, 0.9
SHORTEST, LONGEST = 4, 20  # characters of an id in text
LONGEST_NAME = 40  # characters of an account's name in an address
ADS = frozenset(("ad", "ads", "post", "posting", "listing", "anuncio", "annonce", "anzeige", "annuncio"))
THINGS, IDS = lexicon("account.things"), lexicon("account.ids")
IN_PATH = {
    "/user/": "poster", "/users/": "poster", "/profile/": "poster", "/member/": "poster",
    "/members/": "poster", "/author/": "poster", "/account/": "poster", "/poster/": "poster",
    "uid=": "poster", "user_id=": "poster", "userid=": "poster", "poster=": "poster", "member_id=": "poster",
    "/ad/": "ad", "/ads/": "ad", "/post/": "ad", "/posting/": "ad", "/listing/": "ad", "adid=": "ad",
    "ad_id=": "ad", "post_id=": "ad", "postid=": "ad",
}  # fmt: skip
NAME = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-.")
NOT_NAMES = frozenset(("login", "register", "edit", "settings", "search", "view", "new", "all", "index"))
IS_THING = WATCH.words(THINGS)


def read_accounts(page: Page) -> list[Reading]:
    """Return the site's ids of one part, in reading order."""
    if not (page.taken or page.mask & IS_THING):
        return []
    found = [r for start, end in page.taken if (r := _in_address(page, start, end)) is not None]
    if page.mask & IS_THING:
        found += [r for n in page.where(IS_THING) if (r := _in_text(page, n)) is not None]
    return sorted(found, key=lambda r: r.start)


def _in_address(page: Page, start: int, end: int) -> Reading | None:
    """Read the id in an address that the URL reader took."""
    address = page.lower[start:end]
    slash = address.find("/", address.find("://") + 3 if "://" in address else 0)
    if slash < 0:
        return None
    best: tuple[int, str, str] | None = None
    for key, kind in IN_PATH.items():
        at = address.find(key, slash)
        if at < 0 or (key[-1] == "=" and address[at - 1] not in "?&"):
            continue
        at += len(key)
        stop = at
        while stop < len(address) and address[stop] in NAME and stop - at <= LONGEST_NAME:
            stop += 1
        name = address[at:stop].strip(".-_").removesuffix(".html").removesuffix(".htm")
        fits = 2 <= len(name) <= LONGEST_NAME and name not in NOT_NAMES
        if (
            fits
            and (kind == "poster" or any(c.isdigit() for c in name))
            and (best is None or kind == "poster")
        ):
            best = at + address[at:stop].find(name), kind, name
    if best is None:
        return None
    at, kind, name = start + best[0], best[1], best[2]
    host = address[:slash].split("://")[-1].removeprefix("www.")
    return Reading("account", f"{kind}:{name}", at, at + len(name), ADDRESS, READER, {"site": host})


def _in_text(page: Page, n: int) -> Reading | None:
    """Read "Ad ID: 8812345": the thing, a word or sign for an id, the id."""
    at, marked = n, "#" in page.gap(n)
    while page.word(at + 1) in IDS and page.gap(at).strip(" .:-_") == "" and at - n < 2:
        at, marked = at + 1, True
    gap = page.gap(at)
    if not marked or gap.strip(" .:#=-\u2013") or "\n" in gap or len(gap) > 5:
        return None
    name = page.word(at + 1)
    if not (SHORTEST <= len(name) <= LONGEST and name.isascii() and any(c.isdigit() for c in name)):
        return None
    if (
        page.gap(at + 1)[:1] in ("-", ".", " ")
        and page.word(at + 2).isdigit()
        and len(page.word(at + 2)) in (3, 4)
    ):
        return None  # the first piece of a telephone number
    kind = "ad" if page.words[n] in ADS else "poster"
    return Reading("account", f"{kind}:{name}", page.starts[at + 1], page.end(at + 1), SAID, READER)

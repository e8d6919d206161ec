"""Web addresses, the domains in them, and .onion names.

Rule: a host is labels joined by dots whose last label is a top-level domain. With a scheme, `www.` or a
path any top-level domain counts; a bare host counts only under the common ones that are no ordinary words,
so that a missing space after a full stop ("in Reno.Call me") makes no address. Bracketed and spelt-out
dots ("site[.]com", "site dot com") are read. The `url` value has a lower-case scheme and host and no
fragment; `domain` is the host without `www.`. An onion name is 16 or 56 letters of its alphabet before
`.onion`; the 56 are check-summed. Mail domains are no domains of an advertiser and are left to the e-mail
reader. Confidence: .99 with a scheme, `www.` or a path, .9 for a host alone, .85 with bracketed or spelt
dots.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from functools import cache

from publicsuffixlist import PublicSuffixList

from homeward.extract.knowledge.load import lexicon
from homeward.extract.text.tokens import WATCH, Page, Reading
from homeward.model.ad import normalise_url

READER = "url/2"

SURE, BARE, SPELT = 0.99, 0.9, 0.85  # with scheme or path; host alone; dots in brackets or words
LONGEST = 2048  # characters of one address that are read; browsers take no more
COMMON = lexicon("url.common")
RESERVED = lexicon("url.reserved")
DOT_WORDS = lexicon("url.dot_words")
IS_DOT = WATCH.words(DOT_WORDS)
STOPS = frozenset(' \n\t\r"<>|^`{}\\')
HOST = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-.")


@cache
def top_level() -> frozenset[str]:
    """Return every top-level domain of the public suffix list, and the names reserved for examples."""
    suffixes = PublicSuffixList(only_icann=True)
    names = suffixes._publicsuffix  # the only form in which the library gives its list
    return frozenset(str(n) for n in names if "." not in n and n.isascii()) | RESERVED


def read_urls(page: Page) -> list[Reading]:
    """Return URLs, domains and onion names of one part, and note the stretches they take."""
    lower = page.lower
    found: list[Reading] = []
    dots = lower.replace(". ", "  ").replace(".\n", "  ")  # nearly all end a sentence
    at = dots.find(".", 1)  # a dot at the very beginning joins nothing
    while at > 0:
        if lower[at - 1].isalnum() and at + 1 < len(lower) and lower[at + 1].isalnum():
            at = max(_address(page, at, found), at + 1)
        else:
            at += 1
        at = dots.find(".", at)
    if "[." in lower or "(." in lower or page.mask & IS_DOT:
        _spelt(page, found)
    return found


def note_urls(page: Page) -> list[Reading]:
    """Note the stretches that addresses take, for the readers that look into them, and return nothing."""
    read_urls(page)
    return []


def _address(page: Page, dot: int, found: list[Reading]) -> int:
    """Read the address whose first dot is at `dot`; return where it ends."""
    lower = page.lower
    start, end, length = dot, dot + 1, len(lower)
    while start > 0 and lower[start - 1] in HOST and dot - start < 253:
        start -= 1
    while end < length and lower[end] in HOST and end - dot < 253:
        end += 1
    host = lower[start:end].strip("-.")
    start += len(lower[start:end]) - len(lower[start:end].lstrip("-."))
    end = start + len(host)
    labels = host.split(".")
    scheme = _scheme(lower, start)
    if labels[-1] not in top_level() or "" in labels or (start and lower[start - 1] == "@" and not scheme):
        return end
    if end < length and lower[end] == "@":
        return end
    stop = _path_end(lower, end)
    sure = bool(scheme) or labels[0] == "www" or stop > end + 1
    if not sure and (labels[-1] not in COMMON or _sentence(page.text, host, start)):
        return end
    _add(page, found, start - len(scheme), start, end, stop, SURE if sure else BARE)
    return stop


def _scheme(lower: str, start: int) -> str:
    for scheme in ("https://", "http://", "hxxps://", "hxxp://", "ftp://", "tg://"):
        if lower[max(0, start - len(scheme)) : start] == scheme:
            return scheme
    return ""


def _path_end(lower: str, end: int) -> int:
    """Return where port, path and query end: at a blank or quote, without closing punctuation."""
    if (
        end >= len(lower)
        or lower[end] not in "/?:#"
        or (lower[end] == ":" and not lower[end + 1 : end + 2].isdigit())
    ):
        return end
    stop = end
    while stop < len(lower) and lower[stop] not in STOPS and stop - end < LONGEST:
        stop += 1
    while stop > end and lower[stop - 1] in ".,;:!?)]}'*":
        stop -= 1
    return stop


def _sentence(text: str, host: str, start: int) -> bool:
    """Whether a bare host is two sentences without a blank between: "Reno.Call", or a figure: "5.0"."""
    after = text[start + host.rfind(".") + 1 : start + len(host)]
    return (after[:1].isupper() and not after.isupper()) or host.replace(".", "").isdigit()


def _add(
    page: Page, found: list[Reading], first: int, start: int, end: int, stop: int, confidence: float
) -> None:
    host = page.lower[start:end]
    page.take(first, stop)
    if host.endswith(".onion"):
        if onion_name(host.split(".")[-2]):
            found.append(Reading("onion", ".".join(host.split(".")[-2:]), start, end, SURE, READER))
        return
    scheme = page.lower[first:start].replace("hxxp", "http") or "http://"
    url = normalise_url(scheme + host + page.text[end:stop])
    if first < start or stop > end:
        found.append(Reading("url", url, first, stop, confidence, READER))
    found.append(Reading("domain", host.removeprefix("www."), start, end, confidence, READER))


def onion_name(name: str) -> bool:
    """Whether `name` is a version 2 name by shape, or a version 3 name by its check sum."""
    try:
        raw = base64.b32decode(name.upper())
    except (binascii.Error, ValueError):
        return False
    if len(raw) == 10:
        return True
    if len(raw) != 35:
        return False
    key, check, version = raw[:32], raw[32:34], raw[34:]
    return hashlib.sha3_256(b".onion checksum" + key + version).digest()[:2] == check and version == b"\x03"


def dotted(gap: str) -> bool:
    """Whether the text between two words is a dot in some disguise."""
    return gap in (".", "[.]", "(.)", "{.}", " . ", " .", " [.] ", " (.) ", "<.>")


def _spelt(page: Page, found: list[Reading]) -> None:
    """Read hosts whose dots are bracketed or spelt out: `site[.]com`, `site dot com`."""
    words, n = page.words, 1
    while n < len(words):
        spelt = words[n] in DOT_WORDS and n + 1 < len(words)
        last = n + 1 if spelt else n
        gap = page.gap(n - 1)
        if (spelt or (dotted(gap) and len(gap) > 1)) and words[last] in COMMON and len(words[n - 1]) > 2:
            start, end = page.starts[n - 1], page.end(last)
            if (
                page.lower[start - 1 : start] != "@"
                and not _after_at(page, n - 2)
                and _free(page, start, end)
            ):
                page.take(start, end)
                host = f"{words[n - 1]}.{words[last]}"
                found.append(Reading("domain", host, start, end, SPELT, READER, {"obscured": True}))
            n = last
        n += 1


def _free(page: Page, start: int, end: int) -> bool:
    return page.free(start) and page.free(end - 1)


def _after_at(page: Page, n: int) -> bool:
    return page.word(n) in ("at", "arroba", "chiocciola", "собака") or (n >= 0 and "@" in page.gap(n))

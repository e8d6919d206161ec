"""E-mail addresses, plain or hidden.

Rule: an "at" (the sign, or "at", "arroba", "(at)", "собака") with a name before it and a host after it.
The host's dots may be signs, bracketed, or words. A bare word "at" counts only before a known mail
provider or with a spelt-out dot, so that "call me at site.com" makes no address. A known provider without
its ending ("amber@gmail") gets `.com`. Letters spaced out one by one are joined. The value is lower case;
`obscured` says that it was not written plainly. Confidence: .99 as is, .9 with words, brackets or blanks,
.75 with an ending supplied.
"""

from __future__ import annotations

from bisect import bisect_right

from homeward.extract.knowledge.load import lexicon
from homeward.extract.text.tokens import WATCH, Page, Reading
from homeward.extract.url import DOT_WORDS, dotted, top_level

READER = "email/6"

PLAINLY, HIDDEN, GUESSED = 0.99, 0.9, 0.75  # as is; with words or brackets; with an ending supplied
PROVIDERS = lexicon("email.providers")
ENDED = lexicon("email.ended")
AT_WORDS = lexicon("email.at_words")
IS_AT = WATCH.words(AT_WORDS)
NOT_NAMES = lexicon("email.not_names")
BRACKETS = " ([{<>}])"
LOCAL_JOINS = frozenset([".", "_", "-", "+"])
LOCAL_WORDS = {
    "underscore": "_",
    "dash": "-",
    "hyphen": "-",
    "dot": ".",
    "d0t": ".",
    "punto": ".",
    "plus": "+",
    "punkt": ".",
    "ponto": ".",
}
HOST_DOTS = DOT_WORDS | {"point", "d0t"}  # in a host "point" is no other word
CUES = frozenset(["email", "mail", "emails", "correo", "courriel", "mailto"])
ENTITY = "64"  # "&#64;" is the sign as HTML writes it
AROUND = '([{<_-*~"'  # marks about a word for the sign
SPACED = frozenset((" ", " . ", " _ ", " - "))  # between letters that are written one by one
LONGEST_LOCAL = 64  # characters before the sign (RFC 5321)


def read_emails(page: Page) -> list[Reading]:
    """Return the e-mail addresses of one part, and note the stretches they take."""
    found: list[Reading] = []
    words, last, done = page.words, len(page.words), -1
    for n in _signs(page, page.lower):
        if n < done or not 0 <= n < last - 1:
            continue
        gap = page.gap(n)
        after = n + 2 if words[n + 1] in AT_WORDS and "@" not in gap and n + 2 < last else n + 1
        sign = gap.count("@") == 1 and not gap.strip(" @[](){}<>_-*\n") and gap.count("\n") < 3
        if words[n + 1] == ENTITY and gap.endswith("&#") and page.gap(n + 1).startswith(";"):
            done = max(_one(page, n, n + 2, True, found), done)
            continue
        if sign or after == n + 2 or (words[n + 1] == "a" and gap.endswith(("(", "["))):
            after = n + 2 if words[n + 1] == "a" and gap.endswith(("(", "[")) else after
            after += after == n + 2 and page.word(after) == "sign"  # "amber at-sign mail dot test"
            done = max(_one(page, n, after, sign, found), done)
    return found


def _signs(page: Page, lower: str) -> list[int]:
    """Return the words that a sign or a word for it follows."""
    out = [n - 1 for n in page.where(IS_AT)]
    at, bracketed = lower.find("@"), "(a" in lower or "[a" in lower
    if at < 0 and not bracketed and "&#64;" not in lower:
        return out
    while at >= 0:
        out.append(bisect_right(page.starts, at) - 1)
        at = lower.find("@", at + 1)
    if "&#64;" in lower:
        out += [n - 1 for n, word in enumerate(page.words) if word == ENTITY]
    if bracketed:  # "(a)" stands for the sign too
        out += [n - 1 for n, word in enumerate(page.words) if word == "a"]
    return sorted(set(out))


def _one(page: Page, n: int, after: int, sign: bool, found: list[Reading]) -> int:
    """Read the address named in word `n` with its host from word `after` on; return its last word."""
    host, last, spelt = _host(page, after)
    bracketed = not sign and page.gap(n).strip(" ") != "" and page.gap(n).strip(" ") in AROUND
    provider = host.split(".")[0] in PROVIDERS
    guessed = False
    if "." not in host:
        if host not in ENDED:
            return n
        host, guessed = host + ".com", True
    if host.rsplit(".", 1)[-1] not in top_level():
        return n
    if not (sign or bracketed or provider or spelt) and not _no_word(page, n):
        return n
    if spelt and page.gap(last) == " . ":
        return n  # "@ five . one . two": it goes on, and is no host
    local, first = _local(page, n)
    if (
        not local
        or (len(local) < 2 and not sign)
        or len(local) > LONGEST_LOCAL
        or (not (bracketed if not sign else _joined(page, n, provider)) and local in NOT_NAMES)
    ):
        return n
    start, end = page.starts[first], page.end(last)
    obscured = page.lower[start:end] != f"{local}@{host}" or not _written_so(page, start, end)
    page.take(start, end)
    confidence = GUESSED if guessed else HIDDEN if obscured else PLAINLY
    found.append(Reading("email", f"{local}@{host}", start, end, confidence, READER, {"obscured": obscured}))
    return last


def _no_word(page: Page, n: int) -> bool:
    """Whether the name before a bare "at" can be no word, with a figure or mark: "amber_22 at mail.test"."""
    word = page.word(n)
    if not CUES.isdisjoint(page.words[max(0, n - 3) : n]):
        return True
    figured = word.isalnum() and not word.isalpha() and not word.isdigit()
    return figured or (n > 0 and page.gap(n - 1) in ("_", ".") and not word.isdigit())


def _joined(page: Page, n: int, provider: bool) -> bool:
    """Whether a sign belongs to the word before it: in "follow @ana.rose" it begins a handle."""
    return provider or not (page.gap(n).startswith(" ") and page.gap(n).endswith("@"))


def _written_so(page: Page, start: int, end: int) -> bool:
    return page.normalised.span(start, end).cut(page.normalised.original).isascii()


def _host(page: Page, n: int) -> tuple[str, int, bool]:
    """Read labels and dots from word `n` on: host, last word, whether a dot was hidden."""
    host, last = _label(page, n)
    run = host.split("dot")
    if len(run) == 2 and run[0] in PROVIDERS and run[1] in top_level():
        return ".".join(run), last, True  # "gmaildotcom"
    spelt = False
    while last + 1 < len(page.words) and host.count(".") < 4:
        gap = page.gap(last)
        if gap == "." or (dotted(gap) and _label(page, last + 1)[0] in top_level()):
            following, spelt = last + 1, spelt or gap != "."
        elif gap == "-" and "." not in host and page.word(last + 1) not in HOST_DOTS:
            label, last = _label(page, last + 1)
            host += "-" + label
            continue
        elif (
            page.word(last + 1) in HOST_DOTS
            and not gap.strip(BRACKETS + '_-*.~"')
            and (
                page.word(last + 2) in top_level()
                or (page.word(last + 3) in HOST_DOTS and page.word(last + 4) in top_level())
            )
        ):
            following, spelt = last + 2, True
        else:
            break
        label, end = _label(page, following)
        if gap == "." and label not in top_level() and page.gap(end) != ".":
            break
        host, last = f"{host}.{label}", end
        if (
            gap == "."
            and page.text[page.starts[end] : page.starts[end] + 1].isupper()
            and not page.written(end).isupper()
        ):
            host, last = host.rsplit(".", 1)[0], end - 1
            break
    return host, last, spelt


def _label(page: Page, n: int) -> tuple[str, int]:
    """Return word `n`, or the letters that are spaced out from there on, and the last word used."""
    word = page.word(n)
    if len(word) != 1:
        return word, n
    while len(page.word(n + 1)) == 1 and page.gap(n) == " " and len(word) < LONGEST_LOCAL:
        n += 1
        word += page.word(n)
    return word, n


def _local(page: Page, n: int) -> tuple[str, int]:
    """Read the name before the sign backwards from word `n`."""
    local, first = page.word(n), n
    if len(local) == 1:
        while (
            first > 0
            and len(local) <= LONGEST_LOCAL
            and len(page.word(first - 1)) == 1
            and page.gap(first - 1) in SPACED
        ):
            first -= 1
            local = page.word(first) + page.gap(first).strip() + local
    while first > 0 and len(local) < LONGEST_LOCAL:
        gap = page.gap(first - 1)
        if gap in LOCAL_JOINS:
            local, first = page.word(first - 1) + gap + local, first - 1
        elif (
            page.word(first - 1) in LOCAL_WORDS
            and first > 1
            and not gap.strip(BRACKETS)
            and not page.gap(first - 2).strip(BRACKETS)
        ):
            local, first = page.word(first - 2) + LOCAL_WORDS[page.word(first - 1)] + local, first - 2
        else:
            break
    return local, first

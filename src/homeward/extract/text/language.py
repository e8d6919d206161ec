"""A small guess at the language of a text, by its commonest words."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cache
from math import lcm
from struct import unpack

from homeward.extract.knowledge.load import rows

FEWEST = 3  # stop words that must speak for a language; two are met by chance in foreign names
LANE = 32  # bits of a language in a sum of votes
MARGIN = 1.3  # how much more than the next language: the Romance ones share a third of their small words


@cache
def stop_words() -> dict[str, tuple[str, ...]]:
    """Return folded stop words with the languages that have them."""
    out: dict[str, tuple[str, ...]] = {}
    for language, words in rows("stopwords.tsv"):
        for word in words.split():
            out[word] = (*out.get(word, ()), language)
    return out


@cache
def _ballots() -> tuple[list[str], dict[str, int], int]:
    """Return the languages in order, the votes of each word, and how much a whole vote is.

    A word's vote is shared by its languages. All votes of a word are one integer, a lane for each language,
    so that a text's are one sum; shares of `whole` are exact, whatever the order they are added in.
    """
    spoken = stop_words()
    languages = sorted({language for some in spoken.values() for language in some})
    whole = lcm(*map(len, spoken.values()))
    ballots = {
        word: sum((whole // len(some)) << (LANE * languages.index(language)) for language in some)
        for word, some in spoken.items()
    }
    return languages, ballots, whole


def guess(words: list[str], stops: AbstractSet[str]) -> tuple[str, float, str]:
    """Return (BCP 47 tag, share of the votes, a word that spoke for it); an empty tag if unsure.

    `words` are those of the text in order, `stops` the stop words among them; each counts once.
    """
    languages, ballots, whole = _ballots()
    if not (cast := sum(map(ballots.__getitem__, stops))):
        return _by_script(words)
    votes = unpack(f"<{len(languages)}I", cast.to_bytes(LANE // 8 * len(languages), "little"))
    points = max(votes)
    if points < FEWEST * whole:
        return "", 0.0, ""
    best = votes.index(points)
    if points < MARGIN * max(votes[:best] + votes[best + 1 :]):
        return "", 0.0, ""
    spoken, language = stop_words(), languages[best]
    return language, points / sum(votes), next(w for w in words if language in spoken.get(w, ()))


def _by_script(words: list[str]) -> tuple[str, float, str]:
    """Chinese, Japanese, Korean, Arabic, Hebrew and Thai are told by their letters."""
    for word in words:
        for char in word[:4]:
            for low, high, language in (
                (0x3040, 0x30FF, "ja"), (0x4E00, 0x9FFF, "zh"), (0xAC00, 0xD7AF, "ko"), (0x600, 0x6FF, "ar"),
                (0x590, 0x5FF, "he"), (0xE00, 0xE7F, "th"),
            ):  # fmt: skip
                if low <= ord(char) <= high:
                    return language, 0.8, word
    return "", 0.0, ""

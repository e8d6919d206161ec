"""A small guess at the language of a text, by its commonest words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from homeward.extract.knowledge.load import rows

FEWEST = 3  # stop words that must speak for a language; two are met by chance in foreign names
MARGIN = 1.3  # how much more than the next language: the Romance ones share a third of their small words


@cache
def stop_words() -> dict[str, tuple[str, ...]]:
    """Return folded stop words with the languages that have them."""
    out: dict[str, tuple[str, ...]] = {}
    for language, words in rows("stopwords.tsv"):
        for word in words.split():
            out[word] = (*out.get(word, ()), language)
    return out


def guess(words: list[str], stops: Iterable[str]) -> tuple[str, float, str]:
    """Return (BCP 47 tag, share of the votes, a word that spoke for it); an empty tag if unsure.

    `words` are those of the text in order, `stops` the stop words among them; each counts once.
    """
    spoken = stop_words()
    votes: defaultdict[str, float] = defaultdict(float)
    for word in set(stops):
        languages = spoken[word]
        vote = 1.0 / len(languages)
        for language in languages:
            votes[language] += vote
    if not votes:
        return _by_script(words)
    points = max(votes.values())
    best = min(language for language, vote in votes.items() if vote == points)
    share = points / sum(votes.values())
    del votes[best]
    if points < FEWEST or (votes and points < MARGIN * max(votes.values())):
        return "", 0.0, ""
    spoke = next(w for w in words if best in spoken.get(w, ()))
    return best, share, spoke


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

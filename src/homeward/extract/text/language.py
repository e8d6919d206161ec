"""A small guess at the language of a text, by its commonest words."""

from __future__ import annotations

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
    votes: dict[str, float] = {}
    for word in set(stops):
        languages = stop_words()[word]
        for language in languages:
            votes[language] = votes.get(language, 0.0) + 1.0 / len(languages)
    if not votes:
        return _by_script(words)
    ranked = sorted(votes.items(), key=lambda v: (-v[1], v[0]))
    best, points = ranked[0]
    if points < FEWEST or (len(ranked) > 1 and points < MARGIN * ranked[1][1]):
        return "", 0.0, ""
    spoke = next(w for w in words if best in stop_words().get(w, ()))
    return best, points / sum(votes.values()), spoke


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

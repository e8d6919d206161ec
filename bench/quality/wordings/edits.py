"""How a text comes back: as it was, with other fillings, edited a little or a lot, or with its letters hidden."""

from __future__ import annotations

from random import Random

from bench.quality.wordings.texts import CLAUSES, QUALITY, STOCK, THING, WHEN, WHERE, WHOM

KINDS = ("repost", "slots", "light", "heavy", "obscured")
EMOJI = "🌸🌹🍀🌙⭐✨🔥💎🎀🍓☀🌈"
LIKE = {"a": "а", "e": "е", "o": "о", "c": "с", "p": "р", "i": "і", "s": "ѕ", "x": "х", "y": "у"}
LEET = {"a": "@4", "e": "3", "o": "0", "i": "1!", "s": "$5", "t": "7"}
OTHER = " ".join("|".join((QUALITY, THING, WHEN, WHERE, WHOM)).split("|")).split()


def light(sentences: list[str], rng: Random) -> list[str]:
    """Return the sentences with a few typos, emoji, swapped or changed words, and perhaps another case."""
    words = [s.split() for s in sentences]
    count = sum(map(len, words))
    for _ in range(max(1, round(count * rng.uniform(0.03, 0.08)))):
        line = rng.choice(words)
        at = rng.randrange(len(line))
        what, word = rng.random(), line[at]
        if word.startswith("<") or "<" in word:
            continue
        if what < 0.4 and len(word) > 3:  # a typo
            k = rng.randrange(1, len(word) - 1)
            line[at] = rng.choice(
                (word[:k] + word[k + 1 :], word[:k] + word[k] + word[k:], word[:k] + "q" + word[k + 1 :])
            )
        elif what < 0.6 and at + 1 < len(line) and "<" not in line[at + 1]:
            line[at], line[at + 1] = line[at + 1], line[at]
        elif what < 0.8:
            line[at] = rng.choice(OTHER)
        else:
            line[at] = word + " " + rng.choice(EMOJI)
    lines = [" ".join(line) for line in words]
    return [s.upper() if "<" not in s else s for s in lines] if rng.random() < 0.1 else lines


def heavy(sentences: list[str], rng: Random) -> list[str]:
    """Return the sentences with some dropped, moved and added, and three words in ten changed or more."""
    share = rng.uniform(0.3, 0.4)
    kept = [s for s in sentences if rng.random() > 0.15 or "<phone>" in s] or sentences[:1]
    lines = []
    for line in kept:
        words = line.split()
        for at, word in enumerate(words):
            if "<" not in word and rng.random() < share * 0.75:  # the rest of the share is what is dropped
                words[at] = rng.choice(OTHER)
        lines.append(" ".join(words))
    if rng.random() < 0.6:
        at = rng.randrange(len(lines))
        lines.insert(rng.randrange(len(lines)), lines.pop(at))
    if rng.random() < 0.6:
        new = (
            rng.choice(STOCK)
            if rng.random() < 0.5
            else rng.choice(CLAUSES)(lambda w: rng.choice(w.split("|")))
        )
        lines.insert(rng.randrange(len(lines) + 1), new)
    return lines


def obscure(sentences: list[str], rng: Random) -> list[str]:
    """Return the sentences in look-alike letters, with zero-width characters, letters apart, or digits for letters."""
    how = rng.choice(("like", "zero", "apart", "leet", "wide", "marks"))
    return [" ".join(w if "<" in w else hide(w, how, rng) for w in s.split()) for s in sentences]


def hide(word: str, how: str, rng: Random) -> str:
    """Return one word hidden in one way; a part of the words stays as it is."""
    if rng.random() < 0.3 or len(word) < 3:
        return word
    if how == "like":
        return "".join(LIKE.get(c, c) for c in word)
    if how == "zero":
        return "\u200b".join(word) if rng.random() < 0.5 else word[:2] + "\u200d" + word[2:]
    if how == "apart":
        return " ".join(word)
    if how == "leet":
        return "".join(rng.choice(LEET[c]) if c in LEET and rng.random() < 0.7 else c for c in word)
    if how == "wide":
        return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in word)
    return rng.choice((".", "-", "*", "_")).join(word)

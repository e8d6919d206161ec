"""An author's habits and her wording: what stays the same from ad to ad, and how it drifts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from random import Random

from homeward.collect.world.banks import Parts, bank, resolve, split_slots

EMOJI = tuple("🌸🌺💐🌹🌷🍀🌙⭐✨💫🔥💎💋💕💖🎀🍷🍒🍓☀🌈🦋🕊🎶☕🥂👠💜💙🖤")
ENDS = (".", ".", ".", "!", "!!", "...", "", "", " ~", ";")
SEPARATORS = (" ", " ", " ", "\n", "\n", "\n\n", " * ", " - ", " ~ ", "\n- ")
# No habit writes a digit for a word: a sentence must not read as part of a number.
HABITS = (
    (" you ", " u "), (" and ", " & "), ("please", "pls"), (" are ", " r "), ("i am", "im"), ("i'm", "im"),
    (" with ", " w "), ("your", "ur"), (" the ", " da "), ("ing ", "in "), ("always", "allways"),
    ("friend", "freind"), ("available", "avail"), (" in advance", " in advence"),
)  # fmt: skip

RETIRE_AT = 0.3  # a wording that lost this share of its sentences is given up for a new one


@dataclass(frozen=True, slots=True)
class Style:
    """How one author types: case, full stops, what stands between sentences, emoji, short forms."""

    case: int  # 0 as it comes, 1 all lower, 2 sentence case, 3 sentence case and a loud title
    end: str
    separator: str
    emoji: tuple[str, ...]
    habits: tuple[tuple[str, str], ...]

    def write(self, text: str, rng: Random, *, title: bool = False) -> Parts:
        """Return an author's sentence in her own typing, split at its slots."""
        for old, new in self.habits:
            text = text.replace(old, new)
        parts = list(split_slots(text))
        if self.case >= 2 and parts[0]:
            parts[0] = parts[0][0].upper() + parts[0][1:]
        if title and self.case == 3:
            parts[::2] = [part.upper() for part in parts[::2]]
        if not title:
            parts[-1] += self.end
        if self.emoji and rng.random() < 0.3:
            parts[-1] += " " + self.emoji[int(rng.random() * len(self.emoji))]
        return tuple(parts)


def draw_style(rng: Random, language: str) -> Style:
    """Return one author's habits."""
    emoji = tuple(rng.sample(EMOJI, rng.randint(1, 5))) if rng.random() < 0.6 else ()
    habits = tuple(rng.sample(HABITS, rng.randint(0, 4))) if language == "en" else ()
    return Style(
        int(rng.random() * 4), ENDS[int(rng.random() * len(ENDS))],
        SEPARATORS[int(rng.random() * len(SEPARATORS))], emoji, habits,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wording:
    """One text with slots, in the order its author keeps. `template` names it in the truth."""

    template: str
    language: str
    style: Style
    title: Parts
    sections: tuple[str, ...]
    sentences: tuple[Parts, ...]


def draw_sentence(section: str, language: str, style: Style, rng: Random) -> Parts | None:
    """Return one sentence of a section, or None where the language has none."""
    patterns = bank(language).get(section)
    if not patterns:
        return None
    return style.write(resolve(patterns[int(rng.random() * len(patterns))], rng), rng)


def draw_wording(
    template: str, language: str, sections: list[str], rng: Random, *, title: str = "title",
    style: Style | None = None,
) -> Wording:  # fmt: skip
    """Return a new wording made of one sentence a section, in the order given."""
    style = style or draw_style(rng, language)
    kept: list[str] = []
    sentences: list[Parts] = []
    used: set[tuple[str, int]] = set()
    for section in sections:
        patterns = bank(language).get(section)
        if not patterns:
            continue
        k = int(rng.random() * len(patterns))
        if (section, k) in used:
            k = (k + 1) % len(patterns)
        used.add((section, k))
        kept.append(section)
        sentences.append(style.write(resolve(patterns[k], rng), rng))
    titles = bank(language).get(title) or bank(language)["title"]
    head = style.write(resolve(titles[int(rng.random() * len(titles))], rng), rng, title=True)
    return Wording(template, language, style, head, tuple(kept), tuple(sentences))


def template_of(wording: Wording) -> str:
    """Return a template id for a text that nobody owns: the same for everyone who draws the same text."""
    text = "\x00".join("\x01".join(parts) for parts in wording.sentences)
    return "t-" + hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


ALONE_OFTEN = ("mood", "visit", "manners", "time")  # sections a wordy author draws from twice


def person_sections(rng: Random, extra: tuple[str, ...] = ()) -> list[str]:
    """Return the order in which one person writes: her own choice of what to say, contact included."""
    middle = [s for s in ("self", "looks", "mood", "place", "time", "visit", "manners", "screening", "rates")
              if rng.random() < 0.72]  # fmt: skip
    middle += [s for s in ALONE_OFTEN if rng.random() < 0.25]
    middle += [s for s in ("handle", "email", "url") if rng.random() < 0.9]
    middle += extra
    rng.shuffle(middle)
    at = len(middle) if rng.random() < 0.7 else rng.randint(0, len(middle))
    middle.insert(at, "contact")
    if rng.random() < 0.85:
        middle.insert(0, "greeting")
    if rng.random() < 0.5:
        middle.append("close")
    return middle


def drifted(wording: Wording, share: float, rng: Random) -> tuple[Wording, int]:
    """Return the wording after one step of drift, and how many sentences it touched.

    A touched sentence is put in other words, dropped, or moved; the contact is never lost.
    """
    sections, sentences = list(wording.sections), list(wording.sentences)
    touched = 0
    for k in range(len(sentences) - 1, -1, -1):
        if rng.random() >= share:
            continue
        touched += 1
        what = rng.random()
        if what < 0.6 or sections[k] == "contact":
            other = draw_sentence(sections[k], wording.language, wording.style, rng)
            sentences[k] = other or sentences[k]
        elif what < 0.8 and len(sentences) > 4:
            del sections[k], sentences[k]
        elif k:
            sections[k - 1], sections[k] = sections[k], sections[k - 1]
            sentences[k - 1], sentences[k] = sentences[k], sentences[k - 1]
    out = Wording(wording.template, wording.language, wording.style, wording.title, tuple(sections),
                  tuple(sentences))  # fmt: skip
    return out, touched

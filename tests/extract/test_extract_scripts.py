"""Right-to-left and mixed scripts keep their offsets: what a mention points to is what it was read from."""

from __future__ import annotations

from random import Random

import pytest

from homeward.extract.read import read_text

ARABIC = ("تدليك مريح", "اتصل بي", "السعر", "الساعة", "غرفة هادئة", "اسمي ليلى", "عمري", "مرحبا")
HEBREW = ("עיסוי מרגיע", "התקשרו אליי", "מחיר", "שעה", "חדר שקט", "שמי דנה", "בת", "שלום")
SAID = {
    "+1 702 555 0134": "phone:+17025550134",
    "٧٠٢-٥٥٥-٠١٣٤": "phone:+17025550134",
    "7️⃣0️⃣2️⃣5️⃣5️⃣5️⃣0️⃣1️⃣3️⃣4️⃣": "phone:+17025550134",
    "amber22@mail.test": "email:amber22@mail.test",
    "$120/hr": "price:120 USD 60min",
    "instagram: @amber_22": "handle:instagram:amber_22",
}
MARKS = ("", "\u200f", "\u200e", "\u202b", "\u2067", "\u2069", "\u202c")


@pytest.mark.parametrize("words", [ARABIC, HEBREW, (*ARABIC, *HEBREW, "massage", "массаж", "按摩")])
def test_offsets_hold_among_scripts_and_directions(words):
    """Random mixtures with marks of direction are read, and every span cut from the text is its raw text."""
    random = Random(len(words))
    for _ in range(60):
        said = random.sample(list(SAID), 2)
        parts = [random.choice(words), *said, random.choice(words), random.choice(words)]
        random.shuffle(parts)
        text = "\n".join(random.choice(MARKS) + part + random.choice(MARKS) for part in parts)
        found = read_text(text, country="US")
        assert all(text[m.span.start : m.span.end] == m.raw for m in found)
        assert {SAID[s] for s in said} <= {f"{m.kind}:{m.value}" for m in found}, text


def test_words_of_other_scripts_alone_hold_nothing_to_contact():
    """The same words without what is said among them give no number, address, price or handle."""
    kinds = {m.kind for w in (ARABIC, HEBREW) for m in read_text("\n".join(w), country="US")}
    assert kinds.isdisjoint({"phone", "email", "price", "handle"})

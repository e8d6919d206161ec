"""Bland sentences that carry a value, and filler that carries none."""

from __future__ import annotations

from random import Random

CARRIERS = [
    "Call {} for an appointment.", "Text me at {} please", "{} no blocked calls", "Reach me: {}", "📞 {}",
    "You can book by phone, {}", "my number is {}", "Contact {}!", "{}", "WhatsApp {} any time",
    "Ask for details at {}.", "CALL NOW {}", "text only {} thanks", "Ph: {}", "tel. {} until late",
]  # fmt: skip
FILLER = [
    "Relaxing company in a quiet flat.", "Friendly and on time.", "Easy parking at the door.",
    "Please be polite and clean.", "Good conversation and a warm welcome.", "Dinner dates welcome.",
    "By appointment only.", "New photos soon.", "Massage with warm oil.", "Calm music and tea.",
    "Serious enquiries only.", "I look forward to meeting you.", "Discreet location near downtown.",
    "Ask about weekends.", "Short notice is fine.", "Professional and kind.",
]  # fmt: skip


def pick_filler(rng: Random, n: int) -> list[str]:
    """Return `n` sentences that carry no value."""
    return [rng.choice(FILLER) for _ in range(n)]

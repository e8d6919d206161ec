"""Bland ads around what is tested: sentences with other numbers in them, and sentences with none."""

from __future__ import annotations

# fmt: off
from random import Random

PLAIN = (
    "Relaxing massage in a quiet room.", "Friendly company for dinner and events.", "New in town this week only.",
    "Clean, private place with parking.", "Kind and on time, please be polite.", "Deep tissue and Swedish massage",
    "Hot stones, warm towels, soft music", "Pleasant conversation, good manners", "Please no blocked calls",
    "Same day appointments are fine.", "Ask about my specials!", "Serious gentlemen only please",
    "Upscale companion, well travelled", "Available now", "Sweet and easygoing", "first come first served :)",
    "I look forward to meeting you.", "No rush, take your time", "Licensed therapist", "Back from holiday!",
    "Walk-ins welcome", "You will leave relaxed and happy",
)  # fmt: skip
NUMBERED = (
    "$80 half hour, $140 hour", "hh 100 / h 160", "I'm 24 years old.", "5'4\" 120 lbs", "Open 9am-10pm", "10:00-22:00 daily",
    "100% real photos", "24/7", "Rates: 60 min $150 / 90 min $210", "5 stars, 12 reviews", "25 yo, 165 cm, 54 kg",
    "Mon-Sat 10 to 8", "2 girls available", "Two hours for 250 roses", "34-26-36", "1450 Harbor St, apt 12", "10% off in May",
    "Must be 21+", "est. 2014", "open till 11:30 pm", "over 10 years of experience", "room 214", "15 minutes from the airport",
)  # fmt: skip
JOINTS = (" ", " ", "\n", " - ", ". ", "\n\n", " | ", ", ")


def around(random: Random, core: str, *, numbered: float = 0.5) -> str:
    """Return the core sentence among others, some of which have numbers that are not meant."""
    before = [random.choice(NUMBERED if random.random() < numbered else PLAIN) for _ in range(random.randrange(3))]
    behind = [random.choice(NUMBERED if random.random() < numbered else PLAIN) for _ in range(random.randrange(3))]
    joint = random.choice(JOINTS)
    text = joint.join([*before, core, *behind])
    return text.upper() if random.random() < 0.03 else text


def plain(random: Random, core: str) -> str:
    """Return the core sentence among others without any number."""
    return around(random, core, numbered=0.0)

"""Texts full of figures that are no telephone numbers hardly ever yield one."""

from __future__ import annotations

import random

from homeward.extract.read import read_text

TEXTS = 400
MOST = (
    8  # false alarms among them: two in a hundred here, since 400 texts measure one in a hundred only roughly
)


def figures(draw: random.Random) -> str:
    r = draw.randint
    return draw.choice(
        [
            f"${r(60, 400)}/{r(60, 400)}/{r(100, 900)}",
            f"rates {r(6, 20)}0 {r(8, 30)}0 {r(10, 40)}0",
            f"{r(1, 12):02}/{r(1, 28):02}/20{r(20, 26)}",
            f"20{r(20, 26)}-{r(1, 12):02}-{r(1, 28):02} {r(0, 23):02}:{r(0, 59):02}",
            f"5'{r(0, 11)} {r(100, 160)} lbs {r(32, 38)}-{r(22, 28)}-{r(32, 38)}",
            f"{r(150, 185)} cm {r(45, 80)} kg",
            f"{r(100, 9999)} Main St Apt {r(1, 400)}, Reno NV {r(10000, 99999)}",
            f"order #{r(10**9, 10**10 - 1)}",
            f"invoice {r(1000, 9999)}-{r(1000, 9999)}-{r(10, 99)}",
            "one or two hours, for three days",
        ]
    )


def test_texts_full_of_figures_hardly_ever_yield_a_number():
    draw = random.Random(11)
    texts = [", ".join(figures(draw) for _ in range(8)) for _ in range(TEXTS)]
    alarms = [t for t in texts if any(m.kind == "phone" for m in read_text(t, country="US"))]
    assert len(alarms) <= MOST, alarms[:3]


def test_the_same_texts_yield_the_number_they_hold():
    draw = random.Random(12)
    texts = [", ".join([*(figures(draw) for _ in range(6)), "call 702-555-0134"]) for _ in range(100)]
    read = [any(m.value == "+17025550134" for m in read_text(t, country="US")) for t in texts]
    assert sum(read) >= 95

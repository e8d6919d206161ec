"""A link: a reason why two ads may belong together, with its weight."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """Evidence that joins ads `a` and `b` through one shared value.

    `weight` is a log-likelihood ratio in nats: 0 says nothing, 3 is about twenty to one.
    """

    a: str
    b: str
    kind: str
    value: str
    weight: float
    reason: str  # one sentence

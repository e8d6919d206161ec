"""A print: a hash by which the same picture, or nearly the same, is recognised."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Print:
    """One hash of one photo of one capture. `sha256` is exact, `pdq` near."""

    capture: str
    photo: int  # place in the ad's list of photos
    kind: str  # "sha256" or "pdq"
    value: str

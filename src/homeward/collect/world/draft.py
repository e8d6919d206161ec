"""What an advertiser decides about one ad, before it is written out."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from homeward.collect.world.numbers import Numbers
from homeward.collect.world.people import Persona
from homeward.collect.world.presets import Preset
from homeward.collect.world.voice import Wording

Photo = tuple[int, int]  # (picture, how often it was re-encoded: 0 = the same bytes)


@dataclass(slots=True)
class Draft:
    """One ad to be. `day` counts from the first day of the world; numbers are ten digits, or empty."""

    day: float
    label: str
    network: str | None
    persona: str | None
    template: str | None
    wording: Wording
    who: Persona
    city: int
    site: int
    phone: str = ""
    phone_style: str = ""  # empty = plain, else one of obscure.STYLES
    second: str = ""  # name of a second person
    second_phone: str = ""
    in_url: bool = False
    split: bool = False
    handle: tuple[str, str] | None = None
    email: str = ""
    url: str = ""
    hub: str = ""
    rival: str = ""
    photos: tuple[Photo, ...] = ()
    edit: float = 0.0


@dataclass(slots=True)
class Stage:
    """Where the advertisers of one world meet: its parameters, its numbers, its shared things."""

    preset: Preset
    seed: str
    days: float
    numbers: Numbers
    rng: Random
    hubs: tuple[str, ...] = ()
    stock: int = 20
    services: list[Wording] = field(default_factory=list)


@dataclass(slots=True)
class Task:
    """One advertiser to be cast: when it is active, and how many ads (not lines) it places."""

    role: str
    no: int
    start: float
    length: float
    ads: int
    language: str

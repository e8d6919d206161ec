"""The synthetic world: how anyone judges Homeward without real people's data."""

from homeward.collect.world.output import Written, write
from homeward.collect.world.presets import PRESETS, Preset
from homeward.collect.world.stream import START, World, generate

__all__ = ["PRESETS", "START", "Preset", "World", "Written", "generate", "write"]

"""What every operation needs: the workspace, who acts, and how ids look."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Request

from homeward.house import House
from homeward.model.actor import Actor


def _house(request: Request) -> House:
    house: House = request.app.state.house
    return house


def _actor(request: Request) -> Actor:
    """Nobody signs in yet: whoever is on this machine acts under the workspace's kind."""
    house: House = request.app.state.house
    return Actor(house.kind, "api")


TheHouse = Annotated[House, Depends(_house)]
TheActor = Annotated[Actor, Depends(_actor)]
Key = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]

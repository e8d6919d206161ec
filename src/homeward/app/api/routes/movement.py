"""Where an identity's ads say it was."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from homeward.app.api.routes.common import Key, TheActor, TheHouse
from homeward.app.api.shapes.movement import AlikePage, MovementPage, SurgeList
from homeward.desk import movement as desk
from homeward.desk import roads

router = APIRouter(tags=["movement"])


@router.get("/identities/{identity}/movement", operation_id="identity_movement", response_model=MovementPage)
def identity_movement(house: TheHouse, actor: TheActor, identity: Key) -> Any:
    """Return stays, journeys, bulk posting, contradictions, circuits and company of a group."""
    return desk.page(actor, house, identity)


@router.get("/identities/{identity}/alike", operation_id="identity_alike", response_model=AlikePage)
def identity_alike(house: TheHouse, actor: TheActor, identity: Key) -> Any:
    """Return the networks that go a round like a group's."""
    return roads.alike(actor, house, identity)


@router.get("/surges", operation_id="list_surges", response_model=SurgeList)
def list_surges(house: TheHouse, actor: TheActor) -> Any:
    """Return the cities and days with more ads than their past explains."""
    return roads.surges(actor, house)

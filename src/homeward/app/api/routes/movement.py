"""Where an identity's ads say it was."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from homeward.app.api.routes.common import Key, TheActor, TheHouse
from homeward.app.api.shapes.movement import MovementPage
from homeward.desk import movement as desk

router = APIRouter(tags=["movement"])


@router.get("/identities/{identity}/movement", operation_id="identity_movement", response_model=MovementPage)
def identity_movement(house: TheHouse, actor: TheActor, identity: Key) -> Any:
    """Return stays, journeys, bulk posting, contradictions, circuits and company of a group."""
    return desk.page(actor, house, identity)

"""Retraining, as far as a second person has to see it before they agree; the rest is on the command line."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from homeward.app.api.routes.common import TheActor, TheHouse
from homeward.app.api.shapes.training import Training
from homeward.desk import training as desk

router = APIRouter(tags=["training"])


@router.get("/training", operation_id="get_training", response_model=Training)
def get_training(house: TheHouse, actor: TheActor) -> Any:
    """Return the proposed card with its tables."""
    return desk.status(actor, house)

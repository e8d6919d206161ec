"""Who looks at what."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from homeward import __version__
from homeward.app.api.routes.common import TheActor, TheHouse
from homeward.app.api.shapes import Session
from homeward.desk import workspace

router = APIRouter(tags=["session"])


@router.get("/session", operation_id="get_session", response_model=Session)
def get_session(house: TheHouse, actor: TheActor) -> Any:
    """Return the workspace, its banner, its run, and what a search covers."""
    return {**workspace.session(actor, house), "version": __version__}

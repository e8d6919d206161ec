"""The urgent path: mark, acknowledge, lift, and the unit's contact sheet."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from homeward.app.api.routes.common import Key, TheActor, TheHouse
from homeward.app.api.shapes.people import Nothing, WhyRequest
from homeward.app.api.shapes.urgent import (
    Sentence,
    SheetPage,
    SheetRequest,
    UrgentList,
    UrgentMade,
    UrgentMark,
    UrgentRequest,
)
from homeward.desk import urgent as desk

router = APIRouter(tags=["urgent"])


@router.post("/leads/{lead}/urgent", operation_id="mark_urgent", response_model=UrgentMade)
def mark_urgent(house: TheHouse, actor: TheActor, lead: Key, request: UrgentRequest) -> Any:
    """Mark a lead as possible child or immediate danger: it is restricted at once."""
    return desk.flag(actor, house, lead, request.kind, why=request.why)


@router.get("/urgent", operation_id="list_urgent", response_model=UrgentList)
def list_urgent(house: TheHouse, actor: TheActor) -> Any:
    """Return what is marked urgent, and the unit's contact sheet."""
    return desk.listing(actor, house)


@router.post("/urgent/{mark}/acknowledge", operation_id="acknowledge_urgent", response_model=UrgentMark)
def acknowledge_urgent(house: TheHouse, actor: TheActor, mark: Key, request: Nothing) -> Any:
    """Say, as the duty officer, that one knows of it."""
    return desk.acknowledge(actor, house, mark)


@router.post("/urgent/{mark}/lift", operation_id="lift_urgent", response_model=Sentence)
def lift_urgent(house: TheHouse, actor: TheActor, mark: Key, request: WhyRequest) -> Any:
    """Lift a mark that somebody else set."""
    return desk.lift(actor, house, mark, why=request.why)


@router.post("/urgent/{mark}/undo", operation_id="undo_urgent", response_model=Sentence)
def undo_urgent(house: TheHouse, actor: TheActor, mark: Key, request: WhyRequest) -> Any:
    """Take one's own mark back, until it is acknowledged."""
    return desk.undo(actor, house, mark, why=request.why)


@router.put("/urgent/sheet", operation_id="put_sheet", response_model=SheetPage)
def put_sheet(house: TheHouse, actor: TheActor, request: SheetRequest) -> Any:
    """Write the unit's own contact sheet."""
    return desk.write_sheet(actor, house, request.text)

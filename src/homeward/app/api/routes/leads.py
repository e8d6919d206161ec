"""The queue, one lead, and decisions on it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from homeward.app.api.routes.common import Key, TheActor, TheHouse
from homeward.app.api.shapes import (
    DecisionRequest,
    DecisionResult,
    Id,
    LeadList,
    LeadPage,
    Short,
    Tab,
    UndoRequest,
)
from homeward.desk import leads as desk

router = APIRouter(tags=["leads"])


@router.get("/leads", operation_id="list_leads", response_model=LeadList)
def list_leads(
    house: TheHouse, actor: TheActor, tab: Tab = "new", after: Short | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50, venue: Short | None = None, place: Short | None = None,
    active_days: Annotated[int | None, Query(ge=1, le=36_500)] = None, mine: bool = False,
    open: Id | None = None,
) -> Any:  # fmt: skip
    """Return a page of the queue, best first; with `mine`, of the person's area and day only.

    With `open` comes the page of the lead named, or of the first where that is none of them: a screen that
    begins asks once. It is a look at that lead like any other.
    """
    found = desk.queue(
        actor, house, tab=tab, after=after, limit=limit, venue=venue, place=place, active_days=active_days,
        mine=mine,
    )  # fmt: skip
    ids = [lead["id"] for lead in found["leads"]]
    if open is None or not ids:
        return found
    return {**found, "opened": desk.page(actor, house, open if open in ids else ids[0])}


@router.get("/leads/{lead}", operation_id="get_lead", response_model=LeadPage)
def get_lead(house: TheHouse, actor: TheActor, lead: Key) -> Any:
    """Return one lead with its reasons for and against."""
    return desk.page(actor, house, lead)


@router.post("/leads/{lead}/decision", operation_id="decide_lead", response_model=DecisionResult)
def decide_lead(house: TheHouse, actor: TheActor, lead: Key, request: DecisionRequest) -> Any:
    """Keep a triage decision; 409 when another one stands than the one that was seen."""
    return desk.decide(
        actor, house, lead, request.decision, reason=request.reason, note=request.note, until=request.until,
        replaces=request.replaces,
    )  # fmt: skip


@router.post("/leads/{lead}/undo", operation_id="undo_lead", response_model=DecisionResult)
def undo_lead(house: TheHouse, actor: TheActor, lead: Key, request: UndoRequest) -> Any:
    """Take the standing decision back; 409 when another one stands by now."""
    return desk.undo(actor, house, lead, request.decision)

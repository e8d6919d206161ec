"""Looking back: the audit log for auditors, and who looked at a lead or an ad."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from homeward.app.api.routes.common import Key, TheActor, TheHouse
from homeward.app.api.shapes.people import Nothing
from homeward.app.api.shapes.trail import EventDetail, LogState, Looks, Trail, TrailRequest, Verified
from homeward.app.audit import verify as verifier
from homeward.desk import audit
from homeward.desk import trail as desk
from homeward.model.errors import UsageError

router = APIRouter(tags=["audit"])
MOST_VERIFIED = 200_000  # entries read within a request's time; a longer log is verified by the command
Before = Annotated[int, Query(ge=0, le=2**53)]
Seq = Annotated[int, Path(ge=1, le=2**53)]


@router.post("/audit/events", operation_id="list_events", response_model=Trail)
def list_events(house: TheHouse, actor: TheActor, asked: TrailRequest) -> Any:
    """Return events of the log, newest first; asked in a body, since it may name a person."""
    told = asked.model_dump(exclude={"act"})
    return desk.listing(actor, house, act=str(asked.act or ""), **told)


@router.get("/audit/events/{seq}", operation_id="get_event", response_model=EventDetail)
def get_event(house: TheHouse, actor: TheActor, seq: Seq) -> Any:
    """Return one event with its sealed detail."""
    return desk.detail(actor, house, seq)


@router.get("/audit", operation_id="get_log", response_model=LogState)
def get_log(house: TheHouse, actor: TheActor) -> Any:
    """Return how the log stands."""
    return desk.state(actor, house)


@router.post("/audit/verify", operation_id="verify_log", response_model=Verified)
def verify_log(house: TheHouse, actor: TheActor, asked: Nothing) -> Any:
    """Read the whole log against all that was signed."""
    if desk.size(house) > MOST_VERIFIED:
        raise UsageError("This log is too long for a page.", remedy="Run: homeward audit verify")
    return audit.verify(actor, house, verifier.check_log)


@router.get("/leads/{lead}/looks", operation_id="lead_looks", response_model=Looks)
def lead_looks(house: TheHouse, actor: TheActor, lead: Key, before: Before = 0) -> Any:
    """Return who looked at a lead."""
    return desk.of_lead(actor, house, lead, before=before)


@router.get("/ads/{ad}/looks", operation_id="ad_looks", response_model=Looks)
def ad_looks(house: TheHouse, actor: TheActor, ad: Key, before: Before = 0) -> Any:
    """Return who looked at an ad."""
    return desk.of_ad(actor, house, ad, before=before)

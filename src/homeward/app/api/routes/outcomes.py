"""Outcomes: what became of a lead. There is no operation that lists who was cleared."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from homeward.app.api.routes.common import Key, TheActor, TheHouse
from homeward.app.api.shapes.outcomes import (
    DaysRequest,
    LiftRequest,
    OutcomeCounts,
    OutcomeMade,
    OutcomeRequest,
)
from homeward.app.api.shapes.people import Nothing
from homeward.app.api.shapes.urgent import Sentence
from homeward.desk import outcomes as desk

router = APIRouter(tags=["outcomes"])


@router.post("/leads/{lead}/outcome", operation_id="record_outcome", response_model=OutcomeMade)
def record_outcome(house: TheHouse, actor: TheActor, lead: Key, request: OutcomeRequest) -> Any:
    """Say what became of a lead; what clears a person names the persona and is kept under no name."""
    asked = request.model_dump(exclude={"outcome"})
    return desk.record(actor, house, lead, request.outcome, **asked)


@router.post("/leads/{lead}/outcome/lift", operation_id="lift_lowering", response_model=Sentence)
def lift_lowering(house: TheHouse, actor: TheActor, lead: Key, request: LiftRequest) -> Any:
    """Lower a persona no more; whether it was lowered is not told."""
    return desk.lift(actor, house, lead, request.persona, why=request.why)


@router.post("/leads/{lead}/outcome/{outcome}/undo", operation_id="undo_outcome", response_model=OutcomeMade)
def undo_outcome(house: TheHouse, actor: TheActor, lead: Key, outcome: Key, request: Nothing) -> Any:
    """Take an outcome back."""
    return desk.undo(actor, house, lead, outcome)


@router.get("/outcomes", operation_id="count_outcomes", response_model=OutcomeCounts)
def count_outcomes(house: TheHouse, actor: TheActor) -> Any:
    """Return how often each outcome holds."""
    return desk.counts(actor, house)


@router.put("/outcomes/days", operation_id="put_lowered_days", response_model=DaysRequest)
def put_lowered_days(house: TheHouse, actor: TheActor, request: DaysRequest) -> Any:
    """Say for how many days a cleared persona stands lower from now on."""
    return desk.set_days(actor, house, request.days)

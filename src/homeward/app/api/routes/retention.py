"""How long ads and the details of events are kept."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from homeward.app.api.routes.common import TheActor, TheHouse
from homeward.app.api.shapes.people import Nothing
from homeward.app.api.shapes.records import AdsPeriod, LogPeriod, PeriodSet, Retention, Shredded
from homeward.desk import periods as desk

router = APIRouter(tags=["records"])


@router.get("/retention", operation_id="see_retention", response_model=Retention)
def see_retention(house: TheHouse, actor: TheActor) -> Any:
    """Return the periods in force and their bounds."""
    return desk.page(actor, house)


@router.put("/retention/ads", operation_id="set_ads_period", response_model=PeriodSet)
def set_ads_period(house: TheHouse, actor: TheActor, asked: AdsPeriod) -> Any:
    """Set how long ads are kept; beyond five years once a second person agreed."""
    return {"days": desk.set_ads(actor, house, asked.days, why=asked.why)["ads_days"]}


@router.put("/retention/log", operation_id="set_log_period", response_model=PeriodSet)
def set_log_period(house: TheHouse, actor: TheActor, asked: LogPeriod) -> Any:
    """Set how long the details of events are kept."""
    return {"days": desk.set_log(actor, house, asked.days, why=asked.why)["log_days"]}


@router.post("/retention/shred", operation_id="shred_details", response_model=Shredded)
def shred_details(house: TheHouse, actor: TheActor, asked: Nothing) -> Any:
    """Make the details of events past their period unreadable."""
    return desk.shred(actor, house)

"""An identity's dossier."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from homeward.app.api.routes.common import Key, TheActor, TheHouse
from homeward.app.api.shapes import AdList, AdsRequest, IdentityPage, ValueRequest, WhyPage, WordingList
from homeward.desk import identity as desk

router = APIRouter(tags=["identities"])


@router.get("/identities/{identity}", operation_id="get_identity", response_model=IdentityPage)
def get_identity(house: TheHouse, actor: TheActor, identity: Key) -> Any:
    """Return the dossier's overview."""
    return desk.dossier(actor, house, identity)


@router.post("/identities/{identity}/why", operation_id="why_belongs", response_model=WhyPage)
def why_belongs(house: TheHouse, actor: TheActor, identity: Key, request: ValueRequest) -> Any:
    """Return why a value belongs to its group."""
    return desk.why(actor, house, identity, request.kind, request.value)


@router.post("/identities/{identity}/ads", operation_id="identity_ads", response_model=AdList)
def identity_ads(house: TheHouse, actor: TheActor, identity: Key, request: AdsRequest) -> Any:
    """Return a page of a group's ads, newest first."""
    return desk.ads_of(
        actor, house, identity, kind=request.kind, value=request.value, ads=request.ads, after=request.after,
        limit=request.limit,
    )  # fmt: skip


@router.get("/identities/{identity}/wordings", operation_id="identity_wordings", response_model=WordingList)
def identity_wordings(house: TheHouse, actor: TheActor, identity: Key) -> Any:
    """Return the wordings of a group."""
    return desk.wordings(actor, house, identity)

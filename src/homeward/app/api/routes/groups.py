"""An identity's dossier."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from homeward.app.api.routes.common import Key, TheActor, TheHouse
from homeward.app.api.shapes import (
    AdList,
    AdsRequest,
    IdentityPage,
    PhotoList,
    Short,
    ValueRequest,
    WhyPage,
    WordingList,
    WordingRows,
)
from homeward.desk import identity as desk
from homeward.desk import photos, wordings

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


@router.get(
    "/identities/{identity}/wordings/{wording}", operation_id="wording_rows", response_model=WordingRows
)
def wording_rows(
    house: TheHouse, actor: TheActor, identity: Key, wording: Key, after: Short | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> Any:  # fmt: skip
    """Return a page of a wording's ads in a group, oldest first, with what each put into the places."""
    return wordings.rows(actor, house, identity, wording, after=after, limit=limit)


@router.get("/identities/{identity}/photos", operation_id="identity_photos", response_model=PhotoList)
def identity_photos(house: TheHouse, actor: TheActor, identity: Key) -> Any:
    """Return a group's photos as facts; no picture is opened."""
    return photos.photos(actor, house, identity)

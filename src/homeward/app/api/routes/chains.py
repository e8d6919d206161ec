"""Why two ads are together, and the picture of what ties a group."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from homeward.app.api.routes.common import Key, TheActor, TheHouse
from homeward.app.api.shapes.chains import ChainPage, PairRequest
from homeward.app.api.shapes.links import LinksPage, LinksRequest
from homeward.desk import chains as desk
from homeward.desk import links

router = APIRouter(tags=["chains"])


@router.post("/identities/{identity}/chains", operation_id="identity_chains", response_model=ChainPage)
def identity_chains(house: TheHouse, actor: TheActor, identity: Key, request: PairRequest) -> Any:
    """Return the chains of evidence between two ads of a group."""
    return desk.page(actor, house, identity, request.a, request.b)


@router.get("/leads/{lead}/chains", operation_id="lead_chains", response_model=ChainPage)
def lead_chains(house: TheHouse, actor: TheActor, lead: Key) -> Any:
    """Return the chains between the first ads of a lead's two largest personas."""
    return desk.of_lead(actor, house, lead)


@router.post("/identities/{identity}/links", operation_id="identity_links", response_model=LinksPage)
def identity_links(house: TheHouse, actor: TheActor, identity: Key, request: LinksRequest) -> Any:
    """Return what ties a group: its values, wordings, photos and the groups beside it."""
    return links.page(actor, house, identity, community=request.community)

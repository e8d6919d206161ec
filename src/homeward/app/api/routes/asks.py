"""Questions that are more than one search, and an ad added by hand."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header

from homeward.app.api.problems import problem
from homeward.app.api.routes.common import TheActor, TheHouse
from homeward.app.api.shapes import (
    AddedAd,
    AreaRequest,
    GroupsPage,
    GroupsRequest,
    ListPage,
    ListRequest,
    MyArea,
    NetworkPage,
    NetworkRequest,
    NewAd,
)
from homeward.desk import area, entry, grouped, networks
from homeward.desk import search as desk
from homeward.model.errors import Overtaken

router = APIRouter(tags=["search"])


@router.post("/search/list", operation_id="search_list", response_model=ListPage)
def search_list(house: TheHouse, actor: TheActor, request: ListRequest) -> Any:
    """Search a whole list of terms; return a row a term, in the order given."""
    return desk.list_search(actor, house, request.terms)


@router.post("/search/network", operation_id="ask_network", response_model=NetworkPage)
def ask_network(house: TheHouse, actor: TheActor, request: NetworkRequest) -> Any:
    """Answer for every ad that is linked to what a query finds: prices, cities, names, contacts, dates."""
    return networks.ask(actor, house, request.text)


@router.post("/search/groups", operation_id="search_groups", response_model=GroupsPage)
def search_groups(house: TheHouse, actor: TheActor, request: GroupsRequest) -> Any:
    """Search the ads and return the groups they belong to, most found ads first."""
    return grouped.by_group(actor, house, request.model_dump())


@router.post("/ads", operation_id="add_ad", response_model=AddedAd)
def add_ad(house: TheHouse, actor: TheActor, request: NewAd) -> Any:
    """Take one ad in; its groups follow with the next refresh."""
    given = request.model_dump(mode="json", exclude={"basis", "source"})
    return entry.add(
        actor, house, given, basis=request.basis.strip() or None, source=request.source.strip() or None
    )


@router.get("/area", operation_id="get_area", response_model=MyArea)
def get_area(house: TheHouse, actor: TheActor) -> Any:
    """Return the person's area, with which triage opens."""
    return area.preferences(actor, house)


@router.put("/area", operation_id="put_area", response_model=MyArea)
def put_area(
    house: TheHouse, actor: TheActor, request: AreaRequest, if_match: Annotated[str, Header(max_length=64)]
) -> Any:
    """Change the person's area; 412 when it was changed since it was read."""
    try:
        return area.change(
            actor, house, request.places, request.days, request.a_day, tag=if_match.strip().strip('"')
        )
    except Overtaken as error:
        return problem(412, error.message, error.remedy)

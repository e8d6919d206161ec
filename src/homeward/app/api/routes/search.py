"""Search, and the page of one ad."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from homeward.app.api.routes.common import Key, TheActor, TheHouse
from homeward.app.api.shapes import AdPage, SavedSearch, SearchPage, SearchRequest
from homeward.desk import ads
from homeward.desk import search as desk

router = APIRouter(tags=["search"])


@router.post("/search", operation_id="search_ads", response_model=SearchPage)
def search_ads(house: TheHouse, actor: TheActor, request: SearchRequest) -> Any:
    """Search the ads; newest first."""
    return desk.search_page(actor, house, request.model_dump())


@router.get("/search/{search}", operation_id="get_search", response_model=SavedSearch)
def get_search(house: TheHouse, actor: TheActor, search: Key) -> Any:
    """Return the search that an opaque id stands for."""
    return desk.saved(actor, house, search)


@router.get("/ads/{ad}", operation_id="get_ad", response_model=AdPage)
def get_ad(house: TheHouse, actor: TheActor, ad: Key) -> Any:
    """Return one ad, whole."""
    return ads.page(actor, house, ad)

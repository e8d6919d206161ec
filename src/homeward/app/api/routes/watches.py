"""Saved searches and watched values of one's own."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from homeward.app.api.routes.common import Key, TheActor, TheHouse
from homeward.app.api.shapes.people import Nothing
from homeward.app.api.shapes.urgent import Sentence
from homeward.app.api.shapes.watches import WatchList, WatchLook, WatchRequest, WatchRow
from homeward.desk import watches as desk

router = APIRouter(tags=["watches"])


@router.get("/watches", operation_id="list_watches", response_model=WatchList)
def list_watches(house: TheHouse, actor: TheActor) -> Any:
    """Return one's own watches, each with how much is new."""
    return desk.listing(actor, house)


@router.post("/watches", operation_id="keep_watch", response_model=WatchRow)
def keep_watch(house: TheHouse, actor: TheActor, asked: WatchRequest) -> Any:
    """Keep a search or a value to look at again, until a day."""
    request = asked.request.model_dump()
    return desk.keep(actor, house, asked.kind, asked.name, request, days=asked.days)


@router.post("/watches/{key}/look", operation_id="look_watch", response_model=WatchLook)
def look_watch(house: TheHouse, actor: TheActor, key: Key, asked: Nothing) -> Any:
    """Return what is new; from now on none of it is."""
    return desk.look(actor, house, key)


@router.post("/watches/{key}/delete", operation_id="delete_watch", response_model=Sentence)
def delete_watch(house: TheHouse, actor: TheActor, key: Key, asked: Nothing) -> Any:
    """Forget a watch."""
    return desk.delete(actor, house, key)

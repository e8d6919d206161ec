"""Where ads may come from: registered sources and what was loaded from each."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path

from homeward.app.api.routes.common import TheActor, TheHouse
from homeward.app.api.shapes.people import WhyRequest
from homeward.app.api.shapes.sources import SourceList, SourceRequest, SourceRow
from homeward.desk import sources as desk

router = APIRouter(tags=["sources"])
Name = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[a-z0-9][a-z0-9._-]*$")]


@router.get("/sources", operation_id="list_sources", response_model=SourceList)
def list_sources(house: TheHouse, actor: TheActor) -> Any:
    """Return the sources, ended ones too, and what was loaded from them."""
    return desk.listing(actor, house)


@router.post("/sources", operation_id="register_source", response_model=SourceRow)
def register_source(house: TheHouse, actor: TheActor, asked: SourceRequest) -> Any:
    """Register a source with its legal basis and its impact assessment."""
    return desk.register(actor, house, asked.name, kind=asked.kind, basis=asked.basis, dpia=asked.dpia)


@router.post("/sources/{name}/end", operation_id="end_source", response_model=SourceRow)
def end_source(house: TheHouse, actor: TheActor, name: Name, asked: WhyRequest) -> Any:
    """End a source: nothing more is taken in from it."""
    return desk.end(actor, house, name, why=asked.why)

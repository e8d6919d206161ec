"""Cases and who is of them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from homeward.app.api.routes.common import Key, TheActor, TheHouse
from homeward.app.api.shapes.people import (
    CaseChange,
    CaseList,
    CaseRequest,
    CaseRow,
    MemberRequest,
    Nothing,
    WhyRequest,
)
from homeward.desk import cases as desk

router = APIRouter(tags=["cases"])


@router.get("/cases", operation_id="list_cases", response_model=CaseList)
def list_cases(house: TheHouse, actor: TheActor) -> Any:
    """Return the cases that one may know of, newest first."""
    return desk.listing(actor, house)


@router.post("/cases", operation_id="make_case", response_model=CaseRow)
def make_case(house: TheHouse, actor: TheActor, request: CaseRequest) -> Any:
    """Make a case and lead it."""
    return desk.make(actor, house, request.title)


@router.get("/cases/{key}", operation_id="get_case", response_model=CaseRow)
def get_case(house: TheHouse, actor: TheActor, key: Key) -> Any:
    """Return one case."""
    return desk.page(actor, house, key)


@router.post("/cases/{key}", operation_id="change_case", response_model=CaseRow)
def change_case(house: TheHouse, actor: TheActor, key: Key, request: CaseChange) -> Any:
    """Change a case's title or state."""
    return desk.change(actor, house, key, title=request.title, state=request.state)


@router.post("/cases/{key}/members", operation_id="set_case_member", response_model=CaseRow)
def set_case_member(house: TheHouse, actor: TheActor, key: Key, request: MemberRequest) -> Any:
    """Say who is of a case."""
    return desk.set_member(actor, house, key, request.account, request.standing)


@router.post("/cases/{key}/seal", operation_id="seal_case", response_model=CaseRow)
def seal_case(house: TheHouse, actor: TheActor, key: Key, request: Nothing) -> Any:
    """Seal a case."""
    return desk.seal(actor, house, key)


@router.post("/cases/{key}/unseal", operation_id="unseal_case", response_model=CaseRow)
def unseal_case(house: TheHouse, actor: TheActor, key: Key, request: Nothing) -> Any:
    """Unseal a case, when a second person has agreed."""
    return desk.unseal(actor, house, key)


@router.post("/cases/{key}/break-glass", operation_id="break_glass", response_model=CaseRow)
def break_glass(house: TheHouse, actor: TheActor, key: Key, request: WhyRequest) -> Any:
    """Read a case of others in an emergency."""
    return desk.break_glass(actor, house, key, request.why)

"""Coming in through the agency's own identity provider."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from homeward.app.api import cookies
from homeward.app.api.routes.common import TheActor, TheHouse, TheOrigin, TheProvider
from homeward.app.api.routes.doors import second_of, session_of
from homeward.app.api.shapes.doors import BackRequest, CameBack, FactorRequest, ProviderAddress
from homeward.app.api.shapes.people import Nothing
from homeward.desk import provider as desk
from homeward.desk.doors import NOBODY

router = APIRouter(tags=["door"])


@router.post("/door/provider", operation_id="begin_provider", response_model=ProviderAddress)
def begin_provider(
    house: TheHouse, provider: TheProvider, asked: Nothing, request: Request, response: Response
) -> Any:
    """Return where the browser goes to sign in; it keeps a secret meanwhile."""
    address, secret = desk.begin(NOBODY, house, provider)
    cookies.keep_secret(request, response, secret)
    return {"address": address}


@router.post("/session/prove/provider", operation_id="prove_at_provider", response_model=ProviderAddress)
def prove_at_provider(
    house: TheHouse, actor: TheActor, provider: TheProvider, asked: Nothing, request: Request,
    response: Response,
) -> Any:  # fmt: skip
    """Return where the browser goes to prove once more who one is."""
    address, secret = desk.begin_again(actor, house, provider, session_of(request))
    cookies.keep_secret(request, response, secret)
    return {"address": address}


@router.post("/door/provider/back", operation_id="come_back", response_model=CameBack)
def come_back(
    house: TheHouse, provider: TheProvider, asked: BackRequest, request: Request, response: Response
) -> Any:
    """Come in with what the provider sent the browser back with."""
    said = {name: value for name, value in asked.model_dump().items() if value is not None}
    secret, session = cookies.secret_of(request), cookies.token_of(request) or ""
    found = desk.come_back(NOBODY, house, provider, secret, session, said)
    if found["kind"] == "in":
        cookies.put(request, response, found["token"])
        return {"kind": "in", "token": ""}
    return found


@router.post("/door/provider/factor", operation_id="give_factor", response_model=CameBack)
def give_factor(
    house: TheHouse, origin: TheOrigin, asked: FactorRequest, request: Request, response: Response
) -> Any:
    """Give one's own second factor after the provider's proof."""
    session = cookies.token_of(request) or ""
    found = desk.second(NOBODY, house, asked.token, second_of(asked, origin), session)
    cookies.put(request, response, found["token"])
    return {"kind": "in", "token": ""}

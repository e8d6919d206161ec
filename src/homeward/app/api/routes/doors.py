"""Coming in, going out, proving again who one is, and stating a purpose."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from homeward.app.api import cookies
from homeward.app.api.routes.common import TheActor, TheHouse, TheOrigin
from homeward.app.api.shapes.doors import (
    BannerRequest,
    Codes,
    Done,
    Door,
    FactorRequest,
    JoinRequest,
    KeyAsk,
    KeyAskNew,
    LinkRequest,
    Opened,
    ProofRequest,
    PurposeRequest,
    SignInRequest,
)
from homeward.app.api.shapes.people import Nothing
from homeward.app.provider import OwnProvider
from homeward.desk import doors as desk
from homeward.desk import passkeys
from homeward.desk.passkeys import Signed
from homeward.model.errors import NotSignedIn

router = APIRouter(tags=["door"])
NOTICE = (
    "Every look, search, change and export is written down with your name and purpose. "
    "It may be used only to find and protect possible victims."
)


def session_of(request: Request) -> str:
    """Return the session's token, for what takes a session; raises NotSignedIn without one."""
    token = cookies.token_of(request)
    if token is None:
        raise NotSignedIn("1 signed in", remedy="This workspace has no accounts: there is no session.")
    return token


def second_of(asked: ProofRequest | FactorRequest | JoinRequest, origin: str) -> str | Signed:
    """Return the second factor of a proof; nothing, which opens nothing, where there is none."""
    if asked.key is not None and asked.code is None:
        return Signed(origin, asked.key.model_dump())
    return "" if asked.code is None or asked.key is not None else asked.code


@router.get("/door", operation_id="see_door", response_model=Door)
def see_door(house: TheHouse, request: Request) -> Any:
    """Return how one comes in here."""
    through: OwnProvider | None = request.app.state.provider
    return {"kind": desk.kind(house), "notice": NOTICE, "provider": through.host if through else None}


@router.post("/door/sign-in", operation_id="sign_in", response_model=Done)
def sign_in(
    house: TheHouse, actor: TheActor, origin: TheOrigin, asked: SignInRequest, request: Request,
    response: Response,
) -> Any:  # fmt: skip
    """Sign in with a name, a password, and a security key or a code."""
    token = desk.sign_in(desk.NOBODY, house, asked.name, asked.password, second_of(asked, origin))
    cookies.put(request, response, token)
    return {"sentence": "You are signed in."}


@router.post("/door/key", operation_id="ask_key", response_model=KeyAsk)
def ask_key(house: TheHouse, actor: TheActor, origin: TheOrigin, asked: Nothing) -> Any:
    """Ask for what a security key is to sign."""
    return passkeys.ask(actor, house, origin)


@router.post("/door/link", operation_id="open_link", response_model=Opened)
def open_link(
    house: TheHouse, actor: TheActor, asked: LinkRequest, request: Request, response: Response
) -> Any:
    """Open a link: come in, or see what joining takes."""
    found = desk.open_link(desk.NOBODY, house, asked.token)
    if found["kind"] == "in":
        cookies.put(request, response, found["token"])
    return found


@router.post("/door/join/key", operation_id="ask_join_key", response_model=KeyAskNew)
def ask_join_key(house: TheHouse, actor: TheActor, origin: TheOrigin, asked: LinkRequest) -> Any:
    """Ask for what a new security key signs to accept an invitation."""
    return desk.ask_key(desk.NOBODY, house, asked.token, origin)


@router.post("/door/join", operation_id="join", response_model=Codes)
def join(
    house: TheHouse, actor: TheActor, origin: TheOrigin, asked: JoinRequest, request: Request,
    response: Response,
) -> Any:  # fmt: skip
    """Accept an invitation; the recovery codes are shown this once."""
    second = second_of(asked, origin)
    made = desk.join(desk.NOBODY, house, asked.token, asked.password, second, label=asked.label)
    cookies.put(request, response, made["token"])
    return made


@router.post("/session/sign-out", operation_id="sign_out", response_model=Done)
def sign_out(house: TheHouse, actor: TheActor, asked: Nothing, request: Request, response: Response) -> Any:
    """End the session."""
    desk.sign_out(actor, house, session_of(request))
    cookies.drop(request, response)
    return {"sentence": "You are signed out."}


@router.post("/session/banner", operation_id="acknowledge_banner", response_model=Done)
def acknowledge_banner(house: TheHouse, actor: TheActor, asked: BannerRequest, request: Request) -> Any:
    """Say that one read how this may be used: once a session, before anything else is shown."""
    desk.acknowledge(actor, house, session_of(request))
    return {"sentence": "It is written down that you know."}


@router.post("/session/prove", operation_id="prove", response_model=Done)
def prove(
    house: TheHouse, actor: TheActor, origin: TheOrigin, asked: ProofRequest, request: Request,
    response: Response,
) -> Any:  # fmt: skip
    """Prove again who one is."""
    token = desk.prove(actor, house, session_of(request), asked.password, second_of(asked, origin))
    cookies.put(request, response, token)
    return {"sentence": "This counts for ten minutes."}


@router.post("/session/purpose", operation_id="state_purpose", response_model=Done)
def state_purpose(
    house: TheHouse, actor: TheActor, asked: PurposeRequest, request: Request, response: Response
) -> Any:
    """State for which purpose and case one works from now on."""
    token = desk.state(actor, house, session_of(request), asked.purpose, asked.case)
    cookies.put(request, response, token)
    return {"sentence": "Your purpose is written down with what you do."}

"""One's own account, and the people of a workspace."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request

from homeward.app.api import cookies
from homeward.app.api.routes.common import Key, TheActor, TheHouse, TheOrigin, TheProvider
from homeward.app.api.shapes.doors import Codes, Done, KeyAskNew, KeyList, KeyRow, NewKeyRequest
from homeward.app.api.shapes.people import (
    AnswerRequest,
    AskRequest,
    GlassList,
    Invited,
    InviteRequest,
    Nothing,
    OwnAccount,
    PasswordRequest,
    PermissionTable,
    PersonList,
    PersonRow,
    PurposeAdded,
    PurposeNew,
    RequestList,
    RequestRow,
    Reviewed,
    ReviewRequest,
    RoleRequest,
    SubjectRequest,
    WhyRequest,
)
from homeward.desk import passkeys, purposes, requests
from homeward.desk import people as desk
from homeward.desk.passkeys import Signed

router = APIRouter(tags=["people"])
KeyId = Annotated[str, Path(min_length=1, max_length=1_400, pattern=r"^[A-Za-z0-9_-]+$")]
Who = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[a-z0-9][a-z0-9._-]*$")]


@router.get("/account", operation_id="get_account", response_model=OwnAccount)
def get_account(house: TheHouse, actor: TheActor) -> Any:
    """Return one's own account."""
    return desk.own(actor, house)


@router.post("/account/password", operation_id="set_password", response_model=Done)
def set_password(house: TheHouse, actor: TheActor, asked: PasswordRequest, request: Request) -> Any:
    """Set another password; every other session of one's ends."""
    desk.set_password(actor, house, cookies.token_of(request) or "", asked.password)
    return {"sentence": "Your password is changed; your other sessions have ended."}


@router.post("/account/codes", operation_id="new_codes", response_model=Codes)
def new_codes(house: TheHouse, actor: TheActor, asked: Nothing) -> Any:
    """Make new recovery codes; they are shown this once."""
    return desk.new_codes(actor, house)


@router.post("/account/keys/ask", operation_id="ask_new_key", response_model=KeyAskNew)
def ask_new_key(house: TheHouse, actor: TheActor, origin: TheOrigin, asked: Nothing) -> Any:
    """Ask for what a new security key is to sign."""
    return passkeys.ask_new(actor, house, origin)


@router.post("/account/keys", operation_id="add_key", response_model=KeyRow)
def add_key(house: TheHouse, actor: TheActor, origin: TheOrigin, asked: NewKeyRequest) -> Any:
    """Take a new security key for one's account."""
    return passkeys.add(actor, house, asked.label, Signed(origin, asked.key.model_dump()))


@router.post("/account/keys/{key}/remove", operation_id="remove_key", response_model=KeyList)
def remove_key(house: TheHouse, actor: TheActor, key: KeyId, asked: Nothing) -> Any:
    """Forget a security key of one's own."""
    return passkeys.remove(actor, house, key)


@router.get("/people", operation_id="list_people", response_model=PersonList)
def list_people(house: TheHouse, actor: TheActor) -> Any:
    """Return every account."""
    return desk.listing(actor, house)


@router.post("/people", operation_id="invite_person", response_model=Invited)
def invite_person(house: TheHouse, actor: TheActor, asked: InviteRequest) -> Any:
    """Make an account; the token of its link is shown this once."""
    return desk.invite(actor, house, asked.name, asked.role, display=asked.display, temporary=asked.temporary)


@router.post("/people/{name}/link", operation_id="renew_person", response_model=Invited)
def renew_person(house: TheHouse, actor: TheActor, name: Who, asked: Nothing) -> Any:
    """Give an account a new link; its password, second factor and sessions end."""
    return desk.renew(actor, house, name)


@router.post("/people/{name}/role", operation_id="set_role", response_model=PersonRow)
def set_role(house: TheHouse, actor: TheActor, name: Who, asked: RoleRequest) -> Any:
    """Give an account another role."""
    return desk.set_role(actor, house, name, asked.role)


@router.post("/people/{name}/disable", operation_id="disable_person", response_model=PersonRow)
def disable_person(house: TheHouse, actor: TheActor, name: Who, asked: Nothing) -> Any:
    """Cut an account off."""
    return desk.disable(actor, house, name)


@router.post("/people/{name}/provider", operation_id="name_at_provider", response_model=PersonRow)
def name_at_provider(
    house: TheHouse, actor: TheActor, provider: TheProvider, name: Who, asked: SubjectRequest
) -> Any:
    """Say which subject of the identity provider opens an account, or that none does."""
    return desk.name_at_provider(actor, house, name, provider.issuer, asked.subject)


@router.get("/broken-glass", operation_id="list_broken_glass", response_model=GlassList)
def list_broken_glass(house: TheHouse, actor: TheActor) -> Any:
    """Return the broken glass that awaits its review."""
    return desk.broken(actor, house)


@router.post("/broken-glass/{key}", operation_id="review_glass", response_model=Reviewed)
def review_glass(house: TheHouse, actor: TheActor, key: Key, asked: ReviewRequest) -> Any:
    """Keep what a reviewer found."""
    return desk.review(actor, house, key, asked.found)


@router.get("/permissions", operation_id="see_permissions", response_model=PermissionTable)
def see_permissions(house: TheHouse, actor: TheActor) -> Any:
    """Return the table of permission as it is in force."""
    return desk.table(actor, house)


@router.post("/purposes", operation_id="add_purpose", response_model=PurposeAdded)
def add_purpose(house: TheHouse, actor: TheActor, asked: PurposeNew) -> Any:
    """Add a purpose to which a second person agreed."""
    return purposes.add(actor, house, asked.name, asked.says, asked.roles)


@router.post("/purposes/{name}/end", operation_id="end_purpose", response_model=Done)
def end_purpose(house: TheHouse, actor: TheActor, name: Who, asked: WhyRequest) -> Any:
    """End an added purpose: nobody states it any more."""
    purposes.end(actor, house, name, why=asked.why)
    return {"sentence": "Nobody states this purpose any more."}


@router.get("/requests", operation_id="list_requests", response_model=RequestList)
def list_requests(house: TheHouse, actor: TheActor) -> Any:
    """Return one's own requests for a second person; to a supervisor everybody's."""
    return requests.listing(actor, house)


@router.post("/requests", operation_id="ask_second_person", response_model=RequestRow)
def ask_second_person(house: TheHouse, actor: TheActor, asked: AskRequest) -> Any:
    """Ask a second person to agree to an act."""
    return requests.ask_for(actor, house, asked.action, asked.parameters, asked.why)


@router.post("/requests/{key}", operation_id="answer_request", response_model=RequestRow)
def answer_request(house: TheHouse, actor: TheActor, key: Key, asked: AnswerRequest) -> Any:
    """Agree to a request of somebody else, or refuse it."""
    return requests.answer(actor, house, key, asked.agree)

"""Records management: requests of persons, holds, reviews, disclosures, corrections, erasure."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, TimeoutError
from typing import Annotated, Any

from fastapi import APIRouter, Path

from homeward.app.api.routes.common import Key, TheActor, TheHouse
from homeward.app.api.shapes.people import WhyRequest
from homeward.app.api.shapes.records import (
    AccessRequest,
    AdsRequest,
    AdsWhy,
    Answered,
    AskedMade,
    AskedRequest,
    Corrected,
    CorrectRequest,
    ErasedPage,
    EraseRequest,
    HandedRequest,
    HeldPaper,
    RecipientList,
    RecordsDone,
    RecordsPage,
    ReviewedAds,
)
from homeward.desk import access, corrections, office
from homeward.desk import records as desk
from homeward.desk.permissions import ask as permitted

router = APIRouter(tags=["records"])
Number = Annotated[int, Path(ge=1, le=2**53)]
WAIT = 12.0  # seconds that an answer waits for an erasure; a request is answered within 20
_erasing = ThreadPoolExecutor(1, thread_name_prefix="erasure")  # one at a time: each rebuilds everything


@router.get("/records", operation_id="list_records", response_model=RecordsPage)
def list_records(house: TheHouse, actor: TheActor) -> Any:
    """Return what was asked for, what is due, held, corrected and handed out."""
    return office.page(actor, house)


@router.post("/records/requests", operation_id="keep_asked", response_model=AskedMade)
def keep_asked(house: TheHouse, actor: TheActor, asked: AskedRequest) -> Any:
    """Keep what a person asks for; nobody's name is asked for."""
    return desk.ask(actor, house, asked.ads, kind=asked.kind, grounds=asked.grounds)


@router.post("/records/requests/{key}/restrict", operation_id="restrict_asked", response_model=Answered)
def restrict_asked(house: TheHouse, actor: TheActor, key: Key, asked: WhyRequest) -> Any:
    """Restrict the ads of a request: nobody but the records officer sees them."""
    return desk.restrict(actor, house, key, why=asked.why)


@router.post("/records/requests/{key}/lift", operation_id="lift_restriction", response_model=Answered)
def lift_restriction(house: TheHouse, actor: TheActor, key: Key, asked: WhyRequest) -> Any:
    """Lift the restriction that a request brought about."""
    return desk.unrestrict(actor, house, key, why=asked.why)


@router.post("/records/requests/{key}/decline", operation_id="decline_asked", response_model=Answered)
def decline_asked(house: TheHouse, actor: TheActor, key: Key, asked: WhyRequest) -> Any:
    """Answer that a request is not acted on."""
    return desk.decline(actor, house, key, why=asked.why)


@router.post("/records/requests/{key}/access", operation_id="hand_over", response_model=HeldPaper)
def hand_over(house: TheHouse, actor: TheActor, key: Key, asked: AccessRequest) -> Any:
    """Return what is held about the ads of a request; it is a disclosure."""
    return access.answer(actor, house, key, to=asked.to, basis=asked.basis, values=asked.values)


@router.post("/records/holds", operation_id="hold_ads", response_model=RecordsDone)
def hold_ads(house: TheHouse, actor: TheActor, asked: AdsWhy) -> Any:
    """Hold ads: nothing erases them."""
    return desk.hold(actor, house, asked.ads, why=asked.why)


@router.post("/records/holds/lift", operation_id="lift_holds", response_model=RecordsDone)
def lift_holds(house: TheHouse, actor: TheActor, asked: AdsWhy) -> Any:
    """Lift every hold on these ads."""
    return desk.lift(actor, house, asked.ads, why=asked.why)


@router.post("/records/reviews", operation_id="review_ads", response_model=RecordsDone)
def review_ads(house: TheHouse, actor: TheActor, asked: ReviewedAds) -> Any:
    """Keep ads for longer: somebody looked at them again."""
    return desk.review(actor, house, asked.ads, why=asked.why, days=asked.days)


@router.post("/records/disclosures", operation_id="disclose_ads", response_model=RecordsDone)
def disclose_ads(house: TheHouse, actor: TheActor, asked: HandedRequest) -> Any:
    """Keep that ads were handed to somebody outside."""
    return desk.disclose(
        actor, house, asked.ads, recipient=asked.recipient, what=asked.what, basis=asked.basis
    )


@router.post("/records/recipients", operation_id="list_recipients", response_model=RecipientList)
def list_recipients(house: TheHouse, actor: TheActor, asked: AdsRequest) -> Any:
    """Return who got any of these ads."""
    return {"recipients": desk.recipients(actor, house, asked.ads)}


@router.post("/records/corrections", operation_id="correct_value", response_model=Corrected)
def correct_value(house: TheHouse, actor: TheActor, asked: CorrectRequest) -> Any:
    """Keep that a value of an ad is disputed, or what is right."""
    said = asked.model_dump(exclude={"ad"})
    return corrections.correct(actor, house, asked.ad, **said)


@router.post("/records/corrections/{number}/lift", operation_id="lift_correction", response_model=Corrected)
def lift_correction(house: TheHouse, actor: TheActor, number: Number, asked: WhyRequest) -> Any:
    """Take a correction back."""
    return corrections.lift(actor, house, number, why=asked.why)


@router.post("/records/erase", operation_id="erase_ads", response_model=ErasedPage)
def erase_ads(house: TheHouse, actor: TheActor, asked: EraseRequest) -> Any:
    """Erase ads for good, once a second person agreed to exactly these."""
    permitted(actor, house, "records.erase")
    going = _erasing.submit(desk.erase, actor, house, asked.ads, why=asked.why, reference=asked.reference)
    try:
        return {"ended": True, **going.result(WAIT)}
    except TimeoutError:
        begun = {"rows": 0, "events": 0, "traces": [], "backups": [], "recipients": []}
        return {"ended": False, "ads": len(set(asked.ads)), **begun}

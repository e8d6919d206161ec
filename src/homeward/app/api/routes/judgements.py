"""What people say about two ads, what it would change, and the history of an identity."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from homeward.app.api.routes.common import Key, TheActor, TheHouse
from homeward.app.api.shapes.judgements import (
    HistoryPage,
    JudgementList,
    JudgeRequest,
    JudgeResult,
    PreviewPage,
    PreviewRequest,
)
from homeward.desk import history, judge, preview, review

router = APIRouter(tags=["judgements"])


@router.post("/judgements/preview", operation_id="preview_judgement", response_model=PreviewPage)
def preview_judgement(house: TheHouse, actor: TheActor, request: PreviewRequest) -> Any:
    """Return which identities a judgement would join or split, into what."""
    return preview.preview(actor, house, request.a, request.b, request.judgement)


@router.post("/judgements", operation_id="judge_ads", response_model=JudgeResult)
def judge_ads(house: TheHouse, actor: TheActor, request: JudgeRequest) -> Any:
    """Keep whether two ads belong together; `undecided` takes one's own word back."""
    return judge.judge(actor, house, request.a, request.b, request.judgement, why=request.why)


@router.get("/judgements", operation_id="list_judgements", response_model=JudgementList)
def list_judgements(house: TheHouse, actor: TheActor) -> Any:
    """Return the judgements that hold, those contradicted by later evidence first."""
    return review.judged(actor, house)


@router.get("/identities/{identity}/history", operation_id="identity_history", response_model=HistoryPage)
def identity_history(house: TheHouse, actor: TheActor, identity: Key) -> Any:
    """Return how an identity was joined and split, and what people judged and decided about it."""
    return history.page(actor, house, identity)

"""Who looks at what, and whether it is to be asked for anew."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool

from homeward import __version__
from homeward.app.api.cookies import token_of
from homeward.app.api.news import Waiting
from homeward.app.api.routes.common import TheActor, TheHouse, TheMoment, TheNews
from homeward.app.api.shapes import Newer, Session
from homeward.desk import doors, workspace
from homeward.model.actor import Role
from homeward.model.errors import NotSignedIn

router = APIRouter(tags=["session"])
LONGEST = 15  # seconds; below what the guard gives a request


@router.get("/session", operation_id="get_session", response_model=Session)
def get_session(house: TheHouse, actor: TheActor, moment: TheMoment) -> Any:
    """Return the workspace, its banner, its run, and what a search covers."""
    return {**workspace.session(actor, house), "version": __version__, "news": moment.word}


@router.get("/session/news", operation_id="wait_for_news", response_model=Newer)
async def wait_for_news(
    request: Request, house: TheHouse, actor: TheActor, moment: TheMoment, news: TheNews,
    after: Annotated[str, Query(max_length=32)] = "", seconds: Annotated[int, Query(ge=0, le=LONGEST)] = 0,
) -> Any:  # fmt: skip
    """Wait until what is withheld from anybody is another than at the word `after`; tell the word of now.

    It ends without a change after so many seconds, and as soon as the session does; a few windows of one
    person may wait.
    """
    ends = asyncio.get_running_loop().time() + seconds
    while True:
        # After the moment was read, so that no end of a session falls between.
        known = await run_in_threadpool(doors.known, house, token_of(request), touch=False)
        if known.role is Role.NOBODY:
            raise NotSignedIn("1 signed in")
        if moment.word != after or news.over or asyncio.get_running_loop().time() >= ends:
            return {"news": moment.word}
        with news.reader(house, actor.name, moment) as waiting:
            if await _left(request, waiting, ends):
                return {"news": after}  # to nobody
        moment = await run_in_threadpool(news.moment, house)


async def _left(request: Request, waiting: Waiting, ends: float) -> bool:
    """Wait until it rings, the time is over, or whoever asked has gone; tell whether they have."""
    ringing = asyncio.ensure_future(waiting.rang.wait())
    leaving = asyncio.ensure_future(_gone(request))
    try:
        left = ends - asyncio.get_running_loop().time()
        done, _ = await asyncio.wait((ringing, leaving), timeout=left, return_when="FIRST_COMPLETED")
    finally:
        ringing.cancel()
        leaving.cancel()
    return leaving in done


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass

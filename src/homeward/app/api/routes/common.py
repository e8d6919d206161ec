"""What every operation needs: the workspace, who acts, and how ids look."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Request

from homeward.app.api.cookies import token_of
from homeward.app.api.news import Moment, News
from homeward.app.provider import OwnProvider
from homeward.desk import doors
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import NotFound


# What is only taken from the application's state needs no thread: each hop to one costs every request.
async def _house(request: Request) -> House:
    house: House = request.app.state.house
    return house


# Asked by the interface by itself, all the time: that is no use of a session by a person.
UNTOUCHED = frozenset({"get_session", "wait_for_news"})


def _actor(request: Request) -> Actor:
    """Return who asks, by the session's cookie; nobody, when there is none."""
    operation = getattr(request.scope.get("route"), "operation_id", "")
    return doors.known(request.app.state.house, token_of(request), touch=operation not in UNTOUCHED)


async def _origin(request: Request) -> str:
    origin: str = request.app.state.origin
    return origin


async def _news(request: Request) -> News:
    news: News = request.app.state.news
    return news


def _moment(house: TheHouse, news: TheNews) -> Moment:
    """Return what stands now, read before anything that the answer tells, so that no change falls between."""
    return news.moment(house)


async def _provider(request: Request) -> OwnProvider:
    provider: OwnProvider | None = request.app.state.provider
    if provider is None:
        raise NotFound("identity provider", "")
    return provider


TheNews = Annotated[News, Depends(_news)]
TheMoment = Annotated[Moment, Depends(_moment)]
TheProvider = Annotated[OwnProvider, Depends(_provider)]
TheOrigin = Annotated[str, Depends(_origin)]
TheHouse = Annotated[House, Depends(_house)]
TheActor = Annotated[Actor, Depends(_actor)]
Key = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]

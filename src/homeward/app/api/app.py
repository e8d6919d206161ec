"""Make the web application over one opened workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.responses import Response

from homeward import __version__
from homeward.app.api import problems
from homeward.app.api.description import describe
from homeward.app.api.guard import Guard
from homeward.app.api.limits import Limits
from homeward.app.api.news import News
from homeward.app.api.policy import checked
from homeward.app.api.routes import (
    asks,
    cases,
    chains,
    doors,
    groups,
    judgements,
    leads,
    movement,
    notes,
    outcomes,
    people,
    providers,
    records,
    retention,
    search,
    session,
    sources,
    trail,
    training,
    urgent,
    watches,
)
from homeward.app.api.shapes import Problem
from homeward.app.api.static import Static
from homeward.app.provider import OwnProvider
from homeward.app.settings import ProviderSettings
from homeward.house import House

ORIGIN = "http://localhost:8470"  # where `serve` listens unless told otherwise
STATIC = Path(__file__).resolve().parent.parent / "static"
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem} for status in (400, 401, 403, 404, 409, 412, 413, 414, 421, 422, 429, 500, 503)
}
# One a line, so that two people may add one each.
ROOMS = (
    session,
    leads,
    groups,
    movement,
    chains,
    judgements,
    asks,
    search,
    cases,
    doors,
    providers,
    people,
    urgent,
    outcomes,
    watches,
    notes,
    trail,
    sources,
    records,
    retention,
    training,
)


def create_app(
    house: House, *, static: Path = STATIC, limits: Limits | None = None, origin: str = ORIGIN,
    provider: ProviderSettings | None = None,
) -> FastAPI:  # fmt: skip
    """Return the application: the API under /api, the built interface under every other path.

    `origin` is the address that people's browsers show: a security key signs for it and no other.
    Pages of documentation that load scripts from elsewhere are not served; /api/openapi.json is.
    """
    app = FastAPI(
        title="Homeward", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json",
        redirect_slashes=False, responses=PROBLEMS,
    )  # fmt: skip
    app.state.origin = origin
    app.state.provider = None if provider is None else OwnProvider(provider, origin)
    app.state.house, app.state.limits = house, Limits() if limits is None else limits
    app.state.news = News()
    for room in ROOMS:
        app.include_router(room.router, prefix="/api", dependencies=[Depends(checked)])
    problems.handle(app)
    describe(app, origin)
    app.state.files = Static(static)

    @app.api_route("/{name:path}", methods=["GET", "HEAD"], include_in_schema=False)
    async def interface(request: Request, name: str) -> Response:
        """Serve the built interface; from memory, so that it waits for no thread."""
        files: Static = request.app.state.files
        return files.answer(request, name)

    app.add_middleware(Guard)
    return app

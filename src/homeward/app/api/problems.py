"""Every error in one shape: `application/problem+json` with a title, a detail and a reference."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from homeward.app import faults
from homeward.model import errors

MEDIA = "application/problem+json"
PLACES = ("body", "query", "path", "header")
FIELDS_NAMED = 5  # of a request that does not fit; their names only, never what they held

# Refusals that the interface answers by asking for something, told apart by the type of the problem.
KINDS: tuple[tuple[type[errors.HomewardError], str], ...] = (
    (errors.NotSignedIn, "sign-in"), (errors.StepUpNeeded, "step-up"), (errors.PurposeNeeded, "purpose"),
    (errors.SecondPersonNeeded, "second-person"),
    (errors.BannerUnread, "banner"), (errors.Restricted, "restricted"),
)  # fmt: skip

# The first that fits: the special before the general.
STATUS: tuple[tuple[type[errors.HomewardError], int, str], ...] = (
    (errors.NotSignedIn, 401, "Sign in first."),
    (errors.StepUpNeeded, 401, "Prove again who you are."),
    (errors.BannerUnread, 403, "How this may be used was not acknowledged."),
    (errors.PurposeNeeded, 422, "A purpose is needed."),
    (errors.Restricted, 403, "This is restricted."),
    (errors.Refused, 403, "This is not allowed."),
    (errors.NotFound, 404, "There is no such thing in this workspace."),
    (errors.Overtaken, 409, "Another decision stands by now."),
    (errors.QueryError, 400, "The search cannot be understood."),
    (errors.UsageError, 400, "This cannot be done as said."),
    (errors.WorkspaceLocked, 503, "Another process is writing to this workspace."),
    (errors.WorkspaceKind, 403, "This kind of workspace does not allow that."),
    (errors.ProviderSilent, 503, "The identity provider does not answer."),
    (errors.StorageFull, 507, "The disk is full; nothing was kept."),
    (errors.HomewardError, 503, "The workspace cannot be used at the moment."),
)


class TooMany(Exception):
    """More requests than a minute allows: of one account, or of one address."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"{seconds} seconds to wait")
        self.seconds = seconds


def problem(
    status: int, title: str, detail: str = "", reference: str = "", headers: Mapping[str, str] | None = None,
    kind: str = "about:blank",
) -> Response:  # fmt: skip
    """Return an error in the one shape; one without a reference is a refusal, and gets one."""
    reference = reference or faults.refuse(status, title)
    body: dict[str, Any] = {
        "type": kind, "title": title, "detail": detail, "status": status, "reference": reference
    }  # fmt: skip
    return JSONResponse(body, status, headers=dict(headers or {}), media_type=MEDIA)


def handle(app: FastAPI) -> None:
    """Teach the app every error that is expected; the guard around it meets the others."""
    app.add_exception_handler(errors.HomewardError, _ours)
    app.add_exception_handler(RequestValidationError, _misfit)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(TooMany, _too_many)


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, errors.HomewardError)
    status, title = next((s, t) for kind, s, t in STATUS if isinstance(error, kind))
    reference = "" if status < 500 else faults.keep(error)[0]
    detail = "" if isinstance(error, errors.NotFound) else str(error)
    kind = next((name for family, name in KINDS if isinstance(error, family)), "about:blank")
    return problem(status, title, detail, reference, kind=kind)


async def _misfit(request: Request, error: Exception) -> Response:
    """Name the fields that do not fit and why; never what they held, nor the names that a client made up."""
    assert isinstance(error, RequestValidationError)
    told = []
    for one in error.errors()[:FIELDS_NAMED]:
        if one.get("type") == "extra_forbidden":
            told.append("it holds a field that is not known")
            continue
        where = ".".join(str(part) for part in one.get("loc", ()) if part not in PLACES)
        reason = _inert(str(one.get("msg", "does not fit")))
        told.append(f"{_inert(where)}: {reason}" if where else reason)
    return problem(422, "The request does not fit.", "; ".join(told))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase if error.status_code in _KNOWN else "Refused"
    return problem(error.status_code, phrase, headers=error.headers)


async def _too_many(request: Request, error: Exception) -> Response:
    assert isinstance(error, TooMany)
    wait = "1 second" if error.seconds == 1 else f"{error.seconds} seconds"
    return problem(
        429, "Too many requests at once.", f"Wait {wait}, then try again.",
        headers={"retry-after": str(error.seconds)},
    )  # fmt: skip


_KNOWN = {status.value for status in HTTPStatus}


def unexpected(error: Exception) -> Response:
    """Return the answer to a fault of ours; the log says where it happened."""
    reference, _ = faults.keep(error)
    return problem(
        500, "Something unexpected went wrong.", "This is a fault of Homeward; its log says where.", reference
    )


def _inert(text: str) -> str:
    """Return text of a client, short and without anything but printable characters."""
    return "".join(c if c.isprintable() else "?" for c in text[:80])

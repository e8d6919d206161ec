"""What the API's description says beyond its routes: which operations take a session, and what errors are."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from homeward.app.api.cookies import name_at
from homeward.app.api.policy import OPERATIONS
from homeward.model.actor import Role
from homeward.model.permission import TABLE

SCHEME = "session"
PLAIN, PROBLEM = "application/json", "application/problem+json"  # of an answer, of an error


def describe(app: FastAPI, origin: str) -> None:
    """Have the description name the session's cookie, what takes one, and the media type of errors."""
    plain = app.openapi

    def told() -> dict[str, Any]:
        found = plain()  # kept by the application: writing into it again changes nothing more
        scheme = {"type": "apiKey", "in": "cookie", "name": name_at(origin)}
        found.setdefault("components", {})["securitySchemes"] = {SCHEME: scheme}
        for methods in found["paths"].values():
            for operation in methods.values():
                operation["security"] = [{SCHEME: []}] if needs_session(operation["operationId"]) else []
                for status, response in operation["responses"].items():
                    if status >= "400" and PLAIN in response.get("content", {}):
                        response["content"] = {PROBLEM: response["content"][PLAIN]}
        return found

    app.openapi = told  # type: ignore[method-assign]


def needs_session(operation: str) -> bool:
    """Tell whether nobody may do an operation without a session."""
    return Role.NOBODY not in TABLE[OPERATIONS[operation]].roles

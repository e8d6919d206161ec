"""The session's cookie: out of reach of scripts and of other sites; on plain loopback named by its port.

Cookies do not keep ports apart: two workspaces served on one machine would otherwise share one.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request, Response


def name_of(request: Request) -> str:
    """Return the cookie's name: `__Host-homeward` over HTTPS, else with the port that the browser sees."""
    return _name(request.url.scheme, request.url.port)


def name_at(origin: str) -> str:
    """Return the cookie's name for browsers that show an address."""
    parts = urlsplit(origin)
    return _name(parts.scheme, parts.port)


def _name(scheme: str, port: int | None) -> str:
    return "__Host-homeward" if scheme == "https" else f"homeward-{port or 80}"


def token_of(request: Request) -> str | None:
    """Return the session's token, if the request carries one of a possible length."""
    token = request.cookies.get(name_of(request))
    return token if token and len(token) <= 100 else None


def put(request: Request, response: Response, token: str) -> None:
    """Give the browser a session's token; it forgets it when it closes."""
    secure = request.url.scheme == "https"
    response.set_cookie(name_of(request), token, path="/", secure=secure, httponly=True, samesite="strict")


def keep_secret(request: Request, response: Response, secret: str) -> None:
    """Give the browser what it shows again when its identity provider sends it back."""
    secure = request.url.scheme == "https"
    response.set_cookie(
        name_of(request) + "-back", secret, path="/", secure=secure, httponly=True, samesite="strict",
        max_age=600,
    )  # fmt: skip


def secret_of(request: Request) -> str:
    """Return that secret; empty when this browser began no sign-in."""
    secret = request.cookies.get(name_of(request) + "-back", "")
    return secret if len(secret) <= 100 else ""


def drop(request: Request, response: Response) -> None:
    """Have the browser forget the session."""
    secure = request.url.scheme == "https"
    response.delete_cookie(name_of(request), path="/", secure=secure, httponly=True, samesite="strict")

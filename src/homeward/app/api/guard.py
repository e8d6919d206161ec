"""What every request meets first and every answer last: who may ask, how much, and under which headers.

Whoever asks is asked for their session later. The server answers this machine only: a foreign name in `Host`
(DNS rebinding), a foreign origin, or a form of another page is refused before anything is read.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import MutableMapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from homeward.app.api.problems import problem, unexpected

HOSTS = ("localhost", "127.0.0.1", "[::1]")
BODY_LIMIT = 256 * 1024  # bytes; the largest request of shapes.py, a search with 100 filters, is below 90 KB
# A pasted list of 10,000 terms, and a saved page: these two paths take more than any other.
LARGER = {"/api/search/list": 5 * 1024 * 1024, "/api/ads": 5 * 1024 * 1024}
QUERY_LIMIT = 4 * 1024  # bytes of a query string; ours hold a cursor and a few short filters
SECONDS = 20.0  # a request is answered within this or refused; a search is allowed 5 s of its own
SAFE = ("GET", "HEAD")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types app"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), usb=(), payment=()"),
)
API = "/api/"


class Guard:
    """The middleware around everything."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request, pass it on in bounds, and put the headers on its answer."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # no web sockets here
            return
        answer = _Answer(scope, send)
        refusal = _refusal(scope)
        if refusal is not None:
            await problem(*refusal)(scope, receive, answer)
            return
        try:
            async with asyncio.timeout(SECONDS):
                body = await _body(receive, LARGER.get(scope["path"], BODY_LIMIT))
                if body is None:
                    await problem(413, "The request is too large.")(scope, receive, answer)
                    return
                await self.app(scope, _Replayed(body, receive), answer)
        except TimeoutError:
            if not answer.begun:
                late = problem(503, "This took too long.", "Ask for less, then try again.")
                await late(scope, receive, answer)
        except Exception as error:
            if not answer.begun:
                await unexpected(error)(scope, receive, answer)


async def _body(receive: Receive, most: int) -> bytes | None:
    """Return a request's whole body, or None once it is larger than `most` bytes."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > most:
            return None
        if not message.get("more_body", False):
            return bytes(body)


class _Replayed:
    """A body that was read, handed on in one piece."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}


class _Answer:
    """An answer on its way out: headers are added; an API answer gets its ETag."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope, self._send = scope, send
        self._api = scope["path"].startswith(API) or scope["path"] == "/api"
        self._start: MutableMapping[str, Any] | None = None
        self._body = bytearray()
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = self._headed(message.get("headers", []))
            if self._api and self._scope["method"] in SAFE and message["status"] == 200:
                self._start = message
                return
            self.begun = True
            await self._send(message)
            return
        if self._start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body", False):
            await self._tagged()

    def _headed(self, given: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        ours = {name for name, _ in HEADERS}
        kept = [(name, value) for name, value in given if name.lower() not in ours]
        if self._api or not any(name.lower() == b"cache-control" for name, _ in kept):
            kept = [(n, v) for n, v in kept if n.lower() != b"cache-control"]
            kept.append((b"cache-control", b"no-store"))
        return [*kept, *HEADERS]

    async def _tagged(self) -> None:
        """Send a whole answer with its ETag, or 304 where the asker has it already."""
        assert self._start is not None
        tag = b'"' + hashlib.blake2b(self._body, digest_size=12).hexdigest().encode() + b'"'
        headers = [*self._start["headers"], (b"etag", tag)]
        known = _one(self._scope, b"if-none-match")
        self.begun = True
        if known is not None and tag in known:
            kept = [(n, v) for n, v in headers if n.lower() not in (b"content-length", b"content-type")]
            await self._send({**self._start, "status": 304, "headers": kept})
            await self._send({"type": "http.response.body", "body": b""})
            return
        await self._send({**self._start, "headers": headers})
        await self._send({"type": "http.response.body", "body": bytes(self._body)})


def _refusal(scope: Scope) -> tuple[int, str, str] | None:
    """Return why a request is refused, or None."""
    host = _one(scope, b"host")
    if host is None or not own_host(host.decode("latin-1")):
        return (
            421,
            "This server answers to its own name only.",
            "Open http://localhost with the port it printed.",
        )
    if len(scope.get("query_string", b"")) > QUERY_LIMIT:
        return 414, "The address is too long.", ""
    length = _one(scope, b"content-length")
    if length is not None and length.isdigit() and int(length[:20]) > LARGER.get(scope["path"], BODY_LIMIT):
        return 413, "The request is too large.", ""
    return _foreign(scope, host.decode("latin-1"))


def _foreign(scope: Scope, host: str) -> tuple[int, str, str] | None:
    """Refuse what another page had a browser send."""
    api = scope["path"].startswith(API)
    fetched = _one(scope, b"sec-fetch-site")
    if api and fetched not in (None, b"same-origin", b"none"):
        return 403, "A request of another page is refused.", ""
    if scope["method"] in SAFE:
        return None
    origin = _one(scope, b"origin")
    if origin is not None and origin.decode("latin-1").lower() != f"http://{host.lower()}":
        return 403, "A request of another origin is refused.", ""
    if fetched not in (None, b"same-origin"):
        return 403, "A request of another page is refused.", ""
    kind = (_one(scope, b"content-type") or b"").split(b";")[0].strip().lower()
    if api and kind != b"application/json":
        return 403, "Only JSON is taken here.", "Send it as application/json."
    if api and _one(scope, b"x-homeward") != b"1":
        return 403, "A request without the header X-Homeward is refused.", ""
    return None


def own_host(host: str) -> bool:
    """Tell whether a Host header names this machine, with any port: a forwarded port is another number."""
    name, colon, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    if not colon:
        name, port = host, ""
    return name.lower() in HOSTS and (not port or (port.isascii() and port.isdigit() and len(port) <= 5))


def _one(scope: Scope, name: bytes) -> bytes | None:
    """Return a header that is there once; of several the joined text, which fits nothing."""
    found = [value for key, value in scope["headers"] if key.lower() == name]
    return b", ".join(found) if found else None

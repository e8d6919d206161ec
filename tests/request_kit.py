"""Generated requests for tests: sent to the application itself, and each drawn one put together anew.

To draw a request takes longer than to answer it. So what was drawn is taken apart, each parameter and each
field of a body by itself, and of the parts more requests are made: the description allows them as well, for
it says nothing about two parameters together, and a body is looked at again. No request is sent twice.
"""

import asyncio
import json
from functools import cache
from urllib.parse import unquote, urlencode

import jsonschema_rs
import requests
from schemathesis.core.transport import Response

from homeward.app.api.description import PLAIN
from people_kit import COOKIE, described, over

HEADERS = [(b"host", b"localhost:8470"), (b"x-homeward", b"1")]
READ, KEPT = 50_000, 30  # bytes of an answer that is read, values kept of a name
ALIAS = {"key": "id", "if-match": "tag"}
POOL = 200  # drawn requests kept, of whose parts others are made


class Wire:
    """Ways to the application over a house, without a client in between, which takes as long as both ends."""

    def __init__(self, house):
        self.app = over(house)

    def ask(self, request, *tokens):
        """Send a request under each of these sessions in turn; return the answers."""
        return one_loop().run_until_complete(self._all(request, tokens))

    async def _all(self, request, tokens):
        return [await self.one(request, token) for token in tokens]

    async def one(self, request, token):
        """Send a request under one session, or under none; return the answer."""
        method, path, query, body, given = request
        headers = [*HEADERS, *((name.encode(), value.encode("latin-1")) for name, value in given)]
        headers += [] if method == "GET" else [(b"content-type", PLAIN.encode())]
        headers += [(b"cookie", f"{COOKIE}={token}".encode())] if token else []
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http",
            "method": method, "path": unquote(path), "raw_path": path.encode(), "root_path": "",
            "query_string": query.encode(),
            "headers": headers, "client": ("testclient", 50000), "server": ("localhost", 8470),
        }  # fmt: skip
        told, body_of = [{"type": "http.request", "body": body or b"", "more_body": False}], bytearray()
        start = {}

        async def receive():
            return told.pop() if told else await asyncio.get_running_loop().create_future()

        async def send(message):
            if message["type"] == "http.response.start":
                start.update(message)
            body_of.extend(message.get("body", b""))

        await self.app(scope, receive, send)
        return _answer(request, start, bytes(body_of))


def _answer(request, start, body):
    """An answer as schemathesis looks at it."""
    asked = requests.PreparedRequest()
    asked.method, asked.url, asked.headers, asked.body = request[0], request[1], {}, request[3]
    headers = {}
    for name, value in start["headers"]:
        headers.setdefault(name.decode("latin-1"), []).append(value.decode("latin-1"))
    return Response(start["status"], headers, body, asked, elapsed=0.0, verify=False)


@cache
def one_loop():
    """A loop in this very thread, for requests that are sent one after the other."""
    return asyncio.new_event_loop()


async def at_once(function, *args, **_):
    """Do what the server does in a thread, one after the other: put in the place of anyio's `run_sync`."""
    return function(*args)


class There:
    """What answers named, by the name of its field: ids, versions, people. Asked for again, it is there."""

    def __init__(self):
        self._held = {}

    def learn(self, answer):
        """Take in what an answer names."""
        if answer.status_code < 300 and len(answer.content) < READ:
            self.hold(json.loads(answer.content or b"null"))

    def hold(self, value):
        """Take in what stands under each name, at any depth."""
        if isinstance(value, list):
            for one in value:
                self.hold(one)
        elif isinstance(value, dict):
            for name, one in value.items():
                self.hold(one)
                plain = isinstance(one, str | int) or (isinstance(one, list) and 0 < len(one) < 5)
                if plain and one != "" and one not in self._held.setdefault(name, []):
                    self._held[name] = [*self._held[name][-KEPT:], one]

    def one(self, name, random):
        """Something of this name, or None."""
        held = self._held.get(name) or self._held.get(ALIAS.get(name, ""))
        return random.choice(held) if held else None


class Mixer:
    """The requests to one operation: as drawn, and of the parts of drawn ones."""

    def __init__(self, operation, there, random):
        self.there, self.random = there, random
        self.pool, self.sent = [], set()
        body = operation.definition.raw.get("requestBody", {}).get("content", {}).get(PLAIN)
        whole = body and {**body["schema"], "components": described()["components"]}
        self.fits = whole and jsonschema_rs.validator_for(whole).is_valid
        given = operation.definition.raw.get("parameters", [])
        self.takes = {one["name"]: jsonschema_rs.validator_for(one["schema"]).is_valid for one in given}

    def drawn(self, case, *, known):
        """A drawn request, about things that are there where `known`; None where it was sent before."""
        body = None if case.media_type is None else case.body
        path, query, headers = (
            dict(case.path_parameters or {}),
            dict(case.query or {}),
            dict(case.headers or {}),
        )
        self.pool = [*self.pool[-POOL:], (path, query, body, headers)]
        if known:
            there, said = ({k: self._known(k, v) for k, v in held.items()} for held in (path, headers))
            if found := self._new(case, there, query, body, said):
                return found
        return self._new(case, path, query, body, headers)

    def mixed(self, case):
        """Another request of parts that were drawn; None where it was sent before."""
        path = {name: self._part(0, name) for name in case.path_parameters or {}}
        names = sorted({name for one in self.pool for name in one[1]})
        query = {name: self._part(1, name) for name in names if self.random.random() < 0.5}
        headers = {name: self._part(3, name) for name in case.headers or {}}
        return self._new(case, path, query, None if case.media_type is None else self._body(), headers)

    def _part(self, place, name):
        """What one of the drawn requests has here, or two of them, or what is there."""
        held = [one[place][name] for one in self.pool if name in one[place]]
        drawn, chance = self.random.choice(held), self.random.random()
        if chance < 0.4:
            return self._known(name, drawn)
        both = self._spliced(drawn, self.random.choice(held)) if chance < 0.8 else drawn
        return both if self.takes[name](both) else drawn

    def _spliced(self, first, second):
        """The beginning of one text and the end of another; of anything else the first."""
        if not (isinstance(first, str) and isinstance(second, str)):
            return first
        return first[: self.random.randint(0, len(first))] + second[self.random.randint(0, len(second)) :]

    def _known(self, name, otherwise):
        found = self.there.one(name.lower(), self.random)
        fits = self.takes.get(name, lambda _: True)
        return found if found is not None and fits(found) else otherwise

    def _body(self):
        """A body of the fields of two; one of the two as it is, where they do not go together."""
        first, second = (self.random.choice(self.pool)[2] for _ in range(2))
        if not (isinstance(first, dict) and isinstance(second, dict)):
            return first
        taken = {name: held for name, held in second.items() if self.random.random() < 0.5}
        kept = {name: held for name, held in first.items() if self.random.random() < 0.9}
        spliced = {k: self._spliced(kept[k], second[k]) for k in kept if k in second and k not in taken}
        given = {**kept, **taken}
        known = {k: self._known(k, v) for k, v in given.items() if self.random.random() < 0.5}
        tried = (
            {**given, **spliced, **known},
            {**given, **spliced},
            {**given, **known},
            given,
            {**first, **known},
        )
        return next((body for body in tried if self.fits(body)), first)

    def _new(self, case, path, query, body, headers):
        case.path_parameters, case.query = path, query
        if body is not None:
            case.body = body
        content = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        asked = urlencode(query, doseq=True)
        request = (case.method, case.formatted_path, asked, content, tuple(sorted(headers.items())))
        if hash(request) in self.sent:
            return None
        self.sent.add(hash(request))
        return request

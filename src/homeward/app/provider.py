"""How the server reaches the agency's identity provider: the one other host it ever asks, at sign-in only.

Every address that discovery names has to be of the issuer's own scheme, host and port; no redirect and no
proxy is followed, answers are bounded in size and time, and TLS trusts what the machine trusts.
"""

from __future__ import annotations

import http.client
import json
import ssl
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from homeward.app.settings import ProviderSettings
from homeward.model.errors import ProviderSilent

DISCOVERY = "/.well-known/openid-configuration"
BACK = "/door"  # the page of the interface that the provider sends the browser back to
MOST = 256 * 1024  # bytes of an answer: a provider's keys are some kilobytes
PATIENCE = 5.0  # seconds that one answer may take, all in all
ASKED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class OwnProvider:
    """The provider of the settings, for pages under `origin`."""

    def __init__(self, settings: ProviderSettings, origin: str) -> None:
        self.issuer, self.client, self.factors = settings.issuer, settings.client, settings.factors
        self._secret, self._back = settings.secret, origin + BACK

    @property
    def host(self) -> str:
        """The name that a person knows it by."""
        return urlsplit(self.issuer).hostname or ""

    def address(self, *, state: str, nonce: str, verifier: str, again: bool) -> str:
        """Return where the browser goes to sign in; `again` asks for a fresh proof, whatever it remembers."""
        more: dict[str, Any] = {"nonce": nonce}
        if self.factors:
            more["acr_values"] = " ".join(sorted(self.factors))
        if again:
            more |= {"prompt": "login", "max_age": 0}
        where = self._found()["authorization_endpoint"]
        address, _ = self._client().create_authorization_url(
            where, state=state, code_verifier=verifier, **more
        )
        return str(address)

    def answer(self, code: str, verifier: str) -> Mapping[str, Any]:
        """Return what the provider gives for a code; the access token in it is used for nothing."""
        from authlib.oauth2.base import OAuth2Error

        where = self._found()["token_endpoint"]
        try:
            token = self._client().fetch_token(where, code=code, code_verifier=verifier)
        except (OAuth2Error, ValueError, KeyError, TypeError) as error:
            raise ProviderSilent(f"The identity provider gave no token: {type(error).__name__}.") from None
        return dict(token)

    def keys(self) -> Mapping[str, Any]:
        """Return the provider's public keys, as they are now."""
        return _json(_asked("GET", self._found()["jwks_uri"]))

    def _client(self) -> Any:
        from authlib.oauth2.client import OAuth2Client

        return OAuth2Client(
            session=_Session(), client_id=self.client, client_secret=self._secret, scope="openid",
            token_endpoint_auth_method="client_secret_basic" if self._secret else "none",
            redirect_uri=self._back, code_challenge_method="S256",
        )  # fmt: skip

    def _found(self) -> dict[str, str]:
        """Return what discovery says; it must be of this issuer, and name no other host."""
        said = _json(_asked("GET", self.issuer.rstrip("/") + DISCOVERY))
        if said.get("issuer") != self.issuer:
            raise ProviderSilent("The identity provider calls itself something else.")
        home = urlsplit(self.issuer)
        for name in ASKED:
            parts = urlsplit(str(said.get(name, "")))
            if (parts.scheme, parts.netloc) != (home.scheme, home.netloc):
                raise ProviderSilent(f"The identity provider's {name} is of another host.")
        return {name: str(said[name]) for name in ASKED}


class _Answer:
    """An answer as Authlib's client reads it."""

    def __init__(self, status: int, body: bytes) -> None:
        self.status_code, self._body = status, body

    def json(self) -> Any:
        return json.loads(self._body)

    def raise_for_status(self) -> None:
        if self.status_code >= 400:
            raise ValueError(f"status {self.status_code}")


class _Session:
    """What Authlib's client sends a form with."""

    def post(self, url: str, data: Mapping[str, str], headers: Mapping[str, str], auth: Any) -> _Answer:
        url, sent, body = auth.prepare("POST", url, dict(headers), urlencode(dict(data)))
        return _asked("POST", url, body.encode(), sent)


def _asked(
    method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> _Answer:
    """Ask one address of the provider; no redirect is followed."""
    parts, until = urlsplit(url), time.monotonic() + PATIENCE
    host, path = parts.hostname or "", parts.path or "/"
    try:
        if parts.scheme == "https":
            context = ssl.create_default_context()
            line: http.client.HTTPConnection = http.client.HTTPSConnection(
                host, parts.port, timeout=PATIENCE, context=context
            )
        else:
            line = http.client.HTTPConnection(host, parts.port, timeout=PATIENCE)
        try:
            target = f"{path}?{parts.query}" if parts.query else path
            line.request(method, target, body, {"Accept": "application/json", **(headers or {})})
            answer, found = line.getresponse(), bytearray()
            while piece := answer.read1(64 * 1024):
                found += piece
                if len(found) > MOST or time.monotonic() > until:
                    raise ProviderSilent("The identity provider's answer is too long.")
            return _Answer(answer.status, bytes(found))
        finally:
            line.close()
    except (OSError, http.client.HTTPException, ValueError):
        raise ProviderSilent(
            "The identity provider does not answer.", remedy="Try again, or sign in with your password."
        ) from None


def _json(answer: _Answer) -> dict[str, Any]:
    try:
        found = answer.json()
    except (ValueError, RecursionError):
        found = None
    if answer.status_code != 200 or not isinstance(found, dict):
        raise ProviderSilent("The identity provider's answer is not what the standard says.")
    return found

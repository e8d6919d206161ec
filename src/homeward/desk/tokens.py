"""ID tokens of an identity provider: what has to hold before one stands for a person.

Signature and key types are joserfc's, the claims of OpenID Connect Core 3.1.3.7 Authlib's. Which algorithms
and headers are taken at all, whose the token may be besides us, and how old it may be, is decided here:
a library that trusted a key or an address inside a token has been a hole before (CVE-2026-27962).
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# Signatures of a private key. None with a shared secret: a public key would be one that everybody has.
ALGORITHMS = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC", "Ed25519": "OKP", "EdDSA": "OKP"}
HEADERS = frozenset({"alg", "kid", "typ", "x5t", "x5t#S256"})  # no key, no address, nothing "critical"
LONGEST = 16 * 1024  # characters of a token; ours hold a dozen claims
LONGEST_SUBJECT = 255  # OpenID Connect Core, section 2
RSA_BITS = 2048
LEEWAY = 60  # seconds by which two clocks may differ
AGE = 600  # seconds: as long as a sign-in waits for its answer


class TokenRefused(Exception):
    """A token does not stand for anybody; says why, for the log and nobody else."""


@dataclass(frozen=True, slots=True)
class Proven:
    """Whom a token stands for, how the provider proved it (`acr` and `amr`), and when."""

    subject: str
    ways: frozenset[str]
    at: int | None


@dataclass(frozen=True, slots=True)
class Expected:
    """What was asked, and of whom."""

    issuer: str
    client: str
    nonce: str


def read(answer: Mapping[str, Any], keys: Mapping[str, Any], expected: Expected, now: datetime) -> Proven:
    """Return whom the provider's answer to a code stands for; raises TokenRefused, whatever is wrong.

    1. A token of possible length, with a header of known fields. 2. The one key of the provider's that it
    names, of the kind its algorithm takes. 3. The signature. 4. The claims. `now` is the time in UTC.
    """
    from authlib.oidc.core import CodeIDToken
    from cryptography.exceptions import UnsupportedAlgorithm
    from joserfc.errors import JoseError

    try:
        token, access = answer.get("id_token"), answer.get("access_token")
        if not isinstance(token, str) or not 0 < len(token) <= LONGEST or not token.isascii():
            raise TokenRefused("1 no token of possible length")
        header = _header(token)
        claims = _signed(token, _key(keys, header), str(header["alg"]))
        _plain(claims, expected, now.timestamp())
        options = {"iss": {"essential": True, "value": expected.issuer}}
        params = {"nonce": expected.nonce, "client_id": expected.client, "access_token": access}
        CodeIDToken(claims, header, options, params).validate(int(now.timestamp()), LEEWAY)
    except TokenRefused:
        raise
    except (
        JoseError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError,
        UnsupportedAlgorithm,
    ) as error:  # fmt: skip
        raise TokenRefused(f"refused: {type(error).__name__}") from None
    return Proven(str(claims["sub"]), _ways(claims), claims.get("auth_time"))


def _header(token: str) -> dict[str, Any]:
    from joserfc.jws import extract_compact

    header = dict(extract_compact(token.encode()).protected)
    if set(header) - HEADERS:
        raise TokenRefused("1 a header that is not taken")
    if header.get("alg") not in ALGORITHMS:
        raise TokenRefused("1 an algorithm that is not taken")
    if str(header.get("typ", "JWT")).upper() != "JWT":
        raise TokenRefused("1 another kind of token")
    if not isinstance(header.get("kid"), str):
        raise TokenRefused("2 it names no key")
    return header


def _key(keys: Mapping[str, Any], header: Mapping[str, Any]) -> Any:
    """Return the provider's one key that the header names."""
    from joserfc.jwk import RSAKey, import_key

    kind = ALGORITHMS[header["alg"]]
    named = [k for k in keys.get("keys", ()) if isinstance(k, dict) and k.get("kid") == header["kid"]]
    if len(named) != 1:
        raise TokenRefused("2 not one key of that name")
    [key] = named
    wanted = {"kty": kind, "use": "sig", "alg": header["alg"]}
    if "kty" not in key or any(key.get(name, value) != value for name, value in wanted.items()):
        raise TokenRefused("2 a key for something else")
    made = import_key({k: v for k, v in key.items() if isinstance(v, str)})
    if isinstance(made, RSAKey) and made.public_key.key_size < RSA_BITS:
        raise TokenRefused("2 a short key")
    return made


def _signed(token: str, key: Any, algorithm: str) -> dict[str, Any]:
    from joserfc import jwt

    return dict(jwt.decode(token, key, algorithms=[algorithm]).claims)


def _plain(claims: Mapping[str, Any], expected: Expected, now: float) -> None:
    """What Authlib leaves open: kinds of values, strangers in the audience, a token without an age."""
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise TokenRefused("4 sub")
    if claims.get("iss") != expected.issuer:
        raise TokenRefused("4 iss")
    if claims.get("aud") not in (expected.client, [expected.client]):
        raise TokenRefused("4 aud")
    if claims.get("azp", expected.client) != expected.client:
        raise TokenRefused("4 azp")
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), expected.nonce.encode()):
        raise TokenRefused("4 nonce")
    for name in ("exp", "iat", "nbf", "auth_time"):
        if name in claims and (isinstance(claims[name], bool) or not isinstance(claims[name], int)):
            raise TokenRefused(f"4 {name}")
    if not -LEEWAY <= now - claims["iat"] <= AGE + LEEWAY:
        raise TokenRefused("4 iat")
    if now >= claims["exp"] + LEEWAY:
        raise TokenRefused("4 exp")
    if "at_hash" in claims and not isinstance(claims["at_hash"], str):
        raise TokenRefused("4 at_hash")


def _ways(claims: Mapping[str, Any]) -> frozenset[str]:
    said = claims.get("amr")
    ways = [way for way in said if isinstance(way, str)] if isinstance(said, list) else []
    acr = claims.get("acr")
    return frozenset([*ways, acr] if isinstance(acr, str) else ways)

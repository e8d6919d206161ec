"""A small identity provider on loopback: a real server with keys of its own, that lies when it is told to.

Its clock is the one that it is given. It signs with RSA and an elliptic curve, checks PKCE, client and
address, gives each code once, and keeps what it was asked for.
"""

import base64
import hashlib
import json
import secrets
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

CLIENT, SUBJECT, SECRET = "homeward-7", "8f1c2d", "kept between the two"
RSA_PRIVATE = rsa.generate_private_key(65537, 2048)
EC_PRIVATE = ec.generate_private_key(ec.SECP256R1())


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def key_of(private, kid):
    kind = RSAKey if isinstance(private, rsa.RSAPrivateKey) else ECKey
    return kind.import_key(private_pem(private), {"kid": kid})


def private_pem(private):
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


class Standing:
    """The provider: what it says, and how it lies. Each lie is a function over what would be true."""

    def __init__(self, clock):
        self.clock, self.issuer, self.codes, self.asked = clock, "", {}, []
        self.rsa, self.ec = key_of(RSA_PRIVATE, "rsa-1"), key_of(EC_PRIVATE, "ec-1")
        self.claims, self.sign, self.answer, self.discovery = None, None, None, None
        self.jwks = None
        self.factors, self.subject = ["pwd"], SUBJECT

    def found(self):
        told = {
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
        }  # fmt: skip
        return {**told, **(self.discovery or {})}

    def keys(self):
        public = [{**key.as_dict(private=False), "use": "sig"} for key in (self.rsa, self.ec)]
        return {"keys": public if self.jwks is None else self.jwks(public)}

    def authorize(self, query):
        """Where the browser is sent back to, with a code."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return query["redirect_uri"] + "?" + urlencode({"code": code, "state": query["state"]})

    def token(self, form, head):
        query = self.codes.pop(form.get("code", ""), None)
        challenge = b64(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        basic = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if (
            query is None or challenge != query.get("code_challenge") or head != basic
            or form.get("redirect_uri") != query["redirect_uri"]
            or query.get("code_challenge_method") != "S256"
        ):  # fmt: skip
            return 400, {"error": "invalid_grant"}
        now = int(self.clock().timestamp())
        claims = {
            "iss": self.issuer, "sub": self.subject, "aud": CLIENT, "nonce": query["nonce"], "iat": now,
            "exp": now + 300, "auth_time": now, "amr": self.factors,
        }  # fmt: skip
        claims = self.claims(claims) if self.claims else claims
        token = self.sign(self, claims) if self.sign else self.signed(claims)
        told = {"access_token": "unused", "token_type": "Bearer", "id_token": token}
        return 200, self.answer(told) if self.answer else told

    def signed(self, claims, alg="RS256", key=None, **header):
        key = key or self.rsa
        return jwt.encode({"alg": alg, "kid": key.kid, **header}, claims, key, algorithms=[alg])


@contextmanager
def standing(clock):
    """Serve a provider on a free port of loopback."""
    provider = Standing(clock)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_GET(self):
            parts = urlsplit(self.path)
            provider.asked.append(parts.path)
            if parts.path == "/authorize":
                query = {k: v[0] for k, v in parse_qs(parts.query).items()}
                self.send_response(302)
                self.send_header("location", provider.authorize(query))
                self.send_header("content-length", "0")
                self.end_headers()
                return
            known = {"/.well-known/openid-configuration": provider.found, "/jwks": provider.keys}
            self.say(200, known[parts.path]()) if parts.path in known else self.say(404, {})

        def do_POST(self):
            provider.asked.append(self.path)
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            form = {k: v[0] for k, v in parse_qs(body).items()}
            self.say(*provider.token(form, self.headers.get("authorization")))

        def say(self, status, told):
            body = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://localhost:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()

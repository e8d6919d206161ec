"""A security key made of software: it signs what a page asks, and lies about whatever it is told to."""

import base64
import hashlib
import json
import secrets
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256

ORIGIN = "http://localhost:8470"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class SoftKey:
    """An authenticator with one key, for whichever page asks it."""

    def __init__(self, counts=True):
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.count, self.step = 0, int(counts)
        self.user = b""

    def client_data(self, kind, challenge, origin, **more):
        said = {"type": f"webauthn.{kind}", "challenge": challenge, "origin": origin, "crossOrigin": False}
        return json.dumps({**said, **more}).encode()

    def auth_data(self, party, flags, attested=b""):
        self.count += self.step
        return hashlib.sha256(party.encode()).digest() + struct.pack(">BI", flags, self.count) + attested

    def made(self, asked, *, origin=ORIGIN, party=None, flags=PRESENT | VERIFIED, kind="create", **more):
        """Answer a request for a new key."""
        self.user = unb64(asked["user"]["id"])
        public = cbor.encode(dict(ES256.from_cryptography_key(self.private.public_key())))
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        data = self.auth_data(party or asked["rp"]["id"], flags | ATTESTED, attested)
        whole = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        client = self.client_data(kind, asked["challenge"], origin, **more)
        return {
            "id": b64(self.id),
            "response": {"clientDataJSON": b64(client), "attestationObject": b64(whole)},
        }

    def signed(
        self, asked, *, origin=ORIGIN, party=None, flags=PRESENT | VERIFIED, kind="get", by=None, user=None,
        **more,
    ):  # fmt: skip
        """Answer a challenge."""
        data = self.auth_data(party or asked["rpId"], flags)
        client = self.client_data(kind, asked["challenge"], origin, **more)
        what = data + hashlib.sha256(client).digest()
        signature = (by or self.private).sign(what, ec.ECDSA(hashes.SHA256()))
        return {
            "id": b64(self.id),
            "response": {
                "clientDataJSON": b64(client), "authenticatorData": b64(data), "signature": b64(signature),
                "userHandle": b64(self.user if user is None else user),
            },
        }  # fmt: skip

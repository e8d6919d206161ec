"""What a person proves themselves with: a long password, kept as Argon2id, and a code that opens once.

Passwords follow NIST SP 800-63B-4: at least 15 characters, at most 256, any characters, nothing that
everybody takes, no rule of composition and no ageing. Codes follow RFC 6238 (TOTP), 30 seconds each.
"""

from __future__ import annotations

import secrets
import threading
import unicodedata
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Any

from homeward.model.errors import UsageError

SHORTEST, LONGEST = 15, 256
STEP = 30  # seconds of one code
DRIFT = 1  # codes of the step before and after are taken: clocks differ
CODES = 10  # recovery codes at a time
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another
# Words that most passwords are made of; what is left without them has to be something of one's own.
COMMON = (
    "correcthorsebatterystaple", "passphrase", "password", "passwort", "contrasena", "motdepasse", "homeward",
    "letmein", "welcome", "iloveyou", "qwertyuiop", "asdfghjkl", "asdfgh", "qwerty", "azerty", "zxcvbnm",
    "admin",
    "administrator", "football", "baseball", "superman", "princess", "sunshine", "dragon", "monkey", "master",
    "secret", "summer", "winter", "spring", "autumn", "changeme", "trustno", "abcdefghijklmnopqrstuvwxyz",
    "abcdef", "police", "investigator",
)  # fmt: skip
OWN = 6  # characters that have to be left, of at least DIFFERENT kinds
DIFFERENT = 5
_hashing = threading.BoundedSemaphore(4)  # each takes 19 MiB


def check_password(password: str, *, name: str) -> None:
    """Refuse a password that is too short, too long, or one that everybody takes; never quote it."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(f"A password has {SHORTEST} to {LONGEST} characters; several words make a good one.")
    left = "".join(c for c in unicodedata.normalize("NFKC", password).casefold() if c.isalpha())
    for word in sorted((*COMMON, name.casefold()), key=len, reverse=True):
        left = left.replace(word, "")
    other = {c for c in password if not c.isalpha()}
    run = sum(abs(ord(a) - ord(b)) <= 1 for a, b in pairwise(password))
    if len(left) + len(other) // 2 < OWN or len(set(password)) < DIFFERENT or run > len(password) * 2 // 3:
        raise UsageError("That password is one of those that are tried first. Choose another.")


def hash_password(password: str) -> str:
    """Return the Argon2id record of a password."""
    with _hashing:
        return str(_hasher().hash(_bytes(password)))


def is_password(record: str | None, password: str) -> bool:
    """Tell whether a password is the record's; without a record it takes as long to say no."""
    from argon2.exceptions import InvalidHashError, VerificationError

    with _hashing:
        try:
            _hasher().verify(record or _nobodys(), _bytes(password[: LONGEST + 1]))
        except (VerificationError, InvalidHashError):
            return False
    return record is not None


def make_secret() -> str:
    """Return a new TOTP secret, base 32."""
    import pyotp

    return str(pyotp.random_base32())


def address_of(secret: str, name: str) -> str:
    """Return the `otpauth:` address that authenticator programs take."""
    import pyotp

    return str(pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Homeward"))


def step_of(secret: str, code: str, *, at: datetime) -> int | None:
    """Return the time step that a code belongs to, or None when it fits none near this time."""
    import pyotp

    totp, now = pyotp.TOTP(secret), int(at.timestamp()) // STEP
    digits = "".join(code.split())
    found = None
    for step in range(now - DRIFT, now + DRIFT + 1):
        if secrets.compare_digest(totp.generate_otp(step).encode(), digits.encode("utf-8", "replace")):
            found = step
    return found


def make_codes() -> list[str]:
    """Return new recovery codes; each opens once in the place of a TOTP code."""
    return ["-".join(_word() for _ in range(4)) for _ in range(CODES)]


def _word() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(4))


def _bytes(password: str) -> bytes:
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


@cache
def _hasher() -> Any:
    from argon2 import PasswordHasher

    # The least that OWASP's Password Storage Cheat Sheet takes; passwords here are long, and a small
    # machine signs people in while it refreshes.
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def _nobodys() -> str:
    """The record of a password that nobody knows."""
    return str(_hasher().hash(secrets.token_bytes(32)))

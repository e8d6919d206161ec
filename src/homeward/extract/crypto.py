"""Addresses of crypto currencies, taken only if their check sums hold.

Rule: Bitcoin (base58check, bech32, bech32m), Litecoin, Dogecoin, Ethereum (EIP-55 when letters are of both
cases; all-lower and all-upper forms carry no check sum and count at a lower confidence) and Monero (its
own base58 with a Keccak check sum). The value is the address as its check sum requires. `detail.currency`
names it. Confidence: .99 with a check sum that holds, .8 without one.
"""

from __future__ import annotations

import hashlib

from homeward.extract.text.tokens import WATCH, Page, Reading, has_figure

READER = "crypto/1"

CHECKED, UNCHECKED = 0.99, 0.8
SHORTEST, LONGEST = 26, 106  # the shortest Bitcoin address, a Monero integrated address
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
VERSIONS = {0x00: "BTC", 0x05: "BTC", 0x30: "LTC", 0x32: "LTC", 0x1E: "DOGE", 0x16: "DOGE"}
MONERO = (18, 19, 42)  # standard, integrated, sub-address
IS_LONG = WATCH.add(lambda word: SHORTEST <= len(word) <= LONGEST and has_figure(word))


def read_crypto(page: Page) -> list[Reading]:
    """Return the crypto addresses of one part, and note the stretches they take."""
    found: list[Reading] = []
    for n in page.where(IS_LONG):
        value, currency, confidence = address(page.written(n))
        if value:
            start, end = page.starts[n], page.end(n)
            page.take(start, end)
            found.append(Reading("crypto", value, start, end, confidence, READER, {"currency": currency}))
    return found


def address(text: str) -> tuple[str, str, float]:
    """Return (address, currency, confidence), or empty texts if no check sum holds."""
    if text[:2] in ("0x", "0X") and len(text) == 42:
        return _ethereum(text)
    lower = text.lower()
    if lower.startswith(("bc1", "ltc1")) and (text in (lower, text.upper())) and bech32(lower):
        return lower, "BTC" if lower[0] == "b" else "LTC", CHECKED
    if len(text) <= 35 and (currency := _base58check(text)):
        return text, currency, CHECKED
    if len(text) in (95, 106) and _monero(text):
        return text, "XMR", CHECKED
    return "", "", 0.0


def _base58check(text: str) -> str:
    number = 0
    for char in text:
        digit = BASE58.find(char)
        if digit < 0:
            return ""
        number = number * 58 + digit
    if number >= 1 << 200:
        return ""
    raw = number.to_bytes(25, "big")
    zeros = len(text) - len(text.lstrip("1"))
    if zeros != len(raw) - len(raw.lstrip(b"\0")):
        return ""
    check = hashlib.sha256(hashlib.sha256(raw[:21]).digest()).digest()[:4]
    return VERSIONS.get(raw[0], "") if check == raw[21:] else ""


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for n, factor in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= factor if top >> n & 1 else 0
    return check


def bech32(text: str) -> bool:
    """Whether a lower-case SegWit address has the right check sum: bech32 for version 0, bech32m above."""
    prefix, _, data = text.rpartition("1")
    if len(data) < 8 or len(text) > 90 or any(c not in BECH32 for c in data):
        return False
    values = [BECH32.index(c) for c in data]
    expanded = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    return _polymod(expanded + values) == (1 if values[0] == 0 else 0x2BC830A3)


def _keccak(data: bytes) -> bytes:
    from Crypto.Hash import keccak  # takes every reader longer to import than few ads need it for

    return bytes(keccak.new(digest_bits=256, data=data).digest())


def _ethereum(text: str) -> tuple[str, str, float]:
    body = text[2:]
    if any(c not in "0123456789abcdefABCDEF" for c in body):
        return "", "", 0.0
    digest = _keccak(body.lower().encode()).hex()
    summed = "0x" + "".join(
        c.upper() if int(h, 16) > 7 else c for c, h in zip(body.lower(), digest, strict=False)
    )
    if body == summed[2:]:
        return summed, "ETH", CHECKED
    plain = body in (body.lower(), body.upper())
    return (summed, "ETH", UNCHECKED) if plain else ("", "", 0.0)


def _monero(text: str) -> bool:
    """Decode Monero's base58 (blocks of 11 characters for 8 bytes) and compare its Keccak check sum."""
    sizes = {0: 0, 2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7, 11: 8}
    raw = b""
    for at in range(0, len(text), 11):
        block, number = text[at : at + 11], 0
        for char in block:
            digit = BASE58.find(char)
            if digit < 0:
                return False
            number = number * 58 + digit
        size = sizes.get(len(block), -1)
        if size < 0 or number >= 1 << (8 * size):
            return False
        raw += number.to_bytes(size, "big")
    return len(raw) in (69, 77) and raw[0] in MONERO and _keccak(raw[:-4])[:4] == raw[-4:]

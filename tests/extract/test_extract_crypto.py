"""Crypto addresses: made here with valid check sums, and the same with one character changed."""

from __future__ import annotations

import hashlib

import pytest
from Crypto.Hash import keccak

from homeward.extract.read import read_text

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
SIZES = {8: 11, 5: 7}  # bytes of a block of Monero's base58, and its characters


def digits58(number, size=0):
    out = ""
    while number:
        number, digit = divmod(number, 58)
        out = ALPHABET[digit] + out
    return out.rjust(size, "1")


def base58check(version):
    payload = bytes([version]) + hashlib.sha256(b"homeward").digest()[:20]
    raw = payload + hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4]
    return "1" * (len(raw) - len(raw.lstrip(b"\0"))) + digits58(int.from_bytes(raw, "big"))


def monero(version):
    payload = bytes([version]) + hashlib.sha512(b"homeward").digest()
    raw = payload + keccak.new(digest_bits=256, data=payload).digest()[:4]
    blocks = [raw[at : at + 8] for at in range(0, len(raw), 8)]
    return "".join(digits58(int.from_bytes(b, "big"), SIZES[len(b)]) for b in blocks)


ADDRESSES = [
    ("BTC", base58check(0x00)),
    ("BTC", base58check(0x05)),
    ("LTC", base58check(0x30)),
    ("LTC", base58check(0x32)),
    ("DOGE", base58check(0x1E)),
    ("DOGE", base58check(0x16)),
    ("XMR", monero(18)),
    ("XMR", monero(42)),
]


def found(text):
    return [(m.detail["currency"], m.value) for m in read_text(text) if m.kind == "crypto"]


@pytest.mark.parametrize(("currency", "address"), ADDRESSES)
def test_an_address_whose_check_sum_holds_is_read(currency, address):
    assert found(f"pay to {address} please") == [(currency, address)]


@pytest.mark.parametrize(("currency", "address"), ADDRESSES)
def test_an_address_with_one_character_changed_is_none(currency, address):
    other = "2" if address[12] != "2" else "3"
    assert found(f"pay to {address[:12]}{other}{address[13:]} please") == []

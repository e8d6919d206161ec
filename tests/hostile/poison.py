"""Poisoned records, one of each kind, and good ones to mix them with."""

from __future__ import annotations

import json
from typing import Any


def good(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": f"ad{number}",
        "site": "board.test",
        "body": f"massage, call 702-555-01{number % 100:02d}",
        **more,
    }


def line(number: int, **more: Any) -> bytes:
    return json.dumps(good(number, **more)).encode()


# Kind of poison → (the line, the reason it is set aside with).
POISON: dict[str, tuple[bytes, str]] = {
    "bad json": (b'{"id": "x", "body": ', "json"),
    "no json": (b"hello", "json"),
    "not a number": (b'{"id": "x", "body": "b", "lat": NaN}', "json"),
    "infinite": (b'{"id": "x", "body": "b", "lat": 1e999}', "json"),
    "array": (b'["id", "x"]', "not-an-object"),
    "text": (b'"id"', "not-an-object"),
    "empty": (b"{}", "empty"),
    "no key": (b'{"body": "b"}', "no-key"),
    "no text": (b'{"id": "x", "body": "", "html": "<p></p>"}', "no-text"),
    "body is a number": (b'{"id": "x", "body": 5}', "type"),
    "body is a list": (b'{"id": "x", "body": ["b"]}', "type"),
    "phones are objects": (b'{"id": "x", "body": "b", "phones": [{"n": 1}]}', "type"),
    "time is an object": (b'{"id": "x", "body": "b", "seen_at": {}}', "type"),
    "photo is a number": (b'{"id": "x", "body": "b", "photos": [1]}', "type"),
    "year 9999": (b'{"id": "x", "body": "b", "posted_at": "9999-12-31T23:59:59-12:00"}', "time"),
    "year 1": (b'{"id": "x", "body": "b", "posted_at": "0001-01-01T00:00:00+14:00"}', "time"),
    "far epoch": (b'{"id": "x", "body": "b", "posted_at": 99999999999999999999}', "time"),
    "lone surrogate": (b'{"id": "x", "body": "\\ud800"}', "surrogate"),
    "not utf-8": (b'{"id": "x", "body": "\xff\xfe"}', "encoding"),
    "surrogate bytes": (b'{"id": "x", "body": "\xed\xa0\x80"}', "encoding"),
    "escaped nul": (b'{"id": "x", "body": "a\\u0000b"}', "nul"),
    "raw nul": (b'{"id": "x", "body": "a\0b"}', "nul"),
    "depth bomb": (b'{"id": "x", "body": "b", "a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "depth"),
    "object bomb": (b'{"id": "x", "body": "b", "a": ' + b'{"a":' * 60 + b"1" + b"}" * 61, "depth"),
    "unclosed bomb": (b"[" * 200_000, "depth"),
    "key twice": (b'{"id": "x", "body": "b", "id": "y"}', "duplicate-key"),
    "key twice inside": (b'{"id":"x","body":"b","photos":[{"path":"a","path" :"b"}]}', "duplicate-key"),
    "large": (b'{"id": "x", "body": "' + b"a" * (9 * 2**20) + b'"}', "too-large"),
    "large and nothing": (b"x" * (9 * 2**20), "too-large"),
}

"""Runs in the peers' own environment: texts in, a JSON line each, what every peer reads out."""

from __future__ import annotations

import json
import sys
import time

import phonenumbers
import pyap
from commonregex import CommonRegex
from ioc_fanger import fang
from price_parser import Price
from text2digits.text2digits import Text2Digits

_T2D = Text2Digits()


def _e164(text: str, country: str) -> list[str]:
    found = phonenumbers.PhoneNumberMatcher(text, country)
    return [phonenumbers.format_number(m.number, phonenumbers.PhoneNumberFormat.E164) for m in found]


def _digits(text: str) -> str:
    digits = "".join(c for c in text.split("x")[0] if c.isdigit())
    return "+1" + digits[-10:] if len(digits) >= 10 else "+" + digits


def _amounts(texts: list[str]) -> list[str]:
    prices = [Price.fromstring(t) for t in texts]
    return [f"{p.amount.normalize():f}" for p in prices if p.amount is not None]


PEERS = {
    "phone": {
        "phonenumbers": _e164,
        "text2digits + phonenumbers": lambda t, country: _e164(_T2D.convert(t), country),
        "commonregex": lambda t, country: [_digits(x) for x in CommonRegex(t).phones],
    },
    "email": {
        "commonregex": lambda t, country: [x.lower() for x in CommonRegex(t).emails],
        "ioc-fanger + commonregex": lambda t, country: [x.lower() for x in CommonRegex(fang(t)).emails],
    },
    "amount": {
        "price-parser": lambda t, country: _amounts([t]),
        "commonregex": lambda t, country: _amounts(CommonRegex(t).prices),
    },
    "address": {
        "pyap": lambda t, country: [x.full_address for x in pyap.parse(t, country="US")],
        "commonregex": lambda t, country: list(CommonRegex(t).street_addresses),
    },
}


def main() -> None:
    """Answer rows {kind, text, country} with {peer: {values, seconds}}; a peer that raises reads nothing."""
    for line in sys.stdin:
        row = json.loads(line)
        out = {}
        for name, peer in PEERS[row["kind"]].items():
            began = time.perf_counter()
            try:
                values = peer(row["text"], row["country"])
            except Exception:
                values = []
            out[name] = {"values": values, "seconds": time.perf_counter() - began}
        print(json.dumps(out))


if __name__ == "__main__":
    main()

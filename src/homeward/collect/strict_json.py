"""A closer look at a JSON object: are all keys different?"""

from __future__ import annotations

import json
from typing import Any

from homeward.model.errors import RecordError


def decode_strictly(line: bytes) -> None:
    """Raise RecordError if an object in the line has a key twice: which of the two counts is anyone's guess.

    The line has already been decoded once, so that it is known to be JSON of bounded depth.
    """

    def distinct(pairs: list[tuple[str, Any]]) -> None:
        seen = set()
        for key, _ in pairs:
            if key in seen:
                raise RecordError("duplicate-key", f"the key {key[:40]!r} is given twice")
            seen.add(key)

    json.loads(line, object_pairs_hook=distinct, parse_int=str, parse_float=str)

"""When Python looks for cycles of objects that nothing else holds."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """Keep the cycle collector away while very many objects are made that are part of no cycle.

    It would walk them again and again as they grow more, and find nothing. Objects without cycles are freed
    as ever; whoever works long calls `collect_young` now and then.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def collect_young() -> None:
    """Free the cycles among what was made since the last time; what lasted until then is not looked at."""
    gc.collect(1)

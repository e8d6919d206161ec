"""Put a workspace together from the settings: make one, open one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from homeward.app.settings import Settings
from homeward.model.errors import WorkspaceMissing

if TYPE_CHECKING:
    from homeward.house import House, Workspace


def make(settings: Settings, *, demo: bool = False) -> tuple[Workspace, bool]:
    """Make a workspace and its key, or find the one that is there; also say whether it was made now.

    A kind is for good: asking for `demo` of a test workspace is refused. Without `demo` whatever is there
    is found. A workspace whose making was interrupted before its key was kept gets one.
    """
    from homeward.house import find_workspace, make_workspace
    from homeward.store import keys

    new = False
    try:
        place = find_workspace(settings.home)
    except WorkspaceMissing:
        new = True
    if new or demo:
        place = make_workspace(settings.home, kind="demo" if demo else "test", now=settings.clock())
    if settings.key is None and not (settings.home / "ledger.db").exists():
        keys.make(settings.config, place.id)
    return place, new


@contextmanager
def opened(settings: Settings) -> Iterator[House]:
    """Open the workspace and every store in it; close them again at the end."""
    from homeward.house import find_workspace, open_house
    from homeward.store import keys

    place = find_workspace(settings.home)
    key = settings.key or keys.find(settings.config, place.id)
    with open_house(
        settings.home, key=key, clock=settings.clock, workers=settings.workers, memory_mb=settings.memory_mb,
        copies=settings.checkpoints,
    ) as house:  # fmt: skip
        yield house

"""Take ads in, and refresh: the two long acts that change what everyone sees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

from homeward import intake
from homeward import refresh as refreshing
from homeward.collect.source import open_source
from homeward.desk.acts import long_act
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.capture import Supply
from homeward.model.event import Act

DEMO = "demo"


def ingest(
    actor: Actor, house: House, path: str, supply: Supply, *, fmt: str = "auto",
    mapping: Mapping[str, str] | Path | None = None, progress: Callable[..., None] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Take one file in; return read = stored + changed + repeated + set aside.

    A demo workspace takes world files only. Whatever was acknowledged before an interruption stays, and
    the same act goes on from there.
    """
    with (
        open_source(path, fmt=fmt, mapping=mapping, spool=house.home / "spool") as source,
        long_act(actor, house, Act.INGEST, [], file=source.name, basis=supply.basis) as ended,
    ):
        counts = intake.take_in(house, source, supply, progress=progress, demo_only=house.kind == DEMO)
        ended.update(_plain(counts), sha256=source.sha256)
    return _plain(counts)


def refresh(
    actor: Actor, house: House, *, full: bool = False, progress: Callable[..., None] | None = None
) -> dict[str, Any]:
    """Make templates, links, identities, findings and leads; return the run and its counts."""
    with long_act(actor, house, Act.REFRESH, full=full) as ended:
        made = _plain(refreshing.refresh(house, full=full, progress=progress))
        ended["run"] = made["run"]
    return made


def _plain(value: Any) -> dict[str, Any]:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else dict(vars(value))

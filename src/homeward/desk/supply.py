"""Take ads in, and refresh: the two long acts that change what everyone sees."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from homeward import intake, owed, reread
from homeward import refresh as refreshing
from homeward.collect.source import Source, open_source
from homeward.desk import lowering, sources
from homeward.desk.acts import event, long_act
from homeward.desk.permissions import permitted
from homeward.extract.knowledge import agency as agencies
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.capture import Supply
from homeward.model.errors import UsageError
from homeward.model.event import Act
from homeward.store.ledger import Tx
from homeward.store.ledger import sources as loads

DEMO = "demo"
UNREAD = f"{intake.UNREAD}: "  # stored ads that no reader could finish: not set aside, but without mentions


@permitted("corpus.supply")
def ingest(
    actor: Actor, house: House, path: str, supply: Supply, *, fmt: str = "auto",
    mapping: Mapping[str, str] | Path | None = None, index: bool = True,
    progress: Callable[..., None] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Take one file in; return read = stored + changed + repeated + set aside, with reasons.

    Without `index` the ads are not found by a search until the next refresh, which makes leads first and the
    search index after them. A demo workspace takes world files only. Whatever was acknowledged before an
    interruption stays, and the same act goes on from there.
    """
    return taken_in(house, path, supply, by=actor, fmt=fmt, mapping=mapping, index=index, progress=progress)


def taken_in(
    house: House, path: str, supply: Supply, *, by: Actor, fmt: str = "auto",
    mapping: Mapping[str, str] | Path | None = None, index: bool = True,
    progress: Callable[..., None] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Take a file in for an act that is permitted already: a whole file, or one ad added by hand."""
    for what, text in (("--supplier", supply.supplier or ""), ("--basis", supply.basis or "")):
        if len(text) > sources.LONGEST or not text.isprintable():
            raise UsageError(f"{what} is one line of up to {sources.LONGEST:,} characters.")
    source_of = sources.fitting(house, supply.source)
    supply = replace(supply, basis=supply.basis or source_of["basis"], source=source_of["name"])
    with (
        open_source(path, fmt=fmt, mapping=mapping, spool=house.home / "spool") as source,
        long_act(
            by,
            house,
            Act.INGEST,
            first=_loading(house, source, supply, source_of["dpia"], by),
            file=source.name,
            source=supply.source,
            basis=supply.basis,
            dpia=source_of["dpia"],
        ) as ended,
    ):
        counts = intake.take_in(
            house, source, supply, progress=progress, demo_only=house.kind == DEMO, index=index
        )
        ended.update(asdict(counts), sha256=source.sha256)
        reasons = _reasons(house, source.sha256)
        unread = sum(n for name, n in reasons.items() if name.startswith(UNREAD))
        kept = {name: n for name, n in reasons.items() if not name.startswith(UNREAD)}
        return {**asdict(counts), "reasons": kept, "unread": unread, "source": supply.source}


def _loading(house: House, file: Source, supply: Supply, dpia: str, by: Actor) -> Callable[[Tx], None]:
    """Keep the load with the event of its beginning: from where, and on which basis as it stands now."""

    def keep(tx: Tx) -> None:
        loads.load(
            tx, supply.source or "", file_sha256=file.sha256, supplier=supply.supplier or "",
            basis=supply.basis or "", dpia=dpia, by=by.name, at=house.clock(),
        )  # fmt: skip

    return keep


@permitted("workspace.keep")
def refresh(
    actor: Actor, house: House, *, full: bool = False, progress: Callable[..., None] | None = None
) -> dict[str, Any]:
    """Make templates, links, identities, findings and leads; return the run and its counts.

    What taking in still owes is made too: what ads say before, their place in the search index after the
    leads.
    """
    with long_act(actor, house, Act.REFRESH, full=full) as ended:
        intake.repair(house, index=False, progress=progress)
        made = asdict(refreshing.refresh(house, full=full, progress=progress))
        ended["run"] = made["run"]
        with house.ledger.write() as tx:
            lowering.lapse(tx, house)
        if owed.behind(house):
            began = time.perf_counter()
            intake.repair(house, progress=progress)
            made["seconds"]["search index"] = round(time.perf_counter() - began, 3)
    return made


@permitted("workspace.keep")
def use_knowledge(actor: Actor, house: House, source: bytes, *, name: str = "") -> dict[str, Any]:
    """Put an agency's knowledge file in force; an empty one takes the one in force away.

    Return its hash and how many captures another version has read: the next refresh reads them again.
    """
    given = agencies.parse(source) if source.strip() else None
    sha256 = given.sha256 if given else ""
    if sha256 != (now.sha256 if (now := reread.knowledge(house)) else ""):
        kept = event(actor, house, Act.KNOWLEDGE, [sha256] if sha256 else [], file=name)
        reread.keep(house, source, event=kept)
    return {"sha256": sha256, "affected": affected(house)[0]}


def affected(house: House) -> tuple[int, int]:
    """Return how many captures are read again, and how many of them no reader is known to have read.

    Another version of readers or knowledge read the others; these are being taken in.
    """
    found = reread.affected(house).values()
    unread = sum(captures for version, captures in found if version == reread.UNKNOWN)
    return sum(captures for _, captures in found), unread


def _reasons(house: House, sha256: str) -> dict[str, int]:
    """Return why records and photos of a file were set aside, most frequent first."""
    rows = house.lake.read(
        "set_aside", columns=["what", "reason"], filters=[("file_sha256", "=", sha256)]
    ).to_pylist()
    counts = Counter(f"{row['what']}: {row['reason']}" for row in rows)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

"""What is in this workspace, in one sentence: how much, from where, from when, last taken in when."""

from __future__ import annotations

import hashlib
import threading
from typing import Any

from homeward.connect.spoken import day
from homeward.desk import hourly, runs, urgent, veil
from homeward.desk.acts import note
from homeward.desk.permissions import permitted
from homeward.house import House
from homeward.model.actor import Actor, Role
from homeward.model.event import Act
from homeward.model.permission import PURPOSES, TABLE
from homeward.store.ledger import cases

BANNER = "for invented or released data"
NO_SAFETY = "this is not a sign of safety"
SITES_NAMED = 5  # sites named in a sentence; a screen lists them all
SITES_LISTED = 200
# Who learns of trouble with backups and the copies of the log: auditors, and whoever can mend it.
LOG_TOLD = TABLE["log.read"].roles | {Role.ADMINISTRATOR, Role.SUPERVISOR}

Row = dict[str, Any]
_lock = threading.Lock()
_held: dict[str, tuple[int, Row]] = {}  # home → version of `ads`, what it holds


@permitted("workspace.keep")
def begin(actor: Actor, house: House) -> None:
    """Write down that the workspace was made."""
    note(actor, house, Act.INIT, [house.id], kind=house.kind)


@permitted("workspace.see")
def session(actor: Actor, house: House) -> Row:
    """Return who looks at what: the workspace, its banner, its run, and what a search covers."""
    found = overview(house)
    run = runs.current(house)
    count, since = urgent.waiting(house, actor)
    note(actor, house, Act.LIST, [house.id], what="workspace")
    return {
        "actor": actor.name,
        "role": str(actor.role),
        "purpose": actor.purpose and str(actor.purpose),
        "case": actor.case, "case_title": _title_of(house, actor.case),
        "urgent": count, "urgent_since": since,
        "withheld": _withheld(actor, house),
        "log_trouble": _trouble(house) if actor.role in LOG_TOLD else "",
        "asks_purpose": actor.role in PURPOSES and actor.purpose is None,
        "workspace": house.id,
        "kind": house.kind,
        "banner": "" if house.kind == "real" else BANNER,
        "run": run and {
            "id": run.id, "at": run.at, "leads": len(run.leads), "identities": run.identities.num_rows
        },
        **found,
    }  # fmt: skip


def _title_of(house: House, case: str | None) -> str | None:
    """Return what people call the case that somebody stated."""
    if case is None:
        return None
    with house.ledger.read() as tx:
        found = cases.find(tx, case)
    return found.title if found else None


def _withheld(actor: Actor, house: House) -> str:
    """Return a word for which ads are kept from whoever reads ads: another one, and screens ask anew."""
    hidden = veil.over(actor, house).hidden if actor.role in TABLE["corpus.look"].roles else {}
    return hashlib.sha256("\n".join(hidden).encode()).hexdigest()[:12] if hidden else ""


def _trouble(house: House) -> str:
    return " ".join(said for said in (*house.watch.wrong, hourly.trouble(house)) if said)


def overview(house: House) -> Row:
    """Return what the workspace holds: ads, sites, first and last day, last taken in, and the sentence."""
    house = house.whole or house  # how much there is, is told to everybody
    version = house.lake.version("ads")
    key = str(house.home)
    with _lock:
        held = _held.get(key)
    if held is not None and held[0] == version:
        return held[1]
    found = _count(house, version)
    found["searched"] = searched(found)
    with _lock:
        _held[key] = (version, found)
    return found


def _count(house: House, version: int) -> Row:
    if version < 0:
        return {"ads": 0, "sites": [], "first": None, "last": None, "last_taken_in": None}
    pins = {"ads": version}
    [whole] = house.lake.query(
        "SELECT count(DISTINCT ad) AS ads, min(coalesce(posted_at, seen_at)) AS first, "
        "max(coalesce(posted_at, seen_at)) AS last, max(captured_at) AS last_taken_in FROM ads", pins=pins,
    ).to_pylist()  # fmt: skip
    sites = house.lake.query(
        "SELECT site, count(*) AS n FROM ads WHERE site <> '' GROUP BY site ORDER BY n DESC, site", pins=pins
    )
    return {**whole, "sites": sites.column("site").to_pylist()[:SITES_LISTED]}


def searched(found: Row) -> str:
    """Return the sentence of every empty result: what was searched, and what that does not say."""
    if not found["ads"]:
        return f"None in this workspace: it holds no ads yet; {NO_SAFETY}."
    sites = found["sites"]
    named = ", ".join(sites[:SITES_NAMED]) or "no site named"
    if len(sites) > SITES_NAMED:
        named += f" and {len(sites) - SITES_NAMED:,} more sites"
    span = "undated"
    if found["first"] is not None:
        span = f"{day(found['first'])} to {day(found['last'])}"
    ads = f"{found['ads']:,} ad" + ("" if found["ads"] == 1 else "s")
    last = found["last_taken_in"]
    taken = f"{day(last)}, {last:%H:%M} UTC" if last else "at an unknown time"
    return f"None in this workspace: {ads}, {named}, {span}, last taken in {taken}; {NO_SAFETY}."

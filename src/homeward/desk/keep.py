"""Keep the workspace in order: make derived things again, and say whether everything agrees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from homeward import intake, owed
from homeward import refresh as refreshing
from homeward.desk import apart, backups, hourly, runs
from homeward.desk.acts import long_act, note
from homeward.desk.permissions import permitted
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import HomewardError, UsageError
from homeward.model.event import Act
from homeward.store.ledger import checkpoints, events

SCRUB_EVERY = timedelta(days=7)
BACKUP_EVERY = timedelta(
    hours=1
)  # what may be lost at most: NIST SP 800-34 calls it the recovery point objective
Check = dict[str, str]


@permitted("workspace.keep")
def rebuild(
    actor: Actor, house: House, what: str, *, progress: Callable[..., None] | None = None
) -> dict[str, Any]:
    """Make the index, or everything derived from the ads, again; what people decided is untouched.

    Everything derived is readings, index and, where there was a run, a whole new run.
    """
    if what not in ("index", "derived"):
        raise UsageError(f"There is no {what[:20]} to rebuild.", remedy="Name index or derived.")
    with long_act(actor, house, Act.REBUILD, [what]) as ended:
        intake.rebuild(house, what, progress=progress)
        if what == "derived" and runs.current(house) is not None:
            refreshing.refresh(house, full=True, progress=progress)
        owed.vacuum(house)
        found = {"ads": house.index.count(), "mentions": house.lake.count("mentions")}
        ended.update(found)
    return {"what": what, **found}


@permitted("workspace.keep")
def examine(actor: Actor, house: House) -> list[Check]:
    """Return what was found about the stores: ledger, lake, index against lake, records set aside."""
    kept = [*_copies(house), _scrubbed(house), _backed_up(house)]
    checks = [_ledger(house), _log(house), *kept, _lake(house), _index(house)]
    note(actor, house, Act.LIST, [house.id], what="doctor")
    return checks


def _check(name: str, state: str, found: str) -> Check:
    return {"state": state, "check": name, "found": found}


def _ledger(house: House) -> Check:
    wrong = house.ledger.check()
    if wrong:
        return _check("ledger", "bad", f"{wrong[0]} Restore it from a backup.")
    return _check("ledger", "ok", "encrypted, whole, every page authentic")


def _log(house: House) -> Check:
    with house.ledger.write() as tx:  # it may make the signing key
        trouble = house.watch.trouble(tx)
        size, last = events.count(tx), checkpoints.latest(tx)
    if trouble:
        return _check("audit log", "bad", f"{trouble} Find out more with: homeward audit verify")
    signed = f"signed up to {last.size:,} at {last.at:%Y-%m-%d %H:%M} UTC" if last else "not signed yet"
    return _check("audit log", "ok", f"{size:,} entries, {signed}; it continues what was signed")


def _copies(house: House) -> list[Check]:
    """Say for each place of copies whether it holds the newest checkpoint."""
    with house.ledger.write() as tx:
        last, copies = checkpoints.latest(tx), house.watch.copies.read(house.watch.key(tx))
    found = []
    for copy in copies:
        if last is None:
            break  # nothing is signed yet
        if copy.checkpoint is None or copy.checkpoint.size < last.size:
            trouble = copy.trouble or f"{copy.place} holds an older checkpoint than the newest."
            found.append(
                _check("checkpoint copy", "bad", f"{trouble} Copy it with: homeward audit checkpoint")
            )
        else:
            found.append(_check("checkpoint copy", "ok", f"{copy.place} holds the newest one"))
    if said := apart.of_copies(house):
        found.append(_check("checkpoint copy", "bad", said))
    return found


def _scrubbed(house: House) -> Check:
    at = backups.last_scrub(house)
    if at is None or house.clock() - at > SCRUB_EVERY:
        last = "the bytes were never" if at is None else f"every byte was last on {at:%Y-%m-%d}"
        return _check("scrub", "note", f"{last} read anew. Once a week: homeward doctor --scrub")
    return _check("scrub", "ok", f"every byte was read anew on {at:%Y-%m-%d}")


def _backed_up(house: House) -> Check:
    at, since = backups.last_backup(house), backups.unkept_since(house)
    if wrong := hourly.trouble(house):
        return _check("backup", "bad", wrong)
    made = "none was ever made" if at is None else f"the last is of {at:%Y-%m-%d %H:%M} UTC"
    if since is None or house.clock() - since <= BACKUP_EVERY:
        return _check("backup", "ok" if at else "note", f"{made}; less than an hour's work is in none")
    state = "note" if house.kind == "demo" else "bad"
    return _check("backup", state, f"{made}: what was done since {since:%Y-%m-%d %H:%M} UTC is in none. "
                  "Make one: homeward backup")  # fmt: skip


def _lake(house: House) -> Check:
    try:
        found = {name: house.lake.count(name) for name in ("ads", "sightings", "set_aside", "mentions")}
    except HomewardError as error:
        return _check("lake", "bad", str(error))
    return _check("lake", "ok", ", ".join(f"{n:,} rows of {name}" for name, n in found.items()))


def _index(house: House) -> Check:
    if house.lake.version("ads") < 0:
        return _check("index", "ok", "nothing to index yet")
    if house.index.outdated:
        return _check("index", "bad", "made by another version. Make it again with: homeward rebuild index")
    [row] = house.lake.query("SELECT count(DISTINCT ad) AS n FROM ads").to_pylist()
    found = house.index.count()
    if found != row["n"]:
        return _check(
            "index", "bad", f"{found:,} of {row['n']:,} ads. Make it again with: homeward rebuild index"
        )
    return _check("index", "ok", f"{found:,} ads, as many as in the lake")

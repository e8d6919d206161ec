"""Refresh: how do groups become leads?

A pure function of the lake as it is, the judgements, the readers' versions and the run before: sign what is
not yet signed, build the neighbourhood of what is new (or everything), write the tables under a new run, and
publish run and pins in one ledger transaction. Readers see the old run until then; whatever kills a refresh,
starting it again ends with the same tables.
"""

from __future__ import annotations

import ctypes
import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from homeward import nearby, reread
from homeward.connect import boilerplate, signature
from homeward.connect.boilerplate import LINES, Line, kept_lines
from homeward.connect.build import VERSION as BUILD_VERSION
from homeward.connect.build import build
from homeward.connect.card import SHIPPED, Card
from homeward.connect.carry import carry
from homeward.extract.knowledge.agency import Agency
from homeward.extract.read import version_of
from homeward.house import House
from homeward.inputs import (
    FIRST,
    SOURCES,
    Source,
    Tables,
    corrections_of,
    latest_captures,
    read_bands,
    read_inputs,
    read_run,
)  # fmt: skip
from homeward.model import ids, schema
from homeward.model.collection import collect_young, no_collection
from homeward.model.identity import Level
from homeward.owed import without_corrected
from homeward.store.ledger import identity_history, judgements, leads, pins, tally
from homeward.store.ledger.identity_history import Change, Step

Progress = Callable[..., None]

# Ads signed between two appends: a killed refresh does this much again at most, and it bounds memory.
SIGNED_AT_ONCE = 100_000


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh made, and how long each step took."""

    run: str
    ads: int
    built: int  # ads whose groups were built anew; the others were not touched by what is new
    reread: int  # captures that another version of the readers or of the knowledge had read
    superseded: int  # mentions that were read before and are read no longer
    signed: int  # captures whose wording was not yet known
    unsigned: int  # captures whose wording could not be signed: they stand alone, and are tried again
    templates: int
    personas: int
    networks: int
    leads: int
    seconds: dict[str, float] = field(default_factory=dict)


class _Steps:
    """Times the steps, tells of them, and gives free memory back between them."""

    def __init__(self, progress: Progress | None) -> None:
        self.seconds: dict[str, float] = {}
        self._progress, self._step, self._began = progress, "", time.perf_counter()

    def __call__(self, step: str, done: int = 0, total: int | None = None) -> None:
        if step != self._step:
            now = time.perf_counter()
            if self._step:
                self.seconds[self._step] = round(self.seconds.get(self._step, 0.0) + now - self._began, 3)
            self._step, self._began = step, now
            _give_back()
        if self._progress and step:
            self._progress(step, done, total)


def _give_back() -> None:
    """Give free memory back to the system: a step frees what the next would take anew beside it."""
    collect_young()
    pa.default_memory_pool().release_unused()
    with suppress(AttributeError, OSError, TypeError):  # other C libraries than GNU's have no such call
        ctypes.CDLL(None).malloc_trim(0)


def refresh(house: House, *, full: bool = False, progress: Progress | None = None) -> Refreshed:
    """Make templates, links, identities, findings and leads of everything taken in, and publish them.

    What another version of the readers or of the agency's knowledge read is read again first. Groups that
    nothing new touches are taken over from the run before; with `full`, everything is signed and built anew.
    """
    steps = _Steps(progress)
    with house.writing(), no_collection():  # findings by the million, and no cycle
        if house.lake.count("ads") != house.lake.count("bands"):
            house.engine.start()  # there is something to sign
        steps("reading again")
        again = reread.reread(house, tell=steps)
        agency = reread.knowledge(house)
        steps("wordings")
        signed = _sign(house, steps, again=full)
        steps("reading")
        source = {name: house.lake.version(name) for name in SOURCES}
        made_by = [version_of(agency), signature.VERSION, boilerplate.VERSION, BUILD_VERSION]
        card = _card(house)
        made_by += [f"card {card.version}", *([f"{signed[1]} unsigned"] if signed[1] else ())]
        if wrong := corrections_of(house):  # another correction is another refresh of everything
            made_by.append(wrong)
        work = _Work(house, source, latest_captures(house, source), _decided(house), agency, card, steps)
        state = _state(work, made_by)
        with house.ledger.read() as tx:
            before = pins.current(tx)
        usable = before if before and before.meta.get("made_by") == made_by and not full else None
        made = _same(house, usable, state) or _nearby(work, usable, state) or _whole(work, usable, state)
        if made.changed:
            steps("writing")
            _write(work, made, before, {"made_by": made_by, "state": state, "card": card.version})
        steps("")
    return _counted(made, again, signed, steps.seconds)


@dataclass(frozen=True)
class _Work:
    """What a refresh works on; `source` are the versions of the tables it reads."""

    house: House
    source: Source
    captures: pa.Array  # the latest of each ad
    decided: pa.Table
    agency: Agency | None
    card: Card
    steps: _Steps

    @property
    def youth(self) -> tuple[str, ...]:
        """The agency's own word list."""
        return self.agency.youth if self.agency else ()


@dataclass(frozen=True)
class _Made:
    """The tables of a run, the boilerplate left out, and how many ads were built anew."""

    run: str
    tables: Tables
    lines: list[Line]
    built: int
    whole: int  # ads there were when everything was last built anew
    changed: bool = True


def _same(house: House, before: pins.Run | None, state: str) -> _Made | None:
    """Return the run before, if nothing has changed since."""
    if before is None or before.meta["state"] != state:
        return None
    return _Made(before.run, read_run(house, before), [], 0, before.meta["whole"], changed=False)


def _nearby(work: _Work, before: pins.Run | None, state: str) -> _Made | None:
    """Build the neighbourhood of what is new; None where that is not possible or not worth it."""
    if before is None:
        return None
    run = ids.make_id(ids.RUN, "nearby", before.run, state)
    plan = nearby.plan(work.house, work.source, before, work.captures, run)
    if plan is None:
        return None
    built = plan.inputs["ads"].num_rows
    inputs = _masked(work.house, plan.inputs, plan.lines)
    plan.inputs.clear()
    made = build(
        _handed(inputs), engine=work.house.engine, run=run, judgements=work.decided, youth=work.youth,
        previous={**plan.carried.before, **read_run(work.house, before, ("templates",))},
        near=plan.near, card=work.card, tell=work.steps,
    )  # fmt: skip
    made["filtered"] = pa.concat_tables([made["filtered"], boilerplate.listed(plan.lines, run)])
    # What stays as it was is read once nothing else is held.
    rest = [name for name in schema.RUN_TABLES if name not in plan.carried.before]
    old = {**plan.carried.before, **read_run(work.house, before, rest)}
    return _Made(run, carry(made, replace(plan.carried, before=old)), plan.lines, built, before.meta["whole"])


def _whole(work: _Work, before: pins.Run | None, state: str) -> _Made:
    """Build everything."""
    run = ids.make_id(ids.RUN, state)
    inputs = read_inputs(work.house, work.source, work.captures, whole=True, names=FIRST)
    lines = boilerplate.find_lines(inputs["ads"], inputs["mentions"])
    inputs = _masked(work.house, inputs, lines)
    made = build(
        _handed(inputs), engine=work.house.engine, run=run, judgements=work.decided, youth=work.youth,
        previous=read_run(work.house, before, ("members", "templates")) if before else None,
        card=work.card, tell=work.steps,
        bands=lambda: read_bands(work.house, work.source, work.captures),
    )  # fmt: skip
    made["filtered"] = pa.concat_tables([made["filtered"], boilerplate.listed(lines, run)])
    return _Made(run, made, lines, len(work.captures), len(work.captures))


def _masked(house: House, inputs: Tables, lines: list[Line]) -> Tables:
    """Return inputs without boilerplate and corrected values; wordings are masked by all that is said."""
    told = boilerplate.left_out(inputs, lines)
    return {**told, "mentions": without_corrected(house, told["mentions"])}


def _handed(inputs: Tables) -> Tables:
    """Return the tables and keep none of them, so that `build` holds them alone and lets them go in time."""
    handed = dict(inputs)
    inputs.clear()
    return handed


def _counted(
    made: _Made, again: reread.Reread, signed: tuple[int, int], seconds: dict[str, float]
) -> Refreshed:
    level = pc.value_counts(made.tables["identities"]["level"]).to_pylist()
    sizes = {row["values"]: row["counts"] for row in level}
    return Refreshed(
        run=made.run,
        ads=made.tables["members"].num_rows,
        built=made.built,
        reread=again.captures,
        superseded=again.superseded,
        signed=signed[0],
        unsigned=signed[1],
        templates=made.tables["templates"].num_rows,
        personas=sizes.get(str(Level.PERSONA), 0),
        networks=sizes.get(str(Level.NETWORK), 0),
        leads=made.tables["leads"].num_rows,
        seconds=seconds,
    )


# Signing.


def _sign(house: House, steps: _Steps, *, again: bool) -> tuple[int, int]:
    """Sign the captures that no band row of this version is there for; return how many, and how many failed.

    With `again`, every capture is signed anew and the old rows go.
    """
    if again and house.lake.version("bands") >= 0:
        known = house.lake.read("bands", columns=["capture"])["capture"]
        house.lake.drop_rows("bands", "capture", known.unique().to_pylist())
    current = [("version", "=", signature.VERSION)]
    done = house.lake.read("bands", columns=["capture"], filters=current)["capture"].combine_chunks()
    total = house.lake.count("ads") - len(done)
    signed, failed = 0, list[int]()
    # What comes next is looked up while the workers sign.
    given = (_spanned(house, ads) for ads in _unsigned(house, done))
    # A batch that takes too long is halved; an ad that cannot be signed stands alone, and is tried again.
    kernel = "homeward.connect.signature:sign_batch"
    for rows in house.engine.map_stream(kernel, given, on_error=lambda row, reason: failed.append(row)):
        house.lake.append("bands", rows)
        signed += rows.num_rows
        steps("wordings", signed, total)
    return signed, len(failed)


def _spanned(house: House, ads: pa.Table) -> pa.Table:
    """Return captures with the stretches that mentions mask in them."""
    captures = ads["capture"].combine_chunks()
    mentions = house.lake.read(
        "mentions", columns=["capture", "kind", "part", "start", "end"],
        filters=pc.field("batch").isin(ads["batch"].unique()) & pc.field("capture").isin(captures),
    )  # fmt: skip
    return ads.append_column("spans", signature.spans_by_capture(captures, mentions))


def _unsigned(house: House, done: pa.Array) -> Iterator[pa.Table]:
    """Yield the captures that are not in `done`, some at a time, in append order."""
    captures = house.lake.read("ads", columns=["capture", "batch"])
    lacking = captures.filter(pc.invert(pc.is_in(captures["capture"], value_set=done)))
    if not lacking.num_rows:
        return
    # By batch, the files' parts that hold none of them are not opened.
    batches, some = (lacking[name].combine_chunks() for name in ("batch", "capture"))
    wanted = pc.field("batch").isin(batches.unique()) & pc.field("capture").isin(some)
    held: list[pa.Table] = []
    columns = ["ad", "capture", "title", "body", "batch", "month"]
    for part in house.lake.scan("ads", columns=columns, filters=wanted if len(done) else None):
        held.append(part)
        if sum(table.num_rows for table in held) >= SIGNED_AT_ONCE:
            yield pa.concat_tables(held)
            held = []
    if sum(table.num_rows for table in held):
        yield pa.concat_tables(held)


# Reading.


def _card(house: House) -> Card:
    """Return the card that leads are ranked by: the shipped one, unless two people put another in force."""
    with house.ledger.read() as tx:
        said = tally.card(tx)
    return SHIPPED if said is None else Card(said["version"], said["factors"])


def _decided(house: House) -> pa.Table:
    """Return the judgements in force, sorted by pair."""
    with house.ledger.read() as tx:
        held = judgements.in_force(tx)
    return pa.table(
        {
            "a": pa.array([a for a, _ in held], pa.string()),
            "b": pa.array([b for _, b in held], pa.string()),
            "judgement": pa.array([str(word) for word in held.values()], pa.string()),
        }
    )


def _state(work: _Work, made_by: list[str]) -> str:
    """Return what a refresh depends on: the same for the same captures, sightings, judgements and versions.

    It does not depend on table versions, which a killed and repeated ingest may number otherwise.
    """
    digest = hashlib.blake2b(digest_size=16)
    every = work.captures.take(pc.sort_indices(work.captures))
    joined = pc.binary_join(pa.ListArray.from_arrays(pa.array([0, len(every)], pa.int32()), every), "")
    digest.update(joined[0].as_py().encode())
    counts = [work.house.lake.count(name, work.source[name]) for name in ("sightings", "mentions", "prints")]
    for row in work.decided.to_pylist():
        digest.update(f"{row['a']} {row['b']} {row['judgement']};".encode())
    digest.update(f"{counts} {made_by}".encode())
    return digest.hexdigest()


# Publishing.


def _changes(house: House, before: pins.Run | None, run: str, members: pa.Table) -> list[Step]:
    """Return which identities joined and split since the run before."""
    if before is None or before.run == run:
        return []
    old = house.lake.read(
        "members", columns=["ad", "persona", "network"], version=before.pins.get("members"),
        filters=[("run", "=", before.run)],
    )  # fmt: skip
    now = house.clock()
    out: list[Step] = []
    both = old.join(
        members.select(["ad", "persona", "network"]), ["ad"], right_suffix="_new", join_type="inner"
    )
    for level in Level:
        moved = both.filter(pc.not_equal(both[str(level)], both[f"{level}_new"]))
        counted = moved.group_by([str(level), f"{level}_new"]).aggregate([([], "count_all")])
        alive = set(members[str(level)].unique().to_pylist())
        for row in counted.to_pylist():
            change = Change.SPLIT if row[str(level)] in alive else Change.JOINED
            out.append(Step(run, now, level, change, row[str(level)], row[f"{level}_new"], row["count_all"]))
    return sorted(out, key=lambda step: (step.level, step.identity, step.other))


def _write(work: _Work, made: _Made, before: pins.Run | None, meta: Mapping[str, Any]) -> None:
    """Write a run's tables and make it the current one."""
    house, run = work.house, made.run
    with ThreadPoolExecutor(1) as aside:
        changed = aside.submit(_changes, house, before, run, made.tables["members"])
        written = house.lake.replace_run({name: made.tables[name] for name in schema.RUN_TABLES}, run)
        changes = changed.result()
    more = {"whole": made.whole, LINES: kept_lines(made.lines)}
    _publish(house, run, {**work.source, **written}, made.tables, changes, {**meta, **more})
    _sweep(house)


def _publish(
    house: House, run: str, versions: Mapping[str, int], made: Tables, changes: list[Step],
    meta: Mapping[str, Any],
) -> None:  # fmt: skip
    """Make the run the current one, with its pins, its queue and its history, in one transaction."""
    queue = made["leads"].select(["id", "identity", "rank", "score", "word", "run"]).to_pylist()
    with house.ledger.write() as tx:
        told = {
            "ads": made["members"].num_rows, "leads": len(queue), "judgements": judgements.last_place(tx),
        }  # fmt: skip
        pins.publish(tx, run, dict(versions), {**told, **meta}, now=house.clock())
        leads.replace(tx, [leads.QueuedLead(**row) for row in queue])
        identity_history.record(tx, changes)


def _sweep(house: House) -> None:
    """Drop runs that nobody reads any more; a page may still be showing the one before."""
    with house.ledger.write() as tx:
        keep = [kept.run for kept in pins.latest(tx)]
        pins.forget(tx, keep)
    house.lake.sweep(keep)

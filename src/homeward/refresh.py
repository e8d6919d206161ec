"""Refresh: how do groups become leads?

A pure function of the lake as it is, the judgements and the readers' versions: sign what is not yet signed,
build, write the tables under a new run, and publish run and pins in one ledger transaction. Readers see the
old run until then; whatever kills a refresh, starting it again ends with the same tables.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from homeward import reread
from homeward.connect import boilerplate, signature
from homeward.connect.build import VERSION as BUILD_VERSION
from homeward.connect.build import build
from homeward.connect.facts import AD_COLUMNS
from homeward.extract.read import version_of
from homeward.house import House
from homeward.model import ids, schema
from homeward.model.identity import Level
from homeward.store.ledger import identity_history, judgements, leads, pins
from homeward.store.ledger.identity_history import Change, Step

Progress = Callable[..., None]

# Ads signed between two appends: a killed refresh does this much again at most, and it bounds memory.
SIGNED_AT_ONCE = 100_000
MENTION_COLUMNS = ("ad", "capture", "kind", "value", "part", "start", "end", "confidence", "detail")
SOURCES = ("ads", "sightings", "mentions", "prints", "bands")


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh made, and how long each step took."""

    run: str
    ads: int
    reread: int  # captures that another version of the readers or of the knowledge had read
    superseded: int  # mentions that were read before and are read no longer
    signed: int  # captures whose wording was not yet known
    templates: int
    personas: int
    networks: int
    leads: int
    seconds: dict[str, float] = field(default_factory=dict)


class _Steps:
    """Times the steps and tells of them."""

    def __init__(self, progress: Progress | None) -> None:
        self.seconds: dict[str, float] = {}
        self._progress, self._step, self._began = progress, "", time.perf_counter()

    def __call__(self, step: str, done: int = 0, total: int | None = None) -> None:
        if step != self._step:
            now = time.perf_counter()
            if self._step:
                self.seconds[self._step] = round(self.seconds.get(self._step, 0.0) + now - self._began, 3)
            self._step, self._began = step, now
        if self._progress and step:
            self._progress(step, done, total)


def refresh(house: House, *, full: bool = False, progress: Progress | None = None) -> Refreshed:
    """Make templates, links, identities, findings and leads of everything taken in, and publish them.

    What another version of the readers or of the agency's knowledge read is read again first. Wordings that
    were signed before are not signed again unless `full`.
    """
    steps = _Steps(progress)
    with house.writing():
        steps("reading again")
        again = reread.reread(house, tell=steps)
        agency = reread.knowledge(house)
        steps("wordings")
        signed = _sign(house, steps, again=full)
        steps("reading")
        source = {name: house.lake.version(name) for name in SOURCES}
        inputs = _inputs(house, source)
        lines = boilerplate.find_lines(inputs["ads"], inputs["mentions"])
        foreign = boilerplate.within(inputs["ads"], inputs["mentions"], lines)
        inputs["masks"] = inputs["mentions"]  # wordings are masked by what every line says
        inputs["mentions"] = inputs["mentions"].filter(pa.array(~foreign))
        decided = _decided(house)
        run = _run_id(inputs, decided, version_of(agency))
        with house.ledger.read() as tx:
            before = pins.current(tx)
        made_by = [version_of(agency), signature.VERSION, BUILD_VERSION]
        made = build(
            inputs, engine=house.engine, run=run, judgements=decided, youth=agency.youth if agency else (),
            previous=None if full else _previous(house, before, made_by), tell=steps,
        )  # fmt: skip
        made["filtered"] = pa.concat_tables([made["filtered"], boilerplate.listed(lines, run)])
        steps("writing")
        written = {name: house.lake.replace_run(name, made[name], run) for name in schema.RUN_TABLES}
        changes = _changes(house, before, run, made["members"])
        _publish(house, run, {**source, **written}, made, changes, made_by)
        _sweep(house)
        steps("")
    return _counted(run, inputs["ads"].num_rows, again, signed, made, steps.seconds)


def _counted(
    run: str, ads: int, again: reread.Reread, signed: int, made: Mapping[str, pa.Table],
    seconds: dict[str, float],
) -> Refreshed:  # fmt: skip
    level = pc.value_counts(made["identities"]["level"]).to_pylist()
    sizes = {row["values"]: row["counts"] for row in level}
    return Refreshed(
        run=run,
        ads=ads,
        reread=again.captures,
        superseded=again.superseded,
        signed=signed,
        templates=made["templates"].num_rows,
        personas=sizes.get(str(Level.PERSONA), 0),
        networks=sizes.get(str(Level.NETWORK), 0),
        leads=made["leads"].num_rows,
        seconds=seconds,
    )


# Signing.


def _sign(house: House, steps: _Steps, *, again: bool) -> int:
    """Sign the captures that no band row of this version is there for; return how many.

    With `again`, every capture is signed anew and the old rows go.
    """
    if again and house.lake.version("bands") >= 0:
        known = house.lake.read("bands", columns=["capture"])["capture"]
        house.lake.drop_rows("bands", "capture", known.unique().to_pylist())
    current = [("version", "=", signature.VERSION)]
    done = house.lake.read("bands", columns=["capture"], filters=current)["capture"].combine_chunks()
    total = house.lake.count("ads") - len(done)
    signed = 0
    for ads in _unsigned(house, done):
        steps("wordings", signed, total)
        captures = ads["capture"].combine_chunks()
        mentions = house.lake.read(
            "mentions", columns=["capture", "kind", "part", "start", "end"],
            filters=pc.field("batch").isin(ads["batch"].unique()) & pc.field("capture").isin(captures),
        )  # fmt: skip
        spans = signature.spans_by_capture(captures, mentions)
        house.lake.append(
            "bands",
            house.engine.map("homeward.connect.signature:sign_batch", ads.append_column("spans", spans)),
        )
        signed += ads.num_rows
    return signed


def _unsigned(house: House, done: pa.Array) -> Iterator[pa.Table]:
    """Yield the captures that are not in `done`, some at a time, in append order."""
    held: list[pa.Table] = []
    for part in house.lake.scan("ads", columns=["ad", "capture", "title", "body", "batch", "month"]):
        held.append(part.filter(pc.invert(pc.is_in(part["capture"], value_set=done))))
        if sum(table.num_rows for table in held) >= SIGNED_AT_ONCE:
            yield pa.concat_tables(held)
            held = []
    if sum(table.num_rows for table in held):
        yield pa.concat_tables(held)


# Reading.


def _inputs(house: House, source: Mapping[str, int]) -> dict[str, pa.Table]:
    """Return what `build` works on: the latest capture of each ad and everything known of it."""
    revisions = house.lake.read("ads", columns=["ad", "capture", "revision"], version=source["ads"])
    latest = _latest(revisions)
    ads = house.lake.read("ads", columns=list(AD_COLUMNS), version=source["ads"])
    if latest is not None:
        ads = ads.filter(pc.is_in(ads["capture"], value_set=latest))
    inputs = {"ads": ads}
    for name, columns in (
        ("mentions", MENTION_COLUMNS),
        ("prints", ("capture", "photo", "kind", "value")),
        ("bands", ("capture", "shingles", "bands", "wording", "version")),
    ):
        table = house.lake.read(name, columns=list(columns), version=source[name])
        inputs[name] = table if latest is None else table.filter(pc.is_in(table["capture"], value_set=latest))
    inputs["bands"] = inputs["bands"].filter(pc.equal(inputs["bands"]["version"], signature.VERSION))
    inputs["sightings"] = house.lake.read(
        "sightings", columns=["ad", "posted_at", "seen_at"], version=source["sightings"]
    )
    return inputs


def _latest(revisions: pa.Table) -> pa.Array | None:
    """Return the latest capture of each ad, or None if no ad has more than one."""
    if pc.count_distinct(revisions["ad"]).as_py() == revisions.num_rows:
        return None
    last = revisions.group_by("ad").aggregate([("revision", "max")])
    both = revisions.join(last, ["ad"])
    return both.filter(pc.equal(both["revision"], both["revision_max"]))["capture"].combine_chunks()


def _previous(house: House, before: pins.Run | None, made_by: list[str]) -> dict[str, pa.Table] | None:
    """Return of the run before what `build` may use again, if the same versions made it."""
    if before is None or before.meta.get("made_by") != made_by:
        return None
    columns = {"members": ["ad", "capture"], "templates": ["ads", "pattern"]}
    return {
        name: house.lake.read(
            name, columns=some, version=before.pins.get(name), filters=[("run", "=", before.run)]
        )
        for name, some in columns.items()
    }


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


def _run_id(inputs: Mapping[str, pa.Table], decided: pa.Table, readers: str) -> str:
    """Return the run's id: the same for the same captures, sightings, judgements and versions.

    It does not depend on table versions, which a killed and repeated ingest may number otherwise.
    """
    digest = hashlib.blake2b(digest_size=16)
    captures = inputs["ads"]["capture"].combine_chunks()
    for name in captures.take(pc.sort_indices(captures)).to_pylist():
        digest.update(name.encode())
    counts = (inputs["sightings"].num_rows, inputs["mentions"].num_rows, inputs["prints"].num_rows)
    for row in decided.to_pylist():
        digest.update(f"{row['a']} {row['b']} {row['judgement']};".encode())
    versions = (readers, signature.VERSION, boilerplate.VERSION, BUILD_VERSION)
    return ids.make_id(ids.RUN, digest.digest(), str(counts), *versions)


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


def _publish(
    house: House, run: str, versions: Mapping[str, int], made: Mapping[str, pa.Table], changes: list[Step],
    made_by: list[str],
) -> None:  # fmt: skip
    """Make the run the current one, with its pins, its queue and its history, in one transaction."""
    queue = made["leads"].select(["id", "identity", "rank", "score", "word", "run"]).to_pylist()
    with house.ledger.write() as tx:
        meta = {
            "ads": made["members"].num_rows, "leads": len(queue), "judgements": judgements.last_place(tx),
            "made_by": made_by,
        }  # fmt: skip
        pins.publish(tx, run, dict(versions), meta, now=house.clock())
        leads.replace(tx, [leads.QueuedLead(**row) for row in queue])
        identity_history.record(tx, changes)


def _sweep(house: House) -> None:
    """Drop runs that nobody reads any more; a page may still be showing the one before."""
    with house.ledger.write() as tx:
        keep = [kept.run for kept in pins.latest(tx)]
        pins.forget(tx, keep)
    house.lake.sweep(keep)

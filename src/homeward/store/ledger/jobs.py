"""Jobs: work that outlives the request that asked for it. One table, one loop; a lease and not a lock.

A worker holds a job for some time; if it dies, the time runs out and another takes the job over. A job
may therefore run twice, and every handler must be safe to repeat.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from homeward.model.errors import NotFound
from homeward.store.ledger.engine import Ledger, Tx
from homeward.store.ledger.tables import jobs

LEASE = timedelta(minutes=5)  # a worker that has not renewed for so long is taken for dead
MOST_ATTEMPTS = 5  # then the job has failed for good: what fails five times needs a person
WAIT = timedelta(seconds=10)  # before the second attempt; doubled each time
ERROR_LENGTH = 500  # characters of an error that are kept


class State(StrEnum):
    """Where a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work. `arguments` and `result` are JSON objects."""

    seq: int
    kind: str
    arguments: dict[str, Any]
    state: State
    attempts: int
    worker: str | None
    leased_until: datetime | None
    made_at: datetime
    ended_at: datetime | None
    result: dict[str, Any] | None
    error: str | None


Handler = Callable[[Job], "dict[str, Any] | None"]


def ask(tx: Tx, kind: str, arguments: Mapping[str, Any], *, now: datetime, once: bool = False) -> int:
    """Add a job and return its number; with `once`, an equal one that still waits is returned instead."""
    wanted = dict(arguments)
    if once:
        waiting = sa.select(jobs).where(jobs.c.kind == kind, jobs.c.state == State.WAITING.value)
        for row in tx.execute(waiting.order_by(jobs.c.seq)):
            if row.arguments == wanted:
                return int(row.seq)
    done = tx.execute(
        jobs.insert().values(
            kind=kind, arguments=wanted, state=State.WAITING.value, attempts=0, made_at=now
        )
    )  # fmt: skip
    return int(done.lastrowid)


def get(tx: Tx, seq: int) -> Job:
    """Return a job by its number; raises NotFound."""
    row = tx.execute(sa.select(jobs).where(jobs.c.seq == seq)).first()
    if row is None:
        raise NotFound("job", str(seq))
    return _job(row)


def newest(tx: Tx, *, limit: int = 50, kinds: Collection[str] = ()) -> list[Job]:
    """Return the jobs asked for last, newest first."""
    wanted = sa.select(jobs).order_by(jobs.c.seq.desc()).limit(limit)
    if kinds:
        wanted = wanted.where(jobs.c.kind.in_(sorted(kinds)))
    return [_job(row) for row in tx.execute(wanted)]


def lease(
    tx: Tx, *, worker: str, now: datetime, kinds: Collection[str] = (), length: timedelta = LEASE
) -> Job | None:
    """Take the oldest job that is due, also one whose worker let its lease run out; None if there is none.

    A job that has used up its attempts is marked as failed instead of being taken.
    """
    due = sa.or_(
        sa.and_(
            jobs.c.state == State.WAITING.value,
            sa.or_(jobs.c.not_before.is_(None), jobs.c.not_before <= now),
        ),
        sa.and_(jobs.c.state == State.RUNNING.value, jobs.c.leased_until <= now),
    )
    if kinds:
        due = sa.and_(due, jobs.c.kind.in_(sorted(kinds)))
    for row in tx.execute(sa.select(jobs).where(due).order_by(jobs.c.seq)).all():
        if row.attempts >= MOST_ATTEMPTS:
            _set(tx, row.seq, state=State.FAILED, worker=None, leased_until=None, ended_at=now,
                 error=row.error or "its worker died each time")  # fmt: skip
            continue
        _set(tx, row.seq, state=State.RUNNING, attempts=row.attempts + 1, worker=worker,
             leased_until=now + length)  # fmt: skip
        return get(tx, row.seq)
    return None


def renew(tx: Tx, job: Job, *, now: datetime, length: timedelta = LEASE) -> bool:
    """Hold a job for longer; False says that it was taken over, and its worker must stop."""
    return _held(tx, job) and _set(tx, job.seq, leased_until=now + length)


def complete(tx: Tx, job: Job, *, now: datetime, result: Mapping[str, Any] | None = None) -> bool:
    """Mark a job as done, in the transaction of its effect; False says that it was taken over."""
    return _held(tx, job) and _set(
        tx, job.seq, state=State.DONE, leased_until=None, ended_at=now, error=None,
        result=None if result is None else dict(result),
    )  # fmt: skip


def fail(tx: Tx, job: Job, *, now: datetime, error: str, for_good: bool = False) -> bool:
    """Give a job back to be tried again later, or, after the last attempt, mark it as failed.

    False says that it was taken over meanwhile, and nothing changed.
    """
    if not _held(tx, job):
        return False
    kept = error[:ERROR_LENGTH]
    if for_good or job.attempts >= MOST_ATTEMPTS:
        return _set(tx, job.seq, state=State.FAILED, leased_until=None, ended_at=now, error=kept)
    later = now + WAIT * 2 ** (job.attempts - 1)
    return _set(tx, job.seq, state=State.WAITING, leased_until=None, not_before=later, error=kept)


def work(
    ledger: Ledger, handlers: Mapping[str, Handler], *, worker: str, clock: Callable[[], datetime],
    wait: Callable[[], bool],
) -> int:  # fmt: skip
    """Do jobs until told to stop; return how many were tried. The one loop, for every kind.

    `wait` is called when nothing is due: it lets some time pass and returns whether to go on. A handler
    that raises gives its job back; only what is no ordinary error ends the loop.
    """
    tried = 0
    while True:
        with ledger.write() as tx:
            job = lease(tx, worker=worker, now=clock(), kinds=handlers.keys())
        if job is None:
            if not wait():
                return tried
            continue
        tried += 1
        try:
            result = handlers[job.kind](job)
        except Exception as error:
            with ledger.write() as tx:
                fail(tx, job, now=clock(), error=f"{type(error).__name__}: {error}")
        else:
            with ledger.write() as tx:
                complete(tx, job, now=clock(), result=result)


def _held(tx: Tx, job: Job) -> bool:
    """Tell whether this very lease is still the job's: another attempt by anyone makes it void."""
    row = tx.execute(sa.select(jobs).where(jobs.c.seq == job.seq)).first()
    return (
        row is not None
        and row.state == State.RUNNING.value
        and (row.worker, row.attempts) == (job.worker, job.attempts)
    )


def _set(tx: Tx, seq: int, **values: Any) -> bool:
    if "state" in values:
        values["state"] = values["state"].value
    return tx.execute(jobs.update().where(jobs.c.seq == seq).values(**values)).rowcount == 1


def _job(row: sa.Row[Any]) -> Job:
    return Job(
        row.seq, row.kind, row.arguments, State(row.state), row.attempts, row.worker, row.leased_until,
        row.made_at, row.ended_at, row.result, row.error,
    )  # fmt: skip

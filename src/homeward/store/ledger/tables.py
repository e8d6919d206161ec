"""The tables of the ledger, as SQLAlchemy Core sees them. The migrations make them; a test compares."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = sa.MetaData()


def utc_text(value: datetime) -> str:
    """Return a time as the ledger spells it; raises ValueError for one without a zone."""
    if value.tzinfo is None:
        raise ValueError("a time without a zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds")


class Utc(TypeDecorator[datetime]):
    """A time in UTC, kept as text of constant width so that it sorts as it reads; refuses a missing zone."""

    impl = sa.String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Turn a time into its text."""
        if value is None:
            return None
        return utc_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Turn a kept text back into a time."""
        return None if value is None else datetime.fromisoformat(value)


def _seq() -> sa.Column[int]:
    return sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True)


# One row an act of a person, written with its effect; triggers refuse every change to it. The columns
# before `cipher` make the header of its entry in the audit log; see `entries`.
events = sa.Table(
    "events", metadata, _seq(),
    sa.Column("at", Utc, nullable=False), sa.Column("actor", sa.String, nullable=False),
    sa.Column("role", sa.String, nullable=False), sa.Column("door", sa.String, nullable=False),
    sa.Column("act", sa.String, nullable=False), sa.Column("case", sa.String, nullable=False),
    sa.Column("purpose", sa.String, nullable=False), sa.Column("objects", sa.JSON, nullable=False),
    sa.Column("rows", sa.Integer), sa.Column("outcome", sa.String, nullable=False),
    sa.Column("cipher", sa.LargeBinary, nullable=False), sa.Column("salt", sa.LargeBinary, nullable=False),
    sa.Column("leaf", sa.LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)  # fmt: skip

# The same, whoever asks: the log is signed as a whole (see `sight`).
all_events = events.to_metadata(sa.MetaData(), schema="main")

# The key of each event's payload. A row may go (the payload is erased) and never change.
event_keys = sa.Table(
    "event_keys", metadata,
    sa.Column("seq", sa.Integer, sa.ForeignKey("events.seq"), primary_key=True, autoincrement=False),
    sa.Column("key", sa.LargeBinary, nullable=False),
)  # fmt: skip

# The complete nodes of the audit log's tree above its leaves, in the order in which they came to be.
event_nodes = sa.Table(
    "event_nodes", metadata, _seq(),
    sa.Column("level", sa.Integer, nullable=False), sa.Column("place", sa.Integer, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sa.UniqueConstraint("level", "place", name="event_nodes_once"),
    sqlite_autoincrement=True,
)  # fmt: skip

# The signed checkpoints of the audit log.
checkpoints = sa.Table(
    "checkpoints", metadata, _seq(),
    sa.Column("at", Utc, nullable=False), sa.Column("size", sa.Integer, nullable=False),
    sa.Column("root", sa.LargeBinary, nullable=False), sa.Column("note", sa.String, nullable=False),
    sqlite_autoincrement=True,
)  # fmt: skip

# One row a published run; `pins` maps lake tables to the versions that its readers use.
runs = sa.Table(
    "runs", metadata, _seq(),
    sa.Column("run", sa.String, nullable=False, unique=True), sa.Column("at", Utc),
    sa.Column("pins", sa.JSON, nullable=False), sa.Column("meta", sa.JSON, nullable=False),
    sa.Column("current", sa.Boolean(create_constraint=False), nullable=False),
    sqlite_autoincrement=True,
)  # fmt: skip

# How far a follower of the lake (such as the index) has come.
watermarks = sa.Table(
    "watermarks", metadata,
    sa.Column("name", sa.String, primary_key=True), sa.Column("version", sa.Integer, nullable=False),
)  # fmt: skip

jobs = sa.Table(
    "jobs", metadata, _seq(),
    sa.Column("kind", sa.String, nullable=False), sa.Column("arguments", sa.JSON, nullable=False),
    sa.Column("state", sa.String, nullable=False), sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("worker", sa.String), sa.Column("leased_until", Utc), sa.Column("not_before", Utc),
    sa.Column("made_at", Utc, nullable=False), sa.Column("ended_at", Utc),
    sa.Column("result", sa.JSON), sa.Column("error", sa.String),
    sa.Index("jobs_by_state", "state", "seq"),
    sqlite_autoincrement=True,
)  # fmt: skip

# What people said about pairs of ads; a is before b. Only ever added to.
judgements = sa.Table(
    "judgements", metadata, _seq(),
    sa.Column("a", sa.String, nullable=False), sa.Column("b", sa.String, nullable=False),
    sa.Column("judgement", sa.String, nullable=False), sa.Column("by", sa.String, nullable=False),
    sa.Column("at", Utc, nullable=False), sa.Column("why", sa.String, nullable=False),
    sa.Index("judgements_by_pair", "a", "b"), sa.Index("judgements_by_b", "b"),
    sqlite_autoincrement=True,
)  # fmt: skip

# What people did with leads. `cancels` names the row that this one takes back. Only ever added to.
decisions = sa.Table(
    "decisions", metadata, _seq(),
    sa.Column("lead", sa.String, nullable=False), sa.Column("decision", sa.String),
    sa.Column("reason", sa.String), sa.Column("note", sa.String, nullable=False),
    sa.Column("until", Utc), sa.Column("by", sa.String, nullable=False),
    sa.Column("at", Utc, nullable=False),
    sa.Column("cancels", sa.Integer, sa.ForeignKey("decisions.seq"), unique=True),
    sa.Column("case", sa.String),  # the case it was taken for: its note is that case's
    sa.Index("decisions_by_lead", "lead"),
    sqlite_autoincrement=True,
)  # fmt: skip

# The queue of the current run; replaced with it.
leads = sa.Table(
    "leads", metadata,
    sa.Column("id", sa.String, primary_key=True), sa.Column("identity", sa.String, nullable=False),
    sa.Column("rank", sa.Integer, nullable=False), sa.Column("score", sa.Float, nullable=False),
    sa.Column("word", sa.String, nullable=False), sa.Column("run", sa.String, nullable=False),
    sa.Index("leads_by_rank", "rank"), sa.Index("leads_by_identity", "identity"),
)  # fmt: skip

# Which identities joined and split, and in which run. Only ever added to.
identity_history = sa.Table(
    "identity_history", metadata, _seq(),
    sa.Column("run", sa.String, nullable=False), sa.Column("at", Utc, nullable=False),
    sa.Column("level", sa.String, nullable=False), sa.Column("change", sa.String, nullable=False),
    sa.Column("identity", sa.String, nullable=False), sa.Column("other", sa.String, nullable=False),
    sa.Column("ads", sa.Integer, nullable=False),
    sa.Index("identity_history_by_identity", "identity"), sa.Index("identity_history_by_other", "other"),
    sa.UniqueConstraint("run", "change", "identity", "other", name="identity_history_once"),
    sqlite_autoincrement=True,
)  # fmt: skip

# An opaque id for the address bar, and the query that it stands for.
searches = sa.Table(
    "searches", metadata,
    sa.Column("id", sa.String, primary_key=True), sa.Column("actor", sa.String, nullable=False),
    sa.Column("at", Utc, nullable=False), sa.Column("query", sa.JSON, nullable=False),
)  # fmt: skip

meta = sa.Table(
    "meta", metadata,
    sa.Column("key", sa.String, primary_key=True), sa.Column("value", sa.JSON, nullable=False),
)  # fmt: skip

# Rows of these may only be added: the database itself refuses anything else.
APPEND_ONLY = (
    "events", "event_nodes", "checkpoints", "judgements", "decisions", "identity_history", "outcomes",
)  # fmt: skip

"""The first form of the ledger.

A step spells its tables out and never imports them from `tables.py`, which moves on.
"""

import sqlalchemy as sa
from alembic import op

from homeward.store import disk

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("events", "judgements", "decisions", "identity_history")
TIME = sa.String(32)  # UTC, as text of constant width


def upgrade() -> None:
    """Make every table of the first form, and the triggers that refuse changes to history."""
    op.create_table(
        "events", _seq(), _text("at", TIME), _text("actor"), _text("door"), _text("act"),
        sa.Column("objects", sa.JSON, nullable=False), _text("outcome"),
        sa.Column("detail", sa.JSON, nullable=False),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_table(
        "runs", _seq(), sa.Column("run", sa.String, nullable=False, unique=True), sa.Column("at", TIME),
        sa.Column("pins", sa.JSON, nullable=False), sa.Column("meta", sa.JSON, nullable=False),
        sa.Column("current", sa.Boolean(create_constraint=False), nullable=False),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_table(
        "watermarks", sa.Column("name", sa.String, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
    )  # fmt: skip
    disk.failpoint("migration.0001.half")
    _jobs()
    _people()
    _groups()
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    disk.failpoint("migration.0001.made")


def downgrade() -> None:
    """There is no way back from the first form: a ledger is never unmade."""
    raise NotImplementedError("the first form of the ledger cannot be unmade")


def _jobs() -> None:
    op.create_table(
        "jobs", _seq(), _text("kind"), sa.Column("arguments", sa.JSON, nullable=False), _text("state"),
        sa.Column("attempts", sa.Integer, nullable=False), sa.Column("worker", sa.String),
        sa.Column("leased_until", TIME), sa.Column("not_before", TIME), _text("made_at", TIME),
        sa.Column("ended_at", TIME), sa.Column("result", sa.JSON), sa.Column("error", sa.String),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_index("jobs_by_state", "jobs", ["state", "seq"])


def _people() -> None:
    op.create_table(
        "judgements", _seq(), _text("a"), _text("b"), _text("judgement"), _text("by"), _text("at", TIME),
        _text("why"),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_index("judgements_by_pair", "judgements", ["a", "b"])
    op.create_index("judgements_by_b", "judgements", ["b"])
    op.create_table(
        "decisions", _seq(), _text("lead"), sa.Column("decision", sa.String), sa.Column("reason", sa.String),
        _text("note"), sa.Column("until", TIME), _text("by"), _text("at", TIME),
        sa.Column("cancels", sa.Integer, sa.ForeignKey("decisions.seq"), unique=True),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_index("decisions_by_lead", "decisions", ["lead"])
    op.create_table(
        "searches", sa.Column("id", sa.String, primary_key=True), _text("actor"), _text("at", TIME),
        sa.Column("query", sa.JSON, nullable=False),
    )  # fmt: skip
    op.create_table(
        "meta", sa.Column("key", sa.String, primary_key=True), sa.Column("value", sa.JSON, nullable=False)
    )


def _groups() -> None:
    op.create_table(
        "leads", sa.Column("id", sa.String, primary_key=True), _text("identity"),
        sa.Column("rank", sa.Integer, nullable=False), sa.Column("score", sa.Float, nullable=False),
        _text("word"), _text("run"),
    )  # fmt: skip
    op.create_index("leads_by_rank", "leads", ["rank"])
    op.create_index("leads_by_identity", "leads", ["identity"])
    op.create_table(
        "identity_history", _seq(), _text("run"), _text("at", TIME), _text("level"), _text("change"),
        _text("identity"), _text("other"), sa.Column("ads", sa.Integer, nullable=False),
        sa.UniqueConstraint("run", "change", "identity", "other", name="identity_history_once"),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_index("identity_history_by_identity", "identity_history", ["identity"])
    op.create_index("identity_history_by_other", "identity_history", ["other"])


def _seq() -> sa.Column[int]:
    return sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True)


def _text(name: str, kind: sa.String | None = None) -> sa.Column[str]:
    return sa.Column(name, kind or sa.String(), nullable=False)

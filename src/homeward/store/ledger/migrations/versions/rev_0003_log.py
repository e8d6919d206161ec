"""The audit log: each event becomes an entry of a tree, its detail sealed under a key of its own.

Events that were recorded before are sealed here, in their order.
"""

import json

import sqlalchemy as sa
from alembic import op

from homeward.store import disk
from homeward.store.ledger import entries, merkle

revision = "0003_log"
down_revision = "0002_people"
branch_labels = None
depends_on = None

APPEND_ONLY = ("events", "event_nodes", "checkpoints")
TIME = sa.String(32)


def upgrade() -> None:
    """Make the log's tables and carry every event over."""
    op.rename_table("events", "events_before")
    _tables()
    disk.failpoint("migration.0003.half")
    _carry_over(op.get_bind())
    op.drop_table("events_before")
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            _refuse(table, verb, f"{table} is append-only")
    _refuse("event_keys", "UPDATE", "a key never changes")
    disk.failpoint("migration.0003.made")


def downgrade() -> None:
    """There is no way back: a log is never unmade."""
    raise NotImplementedError("the audit log cannot be unmade")


def _tables() -> None:
    op.create_table(
        "events", _seq(), _text("at", TIME), _text("actor"), _text("role"), _text("door"), _text("act"),
        _text("case"), _text("purpose"), sa.Column("objects", sa.JSON, nullable=False),
        sa.Column("rows", sa.Integer), _text("outcome"), _bytes("cipher"), _bytes("salt"), _bytes("leaf"),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_table(
        "event_keys",
        sa.Column("seq", sa.Integer, sa.ForeignKey("events.seq"), primary_key=True, autoincrement=False),
        _bytes("key"),
    )
    op.create_table(
        "event_nodes", _seq(), sa.Column("level", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False), _bytes("hash"),
        sa.UniqueConstraint("level", "place", name="event_nodes_once"),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_table(
        "checkpoints", _seq(), _text("at", TIME), sa.Column("size", sa.Integer, nullable=False),
        _bytes("root"), _text("note"),
        sqlite_autoincrement=True,
    )  # fmt: skip


def _carry_over(tx: sa.Connection) -> None:
    leaves: dict[tuple[int, int], bytes] = {}
    wanted = sa.text(
        "SELECT seq, at, actor, door, act, objects, outcome, detail FROM events_before ORDER BY seq"
    )
    for size, row in enumerate(tx.execute(wanted).all()):
        objects = json.loads(row.objects)
        fields = {
            "at": row.at, "actor": row.actor, "role": "", "door": row.door, "act": row.act, "case": "",
            "purpose": "", "objects": entries.opaque(objects), "rows": None, "outcome": row.outcome,
        }  # fmt: skip
        payload = {"detail": json.loads(row.detail), "objects": objects}
        entry = entries.seal(entries.header(size + 1, fields), payload)
        kept = {**fields, "objects": json.dumps(fields["objects"], separators=(",", ":"))}
        _insert(tx, "events", seq=size + 1, cipher=entry.cipher, salt=entry.salt, leaf=entry.leaf, **kept)
        _insert(tx, "event_keys", seq=size + 1, key=entry.key)
        leaves[0, size] = entry.leaf
        for level, place, found in merkle.grown(size, entry.leaf, lambda *at: leaves[at]):
            leaves[level, place] = found
            _insert(tx, "event_nodes", level=level, place=place, hash=found)


def _insert(tx: sa.Connection, table: str, **values: object) -> None:
    names = ", ".join(f'"{name}"' for name in values)
    places = ", ".join(f":{name}" for name in values)
    tx.execute(sa.text(f"INSERT INTO {table} ({names}) VALUES ({places})"), values)


def _refuse(table: str, verb: str, said: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
    )


def _seq() -> sa.Column[int]:
    return sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True)


def _text(name: str, kind: sa.String | None = None) -> sa.Column[str]:
    return sa.Column(name, kind or sa.String(), nullable=False)


def _bytes(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, nullable=False)

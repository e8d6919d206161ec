"""Where ads come from: registered sources, and what was loaded from each."""

import sqlalchemy as sa
from alembic import op

revision = "0013_sources"
down_revision = "0012_tally"
branch_labels = None
depends_on = None

TIME = sa.String(32)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "sources", _seq(), *_words("name", "kind", "basis", "dpia", "by"), _time("at"),
        sa.Column("ended_by", sa.String), sa.Column("ended_at", TIME), sa.Column("ended_why", sa.String),
    )  # fmt: skip
    op.create_table(
        "loads", _seq(), *_words("source", "file_sha256", "supplier", "basis", "dpia", "by"), _time("at"),
    )  # fmt: skip
    op.create_index("loads_by_file", "loads", ["file_sha256"])


def downgrade() -> None:
    """There is no way back: a ledger is never unmade."""
    raise NotImplementedError("what was loaded on which basis cannot be unsaid")


def _seq() -> sa.Column[int]:
    return sa.Column("seq", sa.Integer, primary_key=True)


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, nullable=False) for name in names]


def _time(name: str) -> sa.Column[str]:
    return sa.Column(name, TIME, nullable=False)

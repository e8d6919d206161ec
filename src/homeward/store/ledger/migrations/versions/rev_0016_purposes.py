"""Purposes that two people added to the closed list."""

import sqlalchemy as sa
from alembic import op

revision = "0016_purposes"
down_revision = "0015_banner"
branch_labels = None
depends_on = None

TIME = sa.String(32)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "purposes", sa.Column("seq", sa.Integer, primary_key=True), *_words("name", "says"),
        sa.Column("roles", sa.JSON, nullable=False), *_words("by", "agreed_by"),
        sa.Column("at", TIME, nullable=False), sa.Column("ended_by", sa.String),
        sa.Column("ended_at", TIME), sa.Column("ended_why", sa.String),
    )  # fmt: skip


def downgrade() -> None:
    """There is no way back: a ledger is never unmade."""
    raise NotImplementedError("for what something was looked at cannot be unsaid")


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, nullable=False) for name in names]

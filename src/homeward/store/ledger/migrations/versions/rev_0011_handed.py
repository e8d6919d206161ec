"""Exports keep which ads they handed out."""

import sqlalchemy as sa
from alembic import op

revision = "0011_handed"
down_revision = "0010_review"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "handed", sa.Column("seq", sa.Integer, primary_key=True), _word("recipient"), _word("what"),
        _word("basis"), _word("by"), sa.Column("at", sa.String(32), nullable=False),
        sa.Column("ads", sa.LargeBinary, nullable=False),
    )  # fmt: skip


def downgrade() -> None:
    """There is no way back: a ledger is never unmade."""
    raise NotImplementedError("what was handed out cannot be unsaid")


def _word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False)

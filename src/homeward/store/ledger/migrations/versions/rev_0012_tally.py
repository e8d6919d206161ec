"""Rows of outcomes that name nobody, for retraining, and the control sample."""

import sqlalchemy as sa
from alembic import op

revision = "0012_tally"
down_revision = "0011_handed"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and the column that takes a row back when a lowering is lifted."""
    op.create_table(
        "tally", sa.Column("key", sa.String, primary_key=True),
        sa.Column("confirmed", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("control", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("share", sa.Float, nullable=False), sa.Column("says", sa.JSON, nullable=False),
        sa.Column("families", sa.Integer, nullable=False),
        _word("region"), _word("site"), _word("language"), _word("size"), _word("quarter"),
        _word("made_by"), sa.Column("outcome", sa.Integer), sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_table(
        "controls", sa.Column("group", sa.String, primary_key=True),
        sa.Column("reviewed", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("sealed", sa.String), sa.Column("check", sa.String),
    )  # fmt: skip
    op.add_column("lowered", sa.Column("tallied", sa.String))


def downgrade() -> None:
    """There is no way back: a ledger is never unmade."""
    raise NotImplementedError("the tally cannot be unmade")


def _word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False)

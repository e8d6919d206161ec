"""An outcome may name a day on which somebody looks again."""

import sqlalchemy as sa
from alembic import op

revision = "0010_review"
down_revision = "0009_notes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("outcomes", sa.Column("review", sa.String))


def downgrade() -> None:
    """There is no way back: a ledger is never unmade."""
    raise NotImplementedError("the ledger's outcomes cannot be unmade")

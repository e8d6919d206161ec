"""Urgent marks keep what kind they are, and the ads that they mark."""

import sqlalchemy as sa
from alembic import op

revision = "0006_urgent"
down_revision = "0005_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; no mark could be set before."""
    with op.batch_alter_table("child_flags") as table:
        table.add_column(sa.Column("kind", sa.String, nullable=False, server_default="possible-child"))
        table.add_column(sa.Column("ads", sa.JSON, nullable=False, server_default="[]"))


def downgrade() -> None:
    """There is no way back: a ledger is never unmade."""
    raise NotImplementedError("the ledger's marks cannot be unmade")

"""A watch keeps which ads it found at its owner's last look, as digests."""

import sqlalchemy as sa
from alembic import op

revision = "0008_watches"
down_revision = "0007_providers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; no watch could be kept before."""
    with op.batch_alter_table("watches") as table:
        table.add_column(sa.Column("seen", sa.LargeBinary, nullable=False, server_default=""))


def downgrade() -> None:
    """There is no way back: a ledger is never unmade."""
    raise NotImplementedError("the ledger's watches cannot be unmade")

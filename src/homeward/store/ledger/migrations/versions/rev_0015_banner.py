"""When the person of a session said that they know how this may be used."""

import sqlalchemy as sa
from alembic import op

revision = "0015_banner"
down_revision = "0014_corrections"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; sessions of before are asked once."""
    op.add_column("sessions", sa.Column("banner_at", sa.String(32)))


def downgrade() -> None:
    """There is no way back: a ledger is never unmade."""
    raise NotImplementedError("what was acknowledged stays")

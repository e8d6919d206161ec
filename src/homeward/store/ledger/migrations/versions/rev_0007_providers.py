"""Whom an identity provider's subjects stand for, as administrators named them."""

import sqlalchemy as sa
from alembic import op

revision = "0007_providers"
down_revision = "0006_urgent"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "provider_names", sa.Column("account", sa.String, primary_key=True),
        sa.Column("issuer", sa.String, nullable=False), sa.Column("subject", sa.String, nullable=False),
        sa.Column("by", sa.String, nullable=False), sa.Column("at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.name"]),
        sa.UniqueConstraint("issuer", "subject", name="provider_names_once"),
    )  # fmt: skip


def downgrade() -> None:
    """There is no way back: a ledger is never unmade."""
    raise NotImplementedError("the ledger's names cannot be unmade")

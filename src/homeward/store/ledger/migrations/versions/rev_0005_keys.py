"""Security keys of accounts, and the challenges that they answer."""

import sqlalchemy as sa
from alembic import op

revision = "0005_keys"
down_revision = "0004_records"
branch_labels = None
depends_on = None

TIME = sa.String(32)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "passkeys", sa.Column("id", sa.String, primary_key=True), _word("account"), _word("label"),
        sa.Column("data", sa.LargeBinary, nullable=False), sa.Column("counter", sa.Integer, nullable=False),
        sa.Column("made_at", TIME, nullable=False), sa.Column("used_at", TIME),
        sa.ForeignKeyConstraint(["account"], ["accounts.name"]),
    )  # fmt: skip
    op.create_index("passkeys_by_account", "passkeys", ["account"])
    op.create_table(
        "challenges", sa.Column("digest", sa.String, primary_key=True), _word("kind"), _word("principal"),
        sa.Column("held", sa.JSON, nullable=False), sa.Column("expires_at", TIME, nullable=False),
    )  # fmt: skip


def downgrade() -> None:
    """There is no way back: a ledger is never unmade."""
    raise NotImplementedError("the ledger's keys cannot be unmade")


def _word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False)

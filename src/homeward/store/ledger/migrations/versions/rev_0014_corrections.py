"""What a records officer says of a value that an ad gives: that it is disputed, or what is right."""

import sqlalchemy as sa
from alembic import op

revision = "0014_corrections"
down_revision = "0013_sources"
branch_labels = None
depends_on = None

TIME = sa.String(32)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "corrections", sa.Column("seq", sa.Integer, primary_key=True),
        *_words("ad", "kind", "value", "says", "right", "why", "reference", "by"),
        sa.Column("at", TIME, nullable=False), sa.Column("lifted_by", sa.String),
        sa.Column("lifted_at", TIME), sa.Column("lifted_why", sa.String),
    )  # fmt: skip
    op.create_index("corrections_by_ad", "corrections", ["ad"])


def downgrade() -> None:
    """There is no way back: a ledger is never unmade."""
    raise NotImplementedError("a correction is lifted by a person, not by an older program")


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, nullable=False) for name in names]

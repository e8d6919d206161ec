"""Notes on dossiers: of one case, or of their author alone."""

import sqlalchemy as sa
from alembic import op

revision = "0009_notes"
down_revision = "0008_watches"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    words = (sa.Column(name, sa.String, nullable=False) for name in ("note", "identity", "ad", "by"))
    op.create_table(
        "dossier_notes", sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True), *words,
        sa.Column("case", sa.String), sa.Column("text", sa.String),
        sa.Column("at", sa.String(32), nullable=False), sqlite_autoincrement=True,
    )  # fmt: skip


def downgrade() -> None:
    """There is no way back: a ledger is never unmade."""
    raise NotImplementedError("notes cannot be unmade")

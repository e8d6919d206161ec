"""Records management: what was erased, held, reviewed, handed out, and asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0004_records"
down_revision = "0003_log"
branch_labels = None
depends_on = None

TIME = sa.String(32)


def upgrade() -> None:
    """Make the tables."""
    op.create_table("erased", sa.Column("ad", sa.String, primary_key=True), _time("at"))
    op.create_table(
        "holds", _seq(), *_words("ad", "why", "by"), _time("at"), sa.Column("lifted_by", sa.String),
        sa.Column("lifted_at", TIME),
    )  # fmt: skip
    op.create_table("reviews", _seq(), *_words("ad", "why", "by"), _time("at"), _time("until"))
    op.create_table(
        "disclosures", _seq(), *_words("ad", "recipient", "what", "basis", "by"), _time("at")
    )  # fmt: skip
    for table in ("holds", "reviews", "disclosures"):
        op.create_index(f"{table}_by_ad", table, ["ad"])
    op.create_table(
        "asked", sa.Column("reference", sa.String, primary_key=True), *_words("kind", "grounds"),
        sa.Column("ads", sa.JSON, nullable=False), _time("at"), *_words("by"),
        sa.Column("answer", sa.String), sa.Column("answered_by", sa.String),
        sa.Column("answered_at", TIME),
    )  # fmt: skip


def downgrade() -> None:
    """There is no way back: a ledger is never unmade."""
    raise NotImplementedError("the ledger's records cannot be unmade")


def _seq() -> sa.Column[int]:
    return sa.Column("seq", sa.Integer, primary_key=True)


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, nullable=False) for name in names]


def _time(name: str) -> sa.Column[str]:
    return sa.Column(name, TIME, nullable=False)

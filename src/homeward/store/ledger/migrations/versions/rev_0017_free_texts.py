"""Words about erased ads may go from rows that are otherwise only added to."""

from alembic import op

revision = "0017_free_texts"
down_revision = "0016_purposes"
branch_labels = None
depends_on = None

# Table → the text that may become "(erased)", and every column that may not change with it.
TEXTS = {
    "judgements": ("why", ("seq", "a", "b", "judgement", "by", "at")),
    "decisions": ("note", ("seq", "lead", "decision", "reason", "until", "by", "at", "cancels", "case")),
    "outcomes": ("note", ("seq", "lead", "outcome", "case", "by", "at", "cancels", "review")),
}


def upgrade() -> None:
    """Let exactly that change pass, and no other."""
    for table, (text, others) in TEXTS.items():
        same = " AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in others)
        op.execute(f"DROP TRIGGER {table}_no_update")
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
            f"WHEN NOT (NEW.{text} = '(erased)' AND {same}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def downgrade() -> None:
    """There is no way back: a ledger is never unmade."""
    raise NotImplementedError("what was erased cannot be brought back")

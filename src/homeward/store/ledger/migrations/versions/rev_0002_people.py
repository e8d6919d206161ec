"""People: accounts, sessions, cases and their members, requests, watches, outcomes, flags."""

import sqlalchemy as sa
from alembic import op

revision = "0002_people"
down_revision = "0001"
branch_labels = None
depends_on = None

TIME = sa.String(32)  # UTC, as text of constant width


def upgrade() -> None:
    """Make the tables of people; a decision of before belongs to no case."""
    _cases()
    _accounts()
    _acts()
    _watching()
    op.add_column("decisions", sa.Column("case", sa.String))
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER outcomes_no_{verb.lower()} BEFORE {verb} ON outcomes "
            "BEGIN SELECT RAISE(ABORT, 'outcomes is append-only'); END"
        )


def downgrade() -> None:
    """There is no way back: a ledger is never unmade."""
    raise NotImplementedError("the ledger's people cannot be unmade")


def _cases() -> None:
    op.create_table(
        "cases", _key("id"), *_words("title", "state"),
        sa.Column("sealed", sa.Boolean(create_constraint=False), nullable=False), *_words("made_by"),
        _time("made_at"),
    )  # fmt: skip
    op.create_table(
        "case_members", sa.Column("case", sa.String, sa.ForeignKey("cases.id"), primary_key=True),
        _key("account"), *_words("standing", "by"), _time("since"),
    )  # fmt: skip
    op.create_index("case_members_by_account", "case_members", ["account"])


def _accounts() -> None:
    op.create_table(
        "accounts", _key("name"), *_words("display", "role", "state"), sa.Column("password", sa.String),
        sa.Column("totp", sa.String), sa.Column("totp_step", sa.Integer), *_words("made_by"),
        _time("made_at"), _maybe("seen_at"), _maybe("until"),
    )  # fmt: skip
    op.create_table(
        "recovery_codes", sa.Column("account", sa.String, sa.ForeignKey("accounts.name"), primary_key=True),
        _key("digest"), _maybe("used_at"),
    )  # fmt: skip
    op.create_table("attempts", sa.Column("seq", sa.Integer, primary_key=True), *_words("name"), _time("at"))
    op.create_index("attempts_by_name", "attempts", ["name", "at"])
    op.create_table(
        "sessions", _key("token"), *_words("principal", "role"), _time("made_at"), _time("seen_at"),
        _time("proved_at"), sa.Column("purpose", sa.String), sa.Column("case", sa.String),
    )  # fmt: skip
    op.create_index("sessions_by_principal", "sessions", ["principal"])
    op.create_table(
        "links", _key("token"), *_words("kind", "principal"), sa.Column("secret", sa.String),
        _time("made_at"), _time("expires_at"), _maybe("used_at"),
    )  # fmt: skip


def _acts() -> None:
    op.create_table(
        "requests", _key("id"), *_words("action", "digest"), sa.Column("parameters", sa.JSON, nullable=False),
        sa.Column("case", sa.String), *_words("why", "by"), _time("at"), _time("expires_at"),
        sa.Column("decision", sa.String), sa.Column("decided_by", sa.String), _maybe("decided_at"),
        _maybe("used_at"),
    )  # fmt: skip
    op.create_table(
        "glass", _key("id"), *_words("account", "case", "why"), _time("at"), _time("until"),
        sa.Column("reviewed_by", sa.String), _maybe("reviewed_at"), sa.Column("found", sa.String),
    )  # fmt: skip
    op.create_index("glass_by_account", "glass", ["account"])


def _watching() -> None:
    op.create_table(
        "watches", _key("id"), *_words("owner", "kind", "name"), sa.Column("case", sa.String),
        sa.Column("query", sa.JSON, nullable=False), _time("made_at"), _time("expires_at"),
        _time("looked_at"),
    )  # fmt: skip
    op.create_index("watches_by_owner", "watches", ["owner"])
    op.create_table(
        "outcomes", _seq(), *_words("lead"), sa.Column("outcome", sa.String), *_words("note"),
        sa.Column("case", sa.String), *_words("by"), _time("at"),
        sa.Column("cancels", sa.Integer, sa.ForeignKey("outcomes.seq"), unique=True),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_index("outcomes_by_lead", "outcomes", ["lead"])
    op.create_table("lowered", _key("persona"), *_words("facts"), _time("until"))
    op.create_table(
        "child_flags", _seq(), *_words("subject", "by", "why"), _time("at"),
        sa.Column("acknowledged_by", sa.String), _maybe("acknowledged_at"), sa.Column("lifted_by", sa.String),
        _maybe("lifted_at"), sa.Column("lifted_why", sa.String),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_index("child_flags_by_subject", "child_flags", ["subject"])


def _seq() -> sa.Column[int]:
    return sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True)


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, primary_key=True)


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, nullable=False) for name in names]


def _time(name: str) -> sa.Column[str]:
    return sa.Column(name, TIME, nullable=False)


def _maybe(name: str) -> sa.Column[str]:
    return sa.Column(name, TIME)

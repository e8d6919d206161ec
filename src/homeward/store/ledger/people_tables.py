"""The tables of people and their cases; a token or a code is kept only as its digest."""

from __future__ import annotations

import sqlalchemy as sa

from homeward.store.ledger.tables import Utc, metadata


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, nullable=False) for name in names]


cases = sa.Table(
    "cases", metadata, sa.Column("id", sa.String, primary_key=True), *_words("title", "state"),
    sa.Column("sealed", sa.Boolean(create_constraint=False), nullable=False), *_words("made_by"),
    sa.Column("made_at", Utc, nullable=False),
)  # fmt: skip

# Who is of a case now; who was, the events say.
case_members = sa.Table(
    "case_members", metadata,
    sa.Column("case", sa.String, sa.ForeignKey("cases.id"), primary_key=True),
    sa.Column("account", sa.String, primary_key=True), *_words("standing", "by"),
    sa.Column("since", Utc, nullable=False), sa.Index("case_members_by_account", "account"),
)  # fmt: skip

# `totp_step` is the last time step whose code was taken: a code opens once.
accounts = sa.Table(
    "accounts", metadata, sa.Column("name", sa.String, primary_key=True), *_words("display", "role", "state"),
    sa.Column("password", sa.String), sa.Column("totp", sa.String), sa.Column("totp_step", sa.Integer),
    *_words("made_by"), sa.Column("made_at", Utc, nullable=False), sa.Column("seen_at", Utc),
    sa.Column("until", Utc),
)  # fmt: skip

recovery_codes = sa.Table(
    "recovery_codes", metadata,
    sa.Column("account", sa.String, sa.ForeignKey("accounts.name"), primary_key=True),
    sa.Column("digest", sa.String, primary_key=True), sa.Column("used_at", Utc),
)  # fmt: skip

# Security keys (WebAuthn): public keys, and how often each said it had signed.
passkeys = sa.Table(
    "passkeys", metadata, sa.Column("id", sa.String, primary_key=True),
    sa.Column("account", sa.String, sa.ForeignKey("accounts.name"), nullable=False), *_words("label"),
    sa.Column("data", sa.LargeBinary, nullable=False), sa.Column("counter", sa.Integer, nullable=False),
    sa.Column("made_at", Utc, nullable=False), sa.Column("used_at", Utc),
    sa.Index("passkeys_by_account", "account"),
)  # fmt: skip

# What was asked of a key, or of another house's door, and is not answered yet; each is answered once.
challenges = sa.Table(
    "challenges", metadata, sa.Column("digest", sa.String, primary_key=True), *_words("kind", "principal"),
    sa.Column("held", sa.JSON, nullable=False), sa.Column("expires_at", Utc, nullable=False),
)  # fmt: skip

# Which account a subject of an identity provider opens: only one that an administrator named.
provider_names = sa.Table(
    "provider_names", metadata,
    sa.Column("account", sa.String, sa.ForeignKey("accounts.name"), primary_key=True),
    *_words("issuer", "subject", "by"), sa.Column("at", Utc, nullable=False),
    sa.UniqueConstraint("issuer", "subject", name="provider_names_once"),
)  # fmt: skip

# Failed sign-ins of the last minutes, also under names that nobody has: both are locked alike.
attempts = sa.Table(
    "attempts", metadata, sa.Column("seq", sa.Integer, primary_key=True), *_words("name"),
    sa.Column("at", Utc, nullable=False), sa.Index("attempts_by_name", "name", "at"),
)  # fmt: skip

# Purposes that two people added to the closed list.
purposes = sa.Table(
    "purposes", metadata, sa.Column("seq", sa.Integer, primary_key=True), *_words("name", "says"),
    sa.Column("roles", sa.JSON, nullable=False), *_words("by", "agreed_by"),
    sa.Column("at", Utc, nullable=False), sa.Column("ended_by", sa.String), sa.Column("ended_at", Utc),
    sa.Column("ended_why", sa.String),
)  # fmt: skip

sessions = sa.Table(
    "sessions", metadata, sa.Column("token", sa.String, primary_key=True), *_words("principal", "role"),
    sa.Column("made_at", Utc, nullable=False), sa.Column("seen_at", Utc, nullable=False),
    sa.Column("proved_at", Utc, nullable=False), sa.Column("purpose", sa.String),
    sa.Column("case", sa.String), sa.Column("banner_at", Utc),
    sa.Index("sessions_by_principal", "principal"),
)  # fmt: skip

# Links that open once: an invitation, a new second factor, the door of a demo workspace.
links = sa.Table(
    "links", metadata, sa.Column("token", sa.String, primary_key=True), *_words("kind", "principal"),
    sa.Column("secret", sa.String), sa.Column("made_at", Utc, nullable=False),
    sa.Column("expires_at", Utc, nullable=False), sa.Column("used_at", Utc),
)  # fmt: skip

# Four eyes: one act with exactly these parameters, asked for by one person and agreed to by another.
requests = sa.Table(
    "requests", metadata, sa.Column("id", sa.String, primary_key=True), *_words("action", "digest"),
    sa.Column("parameters", sa.JSON, nullable=False), sa.Column("case", sa.String), *_words("why", "by"),
    sa.Column("at", Utc, nullable=False), sa.Column("expires_at", Utc, nullable=False),
    sa.Column("decision", sa.String), sa.Column("decided_by", sa.String), sa.Column("decided_at", Utc),
    sa.Column("used_at", Utc),
)  # fmt: skip

# Reading a case in an emergency without being of it.
glass = sa.Table(
    "glass", metadata, sa.Column("id", sa.String, primary_key=True), *_words("account", "case", "why"),
    sa.Column("at", Utc, nullable=False), sa.Column("until", Utc, nullable=False),
    sa.Column("reviewed_by", sa.String), sa.Column("reviewed_at", Utc), sa.Column("found", sa.String),
    sa.Index("glass_by_account", "account"),
)  # fmt: skip

# Watched values and saved searches: private to their owner, with an end.
watches = sa.Table(
    "watches", metadata, sa.Column("id", sa.String, primary_key=True), *_words("owner", "kind", "name"),
    sa.Column("case", sa.String), sa.Column("query", sa.JSON, nullable=False),
    sa.Column("made_at", Utc, nullable=False), sa.Column("expires_at", Utc, nullable=False),
    sa.Column("looked_at", Utc, nullable=False),
    sa.Column("seen", sa.LargeBinary, nullable=False, server_default=""),
    sa.Index("watches_by_owner", "owner"),
)  # fmt: skip

# What became of a lead. Only ever added to; `cancels` names the row that this one takes back.
outcomes = sa.Table(
    "outcomes", metadata, sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    *_words("lead"), sa.Column("outcome", sa.String), sa.Column("note", sa.String, nullable=False),
    sa.Column("case", sa.String), *_words("by"), sa.Column("at", Utc, nullable=False),
    sa.Column("cancels", sa.Integer, sa.ForeignKey("outcomes.seq"), unique=True),
    sa.Column("review", sa.String),
    sa.Index("outcomes_by_lead", "lead"), sqlite_autoincrement=True,
)  # fmt: skip

# Personas lowered for a time: keyed digests of what matching needs, and nothing that names anyone.
lowered = sa.Table(
    "lowered", metadata, sa.Column("persona", sa.String, primary_key=True), *_words("facts"),
    sa.Column("until", Utc, nullable=False), sa.Column("tallied", sa.String),
)  # fmt: skip

# Outcomes for retraining. A row names nobody; its key is drawn by chance and is its only place in the table,
# so that the order in which rows came in is kept nowhere. `outcome` is that of a lead, where one is kept.
tally = sa.Table(
    "tally", metadata, sa.Column("key", sa.String, primary_key=True),
    sa.Column("confirmed", sa.Boolean(create_constraint=False), nullable=False),
    sa.Column("control", sa.Boolean(create_constraint=False), nullable=False),
    sa.Column("share", sa.Float, nullable=False), sa.Column("says", sa.JSON, nullable=False),
    sa.Column("families", sa.Integer, nullable=False),
    *_words("region", "site", "language", "size", "quarter", "made_by"), sa.Column("outcome", sa.Integer),
    sqlite_with_rowid=False,
)  # fmt: skip

# The control sample: groups that are no lead, and whether somebody looked. What they found is not here:
# `sealed` names the row only to whoever has the receipt, whose digest is `check`.
controls = sa.Table(
    "controls", metadata, sa.Column("group", sa.String, primary_key=True),
    sa.Column("reviewed", sa.Boolean(create_constraint=False), nullable=False),
    sa.Column("sealed", sa.String), sa.Column("check", sa.String),
)  # fmt: skip

# Notes on dossiers, a row a version; one without a case is its author's alone.
dossier_notes = sa.Table(
    "dossier_notes", metadata, sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    *_words("note", "identity", "ad", "by"), sa.Column("case", sa.String), sa.Column("text", sa.String),
    sa.Column("at", Utc, nullable=False), sqlite_autoincrement=True,
)  # fmt: skip

# "A possible child": restricts at once; only a second person lifts it.
child_flags = sa.Table(
    "child_flags", metadata, sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    *_words("subject", "by", "why"), sa.Column("at", Utc, nullable=False),
    sa.Column("kind", sa.String, nullable=False, server_default="possible-child"),
    sa.Column("ads", sa.JSON, nullable=False, server_default="[]"),
    sa.Column("acknowledged_by", sa.String), sa.Column("acknowledged_at", Utc),
    sa.Column("lifted_by", sa.String), sa.Column("lifted_at", Utc), sa.Column("lifted_why", sa.String),
    sa.Index("child_flags_by_subject", "subject"), sqlite_autoincrement=True,
)  # fmt: skip

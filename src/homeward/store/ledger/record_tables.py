"""The tables of records management: what was erased, held, reviewed, handed out, and asked for."""

from __future__ import annotations

import sqlalchemy as sa

from homeward.store.ledger.tables import Utc, metadata


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, nullable=False) for name in names]


# Ads that are never taken in again; nothing of them is here but their opaque id.
erased = sa.Table(
    "erased", metadata, sa.Column("ad", sa.String, primary_key=True), sa.Column("at", Utc, nullable=False)
)

# A legal hold: the ad may not be erased until the hold is lifted.
holds = sa.Table(
    "holds", metadata, sa.Column("seq", sa.Integer, primary_key=True), *_words("ad", "why", "by"),
    sa.Column("at", Utc, nullable=False), sa.Column("lifted_by", sa.String), sa.Column("lifted_at", Utc),
    sa.Index("holds_by_ad", "ad"),
)  # fmt: skip

# That somebody looked at an ad's record again and keeps it until a day, and why.
reviews = sa.Table(
    "reviews", metadata, sa.Column("seq", sa.Integer, primary_key=True), *_words("ad", "why", "by"),
    sa.Column("at", Utc, nullable=False), sa.Column("until", Utc, nullable=False),
    sa.Index("reviews_by_ad", "ad"),
)  # fmt: skip

# Each ad that was handed to somebody outside.
disclosures = sa.Table(
    "disclosures", metadata, sa.Column("seq", sa.Integer, primary_key=True),
    *_words("ad", "recipient", "what", "basis", "by"), sa.Column("at", Utc, nullable=False),
    sa.Index("disclosures_by_ad", "ad"),
)  # fmt: skip

# Each export, and which ads it handed out (`handed.Ads`).
handed = sa.Table(
    "handed", metadata, sa.Column("seq", sa.Integer, primary_key=True),
    *_words("recipient", "what", "basis", "by"), sa.Column("at", Utc, nullable=False),
    sa.Column("ads", sa.LargeBinary, nullable=False),
)  # fmt: skip

# What a person asked for about ads; it knows no name and no contact of theirs, and has no place for any.
asked = sa.Table(
    "asked", metadata, sa.Column("reference", sa.String, primary_key=True), *_words("kind", "grounds"),
    sa.Column("ads", sa.JSON, nullable=False), sa.Column("at", Utc, nullable=False), *_words("by"),
    sa.Column("answer", sa.String), sa.Column("answered_by", sa.String), sa.Column("answered_at", Utc),
)  # fmt: skip

# Where ads may come from: on which legal basis, and under which impact assessment. An ended one stays.
sources = sa.Table(
    "sources", metadata, sa.Column("seq", sa.Integer, primary_key=True),
    *_words("name", "kind", "basis", "dpia", "by"), sa.Column("at", Utc, nullable=False),
    sa.Column("ended_by", sa.String), sa.Column("ended_at", Utc), sa.Column("ended_why", sa.String),
)  # fmt: skip

# Each file that was taken in, with the basis and the assessment as they stood then.
loads = sa.Table(
    "loads", metadata, sa.Column("seq", sa.Integer, primary_key=True),
    *_words("source", "file_sha256", "supplier", "basis", "dpia", "by"), sa.Column("at", Utc, nullable=False),
    sa.Index("loads_by_file", "file_sha256"),
)  # fmt: skip

# That a value which an ad gives is wrong, as a records officer says; `right` is what is right, if known.
corrections = sa.Table(
    "corrections", metadata, sa.Column("seq", sa.Integer, primary_key=True),
    *_words("ad", "kind", "value", "says", "right", "why", "reference", "by"),
    sa.Column("at", Utc, nullable=False), sa.Column("lifted_by", sa.String),
    sa.Column("lifted_at", Utc), sa.Column("lifted_why", sa.String), sa.Index("corrections_by_ad", "ad"),
)  # fmt: skip

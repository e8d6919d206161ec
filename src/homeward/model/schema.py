"""The columns of every lake table, as Arrow schemas: the contract between rooms.

This is the one file of the model that imports a library: pyarrow, for the names of types only.
`PRECIOUS` tables cannot be made again; every other table can, and says which run or reader made it.
"""

from __future__ import annotations

import pyarrow as pa

TIME = pa.timestamp("us", tz="UTC")
TEXTS = pa.list_(pa.string())
PHOTO = pa.struct(
    [("path", pa.string()), ("url", pa.string()), ("sha256", pa.string()), ("pdq", pa.string())]
)

AD_FIELDS = [
    ("source_id", pa.string()), ("url", pa.string()), ("site", pa.string()), ("posted_at", TIME),
    ("seen_at", TIME), ("zone_assumed", pa.bool_()), ("title", pa.string()), ("body", pa.string()),
    ("html", pa.string()), ("body_from", pa.string()), ("city", pa.string()), ("region", pa.string()),
    ("country", pa.string()), ("lat", pa.float64()), ("lon", pa.float64()), ("phones", TEXTS),
    ("emails", TEXTS), ("language", pa.string()), ("photos", pa.list_(PHOTO)), ("extra", pa.string()),
]  # fmt: skip

# What `collect` yields, before the arrival decision.
RECORDS = pa.schema(
    [("ad", pa.string()), ("capture", pa.string()), ("content_hash", pa.string()), *AD_FIELDS,
     ("original", pa.binary()), ("position", pa.int64())]
)  # fmt: skip

# One row a capture; append only. `month` (of being taken in, "2026-11") is the partition.
ADS = pa.schema(
    [*RECORDS, pa.field("revision", pa.int32()), pa.field("captured_at", TIME),
     pa.field("batch", pa.string()), pa.field("file_sha256", pa.string()),
     pa.field("supplier", pa.string()), pa.field("basis", pa.string()), pa.field("obtained", TIME),
     pa.field("witnessed", pa.bool_()), pa.field("month", pa.string())]
)  # fmt: skip

# An ad seen again with the same content; one row each time.
SIGHTINGS = pa.schema(
    [("ad", pa.string()), ("capture", pa.string()), ("posted_at", TIME), ("seen_at", TIME),
     ("batch", pa.string()), ("file_sha256", pa.string()), ("position", pa.int64()), ("month", pa.string())]
)  # fmt: skip

# Records (and photos) that could not be taken in, with the reason.
SET_ASIDE = pa.schema(
    [("what", pa.string()), ("reason", pa.string()), ("detail", pa.string()), ("original", pa.binary()),
     ("position", pa.int64()), ("batch", pa.string()), ("file_sha256", pa.string()), ("at", TIME),
     ("month", pa.string())]
)  # fmt: skip

# One row a mention of a capture. `detail` is a JSON object.
MENTIONS = pa.schema(
    [("ad", pa.string()), ("capture", pa.string()), ("kind", pa.string()), ("value", pa.string()),
     ("raw", pa.string()), ("start", pa.int32()), ("end", pa.int32()), ("part", pa.string()),
     ("confidence", pa.float32()), ("reader", pa.string()), ("detail", pa.string()),
     ("batch", pa.string()), ("month", pa.string())]
)  # fmt: skip

# Which version of all readers (and which knowledge file, by its hash) read a batch: one row a batch.
READINGS = pa.schema(
    [("batch", pa.string()), ("captures", pa.int64()), ("version", pa.string()), ("knowledge", pa.string()),
     ("month", pa.string())]
)  # fmt: skip
# Mentions that an earlier `version` read and the one named in `by` reads no longer.
SUPERSEDED = pa.schema([*MENTIONS, pa.field("version", pa.string()), pa.field("by", pa.string())])

PRINTS = pa.schema(
    [("ad", pa.string()), ("capture", pa.string()), ("photo", pa.int32()), ("kind", pa.string()),
     ("value", pa.string()), ("batch", pa.string()), ("month", pa.string())]
)  # fmt: skip

# One row a capture: its masked, normalised wording as sorted 64-bit shingle hashes, and its MinHash bands.
BANDS = pa.schema(
    [("ad", pa.string()), ("capture", pa.string()), ("shingles", pa.list_(pa.uint64())),
     ("bands", pa.list_(pa.uint64())), ("wording", pa.uint64()), ("version", pa.string()),
     ("batch", pa.string()), ("month", pa.string())]
)  # fmt: skip

# Made by refresh; `run` says by which. `pattern`, `values` and the like are JSON.
TEMPLATES = pa.schema(
    [("id", pa.string()), ("ads", TEXTS), ("size", pa.int32()), ("pattern", pa.string()),
     ("run", pa.string())]
)  # fmt: skip
LINKS = pa.schema(
    [("a", pa.string()), ("b", pa.string()), ("kind", pa.string()), ("value", pa.string()),
     ("weight", pa.float64()), ("reason", pa.string()), ("level", pa.string()), ("identity", pa.string()),
     ("run", pa.string())]
)  # fmt: skip
IDENTITIES = pa.schema(
    [("id", pa.string()), ("level", pa.string()), ("ads", TEXTS), ("size", pa.int32()),
     ("first_seen", TIME), ("last_seen", TIME), ("values", pa.string()), ("run", pa.string())]
)  # fmt: skip
# Where each ad is: one row an ad, sorted by ad.
MEMBERS = pa.schema(
    [("ad", pa.string()), ("capture", pa.string()), ("template", pa.string()), ("persona", pa.string()),
     ("network", pa.string()), ("lead", pa.string()), ("run", pa.string())]
)  # fmt: skip
FINDINGS = pa.schema(
    [("identity", pa.string()), ("indicator", pa.string()), ("family", pa.string()),
     ("direction", pa.string()), ("strength", pa.string()), ("sentence", pa.string()),
     ("weight", pa.float64()), ("source", pa.string()), ("mentions", pa.string()), ("ads", TEXTS),
     ("run", pa.string())]
)  # fmt: skip
LEADS = pa.schema(
    [("id", pa.string()), ("identity", pa.string()), ("rank", pa.int32()), ("score", pa.float64()),
     ("word", pa.string()), ("families", pa.int32()), ("title", pa.string()), ("ads", pa.int32()),
     ("personas", pa.int32()), ("phones", pa.int32()), ("names", pa.int32()), ("cities", pa.int32()),
     ("first_seen", TIME), ("last_seen", TIME), ("weekly", pa.list_(pa.int32())),
     ("venue_type", pa.string()), ("run", pa.string())]
)  # fmt: skip
# Values shared too widely to join anything, with the reason: shown, never silently dropped.
FILTERED = pa.schema(
    [("kind", pa.string()), ("value", pa.string()), ("ads", pa.int32()), ("posters", pa.int32()),
     ("reason", pa.string()), ("run", pa.string())]
)  # fmt: skip

# What the next refresh counts of each ad that it need not build anew: one row an ad, sorted by ad. `wording`
# and `contents` are hashes; `held` are the families of words in the text; `heads` says whether a poster
# begins with the ad.
TRAITS = pa.schema(
    [("ad", pa.string()), ("wording", pa.uint64()), ("thin", pa.bool_()), ("contents", pa.uint64()),
     ("site", pa.string()), ("city", pa.string()), ("placed", pa.string()), ("language", pa.string()),
     ("first_day", pa.float64()), ("last_day", pa.float64()), ("number", pa.bool_()), ("hidden", pa.bool_()),
     ("held", TEXTS), ("price", pa.float64()), ("currency", pa.string()), ("photos", TEXTS),
     ("contact", pa.bool_()), ("heads", pa.bool_()), ("run", pa.string())]
)  # fmt: skip

TABLES: dict[str, pa.Schema] = {
    "ads": ADS, "sightings": SIGHTINGS, "set_aside": SET_ASIDE, "mentions": MENTIONS, "prints": PRINTS,
    "readings": READINGS, "superseded": SUPERSEDED,
    "bands": BANDS, "templates": TEMPLATES, "links": LINKS, "identities": IDENTITIES, "members": MEMBERS,
    "findings": FINDINGS, "leads": LEADS, "filtered": FILTERED, "traits": TRAITS,
}  # fmt: skip
PRECIOUS = ("ads", "sightings", "set_aside")
RUN_TABLES = ("templates", "links", "identities", "members", "findings", "leads", "filtered", "traits")
# Tables with a `month` partition; run tables are partitioned by `run`.
MONTHLY = tuple(name for name, schema in TABLES.items() if "month" in schema.names)

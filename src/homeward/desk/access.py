"""Subject access: hand a person what is held about ads, and write that down as a disclosure.

Homeward knows no name of who asks. The officer checks that the ads concern them, and looks the paper
through: an ad may name others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from homeward.desk import corrected, veil
from homeward.desk import docs as documents
from homeward.desk.acts import event
from homeward.desk.labels import kind_label
from homeward.desk.permissions import demand, permitted
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import NotFound, UsageError
from homeward.model.event import Act
from homeward.model.permission import Target
from homeward.store.ledger import events, records, sources

MOST_ADS = 1_000  # of one paper
MOST_VALUES = 100
NOT_HERE = (
    "Not in here: leads, groups, judgements and notes: what people and the program make of the ads. "
    "Look it through before it is handed over: an ad may name others."
)
FIELDS = ("source_id", "site", "url", "title", "body", "city", "region", "country", "posted_at", "seen_at")

Row = dict[str, Any]


@permitted("records.access")
def answer(
    actor: Actor, house: House, reference: str, *, to: str, basis: str, values: Sequence[str] = ()
) -> Row:
    """Return what is held about the ads of a request, and about the ads that hold any of some values.

    `values` are normal forms, as a dossier shows them. The request is answered; each ad is in the list of
    disclosures, with `to` and `basis`. Ads that are marked urgent stop it.
    """
    demand(actor, house, "records.access", Target(), what="request")
    if not to.strip() or not basis.strip() or len(values) > MOST_VALUES:
        raise UsageError("Say to whom and on which basis it is handed over, with up to 100 values.")
    with house.ledger.read() as tx:
        asked = records.find_asked(tx, reference)
    if asked["kind"] != "access" or asked["answer"] is not None:
        raise UsageError("That is no open request for what is held.")
    wanted = sorted({*asked["ads"], *_holding(house, values)})
    if len(wanted) > MOST_ADS:
        raise UsageError(f"That is {len(wanted):,} ads; one paper holds up to {MOST_ADS:,}.")
    for ad in wanted:
        veil.unless_hidden(veil.over(actor, house), ad)
    held = _held(house, wanted)
    with house.ledger.write() as tx:
        records.answer(tx, reference, "handed over", by=actor.name, at=house.clock())
        records.disclose(
            tx, wanted, recipient=to.strip(), what="what is held (subject access)", basis=basis.strip(),
            by=actor.name, at=house.clock(),
        )  # fmt: skip
        events.record(tx, event(actor, house, Act.DISCLOSE, wanted, what="access", reference=reference,
                                recipient=to.strip()))  # fmt: skip
    return {"reference": reference, "at": house.clock(), "ads": held, "note": NOT_HERE}


def _holding(house: House, values: Sequence[str]) -> list[str]:
    """Return the ads that hold any of these values."""
    if not values or house.lake.version("mentions") < 0:
        return []
    found = house.lake.read(
        "mentions", columns=["ad"], filters=pc.field("value").isin(pa.array(sorted(set(values)), pa.string()))
    )
    return list(found["ad"].unique().to_pylist())


def _held(house: House, ads: Sequence[str]) -> list[Row]:
    """Return each ad as it is held: text, readings, where it came from, who got it, how long it stays."""
    docs = documents.load(house, ads)
    if missing := [ad for ad in ads if ad not in docs]:
        raise NotFound("ad", missing[0])
    captures = house.lake.find("ads", ads, columns=["ad", "captured_at", "supplier", "basis", "file_sha256"])
    said = corrected.sentences(house, ads)
    with house.ledger.read() as tx:
        told, held, kept = records.recipients(tx, ads), records.held(tx), records.kept_until(tx)
        loads = [
            {**row, "from": sources.of_file(tx, row["file_sha256"], at=row["captured_at"]) or {}}
            for row in captures.to_pylist()
        ]
    return [
        {
            "ad": ad, **{name: docs[ad].fields[name] for name in FIELDS},
            "read": [
                {"kind": kind_label(m["kind"]), "value": m["value"], "as_written": m["raw"],
                 "correction": said.get((ad, m["kind"], m["value"]), "")}
                for m in docs[ad].mentions
            ],
            "captures": [
                {"taken_in": row["captured_at"], "supplier": row["supplier"] or "",
                 "basis": row["basis"] or "",
                 "source": row["from"].get("source", ""), "dpia": row["from"].get("dpia", "")}
                for row in loads if row["ad"] == ad
            ],
            "recipients": [
                {"at": row["at"], "recipient": row["recipient"], "what": row["what"], "basis": row["basis"]}
                for row in told if row["ad"] == ad
            ],
            "on_hold": ad in held, "reviewed_until": kept.get(ad),
        }
        for ad in ads
    ]  # fmt: skip

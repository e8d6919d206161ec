"""A shared wording: its pattern, its slots with some fillings, and who uses it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from homeward.desk import docs as documents
from homeward.desk import runs
from homeward.desk.acts import note
from homeward.desk.ads import hit, newest_first
from homeward.desk.docs import Doc
from homeward.desk.groups import span
from homeward.desk.permissions import permitted
from homeward.desk.runs import Run
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.event import Act
from homeward.model.lead import CAUTION

Row = dict[str, Any]
EXAMPLES = 5  # fillings of a slot that are shown
PREVIEW = 120  # code points of a wording in one line
ADS_NAMED = 100
_BEFORE_POINT = re.compile(r"› (?=[.,;:!?)])")


@permitted("corpus.look")
def page(actor: Actor, house: House, template: str) -> Row:
    """Return one wording with the ads that use it, newest first."""
    run = runs.needed(house, "template", template)
    row = run.template(template)
    docs = newest_first(documents.load(house, row["ads"], pins=run.pins).values())
    members = run.members_of([d.id for d in docs])
    networks = sorted({m["network"] for m in members.values() if m["network"]})
    note(actor, house, Act.LOOK, [template], what="template")
    return {
        "id": template, "size": row["size"], "pattern": pieces(row, docs), **span(docs),
        "identities": networks, "ads": [hit(d, members.get(d.id), run.site_lines) for d in docs[:ADS_NAMED]],
        "caution": CAUTION,
    }  # fmt: skip


def pieces(row: Mapping[str, Any], docs: Sequence[Doc]) -> list[Row]:
    """Return the pattern; a slot of a kind shows some of the values that the ads mention."""
    found = []
    for piece in json.loads(row["pattern"] or "[]"):
        slot = piece.get("slot", "")
        examples: list[str] = []
        if slot:
            seen = dict.fromkeys(m["raw"] for d in docs for m in d.mentions if m["kind"] == slot)
            examples = list(seen)[:EXAMPLES]
        found.append(
            {
                "text": piece.get("text", ""),
                "slot": slot,
                "values": piece.get("values", 0),
                "examples": examples,
            }
        )
    return found


def preview(row: Mapping[str, Any]) -> str:
    """Return a wording in one line, slots in angle brackets, each a word of its own."""
    text = "".join(
        piece.get("text") or f" ‹{piece.get('slot', '…')}› " for piece in json.loads(row["pattern"] or "[]")
    )
    line = _BEFORE_POINT.sub("›", " ".join(text.split()))
    return line if len(line) <= PREVIEW else line[: PREVIEW - 1].rstrip() + "…"


def summary(run: Run, template: str, inside: int) -> Row:
    """Return a wording in one line, with how many ads outside the group use it."""
    row = run.template(template)
    return {"id": template, "ads": inside, "preview": preview(row), "elsewhere": row["size"] - inside}


def elsewhere(run: Run, row: Mapping[str, Any], network_ads: set[str]) -> tuple[int, int]:
    """Return how many ads outside a group use a wording, and how many other networks they belong to."""
    outside = [ad for ad in row["ads"] if ad not in network_ads]
    if not outside:
        return 0, 0
    networks = run.rows_of(outside).column("network")
    return len(outside), len(set(networks.to_pylist()) - {None})

"""One shared wording, ad by ad: what each ad of a group put into the changing places."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from homeward.desk import groups, runs
from homeward.desk.acts import note
from homeward.desk.docs import Doc
from homeward.desk.identity import cursor, place_of
from homeward.desk.labels import kind_place, label
from homeward.desk.permissions import permitted
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import NotFound
from homeward.model.event import Act

Row = dict[str, Any]
WORDS = "words"  # a slot of free words has no value that could stand in a column


@permitted("corpus.look")
def rows(
    actor: Actor, house: House, identity: str, template: str, *, after: str | None = None, limit: int = 100
) -> Row:
    """Return a page of the ads of one wording, oldest first: a column a kind of slot, a cell a filling.

    A cell is `changed` where its values, or how they are written, differ from the ad before it.
    """
    run = runs.needed(house, "identity", identity)
    group = groups.of(run, run.identity(identity))
    ads = group.by_wording.get(template)
    if ads is None:
        raise NotFound("template", template)
    pattern = json.loads(run.template(template)["pattern"] or "[]")
    kinds = sorted({p["slot"] for p in pattern if p.get("slot") not in (None, "", WORDS)}, key=kind_place)
    start = place_of(after)
    shown = ads[start : start + limit]
    before = {kind: _values(ads[start - 1], kind) for kind in kinds} if start else {}
    note(actor, house, Act.LOOK, [template, *(d.id for d in shown)], what="wording", identity=identity)
    found = []
    for doc in shown:
        cells = []
        for kind in kinds:
            values = _values(doc, kind)
            cells.append({"values": list(values.values()), "changed": before.get(kind) != values})
            before[kind] = values
        found.append(_row(doc, cells))
    steady = sum(len(p.get("text") or "") for p in pattern)
    return {
        "kinds": kinds,
        "rows": found,
        "total": len(ads),
        "constant": steady / max(1, steady + _changing(pattern, ads)),
        "next": cursor(start + limit) if start + limit < len(ads) else None,
    }


def _row(doc: Doc, cells: list[Row]) -> Row:
    return {
        "ad": doc.id, "source_id": doc.name, "site": doc.fields["site"] or "", "place": doc.place,
        "posted_at": doc.fields["posted_at"], "seen_at": doc.fields["seen_at"],
        "zone_assumed": bool(doc.fields["zone_assumed"]), "cells": cells,
    }  # fmt: skip


def _values(doc: Doc, kind: str) -> dict[str, Row]:
    """Return the values of a kind that an ad's title and body state, in reading order."""
    found: dict[str, Row] = {}
    for mention in doc.mentions:
        if mention["kind"] == kind and mention["part"] in ("title", "body"):
            found.setdefault(
                mention["value"],
                {
                    "raw": mention["raw"],
                    "label": label(kind, mention["value"]),
                    "obscured": bool(mention["obscured"]),
                },
            )
    return found


def _changing(pattern: list[Mapping[str, Any]], ads: list[Doc]) -> float:
    """Return how many characters of an ad the slots hold on the average: what is not constant text."""
    steady = sum(len(p.get("text") or "") for p in pattern)
    lengths = [len(d.text_of("title")) + len(d.text_of("body")) for d in ads]
    return max(0.0, sum(lengths) / len(lengths) - steady) if lengths else 0.0

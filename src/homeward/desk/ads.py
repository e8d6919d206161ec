"""One ad: its text with marks, what was read from it, where its bytes came from, and its earlier forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import islice, pairwise
from typing import Any

from homeward.desk import docs as documents
from homeward.desk import runs, sites, veil
from homeward.desk.acts import note
from homeward.desk.docs import Doc
from homeward.desk.labels import kind_place, label, sure
from homeward.desk.marks import segments, shortened
from homeward.desk.permissions import permitted
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.capture import Supply
from homeward.model.errors import NotFound, QueryError
from homeward.model.event import Act
from homeward.model.lead import CAUTION
from homeward.model.query import field
from homeward.store.ledger import sources

Row = dict[str, Any]
EARLIER_SHOWN = 20  # earlier captures whose changes are worked out
DIFF_WORDS = 4_000  # words a side that are compared; beyond, the whole text counts as changed
COUNTED_VALUES = 200  # values of one ad that are counted over the whole workspace
FACTS = (
    "capture", "revision", "captured_at", "content_hash", "file_sha256", "position", "batch", "supplier",
    "basis", "obtained",
)  # fmt: skip
TEXTS = ("title", "body")  # of a capture: half of what finding it takes, and needed to tell two apart


@permitted("corpus.look")
def page(actor: Actor, house: House, ad: str) -> Row:
    """Return one ad, whole."""
    veil.unless_hidden(house, ad)
    captures = house.lake.find("ads", [ad], columns=[*FACTS, "seen_at"])
    if captures.num_rows > 1:
        captures = house.lake.find("ads", [ad], columns=[*FACTS, "seen_at", *TEXTS])
    if not captures.num_rows:
        note(actor, house, Act.LOOK, [ad], what="ad", found=False)
        raise NotFound("ad", ad)
    rows = captures.sort_by([("revision", "descending")]).to_pylist()
    doc = documents.load(house, [ad])[ad]
    run = runs.current(house)
    member = run.member(ad) if run else None
    latest = rows[0]
    facts = {name: latest[name] for name in FACTS}
    facts.update(
        supplier=latest["supplier"] or "", basis=latest["basis"] or "",
        **_load(house, latest),
        statement=Supply(latest["supplier"], latest["basis"], latest["obtained"]).statement,
    )  # fmt: skip
    found = {
        "ad": hit(doc, member, run.site_lines if run else {}, whole=True),
        "url": doc.fields["url"] or "",
        "listed_phones": list(doc.fields["phones"] or []),
        "listed_emails": list(doc.fields["emails"] or []),
        "body_from": doc.fields["body_from"],
        "mentions": _mentions(house, doc, sites.own(doc, run.site_lines) if run else {}),
        "superseded": _superseded(house, ad, latest["capture"]),
        "facts": facts,
        "earlier": _earlier(rows),
        "sightings": house.lake.find("sightings", [ad], columns=["ad"]).num_rows,
        "persona": member["persona"] if member else None,
        "caution": CAUTION,
    }
    note(actor, house, Act.LOOK, [ad], what="ad")
    return found


def _load(house: House, capture: Row) -> Row:
    """Return from which source a capture came, and under which impact assessment, if any is kept."""
    with house.ledger.read() as tx:
        found = sources.of_file(tx, capture["file_sha256"], at=capture["captured_at"]) or {}
    return {"source": found.get("source", ""), "dpia": found.get("dpia", "")}


def hit(
    doc: Doc, member: Mapping[str, Any] | None, lines: sites.Lines | None = None, *, whole: bool = False
) -> Row:
    """Return an ad as lists show it: marked text, place, and where it belongs in the current run.

    `lines` are the run's boilerplate: what the ad's site wrote in it is marked as the site's own.
    """
    own = sites.own(doc, lines or {})
    mentions = [{**m, "site_own": i in own} for i, m in enumerate(doc.mentions)] if own else doc.mentions
    text = segments(doc.text_of("body"), mentions, "body")
    pieces, cut = (text, False) if whole else shortened(text)
    fields = doc.fields
    return {
        "id": doc.id, "source_id": doc.name, "site": fields["site"] or "",
        "title": segments(doc.text_of("title"), doc.mentions, "title"), "text": pieces, "cut": cut,
        "language": fields["language"], "posted_at": fields["posted_at"], "seen_at": fields["seen_at"],
        "zone_assumed": bool(fields["zone_assumed"]), "place": doc.place,
        "photos": len(fields["photos"] or []), "lead": (member or {}).get("lead"),
        "identity": (member or {}).get("network"),
    }  # fmt: skip


def hits(house: House, run: runs.Run | None, ads: Sequence[str]) -> list[Row]:
    """Return some ads as lists show them, in the order given; what is not there is left out."""
    docs = documents.load(house, ads)
    members = run.members_of(list(docs)) if run else {}
    lines = run.site_lines if run else {}
    return [hit(docs[ad], members.get(ad), lines) for ad in ads if ad in docs]


def newest_first(docs: Iterable[Doc]) -> list[Doc]:
    """Return ads newest first; undated ones last; equal times by id."""
    dated = sorted((d for d in docs if d.at), key=lambda d: d.id)
    dated.sort(key=lambda d: d.at.timestamp() if d.at else 0.0, reverse=True)
    return dated + sorted((d for d in docs if not d.at), key=lambda d: d.id)


def _mentions(house: House, doc: Doc, own: Mapping[int, str]) -> list[Row]:
    """Return the ad's mentions, with how many other ads have each value, and why some are the site's."""
    values = sorted({(m["kind"], m["value"]) for m in doc.mentions})[:COUNTED_VALUES]
    others = {pair: _others(house, *pair) for pair in values}
    rows = [
        {
            "kind": m["kind"], "value": m["value"], "label": label(m["kind"], m["value"]), "raw": m["raw"],
            "part": m["part"], "reader": m["reader"], "sure": sure(m["confidence"]),
            "obscured": m["obscured"], "others": others.get((m["kind"], m["value"]), 0),
            "start": m["start"], "end": m["end"], "site_own": own.get(place, ""),
            "correction": m.get("correction", ""),
        }
        for place, m in enumerate(doc.mentions)
    ]  # fmt: skip
    return sorted(rows, key=lambda m: (kind_place(m["kind"]), m["value"], m["part"], m["start"]))


def _superseded(house: House, ad: str, capture: str) -> list[Row]:
    """Return what was read in the latest capture before, and is read no longer, with what ended it."""
    rows = house.lake.find("superseded", [ad]).to_pylist()
    found = [
        {
            "kind": m["kind"], "value": m["value"], "label": label(m["kind"], m["value"]), "raw": m["raw"],
            "part": m["part"], "start": m["start"], "reader": m["reader"],
            "ended_by": ended_by(m["reader"], m["version"], m["by"]),
        }
        for m in rows
        if m["capture"] == capture
    ]  # fmt: skip
    return sorted(found, key=lambda m: (kind_place(m["kind"]), m["value"], m["part"], m["start"]))


def ended_by(reader: str, version: str, by: str) -> str:
    """Return which parts of the newer version may have ended a reading: "name/6", "without agency/5f0c…"."""
    before, after = version.split("+"), by.split("+")
    name = reader.partition("/")[0]
    about = [
        part
        for part in after
        if part not in before and part.partition("/")[0] in (name, "knowledge", "agency")
    ]
    gone = [part for part in before if part not in after and part.startswith("agency/")]
    return ", ".join(about) or ", ".join(f"without {part}" for part in gone) or "another reader"


def _others(house: House, kind: str, value: str) -> int:
    """Return how many other ads mention a value; 0 for one that no search can name."""
    try:
        return 0 if "*" in value else max(0, house.index.total(field(kind, value)) - 1)
    except QueryError:
        return 0


def _earlier(rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Return each earlier capture, as what changed from it to the next one; newest first."""
    found = []
    for newer, older in islice(pairwise(rows), EARLIER_SHOWN):
        found.append(
            {
                "capture": older["capture"],
                "revision": older["revision"],
                "seen_at": older["seen_at"],
                "captured_at": older["captured_at"],
                "changes": changes(_whole(older), _whole(newer)),
            }
        )
    return found


def _whole(row: Mapping[str, Any]) -> str:
    return "\n".join(part for part in (row["title"], row["body"]) if part)


def changes(old: str, new: str) -> list[Row]:
    """Return runs of text that stayed, went or came, word by word."""
    a, b = _words(old), _words(new)
    if len(a) > DIFF_WORDS or len(b) > DIFF_WORDS:
        return [{"op": "same", "text": old}] if old == new else [
            {"op": "removed", "text": old}, {"op": "added", "text": new}
        ]  # fmt: skip
    found: list[Row] = []
    for op, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=len(a) > 400).get_opcodes():
        if op == "equal":
            found.append({"op": "same", "text": "".join(a[a0:a1])})
            continue
        if a1 > a0:
            found.append({"op": "removed", "text": "".join(a[a0:a1])})
        if b1 > b0:
            found.append({"op": "added", "text": "".join(b[b0:b1])})
    return found


def _words(text: str) -> list[str]:
    """Cut text into words with the white space that follows them; joined again it is the text."""
    words: list[str] = []
    start, gap = 0, False
    for place, char in enumerate(text):
        if gap and not char.isspace():
            words.append(text[start:place])
            start = place
        gap = char.isspace()
    if start < len(text):
        words.append(text[start:])
    return words

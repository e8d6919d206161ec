"""How leads, hits and single things look on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from homeward.app.cli.out import Out, plural, when
from homeward.model.lead import CAUTION

if TYPE_CHECKING:
    from homeward.house import House
    from homeward.model.actor import Actor

Row = Mapping[str, Any]
VALUES_PRINTED = 8
ADS_PRINTED = 10


def leads(out: Out, page: Row) -> None:
    """Print the queue with what speaks for and against each lead."""
    out.data(page)
    if not page["leads"]:
        out.say(page["searched"])
        return
    out.say(f"{plural(page['total'], 'lead')}; each is a {CAUTION}. {page['order_note']}")
    sources: list[str] = []
    for lead in page["leads"]:
        out.say()
        _lead(out, lead)
        _argument(out, lead, sources)
    _sources(out, sources)


def _lead(out: Out, lead: Row) -> None:
    venue = f", {lead['venue_type']}" if lead["venue_type"] else ""
    out.say(f"{lead['rank']}. {lead['title'] or lead['id']}   [{lead['word']} to look at{venue}; {CAUTION}]")
    counts = ", ".join(
        plural(lead[key], one, many)
        for key, one, many in (
            ("ads", "ad", ""), ("personas", "persona", ""), ("phones", "phone", ""),
            ("names", "name used", "names used"), ("cities", "city", "cities"),
        )
    )  # fmt: skip
    out.say(f"   {lead['id']}: {counts}; {when(lead['first_seen'])} to {when(lead['last_seen'])}")
    if lead["places"]:
        out.say(f"   places: {'; '.join(lead['places'])}")
    out.say(f"   {lead['checked']}")
    if lead["decision"]:
        out.say(f"   decided: {lead['decision']['decision']} by {lead['decision']['by']}")


def _argument(out: Out, found: Row, sources: list[str]) -> None:
    """Print what speaks for and against a lead; a source is named by its number in `sources`."""
    for title, key in (("for", "reasons"), ("against", "against"), ("told, not counted", "shown")):
        for reason in found[key]:
            if reason["source"] not in sources:
                sources.append(reason["source"])
            number = sources.index(reason["source"]) + 1
            out.say(f"   {title}: {reason['sentence']}  ({reason['strength']} [{number}])")
    if not found["against"]:
        out.say("   against: nothing found; that is no proof.")


def _sources(out: Out, sources: list[str]) -> None:
    """Print the sources that the reasons named."""
    if sources:
        out.say()
        out.say("Sources of the indicators (tested on outcomes, by experts, or folk):")
    for number, source in enumerate(sources, 1):
        out.say(f"   [{number}] {source}")


def hits(out: Out, page: Row) -> None:
    """Print what a search found."""
    out.data(page)
    if not page["hits"]:
        out.say(page["searched"])
        return
    out.say(f"{plural(page['total'], 'ad')} found; newest first.")
    for ad in page["hits"]:
        _hit(out, ad)
    more = page["total"] - len(page["hits"])
    if more > 0:
        out.say(f"… and {more:,} more: say how many with -n.")


def _hit(out: Out, ad: Row) -> None:
    out.say()
    where = ", ".join(part for part in (ad["place"], ad["site"]) if part)
    out.say(f"{ad['id']}  {when(ad['posted_at'] or ad['seen_at'])}  {where}  ({ad['source_id']})")
    for part in ("title", "text"):
        text = "".join(piece["text"] for piece in ad[part])
        if text.strip():
            out.say(f"  {text}")
    if ad["lead"]:
        out.say(f"  in lead {ad['lead']} ({CAUTION})")


def show(out: Out, actor: Actor, house: House, what: str, key: str) -> None:
    """Print one ad, identity, lead or template."""
    {"ad": _show_ad, "identity": _show_identity, "lead": _show_lead, "template": _show_template}[what](
        out, actor, house, key
    )


def _show_ad(out: Out, actor: Actor, house: House, key: str) -> None:
    from homeward.desk import ads

    page = ads.page(actor, house, key)
    out.data(page)
    _hit(out, page["ad"])
    facts = page["facts"]
    out.say()
    out.say(
        f"Capture {facts['capture']}, revision {facts['revision']}, taken in {when(facts['captured_at'])};"
    )
    out.say(f"  {facts['statement']}; basis: {facts['basis'] or 'missing'};")
    out.say(f"  record {facts['position']} of the file with SHA-256 {facts['file_sha256']}.")
    if page["sightings"]:
        out.say(f"  Seen again {page['sightings']:,} times with the same content.")
    out.say()
    out.table(
        ("kind", "value", "as written", "part", "others", "reader", ""),
        [
            (
                m["kind"],
                m["label"],
                m["raw"],
                m["part"],
                m["others"],
                m["reader"],
                "site's own" * bool(m["site_own"]),
            )
            for m in page["mentions"]
        ],
    )
    for why in dict.fromkeys(m["site_own"] for m in page["mentions"] if m["site_own"]):
        out.say(f"  {why}")
    for m in page["mentions"]:
        if m["correction"]:
            out.say(f"  {m['label']}: {m['correction']}")
    if page["superseded"]:
        out.say()
        out.say("Read before, and no longer:")
        out.table(
            ("kind", "value", "as written", "part", "reader", "since"),
            [
                (m["kind"], m["label"], m["raw"], m["part"], m["reader"], m["ended_by"])
                for m in page["superseded"]
            ],
        )


def _show_lead(out: Out, actor: Actor, house: House, key: str) -> None:
    from homeward.app.cli import explained
    from homeward.desk import chains
    from homeward.desk import leads as desk

    page = desk.page(actor, house, key)
    why = chains.of_lead(actor, house, key) if page["lead"]["ads"] > 1 else None
    out.data({**page, "why": why})
    _lead(out, page["lead"])
    sources: list[str] = []
    _argument(out, page, sources)
    out.say(f"   {page['order_note']}")
    _sources(out, sources)
    out.say()
    _values(out, page["identifiers"])
    if why is not None:
        out.say()
        explained.chains(out, why)
    if page["typical"]:
        out.say()
        out.say("Typical ad:")
        _hit(out, page["typical"])


def _show_identity(out: Out, actor: Actor, house: House, key: str) -> None:
    from homeward.desk import identity as desk

    page = desk.dossier(actor, house, key)
    out.data(page)
    out.say(f"{page['title']}   [{page['level']}]")
    out.say(f"  {page['id']}: {plural(page['ads'], 'ad')}, {when(page['first'])} to {when(page['last'])}")
    if page["lead"]:
        out.say(f"  lead {page['lead']['id']}: {page['lead']['title']} ({CAUTION})")
    out.say("  Names used in ads are leads, never identities.")
    for persona in page["personas"]:
        phones = ", ".join(p["label"] for p in persona["phones"])
        out.say(f"  persona {persona['id']}: {persona['label']}, {plural(persona['ads'], 'ad')}; {phones}")
    out.say()
    _values(out, page["identifiers"])


def _show_template(out: Out, actor: Actor, house: House, key: str) -> None:
    from homeward.desk import templates as desk

    page = desk.page(actor, house, key)
    out.data(page)
    span = f"{when(page['first'])} to {when(page['last'])}"
    out.say(f"{page['id']}: a wording of {plural(page['size'], 'ad')}, {span}")
    out.say("".join(p["text"] or f"‹{p['slot']}: {plural(p['values'], 'value')}›" for p in page["pattern"]))
    for ad in page["ads"][:ADS_PRINTED]:
        _hit(out, ad)


def _values(out: Out, identifiers: Iterable[Row]) -> None:
    rows = []
    for group in identifiers:
        for value in group["values"][:VALUES_PRINTED]:
            span = f"{when(value['first'])[:10]} to {when(value['last'])[:10]}"
            rows.append((group["label"], value["label"], value["ads"], span, value["common"]))
        if group["total"] > VALUES_PRINTED:
            rows.append((group["label"], f"… {group['total'] - VALUES_PRINTED:,} more", "", "", ""))
    out.table(("kind", "value", "ads", "from – to", "common"), rows)


def indicators(out: Out) -> None:
    """Print every indicator, those left out with the reason."""
    from homeward.desk import indicators as desk

    page = desk.known()
    out.data(page)
    out.table(
        ("indicator", "direction", "strength", "family", "what it says", "source"),
        [
            (i["indicator"], i["direction"], i["strength"], i["family"], i["sentence"], i["source"])
            for i in page["indicators"]
        ],
    )
    out.say()
    out.say("Left out:")
    out.table(("indicator", "why"), [(i["indicator"], i["why"]) for i in page["left_out"]])

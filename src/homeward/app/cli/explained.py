"""How explanations look on a terminal: movement, chains, what a judgement would change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from homeward.app.cli.out import Out, plural, when

if TYPE_CHECKING:
    from homeward.house import House
    from homeward.model.actor import Actor

Row = Mapping[str, Any]
STAYS_PRINTED = 60
LISTS = (
    ("Bulk posting", "blasts"), ("Contradictions", "conflicts"), ("Circuits", "circuits"),
    ("Together", "together"), ("Changes", "changes"),
)  # fmt: skip


def movement(out: Out, actor: Actor, house: House, identity: str) -> None:
    """Print where an identity's ads say it was."""
    from homeward.desk import movement as desk

    page = desk.page(actor, house, identity)
    out.data(page)
    places, people = page["places"], [p["label"] for p in page["personas"]]
    out.say(f"{identity}: {plural(page['stays_total'], 'stay')}, {plural(len(page['arcs']), 'journey')}")
    out.say(f"  {page['precision_note']}")
    out.say(f"  {page['clock_note']}")
    out.say()
    out.table(
        ("persona", "place", "from", "to", "ads", "how known"),
        [
            (
                people[s["persona"]], places[s["place"]]["label"], when(s["first"]), when(s["last"]),
                s["ads"], s["precision"],
            )
            for s in page["stays"][:STAYS_PRINTED]
        ],
    )  # fmt: skip
    if page["stays_total"] > STAYS_PRINTED:
        out.say(f"… {page['stays_total'] - STAYS_PRINTED:,} more: see --json.")
    for title, key in LISTS:
        if page[key]:
            out.say()
            out.say(f"{title}:")
        for row in page[key][:STAYS_PRINTED]:
            day = f"{row['day']}: " if "day" in row else ""
            who = f"{people[row['a']]} and {people[row['b']]}: " if key == "together" else ""
            out.say(f"  {day}{who}{row['sentence']}")
    out.say()
    out.say(f"{page['counted_note']} This is a {page['caution']}.")


def why(out: Out, actor: Actor, house: House, identity: str, a: str, b: str) -> None:
    """Print the chains between two ads of an identity."""
    from homeward.desk import chains as desk

    page = desk.page(actor, house, identity, a, b)
    out.data(page)
    chains(out, page)


def chains(out: Out, page: Row) -> None:
    """Print the chains between two ads, what would part them, and what speaks against."""
    out.say(f"Why {page['a']} and {page['b']} are together: {page['sentence']}")
    for number, chain in enumerate(page["chains"], 1):
        out.say(f"  chain {number} ({chain['word']}):")
        for step in chain["steps"]:
            because = "; ".join(_because(e) for e in step["evidence"])
            out.say(f"    {step['a']} – {step['b']}: {because}  [{step['word']}]")
    if page["cut"]:
        cut = page["cut"]
        out.say(
            f"  To part them, {plural(cut['threads'], 'link')} would have to go, leaving "
            f"{plural(cut['count_a'], 'ad')} with the first and {cut['count_b']:,} with the second:"
        )
        for link in cut["links"]:
            out.say(f"    {_because(link)}  [{link['word']}]")
    for sentence in page["against"] or ["nothing found; that is no proof."]:
        out.say(f"  against: {sentence}")


def _because(evidence: Row) -> str:
    shown = evidence["to"]["label"] if evidence["to"]["kind"] == "wording" else ""
    return f"{evidence['because']}{f' “{shown}”' if shown else ''}"

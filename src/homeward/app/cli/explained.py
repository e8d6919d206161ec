"""How explanations look on a terminal: movement, chains, what a judgement would change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from homeward.app.cli.out import Out, plural, when

if TYPE_CHECKING:
    from homeward.house import House
    from homeward.model.actor import Actor
    from homeward.model.judgement import Judgement

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


def preview(out: Out, actor: Actor, house: House, a: str, b: str, judgement: Judgement) -> None:
    """Print what a judgement would change."""
    from homeward.desk import preview as desk

    page = desk.preview(actor, house, a, b, judgement)
    out.data(page)
    out.say(page["sentence"])
    for title, key in (("now", "before"), ("then", "after")):
        for part in page[key]:
            names, phones = ", ".join(part["names"]) or "no name", ", ".join(part["phones"]) or "no number"
            out.say(f"  {title}: {part['id']}, {plural(part['ads'], 'ad')}: {names}; {phones}")
    out.say("Nothing is changed. The next refresh after a judgement decides.")


def judgements(out: Out, actor: Actor, house: House) -> None:
    """Print the judgements that hold."""
    from homeward.desk import review as desk

    page = desk.judged(actor, house)
    out.data(page)
    out.say(
        f"{plural(page['total'], 'judgement')}; {page['contradicted']:,} contradicted by later evidence, "
        f"{page['due']:,} due for review."
    )
    for row in page["judgements"]:
        due = "due" if row["due"] else "to be looked at again"
        said = f"{row['judgement']}, by {', '.join(row['by'])} on {when(row['at'])[:10]}"
        out.say(f"  {row['a']} and {row['b']}: {said}")
        out.say(f"    why: {row['why']}; {due} on {row['review']}")
        if row["contradiction"]:
            out.say(f"    {row['contradiction']}")

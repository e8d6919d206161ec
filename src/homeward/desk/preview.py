"""What would a judgement change? Told before it is made, from the links as they stand.

The next refresh decides; this is the same rule (people's "same" first, their "different" last, the rest by
its strongest links) on what the current run lists.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add
from typing import Any

from homeward.connect import parameters as p
from homeward.connect.identities import constrained
from homeward.desk import groups, runs, veil
from homeward.desk.acts import note
from homeward.desk.docs import Doc
from homeward.desk.groups import Group, names
from homeward.desk.labels import label
from homeward.desk.permissions import permitted
from homeward.desk.runs import Run
from homeward.house import House
from homeward.model import ids
from homeward.model.actor import Actor
from homeward.model.errors import NotFound, UsageError
from homeward.model.event import Act
from homeward.model.identity import Level
from homeward.model.judgement import Judgement
from homeward.model.lead import CAUTION
from homeward.store.ledger import judgements

Row = dict[str, Any]
Pair = tuple[str, str]
Edge = tuple[float, int, int]
PARTS_SHOWN = 50
NAMES_SHOWN = 20
SAME_STAR = "The same "  # how the reason of a link to a contact's first ad begins, as tables.py writes it
JUDGED = 1e9  # more than any evidence


@permitted("corpus.judge")
def preview(actor: Actor, house: House, a: str, b: str, judgement: Judgement) -> Row:
    """Return which identities a judgement on two ads would join or split, into what; nothing is changed."""
    if a == b:
        raise UsageError("An ad cannot be judged against itself.", remedy="Name two ads.")
    for ad in (a, b):
        veil.unless_hidden(house, ad)
    run = runs.needed(house, "ad", a)
    pair = (min(a, b), max(a, b))
    held, word, before = _words(house, actor, pair, judgement)
    network_a, network_b = (_network(run, ad) for ad in pair)
    mine = [groups.of(run, run.identity(key)) for key in dict.fromkeys((network_a, network_b))]
    found, sure = _after(mine, pair, held, word, before)
    note(actor, house, Act.LOOK, pair, what="preview", judgement=str(judgement))
    parts = [_part(docs, mine, pair) for docs in found]
    return {
        "a": pair[0], "b": pair[1], "judgement": judgement, "holds": word, "held": before,
        "before": [_part(group.ads, mine, pair) for group in mine],
        "after": parts[:PARTS_SHOWN], "parts": len(parts), "sure": sure,
        "sentence": _sentence(mine, found, word, before, sure), "caution": CAUTION,
    }  # fmt: skip


def _words(
    house: House, actor: Actor, pair: Pair, new: Judgement
) -> tuple[dict[Pair, Judgement], Judgement, Judgement]:
    """Return all judgements that would hold, what would hold for the pair, and what holds for it now."""
    with house.ledger.read() as tx:
        held = judgements.in_force(tx)
        said = judgements.history(tx, *pair)
    last = {j.by: j.judgement for j in said if (j.a, j.b) == pair}
    before = held.get(pair, Judgement.UNDECIDED)
    word = reduce(add, {**last, actor.name: new}.values(), Judgement.UNDECIDED)
    held.pop(pair, None)
    if word is not Judgement.UNDECIDED:
        held[pair] = word
    return held, word, before


def _network(run: Run, ad: str) -> str:
    member = run.member(ad)
    if member is None:
        raise NotFound("ad", f"{ad} in the current run")
    return str(member["network"])


def _after(
    mine: Sequence[Group], pair: Pair, held: Mapping[Pair, Judgement], word: Judgement, before: Judgement
) -> tuple[list[list[Doc]], bool]:
    """Return the groups of ads that would be there, and whether the current run says so for sure."""
    ads = _in_order(mine)
    place = {doc.id: i for i, doc in enumerate(ads)}
    inside = {pair: said for pair, said in held.items() if set(pair) <= place.keys()}
    same = [(place[x], place[y]) for (x, y), said in inside.items() if said is Judgement.SAME]
    apart = [(place[x], place[y]) for (x, y), said in inside.items() if said is Judgement.DIFFERENT]
    if len(mine) == 2 and word is not Judgement.SAME:
        rejoin = word is Judgement.UNDECIDED and before is Judgement.DIFFERENT
        return ([ads], False) if rejoin else ([group.ads for group in mine], True)
    taken_back = word is Judgement.UNDECIDED and before is Judgement.SAME
    if not apart and not taken_back:
        return [ads], True
    edges = [edge for group in mine for edge in _edges(group, place)]
    # The run lists why contacts are tied, not every figure that weighed: a cut is sure within one only.
    sure = sum(len(set(_posters(group).values())) for group in mine) == 1
    edges += [(JUDGED, min(x, y), max(x, y)) for x, y in same]
    groups_of: dict[int, list[Doc]] = defaultdict(list)
    for doc, group in zip(ads, constrained(len(ads), edges, apart).tolist(), strict=True):
        groups_of[group].append(doc)
    return list(groups_of.values()), sure


def _in_order(mine: Sequence[Group]) -> list[Doc]:
    """Return all ads in the order in which a run numbers them: as first seen, then by id."""
    of_run = {ad: i for group in mine for i, ad in enumerate(group.run.identity(group.id)["ads"])}
    if len(mine) == 1:
        return sorted(mine[0].ads, key=lambda d: of_run[d.id])
    docs = [doc for group in mine for doc in group.ads]
    return sorted(docs, key=lambda d: (d.at is None, d.at.timestamp() if d.at else 0.0, d.id))


def _edges(group: Group, place: Mapping[str, int]) -> list[Edge]:
    """Return the links between single ads as `identities.apply_judgements` weighs them for a cut.

    Within a contact by it and by what its ads repeat, then between contacts by all that ties them.
    """
    poster = _posters(group)
    edges: list[Edge] = []
    first: dict[str, int] = {}
    with_mark: dict[tuple[str, str], int] = {}
    for doc in sorted(group.ads, key=lambda d: place[d.id]):
        i, mine = place[doc.id], poster[doc.id]
        first.setdefault(mine, i)
        if first[mine] != i:
            edges.append((p.CONTACT_WEIGHT, first[mine], i))
        for mark in _marks(doc):
            other = with_mark.setdefault((mine, mark), i)
            if other != i:
                edges.append((p.CONTACT_WEIGHT + p.MOST_WEIGHT["name"], other, i))
    ties: dict[tuple[int, int], float] = defaultdict(float)
    for row in group.links:
        x, y = first.get(poster.get(row["a"], "")), first.get(poster.get(row["b"], ""))
        if x is not None and y is not None and x != y:
            ties[min(x, y), max(x, y)] += row["weight"]
    return edges + [(round(weight, 9), x, y) for (x, y), weight in ties.items()]


def _posters(group: Group) -> dict[str, str]:
    """Return the first ad under the contact that each ad stands under: itself where it gives none."""
    head = {
        row["b"]: row["a"] for row in group.links
        if row["kind"] in p.CONTACTS and row["reason"].startswith(SAME_STAR)
    }  # fmt: skip
    return {doc.id: head.get(doc.id, doc.id) for doc in group.ads}


def _marks(doc: Doc) -> list[str]:
    """Return what an ad repeats of others under one contact: names and photos."""
    said = {
        f"name:{m['value']}" for m in doc.mentions
        if m["kind"] == "name" and m["confidence"] >= p.LEAST_CONFIDENCE
    }  # fmt: skip
    photos = (photo["pdq"] or photo["sha256"] for photo in doc.fields["photos"] or [])
    shown = {f"photo:{photo}" for photo in photos if photo}
    return sorted(said | shown)


def _part(docs: Sequence[Doc], mine: Sequence[Group], pair: Pair) -> Row:
    inside = {doc.id for doc in docs}
    key = ids.identity_id(Level.NETWORK, docs[0].id)
    numbers = sorted({m["value"] for doc in docs for m in doc.mentions if m["kind"] == "phone"})
    return {
        "id": key, "known": key in {group.id for group in mine}, "ads": len(docs),
        "names": names(docs)[:NAMES_SHOWN], "phones": [label("phone", n) for n in numbers][:NAMES_SHOWN],
        "phones_total": len(numbers), "holds_a": pair[0] in inside, "holds_b": pair[1] in inside,
    }  # fmt: skip


def _sentence(
    mine: Sequence[Group], found: Sequence[Sequence[Doc]], word: Judgement, before: Judgement, sure: bool
) -> str:
    sizes = " and ".join(f"{len(docs):,}" for docs in found[:6])
    if not sure and len(found) == 1:
        return f"They come together again, as up to {len(found[0]):,} ads, if their links still say so."
    if len(found) < len(mine):
        return f"Joins two identities into one of {len(found[0]):,} ads."
    if len(found) > len(mine):
        return f"Splits {len(mine[0].ads):,} ads into {'' if sure else 'about '}{sizes}."
    if sorted(len(d) for d in found) != sorted(len(g.ads) for g in mine):
        return f"Moves ads: {sizes} from then on."
    if word is before:
        return "Changes nothing: that holds already."
    return "Changes no identity now; it is kept, and holds against later evidence."

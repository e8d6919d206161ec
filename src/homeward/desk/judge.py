"""What a person says about two ads: it outranks every score, from the next refresh on."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from homeward.desk import veil
from homeward.desk.acts import event
from homeward.desk.permissions import permitted
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import NotFound, UsageError
from homeward.model.event import Act
from homeward.model.judgement import Judgement, PairJudgement
from homeward.store.ledger import events, judgements

LONGEST_WHY = 2_000


@permitted("corpus.judge")
def judge(actor: Actor, house: House, a: str, b: str, judgement: Judgement, *, why: str) -> dict[str, Any]:
    """Keep whether two ads belong together; the reason is kept with it and may not be empty."""
    if a == b:
        raise UsageError("An ad cannot be judged against itself.", remedy="Name two ads.")
    if not why.strip() or len(why) > LONGEST_WHY:
        raise UsageError(f"A judgement needs a reason of up to {LONGEST_WHY:,} characters.")
    for ad in (a, b):
        veil.unless_hidden(house, ad)
    wanted = pa.array([a, b], pa.string())
    known = house.lake.read("ads", columns=["ad"], filters=pc.field("ad").isin(wanted))
    there = set(known.column("ad").to_pylist())
    for ad in (a, b):
        if ad not in there:
            raise NotFound("ad", ad)
    pair = PairJudgement(min(a, b), max(a, b), judgement, actor.name, house.clock(), why.strip())
    with house.ledger.write() as tx:
        judgements.record(tx, pair)
        events.record(tx, event(actor, house, Act.JUDGE, [pair.a, pair.b], judgement=str(judgement)))
    return {
        "a": pair.a, "b": pair.b, "judgement": str(judgement), "by": pair.by, "at": pair.at, "why": pair.why
    }  # fmt: skip

"""Judgements: whether two ads belong together, as people said. All of history is kept.

What holds for a pair is the last word of each person, added up: DIFFERENT outranks SAME, and both outrank
UNDECIDED, by which a person takes an earlier word back.
"""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any

import sqlalchemy as sa

from homeward.model.judgement import Judgement, PairJudgement
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.tables import judgements

Pair = tuple[str, str]


def record(tx: Tx, judgement: PairJudgement) -> int:
    """Add a judgement and return its place; the pair is kept with the smaller id first."""
    if judgement.a == judgement.b:
        raise ValueError("an ad always belongs with itself")
    a, b = sorted((judgement.a, judgement.b))
    done = tx.execute(
        judgements.insert().values(
            a=a, b=b, judgement=judgement.judgement.value, by=judgement.by, at=judgement.at,
            why=judgement.why,
        )
    )  # fmt: skip
    return int(done.lastrowid)


def in_force(tx: Tx) -> dict[Pair, Judgement]:
    """Return what holds for each pair, in the order of the pairs; undecided ones are left out."""
    last: dict[tuple[Pair, str], Judgement] = {}
    for said in history(tx):
        last[(said.a, said.b), said.by] = said.judgement
    held: dict[Pair, Judgement] = {}
    for (pair, _), word in last.items():
        held[pair] = held.get(pair, Judgement.UNDECIDED) + word
    return {pair: held[pair] for pair in sorted(held) if held[pair] is not Judgement.UNDECIDED}


def history(tx: Tx, *ads: str) -> list[PairJudgement]:
    """Return every judgement, oldest first; with ads, those in which one of them takes part."""
    wanted = sa.select(judgements).order_by(judgements.c.seq)
    if ads:
        wanted = wanted.where(sa.or_(judgements.c.a.in_(ads), judgements.c.b.in_(ads)))
    return [_judgement(row) for row in tx.execute(wanted)]


def last_place(tx: Tx) -> int:
    """Return the place of the newest judgement (0 when there is none): what a refresh was made with."""
    return int(tx.execute(sa.select(sa.func.coalesce(sa.func.max(judgements.c.seq), 0))).scalar_one())


def since(tx: Tx, place: int) -> set[str]:
    """Return the ads of judgements that came after a place."""
    found = tx.execute(sa.select(judgements.c.a, judgements.c.b).where(judgements.c.seq > place))
    return {ad for pair in found for ad in pair}


def between(tx: Tx, a: str, b: str) -> Judgement:
    """Return what holds for one pair."""
    first, second = sorted((a, b))
    pair = sa.select(judgements).where(judgements.c.a == first, judgements.c.b == second)
    last: dict[str, Judgement] = {}
    for row in tx.execute(pair.order_by(judgements.c.seq)):
        last[row.by] = Judgement(row.judgement)
    return reduce(add, last.values(), Judgement.UNDECIDED)


def _judgement(row: sa.Row[Any]) -> PairJudgement:
    return PairJudgement(row.a, row.b, Judgement(row.judgement), row.by, row.at, row.why)

"""Groups are cut into personas and judged anywhere, some at a time, and say the same."""

from __future__ import annotations

import pytest
from connect_cases import HERE, NAMES, ad, inputs, text

from homeward.connect import cutting, parts
from homeward.connect.build import build, connect
from homeward.connect.card import SHIPPED
from homeward.connect.findings import judge
from homeward.engine.local import LocalEngine

NUMBERS = tuple(f"+1702555010{i}" for i in range(4))


def group(place, *, hides=(False,), words=""):
    """One operator: three names, two numbers, wordings of its own and one that two names share."""
    return [
        ad(f"g{place}-{i}", f"{text(100 * place + i // 2)} {NAMES[i % 3]}{words}",
           day=9 * i + place, name=NAMES[i % 3], phone=NUMBERS[2 * (place % 2) + i // 4], age=str(24 + i),
           photo=f"p{i % 4}", city=("Reno", "Elko", "")[i % 3] or None, obscured=hides[i % len(hides)])
        for i in range(8)
    ]  # fmt: skip


def others(*, hide):
    return [
        ad(f"s{i}", f"{text(5000 + i)}", phone=f"+1999555{i:04}", name=NAMES[i % 8],
           city=("Reno", "Elko")[i % 2], obscured=hide)
        for i in range(40)
    ]  # fmt: skip


ADS = [*group(1, hides=(True, False)), *group(2, words=" meet our team"), *others(hide=False)]


def made(engine, ads=ADS):
    tables = build(inputs(ads), engine=engine, run="r1")
    return {name: table.to_pylist() for name, table in tables.items()}


@pytest.mark.parametrize("at_once", [1, 1_000])
def test_a_group_says_in_a_part_what_it_says_in_the_whole(at_once, monkeypatch):
    monkeypatch.setattr(parts, "GROUPS_AT_ONCE", at_once)
    scene = connect(inputs(ADS), engine=HERE, run="r1").scene
    whole = list(judge(scene))
    given = parts.Groups(scene, scene.facts.city).parts(SHIPPED)
    told = [one for part in given for batch in part.to_batches() for one in judge(parts.scene_of(batch)[0])]

    assert [(one.id, one.findings, one.score) for one in whole] == [
        (one.id, one.findings, one.score) for one in told
    ]
    assert len({finding.indicator for one in whole for finding in one.findings}) > 5


def test_the_outcome_does_not_depend_on_how_many_work(monkeypatch):
    here = made(HERE)
    monkeypatch.setattr(parts, "GROUPS_AT_ONCE", 1)
    monkeypatch.setattr(cutting, "NETWORKS_AT_ONCE", 1)
    for workers in (1, 3):
        with LocalEngine(workers=workers) as engine:
            assert made(engine) == here


@pytest.mark.parametrize(("hide", "usual"), [(False, "2 %"), (True, "100 %")])
def test_what_is_usual_around_a_group_is_told_with_it(hide, usual, monkeypatch):
    """A part holds none of the others, who all spell their numbers out here, or none of them does."""
    monkeypatch.setattr(parts, "GROUPS_AT_ONCE", 1)
    found = made(HERE, [*group(1, hides=(True,)), *others(hide=hide)])["findings"]
    told = [row["sentence"] for row in found if row["indicator"] == "obscured_number"]
    assert told and all(sentence.endswith(f"(elsewhere here: {usual})") for sentence in told)

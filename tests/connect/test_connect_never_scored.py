"""Marks and what legal process begins with are shown, and never joined by or scored."""

from __future__ import annotations

import inspect

import pyarrow as pa
import pytest
from connect_cases import ad, inputs, run, text

from homeward.connect import groups, indicators, parameters, signature, weights
from homeward.connect.facts import read_facts
from homeward.engine.local import LocalEngine
from homeward.model.mention import Kind

UNSCORED = (
    "mark",
    "payment",
    "address",
    "intersection",
    "hotel",
    "vehicle",
    "account",
    "review",
    "custom:fleet",
)


def said(ads, kind, value):
    """The inputs of some ads, all of which say one more thing."""
    given = inputs(ads)
    rows = given["mentions"].to_pylist()
    rows += [{**r, "kind": kind, "value": value, "part": "text"} for r in rows if r["kind"] == "name"]
    given["mentions"] = pa.Table.from_pylist(rows, schema=given["mentions"].schema)
    return given


@pytest.mark.parametrize("kind", UNSCORED)
def test_it_changes_no_link_no_group_no_finding_and_no_lead(kind):
    """Twelve strangers under one tattoo, hotel or plate stay strangers, and nobody's score moves."""
    ads = [ad(f"a{i}", text(i), name=f"Name{i}", phone=f"+1702555{i:04}", day=i) for i in range(12)]
    ads += [{**ads[0], "id": "b0", "body": text(90), "phone": ads[1]["phone"]}]
    with_it, without = run([], given=said(ads, kind, "rose tattoo")), run(ads)
    for table in ("links", "members", "findings", "leads", "templates"):
        assert with_it[table].equals(without[table]), table


def test_a_shared_number_does_change_the_links():
    """The negative twin: what evidence does read is seen by this very comparison."""
    ads = [ad(f"a{i}", text(i), name=f"Name{i}", phone=f"+1702555{i:04}", day=i) for i in range(12)]
    same = [{**one, "phone": ads[0]["phone"]} if one["id"] == "a1" else one for one in ads]
    assert not run(same)["members"].equals(run(ads)["members"])


def test_no_parameter_of_evidence_or_indicator_names_a_mark():
    assert not set(UNSCORED) & {*parameters.CONTACTS, *weights.SOFT_KINDS, *signature.MASKED}
    assert not set(UNSCORED) & {*parameters.SAME_OPERATOR, *parameters.MOST_WEIGHT}
    facts = read_facts(said([ad("a", text(1), name="Mia")], Kind.MARK, "scar"), LocalEngine())
    assert "mark" in facts.value_kind
    for module in (groups, *(m for _, m in inspect.getmembers(indicators, inspect.ismodule))):
        source = inspect.getsource(module)
        assert '"mark"' not in source and "Kind.MARK" not in source, module.__name__

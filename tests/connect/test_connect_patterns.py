"""Patterns of an earlier run are used again only where nothing that made them has changed."""

import pyarrow.compute as pc
import pytest
from connect_cases import ad, inputs, text

from homeward.connect.build import build
from homeward.connect.patterns import known_patterns
from homeward.engine.local import LocalEngine


@pytest.fixture(scope="module")
def engine():
    with LocalEngine(workers=1) as made:
        yield made


def crowd(n, start):
    """Ads under shared wordings, three a wording, each with another name."""
    names = ("Amber", "Bella", "Clara")
    return [
        ad(f"p{start}-{i}-{n}", f"hello i am {n} {text(start + i)}", name=n, day=i)
        for i in range(n)
        for n in names
    ]


def test_a_run_that_goes_on_is_the_run_from_the_start(engine):
    """New ads, some under old wordings: with the run before and without, every table is the same."""
    old = crowd(20, 100)
    more = [*old, *crowd(5, 300), ad("late", f"hello i am Dora {text(103)}", name="Dora", day=30)]
    before = build(inputs(old), engine=engine, run="r")
    on = build(inputs(more), engine=engine, run="r", previous=before)
    anew = build(inputs(more), engine=engine, run="r")

    assert {name: table.to_pylist() for name, table in on.items()} == {
        name: table.to_pylist() for name, table in anew.items()
    }


def test_only_patterns_of_changed_templates_are_made(engine):
    """A pattern of the run before stands as it is, mark and all, unless an ad has joined its template."""
    old = crowd(12, 100)
    before = build(inputs(old), engine=engine, run="r")
    marked = before["templates"].to_pylist()
    column = [row["pattern"].replace("hello", "marked") for row in marked]
    at = before["templates"].schema.get_field_index("pattern")
    before["templates"] = before["templates"].set_column(at, "pattern", [column])
    on = build(
        inputs([*old, ad("late", f"hello i am Dora {text(103)}", name="Dora", day=30)]),
        engine=engine, run="r", previous=before,
    )  # fmt: skip
    fresh = [row for row in on["templates"].to_pylist() if "hello i am" in row["pattern"]]

    assert [row["size"] for row in fresh] == [4]
    assert sum("marked i am" in row["pattern"] for row in on["templates"].to_pylist()) == 11


def test_only_patterns_of_what_is_built_again_are_held(engine):
    """Of a template of which not every ad is built, none is: its pattern would have to be made anew."""
    old = inputs(crowd(3, 100))
    before = build(old, engine=engine, run="r")
    every = known_patterns(before, old["ads"]["ad"])
    some = known_patterns(before, old["ads"].filter(pc.not_equal(old["ads"]["ad"], "p100-0-Amber"))["ad"])
    assert len(every) == 3 and len(some) == 2 and some.items() < every.items()

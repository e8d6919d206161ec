"""What a record brings: a new ad, a change, or the same again."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.connect.arrival import KNOWN, decide
from homeward.model import schema


def records(*contents: tuple[str, str]) -> pa.Table:
    rows = [
        dict.fromkeys(schema.RECORDS.names) | {"ad": ad, "capture": f"{ad}/{content}", "position": n}
        for n, (ad, content) in enumerate(contents)
    ]
    return pa.Table.from_pylist(rows, schema=schema.RECORDS)


def known(*captures: tuple[str, str, int]) -> pa.Table:
    return pa.Table.from_pylist(
        [{"ad": ad, "capture": f"{ad}/{content}", "revision": n} for ad, content, n in captures], schema=KNOWN
    )


def test_a_first_content_is_stored_a_second_changes_and_a_known_one_repeats() -> None:
    """Within one table, in file order."""
    found = decide(records(("a", "x"), ("a", "y"), ("a", "x"), ("b", "x")), known())

    assert found.stored.select(["capture", "revision"]).to_pylist() == [
        {"capture": "a/x", "revision": 0}, {"capture": "b/x", "revision": 0}]  # fmt: skip
    assert found.changed.select(["capture", "revision"]).to_pylist() == [{"capture": "a/y", "revision": 1}]
    assert found.repeated.column("position").to_pylist() == [2]


def test_what_is_known_counts() -> None:
    """New content of a known ad takes its last revision and one; an old content is a repeat."""
    found = decide(records(("a", "z"), ("a", "x")), known(("a", "x", 0), ("a", "y", 1), ("b", "z", 7)))

    assert found.stored.num_rows == 0
    assert found.changed.column("revision").to_pylist() == [2]
    assert found.repeated.column("capture").to_pylist() == ["a/x"]


contents = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("wxyz")), max_size=25)


@settings(deadline=None)  # how long one example takes is the machine's matter
@given(contents, contents)
def test_it_agrees_with_reading_one_record_at_a_time(
    before: list[tuple[str, str]], now: list[tuple[str, str]]
) -> None:
    """The whole table at once gives what a plain loop gives, and every record is in one part."""
    revisions: dict[str, list[str]] = {}
    for ad, content in before:
        if content not in revisions.setdefault(ad, []):
            revisions[ad].append(content)
    table = known(*((ad, content, n) for ad, seen in revisions.items() for n, content in enumerate(seen)))
    expected: dict[str, list[tuple[int, int]]] = {"stored": [], "changed": [], "repeated": []}
    for position, (ad, content) in enumerate(now):
        seen = revisions.setdefault(ad, [])
        part = "repeated" if content in seen else "changed" if seen else "stored"
        expected[part].append((position, -1 if part == "repeated" else len(seen)))
        if content not in seen:
            seen.append(content)

    found = decide(records(*now), table)

    assert found.repeated.column("position").to_pylist() == [p for p, _ in expected["repeated"]]
    for part in ("stored", "changed"):
        rows = getattr(found, part).select(["position", "revision"]).to_pylist()
        assert [(r["position"], r["revision"]) for r in rows] == expected[part]

"""What a site writes under everybody's ads is found, and what one advertiser writes is not."""

from __future__ import annotations

import random

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.connect import boilerplate as b

FOOTER = "Cityboard support: call 800-555-0100, all ads are placed by third parties"


def tables(bodies, *, site="cityboard.test", phones=None):
    """Ads with a number each, and their mentions, where they stand."""
    ads, said = [], []
    for i, body in enumerate(bodies):
        capture = f"c{i}"
        ads.append({"ad": f"a{i:04}", "capture": capture, "site": site, "body": body})
        number = phones[i] if phones else f"702-555-{i:04}"
        for value in (number, "800-555-0100"):
            at = body.find(value)
            if at >= 0:
                said.append({"capture": capture, "kind": "phone", "value": value, "part": "body",
                             "start": at, "end": at + len(value), "confidence": 0.9})  # fmt: skip
    return pa.Table.from_pylist(ads), pa.Table.from_pylist(said)


def body(i, footer=FOOTER):
    return f"words of their own {i} and more\ncall 702-555-{i:04}\n{footer}"


def test_a_footer_under_everybodys_ads_is_found_and_its_number_marked():
    ads, said = tables([body(i) for i in range(30)])
    [line] = b.find_lines(ads, said)
    assert line.text == FOOTER.lower() and (line.posters, line.sampled) == (30, 30)
    marked = b.within(ads, said, [line])
    assert {v for v, m in zip(said["value"].to_pylist(), marked, strict=True) if m} == {"800-555-0100"}
    assert marked.sum() == 30


def test_what_a_site_writes_is_not_handed_on_but_masks_wordings_still():
    ads, said = tables([body(i) for i in range(30)])
    given = b.left_out({"ads": ads, "mentions": said}, b.find_lines(ads, said))
    assert "800-555-0100" not in given["mentions"]["value"].to_pylist() and given["mentions"].num_rows == 30
    assert given["masks"].num_rows == said.num_rows
    assert b.left_out({"ads": ads, "mentions": said}, [])["mentions"].equals(said)


def test_one_advertisers_line_is_hers_however_often_she_posts():
    """Five hundred ads under one number are one poster."""
    ads, said = tables(
        [f"call 702-555-0134\n{FOOTER}, posted {i}" for i in range(500)], phones=["702-555-0134"] * 500
    )
    same, also = tables([f"{i}\ncall 702-555-0134\nask for me at the harbour house" for i in range(500)],
                        phones=["702-555-0134"] * 500)  # fmt: skip
    assert b.find_lines(ads, said) == [] and b.find_lines(same, also) == []


def test_an_operators_line_over_many_numbers_is_no_boilerplate_of_a_large_site():
    """Twenty-five numbers of one operator among two hundred posters."""
    bodies = [
        body(i, "ask for the house at the harbour") if i < 25 else body(i, f"own line {i} of someone else")
        for i in range(200)
    ]
    assert b.find_lines(*tables(bodies)) == []


def test_short_lines_and_small_sites_have_none():
    assert b.find_lines(*tables([body(i, "call me now") for i in range(40)])) == []
    assert b.find_lines(*tables([body(i) for i in range(b.LEAST_POSTERS - 1)])) == []


def test_another_sites_ads_are_not_touched():
    ads, said = tables([body(i) for i in range(30)])
    lines = b.find_lines(ads, said)
    other, theirs = tables([body(i) for i in range(3)], site="other.test")
    assert not b.within(other, theirs, lines).any()


def test_the_order_of_rows_does_not_matter():
    ads, said = tables([body(i) for i in range(60)])
    order = list(range(ads.num_rows))
    random.Random(1).shuffle(order)
    assert b.find_lines(ads.take(pa.array(order)), said) == b.find_lines(ads, said)


def test_lines_are_listed_with_their_reason():
    ads, said = tables([body(i) for i in range(30)])
    [row] = b.listed(b.find_lines(ads, said), "r1").to_pylist()
    assert row["kind"] == "boilerplate" and "30 of 30 posters of cityboard.test" in row["reason"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=6), st.integers(0, 5))
def test_a_mention_outside_the_line_is_never_marked(others, place):
    """Whatever stands around it, exactly the characters of the line are boilerplate."""
    lines = [line.replace("\n", " ") for line in others]
    lines.insert(min(place, len(lines)), FOOTER)
    text = "\n".join(lines)
    at = sum(len(line) + 1 for line in lines[: min(place, len(others))])
    ads = pa.table({"ad": ["a"], "capture": ["c"], "site": ["s"], "body": [text]})
    spans = [
        (at, at + len(FOOTER)),
        (at + 3, at + 9),
        (max(at - 1, 0), at + 2),
        (at + 5, at + len(FOOTER) + 1),
    ]
    said = pa.table(
        {
            "capture": ["c"] * 4,
            "part": ["body"] * 4,
            "start": [s for s, _ in spans],
            "end": [e for _, e in spans],
        }
    )
    marked = b.within(ads, said, [b.Line("s", FOOTER.lower(), 30, 30, frozenset([FOOTER]))])
    assert marked[0] and marked[1]
    assert not marked[2] or at == 0
    assert not marked[3]

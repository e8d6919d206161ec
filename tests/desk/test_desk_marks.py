from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.desk.ads import changes
from homeward.desk.labels import label
from homeward.desk.marks import segments, shortened


def mention(start, end, kind="name", part="body", value="v", **more):
    return {"part": part, "start": start, "end": end, "kind": kind, "value": value, **more}


def test_mentions_are_marked():
    """A mention becomes a segment with its normal form as people write it."""
    text = "call 7o2 555 0134 now"
    [before, marked, after] = segments(
        text, [mention(5, 17, "phone", value="+17025550134", obscured=True)], "body"
    )

    assert (before["text"], after["text"]) == ("call ", " now")
    assert marked == {
        "text": "7o2 555 0134", "kind": "phone", "value": "+17025550134", "label": "(702) 555-0134",
        "obscured": True,
        "site_own": False,
    }  # fmt: skip


def test_a_contact_outranks_what_overlaps_it():
    """Where a price and a phone share characters, the phone is marked; elsewhere both are."""
    found = segments("120 702", [mention(0, 7, "price"), mention(4, 7, "phone")], "body")
    apart = segments("120 702", [mention(0, 3, "price"), mention(4, 7, "phone")], "body")

    assert [p.get("kind") for p in found] == [None, "phone"]
    assert [p.get("kind") for p in apart] == ["price", None, "phone"]


def test_other_parts_and_misfits_are_left_out():
    """A mention of another part, or beyond the end, marks nothing."""
    assert segments("abc", [mention(0, 1, part="title"), mention(2, 9)], "body") == [{"text": "abc"}]


spans = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from(["phone", "name"])), max_size=8
)


@given(st.text(max_size=30), spans)
@settings(max_examples=50)
def test_segments_joined_are_the_text(text, found):
    """Whatever is marked, the segments joined again are exactly the text."""
    pieces = segments(text, [mention(a, b, kind) for a, b, kind in found], "body")

    assert "".join(p["text"] for p in pieces) == text


@given(st.text(max_size=60), spans)
@settings(max_examples=50)
def test_a_shortened_text_is_a_beginning(text, found):
    """A shortened text begins the whole one, and says whether it goes on."""
    pieces, cut = shortened(segments(text, [mention(a, b, kind) for a, b, kind in found], "body"), 20)
    joined = "".join(p["text"] for p in pieces)

    assert text.startswith(joined.removesuffix("…") if cut else joined)
    assert cut or joined == text


@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
@settings(max_examples=50)
def test_changes_give_both_texts_back(old, new):
    """What stayed and went is the old text; what stayed and came is the new one."""
    found = changes(old, new)

    assert "".join(c["text"] for c in found if c["op"] != "added") == old
    assert "".join(c["text"] for c in found if c["op"] != "removed") == new


def test_a_price_says_what_it_is_for():
    """A price for a time names the time; one without a time stays as it is read."""
    assert label("price", "150 USD 60min") == "150 USD for 60 min"
    assert label("price", "150 USD") == "150 USD"

"""What is kept between parts changes no mention: many ads at once say what each says by itself."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.extract import kernel, read
from homeward.extract.text.kept import Kept
from homeward.model.ad import Ad

LINES = (
    "Hi, I'm Amber.", "Talk soon, Robin", "My name is Zorella, 24 years old.", "Summer & Daisy together",
    "call 702-555-0134", "702 555 0134", "text me 7o2 five55 zero1 3four", "order no 702-555-0135",
    "ad id 88123456", "phone:", "(702) 555", "0136 ext. 12", "+44 1632 960 123", "01632 960123", "7",
    "whatsapp +49 30 2312 5001", "ring 7 0 2 5 5 5 0 1 3 7", "my number is", "ref", "20.05.2026", "24/7",
    "$120 half hour, 200 hour", "- 120", "rates $80", "160/30 220/60", "200 roses", "15 min 60 €", "£90 hr",
    "5'4\" and 121 lbs", "168 cm, blue eyes, brown hair", "open 9am to 10pm Mon-Fri", "von 9 bis 21 Uhr",
    "incall in Reno, NV", "visiting Las Vegas & Phoenix", "in Mobile", "mail amber@fastmail.test",
    "rose dot one at gmail dot com", "https://wa.me/17025550138", "insta: rose_22", "site.test/user/amber22",
    "Cash App $amberlane", "1450 Harbor St, apt 4", "Motel 6, room 214", "small rose tattoo on left wrist",
    "room 214", "apt.", "Reno NV 89501-4424", "34b-25-36", "0900-1700", "2018, 2019", "hours",
    "IMG_7025550134.jpg", "booking", "one two three", "7+0+2+5+5+5+0+1+3+4", "+971 55.2390743", "|",
    "Harbor St", "hundred", "double",
    "estoy en la ciudad, tengo 25 años y no lo hago", "привет, мне 25 лет, звоните", "我是安娜, 25岁",
)  # fmt: skip
POISON = (
    "", " ", "\u200b7\u200b0\u200b2 555 0139", "702\u00ad555\u00ad0140", "７０２-５５５-０１４１",
    "Ꮇy nаme іs Аmber",
    "7\ufe0f\u20e30\ufe0f\u20e32\ufe0f\u20e3 555 0142", "\u202e4310-555-207\u202c", "📞 702.555.0143", "İıſß",
    "\0\x01\x7f", "((((((", "$$$$", "@@@ 7@@7", "to for oh " * 9, "7 " * 40, "a" * 400, "😀" * 30,
    "|7o2|555|0144",
    "d41d8cd98f00b204e9800998ecf8427e", "8f14e45f-ceea-467a-9575-7025550145ab", "\u0661\u0662\u0663 555",
)  # fmt: skip
bodies = st.lists(st.sampled_from(LINES + POISON), min_size=1, max_size=7)
ads = st.builds(
    lambda title, lines, between, country, phones: {
        "title": title, "body": between.join(lines), "country": country, "phones": phones,
    },
    st.sampled_from((None, *LINES)), bodies, st.sampled_from(("\n", "\n\n", " ", ". ", ", ", "")),
    st.sampled_from((None, "US", "GB", "DE")), st.sampled_from((None, ["702-555-0134"], ["01632 960123"])),
)  # fmt: skip


def alone(ad: dict[str, object]) -> list[tuple[object, ...]]:
    """Read one ad with nothing kept from any other."""
    kernel.forget()
    phones = tuple(ad["phones"] or ())
    one = Ad(title=ad["title"], body=ad["body"], country=ad["country"], phones=phones)
    return [(m.part, m.kind.value, m.value, m.raw, m.span.start, m.span.end, m.reader,
             round(m.confidence, 6), dict(m.detail)) for m in read.read_ad(one)]  # fmt: skip


def together(some: list[dict[str, object]]) -> list[list[tuple[object, ...]]]:
    """Read ads as one batch, with all that is kept of those before."""
    columns = {"ad": [str(n) for n in range(len(some))], **{c: [ad[c] for ad in some] for c in some[0]}}
    shape = pa.schema([(c, pa.list_(pa.string()) if c == "phones" else pa.string()) for c in columns])
    [batch] = pa.table(columns, schema=shape).to_batches()
    out: list[list[tuple[object, ...]]] = [[] for _ in some]
    for row in kernel.read_batch(batch).to_pylist():
        fields = [row[c] for c in ("part", "kind", "value", "raw", "start", "end", "reader")]
        out[int(row["ad"])].append((*fields, round(row["confidence"], 6), json.loads(row["detail"])))
    return out


@settings(max_examples=60, deadline=None)
@given(st.lists(ads, min_size=1, max_size=8))
def test_what_is_kept_of_other_ads_changes_no_mention(some):
    """Random mixtures of lines, some poisoned: a batch says of each ad what the ad says read alone."""
    kernel.forget()
    first, again = together(some), together(some)
    assert first == again == [alone(ad) for ad in some]


def test_an_ad_that_fails_leaves_nothing_behind(monkeypatch):
    """Where a reader fails, nothing half read is kept: read again, the same ads say all they say."""
    some = [{"title": None, "body": f"Hi, I'm Amber. 702-555-01{n:02}", "country": "US", "phones": None}
            for n in range(3)]  # fmt: skip
    kernel.forget()
    whole = together(some)
    kernel.forget()
    monkeypatch.setattr(kernel, "_row", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        together(some)
    monkeypatch.undo()
    assert together(some) == whole and all(whole)


def test_stages_are_bounded_by_parts_and_by_characters():
    """Every part is in one stage, in order; only a part longer than a stage makes one that is too long."""
    sizes = [5] * (2 * kernel.STAGE_PARTS) + [kernel.STAGE_LENGTH + 1, 3, kernel.STAGE_LENGTH, 4]
    keys = [("a" * size, "body", "", "", "", read.ALL) for size in sizes]
    stages = list(kernel._stages(keys))
    assert [key for stage in stages for key in stage] == keys
    assert all(len(stage) <= kernel.STAGE_PARTS for stage in stages)
    lengths = [sum(len(key[0]) for key in stage) for stage in stages]
    assert sum(length > kernel.STAGE_LENGTH for length in lengths) == 1


def test_what_is_kept_is_bounded_and_what_is_asked_for_stays():
    """However much is put, twice the bound is kept; what was asked for lately is among it."""
    kept: Kept[int, int] = Kept(4)
    for n in range(100):
        kept.put(n, -n)
        assert kept.get(0) == 0 and len(kept) <= 8
    assert kept.get(50) is None and kept.get(99) == -99

"""Masked worlds: no telephone number is left in what an ad says, and everything else is."""

from __future__ import annotations

import pyarrow as pa
import pytest

from bench.quality.connect import COLUMNS
from bench.quality.masking import MASK, no_numbers, without_phones
from homeward.engine.local import LocalEngine
from homeward.model import schema

SAID = {
    "title": "Amber in Reno, 702 555 0134",
    "body": "Hi, I am Amber. Call seven zero two 555 0134 or (702) 555-0177. $200 an hour. IG @amber_rose77",
    "url": "https://board.example/amber-7025550134",
    "phones": ["+17025550134"],
}


@pytest.fixture(scope="module")
def engine():
    with LocalEngine() as one:
        yield one


def an_ad(**said):
    row = dict.fromkeys(COLUMNS) | {"ad": "a", "capture": "c", "site": "board.test", "city": "Reno",
           "region": "NV", "country": "US", "photos": []} | said  # fmt: skip
    return pa.Table.from_pylist([row], schema=pa.schema([schema.ADS.field(name) for name in COLUMNS]))


def read(ads, engine):
    return engine.map("homeward.extract.kernel:read_batch", ads)


def test_every_number_of_title_body_address_and_list_is_masked(engine):
    masked = without_phones(an_ad(**SAID), engine)
    [row] = masked.to_pylist()
    assert "phone" not in read(masked, engine)["kind"].to_pylist()
    assert row["phones"] == []
    for part in ("title", "body", "url"):
        assert MASK in row[part]
        assert "0134" not in row[part] and "0177" not in row[part]


def test_all_else_stays_as_it_was(engine):
    before, after = (
        {(m["kind"], m["value"]) for m in read(ads, engine).to_pylist() if m["kind"] != "phone"}
        for ads in (an_ad(**SAID), without_phones(an_ad(**SAID), engine))
    )
    assert {"name", "price", "handle"} <= {kind for kind, _ in before}
    assert before == after


def test_an_ad_without_a_number_is_not_touched(engine):
    plain = an_ad(title="Amber", body="Hi, I am Amber, 24. $200 an hour.", phones=[])
    assert plain.equals(without_phones(plain, engine))


def test_a_number_read_all_the_same_joins_nothing():
    """A handle that is a number (WhatsApp) goes with the numbers; other handles and kinds stay."""
    said = [("phone", "+17025550134"), ("handle", "whatsapp:17025550134"), ("handle", "instagram:amber_77"),
            ("price", "200 USD 60min")]  # fmt: skip
    mentions = pa.table({"kind": [kind for kind, _ in said], "value": [value for _, value in said]})
    assert [v for _, v in said[2:]] == no_numbers(mentions)["value"].to_pylist()

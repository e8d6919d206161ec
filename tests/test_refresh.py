"""A refresh makes the same groups however it came about: at once, in steps, or after being killed."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

import pyarrow as pa
import pytest

from homeward.collect.world import generate
from homeward.connect import tables as connect_tables
from homeward.connect.evaluation import agreement
from homeward.engine.local import LocalEngine
from homeward.extract.kernel import read_batch
from homeward.house import make_house
from homeward.inputs import SOURCES, read_inputs
from homeward.model import ids, schema
from homeward.model.judgement import Judgement, PairJudgement
from homeward.refresh import refresh
from homeward.store.ledger import identity_history, judgements, leads, pins

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def rows(lines, *, batch="b1"):
    """Ads as the lake keeps them, a line each; a key met again is left out."""
    out = {}
    for number, line in enumerate(lines):
        ad = ids.ad_id(line["site"], line["id"], None)
        row = dict.fromkeys(schema.ADS.names)
        row |= {name: line[name] for name in schema.ADS.names if name in line}
        row |= {
            "ad": ad, "capture": ids.capture_id(ad, str(line["body"])), "source_id": line["id"],
            "posted_at": moment(line["posted_at"]), "seen_at": moment(line["seen_at"]), "revision": 0,
            "batch": batch, "month": "2026-11", "position": number,
            "photos": [{"path": "", "url": "", **photo} for photo in line["photos"]],
        }  # fmt: skip
        out.setdefault(ad, row)
    return pa.Table.from_pylist(list(out.values()), schema=schema.ADS)


def take_in(house, ads):
    house.lake.append("ads", ads)
    for batch in ads.combine_chunks().to_batches():
        house.lake.append("mentions", pa.Table.from_batches([read_batch(batch)]))


@pytest.fixture(scope="module")
def lines():
    return [ad for ad, _ in islice(generate(200, seed=5, preset="easy"), 200)]


class Lasting(LocalEngine):
    """One worker for all tests here: starting one and loading every reader takes seconds."""

    def close(self):
        """Stay."""


ENGINE = Lasting(1)


@pytest.fixture(scope="module", autouse=True)
def engine():
    yield
    LocalEngine.close(ENGINE)


@pytest.fixture
def house(tmp_path):
    with make_house(tmp_path / "home", key=bytes(32), clock=lambda: NOON, workers=1) as made:
        yield replace(made, engine=ENGINE)


def export(house, *, without_run=True):
    """Every row of the current run, as it would be exported."""
    with house.ledger.read() as tx:
        run = pins.current(tx)
    out = {}
    for name in schema.RUN_TABLES:
        table = house.lake.read(name, version=run.pins.get(name), filters=[("run", "=", run.run)])
        out[name] = table.drop(["run"]).to_pylist() if without_run else table.to_pylist()
    return out


def test_a_refresh_publishes_what_it_made(house, lines):
    """The run, its pins and its queue stand in the ledger together."""
    take_in(house, rows(lines))
    made = refresh(house)

    with house.ledger.read() as tx:
        assert pins.current(tx).run == made.run
        assert leads.count(tx) == made.leads > 0
    assert len(export(house)["members"]) == made.ads
    assert made.signed == made.ads


def test_an_empty_workspace_refreshes_to_nothing(house):
    """No ad, no group, no error."""
    made = refresh(house)

    assert (made.ads, made.networks, made.leads) == (0, 0, 0)


def test_refreshing_twice_is_the_same_run(house, lines):
    """Nothing new: the same run, nothing signed again."""
    take_in(house, rows(lines))
    first, before = refresh(house), export(house, without_run=False)
    second = refresh(house)

    assert (second.run, second.signed) == (first.run, 0)
    assert export(house, without_run=False) == before


class Stumbling(LocalEngine):
    """An engine on which the first wording to be signed fails, as one does that takes too long."""

    def map_stream(self, kernel, tables, *, on_error=None, **_):
        def but_the_first():
            on_error(0, "it took too long")
            for n, table in enumerate(tables):
                yield table.slice(n == 0)

        given = but_the_first() if kernel.endswith(":sign_batch") else tables
        return super().map_stream(kernel, given, on_error=on_error)


def test_an_ad_that_cannot_be_signed_costs_itself_alone_and_is_tried_again(house, lines):
    """It is in no template, and in the one of its wording once it is signed, by a run of its own."""
    ads = rows(lines)
    take_in(house, ads)
    with Stumbling(workers=1) as engine:
        made = refresh(replace(house, engine=engine))
    later = refresh(house)

    assert (made.ads, made.signed, made.unsigned) == (ads.num_rows, ads.num_rows - 1, 1)
    assert (later.signed, later.unsigned) == (1, 0) and later.run != made.run
    gone_on = export(house)
    refresh(house, full=True)
    assert export(house) == gone_on


def test_going_on_ends_where_starting_over_does(house, lines):
    """Ads in two helpings, a refresh after each: the same groups as one refresh from the start."""
    ads = rows(lines)
    take_in(house, ads.slice(0, ads.num_rows // 2))
    refresh(house)
    take_in(house, ads.slice(ads.num_rows // 2))
    made = refresh(house)
    went_on = export(house)

    assert made.signed == ads.num_rows - ads.num_rows // 2
    refresh(house, full=True)
    assert export(house) == went_on


def test_what_came_together_is_read_as_it_is_among_all(house, lines):
    """Ads of the second helping are found by its batch, and so they are with one of the first among them."""
    first, second = rows(lines).slice(0, 60), rows(lines, batch="b2").slice(60)
    take_in(house, first)
    take_in(house, second)
    source = {name: house.lake.version(name) for name in SOURCES}
    for ads in (second, pa.concat_tables([first.slice(7, 1), second])):
        captures = ads["capture"].combine_chunks()
        by_batch = read_inputs(house, source, captures, together=True)

        assert by_batch["ads"].num_rows == ads.num_rows
        assert by_batch == read_inputs(house, source, captures)


def test_a_refresh_that_was_stopped_starts_again(house, lines, monkeypatch):
    """Stopped after its tables were half written: nothing is published; again, and the export is the same."""
    take_in(house, rows(lines))

    def stop(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(connect_tables, "_members", stop)
        refresh(house)
    with house.ledger.read() as tx:
        assert pins.current(tx) is None
    first = refresh(house)
    once = export(house, without_run=False)
    assert refresh(house, full=True).run == first.run
    assert export(house, without_run=False) == once


def test_a_judgement_outlives_every_refresh_and_is_told(house, lines):
    """Two ads of one network judged different are apart from the next refresh on, and history says so."""
    take_in(house, rows(lines))
    refresh(house)
    networks = {}
    for row in export(house)["members"]:
        networks.setdefault(row["network"], []).append(row["ad"])
    network, ads = max(networks.items(), key=lambda item: (len(item[1]), item[0]))
    with house.ledger.write() as tx:
        judgements.record(tx, PairJudgement(ads[0], ads[1], Judgement.DIFFERENT, "test", NOON, "seen apart"))
    for full in (False, True):
        refresh(house, full=full)
        where = {row["ad"]: row["network"] for row in export(house)["members"]}
        assert where[ads[0]] != where[ads[1]]
    with house.ledger.read() as tx:
        assert any(step.identity == network for step in identity_history.of(tx, network))


def test_a_sites_own_number_ties_nobody_and_is_listed(house):
    """Thirty strangers above one footer: its number is no contact of theirs, and the list says why."""
    when = "2026-11-01T00:00:00Z"
    footer = "Cityboard support desk: 800-555-0100, ads are placed by third parties"
    lines = [
        {"site": "cityboard.test", "id": f"i{n}", "city": "Reno", "country": "US", "posted_at": when,
         "seen_at": when, "photos": [], "body": f"words {n} of one\ncall 702-555-01{n:02d}\n{footer}"}
        for n in range(30)
    ]  # fmt: skip
    take_in(house, rows(lines))
    assert "+18005550100" in house.lake.read("mentions", columns=["value"])["value"].to_pylist()
    refresh(house)
    made = export(house)
    assert len({row["network"] or row["ad"] for row in made["members"]}) == 30
    assert not [row for row in made["identities"] if "+18005550100" in row["values"]]
    assert [row["value"] for row in made["filtered"] if row["kind"] == "boilerplate"] == [footer.lower()]


def build_on(house, ads, least):
    """Take in all but the last ads and refresh, then the rest; return what the second refresh made."""
    take_in(house, ads.slice(0, least))
    refresh(house)
    take_in(house, ads.slice(least))
    return refresh(house)


@pytest.mark.parametrize(
    "preset", ["hard", *(pytest.param(one, marks=pytest.mark.soak) for one in ("standard", "decoys"))]
)
def test_building_only_the_neighbourhood_agrees_with_building_everything(house, preset):
    """Some more ads: not all groups are built anew, and of a hundred pairs in a group not one is another."""
    ads = rows([ad for ad, _ in islice(generate(2000, seed=8, preset=preset), 2000)])
    made = build_on(house, ads, ads.num_rows - 40)
    assert 0 < made.built < 0.5 * made.ads
    went_on = export(house)
    assert [row["rank"] for row in went_on["leads"]] == list(range(1, made.leads + 1))
    whole = refresh(house, full=True)
    assert whole.built == whole.ads == made.ads
    everything = export(house)

    for level in ("template", "persona", "network"):
        mine, theirs = ([row[level] for row in one["members"]] for one in (went_on, everything))
        assert agreement(mine, theirs).pairs.f1 >= 0.99
    words = [{row["identity"]: row["word"] for row in one["leads"]} for one in (went_on, everything)]
    same = [name for name in words[0] if words[0][name] == words[1].get(name)]
    assert len(same) >= 0.97 * len(words[0] | words[1])
    assert {row["ad"] for row in went_on["traits"]} == {row["ad"] for row in everything["traits"]}


def test_a_neighbourhood_built_twice_from_the_same_is_the_same(tmp_path, lines):
    """Two workspaces with the same history export the same, to the bit."""
    ads = rows(lines)
    found = []
    for name in ("one", "two"):
        with make_house(tmp_path / name, key=bytes(32), clock=lambda: NOON, workers=1) as made:
            house = replace(made, engine=ENGINE)
            assert build_on(house, ads, ads.num_rows - 6).built < ads.num_rows
            found.append(export(house, without_run=False))
    assert found[0] == found[1]


def test_an_ad_that_ties_two_old_groups_joins_them_without_building_the_rest(house, lines):
    """Two strangers, then three ads with both their numbers: one network, though only these were built."""
    when = "2026-11-01T00:00:00Z"

    def ad(n, body):
        return {"site": "cityboard.test", "id": f"x{n}", "city": "Reno", "country": "US", "posted_at": when,
                "seen_at": when, "photos": [], "body": body}  # fmt: skip

    old = [
        ad(n, f"{said}, call 702-555-0171")
        for n, said in enumerate(("In town", "Downtown now", "Here again"))
    ]
    old += [
        ad(n, f"{said}, ring 702-555-0172") for n, said in enumerate(("Late walks", "Tea", "Quiet talk"), 3)
    ]
    both = ("Two friends", "Either of us", "Ask for her or me")
    new = [ad(n, f"{said}: 702-555-0171 or 702-555-0172") for n, said in enumerate(both, 6)]
    ads = rows([*lines, *old, *new])
    names = [ids.ad_id("cityboard.test", f"x{n}", None) for n in range(9)]
    made = build_on(house, ads, ads.num_rows - len(new))
    assert made.built < ads.num_rows / 2
    where = {row["ad"]: row["network"] for row in export(house)["members"]}
    assert len({where[name] for name in names}) == 1
    with house.ledger.read() as tx:
        assert identity_history.of(tx, where[names[3]]) or identity_history.of(tx, where[names[0]])


def test_new_ads_that_all_repeat_what_is_known_go_to_their_groups(house, lines):
    """A day that brings only ads known to the letter: each joins its wording's template and its network."""
    again = [{**line, "id": f"{line['id']}-again"} for line in lines[:3]]
    ads = rows([*lines, *again])
    made = build_on(house, ads, ads.num_rows - len(again))

    assert 0 < made.built < ads.num_rows
    where = {row["ad"]: (row["template"], row["network"]) for row in export(house)["members"]}
    for old, new in zip(lines, again, strict=False):
        first, second = (where[ids.ad_id(line["site"], line["id"], None)] for line in (old, new))
        assert first == second and first[0]


def test_a_changed_ad_leaves_the_group_it_no_longer_belongs_to(house, lines):
    """An ad whose new revision gives another number goes; the rest of its group stays together."""
    first = rows(lines)
    take_in(house, first)
    refresh(house)
    sizes = {}
    for row in export(house)["members"]:
        sizes.setdefault(row["network"], []).append(row["ad"])
    members = max(sizes.values(), key=len)
    changed = next(row for row in first.to_pylist() if row["ad"] == members[-1])
    changed |= {"body": "Something else altogether, 702-555-0199", "revision": 1, "batch": "b2", "photos": [],
                "capture": ids.capture_id(changed["ad"], "new")}  # fmt: skip
    take_in(house, pa.Table.from_pylist([changed], schema=schema.ADS))
    assert refresh(house).built < first.num_rows / 2
    where = {row["ad"]: row["network"] for row in export(house)["members"]}
    assert len(where) == first.num_rows
    assert len({where[ad] for ad in members[:-1]}) == 1
    assert where[changed["ad"]] != where[members[0]]

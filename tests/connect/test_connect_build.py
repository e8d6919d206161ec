"""Ads that belong together are together, strangers are not, and people's word outranks every score."""

import json
import random

import pyarrow as pa
import pytest
from connect_cases import NAMES, ad, groups, inputs, run, text

from homeward.connect.findings import LISTED
from homeward.model import ids, schema

P1, P2, P3, DESK = "+17025550134", "+17025550177", "+12125550111", "+18005550199"


def strangers(n):
    return [ad(f"s{i}", text(1000 + i), phone=f"+1999555{i:04}", day=i % 50, city=f"Town{i % 9}",
               name=NAMES[i % 8]) for i in range(n)]  # fmt: skip


def network():
    """One operator: four names, three numbers one after the other, one wording, a photo under two names."""
    return [
        ad(f"n{i}", f"{text(1)} {NAMES[i % 4]}", name=NAMES[i % 4], phone=(P1, P2, P3)[i // 4], day=i * 5,
           photo="shared" if i % 4 < 2 else f"own{i % 4}", obscured=True, city=("Reno", "Elko")[i % 2])
        for i in range(12)
    ]  # fmt: skip


def together(tables, *ads):
    return any(set(ads) <= g for g in groups(tables))


def test_one_number_joins_and_two_do_not():
    made = run(
        [ad("a", text(1), phone=P1), ad("b", text(2), phone=P1), ad("c", text(3), phone=P2), *strangers(30)]
    )

    assert together(made, "a", "b")
    assert not together(made, "a", "c")


def test_a_wording_alone_does_not_join_but_with_a_name_it_does():
    alone = [ad("a", text(1), phone=P1, city="Reno"), ad("b", text(1), phone=P2, city="Elko")]
    named = [{**alone[0], "name": "Zora"}, {**alone[1], "name": "Zora"}]

    assert not together(run([*alone, *strangers(200)]), "a", "b")
    assert together(run([*named, *strangers(200)]), "a", "b")


def test_a_desk_number_joins_no_strangers_and_is_listed():
    """A number beside the own numbers of twenty strangers is set aside, with the reason."""
    ads = []
    for i in range(20):
        ads.append(ad(f"d{i}", text(i), phone=f"+1777555{i:04}", day=i))
    given = inputs(ads + strangers(20))
    rows = given["mentions"].to_pylist()
    rows += [{**r, "value": DESK} for r in rows if r["ad"].startswith("d")]
    given["mentions"] = given["mentions"].from_pylist(rows, schema=given["mentions"].schema)
    made = run([], given=given)

    assert all(len(g) == 1 for g in groups(made))
    [listed] = [r for r in made["filtered"].to_pylist() if r["value"] == DESK]
    assert listed["ads"] == 20
    assert "20 unrelated posters" in listed["reason"]


@pytest.mark.parametrize(("read", "joined"), [("+528005550199", False), ("+528015550199", True)])
def test_a_desk_number_read_as_one_of_another_country_joins_nobody(read, joined):
    """Two ads abroad are too few to show whose number it is; those at home show it. Another number joins."""
    home = [ad(f"d{i}", text(i), phone=f"+1777555{i:04}", second=DESK, day=i) for i in range(20)]
    abroad = [
        ad(f"{side}{i}", text(30 + i + at), phone=phone, second=read, day=i)
        for side, at, phone in (("a", 0, P1), ("b", 9, P2))
        for i in range(3)
    ]
    made = run([*home, *abroad, *strangers(20)])

    assert together(made, "a0", "b0") == joined
    assert any(r["value"] == read for r in made["filtered"].to_pylist()) != joined


def test_a_number_handed_on_is_two_posters():
    """Months of silence and nothing in common before and after: two people had the number."""
    early = [ad(f"e{i}", text(1), phone=P1, name="Amber", day=i) for i in range(3)]
    late = [ad(f"l{i}", text(2), phone=P1, name="Bella", day=120 + i) for i in range(3)]
    made = run([*early, *late, *strangers(30)])

    assert together(made, "e0", "e1", "e2")
    assert not together(made, "e0", "l0")
    back = [{**one, "name": "Amber"} for one in late]
    assert together(run([*early, *back, *strangers(30)]), "e0", "l0"), "the same name is the same person"
    several = [{**one, "name": ("Amber", "Bella", "Carla")[i]} for i, one in enumerate(early)]
    others = [{**one, "name": ("Amber", "Dora", "Edith")[i]} for i, one in enumerate(late)]
    assert not together(run([*several, *others, *strangers(30)]), "e0", "l0"), "one of several is common"


def test_every_ad_is_in_exactly_one_identity_of_each_level():
    made = run([*network(), *strangers(200)])
    for level in ("persona", "network"):
        rows = [r for r in made["identities"].to_pylist() if r["level"] == level]
        ads = [a for r in rows for a in r["ads"]]
        assert sorted(ads) == sorted(made["members"]["ad"].to_pylist())
    for persona in groups(made, "persona"):
        assert any(persona <= whole for whole in groups(made))


def test_names_are_personas():
    made = run([*network(), *strangers(200)])

    assert {"n0", "n4", "n8"} in groups(made, "persona")


def test_an_identity_is_named_after_its_earliest_ad():
    """A merge keeps the id of the side with the earliest ad; the other id goes."""
    apart = [ad("a", text(1), phone=P1, day=0), ad("b", text(2), phone=P2, day=1)]
    bridge = [
        ad(f"{side}{i}", text(10 * number + i), phone=phone, email="x@mail.test", day=2 + i)
        for side, number, phone in (("c", 3, P1), ("d", 4, P2))
        for i in range(4)
    ]
    before = run([*apart, *strangers(10)])
    after = run([*apart, *bridge, *strangers(10)])

    where = {r["ad"]: r["network"] for r in before["members"].to_pylist()}
    assert where["a"] == ids.identity_id("network", "a") != where["b"]
    now = {r["ad"]: r["network"] for r in after["members"].to_pylist()}
    assert {now[name] for name in ("a", "b", "c0", "d0")} == {where["a"]}


@pytest.mark.parametrize("word", ["same", "different", "undecided"])
def test_judgements_outrank_scores(word):
    strange = run([*network(), *strangers(200)], judgements=[("s1", "s2", word)])
    known = run([*network(), *strangers(200)], judgements=[("n0", "n11", word)])

    assert together(strange, "s1", "s2") == (word == "same")
    assert together(known, "n0", "n11") == (word != "different")


def test_taking_a_judgement_back_leaves_no_residue():
    ads = [*network(), *strangers(200)]
    plain = {k: v.to_pylist() for k, v in run(ads).items()}
    undone = {k: v.to_pylist() for k, v in run(ads, judgements=[("n0", "n11", "undecided")]).items()}

    assert undone == plain


def test_the_order_of_input_changes_nothing():
    given = inputs([*network(), *strangers(200)])
    plain = {k: v.to_pylist() for k, v in run([], given=given).items()}
    chance = random.Random(1)
    mixed = {}
    for name, table in given.items():
        order = list(range(table.num_rows))
        chance.shuffle(order)
        mixed[name] = table.take(pa.array(order, pa.int64()))

    assert {k: v.to_pylist() for k, v in run([], given=mixed).items()} == plain


def lead_of(tables, ad_id):
    network = {r["ad"]: r["network"] for r in tables["members"].to_pylist()}[ad_id]
    return next(r for r in tables["leads"].to_pylist() if r["identity"] == network)


def findings_of(tables, ad_id):
    identity = lead_of(tables, ad_id)["identity"]
    return {r["indicator"]: r for r in tables["findings"].to_pylist() if r["identity"] == identity}


def test_a_network_leads_and_says_why():
    made = run([*network(), *strangers(200)])
    lead = made["leads"].to_pylist()[0]

    assert lead["identity"] == lead_of(made, "n0")["identity"]
    assert lead["title"].startswith("Four names on three numbers")
    assert lead["rank"] == 1


def test_sentences_carry_the_numbers_of_a_recount():
    found = findings_of(run([*network(), *strangers(200)]), "n0")

    assert found["rotating_numbers"]["sentence"] == "3 numbers in 55 days"
    assert (
        found["one_photo_many_names"]["sentence"]
        == "One photo is shown under different names: Amber and Bella"
    )
    assert (
        found["one_wording_many_names"]["sentence"] == "One wording for 4 names: Amber, Bella, Carla and Dora"
    )


def test_reposts_change_no_score():
    """The same ads five times over, on the same days: only how many ads are listed changes."""
    ads = [*network(), *strangers(200)]
    again = [{**one, "id": f"{one['id']}r{k}"} for one in network() for k in range(5)]
    plain, more = run(ads), run([*ads, *again])

    assert lead_of(more, "n0")["score"] == lead_of(plain, "n0")["score"]
    before, after = findings_of(plain, "n0"), findings_of(more, "n0")
    told = [
        {k: (v["sentence"].partition(LISTED)[0], v["weight"]) for k, v in found.items()}
        for found in (before, after)
    ]
    assert told[0] == told[1]
    assert after["rotating_numbers"]["sentence"].endswith("the first 60 of 72 ads")


@pytest.mark.parametrize(("gap", "told"), [(10, True), (90, False)])
def test_one_person_s_second_number_is_told_if_it_comes_soon(gap, told):
    ads = [
        ad(f"c{i}", f"{text(7)} x{i}", phone=(P1, P2)[i // 3], day=i // 3 * gap + i % 3,
           name="Amber", photo="mine")
        for i in range(6)
    ]  # fmt: skip
    made = run([*ads, *strangers(300)])
    assert together(made, "c0", "c5")
    found = {row["indicator"] for row in made["findings"].to_pylist() if "c0" in row["ads"]}
    assert ("rotating_numbers" in found) == told


def test_findings_show_the_ads_and_mentions_that_made_them():
    made = run([*network(), *strangers(200)])
    known = set(made["members"]["ad"].to_pylist())
    for row in made["findings"].to_pylist():
        assert row["sentence"]
        assert set(row["ads"]) <= known
        assert all(len(m) == 3 for m in json.loads(row["mentions"]))


def test_the_youth_list_is_the_agency_s_and_empty_until_then():
    ads = [ad(f"y{i}", f"{text(5 + i)} lexterm1", phone=P1, name="Amber", day=i) for i in range(3)]
    without = run([*ads, *strangers(30)])
    with_list = run([*ads, *strangers(30)], youth=("lexterm1",))

    assert "youth_wording" not in {r["indicator"] for r in without["findings"].to_pylist()}
    assert findings_of(with_list, "y0")["youth_wording"]["sentence"].startswith(
        "Words of the agency's list in 3 of 3"
    )


def test_an_ad_alone_is_never_scored():
    made = run([ad("a", text(1), phone=P1, obscured=True), *strangers(20)])

    assert made["leads"].num_rows == 0


def test_ads_without_clocks_or_words_are_ordinary():
    given = inputs([*network(), ad("x", "")])
    ads = given["ads"]
    for name in ("posted_at", "seen_at"):
        values = pa.nulls(ads.num_rows, schema.TIME)
        ads = ads.set_column(ads.column_names.index(name), name, values)
    made = run([], given={**given, "ads": ads})

    assert made["members"].num_rows == 13

"""Wordings that are the same text are one template; chains and short texts are not."""

import random

import numpy as np
import pyarrow as pa
import pytest
from connect_cases import ad, groups, inputs, run, sign, spelled, text
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from homeward.connect.clusters import cluster
from homeward.connect.signature import TOKENS, mask, minhash_bands, shingle, words
from homeward.connect.slots import induce


def strangers(n, start=1000):
    """Ads that have nothing to do with each other or anything else: rarity needs a crowd."""
    return [
        ad(f"s{i}", text(start + i), phone=f"+1999{start + i}", day=i % 60, city=f"Town{i % 9}")
        for i in range(n)
    ]


def templates(ads):
    return [g for g in groups(run(ads), "template") if len(g) > 1]


def test_a_wording_is_a_template_of_itself():
    assert templates([ad("a", text(1)), ad("b", text(1)), *strangers(40)]) == [{"a", "b"}]


def test_light_edits_stay_and_other_texts_do_not_join():
    words_of = text(1).split()
    edited = " ".join(["changed" if i % 13 == 0 else w for i, w in enumerate(words_of)])

    assert templates([ad("a", text(1)), ad("b", edited), ad("c", text(2)), *strangers(40)]) == [{"a", "b"}]


def test_a_chain_of_weak_pairs_is_not_one_template():
    """Each text shares half of its words with the next: the ends share nothing and stay apart."""
    chain = text(7, 400).split()
    ads = [ad(f"c{i}", " ".join(chain[i * 20 : i * 20 + 40])) for i in range(18)]
    found = templates([*ads, *strangers(60)])

    assert not any({"c0", "c17"} <= g for g in found)
    assert max((len(g) for g in found), default=1) <= 4


def test_short_generic_texts_of_strangers_join_nobody():
    """The same few words of eight people are one wording to look at, and no evidence: nobody is joined."""
    ads = [ad(f"g{i}", "call me today", phone=f"+1888{i:03}") for i in range(8)]
    found = run([*ads, *strangers(40)])

    assert all(len(g) == 1 for g in groups(found) if any(a.startswith("g") for a in g))
    assert [len(g) for g in groups(found, "template") if len(g) > 1] == [8]
    assert not any(row["kind"] == "template" for row in found["links"].to_pylist())


def phrases(*numbers):
    """A text of one sentence for each number."""
    return "\n".join(text(number, 8) for number in numbers)


def test_two_texts_that_share_half_and_come_often_are_two():
    """Ten copies of each with other edits: no copy of one is an edit of the other."""
    shared = (501, 502, 503, 504)
    ads = [
        ad(f"{kind}{k}", phrases(*shared, *own, 600 + 10 * own[0] + k))
        for kind, own in (("a", (511, 512, 513)), ("b", (521, 522, 523)))
        for k in range(10)
    ]
    found = templates([*ads, *strangers(80)])

    assert sorted(map(sorted, found)) == sorted([sorted(f"{kind}{k}" for k in range(10)) for kind in "ab"])


def test_drift_stays_one_template():
    """Ten copies before one sentence in eight is changed, ten after."""
    kept = tuple(range(541, 548))
    ads = [ad(f"{own}-{k}", phrases(*kept, own)) for own in (548, 549) for k in range(10)]

    assert sorted(map(len, templates([*ads, *strangers(80)]))) == [20]


def test_a_heavy_edit_goes_to_its_text_and_a_mixture_to_none():
    """Two words in five changed all over it is still that text; a third of each of two texts is neither."""
    a, b = text(561, 60), text(562, 60)
    chance = random.Random(1)
    edited = " ".join(f"odd{spelled(i)}" if chance.random() < 0.4 else w for i, w in enumerate(a.split()))
    half = " ".join([*a.split()[:20], *text(563, 20).split(), *b.split()[:20]])
    copies = [
        ad(f"{kind}{k}", f"{t} {text(590 + k, 2)}") for kind, t in (("a", a), ("b", b)) for k in range(6)
    ]
    found = templates([*copies, ad("edited", edited), ad("half", half), *strangers(80)])

    assert {"edited", *(f"a{k}" for k in range(6))} in found
    assert not any("half" in group for group in found)


def test_a_text_with_hundreds_of_edits_is_one_template():
    """What half of all wordings say, each in its own way, is a text and no boilerplate."""
    chance = random.Random(2)
    ads = [
        ad(
            f"t{k}",
            " ".join(f"odd{spelled(k)}" if chance.random() < 0.15 else w for w in text(570, 50).split()),
        )
        for k in range(120)
    ]

    assert max(map(len, templates([*ads, *strangers(100)]))) == 120


def test_short_texts_are_one_wording_only_if_they_say_the_same():
    """Another filling changes nothing; another word or another typing does."""
    same = [ad("a", "text Amber 120", name="Amber"), ad("b", "text Bella 150", name="Bella")]
    other = [ad("c", "call Clara 120", name="Clara"), ad("d", "Text Dora 120", name="Dora")]

    assert templates([*same, *other, *strangers(40)]) == [{"a", "b"}]


def test_a_name_that_nobody_read_is_a_filling_where_others_are():
    """Three rare words in the place of a common wording's name are names; one alone is another wording."""
    common = [ad(f"n{i}", f"Name{i} free now call me", name=f"Name{i}") for i in range(30)]
    rare = [ad(f"r{i}", f"{word} free now call me") for i, word in enumerate(("Robin", "Jade", "Summer"))]
    everybody = {one["id"] for one in [*common, *rare]}

    assert everybody in templates([*common, *rare, *strangers(40)])
    assert {one["id"] for one in common} in templates([*common, rare[0], *strangers(40)])


def test_a_site_s_footer_tells_no_wordings_apart():
    """Half of one site's short ads end with the site's line, and are one wording with the others."""
    footer = "\nposted with the free lounge app share it with a friend"
    ads = [ad(f"f{i}", "call me today" + footer * (i % 2), site="lounge.test") for i in range(8)]
    crowd = [ad(f"l{i}", text(700 + i) + footer, site="lounge.test") for i in range(60)]
    found = templates([*ads, *crowd, *strangers(60)])

    assert {f"f{i}" for i in range(8)} in found


def signed(title, body):
    """The shingles of one ad of a name and a town, as its readers mask them."""
    given = inputs([ad("a", body, name="Lena")])
    named = given["ads"].set_column(
        given["ads"].column_names.index("title"), "title", pa.array([title], pa.string())
    )
    return set(sign(named, given["mentions"])["shingles"].to_pylist()[0])


def test_a_title_tells_nothing_beside_a_short_text_whatever_line_ends_it():
    """A site's footer of twenty words makes no short ad long."""
    footer = "\n\n" + " ".join(f"the site says {spelled(i)}" for i in range(6))
    short = "call me before nine"
    assert signed("tonight", short) == signed("hi there", short)
    assert signed("tonight", short + footer) == signed("hi there", short + footer)
    assert signed("tonight", short) < signed("tonight", short + footer)


def test_a_title_tells_beside_a_text_of_some_length():
    """The negative twin: what stands above the last line is long enough."""
    long = f"{text(1)}\ncall me before nine"
    assert signed("slow monday", long) != signed("quick friday", long)


def test_reposts_change_no_template():
    """An ad put out again unchanged counts once: it makes no text of its own against its likes."""
    some = [ad(f"a{k}", phrases(581, 582, 583, 584, 590 + k)) for k in range(3)]
    odd = ad("odd", phrases(581, 582, 583, 588, 589))
    again = [{**odd, "id": f"odd{i}", "day": 9} for i in range(12)]
    once = groups(run([*some, odd, *strangers(60)]), "template")
    often = groups(run([*some, odd, *again, *strangers(60)]), "template")

    assert {frozenset(a for a in g if len(a) < 4) for g in once} == {
        frozenset(a for a in g if len(a) < 4) for g in often
    } - {frozenset()}


@given(st.integers(0, 2**32), st.integers(4, 14))
@settings(max_examples=30, deadline=None)
def test_groups_are_alike_on_average(seed, n):
    """What is joined is alike on average over all pairs (nearly: a group may double before it is measured
    again), no two groups that are alike are left apart, and the order of the pairs says nothing."""
    rng = np.random.default_rng(seed)
    rows = rng.random((n, 6)) * (rng.random((n, 6)) > 0.5)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    pairs = np.array([(a, b) for a in range(n) for b in range(a + 1, n)])
    alike = np.round((rows[pairs[:, 0]] * rows[pairs[:, 1]]).sum(axis=1), 9)
    levels, start = (0.9, 0.7, 0.6), np.arange(n)
    found = cluster(csr_matrix(rows), pairs, alike, levels, start)
    mixed = rng.permutation(len(pairs))

    assert found.tolist() == cluster(csr_matrix(rows), pairs[mixed], alike[mixed], levels, start).tolist()
    for head in np.unique(found):
        mine = rows[found == head]
        if len(mine) > 1:
            near = mine @ mine.T
            assert near[np.triu_indices(len(mine), 1)].mean() >= levels[-1] - 0.1
    for a, b in pairs[alike >= levels[-1]].tolist():
        x, y = rows[found == found[a]], rows[found == found[b]]
        assert found[a] == found[b] or (x @ y.T).mean() < levels[-1] + 1e-6, "nothing alike is left apart"


def test_fillings_do_not_tell_wordings_apart():
    """Another name and number leave the masked wording as it is; a missing word does not."""
    people = (("a", "Amber", "+17025550134"), ("b", "Bella", "+17025550177"))
    same = [ad(c, f"hello i am {n} {text(1)} call {tel}", name=n, phone=tel) for c, n, tel in people]
    bands = inputs([*same, ad("c", f"hello i am Amber {text(1)} call", name="Amber")])["bands"]

    wording = bands["wording"].to_pylist()
    assert wording[0] == wording[1] != wording[2]


def test_masking_keeps_what_stands_between():
    assert mask("Amber here, 702", [(0, 5, "name"), (12, 15, "phone")]).split() == [
        TOKENS["name"],
        "here,",
        TOKENS["phone"],
    ]
    assert mask("Amber", [(0, 9, "name")]) == "amber", "a span beyond the text is no span"


def test_scripts_without_spaces_are_read_by_character():
    assert words(["温泉按摩", "two words"]) == [list("温泉按摩"), ["two", "words"]]


@pytest.mark.parametrize(
    "footer",
    ["Reviewed by city desk 2026", "Reviewed by city desk 2026, which writes no ads itself " * 3],
)
def test_latin_lines_below_a_text_without_spaces_are_read_in_words(footer):
    """A footer's words tell as few shingles as below any text; a line of the script itself is characters."""
    chinese = "温泉按摩欢迎光临环境安静舒适每天十点到晚上请先预约"
    ads = [ad("a", chinese), ad("b", f"{chinese}\n{footer}"), ad("c", f"{chinese}\n欢迎光临")]
    alone, below, more = ({*one} for one in inputs(ads)["bands"]["shingles"].to_pylist())
    [english] = inputs([ad("d", f"soft hands in town\n{footer}")])["bands"]["shingles"].to_pylist()

    assert alone < below
    assert below - alone <= {*english}, "the same shingles as below an English text"
    assert len(more - alone) == 1


@given(st.lists(st.lists(st.integers(0, 50), max_size=12), min_size=1, max_size=6))
@settings(max_examples=50, deadline=None)
def test_shingles_are_those_of_each_text_alone(texts):
    """Signing texts together gives each the shingles and bands that it has alone."""

    def sign(some):
        tokens = np.array([t for s in some for t in s], dtype=np.uint64)
        ends = np.concatenate([[0], np.cumsum([len(s) for s in some])]).astype(np.int64)
        flat, offsets = shingle(tokens, ends, np.full(len(some), 2))
        return flat, offsets, minhash_bands(flat, offsets)

    flat, offsets, bands = sign(texts)
    for i, one in enumerate(texts):
        alone = sign([one])
        assert flat[offsets[i] : offsets[i + 1]].tolist() == alone[0].tolist()
        assert bands[i].tolist() == alone[2][0].tolist()
        assert len(alone[0]) == len(
            {tuple(one[j : j + 2]) for j in range(max(1, len(one) - 1))} if one else ()
        )


def test_bands_are_the_same_for_ever():
    """Stored bands must be found by later versions: these numbers may never change."""
    flat, offsets = shingle(np.arange(5, dtype=np.uint64), np.array([0, 5]), np.array([2]))
    assert minhash_bands(flat, offsets)[0, :2].tolist() == FIXED_BANDS


FIXED_BANDS = [7118626114136679251, 6908929339231629632]


def test_slots_are_named_and_counted():
    """Constant words stay; a masked name is a slot of its kind; changing words are a slot of words."""
    chief = f"Hi I am {TOKENS['name']} and I love long walks in the evening"
    members = [
        f"hi i am {TOKENS['name']} and i love {x} in the evening".split()
        for x in ("old films", "good food", "long walks")
    ]
    pieces = induce(chief, members)

    assert [p.slot for p in pieces if p.slot] == ["name", "words"]
    assert pieces[0].text == "Hi I am"
    assert [p.values for p in pieces if p.slot == "words"] == [3]


def test_random_edits_group_well():
    """Forty wordings, each five times with one word in ten changed: the templates are found."""
    chance = random.Random(4)
    ads, true = [], {}
    for t in range(40):
        for k in range(5):
            some = [
                f"odd{spelled(chance.randrange(10**9))}" if chance.random() < 0.1 else w
                for w in text(t, 60).split()
            ]
            ads.append(ad(f"t{t}-{k}", " ".join(some)))
            true.setdefault(t, set()).add(f"t{t}-{k}")
    found = templates(ads)

    assert all(any(g <= whole for whole in true.values()) for g in found), "no template mixes two texts"
    assert sum(len(g) for g in found) >= 0.95 * len(ads)


def test_nothing_to_sign_is_nothing():
    assert inputs([ad("a", "")])["bands"]["shingles"].to_pylist() == [[]]
    assert isinstance(run([ad("a", "")])["templates"], pa.Table)

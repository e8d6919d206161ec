"""Chains of evidence between two ads, and what would part them, beside brute force on small nets."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from homeward.connect import chains as c
from homeward.model.link import Link


def phone(a, b, number="+17025550111", weight=9.0):
    return Link(a, b, "phone", number, weight, f"The same phone {number}")


def soft(a, b, kind="template", value="t1", weight=5.0):
    return Link(a, b, kind, value, weight, f"The same {kind}")


def told(chain):
    return [(s.a, s.b, [k.kind for k in s.links]) for s in chain.steps]


def test_two_ads_under_one_number_are_one_step_apart():
    """The third ad of a number reaches the second through the number, not through the first."""
    net = c.read_net("abc", [phone("a", "b"), phone("a", "c")])
    [chain] = c.chains(net, "b", "c")

    assert told(chain) == [("b", "c", ["phone"])]


def test_a_chain_goes_from_number_to_wording_to_number():
    """b and e have different numbers; a wording and a name together tie the numbers' first ads."""
    links = [
        phone("a", "b"),
        phone("d", "e", "+17025550122"),
        soft("a", "d"),
        soft("a", "d", "name", "Amber", 2.5),
    ]
    net = c.read_net("abde", links)
    [chain] = c.chains(net, "b", "e")

    assert told(chain) == [("b", "a", ["phone"]), ("a", "d", ["template", "name"]), ("d", "e", ["phone"])]
    assert chain.steps[1].weight == 7.5 and 0.9 < chain.strength < 1


def test_the_strongest_chain_comes_first_and_the_others_follow():
    """A picture of 4 nats is weaker than a wording of 6, and both are told."""
    links = [
        soft("a", "b", weight=6.0),
        soft("a", "x", "photo", "p1", 4.0),
        soft("x", "b", "photo", "p2", 4.0),
    ]
    first, second = c.chains(c.read_net("abx", links), "a", "b")

    assert told(first) == [("a", "b", ["template"])] and len(second.steps) == 2
    assert first.strength > second.strength


def test_strangers_have_no_chain_and_nothing_to_cut():
    """Without evidence between two ads there is no chain, and the empty set parts them."""
    net = c.read_net("abcd", [phone("a", "b"), phone("c", "d", "+17025550133")])
    cut = c.separate(net, "a", "c")

    assert c.chains(net, "a", "c") == []
    assert cut.threads == () and cut.with_a == ("a", "b") and cut.with_b == ("c", "d")


def test_the_weakest_thread_is_what_parts_two_groups():
    """Two numbers tied by one picture of 4 nats: the picture is cut, and each side keeps its ads."""
    links = [
        phone("a", "b"),
        phone("a", "c"),
        phone("d", "e", "+17025550122"),
        soft("a", "d", "photo", "p", 4.0),
    ]
    cut = c.separate(c.read_net("abcde", links), "b", "e")

    assert [t.links[0].kind for t in cut.threads] == ["photo"] and cut.weight == 4
    assert cut.with_a == ("a", "b", "c") and cut.with_b == ("d", "e")


def test_one_number_in_two_hands_is_two_numbers():
    """Ads that share a number in different years have no link in common: no chain runs through it."""
    net = c.read_net("abcd", [phone("a", "b"), phone("c", "d")])
    assert c.chains(net, "a", "c") == []


def test_a_judgement_is_a_step_that_outweighs_everything():
    """What somebody judged the same is the strongest chain, and the last thing to be cut."""
    same = Link("a", "b", c.JUDGED, "", 0.0, "judged the same")
    net = c.read_net("abx", [soft("a", "x"), soft("x", "b", value="t2")], [same])

    assert told(c.chains(net, "a", "b")[0]) == [("a", "b", [c.JUDGED])]
    assert any(t.links[0].kind == c.JUDGED for t in c.separate(net, "a", "b").threads)


def test_a_number_of_many_ads_makes_no_pairs():
    """Five thousand ads of one number are five thousand threads."""
    ads = [f"a{i:05}" for i in range(5_000)]
    net = c.read_net(ads, [phone(ads[0], other) for other in ads[1:]])

    assert len(net.threads) == 5_000
    assert told(c.chains(net, ads[17], ads[4_000])[0]) == [(ads[17], ads[4_000], ["phone"])]


ADS = "abcdef"
link = st.tuples(
    st.sampled_from(list(combinations(ADS, 2))), st.sampled_from(["phone", "template", "photo"]),
    st.sampled_from("12"), st.integers(1, 9),
)  # fmt: skip


def apart(net, gone, a, b):
    """Whether two ads are in different parts once some threads are gone."""
    kept = [t for t in net.threads if t not in gone]
    graph = csr_matrix(
        (np.ones(len(kept)), ([t.x for t in kept], [t.y for t in kept])), shape=(net.count, net.count)
    )
    _, part = connected_components(graph, directed=False)
    return part[net.number(a)] != part[net.number(b)]


@given(st.lists(link, max_size=8))
@settings(max_examples=80, deadline=None)
def test_the_cut_is_the_lightest_that_parts(some):
    """No set of threads of less weight parts the two ads (brute force); the cut itself does."""
    net = c.read_net(ADS, [Link(a, b, kind, value, float(w), "") for (a, b), kind, value, w in some])
    cut = c.separate(net, "a", "b")
    assert apart(net, cut.threads, "a", "b") and not set(cut.with_a) & set(cut.with_b)
    best = min(
        sum(t.weight for t in gone)
        for size in range(min(5, len(net.threads)) + 1)
        for gone in combinations(net.threads, size)
        if apart(net, gone, "a", "b") or size == len(net.threads)
    ) if not apart(net, (), "a", "b") else 0.0  # fmt: skip
    assert cut.weight == pytest.approx(best) or len(cut.threads) > 5


@given(st.lists(link, max_size=10))
@settings(max_examples=80, deadline=None)
def test_chains_are_unbroken_and_end_where_they_should(some):
    """Each chain goes step by step from a to b, over links that are there, strongest first."""
    links = [Link(a, b, kind, value, float(w), "") for (a, b), kind, value, w in some]
    net = c.read_net(ADS, links)
    found = c.chains(net, "a", "b")
    assert bool(found) == (not apart(net, (), "a", "b"))
    assert [f.strength for f in found] == sorted((f.strength for f in found), reverse=True)
    for chain in found:
        assert chain.steps[0].a == "a" and chain.steps[-1].b == "b"
        assert all(x.b == y.a for x, y in zip(chain.steps, chain.steps[1:], strict=False))
        assert all(set(step.links) <= set(links) and step.links for step in chain.steps)

"""People's words about pairs of ads make one graph, in whatever order they came."""

from __future__ import annotations

import pyarrow as pa
from connect_cases import HERE, ad, inputs, text
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.connect.build import build
from homeward.model.judgement import Judgement

# Three posters of three ads, two of whom share a picture and a name, so that there is something to cut.
PHONES = {"a": "+17025550134", "b": "+17025550135", "c": "+12125550111"}
ADS = [
    ad(f"{key}{n}", text(10 * i + n % 2), phone=phone, name="Dora" if key == "c" else "Amber", day=n,
       photo=None if key == "c" else "one")
    for i, (key, phone) in enumerate(PHONES.items()) for n in range(3)
]  # fmt: skip
GIVEN = inputs([*ADS, *(ad(f"s{i}", text(500 + i), city=f"City {i}") for i in range(40))])
NAMES = [one["id"] for one in ADS]
PAIRS = st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True).map(tuple)
WORDS = st.sampled_from([Judgement.SAME, Judgement.DIFFERENT, Judgement.UNDECIDED])
ACTS = st.lists(st.tuples(PAIRS, WORDS), min_size=1, max_size=6)


def made(words, previous=None):
    """The tables of a build under some words, each about a pair."""
    columns = [[pair[0] for pair, _ in words], [pair[1] for pair, _ in words], [str(w) for _, w in words]]
    given = pa.table(
        dict(zip(("a", "b", "judgement"), (pa.array(c, pa.string()) for c in columns), strict=True))
    )
    tables = build(GIVEN, engine=HERE, run="r1", judgements=given, previous=previous)
    return {name: table.to_pylist() for name, table in tables.items()}, tables


PLAIN, _ = made([])


@settings(deadline=None, max_examples=6)
@given(ACTS)
def test_joins_and_cuts_taken_back_one_by_one_leave_the_graph_as_it_was(acts):
    """Each graph is made on top of the one before, as runs are; the last has no word left."""
    held, tables = {}, None
    for pair, word in [*acts, *((pair, Judgement.UNDECIDED) for pair, _ in reversed(acts))]:
        held[tuple(sorted(pair))] = word
        rows, tables = made([(p, w) for p, w in held.items() if w is not Judgement.UNDECIDED], tables)
    assert rows == PLAIN


@settings(deadline=None, max_examples=6)
@given(ACTS, st.randoms(use_true_random=False))
def test_the_order_in_which_words_were_said_and_the_side_they_were_said_from_change_nothing(acts, chance):
    turned = [((b, a) if chance.random() < 0.5 else (a, b), word) for (a, b), word in acts]
    chance.shuffle(turned)
    assert made(acts)[0] == made(turned)[0]


@settings(deadline=None, max_examples=8)
@given(ACTS)
def test_who_was_kept_apart_is_apart_and_who_was_joined_is_together_unless_a_cut_says_no(acts):
    network = {row["ad"]: row["network"] for row in made(acts)[0]["members"]}
    apart = {frozenset(pair) for pair, word in acts if word is Judgement.DIFFERENT}
    assert all(len({network[one] for one in pair}) == 2 for pair in apart)
    if not apart:
        joined = [pair for pair, word in acts if word is Judgement.SAME]
        assert all(network[a] == network[b] for a, b in joined)

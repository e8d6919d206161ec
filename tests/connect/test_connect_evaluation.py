"""Scores agree with what the definitions say, counted by hand."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.connect.evaluation import agreement, score_extraction, score_groups, score_leads

LABELS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=25)


@given(LABELS)
@settings(max_examples=50, deadline=None)
def test_adjusted_rand_is_its_definition(pairs):
    """The adjusted Rand index from counted pairs, against the contingency form."""
    said, true = [str(a) for a, _ in pairs], [str(b) for _, b in pairs]
    both = only_said = only_true = 0
    all_pairs = list(combinations(range(len(pairs)), 2))
    for i, j in all_pairs:
        a, b = said[i] == said[j], true[i] == true[j]
        both, only_said, only_true = both + (a and b), only_said + (a and not b), only_true + (b and not a)
    s, t = both + only_said, both + only_true
    expected, best = s * t / len(all_pairs), (s + t) / 2
    score = agreement(said, true)
    assert score.adjusted_rand == pytest.approx(
        1.0 if best == expected else (both - expected) / (best - expected)
    )
    assert score.pairs.precision == pytest.approx(both / s if s else 1.0)
    assert score.pairs.recall == pytest.approx(both / t if t else 1.0)


@given(LABELS)
@settings(max_examples=50, deadline=None)
def test_b_cubed_is_its_definition(pairs):
    """Precision and recall of each element's own group, averaged."""
    said, true = [a for a, _ in pairs], [b for _, b in pairs]
    precision = recall = 0.0
    for a, b in pairs:
        mine = [i for i in range(len(pairs)) if said[i] == a]
        hers = [i for i in range(len(pairs)) if true[i] == b]
        both = len(set(mine) & set(hers))
        precision += both / len(mine) / len(pairs)
        recall += both / len(hers) / len(pairs)
    score = agreement([str(a) for a in said], [str(b) for b in true])
    assert (score.b_cubed.precision, score.b_cubed.recall) == pytest.approx((precision, recall))


def test_null_is_alone():
    """Two ads without a group are two groups, on either side."""
    score = agreement([None, None, "x"], [None, None, None])

    assert score.adjusted_rand == 1.0
    assert agreement([None, None], ["a", "a"]).pairs.recall == 0.0


def test_truth_of_absent_ads_is_left_out():
    truth = [{"id": "1", "network": "n"}, {"id": "2", "network": "n"}, {"id": "gone", "network": "n"}]

    assert score_groups({"1": "a", "2": "a"}, truth, "network").pairs.recall == 1.0


def test_extraction_is_scored_set_wise_by_kind():
    truth = [
        {"id": "1", "values": {"phone": ["+1"], "name": ["Amber"]}},
        {"id": "2", "values": {"phone": ["+2", "+3"]}},
        {"id": "t", "text": "…", "kind": "age", "expected": ["23"]},
    ]
    scores = score_extraction(
        [("1", "phone", "+1"), ("2", "phone", "+2"), ("2", "phone", "+9"), ("t", "age", "23")], truth
    )

    assert scores["phone"]["precision"] == pytest.approx(2 / 3)
    assert scores["phone"]["recall"] == pytest.approx(2 / 3)
    assert scores["phone"]["exact"] == pytest.approx(1 / 2)
    assert scores["age"]["f1"] == 1.0
    assert scores["name"]["recall"] == 0.0


def row(id, network, persona, label="network"):
    return {"id": id, "network": network, "persona": persona, "label": label}


def test_leads_are_right_by_majority_and_later_ones_neutral():
    truth = [row(f"n{i}", "N", f"p{i % 2}") for i in range(4)] + [
        row(f"m{i}", "M", f"q{i}") for i in range(2)
    ]
    truth += [row(f"i{i}", f"I{i}", f"i{i}", "independent") for i in range(4)]
    queue = [
        ("more", ["n0", "n1"]),  # right
        ("more", ["i0", "i1", "n2"]),  # wrong: no majority in a network
        ("some", ["n2", "n3"]),  # neutral: N again
        ("some", ["m0", "m1"]),  # right, second of three that count
    ]
    score = score_leads(queue, truth)

    assert score.networks == 2
    assert score.average_precision == pytest.approx((1 + 2 / 3) / 2)
    assert score.recall_200 == 1.0
    assert score.recall_more == 0.5
    assert score.false_independents == 0.5


def test_a_network_of_one_persona_is_neutral():
    truth = [row("a", "N", "p"), row("b", "N", "p"), row("c", "M", "q"), row("d", "M", "r")]

    assert score_leads([("more", ["a", "b"]), ("more", ["c", "d"])], truth).average_precision == 1.0


def test_networks_of_one_to_three_people_are_told_apart():
    """One person's ads are found as "some", a pair's as "more", a trio's not at all."""
    truth = [row("a", "N", "p"), row("b", "N", "p"), row("c", "M", "q"), row("d", "M", "r")]
    truth += [row(f"t{i}", "T", f"t{i}") for i in range(3)]
    score = score_leads([("more", ["c", "d"]), ("some", ["a", "b"]), ("little", ["t0", "t1", "t2"])], truth)

    assert score.more_of_few == {1: 0.0, 2: 1.0, 3: 0.0}
    assert score.told_of_few == {1: 1.0, 2: 1.0, 3: 0.0}


def test_sizes_that_are_not_there_have_no_recall():
    score = score_leads([("more", ["c", "d"])], [row("c", "M", "q"), row("d", "M", "r")])

    assert list(score.more_of_few) == [2]

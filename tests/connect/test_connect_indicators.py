"""The list of indicators says what each one is, and what is left out and why."""

from homeward.connect import parameters as p
from homeward.connect.indicators import all_indicators
from homeward.connect.indicators.lexicon import LEXICON, find_phrases
from homeward.connect.indicators.registry import told_by_share
from homeward.connect.rank import families, score, word
from homeward.connect.signature import fold
from homeward.model.finding import Direction, Finding, Strength
from homeward.model.lead import Word


def finding(family, weight, indicator="x", direction=None):
    direction = direction or (Direction.FOR if weight > 0 else Direction.AGAINST)
    return Finding("n", indicator, family, direction, Strength.EXPERT, "s", weight, "source")


def test_each_indicator_says_what_it_is():
    for one in all_indicators():
        assert one.sentence.endswith("."), one.id
        assert one.source
        assert len(one.date) == 10
        assert bool(one.off) == (one.rule is None)


def test_folk_ones_are_off_or_shown_only():
    for one in all_indicators():
        if one.strength is Strength.FOLK:
            assert one.off or one.direction is Direction.SHOWN


def test_stated_ethnicity_is_listed_and_left_out():
    [one] = [i for i in all_indicators() if i.id == "stated_ethnicity"]

    assert one.rule is None
    assert one.strength is Strength.TESTED


def test_touring_and_screening_never_count():
    for one in all_indicators():
        if one.id in ("circuit", "screening_wording"):
            assert one.direction is Direction.SHOWN


def test_a_family_counts_once_and_is_held():
    assert score([finding("a", 1.0, "x"), finding("a", 0.5, "y")]) == score([finding("a", 1.0)])
    assert score([finding("a", 99.0)]) == round(p.START + p.MOST_FAMILY, 6)
    assert families([finding("a", 1.0), finding("a", 1.0), finding("b", -1.0)]) == 1


def test_shown_findings_change_nothing():
    assert score([finding("a", 1.0), finding("b", 1.0, direction=Direction.SHOWN)]) == score(
        [finding("a", 1.0)]
    )


def test_one_family_alone_never_says_more():
    assert word(9.0, 1) is Word.SOME
    assert word(9.0, 2) is Word.MORE
    assert word(-9.0, 2) is Word.LITTLE


def test_phrases_are_whole_words_in_any_case():
    found = find_phrases([fold("Ask Our TEAM now"), "four teams", "", fold("мы НАДЕЖНАЯ")])

    assert ("third party", "our team") in found[0]
    assert found[1] == found[2] == ()
    assert found[3][0][0] == "trustworthy"


def test_of_a_family_the_phrase_that_stands_first_is_told():
    """In scripts with and without spaces between words; half of a word is none."""
    found = find_phrases(["可靠 and trustworthy", "trustworthy 可靠", "untrustworthy"])

    assert found == [(("trustworthy", "可靠"),), (("trustworthy", "trustworthy"),), ()]


def test_payment_in_advance_is_found_however_it_is_put_and_its_refusal_is_not():
    asked = ["Send the deposit and we meet", "half up front please", "transfer first, then the room"]
    found = find_phrases(
        [*map(fold, asked), "no deposits, be kind", "book a day in advance", "cash at the door"]
    )

    assert [[family for family, _ in one if family == "advance payment"] for one in found] == [
        ["advance payment"]
    ] * 3 + [[]] * 3


def test_no_youth_words_ship():
    assert "youth" not in LEXICON
    assert find_phrases(["lexterm1 here"]) == [()]
    assert find_phrases(["lexterm1 here"], youth=("lexterm1",)) == [(("youth", "lexterm1"),)]


def test_a_finding_of_a_per_ad_study_is_not_called_tested_on_groups():
    for one in all_indicators():
        if one.rule is not None:
            assert one.strength is not Strength.TESTED
            if "tested per ad" in one.source:
                assert "share of a group's wordings" in one.source


def test_a_share_like_everybodys_tells_against_and_a_higher_one_for():
    assert told_by_share(0.2, 0.2, 4.0) < 0 < told_by_share(0.9, 0.2, 4.0)
    assert told_by_share(1.0, 0.0, 4.0) > told_by_share(1.0, 0.5, 4.0) > 0

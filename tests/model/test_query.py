import contextlib
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from homeward.model import query_text, searchable
from homeward.model.errors import QueryError
from homeward.model.query import Query, matches, parse, search_doc

PHONE = {"kind": "phone", "value": "+17025550134", "detail": '{"national":"(702) 555-0134","obscured":true}'}
BRITISH = {"kind": "phone", "value": "+447700900123", "detail": {"national": "07700 900123"}}


def ad(*mentions, **fields):
    given_fields = {
        "ad": "a1",
        "title": "",
        "body": "",
        "posted_at": datetime(2026, 1, 20, 23, 59, tzinfo=UTC),
    }
    return search_doc(given_fields | fields, mentions)


def hits(text, doc):
    return matches(parse(text), doc)


AMBER = ad(
    PHONE,
    {"kind": "email", "value": "amber@mail.example", "detail": None},
    {"kind": "handle", "value": "instagram:amber_r", "detail": None},
    {"kind": "place", "value": "Reno, NV, US", "detail": None},
    {"kind": "url", "value": "https://www.amber.example/me", "detail": None},
    title="Friendly Ámber in RENO",
    body="New in town. Relaxing massage, 555-0199 only 🌹 東京",
    city="Las  Vegas", region="NV", country="US", site="cityboard.test", language="en", source_id="8bf5",
    lat=39.53, lon=-119.81, photos=[{"sha256": "ab12", "pdq": ""}],
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["", "amber", "AMBER reno", "amber AND reno", '"new in town"', "fri*", "*ly", "r*x*g", "amebr~1",
     "ambre~2",
     "🌹", "東京", "phone:702*", "phone:(702) 555-0134", "phone:7025550134", "phone:+1 702 555 0134",
     "phone:1-702-555-0134", "phone:*0134", "phone:5550134", "phone:001 702 555 0134", "(702) 555-0134",
     "702.555.0134", "5550134", "555-0199", "email:AMBER@mail.example", "amber@mail.example", "@amber_r",
     "handle:instagram:amber_r", "handle:@amber_r", "handle:insta*", "place:reno", 'place:"reno, nv"',
     'city:"las vegas"', "city:las*", "region:nv country:us lang:en", "site:cityboard.test", "source:8BF5",
     "has:phone", "has:obscured", "has:photo", "photo:ab12", "from:2026-01-20 to:2026-01-20", "from:2026-01",
     "to:2026", "near:39.5,-119.8,50km", "(zebra OR amber) reno", "zebra OR amber", "-zebra", "NOT zebra",
     "-(zebra OR lion)", "https://amber.example/x OR url:www.amber.example/me/", "phone:*"],
)  # fmt: skip
def test_an_ad_is_found_by_what_it_says(text):
    assert hits(text, AMBER)


@pytest.mark.parametrize(
    "text",
    ["zebra", "amber zebra", '"in new town"', '"reno new"', "fri", "*rien", "phone:703*", "phone:5550199",
     "phone:7025550135", "phone:+7025550134", "email:mail.example", "handle:instagram", "place:nv",
     "city:las",
     "city:vegas", "has:crypto", "photo:ab", "from:2026-01-21", "to:2026-01-19", "near:36.1,-115.1,50km",
     "-amber", "amber -reno", "zebra OR lion", "anver~", "NOT (amber OR zebra)", "05550199"],
)  # fmt: skip
def test_an_ad_is_not_found_by_what_it_does_not_say(text):
    assert not hits(text, AMBER)


def test_a_national_number_is_found_with_and_without_its_trunk_prefix():
    for text in ("phone:07700 900123", "phone:7700900123", "+44 7700 900123", "phone:07700*", "phone:+44*"):
        assert hits(text, ad(BRITISH)), text
    assert not hits("phone:+1*", ad(BRITISH))


def test_separate_numbers_stay_separate_words():
    doc = ad(body="100 then 150")
    assert hits("150 100", doc)
    assert not hits('"150 100"', doc)
    assert hits("30 60 OR 100 150", doc)


def test_a_phrase_does_not_run_from_title_into_body():
    doc = ad(title="one two", body="three four")
    assert hits('"three four"', doc) and not hits('"two three"', doc)


def test_the_day_is_that_of_posting_else_seeing_else_capture():
    doc = ad(posted_at=None, seen_at=None, captured_at=datetime(2026, 3, 1, tzinfo=UTC))
    assert hits("from:2026-03-01 to:2026-03-01", doc) and not hits("to:2026-02", doc)


@pytest.mark.parametrize(
    ("text", "position"),
    [("citty:reno", 0), ("amber (", 6), ("amber OR", 6), ("AND b", 0), ('a "b', 2), ("-!!!", 0), ("a )", 2),
     ("has:tail", 4), ("()", 0), ("to:2026-02-30", 3), ("phone:abc", 6), ("foo-bar*", 0), ("near:1,2", 5),
     ("near:nan,0,1km", 5), ("near:1,2,infkm", 5), ("a\x00b", 1), ("a \ud800", 2), ("x y-z~1", 2),
     ("city:", 5),
     ("a*b*c*d*e*f*g", 0), ('""', 0), ("- NOT", 2), ("phone:" + "1" * 99, 6)],
)  # fmt: skip
def test_what_cannot_be_understood_says_where(text, position):
    with pytest.raises(QueryError) as error:
        parse(text)
    assert error.value.position == position


@pytest.mark.parametrize(
    "text",
    ["(" * 3000, "-" * 3999, "NOT " * 999, "a " * 1999, "a OR " * 700, "(a " * 900, '"' * 3999, "*" * 3999],
)
def test_a_query_made_to_hurt_is_refused_or_read_quickly(text):
    with contextlib.suppress(QueryError):
        assert parse(parse(text).to_text()) == parse(text)


def test_a_query_beyond_the_bounds_is_refused():
    for text in ("a" * (query_text.LONGEST_QUERY + 1), "a " * 300, "(" * 50 + "a" + ")" * 50):
        with pytest.raises(QueryError):
            parse(text)


SCRAPS = st.sampled_from(
    ["amber", "702", "555", "+1", "(702)", "555-0134", " ", "OR", "AND", "NOT ", "-", "(", ")", '"', "\\",
     "*",
     "~", "~2", ":", "phone:", "city:", "has:photo", "near:1.5,2,3km", "from:2026-01", "to:2026", "🌹", "ä",
     "東",
     "url:https://x.test/a?b=c", "@x", "x@y.test", "10:30", "//", ".", "/", "\n", "handle:"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=40), st.lists(SCRAPS, max_size=14).map("".join)))
@example('-("" OR x)')
@example("NOT NOT OR")
def test_any_text_is_read_or_refused_and_what_is_read_round_trips(text):
    try:
        query = parse(text)
    except QueryError as error:
        assert 0 <= error.position <= len(text)
        return
    assert parse(query.to_text()) == query
    assert Query.from_json(query.to_json()) == query


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["and", "or", "not", "text", "exact", "fuzzy", "like", "field", "value", "near", "from"]
            ),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(JSON)
@example({"text": "one two"})
@example({"near": [1, 2]})
@example({"and": [{"all": True}, {"text": "a"}]})
@example({"field": "phone", "value": "+"})
def test_any_json_is_read_or_refused(value):
    try:
        query = Query.from_json(value)
    except QueryError:
        return
    assert Query.from_json(query.to_json()) == query


def test_json_nested_too_deep_is_refused():
    value = {"text": "a"}
    for _ in range(5000):
        value = {"not": value}
    with pytest.raises(QueryError):
        Query.from_json(value)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_folding_twice_is_folding_once_and_words_hold_no_space(text):
    assert searchable.fold(searchable.fold(text)) == searchable.fold(text)
    for word in searchable.words(text):
        assert word and not any(char.isspace() for char in word)


@given(
    st.lists(st.one_of(st.text(max_size=4), st.sampled_from("Éé\u0301ßΣς🌹가각カ")), max_size=12).map("".join)
)
def test_words_are_the_same_read_run_by_run_and_character_by_character(text):
    """What a letter beside it is, ASCII or not, changes no word."""
    whole = unicodedata.normalize("NFKD", text).casefold().translate(searchable._WORDS)
    assert searchable.words(text) == unicodedata.normalize("NFC", whole).split()


def test_accents_width_and_invisible_characters_do_not_matter():
    assert searchable.words("Ｃafé zo\u200be 𝟕 s\u0336t\u0336r") == ["cafe", "zoe", "7", "str"]
    assert searchable.words("किताब") == ["किताब"]


@settings(max_examples=200, deadline=None)
@given(st.text("ab*", max_size=6), st.text("ab", max_size=8))
def test_a_glob_fits_as_the_standard_library_says(pattern, value):
    from fnmatch import fnmatchcase

    assert searchable.glob_matches(pattern, value) == fnmatchcase(value, pattern)


def test_places_near_the_date_line_and_the_poles_have_true_distances():
    assert abs(searchable.kilometres(0, 179.9, 0, -179.9) - 22.24) < 0.01
    assert searchable.kilometres(90, 0, 90, 120) < 1e-9
    assert searchable.position(float("nan"), 0) == (None, None)

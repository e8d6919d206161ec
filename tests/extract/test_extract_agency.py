"""An agency's own knowledge: what its file may say, what it changes, and that it travels with the batch."""

from __future__ import annotations

import importlib
import pkgutil

import pyarrow as pa
import pytest

import homeward.extract
from homeward.extract import kernel, read
from homeward.extract.knowledge import agency, agency_file
from homeward.extract.knowledge.load import lexicon
from homeward.model.errors import UsageError

FILE = """
version = 1
[lexicons."name.never"]
add = ["Xylora"]
[names]
add = ["Zorbina"]
words = ["Harborette"]
remove = ["Lola"]
[[places]]
name = "Old Mill Quarter"
other_names = ["the old mill"]
region = "NV"
country = "US"
lat = 39.5
[phrases]
incall = ["studio visit"]
[youth]
words = ["lexterm1"]
[glossary.fleet]
terms = ["Blue Van", "白车"]
confidence = 0.7
[patterns.badge]
pattern = '\\bB-(\\d{4})\\b'
example = "B-1234"
"""


def known(text=FILE):
    return agency.parse(text.encode())


def said(text, given, **more):
    return [(str(m.kind), m.value) for m in read.read_text(text, agency=given, **more)]


CASES = [
    ("a blue van waits", ("custom:fleet", "blue van")),
    ("坐白车来", ("custom:fleet", "白车")),
    ("ask for B-5678", ("custom:badge", "5678")),
    ("studio visit only", ("venue", "incall")),
    ("near the Old Mill today", ("place", "Old Mill Quarter, NV, US")),
    ("Zorbina and me, Zorbina", ("name", "Zorbina")),
]


@pytest.mark.parametrize(("text", "found"), CASES)
def test_what_the_file_adds_is_read_and_without_it_is_not(text, found):
    assert found in said(text, known())
    assert found not in said(text, None)


def test_what_the_file_takes_away_is_read_without_it_only():
    assert ("name", "Lola") in said("Hi I'm Lola", None)
    assert ("name", "Lola") not in said("Lola is nice", known())
    assert ("name", "Xylora") in said("I'm Xylora.", None)
    assert ("name", "Xylora") not in said("I'm Xylora.", known())


def test_a_list_can_be_replaced_and_comes_back():
    before = set(lexicon("hotel.brands"))
    only = known('[lexicons."hotel.brands"]\nreplace = ["lexterm2"]')
    assert ("hotel", "Hilton") not in said("at the Hilton", only)
    assert ("hotel", "Lexterm2") in said("at Lexterm2", only)
    assert ("hotel", "Hilton") in said("at the Hilton", None)
    assert lexicon("hotel.brands") == before


def test_it_travels_with_the_batch():
    """The kernel is a pure function of the batch: the file is in it, whatever was read before."""
    row = {"ad": "a", "capture": "c", "body": "a blue van waits", "batch": "b", "month": "2026-11"}
    table = agency.attach(pa.Table.from_pylist([row]), known())
    for _ in range(2):
        [batch] = table.slice(0, 1).to_batches()
        found = kernel.read_batch(batch).to_pylist()
        assert [(r["kind"], r["reader"]) for r in found] == [("custom:fleet", known().version)]
        assert not kernel.read_batch(pa.RecordBatch.from_pylist([row])).num_rows


def test_the_version_names_the_file():
    assert read.version_of(None) == read.VERSION
    assert read.version_of(known()) == f"{read.VERSION}+{known().version}"
    assert read.version_of(known()) != read.version_of(known(FILE + "# a note\n"))


def test_mentions_point_to_their_characters():
    text = "👋🏽 ask for B-5678 or the blue van ✨"
    for m in read.read_text(text, agency=known()):
        assert text[m.span.start : m.span.end] == m.raw


def test_every_list_that_may_change_is_held_by_a_reader_as_it_is():
    """A list from which a reader made another one cannot be changed in place: then it must be fixed."""
    held: set[int] = set()
    for info in pkgutil.walk_packages(homeward.extract.__path__, "homeward.extract."):
        if ".build_" in info.name:
            continue
        for value in vars(importlib.import_module(info.name)).values():
            held.add(id(value))
            if isinstance(value, dict):
                held |= {id(v) for v in value.values()}
    assert not [name for name in agency.changeable() if id(lexicon(name)) not in held]


WRONG = {
    "not TOML": "[",
    "an unknown part": "[other]\nx = 1",
    "an unknown list": '[lexicons."no.such"]\nadd = ["a"]',
    "a fixed list": '[lexicons."phone.cues"]\nadd = ["a"]',
    "a number for a text": "[youth]\nwords = [1]",
    "a bad name of a kind": '[glossary."A b"]\nterms = ["x"]',
    "a back reference": "[patterns.x]\npattern = '(a)\\1'\nexample = 'aa'",
    "a pattern too large": "[patterns.x]\npattern = '((a{100}){100}){90}'\nexample = 'a'",
    "a pattern that fits nothing": "[patterns.x]\npattern = 'a*'\nexample = 'a'",
    "an example that does not fit": "[patterns.x]\npattern = 'abc'\nexample = 'x'",
    "two groups": "[patterns.x]\npattern = '(a)(b)'\nexample = 'ab'",
    "confidence": "[glossary.x]\nterms = ['a']\nconfidence = 2",
    "another version": "version = 2",
    "a name of two words": '[names]\nadd = ["Anna Bella"]',
    "no words": '[glossary.x]\nterms = ["--"]',
    "no name": "[[places]]\nregion = 'NV'",
}


@pytest.mark.parametrize("why", sorted(WRONG))
def test_a_file_that_is_not_right_is_refused_in_one_sentence(why):
    with pytest.raises(UsageError, match="The knowledge file"):
        known(WRONG[why])


def test_a_file_that_is_too_large_or_no_text_is_refused():
    for source in (b"#" * (agency.LARGEST + 1), b"\xff\xfe\x00"):
        with pytest.raises(UsageError):
            agency.parse(source)


def test_an_empty_file_changes_nothing():
    assert said("Lola in Reno, NV", known("")) == said("Lola in Reno, NV", None)


def test_hostile_text_meets_terms_and_patterns_in_linear_time():
    given = known(
        "[glossary.x]\nterms = ['a a a a b', '白白白车']\n[patterns.y]\npattern = '(a|aa)+c'\nexample = 'aac'"
    )
    for unit in ("a ", "白", "aa"):
        assert not [k for k, _ in said(unit * 50_000, given) if k.startswith("custom:")]


AS_YAML = """
version: 1
lexicons:
  name.never: {add: [Xylora]}
names:
  add: [Zorbina]
  words: [Harborette]
  remove: [Lola]
places:
  - name: Old Mill Quarter
    other_names: [the old mill]
    region: NV
    country: US
    lat: 39.5
phrases:
  incall: [studio visit]
youth:
  words: [lexterm1]
glossary:
  fleet:
    terms: [Blue Van, 白车]
    confidence: 0.7
patterns:
  badge:
    pattern: '\\bB-(\\d{4})\\b'
    example: B-1234
"""


def test_yaml_says_what_toml_says():
    assert agency_file.load(AS_YAML.encode()) == agency_file.load(FILE.encode())
    assert ("custom:badge", "5678") in said("ask for B-5678", known(AS_YAML))


def test_bare_words_of_yaml_are_words():
    words = agency_file.load(b"youth: {words: [no, on, 2026-01-01, 007, 0x1F, yes, '12']}")["youth"]["words"]
    assert words == ["no", "on", "2026-01-01", "007", "0x1F", "yes", "12"]


@pytest.mark.parametrize(
    "text",
    [
        "a: &x [1]\nb: *x",
        "a: !!python/object/apply:os.system ['true']",
        "a: !include other.yaml",
        "a: 1\na: 2",
        "a: 1\n---\nb: 2",
        "? [a]\n: b",
        "a: " + "[" * 9 + "]" * 9,
        "a: " + "[" * 100_000,
        "a: [1",
        "- a list",
        "a: \x00",
    ],
)
def test_yaml_that_could_run_grow_or_mislead_is_refused(text):
    with pytest.raises(agency_file.Unreadable):
        agency_file.load(text.encode())

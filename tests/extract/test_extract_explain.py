"""Explanations say which reader, rule and words made a value, and agree with what is read."""

from __future__ import annotations

import pytest

from homeward.extract import read
from homeward.extract.explain import explain_text
from homeward.extract.knowledge.agency import parse

TEXT = "Hi I'm Lola, 24. Cash App $amberlane22, 1450 Harbor St, call 7o2 five55 zero1 3four, $120 an hour"
FILE = parse(
    b"[glossary.fleet]\nterms = ['blue van']\n[patterns.badge]\npattern = 'B-\\d{4}'\nexample = 'B-1234'"
)


def explained(text, **given):
    return {
        (str(m.kind), m.value): e
        for m, e in zip(read.read_text(text, **given), explain_text(text, **given), strict=True)
    }


def test_every_mention_has_its_explanation_and_its_own_words():
    for (kind, _), why in explained(TEXT).items():
        assert why["reader"].split("/")[0] in {m.READER.split("/")[0] for m in read.MODULES}
        assert len(why["rule"]) > 40 and why["as_written"] in TEXT, kind
        assert 0 < why["confidence"]["value"] <= 1 and why["confidence"]["is"]


@pytest.mark.parametrize("module", read.MODULES, ids=lambda module: module.READER)
def test_each_reader_states_its_rule_its_confidence_and_its_version(module):
    """What `homeward read --explain` and the page of kinds say comes from here."""
    name, _, version = module.READER.partition("/")
    assert module.__name__.endswith("." + name) and int(version) > 0
    assert "\nRule: " in module.__doc__ and "onfidence" in module.__doc__


def test_each_registered_reader_is_of_a_module_that_states_its_rule():
    homes = {module.__name__ for module in read.MODULES} | {"homeward.extract.phone_url"}
    assert {reader.__module__ for reader in read.ALL} == homes


def test_a_phone_shows_the_digits_its_words_stand_for_and_the_cue():
    why = explained(TEXT)["phone", "+17025550134"]
    assert "".join(t.get("digits", t["word"]) for t in why["tokens"]) == "7025550134"
    assert "phone.cues" in next(cue["lists"] for cue in why["cues"] if cue["word"] == "call")


def test_look_alikes_are_shown_folded():
    why = explained("call ７０２-555-0134")["phone", "+17025550134"]
    assert why["as_written"] == "７０２-555-0134" and why["folded"] == "702-555-0134"


def test_a_confidence_is_named_by_the_readers_constant():
    assert explained(TEXT)["payment", "cashapp:amberlane22"]["confidence"] == {"value": 0.95, "is": "signed"}


def test_what_the_agencys_file_made_says_so():
    found = explained("a blue van, B-5678", agency=FILE)
    assert "'blue van'" in found["custom:fleet", "blue van"]["rule"]
    assert "B-\\d{4}" in found["custom:badge", "B-5678"]["rule"]
    assert found["custom:badge", "B-5678"]["reader"] == FILE.version


def test_text_that_says_nothing_needs_no_explanation():
    assert explain_text("") == []

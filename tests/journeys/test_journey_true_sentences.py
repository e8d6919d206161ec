"""The sentences of the first leads are true when one reads the ads: held against what the world put there."""

import io
import json
import re

import pytest

from homeward.desk import export
from homeward.model.actor import Actor

FIRST = 10
LISTED = 60  # ads that a finding lists at most
NAMED = ("several_persons_one_contact", "one_photo_many_names", "one_wording_many_names")


def names_in(sentence):
    """The names that a sentence lists: "… under X: Ada, Bea and Cleo"."""
    listed = sentence.split(" – listed")[0].rpartition(": ")[2]
    return set(re.split(r", | and ", listed))


def plain_digits(ad):
    """An ad's text without the separators that people usually write between groups of figures."""
    text = f"{ad.get('title') or ''}\n{ad.get('body') or ''}"
    return re.sub(r"(?<=\d{3})[ ().\-]{1,2}(?=\d{3})", "", text)


def false_sentences(leads, ads, truth):
    """Yield (lead, sentence, why) for each sentence that the ads or the world's own truth contradict."""
    for lead in leads:
        for found in lead["for"]:
            for why in objections(found, ads, truth):
                yield lead["id"], found["sentence"], why


def objections(found, ads, truth):
    """Yield what the ads that a finding lists say against its sentence."""
    said = [truth[ad]["values"] for ad in found["ads"]]
    names, phones = ({v for values in said for v in values.get(kind, ())} for kind in ("name", "phone"))
    whole = " – listed" not in found["sentence"] and len(found["ads"]) < LISTED
    if whole and found["indicator"] in NAMED and (wrong := names_in(found["sentence"]) - names):
        yield f"no ad has the name {wrong}"
    if whole and found["indicator"] == "rotating_numbers" and int(found["sentence"].split()[0]) > len(phones):
        yield f"the ads have {len(phones)} numbers"
    for ad in found["ads"] if found["indicator"] == "obscured_number" else ():
        mine = truth[ad]["values"].get("phone", ())
        if mine and all(phone.removeprefix("+1") in plain_digits(ads[ad]) for phone in mine):
            yield f"{ad} has its number in plain digits"


def read(path, key="id"):
    return {row[key]: row for row in map(json.loads, path.read_text("utf-8").splitlines())}


@pytest.fixture(scope="module")
def queue(demo, module_house):
    """The first leads as exported, beside the world's ads and its truth."""
    sink = io.BytesIO()
    export.export(Actor("demo", "cli"), module_house, "leads", sink)
    leads = [json.loads(line) for line in sink.getvalue().splitlines()[:FIRST]]
    return leads, read(demo.world / "ads.jsonl"), read(demo.world / "truth.jsonl")


def test_no_sentence_of_the_first_leads_is_false(queue):
    """Every name, number and spelling that a reason speaks of stands in the ads that it lists."""
    leads, ads, truth = queue

    assert len(leads) == FIRST and any(lead["for"] for lead in leads)
    assert list(false_sentences(leads, ads, truth)) == []


def test_a_made_up_name_would_be_noticed(queue):
    """The check itself can fail."""
    leads, ads, truth = queue
    lead = next(lead for lead in leads if any(f["indicator"] in NAMED for f in lead["for"]))
    found = next(f for f in lead["for"] if f["indicator"] in NAMED)
    wrong = {**found, "sentence": "2 names under (702) 555-0134: Nobody and Somebody"}

    assert list(false_sentences([{**lead, "for": [wrong]}], ads, truth))

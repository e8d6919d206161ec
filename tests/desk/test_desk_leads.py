"""The queue, decisions on it, and what every lead is shown with."""

import json

import pytest

from homeward.desk import identity, leads, runs
from homeward.desk.export import export
from homeward.model.actor import Actor
from homeward.model.errors import NotFound, Overtaken, UsageError
from homeward.model.judgement import Decision, DismissReason
from homeward.model.lead import CAUTION

ACTOR = Actor("demo", "api")


def test_no_lead_without_reasons_and_caution(demo_house):
    """Every lead is shown with reasons, with room for counter-reasons, and as a lead, not a finding."""
    for row in leads.queue(ACTOR, demo_house, limit=200)["leads"]:
        page = leads.page(ACTOR, demo_house, row["id"])
        assert page["caution"] == CAUTION
        assert page["reasons"] and all(
            r["sentence"] and r["source"] and r["strength"] for r in page["reasons"]
        )
        assert all(r["direction"] == "against" for r in page["against"])
        assert "score" in page.pop("order_note") and "score" not in json.dumps(page, default=str)


def test_what_is_touring_is_never_counted(demo_house):
    """Findings that are only told have no share in the order."""
    run = runs.current(demo_house)
    shown = [f for rows in run.findings.values() for f in rows if f["direction"] == "shown"]

    assert all(f["weight"] == 0 for f in shown)


def test_pages_of_the_queue_are_the_queue(demo_house):
    """Page by page the queue is the same as all at once, in order of rank."""
    whole = [row["id"] for row in leads.queue(ACTOR, demo_house, limit=200)["leads"]]
    found, after = [], None
    while True:
        page = leads.queue(ACTOR, demo_house, limit=7, after=after)
        found += [row["id"] for row in page["leads"]]
        after = page["next"]
        if after is None:
            break

    assert found == whole and len(set(found)) == page["total"]


def test_a_place_narrows_the_queue(demo_house):
    """With a place, or its city alone, only leads with ads there; where nobody is, none, and why."""
    page = leads.queue(ACTOR, demo_house)
    place = page["leads"][0]["places"][0]
    some = leads.queue(ACTOR, demo_house, place=place, limit=200)
    city = leads.queue(ACTOR, demo_house, place=place.split(",")[0].upper(), limit=200)
    none = leads.queue(ACTOR, demo_house, place="Nowhere, XX")

    assert {one["id"] for one in some["leads"]} <= {one["id"] for one in city["leads"]}
    assert 0 < some["total"] <= page["total"]
    assert none["total"] == 0 and "not a sign of safety" in none["searched"]


def test_a_decision_moves_a_lead_and_undoing_moves_it_back(own_house):
    """A decided lead leaves the new ones; taking the decision back brings it back where it was."""
    before = leads.queue(ACTOR, own_house, limit=200)
    lead = before["leads"][0]["id"]
    done = leads.decide(ACTOR, own_house, lead, Decision.DISMISS, reason=DismissReason.SPAM)

    assert done["counts"]["handled"] == 1
    assert lead not in [row["id"] for row in leads.queue(ACTOR, own_house, limit=200)["leads"]]
    leads.undo(ACTOR, own_house, lead, done["decision"]["id"])
    assert leads.queue(ACTOR, own_house, limit=200)["leads"] == before["leads"]


def test_a_decision_of_another_process_is_seen_at_once(own_house):
    """What is held of the decisions gives way as soon as another one stands in the ledger."""
    from homeward.store.ledger import Ledger, decisions

    first = leads.queue(ACTOR, own_house)["leads"][0]["id"]
    other = Ledger(own_house.ledger.path, own_house.ledger.key)
    with other.write() as tx:
        decisions.decide(tx, first, Decision.WATCH, by="ann", at=own_house.clock())
    other.close()

    page = leads.queue(ACTOR, own_house, tab="handled")
    assert [row["id"] for row in page["leads"]] == [first]
    assert page["counts"]["handled"] == 1


def test_the_first_decision_wins(own_house):
    """Whoever did not see the standing decision is told so; whoever did may replace it."""
    lead = runs.current(own_house).leads[0]["id"]
    first = leads.decide(ACTOR, own_house, lead, Decision.WATCH)["decision"]["id"]

    with pytest.raises(Overtaken):
        leads.decide(ACTOR, own_house, lead, Decision.PRIORITY)
    leads.decide(ACTOR, own_house, lead, Decision.PRIORITY, replaces=first)
    with pytest.raises(Overtaken):
        leads.undo(ACTOR, own_house, lead, first)


def test_a_dismissal_needs_its_reason(own_house):
    """To dismiss takes a reason; to watch takes none."""
    lead = runs.current(own_house).leads[0]["id"]

    with pytest.raises(UsageError):
        leads.decide(ACTOR, own_house, lead, Decision.DISMISS)
    with pytest.raises(UsageError):
        leads.decide(ACTOR, own_house, lead, Decision.WATCH, reason=DismissReason.SPAM)


def test_an_unknown_cursor_is_refused(demo_house):
    """A cursor that was not given out is an error, not a first page."""
    for after in ("x", "p1", "%%%", "cDk5OTk5OTk5OTk5OTk5OTk5"):
        with pytest.raises(UsageError):
            leads.queue(ACTOR, demo_house, after=after)


def test_every_value_of_a_group_has_a_why(demo_house):
    """Each contact of a lead's group is explained: ads that mention it, and links with dates and strength."""
    lead = runs.current(demo_house).leads[0]
    page = identity.dossier(ACTOR, demo_house, lead["identity"])
    for group in page["identifiers"]:
        value = group["values"][0]
        why = identity.why(ACTOR, demo_house, lead["identity"], value["kind"], value["value"])
        assert why["subject"]["ads"] > 0 and why["sentence"]
        for link in why["links"]:
            assert link["because"] and link["ads_count"] > 0 and 0 <= link["strength"] <= 1


def test_a_value_of_another_group_is_not_there(demo_house):
    """A value that no ad of the group mentions is as unknown as one that never was."""
    lead = runs.current(demo_house).leads[0]

    with pytest.raises(NotFound):
        identity.why(ACTOR, demo_house, lead["identity"], "phone", "+10000000000")


def test_the_groups_ads_are_all_there_newest_first(demo_house):
    """The ads of a group, page by page, are exactly its ads, newest first."""
    lead = runs.current(demo_house).leads[0]
    row = runs.current(demo_house).identity(lead["identity"])
    found, after = [], None
    while True:
        page = identity.ads_of(ACTOR, demo_house, lead["identity"], after=after, limit=10)
        found += page["ads"]
        after = page["next"]
        if after is None:
            break
    times = [ad["posted_at"] or ad["seen_at"] for ad in found]

    assert sorted(ad["id"] for ad in found) == sorted(row["ads"])
    assert times == sorted(times, reverse=True)


def test_personas_divide_their_network(demo_house):
    """The personas of a network have its ads between them, each once."""
    for lead in runs.current(demo_house).leads[:5]:
        page = identity.dossier(ACTOR, demo_house, lead["identity"])
        assert sum(p["ads"] for p in page["personas"]) == page["ads"]


class _Sink:
    def __init__(self):
        self.bytes = b""

    def write(self, data):
        self.bytes += bytes(data)


@pytest.mark.parametrize("what", ["ads", "mentions", "templates", "identities", "leads"])
def test_an_export_is_the_same_again(own_house, what):
    """The same workspace gives the same bytes, and as many rows in every form."""
    first, again, table = _Sink(), _Sink(), _Sink()
    done = export(ACTOR, own_house, what, first)
    export(ACTOR, own_house, what, again)
    other = export(ACTOR, own_house, what, table, fmt="parquet")

    assert first.bytes == again.bytes and done["rows"] > 0
    assert done["rows"] == first.bytes.count(b"\n") == other["rows"]


@pytest.mark.parametrize("fmt", ["jsonl", "csv"])
def test_exported_leads_say_that_their_error_rate_is_not_known(own_house, fmt):
    """A score never leaves without the words that say what it is not, in every row."""
    sink = _Sink()
    done = export(ACTOR, own_house, "leads", sink, fmt=fmt)

    assert sink.bytes.count(b"How often a lead is wrong is not known") == done["rows"] > 0
    assert sink.bytes.count(CAUTION.encode()) == done["rows"] + 1  # once for the whole file, of its numbers


def test_every_ad_is_in_one_identity_of_each_level(own_house):
    """Identities of a level have every ad between them, each once."""
    for level in ("network", "persona"):
        sink = _Sink()
        export(ACTOR, own_house, "identities", sink, level=level)
        rows = [json.loads(line) for line in sink.bytes.splitlines()]
        ads = [ad for row in rows for ad in row["ads"]]
        assert len(ads) == len(set(ads)) == runs.current(own_house).members.num_rows
        assert all(row["level"] == level for row in rows)


def test_an_exported_mention_points_at_its_text(own_house):
    """part[start:end] is the raw text, for every mention of every ad."""
    ads, mentions = _Sink(), _Sink()
    export(ACTOR, own_house, "ads", ads)
    export(ACTOR, own_house, "mentions", mentions)
    parts = {row["ad"]: row for row in map(json.loads, ads.bytes.splitlines())}
    for mention in map(json.loads, mentions.bytes.splitlines()):
        ad, part = parts[mention["ad"]], mention["part"]
        text = ad[part] if part in ad else ad[part.split("[")[0]][int(part.split("[")[1][:-1])]
        assert text[mention["start"] : mention["end"]] == mention["raw"]
        assert mention["source_id"] == ad["id"]

"""A wrong value stays as written, says so, and joins nothing; a person is handed what is held."""

import io
import json

import pytest

from homeward import intake
from homeward.desk import (
    access,
    ads,
    corrections,
    export,
    groups,
    records,
    runs,
    search,
    sources,
    supply,
    urgent,
)
from homeward.model.actor import Actor, Role
from homeward.model.capture import Supply
from homeward.model.errors import HomewardError, NotAllowed, NotFound, Restricted, StepUpNeeded, UsageError
from homeward.store.lake import Lake
from homeward.store.ledger import events

ACTOR = Actor("local:1", "cli")
WRONG = {"kind": "phone", "value": "+17025550134", "says": "disputed", "why": "a wrong number"}
TEXTS = ("Amber here, call 702 555 0134", "Quiet massage by Lily, 702 555 0134", "Ruby in Reno, 775 555 0143")


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    """A workspace of three ads, two of which share a number; refreshed once, for reading only."""
    from homeward.app import compose
    from homeward.app.settings import load
    from surroundings import environment

    folder = tmp_path_factory.mktemp("corrections")
    settings = load(environment(folder), home=folder / "workspace")
    compose.make(settings)
    with compose.opened(settings) as house:
        path = folder / "ads.jsonl"
        rows = [{"id": str(n), "site": f"b{n}.test", "body": text} for n, text in enumerate(TEXTS)]
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        supply.ingest(ACTOR, house, str(path), Supply("a test"))
        supply.refresh(ACTOR, house)
        yield house


def keys(house):
    rows = house.lake.read("ads", columns=["ad", "source_id"]).to_pylist()
    return [row["ad"] for row in sorted(rows, key=lambda row: row["source_id"])]


def network(house, ad):
    return runs.current(house).member(ad)["network"]


def shown(house, ad):
    """What stands beside the number on the ad's page."""
    [m] = [m for m in ads.page(ACTOR, house, ad)["mentions"] if m["value"] == WRONG["value"]]
    return m["correction"]


def counted(house, ad):
    """The ads that the dossier of an ad's group counts for the number."""
    group = groups.of(runs.current(house), runs.current(house).identity(network(house, ad)))
    return {doc.id for doc in group.by_value["phone", WRONG["value"]]}


@pytest.mark.trust("PRV-5")
def test_a_disputed_value_joins_nothing_and_says_so(taken):
    """Two ads with one number are one group; with it disputed in one they are not; taken back they are."""
    first, second, other = keys(taken)
    assert network(taken, first) == network(taken, second) != network(taken, other)
    assert counted(taken, first) == {first, second}
    before = runs.current(taken).id
    done = corrections.correct(ACTOR, taken, second, **WRONG)
    assert "disputed" in shown(taken, second) and "a wrong number" in shown(taken, second)
    assert shown(taken, first) == ""
    assert counted(taken, first) == {first}, "the group's pages follow at once, its ads at the next refresh"
    supply.refresh(ACTOR, taken)
    assert network(taken, first) != network(taken, second)
    run = runs.current(taken)
    for ad, there in ((first, True), (second, False)):
        group = groups.of(run, run.identity(network(taken, ad)))
        assert (("phone", WRONG["value"]) in group.by_value) is there
    corrections.lift(ACTOR, taken, done["correction"], why="it was right")
    assert shown(taken, second) == ""
    supply.refresh(ACTOR, taken)
    assert network(taken, first) == network(taken, second) and runs.current(taken).id == before


@pytest.mark.trust("PRV-4")
def test_a_correction_names_exactly_those_who_got_the_ad(taken):
    """One that was handed out is told with who got it; another one with nobody."""
    first, second, _ = keys(taken)
    records.disclose(ACTOR, taken, [first], recipient="the court", what="the ad", basis="order 12")
    [told] = corrections.correct(ACTOR, taken, first, **WRONG)["recipients"]
    assert (told["recipient"], told["ad"]) == ("the court", first)
    assert corrections.correct(ACTOR, taken, second, **WRONG)["recipients"] == []
    assert len(corrections.listing(ACTOR, taken)) == 2
    for row in corrections.listing(ACTOR, taken):
        corrections.lift(ACTOR, taken, row["seq"], why="done")


@pytest.mark.parametrize(
    "said",
    [{"value": "+17025550199"}, {"says": "true"}, {"says": "corrected"}, {"why": " "}, {"right": "x" * 1_001},
     {"reference": "none"}],
)  # fmt: skip
def test_what_is_no_correction_is_refused(taken, said):
    """A value that the ad does not give, no reason, or nothing that is right in its place."""
    with pytest.raises(HomewardError):
        corrections.correct(ACTOR, taken, keys(taken)[0], **{**WRONG, **said})
    assert corrections.listing(ACTOR, taken) == []


def test_a_request_is_answered_by_its_correction(taken):
    """Once; one about another ad is not."""
    first, second, _ = keys(taken)
    reference = records.ask(ACTOR, taken, [first], kind="rectify", grounds="wrong")["reference"]
    with pytest.raises(UsageError):
        corrections.correct(ACTOR, taken, second, **WRONG, reference=reference)
    right = {**WRONG, "says": "corrected", "right": "+17025550135"}
    made = corrections.correct(ACTOR, taken, first, **right, reference=reference)
    assert "+17025550135" in shown(taken, first) and not records.requests(ACTOR, taken)
    corrections.lift(ACTOR, taken, made["correction"], why="done")
    with pytest.raises(NotFound):
        corrections.lift(ACTOR, taken, made["correction"], why="again")


@pytest.mark.trust("PRV-5")
def test_a_person_is_handed_what_is_held(taken):
    """The ads of the request and those with a value; as a disclosure of exactly these, once."""
    first, second, other = keys(taken)
    reference = records.ask(ACTOR, taken, [first], kind="access", grounds="shows-me")["reference"]
    asked = {"to": "the person who asked", "basis": "Art 14", "values": [WRONG["value"]]}
    paper = access.answer(ACTOR, taken, reference, **asked)
    assert [row["ad"] for row in paper["ads"]] == sorted([first, second])
    held = next(row for row in paper["ads"] if row["ad"] == first)
    assert held["body"] == TEXTS[0] and WRONG["value"] in {m["value"] for m in held["read"]}
    assert [one["source"] for one in held["captures"]] == [sources.OWN]
    told = [row for row in records.recipients(ACTOR, taken, keys(taken)) if row["basis"] == "Art 14"]
    assert {row["ad"] for row in told} == {first, second}
    with taken.ledger.read() as tx:
        assert next(events.read(tx, limit=2, newest_first=True)).event.act == "look"
    with pytest.raises(UsageError):
        access.answer(ACTOR, taken, reference, **asked)
    removal = records.ask(ACTOR, taken, [other], kind="remove", grounds="shows-me")["reference"]
    with pytest.raises(UsageError):
        access.answer(ACTOR, taken, removal, **asked)


@pytest.mark.parametrize(
    ("role", "fresh", "error"),
    [(Role.ANALYST, True, NotAllowed), (Role.RECORDS, False, StepUpNeeded), (Role.RECORDS, True, None)],
)
def test_only_the_records_officer_hands_it_over(taken, role, fresh, error):
    """With a fresh proof of who they are."""
    reference = records.ask(ACTOR, taken, keys(taken)[:1], kind="access", grounds="wrong")["reference"]
    somebody = Actor("rita", "api", role, fresh=fresh)
    if error is None:
        assert access.answer(somebody, taken, reference, to="a person", basis="Art 14")["ads"]
    else:
        with pytest.raises(error):
            access.answer(somebody, taken, reference, to="a person", basis="Art 14")


def test_what_is_marked_urgent_is_not_handed_over(own_house):
    """The duty officer decides first."""
    run = runs.current(own_house)
    lead = run.leads[0]
    ad = run.identity(lead["identity"])["ads"][0]
    reference = records.ask(ACTOR, own_house, [ad], kind="access", grounds="shows-me")["reference"]
    urgent.flag(Actor("local:7", "cli"), own_house, lead["id"], "possible-child")
    officer = Actor("rita", "api", Role.RECORDS, fresh=True)
    with pytest.raises(Restricted):
        access.answer(officer, own_house, reference, to="a person", basis="Art 14")
    assert records.recipients(ACTOR, own_house, [ad]) == []


def found(house, text):
    return {hit["id"] for hit in search.search(ACTOR, house, text)["hits"]}


def sent(house, what):
    """The rows of an export, by their ad."""
    sink = io.BytesIO()
    export.export(ACTOR, house, what, sink)
    return [json.loads(line) for line in sink.getvalue().splitlines()]


@pytest.mark.trust("PRV-5")
def test_no_search_finds_an_ad_by_a_disputed_value(taken):
    """At once, and after the index is made anew; exports say so beside it; taken back it is found again."""
    first, second, _ = keys(taken)
    text = f"phone:{WRONG['value']}"
    assert found(taken, text) == {first, second}
    made = corrections.correct(ACTOR, taken, second, **WRONG)
    assert found(taken, text) == {first} and found(taken, "massage lily") == {second}
    intake.rebuild(taken, "index")
    assert found(taken, text) == {first}
    marked = [m for m in sent(taken, "mentions") if "correction" in m["detail"]]
    assert [(m["ad"], m["value"]) for m in marked] == [(second, WRONG["value"])]
    beside = {row["ad"]: row["extra"].get("homeward_corrections", []) for row in sent(taken, "ads")}
    assert [ad for ad, told in beside.items() if told] == [second]
    assert "a wrong number" in beside[second][0]["correction"]
    corrections.lift(ACTOR, taken, made["correction"], why="it was right")
    assert found(taken, text) == {first, second}


def test_searches_follow_a_correction_once_nobody_takes_ads_in(taken):
    """While another writes, the correction stands and the index waits for the next act that writes."""
    _, second, _ = keys(taken)
    with Lake(taken.lake.root).writer():
        made = corrections.correct(ACTOR, taken, second, **WRONG)
        assert second in found(taken, f"phone:{WRONG['value']}")
    intake.repair(taken)
    assert second not in found(taken, f"phone:{WRONG['value']}")
    corrections.lift(ACTOR, taken, made["correction"], why="done")

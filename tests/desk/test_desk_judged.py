"""Judgements over time: undone without residue, contradicted aloud, looked at again; leads that return."""

import json
import random
import shutil
from dataclasses import replace
from datetime import timedelta
from itertools import combinations, count

import pytest

from homeward.app import compose
from homeward.app.settings import load
from homeward.desk import history, judge, leads, preview, review, runs, supply
from homeward.model.actor import Actor
from homeward.model.capture import Supply
from homeward.model.judgement import Decision, DismissReason, Judgement
from surroundings import environment

ACTOR = Actor("local:1000", "cli")
SAME, DIFFERENT, UNDECIDED = Judgement.SAME, Judgement.DIFFERENT, Judgement.UNDECIDED
TEXT = (
    "massage companion in town this week, call ahead, friendly and discreet, downtown near the river, "
    "own place with parking, afternoons and evenings, ask for the garden room"
)


def ticking(house, begin=0):
    """The house with a clock that goes on by a minute whenever it is asked."""
    start, minutes = house.clock(), count(begin)
    return replace(house, clock=lambda: start + timedelta(minutes=next(minutes)))


def take_in(house, folder, name, rows):
    """Take in ads given as (id, phone, name, day), and city and region unless it is Reno."""
    path = folder / f"{name}.jsonl"
    lines = [
        {"id": id, "site": "board.test", "posted_at": f"2026-03-{day:02}T10:00:00Z", "city": city,
         "region": region, "country": "US", "body": f"{who} here. {TEXT} Call {phone}"}
        for id, phone, who, day, city, region in ((*row, "Reno", "NV")[:6] for row in rows)
    ]  # fmt: skip
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    supply.ingest(ACTOR, house, str(path), Supply("a test", "invented data"))
    supply.refresh(ACTOR, house)


def by_source(house):
    """Each ad's id, by what its source calls it."""
    table = house.lake.read("ads", columns=["ad", "source_id"])
    return dict(zip(table.column("source_id").to_pylist(), table.column("ad").to_pylist(), strict=True))


def tables_now(house):
    """Everything that the current run made, without its own id."""
    run = runs.current(house)

    def plain(row):
        return json.dumps({**row, "run": ""}, default=str, sort_keys=True)

    return {
        name: sorted(map(plain, run.table(name).to_pylist()))
        for name in ("members", "links", "identities", "findings", "leads")
    }  # fmt: skip


ONE, TWO, THREE = "702-555-0134", "702-555-0135", "702-555-0136"


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A workspace of three posters with two or three ads each, which the tests take copies of."""
    folder = tmp_path_factory.mktemp("judged")
    people = {"a": (ONE, "Amber"), "b": (TWO, "Carla"), "c": (THREE, "Dora")}
    rows = [(f"{key}{n}", *said, 2 * n) for key, said in people.items() for n in (1, 2)]
    rows.append(("a3", ONE, "Bella", 5))
    settings = load(environment(folder), home=folder / "workspace")
    compose.make(settings)
    with compose.opened(settings) as made:
        take_in(ticking(made), folder, "first", rows)
    return folder


@pytest.fixture
def house(first, tmp_path):
    """A copy of its own, a day later."""
    home = tmp_path / "workspace"
    shutil.copytree(first / "workspace", home)
    env = {**environment(first), "XDG_STATE_HOME": str(tmp_path / "state")}
    with compose.opened(load(env, home=home)) as made:
        yield ticking(made, 24 * 60)


def test_judgements_taken_back_leave_no_trace(house):
    """Any sequence of joins and cuts, all taken back, gives the very graph that was there before."""
    before, ad = tables_now(house), by_source(house)
    said = [("a1", "a3", DIFFERENT), ("a1", "b1", SAME), ("b2", "c1", SAME), ("a2", "c2", DIFFERENT)]
    for x, y, word in said:
        judge.judge(ACTOR, house, ad[x], ad[y], word, why="Seen on site")
    supply.refresh(ACTOR, house)
    assert tables_now(house)["members"] != before["members"]
    for x, y, _ in reversed(said):
        judge.judge(ACTOR, house, ad[x], ad[y], UNDECIDED, why="Withdrawn")
    supply.refresh(ACTOR, house)

    assert tables_now(house) == before


def test_later_evidence_contradicts_a_judgement_and_does_not_override_it(house, tmp_path):
    """Kept apart, then seen under one new number: said aloud, with who decided; the two stay apart."""
    ad = by_source(house)
    judge.judge(ACTOR, house, ad["a1"], ad["b1"], DIFFERENT, why="Spoke to both")
    supply.refresh(ACTOR, house)
    assert not review.held(house)[0]["contradiction"]
    more = [("d1", f"{ONE} or 702-555-0140", "Amber", 8), ("d2", f"{TWO} or 702-555-0140", "Carla", 9)]
    take_in(house, tmp_path, "later", more)

    [row] = review.held(house)
    assert "contradicts the decision of local:1000" in row["contradiction"]
    assert "702) 555-0140" in row["contradiction"]
    run = runs.current(house)
    assert run.member(ad["a1"])["network"] != run.member(ad["b1"])["network"]


@pytest.mark.parametrize(
    ("later", "said"),
    [
        ([("e1", ONE, "Amber", 9), ("f1", TWO, "Amber", 9, "Miami", "FL")], True),
        ([("e1", ONE, "Amber", 9), ("f1", TWO, "Amber", 9)], False),  # both in one place
        ([("e1", ONE, "Amber", 9), ("f1", ONE, "Amber", 9, "Miami", "FL")], False),  # one side says so alone
    ],
)
def test_one_person_in_two_places_contradicts_that_two_are_the_same(empty_house, tmp_path, later, said):
    """Joined by a person, then seen far apart on one day: said aloud, with who decided; the join stands."""
    house = ticking(empty_house)
    rows = [(f"{key}{n}", phone, "Amber", 2 * n) for key, phone in (("a", ONE), ("b", TWO)) for n in (1, 2)]
    take_in(house, tmp_path, "first", rows)
    ad = by_source(house)
    judge.judge(ACTOR, house, ad["a1"], ad["b1"], SAME, why="Same voice")
    supply.refresh(ACTOR, house)
    assert not review.held(house)[0]["contradiction"]
    take_in(house, tmp_path, "later", later)

    [row] = review.held(house)
    assert ("contradicts the decision of local:1000" in row["contradiction"]) is said
    assert ("Miami" in row["contradiction"]) is said
    run = runs.current(house)
    assert run.member(ad["a1"])["network"] == run.member(ad["b1"])["network"]


@pytest.mark.parametrize("seed", [1, 2])
def test_any_sequence_of_joins_and_cuts_leaves_no_trace(house, seed):
    """Random joins, cuts and withdrawals, with refreshes between: all taken back, the very graph is there."""
    chance, before, ad = random.Random(seed), tables_now(house), by_source(house)
    pairs = list(combinations(sorted(ad), 2))
    said = set()
    for _ in range(10):
        pair, word = chance.choice(pairs), chance.choice((SAME, DIFFERENT, UNDECIDED))
        judge.judge(ACTOR, house, ad[pair[0]], ad[pair[1]], word, why="Seen on site")
        said.add(pair)
        if chance.random() < 0.3:
            supply.refresh(ACTOR, house)
    supply.refresh(ACTOR, house)
    assert tables_now(house)["members"] != before["members"]
    for x, y in chance.sample(sorted(said), len(said)):
        judge.judge(ACTOR, house, ad[y], ad[x], UNDECIDED, why="Withdrawn")
        if chance.random() < 0.3:
            supply.refresh(ACTOR, house)
    supply.refresh(ACTOR, house)

    assert tables_now(house) == before


def test_a_judgement_is_due_again_after_half_a_year_and_renewed_by_saying_it_again(house):
    """On the day after REVIEW_DAYS it is due; said once more, it is not."""
    ad = by_source(house)
    judge.judge(ACTOR, house, ad["a1"], ad["b1"], SAME, why="Same flat")
    assert not review.held(house)[0]["due"]
    then = house.clock() + timedelta(days=review.REVIEW_DAYS + 1)
    later = replace(house, clock=lambda: then)
    assert review.held(later)[0]["due"]
    judge.judge(ACTOR, later, ad["a1"], ad["b1"], SAME, why="Looked again")
    assert not review.held(later)[0]["due"]


def test_the_history_tells_joins_judgements_and_decisions(house):
    """After a join and its undoing, the history says both, newest first, and who judged."""
    ad = by_source(house)
    identity = runs.current(house).member(ad["a1"])["network"]
    for word in (SAME, UNDECIDED):
        judge.judge(ACTOR, house, ad["a1"], ad["b1"], word, why="Seen on site")
        supply.refresh(ACTOR, house)
    page = history.page(ACTOR, house, identity)

    assert [row["what"] for row in page["history"]] == ["split", "judged", "joined", "judged"]
    assert all(row["by"] == "local:1000" for row in page["history"] if row["what"] == "judged")


def test_one_persons_undoing_leaves_the_word_of_another(house):
    """Two people judged the same pair: one takes hers back, his still holds, and the preview says so."""
    ad, other = by_source(house), Actor("local:1001", "cli")
    for who in (ACTOR, other):
        judge.judge(who, house, ad["a1"], ad["b1"], SAME, why="Same flat")
    told = preview.preview(ACTOR, house, ad["a1"], ad["b1"], UNDECIDED)

    assert told["holds"] == SAME


def test_a_dismissed_lead_returns_on_a_new_name_and_not_on_a_repost(own_house, tmp_path):
    """What was dismissed is back, saying what is new, once a new name stands in its ads; not before."""
    house = ticking(own_house)
    run = runs.current(house)
    lead = run.leads[0]
    leads.decide(ACTOR, house, lead["id"], Decision.DISMISS, reason=DismissReason.CHECKED)
    assert leads.standing(house, ACTOR)[lead["id"]]["decision"]["returned"] == ""
    old = house.lake.find("ads", run.identity(lead["identity"])["ads"][:1]).to_pylist()[0]
    for body in (old["body"], f"{old['body']}\nMy name is Zelda"):
        row = {"id": old["source_id"], "site": old["site"], "posted_at": old["posted_at"].isoformat(),
               "title": old["title"], "body": body, "city": old["city"], "region": old["region"],
               **json.loads(old["extra"] or "{}")}  # fmt: skip
        path = tmp_path / "more.jsonl"
        path.write_text(json.dumps(row) + "\n")
        supply.ingest(ACTOR, house, str(path), Supply("the synthetic world", "invented data"))
        supply.refresh(ACTOR, house)
        back = leads.standing(house, ACTOR)[lead["id"]]["decision"]
        assert ("name Zelda" in back["returned"]) == (body != old["body"]) and back["decision"] == "dismiss"
    shown = [one["id"] for one in leads.queue(ACTOR, house, limit=200)["leads"]]
    assert lead["id"] in shown

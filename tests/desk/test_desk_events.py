"""No act without its event: every function of the desk that takes an actor is found, called and checked."""

import importlib
import inspect
import io
import pkgutil

import pytest

import homeward.desk
from homeward.app.audit.verify import check_log
from homeward.desk import runs
from homeward.model.actor import Actor
from homeward.model.capture import Supply
from homeward.model.event import Act
from homeward.model.judgement import Decision, Judgement, Outcome
from homeward.store import disk
from homeward.store.ledger import events

ACTOR = Actor("local:1000", "cli")
INTERNAL = {"acts.event", "acts.note", "acts.long_act"}  # the means by which the others write theirs


PEOPLES = {"permissions", "purposes", "veil", "doors", "people", "requests", "passkeys", "provider"}


def functions():
    """Every public function of the desk that takes the actor first; people's have a test of their own."""
    found = {}
    for module in pkgutil.iter_modules(homeward.desk.__path__):
        loaded = importlib.import_module(f"homeward.desk.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters), "")
            if function.__module__ == loaded.__name__ and not name.startswith("_") and first == "actor":
                found[f"{module.name}.{name}"] = function
    return {
        name: function for name, function in found.items()
        if name not in INTERNAL and name.partition(".")[0] not in PEOPLES
    }  # fmt: skip


def first_lead(house):
    return runs.current(house).leads[0]


def second_lead(house):
    return runs.current(house).leads[1]["id"]


def ads_of(house):
    return runs.current(house).identity(first_lead(house)["identity"])["ads"]


def decided(house):
    from homeward.desk import leads

    return leads.decide(ACTOR, house, second_lead(house), Decision.WATCH)["decision"]["id"]


REQUEST = {
    "text": "amber", "filters": [], "first": None, "last": None, "after": None, "limit": 5, "facets": True,
    "histogram": True, "map": True,
}  # fmt: skip


def saved(house):
    from homeward.desk import search

    return search.search_page(ACTOR, house, REQUEST)["s"]


BASIS = {"kind": "site", "basis": "order 12", "dpia": "DPIA 4"}

# How each is called, and the act it leaves: function(house, folder, demo) → arguments after actor and house.
CALLS = {
    "area.change": (Act.SETTING, lambda h, f, d: ((["Reno"], 14, 20), {"tag": tag(h)})),
    "area.preferences": (Act.LOOK, lambda h, f, d: ((), {})),
    "ads.page": (Act.LOOK, lambda h, f, d: ((ads_of(h)[0],), {})),
    "backups.backup": (Act.BACKUP, lambda h, f, d: ((f / "a.homeward",), {})),
    "backups.restored": (Act.RESTORE, lambda h, f, d: ((), {"made": "2026-11-01", "name": "a.homeward"})),
    "backups.scrub": (Act.AUDIT, lambda h, f, d: ((), {})),
    "backups.kept": (Act.LIST, lambda h, f, d: ((f,), {})),
    "backups.renew": (Act.LIST, lambda h, f, d: ((f,), {})),
    "cases.break_glass": (Act.GLASS, lambda h, f, d: ((case_of_others(h), "urgent"), {})),
    "cases.change": (Act.CASE, lambda h, f, d: ((own_case(h),), {"title": "Another"})),
    "cases.listing": (Act.LIST, lambda h, f, d: ((), {})),
    "cases.make": (Act.CASE, lambda h, f, d: (("The quiet house",), {})),
    "cases.page": (Act.LOOK, lambda h, f, d: ((own_case(h),), {})),
    "cases.seal": (Act.CASE, lambda h, f, d: ((own_case(h),), {})),
    "cases.unseal": (Act.CASE, lambda h, f, d: ((own_case(h),), {})),
    "cases.set_member": (Act.MEMBER, lambda h, f, d: ((own_case(h), colleague(h), "member"), {})),
    "audit.acknowledge": (Act.AUDIT, lambda h, f, d: ((), {"why": "a drill"})),
    "audit.export": (Act.AUDIT, lambda h, f, d: ((f / "log",), {})),
    "audit.prove": (Act.AUDIT, lambda h, f, d: ((1,), {})),
    "audit.prove_growth": (Act.AUDIT, lambda h, f, d: ((1,), {})),
    "audit.sign": (Act.AUDIT, lambda h, f, d: ((), {})),
    "audit.verify": (Act.AUDIT, lambda h, f, d: ((check_log,), {})),
    "evaluate.evaluate": (Act.EVALUATE, lambda h, f, d: (("leads", d.world / "truth.jsonl"), {})),
    "export.export": (Act.EXPORT, lambda h, f, d: (("leads", io.BytesIO()), {})),
    "identity.ads_of": (Act.LOOK, lambda h, f, d: ((first_lead(h)["identity"],), {})),
    "identity.dossier": (Act.LOOK, lambda h, f, d: ((first_lead(h)["identity"],), {})),
    "identity.why": (Act.LOOK, lambda h, f, d: ((first_lead(h)["identity"], *a_value(h)), {})),
    "identity.wordings": (Act.LOOK, lambda h, f, d: ((first_lead(h)["identity"],), {})),
    "grouped.by_group": (Act.SEARCH, lambda h, f, d: ((REQUEST,), {})),
    "judge.judge": (Act.JUDGE, lambda h, f, d: ((*ads_of(h)[:2], Judgement.SAME), {"why": "one voice"})),
    "keep.examine": (Act.LIST, lambda h, f, d: ((), {})),
    "keep.rebuild": (Act.REBUILD, lambda h, f, d: (("index",), {})),
    "chains.page": (Act.LOOK, lambda h, f, d: ((first_lead(h)["identity"], *ads_of(h)[:2]), {})),
    "chains.of_lead": (Act.LOOK, lambda h, f, d: ((first_lead(h)["id"],), {})),
    "links.page": (Act.LOOK, lambda h, f, d: ((first_lead(h)["identity"],), {})),
    "history.page": (Act.LOOK, lambda h, f, d: ((first_lead(h)["identity"],), {})),
    "preview.preview": (Act.LOOK, lambda h, f, d: ((*ads_of(h)[:2], Judgement.DIFFERENT), {})),
    "review.judged": (Act.LIST, lambda h, f, d: ((), {})),
    "roads.alike": (Act.LOOK, lambda h, f, d: ((first_lead(h)["identity"],), {})),
    "roads.surges": (Act.LIST, lambda h, f, d: ((), {})),
    "movement.page": (Act.LOOK, lambda h, f, d: ((first_lead(h)["identity"],), {})),
    "access.answer": (
        Act.DISCLOSE,
        lambda h, f, d: ((asked(h, "access"),), {"to": "the person", "basis": "Art 14"}),
    ),
    "corrections.correct": (Act.CORRECT, lambda h, f, d: ((ads_of(h)[0],), wrong(h))),
    "corrections.lift": (Act.CORRECT, lambda h, f, d: ((corrected(h),), {"why": "it was right"})),
    "corrections.listing": (Act.LIST, lambda h, f, d: ((), {})),
    "leads.decide": (Act.TRIAGE, lambda h, f, d: ((first_lead(h)["id"], Decision.PRIORITY), {})),
    "leads.page": (Act.LOOK, lambda h, f, d: ((first_lead(h)["id"],), {})),
    "leads.queue": (Act.LIST, lambda h, f, d: ((), {})),
    "leads.told": (Act.LIST, lambda h, f, d: ((), {})),
    "leads.undo": (Act.UNDO, lambda h, f, d: ((second_lead(h), decided(h)), {})),
    "networks.ask": (Act.SEARCH, lambda h, f, d: (("amber",), {})),
    "periods.page": (Act.LIST, lambda h, f, d: ((), {})),
    "periods.set_ads": (Act.SETTING, lambda h, f, d: ((900,), {"why": "policy"})),
    "periods.set_log": (Act.SETTING, lambda h, f, d: ((400,), {"why": "policy"})),
    "periods.shred": (Act.ERASE, lambda h, f, d: ((), {})),
    "photos.photos": (Act.LOOK, lambda h, f, d: ((first_lead(h)["identity"],), {})),
    "misuse.report": (Act.AUDIT, lambda h, f, d: ((), {})),
    "rekeying.ask": (Act.REQUEST, lambda h, f, d: ((), {"why": "a drill"})),
    "rekeying.rotate": (Act.KEY, lambda h, f, d: ((f / "keys",), {})),
    "records.ask": (Act.RETAIN, lambda h, f, d: ((ads_of(h)[:1],), {"kind": "remove", "grounds": "wrong"})),
    "records.disclose": (
        Act.DISCLOSE,
        lambda h, f, d: ((ads_of(h)[:1],), {"recipient": "court", "what": "ad", "basis": "order"}),
    ),
    "office.page": (Act.LIST, lambda h, f, d: ((), {})),
    "records.decline": (Act.RETAIN, lambda h, f, d: ((asked(h),), {"why": "about nobody"})),
    "records.due": (Act.LIST, lambda h, f, d: ((), {})),
    "records.erase": (Act.ERASE, lambda h, f, d: ((ads_of(h)[-1:],), {"why": "asked for"})),
    "records.hold": (Act.RETAIN, lambda h, f, d: ((ads_of(h)[:1],), {"why": "order"})),
    "records.lift": (Act.RETAIN, lambda h, f, d: ((ads_of(h)[:1],), {"why": "order"})),
    "records.purge": (Act.LIST, lambda h, f, d: ((), {})),
    "records.recipients": (Act.LOOK, lambda h, f, d: ((ads_of(h)[:1],), {})),
    "records.requests": (Act.LIST, lambda h, f, d: ((), {})),
    "records.restrict": (Act.RETAIN, lambda h, f, d: ((asked(h),), {"why": "order"})),
    "records.unrestrict": (Act.RETAIN, lambda h, f, d: ((restricted(h),), {"why": "order"})),
    "records.review": (Act.RETAIN, lambda h, f, d: ((ads_of(h)[:1],), {"why": "order"})),
    "search.list_search": (Act.SEARCH, lambda h, f, d: ((["amber", "phone:702*"],), {})),
    "search.saved": (Act.LOOK, lambda h, f, d: ((saved(h),), {})),
    "search.search": (Act.SEARCH, lambda h, f, d: (("amber",), {})),
    "search.search_page": (Act.SEARCH, lambda h, f, d: ((REQUEST,), {})),
    "sources.register": (Act.SOURCE, lambda h, f, d: (("board.test",), BASIS)),
    "sources.end": (Act.SOURCE, lambda h, f, d: ((a_source(h),), {"why": "over"})),
    "sources.listing": (Act.LIST, lambda h, f, d: ((), {})),
    "supply.ingest": (Act.INGEST, lambda h, f, d: ((str(d.world / "ads.jsonl"), Supply()), {})),
    "supply.refresh": (Act.REFRESH, lambda h, f, d: ((), {})),
    "supply.use_knowledge": (Act.KNOWLEDGE, lambda h, f, d: ((b'[youth]\nwords = ["lexterm1"]',), {})),
    "templates.page": (Act.LOOK, lambda h, f, d: ((a_template(h),), {})),
    "outcomes.record": (Act.OUTCOME, lambda h, f, d: ((first_lead(h)["id"], Outcome.NOT_FOUND), {})),
    "outcomes.lift": (Act.OUTCOME, lambda h, f, d: ((first_lead(h)["id"], a_persona(h)), {"why": "a slip"})),
    "outcomes.undo": (Act.OUTCOME, lambda h, f, d: (an_outcome(h), {})),
    "outcomes.counts": (Act.LIST, lambda h, f, d: ((), {})),
    "outcomes.set_days": (Act.SETTING, lambda h, f, d: ((90,), {})),
    "controls.draw": (Act.TRAIN, lambda h, f, d: ((), {})),
    "controls.listing": (Act.LIST, lambda h, f, d: ((), {})),
    "controls.review": (Act.TRAIN, lambda h, f, d: (a_control(h), {})),
    "controls.take_back": (Act.TRAIN, lambda h, f, d: (a_review(h), {})),
    "training.status": (Act.LOOK, lambda h, f, d: ((), {})),
    "training.propose": (Act.TRAIN, lambda h, f, d: (outcomes_enough(h), {})),
    "training.preview": (Act.LOOK, lambda h, f, d: (a_proposal(h)[:0], {})),
    "training.ask": (Act.REQUEST, lambda h, f, d: (a_proposal(h)[:0], {"why": "a drill"})),
    "training.apply": (Act.TRAIN, lambda h, f, d: (agreed(h), {})),
    "training.revert": (Act.TRAIN, lambda h, f, d: ((), {"why": "a drill"})),
    "trail.listing": (Act.AUDIT, lambda h, f, d: ((), {"person": "ann"})),
    "trail.detail": (Act.AUDIT, lambda h, f, d: ((1,), {})),
    "trail.state": (Act.AUDIT, lambda h, f, d: ((), {})),
    "trail.of_lead": (Act.LOOK, lambda h, f, d: ((first_lead(h)["id"],), {})),
    "trail.of_ad": (Act.LOOK, lambda h, f, d: ((ads_of(h)[0],), {})),
    "urgent.flag": (Act.CHILD, lambda h, f, d: ((first_lead(h)["id"], "possible-child"), {})),
    "urgent.listing": (Act.LIST, lambda h, f, d: ((), {})),
    "urgent.acknowledge": (Act.CHILD, lambda h, f, d: ((marked(h),), {})),
    "urgent.lift": (Act.CHILD, lambda h, f, d: ((marked(h),), {"why": "checked"})),
    "urgent.undo": (Act.CHILD, lambda h, f, d: ((marked(h),), {"why": "a slip"})),
    "urgent.write_sheet": (Act.SETTING, lambda h, f, d: (("Call the desk: 555-0100",), {})),
    "watches.listing": (Act.WATCHED, lambda h, f, d: ((), {})),
    "watches.keep": (Act.WATCHED, lambda h, f, d: (("search", "amber", {"text": "amber"}), {})),
    "watches.look": (Act.SEARCH, lambda h, f, d: ((watched(h),), {})),
    "watches.delete": (Act.WATCHED, lambda h, f, d: ((watched(h),), {})),
    "notes.listing": (Act.LOOK, lambda h, f, d: ((first_lead(h)["identity"],), {})),
    "notes.write": (Act.NOTE, lambda h, f, d: ((first_lead(h)["identity"], "Ask the desk."), {})),
    "notes.change": (Act.NOTE, lambda h, f, d: ((*a_note(h), "Ask again."), {})),
    "notes.take_back": (Act.NOTE, lambda h, f, d: (a_note(h), {})),
    "notes.restore": (Act.NOTE, lambda h, f, d: (a_note(h, "Asked."), {})),
    "wordings.rows": (Act.LOOK, lambda h, f, d: (a_wording(h), {})),
    "workspace.begin": (Act.INIT, lambda h, f, d: ((), {})),
    "workspace.session": (Act.LIST, lambda h, f, d: ((), {})),
}
# A demo workspace takes no ad but the world's: tests/desk/test_desk_entry.py.
ELSEWHERE = {"entry.add"}
LONG = {
    "rekeying.rotate",
    "backups.backup",
    "backups.scrub",
    "records.erase",
    "evaluate.evaluate",
    "export.export",
    "keep.rebuild",
    "supply.ingest",
    "supply.refresh",
}


def asked(house, kind="restrict"):
    from homeward.desk import records

    return records.ask(ACTOR, house, ads_of(house)[2:3], kind=kind, grounds="wrong")["reference"]


def wrong(house):
    kind, value = a_value(house)
    return {"kind": kind, "value": value, "says": "disputed", "why": "a wrong number"}


def corrected(house):
    from homeward.desk import corrections

    return corrections.correct(ACTOR, house, ads_of(house)[0], **wrong(house))["correction"]


def restricted(house):
    from homeward.desk import records

    reference = asked(house)
    records.restrict(ACTOR, house, reference, why="asked")
    return reference


def watched(house):
    from homeward.desk import watches

    return watches.keep(ACTOR, house, "search", "amber", {"text": "amber"})["id"]


def a_persona(house):
    from homeward.desk import lowering

    return min(lowering.personas(runs.current(house), first_lead(house)["identity"]))


def an_outcome(house):
    """A lead whose outcome was just recorded, and the outcome."""
    from homeward.desk import outcomes

    lead = first_lead(house)["id"]
    return lead, outcomes.record(ACTOR, house, lead, Outcome.LOCATED_SAFE)["outcome"]["id"]


def a_control(house):
    """A group of the control sample that nobody has looked at, and what is found there."""
    from homeward.desk import controls

    if not controls.listing(ACTOR, house)["left"]:
        controls.draw(ACTOR, house)
    found = controls.listing(ACTOR, house)["groups"]
    return next(one["group"] for one in found if not one["reviewed"]), controls.Seen.UNKNOWN


def a_review(house):
    from homeward.desk import controls

    group, found = a_control(house)
    return group, controls.review(ACTOR, house, group, found)["receipt"]


def outcomes_enough(house):
    """Outcomes and a control sample that a card can be fitted to."""
    from homeward.desk import checked, controls
    from homeward.store.ledger import tally

    with house.ledger.write() as tx:
        for number in range(200):
            family = "third party" if number % 2 else "price"
            row = tally.Kept(number % 2 > 0, {family: 1.0}, 1, "", "", "", "")
            tally.add(tx, row, quarter="2026-Q4", made_by="connect/1")
        checked.recount(tx, now=True)
    controls.draw(ACTOR, house)
    for one in controls.listing(ACTOR, house)["groups"]:
        if not one["reviewed"]:
            controls.review(ACTOR, house, one["group"], controls.Seen.UNKNOWN)
    return ()


def a_proposal(house):
    from homeward.desk import training

    outcomes_enough(house)
    return (training.propose(ACTOR, house)["version"],)


def agreed(house):
    """A proposal that somebody else has agreed to."""
    from homeward.desk import requests, training

    [card] = a_proposal(house)
    asked = training.ask(ACTOR, house, why="a drill")["id"]
    requests.answer(Actor("local:2", "cli"), house, asked, True)
    return (card,)


def a_note(house, *more):
    """An identity and a note on it, changed as often as there is more to say."""
    from homeward.desk import notes

    identity = first_lead(house)["identity"]
    note = notes.write(ACTOR, house, identity, "Called once.")["id"]
    for text in more:
        notes.change(ACTOR, house, identity, note, text)
    return identity, note


def marked(house):
    """A lead that the actor has marked just now."""
    from homeward.desk import urgent

    run = runs.current(house)
    there = {mark["lead"] for mark in urgent.listing(ACTOR, house)["marks"]}
    lead = next(lead["id"] for lead in run.leads[2:] if lead["id"] not in there)
    return urgent.flag(ACTOR, house, lead, "possible-child")["mark"]["id"]


def own_case(house):
    from homeward.desk import cases

    return cases.make(ACTOR, house, "The quiet house")["id"]


def case_of_others(house):
    from homeward.desk import cases

    return cases.make(Actor("demo", "api"), house, "The other house")["id"]


def colleague(house):
    from homeward.model.account import Account, AccountState
    from homeward.model.actor import Role
    from homeward.store.ledger import accounts

    made = Account("ann", "Ann", Role.ANALYST, AccountState.ACTIVE, ACTOR.name, house.clock())
    with house.ledger.write() as tx:
        accounts.add(tx, made)
    return made.name


def a_source(house):
    from homeward.desk import sources

    return sources.register(ACTOR, house, "feed.test", **BASIS)["name"]


def a_value(house):
    run = runs.current(house)
    from homeward.desk import groups

    group = groups.of(run, run.identity(first_lead(house)["identity"]))
    return next(iter(group.by_value))


def tag(house):
    from homeward.desk import area

    return area.preferences(ACTOR, house)["tag"]


def a_wording(house):
    from homeward.desk import groups

    run = runs.current(house)
    for lead in run.leads:
        for template in groups.of(run, run.identity(lead["identity"])).by_wording:
            return lead["identity"], template
    raise AssertionError("no lead shares a wording")


def a_template(house):
    return runs.current(house).templates.column("id")[0].as_py()


def count(house):
    with house.ledger.read() as tx:
        return events.count(tx)


def newest(house):
    with house.ledger.read() as tx:
        return next(events.read(tx, limit=1, newest_first=True)).event


def test_every_function_is_known():
    """A new function of the desk needs a row here, so that its event is tested."""
    assert set(functions()) == set(CALLS) | ELSEWHERE


def test_every_act_leaves_its_event(own_house, demo, tmp_path):
    """A short act leaves one event, a long one two: who, by which door, what."""
    alone = functions()
    last = {"cases.set_member": alone.pop("cases.set_member")}  # with an account there, it takes two
    for name, function in {**alone, **last}.items():
        if name in ELSEWHERE:
            continue
        act, arguments = CALLS[name]
        given, options = arguments(own_house, tmp_path, demo)
        before = count(own_house)
        function(ACTOR, own_house, *given, **options)
        event = newest(own_house)
        with own_house.ledger.read() as tx:
            made = [row.event for row in events.read(tx, limit=count(own_house) - before, newest_first=True)]
        # An erasure says besides which events it took the words from: those that named the ad, if any did.
        made = [one for one in made if one.detail.get("stage") != "payloads"]

        assert len(made) == (2 if name in LONG else 1), name
        assert (event.actor, event.door, event.act, event.outcome) == (ACTOR.name, "cli", act, "done"), name
        assert event.at == own_house.clock()


def test_no_event_no_act(own_house, monkeypatch):
    """When the event cannot be written, nothing is shown, decided or judged."""
    lead, (a, b, *_) = first_lead(own_house)["id"], ads_of(own_house)
    from homeward.desk import judge, leads
    from homeward.store.ledger import decisions, judgements

    def fail(name):
        if name == "events.record":
            raise OSError(5, "the disk failed")

    monkeypatch.setattr(disk, "on_failpoint", fail)
    for act in (
        lambda: leads.page(ACTOR, own_house, lead),
        lambda: leads.decide(ACTOR, own_house, lead, Decision.WATCH),
        lambda: judge.judge(ACTOR, own_house, a, b, Judgement.SAME, why="one voice"),
    ):
        with pytest.raises(Exception):  # noqa: B017 - whatever the store makes of it
            act()
    monkeypatch.setattr(disk, "on_failpoint", None)
    with own_house.ledger.read() as tx:
        assert not decisions.standing(tx) and not judgements.history(tx)


def test_a_failed_long_act_is_written_down_as_failed(own_house, tmp_path):
    """An act that began and failed leaves both facts."""
    from homeward.desk import evaluate
    from homeward.model.errors import InputMissing

    with pytest.raises(InputMissing):
        evaluate.evaluate(ACTOR, own_house, "leads", tmp_path / "gone.jsonl")
    assert newest(own_house).outcome == "failed"

"""The ledger against a plain dictionary: any acts in any order, taken back, killed, opened again.

Its files lie in memory where a machine has a folder for that: a loss of power is `crash/`'s matter, and a
life takes a third of the time.
"""

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from homeward.model.case import Case, Standing, State
from homeward.model.event import Act, Event
from homeward.model.identity import Level
from homeward.model.judgement import Decision, Judgement, PairJudgement
from homeward.model.permission import Relation
from homeward.store import disk
from homeward.store.ledger import (
    Ledger,
    audit,
    cases,
    decisions,
    dossier_notes,
    events,
    flags,
    identity_history,
    judgements,
    records,
)
from homeward.store.ledger.identity_history import Change, Step

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
KEY = bytes(range(32))
ADS, PEOPLE, CASES, LEADS = ("a1", "a2", "a3", "a4"), ("ann", "ben"), ("c1", "c2"), ("k1", "k2")
FATES = st.sampled_from(["kept"] * 7 + ["failed", "cut", "killed"])
MEMORY = Path("/dev/shm")


class Stopped(Exception):
    """Raised where a transaction is to fail."""


@dataclass
class Model:
    """What the ledger should say, as plain values."""

    words: dict = field(default_factory=dict)  # (pair, person) → the last word
    marks: dict = field(default_factory=dict)  # place → (lead, acknowledged), those that stand
    members: dict = field(default_factory=dict)  # (case, person) → standing
    sealed: set = field(default_factory=set)
    notes: dict = field(default_factory=dict)  # id → (ad, texts)
    held: set = field(default_factory=set)
    erased: set = field(default_factory=set)
    decided: list = field(default_factory=list)  # (place, lead, decision) not taken back, in order
    groups: dict = field(default_factory=lambda: {"g0": set(ADS)})  # identity → its ads
    steps: list = field(default_factory=list)  # how groups joined and split
    events: list = field(default_factory=list)  # of each: the ads it names, or None once unreadable


def folder():
    return Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))


@cache
def template():
    """A ledger with two cases and their accounts, of which each example takes a copy."""
    path = folder() / "ledger.db"
    ledger = Ledger(path, KEY)
    with ledger.write() as tx:
        for name in CASES:
            cases.add(tx, Case(name, f"Case {name}", State.OPEN, False, "ann", NOON))
    ledger.close()
    return path


class LedgerMachine(RuleBasedStateMachine):
    """Each rule is one act with its event in one transaction.

    Some fail, some are killed just before they are kept ("cut"), and some just after. What the ledger says
    is compared after every act; in long lives after every fifth and at the end: what is wrong once stays so.
    """

    compare_every = 1

    def __init__(self):
        super().__init__()
        self.folder = folder()
        self.model = Model()
        self.place = self.acts = 0
        self.ledger = None

    @initialize()
    def begin(self):
        shutil.copy(template(), self.folder / "ledger.db")
        self.ledger = self.opened(self.folder / "ledger.db")

    def opened(self, path):
        return Ledger(path, KEY)

    def teardown(self):
        if self.ledger is not None:
            self.compare()
            with self.ledger.read() as tx:
                self.at_the_end(tx)
            assert self.ledger.check() == []
            self.ledger.close()
        shutil.rmtree(self.folder)

    def act(self, fate, ads, effect, said=None):
        """Do it with its event; return what it returned, or None where the transaction failed."""

        left = None

        def fail(name):
            nonlocal left
            if name == "ledger.before_commit" and fate in ("failed", "cut"):
                left = self.left_behind() if fate == "cut" else None
                raise Stopped

        disk.on_failpoint = fail
        try:
            with self.ledger.write() as tx:
                done = effect(tx)
                events.record(tx, said or Event(NOON, "ann", "cli", Act.JUDGE, tuple(ads), detail={"n": 1}))
        except Stopped:
            if left is not None:
                self.go_on(left)
            return None
        finally:
            disk.on_failpoint = None
        self.model.events.append(set(ads))
        if fate == "killed":
            self.go_on(self.left_behind())
        return True if done is None else done

    # What people do.

    @rule(pair=st.permutations(ADS), word=st.sampled_from(Judgement), by=st.sampled_from(PEOPLE), fate=FATES)
    def judge(self, pair, word, by, fate):
        pair = tuple(sorted(pair[:2]))
        said = PairJudgement(*pair, word, by, NOON, "")
        if self.act(fate, pair, lambda tx: judgements.record(tx, said)):
            self.model.words[pair, by] = word

    @rule(lead=st.sampled_from(LEADS), ad=st.sampled_from(ADS), fate=FATES)
    def mark(self, lead, ad, fate):
        seq = self.act(
            fate, [ad], lambda tx: flags.add(tx, lead, flags.KINDS[0], [ad], why="x", by="ann", at=NOON)
        )
        if seq:
            self.model.marks[seq] = (lead, False)

    @rule(data=st.data(), fate=FATES)
    def acknowledge_or_lift(self, data, fate):
        if not self.model.marks:
            return
        seq = data.draw(st.sampled_from(sorted(self.model.marks)))
        lead, known = self.model.marks[seq]
        if not known:
            if self.act(fate, [], lambda tx: flags.acknowledge(tx, seq, by="ben", at=NOON)):
                self.model.marks[seq] = (lead, True)
        elif self.act(fate, [], lambda tx: flags.lift(tx, seq, why="x", by="ben", at=NOON)):
            del self.model.marks[seq]

    @rule(case=st.sampled_from(CASES), who=st.sampled_from(PEOPLE), standing=st.sampled_from(Standing),
          fate=FATES)  # fmt: skip
    def grant(self, case, who, standing, fate):
        if self.act(fate, [], lambda tx: cases.join(tx, case, who, standing, by="ann", at=NOON)):
            self.model.members[case, who] = standing

    @rule(case=st.sampled_from(CASES), who=st.sampled_from(PEOPLE), fate=FATES)
    def revoke(self, case, who, fate):
        if self.act(fate, [], lambda tx: cases.leave(tx, case, who)):
            self.model.members.pop((case, who), None)

    @rule(case=st.sampled_from(CASES), sealed=st.booleans(), fate=FATES)
    def seal(self, case, sealed, fate):
        if self.act(fate, [], lambda tx: cases.change(tx, case, sealed=sealed)):
            (self.model.sealed.add if sealed else self.model.sealed.discard)(case)

    @rule(ad=st.sampled_from(ADS), data=st.data(), fate=FATES)
    def write_or_change_a_note(self, ad, data, fate):
        of_ad = sorted(id for id, (whose, _) in self.model.notes.items() if whose == ad)
        id = data.draw(st.sampled_from(["", *of_ad]))
        text = data.draw(st.sampled_from(["one", "two", None]))

        def effect(tx):
            return dossier_notes.add(tx, text, identity=f"n-{ad}", ad=ad, case=None, by="ann", at=NOON, id=id)

        if kept := self.act(fate, [ad], effect):
            self.model.notes[kept] = (ad, [*self.model.notes.get(kept, (ad, []))[1], text])

    @rule(lead=st.sampled_from(LEADS), fate=FATES)
    def decide(self, lead, fate):
        seq = self.act(fate, [], lambda tx: decisions.decide(tx, lead, Decision.WATCH, by="ann", at=NOON))
        if seq:
            self.model.decided.append((seq, lead))

    @rule(data=st.data(), fate=FATES)
    def undo(self, data, fate):
        if not self.model.decided:
            return
        one = data.draw(st.sampled_from(self.model.decided))
        if self.act(fate, [], lambda tx: decisions.undo(tx, one[0], by="ann", at=NOON)):
            self.model.decided.remove(one)

    @rule(ad=st.sampled_from(ADS), fate=FATES)
    def hold(self, ad, fate):
        if self.act(fate, [ad], lambda tx: records.hold(tx, [ad], why="x", by="ann", at=NOON)):
            self.model.held.add(ad)

    @rule(ad=st.sampled_from(ADS), fate=FATES)
    def let_go(self, ad, fate):
        if self.act(fate, [ad], lambda tx: records.lift(tx, [ad], by="ann", at=NOON) + 1):
            self.model.held.discard(ad)

    @rule(ad=st.sampled_from(ADS), fate=FATES)
    def erase(self, ad, fate):
        """What an erasure does in the ledger: mark, make the payloads unreadable and say so, forget notes."""
        if ad in self.model.held:
            return
        about = [n for n, ads in enumerate(self.model.events, 1) if ads and ad in ads]

        def effect(tx):
            records.mark_erased(tx, [ad], at=NOON)
            dossier_notes.forget(tx, {ad}, lambda text: False)
            return [*events.shred(tx, about), 0]

        named = tuple(f"event:{n}" for n in about)
        if self.act(fate, [], effect, Event(NOON, "ann", "cli", Act.ERASE, named)):
            self.model.erased.add(ad)
            self.model.notes = {id: note for id, note in self.model.notes.items() if note[0] != ad}
            for n in about:
                self.model.events[n - 1] = None

    # What a refresh keeps of groups that joined and split.

    @rule(data=st.data(), fate=FATES)
    def join_or_split(self, data, fate):
        groups = {id: set(ads) for id, ads in self.model.groups.items()}
        one = data.draw(st.sampled_from(sorted(groups)))
        others = sorted(set(groups) - {one})
        run = f"r{len(self.model.steps)}"
        if len(groups[one]) > 1 and (not others or data.draw(st.booleans())):
            moved = sorted(groups[one])[: data.draw(st.integers(1, len(groups[one]) - 1))]
            change, other = Change.SPLIT, f"g{len(self.model.steps) + 1}"
            groups[other] = set(moved)
            groups[one] -= groups[other]
        else:
            change, other, moved = Change.JOINED, data.draw(st.sampled_from(others)), groups.pop(one)
            groups[other] |= moved
        step = Step(run, NOON, Level.NETWORK, change, one, other, len(moved))
        if self.act(fate, [], lambda tx: identity_history.record(tx, [step])):
            self.model.groups = groups
            self.model.steps.append(step)

    @rule(fate=FATES)
    def refresh_is_repeated(self, fate):
        """Started again after a kill, it says the same steps once more."""
        self.act(fate, [], lambda tx: identity_history.record(tx, self.model.steps[-2:]))

    # What happens to the process.

    @rule()
    def opened_again(self):
        self.ledger.close()
        self.ledger = self.opened(self.ledger.path)

    def left_behind(self):
        """Copy the files as they lie there while everything is open: what a kill leaves behind."""
        self.place += 1
        fresh = self.folder / str(self.place)
        fresh.mkdir()
        for path in self.ledger.path.parent.glob("ledger.db*"):
            if not path.name.endswith("-shm"):  # shared memory of processes that are gone
                shutil.copy(path, fresh)
        return fresh

    def go_on(self, fresh):
        before, self.ledger = self.ledger, self.opened(fresh / "ledger.db")
        before.close()

    # What is true at all times.

    @invariant()
    def says_what_the_dictionary_says(self):
        self.acts += 1
        if self.ledger is not None and self.acts % self.compare_every == 0:
            self.compare()

    def compare(self):
        model = self.model
        with self.ledger.read() as tx:
            expected = {}
            for (pair, _), word in model.words.items():
                expected[pair] = expected.get(pair, Judgement.UNDECIDED) + word
            assert judgements.in_force(tx) == {
                pair: word for pair, word in expected.items() if word is not Judgement.UNDECIDED
            }
            assert {
                f.seq: (f.subject, f.acknowledged_at is not None) for f in flags.standing(tx)
            } == model.marks
            known = cases.known(tx, sealed=True)
            assert {one.id for one in known if one.sealed} == model.sealed
            assert {(one.id, who): s for one in known for who, s in one.members.items()} == model.members
            noted = dossier_notes.of(tx, "none", ADS)
            assert {n.id: (n.ad, [v.text for v in n.versions]) for n in noted} == model.notes
            last = {lead: seq for seq, lead in model.decided}
            assert {lead: d.seq for lead, d in decisions.standing(tx).items()} == last
            assert (records.held(tx), records.erased_ads(tx)) == (model.held, model.erased)
            assert events.count(tx) == len(model.events)
            for one in model.groups:
                of_it = [step for step in model.steps if one in (step.identity, step.other)]
                assert identity_history.of(tx, one) == of_it

    def at_the_end(self, tx):
        """What is dear to ask: each event, each relation, the whole log, every page of the file."""
        reading = audit.Reading(tx)
        assert len(list(reading.entries())) == len(self.model.events)
        assert reading.wrong == []
        said = [(one.event.act, None if one.erased else set(one.event.objects)) for one in events.read(tx)]
        for (act, found), ads in zip(said, self.model.events, strict=True):
            assert act is Act.ERASE or found == ads
        for case in CASES:
            for who in PEOPLE:
                assert cases.relation(tx, case, who, at=NOON) is self.relation(case, who)

    def relation(self, case, who):
        standing = self.model.members.get((case, who))
        if standing is not None:
            return Relation.LEAD if standing is Standing.LEAD else Relation.MEMBER
        return Relation.SEALED if case in self.model.sealed else Relation.NONE


class LongLives(LedgerMachine):
    """Statements are compiled once for all lives: opening a ledger anew would do it again each time."""

    compare_every = 5
    compiled = None

    def opened(self, path):
        ledger = Ledger(path, KEY)
        if LongLives.compiled is None:
            LongLives.compiled = ledger._engine.dialect, ledger._engine._compiled_cache
        ledger._engine.dialect, ledger._engine._compiled_cache = LongLives.compiled
        return ledger


def run(examples, steps, *, derandomize, machine=LedgerMachine):
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=derandomize,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.trust("REL-6")
def test_any_acts_in_any_order_agree_with_a_plain_dictionary():
    """Judging, marking, granting, joining, noting, holding, erasing, failing, killed: a few short lives."""
    run(6, 20, derandomize=True)


@pytest.mark.trust("REL-6")
@pytest.mark.parametrize(
    ("room", "act"), [(records, "hold"), (identity_history, "record"), (dossier_notes, "forget")]
)
def test_a_ledger_that_forgets_would_be_noticed(monkeypatch, room, act):
    """The negative twin: where something is not kept, a few lives show it."""
    monkeypatch.setattr(room, act, lambda *given, **named: None)
    with pytest.raises(AssertionError):
        run(40, 20, derandomize=True)


@pytest.mark.soak
@pytest.mark.trust("REL-6")
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("thousand", range(5))
def test_five_thousand_lives_of_fifty_acts_agree_with_a_plain_dictionary(thousand):
    """The same, five times a thousand lives of fifty acts."""
    run(1_000, 50, derandomize=False, machine=LongLives)

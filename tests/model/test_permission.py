"""The table of permission, walked whole: every principal, act, relation and circumstance."""

import itertools

import pytest

from homeward.model.actor import ACCOUNT_ROLES, Actor, Purpose, Role
from homeward.model.permission import (
    NEED_A_CASE,
    PURPOSES,
    READS,
    TABLE,
    Context,
    Refusal,
    Relation,
    Target,
    decide,
)

ACTIONS = [*TABLE, "an.act.without.a.row"]


def cells():
    """Every question of the table; what a row does not ask for is not varied."""
    stated = [
        (None, None), (Purpose.IDENTIFY, None), (Purpose.IDENTIFY, Relation.NONE), (Purpose.AUDIT, None),
        (Purpose.MISSING, Relation.MEMBER), (Purpose.TRAINING, None),
    ]  # fmt: skip
    for action in ACTIONS:
        rule = TABLE.get(action)
        owns = (False, True) if rule and rule.own is not None else (False,)
        fresh_or_not = (False, True) if rule and rule.step_up else (False,)
        agreed_or_not = (False, True) if rule and rule.second else (False,)
        for role, relation, (purpose, case) in itertools.product(Role, [None, *Relation], stated):
            for own, fresh, agreed in itertools.product(owns, fresh_or_not, agreed_or_not):
                actor = Actor("somebody", "api", role, purpose, "k1" if case else None, fresh)
                yield actor, action, Target(relation, own), Context(case, agreed)


@pytest.fixture(scope="module")
def answered():
    return [(*cell, decide(*cell)) for cell in cells()]


def test_the_whole_table_keeps_its_promises(answered):
    """What must hold of every cell, said without looking into the table's rows."""
    allowed = 0
    for actor, action, target, context, answer in answered:
        where = (actor, action, target, context)
        assert answer.allowed == (answer.refusal is None) and answer.rule and answer.says, where
        if not answer.allowed:
            continue
        allowed += 1
        room = action.partition(".")[0]
        assert actor.role is not Role.NOBODY or room == "door", where
        assert action in TABLE, where
        if actor.role is Role.ADMINISTRATOR:
            assert room not in ("corpus", "case", "watch", "child"), where
        if actor.role is Role.AUDITOR and room not in ("account", "door", "session"):
            assert not TABLE[action].changes, where
        if actor.role in (Role.REPORTER, Role.REVIEWER):
            assert room != "corpus" or action == "corpus.supply", where
        if room == "corpus" and action != "corpus.supply" and actor.role is not Role.LOCAL:
            assert actor.purpose in PURPOSES[actor.role], where
            assert actor.purpose not in NEED_A_CASE or context.stated in READS, where
        if room != "case" or action in ("case.list", "case.make") or actor.role is Role.LOCAL:
            continue
        assert target.relation not in (Relation.GONE, Relation.SEALED), where
        if target.relation is Relation.NONE:
            naming = action == "case.members" and actor.role is Role.SUPERVISOR and not target.own
            assert action == "case.glass" or naming, where
    print(f"{len(answered):,} cells, {allowed:,} allowed")
    assert len(answered) > 4_000 and allowed


def test_nobody_reads_everything():
    """No account's role may do every act, whatever is stated, proved and agreed."""
    for role in ACCOUNT_ROLES:
        best = [Actor("somebody", "api", role, p, "k1", True) for p in (None, *Purpose)]
        context = Context(Relation.LEAD, True)
        reached = {a for a in TABLE for one in best if decide(one, a, Target(Relation.LEAD), context).allowed}
        assert reached < set(TABLE), role


def test_what_is_not_there_and_what_is_hidden_are_told_alike(answered):
    """For whoever may not see a case, its answer is that of a case that never was."""
    told = {}
    for actor, action, target, context, answer in answered:
        if target.relation is not None:
            told[actor, action, target.own, context, target.relation] = (answer.allowed, answer.refusal)
    for (actor, action, own, context, relation), said in told.items():
        if relation is Relation.SEALED and actor.role is not Role.LOCAL:
            assert said == told[actor, action, own, context, Relation.GONE], (actor, action)


@pytest.mark.parametrize(
    ("purpose", "case", "stated", "refusal"),
    [
        (Purpose.IDENTIFY, None, None, None),
        (Purpose.IDENTIFY, "k1", Relation.MEMBER, None),
        (Purpose.IDENTIFY, "k1", Relation.NONE, Refusal.PURPOSE),  # no member any longer
        (Purpose.MISSING, None, None, Refusal.PURPOSE),
        (Purpose.MISSING, "k1", Relation.LEAD, None),
        (Purpose.AUDIT, None, None, Refusal.PURPOSE),
        (None, None, None, Refusal.PURPOSE),
    ],
)
def test_an_analyst_searches_for_a_purpose(purpose, case, stated, refusal):
    """A search takes a purpose of the role, and the case that the purpose needs."""
    actor = Actor("ann", "api", Role.ANALYST, purpose, case)
    assert decide(actor, "corpus.search", None, Context(stated)).refusal is refusal


def test_a_bulk_export_takes_a_fresh_proof_and_a_second_person():
    """First the proof, then the second person; each refusal names its rule."""
    cold = Actor("ann", "api", Role.ANALYST, Purpose.IDENTIFY)
    warm = Actor("ann", "api", Role.ANALYST, Purpose.IDENTIFY, fresh=True)

    assert decide(cold, "corpus.export").refusal is Refusal.STEP_UP
    assert decide(warm, "corpus.export").refusal is Refusal.SECOND_PERSON
    assert decide(warm, "corpus.export", None, Context(agreed=True)).allowed


def test_a_name_gives_no_role():
    """Only the three principals without an account have their role by name."""
    assert Actor("administrator", "api").role is Role.NOBODY
    assert Actor("local:0", "cli").role is Role.LOCAL
    assert Actor("demo", "api").purpose is Purpose.TRAINING

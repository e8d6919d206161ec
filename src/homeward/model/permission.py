"""Who may do what: one pure answer over one readable table. What no row allows is refused.

The ads are the whole agency's, for a stated purpose; a case is its members'. Administrators administer
and read neither; auditors read the log and change nothing; nobody grants or approves for themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from homeward.model.actor import Actor, Purpose, Role
from homeward.model.purposes import Added


class Relation(StrEnum):
    """What a case is to an actor."""

    LEAD = "lead"  # a member who leads it
    MEMBER = "member"
    GLASS = "break-glass"  # no member; reads for some hours, with a reason, and is reviewed
    NONE = "none"
    SEALED = "sealed"  # no member of a sealed case
    GONE = "gone"  # there is no such case


class Refusal(StrEnum):
    """How a refusal is told, from what says most to what says least."""

    SECOND_PERSON = "a second person has to agree first"
    STEP_UP = "prove again who you are"
    BANNER = "read first how this may be used"
    PURPOSE = "state a purpose first, and the case it needs"
    FORBIDDEN = "your role does not allow that"
    HIDDEN = "there is no such thing"  # a case of others and no case at all are told alike
    SIGN_IN = "sign in first"


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table: who may do one act, and what it takes."""

    says: str
    roles: frozenset[Role]
    case: frozenset[Relation] | None = None  # for acts on a case: what it must be to the actor
    also: Mapping[Role, frozenset[Relation]] | None = None  # roles that may with other relations
    purpose: bool = False  # a purpose (and the case it needs) must be stated
    step_up: bool = False
    second: bool = False  # four eyes: somebody else must have agreed to these very parameters
    own: bool | None = None  # True: only on what is the actor's own; False: never on that
    changes: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """What is acted on: what the case is to the actor, and whether the thing is the actor's own."""

    relation: Relation | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds an act: what the stated case is to the actor by now, and whether another agreed."""

    stated: Relation | None = None
    agreed: bool = False
    added: Added | None = None  # the stated purpose, where two people added it and it stands


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether an act is allowed, and the rule that says so."""

    allowed: bool
    rule: str
    says: str
    refusal: Refusal | None = None


# Which purposes a role may state; the others have none to state.
_WORK = frozenset({Purpose.IDENTIFY, Purpose.MISSING, Purpose.INVESTIGATION, Purpose.FOLLOW_UP})
PURPOSES: Mapping[Role, frozenset[Purpose]] = {
    Role.ANALYST: _WORK,
    Role.CASE_LEAD: _WORK | {Purpose.DISCLOSURE},
    Role.SUPERVISOR: _WORK,
    Role.RECORDS: frozenset({Purpose.DISCLOSURE}),
    Role.AUDITOR: frozenset({Purpose.AUDIT}),
    Role.DEMO: frozenset({Purpose.TRAINING}),
    Role.TEST: frozenset({Purpose.TRAINING}),
}
# Purposes that always belong to a case; a possible victim may be looked for before there is one.
NEED_A_CASE = frozenset(
    {Purpose.MISSING, Purpose.INVESTIGATION, Purpose.FOLLOW_UP, Purpose.DISCLOSURE}
)  # fmt: skip
# Whoever holds the workspace and its key is asked nothing on the command line, and written down like all.
UNASKED = frozenset({Role.LOCAL})
SYNTHETIC = frozenset({Role.DEMO, Role.TEST})  # one person alone, on invented data: no second one to ask

OF_IT = frozenset({Relation.LEAD, Relation.MEMBER})
READS = OF_IT | {Relation.GLASS}
LEADS = frozenset({Relation.LEAD})
ANY = frozenset(Relation) - {Relation.GONE}
OPEN = ANY - {Relation.SEALED}

_TEAM = frozenset({Role.ANALYST, Role.CASE_LEAD, Role.SUPERVISOR})
_ALONE = frozenset({Role.DEMO, Role.TEST, Role.LOCAL})
_INVESTIGATE = _TEAM | _ALONE
# Who answers for what is marked urgent, and sees it.
DUTY = frozenset({Role.SUPERVISOR}) | _ALONE
_EVERYBODY = frozenset(Role) - {Role.NOBODY}
_PEOPLE = frozenset(
    {Role.ANALYST, Role.CASE_LEAD, Role.SUPERVISOR, Role.AUDITOR, Role.RECORDS, Role.ADMINISTRATOR,
     Role.REPORTER, Role.REVIEWER}
)  # fmt: skip
_CASEWORK = _INVESTIGATE | {Role.RECORDS, Role.REVIEWER}

TABLE: Mapping[str, Rule] = {
    # The workspace.
    "workspace.see": Rule("See the workspace's name, size and banner.", _EVERYBODY, changes=False),
    "workspace.keep": Rule("Take ads in, refresh, rebuild, examine, evaluate.", _ALONE),
    "workspace.key": Rule("Change the ledger's key; where people have accounts, once a supervisor agreed.",
                          frozenset({Role.LOCAL}), second=True),
    "source.look": Rule("See where ads may come from, and on which basis.",
                        _ALONE | {Role.RECORDS, Role.ADMINISTRATOR, Role.SUPERVISOR, Role.AUDITOR,
                                  Role.REPORTER}, changes=False),
    "source.keep": Rule("Register a source with its legal basis and impact assessment, or end it.",
                        _ALONE | {Role.RECORDS}),
    "corpus.supply": Rule("Hand ads in.", _ALONE | {Role.REPORTER}),
    # The ads, and what was made of them.
    "corpus.look": Rule("Look at ads, wordings, identities and leads.",
                        _INVESTIGATE | {Role.RECORDS}, purpose=True, changes=False),
    "corpus.search": Rule("Search the ads.", _INVESTIGATE, purpose=True, changes=False),
    "corpus.add": Rule("Add one ad by hand.", _INVESTIGATE, purpose=True),
    "corpus.decide": Rule("Decide on a lead, and take it back.", _INVESTIGATE, purpose=True),
    "corpus.judge": Rule("Say what belongs together.", _INVESTIGATE, purpose=True),
    "corpus.export": Rule("Take rows out in bulk.", frozenset({Role.ANALYST, Role.CASE_LEAD}) | _ALONE,
                          purpose=True, step_up=True, second=True),
    # Saved searches and watched values: each its owner's alone.
    "watch.look": Rule("See what one's own watches find, and what of it is new.", _INVESTIGATE, purpose=True,
                       changes=False),
    "watch.keep": Rule("Keep a search or a value to watch, or delete it.", _INVESTIGATE, purpose=True),
    # Possible child or immediate danger: marked by a person, never by a score.
    "urgent.flag": Rule("Mark a lead as possible child or immediate danger: restricted at once.",
                        _INVESTIGATE, purpose=True),
    "urgent.list": Rule("See whom to call and what is marked urgent: the duty officer all, others their own.",
                        _INVESTIGATE | {Role.ADMINISTRATOR}, changes=False),
    "urgent.answer": Rule("Acknowledge, as the duty officer, what is marked urgent.", DUTY),
    "urgent.lift": Rule("Lift an urgent mark, with a reason; never one's own.", DUTY, own=False),
    "urgent.undo": Rule("Take one's own urgent mark back, until it is acknowledged.", _INVESTIGATE, own=True),
    "urgent.sheet": Rule("Write the unit's contact sheet.", DUTY | {Role.ADMINISTRATOR}),
    # What became of a lead; what clears a person can be neither listed nor exported.
    "outcome.record": Rule("Say what became of a lead, and take it back.", _INVESTIGATE, purpose=True),
    "outcome.counts": Rule("See how often each outcome holds.",
                           frozenset({Role.CASE_LEAD, Role.SUPERVISOR, Role.AUDITOR}) | _ALONE,
                           changes=False),
    "outcome.policy": Rule("Say for how long a cleared persona stands lower.",
                           DUTY | {Role.ADMINISTRATOR}),
    # Local retraining: rows that name nobody, a control sample, and a card that two people agree to.
    "train.see": Rule("See what retraining has and lacks, and the cards in force and proposed.",
                      frozenset({Role.CASE_LEAD, Role.SUPERVISOR, Role.AUDITOR}) | _ALONE, changes=False),
    "train.control": Rule("Draw the control sample, and say what was found in a group of it.", _INVESTIGATE,
                          purpose=True),
    "train.propose": Rule("Fit a card to this unit's outcomes, and see what it would change.",
                          frozenset({Role.CASE_LEAD, Role.SUPERVISOR}) | _ALONE, purpose=True),
    "train.apply": Rule("Rank by a fitted card, once somebody else agreed; nobody may alone.",
                        frozenset({Role.CASE_LEAD, Role.SUPERVISOR}) | _ALONE, step_up=True, second=True),
    "train.revert": Rule("Go back to the shipped card.",
                         frozenset({Role.CASE_LEAD, Role.SUPERVISOR}) | _ALONE),
    # Notes on a dossier: of those of one case, or of oneself alone.
    "note.read": Rule("Read the notes on a dossier: one's own, and those of one's cases.", _INVESTIGATE,
                      purpose=True, changes=False),
    "note.write": Rule("Write a note on a dossier.", _INVESTIGATE, purpose=True),
    "note.change": Rule("Change a note, take it back, restore it; only one's own.", _INVESTIGATE,
                        purpose=True, own=True),
    # The door, and one's own account.
    "door.sign-in": Rule("Sign in.", frozenset(Role)),
    "door.link": Rule("Open a link that was given to one.", frozenset(Role)),
    "door.demo": Rule("Make a link into a demo workspace.", frozenset({Role.LOCAL})),
    "session.own": Rule("Sign out, prove again who one is, state a purpose.", _EVERYBODY),
    "account.own": Rule("See one's own account.", _EVERYBODY, changes=False),
    "account.secret": Rule("Change one's own password and recovery codes.", _PEOPLE, step_up=True),
    # People. Whoever gives roles reads no case and no ad, and gives none to themselves.
    "account.list": Rule("See who has which role.",
                         frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR, Role.AUDITOR, Role.LOCAL}),
                         changes=False),
    "account.invite": Rule("Invite somebody, in a role.", frozenset({Role.ADMINISTRATOR, Role.LOCAL}),
                           step_up=True),
    "account.change": Rule("Give another role, a new link, or cut off; never oneself.",
                           frozenset({Role.ADMINISTRATOR, Role.LOCAL}), step_up=True, own=False),
    "request.ask": Rule("Ask a second person to agree to an act.",
                        _TEAM | {Role.LOCAL, Role.RECORDS, Role.ADMINISTRATOR}),
    "request.list": Rule("See requests: one's own, or as a supervisor all.", _PEOPLE | {Role.LOCAL},
                         changes=False),
    "request.answer": Rule("Agree to somebody else's request, or refuse; never one's own.",
                           frozenset({Role.SUPERVISOR, Role.LOCAL}), own=False),
    "glass.list": Rule("See which glass was broken.",
                       frozenset({Role.SUPERVISOR, Role.AUDITOR, Role.LOCAL}), changes=False),
    "glass.review": Rule("Review a broken glass; never one's own.",
                         frozenset({Role.SUPERVISOR, Role.LOCAL}), own=False),
    "purpose.add": Rule("Add a purpose to the closed list, once a second person agreed to its very words.",
                        frozenset({Role.ADMINISTRATOR, Role.LOCAL}), step_up=True, second=True),
    "purpose.end": Rule("End a purpose that was added.",
                        frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR, Role.LOCAL})),
    "table.see": Rule("See this table.", _EVERYBODY, changes=False),
    # Cases. A sealed one is its members' alone; a supervisor knows of the others and reads none of them.
    "case.list": Rule("See the cases that one may know of.", _CASEWORK, changes=False),
    "case.make": Rule("Make a case, and lead it.", _INVESTIGATE),
    "case.read": Rule("Read a case.", _CASEWORK, case=READS, changes=False),
    "case.change": Rule("Change a case's title or state.", _INVESTIGATE, case=LEADS),
    "case.members": Rule("Say who is of a case; never about oneself.", _INVESTIGATE, case=LEADS,
                         also={Role.SUPERVISOR: LEADS | {Relation.NONE, Relation.MEMBER}},
                         step_up=True, own=False),
    "case.seal": Rule("Seal a case.", _INVESTIGATE, case=LEADS),
    "case.unseal": Rule("Unseal a case.", _INVESTIGATE, case=LEADS, step_up=True, second=True),
    "case.glass": Rule("Read a case of others in an emergency: for hours, with a reason, reviewed.",
                       _TEAM | {Role.LOCAL}, case=frozenset({Relation.NONE}), step_up=True),
    "look.who": Rule("See who looked at a lead or an ad, but for cases of others.",
                     frozenset({Role.CASE_LEAD, Role.SUPERVISOR}) | _ALONE, purpose=True, changes=False),
    # The audit log and the records. Auditors read the log; who erases or hands out a record answers for it.
    "log.read": Rule("Verify the audit log and hand it out.", _ALONE | {Role.AUDITOR}, changes=False),
    "records.look": Rule("See what is due, asked for, and who got what.", _ALONE | {Role.RECORDS},
                         changes=False),
    "records.keep": Rule("Hold, review, and write down what was handed out or asked for.",
                         _ALONE | {Role.RECORDS}),
    "retention.see": Rule("See how long ads and the details of events are kept.",
                          _ALONE | {Role.RECORDS, Role.ADMINISTRATOR, Role.SUPERVISOR, Role.AUDITOR},
                          changes=False),
    "retention.set": Rule("Have ads kept longer, up to five years; say how long the details of events are.",
                          _ALONE | {Role.RECORDS}, step_up=True),
    "retention.override": Rule("Have ads kept for longer than five years, or for less than is set.",
                               _ALONE | {Role.RECORDS}, step_up=True, second=True),
    "records.access": Rule("Hand a person what is held about ads.", _ALONE | {Role.RECORDS}, step_up=True),
    "records.erase": Rule("Erase ads for good.", _ALONE | {Role.RECORDS}, step_up=True, second=True),
    "log.acknowledge": Rule("Say that one knows of a log that was put back.", _ALONE),
}  # fmt: skip


# What one may do before one acknowledged how this may be used: come in, go out, see to one's own account.
BEFORE_BANNER = ("door.", "session.", "account.own", "account.secret")


def decide(actor: Actor, action: str, target: Target | None = None, context: Context | None = None) -> Answer:
    """Return whether `actor` may do `action` to `target`, and which rule says so.

    1. Nobody acts without being signed in, nor before they acknowledged how this may be used. 2. An act
    without a row is refused. 3. A case that the actor may not see is told like one that is not there,
    whatever else is wrong. 4. The role must be in the row. 5. What is one's own. 6. Purpose and case.
    7. Step-up. 8. The second person.
    """
    target, context = target or Target(), context or Context()
    rule = TABLE.get(action)
    if actor.role is Role.NOBODY and (rule is None or Role.NOBODY not in rule.roles):
        return _no("1 signed in", Refusal.SIGN_IN)
    if not actor.warned and not action.startswith(BEFORE_BANNER):
        return _no("1 banner of use", Refusal.BANNER)
    if rule is None:
        return _no("2 deny by default", Refusal.FORBIDDEN)
    fitting = (rule.also or {}).get(actor.role, rule.case)
    if fitting is not None and target.relation is not None:
        named = fitting if actor.role in rule.roles else frozenset()
        if target.relation not in _visible(actor.role) | named:
            return _no("3 what one may not see is not there", Refusal.HIDDEN)
    if actor.role not in rule.roles:
        return _no(f"4 roles of {action}", Refusal.FORBIDDEN)
    asked = fitting is not None and target.relation is not None and actor.role not in UNASKED
    if asked and fitting is not None and target.relation not in fitting:
        return _no(f"4 relations of {action}", Refusal.FORBIDDEN)
    if rule.own is not None and rule.own is not target.own:
        return _no("5 only one's own" if rule.own else "5 never one's own", Refusal.FORBIDDEN)
    if actor.role in UNASKED:
        return Answer(True, f"table: {action}", rule.says)
    if (wrong := _purpose(actor, rule, context)) is not None:
        return wrong
    if actor.role in SYNTHETIC:
        return Answer(True, f"table: {action}", rule.says)
    if rule.step_up and not actor.fresh:
        return _no("7 step-up", Refusal.STEP_UP)
    if rule.second and not context.agreed:
        return _no("8 four eyes", Refusal.SECOND_PERSON)
    return Answer(True, f"table: {action}", rule.says)


def _visible(role: Role) -> frozenset[Relation]:
    """Which cases a role may know of at all. Whoever holds the key can read every one anyway."""
    if role is Role.LOCAL:
        return ANY
    if role is Role.SUPERVISOR:
        return OPEN
    return READS


def _purpose(actor: Actor, rule: Rule, context: Context) -> Answer | None:
    if not rule.purpose:
        return None
    added = context.added if context.added is not None and context.added.name == actor.purpose else None
    if actor.purpose not in PURPOSES.get(actor.role, frozenset()) and (
        added is None or actor.role not in added.roles
    ):
        return _no("6 purpose", Refusal.PURPOSE)
    if (added is not None or actor.purpose in NEED_A_CASE) and actor.case is None:
        return _no("6 the purpose's case", Refusal.PURPOSE)
    if actor.case is not None:
        if context.stated not in READS:
            return _no("6 the stated case is not one's own", Refusal.PURPOSE)
        if rule.changes and context.stated is Relation.GLASS:
            return _no("6 break-glass only reads", Refusal.FORBIDDEN)
    return None


def _no(rule: str, refusal: Refusal) -> Answer:
    return Answer(False, rule, refusal.value, refusal)

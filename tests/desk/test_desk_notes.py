"""Notes on a dossier: private to a case, changed by their author alone, with their history."""

import pytest

from homeward.desk import cases, notes, runs
from homeward.model.account import Account, AccountState
from homeward.model.actor import Actor, Purpose, Role
from homeward.model.case import Standing
from homeward.model.errors import NotAllowed, NotFound, UsageError
from homeward.model.event import Act
from homeward.store.ledger import accounts, dossier_notes, events

TEST = Actor("test", "api", Role.TEST, Purpose.TRAINING)


def analyst(name, case=None):
    return Actor(name, "api", Role.ANALYST, Purpose.IDENTIFY, case)


@pytest.fixture
def casework(own_house):
    """A house, an identity, and a case of Ann's and Ben's; Eve is of none."""
    ann = analyst("ann")
    with own_house.ledger.write() as tx:
        for name in ("ann", "ben", "eve"):
            made = Account(name, name, Role.ANALYST, AccountState.ACTIVE, "ann", own_house.clock())
            accounts.add(tx, made)
    case = cases.make(ann, own_house, "The quiet house")["id"]
    fresh = Actor("ann", "api", Role.ANALYST, Purpose.IDENTIFY, case, fresh=True)
    cases.set_member(fresh, own_house, case, "ben", Standing.MEMBER)
    return own_house, runs.current(own_house).leads[0]["identity"], case


def said(actor, house, identity):
    return [note["text"] for note in notes.listing(actor, house, identity)["notes"]]


def test_a_note_is_seen_by_those_of_its_case_alone(casework):
    """Ann's note is read by Ben of the same case, with or without stating it; to Eve there is none."""
    house, identity, case = casework
    made = notes.write(analyst("ann", case), house, identity, " Ask the desk. ")

    assert (
        made["of_case"] and made["mine"] and said(analyst("ben", case), house, identity) == ["Ask the desk."]
    )
    assert said(analyst("ben"), house, identity) == ["Ask the desk."]
    assert said(analyst("eve"), house, identity) == []
    with pytest.raises(NotFound):
        notes.change(analyst("eve"), house, identity, made["id"], "Mine now")


def test_a_note_outside_a_case_is_its_authors(casework):
    """Without a case nobody else reads it."""
    house, identity, case = casework
    notes.write(analyst("ann"), house, identity, "For me")

    assert said(analyst("ann"), house, identity) == ["For me"]
    assert said(analyst("ben", case), house, identity) == []


def test_only_its_author_changes_it(casework):
    """Ben of the case reads Ann's note and can neither change it nor take it back."""
    house, identity, case = casework
    made = notes.write(analyst("ann", case), house, identity, "One")["id"]

    for act in (lambda who: notes.change(who, house, identity, made, "Two"),
                lambda who: notes.take_back(who, house, identity, made)):  # fmt: skip
        with pytest.raises(NotAllowed):
            act(analyst("ben", case))
    assert notes.change(analyst("ann", case), house, identity, made, "Two")["text"] == "Two"


def test_nothing_of_a_note_is_lost(own_house):
    """Changed, taken back and restored, it says what it said before each time; each leaves its event."""
    identity = runs.current(own_house).leads[0]["identity"]
    made = notes.write(TEST, own_house, identity, "One")["id"]
    notes.change(TEST, own_house, identity, made, "Two")
    assert notes.take_back(TEST, own_house, identity, made)["text"] is None
    back = notes.restore(TEST, own_house, identity, made)

    assert back["text"] == "Two" and [v["text"] for v in back["before"]] == [None, "Two", "One"]
    with own_house.ledger.read() as tx:
        kept = [one.event for one in events.read(tx, acts=[Act.NOTE])]
    assert [one.detail["what"] for one in kept] == ["written", "changed", "taken back", "restored"]
    assert "Two" not in str(kept)
    for wrong in (lambda: notes.write(TEST, own_house, identity, "  "),
                  lambda: notes.change(TEST, own_house, identity, made, "Two")):  # fmt: skip
        with pytest.raises(UsageError):
            wrong()


def test_a_note_stays_with_its_ad(own_house):
    """On the identity that holds its ad it is found, on another one it is not."""
    first, other = (lead["identity"] for lead in runs.current(own_house).leads[:2])
    notes.write(TEST, own_house, first, "Here")
    ads = set(runs.current(own_house).identity(first)["ads"])
    with own_house.ledger.read() as tx:
        assert len(dossier_notes.of(tx, "an id of later", ads)) == 1

    assert said(TEST, own_house, other) == []


def test_a_note_goes_with_an_erased_ad(own_house):
    """Of two notes, the one on an erased ad and the one that names it are forgotten; a third stays."""
    first, other, third = (lead["identity"] for lead in runs.current(own_house).leads[:3])
    for identity, text in ((first, "Gone"), (other, "As in 555-0199"), (third, "Stays")):
        notes.write(TEST, own_house, identity, text)
    with own_house.ledger.write() as tx:
        gone = dossier_notes.forget(tx, runs.current(own_house).identity(first)["ads"], "555-0199".__eq__)
        assert gone == 1
        assert dossier_notes.forget(tx, [], lambda text: "555-0199" in text) == 1

    assert [said(TEST, own_house, i) for i in (first, other, third)] == [[], [], ["Stays"]]

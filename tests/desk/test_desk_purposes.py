"""The closed list of purposes: two people add to it, to the letter; plain words for some are refused."""

import pytest

from homeward.desk import cases, doors, leads, misuse, people, purposes, requests
from homeward.model.actor import Actor, Role
from homeward.model.errors import NotAllowed, NotFound, PurposeNeeded, SecondPersonNeeded, UsageError
from homeward.model.purposes import refused
from people_kit import LOCAL, account, session

ADA = Actor("ada", "api", Role.ADMINISTRATOR, fresh=True)
SUE = Actor("sue", "api", Role.SUPERVISOR, fresh=True)
WORDS = ("aftercare", "Plan aftercare with a partner", [Role.ANALYST])


@pytest.fixture
def house(own_house):
    for name, role in (("ada", Role.ADMINISTRATOR), ("sue", Role.SUPERVISOR), ("ann", Role.ANALYST)):
        account(own_house, name, role)
    return own_house


def agreed(house, who=ADA, words=WORDS):
    key = purposes.ask(who, house, *words, why="a partner asks")["id"]
    requests.answer(SUE, house, key, True)


def test_two_people_add_a_purpose_to_the_letter(house):
    """Alone, in other words or for other roles it is refused; agreed it is added, once, and told of."""
    for who in (ADA, LOCAL):
        with pytest.raises(SecondPersonNeeded):
            purposes.add(who, house, *WORDS)
    agreed(house)
    name, says, roles = WORDS
    for other in ((name, says + "s", roles), (name, says, [Role.CASE_LEAD]), ("after-care", says, roles)):
        with pytest.raises(SecondPersonNeeded):
            purposes.add(ADA, house, *other)
    assert purposes.add(ADA, house, *WORDS)["agreed_by"] == "sue"
    with pytest.raises(SecondPersonNeeded):
        purposes.add(ADA, house, *WORDS)
    [row] = people.table(ADA, house)["added"]
    assert (row["name"], row["by"], row["agreed_by"], row["ended_at"]) == ("aftercare", "ada", "sue", None)
    told = [flag for flag in misuse.report(LOCAL, house)["flags"] if flag["pattern"] == "purpose-added"]
    assert [flag["actor"] for flag in told] == ["ada"] and "sue agreed" in told[0]["says"]


def test_nobody_adds_one_where_nobody_else_is(empty_house):
    """The command line alone is one person."""
    with pytest.raises(SecondPersonNeeded):
        purposes.add(LOCAL, empty_house, *WORDS)


def test_an_added_purpose_is_stated_for_a_case_by_its_roles(house):
    """Without a case, by another role, or once it is ended, it opens nothing."""
    agreed(house)
    case = cases.make(Actor("ann", "api", Role.ANALYST), house, "The quiet house")["id"]
    token = session(house, "ann", Role.ANALYST)
    ann = doors.known(house, token)
    with pytest.raises(PurposeNeeded):
        doors.state(ann, house, token, "aftercare", case)
    purposes.add(ADA, house, *WORDS)
    with pytest.raises(PurposeNeeded):
        doors.state(ann, house, token, "aftercare", None)
    with pytest.raises(PurposeNeeded):
        doors.state(SUE, house, session(house, "sue", Role.SUPERVISOR), "aftercare", case)
    assert "aftercare" in {p["purpose"] for p in people.own(ann, house)["purposes"]}
    working = doors.known(house, doors.state(ann, house, token, "aftercare", case))
    assert leads.queue(working, house)["total"] > 0
    with pytest.raises(NotAllowed):
        purposes.end(working, house, "aftercare", why="over")
    purposes.end(SUE, house, "aftercare", why="the project is over")
    with pytest.raises(PurposeNeeded):
        leads.queue(working, house)
    with pytest.raises(NotFound):
        purposes.end(SUE, house, "aftercare", why="again")


@pytest.mark.parametrize(
    "says",
    ["Immigration checks", "Control de inmigrantes", "Prüfung für Vermieter", "Contrôle pour un bailleur",
     "Screening for a bank", "Verificare pentru angajator", "Проверка для банка", "雇主筛查",
     "Plan a raid on those advertised", "Multas", "  BACKGROUND-CHECK  "],
)  # fmt: skip
def test_plain_words_for_what_no_purpose_is_for_are_refused(house, says):
    """Before anybody is asked, saying why; also as a name."""
    with pytest.raises(UsageError, match="No purpose is added for"):
        purposes.ask(ADA, house, "another", says, [Role.ANALYST], why="x")
    assert not people.table(ADA, house)["pending"]


@pytest.mark.parametrize("says", ["Plan aftercare with a partner", "Find a safe home", "Check the quality"])
def test_other_words_are_not(says):
    """The list stops who says so plainly, and nobody else."""
    assert refused(says) == ""


@pytest.mark.parametrize(
    ("name", "roles"),
    [("audit", [Role.ANALYST]), ("A name", [Role.ANALYST]), ("aftercare", []), ("aftercare", [Role.AUDITOR]),
     ("rent-checks", [Role.ANALYST])],
)  # fmt: skip
def test_what_is_no_purpose_is_refused(house, name, roles):
    """A name of the program's or of other letters, and roles that read no ads or none."""
    with pytest.raises(UsageError):
        purposes.ask(ADA, house, name, "Plan aftercare", roles, why="x")


def test_what_waits_is_shown_to_all(house):
    """In its very words, until somebody answered."""
    key = purposes.ask(ADA, house, *WORDS, why="a partner asks")["id"]
    [row] = people.table(Actor("ann", "api", Role.ANALYST), house)["pending"]
    assert (row["name"], row["says"], row["by"]) == ("aftercare", WORDS[1], "ada")
    requests.answer(SUE, house, key, False)
    assert people.table(ADA, house)["pending"] == []

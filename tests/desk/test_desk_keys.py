"""Security keys as a second factor, against an authenticator that lies in every way it can."""

import pyotp
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homeward.desk import doors, passkeys, people
from homeward.desk.passkeys import Signed
from homeward.model import errors
from homeward.model.actor import Actor, Role
from homeward.model.event import Act
from homeward.store.ledger import events
from key_kit import ORIGIN, PRESENT, VERIFIED, SoftKey, b64, unb64
from people_kit import LOCAL, PASSWORD, Clock, joined


@pytest.fixture
def clock(empty_house):
    return Clock(empty_house)


@pytest.fixture
def ann(empty_house, clock):
    joined(empty_house)
    clock.goes(minutes=1)
    return Actor("ann", "api", Role.ANALYST, fresh=True)


def enrolled(house, actor, **lies):
    key = SoftKey(counts=lies.pop("counts", True))
    asked = passkeys.ask_new(actor, house, ORIGIN)
    passkeys.add(actor, house, "desk key", Signed(ORIGIN, key.made(asked, **lies)))
    return key


@pytest.fixture
def key(empty_house, ann):
    return enrolled(empty_house, ann)


def ask(house):
    return passkeys.ask(doors.NOBODY, house, ORIGIN)


def enter(house, answer, name="ann", password=PASSWORD, origin=ORIGIN):
    return doors.sign_in(doors.NOBODY, house, name, password, Signed(origin, answer))


def refused(house, answer, **other):
    with pytest.raises(doors.SignInFailed) as caught:
        enter(house, answer, **other)
    assert str(caught.value) == doors.WRONG
    with house.ledger.write() as tx:  # the lock-out is another test's
        doors.accounts.forgive(tx, "ann")


def by_key(house, name="cat", **lies):
    """Accept an invitation with a security key alone; return the key and what joining gave."""
    token = people.invite(LOCAL, house, name, Role.ANALYST)["token"]
    key = SoftKey()
    signed = Signed(ORIGIN, key.made(doors.ask_key(doors.NOBODY, house, token, ORIGIN), **lies))
    return key, token, doors.join(doors.NOBODY, house, token, PASSWORD, signed, label="desk key")


@pytest.mark.trust("AUT-1")
def test_an_invitation_is_accepted_with_a_key(empty_house, clock):
    """Then the key opens and no code does: there is no secret, and that of the invitation is of no use."""
    key, token, made = by_key(empty_house)

    assert doors.known(empty_house, made["token"]).name == "cat" and len(made["codes"]) == 10
    assert doors.known(empty_house, enter(empty_house, key.signed(ask(empty_house)), name="cat"))
    for code in ("", pyotp.TOTP(pyotp.random_base32()).at(clock.now)):
        with pytest.raises(doors.SignInFailed):
            doors.sign_in(doors.NOBODY, empty_house, "cat", PASSWORD, code)
    with pytest.raises(doors.SignInFailed):
        doors.ask_key(doors.NOBODY, empty_house, token, ORIGIN)


@pytest.mark.parametrize("lies", [{"origin": "http://evil.test"}, {"flags": PRESENT}, {"kind": "get"}])
def test_an_invitation_is_not_accepted_with_a_lying_key(empty_house, clock, lies):
    """Nor is it used up by one."""
    with pytest.raises(errors.UsageError):
        by_key(empty_house, **lies)
    token = people.invite(LOCAL, empty_house, "dan", Role.ANALYST)["token"]
    key = SoftKey()
    other = passkeys.ask(doors.NOBODY, empty_house, ORIGIN)["challenge"]
    asked = {**doors.ask_key(doors.NOBODY, empty_house, token, ORIGIN), "challenge": other}
    with pytest.raises(errors.UsageError):
        doors.join(doors.NOBODY, empty_house, token, PASSWORD, Signed(ORIGIN, key.made(asked)), label="k")


def test_the_only_second_factor_stays(empty_house, clock):
    """Whoever joined with a key removes it once there is another."""
    by_key(empty_house)
    cat = Actor("cat", "api", Role.ANALYST, fresh=True)
    [own] = people.own(cat, empty_house)["keys"]
    with pytest.raises(errors.UsageError):
        passkeys.remove(cat, empty_house, own["id"])
    enrolled(empty_house, cat)
    assert len(passkeys.remove(cat, empty_house, own["id"])["keys"]) == 1


@pytest.mark.trust("AUT-1")
def test_a_key_opens_in_the_place_of_a_code(empty_house, ann, key):
    """With the password; without it, or for another account, it does not."""
    for _ in range(2):
        token = enter(empty_house, key.signed(ask(empty_house)))
        assert doors.known(empty_house, token).name == "ann"
    refused(empty_house, key.signed(ask(empty_house)), password="wrong")
    joined(empty_house, "ben")
    refused(empty_house, key.signed(ask(empty_house)), name="ben")
    [row] = people.own(ann, empty_house)["keys"]
    assert row["label"] == "desk key" and row["used_at"]


@pytest.mark.trust("AUT-1", "AUT-6")
def test_an_answer_opens_once(empty_house, key):
    """The same answer again, one to a challenge that was never asked, and a late one are refused."""
    answer = key.signed(ask(empty_house))
    assert enter(empty_house, answer)
    refused(empty_house, answer)
    refused(empty_house, key.signed({"challenge": b64(bytes(32)), "rpId": "localhost"}))


@pytest.mark.trust("AUT-1")
def test_a_late_answer_is_refused(empty_house, key, clock):
    """A challenge waits five minutes; a minute before that it is taken."""
    asked = ask(empty_house)
    clock.goes(minutes=4)
    assert enter(empty_house, key.signed(asked))
    asked = ask(empty_house)
    clock.goes(minutes=5)
    refused(empty_house, key.signed(asked))


LIES = {
    "page of another host": {"origin": "http://localhost.example:8470"},
    "page of another port": {"origin": "http://localhost:9999"},
    "page of another scheme": {"origin": "https://localhost:8470"},
    "key of another host": {"party": "homeward.example"},
    "owner not checked": {"flags": PRESENT},
    "nobody there": {"flags": VERIFIED},
    "answer to another question": {"kind": "create"},
    "frame of another page": {"crossOrigin": True},
    "signed by another key": {"by": ec.generate_private_key(ec.SECP256R1())},
    "another user's": {"user": b"somebody else"},
}


@pytest.mark.trust("AUT-1", "AUT-6")
@pytest.mark.parametrize("lie", LIES)
def test_a_false_answer_is_refused(empty_house, key, lie):
    """Whatever is false about it, it is told like a wrong password; the true one opens."""
    refused(empty_house, key.signed(ask(empty_house), **LIES[lie]))
    assert enter(empty_house, key.signed(ask(empty_house)))


@pytest.mark.parametrize(
    "lie",
    ["page of another host", "page of another port", "key of another host", "owner not checked",
     "nobody there", "frame of another page"],
)  # fmt: skip
def test_a_key_is_not_taken_on_a_false_answer(empty_house, ann, lie):
    """Nothing is kept of it; a true one is taken."""
    with pytest.raises(errors.UsageError):
        enrolled(empty_house, ann, **LIES[lie])
    with pytest.raises(errors.UsageError):
        enrolled(empty_house, ann, kind="get")
    assert people.own(ann, empty_house)["keys"] == []
    assert enrolled(empty_house, ann)


@pytest.mark.parametrize(
    ("length", "taken"), [(0, False), (15, False), (16, True), (1_023, True), (1_024, False)]
)
def test_a_key_names_itself_at_the_length_that_webauthn_gives(empty_house, ann, length, taken):
    """One without a name was taken, could not be removed, and no other could be asked for."""
    key, asked = SoftKey(), passkeys.ask_new(ann, empty_house, ORIGIN)
    key.id = bytes(length)
    signed = Signed(ORIGIN, key.made(asked))
    if not taken:
        with pytest.raises(errors.UsageError):
            passkeys.add(ann, empty_house, "desk key", signed)
        return
    made = passkeys.add(ann, empty_house, "desk key", signed)
    assert passkeys.remove(ann, empty_house, made["id"]) == {"keys": []}


@pytest.mark.trust("AUT-1")
def test_a_count_that_falls_back_is_refused_with_an_alarm(empty_house, ann, key):
    """Somebody copied the key; one that counts nothing at all is taken as it is."""
    assert enter(empty_house, key.signed(ask(empty_house)))
    key.count -= 2
    refused(empty_house, key.signed(ask(empty_house)))
    with empty_house.ledger.read() as tx:
        [alarm] = events.read(tx, acts=[Act.ALARM])
    assert "copied" in alarm.event.detail["trouble"]

    silent = enrolled(empty_house, ann, counts=False)
    assert enter(empty_house, silent.signed(ask(empty_house)))
    assert enter(empty_house, silent.signed(ask(empty_house)))


def test_a_key_belongs_to_one_account(empty_house, ann, key):
    """Somebody else who takes it for theirs is refused, and ann's goes on."""
    joined(empty_house, "ben")
    ben = Actor("ben", "api", Role.ANALYST, fresh=True)
    with pytest.raises(errors.UsageError):
        passkeys.add(
            ben, empty_house, "mine", Signed(ORIGIN, key.made(passkeys.ask_new(ben, empty_house, ORIGIN)))
        )
    asked = passkeys.ask_new(ann, empty_house, ORIGIN)  # and a challenge to whom it was put
    with pytest.raises(errors.UsageError):
        passkeys.add(ben, empty_house, "mine", Signed(ORIGIN, SoftKey().made(asked)))
    key.user = passkeys.handle(empty_house, "ann")
    assert enter(empty_house, key.signed(ask(empty_house)))


def test_a_key_proves_again_and_is_removed(empty_house, ann, key, clock):
    """It proves as a code does; taken away, or after a new link, it opens no more."""
    token = enter(empty_house, key.signed(ask(empty_house)))
    clock.goes(minutes=11)
    stale = doors.known(empty_house, token)
    with pytest.raises(errors.StepUpNeeded):
        passkeys.remove(stale, empty_house, b64(key.id))
    token = doors.prove(stale, empty_house, token, PASSWORD, Signed(ORIGIN, key.signed(ask(empty_house))))
    fresh = doors.known(empty_house, token)
    other = enrolled(empty_house, fresh)
    assert len(passkeys.remove(fresh, empty_house, b64(key.id))["keys"]) == 1
    refused(empty_house, key.signed(ask(empty_house)))
    assert enter(empty_house, other.signed(ask(empty_house)))
    people.renew(Actor("local:1000", "cli"), empty_house, "ann")
    with empty_house.ledger.read() as tx:
        assert passkeys.listed(tx, "ann") == []


def test_what_is_asked_names_nobody(empty_house, key):
    """The question is the same whoever comes; nobody learns who has a key."""
    first, second = ask(empty_house), ask(empty_house)
    assert first.pop("challenge") != second.pop("challenge")
    assert first == second and b64(key.id) not in str(first)


def test_questions_without_an_answer_fill_nothing(empty_house, key, monkeypatch, clock):
    """A few wait at a time; five minutes later there is room again."""
    monkeypatch.setattr(passkeys, "WAITING", 3)
    for _ in range(3):
        ask(empty_house)
    with pytest.raises(errors.UsageError):
        ask(empty_house)
    clock.goes(minutes=6)
    assert enter(empty_house, key.signed(ask(empty_house)))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    part=st.sampled_from(["clientDataJSON", "authenticatorData", "signature"]),
    damage=st.one_of(st.binary(max_size=300), st.integers(0, 2**16)),
)
def test_damaged_answers_are_refused(empty_house, key, part, damage):
    """Any bytes in the place of a part, or one flipped bit of it, never open and never fault."""
    answer = key.signed(ask(empty_house))
    whole = unb64(answer["response"][part])
    if isinstance(damage, int):
        at = damage % (len(whole) * 8)
        damage = whole[: at // 8] + bytes([whole[at // 8] ^ 1 << at % 8]) + whole[at // 8 + 1 :]
    answer["response"][part] = b64(damage)
    refused(empty_house, answer)

"""Coming in through an identity provider, and one that lies in every way it can."""

import hashlib
import hmac
import json
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from homeward.app import compose
from homeward.app.provider import OwnProvider
from homeward.app.settings import ProviderSettings, load
from homeward.desk import doors, people, provider
from homeward.model import errors
from homeward.model.actor import Actor, Role
from homeward.model.event import Act
from homeward.store.ledger import events
from people_kit import LOCAL, Clock, code, joined
from provider_kit import CLIENT, RSA_PRIVATE, SECRET, SUBJECT, b64, key_of, standing
from surroundings import environment

ORIGIN = "http://localhost:8470"


@pytest.fixture
def clock(empty_house, idp):
    told = Clock(empty_house)
    idp.clock = lambda: told.now
    return told


@pytest.fixture(scope="module")
def bens(tmp_path_factory):
    """A workspace where Ben, who is named at the provider, is lied about; refusals change nothing in it."""
    folder = tmp_path_factory.mktemp("provider")
    settings = load(environment(folder), home=folder / "empty")
    compose.make(settings)
    with compose.opened(settings) as house:
        clock = Clock(house)
        joined(house, "ben")
        clock.goes(minutes=1)
        yield house, clock


@pytest.fixture
def ben(bens, idp):
    """Ben's workspace; the provider took a second factor, keeps this clock, and knows Ben by the subject."""
    house, clock = bens
    idp.factors, idp.clock = ["mfa"], lambda: clock.now
    people.name_at_provider(LOCAL, house, "ben", idp.issuer, SUBJECT)
    return house


@pytest.fixture(scope="module")
def shared():
    """One server for the file; each test takes it as it was made."""
    with standing(lambda: None) as one:
        yield one, dict(vars(one))


@pytest.fixture
def idp(shared):
    one, made = shared
    vars(one).clear()
    vars(one).update({**made, "codes": {}, "asked": []})
    return one


def ours(idp, factors=()):
    settings = ProviderSettings(idp.issuer, CLIENT, SECRET, frozenset(factors))
    return OwnProvider(settings, ORIGIN)


def sent_back(idp, address):
    """What the provider sends the browser back with."""
    parts = urlsplit(address)
    back = idp.authorize({k: v[0] for k, v in parse_qs(parts.query).items()})
    assert back.startswith(ORIGIN + "/door?")
    return {k: v[0] for k, v in parse_qs(urlsplit(back).query).items()}


def enter(house, idp, *, factors=("mfa",), session=""):
    """The whole way of a browser that keeps its secret."""
    there = ours(idp, factors)
    address, secret = provider.begin(doors.NOBODY, house, there)
    return provider.come_back(doors.NOBODY, house, there, secret, session, sent_back(idp, address))


def refused(house, idp, **options):
    """It opens nothing, whatever is wrong, and is told alike; return why, as the log has it."""
    with pytest.raises((provider.ProviderRefused, errors.ProviderSilent)):
        enter(house, idp, **options)
    return why(house)


def why(house):
    with house.ledger.read() as tx:
        last = next(events.read(tx, limit=1, newest_first=True)).event
    assert (last.act, last.outcome) == (Act.SIGN_IN, "failed")
    return last.detail["why"]


@pytest.fixture
def ann(empty_house, idp, clock):
    """Ann joined, has her own second factor, and is named at the provider."""
    secret, _ = joined(empty_house)
    people.name_at_provider(LOCAL, empty_house, "ann", idp.issuer, SUBJECT)
    clock.goes(minutes=1)
    return secret


@pytest.mark.trust("AUT-6")
def test_a_true_token_opens_the_account_that_was_named(empty_house, idp, ann):
    """With a second factor that the provider took; it was asked for one, and for nothing but who it is."""
    idp.factors = ["pwd", "mfa"]
    found = enter(empty_house, idp)
    who = doors.known(empty_house, found["token"])
    assert (found["kind"], who.name, who.role, who.fresh) == ("in", "ann", Role.ANALYST, True)
    address, _ = provider.begin(doors.NOBODY, empty_house, ours(idp, ["mfa"]))
    asked = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
    assert asked["scope"] == "openid" and asked["acr_values"] == "mfa"
    assert asked["code_challenge_method"] == "S256" and "verifier" not in address
    # The server asks three things, and never what is not signed.
    assert set(idp.asked) == {"/.well-known/openid-configuration", "/token", "/jwks"}


@pytest.mark.trust("AUT-1", "AUT-6")
def test_without_the_providers_second_factor_ones_own_is_asked(empty_house, idp, ann, clock):
    """A right code opens; a wrong one does not, and its ticket is spent."""
    there = enter(empty_house, idp)
    assert there["kind"] == "second" and doors.known(empty_house, there["token"]).role is Role.NOBODY
    with pytest.raises(provider.ProviderRefused):
        provider.second(doors.NOBODY, empty_house, there["token"], "000000", "")
    with pytest.raises(provider.ProviderRefused):
        provider.second(doors.NOBODY, empty_house, there["token"], code(empty_house, ann), "")
    again = enter(empty_house, idp, factors=())
    opened = provider.second(doors.NOBODY, empty_house, again["token"], code(empty_house, ann), "")
    assert doors.known(empty_house, opened["token"]).name == "ann"


@pytest.mark.trust("AUT-1")
def test_nobody_comes_in_on_one_factor(empty_house, idp, clock):
    """An account that never joined has none of its own: it needs one that the provider took."""
    people.invite(LOCAL, empty_house, "bea", Role.ANALYST)
    people.name_at_provider(LOCAL, empty_house, "bea", idp.issuer, SUBJECT)
    assert "second factor" in refused(empty_house, idp)
    idp.factors = ["mfa"]
    assert "second factor" in refused(empty_house, idp, factors=())  # nobody said that mfa counts
    assert doors.known(empty_house, enter(empty_house, idp)["token"]).name == "bea"


def test_only_an_account_that_was_named_is_opened(empty_house, idp, ann):
    """A subject that nobody named, another issuer's, one cut off or given a new link opens nothing."""
    idp.factors, idp.subject = ["mfa"], "somebody-else"
    with pytest.raises(provider.ProviderRefused) as caught:
        enter(empty_house, idp)
    assert "somebody-else" in str(caught.value)  # what the administrator needs to know
    idp.subject = SUBJECT
    with pytest.raises(errors.UsageError):  # a subject opens one account
        joined(empty_house, "ben")
        people.name_at_provider(LOCAL, empty_house, "ben", idp.issuer, SUBJECT)
    assert enter(empty_house, idp)["kind"] == "in"
    people.renew(LOCAL, empty_house, "ann")
    assert "nobody is named" in refused(empty_house, idp)
    people.name_at_provider(LOCAL, empty_house, "ann", "https://login.example", SUBJECT)
    assert "nobody is named" in refused(empty_house, idp)
    ada = Actor("ada", "api", Role.ADMINISTRATOR, fresh=True)
    with pytest.raises(errors.NotAllowed):  # nobody names themselves
        people.name_at_provider(ada, empty_house, "ada", idp.issuer, "ada-there")


def forged(alg, claims, key, **header):
    """A token signed with a shared secret, by hand: libraries refuse to."""
    head = b64(json.dumps({"alg": alg, "typ": "JWT", "kid": "rsa-1", **header}).encode())
    body = b64(json.dumps(claims).encode())
    digest = {"384": hashlib.sha384, "512": hashlib.sha512}.get(alg[2:], hashlib.sha256)
    seal = b64(hmac.new(key, f"{head}.{body}".encode(), digest).digest()) if key else ""
    return f"{head}.{body}.{seal}"


def by_hand(claims, **header):
    """A token that the provider's own key signed, with any header."""
    whole = {"alg": "RS256", "kid": "rsa-1", **header}
    head = b64(json.dumps({k: v for k, v in whole.items() if v is not None}).encode())
    body = b64(json.dumps(claims).encode())
    sealed = RSA_PRIVATE.sign(f"{head}.{body}".encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{head}.{body}.{b64(sealed)}"


STRANGER = key_of(rsa.generate_private_key(65537, 2048), "rsa-1")
SHORT = key_of(rsa.generate_private_key(65537, 1024), "rsa-1")


def pem(idp):
    return idp.rsa.public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def der(idp):
    return idp.rsa.public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def jwk(idp):
    return json.dumps(idp.rsa.as_dict(private=False)).encode()


def damaged(token, part, swap):
    parts = token.split(".")
    parts[part] = swap(parts[part])
    return ".".join(parts)


def other_claims(idp, claims):
    """The signature of a true token under other claims."""
    return damaged(idp.signed(claims), 1, lambda _: b64(json.dumps({**claims, "sub": "ada"}).encode()))


SIGNED = {
    "no signature": lambda idp, c: forged("none", c, b""),
    "no signature, spelt otherwise": lambda idp, c: forged("NoNe", c, b""),
    "no signature under a true header": lambda idp, c: damaged(idp.signed(c), 2, lambda _: ""),
    "public key as a secret": lambda idp, c: forged("HS256", c, pem(idp)),
    "public key in DER as a secret": lambda idp, c: forged("HS256", c, der(idp)),
    "public JWK as a secret": lambda idp, c: forged("HS256", c, jwk(idp)),
    "modulus as a secret": lambda idp, c: forged("HS256", c, idp.rsa.as_dict(private=False)["n"].encode()),
    "HS384": lambda idp, c: forged("HS384", c, pem(idp)),
    "HS512": lambda idp, c: forged("HS512", c, pem(idp)),
    "client's secret as a key": lambda idp, c: forged("HS256", c, SECRET.encode()),
    "empty secret": lambda idp, c: forged("HS256", c, b"\0"),
    "HS256 under RS256": lambda idp, c: forged("RS256", c, pem(idp)),
    "signed by a stranger": lambda idp, c: idp.signed(c, key=STRANGER),
    "a stranger's key inside": lambda idp, c: idp.signed(
        c, key=STRANGER, jwk=STRANGER.as_dict(private=False)
    ),
    "an address of keys inside": lambda idp, c: by_hand(c, jku="http://localhost:1/k"),
    "a certificate inside": lambda idp, c: by_hand(c, x5c=["AA"]),
    "an address of certificates": lambda idp, c: by_hand(c, x5u="http://localhost:1/"),
    "something critical": lambda idp, c: by_hand(c, crit=["exp"]),
    "its own key inside": lambda idp, c: by_hand(c, jwk=idp.rsa.as_dict(private=False)),
    "no kid": lambda idp, c: by_hand(c, kid=None),
    "kid that is a number": lambda idp, c: by_hand(c, kid=7),
    "no algorithm": lambda idp, c: by_hand(c, alg=None),
    "a list of algorithms": lambda idp, c: by_hand(c, alg=["RS256"]),
    "kid that is not there": lambda idp, c: idp.signed(c, kid="rsa-2"),
    "kid of a path": lambda idp, c: idp.signed(c, kid="../../dev/null"),
    "kid of another kind of key": lambda idp, c: idp.signed(c, kid="ec-1"),
    "curve under the name of the other key": lambda idp, c: idp.signed(c, "ES256", idp.ec, kid="rsa-1"),
    "another kind of token": lambda idp, c: idp.signed(c, typ="at+jwt"),
    "a logout token": lambda idp, c: idp.signed(c, typ="logout+jwt"),
    "other claims under a true signature": other_claims,
    "flipped signature": lambda idp, c: damaged(idp.signed(c), 2, lambda s: "BA"[s[0] == "B"] + s[1:]),
    "a hundred thousand characters": lambda idp, c: idp.signed({**c, "more": "x" * 100_000}),
    "no token": lambda idp, c: "",
    "no text": lambda idp, c: 7,
    "two parts": lambda idp, c: idp.signed(c).rpartition(".")[0],
    "five parts": lambda idp, c: idp.signed(c) + ".x.y",
    "not base 64": lambda idp, c: "§." * 2 + "§",
    "a list of claims": lambda idp, c: damaged(idp.signed(c), 1, lambda _: b64(b"[]")),
    "deep claims": lambda idp, c: damaged(idp.signed(c), 0, lambda _: b64(b"[" * 9_000)),
}  # fmt: skip


@pytest.mark.trust("AUT-6")
@pytest.mark.parametrize("lie", SIGNED)
def test_a_forged_token_is_refused(ben, idp, lie):
    """Whatever is false about signature, key or header; a true one opens after it."""
    idp.sign = SIGNED[lie]
    assert refused(ben, idp)
    idp.sign = None
    assert enter(ben, idp)["kind"] == "in"


def without(name):
    return lambda c: {k: v for k, v in c.items() if k != name}


CLAIMED = {
    "another issuer": lambda c: {**c, "iss": "https://login.example"},
    "issuer with a slash more": lambda c: {**c, "iss": c["iss"] + "/"},
    "no issuer": without("iss"),
    "another audience": lambda c: {**c, "aud": "another"},
    "no audience": without("aud"),
    "us among others": lambda c: {**c, "aud": [CLIENT, "another"], "azp": CLIENT},
    "an audience of nobody": lambda c: {**c, "aud": []},
    "for another party": lambda c: {**c, "azp": "another"},
    "another nonce": lambda c: {**c, "nonce": "x" * 43},
    "no nonce": without("nonce"),
    "a nonce of no text": lambda c: {**c, "nonce": [c["nonce"]]},
    "over": lambda c: {**c, "exp": c["iat"] - 61},
    "without an end": without("exp"),
    "an end of no number": lambda c: {**c, "exp": "never"},
    "an end without end": lambda c: {**c, "exp": 1e400},
    "old": lambda c: {**c, "iat": c["iat"] - 700},
    "of tomorrow": lambda c: {**c, "iat": c["iat"] + 86_400, "exp": c["exp"] + 86_400},
    "without an age": without("iat"),
    "not yet": lambda c: {**c, "nbf": c["iat"] + 600},
    "no subject": without("sub"),
    "an empty subject": lambda c: {**c, "sub": ""},
    "a subject of no text": lambda c: {**c, "sub": 8},
    "a long subject": lambda c: {**c, "sub": "8" * 256},
    "a torn subject": lambda c: {**c, "sub": c["sub"] + "\n"},
    "of another access token": lambda c: {**c, "at_hash": "AAAA"},
    "an at_hash of no text": lambda c: {**c, "at_hash": True},
    "amr of no list": lambda c: {**c, "amr": "mfa"},
}


@pytest.mark.trust("AUT-6")
@pytest.mark.parametrize("lie", CLAIMED)
def test_a_false_claim_is_refused(ben, idp, lie):
    """Signed by the provider's own key, and not for us, not now, or not of anybody."""
    idp.claims = CLAIMED[lie]
    assert refused(ben, idp)


def test_every_signature_that_is_taken_opens(ben, idp):
    """An elliptic curve, RSA of either padding; a list of one audience; us as the party."""
    for sign in (
        lambda idp, c: idp.signed(c, "ES256", idp.ec), lambda idp, c: idp.signed(c, "PS256"),
        lambda idp, c: idp.signed({**c, "aud": [CLIENT], "azp": CLIENT}), lambda idp, c: by_hand(c),
    ):  # fmt: skip
        idp.sign = sign
        assert enter(ben, idp)["kind"] == "in"


KEYED = {
    "two keys of one name": lambda keys: [keys[0], {**keys[1], "kid": "rsa-1"}],
    "a key to encrypt": lambda keys: [{**keys[0], "use": "enc"}],
    "a key of another algorithm": lambda keys: [{**keys[0], "alg": "RS512"}],
    "a shared secret": lambda keys: [{"kty": "oct", "kid": "rsa-1", "k": "AAAA"}],
    "no keys": lambda keys: [],
    "keys of no kind": lambda keys: ["rsa-1", None, 7],
    "half a key": lambda keys: [{"kty": "RSA", "kid": "rsa-1", "n": keys[0]["n"]}],
    "a short key": lambda keys: [{**SHORT.as_dict(private=False), "use": "sig"}],
}


@pytest.mark.trust("AUT-6")
@pytest.mark.parametrize("lie", KEYED)
def test_keys_that_fit_nothing_open_nothing(ben, idp, lie):
    """What the provider publishes has to be one key, of that kind, for signatures."""
    idp.jwks = KEYED[lie]
    if lie == "a short key":
        idp.sign = lambda idp, c: idp.signed(c, key=SHORT)
    assert refused(ben, idp)


@pytest.mark.trust("AUT-6")
def test_a_code_opens_once_in_one_browser(empty_house, idp, ann, clock):
    """Replayed, with a swapped or invented state, in another browser, or late, it opens nothing."""
    idp.factors = ["mfa"]
    there = ours(idp, ["mfa"])

    def begun():
        address, secret = provider.begin(doors.NOBODY, empty_house, there)
        return secret, sent_back(idp, address)

    def back(secret, said):
        return provider.come_back(doors.NOBODY, empty_house, there, secret, "", said)

    secret, said = begun()
    assert back(secret, said)["kind"] == "in"
    (ours_secret, mine), (theirs_secret, theirs) = begun(), begun()
    for keeps, tells in (
        (secret, said),  # replayed
        (theirs_secret, mine),  # another browser
        ("", begun()[1]),  # none at all: a page of somebody else's led here
        (ours_secret, {**begun()[1], "code": mine["code"]}),
        (begun()[0], {"code": theirs["code"], "state": "invented"}),
        (begun()[0], {"code": theirs["code"]}),
    ):
        with pytest.raises(provider.ProviderRefused):
            back(keeps, tells)
    # Another's code under one's own state: it was given for another challenge and nonce.
    secret, said = begun()
    with pytest.raises(errors.ProviderSilent):
        back(secret, {**said, "code": theirs["code"]})
    secret, said = begun()
    with pytest.raises(provider.ProviderRefused):  # another provider answered
        back(secret, {**said, "iss": "https://login.example"})
    secret, said = begun()
    clock.goes(minutes=11)
    with pytest.raises(provider.ProviderRefused):
        back(secret, said)


@pytest.mark.trust("AUT-8")
def test_a_proof_is_taken_again_at_the_provider(empty_house, idp, ann, clock):
    """For the same session and account, and only where the person signed in just now."""
    idp.factors = ["mfa"]
    token = enter(empty_house, idp)["token"]
    clock.goes(minutes=11)
    stale = doors.known(empty_house, token)
    assert not stale.fresh

    def again(session, **claims):
        idp.claims = lambda c: {**c, **claims}
        there = ours(idp, ["mfa"])
        address, secret = provider.begin_again(stale, empty_house, there, token)
        assert "prompt=login" in address and "max_age=0" in address
        return provider.come_back(doors.NOBODY, empty_house, there, secret, session, sent_back(idp, address))

    old = int(clock.now.timestamp()) - 600
    for session, claims in ((token, {"auth_time": old}), ("another", {}), (token, {"sub": "another"})):
        with pytest.raises(provider.ProviderRefused):
            again(session, **claims)
    fresh = again(token)["token"]
    assert doors.known(empty_house, fresh).fresh and doors.known(empty_house, token).role is Role.NOBODY


DISCOVERED = {
    "another issuer": {"issuer": "https://login.example"},
    "tokens of another host": {"token_endpoint": "http://localhost:1/token"},
    "keys of another host": {"jwks_uri": "https://keys.example/"},
    "keys of a file": {"jwks_uri": "file:///etc/hostname"},
    "a page of another host": {"authorization_endpoint": "https://login.example/"},
    "a page of a script": {"authorization_endpoint": "javascript:alert(1)"},
    "no keys": {"jwks_uri": None},
}


@pytest.mark.trust("AUT-6", "INP-8")
@pytest.mark.parametrize("lie", DISCOVERED)
def test_no_other_host_is_asked(ben, idp, lie):
    """Whatever discovery says; without a provider in the settings there is nobody to ask."""
    idp.discovery = DISCOVERED[lie]
    with pytest.raises(errors.ProviderSilent):
        provider.begin(doors.NOBODY, ben, ours(idp))
    assert set(idp.asked) == {"/.well-known/openid-configuration"}


def test_a_provider_that_does_not_answer_is_said(ben, idp):
    """Nothing there, no JSON, and more than a provider has to say."""
    for settings in (
        ProviderSettings("http://localhost:1", CLIENT), ProviderSettings(idp.issuer + "/none", CLIENT),
    ):  # fmt: skip
        with pytest.raises(errors.ProviderSilent):
            provider.begin(doors.NOBODY, ben, OwnProvider(settings, ORIGIN))
    for told in (b"<html>", b"[" * 100_000, b'"' + b"x" * 400_000):
        idp.found = lambda told=told: told
        with pytest.raises(errors.ProviderSilent):
            provider.begin(doors.NOBODY, ben, ours(idp))
    del idp.found
    idp.answer = lambda told: [told]
    with pytest.raises(errors.ProviderSilent):
        enter(ben, idp)
    assert "no token" in why(ben)

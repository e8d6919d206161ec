import hashlib
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from homeward.app.settings import load
from homeward.model.errors import UsageError
from homeward.store.keys import is_guessable


def test_the_option_goes_before_the_variable():
    """The command's own folder outranks HOMEWARD_HOME, which outranks the default."""
    env = {"HOME": "/home/amber", "HOMEWARD_HOME": "/data/one"}

    assert load(env, home=Path("/data/two")).home == Path("/data/two")
    assert load(env).home == Path("/data/one")
    assert load({"HOME": "/home/amber"}).home == Path("/home/amber/.local/share/homeward")


def test_a_fixed_time_is_the_time():
    """HOMEWARD_NOW stops the clock; a time without a zone is taken as UTC."""
    clock = load({"HOME": "/", "HOMEWARD_NOW": "2026-01-20T09:00:00"}).clock

    assert clock() == clock() == datetime(2026, 1, 20, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "variable", [("HOMEWARD_NOW", "soon"), ("HOMEWARD_WORKERS", "0"), ("HOMEWARD_WORKERS", "²"),
                 ("HOMEWARD_MEMORY_MB", "-1")],
)  # fmt: skip
def test_a_wrong_value_is_named(variable):
    """A variable that says nothing sensible is one clear error that names it."""
    with pytest.raises(UsageError, match=variable[0]):
        load({"HOME": "/", variable[0]: variable[1]})


def test_a_wrong_key_is_never_quoted():
    """The error about a key does not hold the key."""
    with pytest.raises(UsageError) as caught:
        load({"HOME": "/", "HOMEWARD_KEY": "c0ffee"})

    assert "c0ffee" not in str(caught.value)
    drawn = hashlib.sha256(b"drawn").digest()
    assert load({"HOME": "/", "HOMEWARD_KEY": drawn.hex()}).key == drawn


@pytest.mark.trust("SUP-1")
@pytest.mark.parametrize(
    "key", [bytes(32), b"\xab" * 32, b"changeme" * 4, bytes(range(32)), bytes(range(64, 0, -2))]
)
def test_a_key_that_anybody_could_guess_is_refused(key):
    """Noughts, one word over and over, a row of numbers: nothing is opened with it."""
    with pytest.raises(UsageError, match="guess"):
        load({"HOME": "/", "HOMEWARD_KEY": key.hex()})


def test_a_key_that_was_drawn_by_chance_is_none_of_these():
    chance = random.Random(5)
    assert not any(is_guessable(chance.randbytes(32)) for _ in range(20_000))


def test_a_provider_is_named_whole():
    """Its issuer over TLS (or on this machine), a client, and the secret out of a file of its own."""
    env = {"HOME": "/home/amber", "HOMEWARD_PROVIDER": "https://login.example/unit"}
    assert load({"HOME": "/home/amber"}).provider is None
    found = load({**env, "HOMEWARD_PROVIDER_CLIENT": "h", "HOMEWARD_PROVIDER_FACTORS": "mfa, phr"}).provider
    assert (found.issuer, found.factors) == ("https://login.example/unit", {"mfa", "phr"})
    for wrong in ({}, {"HOMEWARD_PROVIDER": "http://login.example", "HOMEWARD_PROVIDER_CLIENT": "h"}):
        with pytest.raises(UsageError):
            load({**env, **wrong})
    with pytest.raises(UsageError):
        load({**env, "HOMEWARD_PROVIDER_CLIENT": "h", "HOMEWARD_PROVIDER_SECRET_FILE": "/none"})

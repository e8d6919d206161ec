"""The ledger's key: made once, for its owner alone, outside the workspace."""

import os

import pytest

from homeward.model.errors import KeyMissing
from homeward.store import keys


def test_a_made_key_is_found_again(tmp_path):
    made = keys.make(tmp_path / "config" / "homeward", "abc")

    assert len(made) == keys.KEY_BYTES
    assert keys.find(tmp_path / "config" / "homeward", "abc") == made
    assert keys.make(tmp_path / "config" / "homeward", "abc") == made, "a key is never overwritten"
    assert keys.make(tmp_path / "config" / "homeward", "other") != made


def test_the_file_is_its_owners_alone(tmp_path):
    keys.make(tmp_path / "config", "abc")

    assert keys.path_of(tmp_path / "config", "abc").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "config").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o602])
def test_a_key_that_others_can_reach_is_refused_with_the_line_to_type(tmp_path, mode):
    keys.make(tmp_path, "abc")
    path = keys.path_of(tmp_path, "abc")
    path.chmod(mode)

    with pytest.raises(KeyMissing, match=f"chmod 600 '{path}'"):
        keys.find(tmp_path, "abc")


def test_a_key_that_is_not_there_is_missing(tmp_path):
    with pytest.raises(KeyMissing, match="HOMEWARD_KEY"):
        keys.find(tmp_path, "abc")


@pytest.mark.parametrize("content", [b"", b"not hexadecimal", b"ab" * 31, b"ab" * 33, b"\xff" * 64])
def test_a_file_that_holds_no_key_says_so_without_quoting_it(tmp_path, content):
    path = keys.path_of(tmp_path, "abc")
    path.write_bytes(content)
    path.chmod(0o600)

    with pytest.raises(KeyMissing, match="does not hold a key") as said:
        keys.find(tmp_path, "abc")
    assert content.decode("ascii", "replace") not in str(said.value) or not content
    with pytest.raises(KeyMissing):
        keys.make(tmp_path, "abc")
    assert path.read_bytes() == content


def test_a_link_may_lead_to_the_key_if_that_is_its_owners_alone(tmp_path):
    """So that a key can lie on a stick; it is the file at the end that counts."""
    made = keys.make(tmp_path, "other")
    keys.path_of(tmp_path, "abc").symlink_to(keys.path_of(tmp_path, "other"))

    assert keys.find(tmp_path, "abc") == made
    keys.path_of(tmp_path, "other").chmod(0o644)
    with pytest.raises(KeyMissing, match="read by others"):
        keys.find(tmp_path, "abc")


def test_a_key_may_be_given(tmp_path):
    assert keys.make(tmp_path, "abc", key=bytes(32)) == bytes(32)
    assert keys.from_hex(" " + "00" * 32 + "\n", where="HOMEWARD_KEY") == bytes(32)


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), lambda path: os.mkfifo(path, 0o600)])
def test_what_is_no_file_is_no_key(tmp_path, make):
    make(keys.path_of(tmp_path, "abc"))

    with pytest.raises(KeyMissing, match="no file"):
        keys.find(tmp_path, "abc")

"""What every store of blobs promises."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.model.errors import NotFound, WorkspaceDamaged
from homeward.store.blobs import Blobs


@pytest.fixture
def blobs(tmp_path):
    return Blobs(tmp_path / "blobs")


def test_bytes_come_back_under_their_sha256(blobs):
    name = blobs.put(b"companion, call 555-0100")

    assert hashlib.sha256(b"companion, call 555-0100").hexdigest() == name
    assert blobs.get(name) == b"companion, call 555-0100"
    assert blobs.has(name)


@settings(max_examples=25, deadline=None)
@given(contents=st.lists(st.binary(max_size=200), max_size=8))
def test_what_was_put_is_kept_once(tmp_path_factory, contents):
    """Putting the same bytes again changes nothing; the names are those of the distinct contents."""
    blobs = Blobs(tmp_path_factory.mktemp("blobs"))
    names = [blobs.put(content) for content in contents]

    assert sorted(set(names)) == sorted(blobs.names())
    assert contents == [blobs.get(name) for name in names]


@pytest.mark.parametrize("name", ["0" * 64, "", "../ledger.db", "A" * 64, "0" * 63 + "/", "\0" * 64])
def test_a_name_that_was_never_given_is_not_found(blobs, name):
    assert not blobs.has("0" * 64)
    with pytest.raises(NotFound):
        blobs.get(name)


def test_altered_bytes_are_noticed(blobs):
    name = blobs.put(b"as it was")
    (blobs.root / name[:2] / name).write_bytes(b"as it is not")

    with pytest.raises(WorkspaceDamaged):
        blobs.get(name)


def test_a_short_file_left_by_a_broken_disk_is_written_again(blobs):
    name = blobs.put(b"as it was")
    (blobs.root / name[:2] / name).write_bytes(b"")

    assert name == blobs.put(b"as it was")
    assert blobs.get(name) == b"as it was"


def test_a_sweep_removes_what_no_row_names_and_nothing_else(blobs):
    kept, orphan = blobs.put(b"kept"), blobs.put(b"orphan")
    (blobs.root / kept[:2] / ".half.tmp").write_bytes(b"ha")

    assert blobs.sweep({kept}) == 1
    assert blobs.has(kept)
    assert not blobs.has(orphan)
    assert not (blobs.root / kept[:2] / ".half.tmp").exists()

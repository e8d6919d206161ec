"""What the doctor says of the disk: an encrypted one is told from a plain one."""

import os

import pytest

from homeward.app import compose, doctor, serving
from homeward.app.settings import load
from surroundings import environment


def a_system(folder, place, uuid):
    """What Linux says of block devices, of one machine: a mapping over a disk, under `place`."""
    number = place.stat().st_dev
    device = folder / "devices" / "dm-0"
    (device / "slaves").mkdir(parents=True)
    (folder / "devices" / "disk" / "slaves").mkdir(parents=True)
    (device / "slaves" / "disk").symlink_to(folder / "devices" / "disk")
    (device / "dm").mkdir()
    (device / "dm" / "uuid").write_text(uuid)
    (folder / "dev" / "block").mkdir(parents=True)
    (folder / "dev" / "block" / f"{os.major(number)}:{os.minor(number)}").symlink_to(device)
    return folder


@pytest.mark.trust("BAK-1")
@pytest.mark.parametrize(("uuid", "state"), [("CRYPT-LUKS2-0123", "ok"), ("LVM-0123", "bad")])
def test_an_encrypted_disk_is_told_from_a_plain_one(tmp_path, uuid, state):
    assert doctor.encryption(tmp_path, a_system(tmp_path / "sys", tmp_path, uuid))[0] == state


def test_what_cannot_be_told_is_never_called_in_order(tmp_path):
    assert doctor.encryption(tmp_path, tmp_path / "nothing")[0] == "note"


@pytest.mark.trust("BAK-1")
def test_a_workspace_that_is_no_demo_is_not_called_safe_on_one_disk(tmp_path):
    """At each start it is said what is missing; of a demo nothing is."""
    for kind, told in (("demo", 0), ("test", 2)):
        settings = load(environment(tmp_path), home=tmp_path / kind)
        compose.make(settings, demo=kind == "demo")
        with compose.opened(settings) as house:
            assert len(serving._not_safe(settings, house)) >= told
            assert told or serving._not_safe(settings, house) == []

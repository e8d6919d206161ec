"""The n-th call to the disk fails, for one n after another: an act is whole or not there, and is told.

`faults.py` does the acts under `strace`, which makes one call of them fail as a full or broken disk does.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FAULTS = Path(__file__).with_name("faults.py")


def told(folder, every, *acts, seconds):
    """What became of every so many-th call of the acts."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed (apt-get install strace)")
    done = subprocess.run(
        [sys.executable, FAULTS, folder, str(every), *acts], capture_output=True, text=True, timeout=seconds
    )
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    if any(row["ended"] == "untraceable" for row in rows):
        pytest.skip("this machine lets nobody trace")
    return rows


def check(rows):
    """Refused in one sentence or done; done means there; not there means that it can be repeated."""
    met = [row for row in rows if row["hit"]]
    for row in met:
        assert row["ended"] in ("refused", "killed", "done"), row
        assert row["there"] in ("yes", "no"), row
        assert row["there"] == "yes" or (row["ended"] != "done", row["again"], row["then"]) == (True, 0, 1), (
            row
        )
    assert {row["ended"] for row in met} & {"refused", "killed"}
    return met


@pytest.mark.trust("REL-5")
def test_an_act_whose_call_to_the_disk_fails_is_whole_or_not_there(tmp_path):
    """An original, an event with its effect, a batch: every seventh call of each."""
    assert len(check(told(tmp_path, 7, "blob", "ledger", "lake", seconds=110))) >= 6


@pytest.mark.trust("BAK-4")
@pytest.mark.parametrize("act", ["rekey", "rekey!"])
def test_a_change_of_keys_whose_call_to_the_disk_fails_or_kills_it_is_whole_or_not_there(tmp_path, act):
    """Every hundredth call: one of both keys opens the ledger, lies in its place, and it can be repeated."""
    assert len(check(told(tmp_path, 100, act, seconds=110))) >= 3


@pytest.mark.soak
@pytest.mark.trust("BAK-4")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("act", ["rekey", "rekey!"])
def test_at_whichever_call_to_the_disk_a_change_of_keys_ends_the_ledger_opens(tmp_path, act):
    """The same at each call there is."""
    met = check(told(tmp_path, 1, act, seconds=1700))
    print(f"{act}: {len(met)} calls")
    assert len(met) >= 300


@pytest.mark.soak
@pytest.mark.trust("REL-5")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("act", ["blob", "ledger", "lake", "backup"])
def test_whichever_call_to_the_disk_fails_an_act_is_whole_or_not_there(tmp_path, act):
    """The first, the second, and so on until none fails; a backup of a small workspace among them."""
    met = check(told(tmp_path, 1, act, seconds=1700))
    print(f"{act}: {len(met)} calls")
    assert len(met) >= 5

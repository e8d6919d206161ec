"""Killed at any point and started again, the same schedule ends with the same export, bit for bit.

The schedule: take in five files, refresh, take in three more (repeats and changes among them), refresh.
Each step is killed with SIGKILL after a random part of its usual time, workers included, then repeated; and
after every kill the log verifies. Commands are forked (`forge.py`): no kill is spent on starting Python.
"""

from collections.abc import Iterator

import pytest
from kill_kit import Forge, kill_at_exporting, kill_at_judging, kill_at_rekeying, kill_at_work


@pytest.fixture(scope="module")
def forging() -> Iterator[Forge]:
    """One process for all: to import everything takes longer than most of what is killed."""
    with Forge() as made:
        yield made


@pytest.fixture
def forge(forging, tmp_path):
    """The forge of somebody who has done nothing yet."""
    return forging.within(tmp_path)


@pytest.mark.trust("REL-1")
@pytest.mark.timeout(400)
def test_kills_at_work_lose_nothing(forge):
    """Four kills over ingest and refresh: nothing acknowledged is lost, and the export is the same."""
    kill_at_work(forge, count=4, seed=20261101, per_file=20)


@pytest.mark.trust("REL-1")
@pytest.mark.timeout(400)
def test_judgements_that_were_acknowledged_outlive_kills(forge):
    """Judging killed at random moments: each acknowledged judgement is there, and the log verifies."""
    kill_at_judging(forge, count=6, seed=20261102)


@pytest.mark.trust("REL-1")
@pytest.mark.timeout(400)
def test_killed_exports_give_whole_files_that_are_on_the_list(forge):
    """Exporting killed at random moments: no half file, and no file that the disclosures do not name."""
    kill_at_exporting(forge, count=3, seed=20261105)


@pytest.mark.trust("BAK-4")
@pytest.mark.timeout(400)
def test_a_change_of_keys_outlives_kills(forge):
    """Killed while the ledger is encrypted anew, it opens with the one key or the other, and is whole."""
    kill_at_rekeying(forge, count=2, seed=20261103)


@pytest.mark.soak
@pytest.mark.trust("BAK-4")
@pytest.mark.timeout(1200)
def test_sixty_killed_changes_of_keys_lose_nothing(forge):
    """The same at sixty random moments."""
    kill_at_rekeying(forge, count=60, seed=20261104)


@pytest.mark.soak
@pytest.mark.trust("REL-1")
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("seed", range(2))
def test_larger_files_lose_nothing_either(forge, seed):
    """Kills over files of 600 ads, where each step does more between its commits."""
    kill_at_work(forge, count=20, seed=seed, per_file=600)


@pytest.mark.soak
@pytest.mark.trust("REL-1")
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("seed", range(10))
def test_a_thousand_kills_lose_nothing(forging, tmp_path, seed):
    """With the other seeds 1,000 kills: 500 at taking in and refreshing, 300 at judging, 200 at exports."""
    kill_at_work(forging.within(tmp_path / "work"), count=50, seed=100 + seed, per_file=25)
    kill_at_judging(forging.within(tmp_path / "judge"), count=30, seed=200 + seed)
    kill_at_exporting(forging.within(tmp_path / "export"), count=20, seed=300 + seed)

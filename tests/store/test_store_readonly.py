"""Where nothing can be written but the workspace, its settings and its state, and nobody is root."""

import subprocess
import sys

import pytest

from surroundings import environment

WAY = """
import os, sys
from homeward.app.cli.main import run
assert os.getuid() != 0
try:
    open(sys.argv[2] + "/never", "w")
except OSError as error:
    assert error.errno == 30, error
else:
    raise SystemExit("the file system can be written")
home = ["--home", sys.argv[1] + "/workspace"]
for words in (["world", "60", "--seed", "3", "-o", sys.argv[1] + "/world"], ["init", "--demo", *home],
              ["ingest", sys.argv[1] + "/world/ads.jsonl", "--supplier", "x", "--basis", "invented", *home],
              ["refresh", *home], ["leads", *home], ["backup", "-o", sys.argv[1] + "/b", *home],
              ["audit", "verify", *home]):
    assert run(words) == 0, words
print("well")
"""
# The folder stays writable as a mount of its own; every other file system is mounted again for reading.
INSIDE = """
mount --bind "$1" "$1" || exit 77
for place in $(awk '$2 !~ "^/(proc|sys)(/|$)" {print $2}' /proc/self/mounts | sort -u); do
    [ "$place" = "$1" ] || mount -o remount,bind,ro "$place" 2>/dev/null || [ "$place" != / ] || exit 77
done
cd "$1" && shift && exec unshare --user --map-user=1000 --map-group=1000 "$@"
"""


@pytest.mark.trust("SUP-2")
def test_the_way_is_gone_where_nothing_else_can_be_written(tmp_path):
    """World, workspace, ingest, refresh, leads, backup, verify: as nobody's root, on a read-only system."""
    (here := tmp_path / "here").mkdir()
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", INSIDE, "sh", str(here), sys.executable, "-c",
         WAY, str(here), str(tmp_path)],
        capture_output=True, text=True, env={**environment(here), "TMPDIR": str(here)},
    )  # fmt: skip
    if done.returncode == 77 or "unshare:" in done.stderr:
        pytest.skip("this machine permits no mount of its own")
    assert done.returncode == 0 and done.stdout.endswith("well\n"), done.stderr

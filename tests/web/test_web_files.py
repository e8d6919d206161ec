"""What the interface is made from: a client that fits the API, and locks that name no host."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
SOURCES = [p for p in (WEB / "src").rglob("*.ts*") if p.name != "api.gen.ts"]
SCREEN_LINES = 250


def test_the_client_is_the_one_that_the_api_describes():
    """After a change of the API, `make api` writes the client anew."""
    command = [sys.executable, str(ROOT / "tools" / "make_client.py"), "--check"]

    assert subprocess.run(command, capture_output=True, timeout=60).returncode == 0


def test_a_shape_without_a_rule_stops_the_client():
    """An unknown shape is refused rather than passed on unchecked."""
    sys.path.insert(0, str(ROOT / "tools"))
    import make_client
    import pytest

    assert make_client.type_of({"anyOf": [{"type": "string"}, {"type": "null"}]}) == "string | null"
    with pytest.raises(SystemExit):
        make_client.type_of({"not": {}})


def test_the_lock_names_no_host():
    """A committed lock holds hashes, and no address that it was made against."""
    lock = (WEB / "package-lock.json").read_text("utf-8")

    assert '"integrity"' in lock
    assert '"resolved"' not in lock
    assert "registry" not in (WEB / ".npmrc").read_text("utf-8").replace("lockfile-registry-resolved", "")


def test_no_source_parses_markup_or_asks_another_host():
    """No markup string is ever parsed, no code is made from text, and no address of another host is named."""
    words = (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "dangerouslySetInnerHTML",
        "document.write",
        "eval(",
    )
    banned = re.compile("|".join(map(re.escape, (*words, "new Function"))))
    for path in SOURCES:
        text = path.read_text("utf-8")
        assert banned.search(text) is None, path
        for line in text.splitlines():
            assert not re.search(r"https?://(?!lucide\.dev)", line), (path, line)


def test_screens_stay_short():
    """A file of a screen is read at one sitting."""
    for path in (WEB / "src" / "screens").rglob("*.tsx"):
        assert len(path.read_text("utf-8").splitlines()) <= SCREEN_LINES, path


def test_viz_knows_no_react():
    """Drawing is plain functions over data."""
    for path in (WEB / "src" / "viz").rglob("*.ts"):
        assert "react" not in path.read_text("utf-8").lower(), path

"""A workspace of invented ads, made by the command line and served, for whatever looks at it by a browser."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAM = str(Path(sys.executable).with_name("homeward"))
CHROMIUM = "/usr/bin/chromium"
# Features of a browser's own frame and traffic, which no page needs. What it draws below its address bar alone
# takes half a second of the processor for every page that is opened. The last list given is the one that counts,
# so that it repeats what Playwright would switch off itself.
OFF = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect",
       "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable",
       "HttpsUpgrades", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints",
       "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning")  # fmt: skip
FLAGS = (
    "--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",
    f"--disable-features={','.join(OFF)}",
)  # fmt: skip


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The variables of a person who works below one folder."""
    own = {"HOMEWARD_HOME": str(folder / "home"), "XDG_CONFIG_HOME": str(folder / "config"),
           "XDG_STATE_HOME": str(folder / "state")}  # fmt: skip
    return {**os.environ, **own, "PYTHONUNBUFFERED": "1", **more}


def homeward(env: dict[str, str], *words: str) -> str:
    """Run one command; return what it printed."""
    done = subprocess.run([PROGRAM, *words], env=env, check=True, capture_output=True, text=True)
    return done.stdout


def seed(folder: Path, *, ads: int, seed: int, now: str = "") -> None:
    """Make a synthetic world and a workspace that took it in and joined it, at a fixed time if one is given."""
    env = environment(folder, **({"HOMEWARD_NOW": now} if now else {}))
    homeward(env, "world", str(ads), "--seed", str(seed), "-o", str(folder / "world"))
    homeward(env, "init")
    homeward(env, "ingest", str(folder / "world" / "ads.jsonl"), "--basis", "invented data")
    homeward(env, "refresh")


# Nothing was drawn for a while: the network is never idle, since a page waits for what is withheld.
QUIET = """ms => new Promise(done => {
  let ends = setTimeout(done, ms);
  new MutationObserver(() => { clearTimeout(ends); ends = setTimeout(done, ms); })
    .observe(document, { subtree: true, childList: true, attributes: true, characterData: true }); })"""


def settle(page: Any) -> None:
    """Wait until a page has drawn what it asked for."""
    page.evaluate(QUIET, 400)


@contextmanager
def serving(env: dict[str, str]) -> Iterator[str]:
    """Serve the workspace until the block ends; gives its address."""
    command = [PROGRAM, "serve", "--port", "0"]
    server = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield _address(server)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _address(server: subprocess.Popen[str]) -> str:
    said = []
    for line in server.stdout or ():
        said.append(line)
        if found := re.search(r"http://localhost:\d+", line):
            return found[0]
    raise RuntimeError("the server ended: " + "".join(said))

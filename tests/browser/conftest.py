"""A real server over a small seeded workspace, and Debian's chromium looking at it.

The workspace holds 1,500 ads of the synthetic world and a few hostile ones. Every page that `open_page`
gives is watched: what it says on the console, what it asks of other hosts, what its policy refused.
"""

import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser_kit import (
    AXE,
    BROWSER,
    KNOWN,
    PAYLOADS,
    SEED,
    STATIC,
    WIDE,
    WORLD_ADS,
    OpenPage,
    Watched,
)
from serving_kit import commanding

from bench.serving import FLAGS
from surroundings import environment

RUN = """([only, like]) => axe.run(
  { exclude: like }, { runOnly: only, resultTypes: ['violations'], preload: false })"""
# Rows of a list are made by one piece of code: the first of them are judged, all of them in the long tests.
LIKE = [".ad:nth-child(n+6)", ".hit-group:nth-child(n+4)", "tr:nth-child(n+8)", "li:nth-child(n+13)",
        ".queue-row:nth-child(n+6)", ".facet:nth-child(n+8)"]  # fmt: skip
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # the rules of TAGS whose answer a colour may change
PROGRAM = str(Path(sys.executable).with_name("homeward"))


# The files whose tests take longest begin, so that no worker ends long after the others.
LONG = ("test_browser_people", "test_browser_tutorial", "test_browser_screens", "test_browser_outcomes")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long tests of this folder before its others."""
    here = Path(__file__).parent
    own = [item for item in items if item.path.parent == here]
    own.sort(key=lambda item: (*LONG, item.path.stem).index(item.path.stem))
    items[:] = [*(item for item in items if item.path.parent != here), *own]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand the tests out one by one; those of a file with a served workspace of its own go together."""
    from xdist.scheduler import LoadScopeScheduling

    class OneByOne(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return file if file.endswith("test_browser_people.py") else nodeid

    return OneByOne(config, log)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over the seeded workspace."""
    if BROWSER is None:
        pytest.skip("chromium is not installed (apt-get install chromium-headless-shell)")
    if not STATIC.is_file():
        pytest.skip("the interface is not built (make web)")
    folder = tmp_path_factory.mktemp("browser")
    shutil.copytree(_seeded(tmp_path_factory), folder, dirs_exist_ok=True)
    command = [PROGRAM, "serve", "--port", "0"]
    server = subprocess.Popen(
        command, env=_environment(folder), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield _address(server)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _environment(folder: Path) -> dict[str, str]:
    """The variables of a person who works below one folder, in real time."""
    found = environment(folder, HOMEWARD_HOME=str(folder / "home"), NO_COLOR="1")
    del found["HOMEWARD_NOW"]
    return found


def _seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the seeded workspace, made by whichever test process comes first."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "browser-seed"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            _seed(folder)
            (folder / "ready").touch()
    return folder


def _seed(folder: Path) -> None:
    """Make the workspace as a person would, by the command line."""
    folder.mkdir(exist_ok=True)

    homeward = commanding(_environment(folder))
    homeward("world", str(WORLD_ADS), "--seed", str(SEED), "-o", str(folder / "world"))
    _hostile(folder / "hostile.jsonl")
    homeward("init")
    basis = ("--supplier", "the browser tests", "--basis", "invented data")
    homeward("ingest", str(folder / "world" / "ads.jsonl"), str(folder / "hostile.jsonl"), *basis)
    homeward("refresh")


def _hostile(path: Path) -> None:
    """Write ads whose every field is an attack; they share a contact, so that they make one group."""
    rows = [
        {
            "id": f"hostile-{i}", "site": "hostile.test", "url": f"https://hostile.test/{i}?q={payload}",
            "title": payload, "city": payload,
            "body": f"{'Call 702 555 0199' if payload in KNOWN else 'Hello'} {payload} hostileword",
            "posted_at": "2026-01-20T08:00:00Z", "language": payload,
        }
        for i, payload in enumerate(PAYLOADS)
    ]  # fmt: skip
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def _address(server: subprocess.Popen[str]) -> str:
    """Return the address that the server prints once it listens."""
    said = []
    assert server.stdout is not None
    for line in server.stdout:
        said.append(line)
        found = re.search(r"http://localhost:\d+", line)
        if found:
            return found[0]
    raise AssertionError("the server ended: " + "".join(said))


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the seeded workspace, to be copied."""
    return _seeded(tmp_path_factory)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def open_page(served: str, chromium: Any) -> Iterator[OpenPage]:
    """Open a page of the interface, and watch it."""
    contexts = []

    def opened(path: str, *, size: tuple[int, int] = WIDE) -> tuple[Any, Watched]:
        context = chromium.new_context(
            base_url=served, viewport={"width": size[0], "height": size[1]}, color_scheme="light",
            reduced_motion="reduce", timezone_id="UTC", locale="en-GB",
        )  # fmt: skip
        contexts.append(context)
        context.set_default_timeout(15_000)
        page, watched = context.new_page(), Watched()
        page.on("console", lambda m: watched.console.append(f"{m.type}: {m.text}"))
        page.on("pageerror", lambda e: watched.console.append(f"error: {e}"))
        page.on("request", lambda r: r.url.startswith(served) or watched.foreign.append(r.url))
        page.on("requestfailed", lambda r: _failed(watched, r))
        page.goto(path)
        return page, watched

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def triage(open_page: OpenPage) -> Iterator[Any]:
    """The queue with its first lead shown; in the end nothing may have been complained of."""
    page, watched = open_page("/triage?view=all")
    page.wait_for_selector(".lead-panel .reason")
    yield page
    assert watched.complaints() == []


@pytest.fixture
def dossier(triage: Any) -> Any:
    """The dossier of the first lead, opened by keyboard."""
    triage.keyboard.press("Enter")
    triage.wait_for_selector(".centre .ad")
    return triage


def _failed(watched: Watched, request: Any) -> None:
    """Note a request that failed; one that the page itself took back has not."""
    if "ERR_ABORTED" not in str(request.failure):
        watched.failed.append(f"{request.url}: {request.failure}")


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[str]]:
    """Return the rules of WCAG 2.2 A and AA, and of best practice, that a page breaks."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (make web)")
    source = AXE.read_text("utf-8")

    def broken(page: Any, *, colours: bool = False, whole: bool = False) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        only = {"type": "rule", "values": COLOURS} if colours else {"type": "tag", "values": TAGS}
        found = page.evaluate(RUN, [only, [] if whole else LIKE])["violations"]
        return [f"{v['id']}: {n['target']} {n['failureSummary'][:200]}" for v in found for n in v["nodes"]]

    return broken

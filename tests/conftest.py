"""Worlds and workspaces that several rooms share: few, small, made once a session, never changed.

`demo_house` is a demo workspace of a world of 600 ads (preset standard, seed 7), taken in and refreshed.
Tests only read it; one that decides, judges or exports (which is written down) takes `own_house`, a copy of
its own, or `module_house`.
"""

from __future__ import annotations

import gc
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from homeward.engine.local import LocalEngine
from surroundings import environment

if TYPE_CHECKING:
    from homeward.app.settings import Settings
    from homeward.house import House

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
ADS = 600
# Files whose few tests take long come first: what is left at the end is short, and no worker waits.
LONGEST = (
    "test_api_schema",
    "test_crash_kills",
    "test_api_matrix",
    "test_refresh",
    "test_reread",
    "test_style",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; within a file tests stay in their order."""
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))


def pytest_sessionstart() -> None:
    """Look for circles as seldom as the command line does."""
    from homeward.app.cli.main import CIRCLES_EVERY

    gc.set_threshold(CIRCLES_EVERY, 20, 20)


def pytest_sessionfinish() -> None:
    """End the loop that the clients of the API shared, and the readers, if there were any."""
    if kit := sys.modules.get("people_kit"):
        kit.LOOPS.close()
    if engine.cache_info().currsize:
        engine().close()


@cache
def engine() -> LocalEngine:
    """One engine for every workspace: to start its readers takes longer than most tests do."""
    return LocalEngine(workers=1)


@contextmanager
def opened(settings: Settings) -> Iterator[House]:
    """A workspace with the shared engine, which outlives it."""
    from homeward.app import compose

    with compose.opened(settings) as house:
        yield replace(house, engine=engine())


@dataclass(frozen=True)
class Demo:
    """A workspace that stands, and how to reach it."""

    home: Path
    world: Path
    env: dict[str, str]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """A demo workspace, taken in and refreshed through the desk."""
    from homeward.app import compose
    from homeward.app.settings import load
    from homeward.collect import world
    from homeward.desk import supply
    from homeward.model.actor import Actor
    from homeward.model.capture import Supply

    folder = tmp_path_factory.mktemp("demo")
    env = environment(folder)
    world.write(ADS, 7, "standard", folder / "world")
    settings = load(env, home=folder / "workspace")
    compose.make(settings, demo=True)
    with opened(settings) as house:
        actor = Actor("demo", "cli")
        given = Supply("the synthetic world", "invented data")
        supply.ingest(actor, house, str(folder / "world" / "ads.jsonl"), given)
        supply.refresh(actor, house)
    return Demo(settings.home, folder / "world", env)


@pytest.fixture(scope="session")
def demo_house(demo: Demo) -> Iterator:
    """The shared workspace, opened; for reading only."""
    from homeward.app.settings import load

    with opened(load(demo.env, home=demo.home)) as house:
        yield house


@pytest.fixture
def own_house(demo: Demo, tmp_path: Path) -> Iterator:
    """A copy of the shared workspace that a test may change."""
    yield from _copied(demo, tmp_path)


@pytest.fixture(scope="module")
def module_house(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    """A copy of the shared workspace that the tests of one file may change together."""
    yield from _copied(demo, tmp_path_factory.mktemp("module"))


def _copied(demo: Demo, folder: Path) -> Iterator:
    from homeward.app.settings import load

    home = folder / "workspace"
    shutil.copytree(demo.home, home)
    # The log of each copy goes its own way: its checkpoints must not meet those of the others.
    with opened(load({**demo.env, "XDG_STATE_HOME": str(folder / "state")}, home=home)) as house:
        yield house


@pytest.fixture(scope="session")
def _empty(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """A workspace in which nothing has been taken in: it is copied, never opened, which leaves events."""
    from homeward.app import compose
    from homeward.app.settings import load

    folder = tmp_path_factory.mktemp("empty")
    env = environment(folder)
    settings = load(env, home=folder / "workspace")
    compose.make(settings)
    with opened(settings) as house:
        house.ledger.migrate()
    return Demo(settings.home, folder, env)


@pytest.fixture
def empty_house(_empty: Demo, tmp_path: Path) -> Iterator[House]:
    """A workspace in which nothing has been taken in."""
    yield from _copied(_empty, tmp_path)

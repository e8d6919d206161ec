"""While a workspace is served: say aloud that the log cannot be written, let old details go, back it up.

Without the log no act is done, so whoever works learns of it at once. This is for the hours in which nobody
works: a line on standard error, a file beside the error log, and `homeward doctor`.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from pathlib import Path

from homeward.desk import backups, hourly, periods
from homeward.house import House
from homeward.model.errors import HomewardError
from homeward.model.event import Act, Event
from homeward.store import behind
from homeward.store.ledger import events
from homeward.store.ledger.watch import ACTOR

EVERY = 30 * 60.0  # seconds: a failure is told within the hour, with one try to spare
LOOK, AFTER_TROUBLE = 60.0, 600.0  # seconds between looks whether a backup is due, and after one that failed


def path_of(folder: Path, workspace: str) -> Path:
    """Return where the alarm of a workspace is written; the file is there while the alarm lasts."""
    return folder / f"log-alarm-{workspace}.txt"


class Heart:
    """Tries the log of one workspace; `folder` is on another disk than the workspace, if that can be."""

    def __init__(self, house: House, folder: Path, backups: Path | None = None) -> None:
        self._house, self._path, self._backups = house, path_of(folder, house.id), backups

    def beat(self) -> str:
        """Write one event; return what is wrong, or nothing. What was wrong before is told in the log."""
        since = self._told()
        now = self._house.clock()
        said = {"trouble": f"the log could not be written: {since}"} if since else {"what": "heartbeat"}
        done = Event(
            now, ACTOR, "log", Act.ALARM if since else Act.AUDIT, (), "alarm" if since else "done", said
        )
        try:
            with self._house.ledger.write() as tx:
                events.record(tx, done)
        except (HomewardError, OSError) as error:
            trouble = str(error) if isinstance(error, HomewardError) else type(error).__name__
            return self._alarm(f"{now:%Y-%m-%d %H:%M} UTC: {trouble}")
        self._path.unlink(missing_ok=True)
        for sentence in self._house.watch.look(self._house.ledger):  # every screen and doctor say it, too
            sys.stderr.write(f"homeward: ALARM: {sentence}\n")
        return ""

    def run(self, stop: threading.Event) -> None:
        """Beat until told to stop."""
        while not stop.wait(EVERY):
            if not self.beat():
                with suppress(HomewardError, OSError):  # the next beat tells of it
                    periods.let_go(self._house)
                    if self._backups is not None:
                        backups.let_go(self._house, self._backups)

    def _told(self) -> str:
        try:
            return self._path.read_text("utf-8").strip()
        except OSError:
            return ""

    def _alarm(self, trouble: str) -> str:
        sys.stderr.write(f"homeward: ALARM: the audit log cannot be written. {trouble}\n")
        try:
            if not self._path.exists():  # the first moment counts
                self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                with os.fdopen(os.open(self._path, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
                    file.write(trouble + "\n")
        except OSError:
            pass  # the disk of the error log is full, too; standard error has told it
        return trouble


class Hourly:
    """Backs one workspace up once an hour, into `folder`, behind everybody else; `few` stay, or more."""

    def __init__(self, house: House, folder: Path, *, few: bool = False) -> None:
        self._house, self._folder, self._few = house, folder, few

    def run(self, stop: threading.Event) -> None:
        """Look whether it is time until told to stop."""
        wait = LOOK
        while not stop.wait(wait):
            try:
                wrong = hourly.keep_up(self._house, self._folder, few=self._few, write=behind.write)
            except (HomewardError, OSError) as error:  # not even that could be kept
                wrong = f"No backup could be made: {type(error).__name__}"
            if wrong:
                sys.stderr.write(f"homeward: ALARM: {wrong}\n")
            wait = AFTER_TROUBLE if wrong else LOOK

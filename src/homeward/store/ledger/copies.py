"""Copies of the newest checkpoint in other places: without one, a log that was put back looks whole.

A place is a folder on another disk, another machine's share, or the user's state folder. Each holds the
newest note of a log and the key that checks it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from homeward.model.errors import HomewardError
from homeward.store import disk
from homeward.store.ledger import notes
from homeward.store.ledger.notes import Checkpoint

LOST = ".lost"  # the ending of a copy that a person said belongs to a log that is gone


@dataclass(frozen=True, slots=True)
class Copy:
    """What lies in one place: a checkpoint, or why there is none."""

    place: Path
    checkpoint: Checkpoint | None
    trouble: str = ""


class Copies:
    """The places of one log."""

    def __init__(self, origin: str, places: Sequence[Path] = ()) -> None:
        self.origin, self.places = origin, tuple(places)
        self._name = origin.rpartition("/")[2]

    def put(self, note: str, key: str, only: Sequence[Path] | None = None) -> list[str]:
        """Copy a note to every place, or to `only` some; say what went wrong, and never raise."""
        wrong = []
        for place in self.places if only is None else only:
            try:
                with disk.translated(f"The folder {place}"):
                    disk.make_folder(place)
                    disk.write_whole(self.file(place), note.encode(), mode=0o644)
                    disk.failpoint("copies.put")
                    if not self.key_file(place).exists():
                        disk.write_whole(self.key_file(place), f"{key}\n".encode(), mode=0o644)
            except (HomewardError, OSError) as error:
                wrong.append(f"The checkpoint could not be copied to {place}: {error}")
        return wrong

    def read(self, key: str) -> list[Copy]:
        """Return what each place holds; a note that `key` did not sign is trouble."""
        return [self._read(place, key) for place in self.places]

    def set_aside(self, mark: str) -> list[Path]:
        """Rename every copy, so that signing can go on; they are kept as proof of what the log was."""
        moved = []
        for place in self.places:
            if self.file(place).exists():
                aside = self.file(place).with_name(f"{self.file(place).name}.{mark}{LOST}")
                disk.failpoint("copies.set_aside")
                self.file(place).replace(aside)
                disk.sync_folder(place)
                moved.append(aside)
        return moved

    def put_erased(self, ads: Sequence[str]) -> None:
        """Add opaque ids of erased ads to every place, so that a restored backup can erase them again."""
        for place in self.places:
            with suppress(OSError, HomewardError):
                disk.make_folder(place)
                known = self._erased(place) | set(ads)
                disk.write_whole(
                    self._erased_file(place), "".join(f"{ad}\n" for ad in sorted(known)).encode()
                )

    def erased(self) -> set[str]:
        """Return every ad that any place says was erased."""
        return set().union(*(self._erased(place) for place in self.places))

    def _erased(self, place: Path) -> set[str]:
        try:
            return set(self._erased_file(place).read_text("ascii", "replace").split())
        except OSError:
            return set()

    def _erased_file(self, place: Path) -> Path:
        return place / f"{self._name}.erased"

    def file(self, place: Path) -> Path:
        """Return where the note lies in a place."""
        return place / f"{self._name}.checkpoint"

    def key_file(self, place: Path) -> Path:
        """Return where the key lies in a place."""
        return place / f"{self._name}.vkey"

    def _read(self, place: Path, key: str) -> Copy:
        try:
            with self.file(place).open(encoding="utf-8", errors="replace", newline="") as file:
                text = file.read(notes.LARGEST + 1)
        except FileNotFoundError:
            return Copy(place, None, f"No checkpoint has been copied to {place} yet.")
        except OSError as error:
            return Copy(place, None, f"{place} cannot be read: {(error.strerror or 'refused').lower()}.")
        found = notes.opened(text, key)
        if found is None:
            return Copy(place, None, f"The checkpoint in {place} was not signed by this log.")
        return Copy(place, found)

"""Photo paths as a supplied file names them: inside the file's folder, or refused."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

from homeward.model.errors import RecordError

_KEYS = ("path", "url", "sha256", "pdq")
PATH_CHARACTERS = 1024
FOLDERS = 10_000  # folders remembered; ads share a few
PHOTOS = 200  # of one ad; sites allow a few dozen

Photo = dict[str, str]
Refuse = Callable[[str, str], None]


class PhotoFolder:
    """The folder beside a supplied file, or none (standard input): decides which photos may be named."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = os.path.realpath(folder) if folder is not None else None
        self._seen: dict[str, bool | None] = {}

    def refusal(self, path: str) -> str | None:
        """Return why a path may not be read, or None.

        Refused are absolute paths, ways upward, backslashes and drives, and whatever is or lies behind a
        link. A path at which nothing lies is allowed: photos may be supplied later.
        """
        if self._folder is None:
            return "photos cannot be read beside standard input"
        if len(path) > PATH_CHARACTERS or "\0" in path:
            return "the path is too long or holds NUL"
        if path.startswith(("/", "~")) or "\\" in path or path[1:2] == ":":
            return "the path does not start in the file's folder"
        parts = path.split("/")
        if ".." in parts:
            return "the path leads out of the file's folder"
        inner = self._look("/".join(parts[:-1]))
        if inner is None:
            return None  # no such folder: nothing to be a link
        if not inner:
            return "the path leads through a link"
        kind = _kind(os.path.join(self._folder, path))  # noqa: PTH118 - a million times, three times faster
        return None if kind in (0, stat.S_IFREG) else "the path is a link or not a file"

    def _look(self, inner: str) -> bool | None:
        """Whether a folder within ours is reached without a link, None if it is not there; remembered."""
        if inner in self._seen:
            return self._seen[inner]
        assert self._folder is not None
        whole = os.path.normpath(os.path.join(self._folder, inner))  # noqa: PTH118
        plain = os.path.realpath(whole) == whole
        known = plain if not plain or os.path.isdir(whole) else None  # noqa: PTH112
        if len(self._seen) < FOLDERS:
            self._seen[inner] = known
        return known


def _kind(path: str) -> int:
    try:
        return stat.S_IFMT(os.lstat(path).st_mode)
    except (OSError, ValueError):
        return 0


def read_photos(value: Any, folder: PhotoFolder, refuse: Refuse) -> list[Photo]:
    """Return the photos of a record: objects with path, url, sha256 and pdq, or plain paths and URLs.

    A photo whose path is not allowed is told to `refuse(detail, path)` and left out; the ad stays.
    """
    if type(value) is not list:
        raise RecordError("type", f"photos is {type(value).__name__}, not a list")
    if len(value) > PHOTOS:
        raise RecordError("type", f"photos names {len(value)} photos; {PHOTOS} are read at most")
    photos = [photo for item in value if item is not None and (photo := _photo(item)) is not None]
    allowed = []
    for photo in photos:
        path = photo["path"]
        reason = folder.refusal(path) if path else None
        if reason is None:
            allowed.append(photo)
        else:
            refuse(reason, path)
    return allowed


def _photo(item: Any) -> Photo | None:
    if type(item) is str:
        name = "url" if "://" in item else "path"
        return {**dict.fromkeys(_KEYS, ""), name: item} if item else None
    if type(item) is not dict:
        raise RecordError("type", f"a photo is {type(item).__name__}, not an object")
    photo = {key: item.get(key) or "" for key in _KEYS}
    for key, value in photo.items():
        if type(value) is not str:
            raise RecordError("type", f"a photo's {key} is {type(value).__name__}, not text")
    return photo

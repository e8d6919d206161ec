"""A loss of power, played from a record: what a traced process wrote, minus what it had not flushed.

`strace` keeps every call that changes a file below a folder. `Disk` plays them up to any point and knows what
a disk must still hold there: bytes that were flushed, under names whose folder was flushed. All else may be
there, or be gone, or be half there; `image` writes one such outcome into a folder.
"""

import random
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

CALLS = (
    "openat,open,creat,write,pwrite64,lseek,fsync,fdatasync,ftruncate,rename,renameat,renameat2,link,linkat,"
    "unlink,unlinkat,mkdir,mkdirat"
)
# A call that changes files in a way that is not played: it would make the record a lie.
UNPLAYED = "writev,pwritev,pwritev2,truncate,fallocate,copy_file_range,sendfile,splice,io_uring_enter,rmdir"
LINE = re.compile(r"^(\d+) +(?:(\w+)\((.*?)(?: <unfinished \.\.\.>)?|<\.\.\. (\w+) resumed>(.*))$")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
HANDLE = re.compile(r"^(\d+)<((?:\\x[0-9a-f]{2})*)>")
RESULT = re.compile(r"\) += (-?\d+)")


class Untraceable(Exception):
    """This machine lets nobody trace."""


@dataclass
class Call:
    """One finished call: its name, its arguments as traced, its result."""

    name: str
    given: str
    result: int

    def handle(self) -> tuple[int, Path] | None:
        """The handle that it was made on, and the path of that."""
        found = HANDLE.match(self.given)
        return found and (int(found[1]), Path(text(found[2]).decode()))


@dataclass
class Inode:
    """A file: what it holds, what of that is flushed, and the writes since."""

    now: bytearray = field(default_factory=bytearray)
    kept: bytes = b""
    since: list = field(default_factory=list)  # (offset, bytes), or (size, None) for a truncation


def record(script: str, *words: str, folder: Path) -> list[Call]:
    """Run a Python script to its end and return its calls, finished ones in order."""
    out = folder / "calls"
    command = [
        "strace",
        "-f",
        "-y",
        "-xx",
        "-s",
        "4000000",
        "-o",
        str(out),
        "-e",
        f"trace={CALLS},{UNPLAYED}",
    ]
    done = subprocess.run(
        [*command, sys.executable, "-c", script, *words], capture_output=True, text=True, timeout=110
    )
    if "Operation not permitted" in done.stderr:
        raise Untraceable
    assert done.returncode == 0, done.stderr
    begun: dict[str, str] = {}
    calls = []
    for line in out.read_text("ascii").splitlines():
        found = LINE.match(line)
        if found is None:
            continue  # a signal, an exit
        thread, name, given, resumed, rest = found.groups()
        if line.endswith("<unfinished ...>"):
            begun[thread] = given
            continue
        name, given = (resumed, begun.pop(thread, "") + rest) if resumed else (name, given)
        result = RESULT.search(given)
        if result and int(result[1]) >= 0:
            calls.append(Call(name, given, int(result[1])))
    return calls


def text(hexed: str) -> bytes:
    """What a traced string says."""
    return bytes.fromhex(hexed.replace("\\x", ""))


class Disk:
    """The files below `home`, as calls change them; begins with a copy of them that is flushed."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.said: list[str] = []  # lines written to standard output so far
        self.names: dict[Path, Inode | None] = {home: None}  # None: a folder
        for path in sorted(home.rglob("*")):
            content = None if path.is_dir() else path.read_bytes()
            self.names[path] = None if content is None else Inode(bytearray(content), content)
        self.kept_names = dict(self.names)
        self.since: dict[Path, list[dict[Path, Inode | str | None]]] = {}  # of a folder: changes of names
        self.places: dict[int, int] = {}  # of a handle: where it writes next

    def play(self, call: Call) -> bool:
        """Do what a call did; return whether that can matter after a loss of power."""
        handle, path = self._handle(call)
        if handle == 1 and call.name == "write":
            self.said += text(TEXT.search(call.given)[1]).decode().split("\n")[:-1]
            return False
        if call.name in ("openat", "open", "creat"):
            return self._open(call)
        paths = [Path(text(t).decode()) for t in TEXT.findall(call.given)] if handle is None else []
        if path is None and not any(self._ours(p) for p in paths):
            return False
        assert call.name not in UNPLAYED.split(","), call.name
        if path is None:
            self._rename(call.name, paths)
        elif call.name in ("fsync", "fdatasync"):
            self._flush(path)
        elif call.name == "lseek":
            self.places[handle] = call.result
            return False
        else:
            self._write(call, handle, self.names[path])
        return True

    def image(self, folder: Path, chance: random.Random | None) -> None:
        """Write what is left into a folder: nothing that was not flushed, or as chance will have it."""
        names = dict(self.kept_names)
        for changes in self.since.values() if chance else ():
            for change in changes[: chance.randint(0, len(changes))]:
                _apply(names, change)
        made = {self.home.parent}
        for path, inode in sorted(names.items()):
            place = folder / path.relative_to(self.home)
            if path.parent not in made:
                continue  # its folder is gone, and it with it
            if inode is None:
                place.mkdir()
                made.add(path)
            elif not path.name.endswith("-shm"):  # memory that processes share: none of them is left
                place.write_bytes(_outcome(inode, chance))

    def _ours(self, path: Path) -> bool:
        return path.is_relative_to(self.home)

    def _handle(self, call: Call) -> tuple[int | None, Path | None]:
        found = call.handle()
        if found is None or call.name in ("openat", "renameat", "renameat2", "linkat", "unlinkat", "mkdirat"):
            return None, None
        return found[0], found[1] if found[1] in self.names else None

    def _open(self, call: Call) -> bool:
        path = Path(text(TEXT.search(call.given)[1]).decode())
        self.places[call.result] = 0
        if not self._ours(path) or "O_DIRECTORY" in call.given:
            return False
        if path not in self.names:
            if "O_CREAT" not in call.given:
                return False
            self._named(path, Inode())
            return True
        if "O_TRUNC" in call.given:
            self._truncate(self.names[path], 0)
        assert "O_APPEND" not in call.given
        return "O_TRUNC" in call.given

    def _write(self, call: Call, handle: int, inode: Inode) -> None:
        numbers = [int(n) for n in re.findall(r", (\d+)(?=[,)])", call.given)]
        if call.name == "ftruncate":
            self._truncate(inode, numbers[-1])
            return
        content = text(TEXT.search(call.given)[1])[: call.result]
        at = numbers[-1] if call.name == "pwrite64" else self.places[handle]
        if call.name == "write":
            self.places[handle] += len(content)
        inode.since.append((at, content))
        _put(inode.now, at, content)

    def _truncate(self, inode: Inode, size: int) -> None:
        inode.since.append((size, None))
        _put(inode.now, size, None)

    def _flush(self, path: Path) -> None:
        inode = self.names[path]
        if inode is not None:
            inode.kept, inode.since = bytes(inode.now), []
            return
        for change in self.since.pop(path, []):
            _apply(self.kept_names, change)

    def _rename(self, name: str, paths: list[Path]) -> None:
        if name.startswith("mkdir"):
            self._named(paths[0], None)
        elif name.startswith("unlink"):
            self._named(paths[0], "gone")
        elif name.startswith("link"):
            self._named(paths[1], self.names[paths[0]])
        else:
            assert paths[0].parent == paths[1].parent
            change = {paths[1]: self.names[paths[0]], paths[0]: "gone"}
            _apply(self.names, change)
            self.since.setdefault(paths[0].parent, []).append(change)

    def _named(self, path: Path, inode: Inode | str | None) -> None:
        change = {path: inode}
        _apply(self.names, change)
        self.since.setdefault(path.parent, []).append(change)


def _apply(names: dict, change: dict) -> None:
    for path, inode in change.items():
        if inode == "gone":
            names.pop(path, None)
        else:
            names[path] = inode


def _put(content: bytearray, at: int, written: bytes | None) -> None:
    if len(content) < at:
        content.extend(bytes(at - len(content)))
    if written is None:
        del content[at:]
    else:
        content[at : at + len(written)] = written


def _outcome(inode: Inode, chance: random.Random | None) -> bytes:
    """What is left of a file: what was flushed, and by chance some of the writes since, one of them torn."""
    content = bytearray(inode.kept)
    for at, written in inode.since if chance else ():
        if chance.random() < 0.5:
            torn = written is not None and chance.random() < 0.2
            _put(content, at, written[: len(written) // 2] if torn else written)
    return bytes(content)

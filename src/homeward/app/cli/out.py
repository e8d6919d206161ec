"""What the command line prints: lines, tables, JSON, progress; never a control character of an ad."""

from __future__ import annotations

import json
import os
import sys
import time
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

PLAIN_EVERY = 5.0  # seconds between progress lines where there is no terminal: a log stays readable
# Format characters that change how a line reads (bidi controls, zero-width): shown as their code point.
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def inert(text: object, *, keep: str = "") -> str:
    """Return text that a terminal only shows: control and invisible characters become visible.

    A line break becomes a space; every other control, bidi or zero-width character its code point in
    angle brackets, so that an ad can neither move the cursor nor forge a line. `keep` names exceptions.
    """
    value = str(text)
    if value.isascii() and value.isprintable():
        return value
    shown = []
    for char in value:
        if char in keep or unicodedata.category(char) not in _HIDDEN:
            shown.append(char)
        elif char in "\n\r\t":
            shown.append(" ")
        else:
            shown.append(f"<U+{ord(char):04X}>")
    return "".join(shown)


def as_json(value: object, *, indent: int | None = None) -> str:
    """Return JSON of plain values; times in ISO form with Z. Lone surrogates are escaped, never an error."""
    text = json.dumps(value, default=_plain, ensure_ascii=False, indent=indent, sort_keys=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value, default=_plain, ensure_ascii=True, indent=indent, sort_keys=False)
    return text


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


class Out:
    """Where a command speaks: results on standard output, notes and progress on standard error."""

    def __init__(self, *, as_json: bool = False) -> None:
        self.json = as_json
        self.terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def say(self, text: str = "") -> None:
        """Print one line of the result, unless the result is JSON."""
        if not self.json:
            _write(inert(text) + "\n")

    def note(self, text: str) -> None:
        """Print one line beside the result, on standard error."""
        sys.stderr.write(inert(text) + "\n")
        sys.stderr.flush()

    def data(self, value: object) -> None:
        """Print the result as one JSON document, if that was asked for."""
        if self.json:
            _write(as_json(value, indent=2) + "\n")

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Print a plain table: columns are aligned, numbers to the right."""
        if self.json:
            return
        cells = [[inert(cell) for cell in row] for row in rows]
        widths = [max([len(head), *(len(row[i]) for row in cells)]) for i, head in enumerate(heads)]
        right = [bool(cells) and all(_number(row[i]) for row in cells) for i in range(len(heads))]
        for row in [list(heads), *cells]:
            line = "  ".join(
                cell.rjust(w) if r else cell.ljust(w) for cell, w, r in zip(row, widths, right, strict=True)
            )
            _write(line.rstrip() + "\n")

    def progress(self, title: str) -> Progress:
        """Return a progress display, to be used in `with`."""
        return Progress(title, terminal=self.terminal)


class Progress:
    """Progress of one act: a bar on a terminal, a plain line every few seconds elsewhere.

    Call it with (step, done, total); `total` may be None or 0 when it is not known.
    """

    def __init__(self, title: str, *, terminal: bool) -> None:
        self.title, self.terminal = inert(title), terminal
        self._bar: Any = None
        self._task: Any = None
        self._last = time.monotonic()
        self._step = ""

    def __enter__(self) -> Progress:
        if self.terminal:
            from rich.console import Console
            from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
            from rich.progress import Progress as Bar

            self._bar = Bar(
                TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.fields[n]}"),
                TimeElapsedColumn(), console=Console(stderr=True), transient=True,
            )  # fmt: skip
            self._bar.start()
            self._task = self._bar.add_task(self.title, total=None, n="")
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, step: object = "", done: float = 0, total: float | None = None, *_: object) -> None:
        """Show that `done` of `total` of a step is done."""
        name = inert(step)
        if self._bar is not None:
            n = f"{int(done):,}" if done else ""
            self._bar.update(
                self._task, description=f"{self.title}: {name}" if name else self.title,
                total=total or None, completed=done, n=n,
            )  # fmt: skip
            return
        now = time.monotonic()
        if (name != self._step and name) or now - self._last >= PLAIN_EVERY:
            self._step, self._last = name, now
            share = f" {100 * done / total:.0f} %" if total else (f" {int(done):,}" if done else "")
            sys.stderr.write(f"{self.title}: {name}{share}\n" if name else f"{self.title}{share}\n")
            sys.stderr.flush()


def _number(text: str) -> bool:
    return bool(text) and text.replace(",", "").replace(".", "", 1).lstrip("+-").isdigit()


def _write(text: str) -> None:
    """Write to standard output; what its encoding lacks is escaped, never an error."""
    try:
        sys.stdout.write(text)
    except UnicodeEncodeError:
        encoding = sys.stdout.encoding or "ascii"
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))


def when(value: object) -> str:
    """Return a time as people read it, in UTC to the minute; a dash when there is none."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return str(value)[:16].replace("T", " ") if value else "–"


def plural(n: int, one: str, many: str = "") -> str:
    """Return a count with its noun."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def share(values: Mapping[str, Any], key: str) -> str:
    """Return a score with three digits, or a dash."""
    value = values.get(key)
    return f"{value:.3f}" if isinstance(value, float) else ("–" if value is None else str(value))

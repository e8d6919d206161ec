"""Fuzz one parser of what comes from outside: python tests/fuzz/fuzz_parser.py NAME [libFuzzer's options].

Whatever the bytes, a parser ends, and says what it read or raises an error of ours; what it read adds up or
round-trips.
"""

import io
import json
import os
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["homeward.collect", "homeward.model", "homeward.app.audit"]):
    from homeward.app.audit import verify
    from homeward.collect import html_text
    from homeward.collect.source import open_source
    from homeward.model import query
    from homeward.model.errors import HomewardError

from homeward.store import archive
from homeward.store.ledger import notes

FOLDER = Path(tempfile.mkdtemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None))  # noqa: PTH112
KEY = notes.verifier_key(notes.origin("fuzz"), bytes(32))


def records(data: bytes, fmt: str, head: bytes = b"") -> None:
    """A file of ads: what was read is stored or set aside, every record of it."""
    path = FOLDER / "ads"
    path.write_bytes(head + data)
    try:
        with open_source(path, fmt=fmt, spool=FOLDER) as source:
            for chunk in source.chunks():
                rows = chunk.records.num_rows
                assert rows <= chunk.read <= rows + len(chunk.set_aside)  # photos are set aside as well
    except HomewardError:
        return


def any_query(data: bytes) -> None:
    """A text of a search: refused, or read back from its own text and from its JSON form."""
    text = data.decode("utf-8", "surrogateescape")
    try:
        found = query.parse(text)
    except HomewardError:
        return
    assert query.parse(found.to_text()) == found
    assert query.Query.from_json(json.loads(json.dumps(found.to_json()))) == found


def query_json(data: bytes) -> None:
    """A search as JSON: refused, or the same again."""
    try:
        found = query.Query.from_json(json.loads(data))
    except (HomewardError, ValueError, RecursionError):
        return
    assert query.Query.from_json(found.to_json()) == found


def backup(data: bytes) -> None:
    """The head of a backup, and pieces that no key made."""
    try:
        head = archive.head(io.BytesIO(data), "x")
        archive.read(io.BytesIO(data), head, FOLDER / "out", key=bytes(32), name="x")
    except HomewardError:
        return
    raise AssertionError("no key made this")


def note(data: bytes) -> None:
    """A checkpoint that nobody signed opens with no key."""
    text = data.decode("utf-8", "replace")
    assert notes.opened(text, KEY) is None
    try:
        verify.open_checkpoint(text, KEY)
    except verify.NotVerified:
        return
    raise AssertionError("no key signed this")


def entry(data: bytes) -> None:
    """A log that was handed over: refused in the verifier's own words."""
    (FOLDER / "log.jsonl").write_bytes(data)
    (FOLDER / "checkpoint.txt").write_bytes(data[:200])
    (FOLDER / "log.vkey").write_text(KEY)
    assert verify.main(["log", str(FOLDER)]) == 1
    try:
        list(verify.read_entries(FOLDER / "log.jsonl"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):  # what main catches
        return


def html(data: bytes) -> None:
    """A page: a text without a longer one than the page, in a time that its length bounds."""
    assert len(html_text.text_of(data.decode("utf-8", "replace"))) <= 8 * len(data) + 8


TARGETS = {
    "jsonl": lambda data: records(data, "jsonl"),
    "csv": lambda data: records(data, "csv", b"id,body,photos,posted_at\n"),
    "any_file": lambda data: records(data, "auto"),
    "parquet": lambda data: records(data, "parquet", b"PAR1"),
    "query": any_query,
    "query_json": query_json,
    "backup": backup,
    "note": note,
    "log": entry,
    "html": html,
}


def main() -> None:
    """Fuzz the parser that the first argument names."""
    target = TARGETS[sys.argv.pop(1)]
    sys.stderr = open(os.devnull, "w") if target is entry else sys.stderr  # noqa: PTH123, SIM115
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

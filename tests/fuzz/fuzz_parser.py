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
import pyarrow as pa
import pyarrow.parquet as pq

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


AD = b'{"id":"1","body":"Call 702 555 0134","title":"New","posted_at":"2026-01-02T03:04:05Z","city":"Reno"}'


def table() -> bytes:
    """A Parquet file of two ads, without its first four bytes."""
    out = io.BytesIO()
    pq.write_table(pa.table({"id": ["1", "2"], "body": ["Call 702 555 0134", None]}), out)
    return out.getvalue()[4:]


def sealed() -> bytes:
    """A backup of one file that another key made."""
    (FOLDER / "one").write_bytes(b"bland bytes")
    out = io.BytesIO()
    archive.write(out, [("lake/one", FOLDER / "one")], workspace="abc", made="now", key=b"\1" * 32)
    return out.getvalue()


# What the fuzzer begins with, so that it reaches the insides: something that is read.
SEEDS = {
    "jsonl": lambda: AD + b"\n" + AD,
    "csv": lambda: b'1,"Call 702 555 0134",,2026-01-02\n2,New,,\n',
    "any_file": lambda: AD,
    "parquet": table,
    "query": lambda: b'phone:"+17025550134" -city:reno (amber OR "new in town") after:2026-01-02',
    "query_json": lambda: json.dumps(query.parse('amber -"in town"').to_json()).encode(),
    "backup": sealed,
    "note": lambda: b"homeward/fuzz\n1\nAAAA\n\n\xe2\x80\x94 homeward/fuzz AAAAAAAA\n",
    "log": lambda: b'{"seq":1,"header":{},"payload":"AAAA","salt":"00","leaf":"00"}\n',
    "html": lambda: b"<html><head><title>New</title></head><body><p>Call <b>702</b><br>555&nbsp;0134</body>",
}


def main() -> None:
    """Fuzz the parser that the first argument names."""
    name = sys.argv.pop(1)
    target, begun = TARGETS[name], Path(tempfile.mkdtemp(dir=FOLDER))
    (begun / "seed").write_bytes(SEEDS[name]())
    sys.argv.append(str(begun))
    sys.stderr = open(os.devnull, "w") if target is entry else sys.stderr  # noqa: PTH123, SIM115
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

"""A fuzz target for each reader, run by make soak with atheris; every crash ever found stays a test."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from homeward.app.audit import verify
from homeward.extract.read import ALL, read_text
from homeward.store.ledger import notes

SECONDS = int(os.environ.get("HOMEWARD_FUZZ_SECONDS", "60"))  # a reader
FUZZ = Path(__file__).with_name("fuzz_reader.py")
PARSER = Path(__file__).with_name("fuzz_parser.py")
PARSERS = ["jsonl", "csv", "any_file", "parquet", "query", "query_json", "backup", "note", "log", "html"]

# Texts that once broke a reader.
CRASHES: list[str] = ["http://rose.test/\udfcd"]


def fuzzed(script, name, tmp_path):
    pytest.importorskip("atheris")
    done = subprocess.run(
        [sys.executable, str(script), name, f"-max_total_time={SECONDS}", "-timeout=10", "-max_len=2000",
         "-rss_limit_mb=3000", f"-artifact_prefix={tmp_path}/"],
        capture_output=True, text=True, timeout=SECONDS * 10, errors="replace",
    )  # fmt: skip
    said = done.stdout[-2000:] + done.stderr[-4000:]
    assert done.returncode == 0, said
    print(f"{name}: {re.search(r'Done ([0-9]+) runs', said)[1]} runs")


@pytest.mark.soak
@pytest.mark.trust("INP-1")
@pytest.mark.parametrize("name", [reader.__name__ for reader in ALL])
def test_a_reader_survives_the_fuzzer(name, tmp_path):
    fuzzed(FUZZ, name, tmp_path)


@pytest.mark.soak
@pytest.mark.trust("INP-1")
@pytest.mark.parametrize("name", PARSERS)
def test_a_parser_survives_the_fuzzer(name, tmp_path):
    """Files of ads, searches, backups, checkpoints, logs, pages: bytes that nobody vouches for."""
    fuzzed(PARSER, name, tmp_path)


@pytest.mark.parametrize("text", CRASHES)
def test_what_once_broke_a_reader_does_so_no_more(text):
    found = read_text(text)
    assert all(text[m.span.start : m.span.end] == m.raw for m in found)
    assert found and all(m.value.encode("utf-8") for m in found)


def test_a_line_that_is_no_signature_changes_nothing_about_a_note():
    """What once broke the verifier: a line of our name that is no base 64. Other lines are others' matter."""
    seed, said = bytes(32), notes.Checkpoint(notes.origin("fuzz"), 1, bytes(32), "2026-01-02T03:04:05Z")
    key, note = notes.verifier_key(said.origin, seed), notes.signed(said, seed)
    text, signature = note.split("\n\n")
    odd = f"{text}\n\n\u2014 {said.origin} '\n{signature}"
    assert notes.opened(odd, key) == notes.opened(note, key) == said
    assert verify.open_checkpoint(odd, key) == verify.open_checkpoint(note, key) == (1, bytes(32))

    broken = f"{text}\n\n\u2014 {said.origin} '\n"
    assert notes.opened(broken, key) is None
    with pytest.raises(verify.NotVerified, match="no valid signature"):
        verify.open_checkpoint(broken, key)

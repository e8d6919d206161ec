"""The command line against odd names, wrong files and wrong labels: one sentence each, never a trace."""

import json
import os
import sys

import pytest

from conftest import environment
from homeward.app.cli.main import run

pytestmark = pytest.mark.xdist_group("cli_hostile")
AD = {"id": "1", "site": "a.test", "title": "Amber", "body": "call 702 555 0134"}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A workspace with one ad and no run."""
    folder = tmp_path_factory.mktemp("hostile")
    kept = dict(os.environ)
    for name in [n for n in os.environ if n.startswith("HOMEWARD_")]:
        del os.environ[name]
    os.environ.update(environment(folder))
    os.environ["HOMEWARD_HOME"] = str(folder / "workspace")
    (folder / "ad.jsonl").write_text(json.dumps(AD) + "\n")
    assert run(["init"]) == 0
    assert run(["ingest", str(folder / "ad.jsonl")]) == 0
    yield folder
    os.environ.clear()
    os.environ.update(kept)


def said(capsys, *arguments, code=1):
    capsys.readouterr()
    assert run([str(a) for a in arguments]) == code
    return capsys.readouterr()


FILES = {
    "picture.png": (b"\x89PNG\r\n\x1a\n", "a picture"),
    "page.html": (b"<!DOCTYPE html><p>x", "web page"),
    "wide.jsonl": (json.dumps(AD).encode("utf-16"), "UTF-16"),
    "pretty.json": (json.dumps(AD, indent=1).encode(), "several lines"),
    "array.json": (json.dumps([AD]).encode(), "array"),
    "noise": (bytes(range(256)), "no columns"),
    "torn.parquet": (b"PAR1xxxxPAR1", "Parquet"),
    "wrong.csv": (b"a,b\n1,2\n", "no columns"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_another_kind_is_named_for_what_it_is(place, capsys, name):
    """What is no file of ads is refused whole, in one sentence that says what it is."""
    content, part = FILES[name]
    (place / name).write_bytes(content)
    err = said(capsys, "ingest", place / name).err

    assert part in err and name in err and err.count("\n") == 1


def test_a_poisoned_first_line_is_one_record(place, capsys):
    """An open brace alone does not make good lines after it a document over several lines."""
    (place / "first.jsonl").write_text("{\n" + json.dumps(AD) + "\n")
    [file] = json.loads(said(capsys, "ingest", place / "first.jsonl", "--json", code=0).out)["files"]

    assert (file["set_aside"], file["repeated"]) == (1, 1)


def test_an_empty_file_is_told_and_no_failure(place, capsys):
    """A file without a record, and one whose records are all set aside, each get a note."""
    (place / "empty.jsonl").write_bytes(b"")
    (place / "useless.jsonl").write_text('{"id":"x"}\n{}\n')

    assert "is empty" in said(capsys, "ingest", place / "empty.jsonl", code=0).err
    assert "another format" in said(capsys, "ingest", place / "useless.jsonl", code=0).err


@pytest.mark.parametrize("name", ["with space", "new\nline", "ünï\u202ecode", "-dash", "bytes\udcff"])
def test_a_file_may_have_any_name(place, capsys, name):
    """Odd names are read, and shown so that they can neither forge a line nor turn one around."""
    path = place / f"{name}.jsonl"
    path.write_text(json.dumps(AD) + "\n")
    found = said(capsys, "ingest", path, code=0)

    assert "repeated 1" in found.out and found.out.count("\n") == 1
    assert "\u202e" not in found.out + found.err


@pytest.mark.parametrize(
    "arguments",
    [["show", "ad", "\udcff"], ["show", "identity", "\udcff"], ["show", "template", ""],
     ["judge", "\udcff", "b", "same", "--why", "x"], ["ingest", "ad.jsonl", "--basis", "\udcff"],
     ["search", "\udcff"]],
)  # fmt: skip
def test_words_that_are_no_text_are_one_sentence(place, capsys, monkeypatch, arguments):
    """Bytes that are not UTF-8 on the command line are no fault of ours."""
    monkeypatch.chdir(place)
    monkeypatch.setattr(sys, "argv", ["homeward", *arguments])
    err = said(capsys, *arguments).err

    assert err.count("\n") == 1 and "unexpected" not in err


LABELS = {
    "nothing of leads": ('{"id":"1"}', "leads", "says network"),
    "other ads": ('{"id":"elsewhere","values":{"phone":[]}}', "extraction", "None of the 1 labels"),
    "values": ('{"id":"1","values":{"phone":[5]}}', "extraction", "line 1"),
    "expected": ('{"id":"1","text":"a","kind":"phone","expected":[{}]}', "extraction", "line 1"),
    "group": ('{"id":"1"}\n{"id":"1","network":[]}', "leads", "line 2"),
}


@pytest.mark.parametrize("case", LABELS)
def test_labels_that_score_nothing_are_refused(place, capsys, case):
    """Wrong labels are named with their line; a score over no ad at all is none."""
    text, what, part = LABELS[case]
    (place / "labels.jsonl").write_text(text + "\n")
    err = said(capsys, "evaluate", what, place / "labels.jsonl").err

    assert part in err and "unexpected" not in err


@pytest.mark.parametrize("now", ["garbage", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_time_that_is_none_is_named(place, capsys, monkeypatch, now):
    """A fixed time beyond the calendar is refused like one that cannot be read."""
    monkeypatch.setenv("HOMEWARD_NOW", now)
    err = said(capsys, "leads").err

    assert "HOMEWARD_NOW" in err and err.count("\n") == 1


def test_the_last_hit_is_not_followed_by_none(place, capsys):
    """A full page that is the last one does not promise more."""
    assert "more" not in said(capsys, "search", "-n", "1", "amber", code=0).out


def test_an_output_is_not_written_into_a_folder_that_is_not_there(place, capsys):
    """A backup, as an export, makes no folder, for a disk may not be connected; into one it goes."""
    for command in (["backup"], ["export", "ads"]):
        err = said(capsys, *command, "-o", place / "away" / "file").err
        assert "no folder" in err and not (place / "away").exists()
    told = said(capsys, "export", "ads", "-o", place / "out.jsonl", code=0).out
    assert told == f"Wrote 1 ads to {place / 'out.jsonl'}.\n"
    assert said(capsys, "backup", "-o", place / "whole", code=0).out.startswith("Wrote ")

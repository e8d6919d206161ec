"""The knowledge file on the command line: read, ingest and refresh take it, and say what they read again."""

import json

import pytest
from typer.testing import CliRunner

from homeward.app.cli.main import app

FILE = '[glossary.fleet]\nterms = ["blue van"]\n'
RUN = CliRunner()


@pytest.fixture
def place(tmp_path, monkeypatch):
    for name in ("HOMEWARD_KNOWLEDGE", "HOMEWARD_HOME", "HOMEWARD_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOMEWARD_WORKERS", "1")
    (tmp_path / "k.toml").write_text(FILE)
    (tmp_path / "ads.jsonl").write_text(
        json.dumps({"id": "1", "site": "a.test", "body": "a blue van"}) + "\n"
    )
    return tmp_path


def run(*words, **given):
    return RUN.invoke(app, list(map(str, words)), **given)


def test_read_takes_the_file_and_explains(place):
    line = '{"id":"1","text":"a blue van"}\n'
    assert run("read", input=line).stdout == ""
    [row] = map(
        json.loads, run("read", "--knowledge", place / "k.toml", "--explain", input=line).stdout.splitlines()
    )
    assert (row["kind"], row["value"]) == ("custom:fleet", "blue van")
    assert row["explain"]["as_written"] == "blue van"


def test_the_setting_stands_in_for_the_option(place, monkeypatch):
    monkeypatch.setenv("HOMEWARD_KNOWLEDGE", str(place / "k.toml"))
    assert "custom:fleet" in run("read", input='{"text":"a blue van"}\n').stdout


def test_a_file_that_is_not_there_or_not_right_is_one_sentence(place):
    (place / "bad.toml").write_text("[other]\nx = 1")
    for name in ("none.toml", "bad.toml"):
        done = run("read", "--knowledge", place / name, input='{"text":"x"}\n')
        assert done.exit_code in (1, 2) and "Traceback" not in done.output


def test_refresh_says_how_much_it_reads_again_before_it_does(place):
    home = ("--home", place / "ws")
    assert run("init", *home).exit_code == 0
    assert run("ingest", place / "ads.jsonl", *home).exit_code == 0
    quiet = run("refresh", *home)
    assert quiet.exit_code == 0 and "to read again" not in quiet.output
    told = run("refresh", "--knowledge", place / "k.toml", *home)
    assert "1 capture to read again" in told.output and "1 reread" in told.output
    assert "custom:fleet" in run("export", "mentions", *home).output
    assert "to read again" not in run("refresh", *home).output

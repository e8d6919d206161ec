"""The command line without a workspace: help, usage, reading texts, worlds, and what goes wrong."""

import io
import json
import os
import stat
import subprocess
import sys

import pytest
import typer.main

from homeward.app.cli import trouble
from homeward.app.cli.main import app, run
from surroundings import environment

WORKSPACE = ("ingest", "refresh", "leads", "search", "show", "export", "evaluate", "judge", "rebuild")


@pytest.fixture(autouse=True)
def person(monkeypatch, tmp_path):
    """A person of their own, with an empty folder."""
    for name in [n for n in os.environ if n.startswith("HOMEWARD_")]:
        monkeypatch.delenv(name)
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def commands(group=None, path=()):
    group = group or typer.main.get_command(app)
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


def feed(monkeypatch, text):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))


def test_every_command_has_help_with_an_example(capsys):
    """Each command says what it does, shows an example, and takes --json and, but for three, --home."""
    found = list(commands())
    assert len(found) >= 18
    for path, _ in found:
        assert run([*path, "--help"]) == 0
        text = capsys.readouterr().out
        assert "Example:" in text and f"homeward {' '.join(path)}" in text, path
        assert "--json" in text
        assert ("--home" in text) == (path[0] not in ("read", "world", "indicators"))


WRONG = [
    [], ["nonsense"], ["leads", "-n", "0"], ["world"], ["show", "person", "x"], ["export", "everything"],
    ["leads", "--nonsense"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", WRONG)
def test_wrong_usage_is_2(capsys, arguments):
    """What cannot be understood ends with 2 and names the way to the help, on standard error."""
    assert run(arguments) == 2
    said = capsys.readouterr()
    assert not said.out
    assert "--help" in said.err or "Usage" in said.err


@pytest.mark.parametrize(
    "arguments",
    [["leads"], ["refresh"], ["ingest", "x.jsonl"], ["export", "ads"], ["search", "amber"], ["serve"],
     ["show", "ad", "x"], ["rebuild", "index"], ["judge", "a", "b", "same", "--why", "x"],
     ["evaluate", "leads", "truth.jsonl"]],
)  # fmt: skip
def test_a_missing_workspace_is_one_sentence(capsys, arguments):
    """Without a workspace each command says so, and how to make one."""
    assert run([*arguments, "--home", "nowhere"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "homeward init" in said and "Traceback" not in said


def test_a_workspace_is_made_once(capsys, person):
    """Making a workspace is safe to repeat; its kind is for good; a folder with other things is refused."""
    assert run(["init", "--home", "one", "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert run(["init", "--home", "one", "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert (first["made"], again["made"], first["id"]) == (True, False, again["id"])
    assert run(["init", "--demo", "--home", "one"]) == 1
    assert "stays so" in capsys.readouterr().err

    (person / "other").mkdir()
    (person / "other" / "letter.txt").write_text("mine")
    assert run(["init", "--home", "other"]) == 1
    assert "not empty" in capsys.readouterr().err


def test_the_key_lies_apart_for_its_owner_alone(person):
    """The key is in the configuration folder with mode 600, and nowhere in the workspace."""
    assert run(["init", "--home", "one"]) == 0
    [key] = (person / "config" / "homeward").glob("*.key")

    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    secret = bytes.fromhex(key.read_text().strip())
    for path in (person / "one").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert secret not in content and secret.hex().encode() not in content


def test_texts_are_read_without_a_workspace(capsys, monkeypatch):
    """A line in, one mention a line out: part[start:end] is the raw text."""
    text = "call 7o2 five55 0134 or 702-555-0199"
    feed(monkeypatch, json.dumps({"id": "1", "text": text}).encode())

    assert run(["read"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {r["value"] for r in rows if r["kind"] == "phone"} == {"+17025550134", "+17025550199"}
    assert all(text[r["start"] : r["end"]] == r["raw"] and r["source_id"] == "1" for r in rows)
    assert set(rows[0]) == {
        "ad", "capture", "source_id", "kind", "value", "raw", "start", "end", "part", "confidence", "reader",
        "detail", "how_to_read",
    }  # fmt: skip
    assert "confidence = 0 to 1; " in rows[0]["how_to_read"] and "how_to_read" not in rows[1]


def test_bad_lines_are_named_and_the_others_go_on(capsys, monkeypatch):
    """A line that cannot be read is named with its number; good ones are read; the exit code is 1."""
    feed(
        monkeypatch,
        b'nonsense\n{"id":1}\n[]\n\n{"id":"5","text":"call 702 555 0134"}\n{"text":"\\ud800"}\n\xff\n',
    )

    assert run(["read", "-"]) == 1
    said = capsys.readouterr()
    assert "+17025550134" in said.out
    for number in (1, 2, 3, 6, 7):
        assert f"line {number} is left out" in said.err
    assert "line 5" not in said.err


def test_a_file_of_another_kind_does_not_flood_the_screen(capsys, monkeypatch):
    """The first bad lines are named, all are counted."""
    feed(monkeypatch, b"nonsense\n" * 500)

    assert run(["read", "-"]) == 1
    said = capsys.readouterr().err
    assert "line 1 is left out" in said and "line 500 " not in said and len(said.splitlines()) < 30
    assert "500 of 500 lines of - were left out" in said


def test_wrong_usage_is_whole_sentences(capsys):
    assert run(["leads", "--bogus"]) == 2
    assert "No such option: --bogus. See: homeward leads --help" in capsys.readouterr().err
    assert run(["lead"]) == 2
    assert "'read'? See: homeward --help" in capsys.readouterr().err


def test_a_wrong_file_is_one_sentence(capsys, person):
    """A missing file, a folder and a file that may not be read are each one sentence."""
    (person / "shut.jsonl").write_text("{}")
    (person / "shut.jsonl").chmod(0)
    names = ["gone.jsonl", str(person)] + (["shut.jsonl"] if os.getuid() else [])
    for name in names:
        assert run(["read", name]) == 1
        said = capsys.readouterr().err
        assert said.count("\n") == 1 and name in said


def test_a_world_is_the_same_for_the_same_seed(capsys, person):
    """The same number and seed give the same bytes; another seed others."""
    for folder, seed in (("a", "3"), ("b", "3"), ("c", "4")):
        assert run(["world", "40", "--seed", seed, "-o", folder]) == 0
    worlds = {name: (person / name / "ads.jsonl").read_bytes() for name in "abc"}

    assert worlds["a"] == worlds["b"] != worlds["c"]


def test_an_unknown_preset_is_named(capsys):
    """A preset that is not there fails and names those that are."""
    assert run(["world", "10", "--preset", "nonsense", "-o", "w"]) in (1, 2)
    assert "standard" in capsys.readouterr().err


def test_an_unexpected_error_is_one_sentence_with_a_reference(capsys, monkeypatch, person):
    """A fault of ours is one sentence; the log says where, and not what was being read."""
    from homeward.app.cli import files

    def fail(*_):
        raise KeyError("canary-91c2")

    monkeypatch.setattr(files, "_rows", fail)
    feed(monkeypatch, b'{"id":"1","text":"canary-91c2"}')
    assert run(["read"]) == 1
    said = capsys.readouterr().err
    log = (person / "state" / "homeward" / "errors.log").read_text()
    assert "reference" in said and "Traceback" not in said and "canary" not in said + log
    assert "KeyError" in log and "files.py" in log


def test_a_reader_that_hangs_up_is_no_failure(person):
    """`| head` ends the command without a word and without a traceback."""
    (person / "many.jsonl").write_text('{"id":"1","text":"call 702 555 0134"}\n' * 3000)
    command = f"{sys.executable} -m homeward.app.cli.main read many.jsonl | head -n 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, env=dict(os.environ))

    assert done.returncode == 0 and done.stderr == "" and done.stdout.count("\n") == 1


def test_help_needs_no_heavy_library():
    """Asking for help imports neither a store nor an engine: it answers at once."""
    code = (
        "import sys; from homeward.app.cli.main import run; run(['--help']); "
        "print([m for m in ('pyarrow','duckdb','fastapi','tantivy','sqlalchemy','rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["indicators"], ["read", "--help"]])
def test_an_output_that_takes_nothing_is_a_failure(capsys, monkeypatch, person, arguments):
    """A full disk is one sentence and a failure, a closed pipe its own exit code without a word; else 0."""
    read, write = os.pipe()
    os.close(read)
    outputs = {"full": open("/dev/full", "w"), "hung up": os.fdopen(write, "w"), "sound": open("out", "w")}  # noqa: SIM115, PTH123
    codes, errors = {}, {}
    for name, output in outputs.items():
        monkeypatch.setattr(sys, "stdout", output)
        codes[name] = trouble.ended(run(arguments))
        output.close()
        errors[name] = capsys.readouterr().err

    assert codes == {"full": 1, "hung up": 141, "sound": 0}
    assert "disk is full" in errors["full"] and errors["full"].count("\n") == 1
    assert errors["hung up"] == errors["sound"] == "" and (person / "out").stat().st_size

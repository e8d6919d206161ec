"""The log from outside: the command, the verifier without Homeward, a witness elsewhere, and their limits."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from homeward.app.cli.main import run
from homeward.desk import audit as desk
from homeward.model.actor import Actor

ACTOR = Actor("local:1000", "cli")
SCRIPTS = Path(__file__).resolve().parents[2] / "src" / "homeward" / "app" / "audit"


def script(name, *words, cwd):
    """Run a handed-out script with a bare interpreter: no packages, no environment, its own folder only."""
    return subprocess.run(
        [sys.executable, "-I", "-S", name, *map(str, words)], cwd=cwd, capture_output=True, text=True, env={}
    )


@pytest.fixture
def exported(own_house, tmp_path):
    """An export with its scripts, as the auditor receives it."""
    folder = tmp_path / "log"
    desk.export(ACTOR, own_house, folder)
    for name in ("verify.py", "witness.py"):
        shutil.copy(SCRIPTS / name, folder)
    return folder


@pytest.mark.trust("AUD-5")
def test_the_verifier_stands_alone(exported):
    """At most 300 lines, nothing but the standard library, and it verifies an export."""
    text = (SCRIPTS / "verify.py").read_text("utf-8")
    done = script("verify.py", "log", ".", cwd=exported)

    assert len(text.splitlines()) <= 300 and "homeward" not in text.replace("Homeward", "")
    assert done.returncode == 0 and done.stdout.startswith("verified: "), done.stderr
    assert script("verify.py", cwd=exported).returncode == 2


@pytest.mark.trust("AUD-4", "AUD-5")
@pytest.mark.parametrize(
    "damage", ["flip", "cut", "drop", "swap", "repeat", "number", "note", "key", "header", "odd", "deep"]
)
def test_the_verifier_refuses_an_altered_export(exported, damage):
    path = exported / "log.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    if damage == "flip":
        lines[2] = (
            lines[2].replace("local:", "locai:") if "local:" in lines[2] else lines[2].replace("demo", "dmeo")
        )
    elif damage == "cut":
        lines = lines[:-1]
    elif damage == "drop":
        del lines[1]
    elif damage == "swap":
        lines[1], lines[2] = lines[2], lines[1]
    elif damage == "repeat":
        lines.append(lines[-1])
    elif damage == "number":
        lines[1] = "{}\n"
    elif damage == "odd":
        lines[1] = '{"header": 1, "payload": [], "salt": null}\n'
    elif damage == "deep":
        lines[1] = "[" * 100_000 + "\n"
    elif damage == "header":
        row = json.loads(lines[0])
        lines[0] = json.dumps({**row, "salt": row["salt"][2:]}) + "\n"
    elif damage == "note":
        note = exported / "checkpoint.txt"
        note.write_text(note.read_text().replace("\n", "\n1", 1))
    else:
        (exported / "log.vkey").write_text("homeward.log/x+00000000+AQ==\n")
    path.write_text("".join(lines))
    done = script("verify.py", "log", ".", cwd=exported)

    assert done.returncode == 1 and done.stderr.startswith("NOT VERIFIED: "), done.stderr
    assert "Traceback" not in done.stderr


def by_openssl(folder):
    script = Path(__file__).with_name("by_openssl.sh")
    return subprocess.run(["bash", script, folder], capture_output=True, text=True)


@pytest.mark.trust("AUD-3", "AUD-5")
def test_openssl_comes_to_the_same_root(exported):
    """A second way, in a shell and with openssl for every hash and the signature: no line of it is ours."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    ours = script("verify.py", "log", ".", cwd=exported)
    theirs = by_openssl(exported)
    assert theirs.returncode == 0 and theirs.stdout.strip() in ours.stdout, theirs.stderr

    log = exported / "log.jsonl"
    log.write_text(log.read_text().replace("local:", "locai:", 1))
    assert by_openssl(exported).returncode != 0


@pytest.mark.trust("AUD-5")
def test_one_entry_is_proved_without_the_others(own_house, exported, tmp_path):
    """A court gets one line and its proof; another line does not fit it."""
    proof = desk.prove(ACTOR, own_house, 3)
    for name in ("entry", "proof", "key"):
        (tmp_path / name).write_text(proof[name], newline="")
    (tmp_path / "other").write_text(desk.prove(ACTOR, own_house, 2)["entry"])
    words = ("proof", tmp_path / "proof", "--key", tmp_path / "key", "--entry")

    assert script("verify.py", *words, tmp_path / "entry", cwd=exported).returncode == 0
    assert script("verify.py", *words, tmp_path / "other", cwd=exported).returncode == 1


@pytest.mark.trust("AUD-6")
def test_a_witness_keeps_what_continues_and_refuses_what_does_not(own_house, exported, tmp_path):
    """A witness elsewhere takes a grown log with its proof, and neither an older nor another one."""
    state = tmp_path / "state"
    begun = script("witness.py", state, "checkpoint.txt", "--key", "log.vkey", cwd=exported)
    size = int((exported / "checkpoint.txt").read_text().split("\n")[1])
    grown = desk.prove_growth(ACTOR, own_house, size)
    (tmp_path / "new").write_text(grown["note"], newline="")
    (tmp_path / "proof").write_text(grown["proof"])
    refused = script("witness.py", state, tmp_path / "new", cwd=exported)
    kept = script("witness.py", state, tmp_path / "new", tmp_path / "proof", cwd=exported)
    older = script("witness.py", state, "checkpoint.txt", tmp_path / "proof", cwd=exported)

    assert begun.returncode == 0 and grown["key"] in begun.stdout, begun.stderr
    assert [refused.returncode, kept.returncode, older.returncode] == [1, 0, 1]
    assert "REFUSED" in (state / "history.txt").read_text()
    assert (state / "checkpoint.txt").read_text() == grown["note"]


@pytest.mark.trust("AUD-4", "AUD-5")
def test_the_command_verifies_and_says_what_is_wrong(demo, own_house, tmp_path, monkeypatch, capsys):
    """`homeward audit verify` is 0 on a whole log, and 1 with the reason on one that was cut."""
    for name, value in {**demo.env, "XDG_STATE_HOME": str(tmp_path / "state")}.items():
        monkeypatch.setenv(name, value)
    kept = tmp_path / "kept.txt"
    kept.write_text(desk.sign(ACTOR, own_house)["note"], newline="")
    own_house.ledger.close()
    words = ["audit", "verify", "--home", str(own_house.home), "--checkpoint", str(kept)]

    assert run(words) == 0
    assert "Verified: " in capsys.readouterr().out
    with own_house.ledger.write() as tx:
        tx.exec_driver_sql("DROP TRIGGER events_no_update")
        tx.exec_driver_sql("UPDATE events SET outcome = 'failed' WHERE seq = 1")
    assert run(words) == 1
    assert "Entry 1 was changed" in capsys.readouterr().out


@pytest.mark.trust("AUD-6")
def test_a_log_that_was_put_back_is_signed_again_once_a_person_says_why(own_house):
    """Until then it is refused; the lost checkpoint is set aside and named in the event."""
    from homeward.model.errors import WorkspaceDamaged
    from homeward.store.ledger import checkpoints, notes

    with own_house.ledger.write() as tx:
        seed = checkpoints.seed(tx)
    [place] = own_house.watch.copies.places
    ahead = notes.signed(notes.Checkpoint(own_house.watch.copies.origin, 10_000, bytes(32)), seed)
    own_house.watch.copies.put(ahead, "")
    with pytest.raises(WorkspaceDamaged, match="10,000 were signed"):
        desk.sign(ACTOR, own_house)
    moved = desk.acknowledge(ACTOR, own_house, why="Restored after a drill")["moved"]

    assert [Path(path).read_text() for path in moved] == [ahead] and Path(moved[0]).parent == place
    assert desk.sign(ACTOR, own_house)["size"] > 0

"""Commands over the audit log: verify it, sign it, hand it out, prove one entry."""

from __future__ import annotations

import shutil
from datetime import tzinfo
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from homeward.app.cli.common import Home, Json, actor, add, opened
from homeward.app.cli.out import Out, plural
from homeward.model.errors import InputMissing, InputUnreadable, UsageError

NOTE_LIMIT = 1 << 20  # bytes read of a file that should hold a checkpoint
SCRIPTS = Path(__file__).parent.parent / "audit"  # verify.py and witness.py
HOW_TO = """How to verify this audit log without Homeward

  python3 verify.py log .                        every entry, against checkpoint.txt
  python3 verify.py log . --checkpoint FILE      and against a checkpoint that you kept
  python3 witness.py STATE checkpoint.txt --key log.vkey     begin to watch over it from elsewhere

Python's standard library is all that is needed. Compare log.vkey with the key that the operator reads out.
Payloads (what was searched for, reasons) stay sealed and stand here as hashes.
"""


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    audit = typer.Typer(
        help="Verify, sign and hand out the audit log.", rich_markup_mode=None, no_args_is_help=True
    )
    app.add_typer(audit, name="audit")
    _looking(audit)
    _handing_out(audit)


def _looking(audit: typer.Typer) -> None:
    @add(audit)
    def verify(
        checkpoint: Annotated[
            list[Path] | None,
            typer.Option(
                "--checkpoint", metavar="FILE", help="A checkpoint that you kept. Repeat it for more."
            ),
        ] = None,
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Check that nobody changed, cut or put back the audit log.

        Every entry is read and hashed anew, by the verifier that is handed out too. Whoever holds the
        ledger's key could rewrite a whole log: give a checkpoint that was kept elsewhere.

        Example:
          homeward audit verify --checkpoint kept/checkpoint.txt
        """
        from homeward.app.audit import verify as verifier
        from homeward.desk import audit as desk

        out = Out(as_json=json)
        kept = [_text(path) for path in checkpoint or ()]
        with opened(home) as house:
            found = desk.verify(actor(), house, verifier.check_log, kept=kept)
        for sentence in found["wrong"]:
            out.say(f"WRONG: {sentence}")
        for copy in found["copies"]:
            if copy["trouble"]:
                out.note(copy["trouble"])
        state = "NOT verified" if found["wrong"] else "Verified"
        out.say(
            f"{state}: {plural(found['entries'], 'entry', 'entries')}, {plural(found['erased'], 'payload')} "
            f"erased, against {plural(found['checkpoints'], 'signed checkpoint')}."
        )
        out.say(f"Root {found['root']}")
        out.data(found)
        if found["wrong"]:
            raise typer.Exit(1)

    @add(audit)
    def report(
        days: Annotated[int, typer.Option("--days", min=1, max=366, help="How far back.")] = 7,
        staff: Annotated[
            Path | None,
            typer.Option("--staff", metavar="FILE", help="Numbers and names of the staff, one a line."),
        ] = None,
        zone: Annotated[
            str, typer.Option("--zone", help="Where the people work, such as Europe/Rome.")
        ] = "UTC",
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Say what stood out in how people used the workspace; once a week.

        Each row is a reason to ask, and no more: most have a good answer.

        Example:
          homeward audit report --days 7 --staff staff.txt --zone Europe/Rome
        """
        from homeward.desk import misuse as desk

        out = Out(as_json=json)
        own = [line.strip() for line in _text(staff).splitlines() if line.strip()] if staff else []
        with opened(home) as house:
            found = desk.report(actor(), house, days=days, staff=own, zone=_zone(zone))
        out.table(("pattern", "who", "what"), [(f["pattern"], f["actor"], f["says"]) for f in found["flags"]])
        out.note(f"{plural(found['events'], 'event')} of {plural(found['people'], 'principal')} were read.")
        if not found["flags"]:
            out.say("Nothing stood out. That is no sign that nothing was misused.")
        out.data(found)

    @add(audit)
    def acknowledge(
        why: Annotated[str, typer.Option("--why", help="What happened; it is kept with the event.")],
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Keep that you know why the log was put back, so that it is signed again.

        Copied checkpoints of the lost log are set aside, not deleted.

        Example:
          homeward audit acknowledge --why "Restored after the disk of 3 May failed"
        """
        from homeward.desk import audit as desk

        out = Out(as_json=json)
        with opened(home) as house:
            done = desk.acknowledge(actor(), house, why=why)
        out.say(done["trouble"] or "There was nothing to acknowledge.")
        for path in done["moved"]:
            out.say(f"Set aside: {path}")
        out.data(done)


def _handing_out(audit: typer.Typer) -> None:
    @add(audit)
    def checkpoint(
        output: Annotated[str, typer.Option("-o", metavar="F", help="- is standard output.")] = "-",
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Sign what the log is now, and print the signed note.

        Keep it where those who run this workspace cannot change it.

        Example:
          homeward audit checkpoint -o /media/auditor/checkpoint.txt
        """
        from homeward.desk import audit as desk

        out = Out(as_json=json)
        with opened(home) as house:
            done = desk.sign(actor(), house)
        for sentence in done["trouble"]:
            out.note(sentence)
        _give(out, output, done["note"], done)

    @add(audit)
    def export(
        output: Annotated[Path, typer.Option("-o", metavar="DIR", help="A new or an empty folder.")],
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Write the whole log with the scripts that verify it.

        Payloads stay sealed: nothing that was searched for or read is in it.

        Example:
          homeward audit export -o log-2026-05
        """
        from homeward.desk import audit as desk

        out = Out(as_json=json)
        with opened(home) as house:
            done = desk.export(actor(), house, output)
        for name in ("verify.py", "witness.py"):
            shutil.copyfile(SCRIPTS / name, output / name)
        (output / "HOW-TO-VERIFY.txt").write_text(HOW_TO, "utf-8")
        out.say(f"Wrote {plural(done['entries'], 'entry', 'entries')} to {output}. Key: {done['key']}")
        out.data(done)

    @add(audit)
    def prove(
        entry: Annotated[
            int | None, typer.Argument(metavar="[ENTRY]", help="The number of one entry.")
        ] = None,
        since: Annotated[
            int | None, typer.Option("--from", metavar="SIZE", help="The size of a witness's checkpoint.")
        ] = None,
        output: Annotated[Path, typer.Option("-o", metavar="DIR", help="Where the files go.")] = Path(),
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Prove one entry without showing the others, or that the log continues an older one.

        Example:
          homeward audit prove 512 -o proof
          homeward audit prove --from 480 -o for-the-witness
        """
        from homeward.desk import audit as desk

        out = Out(as_json=json)
        if (entry is None) == (since is None):
            raise typer.BadParameter("Name one entry, or a size with --from.")
        with opened(home) as house:
            if entry is not None:
                done = desk.prove(actor(), house, entry)
                files = {"entry.jsonl": done["entry"], "entry.tlog-proof": done["proof"]}
            else:
                done = desk.prove_growth(actor(), house, since or 0)
                files = {"checkpoint.txt": done["note"], "consistency.txt": done["proof"]}
        output.mkdir(parents=True, exist_ok=True)
        for name, text in {**files, "log.vkey": f"{done['key']}\n"}.items():
            (output / name).write_text(text, "utf-8", newline="")
        out.say(f"Wrote {', '.join(files)} and log.vkey to {output}.")
        out.data(done)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(
            f"There is no time zone called {name[:40]}.", remedy="Write it as Europe/Rome."
        ) from None


def _give(out: Out, output: str, text: str, done: dict[str, object]) -> None:
    if output == "-":
        for line in text.split("\n")[:-1]:
            out.say(line)
    else:
        Path(output).write_text(text, "utf-8", newline="")
        out.say(f"Wrote {output}.")
    out.data(done)


def _text(path: Path) -> str:
    """Return the text of a note somebody kept; line ends as they are."""
    try:
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            return file.read(NOTE_LIMIT)
    except FileNotFoundError:
        raise InputMissing(str(path)) from None
    except OSError as error:
        raise InputUnreadable(str(path), (error.strerror or "refused").lower()) from None

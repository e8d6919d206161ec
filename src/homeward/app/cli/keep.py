"""Commands that run and keep a workspace: serve, doctor, and those that a later version brings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from homeward.app.cli.common import Home, Json, actor, add, opened, settings_of
from homeward.app.cli.out import Out, plural
from homeward.model.errors import UsageError

PORT = 8470


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""

    @add(app)
    def serve(
        port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes any free port.")] = PORT,
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Serve the interface on this machine only, until stopped.

        It listens on loopback: no other machine can reach it.

        Example:
          homeward serve --port 8470
        """
        from homeward.app.serving import serve as run

        run(settings_of(home), port=port, out=Out(as_json=json))

    @add(app)
    def doctor(
        scrub: Annotated[
            bool, typer.Option("--scrub", help="Read every byte anew and look for damage; once a week.")
        ] = False,
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Check the workspace: versions, disk encryption, the key's permissions, index against lake.

        Example:
          homeward doctor
          homeward doctor --scrub
        """
        from homeward.app.doctor import examine

        out = Out(as_json=json)
        if scrub:
            _scrub(out, home)
            return
        checks = examine(settings_of(home))
        out.table(("", "check", "what was found"), [(c["state"], c["check"], c["found"]) for c in checks])
        out.data({"checks": checks})
        if any(c["state"] == "bad" for c in checks):
            raise typer.Exit(1)

    _backups(app)
    _key(app)


def _backups(app: typer.Typer) -> None:
    @add(app)
    def backup(
        output: Annotated[
            Path | None,
            typer.Option("-o", metavar="FILE", help="A new file, or a folder; else where backups are kept."),
        ] = None,
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Write the whole workspace into one encrypted file, while it is in use.

        The workspace's own key opens it: keep a copy of that key apart from the backup. In a folder the file
        is named after the workspace and the time, so that a schedule needs no names.

        Example:
          homeward backup -o /media/backups/2026-05-03.homeward
          homeward backup -o /media/backups
        """
        from homeward.desk import backups as desk

        out = Out(as_json=json)
        if output is not None and not (folder := output.absolute().parent).is_dir():
            # A disk that is not there: its place would be filled instead.
            raise UsageError(f"There is no folder {folder}.", remedy="Make it, or connect the disk, first.")
        with opened(home) as house:
            done = desk.backup(actor(), house, output or desk.new_name(house, settings_of(home).backups))
        out.say(
            f"Wrote {plural(done['files'], 'file')} into {done['file']}, "
            f"{done['size'] / 1e6:.1f} MB, encrypted."
        )
        out.data(done)

    @add(app)
    def backups(
        renew: Annotated[
            bool, typer.Option("--renew", help="Make a new one, then destroy those that hold erased ads.")
        ] = False,
        home: Home = None,
        json: Json = False,
    ) -> None:
        """List the backups where they are kept, and which still hold what was erased since.

        A served workspace renews them by itself, a day after an erasure.

        Example:
          homeward backups
          homeward backups --renew
        """
        from homeward.desk import backups as desk

        out, folder = Out(as_json=json), settings_of(home).backups
        with opened(home) as house:
            done = desk.renew(actor(), house, folder) if renew else None
            found = desk.kept(actor(), house, folder)
        if done is not None:
            out.say(f"Destroyed {plural(len(done['destroyed']), 'backup')} that held erased ads.")
        rows = [(b["file"], b["made"], "holds erased ads" if b["stale"] else "") for b in found["backups"]]
        out.table(("file", "made", ""), rows)
        out.data({**found, **(done or {})})

    @add(app)
    def restore(
        file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Make a workspace from a backup, in a folder that is new or empty.

        What was done since the backup is not in it; that it was restored is written into the audit log.

        Example:
          homeward restore /media/backups/2026-05-03.homeward --home ./restored
        """
        from homeward.app import compose
        from homeward.desk import backups as desk

        out, settings = Out(as_json=json), settings_of(home)
        made = compose.restore(settings, file)
        with out.progress("Restoring") as progress, opened(home) as house:
            done = desk.restored(actor(), house, made=made, name=file.name, progress=progress)
        out.say(f"Restored into {settings.home}: {plural(done['ads'], 'ad')}, as of {made}.")
        for sentence in (done["lost"], *done["wrong"]):
            if sentence:
                out.say(sentence)
        out.data(done)
        if done["wrong"]:
            raise typer.Exit(1)


def _key(app: typer.Typer) -> None:
    key = typer.Typer(help="The key of the ledger.", rich_markup_mode=None, no_args_is_help=True)
    app.add_typer(key, name="key")

    @add(key)
    def ask(
        why: Annotated[str, typer.Option("--why", help="The reason; it is kept.")],
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Ask a supervisor to agree, within 24 hours, that the key of now is changed.

        Example:
          homeward key ask --why "who kept a copy has left"
        """
        from homeward.desk import rekeying as desk

        out = Out(as_json=json)
        with opened(home) as house:
            asked = desk.ask(actor(), house, why=why)
        out.say("Asked. A supervisor agrees on the screen of requests; then: homeward key rotate")
        out.data(asked)

    @add(key)
    def rotate(home: Home = None, json: Json = False) -> None:
        """Change the key of the ledger; stop the server first.

        Backups made before open with the old key, which is kept beside the new one. Where people have
        accounts, a supervisor must have agreed. Interrupted at any moment, the workspace still opens.

        Example:
          homeward key rotate
        """
        from homeward.desk import rekeying as desk

        out, settings = Out(as_json=json), settings_of(home)
        if settings.key is not None:
            raise UsageError(
                "The key comes from HOMEWARD_KEY, which no command can change.",
                remedy="Unset it and put the key into its file.",
            )
        with opened(home) as house:
            done = desk.rotate(actor(), house, settings.config)
        out.say(
            f"The ledger's key is {done['new']} now, no longer {done['old']}. Copy the new key file to where"
        )
        out.say("you keep such copies, and make a backup: those made before open with the old key only.")
        out.data(done)


def _scrub(out: Out, home: Path | None) -> None:
    from homeward.desk import backups as desk

    settings = settings_of(home)
    with opened(home) as house:
        done = desk.scrub(actor(), house, settings.config, key_in_file=settings.key is None)
    for sentence in done["wrong"]:
        out.say(f"DAMAGED: {sentence}")
    read = f"{plural(done['files'], 'file')} ({done['size'] / 1e6:.1f} MB)"
    out.say(
        f"Read {read} and {plural(done['entries'], 'entry', 'entries')} of the log: "
        f"{plural(len(done['wrong']), 'thing')} damaged; {done['first_time']:,} read for the first time."
    )
    out.data(done)
    if done["wrong"]:
        raise typer.Exit(1)

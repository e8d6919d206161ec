"""Commands that run and keep a workspace: serve, doctor, and those that a later version brings."""

from __future__ import annotations

from typing import Annotated

import typer

from homeward.app.cli.common import Home, Json, add, settings_of
from homeward.app.cli.out import Out
from homeward.model.errors import HomewardError

LATER = {
    "backup": "Copy a workspace's ledger and lake to a backup",
    "restore": "Make a workspace from a backup",
    "user": "Manage the accounts of a team",
}
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
    def doctor(home: Home = None, json: Json = False) -> None:
        """Check the workspace: versions, disk encryption, the key's permissions, index against lake.

        Example:
          homeward doctor
        """
        from homeward.app.doctor import examine

        out = Out(as_json=json)
        checks = examine(settings_of(home))
        out.table(("", "check", "what was found"), [(c["state"], c["check"], c["found"]) for c in checks])
        out.data({"checks": checks})
        if any(c["state"] == "bad" for c in checks):
            raise typer.Exit(1)

    for name, what in LATER.items():
        _later(app, name, what)


def _later(app: typer.Typer, name: str, what: str, *, full: str = "") -> None:
    """Register a command that answers "not yet"."""

    def later(
        arguments: Annotated[list[str] | None, typer.Argument(hidden=True)] = None,
        home: Home = None,
        json: Json = False,
    ) -> None:
        raise HomewardError(f"`homeward {full or name}` is not there yet: a later version brings it.")

    later.__doc__ = f"{what}: not there yet.\n\nExample:\n  homeward {full or name}"
    add(app, name, context_settings={"ignore_unknown_options": True})(later)

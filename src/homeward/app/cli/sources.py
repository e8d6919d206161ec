"""Commands over sources: where ads may come from, and on which legal basis."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from homeward.app.cli.common import Home, Json, actor, add, opened
from homeward.app.cli.out import Out, when
from homeward.model.capture import SOURCE_KINDS

Kind = StrEnum("Kind", {name: name for name in SOURCE_KINDS})  # type: ignore[misc]
Name = Annotated[str, typer.Argument(metavar="NAME", help="Small letters, digits, dots and dashes.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    source = typer.Typer(
        help="Where ads may come from, and on which basis.", rich_markup_mode=None, no_args_is_help=True
    )
    app.add_typer(source, name="source")

    @add(source, "add")
    def add_source(
        name: Name,
        kind: Annotated[Kind, typer.Option("--kind", help="A site, a feed, files, or by hand.")],
        basis: Annotated[str, typer.Option("--basis", help="The legal basis of taking ads in from it.")],
        dpia: Annotated[
            str, typer.Option("--dpia", help="The reference of the data-protection impact assessment.")
        ],
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Register a source, so that ads may be taken in from it.

        Example:
          homeward source add listings.example --kind site --basis "order 12" --dpia "DPIA 2026-4"
        """
        from homeward.desk import sources as desk

        out = Out(as_json=json)
        with opened(home) as house:
            made = desk.register(actor(), house, name, kind=str(kind), basis=basis, dpia=dpia)
        out.say(f"Registered {name}. Take ads in with: homeward ingest FILE --source {name}")
        out.data(made)

    @add(source, "list")
    def list_sources(home: Home = None, json: Json = False) -> None:
        """List the sources, and what was loaded from each on which basis.

        Example:
          homeward source list
        """
        from homeward.desk import sources as desk

        out = Out(as_json=json)
        with opened(home) as house:
            found = desk.listing(actor(), house)
        out.table(
            ("source", "kind", "basis", "DPIA", "by", "ended"),
            [(r["name"], r["kind"], r["basis"], r["dpia"], r["by"], when(r["ended_at"]))
             for r in found["sources"]],
        )  # fmt: skip
        if found["loads"]:
            out.say()
        out.table(
            ("loaded", "source", "file", "basis", "DPIA"),
            [(when(r["at"]), r["source"], r["file_sha256"][:12], r["basis"], r["dpia"])
             for r in found["loads"]],
        )  # fmt: skip
        out.data(found)

    @add(source, "end")
    def end_source(
        name: Name,
        why: Annotated[str, typer.Option("--why", help="The reason; it is kept.")],
        home: Home = None,
        json: Json = False,
    ) -> None:
        """End a source: nothing more is taken in from it; what came from it stays.

        Example:
          homeward source end listings.example --why "the order has run out"
        """
        from homeward.desk import sources as desk

        out = Out(as_json=json)
        with opened(home) as house:
            done = desk.end(actor(), house, name, why=why)
        out.say(f"Ended {name}.")
        out.data(done)

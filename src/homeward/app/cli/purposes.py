"""Commands over the closed list of purposes."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from homeward.app.cli.common import Home, Json, actor, add, opened
from homeward.app.cli.out import Out
from homeward.model.actor import Role
from homeward.model.purposes import ADDED_ROLES

AddedRole = StrEnum("AddedRole", {role.name: role.value for role in sorted(ADDED_ROLES)})  # type: ignore[misc]
Name = Annotated[str, typer.Argument(metavar="NAME", help="Small letters, digits and dashes.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    purpose = typer.Typer(
        help="For which purposes one may look.", rich_markup_mode=None, no_args_is_help=True
    )
    app.add_typer(purpose, name="purpose")

    @add(purpose, "list")
    def list_purposes(home: Home = None, json: Json = False) -> None:
        """List the purposes, those that two people added, and those that wait for the second.

        Example:
          homeward purpose list
        """
        from homeward.desk import people as desk

        out = Out(as_json=json)
        with opened(home) as house:
            found = desk.table(actor(), house)
        told = {name: found[name] for name in ("purposes", "added", "pending")}
        out.table(
            ("purpose", "roles", "needs a case"),
            [(p["purpose"], ", ".join(p["roles"]), "yes" if p["needs_case"] else "")
             for p in found["purposes"]],
        )  # fmt: skip
        for row in found["added"]:
            ended = f", ended by {row['ended_by']}" if row["ended_at"] else ""
            out.say(f"Added by {row['by']} and {row['agreed_by']}: {row['name']} ({row['says']}){ended}")
        for row in found["pending"]:
            out.say(f"Waits for a second person: {row['name']} ({row['says']}), asked by {row['by']}")
        out.data(told)

    @add(purpose, "add")
    def add_purpose(
        name: Name,
        says: Annotated[str, typer.Option("--says", help="What it is for, in a sentence.")],
        role: Annotated[list[AddedRole], typer.Option("--role", help="Who may state it; repeatable.")],
        ask: Annotated[str, typer.Option("--ask", metavar="WHY", help="Ask a supervisor to agree.")] = "",
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Add a purpose, once a supervisor agreed to its very words; it is always stated for a case.

        There is none for enforcement against advertised persons, for immigration, or for screening by
        landlords, banks or employers: words that say so are refused. It stands in the audit report.

        Example:
          homeward purpose add aftercare --says "Plan aftercare" --role analyst --ask "asked by our partner"
        """
        from homeward.desk import purposes as desk

        out = Out(as_json=json)
        roles = [Role(one.value) for one in role]
        with opened(home) as house:
            if ask:
                out.data(desk.ask(actor(), house, name, says, roles, why=ask))
                out.say("Asked. A supervisor agrees on the screen People; then repeat it without --ask.")
                return
            made = desk.add(actor(), house, name, says, roles)
        out.say(f"Added {name}, as {made['agreed_by']} agreed.")
        out.data(made)

    @add(purpose, "end")
    def end_purpose(
        name: Name,
        why: Annotated[str, typer.Option("--why", help="The reason; it is kept.")],
        home: Home = None,
        json: Json = False,
    ) -> None:
        """End a purpose that was added: nobody states it any more.

        Example:
          homeward purpose end aftercare --why "the project is over"
        """
        from homeward.desk import purposes as desk

        out = Out(as_json=json)
        with opened(home) as house:
            done = desk.end(actor(), house, name, why=why)
        out.say(f"Ended {name}.")
        out.data(done)

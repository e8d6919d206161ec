"""Commands for the people of a workspace: invite them, give them roles, cut them off."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from homeward.app.cli.common import Home, Json, actor, add, opened, settings_of
from homeward.app.cli.out import Out
from homeward.model.actor import ACCOUNT_ROLES, Role
from homeward.model.errors import UsageError

PORT = 8470
AccountRole = StrEnum("AccountRole", {role.name: role.value for role in ACCOUNT_ROLES})  # type: ignore[misc]
Name = Annotated[str, typer.Argument(metavar="NAME", help="The account's name: small letters and digits.")]
Where = Annotated[
    str, typer.Option("--address", metavar="URL", help="Where the workspace is served.")
]  # fmt: skip
ADDRESS = f"http://localhost:{PORT}"


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    user = typer.Typer(help="The accounts of a team.", rich_markup_mode=None, no_args_is_help=True)
    app.add_typer(user, name="user")

    @add(user, "add")
    def add_user(
        name: Name,
        role: Annotated[AccountRole, typer.Option("--role", help="What the person is here.")],
        display: Annotated[str, typer.Option("--display", help="The person's name as shown.")] = "",
        temporary: Annotated[bool, typer.Option("--temporary", help="For 72 hours only.")] = False,
        address: Where = ADDRESS,
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Invite a person: prints a link, which opens once, within 72 hours.

        From the first account on everybody signs in. There is no default account and no default password.

        Example:
          homeward user add ada --role administrator
        """
        from homeward.desk import people as desk

        out = Out(as_json=json)
        with opened(home) as house:
            made = desk.invite(actor(), house, name, Role(role.value), display=display, temporary=temporary)
        link = f"{address.rstrip('/')}/join#{made.pop('token')}"
        out.say(f"Invited {name} as {role.value}. Hand over this link, which opens once:\n{link}")
        out.data({**made, "link": link})

    @add(user, "list")
    def list_users(home: Home = None, json: Json = False) -> None:
        """List the accounts: name, role, state, last seen.

        Example:
          homeward user list
        """
        from homeward.desk import people as desk

        out = Out(as_json=json)
        with opened(home) as house:
            found = desk.listing(actor(), house)
        rows = [(p["name"], p["role"], p["state"], str(p["seen_at"] or "never")) for p in found["people"]]
        out.table(("name", "role", "state", "last signed in"), rows)
        out.data(found)

    @add(user, "link")
    def link_user(
        name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="The account's name.")] = None,
        demo: Annotated[bool, typer.Option("--demo", help="A link into a demo workspace.")] = False,
        address: Where = ADDRESS,
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Print a new link: for somebody who lost password or device, or into a demo workspace.

        The account's password, second factor and sessions end with it.

        Example:
          homeward user link ada
        """
        from homeward.desk import doors, people

        if (name is None) is not demo:
            raise UsageError("Name an account, or say --demo.")
        out = Out(as_json=json)
        with opened(home) as house:
            if name is None:
                token = doors.demo_link(actor(), house)
            else:
                token = people.renew(actor(), house, name)["token"]
        link = f"{address.rstrip('/')}/join#{token}"
        out.say(f"Hand over this link, which opens once:\n{link}")
        out.data({"name": name or "demo", "link": link})

    @add(user, "role")
    def role_of_user(
        name: Name,
        role: Annotated[AccountRole, typer.Argument(metavar="ROLE", help="The new role.")],
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Give an account another role; its sessions end.

        Example:
          homeward user role ben case-lead
        """
        from homeward.desk import people as desk

        out = Out(as_json=json)
        with opened(home) as house:
            made = desk.set_role(actor(), house, name, Role(role.value))
        out.say(f"{name} is {role.value} from now on.")
        out.data(made)

    @add(user, "disable")
    def disable_user(name: Name, home: Home = None, json: Json = False) -> None:
        """Cut an account off: its sessions end now. What it did stays written down.

        Example:
          homeward user disable ben
        """
        from homeward.desk import people as desk

        out = Out(as_json=json)
        with opened(home) as house:
            made = desk.disable(actor(), house, name)
        out.say(f"{name} is cut off.")
        out.data(made)

    @add(user, "provider")
    def provider_of_user(
        name: Name,
        subject: Annotated[
            str | None, typer.Option("--subject", help="The subject (sub) of the person there.")
        ] = None,
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Say who an account is at the identity provider of HOMEWARD_PROVIDER; without --subject, nobody.

        A person who tries to sign in there before that is told their subject.

        Example:
          homeward user provider ann --subject 8f1c2d
        """
        from homeward.desk import people as desk

        provider = settings_of(home).provider
        if provider is None:
            raise UsageError("There is no identity provider.", remedy="Set HOMEWARD_PROVIDER first.")
        out = Out(as_json=json)
        with opened(home) as house:
            made = desk.name_at_provider(actor(), house, name, provider.issuer, subject)
        out.say(f"{name} is subject {subject} there." if subject else f"{name} is nobody there any more.")
        out.data(made)

"""Make the pages under docs/reference/ from the code they describe; `--check` only compares.

python tools/make_docs.py [--check]
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path

from generated import keep

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "reference"
MADE = "<!-- made by tools/make_docs.py; do not edit -->\n"


def row(*cells: object) -> str:
    return "| " + " | ".join(str(c).replace("|", "\\|").replace("\n", " ") for c in cells) + " |\n"


def head(*cells: str) -> str:
    return row(*cells) + "|" + "---|" * len(cells) + "\n"


def sentence(thing: object) -> str:
    """The first paragraph of a docstring, on one line."""
    text = inspect.getdoc(thing) or ""
    return " ".join(text.split("\n\n")[0].split())


def commands() -> str:
    """Every command, its help and its options, as the command line itself says them."""
    import typer.main

    from homeward.app.cli.main import app

    group = typer.main.get_command(app)
    text = "# Commands\n\nEvery command takes `--home DIR` and has `--help` with an example. Exit codes: 0 done, 1 a failure named on standard error, 2 wrong usage.\n"
    for name, command in walk(group, ()):
        text += f"\n## `homeward {' '.join(name)}`\n\n"
        text += (command.help or "").replace("\b\n", "").strip() + "\n\n"
        options = [p for p in command.params if p.name != "help"]
        if options:
            text += head("option", "meaning")
            for option in options:
                said = ", ".join(f"`{o}`" for o in [*option.opts, *option.secondary_opts])
                text += row(
                    said if option.param_type_name == "option" else f"`{(option.name or '').upper()}`",
                    getattr(option, "help", "") or "",
                )
    return text


def walk(group: object, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], object]]:
    found: list[tuple[tuple[str, ...], object]] = []
    for name, command in sorted(group.commands.items()):  # type: ignore[attr-defined]
        if hasattr(command, "commands"):
            found += walk(command, (*path, name))
        else:
            found.append(((*path, name), command))
    return found


def tables() -> str:
    """Every lake table and its columns."""
    from homeward.model import schema

    text = "# Tables\n\nWhat the lake keeps. Precious tables cannot be made again; every other can.\n"
    for name, columns in schema.TABLES.items():
        text += f"\n## `{name}`{' (precious)' if name in schema.PRECIOUS else ''}\n\n" + head(
            "column", "type"
        )
        for field in columns:
            text += row(f"`{field.name}`", field.type)
    return text


def events() -> str:
    """Every act that is written to the ledger."""
    from homeward.model.event import Act, Event

    text = f"# Events\n\n{sentence(Event)} Each carries the time, the actor, the door, the objects, the outcome and a detail.\n\n"
    text += head("act")
    return text + "".join(row(f"`{act.value}`") for act in Act)


def errors() -> str:
    """The family of errors."""
    from homeward.model import errors as module

    text = "# Errors\n\n" + (module.__doc__ or "").split("\n\n")[0] + "\n\n" + head("error", "situation")
    for name, kind in vars(module).items():
        if inspect.isclass(kind) and issubclass(kind, module.HomewardError):
            text += row(f"`{name}`", sentence(kind))
    return text


def settings() -> str:
    """Every environment variable."""
    from homeward.app.settings import VARIABLES

    text = (
        "# Settings\n\nRead from the environment, in one place; the command line's own options go first.\n\n"
    )
    return text + head("variable", "meaning") + "".join(row(f"`{n}`", m) for n, m in VARIABLES)


def indicators() -> str:
    """Every indicator with its source, and those left out with the reason."""
    from homeward.connect.indicators import all_indicators

    text = (
        "# Indicators\n\nEach is one rule over a linked group of ads. `tested` means tested on known outcomes in the "
        "one study named, per ad; see [What the evidence allows](../explanation/evidence.md).\n\n"
    )
    text += head("indicator", "says", "direction", "strength", "family", "source", "date")
    for i in all_indicators():
        if i.rule is not None:
            text += row(f"`{i.id}`", i.sentence, i.direction, i.strength, i.family, i.source, i.date)
    text += "\n## Left out, on purpose\n\n" + head("indicator", "says", "reason", "source")
    return text + "".join(
        row(f"`{i.id}`", i.sentence, i.off, i.source) for i in all_indicators() if i.rule is None
    )


def kinds() -> str:
    """Every kind of mention: its reader and its rule."""
    from homeward.extract.read import MODULES

    text = (
        "# Kinds of mention\n\nA mention is one thing an ad says, with the exact characters it was read from: "
        "`part[start:end] == raw`. Each reader's rule, as its code states it:\n"
    )
    for module in MODULES:
        text += f"\n## `{module.READER}`\n\n{inspect.cleandoc(module.__doc__ or '')}\n"
    return text


def permissions() -> str:
    """The table of permission: every act, who may do it, and what it takes."""
    from homeward.model import permission as module
    from homeward.model.actor import Purpose

    text = f"# Permissions\n\n{inspect.cleandoc(module.__doc__ or '')}\n\n" + head(
        "act", "says", "roles", "a case must be", "takes"
    )
    for name, rule in sorted(module.TABLE.items()):
        takes = [
            "a purpose" if rule.purpose else "", "a fresh proof of who one is" if rule.step_up else "",
            "a second person" if rule.second else "",
            {True: "only one's own", False: "never one's own", None: ""}[rule.own],
        ]  # fmt: skip
        related = ", ".join(sorted(rule.case)) if rule.case else ""
        for role, ones in (rule.also or {}).items():
            related += f"; for a {role} also {', '.join(sorted(ones - (rule.case or frozenset())))}"
        text += row(
            f"`{name}`", rule.says, ", ".join(sorted(rule.roles)), related, ", ".join(t for t in takes if t)
        )
    text += f"\n## Purposes\n\n{inspect.getdoc(Purpose)}\n\n" + head("purpose", "needs a case", "roles")
    for purpose in Purpose:
        roles = sorted(role for role, ones in module.PURPOSES.items() if purpose in ones)
        text += row(f"`{purpose}`", "yes" if purpose in module.NEED_A_CASE else "", ", ".join(roles))
    return text


MAKERS: dict[str, Callable[[], str]] = {
    "commands": commands, "tables": tables, "events": events, "errors": errors, "settings": settings,
    "indicators": indicators, "kinds": kinds, "permissions": permissions,
}  # fmt: skip


def main() -> int:
    """Write the pages, or compare them."""
    return keep({PAGES / f"{name}.md": MADE + make() for name, make in MAKERS.items()})


if __name__ == "__main__":
    raise SystemExit(main())

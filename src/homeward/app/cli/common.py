"""What every command shares: its options, opening the workspace, and one sentence for every failure."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from homeward.app.cli import trouble

if TYPE_CHECKING:
    from homeward.app.cli.out import Out
    from homeward.app.settings import Settings
    from homeward.house import House
    from homeward.model.actor import Actor

Home = Annotated[
    Path | None,
    typer.Option(
        "--home", metavar="DIR", help="The workspace's folder; else HOMEWARD_HOME.", show_default=False
    ),
]
Knowledge = Annotated[
    Path | None,
    typer.Option(
        "--knowledge", metavar="FILE", show_default=False,
        help="Your agency's own words and patterns, a YAML file; else HOMEWARD_KNOWLEDGE.",
    ),
]  # fmt: skip
Json = Annotated[bool, typer.Option("--json", help="Print machine-readable JSON.")]
Count = Annotated[int, typer.Option("-n", min=1, max=10_000, help="How many to print.")]

Ask = Annotated[
    str, typer.Option("--ask", metavar="WHY", help="Do nothing; ask a supervisor to agree to exactly this.")
]


def guarded(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn whatever a command raises into one sentence and an exit code."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except (typer.Exit, typer.TyperException):
            raise
        except BrokenPipeError:
            raise typer.Exit(trouble.hang_up()) from None
        except BaseException as error:
            if isinstance(error, SystemExit | GeneratorExit):
                raise
            raise typer.Exit(trouble.complain(error)) from None

    return run


def add(
    app: typer.Typer, name: str = "", **options: Any
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a command, guarded; a docstring's lines are kept as they are written."""

    def register(command: Callable[..., Any]) -> Callable[..., Any]:
        text = (command.__doc__ or "").strip()
        first, _, rest = text.partition("\n\n")
        blocks = [first, *(f"\b\n{block}" for block in _dedent(rest).split("\n\n") if block.strip())]
        app.command(name or command.__name__.replace("_", "-"), help="\n\n".join(blocks), **options)(
            guarded(command)
        )
        return command

    return register


def _dedent(text: str) -> str:
    import inspect

    return inspect.cleandoc(text)


def settings_of(home: Path | None) -> Settings:
    """Read the settings; the `--home` option goes first."""
    from homeward.app.settings import load

    return load(home=home)


def actor() -> Actor:
    """Who acts on the command line: the system's user, by number."""
    from homeward.model.actor import Actor

    return Actor(f"local:{os.getuid()}", "cli")


def asked(out: Out, made: dict[str, Any]) -> None:
    """Say that a second person was asked, and what is next."""
    out.say("Asked. A supervisor agrees on the screen People; then repeat it without --ask.")
    out.data(made)


def _note(line: str) -> None:
    sys.stderr.write(f"{line}\n")


@contextmanager
def opened(home: Path | None) -> Iterator[House]:
    """Open the workspace and close it again; what was changed is backed up, if it is time."""
    from homeward.app import compose
    from homeward.desk import hourly

    settings = settings_of(home)
    with compose.opened(settings) as house:
        yield house
        folder = settings.hourly(house.kind)
        if folder is not None:
            few = settings.named_backups is None
            if wrong := hourly.after_a_command(house, folder, _note, few=few):
                _note(f"homeward: ALARM: {wrong}")


def knowledge_source(given: Path | None) -> tuple[bytes, str] | None:
    """Return the bytes and name of the knowledge file that the option or the setting names, if one does."""
    from homeward.extract.knowledge.agency import LARGEST
    from homeward.model.errors import InputMissing, InputUnreadable

    path = given or settings_of(None).knowledge
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1), path.name
    except FileNotFoundError:
        raise InputMissing(str(path)) from None
    except OSError as error:
        raise InputUnreadable(str(path), (error.strerror or "refused").lower()) from None


def put_in_force(house: House, given: Path | None) -> None:
    """Put the knowledge file that the option or the setting names in force; without one nothing changes."""
    from homeward.desk import supply

    if (source := knowledge_source(given)) is not None:
        supply.use_knowledge(actor(), house, source[0], name=source[1])

"""The command line's entry: every command, registered; importing this must stay quick."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from typing import Annotated

import typer

from homeward import __version__
from homeward.app.cli import (
    audit,
    files,
    give,
    keep,
    look,
    people,
    purposes,
    records,
    sources,
    train,
    trouble,
    work,
)

DESCRIPTION = (
    "Find victims of human trafficking, and the people who control them, in very large numbers of online "
    "ads. What it prints are leads, not findings."
)
app = typer.Typer(
    name="homeward", help=DESCRIPTION, rich_markup_mode=None, add_completion=False, no_args_is_help=True,
    pretty_exceptions_enable=False,  # its traces show values, and values are ads
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)  # fmt: skip


def _version(value: bool) -> None:
    if value:
        typer.echo(f"homeward {__version__}")
        raise typer.Exit(0)


@app.callback(epilog="Begin with: homeward init --demo, or read the README.")
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Take the options that come before a command."""


for room in (work, look, give, files, keep, audit, records, sources, people, purposes, train):
    room.register(app)


@cache
def _command() -> Callable[..., object]:
    """The command with all commands below it, made once a process."""
    return typer.main.get_command(app)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    try:
        code = _command()(args=list(arguments), prog_name="homeward", standalone_mode=False)
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        if type(error).__name__ == "NoArgsIsHelpError":  # no command given: the help is the answer
            sys.stderr.write(error.format_message() + "\n")
            return trouble.WRONG_USAGE
        path = context.command_path if context is not None else "homeward"
        said = error.format_message().rstrip()
        sys.stderr.write(
            f"homeward: {said if said.endswith(('.', '?', '!')) else f'{said}.'} See: {path} --help\n"
        )
        return trouble.WRONG_USAGE
    except BrokenPipeError:
        return trouble.hang_up()
    except SystemExit:  # a closed pipe again, as the library that prints a help puts it
        return trouble.hang_up()
    except OSError as error:  # what printing a help or the version met: a command says its own
        return trouble.complain(error)
    except (typer.Abort, KeyboardInterrupt) as error:
        return trouble.complain(KeyboardInterrupt()) if error else trouble.INTERRUPTED
    return code if isinstance(code, int) else 0


# Rows of ads and mentions are millions of small objects that never refer to each other in circles: looking
# for circles every 700 of them, as Python does by default, takes a third of the time of an ingest.
CIRCLES_EVERY = 200_000


def main() -> None:
    """Run the command line of this process."""
    gc.freeze()
    gc.set_threshold(CIRCLES_EVERY, 20, 20)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller (`>&-`): nobody listens
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    code = run(sys.argv[1:])
    sys.exit(trouble.ended(code))


if __name__ == "__main__":
    main()

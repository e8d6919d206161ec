"""Commands that hand results on: export, evaluate."""

from __future__ import annotations

import errno
import glob
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from homeward.app.cli.common import Ask, Home, Json, actor, add, asked, opened
from homeward.app.cli.out import Out, share
from homeward.model.errors import StorageFull, UsageError
from homeward.store import disk


class Exported(StrEnum):
    """What can be exported."""

    ADS = "ads"
    MENTIONS = "mentions"
    TEMPLATES = "templates"
    IDENTITIES = "identities"
    LEADS = "leads"


class Form(StrEnum):
    """How it is written."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


class Scored(StrEnum):
    """What can be scored."""

    EXTRACTION = "extraction"
    TEMPLATES = "templates"
    IDENTITIES = "identities"
    LEADS = "leads"


class LevelName(StrEnum):
    """One advertised person, or one operator."""

    PERSONA = "persona"
    NETWORK = "network"


LevelOption = Annotated[LevelName, typer.Option("--level", help="persona or network.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""

    @add(app)
    def export(
        what: Annotated[Exported, typer.Argument(metavar="ads|mentions|templates|identities|leads")],
        format: Annotated[Form, typer.Option("--format", help="jsonl, csv or parquet.")] = Form.JSONL,
        output: Annotated[str, typer.Option("-o", metavar="F", help="- is standard output.")] = "-",
        level: LevelOption = LevelName.NETWORK,
        all_captures: Annotated[
            bool, typer.Option("--all-captures", help="Mentions of every capture, not the latest alone.")
        ] = False,
        to: Annotated[str, typer.Option("--to", help="Who gets it.")] = "",
        basis: Annotated[str, typer.Option("--basis", help="The legal basis.")] = "",
        ask: Ask = "",
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Write ads, mentions, templates, identities or leads to a file.

        The same workspace gives the same bytes. Numbers that rules or readers chose (confidence, weight,
        score) are explained in the file, once: in `how_to_read` of the first row of JSON Lines and CSV, in
        the metadata of Parquet. Leads stand as the ads alone ranked them: what people found out since
        changes the queue and no export. Cells of a CSV never run as formulas. Which ads it names is
        written into the list of disclosures: see `homeward records recipients`. Where people have
        accounts, a supervisor agrees first to exactly this export, within 24 hours and once: ask with --ask.

        Example:
          homeward export leads --format csv -o leads.csv
        """
        from homeward.desk import export as desk
        from homeward.desk import requests

        out = Out(as_json=json)
        how: dict[str, Any] = {"fmt": str(format), "level": str(level), "all_captures": all_captures,
                               "to": to, "basis": basis}  # fmt: skip
        if ask:
            with opened(home) as house:
                bound = requests.parameters_of_export(str(what), **how)
                return asked(out, requests.ask_for(actor(), house, "corpus.export", bound, ask))
        with opened(home) as house, _sink(output) as sink:
            done = desk.export(actor(), house, str(what), sink, **how)
        if output != "-":
            out.say(f"Wrote {done['rows']:,} {what} to {output}. {done['caution']}".rstrip())
            out.data({"file": output, **done})
        elif not done["rows"]:
            out.note(done["searched"])

    @add(app)
    def evaluate(
        what: Annotated[Scored, typer.Argument(metavar="extraction|templates|identities|leads")],
        truth: Annotated[Path, typer.Argument(metavar="TRUTH", help="JSON Lines with what is true.")],
        level: LevelOption = LevelName.NETWORK,
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Score the workspace against labels.

        For identities, joining by phone alone and by MinHash alone stand beside ours.

        Example:
          homeward evaluate identities world/truth.jsonl
        """
        from homeward.desk import evaluate as desk

        out = Out(as_json=json)
        with opened(home) as house, out.progress("Evaluating") as progress:
            scores = desk.evaluate(actor(), house, str(what), truth, level=str(level), progress=progress)
        heads, rows = _scores(scores)
        out.table(heads, rows)
        for line in scores["notes"]:
            out.say(line)
        out.data(scores)


@contextmanager
def _sink(output: str) -> Iterator[BinaryIO]:
    """Open standard output or a file; a file appears whole, at the end, readable by its owner only."""
    if output == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(output)
    if path.is_dir():
        raise UsageError(f"{output} is a folder.", remedy="Name a file with -o.")
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    _clear(path)
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except FileNotFoundError:
        raise UsageError(f"There is no folder {path.parent}.", remedy="Make it first.") from None
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull(f"The disk is full: {output} was not written.") from None
        raise UsageError(f"{output} cannot be written: {(error.strerror or 'refused').lower()}.") from None
    finally:
        new.unlink(missing_ok=True)


def _clear(path: Path) -> None:
    """Remove what exports to this file left beside it when they were killed: rows that nobody was given."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*.new"):
        if not disk.process_lives(left.name.split(".")[-2]):
            with suppress(OSError):
                left.unlink()


def _scores(scores: dict[str, Any]) -> tuple[list[str], list[list[str]]]:
    """Return a table of scores: a row a kind, a method or a measure."""
    rows = scores["rows"]
    columns = list(rows[0]["scores"]) if rows else []
    heads = [scores["of"], *[c.replace("_", " ") for c in columns]]
    return heads, [[row["name"], *[share(row["scores"], c) for c in columns]] for row in rows]

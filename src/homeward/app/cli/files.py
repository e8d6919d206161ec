"""Commands that need no workspace: read texts, make a synthetic world."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from homeward.app.cli.common import Json, Knowledge, add, knowledge_source
from homeward.app.cli.out import Out, as_json
from homeward.model.errors import InputMissing, InputUnreadable, UsageError

if TYPE_CHECKING:
    from homeward.extract.knowledge.agency import Agency

PLACE = ("country", "region", "city")  # where the source places a text, if it says so
LINE_LIMIT = 8 << 20  # bytes of one line that `read` takes: far above any ad, far below memory
MOST_NAMED = 20  # lines that `read` leaves out by name: a file of another kind has nothing else


@contextmanager
def _input(name: str) -> Iterator[BinaryIO]:
    """Open a file, or standard input for `-`; say in one sentence why it cannot be opened."""
    if name == "-":
        yield sys.stdin.buffer
        return
    path = Path(name)
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise InputMissing(name) from None
    except IsADirectoryError:
        raise InputUnreadable(name, "it is a folder", remedy="Name a file.") from None
    except PermissionError:
        raise InputUnreadable(name, "permission denied", remedy="Check who owns it.") from None
    with file:
        yield file


def _lines(file: BinaryIO) -> Iterator[bytes | None]:
    """Yield lines; None stands for a line that is too long, which is skipped with bounded memory."""
    while line := file.readline(LINE_LIMIT):
        if len(line) < LINE_LIMIT or line.endswith(b"\n"):
            yield line
            continue
        while (rest := file.readline(LINE_LIMIT)) and not rest.endswith(b"\n"):
            pass
        yield None


def _record(line: bytes | None) -> dict[str, Any]:
    """Return the record of one line of `read`'s input, or raise ValueError with the reason."""
    import msgspec

    if line is None:
        raise ValueError(f"longer than {LINE_LIMIT >> 20} MiB")
    try:
        record = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"not JSON ({str(error)[:80]})") from None
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")
    if not isinstance(record.get("text"), str):
        raise ValueError("it has no text")
    if isinstance(record.get("id"), bool | list | dict):
        raise ValueError("its id is not a text")
    for name in ("url", "site", *PLACE):
        if not isinstance(record.get(name), str | None):
            raise ValueError(f"its {name} is not a text")
    return record


def _rows(record: dict[str, Any], agency: Agency | None, explained: bool) -> list[dict[str, Any]]:
    """Return the mentions of one record, as rows of the contract; with how each was made, if asked."""
    from homeward.extract.explain import explain_address, explain_text
    from homeward.extract.read import read_address, read_text

    text, name = record["text"], record.get("id")
    where: dict[str, Any] = {name: record.get(name) for name in PLACE}
    found = read_text(text, **where, part="text", agency=agency)
    why = explain_text(text, **where, agency=agency) if explained else []
    if address := record.get("url"):
        found += read_address(address, **where)
        why += explain_address(address, **where) if explained else []
    reasons = {id(m): {"explain": e} for m, e in zip(found, why, strict=True)} if explained else {}
    return [
        {
            "ad": None, "capture": None, "source_id": None if name is None else str(name),
            "kind": str(m.kind), "value": m.value, "raw": m.raw, "start": m.span.start, "end": m.span.end,
            "part": m.part, "confidence": round(float(m.confidence), 6), "reader": m.reader,
            "detail": m.detail, **reasons.get(id(m), {}),
        }
        for m in sorted(found, key=lambda m: (m.part, m.span, m.kind, m.value))
    ]  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""

    @add(app)
    def read(
        file: Annotated[
            str, typer.Argument(metavar="[FILE|-]", help="JSON Lines; - is standard input.")
        ] = "-",
        explain: Annotated[
            bool, typer.Option("--explain", help="Also say which reader, rule and words made each value.")
        ] = False,
        knowledge: Knowledge = None,
        json: Json = False,
    ) -> None:
        """Read texts and print one mention a line; needs no workspace.

        Each line of input is {"id","text"} with, if known, "url", "country" and "site"; what an address hides
        (a number, a name) is a mention of part "url". Lines that cannot be read are counted, the first of
        them named, on standard error, and the others go on; the exit code is then 1. The first mention
        says in `how_to_read` what the confidence of each is.

        Example:
          echo '{"id":"1","text":"call 702 555 0134"}' | homeward read
        """
        from homeward.extract.knowledge.agency import parse
        from homeward.model.scales import in_words, scales

        source_of = knowledge_source(knowledge)
        agency = parse(source_of[0]) if source_of else None
        bad = done = 0
        how = {"how_to_read": in_words(scales("reading"))}
        with _input(file) as source:
            for number, line in enumerate(_lines(source), 1):
                if line is not None and not line.strip():
                    continue
                try:
                    rows = _rows(_record(line), agency, explain)
                except ValueError as error:
                    bad += 1
                    if bad <= MOST_NAMED:
                        Out().note(f"homeward: {file}, line {number} is left out: {error}.")
                    if bad == MOST_NAMED:
                        Out().note("homeward: further ones are counted and not named.")
                    continue
                done += 1
                for row in rows:
                    sys.stdout.write(as_json({**row, **how}) + "\n")
                    how = {}
        if bad:
            Out().note(f"homeward: {bad:,} of {done + bad:,} lines of {file} were left out.")
            raise typer.Exit(1)

    @add(app)
    def world(
        n: Annotated[int, typer.Argument(metavar="N", min=1, max=50_000_000, help="How many ads.")],
        seed: Annotated[int, typer.Option("--seed", metavar="S", help="The same seed, the same world.")] = 1,
        out: Annotated[Path, typer.Option("-o", metavar="DIR", help="Where to write it.")] = Path("world"),
        photos: Annotated[bool, typer.Option("--photos", help="Draw the photos too.")] = False,
        preset: Annotated[str, typer.Option("--preset", metavar="P", help="How hard it is.")] = "standard",
        json: Json = False,
    ) -> None:
        """Make a synthetic world: ads.jsonl and truth.jsonl, invented throughout.

        Presets: easy, standard, hard, spam, sparse, multilingual, decoys.

        Example:
          homeward world 20000 --seed 7 -o world
        """
        from homeward.collect import world as worlds

        printer = Out(as_json=json)
        if out.exists() and not out.is_dir():
            raise UsageError(f"{out} is a file, not a folder.", remedy="Name another folder with -o.")
        with printer.progress("World") as progress:
            worlds.write(n, seed, preset, out, photos=photos, progress=lambda *a: progress("ads", *a[-2:]))
        printer.say(f"Made a world of {n:,} ads (preset {preset}, seed {seed}): {out / 'ads.jsonl'}")
        printer.say(f"What is true of it: {out / 'truth.jsonl'}")
        printer.data(
            {
                "ads": n,
                "preset": preset,
                "seed": seed,
                "files": [str(out / "ads.jsonl"), str(out / "truth.jsonl")],
            }
        )

"""Commands that answer a person: correct a value of an ad, and hand over what is held."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from homeward.app.cli.common import Home, Json, actor, add, opened
from homeward.app.cli.out import Out, as_json, plural, when
from homeward.model.errors import UsageError

Why = Annotated[str, typer.Option("--why", help="The reason; it is kept.")]


def add_to(records: typer.Typer) -> None:
    """Add these commands to those over records."""
    _correcting(records)
    _handing_over(records)


def _correcting(records: typer.Typer) -> None:
    @add(records)
    def correct(
        ad: Annotated[str, typer.Argument(metavar="AD", help="An ad's id.")],
        kind: Annotated[str, typer.Option("--kind", help="The value's kind, as show ad prints it.")],
        value: Annotated[str, typer.Option("--value", help="Its normal form: +17025550134, say.")],
        why: Why,
        right: Annotated[str, typer.Option("--right", help="What is right; without it: disputed.")] = "",
        reference: Annotated[str, typer.Option("--reference", help="Of the request answered.")] = "",
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Mark a value of an ad as disputed, or say what is right; print whom to tell of it.

        The ad stays as written and says so beside the value. From the next refresh on the value joins
        nothing.

        Example:
          homeward records correct akq3k2wzbqcs2wqbb --kind phone --value +17025550134 --why "a wrong number"
        """
        from homeward.desk import corrections as desk

        says = "corrected" if right else "disputed"
        with opened(home) as house:
            done = desk.correct(
                actor(), house, ad, kind=kind, value=value, says=says, why=why, right=right,
                reference=reference,
            )  # fmt: skip
        _told(json, f"{says.capitalize()} (number {done['correction']}), from the next refresh on.", done)

    @add(records)
    def uncorrect(
        correction: Annotated[int, typer.Argument(metavar="NUMBER", help="Of the correction.")],
        why: Why, home: Home = None, json: Json = False,
    ) -> None:  # fmt: skip
        """Take a correction back.

        Example:
          homeward records uncorrect 1 --why "it was right"
        """
        from homeward.desk import corrections as desk

        with opened(home) as house:
            done = desk.lift(actor(), house, correction, why=why)
        _told(json, f"Taken back: correction {correction}.", done)

    @add(records)
    def corrections(home: Home = None, json: Json = False) -> None:
        """List the corrections that stand.

        Example:
          homeward records corrections
        """
        from homeward.desk import corrections as desk

        out = Out(as_json=json)
        with opened(home) as house:
            found = desk.listing(actor(), house)
        out.table(
            ("number", "since", "ad", "kind", "value", "says", "right", "why"),
            [(r["seq"], when(r["at"]), r["ad"], r["kind"], r["value"], r["says"], r["right"], r["why"])
             for r in found],
        )  # fmt: skip
        out.data({"corrections": found})


def _handing_over(records: typer.Typer) -> None:
    @add(records)
    def access(
        reference: Annotated[str, typer.Argument(metavar="REFERENCE", help="Of the request.")],
        to: Annotated[str, typer.Option("--to", help="Who gets it: the person, by whatever they go by.")],
        basis: Annotated[str, typer.Option("--basis", help="The legal basis.")],
        out: Annotated[Path, typer.Option("-o", metavar="FILE", help="Where to write it; a new file.")],
        value: Annotated[
            list[str] | None, typer.Option("--value", help="Also ads that hold this value; repeatable.")
        ] = None,
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Write what is held about the ads of a request, for the person who asked; it is a disclosure.

        Example:
          homeward records access 4f1c90e7a2b3c4d5e6 --to "the person who asked" --basis "Art 14" -o held.json
        """
        from homeward.desk import access as desk

        try:
            out.touch(0o600, exist_ok=False)
        except OSError as error:
            raise UsageError(f"{out} cannot be made ({error.strerror}).", remedy="Name a new file.") from None
        try:
            with opened(home) as house:
                found = desk.answer(actor(), house, reference, to=to, basis=basis, values=value or ())
        except BaseException:
            out.unlink(missing_ok=True)
            raise
        out.write_text(as_json(found, indent=2) + "\n", encoding="utf-8")
        said = Out(as_json=json)
        said.say(f"Wrote {plural(len(found['ads']), 'ad')} to {out}. {found['note']}")
        said.data({"reference": reference, "ads": len(found["ads"]), "file": str(out)})


def _told(json: bool, sentence: str, done: dict[str, Any]) -> None:
    out = Out(as_json=json)
    out.say(sentence)
    for row in done["recipients"]:
        out.say(f"To be told: {row['recipient']} got {row['ad']} on {when(row['at'])}")
    out.data(done)

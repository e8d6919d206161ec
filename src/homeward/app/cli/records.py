"""Commands over records: what is due, held, handed out, asked for, and erasing for good."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from homeward.app.cli import periods, rectify
from homeward.app.cli.common import Ask, Home, Json, actor, add, asked, opened
from homeward.app.cli.out import Out, plural, when

Ads = Annotated[list[str], typer.Argument(metavar="AD…", help="Ids of ads.")]
Why = Annotated[str, typer.Option("--why", help="The reason; it is kept.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    records = typer.Typer(
        help="How long ads are kept, and erasing them.", rich_markup_mode=None, no_args_is_help=True
    )
    app.add_typer(records, name="records")
    _keeping(records)
    _handing_out(records)
    rectify.add_to(records)
    periods.add_to(records)
    _erasing(records)


def _keeping(records: typer.Typer) -> None:
    @add(records)
    def due(home: Home = None, json: Json = False) -> None:
        """List the ads whose time is up.

        Example:
          homeward records due
        """
        from homeward.desk import records as desk

        out = Out(as_json=json)
        with opened(home) as house:
            found = desk.due(actor(), house)
        for ad in found["ads"]:
            out.say(ad)
        out.note(
            f"{plural(found['total'], 'ad')} past {found['kept_days']} days; {found['held']} more are held."
        )
        out.data(found)

    @add(records)
    def review(
        ads: Ads, why: Why, home: Home = None, json: Json = False,
        days: Annotated[int, typer.Option("--days", help="For how long; at most five years.")] = 365,
    ) -> None:  # fmt: skip
        """Keep ads for longer, because somebody looked at them again.

        Example:
          homeward records review akq3k2wzbqcs2wqbb --why "part of an open case" --days 365
        """
        from homeward.desk import records as desk

        with opened(home) as house:
            done = desk.review(actor(), house, ads, why=why, days=days)
        _done(json, f"Kept until {when(done['until'])}: {plural(done['ads'], 'ad')}.", done)

    @add(records)
    def hold(
        ads: Ads, why: Why, home: Home = None, json: Json = False,
        lift: Annotated[bool, typer.Option("--lift", help="Lift the holds on these ads.")] = False,
    ) -> None:  # fmt: skip
        """Hold ads, so that nothing erases them, or lift their holds.

        Example:
          homeward records hold akq3k2wzbqcs2wqbb --why "order of the court, 12 May"
        """
        from homeward.desk import records as desk

        with opened(home) as house:
            if lift:
                done = desk.lift(actor(), house, ads, why=why)
                _done(json, f"Lifted {plural(done['lifted'], 'hold')}.", done)
                return
            done = desk.hold(actor(), house, ads, why=why)
        _done(json, f"Held: {plural(done['ads'], 'ad')}.", done)


def _handing_out(records: typer.Typer) -> None:
    @add(records)
    def disclose(
        ads: Ads,
        to: Annotated[str, typer.Option("--to", help="Who got them.")],
        what: Annotated[str, typer.Option("--what", help="What was handed over.")],
        basis: Annotated[str, typer.Option("--basis", help="The legal basis.")],
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Keep that ads were handed to somebody outside.

        Example:
          homeward records disclose akq3k2wzbqcs2wqbb --to "the court" --what "the ad" --basis "order 12"
        """
        from homeward.desk import records as desk

        with opened(home) as house:
            done = desk.disclose(actor(), house, ads, recipient=to, what=what, basis=basis)
        _done(json, f"Written down: {plural(done['ads'], 'ad')} handed to {to}.", done)

    @add(records)
    def recipients(ads: Ads, home: Home = None, json: Json = False) -> None:
        """List who got any of these ads: whom a correction must be told.

        Example:
          homeward records recipients akq3k2wzbqcs2wqbb
        """
        from homeward.desk import records as desk

        out = Out(as_json=json)
        with opened(home) as house:
            found = desk.recipients(actor(), house, ads)
        out.table(
            ("at", "ad", "recipient", "what"),
            [(when(r["at"]), r["ad"], r["recipient"], r["what"]) for r in found],
        )
        out.data({"recipients": found})

    @add(records)
    def ask(
        ads: Ads,
        kind: Annotated[str, typer.Option("--kind", help="remove, restrict, rectify or access.")] = "remove",
        grounds: Annotated[
            str, typer.Option("--grounds", help="shows-me, not-my-will, wrong, no-longer-true or other.")
        ] = "shows-me",
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Keep what a person asks for about ads: that they be removed, say; no name is asked for or kept.

        Example:
          homeward records ask akq3k2wzbqcs2wqbb --grounds shows-me
        """
        from homeward.desk import records as desk

        with opened(home) as house:
            done = desk.ask(actor(), house, ads, kind=kind, grounds=grounds)
        _done(json, f"Reference: {done['reference']}", done)

    @add(records)
    def restrict(
        reference: Annotated[str, typer.Argument(metavar="REFERENCE", help="Of the request.")],
        why: Why, home: Home = None, json: Json = False,
        lift: Annotated[bool, typer.Option("--lift", help="Lift the restriction.")] = False,
    ) -> None:  # fmt: skip
        """Restrict the ads of a request, so that nobody but the records officer sees them, or lift that.

        Example:
          homeward records restrict 4f1c90e7a2b3c4d5e6 --why "asked by the person"
        """
        from homeward.desk import records as desk

        with opened(home) as house:
            done = (desk.unrestrict if lift else desk.restrict)(actor(), house, reference, why=why)
        _done(json, f"{plural(done['ads'], 'ad')} {done['answer']}.", done)

    @add(records)
    def requests(home: Home = None, json: Json = False) -> None:
        """List what persons asked for and nobody answered yet.

        Example:
          homeward records requests
        """
        from homeward.desk import records as desk

        out = Out(as_json=json)
        with opened(home) as house:
            found = desk.requests(actor(), house)
        out.table(
            ("asked", "reference", "kind", "grounds", "ads"),
            [(when(r["at"]), r["reference"], r["kind"], r["grounds"], " ".join(r["ads"])) for r in found],
        )
        out.data({"requests": found})


def _erasing(records: typer.Typer) -> None:
    @add(records)
    def erase(
        ads: Ads, why: Why, home: Home = None, json: Json = False,
        reference: Annotated[str, typer.Option("--reference", help="Of the request that this answers.")] = "",
        ask: Ask = "",
    ) -> None:  # fmt: skip
        """Erase ads for good; no file brings them back.

        Lake, index, groups, leads, searches and the details of events lose them; the audit log still
        verifies. Backups that were made before still hold them and are named. Where people have accounts,
        a supervisor agrees first to exactly these ads, within 24 hours and once: ask with --ask.

        Example:
          homeward records erase akq3k2wzbqcs2wqbb --why "asked by the person"
        """
        from homeward.desk import records as desk
        from homeward.desk import requests

        out = Out(as_json=json)
        if ask:
            bound = requests.parameters_of_erasure(ads, reference)
            with opened(home) as house:
                return asked(out, requests.ask_for(actor(), house, "records.erase", bound, ask))
        with out.progress("Erasing") as progress, opened(home) as house:
            done = desk.erase(actor(), house, ads, why=why, reference=reference, progress=progress)
        _erased(out, done)

    @add(records)
    def purge(home: Home = None, json: Json = False) -> None:
        """Erase every ad whose time is up and that is neither held nor reviewed.

        Example:
          homeward records purge
        """
        from homeward.desk import records as desk

        out = Out(as_json=json)
        with out.progress("Erasing") as progress, opened(home) as house:
            done = desk.purge(actor(), house, progress=progress)
        _erased(out, done)


def _erased(out: Out, done: dict[str, Any]) -> None:
    out.say(
        f"Erased {plural(done['ads'], 'ad')}: {plural(done['rows'], 'row')} of the lake; "
        f"{plural(done['events'], 'event')} made unreadable."
    )
    for trace in done["traces"]:
        out.say(f"STILL NAMED in {trace}")
    for row in done["recipients"]:
        out.say(f"To be told: {row['recipient']} got {row['ad']} on {when(row['at'])}")
    for name in done["backups"]:
        out.say(f"Still in the backup {Path(name).name}: destroy it, or: homeward backups --renew")
    out.data(done)
    if done["traces"]:
        raise typer.Exit(1)


def _done(json: bool, said: str, done: dict[str, Any]) -> None:
    out = Out(as_json=json)
    out.say(said)
    out.data(done)

"""Commands over how long things are kept."""

from __future__ import annotations

from typing import Annotated

import typer

from homeward.app.cli.common import Home, Json, actor, add, asked, opened
from homeward.app.cli.out import Out, plural
from homeward.model.errors import UsageError


def add_to(records: typer.Typer) -> None:
    """Add these commands to those over records."""

    @add(records)
    def period(
        ads: Annotated[
            int | None, typer.Option("--ads", metavar="DAYS", help="Keep ads for so long.")
        ] = None,
        log: Annotated[
            int | None, typer.Option("--log", metavar="DAYS", help="Keep the details of events so long.")
        ] = None,
        why: Annotated[str, typer.Option("--why", help="The reason; it is kept.")] = "",
        ask: Annotated[bool, typer.Option("--ask", help="Ask a supervisor for these days for ads.")] = False,
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Show how long ads and the details of events are kept, or set it.

        Ads are kept for up to five years, or up to ten; the details of events for at least a year, else
        for ever. Once people have accounts, more than five years for ads, and less than what is set, takes a
        supervisor who agreed to exactly these days.

        Example:
          homeward records period --ads 730 --why "our policy of May"
        """
        from homeward.desk import periods as desk
        from homeward.desk import requests

        out = Out(as_json=json)
        if ask and ads is None:
            raise UsageError("--ask goes with --ads.")
        with opened(home) as house:
            if ask:
                return asked(out, requests.ask_for(actor(), house, desk.OVERRIDE, {"days": str(ads)}, why))
            if ads is not None:
                desk.set_ads(actor(), house, ads, why=why)
            if log is not None:
                desk.set_log(actor(), house, log, why=why)
            found = desk.page(actor(), house)
        kept = "for ever" if found["log_days"] is None else f"for {plural(found['log_days'], 'day')}"
        out.say(f"Ads are kept for {plural(found['ads_days'], 'day')} after they were last taken in.")
        past = plural(found["log_past"], "event")
        out.say(f"The details of events are kept {kept}; of {past} they are past that and readable.")
        out.data(found)

    @add(records)
    def shred(home: Home = None, json: Json = False) -> None:
        """Make the details of events past their period unreadable, for good; the log still verifies.

        Example:
          homeward records shred
        """
        from homeward.desk import periods as desk

        out = Out(as_json=json)
        with opened(home) as house:
            done = desk.shred(actor(), house)
        out.say(f"Made unreadable: the details of {plural(done['events'], 'event')}.")
        out.data(done)

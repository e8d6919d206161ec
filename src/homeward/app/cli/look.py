"""Commands that look: leads, search, show, indicators; always with reasons."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from homeward.app.cli.common import Count, Home, Json, actor, add, opened
from homeward.app.cli.out import Out
from homeward.model.errors import NotFound, UsageError
from homeward.model.scales import in_words

Hits = Annotated[int, typer.Option("-n", min=1, max=200, help="How many to print: a page holds 200.")]


class Thing(StrEnum):
    """What `show` can show."""

    AD = "ad"
    IDENTITY = "identity"
    LEAD = "lead"
    TEMPLATE = "template"


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""

    @add(app)
    def leads(n: Count = 20, home: Home = None, json: Json = False) -> None:
        """Print the leads, best first, with reasons for and against.

        The order is a proposal where to look first. A lead is not a finding.

        Example:
          homeward leads -n 10
        """
        from homeward.app.cli import pages
        from homeward.desk import leads as desk

        out = Out(as_json=json)
        with opened(home) as house:
            page = desk.told(actor(), house, limit=n)
        pages.leads(out, page)

    @add(app)
    def search(
        query: Annotated[list[str], typer.Argument(metavar="QUERY", help="Words, phone:702*, city:reno, …")],
        n: Hits = 20,
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Search the ads; newest first.

        Terms: words, "exact words", phone:702*, city:reno, site:…, from:2026-01-01, to:2026-02-01,
        near:39.5,-119.8,50km, -term, term~1, (a OR b).

        Example:
          homeward search 'phone:702* city:reno'
        """
        from homeward.app.cli import pages
        from homeward.desk import search as desk

        out = Out(as_json=json)
        with opened(home) as house:
            page = desk.search(actor(), house, " ".join(query), limit=n)
            pages.hits(out, page)

    @add(app)
    def show(
        what: Annotated[Thing, typer.Argument(metavar="ad|identity|lead|template")],
        key: Annotated[str, typer.Argument(metavar="ID")],
        movement: Annotated[
            bool, typer.Option("--movement", help="Of an identity: where its ads say it was.")
        ] = False,
        why: Annotated[
            tuple[str, str] | None,
            typer.Option("--why", metavar="AD AD", help="Of an identity: why two of its ads are together."),
        ] = None,
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Print one ad, identity, lead or template.

        A lead is printed with the strongest chain of evidence between its two largest personas.

        Example:
          homeward show lead laaaaaaaaaaaaaaaa
          homeward show identity naaaaaaaaaaaaaaaa --why aaaaaaaaaaaaaaaaa abbbbbbbbbbbbbbbb
        """
        if (movement or why) and what is not Thing.IDENTITY:
            raise UsageError("--movement and --why are of an identity.", remedy="Name an identity.")
        from homeward.app.cli import explained, pages

        out = Out(as_json=json)
        with opened(home) as house:
            if not (key and key.isascii()):  # no id of ours
                raise NotFound(str(what), key)
            if why is not None:
                explained.why(out, actor(), house, key, *why)
            elif movement:
                explained.movement(out, actor(), house, key)
            else:
                pages.show(out, actor(), house, str(what), key)

    @add(app)
    def surges(home: Home = None, json: Json = False) -> None:
        """List cities and days with more ads than the city's own past explains.

        Holidays, fairs and a source that was read more often are not known: a surge may be one of those.

        Example:
          homeward surges
        """
        from homeward.desk import roads

        out = Out(as_json=json)
        with opened(home) as house:
            page = roads.surges(actor(), house)
        out.data(page)
        for row in page["surges"]:
            out.say(f"{row['sentence']}  (p {row['p']:.2g})")
        out.say(page["searched"] or f"{page['note']} {in_words(page['numbers'])}")

    @add(app)
    def judgements(home: Home = None, json: Json = False) -> None:
        """List the judgements that hold: those that later evidence contradicts, then those due for review.

        Evidence never overrides a judgement.

        Example:
          homeward judgements
        """
        from homeward.app.cli import explained

        with opened(home) as house:
            explained.judgements(Out(as_json=json), actor(), house)

    @add(app)
    def indicators(json: Json = False) -> None:
        """List every indicator with its strength and source, and those left out with the reason.

        Example:
          homeward indicators
        """
        from homeward.app.cli import pages

        pages.indicators(Out(as_json=json))

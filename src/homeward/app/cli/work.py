"""Commands that change a workspace: make it, take ads in, refresh, judge, rebuild."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from homeward.app.cli.common import Home, Json, Knowledge, actor, add, opened, put_in_force, settings_of
from homeward.app.cli.out import Out, plural
from homeward.model.errors import UsageError
from homeward.model.judgement import Judgement

BANNER = "This workspace is for invented or released data only."


class Rebuildable(StrEnum):
    """What can be made again from the ads."""

    INDEX = "index"
    DERIVED = "derived"


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""

    @add(app)
    def init(
        demo: Annotated[
            bool, typer.Option("--demo", help="A demo workspace: takes world files only.")
        ] = False,
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Make a workspace; safe to repeat.

        Its key is written to the configuration folder, never into the workspace. Without the key the ledger
        cannot be opened: keep a copy of it apart.

        Example:
          homeward init --home ./trial
        """
        from homeward.app import compose
        from homeward.desk import workspace as desk

        out, settings = Out(as_json=json), settings_of(home)
        place, new = compose.make(settings, demo=demo)
        with compose.opened(settings) as house:
            if new:
                desk.begin(actor(), house)
        out.say(f"{'Made' if new else 'Found'} a {place.kind} workspace in {place.home}. {BANNER}")
        if new:
            out.say(
                "Its key is kept apart, in the configuration folder: without it the ledger cannot be opened."
            )
        out.data({"home": str(place.home), "id": place.id, "kind": place.kind, "made": new, "banner": BANNER})

    @add(app)
    def ingest(
        files: Annotated[
            list[str], typer.Argument(metavar="FILE…", help="Files of ads; - is standard input.")
        ],
        format: Annotated[
            str, typer.Option("--format", metavar="F", help="auto, jsonl, csv, parquet or cdr.")
        ] = "auto",
        map: Annotated[
            Path | None, typer.Option("--map", metavar="F", help="JSON file: our field name to yours.")
        ] = None,
        supplier: Annotated[str | None, typer.Option("--supplier", help="Who handed the files over.")] = None,
        basis: Annotated[str | None, typer.Option("--basis", help="The legal basis of having them.")] = None,
        source: Annotated[
            str | None, typer.Option("--source", metavar="NAME", help="The registered source.")
        ] = None,
        obtained: Annotated[
            str | None, typer.Option("--obtained", metavar="TIME", help="When they were obtained.")
        ] = None,
        leads_first: Annotated[
            bool,
            typer.Option(
                "--leads-first", help="Leave the search index to the next refresh, after the leads."
            ),
        ] = False,
        knowledge: Knowledge = None,
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Take ads in; can be stopped and repeated at any moment.

        Ads come from a registered source (homeward source add); a workspace for invented or released data
        has one of its own, which is taken where none is named.

        With --leads-first, leads come sooner: a search finds these ads only after the next refresh, which
        makes the leads and then the search index.

        Prints read = stored + changed + repeated + set aside. What is set aside is kept with its reason.

        Example:
          homeward ingest world/ads.jsonl --supplier "world generator" --basis "invented"
        """
        from homeward.desk import supply as desk
        from homeward.model.capture import Supply

        out = Out(as_json=json)
        given = Supply(supplier=supplier, basis=basis, obtained=_time(obtained), source=source)
        totals: list[dict[str, Any]] = []
        with opened(home) as house:
            put_in_force(house, knowledge)
            for file in files:
                with out.progress(f"Taking in {file}") as progress:
                    taken = desk.ingest(
                        actor(), house, file, given, fmt=format, mapping=map, index=not leads_first,
                        progress=progress,
                    )  # fmt: skip
                totals.append({"file": file, **taken})
                _tell(out, file, taken)
            if leads_first:
                out.note("A search does not find these ads yet. For leads and the index: homeward refresh")
            if source is None and house.kind != "demo":
                out.note(f"No --source was named: taken in as {taken['source']}, the workspace's own source.")
        out.data({"files": totals})

    @add(app)
    def refresh(
        full: Annotated[bool, typer.Option("--full", help="Start over instead of going on.")] = False,
        knowledge: Knowledge = None,
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Make templates, links, identities, findings and leads of the ads taken in.

        What other versions of the readers or of the knowledge file have read is read again first; how much
        that is, is said before. Values that are read no longer stay known as superseded.

        Example:
          homeward refresh
        """
        from homeward.desk import review
        from homeward.desk import supply as desk

        out = Out(as_json=json)
        with opened(home) as house:
            put_in_force(house, knowledge)
            _say_affected(out, *desk.affected(house))
            with out.progress("Refresh") as progress:
                made = desk.refresh(actor(), house, full=full, progress=progress)
            made["contradicted"] = sum(bool(row["contradiction"]) for row in review.held(house))
        if made["contradicted"]:
            out.note("Later evidence contradicts judgements, which stand: see homeward judgements.")
        counts = {k: v for k, v in made.items() if isinstance(v, int) and not isinstance(v, bool)}
        out.say(f"Run {made['run']}: " + ", ".join(f"{v:,} {k.replace('_', ' ')}" for k, v in counts.items()))
        for step, seconds in (made.get("seconds") or {}).items():
            out.say(f"  {step}: {seconds:.1f} s")
        out.data(made)

    @add(app)
    def judge(
        a: Annotated[str, typer.Argument(metavar="A", help="An ad's id.")],
        b: Annotated[str, typer.Argument(metavar="B", help="Another ad's id.")],
        judgement: Annotated[Judgement, typer.Argument(metavar="same|different|undecided")],
        why: Annotated[str, typer.Option("--why", help="Your reason; it is kept.")] = "",
        preview: Annotated[
            bool, typer.Option("--preview", help="Only say what it would change; keep nothing.")
        ] = False,
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Say whether two ads belong together; outranks every score from the next refresh on.

        Example:
          homeward judge aaaaaaaaaaaaaaaaa abbbbbbbbbbbbbbbb different --preview
          homeward judge aaaaaaaaaaaaaaaaa abbbbbbbbbbbbbbbb different --why "two people, seen at once"
        """
        from homeward.app.cli import explained
        from homeward.desk import judge as desk

        out = Out(as_json=json)
        with opened(home) as house:
            if preview:
                explained.preview(out, actor(), house, a, b, judgement)
                return
            kept = desk.judge(actor(), house, a, b, judgement, why=why)
        out.say(f"Kept: {kept['a']} and {kept['b']} are {kept['judgement']}, from the next refresh on.")
        out.data(kept)

    @add(app)
    def rebuild(
        what: Annotated[Rebuildable, typer.Argument(metavar="index|derived")],
        home: Home = None,
        json: Json = False,
    ) -> None:
        """Make the search index, or everything derived, again from the ads.

        Example:
          homeward rebuild index
        """
        from homeward.desk import keep as desk

        out = Out(as_json=json)
        with opened(home) as house, out.progress(f"Rebuilding {what}") as progress:
            done = desk.rebuild(actor(), house, str(what), progress=progress)
        out.say(f"Made the {what} again: {plural(done['ads'], 'ad')}, {plural(done['mentions'], 'mention')}.")
        out.data(done)


def _tell(out: Out, file: str, taken: Mapping[str, Any]) -> None:
    """Say what became of a file's records."""
    out.say(
        f"{file}: read {taken['read']:,} = stored {taken['stored']:,} + changed {taken['changed']:,}"
        f" + repeated {taken['repeated']:,} + set aside {taken['set_aside']:,}"
    )
    for reason, n in taken["reasons"].items():
        out.say(f"  set aside, {reason}: {n:,}")
    if taken["unread"]:
        out.say(f"  stored, but no reader could finish: {plural(taken['unread'], 'ad')}")
    if not taken["read"]:
        out.note(f"{file} is empty: it holds no record.")
    elif taken["set_aside"] == taken["read"]:
        out.note(f"No record of {file} could be taken in: it may be of another format.")


def _say_affected(out: Out, captures: int, unread: int) -> None:
    """Say how much is read again, before it is, and why."""
    if captures > unread:
        out.note(
            f"The readers or the knowledge changed: {plural(captures - unread, 'capture')} to read again."
        )
    if unread:
        out.note(f"Taken in and not known to have been read: {plural(unread, 'capture')} to read.")


def _time(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        value = datetime.fromisoformat(text)
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(f"--obtained is no time: {text[:40]}.", remedy="Write it as 2026-01-20.") from None

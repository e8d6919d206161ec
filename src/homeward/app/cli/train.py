"""Commands of local retraining: what it lacks, the control sample, a proposal, and two people."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from homeward.app.cli.common import Home, Json, actor, add, opened
from homeward.app.cli.out import Out, plural

Why = Annotated[str, typer.Option("--why", help="The reason; it is kept.")]
Group = Annotated[str, typer.Argument(metavar="GROUP", help="A group of the control sample.")]
Request = Annotated[str, typer.Argument(metavar="REQUEST", help="The request's id.")]
Row = dict[str, Any]


class Found(StrEnum):
    """What was found in a group of the control sample."""

    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not-confirmed"
    UNKNOWN = "unknown"


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    train = typer.Typer(
        help="Fit the ranking to this unit's own outcomes.", rich_markup_mode=None, no_args_is_help=True
    )
    app.add_typer(train, name="train")
    _looking(train)
    _deciding(train)
    control = typer.Typer(
        help="Groups that are no lead, drawn by chance and looked at.", rich_markup_mode=None,
        no_args_is_help=True,
    )  # fmt: skip
    train.add_typer(control, name="control")
    _control(control)


def _looking(train: typer.Typer) -> None:
    @add(train)
    def status(home: Home = None, json: Json = False) -> None:
        """Say what retraining has and what it lacks, and which card is in force.

        Leads with an outcome are counted anew with every tenth that comes in.

        Example:
          homeward train status
        """
        from homeward.desk import training as desk

        out = Out(as_json=json)
        with opened(home) as house:
            found = desk.status(actor(), house)
        sample, proposed = found["control"], found["proposal"]
        out.say(f"{plural(found['leads'], 'lead')} with an outcome that counts, of {found['needed']} needed.")
        out.say(f"Control sample: {plural(sample['sample'], 'group')}, {sample['reviewed']:,} looked at.")
        for lack in found["lacks"]:
            out.say(f"Missing: {lack}.")
        out.say(f"Card in force: {found['card']['version']}; of this run: {found['run_card'] or 'none'}.")
        out.say(f"Proposal: {proposed['version'] if proposed else 'none'}.")
        out.data(found)

    @add(train)
    def propose(home: Home = None, json: Json = False) -> None:
        """Fit a card to this unit's outcomes, with tables of how often it is wrong, and of whom.

        Needs 200 leads with an outcome and every group of the control sample looked at. Nothing changes yet.

        Example:
          homeward train propose
        """
        from homeward.desk import training as desk

        out = Out(as_json=json)
        with opened(home) as house:
            made = desk.propose(actor(), house)
        _proposal(out, made)
        out.data(made)

    @add(train)
    def show(home: Home = None, json: Json = False) -> None:
        """Print the proposed card and its tables again.

        Example:
          homeward train show
        """
        from homeward.desk import training as desk

        out = Out(as_json=json)
        with opened(home) as house:
            made = desk.status(actor(), house)["proposal"]
        if made is None:
            out.say("There is no proposal. Make one with: homeward train propose")
        else:
            _proposal(out, made)
        out.data(made or {})

    @add(train)
    def preview(home: Home = None, json: Json = False) -> None:
        """Say what the proposed card would change in the queue of now.

        Example:
          homeward train preview
        """
        from homeward.desk import training as desk

        out = Out(as_json=json)
        with opened(home) as house:
            found = desk.preview(actor(), house)
        out.say(
            f"Of the first {found['first']} leads {found['stay_first']} stay among them; no lead leaves the "
            f"queue ({plural(found['leads'], 'lead')})."
        )
        for one in found["words"]:
            out.say(f"{plural(one['leads'], 'lead')} from {one['now']} to {one['then']} to look at.")
        rows = [(m["lead"], m["rank"], m["rank_then"], m["word"], m["word_then"]) for m in found["moved"]]
        out.table(("lead", "rank", "then", "word", "then"), rows)
        out.data(found)


def _deciding(train: typer.Typer) -> None:
    @add(train)
    def ask(why: Why, home: Home = None, json: Json = False) -> None:
        """Ask a second person to agree to the proposed card, as it was shown; it holds for 24 hours.

        Example:
          homeward train ask --why "fitted to two hundred outcomes of this unit"
        """
        from homeward.desk import training as desk

        out = Out(as_json=json)
        with opened(home) as house:
            made = desk.ask(actor(), house, why=why)
        out.say(
            f"Asked. Somebody else agrees on the screen People, or with: homeward train agree {made['id']}"
        )
        out.data(made)

    @add(train)
    def agree(request: Request, home: Home = None, json: Json = False) -> None:
        """Agree to a request of somebody else; never to one's own.

        Example:
          homeward train agree 4f1c2d8a90b1c2d3e4f5
        """
        from homeward.desk import requests as desk

        out = Out(as_json=json)
        with opened(home) as house:
            made = desk.answer(actor(), house, request, True)
        out.say("Agreed. Whoever asked puts the card in force with: homeward train apply")
        out.data(made)

    @add(train)
    def apply(
        card: Annotated[str, typer.Argument(metavar="CARD", help="The proposal's name.")],
        home: Home = None, json: Json = False,
    ) -> None:  # fmt: skip
        """Put the proposed card in force for the next refresh; somebody else must have agreed to it.

        Example:
          homeward train apply 0c3f5e7a9b1d2e4f
        """
        from homeward.desk import training as desk

        out = Out(as_json=json)
        with opened(home) as house:
            made = desk.apply(actor(), house, card)
        out.say(made["sentence"])
        out.data(made)

    @add(train)
    def revert(why: Why, home: Home = None, json: Json = False) -> None:
        """Go back to the shipped card, with the next refresh.

        Example:
          homeward train revert --why "too many agencies in the first fifty"
        """
        from homeward.desk import training as desk

        out = Out(as_json=json)
        with opened(home) as house:
            made = desk.revert(actor(), house, why=why)
        out.say(made["sentence"])
        out.data(made)


def _control(control: typer.Typer) -> None:
    @add(control)
    def draw(home: Home = None, json: Json = False) -> None:
        """Draw one in twenty of the groups that are no lead, by chance; of one run it is always the same.

        Example:
          homeward train control draw
        """
        from homeward.desk import controls as desk

        out = Out(as_json=json)
        with opened(home) as house:
            made = desk.draw(actor(), house)
        out.say(f"Drew {made['drawn']:,} of {plural(made['unranked'], 'group')} that are no lead.")
        out.data(made)

    @add(control, "list")
    def list_control(home: Home = None, json: Json = False) -> None:
        """List the control sample: which groups to look at.

        Example:
          homeward train control list
        """
        from homeward.desk import controls as desk

        out = Out(as_json=json)
        with opened(home) as house:
            found = desk.listing(actor(), house)
        rows = [(g["group"], g["title"], g["ads"], "yes" if g["reviewed"] else "no") for g in found["groups"]]
        out.table(("group", "title", "ads", "looked at"), rows)
        out.note(f"{found['mark'].capitalize()}. Look with: homeward show identity GROUP")
        out.data(found)

    @add(control)
    def review(
        group: Group,
        found: Annotated[Found, typer.Argument(metavar="FOUND", help="confirmed, not-confirmed or unknown.")],
        home: Home = None, json: Json = False,
    ) -> None:  # fmt: skip
        """Say what was found in a group of the sample; it is counted, and kept with no group.

        Prints a receipt: only with it can the review be taken back.

        Example:
          homeward train control review akq3k2wzbqcs2wqbb not-confirmed
        """
        from homeward.desk import controls as desk

        out = Out(as_json=json)
        with opened(home) as house:
            made = desk.review(actor(), house, group, desk.Seen(found.value))
        out.say(f"{made['sentence']} Receipt: {made['receipt']}")
        out.data(made)

    @add(control)
    def undo(
        group: Group,
        receipt: Annotated[str, typer.Argument(metavar="RECEIPT", help="What the review printed.")],
        home: Home = None, json: Json = False,
    ) -> None:  # fmt: skip
        """Take a review back, with what it counted.

        Example:
          homeward train control undo akq3k2wzbqcs2wqbb 9c1f0a4b7e2d8c3f6a5b9d0e1f2a3b4c
        """
        from homeward.desk import controls as desk

        out = Out(as_json=json)
        with opened(home) as house:
            made = desk.take_back(actor(), house, group, receipt)
        out.say(made["sentence"])
        out.data(made)


def _proposal(out: Out, made: Row) -> None:
    """Print a proposed card: its factors, and how far to trust it."""
    fitted, shipped = made["all"]["fitted"], made["all"]["shipped"]
    out.say(
        f"Card {made['version']}: {plural(made['leads'], 'lead')} with an outcome, "
        f"{made['confirmed']:,} confirmed."
    )
    out.table(("family", "counts"), [(name, f"× {factor:g}") for name, factor in made["factors"].items()])
    better = "better" if made["better"] else "no better"
    out.say(
        f"Foretells outcomes it did not see {better} than the shipped card: mean surprise "
        f"{fitted['loss']:.3f} (shipped {shipped['loss']:.3f}); a confirmed lead stands first "
        f"{fitted['order']:.0%} of the time "
        f"(shipped {shipped['order']:.0%})."
    )
    control = made["control"]
    out.say(
        f"Of {control['groups']:,} control groups {control['confirmed']:,} were confirmed "
        f"({control['low']:.0%} to {control['high']:.0%})."
    )
    rows = [
        (b["leads"], f"{b['foretold']:.0%}", f"{b['confirmed']:.0%}", f"{b['low']:.0%} to {b['high']:.0%}")
        for b in made["calibration"]
    ]
    out.table(("leads", "foretold", "confirmed", "19 times in 20"), rows)
    errors = [
        (e["part"], e["name"], e["leads"], e["confirmed"],
         _share(e["wrong_shipped"]), _share(e["wrong_fitted"]),
         _share(e["missed_shipped"]), _share(e["missed_fitted"]))
        for e in made["errors"]
    ]  # fmt: skip
    out.table(("by", "of", "leads", "confirmed", "wrongly more", "then", "wrongly little", "then"), errors)
    out.say(made["note"])


def _share(found: Row | None) -> str:
    if found is None:
        return "too few"
    return f"{found['share']:.0%} of {found['of']:,} ({found['low']:.0%}-{found['high']:.0%})"

"""What each number of judgement is: its scale and range, and what is known of how often it is wrong.

A number that a rule or a reader chose (a weight, a confidence, a share) never leaves without these words:
once for each answer and each file, so that they cost nothing by the row. What is counted or measured (ads,
days, kilometres, places on the map) needs none.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from homeward.model.lead import CAUTION

NOT_PROOF = f"{CAUTION}; no number here is proof of trafficking, and each needs a person's look at the ads"
NO_ERROR_RATE = (
    "not known: these numbers follow from counts and from rules tried on invented ads, and were never "
    "checked against what turned out to be true of real ones"
)
NATS = (
    "in nats (natural log of a likelihood ratio): 0 says nothing, 3 about twenty to one, 7 a thousand to one"
)


class Scale(NamedTuple):
    """What one number is: its name where it stands, the least and the most it can be, and what it says."""

    name: str
    least: float | None  # None: no fixed bound
    most: float | None
    says: str

    def __str__(self) -> str:
        least, most = ("no fixed bound" if end is None else f"{end:g}" for end in (self.least, self.most))
        return f"{least} to {most}; {self.says}"


# By what holds the number.
SCALES: dict[str, Scale] = {
    "reading": Scale(
        "confidence", 0, 1,
        "the share of such readings that the reader's authors expect to be right, by its rules; no "
        "measured share. `reader` names the reader and its version",
    ),
    "link": Scale(
        "weight", None, None,
        f"{NATS}: how much likelier two ads of one poster share this than two of strangers, by how "
        "rare it is among the posters of this workspace. It speaks of who posts, not of any wrong. `reason` "
        "is its rule in words",
    ),
    "lead": Scale(
        "score", None, None,
        "log-odds in nats, by which leads are ordered: a start, and what the strongest finding of each "
        "family of reasons says. It is no chance of anything",
    ),
    "finding": Scale(
        "weight", None, None,
        f"{NATS}; below 0 it speaks against. Where `source` names no study of its size, the size was "
        "chosen on invented ads. `strength` says whether it was tested on outcomes, by experts, or by nobody",
    ),
    "reason": Scale(
        "share", 0, 1,
        "how much a reason says beside the weightiest reason of this lead, which is 1; a length to "
        "draw, no chance. `strength` says whether it was tested on outcomes, by experts, or by nobody",
    ),
    "chain": Scale(
        "strength", 0, 1,
        "the chance that the tie is no coincidence if that were even before, by how rare what is "
        "shared is; of a chain, that all its steps hold. `word` is strong from 0.9, good from 0.7, else weak",
    ),
    "tie": Scale(
        "strength", 0, 1,
        "the share of the rarer one's ads in which both stand, drawn towards 0 where there are few. "
        "`word` is strong from 0.9, good from 0.7, else weak",
    ),
    "explained": Scale("explained", 0, 1, "the share of the steps from and to its places that it explains"),
    "chance": Scale("chance", 0, 1, "at most so likely is it that wandering in no order shows such a round"),
    "together": Scale(
        "share", 0, 1,
        "the part of either's stays, while the other was seen, that are in the same places and days",
    ),
    "reordered": Scale(
        "p", 0, 1,
        "the share of reorderings of these stays that show as much company by chance; called together "
        "at a false-discovery rate of 5 % over the pairs of this group",
    ),
    "surge": Scale(
        "p", 0, 1,
        "how likely so many ads are if the city goes on as in its last eight weeks; told at a "
        "false-discovery rate of 5 % over all windows",
    ),
    "expected": Scale("expected", 0, None, "ads: what the city's last eight weeks let expect; an estimate"),
    "outcomes": Scale("share", 0, 1, "the share of such leads of this unit whose outcome was so"),
    "low": Scale("low", 0, 1, "the lower end of the range of the share beside it (Wilson's interval, 95 %)"),
    "high": Scale("high", 0, 1, "its upper end"),
    "loss": Scale("loss", 0, None, "the mean surprise, in nats, at outcomes that a card did not see"),
    "order": Scale("order", 0, 1, "how often a confirmed lead stands before one that is not; 0.5 is chance"),
    "foretold": Scale("foretold", 0, 1, "the share of these leads that the card lets expect to be confirmed"),
    "confirmed": Scale("confirmed", 0, 1, "the share of them that was confirmed"),
    "factors": Scale("factors", None, None, "what a family's weight is multiplied by; 1 is as shipped"),
    "alike": Scale("share", 0, 1, "the share of the steps of both rounds that they have in common"),
}  # fmt: skip


def scales(*held: str, error: str = NO_ERROR_RATE) -> dict[str, Any]:
    """Return what the numbers of an answer are, how often they are wrong, and what they are not."""
    are = {SCALES[one].name: str(SCALES[one]) for one in held}
    return {"are": are, "error_rate": error, "caution": NOT_PROOF}


def in_words(said: dict[str, Any]) -> str:
    """Return the same as one text, for files and for a terminal."""
    are = "; ".join(f"{name} = {scale}" for name, scale in said["are"].items())
    return f"{are}. Error rate: {said['error_rate']}. Caution: {said['caution']}." if are else ""

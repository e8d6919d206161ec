"""What does a group of ads suggest? One rule a function, for and against, each with its source."""

from __future__ import annotations

from homeward.connect.indicators import contacts, people, places, wording
from homeward.connect.indicators.registry import GIOMMONI, NIJ, Found, Indicator, left_out, registered
from homeward.model.finding import Strength

__all__ = ["Found", "Indicator", "all_indicators"]

_ROOMS = (contacts, people, places, wording)  # imported for what they register

left_out(
    "stated_ethnicity", "stated ethnicity", Strength.TESTED, "Ethnicity is stated in the ad.",
    "Tested and left out on purpose: words of ethnicity count here in no form.", NIJ, "2024-01-01",
)  # fmt: skip
left_out(
    "incall_only", "venue", Strength.FOLK, "Only visits at the advertiser's place are offered.",
    "Folk: commonest among independents too; a single such sign is base-rate noise.", GIOMMONI, "2021-01-01",
)  # fmt: skip
left_out(
    "stated_age_low", "age", Strength.FOLK, "A stated age below 23.",
    "Tested and not predictive.", NIJ, "2024-01-01",
)  # fmt: skip
left_out(
    "visible_tattoos", "appearance", Strength.FOLK, "Tattoos are visible or mentioned.",
    "Tested: more often in ads that were no cases.", NIJ, "2024-01-01",
)  # fmt: skip
left_out(
    "emoji", "appearance", Strength.FOLK, "Certain emoji stand in the text.",
    "Folk: no outcome study supports any emoji.", GIOMMONI, "2021-01-01",
)  # fmt: skip


def all_indicators() -> tuple[Indicator, ...]:
    """Return every indicator, used or left out, in the order of the registry."""
    return registered()

"""Near: what a build of a neighbourhood is told of everything else.

A refresh after some ads came in builds the groups anew that these ads touch, and leaves the others as they
are (see `neighbourhood.py`); here stands what the small build needs to come to what the whole one would.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from homeward.connect.elsewhere import Elsewhere
from homeward.connect.facts import Facts
from homeward.connect.templates import Worded, telling
from homeward.connect.tools import relabel


@dataclass(frozen=True)
class Near:
    """The rest, counted; and of each ad that is built now the template it has (by id, "" for none).

    `thin` are the ads whose wording says too little to tell who wrote it; `generic` the contacts (kind,
    value) that join nothing.
    """

    elsewhere: Elsewhere
    templates: Mapping[str, str]
    thin: frozenset[str]
    generic: frozenset[tuple[str, str]]

    def worded(self, facts: Facts, bands: pa.Table) -> Worded:
        """Return each ad's wording and template; `bands` has a row an ad, in the ads' order."""
        count = facts.count
        names = np.array([self.templates.get(ad, "") for ad in facts.ad_ids], dtype=object)
        code = np.unique(names.astype(str), return_inverse=True)[1].astype(np.int64)
        alone = names == ""
        code[alone] = count + np.flatnonzero(alone)
        shown = relabel(code)
        keys = bands["wording"].to_numpy()
        wording = relabel(np.unique(keys, return_inverse=True)[1])
        thin = np.array([ad in self.thin for ad in facts.ad_ids], dtype=bool)
        known = {int(shown[ad]): str(names[ad]) for ad in np.flatnonzero(~alone).tolist()}
        return Worded(shown, telling(shown, thin, max(count, 1)), wording, thin, keys, known)

"""Elsewhere: the ads that a refresh does not build anew, as what is counted of them.

Rarity, baselines and middles are counted over everything. Where only the neighbourhood of what is new is
built, the rest comes in here as columns that were kept of the run before (`schema.TRAITS`): no text is read,
no pair compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from homeward.connect.tools import Floats, Ints, ascending, codes_of, flatten
from homeward.model import schema

Bools = npt.NDArray[np.bool_]

SAID = pa.schema([("network", pa.int64()), ("kind", pa.string()), ("value", pa.string())])


@dataclass(frozen=True)
class Elsewhere:
    """Ads that are not built now: their `traits`, their `network` (numbered from 0) and `template` (an id).

    `said` are the values that their networks say, once each, of kinds that their traits do not hold.
    """

    traits: pa.Table
    network: Ints
    template: pa.Array
    said: pa.Table

    @classmethod
    def nothing(cls) -> Elsewhere:
        """Return what is elsewhere where everything is built now."""
        return cls(
            schema.TRAITS.empty_table(), np.empty(0, dtype=np.int64), pa.array([], pa.string()),
            SAID.empty_table(),
        )  # fmt: skip

    @property
    def count(self) -> int:
        """How many ads are elsewhere."""
        return int(self.traits.num_rows)

    @property
    def groups(self) -> int:
        """How many networks are elsewhere."""
        return int(self.network.max(initial=-1)) + 1

    @property
    def posters(self) -> int:
        """How many posters are elsewhere."""
        return int(pc.sum(self.traits["heads"]).as_py() or 0)

    def holders(self, kind: str, values: Sequence[str]) -> Ints:
        """Return how many networks elsewhere say each value of a kind; `template` values are ids.

        Networks without any contact count as one of a template's, as in `weights.weigh`.
        """
        if not self.count or not len(values):
            return np.zeros(len(values), dtype=np.int64)
        network, said = self._pairs[kind] if kind in self._pairs else self._spoken(kind)
        wanted = pa.array(values, pa.string())
        place = codes_of(pc.fill_null(pc.index_in(said, value_set=wanted), -1))
        network, place = network[place >= 0], place[place >= 0]
        if kind == "template":
            network = np.where(self._reached[network], network, self.groups)
        both = ascending(place * (self.groups + 1) + network)
        return np.bincount(both // (self.groups + 1), minlength=len(values)).astype(np.int64)

    @cached_property
    def _pairs(self) -> dict[str, tuple[Ints, pa.Array]]:
        offsets, _ = flatten(self.traits["photos"].combine_chunks())
        photos = pc.list_flatten(self.traits["photos"]).combine_chunks()
        return {
            "photo": (np.repeat(self.network, np.diff(offsets)), photos),
            "template": (self.network, self.template),
            "city": (self.network, self.traits["placed"].combine_chunks()),
        }

    def _spoken(self, kind: str) -> tuple[Ints, pa.Array]:
        rows = self.said.filter(pc.equal(self.said["kind"], kind))
        return codes_of(rows["network"]), rows["value"].combine_chunks()

    @cached_property
    def _reached(self) -> Bools:
        """Which networks give any contact."""
        reached = np.zeros(self.groups, dtype=bool)
        reached[self.network[self.column("contact")]] = True
        return reached

    def column(self, name: str) -> npt.NDArray[np.bool_]:
        """Return a trait that is true or false."""
        return np.asarray(self.traits[name].to_numpy(), dtype=bool)

    def days(self, name: str) -> Floats:
        """Return a trait that is a number."""
        return np.asarray(self.traits[name].to_numpy(), dtype=np.float64)

    def codes(self, name: str, known: Sequence[str]) -> Ints:
        """Return a trait as the numbers of `known` texts; others go on counting, null is -1."""
        return codes_among(self.traits[name], known)


def codes_among(column: pa.ChunkedArray | pa.Array, known: Sequence[str]) -> Ints:
    """Return texts as their places among `known`; others go on counting from there, null is -1."""
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    place = pc.index_in(column, value_set=pa.array(known, pa.string()))
    strange = pc.and_(pc.is_null(place), pc.is_valid(column))
    others = pc.index_in(column, value_set=pc.drop_null(pc.unique(column.filter(strange))))
    out = codes_of(pc.fill_null(place, -1))
    mask = np.asarray(strange.to_numpy(zero_copy_only=False), dtype=bool)
    out[mask] = len(known) + codes_of(pc.fill_null(others, -1))[mask]
    return out

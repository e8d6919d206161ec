"""The index as somebody finds it who may not see some of its ads: none is found, counted or read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from homeward.model import query_tree as tree
from homeward.model.query import Query
from homeward.store.index.embedded import Index, Page


class Without(Index):
    """An index without some ads; it only reads."""

    def __init__(self, whole: Index, hidden: Collection[str]) -> None:
        super().__init__(whole.root)
        self._whole, self._hidden = whole, frozenset(hidden)
        names = [tree.Field("ad", ad) for ad in sorted(self._hidden)]
        self._others = Query(tree.negate(tree.any_of(list(names))))

    def count(self) -> int:
        """Return how many ads the whole index holds."""
        return self._whole.count()

    def some(self, ads: Collection[str]) -> dict[str, Mapping[str, Any]]:
        """Return those of some ads that are there and not hidden."""
        return self._whole.some([ad for ad in ads if ad not in self._hidden])

    def total(self, query: Query) -> int:
        """Return how many of the other ads fit."""
        return self._whole.total(query.and_also(self._others))

    def keys(self, query: Query, most: int) -> npt.NDArray[np.bytes_]:
        """Return the keys of the other ads that fit."""
        return self._whole.keys(query.and_also(self._others), most)

    def dated(self, query: Query, most: int) -> tuple[npt.NDArray[np.bytes_], npt.NDArray[np.int64]]:
        """Return the keys and times of the other ads that fit."""
        return self._whole.dated(query.and_also(self._others), most)

    def search(
        self, query: Query, *, limit: int = 50, after: str | None = None, facets: Sequence[str] = (),
        histogram: str | None = None,
    ) -> Page:  # fmt: skip
        """Return a page of the other ads, and counts over them alone."""
        seen = query.and_also(self._others)
        return self._whole.search(seen, limit=limit, after=after, facets=facets, histogram=histogram)

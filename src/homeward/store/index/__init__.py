"""Where ads are found. `Index` is the embedded form on tantivy; other engines keep the same contract."""

from homeward.store.index.embedded import Hit, Index, Page
from homeward.store.index.fields import FACETS, VERSION

__all__ = ["FACETS", "VERSION", "Hit", "Index", "Page"]

"""A query as tantivy understands it, built piece by piece; no text of a person is ever parsed by tantivy.

Every piece is exact: it finds the documents that the oracle would. What has no exact counterpart
(nearness) is turned into the set of terms for which the oracle says yes.
"""

from __future__ import annotations

from typing import Any, Protocol, TypeAlias

import tantivy
from tantivy import FieldType, Occur
from tantivy import Query as Build

from homeward.model import query_tree as tree
from homeward.model.searchable import glob_matches
from homeward.store.index import fields

DAY = 86_400_000_000  # microseconds
_SPECIAL = frozenset("\\.+*?()|[]{}^$#&-~")

Tantivy: TypeAlias = Any  # a tantivy.Query; the checker does not follow that package


class Terms(Protocol):
    """What compiling needs to know of the month it compiles for."""

    schema: tantivy.Schema

    def terms(self, field: str, prefix: str) -> list[str]:
        """Return the terms of a field that begin so."""

    def numbers(self, glob: str) -> list[str] | None:
        """Return the phone terms that fit a pattern; None where the automaton is quicker."""

    def places(self, near: tree.Near) -> list[str]:
        """Return the place terms that lie within a circle."""


def compiled(node: tree.Node, month: Terms) -> Tantivy:
    """Return the tantivy query for one node."""
    match node:
        case tree.All():
            return Build.all_query()
        case tree.Phrase():
            return _any([_phrase(node.words, month), *(_glob(glob, month) for glob in node.globs)])
        case tree.Like():
            return _pattern(fields.TEXT, node.glob, month)
        case tree.Fuzzy():
            return Build.fuzzy_term_query(
                month.schema, fields.TEXT, node.word, distance=node.edits, transposition_cost_one=True
            )
        case tree.Field():
            return _any([_glob(glob, month) for glob in node.globs])
        case tree.Since():
            return at_range(month.schema, lower=tree.epoch_day(node.day) * DAY)
        case tree.Until():
            return at_range(month.schema, upper=(tree.epoch_day(node.day) + 1) * DAY - 1)
        case tree.Near():
            return _set(fields.TERM, month.places(node), month)
        case tree.Not():
            return both([], [compiled(node.part, month)])
        case tree.Or():
            return _any([compiled(part, month) for part in node.parts])
        case tree.And():
            wanted = [compiled(part, month) for part in node.parts if not isinstance(part, tree.Not)]
            unwanted = [compiled(part.part, month) for part in node.parts if isinstance(part, tree.Not)]
            return both(wanted, unwanted)


def both(wanted: list[Tantivy], unwanted: list[Tantivy] | None = None) -> Tantivy:
    """Return all of the first and none of the second."""
    pairs = [(Occur.Must, query) for query in wanted or [Build.all_query()]]
    pairs += [(Occur.MustNot, query) for query in unwanted or []]
    return Build.boolean_query(pairs) if len(pairs) > 1 else wanted[0]


def at_range(schema: tantivy.Schema, *, lower: int | None = None, upper: int | None = None) -> Tantivy:
    """Return documents whose time lies between two times, both included."""
    return Build.range_query(schema, fields.AT, FieldType.Integer, lower_bound=lower, upper_bound=upper)


def _any(queries: list[Tantivy]) -> Tantivy:
    return queries[0] if len(queries) == 1 else Build.boolean_query([(Occur.Should, q) for q in queries])


def _phrase(words: tuple[str, ...], month: Terms) -> Tantivy:
    """Return a phrase; tantivy wants two words for that, one is a term."""
    if len(words) == 1:
        return Build.term_query(month.schema, fields.TEXT, words[0])
    return Build.phrase_query(month.schema, fields.TEXT, list(words))


def _glob(glob: str, month: Terms) -> Tantivy:
    glob = fields.whole(glob)
    if "*" not in glob:
        return Build.term_query(month.schema, fields.TERM, glob)
    return _pattern(fields.TERM, glob, month)


def _pattern(field: str, glob: str, month: Terms) -> Tantivy:
    """Return terms that fit a pattern, by an automaton; one too large for that is applied here."""
    if glob.startswith("phone:*") and (known := month.numbers(glob)) is not None:
        return _set(field, known, month)
    # Numbers are digits after a +: knowing that, the automaton has a tenth of the states.
    gap = "[0-9+]*" if glob.startswith("phone:") else ".*"
    pieces = ("".join(f"\\{c}" if c in _SPECIAL else c for c in piece) for piece in glob.split("*"))
    try:
        return Build.regex_query(month.schema, field, "(?s)" + gap.join(pieces))
    except ValueError:
        prefix = glob.partition("*")[0]
        return _set(field, [term for term in month.terms(field, prefix) if glob_matches(glob, term)], month)


def _set(field: str, terms: list[str], month: Terms) -> Tantivy:
    return Build.term_set_query(month.schema, field, terms) if terms else Build.empty_query()

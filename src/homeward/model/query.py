"""A query: one form for the command line, the screens, lists, saved searches and alerts.

`parse` reads the text grammar (`query_text`), `to_json`/`from_json` carry it between machines, and
`matches` is the oracle that every index is tested against. `parse(q.to_text()) == q` for every query.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from homeward.model import query_text
from homeward.model import query_tree as tree
from homeward.model.errors import QueryError
from homeward.model.mention import CUSTOM, is_custom
from homeward.model.searchable import SearchDoc, search_doc

__all__ = ["Query", "QueryError", "SearchDoc", "matches", "parse", "search_doc"]


@dataclass(frozen=True)
class Query:
    """What is searched for, as a tree."""

    root: tree.Node = tree.All()  # noqa: RUF009 - a frozen value

    @property
    def is_all(self) -> bool:
        """Whether every ad fits."""
        return isinstance(self.root, tree.All)

    def to_text(self) -> str:
        """Return the text form; `parse` reads it back to the same query."""
        return self.root.text()

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form; `from_json` reads it back to the same query."""
        return self.root.json()

    @staticmethod
    def from_json(value: object) -> Query:
        """Read the JSON form, or raise QueryError; bounds are those of the text form."""
        query = Query(_node(value, 0))
        if parse(query.to_text()) != query:
            raise QueryError("the JSON form does not say what its text form says")
        return query

    def and_also(self, *others: Query) -> Query:
        """Return the query that this and the others must all fit."""
        parts = [query.root for query in (self, *others) if not query.is_all]
        return Query(tree.all_of(parts)) if parts else Query()


def parse(text: str) -> Query:
    """Read a text such as `amber city:reno -spam (phone:702* OR "new in town")`, or raise QueryError."""
    return Query(query_text.read(text))


def field(name: str, value: str) -> Query:
    """Return the query for one value of one field, as a facet or a list gives it."""
    if is_custom(name):
        name, value = CUSTOM.rstrip(":"), f"{name.removeprefix(CUSTOM)}:{value.strip()}"
    if name not in (*tree.FIELDS, "from", "to", "near"):
        raise QueryError(f"there is no field {name}")
    if not value.strip():
        raise QueryError(f"{name}: needs a value")
    return Query(query_text.make_field(name, value.strip(), 0))


def matches(query: Query, doc: SearchDoc) -> bool:
    """Tell whether an ad fits a query: the oracle."""
    return query.root.holds(doc)


def _node(value: object, depth: int) -> tree.Node:
    """Read one node of the JSON form."""
    if depth > query_text.DEEPEST:
        raise QueryError(f"it is nested deeper than {query_text.DEEPEST}")
    if not isinstance(value, dict) or not value:
        raise QueryError("every part of the JSON form is an object")
    name = next((key for key in _READERS if key in value), None)
    if name is None:
        raise QueryError(f"a part of the JSON form has one of {', '.join(_READERS)}")
    return _READERS[name](value, depth)


def _parts(value: dict[str, Any], name: str, depth: int) -> list[tree.Node]:
    parts = value[name]
    if not isinstance(parts, list) or not parts or len(parts) > query_text.MOST_TERMS:
        raise QueryError(f'"{name}" needs a list of up to {query_text.MOST_TERMS} parts')
    return [_node(part, depth + 1) for part in parts]


def _string(value: dict[str, Any], name: str) -> str:
    text = value.get(name)
    if not isinstance(text, str) or not text.strip() or len(text) > query_text.LONGEST_QUERY:
        raise QueryError(f'"{name}" needs a text')
    return text


def _text(value: dict[str, Any], depth: int) -> tree.Node:
    typed, edits = _string(value, "text"), value.get("fuzzy")
    if edits is not None:
        if type(edits) is not int or edits not in (1, 2):
            raise QueryError('"fuzzy" is 1 or 2')
        return query_text.make_fuzzy(typed, edits, 0)
    if not tree.Phrase(typed).words:
        raise QueryError('"text" needs a word')
    return tree.Phrase(typed, exact=value.get("exact") is True)


def _place(value: dict[str, Any], depth: int) -> tree.Node:
    numbers = value["near"]
    if not isinstance(numbers, list) or any(type(number) not in (int, float) for number in numbers):
        raise QueryError('"near" is [lat, lon, km]')
    return query_text.make_field("near", ",".join(f"{number:.12g}" for number in numbers), 0)


_READERS: dict[str, Callable[[dict[str, Any], int], tree.Node]] = {
    "and": lambda value, depth: tree.all_of(_parts(value, "and", depth)),
    "or": lambda value, depth: tree.any_of(_parts(value, "or", depth)),
    "not": lambda value, depth: tree.negate(_node(value["not"], depth + 1)),
    "text": _text,
    "like": lambda value, depth: query_text.make_like(_string(value, "like"), 0),
    "field": lambda value, depth: field(_string(value, "field"), _string(value, "value")).root,
    "from": lambda value, depth: field("from", _string(value, "from")).root,
    "to": lambda value, depth: field("to", _string(value, "to")).root,
    "near": _place,
    "all": lambda value, depth: tree.All(),
}

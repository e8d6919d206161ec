"""What the database itself shows to whoever asks: the second layer below permission.

While somebody's act runs, its transactions use connections on which every table of cases, and of what is
one person's own, is hidden behind a temporary view of the same name: a function of the desk that forgets its
filter is given no row of a case of others. SQLite's authorizer refuses to read such a table past its view,
and to change the schema, attach files or set pragmas. What one is not shown one cannot change either: the
triggers of `refusals` pass it over, and refuse what is written in somebody else's name, for a case of others
or on a restricted ad, and everything but the log where the act is only a look. It guards against a forgotten
filter, not against somebody who can run code in this process.

Corridors (taking in, refreshing, erasing) and the gate itself, which has to know of what it hides, see the
whole: outside an act, or by `whole`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from homeward.store.ledger import refusals
from homeward.store.ledger.people_tables import outcomes
from homeward.store.ledger.tables import decisions, utc_text


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, when, and what their role is given beyond their own and their cases': the desk says it."""

    account: str
    at: datetime
    knows: bool = False  # of every case that is not sealed
    audits: bool = False  # every event
    looks: bool = False  # who looked at an ad or a lead without stating a case
    duty: bool = False  # every urgent mark
    answers: bool = False  # everybody's requests for a second person
    reviews: bool = False  # every broken glass
    changes: bool = True  # the act is more than a look
    hidden: frozenset[str] = frozenset()  # ads that are restricted for them


_asking: ContextVar[Asking | None] = ContextVar("asking", default=None)

_ME = "(SELECT account FROM temp.asking)"
_MINE = '(SELECT "case" FROM temp.mine)'
_HIDDEN = "(SELECT ad FROM temp.hidden)"


def _may(what: str) -> str:
    return f"(SELECT {what} FROM temp.asking)"


def _unnoted(table: sa.Table) -> str:
    """Return a table's columns, with no note where the row is of a case of others."""
    shown = f'CASE WHEN "case" IS NULL OR "case" IN {_MINE} THEN note ELSE \'\' END AS note'
    columns = ", ".join(shown if c.name == "note" else f'"{c.name}"' for c in table.columns)
    return f"SELECT {columns} FROM main.{table.name}"


# One's own events and those of one's cases; and that somebody looked for no case, though not at a case.
_OWN = f'{_may("audits")} OR e.actor = {_ME} OR e."case" IN {_MINE}'
_LOOKS = (
    f"{_may('looks')} AND e.\"case\" = '' "
    "AND e.act IN ('look', 'search', 'triage', 'undo', 'judge', 'export') "
    "AND NOT EXISTS (SELECT 1 FROM main.cases c WHERE c.id = json_extract(e.objects, '$[0]'))"
)
# Table → what whoever asks is given of it.
VIEWS: dict[str, str] = {
    "cases": f"SELECT * FROM main.cases WHERE id IN {_MINE} OR ({_may('knows')} AND NOT sealed)",
    "case_members": 'SELECT * FROM main.case_members WHERE "case" IN (SELECT id FROM temp.cases)',
    "glass": f"SELECT * FROM main.glass WHERE account = {_ME} OR {_may('reviews')}",
    "requests": f"SELECT * FROM main.requests WHERE \"by\" = {_ME} OR {_may('answers')} "
                "OR action = 'purpose.add'",
    "watches": f"SELECT * FROM main.watches WHERE owner = {_ME}",
    "searches": f"SELECT * FROM main.searches WHERE actor = {_ME}",
    "dossier_notes": f'SELECT * FROM main.dossier_notes WHERE ("case" IN {_MINE} '
                     f'OR ("case" IS NULL AND "by" = {_ME})) AND ad NOT IN {_HIDDEN}',
    "judgements": f"SELECT * FROM main.judgements WHERE a NOT IN {_HIDDEN} AND b NOT IN {_HIDDEN}",
    "child_flags": f"SELECT * FROM main.child_flags WHERE \"by\" = {_ME} OR {_may('duty')}",
    "decisions": _unnoted(decisions),
    "outcomes": _unnoted(outcomes),
    "events": f"SELECT e.* FROM main.events e WHERE {_OWN} OR ({_LOOKS})",
    "event_keys": "SELECT k.* FROM main.event_keys k WHERE EXISTS (SELECT 1 FROM main.events e "
                  f"WHERE e.seq = k.seq AND ({_OWN} OR ({_LOOKS} AND e.act <> 'search')))",
}  # fmt: skip
_EVERY_ROW = frozenset({"decisions", "outcomes"})  # their views hide words: counting past one tells nothing
# The log's own machinery (counting, signing) names these as `main.…` and sees them whole.
_MACHINERY = frozenset({"events", "event_keys"})
_REFUSED = frozenset(
    {
        *range(dbapi2.SQLITE_CREATE_INDEX, dbapi2.SQLITE_CREATE_VIEW + 1),
        *range(dbapi2.SQLITE_DROP_INDEX, dbapi2.SQLITE_DROP_VIEW + 1),
        dbapi2.SQLITE_ATTACH, dbapi2.SQLITE_DETACH, dbapi2.SQLITE_ALTER_TABLE, dbapi2.SQLITE_REINDEX,
        dbapi2.SQLITE_ANALYZE, dbapi2.SQLITE_CREATE_VTABLE, dbapi2.SQLITE_DROP_VTABLE,
    }
)  # fmt: skip
_PRAGMAS = {"query_only": ("ON", "OFF"), "read_uncommitted": (None,)}  # ours, and one that SQLAlchemy asks
_YES, _NO = int(dbapi2.SQLITE_OK), int(dbapi2.SQLITE_DENY)
_CHANGES = ("INSERT INTO ", "UPDATE ", "DELETE FROM ")


def asking() -> Asking | None:
    """Return who asks now; None: the house itself."""
    return _asking.get()


@contextmanager
def seen_by(who: Asking | None) -> Iterator[None]:
    """Let every transaction that begins inside see what `who` may see; None sees everything."""
    token = _asking.set(who)
    try:
        yield
    finally:
        _asking.reset(token)


def whole() -> Any:
    """Let every transaction that begins inside see everything: for the gate, and for whole corridors."""
    return seen_by(None)


def guard(engine: sa.Engine) -> None:
    """Make every connection of an engine one that shows to whoever asks what is theirs."""
    sa.event.listen(engine, "connect", _veiled)
    sa.event.listen(engine, "before_cursor_execute", _to_main, retval=True)
    sa.event.listen(engine, "after_cursor_execute", _done)


def begin(connection: sa.Connection, who: Asking) -> None:
    """Say on such a connection who asks, before its transaction begins."""
    cursor = connection.connection.cursor()
    cursor.execute(
        "UPDATE temp.asking SET account = ?, at = ?, knows = ?, audits = ?, looks = ?, duty = ?, "
        "answers = ?, reviews = ?, changes = ?",
        (who.account, utc_text(who.at), who.knows, who.audits, who.looks, who.duty, who.answers, who.reviews,
         who.changes),
    )  # fmt: skip
    if connection.info.get("hidden") != who.hidden:
        connection.info["hidden"] = None
        cursor.execute("DELETE FROM temp.hidden")
        cursor.executemany("INSERT INTO temp.hidden VALUES (?)", [(ad,) for ad in who.hidden])
        connection.info["hidden"] = who.hidden


def _veiled(connection: Any, record: Any) -> None:
    connection.execute(
        "CREATE TEMP TABLE asking "
        "(account TEXT, at TEXT, knows INT, audits INT, looks INT, duty INT, answers INT, reviews INT, "
        "changes INT)"
    )
    connection.execute("INSERT INTO temp.asking VALUES ('', '', 0, 0, 0, 0, 0, 0, 0)")
    connection.execute("CREATE TEMP TABLE hidden (ad TEXT PRIMARY KEY) WITHOUT ROWID")
    connection.execute(
        'CREATE TEMP VIEW mine AS SELECT m."case" AS "case" FROM main.case_members m '
        f'WHERE m.account = {_ME} UNION SELECT g."case" FROM main.glass g WHERE g.account = {_ME} '
        f"AND g.at <= {_may('at')} AND g.until > {_may('at')}"
    )
    for name, says in VIEWS.items():
        connection.execute(f"CREATE TEMP VIEW {name} AS {says}")
    for made in refusals.triggers(VIEWS, frozenset({*_MACHINERY, *_EVERY_ROW})):
        connection.execute(made)
    record.info["hidden"] = frozenset()
    state = record.info["changes"] = [False]
    hidden = frozenset(VIEWS) - _MACHINERY

    def allowed(action: int, first: str | None, second: str | None, base: str | None, by: str | None) -> int:
        """A table is read through its view; a change (of what the act has found) names the table itself."""
        if action in _REFUSED or (
            action == dbapi2.SQLITE_PRAGMA and second not in _PRAGMAS.get(first or "", ())
        ):
            return _NO
        past = action == dbapi2.SQLITE_READ and base == "main" and first in hidden and by is None
        past = past and not (second == "" and first in _EVERY_ROW)
        return _NO if past and not state[0] else _YES

    connection.set_authorizer(allowed)


def _to_main(
    connection: sa.Connection, cursor: Any, statement: str, values: Any, context: Any, many: bool
) -> tuple[str, Any]:
    """Let a change name the table itself: a view cannot be changed."""
    changes = connection.info["changes"][0] = statement.startswith(_CHANGES)
    if changes:
        verb = next(word for word in _CHANGES if statement.startswith(word))
        statement = f"{verb}main.{statement[len(verb) :]}"
    return statement, values


def _done(connection: sa.Connection, *_: Any) -> None:
    connection.info["changes"][0] = False

"""What the database refuses to change for whoever asks: the same second layer, for writing.

Each is a temporary trigger on a table: it undoes the statement, and with it the act and its event. A row that
is not shown is passed over instead, as if it were not there: a refusal would tell that it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from homeward.store.ledger import people_tables as _people_tables  # so that every table is known
from homeward.store.ledger import record_tables as _record_tables
from homeward.store.ledger.tables import metadata

del _people_tables, _record_tables

ME = "(SELECT account FROM temp.asking)"
# Whose a new row is: nobody writes in the name of somebody else.
WRITES = {
    "decisions": "by", "dossier_notes": "by", "judgements": "by", "outcomes": "by", "child_flags": "by",
    "requests": "by", "glass": "account", "watches": "owner", "searches": "actor", "case_members": "by",
}  # fmt: skip
# A new row for a case is for one's own, or for one that one knows of.
OF_A_CASE = ("decisions", "dossier_notes", "outcomes", "watches")
OF_A_KNOWN_CASE = ("case_members", "requests")
_OTHERS = '(SELECT 1 FROM main.case_members m WHERE m."case" = NEW."case")'
# What a look leaves, beside the log: that it was searched for, and up to where one has looked.
BY_A_LOOK = frozenset(
    {"events", "event_keys", "event_nodes", "checkpoints", "meta", "searches", "watches"}
)  # fmt: skip


def triggers(views: Mapping[str, str], rows_told: Collection[str]) -> Iterator[str]:
    """Yield what makes the triggers; of tables in `rows_told` their views show (or hide) no whole rows."""
    for name, table in sorted(metadata.tables.items()):
        if name not in BY_A_LOOK:
            for verb in ("INSERT", "UPDATE", "DELETE"):
                yield _refuse(name, verb, "a look changes nothing", "NOT (SELECT changes FROM temp.asking)")
        if name in views and name not in rows_told:
            keys = " AND ".join(f'v."{c.name}" = OLD."{c.name}"' for c in table.primary_key)
            unseen = f"NOT EXISTS (SELECT 1 FROM temp.{name} v WHERE {keys})"
            for verb in ("UPDATE", "DELETE"):
                yield _made(name, verb, "not shown is not there", unseen, "IGNORE")
        if name in WRITES:
            yield _refuse(name, "INSERT", "in the name of another", f'NEW."{WRITES[name]}" IS NOT {ME}')
        if name in (*OF_A_CASE, *OF_A_KNOWN_CASE):
            known = 'SELECT "case" FROM temp.mine'
            known += " UNION SELECT id FROM temp.cases" if name in OF_A_KNOWN_CASE else ""
            others = f'NEW."case" IS NOT NULL AND NEW."case" NOT IN ({known})'
            if (
                name == "case_members"
            ):  # whoever makes a case is its first member, and of no other by themselves
                others = f"({others} OR NEW.account IS {ME}) AND EXISTS {_OTHERS}"
            yield _refuse(name, "INSERT", "for a case of others", others)
        if name == "judgements":
            hidden = "SELECT ad FROM temp.hidden"
            unseen = f"NEW.a IN ({hidden}) OR NEW.b IN ({hidden})"
            yield _refuse(name, "INSERT", "of what is not shown", unseen)


def _refuse(table: str, verb: str, why: str, when: str) -> str:
    return _made(table, verb, why, when, f"ABORT, '{why}'")


def _made(table: str, verb: str, why: str, when: str, raised: str) -> str:
    name = f"{table}, {verb.lower()}: {why}"
    done = f"BEGIN SELECT RAISE({raised}); END"
    return f'CREATE TEMP TRIGGER "{name}" BEFORE {verb} ON main.{table} WHEN {when} {done}'

"""What do people do here? Events, judgements, decisions, jobs, pins: encrypted, and in one transaction."""

from homeward.store.ledger import people_tables as _people_tables  # so that every table is known
from homeward.store.ledger import record_tables as _record_tables
from homeward.store.ledger.engine import Ledger, Tx

del _people_tables, _record_tables

__all__ = ["Ledger", "Tx"]

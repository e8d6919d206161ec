"""What do people do here? Events, judgements, decisions, jobs, pins: encrypted, and in one transaction."""

from homeward.store.ledger.engine import Ledger, Tx

__all__ = ["Ledger", "Tx"]

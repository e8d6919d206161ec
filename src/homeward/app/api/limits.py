"""How many requests a minute: per account and per address, for signing in, searching, looking and changing.

Each key has a budget that fills up again steadily (the generic cell rate algorithm: one number a key). A
budget holds what a person's screens need at once; a program that reads everything meets its end.
"""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

MOST = 10_000  # keys remembered of either kind; beyond it the one that rested longest is forgotten
NETWORK = 64  # bits of an IPv6 address: whoever has one has as many as they like below it
# Secrets are tried here: few, whoever asks. Everything else that one does at the door is a look.
DOOR = frozenset(
    {"sign_in", "ask_key", "open_link", "ask_join_key", "join", "prove", "begin_provider", "come_back",
     "give_factor", "prove_at_provider"}
)  # fmt: skip
SEARCHES = frozenset(
    {"search_ads", "get_search", "search_list", "search_groups", "ask_network", "preview_judgement",
     "look_watch", "list_watches", "keep_watch"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Budget:
    """How many at once, and how many a minute after that."""

    burst: int
    a_minute: int


# By what is asked: for one account, and for one address, behind which a whole team may be.
BUDGETS: Mapping[str, tuple[Budget, Budget]] = {
    "door": (Budget(10, 10), Budget(30, 30)),
    "search": (Budget(60, 120), Budget(300, 600)),
    "look": (Budget(300, 600), Budget(1_500, 3_000)),
    "change": (Budget(60, 120), Budget(300, 600)),
}


class Limits:
    """The budgets of one server, in memory: a restart fills them."""

    def __init__(
        self, budgets: Mapping[str, tuple[Budget, Budget]] = BUDGETS, *, most: int = MOST,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._budgets, self._most, self._clock = budgets, most, clock
        self._lock = threading.Lock()
        # Two, so that whoever has many addresses makes no account be forgotten.
        self._accounts: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._addresses: OrderedDict[tuple[str, str], float] = OrderedDict()

    def wait(self, kind: str, account: str, address: str) -> int:
        """Take one request from both budgets and return 0; or return the seconds to wait, and take none."""
        now = self._clock()
        mine, whole = self._budgets[kind]
        keyed = [(self._addresses, (kind, _network(address)), whole)]
        if account:
            keyed.append((self._accounts, (kind, account), mine))
        with self._lock:
            late = max(_late(kept.get(key, now), budget, now) for kept, key, budget in keyed)
            if late > 0:
                return math.ceil(late)
            for kept, key, budget in keyed:
                kept[key] = max(kept.get(key, now), now) + 60 / budget.a_minute
                kept.move_to_end(key)
                while len(kept) > self._most:
                    kept.popitem(last=False)
        return 0

    @property
    def kept(self) -> int:
        """How many keys are remembered."""
        return len(self._accounts) + len(self._addresses)


def kind_of(operation: str, method: str) -> str:
    """Return which budget an operation is taken from."""
    if operation in DOOR:
        return "door"
    if operation in SEARCHES:
        return "search"
    return "look" if method == "GET" else "change"


def _late(filled: float, budget: Budget, now: float) -> float:
    """Return how many seconds too early a request is, given when the budget will be full again."""
    return max(filled, now) - now - (budget.burst - 1) * 60 / budget.a_minute


def _network(address: str) -> str:
    """Return what counts as one address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, NETWORK), strict=False))
    return address

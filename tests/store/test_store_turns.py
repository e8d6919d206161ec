"""Turns are taken in the order of asking, and given up after a time."""

import threading
import time

import pytest

from homeward.store.turns import NoTurn, Turns


def test_turns_come_in_the_order_of_asking():
    """Twenty wait behind one; each is served after those who asked before it."""
    turns, served, asked = Turns(), [], threading.Semaphore(0)

    def ask(n):
        asked.release()
        with turns.taken(seconds=30):
            served.append(n)

    with turns.taken(seconds=1):
        threads = []
        for n in range(20):
            threads.append(threading.Thread(target=ask, args=(n,)))
            threads[-1].start()
            asked.acquire()
            while len(turns._waiting) <= n:
                time.sleep(0.001)
    for one in threads:
        one.join()
    assert served == list(range(20))


def test_a_turn_that_does_not_come_is_given_up_and_blocks_nobody():
    turns = Turns()
    with turns.taken(seconds=1), pytest.raises(NoTurn), turns.taken(seconds=0.01):
        pass
    with turns.taken(seconds=0.01):
        pass


def test_a_turn_whose_holder_fails_goes_on_to_the_next():
    turns = Turns()
    with pytest.raises(ValueError, match="x"), turns.taken(seconds=1):
        raise ValueError("x")
    with turns.taken(seconds=0.01):
        pass

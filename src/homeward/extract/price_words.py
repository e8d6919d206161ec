"""Amounts in words before their currency: "one hundred dollars", "two hundred roses", "cien euros"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from homeward.extract.text.digit_words import HUNDRED, HUNDREDS_WORDS, TENS_WORDS, WORDS
from homeward.extract.text.tokens import Page

HUNDREDS = {"cien": 100, "ciento": 100, "cent": 100, "cento": 100, "cem": 100, "hundert": 100, "сто": 100} | {
    word: int(value) for word, value in HUNDREDS_WORDS.items()
}
FARTHEST = 5  # words of an amount: "one hundred and twenty five"
LEAST, MOST = 20, 9999
ARTICLES = frozenset(["a", "one"])
JOINS = frozenset(["and", "y", "e", "et", "und"])


def worded(
    page: Page, is_money: int, named: Callable[[Page, int], tuple[str, float] | None]
) -> Iterator[tuple[int, int, str, str, float]]:
    """Yield start, end, value, currency and confidence of every amount in words before a currency's word."""
    for n in page.where(is_money):
        first, value = said_before(page, n)
        if LEAST <= value <= MOST and (money := named(page, n)) is not None:
            yield page.starts[first], page.end(n), str(value), *money


def said_before(page: Page, n: int) -> tuple[int, int]:
    """Return the first word and the value of the number that ends before word `n`; 0 if there is none."""
    first = n
    while (
        first
        and n - first < FARTHEST
        and page.gap(first - 1) in (" ", "-")
        and _is_part(page.word(first - 1))
    ):
        first -= 1
    while first < n and page.word(first) in JOINS:
        first += 1
    total = last = 0
    for k in range(first, n):
        word = page.word(k)
        if word == HUNDRED:
            total, last = (total or 1) * 100, 100
        elif word in HUNDREDS:
            total, last = total + HUNDREDS[word], 100
        elif word in TENS_WORDS:
            tens = int(TENS_WORDS[word])
            total = total * 100 + tens if last == 1 and total < 10 else total + tens  # "one twenty"
            last = 10
        elif word not in JOINS:
            if last == 1:
                return n, 0  # "one two dollars": no amount
            total, last = total + int(WORDS.get(word, "1")), 1
    return first, total


def _is_part(word: str) -> bool:
    known = word in TENS_WORDS or word in HUNDREDS or word == HUNDRED or word in JOINS
    return known or (word in WORDS and len(WORDS[word]) < 3) or word in ARTICLES

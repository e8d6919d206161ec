"""What readers of names of things share: whether words stand in one phrase, and how it is written."""

from __future__ import annotations

from collections.abc import Container

from homeward.extract.text.tokens import Page

NEXT = frozenset((" ", "  ", ". ", ".", "-", "'"))  # between the words of one name
ABBREVIATED = 3  # letters before a full stop that does not end a sentence: "St. Regis Hotel"


def joined(page: Page, first: int, last: int) -> bool:
    """Whether words `first` to `last` stand in one phrase: nothing but a blank or the like between them."""
    return all(page.gap(n) in NEXT for n in range(first, last))


def capital(page: Page, n: int) -> bool:
    """Whether word `n` is written as a name is: with a capital, or with a figure ("5th")."""
    first = page.text[page.starts[n]]
    return first.isupper() or first.isdigit()


def title(page: Page, first: int, last: int) -> str:
    """Return words `first` to `last` as a name is written, single blanks between them."""
    return " ".join(w if w[0].isdigit() else w[0].upper() + w[1:] for w in page.words[first : last + 1])


def back(page: Page, n: int, most: int, stops: Container[str]) -> int:
    """Return the first of up to `most` capitalised words of one phrase that end before word `n`."""
    first = n
    while (
        first > 0
        and n - first < most
        and page.gap(first - 1) in NEXT
        and (page.gap(first - 1) != ". " or len(page.words[first - 1]) <= ABBREVIATED)
        and capital(page, first - 1)
        and page.words[first - 1] not in stops
    ):
        first -= 1
    return first

"""The small text grammar of a query, read by hand in one pass.

    query  = and { "OR" and }
    and    = not { ["AND"] not }
    not    = { "-" | "NOT" } leaf
    leaf   = "(" query ")" | "words in a row" | field:value | word | word~1 | pre*
           | from:2026-01-31 | to:2026-02 | near:39.5,-119.8,50km

A telephone number may be pasted as it is written: `(702) 555-0134` is one term. Any text is either
understood or raises QueryError with the position. Length, number of terms and depth are bounded, so
reading takes linear time and little stack.
"""

from __future__ import annotations

import calendar
import math
from datetime import date

from homeward.model import query_tree as tree
from homeward.model import searchable
from homeward.model.errors import QueryError
from homeward.model.mention import is_custom

# Far above what a person types, far below what would hurt: a pasted list goes through the bulk search.
LONGEST_QUERY = 4_000
MOST_TERMS = 200
DEEPEST = 20
# Each wildcard multiplies the states of the automaton that walks the terms.
MOST_WILDCARDS = 5
# Edit automata grow with the word; longer words are numbers or links, which have fields of their own.
LONGEST_FUZZY = 40
WIDEST_KM = 20_040.0  # half way round

_DIGITS = frozenset("0123456789")
_PUNCTUATION = frozenset("()-. /")
_BREAKS = frozenset('()"')


def read(text: str) -> tree.Node:
    """Read a query. The empty text is everything."""
    if len(text) > LONGEST_QUERY:
        raise QueryError(f"it is longer than {LONGEST_QUERY} characters", position=LONGEST_QUERY)
    for at, char in enumerate(text):
        if char == "\0" or "\ud800" <= char <= "\udfff":
            raise QueryError("it contains a character that is no text", position=at)
    return _Reader(text).whole()


class _Reader:
    """A cursor over the text; every method leaves it behind what it has read."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.terms = text, 0, 0

    def fail(self, reason: str, at: int | None = None) -> QueryError:
        """Make the error for a place, the cursor's unless told."""
        return QueryError(reason, position=self.at if at is None else at)

    def skip(self) -> str:
        """Step over white space; return the next character, or nothing at the end."""
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.text[self.at : self.at + 1]

    def word(self, name: str) -> bool:
        """Step over an operator written as a word of its own, if it stands here."""
        self.skip()
        end = self.at + len(name)
        after = self.text[end : end + 1]
        if self.text.startswith(name, self.at) and (not after or after.isspace() or after in _BREAKS):
            self.at = end
            return True
        return False

    def whole(self) -> tree.Node:
        """Read all of the text."""
        node = self.any_of(0)
        if self.skip():
            raise self.fail("there is a ) without a (")
        return node or tree.All()

    def any_of(self, depth: int) -> tree.Node | None:
        """Read terms joined by OR."""
        if depth > DEEPEST:
            raise self.fail(f"parentheses lie deeper than {DEEPEST}")
        parts = [self.all_of(depth)]
        while True:
            before = self.at
            if not self.word("OR"):
                break
            parts.append(self.all_of(depth))
            if parts[-2] is None or parts[-1] is None:
                raise self.fail("OR needs something on both sides", before)
        return tree.any_of([part for part in parts if part]) if parts[0] else None

    def all_of(self, depth: int) -> tree.Node | None:
        """Read terms side by side; None if there are none."""
        parts: list[tree.Node] = []
        while (char := self.skip()) and char != ")":
            before = self.at
            if self.word("OR"):
                self.at = before
                break
            if self.word("AND"):
                if not parts or self.skip() in ("", ")"):
                    raise self.fail("AND needs something on both sides", before)
                continue
            if part := self.negated(depth):
                parts.append(part)
        return tree.all_of(parts) if parts else None

    def negated(self, depth: int) -> tree.Node | None:
        """Read one term with its signs; None for bare punctuation."""
        start, odd = self.at, False
        while True:
            after = self.text[self.at + 1 : self.at + 2]
            if self.text.startswith("-", self.at) and after and not after.isspace():
                self.at += 1
            elif self.word("NOT"):
                self.skip()
            else:
                break
            odd = not odd
        signed = self.at > start
        ended = self.text[self.at : self.at + 1] in ("", ")")
        if signed and (ended or self.word("OR") or self.word("AND")):
            raise self.fail("something to leave out is missing", start)
        part = self.leaf(depth)
        if part is None and signed:
            raise self.fail("there is no word to leave out", start)
        return tree.negate(part) if part and odd else part

    def leaf(self, depth: int) -> tree.Node | None:
        """Read a group, a phrase, a field or a word."""
        start = self.at
        char = self.text[start : start + 1]
        self.terms += 1
        if self.terms > MOST_TERMS:
            raise self.fail(f"it has more than {MOST_TERMS} terms")
        if (end := _pasted_number(self.text, start)) > start:
            self.at = end
            return tree.Phrase(self.text[start:end])
        if char == "(":
            self.at += 1
            node = self.any_of(depth + 1)
            if self.skip() != ")":
                raise self.fail("a ( is not closed", start)
            self.at += 1
            if node is None:
                raise self.fail("the parentheses are empty", start)
            return node
        if char == '"':
            typed = self.quotes()
            if not searchable.words(typed):
                raise self.fail("there is no word between the quotes", start)
            return tree.Phrase(typed, exact=True)
        return self.field() or self.bare()

    def quotes(self) -> str:
        """Read a text in double quotes, in which a backslash protects a quote or a backslash."""
        start, out = self.at, ""
        self.at += 1
        while self.at < len(self.text):
            char = self.text[self.at]
            if char == "\\" and self.text[self.at + 1 : self.at + 2] in ("\\", '"'):
                self.at += 1
                char = self.text[self.at]
            elif char == '"':
                self.at += 1
                return out
            out += char
            self.at += 1
        raise self.fail("a quote is not closed", start)

    def run(self) -> str:
        """Read up to white space, a parenthesis or a quote."""
        start = self.at
        while self.at < len(self.text) and not self.text[self.at].isspace():
            if self.text[self.at] in _BREAKS:
                break
            self.at += 1
        return self.text[start : self.at]

    def field(self) -> tree.Node | None:
        """Read `name:value`, if that stands here."""
        start, end = self.at, self.at
        while end < len(self.text) and end - start < 20 and "a" <= self.text[end].lower() <= "z":
            end += 1
        name = self.text[start:end].lower()
        if not name or self.text[end : end + 1] != ":" or self.text.startswith("://", end):
            return None
        self.at = end + 1
        if name not in (*tree.FIELDS, "from", "to", "near"):
            raise self.fail(f"there is no field {name}; to search for the words, put them in quotes", start)
        at = self.at
        if self.text[at : at + 1] == '"':
            value = self.quotes()
        elif name == "phone":
            self.at = _number_end(self.text, at)
            value = self.text[at : self.at]
        else:
            value = self.run()
        if not value.strip():
            raise self.fail(f"{name}: needs a value", at)
        return make_field(name, value.strip(), at)

    def bare(self) -> tree.Node | None:
        """Read a word; None if it is punctuation only."""
        start = self.at
        typed = self.run()
        stem, tilde, number = typed.rpartition("~")
        if tilde and number in ("", "1", "2") and searchable.words(stem):
            return make_fuzzy(stem, int(number or 1), start)
        if "*" in typed and any(searchable.words(piece) for piece in typed.split("*")):
            return make_like(typed, start)
        return tree.Phrase(typed) if searchable.words(typed) else None


def make_fuzzy(typed: str, edits: int, at: int) -> tree.Fuzzy:
    """Make a fuzzy term, or say why it is none."""
    if len(searchable.words(typed)) != 1 or "*" in typed:
        raise QueryError("~ works on one word", position=at)
    if len(searchable.words(typed)[0]) > LONGEST_FUZZY:
        raise QueryError(f"~ works on words of up to {LONGEST_FUZZY} letters", position=at)
    return tree.Fuzzy(typed, edits)


def make_like(typed: str, at: int) -> tree.Like:
    """Make a term with wildcards, or say why it is none."""
    pieces = typed.split("*")
    if len(pieces) - 1 > MOST_WILDCARDS:
        raise QueryError(f"a word may have up to {MOST_WILDCARDS} *", position=at)
    if any(piece and searchable.words(piece) != [searchable.fold(piece)] for piece in pieces):
        raise QueryError("a * works inside one word; for numbers write phone: before it", position=at)
    return tree.Like(typed)


def make_field(name: str, value: str, at: int) -> tree.Node:
    """Make a term of a field, or say why it is none."""
    if name == "near":
        return _near(value, at)
    if name in ("from", "to"):
        first, last = _days(value, at)
        return tree.Since(first) if name == "from" else tree.Until(last)
    if value.count("*") > MOST_WILDCARDS:
        raise QueryError(f"a value may have up to {MOST_WILDCARDS} *", position=at)
    if name == "phone":
        return tree.Field(name, _number(value, at))
    if name == "has":
        if value.lower() not in tree.HAS and not is_custom(value.lower()):
            raise QueryError(f"has: knows {', '.join(tree.HAS)}", position=at)
        return tree.Field(name, value.lower())
    made = tree.Field(name, value)
    if made.globs[0].endswith(":"):
        raise QueryError(f"{name}: needs a value with letters or digits", position=at)
    return made


def _number(value: str, at: int) -> str:
    """Return a phone pattern as digits, `*`, and a leading `+` if typed."""
    kept = "".join(char for char in value if char in _DIGITS or char == "*")
    while "**" in kept:
        kept = kept.replace("**", "*")
    if not kept or any(not (char in _DIGITS or char in "*+" or char in _PUNCTUATION) for char in value):
        raise QueryError("phone: needs digits, with * for unknown ones", position=at)
    if len(kept) > searchable.LONGEST_VALUE // 10:
        raise QueryError("no phone number is that long", position=at)
    plus = value.lstrip(" (").startswith("+") and searchable.digits(kept) != ""
    return ("+" if plus else "") + kept


def _days(value: str, at: int) -> tuple[date, date]:
    """Return the first and last day of `2026`, `2026-02` or `2026-02-03`."""
    parts = value.split("-")
    if len(parts) <= 3 and [len(part) for part in parts] == [4, 2, 2][: len(parts)]:
        try:
            numbers = [int(part) for part in parts if part.isascii() and part.isdigit()]
            year, month, day = (*numbers, *(0,) * (3 - len(numbers)))
            if len(numbers) == len(parts) and year:
                first = date(year, month if len(parts) > 1 else 1, day if len(parts) > 2 else 1)
                last_month = first.month if len(parts) > 1 else 12
                last_day = first.day if len(parts) > 2 else calendar.monthrange(year, last_month)[1]
                return first, date(year, last_month, last_day)
        except ValueError:
            pass
    raise QueryError("a day is written as 2026-01-31", position=at)


def _near(value: str, at: int) -> tree.Near:
    """Read `lat,lon,radius` with the radius in km."""
    wrong = QueryError("near: is written as near:39.5,-119.8,50km", position=at)
    parts = value.lower().removesuffix("km").split(",")
    if len(parts) != 3 or any(not set(part.strip()) <= set("0123456789.+-e") for part in parts):
        raise wrong
    try:
        lat, lon, km = (float(f"{float(part):.12g}") for part in parts)
    except ValueError:
        raise wrong from None
    if searchable.position(lat, lon)[0] is None or not (math.isfinite(km) and 0 <= km <= WIDEST_KM):
        raise wrong
    return tree.Near(lat, lon, km)


def _pasted_number(text: str, start: int) -> int:
    """Return where a whole telephone number ends that is written out here, or `start` if none is.

    With a `+` eight digits do; without, ten or eleven in groups of three or more (the first may be a
    lone country code), so that `30 60 100 150` stay four words.
    """
    first = text[start : start + 1]
    if first not in _DIGITS and first not in ("+", "("):
        return start
    end = _number_end(text, start)
    typed = text[start:end]
    after = text[end : end + 1]
    if not typed or "*" in typed or (after and not after.isspace() and after != ")"):
        return start
    if not typed.strip("()+-. /") or typed.count("(") != typed.count(")"):
        return start
    number = searchable.digits(typed)
    if typed.lstrip("(").startswith("+"):
        return end if tree.WHOLE_NUMBER - 2 <= len(number) <= tree.LONGEST_NUMBER else start
    groups = "".join(char if char in _DIGITS else " " for char in typed).split()
    tidy = all(len(group) >= 3 for group in groups[1:]) and len(groups[0]) in (1, *range(3, 12))
    return end if tidy and len(number) in (10, 11) else start


def _number_end(text: str, start: int) -> int:
    """Return where a number ends: digits, `*` and the punctuation between them.

    A space is crossed only towards more digits, and only while the number is not yet whole.
    """
    at, count, opened = start, 0, False
    whole = 11 if text.startswith(("+", "00", "(+"), start) else tree.WHOLE_NUMBER
    while at < len(text):
        char, after = text[at], text[at + 1 : at + 2]
        if char in _DIGITS or char == "*" or (char == "+" and count == 0):
            count += char in _DIGITS
        elif char == "(" and not opened and (after in _DIGITS or after == "+"):
            opened = True
        elif char == ")" and opened:
            opened = False
        elif (
            char == " " and count < whole and text[at - 1 : at] != "*" and (after in _DIGITS or after == "(")
        ):
            if after == "(" and text[at + 2 : at + 3] not in _DIGITS:
                break
        elif char not in "-./" or not (after in _DIGITS or after in ("*", "(")):
            break
        at += 1
    return at

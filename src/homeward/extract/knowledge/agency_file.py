"""Read an agency's file, YAML or TOML, into tables, lists, texts and numbers, and nothing else.

YAML is read from its events by the few lines below, so that no tag, anchor or alias has any effect: they
are refused. A bare word is text; only true, false, figures and nothing at all are what they look like, so
that "no" in a list of words stays a word.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

import yaml

DEEPEST = 8  # levels of tables and lists; the form has three
WORDS = {"true": True, "True": True, "false": False, "False": False, "null": None, "~": None, "": None}


class Unreadable(ValueError):
    """The file is not what it seems to be; the text says what and where."""


def near(name: str, known: Sequence[str]) -> str:
    """Return which of the known names may be meant by one that is none: the likeliest, else all."""
    likely = get_close_matches(name, known, n=3)
    return f"Is {' or '.join(likely)} meant?" if likely else f"Known are {', '.join(known)}."


def said(error: Exception) -> str:
    """Return what a pattern's compiler says, which may be bytes."""
    text = error.args[0] if error.args else ""
    return (text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text))[:120]


def load(source: bytes) -> dict[str, Any]:
    """Return what a file says. A first line such as `[names]` or `version = 1` makes it TOML, else YAML."""
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("is not UTF-8 text") from None
    if _is_toml(text):
        try:
            return tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise Unreadable(f"is not TOML: {str(error)[:120]}") from None
    data = _yaml(text)
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise Unreadable("is no table")
    return data


def _is_toml(text: str) -> bool:
    for line in text.splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            before, sign, _ = line.partition("=")
            return line.startswith("[") or bool(sign and ":" not in before)
    return False


def _yaml(text: str) -> Any:
    try:
        events = iter(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
        value, read = None, 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                read += 1
                if read > 1:
                    raise Unreadable("holds more than one document")
                value = _value(next(events), events, 0)
        return value
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark is not None else ""
        said = getattr(error, "problem", None) or str(error)
        raise Unreadable(f"is not YAML{where}: {str(said)[:120]}") from None


def _value(event: Any, events: Iterator[Any], depth: int) -> Any:
    """Return the value that begins with an event."""
    where = f"line {event.start_mark.line + 1}"
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise Unreadable(f"has an anchor or alias in {where}, which are not read")
    if event.tag is not None and not (isinstance(event, yaml.ScalarEvent) and event.tag == "!"):
        raise Unreadable(f"has a tag in {where}, which are not read")
    if isinstance(event, yaml.ScalarEvent):
        return _plain(event.value) if not event.style else str(event.value)
    if depth >= DEEPEST:
        raise Unreadable(f"is nested too deep in {where}")
    if isinstance(event, yaml.SequenceStartEvent):
        return _list(events, depth)
    return _table(events, depth)


def _list(events: Iterator[Any], depth: int) -> list[Any]:
    out = []
    while not isinstance(event := next(events), yaml.SequenceEndEvent):
        out.append(_value(event, events, depth + 1))
    return out


def _table(events: Iterator[Any], depth: int) -> dict[str, Any]:
    out: dict[str, Any] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key = event.value if isinstance(event, yaml.ScalarEvent) else None
        if key is None or event.anchor is not None or event.tag not in (None, "!"):
            raise Unreadable(f"has a key in line {event.start_mark.line + 1} that is no text")
        if key in out:
            raise Unreadable(f"has {key[:40]!r} twice, in line {event.start_mark.line + 1} again")
        out[key] = _value(next(events), events, depth + 1)
    return out


def _plain(text: str) -> Any:
    """Return what an unquoted text means."""
    if text in WORDS:
        return WORDS[text]
    digits = text.removeprefix("-")
    if digits.isascii() and len(digits) <= 18:
        if digits.isdigit() and (digits == "0" or digits[0] != "0"):
            return int(text)
        whole, dot, rest = digits.partition(".")
        if dot and whole.isdigit() and rest.isdigit():
            return float(text)
    return text

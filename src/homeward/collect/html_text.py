"""The words of a page, for an ad of which only the page was supplied.

Our own and not a parser's tree: the tree builders we measured need quadratic time on pages made of
nested elements (20,000 open `div`s 1.3 s, 100,000 half a minute). This reads each byte once.
"""

from __future__ import annotations

import html as entities

_HIDDEN = (b"script", b"style", b"template", b"title")
# Elements after which a reader sees a new line; a table cell only parts words.
_LINES = frozenset(
    b"address article aside blockquote body br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    b"h4 h5 h6 header hr html li main nav ol option p pre section table tr ul".split()
)
_CELLS = frozenset((b"td", b"th"))
_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyz")
_NAME_END = b" \t\r\n\f/>"
_LONGEST_NAME = 16


def text_of(page: str) -> str:
    """Return the visible words of an HTML page, a line for each block, white space joined as a browser does.

    Comments, scripts and styles are left out, also unclosed ones. A `>` inside an attribute ends its tag.
    """
    raw = page.encode("utf-8", "replace")
    low = raw.lower()  # ASCII letters only: the same length
    out: list[bytes] = []
    at, end = 0, len(raw)
    while at < end:
        opened = low.find(b"<", at)
        if opened < 0:
            out.append(raw[at:])
            break
        out.append(raw[at:opened])
        at = _after_tag(low, opened, out)
    text = entities.unescape(b"".join(out).decode("utf-8", "replace"))
    lines = (" ".join(line.split()) for line in text.split("\v"))
    return "\n".join(line for line in lines if line)


def _after_tag(low: bytes, opened: int, out: list[bytes]) -> int:
    """Return where the text goes on after what opens at `<`; a line break is written as a vertical tab."""
    if low.startswith(b"<!--", opened):
        return _past(low, b"-->", opened + 4)
    closing = low[opened + 1 : opened + 2] == b"/"
    start = opened + 1 + closing
    if start >= len(low) or (low[start] not in _LETTERS and not closing and low[start] not in b"!?"):
        out.append(b"<")  # a plain "less than"
        return opened + 1
    name = low[start : start + _LONGEST_NAME]
    for place, byte in enumerate(name):
        if byte in _NAME_END:
            name = name[:place]
            break
    if name in _HIDDEN and not closing:
        return _past(low, b">", _past(low, b"</" + name, start))
    if name in _LINES:
        out.append(b"\v")
    elif name in _CELLS:
        out.append(b" ")
    return _past(low, b">", start)


def _past(low: bytes, mark: bytes, start: int) -> int:
    """Return the place after the next `mark`, or the end: what is never closed hides the rest."""
    found = low.find(mark, start)
    return len(low) if found < 0 else found + len(mark)

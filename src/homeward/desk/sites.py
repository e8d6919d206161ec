"""What a site writes under everybody's ads: pages show and mark it, and it is no word of the advertiser."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from homeward.connect.boilerplate import Line, spans
from homeward.desk.docs import Doc

OWN = "the site's own, joins nothing"
Lines = Mapping[str, Mapping[str, Line]]  # by site, then by spelling


def by_site(lines: Iterable[Line]) -> Lines:
    """Return a run's boilerplate as pages look it up."""
    found: dict[str, dict[str, Line]] = {}
    for line in lines:
        found.setdefault(line.site, {}).update(dict.fromkeys(line.written, line))
    return found


def own(doc: Doc, lines: Lines) -> dict[int, str]:
    """Return which of an ad's mentions, by their place among them, its site wrote, with the reason."""
    written = lines.get(doc.fields["site"] or "")
    if not written:
        return {}
    taken = spans(doc.text_of("body"), written)
    found: dict[int, str] = {}
    for place, mention in enumerate(doc.mentions):
        for start, end, text in taken:
            if mention["part"] == "body" and start <= mention["start"] and mention["end"] <= end:
                found[place] = reason(written[text])
    return found


def own_values(docs: Iterable[Doc], lines: Lines) -> dict[tuple[str, str], str]:
    """Return the values that in some ads stand nowhere but in what the site wrote, with the reason."""
    found: dict[tuple[str, str], str] = {}
    said: set[tuple[str, str]] = set()
    for doc in docs if lines else ():
        marked = own(doc, lines)
        for place, mention in enumerate(doc.mentions):
            key = mention["kind"], mention["value"]
            if place in marked:
                found.setdefault(key, marked[place])
            else:
                said.add(key)
    return {key: why for key, why in found.items() if key not in said}


def reason(line: Line) -> str:
    """Return why a line is taken for the site's."""
    return f"{OWN}: it stands under the ads of {line.posters} of {line.sampled} posters of {line.site}"


def is_own(common: str) -> bool:
    """Return whether a value joins nothing because its site wrote it, and not because many share it."""
    return common.startswith(OWN)

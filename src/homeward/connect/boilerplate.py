"""Boilerplate: what a site writes under everybody's ads is not said by the advertiser.

A line is boilerplate of a site if, word for word, it stands in the ads of many posters who otherwise use
different contacts: footers, disclaimers, the site's own number and address. What is read from such a line
neither counts for the advertiser nor ties strangers; the line is listed with its reason, and the ad's page
still shows it.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from homeward.connect import parameters as p
from homeward.connect.signature import fold, masking
from homeward.model import schema

VERSION = "boilerplate/1"

# Posters of one site that must have the line, each with a contact of its own: an operator with as many
# numbers as this is rare, and one whose numbers are also …
LEAST_POSTERS = 20
# … this share of all the site's contacts is the site, for our purposes.
POSTER_SHARE = 0.25
# Characters of a folded line: shorter ones ("call me now") are what people happen to write alike.
SHORTEST_LINE = 20
# Posters of a site that are looked at, one ad each. The error of a share over this many is below .03.
MOST_POSTERS = 1_000
LONGEST_SHOWN = 200  # characters of a line that the list of filtered values shows

KIND = "boilerplate"
LINES = "lines"  # of a run's meta: its boilerplate


@dataclass(frozen=True, slots=True)
class Line:
    """A line that a site writes under everybody's ads, folded; of `sampled` posters `posters` have it.

    `written` are its spellings, white space around it apart. A site has few, and comparing those is many
    times quicker than folding every line of every ad.
    """

    site: str
    text: str
    posters: int
    sampled: int
    written: frozenset[str] = frozenset()


def find_lines(ads: pa.Table, mentions: pa.Table) -> list[Line]:
    """Return the boilerplate lines of each site, sorted.

    `ads` has columns ad, capture, site, body; `mentions` has capture, kind, value, confidence. A poster is
    known by the contact that the fewest ads of the site share, so that the site's own number names nobody.
    """
    found: list[Line] = []
    for site, bodies in _one_ad_a_poster(ads, mentions):
        if len(bodies) < LEAST_POSTERS:
            continue
        counts: dict[str, int] = {}
        written: dict[str, set[str]] = {}
        for body in bodies:
            lines = {line.strip() for line in body.split("\n") if len(line) >= SHORTEST_LINE}
            folded = {line: fold(line).strip() for line in lines}
            for text in set(folded.values()):
                counts[text] = counts.get(text, 0) + 1
            for line, text in folded.items():
                written.setdefault(text, set()).add(line)
        least = max(LEAST_POSTERS, POSTER_SHARE * len(bodies))
        found += [
            Line(site, line, n, len(bodies), frozenset(written[line]))
            for line, n in counts.items()
            if n >= least and len(line) >= SHORTEST_LINE
        ]
    return sorted(found, key=lambda line: (line.site, line.text))


def _one_ad_a_poster(ads: pa.Table, mentions: pa.Table) -> list[tuple[str, list[str]]]:
    """Return for each site the bodies of one ad of each poster, the same ones however rows are ordered."""
    contacts = mentions.filter(
        pc.and_(
            pc.is_in(mentions["kind"], value_set=pa.array(p.CONTACTS)),
            pc.greater_equal(mentions["confidence"], p.LEAST_CONFIDENCE),
        )
    ).select(["capture", "kind", "value"])
    named = ads.select(["ad", "capture", "site"]).append_column("place", pa.array(np.arange(ads.num_rows)))
    named = named.filter(pc.and_(pc.is_valid(ads["site"]), pc.is_valid(ads["body"])))
    said = contacts.group_by(["capture", "kind", "value"]).aggregate([]).join(
        named, ["capture"], join_type="inner"
    )  # fmt: skip
    shared = said.group_by(["site", "kind", "value"]).aggregate([([], "count_all")])
    said = said.join(shared, ["site", "kind", "value"]).sort_by(
        [("site", "ascending"), ("ad", "ascending"), ("count_all", "ascending"), ("kind", "ascending"),
         ("value", "ascending")]
    )  # fmt: skip
    rows = zip(*(said[name].to_pylist() for name in ("site", "ad", "kind", "value", "place")), strict=True)
    posters: dict[str, dict[tuple[str, str], int]] = {}
    last: tuple[str, str] | None = None
    for site, ad, kind, value, place in rows:
        if (site, ad) != last:  # the ad's rarest contact comes first
            last = site, ad
            known = posters.setdefault(site, {})
            if len(known) < MOST_POSTERS:
                known.setdefault((kind, value), place)
    return [
        (site, ads["body"].take(pa.array(sorted(known.values()))).to_pylist())
        for site, known in sorted(posters.items())
    ]


def left_out(inputs: Mapping[str, pa.Table], lines: list[Line]) -> dict[str, pa.Table]:
    """Return what `build` takes, the mentions in boilerplate left out.

    Wordings stay masked by all that is said: the site's number in its own line is a filling too.
    """
    foreign = within(inputs["ads"], inputs["mentions"], lines)
    told = inputs["mentions"].filter(pa.array(~foreign)) if foreign.any() else inputs["mentions"]
    return {**inputs, "masks": masking(inputs["mentions"]), "mentions": told}


def within(ads: pa.Table, mentions: pa.Table, lines: list[Line]) -> npt.NDArray[np.bool_]:
    """Return for each mention whether it lies in a boilerplate line of its ad's body."""
    out = np.zeros(mentions.num_rows, dtype=bool)
    by_site: dict[str, set[str]] = {}
    for line in lines:
        by_site.setdefault(line.site, set()).update(line.written)
    if not by_site:
        return out
    mine = ads.filter(pc.is_in(ads["site"], value_set=pa.array(sorted(by_site), pa.string())))
    lying: dict[str, list[tuple[int, int]]] = {}
    for capture, site, body in zip(*(mine[n].to_pylist() for n in ("capture", "site", "body")), strict=True):
        if taken := spans(body or "", by_site[site]):
            lying[capture] = [(start, end) for start, end, _ in taken]
    near = pc.and_(
        pc.is_in(mentions["capture"], value_set=pa.array(list(lying), pa.string())),
        pc.equal(mentions["part"], "body"),
    )
    places = pc.indices_nonzero(near)
    some = mentions.select(["capture", "start", "end"]).take(places)
    columns = (places.to_pylist(), *(some[name].to_pylist() for name in ("capture", "start", "end")))
    for place, capture, start, end in zip(*columns, strict=True):
        out[place] = any(first <= start and end <= last for first, last in lying[capture])
    return out


def spans(body: str, lines: Container[str]) -> list[tuple[int, int, str]]:
    """Return where in a body boilerplate lines stand, and each as it is written."""
    out, at = [], 0
    for line in body.split("\n"):
        if len(line) >= SHORTEST_LINE and line.strip() in lines:
            out.append((at, at + len(line), line.strip()))
        at += len(line) + 1
    return out


def listed(lines: list[Line], run: str) -> pa.Table:
    """Return the lines as rows of the table of filtered values, with their reasons."""
    rows = [
        {
            "kind": KIND, "value": line.text[:LONGEST_SHOWN], "ads": line.posters, "posters": line.posters,
            "reason": f"Stands under the ads of {line.posters} of {line.sampled} posters of {line.site}",
            "run": run,
        }
        for line in lines
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=schema.FILTERED)


def kept_lines(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Return boilerplate as a run's meta keeps it."""
    return [{**asdict(line), "written": sorted(line.written)} for line in lines]


def kept_in(meta: Mapping[str, Any]) -> list[Line]:
    """Return the boilerplate that a run's meta keeps; that of older runs keeps none."""
    return [Line(**{**line, "written": frozenset(line["written"])}) for line in meta.get(LINES, [])]

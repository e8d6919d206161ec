"""Where an identity's ads say it was: stays, journeys, bulk posting, circuits, company, changes.

It is worked out on request from the identity's own ads. Touring and circuits are shown and never counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from statistics import median
from typing import Any

import numpy as np

from homeward.connect import movement as m
from homeward.connect.changes import Change, count_changes, level_changes
from homeward.connect.circuits import Circuit, find_circuits
from homeward.connect.cotravel import Together, Track, co_travel
from homeward.connect.spoken import day as spoken_day
from homeward.connect.tools import Ints, numbered, text_list
from homeward.desk.acts import note
from homeward.desk.docs import Doc
from homeward.desk.groups import DAY, Group
from homeward.desk.identity import opened
from homeward.desk.permissions import permitted
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.event import Act
from homeward.model.identity import Level
from homeward.model.lead import CAUTION
from homeward.model.scales import scales

Row = dict[str, Any]
STAYS_SHOWN = 2_000
LISTED = 500  # of each other list
ADS_NAMED = 50
PEOPLE_TESTED = 40  # personas held against each other, those with most stays first
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECONDS = 86_400.0
FILED, NAMED, MIXED = (
    "city the ads are filed under",
    "city named in the text",
    "filed under or named in the text",
)
PRECISION_NOTE = (
    "City that an ad is filed under or names, never a measured position; places within "
    f"{m.METRO_KM:.0f} km of each other count as one."
)
CLOCK_NOTE = "Times are of posting; where the source gives none, of being seen, which may be later."
NEVER_COUNTED = "Touring and circuits are shown and never counted."


@permitted("corpus.look")
def page(actor: Actor, house: House, identity: str) -> Row:
    """Return the movement of one identity, told by persona where it has several."""
    _, row, group = opened(house, identity)
    told = _told(group, row["level"])
    note(actor, house, Act.LOOK, [identity], what="movement")
    return {
        "id": identity, "level": row["level"],
        "places": told.place_rows(), "personas": told.persona_rows(), "stays": told.stay_rows(),
        "stays_total": told.stays.count, "arcs": told.arc_rows(), "blasts": told.blast_rows(),
        "conflicts": told.conflict_rows(), "circuits": told.circuit_rows(), "together": told.together_rows(),
        "changes": changes(group), "weekly": group.weekly, "undated": told.undated, "unplaced": told.unplaced,
        "precision_note": PRECISION_NOTE, "clock_note": CLOCK_NOTE, "counted_note": NEVER_COUNTED,
        "caution": CAUTION, "numbers": scales("explained", "chance", "together", "reordered"),
    }  # fmt: skip


@dataclass(eq=False)
class Told:
    """A group's movement as arrays; the row of each ad is the one of `ads`."""

    group: Group
    ads: list[Doc]
    personas: list[str]
    seen: m.Seen
    metro: Ints
    blast: m.Bools
    by_wording: m.Bools
    undated: int
    unplaced: int

    @cached_property
    def stays(self) -> m.Stays:
        """The cleaned stays."""
        return m.find_stays(self.seen, self.metro, self.blast)

    @cached_property
    def steps(self) -> m.Steps:
        """The steps between them."""
        return m.find_steps(self.stays, self.seen.lat, self.seen.lon)

    @cached_property
    def of_stay(self) -> dict[int, list[Doc]]:
        """The ads of each stay, oldest first."""
        found: dict[int, list[Doc]] = defaultdict(list)
        for doc, stay in zip(self.ads, self.stays.of_ad.tolist(), strict=True):
            found[stay].append(doc)
        return found

    def place_rows(self) -> list[Row]:
        """Return the places, each with the one that stands for its area."""
        return [{**place, "area": int(self.metro[i])} for i, place in enumerate(self.group.places)]

    def persona_rows(self) -> list[Row]:
        """Return who is told apart."""
        rows = []
        for who, persona in enumerate(self.personas):
            docs = [d for d, w in zip(self.ads, self.seen.who.tolist(), strict=True) if w == who]
            known = self.group.names(docs)
            rows.append({"id": persona, "label": known[0] if known else "no name", "ads": len(docs)})
        return rows

    def stay_rows(self) -> list[Row]:
        """Return the stays in order of time."""
        s = self.stays
        rows = []
        for i in self._in_time():
            docs = self.of_stay[i]
            posted = sum(d.fields["posted_at"] is not None for d in docs)
            rows.append(
                {
                    "persona": int(s.who[i]), "place": int(s.metro[i]), "first": docs[0].at,
                    "last": docs[-1].at, "ads": len(docs), "posted": posted, "seen": len(docs) - posted,
                    "precision": _precision(docs), "drawn": bool(s.drawn[i]),
                    "after_gap": bool(s.after_gap[i]), "ad_ids": [d.id for d in docs[:ADS_NAMED]],
                }
            )  # fmt: skip
        return rows

    def _in_time(self) -> list[int]:
        order = np.lexsort((self.stays.who, self.stays.first))
        return [int(i) for i in order.tolist()[:STAYS_SHOWN]]

    def arc_rows(self) -> list[Row]:
        """Return the journeys; `start` and `end` are positions in the list of stays."""
        shown = {stay: i for i, stay in enumerate(self._in_time())}
        rows = []
        for i in np.flatnonzero(~self.steps.too_fast).tolist():
            a, b = int(self.steps.start[i]), int(self.steps.end[i])
            if a in shown and b in shown:
                km = float(self.steps.km[i])
                rows.append(
                    {
                        "start": shown[a], "end": shown[b], "persona": int(self.stays.who[a]),
                        "km": round(km) if np.isfinite(km) else None,
                        "days": round(float(self.steps.days[i]), 2),
                    }
                )  # fmt: skip
        return sorted(rows, key=lambda arc: (arc["start"], arc["end"]))

    def blast_rows(self) -> list[Row]:
        """Return bulk posting by day: many far places at once say nothing about travel."""
        days: dict[date, list[int]] = defaultdict(list)
        for i in np.flatnonzero(self.blast).tolist():
            days[self._date(self.seen.day[i])].append(i)
        rows = []
        for day, ads in sorted(days.items())[:LISTED]:
            places = sorted({int(self.metro[self.seen.place[i]]) for i in ads})
            what = "one wording" if self.by_wording[ads].any() else "one person"
            rows.append(
                {
                    "day": day, "places": places, "ads": len(ads),
                    "ad_ids": [self.ads[i].id for i in ads[:ADS_NAMED]],
                    "sentence": f"Ads of {what} in {len(places)} places on one day: posted in bulk.",
                }
            )  # fmt: skip
        return rows

    def conflict_rows(self) -> list[Row]:
        """Return contradictions: two places on one day, or a step faster than anybody travels."""
        days: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for who, day, metro, ads in m.conflicts(self.seen, self.metro, self.blast).tolist():
            days[day, who].append((metro, ads))
        rows = [
            {
                "day": self._date(day), "persona": who, "places": [place for place, _ in there],
                "ads": sum(ads for _, ads in there), "kind": "one day",
                "sentence": f"Ads in {text_list([self._name(p) for p, _ in there])} on one day.",
            }
            for (day, who), there in sorted(days.items())
        ]  # fmt: skip
        for i in np.flatnonzero(self.steps.too_fast).tolist():
            a, b = int(self.steps.start[i]), int(self.steps.end[i])
            who, places = int(self.stays.who[a]), [int(self.stays.metro[a]), int(self.stays.metro[b])]
            hours = float(self.steps.days[i]) * 24
            rows.append(
                {
                    "day": self._date(self.stays.first[b]), "persona": who, "places": places,
                    "ads": int(self.stays.ads[a] + self.stays.ads[b]), "kind": "too fast",
                    "sentence": f"{self._name(places[0])} and {self._name(places[1])}, "
                    f"{float(self.steps.km[i]):,.0f} km apart, within {hours:.1f} hours.",
                }
            )  # fmt: skip
        return sorted(rows, key=lambda row: (row["day"], row["persona"], row["kind"]))[:LISTED]

    @cached_property
    def circuits(self) -> list[Circuit]:
        """The circuits of the group: of its people's steps, and of all its ads taken as one way.

        Personas of few ads show no step of their own; a group that travels as one shows it all together.
        """
        one = np.zeros(len(self.personas), dtype=np.int64)
        seen = replace(self.seen, who=np.zeros_like(self.seen.who))
        whole = m.find_stays(seen, self.metro, self.blast)
        told = {c.places: c for c in circuits_of(self.stays, self.steps, one).get(0, [])}
        for circuit in circuits_of(whole, m.find_steps(whole, seen.lat, seen.lon), one[:1]).get(0, []):
            told.setdefault(circuit.places, circuit)
        return sorted(told.values(), key=lambda c: (-len(c.places) * c.rounds, c.places))

    def circuit_rows(self) -> list[Row]:
        """Return the circuits with who goes them."""
        good = np.flatnonzero(~self.steps.too_fast)
        walked: dict[tuple[int, int], set[int]] = defaultdict(set)
        for i in good.tolist():
            a, b = self.steps.start[i], self.steps.end[i]
            walked[int(self.stays.metro[a]), int(self.stays.metro[b])].add(int(self.stays.who[a]))
        rows = []
        for circuit in self.circuits:
            who = sorted(set().union(*(walked[step] for step in circuit.steps)))
            route = " → ".join(self._name(p) for p in (*circuit.places, circuit.places[0]))
            rows.append(
                {
                    "places": list(circuit.places), "rounds": circuit.rounds, "explained": circuit.explained,
                    "chance": circuit.chance, "personas": who,
                    "sentence": f"{route}, gone round about {circuit.rounds:.1f} times; it explains "
                    f"{circuit.explained * 100:.0f} % of the steps from and to these places.",
                }
            )  # fmt: skip
        return rows

    def together_rows(self) -> list[Row]:
        """Return pairs of people who were in the same places in the same days, likeliest first."""
        rows = [self._pair(pair) for pair in co_travel_of(self.stays)]
        return sorted(rows, key=lambda row: (not row["called"], row["p"], row["a"], row["b"]))[:LISTED]

    def _pair(self, pair: Together) -> Row:
        where = text_list([self._name(p) for p in pair.places[:6]])
        verdict = "more than chance has it" if pair.called else "which chance may have too"
        return {
            "a": pair.a, "b": pair.b, "places": list(pair.places), "meetings": len(pair.meetings),
            "share": pair.share, "p": pair.p, "called": pair.called,
            "sentence": f"In the same days in {where}; together at {pair.share * 100:.0f} % of their stays, "
            f"{verdict} (p {_p(pair.p)}, false-discovery rate 5 %).",
        }  # fmt: skip

    def _name(self, place: int) -> str:
        return str(self.group.places[place]["label"])

    @staticmethod
    def _date(day: float) -> date:
        return (EPOCH + timedelta(days=int(np.floor(day)))).date()


def circuits_of(stays: m.Stays, steps: m.Steps, group_of: Ints) -> dict[int, list[Circuit]]:
    """Return the circuits of groups of people; what several did in one week counts once."""
    good = np.flatnonzero(~steps.too_fast)
    a, b = steps.start[good], steps.end[good]
    week = np.floor(stays.first[b] / 7).astype(np.int64)
    rows, first, _, _ = numbered(group_of[stays.who[a]], week, stays.metro[a], stays.metro[b])
    return find_circuits(rows[:, 0], rows[:, 2], rows[:, 3], steps.days[good][first])


def co_travel_of(stays: m.Stays) -> list[Together]:
    """Return the pairs of people of one group who met in two places or more."""
    tracks: dict[int, Track] = {}
    drawn = np.flatnonzero(stays.drawn)
    for who in np.unique(stays.who[drawn]).tolist():
        mine = drawn[stays.who[drawn] == who]
        if len(np.unique(stays.metro[mine])) > 1:
            tracks[who] = Track(stays.metro[mine], stays.first[mine], stays.last[mine])
    most = sorted(tracks, key=lambda who: (-len(tracks[who].place), who))[:PEOPLE_TESTED]
    pairs = [(a, b) for a in sorted(most) for b in sorted(most) if a < b]
    return co_travel(tracks, pairs)


def contradictions(group: Group, ads: Sequence[Doc]) -> list[str]:
    """Return, with its day, what some ads of one person say that nobody can do; see `Told.conflict_rows`."""
    rows = _told(replace(group, ads=list(ads)), Level.PERSONA).conflict_rows() if ads else []
    return [f"{row['day']}: {row['sentence'].rstrip('.')}" for row in rows]


def _told(group: Group, level: str) -> Told:
    """Return the arrays of a group's movement: one person each persona, of a persona one."""
    number = {place["label"]: i for i, place in enumerate(group.places)}
    ads = [d for d in group.ads if d.at is not None and d.place]
    of_ad = [_persona(group, d) if level == Level.NETWORK else group.id for d in ads]
    counts: dict[str, int] = defaultdict(int)
    for persona in of_ad:
        counts[persona] += 1
    personas = sorted(counts, key=lambda one: (-counts[one], one))
    who = {persona: i for i, persona in enumerate(personas)}
    day = [(d.at - EPOCH).total_seconds() / SECONDS for d in ads if d.at is not None]
    wording = {template: i for i, template in enumerate(group.by_wording)}
    worded = [wording.get((group.members.get(d.id) or {}).get("template") or "", -1) for d in ads]
    lat, lon = (
        np.array([np.nan if p[axis] is None else p[axis] for p in group.places], dtype=np.float64)
        for axis in ("lat", "lon")
    )
    place = np.array([number[d.place] for d in ads], dtype=np.int64)
    seen = m.Seen(
        np.array([who[one] for one in of_ad], dtype=np.int64),
        np.array(day, dtype=np.float64),
        place,
        lat,
        lon,
    )
    metro = m.metros(lat, lon, np.bincount(place, minlength=len(lat)))
    where = metro[place] if len(place) else place
    by_wording = m.blasts(np.array(worded, dtype=np.int64), seen.day, where, lat, lon)
    blast = m.blasts(seen.who, seen.day, where, lat, lon) | by_wording
    undated = sum(d.at is None for d in group.ads)
    unplaced = sum(d.at is not None and not d.place for d in group.ads)
    return Told(group, ads, personas, seen, metro, blast, by_wording, undated, unplaced)


def _persona(group: Group, doc: Doc) -> str:
    return str((group.members.get(doc.id) or {}).get("persona") or doc.id)


def _precision(docs: Iterable[Doc]) -> str:
    filed = {bool(d.fields["city"]) for d in docs}
    return MIXED if len(filed) > 1 else FILED if True in filed else NAMED


def _p(p: float) -> str:
    return f"{p:.3f}" if p >= 0.001 else "below 0.001"


def changes(group: Group) -> list[Row]:
    """Return when posting, prices and numbers changed, week by week, oldest first."""
    weekly = group.weekly
    start, counts = weekly["start"], weekly["counts"]
    if start is None:
        return []
    found = [
        _change("posting", start + DAY * 7 * c.at, c, "ads a week")
        for c in count_changes(np.array(counts, dtype=np.float64))
    ]
    fresh = np.zeros(len(counts))
    for (kind, _), docs in group.by_value.items():
        first = next((d.day for d in docs if d.day is not None), None)
        if kind == "phone" and first is not None and first >= start:
            fresh[(first - start).days // 7] += 1
    found += [
        _change("numbers", start + DAY * 7 * c.at, c, "new numbers a week") for c in count_changes(fresh)
    ]
    weeks, prices, currency = _prices(group, start)
    found += [
        _change("price", start + DAY * 7 * weeks[c.at], c, f"{currency} an hour")
        for c in level_changes(np.array(prices, dtype=np.float64))
    ]
    return sorted(found, key=lambda row: (row["week"], row["what"]))


def _change(what: str, week: date, change: Change, unit: str) -> Row:
    return {
        "what": what, "week": week, "before": change.before, "after": change.after,
        "sentence": f"From the week of {spoken_day(week)} on, "
        f"{change.after:.3g} {unit}; before, {change.before:.3g}.",
    }  # fmt: skip


def _prices(group: Group, start: date) -> tuple[list[int], list[float], str]:
    """Return the weeks with hourly prices, the middle one of each, and the currency used most."""
    told: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for (kind, value), docs in group.by_value.items():
        amount, _, rest = value.partition(" ")
        currency, _, minutes = rest.partition(" ")
        if kind != "price" or minutes != "60min" or not amount.replace(".", "", 1).isdigit():
            continue
        for doc in docs:
            if doc.day is not None and doc.day >= start:
                told[currency][(doc.day - start).days // 7].append(float(amount))
    if not told:
        return [], [], ""
    currency = max(told, key=lambda one: (sum(map(len, told[one].values())), one))
    weeks: Sequence[int] = sorted(told[currency])
    return list(weeks), [median(told[currency][week]) for week in weeks], currency

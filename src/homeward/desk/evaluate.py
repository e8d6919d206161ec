"""Score the workspace against labels: how right are readings, templates, identities and leads?"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.compute as pc

from homeward.connect import evaluation, yardsticks
from homeward.desk import rows, runs
from homeward.desk.acts import long_act
from homeward.desk.permissions import permitted
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import InputMissing, InputUnreadable, UsageError
from homeward.model.event import Act

Row = dict[str, Any]
Progress = Callable[..., None]
# Ads of the run, numbered from 0 by their ids.
_NODES = (
    "WITH nodes AS (SELECT capture, row_number() OVER (ORDER BY ad) - 1 AS node FROM members WHERE run = ?) "
)
GROUPS = ("template", "persona", "network", "label")  # of a row: a text, or null where it is alone
Tried = tuple[str, evaluation.Agreement]  # a setting, and how it did
PLACED = ("country", "region", "city")  # where a row that carries its own text is from, if it says so
NOTE = "Measured on the rows given, not on victims found."


@permitted("workspace.keep")
def evaluate(
    actor: Actor, house: House, what: str, truth: Path, *, level: str = "network",
    progress: Progress | None = None,
) -> Row:  # fmt: skip
    """Return scores of `what` against a truth file, as rows of a table and notes."""
    if what not in SCORERS:
        raise UsageError(f"There is no score of {what[:20]}.", remedy=f"Name one of {', '.join(SCORERS)}.")
    with long_act(actor, house, Act.EVALUATE, [what], level=level):
        labels = read_truth(truth)
        _expect(truth, labels, what, level)
        if progress:
            progress("scoring", 0, None)
        scores = SCORERS[what](house, labels, level)
        if not scores.pop("used"):  # nothing compared is no score
            raise UsageError(
                f"None of the {len(labels):,} labels of {truth} names an ad of this workspace.",
                remedy="Give the truth of the ads that were taken in.",
            )
    return {"what": what, "truth": str(truth), "labels": len(labels), **scores}


def read_truth(path: Path) -> list[Row]:
    """Read a truth file: JSON Lines, each with an id and labels; a bad line is named."""
    labels: list[Row] = []
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    labels.append(_label(path, number, line))
    except FileNotFoundError:
        raise InputMissing(str(path)) from None
    except IsADirectoryError:
        raise InputUnreadable(str(path), "it is a folder", remedy="Name the truth file in it.") from None
    except PermissionError:
        raise InputUnreadable(str(path), "permission denied", remedy="Check who owns it.") from None
    if not labels:
        raise InputUnreadable(str(path), "it holds no labels")
    return labels


def _label(path: Path, number: int, line: bytes) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise InputUnreadable(
            str(path), "it is not JSON", line=number, remedy="A truth file has one JSON object a line."
        ) from None
    if not isinstance(row, dict) or not isinstance(row.get("id"), str | int):
        raise InputUnreadable(str(path), "it has no id", line=number)
    if "expected" in row and not (isinstance(row["expected"], list) and isinstance(row.get("kind"), str)):
        raise InputUnreadable(str(path), "a row with `expected` needs a kind and a list", line=number)
    if not _are_texts(row.get("expected", [])):
        raise InputUnreadable(str(path), "what is expected is not a list of texts", line=number)
    values = row.get("values") or {}
    if not (isinstance(values, dict) and all(_are_texts(found) for found in values.values())):
        raise InputUnreadable(str(path), "its values are not lists of texts by kind", line=number)
    for name in GROUPS:
        if not isinstance(row.get(name), str | None):
            raise InputUnreadable(str(path), f"its {name} is not a text", line=number)
    return {**row, "id": str(row["id"])}


def _are_texts(found: object) -> bool:
    return isinstance(found, list) and all(isinstance(one, str) for one in found)


def _expect(truth: Path, labels: list[Row], what: str, level: str) -> None:
    """Refuse labels none of which says anything of what is to be scored."""
    said = {
        "extraction": ("values", "expected"), "templates": ("template",), "identities": (level,),
        "leads": ("network",),
    }[what]  # fmt: skip
    if not any(name in row for row in labels for name in said):
        raise InputUnreadable(str(truth), f"no row of it says {' or '.join(said)}")


def _extraction(house: House, labels: list[Row], level: str) -> Row:
    """Score mentions; rows that carry their own text are read here, others come from the workspace."""
    from homeward.extract.read import read_text

    own = {row["id"]: row for row in labels if isinstance(row.get("text"), str)}
    where = {name: {k: row[k] for k in PLACED if isinstance(row.get(k), str)} for name, row in own.items()}
    mentions = [
        (name, str(m.kind), m.value)
        for name, row in own.items()
        for m in read_text(row["text"], part="text", **where[name])
    ]
    if len(own) < len({row["id"] for row in labels}):
        pins = {name: house.lake.version(name) for name in ("ads", "mentions")}
        if pins["ads"] >= 0:
            found = rows.mentions(house, pins, all_captures=False)
            mentions += [(m["source_id"], m["kind"], m["value"]) for m in found if m["source_id"] not in own]
    there = own.keys() | (set(rows.names(house, {}).values()) if house.lake.version("ads") >= 0 else set())
    used = [row for row in labels if row["id"] in there]
    scores = evaluation.score_extraction(mentions, used)
    return {
        "of": "kind", "rows": [{"name": kind, "scores": score} for kind, score in scores.items()],
        "notes": [_used(len(used), len(labels)), NOTE], "used": len(used),
    }  # fmt: skip


def _templates(house: House, labels: list[Row], level: str) -> Row:
    said = _groups(house, "template")
    return _grouped({"templates": evaluation.score_groups(said, labels, "template")}, said, labels)


def _identities(house: House, labels: list[Row], level: str) -> Row:
    """Score identities, with joining by phone alone and by MinHash alone beside ours, at their best."""
    said = _groups(house, level)
    phone, words = _by_phone(house, labels, level), _by_minhash(house, labels, level)
    scores = {
        "ours": evaluation.score_groups(said, labels, level),
        "phone only": phone[1],
        "MinHash only": words[1],
    }
    table = _grouped(scores, said, labels)
    table["notes"].insert(1, f"At their best of a few settings: phone {phone[0]}; MinHash with {words[0]}.")
    return table


def _leads(house: House, labels: list[Row], level: str) -> Row:
    run = _run(house)
    known = rows.names(house, run.pins)
    queue = [
        (lead["word"], [known.get(ad, ad) for ad in run.identity(lead["identity"])["ads"]])
        for lead in run.leads
    ]
    there = set(known.values())
    used = [row for row in labels if row["id"] in there]
    score = asdict(evaluation.score_leads(queue, used))
    for word in ("more", "told"):
        few = score.pop(f"{word}_of_few")
        score.update({f"recall_{word}_of_networks_of_{people}": share for people, share in few.items()})
    apart = score.pop("false_consensual")
    score.update({f"false_{label}": share for label, share in apart.items()})
    return {
        "of": "measure",
        "rows": [{"name": k.replace("_", " "), "scores": {"value": v}} for k, v in score.items()],
        "notes": [_used(len(used), len(labels)), NOTE], "used": len(used),
    }  # fmt: skip


SCORERS: dict[str, Callable[[House, list[Row], str], Row]] = {
    "extraction": _extraction, "templates": _templates, "identities": _identities, "leads": _leads,
}  # fmt: skip


def _run(house: House) -> runs.Run:
    run = runs.current(house)
    if run is None:
        raise UsageError("There is nothing to score yet.", remedy="Make it with: homeward refresh")
    return run


def _groups(house: House, column: str) -> dict[str, str | None]:
    """Return the group of each ad, by what the source calls it."""
    run = _run(house)
    known = rows.names(house, run.pins)
    ads, groups = run.members.column("ad").to_pylist(), run.members.column(column).to_pylist()
    return {known[ad]: group for ad, group in zip(ads, groups, strict=True) if ad in known}


def _by_phone(house: House, labels: list[Row], level: str) -> Tried:
    """Join by telephone number alone, at the setting that does best against these labels."""
    run = _run(house)
    said = house.lake.query(
        _NODES + "SELECT DISTINCT n.node AS ad, m.value AS value FROM mentions m "
        "JOIN nodes n ON n.capture = m.capture WHERE m.kind = 'phone' ORDER BY 1, 2",
        pins=run.pins, params=[run.id],
    )  # fmt: skip
    ads = run.members.num_rows
    values = pc.dictionary_encode(said["value"]).combine_chunks().indices
    ad, value = said["ad"].to_numpy().astype("int64"), values.to_numpy().astype("int64")
    tried = []
    for most in yardsticks.BESIDE:
        groups = yardsticks.by_phone(ads, ad, value, house.engine, most)
        rule = "with every number" if most is None else f"without numbers beside more than {most} others"
        tried.append((rule, _score(house, groups.tolist(), labels, level)))
    return max(tried, key=lambda one: one[1].pairs.f1)


def _by_minhash(house: House, labels: list[Row], level: str) -> Tried:
    """Join by the likeness of wordings alone, at the setting that does best against these labels."""
    run = _run(house)
    rows = house.lake.query(
        _NODES + "SELECT n.node AS ad, b.bands AS bands, b.shingles AS shingles FROM bands b "
        "JOIN nodes n ON n.capture = b.capture ORDER BY 1",
        pins=run.pins, params=[run.id],
    )  # fmt: skip
    place = rows["ad"].to_numpy().astype("int64")
    bands = [one.values.to_numpy() for one in rows["bands"]]
    shingles = [one.values.to_numpy() for one in rows["shingles"]]
    tried = []
    for least in yardsticks.JACCARD:
        groups = np.arange(run.members.num_rows)
        groups[place] = place[yardsticks.by_minhash(bands, shingles, least)]
        found = _score(house, groups.tolist(), labels, level)
        tried.append((f"Jaccard {least} or more", found))
    return max(tried, key=lambda one: one[1].pairs.f1)


def _score(house: House, groups: list[int], labels: list[Row], level: str) -> evaluation.Agreement:
    run = _run(house)
    known = rows.names(house, run.pins)
    ads = sorted(run.members.column("ad").to_pylist())
    said = {known[ad]: str(group) for ad, group in zip(ads, groups, strict=True) if ad in known}
    return evaluation.score_groups(said, labels, level)


def _grouped(scores: Mapping[str, evaluation.Agreement], said: Mapping[str, Any], labels: list[Row]) -> Row:
    used = sum(1 for row in labels if row["id"] in said)
    table = []
    for name, found in scores.items():
        flat = {
            "ads": found.ads, "adjusted_rand": found.adjusted_rand, "pair_precision": found.pairs.precision,
            "pair_recall": found.pairs.recall, "pair_f1": found.pairs.f1,
            "b3_precision": found.b_cubed.precision, "b3_recall": found.b_cubed.recall,
            "b3_f1": found.b_cubed.f1, "largest_said": found.largest_said, "largest_true": found.largest_true,
        }  # fmt: skip
        table.append({"name": name, "scores": flat})
    return {"of": "method", "rows": table, "notes": [_used(used, len(labels)), NOTE], "used": used}


def _used(used: int, given: int) -> str:
    if used == given:
        return f"All {given:,} labels were used."
    return f"{used:,} of {given:,} labels were used: the others name ads that are not in the workspace."

"""A set of ads with the wording of each known: texts drawn, put out again and again, and edited in known ways."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench.quality.wordings import edits
from bench.quality.wordings.texts import FOOTERS, SITES, Fillings, Text, draw_fillings, draw_short, draw_text

Row = dict[str, Any]
SHORT_SHARE = 0.15  # of ads that are short generic posts
FOOTER_SHARE = 0.6
STOCK_SHARES = (0.0, 0.2, 0.45)  # of an author's sentences that everybody writes
WEIGHTS = (0.28, 0.27, 0.2, 0.15, 0.1)  # of the kinds of copy
LONGEST = 200  # copies of one text


def make(n: int, seed: int) -> Iterator[tuple[Row, Row]]:
    """Yield n ads, each with its truth row; `edit` there says what was done to the text."""
    rng = Random(f"wordings/{seed}")
    made, text = 0, 0
    while made < n:
        if rng.random() < 0.5:
            count = 1 if rng.random() < 0.6 else rng.randint(2, 4)
            short = draw_short(rng)
            for _ in range(min(count, n - made)) if rng.random() < SHORT_SHARE * 4 else ():
                where = draw_fillings(rng)
                title = rng.choice(("hi", "<city>", "<name>", "call me", "tonight", "new post"))
                yield _ad(rng, made, where.fill(title), where.fill(short), f"short {short}", "short")
                made += 1
            continue
        own = draw_text(rng, rng.choice(STOCK_SHARES))
        sizes = min(LONGEST, int(rng.paretovariate(1.1)))
        who = draw_fillings(rng)
        for k in range(min(sizes, n - made)):
            yield _copy(
                rng,
                made,
                own,
                who,
                f"text {text}",
                "repost" if not k else rng.choices(edits.KINDS, WEIGHTS)[0],
            )
            made += 1
        text += 1


def _copy(rng: Random, number: int, own: Text, who: Fillings, template: str, kind: str) -> tuple[Row, Row]:
    sentences = list(own.sentences)
    if kind != "repost":
        where = draw_fillings(rng)
        who = where if rng.random() < 0.6 else replace(who, price=where.price, phone=where.phone)
    if kind == "light":
        sentences = edits.light(sentences, rng)
    elif kind == "heavy":
        sentences = edits.heavy(sentences, rng)
    elif kind == "obscured":
        sentences = edits.obscure(sentences, rng)
    body = own.between.join(who.fill(s) + own.end for s in sentences)
    return _ad(rng, number, who.fill(own.title), body, template, kind)


def _ad(rng: Random, number: int, title: str, body: str, template: str, edit: str) -> tuple[Row, Row]:
    at = rng.randrange(len(SITES))
    if FOOTERS[at] and rng.random() < FOOTER_SHARE:
        body += "\n\n" + FOOTERS[at].format(site=SITES[at])
    seen = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number * 3 + rng.randrange(60 * 24 * 30))
    key = f"w{number:07d}"
    ad = {
        "id": key, "url": f"https://{SITES[at]}/{key}", "site": SITES[at], "title": title, "body": body,
        "seen_at": seen.strftime("%Y-%m-%dT%H:%M:%SZ"), "posted_at": seen.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }  # fmt: skip
    return ad, {"id": key, "template": template, "edit": edit}


def write(n: int, seed: int, folder: Path) -> None:
    """Write ads.jsonl and truth.jsonl, as `homeward ingest` and `homeward evaluate templates` take them."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "ads.jsonl").open("w") as ads, (folder / "truth.jsonl").open("w") as truth:
        for ad, row in make(n, seed):
            ads.write(json.dumps(ad, ensure_ascii=False) + "\n")
            truth.write(json.dumps(row) + "\n")

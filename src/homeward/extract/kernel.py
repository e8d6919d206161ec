"""The kernel: many ads read at once, from columns into columns.

Readers pass one after the other over a stage of pages, not page by page: the code and the lists of one
reader stay close at hand for dozens of texts, which takes a sixth less time than all readers for each text
(docs/explanation/speed.md). A part that was met before, in this batch or lately, is not read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import orjson
import pyarrow as pa

from homeward.extract import phone, read
from homeward.extract.knowledge import agency as agencies
from homeward.extract.read import Reader
from homeward.extract.text.kept import Kept
from homeward.extract.text.normalise import Normalised
from homeward.extract.text.tokens import WATCH, Page, Place, Reading
from homeward.model import schema
from homeward.model.collection import no_collection

COLUMNS = ("title", "body", "url", "city", "region", "country", "phones", "emails")
CARRIED = ("ad", "capture", "batch", "month")  # columns that every mention of an ad repeats
READ = ("kind", "value", "raw", "start", "end", "part", "confidence", "reader", "detail")

# Parts whose mentions a worker keeps, because ads are posted again and again with the same title or body.
# Of 400,000 ads of the synthetic world 23 of 100 characters were read before, if nothing is forgotten. A
# third as many parts took a sixth more of the processor for 300,000 ads, twice as many a sixteenth less and
# 110 MB more for each worker. Longer parts are too rare to be worth their memory.
KEPT_PARTS, KEPT_LENGTH = 49_152, 3000
# Parts and characters of one stage: more parts are hardly quicker, and pages take memory while they are read.
STAGE_PARTS, STAGE_LENGTH = 128, 1 << 18
Row = tuple[str, str, str, int, int, float, str, str]
# All that a reader looks at: text, part, country, region and city of the ad, readers.
Key = tuple[str, str, str, str, str, tuple[Reader, ...]]
_kept: Kept[Key, list[Row]] = Kept(KEPT_PARTS)
WATCH.also(_kept.clear)


def forget() -> None:
    """Forget what is kept of texts that were read: the next ads are read as if they were the first."""
    _kept.clear()
    phone.forget()


def read_parts(keys: Iterable[Key]) -> list[list[Row]]:
    """Return the mentions of parts as columns want them; the same part is read once."""
    out: list[list[Row]] = []
    fresh: dict[Key, list[Row]] = {}
    for key in keys:
        found = _kept.get(key)
        if found is None:
            found = fresh.setdefault(key, [])
        out.append(found)
    for stage in _stages(fresh):
        for key, rows in zip(stage, _read(stage), strict=True):
            fresh[key] += rows
            if len(key[0]) <= KEPT_LENGTH:
                _kept.put(key, fresh[key])
    return out


def _stages(keys: Iterable[Key]) -> Iterator[list[Key]]:
    """Cut parts into stages of at most `STAGE_PARTS` parts, and `STAGE_LENGTH` characters or one part."""
    stage: list[Key] = []
    length = 0
    for key in keys:
        if stage and (len(stage) == STAGE_PARTS or length + len(key[0]) > STAGE_LENGTH):
            yield stage
            stage, length = [], 0
        stage.append(key)
        length += len(key[0])
    if stage:
        yield stage


def _read(stage: Sequence[Key]) -> list[list[Row]]:
    """Run the readers of each part, every reader over all its parts before the next one."""
    pages: list[Page] = []
    all_found: list[list[Reading]] = []
    groups: dict[tuple[Reader, ...], list[tuple[Page, list[Reading]]]] = {}
    for text, part, country, region, city, readers in stage:
        page, found = read.page_of(text, part, Place(country, region, city)), list[Reading]()
        pages.append(page)
        all_found.append(found)
        groups.setdefault(readers, []).append((page, found))
    for readers, group in groups.items():
        for reader in readers:
            need = read.NEEDS.get(reader)
            for page, found in group:
                if (need is None or page.mask & need) and (some := reader(page)):
                    found += read.capped(some)
    return [
        [_row(page.normalised, reading) for reading in found]
        for page, found in zip(pages, all_found, strict=True)
    ]


def _row(normalised: Normalised, r: Reading) -> Row:
    start, end = r.start, r.end
    if normalised.starts is not None:
        span = normalised.span(start, end)
        start, end = span.start, span.end
    detail = orjson.dumps(r.detail).decode() if r.detail else "{}"
    return r.kind, r.value, normalised.original[start:end], start, end, r.confidence, r.reader, detail


def read_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Kernel: read a batch of ads (with `COLUMNS` and `CARRIED`) into rows of `schema.MENTIONS`.

    An agency's knowledge comes in the metadata of the batch's schema: see `agency.attach`.
    """
    with no_collection():  # it would walk the lexicons again and again
        return _read_batch(batch)


def keys_of(batch: pa.RecordBatch, readers: tuple[Reader, ...]) -> Iterator[tuple[int, Key]]:
    """Yield the parts of the ads of a batch that have text, each with the place of its ad in the batch."""
    names = set(batch.schema.names)
    columns = [batch.column(c).to_pylist() if c in names else [None] * batch.num_rows for c in COLUMNS]
    for n, (title, body, web, city, region, country, phones, emails) in enumerate(zip(*columns, strict=True)):
        place = Place.of(country, region, city)
        for part, text, some in read.parts_of(title, body, web, phones, emails, readers):
            yield n, (text, part, place.country, place.region, place.city, some)


def _read_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    asked = list(keys_of(batch, read.readers_with(agencies.attached(batch.schema))))
    rows: list[Row] = []
    parts: list[str] = []
    ads: list[int] = []
    for (n, key), found in zip(asked, read_parts(key for _, key in asked), strict=True):
        if found:
            rows += found
            parts += [key[1]] * len(found)
            ads += [n] * len(found)
    read_rows = list(zip(*rows, strict=True)) if rows else [()] * 8
    told = dict(zip(READ, [*read_rows[:5], parts, *read_rows[5:]], strict=True))
    index, names = pa.array(ads, pa.int32()), set(batch.schema.names)
    arrays = [
        pa.array(told[f.name], f.type)
        if f.name in told
        else (batch.column(f.name) if f.name in names else pa.nulls(batch.num_rows)).take(index).cast(f.type)
        for f in schema.MENTIONS
    ]
    return pa.record_batch(arrays, schema=schema.MENTIONS)

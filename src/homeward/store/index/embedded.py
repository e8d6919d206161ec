"""Where ads are found: the embedded index, one tantivy index a month taken in.

It follows the lake and can be made again from it at any time. A document is an ad, keyed by its id as raw
text; adding replaces, in whatever month the ad lay before. Several processes may read while one writes.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa
import tantivy

from homeward.model.errors import QueryError, WorkspaceDamaged, WorkspaceLocked
from homeward.model.query import Query
from homeward.model.searchable import fold, microseconds
from homeward.store import disk
from homeward.store.index import fields
from homeward.store.index.month import SPAN, Found, Month, Place, View

# One thread fills an index while Python makes the documents: two cores are busy then. A larger heap
# writes fewer segments, which costs a sixth less; 60,000 ads fit into this one, and less is taken for fewer.
HEAP = 192_000_000
# Months written to at once. Rebuilding touches every month, and each holds a heap of its own.
MOST_WRITERS = 4
# Above this a page of JSON is slower to send than to ask for the next one.
MOST_HITS = 1_000
INTERVALS = ("day", "week", "month", "auto")
# "auto": days up to a quarter of a year, weeks up to two years, then months.
_DAYS_UP_TO, _WEEKS_UP_TO = 92, 731
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_MONDAY = 4  # 1970-01-05 was the first Monday
_TO_REBUILD = "Make it again with: homeward rebuild index"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hit:
    """One ad found: its id, its time, and the ad with its mentions as they were taken in."""

    ad: str
    at: datetime
    doc: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Some hits, newest first, and counts over all that fit.

    `first`, `last`: the times of the oldest and the newest of all that fit.
    `facets`: value → number of ads, most first; None where there are too many values to count.
    `histogram`: first day of each day, week or month with ads → number of ads; None as above.
    `after`: opaque; asks for the next page. None at the end.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...] | None] = field(default_factory=dict)
    histogram: tuple[tuple[date, int], ...] | None = None
    interval: str | None = None
    after: str | None = None
    first: datetime | None = None
    last: datetime | None = None


class Index:
    """The search index of a workspace."""

    version = fields.VERSION

    def __init__(self, root: Path) -> None:
        self.root = root
        self._months: dict[str, Month] = {}
        self._writers: dict[str, tantivy.IndexWriter] = {}
        self._pending: dict[str, set[str]] = {}  # month → keys added since its last commit
        self._synced: set[Path] = set()
        self._lock = threading.RLock()
        self._pool: ThreadPoolExecutor | None = None

    # -- writing ---------------------------------------------------------------------------------

    @property
    def outdated(self) -> bool:
        """Whether what lies there was made by another version, and has to be made again."""
        if not self._names():
            return False
        try:
            return (self.root / "version").read_text("ascii") != self.version
        except (OSError, UnicodeDecodeError):
            return True

    def add(self, ads: pa.Table, mentions: pa.Table) -> int:
        """Put ads in, each in place of what was known of it; return how many. Lasts once committed.

        `ads` has the columns of schema.ADS (latest captures; of several of one ad the last revision
        counts), `mentions` those of schema.MENTIONS; mentions of other captures are left out.
        """
        with self._writing():
            self._check_version()
            found = fields.told(ads, mentions)
            self._remove([told.ad for told in found])
            for told in found:
                month = told.row["month"]
                self._writer(month).add_document(fields.document(told))
                self._pending.setdefault(month, set()).add(told.ad)
        return len(found)

    def delete(self, ads: Iterable[str]) -> None:
        """Take ads out, in every month. Lasts once committed."""
        with self._writing():
            self._remove(list(ads))

    def commit(self) -> None:
        """Make everything added and deleted last, and visible to every process."""
        with self._writing():
            for month in list(self._writers):
                self._finish(month)

    def clear(self) -> None:
        """Remove everything, and start in the current version."""
        with self._writing():
            self._drop_writers()
            self._months.clear()
            self._synced.clear()
            for name in self._folders():
                shutil.rmtree(self.root / name)
            disk.make_folder(self.root)
            disk.write_whole(self.root / "version", self.version.encode("ascii"))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the lock; after any error start again from the last commit."""
        with self._lock, disk.translated("the search index"):
            try:
                yield
            except BaseException as error:
                self._drop_writers()
                if isinstance(error, ValueError) and "LockBusy" in str(error):
                    raise WorkspaceLocked(
                        "Another process is writing to the search index.",
                        remedy="Wait until it has ended, then repeat the command.",
                    ) from error
                raise

    def _check_version(self) -> None:
        if self.outdated:
            raise WorkspaceDamaged("The search index is of another version.", remedy=_TO_REBUILD)
        if not (self.root / "version").exists():
            disk.make_folder(self.root)
            disk.write_whole(self.root / "version", self.version.encode("ascii"))

    def _remove(self, ads: Sequence[str]) -> None:
        """Delete keys wherever they lie. A month that holds none of them is left sealed.

        Only keys that are there are deleted: each is looked for in every segment again at the next commit.
        """
        for name in sorted({*self._names(), *self._writers}):
            pending, held = self._pending.get(name, set()), self._held(name, ads)
            for ad in ads:
                if ad in pending or ad.encode()[:16].rstrip(b"\0") in held:
                    self._writer(name).delete_documents_by_term(fields.AD, ad)

    def _held(self, name: str, ads: Sequence[str]) -> set[bytes]:
        """Return the beginnings of those keys of which a month has documents."""
        if not ads or name not in self._names():
            return set()
        view = self._month(name).view()
        found = view.keys(tantivy.Query.term_set_query(view.schema, fields.AD, list(ads)), len(ads))
        return set(found.tolist())

    def _writer(self, name: str) -> tantivy.IndexWriter:
        """Return the open writer of a month; the oldest of too many is finished first."""
        if name not in self._writers:
            if len(self._writers) >= MOST_WRITERS:
                self._finish(next(iter(self._writers)))
            if not (self.root / name).is_dir():
                disk.make_folder(self.root / name)
            self._writers[name] = self._month(name).index.writer(HEAP, 1)
            # A commit that was killed leaves files that no state names; tantivy would meet them again under
            # the same name ("FileAlreadyExists") at every commit from then on.
            self._writers[name].garbage_collect_files()
        return self._writers[name]

    def _finish(self, name: str) -> None:
        """Commit a month, wait for its merges, and flush all its files to the disk."""
        writer = self._writers.pop(name)
        self._pending.pop(name, None)
        writer.commit()
        disk.failpoint("index.committed")
        writer.wait_merging_threads()
        folder = self.root / name
        for path in sorted(folder.iterdir()):
            if path not in self._synced or path.name in ("meta.json", ".managed.json"):
                disk.sync_file(path)
                self._synced.add(path)
        disk.sync_folder(folder)

    def _drop_writers(self) -> None:
        """Forget what is not committed."""
        self._writers.clear()
        self._pending.clear()

    # -- reading ---------------------------------------------------------------------------------

    def count(self) -> int:
        """Return how many ads are in the index."""
        return sum(view.searcher.num_docs for view in self._views())

    def get(self, ad: str) -> Mapping[str, Any] | None:
        """Return one ad with its mentions, or None."""
        return self.some([ad]).get(ad)

    def some(self, ads: Collection[str]) -> dict[str, Mapping[str, Any]]:
        """Return those of some ads that are there, with their mentions."""
        found: dict[str, Mapping[str, Any]] = {}
        for view in self._views():
            found |= view.some(ad for ad in ads if ad not in found)
        return found

    def total(self, query: Query) -> int:
        """Return how many ads fit."""
        return sum(self._each(lambda view: view.total(view.compile(query))))

    def keys(self, query: Query, most: int) -> npt.NDArray[np.bytes_]:
        """Return the first 16 bytes (of 17) of the ids of all ads that fit, up to `most` a month."""
        found = self._each(lambda view: view.keys(view.compile(query), most))
        return np.concatenate(found) if found else np.array([], dtype="S16")

    def dated(self, query: Query, most: int) -> tuple[npt.NDArray[np.bytes_], npt.NDArray[np.int64]]:
        """Return what `keys` does, and the time of each in microseconds since 1970."""
        found = self._each(lambda view: view.dated(view.compile(query), most))
        keys = [np.array([], dtype="S16"), *(part[0] for part in found)]
        return np.concatenate(keys), np.concatenate([np.array([], dtype=np.int64), *(p[1] for p in found)])

    def search(
        self, query: Query, *, limit: int = 50, after: str | None = None,
        facets: Sequence[str] = (), histogram: str | None = None,
    ) -> Page:  # fmt: skip
        """Return a page of what fits, newest first then by key; facets and histogram count all of it."""
        if not 0 <= limit <= MOST_HITS:
            raise QueryError(f"a page holds up to {MOST_HITS} ads")
        if histogram is not None and histogram not in INTERVALS:
            raise QueryError(f"a histogram is by {', '.join(INTERVALS)}")
        if unknown := set(facets) - set(fields.FACETS):
            raise QueryError(f"there is no facet {min(unknown)}")
        place = Place.read(after) if after else None
        names = (SPAN, *(fields.facet(name) for name in facets), *((fields.DAY,) if histogram else ()))

        def one(view: View) -> tuple[View, int, dict[str, Any], list[Found]]:
            compiled = view.compile(query)
            total, found = view.newest(compiled, limit, place) if limit else (view.total(compiled), [])
            return view, total, view.count(compiled, names, total), found

        parts = self._each(one)
        hits, more = _merged([(view, hit) for view, _, _, found in parts for hit in found], limit, place)
        total, counts = sum(part[1] for part in parts), [part[2] for part in parts]
        times = [at for count in counts for _, at in count[SPAN] or ()]
        bars, interval = _histogram(counts, histogram) if histogram else (None, None)
        return Page(
            total=total, hits=tuple(hits),
            facets={name: _facet([count[fields.facet(name)] for count in counts]) for name in facets},
            histogram=bars, interval=interval,
            first=_time(min(times)) if times else None, last=_time(max(times)) if times else None,
            after=Place(microseconds(hits[-1].at), hits[-1].ad).write() if more else None,
        )  # fmt: skip

    def close(self) -> None:
        """Let go of files and threads; what is not committed is forgotten."""
        with self._lock:
            self._drop_writers()
            self._months.clear()
            if self._pool is not None:
                self._pool.shutdown()
                self._pool = None

    def _names(self) -> list[str]:
        """Return the months there are; one that no commit has reached yet is none."""
        return [name for name in self._folders() if (self.root / name / "meta.json").exists()]

    def _folders(self) -> list[str]:
        try:
            return sorted(e.name for e in os.scandir(self.root) if e.is_dir() and e.name[:4].isdigit())
        except FileNotFoundError:
            return []

    def _month(self, name: str) -> Month:
        with self._lock:
            if name not in self._months:
                try:
                    self._months[name] = Month(self.root / name)
                except ValueError as error:
                    raise WorkspaceDamaged(
                        f"The search index of {name} is damaged.", remedy=_TO_REBUILD
                    ) from error
            return self._months[name]

    def _views(self) -> list[View]:
        """Return the newest committed state of every month; one that another process removes is left out."""
        names = self._names()
        with self._lock:
            for gone in self._months.keys() - set(names):
                del self._months[gone]
        found = []
        for name in names:
            with suppress(FileNotFoundError):
                found.append(self._month(name).view())
        return found

    def _each(self, work: Callable[[View], T]) -> list[T]:
        """Do something in every month, side by side."""
        views = self._views()
        if len(views) < 2:
            return [work(view) for view in views]
        with self._lock:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="index")
        return list(self._pool.map(work, views))


def _merged(found: list[tuple[View, Found]], limit: int, after: Place | None) -> tuple[list[Hit], bool]:
    """Order what the months found, read the first `limit`, and tell whether more is left."""
    found.sort(key=lambda pair: (-pair[1].at, pair[1].tie))
    hits: list[Hit] = []
    group: list[Hit] = []
    for n, (view, hit) in enumerate(found):
        doc = orjson.loads(view.read(hit.address))
        group.append(Hit(doc["ad"], _time(hit.at), doc))
        following = found[n + 1][1] if n + 1 < len(found) else None
        if following and (following.at, following.tie) == (hit.at, hit.tie):
            continue
        group.sort(key=lambda one: one.ad)
        hits += [one for one in group if after is None or hit.at != after.at or one.ad > after.ad]
        group = []
        if len(hits) > limit:
            break
    # A full page may be the last one: the next is then empty, which costs less than to look.
    return hits[:limit], len(hits) >= limit > 0


def _facet(months: list[list[tuple[str, int]] | None]) -> tuple[tuple[str, int], ...] | None:
    """Add up a facet's values; spellings that fold alike are one, shown as most ads write it."""
    spellings: dict[str, Counter[str]] = {}
    for month in months:
        if month is None:
            return None
        for value, count in month:
            spellings.setdefault(fold(value), Counter())[value] += count
    added = [
        (min(found, key=lambda value: (-found[value], value)), found.total()) for found in spellings.values()
    ]
    return tuple(sorted(added, key=lambda pair: (-pair[1], pair[0])))


def _histogram(
    months: list[dict[str, Any]], interval: str
) -> tuple[tuple[tuple[date, int], ...] | None, str | None]:
    """Add up days to bars, and say how wide they are; None if there are too many days."""
    days: Counter[int] = Counter()
    for month in months:
        if month[fields.DAY] is None:
            return None, None
        for day, count in month[fields.DAY]:
            days[int(day)] += count
    if interval == "auto":
        width = max(days) - min(days) if days else 0
        interval = "day" if width <= _DAYS_UP_TO else "week" if width <= _WEEKS_UP_TO else "month"
    bars: Counter[date] = Counter()
    for day, count in days.items():
        bars[_bar(day, interval)] += count
    return tuple(sorted(bars.items())), interval


def _bar(day: int, interval: str) -> date:
    """Return the first day of the bar that a day (since 1970) falls into; weeks begin on Monday."""
    if interval == "week":
        day = max((day - _MONDAY) // 7 * 7 + _MONDAY, 1 - _EPOCH_DAY)
    first = date.fromordinal(_EPOCH_DAY + day)
    return first.replace(day=1) if interval == "month" else first


def _time(at: int) -> datetime:
    """Return a time; sums of tantivy are rounded, which must not lead out of the calendar."""
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    at = min(max(at, microseconds(first)), microseconds(last))
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)

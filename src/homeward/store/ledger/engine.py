"""The ledger's door: an encrypted SQLite file, one writer at a time, every promise checked on connecting.

The key goes to SQLCipher as raw bytes in a pragma; it is in no URL, no log and no error. Parameters are
hidden from every error for the same reason.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from homeward.model.errors import (
    HomewardError,
    KeyMissing,
    StorageFull,
    WorkspaceDamaged,
    WorkspaceError,
    WorkspaceLocked,
)
from homeward.store import disk
from homeward.store.ledger import sight
from homeward.store.turns import NoTurn, Turns

if TYPE_CHECKING:
    from homeward.store.ledger.watch import Watch

KEY_BYTES = 32
HEAD = "0017_free_texts"  # the newest migration; a test compares it with the scripts
BUSY_MS = 15_000  # a writer waits this long for another; every transaction of ours is far shorter
TURN_S = 60.0  # and this long for others of its own process, who take turns: SQLite lets writers overtake
POOL = 8  # connections kept; opening one costs about a millisecond, since the key is raw
CHECKPOINT_PAGES = 1000  # of 4 KiB: the write-ahead log is folded in at about 4 MB

# What every connection must answer; checked, because SQLite ignores a pragma that it cannot honour.
PRAGMAS: dict[str, tuple[str, object]] = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "busy_timeout": (str(BUSY_MS), BUSY_MS),
    "temp_store": ("MEMORY", 2),  # a temporary file would hold plain text
    "secure_delete": ("ON", 1),
    "trusted_schema": ("OFF", 0),
    "wal_autocheckpoint": (str(CHECKPOINT_PAGES), CHECKPOINT_PAGES),
}

Tx: TypeAlias = sa.Connection  # a transaction, as `Ledger.write` and `Ledger.read` give it


class Ledger:
    """The encrypted ledger at `path`; made on first use. Safe to share among threads."""

    def __init__(self, path: Path, key: bytes, watch: Watch | None = None) -> None:
        """`watch` signs and copies the audit log; without it nothing is signed by itself."""
        if len(key) != KEY_BYTES:
            raise KeyMissing(
                f"The key of the ledger is {len(key)} bytes long instead of {KEY_BYTES}.",
                remedy="Put the workspace's own key back.",
            )
        self.path = Path(path).absolute()
        self._key, self._watch = key, watch
        self._ready = False
        self._opening, self._turns = Lock(), Turns()
        self._engine, self._seen = self._made(), self._made()
        sight.guard(self._seen)

    @property
    def key(self) -> bytes:
        """The key of the file, for what is derived from it; never shown and never written."""
        return self._key

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """Give a transaction that may write; it is committed and flushed at the end, or not at all.

        Waits its turn behind other writers, for some seconds, then raises WorkspaceLocked. Threads of this
        process are served in the order in which they asked.
        """
        with self._turn(), self._transaction(writes=True) as tx:
            said: dict[str, Any] = {}  # of this transaction alone: the driver's connection goes on
            tx.info["homeward"] = said
            yield tx
            if self._watch is not None:
                self._watch.written(tx)
            disk.failpoint("ledger.before_commit")
        disk.failpoint("ledger.committed")
        if self._watch is not None:
            self._watch.committed(said)

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """Give a transaction that sees one moment of the ledger; the database refuses writes in it."""
        with self._transaction(writes=False) as tx:
            fetched(tx, "PRAGMA query_only = ON")
            try:
                yield tx
            finally:
                fetched(tx, "PRAGMA query_only = OFF")

    def migrate(self) -> None:
        """Bring the tables to the newest form, each step in one transaction; free when they are there.

        A step that was killed half-way has left nothing and runs again.
        """
        with self._opening:
            if self._ready:
                return
            with disk.translated(f"The ledger {self.path}"), self._translated():
                self._make_file()
                with self._engine.connect() as connection:
                    found = _revision(connection)
                if found != HEAD:
                    from homeward.store.ledger.migrations import upgrade  # Alembic takes 0.2 s to import

                    with self._engine.connect().execution_options(writes=True) as connection:
                        upgrade(connection)
            self._ready = True

    def check(self) -> list[str]:
        """Return what is wrong with the file, as sentences; empty when every page is whole and authentic.

        The log of writes is folded in first: a loss of power while it was may have torn pages of the file
        that the log still holds, and which nobody reads.
        """
        self.migrate()
        with self._translated():
            folding = self._connect()
            try:
                folding.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            finally:
                folding.close()
        with self._translated(), self._engine.connect() as connection:
            said = [
                str(row[0])
                for pragma in ("cipher_integrity_check", "integrity_check", "foreign_key_check")
                for row in connection.exec_driver_sql(f"PRAGMA {pragma}")
            ]
        return [line for line in said if line != "ok"]

    def copy_to(self, path: Path) -> None:
        """Write a copy of one moment of the ledger, encrypted with the same key, while it is in use."""
        self.migrate()
        with disk.translated(f"The copy {path}"), self._translated():
            connection = self._connect()
            try:
                connection.execute("VACUUM INTO ?", (str(path),))
            finally:
                connection.close()
            path.chmod(0o600)
            disk.sync_file(path)

    def opens(self, key: bytes) -> bool:
        """Tell whether `key` opens the file; one that is not there yet opens with any."""
        if not self.path.exists():
            return True
        try:
            with self._translated(writes=True):
                self._connect(key).close()
        except KeyMissing:
            return False
        return True

    def rekey(self, key: bytes) -> None:
        """Encrypt the file with another key, whole or not at all; a kill leaves it with the one or the other.

        Raises WorkspaceLocked while anybody else has the ledger open: the log of writes is folded in and
        left away meanwhile, which takes the file for oneself.
        """
        self._dispose()
        with disk.translated(f"The ledger {self.path}"), self._translated():
            connection = self._connect()
            try:
                connection.execute("PRAGMA busy_timeout = 2000").fetchall()
                [mode] = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
                if mode != "delete":
                    raise dbapi2.OperationalError("database is locked")
                disk.failpoint("ledger.before_rekey")
                connection.execute(f"PRAGMA rekey = \"x'{key.hex()}'\"").fetchall()
            except dbapi2.Error as error:
                if "rekey" not in str(error):  # its words for whatever went wrong; of a failed commit, none
                    raise
            finally:
                connection.close()
        if not self.opens(key):
            raise StorageFull(
                f"The key of {self.path} could not be changed: the disk is full or broken. "
                "The key of before is in force.",
                remedy="Free some space, then repeat the command.",
            )
        self._key = key
        disk.failpoint("ledger.rekeyed")

    def close(self) -> None:
        """Sign what is unsigned and close every connection; the ledger can be used again afterwards."""
        if self._watch is not None:
            self._watch.closing(self)
        self._dispose()

    # Inside.

    def _dispose(self) -> None:
        self._engine.dispose()
        self._seen.dispose()

    def _made(self) -> sa.Engine:
        engine = sa.create_engine(
            "sqlite://", module=dbapi2, creator=self._connect, poolclass=QueuePool, pool_size=POOL,
            max_overflow=64, pool_reset_on_return="rollback", hide_parameters=True,
            json_serializer=_to_json,
        )  # fmt: skip
        event.listen(engine, "begin", _begin)
        return engine

    @contextmanager
    def _turn(self) -> Iterator[None]:
        try:
            with self._turns.taken(seconds=TURN_S):
                yield
        except NoTurn:
            raise _locked(self.path) from None

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Tx]:
        """Begin on a connection that sees the whole, or on one that sees what whoever asks may see."""
        self.migrate()
        engine = self._engine if sight.asking() is None else self._seen
        with (
            self._translated(writes=writes),
            engine.connect().execution_options(writes=writes) as connection,
            connection.begin(),
        ):
            yield connection

    def _make_file(self) -> None:
        """Make the empty file with its rights, so that no moment exists in which others could open it."""
        if self.path.exists():
            return
        disk.make_folder(self.path.parent)
        os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        disk.sync_folder(self.path.parent)

    def _connect(self, key: bytes | None = None) -> Any:
        """Return a connection with the key (this ledger's, or the one given) set and every pragma checked."""
        connection = dbapi2.connect(
            str(self.path), isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000,
            cached_statements=256,
        )  # fmt: skip
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to standard error
            connection.execute(f"PRAGMA key = \"x'{(key or self._key).hex()}'\"")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()  # fails with a wrong key
            for name, (setting, expected) in PRAGMAS.items():
                connection.execute(f"PRAGMA {name} = {setting}").fetchall()
                [answer] = connection.execute(f"PRAGMA {name}").fetchone()
                if answer != expected:
                    raise WorkspaceDamaged(f"The ledger answers {answer!r} to {name}, not {expected!r}.")
            if not connection.execute("PRAGMA cipher_version").fetchone():
                raise WorkspaceDamaged("The ledger's library does not encrypt.")
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def _translated(self, *, writes: bool = False) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, dbapi2.Error) as error:
            cause = error.orig if isinstance(error, DBAPIError) else error
            known = _said(self.path, cause, writes=writes)
            if known is None:
                raise
            raise known from None  # the driver's own words may quote what was being written


def fetched(tx: Tx, sql: str, values: tuple[Any, ...] = ()) -> Any:
    """Run a statement past SQLAlchemy, in the same transaction; return its first row, or None.

    For what runs all the time: what SQLAlchemy does around a statement takes longer than most of ours.
    """
    return tx.connection.cursor().execute(sql, values).fetchone()


def _to_json(value: Any) -> str:
    """Return JSON with sorted keys: the same value is the same text. A lone surrogate is escaped."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text if text.isascii() else "".join(_escaped(c) if "\ud800" <= c <= "\udfff" else c for c in text)


def _escaped(char: str) -> str:
    return f"\\u{ord(char):04x}"


def _begin(connection: sa.Connection) -> None:
    """Begin by hand: the driver is told to leave transactions alone. A writer takes its turn at once."""
    writes = connection.get_execution_options().get("writes", False)
    if (who := sight.asking()) is not None and "changes" in connection.info:
        sight.begin(connection, who)
    fetched(connection, "BEGIN IMMEDIATE" if writes else "BEGIN")


def _revision(connection: sa.Connection) -> str | None:
    """Return the migration that the tables are at, or None for an empty file."""
    there = connection.exec_driver_sql("SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'").first()
    if there is None:
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if found is None else str(found)


def _may_write(path: Path) -> bool:
    """Tell whether the file and its folder may be written: the log lies beside the file."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _locked(path: Path) -> WorkspaceLocked:
    return WorkspaceLocked(
        f"Another process has been writing to the ledger {path} for a long time.",
        remedy="Wait until it has ended, then repeat the command.",
    )


def _said(path: Path, error: BaseException | None, *, writes: bool = False) -> HomewardError | None:
    """Return our sentence for one of the driver's, or None when it is a mistake of ours.

    `writes`: a transaction that may write; the driver opens a file that it cannot write for reading only.
    """
    text = str(error).lower()
    if "not a database" in text or "hmac check failed" in text:
        return KeyMissing(
            f"The ledger {path} does not open with this key: the key is another workspace's, "
            "or the file is damaged.",
            remedy="Put the workspace's own key back, or restore a backup.",
        )
    if "locked" in text or "busy" in text:
        return _locked(path)
    failed = "disk i/o error" in text or "unable to open" in text
    if "disk is full" in text or (failed and disk.is_full(path)):
        return StorageFull(
            "The disk is full: the ledger could not be written.",
            remedy="Free some space and repeat the command: it goes on from what was kept.",
        )
    if "malformed" in text or "disk i/o error" in text:
        return WorkspaceDamaged(f"The ledger {path} is damaged or its disk failed.",
                                remedy="Check the disk, then restore a backup.")  # fmt: skip
    if "unable to open" in text or ("readonly" in text and (writes or not _may_write(path))):
        return WorkspaceError(f"The ledger {path} cannot be opened for writing.",
                              remedy="Check who owns the folder and its rights.")  # fmt: skip
    return None

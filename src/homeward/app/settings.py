"""The one place that reads the environment: where the workspace is, its key, and the clock.

Every setting is an environment variable; the command line may override the workspace.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from homeward.model.errors import UsageError
from homeward.store.keys import is_guessable

KEY_BYTES = 32  # AES-256: what the ledger's cipher takes

# Name, what it does: the reference page is made from this list.
VARIABLES: tuple[tuple[str, str], ...] = (
    ("HOMEWARD_HOME", "the folder of the workspace; the default is $XDG_DATA_HOME/homeward"),
    ("HOMEWARD_KEY", "the ledger's key as 64 hexadecimal digits, in place of the key file"),
    ("HOMEWARD_NOW", "a fixed time for reproducible runs, such as 2026-01-20T09:00:00Z"),
    ("HOMEWARD_WORKERS", "how many worker processes to use; the default is one a processor"),
    ("HOMEWARD_MEMORY_MB", "how much memory the engine may use, in megabytes"),
    ("HOMEWARD_KNOWLEDGE", "the agency's own knowledge, a YAML file; --knowledge goes first"),
    (
        "HOMEWARD_CHECKPOINTS",
        "folders on other disks or machines that the audit log's checkpoints are copied to, apart by colons; "
        "they are copied to the folder of the error log in any case",
    ),
    (
        "HOMEWARD_BACKUPS",
        "the folder where backups are kept, best on another disk: one is made there each hour while the "
        "workspace is in use, and an erasure reaches those in it, by making them anew; the default is "
        "$XDG_STATE_HOME/homeward/backups, where fewer stay and a demo makes none",
    ),
    (
        "HOMEWARD_ORIGIN",
        "the address that browsers show, where it is forwarded to another port or name, such as "
        "http://localhost:9000; security keys sign for this address alone",
    ),
    (
        "HOMEWARD_PROVIDER",
        "the issuer of the agency's own identity provider (OpenID Connect), such as "
        "https://login.agency.example; without it nobody signs in through one, and the server asks no "
        "other host",
    ),
    ("HOMEWARD_PROVIDER_CLIENT", "what the provider knows this server by: its client id"),
    (
        "HOMEWARD_PROVIDER_SECRET_FILE",
        "a file with the client's secret, where the provider gave one",
    ),
    (
        "HOMEWARD_PROVIDER_FACTORS",
        "values of acr or amr, apart by commas, that stand for a second factor, such as mfa; without them "
        "everybody gives one of their own here as well",
    ),
    (
        "HOMEWARD_DEBUG",
        "any value: show the traceback of an unexpected error; `serve` refuses to start with it",
    ),
    ("XDG_CONFIG_HOME", "where the key file lies, in homeward/; the default is ~/.config"),
    ("XDG_DATA_HOME", "where the default workspace lies; the default is ~/.local/share"),
    ("XDG_STATE_HOME", "where unexpected errors are written, in homeward/; the default is ~/.local/state"),
)


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """The agency's identity provider: the one other host that the server asks, at sign-in only."""

    issuer: str
    client: str
    secret: str | None = field(default=None, repr=False)
    factors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says, read once."""

    home: Path
    config: Path  # the folder of key files
    state: Path  # the folder of the error log
    key: bytes | None = None
    now: datetime | None = None
    workers: int | None = None
    memory_mb: int | None = None
    knowledge: Path | None = None
    debug: bool = False
    copies: tuple[Path, ...] = ()
    named_backups: Path | None = None
    origin: str | None = None
    provider: ProviderSettings | None = None

    @property
    def backups(self) -> Path:
        """Where backups are kept: the folder that was named, or one in the user's state folder."""
        return self.named_backups or self.state / "backups"

    def hourly(self, kind: str) -> Path | None:
        """Where a workspace of this kind backs itself up; a demo does only where a folder was named."""
        return None if kind == "demo" and self.named_backups is None else self.backups

    @property
    def checkpoints(self) -> tuple[Path, ...]:
        """Where checkpoints of the audit log are copied to: the user's state folder and those named."""
        return (self.state / "checkpoints", *self.copies)

    @property
    def clock(self) -> Callable[[], datetime]:
        """The time, in UTC; the fixed time of HOMEWARD_NOW if one is set."""
        fixed = self.now
        if fixed is not None:
            return lambda: fixed
        return lambda: datetime.now(UTC)


def load(environ: Mapping[str, str] | None = None, *, home: Path | None = None) -> Settings:
    """Read the settings; `home` (the command's own option) goes before HOMEWARD_HOME."""
    env = os.environ if environ is None else environ
    user = Path(env.get("HOME") or Path.home())
    data = Path(env.get("XDG_DATA_HOME") or user / ".local" / "share")
    config = Path(env.get("XDG_CONFIG_HOME") or user / ".config")
    return Settings(
        home=(home or Path(env.get("HOMEWARD_HOME") or data / "homeward")).expanduser().absolute(),
        config=config / "homeward",
        state=state_folder(env),
        key=_key(env.get("HOMEWARD_KEY")),
        now=_now(env.get("HOMEWARD_NOW")),
        workers=_count(env.get("HOMEWARD_WORKERS"), "HOMEWARD_WORKERS"),
        memory_mb=_count(env.get("HOMEWARD_MEMORY_MB"), "HOMEWARD_MEMORY_MB"),
        knowledge=Path(env["HOMEWARD_KNOWLEDGE"]) if env.get("HOMEWARD_KNOWLEDGE") else None,
        debug=bool(env.get("HOMEWARD_DEBUG")),
        copies=tuple(
            Path(name).expanduser().absolute()
            for name in (env.get("HOMEWARD_CHECKPOINTS") or "").split(os.pathsep)
            if name
        ),
        named_backups=_place(env.get("HOMEWARD_BACKUPS")),
        origin=_origin(env.get("HOMEWARD_ORIGIN")),
        provider=_provider(env),
    )


def state_folder(environ: Mapping[str, str] | None = None) -> Path:
    """Return the folder of the error log: the one setting that is read anew for each refusal."""
    env = os.environ if environ is None else environ
    state = env.get("XDG_STATE_HOME")
    return Path(state or Path(env.get("HOME") or Path.home()) / ".local" / "state", "homeward")


def _place(name: str | None) -> Path | None:
    return Path(name).expanduser().absolute() if name else None


def _key(text: str | None) -> bytes | None:
    """Return the key, never quoting it in an error."""
    if not text:
        return None
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise UsageError("HOMEWARD_KEY is not a key.", remedy="It must be 64 hexadecimal digits.")
    if is_guessable(key):
        raise UsageError(
            "HOMEWARD_KEY is a key that anybody could guess.",
            remedy="Draw one by chance: openssl rand -hex 32",
        )
    return key


def _now(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        value = datetime.fromisoformat(text.strip())
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(
            f"HOMEWARD_NOW is not a time: {text[:40]!r}.", remedy="Write it as 2026-01-20T09:00:00Z."
        ) from None


def _origin(text: str | None) -> str | None:
    if not text:
        return None
    parts = urlsplit(text.strip().rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise UsageError("HOMEWARD_ORIGIN is not an address.", remedy="Write it as http://localhost:9000.")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _provider(env: Mapping[str, str]) -> ProviderSettings | None:
    """Return the provider; an address without TLS only on this machine."""
    issuer, client = env.get("HOMEWARD_PROVIDER", "").strip(), env.get("HOMEWARD_PROVIDER_CLIENT", "").strip()
    if not issuer:
        return None
    parts = urlsplit(issuer)
    own = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not parts.hostname or parts.query or parts.fragment or parts.username or not (
        parts.scheme == "https" or (parts.scheme == "http" and own)
    ):  # fmt: skip
        raise UsageError(
            "HOMEWARD_PROVIDER is not an issuer.", remedy="Write it as https://login.agency.example."
        )
    if not client:
        raise UsageError("HOMEWARD_PROVIDER_CLIENT is missing.", remedy="Set it to the client id there.")
    named = env.get("HOMEWARD_PROVIDER_SECRET_FILE")
    try:
        secret = Path(named).expanduser().read_text("utf-8").strip() if named else None
    except (OSError, UnicodeDecodeError):
        raise UsageError("The file of HOMEWARD_PROVIDER_SECRET_FILE cannot be read.") from None
    ways = env.get("HOMEWARD_PROVIDER_FACTORS", "").split(",")
    return ProviderSettings(issuer, client, secret or None, frozenset(w.strip() for w in ways if w.strip()))


def _count(text: str | None, name: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 8 and int(text) > 0):
        raise UsageError(f"{name} is not a whole number above zero: {text[:20]!r}.")
    return int(text)

"""Everything that can go wrong, named for the situation of the person who meets it.

HomewardError
├─ UsageError                 the caller asked for something that cannot be done as said
│  ├─ InputMissing            a named file or folder is not there
│  ├─ InputUnreadable         it is there and cannot be read (permission, format, damage)
│  ├─ QueryError              a search text cannot be understood
│  ├─ SourceMissing           ads are to come from a source that nobody registered
│  ├─ NotFound                no ad, identity, lead or template has that id
│  └─ Overtaken               another decision stands by now than the one that was seen
├─ Refused                    the table of permission says no
│  ├─ NotSignedIn             nobody knows who asks
│  ├─ NotAllowed              the role, or the relation to the case, does not allow it
│  ├─ BannerUnread            how this may be used was not acknowledged in this session
│  ├─ PurposeNeeded           a purpose, or the case it needs, was not stated
│  ├─ Restricted              somebody marked it urgent, or asked that it be restricted
│  ├─ StepUpNeeded            the person has to prove again who they are
│  └─ SecondPersonNeeded      somebody else has to agree first
├─ ProviderSilent             the identity provider does not answer, or not as the standard says
├─ WorkspaceError             the workspace itself
│  ├─ WorkspaceMissing        nothing has been made there yet
│  ├─ WorkspaceLocked         another process is writing to it
│  ├─ WorkspaceKind           the act is not allowed for this kind of workspace
│  ├─ KeyMissing              the ledger's key is not where it should be
│  └─ WorkspaceDamaged        a store disagrees with itself
├─ StorageFull                the disk would not take the write; nothing was acknowledged
├─ RecordError                one record is poisoned; it is set aside, never fatal
└─ KernelError                a worker failed on a batch; carries what it failed on
"""

from __future__ import annotations


class HomewardError(Exception):
    """Root of every error that Homeward raises on purpose; `str(error)` is one clear sentence."""

    remedy: str = ""

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        if remedy:
            self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class UsageError(HomewardError):
    """The caller asked for something that cannot be done as said."""


class InputMissing(UsageError):
    """A named file or folder is not there."""

    def __init__(self, path: str) -> None:
        super().__init__(f"There is no file {path}.", remedy="Check the name and try again.")
        self.path = path


class InputUnreadable(UsageError):
    """A named file is there and cannot be read: permission, format or damage."""

    def __init__(self, path: str, reason: str, *, line: int | None = None, remedy: str = "") -> None:
        where = f"{path}, line {line}" if line is not None else path
        super().__init__(f"{where} cannot be read: {reason}.", remedy=remedy)
        self.path, self.reason, self.line = path, reason, line


class QueryError(UsageError):
    """A search text cannot be understood; says where."""

    def __init__(self, reason: str, *, position: int = 0) -> None:
        super().__init__(f"The search cannot be understood at character {position + 1}: {reason}.")
        self.reason, self.position = reason, position


class NotFound(UsageError):
    """No ad, identity, lead or template has that id."""

    def __init__(self, what: str, key: str) -> None:
        super().__init__(f"There is no {what} {key} in this workspace.")
        self.what, self.key = what, key


class SourceMissing(UsageError):
    """Ads are to be taken in from no source, or from one that was not registered or has ended."""

    def __init__(self, name: str | None) -> None:
        said = "No source was named" if name is None else f"There is no source {name}, or it has ended"
        super().__init__(
            f"{said}: ads come only from a source with a legal basis and an impact assessment (DPIA).",
            remedy="Register one with: homeward source add NAME --kind K --basis B --dpia REFERENCE; "
            "then name it with --source. See: homeward source list",
        )
        self.name = name


class Overtaken(UsageError):
    """Another decision stands by now than the one that the person saw."""


class Refused(HomewardError):
    """The table of permission says no; `rule` is the one that did."""

    says = "This is not allowed."

    def __init__(self, rule: str, *, remedy: str = "") -> None:
        super().__init__(self.says, remedy=remedy)
        self.rule = rule


class NotSignedIn(Refused):
    """Nobody knows who asks."""

    says = "Sign in first."


class NotAllowed(Refused):
    """The role, or the relation to the case, does not allow it."""

    says = "Your role does not allow that."


class BannerUnread(Refused):
    """How this may be used was not acknowledged in this session."""

    says = "Read first how this may be used, and say that you did."


class PurposeNeeded(Refused):
    """A purpose, or the case that it needs, was not stated."""

    says = "State a purpose first, and the case that it belongs to."


class Restricted(Refused):
    """What was asked for is there and restricted; `rule` says since when it is for fewer eyes, and why."""

    def __init__(self, rule: str) -> None:
        self.says = f"{rule[0].upper()}{rule[1:]}."
        super().__init__(rule)


class StepUpNeeded(Refused):
    """The person has to prove again who they are."""

    says = "Prove again who you are: with your password and a code."


class SecondPersonNeeded(Refused):
    """Somebody else has to agree first, to exactly this."""

    says = "A second person has to agree to exactly this first."


class ProviderSilent(HomewardError):
    """The agency's identity provider does not answer, or not as the standard says."""


class WorkspaceError(HomewardError):
    """Something about the workspace as a whole."""


class WorkspaceMissing(WorkspaceError):
    """Nothing has been made at that place yet."""

    def __init__(self, home: str) -> None:
        super().__init__(
            f"There is no workspace in {home}.", remedy=f"Make one with: homeward init --home {home}"
        )
        self.home = home


class WorkspaceLocked(WorkspaceError):
    """Another process is writing to the workspace."""


class WorkspaceKind(WorkspaceError):
    """The act is not allowed for this kind of workspace."""


class KeyMissing(WorkspaceError):
    """The key of the ledger is not where it should be."""


class WorkspaceDamaged(WorkspaceError):
    """A store disagrees with itself or cannot be opened."""


class StorageFull(HomewardError):
    """The disk would not take the write; nothing was acknowledged."""


class RecordError(HomewardError):
    """One record is poisoned: it is set aside with this reason (a slug) and detail, and the rest goes on."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(detail or reason)
        self.reason, self.detail = reason, detail or reason


class KernelError(HomewardError):
    """A worker failed on a batch, down to the record it failed on."""

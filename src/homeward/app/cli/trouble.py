"""One clear sentence for everything that goes wrong, and the exit code that goes with it.

0 done, 1 a failure named on standard error, 2 wrong usage, 130 stopped, 141 nobody reads the output any more.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import traceback

from homeward.app import faults
from homeward.app.cli.out import inert
from homeward.model.errors import HomewardError, RecordError

FAILED, WRONG_USAGE, INTERRUPTED = 1, 2, 130
HUNG_UP = 141  # what a shell calls a program that a closed pipe has ended: 128 and the signal's number
NO_MEMORY = "OutOfMemoryException"  # DuckDB's, by name: complaining must not import it


def explain(error: BaseException) -> tuple[str, int]:
    """Return the sentence for an error, and the exit code."""
    if isinstance(error, KeyboardInterrupt):
        return "Stopped. What was acknowledged is kept; the same command goes on from there.", INTERRUPTED
    if isinstance(error, RecordError):
        return f"A record cannot be read: {error.reason}.", FAILED
    if isinstance(error, HomewardError):
        return str(error), FAILED
    if isinstance(error, OSError) and error.errno is not None:
        return _system(error), FAILED
    if isinstance(error, MemoryError) or type(error).__name__ == NO_MEMORY:
        return (
            "There is too little memory for this. Set HOMEWARD_WORKERS lower, or HOMEWARD_MEMORY_MB to what "
            "may be used.",
            FAILED,
        )
    if isinstance(error, UnicodeEncodeError) and any(_is_odd(word) for word in sys.argv[1:]):
        return "A word of this command line is not UTF-8 text. Write it in UTF-8.", FAILED
    return _unexpected(error), FAILED


def _is_odd(word: str) -> bool:
    """Tell whether a word of the command line holds bytes that are no text."""
    return any("\ud800" <= char <= "\udfff" for char in word)


def _system(error: OSError) -> str:
    """A sentence for what the operating system refused."""
    path = error.filename if isinstance(error.filename, str | bytes) else ""
    name = os.fsdecode(path) if path else "the output"
    sentences = {
        errno.ENOSPC: f"The disk is full: {name} could not be written. Free some space and repeat.",
        errno.EDQUOT: f"The disk quota is used up: {name} could not be written. Free some space and repeat.",
        errno.EACCES: f"Permission denied: {name}. Check who owns it.",
        errno.EPERM: f"Not permitted: {name}. Check who owns it.",
        errno.EROFS: f"{name} lies on a disk that cannot be written.",
        errno.ENOENT: f"There is no file {name}. Check the name and try again.",
        errno.EISDIR: f"{name} is a folder; a file is needed.",
        errno.ENOTDIR: f"{name}: a part of this path is a file, not a folder.",
        errno.ENAMETOOLONG: "The file name is too long.",
        errno.EMFILE: "Too many files are open. Raise the limit with: ulimit -n 4096",
    }
    return sentences.get(error.errno or 0, f"{name}: {(error.strerror or 'the system refused').lower()}.")


def _unexpected(error: BaseException) -> str:
    """Keep where an unexpected error happened in the log, and return a sentence with its reference."""
    if os.environ.get("HOMEWARD_DEBUG"):
        traceback.print_exception(error)
    reference, where = faults.keep(error)
    kept = f" Where it happened is written to {where}." if where else ""
    return (
        f"Something unexpected went wrong ({type(error).__name__}, reference {reference}); this is a fault "
        f"of Homeward, not yours.{kept} Set HOMEWARD_DEBUG=1 to see the whole of it."
    )


def complain(error: BaseException) -> int:
    """Say what went wrong on standard error and return the exit code."""
    sentence, code = explain(error)
    _quietly(sentence)
    try:
        sys.stdout.flush()
    except (OSError, ValueError):  # most likely what was just said
        _let_go()
    return code


def ended(code: int) -> int:
    """Write what is still to be written at the very end; return the exit code, which a failure changes."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return hang_up()
    except OSError as error:
        return complain(error)
    return code


def _quietly(sentence: str) -> None:
    try:
        sys.stderr.write("homeward: " + inert(sentence) + "\n")
        sys.stderr.flush()
    except (OSError, UnicodeError, ValueError):
        return


def hang_up() -> int:
    """The reader of our output has gone (`| head`): stop without a word, as other programs do."""
    _let_go()
    return HUNG_UP


def _let_go() -> None:
    """Let go of an output that takes nothing: what is left for it would be complained of once more."""
    with contextlib.suppress(OSError, ValueError):
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, sys.stdout.fileno())

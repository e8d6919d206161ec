"""A process that has everything imported and forks a `homeward` command for each line it reads.

What a kill meets is then the command's work and not the interpreter's start, and a thousand kills cost
minutes. A forked command runs the command line's own `run`, in a process group of its own, its workers with
it. In: a line of JSON, `{"words": [...], "env": {...}, "said": "..."}`. Out: the command's process number,
and, when it ended, a line with its exit code.
"""

import json
import os
import pkgutil
import sys
import traceback
from importlib import import_module
from pathlib import Path

# What libraries import when they are first used.
LATE = ("alembic", "pyarrow.acero", "pyarrow.compute", "pyarrow.dataset", "pydantic.main", "scipy.special")
NEVER = ("migrations.env", "__main__", "engine.worker")  # run when they are imported, or only in a worker


def load() -> None:
    """Import all that a command may need.

    Nothing may start a thread, which a fork would leave behind, but for the allocators of pyarrow and
    deltalake, which see to that themselves.
    """
    import homeward

    for name in LATE:
        import_module(name)
    for module in pkgutil.walk_packages(homeward.__path__, "homeward."):
        if not module.name.endswith(NEVER):
            import_module(module.name)
    names = {path.read_text("ascii").strip() for path in Path("/proc/self/task").glob("*/comm")}
    assert names <= {Path("/proc/self/comm").read_text("ascii").strip(), "jemalloc_bg_thd"}, names


def become(words: list[str], env: dict[str, str], said: str) -> None:
    """Be the command: with its own group and variables, and with none of the forge's pipes."""
    code = 70
    try:
        os.environ.clear()
        os.environ.update(env)
        nothing = os.open(os.devnull, os.O_RDONLY)
        out = os.open(said, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        for taken, given in ((nothing, 0), (out, 1), (out, 2)):
            os.dup2(taken, given)
        from homeward.app.cli.main import run

        code = run(words)
        sys.stdout.flush()
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def main() -> None:
    """Fork a command for each line, one after the other, until nobody asks any more."""
    load()
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    for line in sys.stdin:
        asked = json.loads(line)
        pid = os.fork()
        if pid == 0:
            os.setpgid(0, 0)
            answers.write(f"{os.getpid()}\n")
            os.close(answers.fileno())
            become(**asked)
        _, status = os.waitpid(pid, 0)
        answers.write(f"{os.waitstatus_to_exitcode(status)}\n")


if __name__ == "__main__":
    main()

"""Imports point one way, as ARCHITECTURE.md says, and pure rooms know nothing of the world outside."""

import ast
import re
from collections.abc import Callable, Set
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "homeward"
# Scripts that make knowledge files are run by hand, never imported, and stand outside the floors.
SCRIPTS = sorted((SOURCE / "extract" / "knowledge").glob("build_*.py"))
MODULES = sorted(set(SOURCE.rglob("*.py")) - set(SCRIPTS))

BELOW = ["model", "extract", "connect", "store", "collect", "engine"]
# room → what it may import of ours, besides itself
MAY_IMPORT = {
    "model": [],
    "extract": ["model"],
    "connect": ["model", "extract.text"],
    "store": ["model"],
    "collect": ["model"],
    "engine": ["model"],
    "house": [*BELOW],
    "reread": [*BELOW, "house", "owed"],
    "owed": [*BELOW, "house"],
    "intake": [*BELOW, "house", "reread", "owed"],
    "inputs": [*BELOW, "house"],
    "nearby": [*BELOW, "house", "owed", "inputs"],
    "refresh": [*BELOW, "house", "reread", "owed", "inputs", "nearby"],
    "erasure": [*BELOW, "house", "reread", "owed", "intake", "refresh"],
    "desk": [*BELOW, "house", "reread", "owed", "intake", "refresh", "erasure"],
    "app": [
        "model",
        "extract",
        "connect",
        "store",
        "collect",
        "engine",
        "house",
        "reread",
        "owed",
        "intake",
        "inputs",
        "nearby",
        "refresh",
        "erasure",
        "desk",
    ],
}
PURE = ("model", "extract", "connect")
# Disk, network, processes, clock, environment and chance: what a pure room must never know.
WORLDLY = {
    "os", "io", "shutil", "tempfile", "glob", "socket", "ssl", "subprocess", "threading", "multiprocessing",
    "time", "random", "secrets", "uuid", "urllib.request", "http", "sqlite3", "logging", "sys",
    "duckdb", "deltalake", "tantivy", "sqlalchemy", "fastapi", "typer", "structlog",
}  # fmt: skip
NETWORK = {"socket", "urllib.request", "http.client", "ftplib", "smtplib", "requests", "httpx", "aiohttp"}


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@cache
def imports_of(path: Path) -> frozenset[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the room"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module or ""}
    return frozenset(found)


def broken(room: str, imported: Set[str]) -> set[str]:
    """Which of the imports the room may not make."""
    allowed = [room, *MAY_IMPORT[room]]
    ours = {name.removeprefix("homeward.") for name in imported if name.startswith("homeward.")}
    ours.discard("__version__")
    return {
        name for name in ours
        if not any(name == a or name.startswith(a + ".") or a.startswith(name + ".") for a in allowed)
    }  # fmt: skip


def offenders(wrong: Callable[[Path], Any], *rooms: str) -> dict[str, Any]:
    """What is wrong in which module, of some rooms or of all; a test for each would take far longer."""
    asked = [path for path in MODULES if not rooms or room_of(path) in rooms]
    assert asked
    return {str(path.relative_to(SOURCE)): found for path in asked if (found := wrong(path))}


def test_imports_point_up():
    """A module imports only from its own room and the rooms above it."""

    def wrong(path: Path) -> set[str]:
        room = room_of(path)
        if room == "__init__":
            return set()
        return broken(room, imports_of(path)) if room in MAY_IMPORT else {"no room of ARCHITECTURE.md"}

    assert not offenders(wrong)


def test_an_offender_is_named():
    """What is wrong anywhere is told with the module it is in."""
    assert offenders(lambda path: path.name == "actor.py", "model") == {"model/actor.py": True}


def test_no_module_imports_a_script():
    """What makes the knowledge files is never part of the running product."""
    scripts = {f"homeward.extract.knowledge.{path.stem}" for path in SCRIPTS}
    for path in MODULES:
        assert not scripts & imports_of(path)


def test_a_wrong_import_would_be_seen():
    """The check itself bites: a store that imported the desk, or connect that imported a reader."""
    assert broken("store", {"homeward.desk.search"})
    assert broken("connect", {"homeward.extract.phone"})
    assert not broken("connect", {"homeward.extract.text.normalise"})


def test_pure_rooms_know_no_world():
    """Model, extract and connect import nothing that touches disk, network, clock or chance."""
    assert not offenders(
        lambda path: {n for n in imports_of(path) if n.split(".")[0] in WORLDLY or n in WORLDLY}, *PURE
    )


def test_the_model_is_standard_library():
    """The model imports the standard library only; schema.py may name Arrow's types."""

    def third(path: Path) -> set[str]:
        taken = {"pyarrow"} if path.name == "schema.py" else set()
        named = {name.split(".")[0] for name in imports_of(path)}
        return {"pyarrow", "numpy", "pydantic", "msgspec", "orjson"} & named - taken

    assert not offenders(third, "model")


def test_nothing_below_the_doors_reaches_a_network():
    """No room but app imports a network module."""
    below = sorted({room_of(path) for path in MODULES} - {"app"})
    assert not offenders(
        lambda path: {n for n in imports_of(path) if n in NETWORK or n.split(".")[0] in NETWORK}, *below
    )


def test_ad_text_meets_only_linear_patterns():
    """Rooms that touch ad text never import the backtracking `re` or `regex`."""
    assert not offenders(lambda path: {"re", "regex"} & imports_of(path), "extract", "connect", "collect")


LIMIT = 400


def test_no_file_is_two_files():
    """A file stays below 400 lines."""
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert not offenders(lambda path: lines[path] > LIMIT and lines[path])


def test_no_lock_names_a_registry():
    """A committed lock file holds hashes and no registry's address."""
    locks = [*(ROOT / "requirements").glob("*.txt"), *ROOT.glob("web/package-lock.json")]
    assert locks
    for lock in locks:
        text = lock.read_text("utf-8")
        assert not re.search(r"--(extra-)?index-url|--find-links", text), lock
        assert '"resolved"' not in text, lock
    for lock in (ROOT / "requirements").glob("*.txt"):
        assert "--hash=sha256:" in lock.read_text("utf-8")


def functions_of(path: Path) -> list[ast.FunctionDef]:
    """The public functions of a module of the desk that take the actor first."""
    found = [node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)]
    return [f for f in found if not f.name.startswith("_") and f.args.args and f.args.args[0].arg == "actor"]


def act_of(function: ast.FunctionDef) -> str | None:
    """The act that `@permitted("...")` names."""
    for one in function.decorator_list:
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id == "permitted":
            [name] = one.args
            return str(name.value) if isinstance(name, ast.Constant) else None
    return None


MEANS = {"acts.py", "permissions.py", "veil.py"}  # by which the others ask, see and write down
ASKING = {("requests.py", "second")}  # demands the act that it is given, for those that take two


def test_every_act_of_the_desk_has_its_permission():
    """A function of the desk that takes an actor says which row of model/permission.py allows it.

    Put `@permitted("corpus.look")` (or another act of the table) above it. Where the row depends on the
    thing acted on, the function asks for that thing too.
    """
    assert not offenders(lambda path: [] if path.name in MEANS else unasked(path), "desk")


def unasked(path: Path) -> list[str]:
    """What the functions of a module of the desk lack."""
    from homeward.model.permission import TABLE

    lacks = []
    for function in functions_of(path):
        if (path.name, function.name) in ASKING:
            continue
        act = act_of(function)
        if act not in TABLE:
            lacks.append(f"{function.name} needs @permitted(...) with an act of the table")
            continue
        rule = TABLE[act]
        if rule.case is not None or rule.second or rule.own is not None:
            called = {getattr(n.func, "id", getattr(n.func, "attr", "")) for n in ast.walk(function)
                      if isinstance(n, ast.Call)}  # fmt: skip
            if not called & ASKS:
                lacks.append(f"{function.name} has to ask for the very thing it acts on")
    return lacks


# Those of desk/requests.py demand the act with its parameters themselves.
ASKS = {"demand", "_asked", "ask_for", "second"}


def test_every_operation_of_the_api_has_its_permission():
    """An operation of the API has its line in app/api/policy.py, of an act that the table knows."""
    from homeward.app.api.policy import OPERATIONS
    from homeward.model.permission import TABLE

    text = "".join(p.read_text("utf-8") for p in (SOURCE / "app" / "api" / "routes").glob("*.py"))
    assert set(re.findall(r'operation_id="(\w+)"', text)) == set(OPERATIONS)
    assert set(OPERATIONS.values()) <= set(TABLE)

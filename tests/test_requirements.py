"""What is installed is what is used: the core requirements, the package's own list and the imports agree."""

import ast
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# A package's name where it is not what one imports.
IMPORTED_AS = {"google-re2": "re2", "argon2-cffi": "argon2", "pycryptodome": "Crypto", "pyyaml": "yaml"}


def named(file: str) -> set[str]:
    lines = (ROOT / "requirements" / file).read_text("utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith(("#", "-"))}


def imported() -> set[str]:
    """The first name of every import in the package, but for the scripts that make its knowledge."""
    found = set()
    for path in (ROOT / "src").rglob("*.py"):
        if path.name.startswith("build_"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found.add((node.module or "").partition(".")[0])
    return found - sys.stdlib_module_names - {"homeward"}


def test_every_core_requirement_is_imported_and_every_import_is_required():
    """Nothing is installed that nothing needs, and nothing is needed that comes by chance."""
    assert {IMPORTED_AS.get(name, name) for name in named("core.in")} == imported()


def test_the_package_names_the_same_requirements():
    """What pip installs with the package alone is what the locked list begins from."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    bare = {
        "".join(c if c.isalnum() or c in "-_" else " " for c in d).split()[0] for d in project["dependencies"]
    }

    assert bare == named("core.in")


def test_every_requirement_is_locked():
    """Each name of a list has a version and digests in the locked list beside it."""
    for name in ("core", "dev", "build"):
        locked = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
        for wanted in named(f"{name}.in"):
            assert f"\n{wanted}==" in f"\n{locked}", wanted
        assert locked.count("==") <= locked.count("--hash=sha256:")

"""Every command, setting, indicator and event has its page; links lead somewhere; pages are current."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "src/homeward/collect/world/README.md"]


def page(name: str) -> str:
    return (ROOT / "docs" / "reference" / f"{name}.md").read_text("utf-8")


def test_reference_pages_are_made_from_the_code():
    """The pages under docs/reference are what the code says now."""
    done = subprocess.run(
        [sys.executable, "tools/make_docs.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    """A relative link in a page names a file that is there."""
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_every_room_has_its_heading():
    """ARCHITECTURE.md has a heading, phrased as a question, for every room."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    headings = [line for line in text.splitlines() if line.startswith("## `")]
    for room in (ROOT / "src" / "homeward").iterdir():
        if room.name.startswith("_"):
            continue
        named = f"`{room.name}/`" if room.is_dir() else f"`{room.name}`"
        [heading] = [h for h in headings if named in h]
        assert heading.endswith("?")


def test_every_command_of_the_readme_exists():
    """What the README tells a newcomer to type is a command of the reference page."""
    known = set(re.findall(r"^## `homeward ([a-z -]+)`", page("commands"), re.M))
    for words in re.findall(r"^homeward ([a-z]+)", (ROOT / "README.md").read_text("utf-8"), re.M):
        assert any(k == words or k.startswith(words + " ") for k in known), words


def test_nothing_names_the_machine_it_was_written_on():
    """No page, source or lock names a path of a machine."""
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.split()
    for name in tracked or [str(p.relative_to(ROOT)) for p in PAGES]:
        path = ROOT / name
        if (
            path.suffix in {".py", ".md", ".sh", ".toml", ".ts", ".tsx", ".json", ".txt", ""}
            and path.is_file()
        ):
            text = path.read_text("utf-8", "replace")
            assert not re.search(r"(^|[^a-zA-Z.])/(work|farm)/", text), name

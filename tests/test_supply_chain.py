"""What we stand on: licences that let an agency use it, and no address or key of anybody in the tree."""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Any of these lets an agency use, change and hand on the whole.
ALLOWED = (
    "MIT", "BSD", "Apache", "MPL", "Mozilla Public License", "PSF", "Python Software Foundation", "ISC",
    "0BSD", "Unlicense", "Public Domain", "CC0", "Zlib", "HPND",
)  # fmt: skip
REFUSED = re.compile(
    r"(?<!L)GPL|General Public License|BUSL|Business Source|SSPL|Elastic|Commons Clause", re.I
)
# Read by hand where the package itself says nothing that a machine reads.
READ = {"sqlcipher3": "Zlib"}  # its LICENSE file: as-is, free for any use, marked when altered


def required():
    """The distributions of the locked core list that are installed here."""
    text = (ROOT / "requirements" / "core.txt").read_text("utf-8")
    return sorted(set(re.findall(r"^([a-z0-9-]+)==", text, re.M)))


def licence(name):
    """What a distribution says of its licence: the expression, else its classifiers, else the free text."""
    said = metadata(name)
    classifiers = [c.rpartition(" :: ")[2] for c in said.get_all("Classifier", []) if c.startswith("License")]
    free = (said.get("License") or "").split("\n")[0]
    return said.get("License-Expression") or "; ".join(classifiers) or free or READ.get(name, "")


@pytest.mark.trust("SUP-1")
@pytest.mark.parametrize("name", required())
def test_a_requirement_has_a_licence_of_the_list(name):
    try:
        said = licence(name)
    except PackageNotFoundError:
        pytest.skip("of another system")
    assert any(word in said for word in ALLOWED), said
    assert not REFUSED.search(said) or " OR " in said, said


def test_a_refused_licence_would_be_seen():
    for said in ("GPL-3.0-or-later", "GNU General Public License v3 (GPLv3)", "AGPL-3.0-only", "BUSL-1.1"):
        assert REFUSED.search(said)
    for said in ("MIT", "LGPL-3.0-only", "Apache-2.0"):
        assert not REFUSED.search(said)


# Shapes of secrets: private keys, cloud keys, tokens of well-known hosts.
SECRETS = re.compile(
    rb"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}"
    rb"|xox[abp]-[0-9A-Za-z-]{20}"
)


@pytest.mark.trust("SUP-1")
def test_no_secret_is_in_the_tree():
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout
    for name in filter(None, names.decode().split("\0")):
        path = ROOT / name
        if path.is_file() and path.name != Path(__file__).name:
            assert not SECRETS.search(path.read_bytes()), name


# Text of ads meets linear patterns only.

READS_ADS = ("extract", "connect", "model", "collect")


@pytest.mark.trust("INP-5")
def test_text_of_ads_meets_no_pattern_that_goes_back():
    """No room that reads ads imports `re`: its patterns can take exponential time on a hostile text."""
    found = set()
    for room in READS_ADS:
        for path in (ROOT / "src" / "homeward" / room).rglob("*.py"):
            if path.name.startswith("build_"):
                continue
            if re.search(r"^(import re|from re import|import regex)\b", path.read_text("utf-8"), re.M):
                found.add(path.relative_to(ROOT / "src" / "homeward").as_posix())
    assert found == set()


@pytest.mark.trust("SUP-1")
def test_the_bill_of_materials_is_what_is_locked():
    """bom.json is made of the locked lists, names each package once with its digests, and is current."""
    done = subprocess.run(
        [sys.executable, "tools/make_bom.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
    parts = json.loads((ROOT / "bom.json").read_text("utf-8"))["components"]
    names = {one["name"] for one in parts if one["purl"].startswith("pkg:pypi/")}
    assert names == set(required()) and all(one["hashes"] for one in parts)
    assert len({one["bom-ref"] for one in parts}) == len(parts)


@pytest.mark.trust("SUP-1")
def test_an_audit_without_a_network_says_that_it_knows_nothing(tmp_path):
    """Where no index answers, `make audit` fails, and never passes for "nothing was found"."""
    place = tmp_path / ".venv-audit" / "bin"
    place.mkdir(parents=True)
    (place / "python").symlink_to(sys.executable)
    (tmp_path / "requirements").mkdir()
    shutil.copy(ROOT / "requirements" / "audit.txt", tmp_path / "requirements")
    nobody = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0", "PIP_NO_CACHE_DIR": "1"}
    done = subprocess.run(
        ["sh", ROOT / "tools" / "audit.sh", sys.executable], cwd=tmp_path, env={**os.environ, **nobody},
        capture_output=True, text=True,
    )  # fmt: skip

    assert done.returncode == 2
    assert "Nothing was looked up" in done.stderr
    assert "the Python packages" not in done.stdout

"""Make bom.json: the bill of materials (CycloneDX 1.6) of what runs, from the locked lists alone.

python tools/make_bom.py [--check]

Python packages come from requirements/core.txt with the digests that are installed by, the interface's from
web/package-lock.json without what only builds it. It has no time and no serial number: the same locks give
the same bytes.
"""

from __future__ import annotations

import base64
import json
import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from generated import keep

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "bom.json"
Component = dict[str, Any]


def python_packages() -> list[Component]:
    """Return the locked packages of the core, by name."""
    text = (ROOT / "requirements" / "core.txt").read_text("utf-8").replace("\\\n", " ")
    found = []
    for line in text.splitlines():
        named = re.match(r"([a-z0-9.-]+)==([^ ;]+)", line)
        if named:
            digests = sorted(set(re.findall(r"--hash=sha256:([0-9a-f]{64})", line)))
            hashes = [{"alg": "SHA-256", "content": digest} for digest in digests]
            anywhere = ";" not in line.partition("--hash")[0]
            licence = python_licence(named[1]) if anywhere else ""
            found.append(component("pypi", named[1], named[2], hashes, licence))
    return found


def python_licence(name: str) -> str:
    """Return the licence as a package states it, in one line; empty where it is not installed here."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return ""
    classifiers = [c.rpartition(" :: ")[2] for c in said.get_all("Classifier", []) if c.startswith("License")]
    return (
        said.get("License-Expression") or "; ".join(classifiers) or (said.get("License") or "").split("\n")[0]
    )


def web_packages() -> list[Component]:
    """Return the locked packages that are in the built interface, by name."""
    locked = json.loads((ROOT / "web" / "package-lock.json").read_text("utf-8"))["packages"]
    found = []
    for place, one in sorted(locked.items()):
        if place and not one.get("dev") and not one.get("optional") and not one.get("peer"):
            kind, _, digest = one.get("integrity", "").partition("-")
            hashes = (
                [{"alg": "SHA-512", "content": base64.b64decode(digest).hex()}] if kind == "sha512" else []
            )
            name = place.rpartition("node_modules/")[2]
            found.append(component("npm", name, one["version"], hashes, one.get("license", "")))
    return found


def component(kind: str, name: str, version: str, hashes: list[dict[str, str]], licence: str) -> Component:
    """Return a package as CycloneDX spells it."""
    purl = f"pkg:{kind}/{name.replace('@', '%40')}@{version}"
    made: Component = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    if hashes:
        made["hashes"] = hashes
    if licence:
        made["licenses"] = [{"license": {"name": licence}}]
    return made


def bom() -> str:
    """Return the bill of materials as text."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    made = {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"component": {
            "type": "application", "bom-ref": "homeward", "name": project["name"],
            "version": project["version"], "licenses": [{"license": {"id": project["license"]}}],
        }},
        "components": [*python_packages(), *web_packages()],
    }  # fmt: skip
    return json.dumps(made, indent=1) + "\n"


def main() -> int:
    """Write the file, or compare it."""
    return keep({FILE: bom()})


if __name__ == "__main__":
    raise SystemExit(main())

"""The same ads by datasketch's MinHash LSH with verification, in the peers' environment: see peers_run.py."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pyarrow as pa

from bench.quality.reading.peers import python

SCRIPT = Path(__file__).with_name("peers_run.py")


def run(ads: pa.Table) -> list[tuple[str, list[str], float]]:
    """Return of each setting its name, each ad's group, and its seconds."""
    texts = zip(ads["title"].to_pylist(), ads["body"].to_pylist(), strict=True)
    given = "".join(json.dumps(f"{title}\n{body}") + "\n" for title, body in texts)
    done = subprocess.run(
        [str(python()), "-I", str(SCRIPT)], input=given, capture_output=True, text=True, check=True
    )
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return [(one["name"], [str(g) for g in one["groups"]], one["seconds"]) for one in found]

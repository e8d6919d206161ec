"""Print the requirements of one locked list that others do not have: python tools/beyond.py MORE LESS..."""

from __future__ import annotations

import re
import sys
from pathlib import Path


def blocks(path: str) -> dict[str, str]:
    """Each requirement of a locked list with its hashes, by name and version."""
    text = Path(path).read_text("utf-8")
    found = re.findall(r"^[A-Za-z0-9](?:.*\\\n)*.*\n?", text, re.MULTILINE)
    return {block.split()[0]: block for block in found}


def main() -> None:
    more, *less = map(blocks, sys.argv[1:])
    known = {name for one in less for name in one}
    sys.stdout.write("".join(block for name, block in more.items() if name not in known))


if __name__ == "__main__":
    main()

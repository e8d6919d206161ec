"""What the browser tests share: sizes, attacks, and what is written down of a page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
STATIC = ROOT / "src" / "homeward" / "app" / "static" / "index.html"
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",
]  # fmt: skip
WORLD_ADS, SEED = 1500, 7
WIDE, NARROW = (1440, 900), (390, 844)
PAYLOADS = [
    "<img src=x onerror=\"document.title='owned'\">",
    "<script>document.title='owned'</script>",
    "<svg/onload=document.title='owned'>",
    "<iframe src=//evil.example></iframe>",
    "javascript:document.title='owned'",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "{{constructor.constructor('document.title=1')()}}",
    '"><b onmouseover=alert(1)>x</b>',
    "\u202egnp.exe \u0007 \ufeff",
]


@dataclass
class Watched:
    """What a page said and asked for since it was opened."""

    console: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def complaints(self) -> list[str]:
        return [*self.console, *self.foreign, *self.failed]


OpenPage = Callable[..., tuple[Any, Watched]]

# Every file here takes these marks: tests that share a server run best on one worker.
MARKS = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

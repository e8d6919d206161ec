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
ACT = "document.title='owned'"
KNOWN = [
    f'<img src=x onerror="{ACT}">',
    f"<script>{ACT}</script>",
    f"<svg/onload={ACT}>",
    "<iframe src=//evil.example></iframe>",
    f"javascript:{ACT}",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "{{constructor.constructor('document.title=1')()}}",
    '"><b onmouseover=alert(1)>x</b>',
    "\u202egnp.exe \u0007 \ufeff",
]  # these share a number, so that they make one group
TAGS = [
    "img", "svg", "video", "audio", "iframe", "object", "embed", "body", "input", "details", "marquee",
    "math", "style", "link", "base", "form", "button", "select", "textarea", "template", "picture", "source",
    "table",
]  # fmt: skip
HANDLERS = (
    f"src=x onerror={ACT}", f"onload={ACT}", f"autofocus onfocus={ACT}", f"open ontoggle={ACT}",
    f"style=animation-name:x onanimationstart={ACT}", f"srcdoc='<script>parent.{ACT}</script>'",
)  # fmt: skip
SCHEMES = (
    f"javascript:{ACT}",
    f"data:text/html,<script>{ACT}</script>",
    "//evil.example/",
    "http://evil.example/",
)
PLACES = (
    "<a href={}>x</a>", "<img src={}>", "<form action={}><input type=submit>", "<object data={}>",
    "<svg><use xlink:href={}>", "<video poster={}>", "<i style=background:url({})>x</i>",
    "<meta http-equiv=refresh content=0;url={}>", "[x]({})",
)  # fmt: skip
BREAKS = (
    f"</title><script>{ACT}</script>", f"</textarea><img src=x onerror={ACT}>", f"--><script>{ACT}</script>",
    f"]]><script>{ACT}</script>", "${7*7}", "{{7*7}}", "<%= 7*7 %>", "#{7*7}", "%3Cscript%3E",
    "&lt;script&gt;", f"<scr<script>ipt>{ACT}</script>", "<" * 60, "&" * 60, "'\"`" * 20,
    f"<math><mtext><table><mglyph><style><img src=x onerror={ACT}>", "@import url(//evil.example/x.css);",
    f"<noscript><p title='</noscript><img src=x onerror={ACT}>'>", "\u2028\u2029", "a\u0301" * 40,
    "\u202e" * 20, "=cmd|' /C calc'!A0",
)  # fmt: skip
PAYLOADS = [
    *KNOWN, *(f"<{tag} {handler}>" for tag in TAGS for handler in HANDLERS),
    *(place.format(scheme) for place in PLACES for scheme in SCHEMES), *BREAKS,
]  # fmt: skip


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

"""What the browser tests share: sizes, attacks, and what is written down of a page."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bench.serving import CHROMIUM

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src" / "homeward" / "app" / "static" / "index.html"
# The headless shell draws pages by the same code, without a frame, for two thirds of the processor's time.
BROWSER = shutil.which("chromium-headless-shell") or shutil.which(CHROMIUM)
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
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
# What parsers repair: tags that end otherwise than they begin, other name spaces, entities, odd spaces.
REPAIRED = [
    form.format(handler)
    for handler in (f"onload={ACT}", f"onerror={ACT}", f"onfocus={ACT} autofocus", f"onbegin={ACT}")
    for form in (
        "<svg><p><style><img src=x {}></style>", "<math><mi//xlink:href='data:x' {}>", "<x/{}>", "<x\t{}>",
        "<x\n{}>", "<x\f{}>", "<x {} <", "<x {}//", "<<x {}>", "<x{}>", "<X {}>", "<x a='>' {}>", "</p {}>",
        "<svg><animate {} attributeName=x dur=1s>", "<svg><foreignObject><x {}>", "<svg><desc><x {}>",
        "<math><annotation-xml encoding=text/html><x {}>", "<table><td><x {}>", "<select><x {}>",
        "<template><x {}></template>", "<noembed><x {}>", "<xmp><x {}>", "<plaintext><x {}>", "<title><x {}>",
        "<textarea><x {}>", "<iframe><x {}>", "<!--><x {}>", "<!--x--!><x {}>", "<?x ?><x {}>",
        "<![CDATA[<x {}>",
        "<form><input name=parentNode {}>", "<a id=x {}>", "<img name=body {}>", "<x style='a:b' {}>",
        "&lt;x {}&gt;", "&#60;x {}&#62;", "\\u003cx {}\\u003e", "%3Cx {}%3E", "<x {}\u2028>", "\ufeff<x {}>",
    )
]  # fmt: skip
ADDRESSED = [
    place.format(scheme)
    for place in ("<a href={}>x</a>", "<x xlink:href={}>", "<embed src={}>", "<input type=image src={}>",
                  "<body background={}>", "<link rel=icon href={}>", "<script src={}></script>",
                  "<use href={}>",
                  "<track src={}>", "<area href={}>", "<base href={}>", "<q cite={}>", "<frame src={}>",
                  "<html manifest={}>", "<image href={}>")
    for scheme in ("JaVaScRiPt:" + ACT, "java\tscript:" + ACT, "java&#10;script:" + ACT, " javascript:" + ACT,
                   "vbscript:x", "data:image/svg+xml,<svg/onload=x>", "blob:http://evil.example/x",
                   "file:///etc/hostname", "ws://evil.example/", "\\\\evil.example\\x")
]  # fmt: skip
PAYLOADS = [
    *KNOWN, *(f"<{tag} {handler}>" for tag in TAGS for handler in HANDLERS),
    *(place.format(scheme) for place in PLACES for scheme in SCHEMES), *BREAKS, *REPAIRED,
    *ADDRESSED,
]  # fmt: skip


@dataclass
class Watched:
    """What a page said and asked for since it was opened."""

    console: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def complaints(self) -> list[str]:
        return [*self.console, *self.foreign, *self.failed]


def tab_to(page: Any, target: Any, most: int = 240) -> None:
    """Bring the focus to something by the Tab key alone, as somebody without a mouse does."""
    target.wait_for()
    handle = target.element_handle()
    for _ in range(most):
        if handle.evaluate("e => e === document.activeElement"):
            return
        page.keyboard.press("Tab")
        if not handle.evaluate("e => e.isConnected"):  # drawn anew meanwhile
            handle = target.element_handle()
    raise AssertionError(f"the Tab key does not reach {target}")


def press(page: Any, target: Any, key: str = "Enter") -> None:
    """Reach something by the Tab key and press another key there."""
    tab_to(page, target)
    page.keyboard.press(key)


def broken(page: Any, axe: Callable[..., list[str]]) -> list[str]:
    """Return the rules that a page breaks in either theme; ends in the light one.

    A theme is colours only (test_browser_screens shows it): the dark one is asked for the rules
    of colour, the light one for all.
    """
    found = []
    for theme in ("dark", "light"):
        page.emulate_media(color_scheme=theme)
        page.wait_for_selector(f"html[data-theme={theme}]")
        found += axe(page, colours=theme == "dark")
    return found


OpenPage = Callable[..., tuple[Any, Watched]]

# Every file here takes these marks.
MARKS = [pytest.mark.browser]

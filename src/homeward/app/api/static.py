"""The built interface: files read once at the start and sent from memory, never looked up on the disk."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from homeward.app.api.problems import problem

ASSETS = "assets/"  # names with a hash of their content: may be kept for ever
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
TYPES = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8", ".json": "application/json", ".svg": "image/svg+xml",
    ".woff2": "font/woff2", ".png": "image/png", ".ico": "image/x-icon",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain; charset=utf-8", ".map": "application/json",
}  # fmt: skip
NOT_BUILT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Homeward</title></head>
<body><h1>Homeward</h1><p>The interface is not built yet. Build it with
<code>make web</code>, then serve again. The API is there, under <code>/api/</code>.</p></body></html>
"""


class Static:
    """The files below one folder, by name: some megabytes, so that nobody waits for a disk or a thread."""

    def __init__(self, root: Path) -> None:
        self.files: Mapping[str, bytes] = {
            str(path.relative_to(root)): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file() and not path.is_symlink()
        }  # fmt: skip
        page = self.files.get("index.html", b"")
        self._tag = f'"{hashlib.blake2b(page, digest_size=12).hexdigest()}"'

    def answer(self, request: Request, name: str) -> Response:
        """Return a file; a path that is no file is a view of the interface, which is one page."""
        if name in self.files and not name.endswith(".gz"):
            return self._file(request, name)
        if name.startswith((ASSETS, "api/")) or name == "api":
            return problem(404, "There is nothing at that address.")
        if "index.html" in self.files:
            return self._file(request, "index.html")
        return HTMLResponse(NOT_BUILT, headers={"cache-control": ASK_AGAIN})

    def _file(self, request: Request, name: str) -> Response:
        headers = {"cache-control": FOREVER if name.startswith(ASSETS) else ASK_AGAIN}
        if name == "index.html":
            headers["etag"] = self._tag
            if self._tag in request.headers.get("if-none-match", ""):
                return Response(status_code=304, headers=headers)
        body = self.files[name]
        if name + ".gz" in self.files:
            headers["vary"] = "Accept-Encoding"
            if _takes_gzip(request.headers.get("accept-encoding", "")):
                body = self.files[name + ".gz"]
                headers["content-encoding"] = "gzip"
        kind = TYPES.get(Path(name).suffix, "application/octet-stream")
        return Response(body, headers=headers, media_type=kind)


def _takes_gzip(accepted: str) -> bool:
    """Tell whether `Accept-Encoding` takes gzip, and does not refuse it with q=0."""
    for part in accepted.split(","):
        name, _, quality = part.strip().partition(";")
        if name.strip().lower() == "gzip":
            return quality.replace(" ", "").lower() not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False

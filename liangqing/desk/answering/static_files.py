"""What the pages load besides themselves: read once at start, held against its hash, served from memory."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from liangqing.outputs import dashboard

FOLDER = Path(__file__).resolve().parent.parent / "static"
OVERVIEW = Path(dashboard.__file__).resolve().parent  # whose style sheet the figures bear here as well
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
# What others made, with version and licence (static/licences/): file → SHA-256, so that nothing else gets in.
VENDORED = {
    "htmx.min.js": ("htmx 2.0.11, 0BSD", "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"),
    "docx-preview.min.js": (
        "docx-preview 0.4.1, Apache-2.0",
        "0a806beefd90e83073dff9452228875a0d2b600bffdb5503f2ad5acd5bbe3e28",
    ),
    "jszip.min.js": ("JSZip 3.10.2, MIT", "7f839b2d4688b845c105ebf5d2f9803075f91ea0fe72bdaac176c3a04dd3d2c1"),
}


@cache
def static_files() -> dict[str, tuple[bytes, str]]:
    """Name → bytes and media type. Raises ValueError where a file of others is not the one that was taken in."""
    found = {}
    for path in sorted(FOLDER.iterdir()):
        if path.suffix in KINDS:
            data = path.read_bytes()
            if path.name in VENDORED and hashlib.sha256(data).hexdigest() != VENDORED[path.name][1]:
                raise ValueError(f"{path.name} is not {VENDORED[path.name][0]}")
            found[path.name] = (data, KINDS[path.suffix])
    found["overview.css"] = ((OVERVIEW / "style.css").read_bytes(), KINDS[".css"])
    return found


@cache
def static_version() -> str:
    """A word that changes with the files: it stands in their addresses, so that a browser keeps none too long."""
    digest = hashlib.sha256()
    for name, (data, _) in static_files().items():
        digest.update(name.encode() + data)
    return digest.hexdigest()[:12]

"""The folders of the package, from the top down; docs/开发说明.md shows the same table."""

from __future__ import annotations

# From the top down: a folder imports only from rows below its own.
ROOMS = (
    ("cli",),
    ("desk",),
    ("desk.pages",),
    ("desk.editing",),
    ("desk.answering",),
    ("actions",),
    ("changes",),
    ("outputs",),
    ("papers",),
    ("variables",),
    ("year",),
    ("year.rules",),
    ("year.state",),
    ("pdf", "forms", "register"),
    ("gbt9704.check",),
    ("gbt9704.word",),
    ("gbt9704",),
    ("engine",),
    ("engine.filling",),
    ("engine.subdocuments",),
    ("engine.charts",),
    ("engine.parts",),
    ("engine.language",),
    ("data",),
    ("data.model",),
    ("data.yaml",),
    ("base",),
)
FLOOR = {room: depth for depth, rooms in enumerate(ROOMS) for room in rooms}

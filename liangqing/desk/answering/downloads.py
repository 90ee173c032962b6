"""Files that a page hands out: made in memory, under a name that the program gave them."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import quote

from starlette.responses import Response

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {".docx": DOCX, ".xlsx": XLSX, ".zip": "application/zip"}


def download(data: bytes, name: str) -> Response:
    """The bytes as a file to be kept; raises KeyError for an ending that is none of KINDS."""
    kind = KINDS[PurePosixPath(name).suffix]
    head = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(data, media_type=kind, headers=head)

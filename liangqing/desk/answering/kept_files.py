"""A file that was kept with a record, sent to be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from starlette.responses import Response

from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import NotThere
from liangqing.year.evidence_files import KeptEvidence

# What a browser shows, by ending.
PICTURES: Mapping[str, str] = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".bmp": "image/bmp",
    ".webp": "image/webp",
}
_OTHER = "application/octet-stream"


def kept_file(look: DeskLook, kept: KeptEvidence) -> Response:
    """A picture to be looked at, any other file to be kept. Raises NotThere where it is gone."""
    path = (look.folder / kept.name).resolve()
    if not path.is_relative_to(look.folder.resolve()) or not path.is_file():
        raise NotThere(f"佐证「{kept.evidence.name}」的文件")
    kind = PICTURES.get(path.suffix.lower(), _OTHER)
    way = "inline" if kind != _OTHER else "attachment"
    head = {"content-disposition": f"{way}; filename*=UTF-8''{quote(path.name)}"}
    return Response(path.read_bytes(), media_type=kind, headers=head)

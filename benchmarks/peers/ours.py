"""Our engine, and the floor under it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.peers.serve import Context, Render, write_file
from liangqing.base.docx_zip import deflate
from liangqing.engine import compile_template


def compiled(template: Path, _: Sequence[Context]) -> Render:
    made = compile_template(template, name=template.name)

    def render(context: Context, path: Path) -> None:
        write_file(path, made.render(context))

    return render


def floor(template: Path, contexts: Sequence[Context]) -> Render:
    """What no engine can save: to deflate the parts that differ and to write the very same bytes."""
    made = compile_template(template, name=template.name)
    static = _parts(template.read_bytes())
    kept: dict[int, tuple[list[bytes], bytes]] = {}
    for context in contexts:
        whole = made.render(context)
        kept[id(context)] = _changed(static, _parts(whole)), whole

    def render(context: Context, path: Path) -> None:
        parts, whole = kept[id(context)]
        for part in parts:
            deflate(part)
        write_file(path, whole)

    return render


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[bytes]:
    return [data for name, data in after.items() if before.get(name) != data]

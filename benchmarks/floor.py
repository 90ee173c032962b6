"""The floor under a whole build: what no program can save that makes the same files."""

from __future__ import annotations

import hashlib
import io
import shutil
import zipfile
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.costs import Cost
from benchmarks.peers.serve import write_file
from liangqing.base.docx_zip import deflate

BATCH = 500  # files that are held in memory at a time
ZIPPED = {".docx", ".xlsx"}


def floor(made: Path, place: Path) -> Cost:
    """To deflate the parts of all files in the folder `made`, each content once, and to write the same bytes as
    new files in `place`, which goes. Reading and unpacking are not counted."""
    paths = [path for path in sorted(made.rglob("*")) if path.is_file()]
    seen: set[bytes] = set()
    cpu = wall = 0.0
    for first in range(0, len(paths), BATCH):
        work = [_work(path, seen) for path in paths[first : first + BATCH]]
        place.mkdir()
        began, busy = perf_counter(), process_time()
        for number, (parts, whole) in enumerate(work):
            for part in parts:
                deflate(part)
            write_file(place / str(number), whole)
        cpu, wall = cpu + process_time() - busy, wall + perf_counter() - began
        shutil.rmtree(place)
    return Cost(cpu, wall)


def _work(path: Path, seen: set[bytes]) -> tuple[list[bytes], bytes]:
    """The parts of a file whose content was not `seen` before, and the file as it is."""
    whole = path.read_bytes()
    if path.suffix not in ZIPPED:
        return [], whole
    parts = []
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            print_of_part = hashlib.sha256(part).digest()
            if print_of_part not in seen:
                seen.add(print_of_part)
                parts.append(part)
    return parts, whole

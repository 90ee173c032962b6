"""Reads what was made before it is handed out: a 规定 of GB/T 9704 that a paper breaks is told, and stops nothing."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, warning
from liangqing.base.docx_zip import W, ZipEntry, packed, read_package, write_package
from liangqing.base.folders import TEMPLATES
from liangqing.base.processes import mapped, worth
from liangqing.gbt9704.check.deviations import NONE, Deviations, read_deviations

__all__ = ["Deviations", "own_deviations", "proofread"]

OWN = "版式偏离.yaml"  # of a workspace, in templates/
ROWS = 20  # of a long table, read at its beginning and at its end
PAYS_FROM = 8  # papers; below that, starting another process takes longer than it saves


def own_deviations(root: Path) -> Deviations:
    """What the unit of a workspace has decided for itself. Raises Problems for a file with mistakes in it."""
    path = root / TEMPLATES / OWN
    if not path.is_file():
        return NONE
    from liangqing.gbt9704.check.rules import RULES

    return read_deviations(path, f"{TEMPLATES}/{OWN}", (rule.code for rule in RULES))


def proofread(
    papers: Iterable[tuple[str, bytes | None]],
    staged: Callable[[str], Path],
    folder: str,
    deviations: Deviations,
    processes: int | None = None,
) -> list[Diagnostic]:
    """A warning for each 规定 that is broken: once a kind, at the first paper; kinds are the folders of the paths.

    A paper comes with its bytes, or without and is read where it is `staged`. They come from one template and differ
    in length most: of each kind and class of length one is read, and of a long table its first and last rows.
    """
    chosen: dict[tuple[str, int], tuple[str, bytes | None]] = {}
    for path, kept in papers:
        size = staged(path).stat().st_size if kept is None else len(kept)
        chosen.setdefault((path.partition("/")[0], length_class(size)), (path, kept))
    if not chosen:
        return []

    def broken(paper: tuple[str, bytes | None]) -> list[Broken]:
        path, kept = paper
        return _broken(path, staged(path).read_bytes() if kept is None else kept, deviations)

    read = list(chosen.values())
    workers = worth(len(read), PAYS_FROM) if processes is None else processes
    found: dict[tuple[str, str], tuple[str, Broken]] = {}
    for (path, _), faults in zip(read, mapped(broken, read, workers), strict=True):
        for fault in faults:
            found.setdefault((path.partition("/")[0], fault.rule), (path, fault))
    return [_told(folder, path, fault) for path, fault in found.values()]


class Broken(NamedTuple):
    """A 规定 that a paper breaks, in plain words that travel between processes."""

    rule: str
    what: str
    mend: str
    place: str


def _broken(path: str, data: bytes, deviations: Deviations) -> list[Broken]:
    from liangqing.gbt9704.check.judge import check  # a build that changes nothing does not need it

    return [
        Broken(
            rule=finding.rule.code,
            what=f"{finding.rule.name}（{finding.rule.clause} {finding.rule.strength.value}）："
            f"现为{finding.found}，应为{finding.expected}",
            mend=finding.mend,
            place=finding.place,
        )
        for finding in check(shortened(data, path), path, deviations).findings
        if finding.broken
    ]


def shortened(data: bytes, name: str) -> bytes:
    """The Word file without the middle rows of its long tables: `ROWS` at the beginning and at the end stay.

    Rows come out of a loop of the template, so that what holds of these holds of the others. A file without such a
    table is given back as it is.
    """
    package = read_package(data, name, of_any_length=True)
    main = package.parts[package.main].data
    if main.count(b"<w:tr>") + main.count(b"<w:tr ") <= 2 * ROWS:
        return data
    read = etree.iterparse(
        io.BytesIO(main), tag=f"{W}tr", resolve_entities=False, no_network=True, huge_tree=True
    )
    for (
        _,
        row,
    ) in read:  # what falls out of the middle goes at once: a long table never stands there as a whole
        table = row.getparent()
        rows = [] if table is None else table.findall(f"{W}tr")
        if table is not None and len(rows) > 2 * ROWS:
            table.remove(rows[ROWS])
    parts = {**package.parts, package.main: packed(package.main, etree.tostring(read.root))}
    return write_package(ZipEntry(part) for part in parts.values())


def length_class(size: int) -> int:
    """Files of one class differ in bytes by a fifth at most."""
    return round(math.log(max(size, 1), 1.2))


def _told(folder: str, path: str, fault: Broken) -> Diagnostic:
    advice = f"在模板里改：{fault.mend}；本单位另有规定的写进 {TEMPLATES}/{OWN}（{fault.rule}）"
    place = Place(f"{folder}/{path}", detail=fault.place)
    return warning(Code.STANDARD_BROKEN, place, f"{fault.what}；同一个模板做的其他文书多半也这样", advice)

"""The last step of going out: files staged, the line written, the files put in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from liangqing import register
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.base.docx_zip import content_hash
from liangqing.base.file_names import made_fit
from liangqing.base.folders import DATA, KEPT
from liangqing.papers import rendering
from liangqing.papers.catalogue import Entry, template_at
from liangqing.papers.rendering import Made
from liangqing.register import EDITED, Annex, Line
from liangqing.year.open_workspace import OpenWorkspace


def freeze(
    opened: OpenWorkspace, line: Line, made: Sequence[Made], edits: Mapping[str, list[str]] | None = None
) -> Line:
    """Keep a paper (the first) with its annexes and values; the line as it was written.

    `edits` are the words that a person changed, by kind of document; they are kept beside the values.

    The line is on the disk before any of the files is in its place. Raises Problems when a file of that name is
    there already, or when the disk refuses; then nothing went out, unless the message says that the line stands.
    """
    paper, annexes = made[0], made[1:]
    stem = made_fit(line.number or f"{line.kind}-{line.subject}-{line.serial}")
    folder = f"{KEPT}/{line.issued.year}"
    kept = tuple(
        Annex(
            annex.entry.name,
            f"{folder}/{stem}-附件{index}-{annex.entry.name}.docx",
            content_hash(annex.artifact.data),
            _template(opened, annex.entry),
        )
        for index, annex in enumerate(annexes, start=1)
    )
    values: dict[str, dict[str, object]] = {paper.entry.name: paper.reads for paper in made}
    if edits:
        values[EDITED] = {**edits}
    taken = rendering.dump_values(values)
    line = replace(
        line,
        title=paper.title,
        copies=paper.copies,
        file=f"{folder}/{stem}.docx",
        content=content_hash(paper.artifact.data),
        values=register.values_hash(taken),
        template=_template(opened, paper.entry),
        annexes=kept,
    )
    names = [line.file, *(annex.file for annex in kept)]
    files = {Path(name).name: paper.artifact.data for name, paper in zip(names, made, strict=True)}
    files[f"{stem}.json"] = taken
    _refuse_overwriting(opened.root / DATA / folder, files)
    staged = register.stage(opened.root, line.issued.year, line.serial, files)
    register.about_to_enter(opened.root, line.serial)
    register.append(opened.root, line, opened.register)
    register.settle(staged, f"{line.name} ")
    register.keep_copies(opened.root, (*opened.register.issued, line))
    return line


def _template(opened: OpenWorkspace, entry: Entry) -> str:
    """Content hash of the template that a paper was made from."""
    file = entry.template_for(opened.at.year.options)
    return content_hash(template_at(opened.root, file).read_bytes())


def _refuse_overwriting(folder: Path, files: dict[str, bytes]) -> None:
    taken = [name for name in files if (folder / name).exists()]
    if taken:
        place = Place(f"{DATA}/{KEPT}/{folder.name}/{taken[0]}")
        raise refuse(
            Code.STORED_PAPER_IN_THE_WAY, place, "存档里已有同名文件，不覆盖", "查清它从哪里来，移走后再印发"
        )

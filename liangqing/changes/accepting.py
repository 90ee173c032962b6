"""Take forms in: their records in one new file, each original beside it, all of a run or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, refuse
from liangqing.base.folders import DATA
from liangqing.base.output_files import numbered_names, write_durably
from liangqing.changes import change_log
from liangqing.changes.already_taken import FOLDER
from liangqing.changes.change_log import RecordChange, Taking
from liangqing.changes.judging import CollectedRecord
from liangqing.changes.returned import ReturnedForm
from liangqing.changes.yaml_of_records import Row, document
from liangqing.data.yaml.places import Tree, parse
from liangqing.data.yaml.write import without_brackets
from liangqing.year.open_workspace import OpenWorkspace

ILLEGAL = '\\/:*?"<>|\n\t'
_SAFE = str.maketrans(ILLEGAL, "-" * len(ILLEGAL))
REVIEW = ("审核日期", "审核人", "审核结果", "退回理由")  # to be filled in by the group, below each 自查


@dataclass(frozen=True)
class Taken:
    """What was written: the file of records, and the original of each form, below the workspace."""

    file: str
    originals: tuple[str, ...]


def accept(
    opened: OpenWorkspace, good: Sequence[tuple[ReturnedForm, list[CollectedRecord]]], today: date
) -> Taken:
    """Write the records and keep the originals; the file of records comes last, so that it stands for all of them.

    Raises Problems where what would be written could not be read back. A file that is there is never touched.
    """
    folder = f"{DATA}/{opened.year_folder}/{FOLDER}"
    stem = next(name for name in numbered_names(today.isoformat()) if _is_free(opened.root / folder, name))
    names = _names(good)
    rows = [
        (form.section, record.tree, f"{stem}/{name}", form.digest)
        for (form, records), name in zip(good, names, strict=True)
        for record in records
    ]
    file, title = f"{folder}/{stem}.yaml", f"{opened.year_folder} 年度收回的表单，{today.isoformat()}"
    text = document(file, rows, title, REVIEW, opened.data.sources.values()).encode()
    _prove(text, rows, file)
    root = opened.root / folder
    try:
        for (form, _), name in zip(good, names, strict=True):
            write_durably(root / stem / name, form.data)
        write_durably(opened.root / file, text)
        change_log.record(opened.root, _changes(file, f"{folder}/{stem}", today, good, names))
    except OSError:
        shutil.rmtree(root / stem, ignore_errors=True)
        (opened.root / file).unlink(missing_ok=True)
        raise
    return Taken(file, tuple(f"{folder}/{stem}/{name}" for name in names))


def _changes(
    file: str,
    folder: str,
    today: date,
    good: Sequence[tuple[ReturnedForm, list[CollectedRecord]]],
    names: Sequence[str],
) -> Iterator[RecordChange]:
    """What the records of the forms put into `file`, each out of its original in `folder`."""
    for (form, records), name in zip(good, names, strict=True):
        for taken in records:
            yield from Taking(today, f"{folder}/{name}").new(file, form.section, taken.tree)


def _is_free(folder: Path, name: str) -> bool:
    """Whether neither a folder nor a file of records of that name is there."""
    return not any((folder / taken).exists() for taken in (name, f"{name}.yaml"))


def _names(good: Sequence[tuple[ReturnedForm, list[CollectedRecord]]]) -> list[str]:
    """A name for each original: the form and its subject."""
    names: list[str] = []
    for form, _ in good:
        stem = f"{form.mark.kind}-{form.mark.subject}".translate(_SAFE)
        number = sum(other == f"{stem}.docx" or other.startswith(f"{stem}~") for other in names)
        names.append(f"{stem}~{number + 1}.docx" if number else f"{stem}.docx")
    return names


def _prove(text: bytes, rows: Sequence[Row], name: str) -> None:
    """What was written reads back as what was meant."""
    tree = parse(text, name)
    assert isinstance(tree, dict)
    for section in dict.fromkeys(row[0] for row in rows):
        meant: list[Tree] = [tree_ for kind, tree_, _, _ in rows if kind == section]
        items = tree[section]
        assert isinstance(items, list)
        read: list[Tree] = [
            {key: value for key, value in record.items() if value is not None}
            for record in items
            if isinstance(record, dict)
        ]
        if without_brackets(read) != without_brackets(meant):
            raise refuse(
                Code.RECORD_NOT_WRITABLE,
                Place(name),
                "记录写不成读得回来的文字，什么也没有写",
                "把这份表交给维护程序的人",
            )

"""Word files whose text a paper prints (文书.正文文件): what of them is kept with the paper, and a template that has no place for one."""

from __future__ import annotations

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Problems, refuse
from liangqing.engine import PictureFolder, Reads, SubDocumentFile
from liangqing.papers.catalogue import Entry
from liangqing.variables.about import Subject
from liangqing.variables.subjects import WRITTEN
from liangqing.variables.written_papers import WrittenSubject
from liangqing.year.body_files import KEY


def with_hashes(values: dict[str, object], folder: PictureFolder) -> dict[str, object]:
    """The values of a paper, each Word file with the hash that it has now, so that another text is another value."""
    return {name: _with_hash(value, folder) for name, value in values.items()}


def _with_hash(value: object, folder: PictureFolder) -> object:
    if isinstance(value, dict):
        return with_hashes(value, folder)
    if isinstance(value, SubDocumentFile):
        return SubDocumentFile.of(value.name, folder.digest_now(value))
    return value


def unprinted(entry: Entry, subject: Subject, reads: Reads) -> Problems | None:
    """Why a paper can't be made: a person wrote its text in a Word file, and its template does not print one."""
    if (
        not isinstance(subject, WrittenSubject)
        or subject.body_file is None
        or subject.written_as != entry.name
    ):
        return None
    if KEY in reads.get(WRITTEN, {}):
        return None
    place = subject.written.place(KEY)
    message = f"{subject.written.label} 写了{KEY}，「{entry.name}」的模板里却没有地方印它，这些字就丢了"
    advice = f"在模板放正文的地方单独打一段 {{{{p {WRITTEN}.{KEY} }}}}；或者不写「{KEY}」"
    return refuse(Code.WORD_FILE_NOT_PRINTED, place, message, advice)

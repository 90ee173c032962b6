"""A year packed for the archive: what went out, with its list, the register's lines and the hash of each file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from xlsxwriter.workbook import Workbook

from liangqing import register
from liangqing.actions.archiving import hash_list, package_texts
from liangqing.actions.convert_papers import chosen
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Place, Problems, refuse
from liangqing.base.folders import DATA, REGISTER
from liangqing.outputs.ledger.package import A4, sealed, set_up_page
from liangqing.papers.drafts import WaitingPaper, drafts
from liangqing.papers.rendering import archived, compile_entries, load_catalogue, render
from liangqing.pdf import converters
from liangqing.pdf.converting import WordFile, convert_papers
from liangqing.pdf.page_count import sheets
from liangqing.register import Line, Void
from liangqing.variables.archiving import ARCHIVED_ROW, ArchivedItem, ArchiveSubject
from liangqing.variables.table import build
from liangqing.year import evidence_files
from liangqing.year.open_workspace import OpenWorkspace, in_order

LIST = "归档文件目录"
_WIDTHS = {"件号": 6, "责任者": 32, "文号": 26, "题名": 50, "日期": 10, "页数": 6, "备注": 28}  # digits


@dataclass(frozen=True)
class ArchivePackage:
    """A package: its files by path, how many items, and what of the year is not in it because it was never issued.

    `by`: the program that made the PDFs, as it is called; "" where there are none.
    """

    files: Mapping[str, bytes]
    items: int
    not_issued: tuple[WaitingPaper, ...]
    by: str = ""

    @property
    def seal(self) -> str:
        """The SHA-256 of the list of hashes, by which a change of that list too is seen."""
        return hashlib.sha256(self.files[hash_list.FILE]).hexdigest()


def packed(opened: OpenWorkspace, *, with_pdf: bool, program: str | None = None) -> ArchivePackage:
    """The package of the opened year, of the papers as they were kept; the same bytes each time but for PDFs.

    Raises Problems while register or kept papers are damaged, where nothing went out in the year, and, `with_pdf`,
    where there is no program to convert with (or not the `program` that is named) or a paper can't be converted.
    """
    damaged = [
        *opened.register.diagnostics,
        *register.damaged(opened.register, opened.kept),
        *evidence_files.altered_incoming(opened.root, opened.at.year),
    ]
    if damaged:
        raise Problems(in_order(damaged))
    by = _program(program) if with_pdf else ""
    subject = archived(opened)
    year = opened.at.year.year
    if not any(item.line for item in subject.items):
        message = f"{year}年还没有印发过文书，没有可归档的"
        raise refuse(Code.NOTHING_TO_ARCHIVE, Place(REGISTER), message, "核对年度；印发了文书再归档")
    papers = {path: data for item in subject.items for path, data in _papers(opened, item)}
    pdfs = _pdfs(opened, papers, by) if with_pdf else {}
    if with_pdf:
        subject = replace(subject, items=tuple(_with_pages(opened, item, pdfs) for item in subject.items))
    title = f"{opened.at.year.group.name}{year}年归档文件"
    lines = _lines(opened, subject)
    files = {
        **papers,
        **pdfs,
        f"{LIST}.docx": _list_in_word(opened, subject),
        f"{LIST}.xlsx": _list_in_workbook(subject),
        "发文登记.txt": package_texts.register_text(f"{year}年发文登记", lines),
        "发文登记.html": package_texts.register_page(f"{year}年发文登记", lines),
        "说明.txt": package_texts.guide(title, with_pdf=with_pdf),
    }
    files[hash_list.FILE] = hash_list.written(files)
    waiting = tuple(paper for paper in drafts(opened) if paper.at.year.year == year)
    return ArchivePackage(files, len(subject.items), waiting, by)


def _program(wanted: str | None) -> str:
    """The name of the program that makes the PDFs."""
    try:
        return converters.find(wanted).name
    except Problems as missing:
        (problem,) = missing.diagnostics
        message = f"归档要把文书转成 PDF、数出页数：{problem.message}"
        advice = f"{problem.advice}；先不要 PDF 的，加 --no-pdf，目录里就没有页数"
        raise refuse(Code.NO_OFFICE_TO_ARCHIVE, problem.place, message, advice) from None


def _papers(opened: OpenWorkspace, item: ArchivedItem) -> Iterator[tuple[str, bytes]]:
    """The files of an item as they were kept, by their path in the package: the paper, then its annexes; or its scan."""
    folder = _folder(opened, item)
    for kept in _files(opened, item):
        yield f"{folder}/{PurePosixPath(kept).name}", (opened.root / kept).read_bytes()


def _files(opened: OpenWorkspace, item: ArchivedItem) -> list[str]:
    """Where the files of an item are kept, below the workspace."""
    line = item.line
    if line is None:
        return [f"{evidence_files.folder_of(opened.at.year.year)}/{item.scan}"] if item.scan else []
    return [f"{DATA}/{kept}" for kept in (line.file, *(annex.file for annex in line.annexes)) if line.file]


def _folder(opened: OpenWorkspace, item: ArchivedItem) -> str:
    void = item.line is not None and opened.register.voided(item.line, opened.asked_on)
    return f"文件/{package_texts.folder_of(item, void=void)}"


def _pdfs(opened: OpenWorkspace, papers: Mapping[str, bytes], by: str) -> dict[str, bytes]:
    """The PDFs beside the Word files of a package. Raises Problems where one can't be made."""
    done = convert_papers(
        [WordFile(path, data) for path, data in papers.items() if path.endswith(".docx")],
        chosen(opened.at.year.options),
        by,
    )
    if done.faults:
        raise Problems(done.faults)
    return {f"{path.removesuffix('.docx')}.pdf": pdf for path, pdf in done.pdfs.items()}


def _with_pages(opened: OpenWorkspace, item: ArchivedItem, pdfs: Mapping[str, bytes]) -> ArchivedItem:
    """The item with the pages of all its parts; one of which nothing is kept has none."""
    paths = [path for path in pdfs if path.startswith(f"{_folder(opened, item)}/")]
    return item._replace(pages=sum(sheets(pdfs[path], path).pages for path in paths)) if paths else item


def _lines(opened: OpenWorkspace, subject: ArchiveSubject) -> list[Line | Void]:
    """The lines of the register that are of the items, and those that made one of them void, in their order."""
    sent = [item.line for item in subject.items if item.line]
    own = {line.serial for line in sent}
    voids = {voided.serial for line in sent for voided in opened.register.voids_of(line)}
    return [line for line in opened.register.lines if line.serial in own | voids]


def _list_in_word(opened: OpenWorkspace, subject: ArchiveSubject) -> bytes:
    compiled = compile_entries(opened, load_catalogue(opened.root), (LIST,))[LIST]
    return render(compiled, subject).artifact.data


def _list_in_workbook(subject: ArchiveSubject) -> bytes:
    """The list as a workbook, a sheet a 保管期限; dated the last day of the year, so that its bytes stay the same."""
    year = subject.at.year.year

    def fill(book: Workbook) -> None:
        head = book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True})
        body = book.add_format({"border": 1, "valign": "top", "text_wrap": True})
        for term in subject.by_term:
            sheet = book.add_worksheet(term.term)
            title = f"{year}年{LIST}（保管期限：{term.term}）"
            set_up_page(sheet, title, landscape=True, paper=A4, wide=1, high=0)
            sheet.repeat_rows(0)
            for column, name in enumerate(ARCHIVED_ROW.rows):
                sheet.set_column(column, column, _WIDTHS[name])
                sheet.write_string(0, column, name, head)
            for row, item in enumerate(term.items, 1):
                values = build(ARCHIVED_ROW.rows, item, {name: {} for name in ARCHIVED_ROW.rows})
                for column, value in enumerate(values.values()):
                    sheet.write_string(row, column, str(value), body)

    return sealed(date(year, 12, 31), fill)


def default_place(root: Path, year: int) -> Path:
    """Where the package of a year is put where nobody says: below 归档 of the workspace."""
    return root / "归档" / f"{year}年文书档案"

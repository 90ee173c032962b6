"""Some 300 papers of all kinds on short, usual and long data (many_years.py), by the product's own model and catalogue.

They are converted in one run of LibreOffice. Tests take them by the fixture `many_papers`, on one worker:
`pytestmark = [pytest.mark.office, pytest.mark.xdist_group("many_papers")]`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import many_years
from many_years import SIZES, Entry, Size
from pdf_pages import Page, read_pages
from sample import ROOT

from liangqing.actions.make_papers import WordGates, closed_gates
from liangqing.papers import rendering
from liangqing.papers.catalogue import Catalogue
from liangqing.papers.catalogue import Entry as CatalogueEntry
from liangqing.papers.rendering import Compiled
from liangqing.pdf.converting import WordFile, convert_papers
from liangqing.register import Line, Register
from liangqing.variables.about import Subject
from liangqing.year.open_workspace import OpenWorkspace, open_workspace

LAYOUTS = ("信函", "文件")
PHOTOS = f"checklists/{many_years.YEAR}/佐证"  # of the sample
OF_REGISTER = ("送达回证", "信封", "发文登记簿", "归档文件目录")  # what is made of the letters that went out
MOST, OTHERWISE = 3, 2  # papers of a kind, evenly spread; so many in another layout or year
DRAFT_EVERY = 4  # so many of the numbered papers are drafts
# 成文日期 of the kinds that go out; the others on the day of the year's figures.
ISSUED = {
    "监督检查通知": "2021-03-29",
    "整改函": "2021-04-20",
    "反馈会纪要": "2021-07-05",
    "印发通知": "2021-02-20",
}


@dataclass(frozen=True)
class ManyPaper:
    """A paper: its kind, of which size and layout its data are, whether it is numbered, its Word file and its PDF."""

    kind: str
    size: str
    layout: str
    subject: str
    number: str | None
    docx: bytes
    pdf: bytes = b""

    @property
    def name(self) -> str:
        """By which a failing test names it."""
        return f"{self.kind} {self.subject} {self.size} {self.layout}{'' if self.number else ' 无号'}"

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """What stands where on its pages."""
        return read_pages(self.pdf)


def many_papers(folder: Path) -> tuple[ManyPaper, ...]:
    """All of them; workspaces are written into `folder`."""
    papers = [
        paper
        for size in SIZES
        for layout in (LAYOUTS if size.findings[0] > 1 else LAYOUTS[:1])
        for paper in _of_workspace(folder / f"{size.name}{layout}", size, layout)
    ]
    done = convert_papers([WordFile(str(place), paper.docx) for place, paper in enumerate(papers)])
    assert not done.faults, [str(fault) for fault in done.faults]
    return tuple(replace(paper, pdf=done.pdfs[str(place)]) for place, paper in enumerate(papers))


def _of_workspace(root: Path, size: Size, layout: str) -> Iterator[ManyPaper]:
    """The papers of a size; in the second layout those alone that have a template for it."""
    shutil.copytree(ROOT / "templates", root / "templates")
    _write(root / "checklists" / "机构.yaml", many_years.shared(size, layout))
    _write(root / "checklists" / str(many_years.YEAR) / "全年.yaml", many_years.worked_through(size))
    _write(root / "checklists" / str(many_years.NEXT) / "全年.yaml", many_years.drafted(size))
    known = rendering.load_catalogue(root)
    shutil.copytree(ROOT / PHOTOS, root / PHOTOS)
    names = [
        name
        for name, entry in known.entries.items()
        if not entry.kind.writer and (layout == LAYOUTS[0] or layout in _templates(entry))
    ]
    for year, day in ((many_years.YEAR, many_years.FIGURES), (many_years.NEXT, many_years.DRAFTED)):
        on = date.fromisoformat(day)
        opened = open_workspace(root, year, on, on)
        assert not opened.errors, [str(error) for error in opened.errors]
        unissued = [name for name in names if name not in OF_REGISTER]
        of_register = [name for name in names if name in OF_REGISTER]
        most = MOST if (layout, year) == (LAYOUTS[0], many_years.YEAR) else OTHERWISE
        for now, kinds in ((opened, unissued), (_issued(opened), of_register)):
            for made in _of_year(now, known, kinds, most):
                yield replace(made, size=size.name, layout=layout)


def _templates(entry: CatalogueEntry) -> Mapping[str, str]:
    """The templates of a kind by what chooses among them; {} where it has one."""
    return entry.kind.template if isinstance(entry.kind.template, dict) else {}


def _issued(opened: OpenWorkspace) -> OpenWorkspace:
    """The same where every 整改函 has gone out, and nothing of it is kept."""
    year = opened.at.year
    lines = tuple(
        Line(
            serial,
            kind="整改函",
            subject=letter.code,
            title=f"关于{letter.subject}的整改函",
            addressee=year.unit(letter.unit).name,
            year=year.year,
            issued=date.fromisoformat(ISSUED["整改函"]),
            file="",
            content="",
            values="",
            number=f"市纪驻水整〔{year.year}〕{serial}号",
            signer="张某某",
        )
        for serial, letter in enumerate(year.letters, 1)
    )
    book = Register(lines)
    return replace(opened, register=book, at=replace(opened.at, register=book))


def _of_year(opened: OpenWorkspace, known: Catalogue, names: Sequence[str], most: int) -> Iterator[ManyPaper]:
    """What the year's data call for, and its gates let pass; of a kind `most` papers."""
    compiled = rendering.compile_entries(opened, known, names)
    gates = WordGates(opened, opened.found)
    for kind, ready in compiled.items():
        wanted = [
            subject
            for subject in rendering.subjects_of(opened, ready.entry)
            if rendering.holds(ready, subject)
            and not closed_gates(opened, ready.entry, subject, ready.gates, gates)
        ]
        for place, subject in enumerate(_spread(wanted, most)):
            yield _rendered(kind, ready, subject, place)


def _spread(subjects: Sequence[Subject], most: int) -> list[Subject]:
    """At most so many of them, evenly, from the first on."""
    if len(subjects) <= most:
        return list(subjects)
    return [subjects[round(turn * (len(subjects) - 1) / max(1, most - 1))] for turn in range(most)]


def _rendered(kind: str, ready: Compiled, subject: Subject, place: int) -> ManyPaper:
    """One paper; with a number of its own where its kind takes one, but for some drafts."""
    number = None
    if ready.code_words and place % DRAFT_EVERY != DRAFT_EVERY - 1:
        number = f"{ready.code_words}〔{subject.at.year.year}〕{7 * place + 1}号"
    day = date.fromisoformat(ISSUED[kind]) if kind in ISSUED else subject.at.day
    if number:
        subject = replace(subject, at=subject.at.as_issued(day, numbered=True))
    made = rendering.render(ready, subject, number, day if number else None)
    return ManyPaper(kind, "", "", subject.code, number, made.artifact.data)


def _write(path: Path, tree: Entry) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(tree, ensure_ascii=False), "utf-8")

"""Ways to a new workspace: the first few values typed in, a workbook that was filled in, the next year of one that is open.

The way from lists of others is in from_lists.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from starlette.responses import Response

from liangqing.actions import first_workbook, new_workspace, new_year
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems
from liangqing.changes.proposed import Handed, NewRecord
from liangqing.data.field_values import value_of
from liangqing.data.fields import EntryField, table_of
from liangqing.data.model.duties import DRAFT
from liangqing.data.yaml.places import Step, Tree
from liangqing.desk.answering.files_for_now import files_for_now
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage
from liangqing.desk.answering.showing import page, told
from liangqing.desk.answering.whole_numbers import whole_number
from liangqing.desk.pages.begin import open_root

BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORM = "新建"  # what messages call the form


@dataclass(frozen=True)
class FirstField:
    """A field of the form with which a workspace begins: where its value goes, and what stands there at first."""

    section: str
    inside: str
    label: str
    begins: str = ""
    must: bool = True

    @property
    def field(self) -> EntryField:
        """The field of the model, with its help and its choices."""
        return next(
            field for field in table_of(self.section, self.inside).fields if field.label == self.label
        )

    @property
    def help_line(self) -> str:
        """What helps to fill it in; that of a list of persons would not do for the one that is asked for here."""
        return "" if self.field.per_entry else self.field.help

    @property
    def name(self) -> str:
        """Of the field in the form; it is also what messages say."""
        return f"{self.inside or self.section} {self.label}"


_TASK = ("清单", "任务")
FIRST: dict[str, tuple[FirstField, ...]] = {
    "本组": (
        FirstField("机构", "", "全称"),
        FirstField("机构", "", "派出机关"),
        FirstField("机构", "", "机关代字"),
        FirstField("机构", "", "负责人", must=False),
        FirstField("机构", "", "负责人职务", "组长"),
    ),
    "第一个被监督的单位": (
        FirstField("单位", "", "名称"),
        FirstField("单位", "", "简称", must=False),
        FirstField("单位", "", "类型", "党组"),
        FirstField("单位", "", "称谓", must=False),
        FirstField("单位", "", "负责人", must=False),
        FirstField("单位", "", "负责人职务", "党组书记"),
    ),
    "清单和第一项任务": (
        FirstField("清单", "", "依据"),
        FirstField(*_TASK, "监督内容"),
        FirstField(*_TASK, "具体任务"),
        FirstField(*_TASK, "责任主体", "全体单位"),
        FirstField(*_TASK, "监督方式", "平时观察、集中清查"),
        FirstField(*_TASK, "完成时限", "每季度"),
    ),
}


def blank(look: DeskLook) -> Response:
    """The form with what no paper can be made without."""
    return page(look, "new_blank.html", fields=FIRST, year=look.today.year)


def make_blank(look: DeskLook) -> Response:
    """Make the workspace that the form describes; where it can't be, say why beside the form."""
    folder = new_folder(look)
    try:
        first_workbook.from_records(folder, _handed(look), year_given(look), look.today)
    except Problems as problems:
        raise Problems(_in_words(problems.diagnostics)) from None
    return open_root(look, folder)


def new_folder(look: DeskLook) -> Path:
    """Where the new workspace is to be; the folder above it is made."""
    folder = new_workspace.folder_called(look.desk.home, look.sent.one("文件夹名"))
    look.desk.home.mkdir(parents=True, exist_ok=True)
    return folder


def year_given(look: DeskLook) -> int:
    return whole_number(look.sent.one("年度")) or 0  # which the actions refuse as no year


def _handed(look: DeskLook) -> Handed:
    year = year_given(look)
    checklist: dict[str, Tree] = {"年度": str(year), "标题": f"{year}年度监督检查清单", "阶段": DRAFT}
    trees: dict[str, dict[str, Tree]] = {"机构": {}, "单位": {"编号": "U01"}, "清单": checklist}
    task: dict[str, Tree] = {"编号": "R1"}
    places: dict[str, dict[tuple[Step, ...], Place]] = {
        name: {(): Place(FORM, detail=name)} for name in trees
    }
    for row in (row for rows in FIRST.values() for row in rows):
        value = value_of(row.field, look.sent.one(row.name))
        if value is not None:
            _put(task if row.inside else trees[row.section], row.field.path, value)
        above: tuple[Step, ...] = ("任务", 0) if row.inside else ()
        places[row.section][*above, *row.field.path] = Place(FORM, detail=row.name)
    checklist["任务"] = [task]
    return Handed(FORM, tuple(NewRecord(name, tree, places[name]) for name, tree in trees.items()))


def _put(tree: dict[str, Tree], path: tuple[str, ...], value: Tree) -> None:
    *above, last = path
    for key in above:
        inner = tree.setdefault(key, {})
        assert isinstance(inner, dict)
        tree = inner
    tree[last] = value


def _in_words(problems: Iterable[Diagnostic]) -> list[Diagnostic]:
    """What is missing, as a form says it: there is no key to be written."""
    return [
        replace(problem, advice="在这一格填上") if problem.code == Code.KEY_MISSING else problem
        for problem in problems
    ]


def workbook(look: DeskLook) -> Response:
    """The page for a workbook that was filled in."""
    return page(look, "new_workbook.html", year=look.today.year)


def empty_workbook(look: DeskLook) -> Response:
    """The empty one, to be saved."""
    year = look.sent.asked.get("year")
    number = look.today.year if year is None else whole_number(year) or 0  # likewise
    name = quote(new_workspace.entry_workbook(number))
    heads = {"content-disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(new_workspace.empty_workbook(number), media_type=BOOK, headers=heads)


def take_workbook(look: DeskLook) -> Response:
    """What a workbook would bring; or, when the person has seen it, the workspace made of it."""
    with files_for_now(look.sent.files.get("录入表", ())[:1], "录入表") as (path,):
        if look.sent.one("do") != "make":
            first = first_workbook.looked_into(path, look.today)
            return page(look, "new_workbook_seen.html", first=first)
        folder = new_folder(look)
        first_workbook.from_workbook(folder, path, None, look.today)
    return open_root(look, folder)


def next_year(look: DeskLook) -> Response:
    """What the next year would begin with."""
    opened = look.opened
    if opened.errors:
        return told(look, opened.errors)
    year = opened.at.year.year + 1
    carried = new_year.carry(opened, year)
    return page(look, "next_year.html", carried=carried, note=list(_blocks(carried.note)), to=year)


def _blocks(note: str) -> Iterator[tuple[str, list[list[str]]]]:
    """A note as `new_year` writes it, in pieces that a page shows: what each is (h, li, tr, p), its lines, their cells."""
    for kind, lines in groupby(filter(None, note.split("\n")), _kind_of):
        told = [line.strip("| ").split(" | ") if kind == "tr" else [line.lstrip("#- ")] for line in lines]
        yield kind, [cells for cells in told if not cells[0].startswith("---")]


def _kind_of(line: str) -> str:
    return next(
        (kind for sign, kind in (("#", "h"), ("- ", "li"), ("|", "tr")) if line.startswith(sign)), "p"
    )


def make_next_year(look: DeskLook) -> Response:
    """Begin the next year, as the page before showed it."""
    look.refuse_sample()
    opened = look.desk.workspaces.opened(look.folder, look.year, None, look.today)
    if opened.errors:
        return told(look, opened.errors)
    new_year.write(opened, new_year.carry(opened, opened.at.year.year + 1))
    return open_root(look, look.folder)


PAGES = (
    DeskPage("new", blank, in_workspace=False),
    DeskPage("new/make", make_blank, posts=True, in_workspace=False),
    DeskPage("new/workbook", workbook, in_workspace=False),
    DeskPage("new/workbook/empty", empty_workbook, in_workspace=False),
    DeskPage("new/workbook/take", take_workbook, posts=True, in_workspace=False),
    DeskPage("next-year", next_year),
    DeskPage("next-year/make", make_next_year, posts=True),
)

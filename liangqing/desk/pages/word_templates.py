"""模板: the Word templates of the workspace: whether they are right, what they may print, new ones, new versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from starlette.responses import Response

from liangqing.actions.new_template import (
    DEFAULT_SUBJECT,
    enter_kind,
    is_name_of_kind,
    new_template,
    replace_template,
)
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, Severity, error, refuse
from liangqing.base.folders import TEMPLATES
from liangqing.data.model.kinds import EXCEL, WORD
from liangqing.desk.answering.downloads import download
from liangqing.desk.answering.look import DeskLook
from liangqing.desk.answering.page_table import DeskPage, NotThere
from liangqing.desk.answering.page_words import in_page_words
from liangqing.desk.answering.showing import goto, page
from liangqing.desk.answering.system_program import opened_by_system
from liangqing.papers.catalogue import Entry
from liangqing.papers.rendering import found_right, load_catalogue
from liangqing.papers.starters import LAYOUTS
from liangqing.papers.template_check import kinds_by_file, template_faults
from liangqing.variables.copying import copied
from liangqing.variables.subjects import LISTED_BY_CATALOGUE, SUBJECTS

RIGHT, UNKNOWN, GONE, UNUSED = "没有问题", "还没有检查", "文件不在", "没有文种用它"
WRONG, DOUBTFUL = "有错", "有提醒"


class TemplateRow(NamedTuple):
    """A template: its file, the kinds it is for and what they are about, how it stands, its page."""

    file: str
    kinds: tuple[str, ...]
    subject: str
    state: str
    address: str


def templates(look: DeskLook) -> Response:
    """All templates, with how each was found when it was checked last."""
    return _list(look, None)


def check_all(look: DeskLook) -> Response:
    """Check all of them, of every layout, and tell what is wrong."""
    used = kinds_by_file(load_catalogue(look.folder))
    return _list(look, {file: _faults(look, file, kinds) for file, kinds in used.items()})


def _faults(look: DeskLook, file: str, kinds: Sequence[Entry]) -> tuple[Diagnostic, ...]:
    """All that is wrong with a template for what its kinds are about; nothing of one that is not there."""
    path, name = look.folder / TEMPLATES / file, f"{TEMPLATES}/{file}"
    if not path.is_file():
        return ()
    subjects = dict.fromkeys(entry.subject_kind for entry in kinds) or {DEFAULT_SUBJECT: None}
    found = (fault for subject in subjects for fault in template_faults(path, name, subject))
    return tuple(dict.fromkeys(found))


def _list(look: DeskLook, checked: Mapping[str, tuple[Diagnostic, ...]] | None) -> Response:
    """The list; `checked` is what was found just now, None where nothing was looked for."""
    known = load_catalogue(look.folder)
    used = kinds_by_file(known)
    right = (
        found_right(look.figures, known) if checked is None else {file for file in used if not checked[file]}
    )
    there = _files_there(look)
    states = {file: _state(file, there, right, (checked or {}).get(file, ())) for file in used}
    rows = [
        TemplateRow(
            file,
            tuple(entry.name for entry in kinds),
            "、".join(dict.fromkeys(entry.subject_kind for entry in kinds)),
            states[file],
            look.url(f"templates/{file}"),
        )
        for file, kinds in used.items()
    ]
    rows += [
        TemplateRow(file, (), "", UNUSED, look.url(f"templates/{file}")) for file in sorted(there - {*used})
    ]
    return page(
        look,
        "templates.html",
        rows=rows,
        problems=in_page_words(fault for faults in (checked or {}).values() for fault in faults),
        checked=checked is not None,
        layouts=LAYOUTS,
        subjects=[name for name in SUBJECTS if name not in LISTED_BY_CATALOGUE],
        default=DEFAULT_SUBJECT,
    )


def _files_there(look: DeskLook) -> set[str]:
    return {
        path.name for ending in (WORD, EXCEL) for path in (look.folder / TEMPLATES).glob(f"[!.~]*{ending}")
    }


def _state(file: str, there: set[str], right: set[str], faults: Sequence[Diagnostic]) -> str:
    if file not in there:
        return GONE
    if file in right:
        return RIGHT
    if not faults:
        return UNKNOWN
    return WRONG if any(fault.severity is Severity.ERROR for fault in faults) else DOUBTFUL


def _named(look: DeskLook) -> tuple[str, list[Entry]]:
    """The template that an address names, with the kinds that use it. Raises NotThere."""
    file = look.sent.parts["file"]
    used = kinds_by_file(load_catalogue(look.folder))
    if file not in used and file not in _files_there(look):
        raise NotThere(f"模板「{file}」")
    return file, used.get(file, [])


def template(look: DeskLook) -> Response:
    """A template: what is wrong with it, and the variables to be copied into it."""
    return _template_page(look, (), "", 200)


def _template_page(look: DeskLook, refused: Sequence[Diagnostic], done: str, status: int) -> Response:
    file, kinds = _named(look)
    subjects = list(dict.fromkeys(entry.subject_kind for entry in kinds)) or [DEFAULT_SUBJECT]
    path = look.folder / TEMPLATES / file
    faults = _faults(look, file, kinds)
    return page(
        look,
        "template.html",
        status=status,
        file=file,
        kinds=[entry.name for entry in kinds],
        subject=subjects[0],
        there=path.is_file(),
        faults=in_page_words(faults),
        wrong=any(fault.severity is Severity.ERROR for fault in faults),
        groups=copied(subjects[0]),
        refused=in_page_words(refused),
        done=done,
    )


def template_file(look: DeskLook) -> Response:
    """The template itself, to be opened in Word."""
    file, _ = _named(look)
    path = look.folder / TEMPLATES / file
    if not path.is_file():
        raise NotThere(f"模板「{file}」")
    return download(path.read_bytes(), file)


def open_template(look: DeskLook) -> Response:
    """Have the system open the template itself, in Word or WPS: what is saved there counts at once."""
    look.refuse_sample()
    file, _ = _named(look)
    path = look.folder / TEMPLATES / file
    if not path.is_file():
        raise NotThere(f"模板「{file}」")
    shown = opened_by_system(path)
    done = "已经在 Word 或 WPS 里打开：改好存盘就算数，回到这里看检查结果。"
    return _template_page(look, (), done if shown else "这台电脑上没有打开成：用下面的下载。", 200)


def take_template(look: DeskLook) -> Response:
    """A new version in the place of a template: checked first, the old one kept in 备份."""
    look.refuse_sample()
    file, kinds = _named(look)
    sent = look.sent.files.get("file", ())
    if not sent or not kinds:
        raise refuse(Code.NOTHING_CHOSEN, Place(file), "没有选文件", "选改好的那份 Word 文件")
    try:
        found = replace_template(look.folder, file, sent[0].data, look.today)
    except Problems as refused:
        first = error(
            Code.TEMPLATE_NOT_RIGHT,
            Place(file),
            "送来的这一份有错，没有换上",
            "照下面的提示在 Word 里改好再送",
        )
        return _template_page(look, (first, *refused.diagnostics), "", 422)
    warned = f"，有 {len(found)} 处提醒" if found else ""
    return _template_page(
        look, (), f"换好了{warned}。原来的在“备份”里，以后生成的草稿用新的；已经印发的不变。", 200
    )


def make_template(look: DeskLook) -> Response:
    """A new kind of paper: the starter of a format as its template, and its entry in the catalogue."""
    look.refuse_sample()
    name, layout = look.sent.one("name").strip(), look.sent.one("layout")
    known = load_catalogue(look.folder).entries
    subject = known[name].subject_kind if name in known else look.sent.one("subject") or DEFAULT_SUBJECT
    if not is_name_of_kind(name):
        message = f"文种名「{name}」要作文件名，不能是空的，里面不能有斜杠一类的符号"
        raise refuse(Code.PAGE_FIELD_MISREAD, Place("文种名"), message, "写文种的名字，如 提示函")
    if layout not in LAYOUTS or subject not in SUBJECTS:
        raise NotThere("这一种格式")
    made = new_template(look.folder, name, layout, subject)
    _entered(look, made.lines, look.today)
    return goto(look.url(f"templates/{name}.docx"))


def _entered(look: DeskLook, lines: tuple[str, ...], today: date) -> None:
    if lines:
        enter_kind(look.folder, lines, today)


PAGES = (
    DeskPage("templates", templates),
    DeskPage("templates", check_all, posts=True),
    DeskPage("template-new", make_template, posts=True),
    DeskPage("templates/{file}", template),
    DeskPage("templates/{file}", take_template, posts=True),
    DeskPage("templates/{file}/word", template_file),
    DeskPage("templates/{file}/open", open_template, posts=True),
)

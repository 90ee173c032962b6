"""One file that came back: which form it is, whether it is as it went out, and the records that it gives."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from lxml import etree

from liangqing.base.chinese import suggestion
from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error, refuse, warning
from liangqing.base.docx_zip import Package, W, parse_xml, read_package
from liangqing.changes.arriving import WORD, ArrivedFile
from liangqing.data.model.kinds import SIGNED, FormKind
from liangqing.data.yaml.places import Step
from liangqing.engine.admission.admit import Admitted, admitted
from liangqing.forms.assembling import Assembled, Draft, assemble
from liangqing.forms.filled import Filled, compare
from liangqing.forms.grid import Form, read_form, text_of
from liangqing.forms.mark import NAME, Mark, codes_in, content_code, marks
from liangqing.forms.meant import Days
from liangqing.forms.repeated_blocks import as_many_blocks
from liangqing.papers import rendering
from liangqing.papers.catalogue import Catalogue, Entry
from liangqing.papers.rendering import Compiled, Made
from liangqing.variables.about import Subject
from liangqing.year.open_workspace import OpenWorkspace
from liangqing.year.rules.forbidden_words import inspect

_PICTURES = (f"{W}drawing", f"{W}pict", f"{W}object")
_REMARKS = "word/comments.xml"


@dataclass(frozen=True)
class ReturnedForm:
    """A form that can be taken: what it is known by, the records that it gives, what is to be told of it.

    `data` and `ending` are those of the file as it came, before it was turned into a Word file.
    """

    name: str
    data: bytes
    mark: Mark
    section: str
    drafts: tuple[Draft, ...]
    told: tuple[Diagnostic, ...] = ()
    subject: Subject | None = field(default=None, compare=False)
    ending: str = WORD

    @property
    def digest(self) -> str:
        """SHA-256 of the file as it came."""
        return hashlib.sha256(self.data).hexdigest()

    def place(self, index: int, path: tuple[Step, ...]) -> Place:
        """Where in the form the value at `path` of a record stands, or the nearest thing above it."""
        places = self.drafts[index].places
        while path and path not in places:
            path = path[:-1]
        return Place(self.name, detail=places.get(path, ""))


def year_of(file: ArrivedFile) -> int | None:
    """The year that a form says it is of; None where it says none, or can't be read: `Reader` tells why."""
    if file.problems:
        return None
    try:
        package = read_package(file.docx, file.name)
        mark = _mark_of(package, read_form(package))
        return None if mark is None else mark.year
    except Problems:
        return None


def as_sent_out(opened: OpenWorkspace, form: Compiled, subject: Subject) -> Made | None:
    """A form made anew, or as it went out with its letter; None where that has not gone out."""
    line = opened.register.in_use(form.entry.name, subject.code, opened.at.year.year)
    if line is not None:
        return rendering.copy(opened, form, subject, line)
    return None if form.code_words is not None else rendering.render(form, subject)


class Reader:
    """Reads forms that came back, for one opened workspace; each template is compiled once."""

    def __init__(self, opened: OpenWorkspace) -> None:
        self.opened = opened
        self.known: Catalogue = rendering.load_catalogue(opened.root)
        self._compiled: dict[str, Compiled] = {}

    def read(self, file: ArrivedFile) -> ReturnedForm:
        """The form in a file; raises Problems with all that keeps it from being taken."""
        if file.problems:
            raise Problems(file.problems)
        name = file.name
        package = read_package(file.docx, name)
        _refuse_what_must_not_enter(package)
        fit = admitted(package)
        back = read_form(fit.package)
        mark = _mark_of(package, back) or self._marked_in_footer(package)
        entry, kind = self._kind(mark, name)
        sent, subject = self._as_sent(entry, mark, name)
        filled = compare(as_many_blocks(sent, back), back, name, self._days(mark))
        if filled.problems:
            raise Problems(filled.problems)
        made = assemble(filled.answers)
        _refuse_contradictions(made, filled, name)
        told = (*filled.told, *_concluded(made, name), *_left_empty(made, name), *_not_read(package, filled))
        told += tuple(_not_admitted(fit))
        return ReturnedForm(
            name=name,
            data=file.data,
            ending=file.ending,
            mark=mark,
            section=kind.section,
            drafts=made.drafts,
            told=told,
            subject=subject,
        )

    def is_foreign(self, file: ArrivedFile) -> bool:
        """Whether a Word file bears nothing of a form of ours: it is another paper."""
        try:
            package = read_package(file.docx, file.name)
            texts = [text_of(root) for _, root in _stories(package)]
        except Problems:
            return False
        forms = [name for name, entry in self.known.entries.items() if entry.kind.form]
        return not any(
            word in text for text in (*texts, *_properties(package)) for word in (NAME, "内容码", *forms)
        )

    def _kind(self, mark: Mark, name: str) -> tuple[Entry, FormKind]:
        entry = self.known.entries.get(mark.kind)
        forms = [form for form, other in self.known.entries.items() if other.kind.form]
        if entry is None or entry.kind.form is None:
            message = f"文种目录里没有表单「{mark.kind}」"
            raise refuse(Code.UNKNOWN_FORM, Place(name), message, suggestion(mark.kind, forms))
        year = self.opened.at.year.year
        if mark.year != year:
            message = f"这是 {mark.year} 年度的{mark.kind}，现在收的是 {year} 年度"
            advice = "去掉 --year 再收：每张表按它自己的年度收"
            if mark.year not in self.opened.data.years:
                advice = f"这里没有 {mark.year} 年的数据：核对是不是另一个工作目录出的表，是的到那里去收"
            raise refuse(Code.FORM_OF_ANOTHER_YEAR, Place(name), message, advice)
        version = entry.kind.form.version
        if mark.version != version:
            message = f"这是第{mark.version}版的{mark.kind}，现在用的是第{version}版"
            raise refuse(Code.FORM_OF_ANOTHER_VERSION, Place(name), message, "发新表请单位重填")
        return entry, entry.kind.form

    def _as_sent(self, entry: Entry, mark: Mark, name: str) -> tuple[Form, Subject]:
        """The form as it goes out today, or as it was issued with its letter."""
        subjects = self._subjects(entry)
        subject = next((known for known in subjects if known.code == mark.subject), None)
        possible = () if subject is None else tuple(self._as_it_may_be(entry, subject))
        if subject is None or not possible:
            advice = suggestion(mark.subject, [known.code for known in subjects])
            raise refuse(
                Code.FORM_OF_NO_SUBJECT, Place(name), f"没有要填{mark.kind}的「{mark.subject}」", advice
            )
        replaced = rendering.taken_over(self.opened, entry, subject)
        if replaced is not None:
            old, new = replaced
            message = f"{mark.kind}是随 {old.name}（{mark.subject}）发的，这份函已由 {new.name}（{new.subject}）更正"
            advice = f"请单位填随 {new.name} 发的表；以这份表为准的，作废 {new.name} 再收"
            raise refuse(Code.FORM_OF_A_CORRECTED_LETTER, Place(name), message, advice)
        codes = list[str]()
        for candidate in possible:
            package = self._package(entry, candidate)
            if package is None:
                message = f"{mark.kind}要随文印发，{mark.subject} 还没有印发"
                raise refuse(Code.LETTER_NOT_YET_ISSUED, Place(name), message, "先印发")
            sent = read_form(package)
            current = _mark_of(package, sent)
            if mark.code == content_code(sent) or (current and mark.code == current.code):
                return sent, candidate
            codes += [current.code] if current else []
        message = f"表上的内容码是 {mark.code}，现在这份表的是 {codes[0] if codes else '别的'}：表是改数据以前出的，或识别行被改过"
        raise refuse(Code.FORM_OF_OLDER_DATA, Place(name), message, _older(entry))

    def _as_it_may_be(self, entry: Entry, subject: Subject) -> Iterator[Subject]:
        """What a form may have been printed for: as of the day of the figures, as of today, and blank."""
        for day in dict.fromkeys((subject.at.day, self.opened.asked_on)):
            then = replace(subject, at=subject.at.on(day))
            for candidate in (then, *then.before):
                if rendering.holds(self._compile(entry.name), candidate):
                    yield candidate

    def _subjects(self, entry: Entry) -> list[Subject]:
        return rendering.subjects_of(self.opened, entry)

    def _package(self, entry: Entry, subject: Subject) -> Package | None:
        """The form made anew, or as it went out with its letter; None where that has not gone out."""
        made = as_sent_out(self.opened, self._compile(entry.name), subject)
        return None if made is None else read_package(made.artifact.data, entry.name)

    def _mark_as_sent(self, entry: Entry, subject: Subject) -> Mark | None:
        """The mark of a form that may come back; None where it has not gone out, or is not asked for."""
        if not rendering.holds(self._compile(entry.name), subject):
            return None
        package = self._package(entry, subject)
        return None if package is None else _mark_of(package, read_form(package))

    def _marked_in_footer(self, package: Package) -> Mark:
        """What a form is whose mark is gone, by the content code in its footer."""
        codes = {
            code for part, root in _stories(package) if "footer" in part for code in codes_in(text_of(root))
        }
        known = self._by_code if codes else {}
        found = [known[code] for code in sorted(codes) if code in known]
        if len(found) == 1:
            return found[0]
        said = f"页脚的内容码 {'、'.join(sorted(codes))} 也不是现在哪张表的" if codes else "页脚也没有内容码"
        message = f"表里没有「{NAME}」一行，{said}，认不出是哪张表"
        advice = "只收本程序出的表；识别行被删掉的，请单位在原表上重填"
        raise refuse(Code.NO_MARK_ON_FORM, Place(package.name), message, advice)

    @cached_property
    def _by_code(self) -> dict[str, Mark]:
        """All forms of the year as they would be accepted today, by their codes."""
        found: dict[str, Mark] = {}
        for entry in self.known.entries.values():
            if entry.kind.form is not None:
                marks_there = (self._mark_as_sent(entry, subject) for subject in self._subjects(entry))
                found |= {mark.code: mark for mark in marks_there if mark is not None}
        return found

    def _days(self, mark: Mark) -> Days:
        """Between which days a form can have been handed in: from the year that it is of, or from its letter, to today."""
        line = self.opened.register.in_use(mark.kind, mark.subject, self.opened.at.year.year)
        return Days(line.issued if line else date(mark.year, 1, 1), self.opened.asked_on)

    def _compile(self, name: str) -> Compiled:
        if name not in self._compiled:
            self._compiled |= rendering.compile_entries(self.opened, self.known, [name])
        return self._compiled[name]


def _older(entry: Entry) -> str:
    """What to do with a form that was printed before the data changed."""
    if entry.kind.form is not None and entry.kind.form.section == SIGNED:
        return "问题改过的，打印现在的表请双方再签；数据改错了的，改回来再收"
    return "发现在的表请单位重填；数据改错了的，改回来再收"


def _mark_of(package: Package, form: Form) -> Mark | None:
    """What the form says it is: in its text, or in the property of the file; None where it says so in neither."""
    cells = (cell.text for table in form.tables for row in table for cell in row)
    texts = (*(line.text for line in form.lines), *cells, *_properties(package))
    found = list(dict.fromkeys(mark for text in texts for mark in marks(text)))
    if len(found) > 1:
        message = f"识别行前后不一：「{found[0]}」和「{found[1]}」"
        raise refuse(Code.MARKS_DISAGREE, Place(package.name), message, "识别行不能改；请单位在原表上重填")
    return found[0] if found else None


def _properties(package: Package) -> Iterator[str]:
    part = package.parts.get("docProps/custom.xml")
    if part is not None:
        for entry in parse_xml(part.data, Place(package.name)):
            if entry.get("name") == NAME:
                yield "".join(str(text) for text in entry.itertext())


def _refuse_what_must_not_enter(package: Package) -> None:
    """Nothing of a form is echoed in which stands what must not enter: not even in a remark or a header."""
    problems = []
    for part, root in _stories(package):
        where = {"document": "", "comments": "批注"}.get(part.rpartition("/")[2].removesuffix(".xml"), part)
        for paragraph in root.iter(f"{W}p"):
            for hit in inspect(text_of(paragraph)):
                if hit.hard:
                    message = f"不得录入「{hit.shown}」：{hit.why}"
                    problems.append(
                        error(Code.MUST_NOT_ENTER, Place(package.name, detail=where), message, hit.advice)
                    )
    if problems:
        raise Problems(dict.fromkeys(problems))


def _stories(package: Package) -> Iterator[tuple[str, etree._Element]]:
    for name, part in package.parts.items():
        if name.startswith("word/") and name.endswith(".xml") and "/" not in name.removeprefix("word/"):
            yield name, parse_xml(part.data, Place(package.name))


def _refuse_contradictions(made: Assembled, filled: Filled, name: str) -> None:
    if made.contradicted:
        word, place = made.contradicted[0]
        message = f"勾选了“{word}”，表里又写了意见"
        raise refuse(
            Code.FORM_CONTRADICTS_ITSELF,
            Place(name, detail=place),
            message,
            "请单位说明：去掉勾选，或删掉意见",
        )
    if not made.drafts:
        outside = f"，空格以外写了「{filled.added[0][1]}」" if filled.added else ""
        raise refuse(Code.FORM_EMPTY, Place(name), f"表里一项也没有填{outside}", "请单位填在表格的空格里再交")


def _left_empty(made: Assembled, name: str) -> Iterator[Diagnostic]:
    for blank in made.empty:
        field_name = blank.name.partition("（")[0]
        yield warning(
            Code.FIELD_LEFT_EMPTY,
            Place(name, detail=blank.place),
            f"「{field_name}」没有填",
            "需要的请单位补报",
        )


def _concluded(made: Assembled, name: str) -> Iterator[Diagnostic]:
    for word, place in made.concluded:
        message = f"没有打勾，但是空格里写明没有：按“{word}”收"
        yield warning(
            Code.READ_AS_MEANT, Place(name, detail=place), message, "不是这个意思的，问清单位，收下以后改"
        )


def _not_admitted(fit: Admitted) -> Iterator[Diagnostic]:
    """What in the form is not taken for what was filled in: what the list leaves out, but for what only goes with a file."""
    for left in fit.told:
        if left.code in (Code.FIELD_MADE_TEXT, Code.LINK_LEFT_BEHIND):
            yield left
    for refused in fit.refused:
        message, advice = f"{refused.message}，没有读", "原件里都有；打开原件时不要启用宏，不要更新链接"
        yield warning(Code.NOT_READ_IN_FORM, refused.place, message, advice)


def _not_read(package: Package, filled: Filled) -> Iterator[Diagnostic]:
    """What a person added that is no text of a field: it stays in the original, which is kept."""
    root = parse_xml(package.parts[package.main].data, Place(package.name))
    pictures = sum(1 for _ in root.iter(*_PICTURES))
    part = package.parts.get(_REMARKS)
    remarks = 0 if part is None else len(parse_xml(part.data, Place(package.name)))
    outside = len(filled.added)
    first = (
        f"「{filled.added[0][1]}」等文字" if outside > 1 else f"「{filled.added[0][1]}」" if outside else ""
    )
    for what, number in (("图片", pictures), ("批注", remarks), (f"写在空格以外的{first}", outside)):
        if number:
            message = f"表里有{what} {number} 处，不录入"
            yield warning(
                Code.NOT_TAKEN_FROM_FORM, Place(package.name), message, "原件里都有；要紧的另行登记"
            )

"""A person's Word file before it is frozen: what must not go out is left behind and told, or refused with the way out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from liangqing.base.codes import Code
from liangqing.base.diagnostics import Diagnostic, Place, Problems, error, warning
from liangqing.base.docx_zip import Package, W, ZipEntry, packed, read_package, write_package
from liangqing.base.word_places import word_places
from liangqing.base.word_styles import Styles, merged
from liangqing.base.wordprocessingml import WP, is_on, value_of
from liangqing.engine.admission.admit import admitted
from liangqing.engine.parts.relations import (
    TYPES_PART,
    Relation,
    content_type,
    open_types,
    override_xml,
    read_relations,
    relations_data,
    relations_name,
    target_part,
)
from liangqing.engine.remarks import without_remarks
from liangqing.engine.strip_authors import without_traces

_STORIES = ("document.main+xml", "header+xml", "footer+xml", "footnotes+xml", "endnotes+xml")
_SHOWN = tuple(f"{W}{name}" for name in ("t", "sym", "drawing", "pict", "object"))
_WAYS = {
    Code.REVISIONS_ACCEPTED: (
        Code.EDITED_WITH_CHANGES,
        "在 Word“审阅”里接受或拒绝全部修订，保存，再印发",
    ),
    Code.REMARKS_LEFT_BEHIND: (
        Code.EDITED_WITH_REMARKS,
        "看过了的，在 Word“审阅”里删除全部批注，保存，再印发",
    ),
}
_SHOW = "要发的取消隐藏（“开始→字体”去掉“隐藏”），不要的删去，保存，再印发"
_PROPERTIES = ("core-properties", "extended-properties", "custom-properties")
_TRACES = {b"rsid": "每次保存的编号", b":author=": "改的人"}


def fit_to_go_out(docx: bytes, place: Place) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """The file without what must not go out, and what was left behind.

    Raises Problems with all that changes what a reader sees, so that a person has to settle it in Word: tracked changes,
    comments, hidden text, macros, objects.
    """
    package = read_package(docx, place.file)
    found = admitted(package, called="草稿")
    remarks = without_remarks(found.package)
    problems = [*found.refused, *_unsettled(remarks.warnings), *_hidden(remarks.package)]
    if problems:
        raise Problems(dict.fromkeys(problems))
    told = (*found.told, *_traces(package, place))
    fit = without_traces(remarks.package)
    return write_package(map(ZipEntry, fit.parts.values())), told


def with_properties_of(docx: bytes, ours: bytes) -> bytes:
    """A Word file that says of itself (title, mark of a form) what another one says, and nothing else."""
    package, other = read_package(docx, "草稿"), read_package(ours, "文书")
    relations = [relation for relation in read_relations(package, "") if not _tells(relation)]
    told = [relation for relation in read_relations(other, "") if _tells(relation)]
    gone = {target_part("", relation) for relation in read_relations(package, "") if _tells(relation)}
    added = [target_part("", relation) for relation in told]
    gone.update(added)
    parts = {name: part for name, part in package.parts.items() if name not in gone}
    parts |= {name: other.parts[name] for name in added}
    types = "".join(override_xml(name, content_type(other, name)) for name in added)
    parts[TYPES_PART] = packed(TYPES_PART, f"{open_types(package, gone)}{types}</Types>".encode())
    named = [replace(relation, id=f"rIdOfPaper{number}") for number, relation in enumerate(told, 1)]
    parts[relations_name("")] = packed(relations_name(""), relations_data([*relations, *named]))
    return write_package(map(ZipEntry, parts.values()))


def _tells(relation: Relation) -> bool:
    return relation.kind.endswith(_PROPERTIES)


def _unsettled(warnings: list[Diagnostic]) -> Iterator[Diagnostic]:
    """Tracked changes and comments: of a template they may be left, of a paper it must be known which words go out."""
    for found in warnings:
        if found.code in _WAYS:
            code, way = _WAYS[found.code]
            said = found.message.partition("：")[0].removesuffix("，不带出去")
            yield error(code, found.place, f"草稿{said}，先不印发", way)


def _traces(package: Package, place: Place) -> Iterator[Diagnostic]:
    """Who worked on the file, and when: one warning of all."""
    whole = [part.data for name, part in package.parts.items() if name.endswith(".xml")]
    names = [name for sign, name in _TRACES.items() if any(sign in data for data in whole)]
    names += list(_persons(package))
    if names:
        message = f"草稿里记着{'、'.join(dict.fromkeys(names))}，不带出去"
        yield warning(Code.TRACES_LEFT_BEHIND, place, message, "不用改；存档和发出的都不带")


def _persons(package: Package) -> Iterator[str]:
    words = {
        "creator": "作者",
        "lastModifiedBy": "最后保存者",
        "Company": "单位",
        "Manager": "主管",
        "Template": "所用模板",
    }
    for relation in read_relations(package, ""):
        part = target_part("", relation)
        if _tells(relation) and part in package.parts:
            for child in package.root(part).iter(etree.Element):
                name = etree.QName(child).localname
                if name in words and (child.text or "").strip():
                    yield words[name]


# ------------------------------------------------------------ hidden text


def _hidden(package: Package) -> Iterator[Diagnostic]:
    """What stands in the file and nobody sees: text, rows of tables, drawings; once a story, at the first place."""
    named = next((name for name, kind in package.types.items() if kind.endswith(".styles+xml")), "")
    styles = package.root(named) if named in package.parts else None
    by_style = styles is not None and b"vanish" in package.parts[named].data
    for part, kind in package.types.items():
        if not kind.endswith(_STORIES) or part not in package.parts:
            continue
        data = package.parts[part].data
        if by_style or any(sign in data for sign in (b"vanish", b"hidden")):
            yield from _hidden_in(package.root(part), Styles(styles), package.name)


def _hidden_in(root: etree._Element, styles: Styles, file: str) -> Iterator[Diagnostic]:
    places = dict(word_places(root))
    found = [element for element in root.iter(etree.Element) if _is_hidden(element, styles)]
    if found:
        around = (*found[0].iterancestors(f"{W}p"), *found[0].iter(f"{W}p"))
        detail = next((places[home] for home in around if home in places), "")
        more = f"（共 {len(found)} 处）" if len(found) > 1 else ""
        message = f"草稿里有隐藏的文字、行或图形{more}，印出来看不见，收到文件的人能看见"
        yield error(Code.EDITED_WITH_HIDDEN_TEXT, Place(file, detail=detail), message, _SHOW)


def _is_hidden(element: etree._Element, styles: Styles) -> bool:
    if element.tag == f"{W}r":
        return next(element.iter(*_SHOWN), None) is not None and _vanishes(element, styles)
    if element.tag == f"{W}tr":
        switch = element.find(f"{W}trPr/{W}hidden")
        return switch is not None and is_on(switch.get(f"{W}val"))
    if element.tag == f"{WP}docPr":
        return element.get("hidden", "0") not in ("0", "false")
    return "visibility:hidden" in element.get("style", "").replace(" ", "")


def _vanishes(run: etree._Element, styles: Styles) -> bool:
    own = run.find(f"{W}rPr")
    paragraph = next(run.iterancestors(f"{W}p"), None)
    table = next(run.iterancestors(f"{W}tbl"), None)
    base = styles.run_properties(
        value_of(paragraph, "pPr/pStyle"), value_of(own, "rStyle"), value_of(table, "tblPr/tblStyle")
    )
    found = merged([own], base).get("vanish")
    return found is not None and is_on(found.get("val"))

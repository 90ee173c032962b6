"""The conformance table: cases of conformance/*.yaml, what each must come to, and what it came to.

A case is a template in the notation of lint_template.py and line_pieces.py, and beside it:

| key | what it holds |
|---|---|
| 来源 | whose wish it is: `docxtpl#85`, an issue or pull request of a repository; Word, 自定, or the name of an engine |
| 主题 东亚语言 自动编号 | the Chinese fonts of the theme; the language that it is resolved for; true where lists are used |
| 按变量表 | true: names are checked against SCHEMA of lint_template.py |
| 数据 | the values; {图片: [width, height]}, {链接: [text, address]}, {项数: n} and {文件: a row} become what they say |
| 印出 | the lines of the paper, cells joined by `|` |
| 页眉印出 页脚印出 脚注印出 尾注印出 | the paragraphs there |
| 找 | pattern → all that it finds in the parts of the paper |
| 没有 | words that stand nowhere in the paper |
| 提醒 | the codes of what is told of a template that can be filled; none when it is not there |
| 拒绝 填写时拒绝 | codes: the template is refused; a code: filling it is |
| 说 | words of a message or an advice |
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from engine_docx import A_NS, XML, lines, png, story
from line_pieces import M
from lint_template import FILE, FILTERS, SCHEMA, made
from lxml import etree

from liangqing.base.diagnostics import Diagnostic, Problems
from liangqing.base.docx_zip import W
from liangqing.engine import Link, Picture, SubDocument, compile_template

FOLDER = Path(__file__).resolve().parent / "conformance"
REPOSITORIES = {
    "docxtpl": "elapouya/python-docx-template",
    "docxtemplater": "open-xml-templating/docxtemplater",
    "docx-templates": "guigrpa/docx-templates",
    "easy-template-x": "alonrbar/easy-template-x",
    "carbone": "carboneio/carbone",
}
ELSEWHERE = {"页眉印出": "header1", "页脚印出": "footer1", "脚注印出": "footnotes", "尾注印出": "endnotes"}
_LEVEL = '<w:lvl w:ilvl="{}"><w:start w:val="1"/></w:lvl>'
_NUMBERING = (
    f'<w:abstractNum w:abstractNumId="3">{_LEVEL.format(0)}{_LEVEL.format(1)}</w:abstractNum>'
    '<w:num w:numId="2"><w:abstractNumId w:val="3"/></w:num><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num>'
)


@dataclass(frozen=True)
class Outcome:
    """What became of a case. `refused`: why there is no paper; `filling`: whether the template itself was sound."""

    paper: bytes = b""
    told: list[Diagnostic] = field(default_factory=list)
    refused: list[Diagnostic] = field(default_factory=list)
    filling: bool = False

    @cached_property
    def parts(self) -> Mapping[str, str]:
        """Name → text of each part of the paper that is XML."""
        with zipfile.ZipFile(io.BytesIO(self.paper)) as archive:
            names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
            return {name: archive.read(name).decode() for name in names}

    def paragraphs(self, part: str) -> list[str]:
        """The words of each paragraph of a part, those of a text box apart and once."""
        root = etree.fromstring(self.parts[f"word/{part}.xml"].encode())
        found: dict[etree._Element, str] = {each: "" for each in root.iter(f"{W}p") if not _twin(each)}
        for text in root.iter(f"{W}t", f"{{{M}}}t"):
            paragraph = next(text.iterancestors(f"{W}p"))
            if paragraph in found:
                found[paragraph] += text.text or ""
        return list(found.values())


@dataclass(frozen=True)
class Case:
    """A row of the table. `chapter`: the name of its file, without its number."""

    chapter: str
    name: str
    row: Mapping[str, Any]

    @property
    def source(self) -> str:
        return str(self.row["来源"])

    @property
    def public(self) -> str:
        """The address of the report that the case is from; "" when it is from none."""
        owner, mark, number = self.source.partition("#")
        return f"https://github.com/{REPOSITORIES.get(owner, owner)}/issues/{number}" if mark else ""

    @cached_property
    def outcome(self) -> Outcome:
        """What becomes of it now."""
        schema = SCHEMA if self.row.get("按变量表") else None
        try:
            template = compile_template(made(_whole(self.row)), name=FILE, schema=schema, filters=FILTERS)
        except Problems as exc:
            return Outcome(refused=list(exc.diagnostics))
        try:
            paper = template.render(_value(self.row.get("数据", {})))
        except Problems as exc:
            return Outcome(told=list(template.warnings), refused=list(exc.diagnostics), filling=True)
        return Outcome(paper, list(template.warnings))

    def faults(self) -> Iterator[str]:
        """In what the outcome is not the one that the row tells; nothing when all is right."""
        wanted, out = self.row, self.outcome
        refused = sorted(_codes(wanted.get("拒绝", [])) + _codes(wanted.get("填写时拒绝", [])))
        yield from _unlike("拒绝", refused, sorted(each.code for each in out.refused))
        yield from _unlike("填写时拒绝", "填写时拒绝" in wanted, out.filling)
        said = "\n".join(f"{each.place}{each.message}{each.advice}" for each in (*out.refused, *out.told))
        if wanted.get("说", "") not in said:
            yield f"说：{said}"
        if not out.refused:
            yield from _unlike("提醒", wanted.get("提醒", []), [each.code for each in out.told])
            yield from self._printed()

    def _printed(self) -> Iterator[str]:
        out, whole = self.outcome, "\n".join(self.outcome.parts.values())
        if "印出" in self.row:
            yield from _unlike("印出", self.row["印出"], lines(out.paper))
        for key in ELSEWHERE.keys() & self.row.keys():
            yield from _unlike(key, self.row[key], out.paragraphs(ELSEWHERE[key]))
        for pattern, wanted in self.row.get("找", {}).items():
            yield from _unlike(pattern, wanted, re.findall(pattern, whole))
        yield from (f"有：{word}" for word in self.row.get("没有", []) if word in whole)


def cases() -> list[Case]:
    """All cases, in the order of the files and of the rows in them."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml"), key=lambda path: int(path.stem.partition("-")[0])):
        chapter = path.stem.partition("-")[2]
        found += [Case(chapter, name, row) for name, row in yaml.safe_load(path.read_text("utf-8")).items()]
    return found


def _twin(paragraph: etree._Element) -> bool:
    """Whether it is the copy of a text box that is for old readers."""
    return any(etree.QName(each).localname == "Fallback" for each in paragraph.iterancestors())


def _whole(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with the parts that its short keys stand for."""
    parts, relations = dict(row.get("部件", {})), list(row.get("关系", []))
    if "主题" in row:
        fonts = f"<a:majorFont/><a:minorFont>{row['主题']}</a:minorFont>"
        scheme = f"<a:themeElements><a:fontScheme>{fonts}</a:fontScheme></a:themeElements>"
        parts["word/theme/theme1.xml"] = f'{XML}<a:theme xmlns:a="{A_NS}">{scheme}</a:theme>'
        relations.append({"类型": "theme", "目标": "theme/theme1.xml"})
    if "东亚语言" in row:
        language = f'<w:themeFontLang w:eastAsia="{row["东亚语言"]}"/>'
        parts["word/settings.xml"] = story("settings", language)
    if row.get("自动编号"):
        parts["word/numbering.xml"] = story("numbering", _NUMBERING)
    return {**row, "部件": parts, **({"关系": relations} if relations else {})}


def _value(given: Any) -> Any:
    """A value of 数据 as the engine takes it."""
    match given:
        case {"图片": [width, height]}:
            return Picture(png(width, height), 30)
        case {"链接": [text, address]}:
            return Link(text, address)
        case {"文件": row}:
            return SubDocument(made(_whole(row)), "正文/甲.docx")
        case {"项数": number}:
            return [str(each) for each in range(number)]
        case dict():
            return {key: _value(each) for key, each in given.items()}
        case list():
            return [_value(each) for each in given]
    return given


def _codes(given: str | list[str]) -> list[str]:
    return [given] if isinstance(given, str) else given


def _unlike(what: str, wanted: object, found: object) -> Iterator[str]:
    if wanted != found:
        yield f"{what}：应为 {wanted!r}，实为 {found!r}"

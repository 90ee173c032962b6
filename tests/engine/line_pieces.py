"""Lines of a template in which more stands than text, for the corpora of YAML.

{行: pieces} is a paragraph of these, beside plain text, in which `¦` begins a new run:

| piece | what it is |
|---|---|
| {脚注: 1} {尾注: 1} | the reference of a note |
| {批注: 1, 文: text} | text with a comment |
| {插入: text} {删除: text} | tracked changes |
| {公式: text} | an equation, cut into runs at `¦` |
| {链接: text, 关系: r1} {链接: text, 书签: name} | a link to an address, or to a place of the document |
| {书签: name, 文: text} {书签始: name} {书签末: name} | a bookmark, or one of its ends |
| {域: code, 结果: text} {域始: code, 文: text} {域末: true} | a field, or one of its halves |
| {分页: page} | a break: page, column |
| {图形: 3} | a floating shape and its number |

Beside 行: 编号 the number of a list; 样式 the id of a style; 分节 the content of a section's properties;
段落标记已删 when its end was deleted with changes being tracked; 格式 further properties of the paragraph.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine_docx import A_NS

WHO = 'w:id="9" w:author="张三" w:date="2026-01-01T00:00:00Z"'
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
Piece = Mapping[str, Any]


def line(block: Mapping[str, Any]) -> str:
    """The XML of {行: pieces} and what stands beside it."""
    return f"<w:p>{_properties(block)}{''.join(map(piece, block['行']))}</w:p>"


def piece(given: str | Piece) -> str:
    """The XML of one piece."""
    if isinstance(given, str):
        return runs(given)
    return PIECES[next(iter(given))](given)


def runs(text: str, kind: str = "t") -> str:
    """Text, in a run for each part between `¦`; `kind`: t, delText."""
    return "".join(f'<w:r><w:{kind} xml:space="preserve">{each}</w:{kind}></w:r>' for each in text.split("¦"))


def _properties(block: Mapping[str, Any]) -> str:
    style = f'<w:pStyle w:val="{block["样式"]}"/>' if "样式" in block else ""
    number = block.get("编号")
    listed = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    mark = f"<w:rPr><w:del {WHO}/></w:rPr>" if block.get("段落标记已删") else ""
    section = f"<w:sectPr>{block['分节']}</w:sectPr>" if "分节" in block else ""
    inside = f"{style}{listed}{block.get('格式', '')}{mark}{section}"
    return f"<w:pPr>{inside}</w:pPr>" if inside else ""


def _note(kind: str) -> Callable[[Piece], str]:
    return lambda given: f'<w:r><w:{kind}Reference w:id="{next(iter(given.values()))}"/></w:r>'


def _commented(given: Piece) -> str:
    number = given["批注"]
    return (
        f'<w:commentRangeStart w:id="{number}"/>{runs(given["文"])}<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    )


def _equation(given: Piece) -> str:
    parts = "".join(f"<m:r><m:t>{each}</m:t></m:r>" for each in given["公式"].split("¦"))
    return f'<m:oMath xmlns:m="{M}">{parts}</m:oMath>'


def _link(given: Piece) -> str:
    where = f'r:id="{given["关系"]}"' if "关系" in given else f'w:anchor="{given["书签"]}"'
    return f"<w:hyperlink {where}>{runs(given['链接'])}</w:hyperlink>"


def _bookmark_number(name: str) -> int:
    """Of each name one."""
    return 100 + sum(map(ord, name)) % 900


def _bookmark_start(given: Piece) -> str:
    name = next(iter(given.values()))
    return f'<w:bookmarkStart w:id="{_bookmark_number(name)}" w:name="{name}"/>'


def _bookmark_end(given: Piece) -> str:
    return f'<w:bookmarkEnd w:id="{_bookmark_number(next(iter(given.values())))}"/>'


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _field_start(code: str) -> str:
    instruction = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return _mark("begin") + instruction + _mark("separate")


def shape(number: int, inside: str = "") -> str:
    """A floating shape as Word writes it: a line, or a text box around `inside`, the content of its w:txbxContent."""
    text = f"<wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx>" if inside else ""
    kind = ' txBox="1"' if inside else ""
    return (
        f'<w:r><w:drawing><wp:anchor xmlns:wp="{WP}" distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        'relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="900000" cy="300000"/><wp:wrapNone/><wp:docPr id="{number}" name="形状{number}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{A_NS}"><a:graphicData uri="{WPS}"><wps:wsp xmlns:wps="{WPS}"><wps:cNvSpPr{kind}/><wps:spPr>'
        '<a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="300000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"</wps:spPr>{text}<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


PIECES: Mapping[str, Callable[[Piece], str]] = {
    "脚注": _note("footnote"),
    "尾注": _note("endnote"),
    "批注": _commented,
    "插入": lambda given: f"<w:ins {WHO}>{runs(given['插入'])}</w:ins>",
    "删除": lambda given: f"<w:del {WHO}>{runs(given['删除'], 'delText')}</w:del>",
    "公式": _equation,
    "链接": _link,
    "书签": lambda given: _bookmark_start(given) + runs(given["文"]) + _bookmark_end(given),
    "书签始": _bookmark_start,
    "书签末": _bookmark_end,
    "域": lambda given: _field_start(given["域"]) + runs(given["结果"]) + _mark("end"),
    "域始": lambda given: _field_start(given["域始"]) + runs(given["文"]),
    "域末": lambda given: _mark("end"),
    "分页": lambda given: f'<w:r><w:br w:type="{given["分页"]}"/></w:r>',
    "图形": lambda given: shape(given["图形"]),
}

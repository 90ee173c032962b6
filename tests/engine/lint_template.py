"""Templates of the lint corpus: from a few lines of YAML to a .docx.

| key | what it holds |
|---|---|
| 正文 页眉 页脚 | blocks |
| 脚注 尾注 批注 | notes, each of them blocks |
| 属性 | name of the property → text |
| 样式 | 无中文字体, 主题字体: what the document's default font is |
| 关系 | relationships of the document: type, target, and 外部 when it leads out of the file |
| 部件 | further parts: name → content |

A block is a text (`¦` begins a new run), raw XML when it begins with `<w:`, or one of
{表: rows of cells}, {控件: blocks}, {文本框: blocks}, {删除: text}, {图: alternative text},
{段: text, 样式: …, 字样式: …}, {行: pieces} (line_pieces.py). A cell is a text or blocks; so is a note.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine_docx import CORE, OFFICE, STYLES, XML, p, package, story, zipped
from line_pieces import line

from liangqing.engine import Flag, List, Number, Record, Template, Text, compile_template

FILE = "templates/模板.docx"
UNIT: Record = Record(
    "单位",
    lambda: {
        "名称": Text(),
        "人数": Number(),
        "属实": Flag(),
        "名单": List(Text()),
        "上级": UNIT,
        "问题": List(FINDING),
    },
)
FINDING: Record = Record("问题", lambda: {"编号": Text(), "单位": UNIT, "数": Number(optional=True)})
PERSON = Record("联系人", lambda: {"姓名": Text()}, optional=True)
SCHEMA = Record(
    "整改函",
    lambda: {
        "单位": UNIT,
        "回复期限": Text(optional=True),
        "问题清单": List(FINDING),
        "联系人": PERSON,
        "文号": Text(optional=True),
    },
)
FILTERS = {"顿号": "、".join, "大写": str.upper}

_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_REFERENCES = "http://schemas.openxmlformats.org/package/2006/relationships"
_FONT = 'w:eastAsia="仿宋"'
_STYLES = {
    "无中文字体": STYLES.replace(f" {_FONT}", ""),
    "主题字体": STYLES.replace(_FONT, 'w:eastAsiaTheme="minorEastAsia"'),
}
_MARGINS = {"页眉": ("header1", "hdr"), "页脚": ("footer1", "ftr")}
_NOTES = {
    "脚注": ("footnotes", "footnote"),
    "尾注": ("endnotes", "endnote"),
    "批注": ("comments", "comment"),
}


def compiled(row: Mapping[str, Any]) -> Template:
    """The template that `row` describes; Problems with all that is wrong with it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "模板.docx")
        path.write_bytes(made(row))
        return compile_template(path, name=FILE, schema=SCHEMA, filters=FILTERS)


def made(row: Mapping[str, Any]) -> bytes:
    """The .docx that `row` describes."""
    parts: dict[str, str] = dict(row.get("部件", {}))
    for key, (name, root) in _MARGINS.items():
        if key in row:
            parts[f"word/{name}.xml"] = story(root, blocks(row[key]))
    for key, (name, element) in _NOTES.items():
        if key in row:
            notes = (
                f'<w:{element} w:id="{n}">{_some(each)}</w:{element}>' for n, each in enumerate(row[key], 1)
            )
            parts[f"word/{name}.xml"] = story(name, "".join(notes))
    for name, text in row.get("属性", {}).items():
        parts["docProps/core.xml"] = CORE.replace("title>", f"{name}>").replace("TITLE", text)
    if "关系" in row:
        parts["word/_rels/document.xml.rels"] = _relations(row["关系"])
    return zipped(package(blocks(row.get("正文", ["文"])), parts, _STYLES.get(row.get("样式", ""), STYLES)))


def blocks(given: list[Any]) -> str:
    """The XML of blocks."""
    return "".join(map(_block, given))


def _some(given: Any) -> str:
    """The XML of one block, or of several."""
    return blocks(given if isinstance(given, list) else [given])


def _block(block: Any) -> str:
    if isinstance(block, str):
        return block if block.startswith("<w:") else p(block)
    kind = next(iter(block))
    inner = block[kind]
    match kind:
        case "表":
            return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(map(_row, inner))}</w:tbl>"
        case "控件":
            return f"<w:sdt><w:sdtContent>{blocks(inner)}</w:sdtContent></w:sdt>"
        case "文本框":
            return f"<w:p><w:r>{_box(blocks(inner))}</w:r></w:p>"
        case "行":
            return line(block)
        case "删除":
            return f'<w:p><w:del w:id="1"><w:r><w:delText>{inner}</w:delText></w:r></w:del></w:p>'
        case "图":
            return f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{_WP}"><wp:docPr id="1" name="图" descr="{inner}"/></wp:inline></w:drawing></w:r></w:p>'
        case _:
            return _styled(inner, block)


def _row(cells: list[Any]) -> str:
    return "<w:tr>" + "".join(map(_cell, cells)) + "</w:tr>"


def _cell(cell: Any) -> str:
    if isinstance(cell, str) and cell.startswith("<w:tc>"):
        return cell
    return f"<w:tc><w:tcPr/>{_some(cell)}</w:tc>"


def _box(inner: str) -> str:
    """A text box as Word writes it: a second copy of its text is for old readers."""
    new = f'<w:drawing><wps:txbx xmlns:wps="{_WPS}"><w:txbxContent>{inner}</w:txbxContent></wps:txbx></w:drawing>'
    old = f"<w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict>"
    choice = f'<mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    return f'<mc:AlternateContent xmlns:mc="{_MC}">{choice}</mc:AlternateContent>'


def _styled(text: str, block: Mapping[str, str]) -> str:
    named = f'<w:pPr><w:pStyle w:val="{block["样式"]}"/></w:pPr>' if "样式" in block else ""
    run = f'<w:rPr><w:rStyle w:val="{block["字样式"]}"/></w:rPr>' if "字样式" in block else ""
    return p(text, named).replace("<w:r>", f"<w:r>{run}")


def _relations(rows: list[Mapping[str, Any]]) -> str:
    out = ""
    for number, row in enumerate(rows, 1):
        mode = ' TargetMode="External"' if row.get("外部") else ""
        out += f'<Relationship Id="r{number}" Type="{OFFICE}/{row["类型"]}" Target="{row["目标"]}"{mode}/>'
    return f'{XML}<Relationships xmlns="{_REFERENCES}">{out}</Relationships>'

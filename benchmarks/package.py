"""The letter as a .docx template: the parts of a file that Word has saved, with tags in the syntax of an engine."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.letter import BLOCKS, FOOTER, HEADER, Block, Condition, Paragraph, Rows
from benchmarks.syntaxes import Pieces, Syntax

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "application/vnd.openxmlformats-officedocument"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
FONTS = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋_GB2312"/>'
HINT = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'


def write(path: Path, syntax: Syntax) -> Path:
    """The template at `path`; the same bytes each time."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _parts(syntax).items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            archive.writestr(info, text.encode(), zipfile.ZIP_DEFLATED)
    return path


def _parts(syntax: Syntax) -> dict[str, str]:
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(_TOP),
        "docProps/core.xml": _CORE,
        "docProps/app.xml": _APP,
        "word/document.xml": _document(syntax),
        "word/_rels/document.xml.rels": _relations(_OF_DOCUMENT),
        "word/header1.xml": f"{XML}<w:hdr {NAMESPACES}>{_paragraph(HEADER, syntax)}</w:hdr>",
        "word/footer1.xml": f"{XML}<w:ftr {NAMESPACES}>{_paragraph(FOOTER, syntax)}</w:ftr>",
        "word/styles.xml": _styles(),
        "word/settings.xml": f'{XML}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        "</w:settings>",
        "word/fontTable.xml": f"{XML}<w:fonts {NAMESPACES}>{_fonts()}</w:fonts>",
    }


# ---------------------------------------------------------------- the document


def _document(syntax: Syntax) -> str:
    body = "".join(_block(block, syntax) for block in BLOCKS)
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId10"/><w:footerReference w:type="default" r:id="rId11"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588"'
        ' w:header="851" w:footer="1400" w:gutter="0"/></w:sectPr>'
    )
    return f"{XML}<w:document {NAMESPACES}><w:body>{body}{section}</w:body></w:document>"


def _block(block: Block, syntax: Syntax) -> str:
    if isinstance(block, Paragraph):
        return _paragraph(block, syntax)
    return _table(block, syntax) if isinstance(block, Rows) else _condition(block, syntax)


def _condition(block: Condition, syntax: Syntax) -> str:
    opening, closing = (_alone(tag) for tag in syntax.condition_tags(block))
    return f"{opening}{''.join(_paragraph(each, syntax) for each in block.paragraphs)}{closing}"


def _alone(tag: Pieces) -> str:
    return _p("Body", _tag(tag)) if tag else ""


def _table(rows: Rows, syntax: Syntax) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in rows.widths)
    head = _row(rows, [_run(text, bold=True) for text in rows.heads], repeats=True)
    before, after = ("".join(_tag_row(tag, rows)) for tag in syntax.row_tags(rows))
    opening, closing = (_tag(tag) for tag in syntax.cell_tags(rows))
    cells = [_value(name, rows.name, syntax) for name in rows.fields]
    cells[0], cells[-1] = opening + cells[0], cells[-1] + closing
    row = _row(rows, cells)
    if syntax.next_row is not None:
        row += _row(rows, [_tag(syntax.next_row(name, rows.name)) for name in rows.fields])
    properties = '<w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="5000" w:type="pct"/></w:tblPr>'
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{head}{before}{row}{after}</w:tbl>"


def _tag_row(tag: Pieces, rows: Rows) -> Iterator[str]:
    if tag:
        yield _row(rows, [_tag(tag), *("" for _ in rows.fields[1:])])


def _row(rows: Rows, cells: list[str], *, repeats: bool = False) -> str:
    """A row whose cells hold these runs; a head stands again on every page."""
    properties = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if repeats else ''}</w:trPr>"
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{_p("Cell", runs)}</w:tc>'
        for width, runs in zip(rows.widths, cells, strict=True)
    )
    return f"<w:tr>{properties}{made}</w:tr>"


def _paragraph(paragraph: Paragraph, syntax: Syntax) -> str:
    runs = []
    for index, piece in enumerate(re.split(r"\{(\w+)\}", paragraph.text)):
        if piece:
            runs.append(_value(piece, "", syntax) if index % 2 else _run(piece))
    return _p(paragraph.style, "".join(runs))


def _p(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{HINT}</w:pPr>{runs}</w:p>'


def _value(name: str, items: str, syntax: Syntax) -> str:
    pieces = syntax.value(name, items)
    return _field(pieces[0]) if syntax.fields else _tag(pieces)


def _tag(pieces: Pieces) -> str:
    """A tag cut over runs, its middle marked as misspelt."""
    opening, closing = '<w:proofErr w:type="spellStart"/>', '<w:proofErr w:type="spellEnd"/>'
    runs = [_run(piece) for piece in pieces]
    return "".join([*runs[:1], *(f"{opening}{run}{closing}" for run in runs[1:-1]), *runs[1:][-1:]])


def _field(name: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r>{HINT}<w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = f'<w:r>{HINT}<w:instrText xml:space="preserve"> MERGEFIELD {name} </w:instrText></w:r>'
    return mark("begin") + code + mark("separate") + _run(f"«{name}»") + mark("end")


def _run(text: str, *, bold: bool = False) -> str:
    properties = HINT.replace("/></w:rPr>", "/><w:b/></w:rPr>") if bold else HINT
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


# ---------------------------------------------------------------- the other parts

_OWN = (  # id, name, alignment, size in half-points, line in twips, first line indent in hundredths of a character
    ("Title", "公文标题", "center", 44, 600, 0),
    ("Lead", "公文抬头", "left", 30, 520, 0),
    ("Body", "公文正文", "both", 30, 520, 200),
    ("Right", "公文落款", "right", 30, 520, 0),
    ("Cell", "表格文字", "left", 18, 260, 0),
    ("Header", "header", "center", 18, 260, 0),
    ("Footer", "footer", "center", 18, 260, 0),
)
_FAMILIES = (
    "Light Shading|Light List|Light Grid|Medium Shading 1|Medium Shading 2|Medium List 1|Medium List 2|Medium Grid 1|"
    "Medium Grid 2|Medium Grid 3|Dark List|Colorful Shading|Colorful List|Colorful Grid|Grid Table 1 Light|Grid Table 2|"
    "Grid Table 3|Grid Table 4|Grid Table 5 Dark|Grid Table 6 Colorful|Grid Table 7 Colorful|List Table 1 Light|"
    "List Table 2|List Table 3|List Table 4|List Table 5 Dark|List Table 6 Colorful|List Table 7 Colorful"
).split("|")


def _styles() -> str:
    """As many styles as a file has that Word saved: our own, headings, contents, and the list of latent ones."""
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{FONTS}<w:kern w:val='2'/><w:sz w:val='21'/><w:lang w:val='en-US'"
        " w:eastAsia='zh-CN' w:bidi='ar-SA'/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    latent = "".join(
        f'<w:lsdException w:name="{family}{accent}" w:semiHidden="0" w:uiPriority="{60 + index}" w:unhideWhenUsed="0"/>'
        for index, family in enumerate(_FAMILIES)
        for accent in ("", *(f" Accent {number}" for number in range(1, 7)))
    )
    styles = [
        f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:rPr>{FONTS}</w:rPr></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>',
        '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr>'
        f"<w:tblBorders>{_borders()}</w:tblBorders></w:tblPr></w:style>",
        *(_style(*each) for each in _OWN),
        *(_style(f"Heading{n}", f"heading {n}", "both", 36 - n, 560, 0) for n in range(1, 10)),
        *(_style(f"TOC{n}", f"toc {n}", "left", 28, 560, 100 * n) for n in range(1, 10)),
    ]
    known = (
        f'<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:count="376">{latent}</w:latentStyles>'
    )
    return f"{XML}<w:styles {NAMESPACES}>{defaults}{known}{''.join(styles)}</w:styles>"


def _style(code: str, name: str, alignment: str, size: int, line: int, indent: int) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{code}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:spacing w:line="{line}" w:lineRule="exact"/><w:ind w:firstLineChars="{indent}"/><w:jc w:val="{alignment}"/>'
        f'</w:pPr><w:rPr>{FONTS}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)


def _fonts() -> str:
    names = ("Times New Roman", "宋体", "黑体", "仿宋_GB2312", "楷体_GB2312", "方正小标宋简体")
    return "".join(f'<w:font w:name="{name}"><w:pitch w:val="variable"/></w:font>' for name in names)


_CORE = (
    f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    '<dc:title>整改函</dc:title><dcterms:created xsi:type="dcterms:W3CDTF">2021-01-04T00:00:00Z</dcterms:created>'
    "</cp:coreProperties>"
)
_APP = f'{XML}<Properties xmlns="{R.replace("relationships", "extended-properties")}"><Application>Word</Application></Properties>'

_TOP = (
    ("rId1", f"{R}/officeDocument", "word/document.xml"),
    ("rId2", f"{RELATIONS}/metadata/core-properties", "docProps/core.xml"),
    ("rId3", f"{R}/extended-properties", "docProps/app.xml"),
)
_OF_DOCUMENT = (
    ("rId1", f"{R}/styles", "styles.xml"),
    ("rId2", f"{R}/settings", "settings.xml"),
    ("rId3", f"{R}/fontTable", "fontTable.xml"),
    ("rId10", f"{R}/header", "header1.xml"),
    ("rId11", f"{R}/footer", "footer1.xml"),
)


def _relations(rows: tuple[tuple[str, str, str], ...]) -> str:
    made = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in rows
    )
    return f'{XML}<Relationships xmlns="{RELATIONS}">{made}</Relationships>'


def _content_types() -> str:
    word = {
        "document": "document.main", "header1": "header", "footer1": "footer", "styles": "styles",
        "settings": "settings", "fontTable": "fontTable",
    }  # fmt: skip
    overrides = {
        **{f"/word/{name}.xml": f"{OFFICE}.wordprocessingml.{kind}+xml" for name, kind in word.items()},
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": f"{OFFICE}.extended-properties+xml",
    }
    rows = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )

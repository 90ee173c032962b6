"""Letters as an office has them, in the bytes that its programs write; each says what the letter of the manual says.

`word_365`: a new document of a Chinese Word 365, all in the fonts of its theme, its lines cut by revision numbers, by spelling
and by language. `old_wps`: a letter of some years ago, made in WPS by hand: red head and red line as drawings, fonts
named on every run, full-width blanks for indents, the number of the letter in a table, the date pushed right by blanks.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{_OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" mc:Ignorable="w14 w15"'
)
_PARTS = {
    "styles": f"{_KIND}.wordprocessingml.styles+xml",
    "settings": f"{_KIND}.wordprocessingml.settings+xml",
    "theme/theme1": f"{_KIND}.theme+xml",
    "header1": f"{_KIND}.wordprocessingml.header+xml",
    "header2": f"{_KIND}.wordprocessingml.header+xml",
    "footer1": f"{_KIND}.wordprocessingml.footer+xml",
}
HEAD = "桂林市纪委监委派驻市生态环境局纪检监察组"


def word_365(lines: Sequence[str]) -> bytes:
    """A new Word document with a paragraph for each of `lines`."""
    body = "".join(_line_of_word(number, text) for number, text in enumerate(lines))
    section = (
        '<w:sectPr w:rsidR="00E7541A"><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1800" w:bottom="1440"'
        ' w:left="1800" w:header="851" w:footer="992" w:gutter="0"/><w:cols w:space="425"/><w:docGrid w:type="lines" w:linePitch="312"/></w:sectPr>'
    )
    defaults = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia"'
        ' w:hAnsiTheme="minorHAnsi" w:cstheme="minorBidi"/><w:kern w:val="2"/><w:sz w:val="22"/><w:szCs w:val="24"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:spacing w:after="160" w:line="278" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="a0"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/><w:basedOn w:val="a"/><w:next w:val="a"/><w:pPr><w:jc w:val="center"/></w:pPr>'
        '<w:rPr><w:rFonts w:asciiTheme="majorHAnsi" w:eastAsiaTheme="majorEastAsia" w:hAnsiTheme="majorHAnsi" w:cstheme="majorBidi"/>'
        '<w:sz w:val="56"/></w:rPr></w:style>'
    )
    settings = (
        '<w:zoom w:percent="100"/><w:proofState w:spelling="clean" w:grammar="clean"/><w:defaultTabStop w:val="420"/><w:rsids>'
        '<w:rsidRoot w:val="00E7541A"/><w:rsid w:val="003C1B2D"/></w:rsids><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
    )
    parts = {
        "document": f"<w:body>{body}{section}</w:body>",
        "styles": defaults,
        "settings": settings,
        "theme/theme1": _theme("等线 Light", "等线"),
    }
    return _zipped(parts)


def old_wps(lines: Sequence[str]) -> bytes:
    """An old letter with a red head, a red line under it, and everything formed by hand; `lines` as the manual has them."""
    number, title, receiver, *text, group, day = lines
    blank = "　　"
    paragraphs = [
        _formed(_box(HEAD), '<w:spacing w:line="1500" w:lineRule="exact"/>'),
        _number_table(number),
        _formed(_red_line(), '<w:spacing w:line="300" w:lineRule="exact"/>'),
        _formed("", ""),
        *(_formed(_by_hand(part, "方正小标宋_GBK", 44), '<w:jc w:val="center"/>') for part in (title,)),
        _formed("", ""),
        _formed(_by_hand(receiver, "仿宋_GB2312", 32), '<w:spacing w:line="560" w:lineRule="exact"/>'),
        *(
            _formed(_by_hand(blank + each, "仿宋_GB2312", 32), '<w:spacing w:line="560" w:lineRule="exact"/>')
            for each in text
        ),
        _formed("", ""),
        _formed(_by_hand("　" * 12 + group, "仿宋_GB2312", 32), ""),
        _formed(_by_hand("　" * 16 + day, "仿宋_GB2312", 32), ""),
    ]
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rheader1"/><w:headerReference w:type="even" r:id="rheader2"/>'
        '<w:footerReference w:type="default" r:id="rfooter1"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1417" w:gutter="0"/>'
        '<w:cols w:space="0" w:num="1"/><w:docGrid w:type="lines" w:linePitch="312" w:charSpace="0"/></w:sectPr>'
    )
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体" w:cs="Times New Roman"/>'
        "</w:rPr></w:rPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="1"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:jc w:val="both"/></w:pPr>'
        '<w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="宋体" w:cs="Times New Roman"/><w:kern w:val="2"/><w:sz w:val="21"/></w:rPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="2"><w:name w:val="Default Paragraph Font"/></w:style>'
    )
    page = (
        '<w:p><w:pPr><w:framePr w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:xAlign="outside" w:y="1"/></w:pPr>'
        '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
    )
    parts = {
        "document": f"<w:body>{''.join(paragraphs)}{section}</w:body>",
        "styles": styles,
        "settings": '<w:bordersDoNotSurroundHeader w:val="0"/><w:evenAndOddHeaders/><w:defaultTabStop w:val="420"/>',
        "theme/theme1": _theme("宋体", "宋体"),
        "header1": "<w:p/>",
        "header2": "<w:p/>",
        "footer1": page,
    }
    return _zipped(parts)


# ---------------------------------------------------------------- lines


def _line_of_word(number: int, text: str) -> str:
    """A paragraph as Word saves it after it was typed, looked over and typed on."""
    style = (
        '<w:pPr><w:pStyle w:val="a3"/><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr></w:pPr>'
        if number == 1
        else ""
    )
    middle = len(text) // 2
    first = f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>{text[:2]}</w:t></w:r><w:proofErr w:type="gramStart"/>'
    second = f'<w:r w:rsidR="003C1B2D"><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>{text[2:middle]}</w:t></w:r><w:proofErr w:type="gramEnd"/>'
    third = f'<w:r w:rsidRPr="003C1B2D"><w:rPr><w:lang w:eastAsia="zh-CN"/></w:rPr><w:t>{text[middle:]}</w:t></w:r>'
    mark = '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>' if number == 2 else ""
    return f'<w:p w14:paraId="{number + 0x1A2B0000:08X}" w14:textId="77777777" w:rsidR="00E7541A" w:rsidRDefault="00E7541A">{style}{first}{second}{mark}{third}</w:p>'


def _formed(content: str, properties: str) -> str:
    return f'<w:p><w:pPr>{properties}<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr></w:pPr>{content}</w:p>'


def _by_hand(text: str, font: str, size: int) -> str:
    """Text whose font stands on each of its runs; WPS cuts it where digits begin and end."""
    form = (
        f'<w:rFonts w:hint="eastAsia" w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
    )
    sizes = f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    pieces: list[str] = []
    run = ""
    for sign in text:
        if run and sign.isdecimal() != run[-1].isdecimal():
            pieces, run = [*pieces, run], ""
        run += sign
    runs = (
        f'<w:r><w:rPr>{form}{sizes}<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr><w:t xml:space="preserve">{piece}</w:t></w:r>'
        for piece in (*pieces, run)
    )
    return "".join(runs)


def _box(text: str) -> str:
    """A text box with red words; its second copy is for old readers."""
    words = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:rFonts w:eastAsia="方正小标宋_GBK"/><w:color w:val="FF0000"/><w:sz w:val="36"/></w:rPr><w:t>{text}</w:t></w:r></w:p>'
    inside = f"<w:txbxContent>{words}</w:txbxContent>"
    shape = _drawing(
        1,
        5600000,
        900000,
        f'<wps:cNvSpPr txBox="1"/><wps:spPr>{_placed(600000)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>{inside}</wps:txbx><wps:bodyPr/>',
    )
    old = f'<w:pict><v:shape id="文本框1" style="width:441pt;height:71pt"><v:textbox>{inside}</v:textbox></v:shape></w:pict>'
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>'


def _red_line() -> str:
    line = '<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="25400"><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></a:ln>'
    shape = _drawing(2, 5600000, 0, f"<wps:cNvCnPr/><wps:spPr>{_placed(0)}{line}</wps:spPr><wps:bodyPr/>")
    old = '<w:pict><v:line id="直线2" from="0,0" to="441pt,0" strokecolor="red" strokeweight="2pt"/></w:pict>'
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>'


def _placed(height: int) -> str:
    return f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="5600000" cy="{height}"/></a:xfrm>'


def _drawing(number: int, width: int, height: int, inside: str) -> str:
    uri = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    where = '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
    return (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="251659264" behindDoc="0"'
        f' locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>{where}<wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:wrapNone/><wp:docPr id="{number}" name="图形{number}"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{uri}">'
        f"<wps:wsp>{inside}</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )


def _number_table(number: str) -> str:
    """The number of the letter at the right, in a table without lines."""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph}</w:tc>'
        for width, paragraph in (
            (4400, _formed("", "")),
            (4400, _formed(_by_hand(number, "仿宋_GB2312", 32), '<w:jc w:val="right"/>')),
        )
    )
    grid = '<w:tblGrid><w:gridCol w:w="4400"/><w:gridCol w:w="4400"/></w:tblGrid>'
    return f'<w:tbl><w:tblPr><w:tblW w:w="8800" w:type="dxa"/></w:tblPr>{grid}<w:tr>{cells}</w:tr></w:tbl>'


# ---------------------------------------------------------------- the file


def _theme(major: str, minor: str) -> str:
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/><a:font script="Jpan" typeface="游明朝"/>'
        f'<a:font script="Hans" typeface="{face}"/></a:{kind}Font>'
        for kind, face in (("major", major), ("minor", minor))
    )
    return f'<a:themeElements><a:fontScheme name="Office">{fonts}</a:fontScheme></a:themeElements>'


_ROOTS = {"theme/theme1": "a:theme", "header1": "w:hdr", "header2": "w:hdr", "footer1": "w:ftr"}


def _zipped(contents: Mapping[str, str]) -> bytes:
    kinds = {"theme/theme1": "theme", "header1": "header", "header2": "header", "footer1": "footer"}
    rows = "".join(
        f'<Relationship Id="r{name.partition("/")[0]}" Type="{_OFFICE}/{kinds.get(name, name)}" Target="{name}.xml"/>'
        for name in contents
        if name != "document"
    )
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_PARTS[name]}"/>'
        for name in contents
        if name != "document"
    )
    main = (
        f'<Override PartName="/word/document.xml" ContentType="{_KIND}.wordprocessingml.document.main+xml"/>'
    )
    usual = (
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    head = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{usual}{main}{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{head}</Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>',
        **{
            f"word/{name}.xml": f"<{_ROOTS.get(name, f'w:{name}')} {_SPACES}>{content}</{_ROOTS.get(name, f'w:{name}')}>"
            for name, content in contents.items()
        },
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, _XML + text)
    return out.getvalue()

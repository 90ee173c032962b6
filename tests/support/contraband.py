"""What must not come out in a paper: payloads, a Word file that carries one in a place of its own, and a scanner of what came out.

The scanner knows nothing of the product's list; it has its own.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from lxml import etree

EVIL = "evil"  # every payload says it, and nothing else does
SHOWN = "显示的字"  # what a field shows
W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MS = "http://schemas.microsoft.com/office"
NAMES = (
    f'xmlns:w="{W_NS}" xmlns:r="{OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)
PLACES = ("正文", "页眉", "页脚", "脚注", "文本框")
_PART = {"正文": "document", "文本框": "document", "页眉": "header1", "页脚": "footer1", "脚注": "footnotes"}
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + bytes(20)
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"evil" * 20


@dataclass(frozen=True)
class Payload:
    """`xml` goes into a paragraph, `blocks` before it; `relations` (id, kind, target, external) are those of the part around.

    `of_package` are relationships of the package, `of_settings` those of settings.xml, whose content `settings` is.
    """

    name: str
    xml: str = ""
    blocks: str = ""
    relations: tuple[tuple[str, str, str, bool], ...] = ()
    of_package: tuple[tuple[str, str, str, bool], ...] = ()
    of_settings: tuple[tuple[str, str, str, bool], ...] = ()
    settings: str = ""
    parts: Mapping[str, bytes] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    shows: bool = False  # SHOWN must come out all the same


def docx(payload: Payload, place: str = "正文", words: str = "文") -> bytes:
    """A Word file of one paragraph in each place, that carries a payload."""
    inside = {name: f"<w:p><w:r><w:t>{name}</w:t></w:r></w:p>" for name in PLACES}
    inside[place] = f"{payload.blocks}<w:p><w:r><w:t>甲</w:t></w:r>{payload.xml}</w:p>"
    box = f"<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{inside['文本框']}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    margins = '<w:headerReference w:type="default" r:id="h"/><w:footerReference w:type="default" r:id="f"/>'
    texts = {
        "document": f"<w:body>{inside['正文']}{box}<w:p><w:r><w:t>{words}</w:t></w:r></w:p><w:sectPr>{margins}</w:sectPr></w:body>",
        "header1": inside["页眉"],
        "footer1": inside["页脚"],
        "footnotes": f'<w:footnote w:id="2">{inside["脚注"]}</w:footnote>',
        "settings": payload.settings,
        "styles": '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia="仿宋"/></w:rPr></w:rPrDefault></w:docDefaults>',
    }
    roots = {"header1": "hdr", "footer1": "ftr"}
    own = {
        "h": ("header", "header1.xml"), "f": ("footer", "footer1.xml"), "n": ("footnotes", "footnotes.xml"),
        "s": ("settings", "settings.xml"), "y": ("styles", "styles.xml"),
    }  # fmt: skip
    rows: dict[str, list[tuple[str, str, str, bool]]] = {name: [] for name in texts}
    rows["document"] += [(key, f"{OFFICE}/{kind}", target, False) for key, (kind, target) in own.items()]
    rows[_PART[place]] += payload.relations
    rows["settings"] += payload.of_settings
    main = ("m", f"{OFFICE}/officeDocument", "word/document.xml", False)
    files = {
        f"word/{name}.xml": f"<w:{roots.get(name, name)} {NAMES}>{text}</w:{roots.get(name, name)}>".encode()
        for name, text in texts.items()
    }
    files["_rels/.rels"] = _relations([main, *payload.of_package])
    files |= {f"word/_rels/{name}.xml.rels": _relations(found) for name, found in rows.items() if found}
    files |= payload.parts
    kinds = {f"word/{name}.xml": f"{WORD}.{_kind(name)}+xml" for name in texts} | dict(payload.types)
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.'
        'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Default Extension="bin" ContentType="application/octet-stream"/>{overrides}</Types>'
    )
    return zipped({"[Content_Types].xml": types.encode(), **files})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _kind(name: str) -> str:
    return {"document": "document.main", "header1": "header", "footer1": "footer"}.get(name, name)


def _relations(rows: list[tuple[str, str, str, bool]]) -> bytes:
    inner = "".join(
        f"<Relationship Id={quoteattr(key)} Type={quoteattr(kind)} Target={quoteattr(target)}"
        + (' TargetMode="External"/>' if external else "/>")
        for key, kind, target, external in rows
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'.encode()


# ---------------------------------------------------------------- fields


def run(inside: str) -> str:
    return f"<w:r>{inside}</w:r>"


def char(kind: str) -> str:
    return run(f'<w:fldChar w:fldCharType="{kind}"/>')


def code(*pieces: str, tag: str = "instrText") -> str:
    return "".join(run(f'<w:{tag} xml:space="preserve">{piece}</w:{tag}>') for piece in pieces)


def shown(text: str = SHOWN) -> str:
    return run(f"<w:t>{text}</w:t>")


def whole(inside: str, result: str = "") -> str:
    """A field with this code (runs) and this result."""
    return char("begin") + inside + char("separate") + (result or shown()) + char("end")


FETCHING = {
    "INCLUDETEXT": '"//evil/a.docx"', "INCLUDEPICTURE": '"http://evil/a.png" \\d', "DDE": "cmd evil a", "DDEAUTO": "cmd evil a",
    "LINK": 'Excel.Sheet.12 "//evil/a.xlsx" "" \\a', "EMBED": "Evil.Sheet.12", "DATABASE": '\\d "//evil/a.mdb"',
    "IMPORT": '"//evil/a.wmf"', "AUTOTEXT": "evil", "AUTOTEXTLIST": '"evil" \\s', "RD": '"//evil/a.docx"', "QUOTE": '"evil"',
    "SET": 'evil "a"', "ASK": 'evil "?"', "FILLIN": '"evil?"', "PRINT": '"evil"', "ADDIN": "evil", "HTMLCONTROL": "evil",
    "CONTROL": "evil", "PRIVATE": "evil", "MERGEFIELD": "evil", "DOCVARIABLE": "evil", "GLOSSARY": "evil", "NEXTIF": '1 = 1 "evil"',
}  # fmt: skip
PERSONAL = {
    "USERNAME": "evil", "USERINITIALS": "evil", "USERADDRESS": '"evil"', "AUTHOR": "evil", "LASTSAVEDBY": "\\* evil",
    "FILENAME": "\\p evil", "TEMPLATE": "\\p evil", "INFO": "Author evil", "DOCPROPERTY": "Company evil", "COMMENTS": "evil",
    "FILESIZE": "\\k evil", "REVNUM": "\\* evil", "EDITTIME": "\\* evil",
    "DATE": '\\@ "yyyy evil"', "TIME": '\\@ "HH evil"', "SAVEDATE": '\\@ "evil"', "CREATEDATE": '\\@ "evil"', "PRINTDATE": '\\@ "evil"',
}  # fmt: skip
ADDRESSES = (
    "file:///C:/evil.docx", "FILE://evil/a", "javascript:evil()", "JavaScript:evil()", "java\tscript:evil()", "vbscript:evil",
    "\\\\evil\\share\\a.docx", "//evil/share", "data:text/html,evil", "ms-word:ofe|u|http://evil/a.docx", "ms-excel:ofe|u|evil",
    "ms-msdt:/id evil", "search-ms:query=evil", "ldap://evil", "ftp://evil/a", "evil.docx", "../evil.docx", "C:\\evil.exe",
    " javascript:evil", "javascript%3Aevil", "mhtml:http://evil", "onenote:evil", "tel:evil", "about:evil", "view-source:evil",
    "mailto:a@b?attach=C:\\evil", "mailto:a@b?body=evil", "https://evil:evil@h/",
)  # fmt: skip


def fields() -> Iterator[Payload]:
    """Every kind of field, each in every way in which a file may hold it."""
    for name, rest in (FETCHING | PERSONAL).items():
        words = f" {name} {rest} ".replace("&", "&amp;")
        half = len(name) // 2 + 1
        ways = {
            "整段": whole(code(words)),
            "简单": f"<w:fldSimple w:instr={quoteattr(words)}>{shown()}</w:fldSimple>",
            "拆开": whole(code(words[:half], words[half : half + 1], words[half + 1 :])),
            "小写": whole(code(f"\u3000\t{name.lower()}\u00a0{rest}")),
            "普通文字": whole(run(f'<w:t xml:space="preserve">{words}</w:t>')),
            "删除的": f'<w:del w:id="9" w:author="甲">{char("begin")}{code(words, tag="delInstrText")}{char("end")}</w:del>{shown()}',
            "在判断里": whole(code(" IF 1 = 1 &quot;") + whole(code(words), shown("内")) + code("&quot; ")),
            "在引用里": whole(code(" REF ") + whole(code(words), shown("内"))),
            "没有结尾": char("begin") + code(words) + shown(),
            "没有开头": code(words) + shown(),
        }
        for way, xml in ways.items():
            yield Payload(f"域 {name} {way}", xml, shows=True)
    yield Payload("按钮", char("begin") + code(f" MACROBUTTON evil {SHOWN}") + char("end"), shows=True)
    yield Payload("跳转按钮", char("begin") + code(" GOTOBUTTON evil ", SHOWN) + char("end"), shows=True)
    for address in ADDRESSES:
        typed = address.replace("\\", "\\\\")
        yield Payload(f"域 HYPERLINK {address}", whole(code(f' HYPERLINK "{typed}" ')), shows=True)
    built = code(" HYPERLINK ") + whole(code(" QUOTE evil "), shown("http://a"))
    yield Payload("域 HYPERLINK 拼出来的地址", whole(built), shows=True)
    yield Payload("域的数据", whole(run("<w:fldData>evil</w:fldData>") + code(" PAGE ")), shows=True)
    form = "<w:ffData><w:name w:val='a'/><w:entryMacro w:val='evil'/><w:exitMacro w:val='evil'/></w:ffData>"
    begin = run(f'<w:fldChar w:fldCharType="begin">{form}</w:fldChar>')
    yield Payload(
        "窗体域的宏", begin + code(" FORMTEXT ") + char("separate") + shown() + char("end"), shows=True
    )


# ---------------------------------------------------------------- links, pictures, objects


def _shape(attributes: str, inner: str = "") -> str:
    return run(f"<w:pict><v:shape {attributes}>{inner}</v:shape></w:pict>")


def _blip(attributes: str, more: str = "") -> str:
    blip = f"<pic:pic><pic:blipFill><a:blip {attributes}><a:extLst>{more}</a:extLst></a:blip></pic:blipFill></pic:pic>"
    data = f'<a:graphic><a:graphicData uri="p">{blip}</a:graphicData></a:graphic>'
    return run(f'<w:drawing><wp:inline><wp:docPr id="7" name="图"/>{data}</wp:inline></w:drawing>')


def links() -> Iterator[Payload]:
    """Links of words, pictures and old shapes, to wherever no link may lead."""
    link = f"{OFFICE}/hyperlink"
    for address in ADDRESSES:
        given = (("x", link, address, True),)
        yield Payload(
            f"链接 {address}", f'<w:hyperlink r:id="x">{shown()}</w:hyperlink>', relations=given, shows=True
        )
    given = (("x", link, "file:///evil", True),)
    for name in ("hlinkClick", "hlinkHover"):
        clicked = f'<w:drawing><wp:inline><wp:docPr id="7" name="图"><a:{name} r:id="x" action="evil"/></wp:docPr></wp:inline></w:drawing>'
        yield Payload(f"图片链接 {name}", run(clicked), relations=given)
    yield Payload("没有人用的链接", relations=given)
    yield Payload(
        "书签的名字是地址", f'<w:hyperlink w:anchor="file:///evil">{shown()}</w:hyperlink>', shows=True
    )
    for attributes in (
        'href="file:///evil"',
        'o:href="//evil/a"',
        'href="javascript:evil()"',
        'o:althref="\\\\evil\\a"',
    ):
        yield Payload(f"图形 {attributes}", _shape(attributes))
    yield Payload("图形填充的图", _shape('id="a"', '<v:fill src="http://evil/a.png"/>'))
    yield Payload("图形里的图", _shape('id="a"', '<v:imagedata src="http://evil/a.png"/>'))
    for name in ("imagedata", "fill", "stroke"):
        yield Payload(f"图形 {name} 的来处", _shape('id="a"', f'<v:{name} o:href="http://evil/a.png"/>'))
    yield Payload(
        "链接的去处",
        f'<w:hyperlink w:anchor="a" w:docLocation="file:///evil">{shown()}</w:hyperlink>',
        shows=True,
    )
    film = '<a:ext uri="{1}"><f:webVideoPr xmlns:f="f" embeddedHtml="evil" h="1" w="1"/></a:ext>'
    yield Payload(
        "网上的录像",
        _blip('r:embed="y"', film),
        relations=(("y", f"{OFFICE}/image", "media/a.png", False),),
        parts={"word/media/a.png": PNG},
    )
    image = f"{OFFICE}/image"
    far, near = ("x", image, "http://evil/a.png", True), ("y", image, "media/a.png", False)
    yield Payload("链接的图片", _blip('r:link="x"'), relations=(far,))
    yield Payload(
        "链接又存了的图片",
        _blip('r:embed="y" r:link="x"'),
        relations=(far, near),
        parts={"word/media/a.png": PNG},
    )
    yield Payload("xml:base", f'<w:r xml:base="http://evil/">{shown()[5:]}', shows=True)
    tag = f'<w:smartTag w:uri="evil" w:element="PersonName"><w:smartTagPr><w:attr w:name="evil" w:val="a"/></w:smartTagPr>{shown()}</w:smartTag>'
    yield Payload("智能标记", tag, shows=True)
    bound = '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/evil" w:storeItemID="{1}"/></w:sdtPr><w:sdtContent>%s</w:sdtContent></w:sdt>'
    yield Payload("绑定的控件", bound % shown(), shows=True)
    yield Payload("注释", f"<!-- evil -->{shown()}", shows=True)


def objects() -> Iterator[Payload]:
    """What is embedded, under its own name and under others."""
    old = '<w:object><o:OLEObject Type="Embed" ProgID="Evil" r:id="x"/></w:object>'
    kinds = {
        "oleObject": OFFICE, "package": OFFICE, "image": OFFICE, "chart": OFFICE, "header": OFFICE, "font": OFFICE,
        "customXml": OFFICE, "evilKind": "http://evil",
    }  # fmt: skip
    for kind, space in kinds.items():
        for ending in ("bin", "png", "xml"):
            given = (("x", f"{space}/{kind}", f"embeddings/evil.{ending}", False),)
            parts = {f"word/embeddings/evil.{ending}": OLE}
            if ending == "xml":
                parts = {"word/embeddings/evil.xml": b"<evil/>"}
            if (kind, ending) != ("header", "xml"):  # that is what a header may be
                yield Payload(f"对象 {kind} .{ending}", run(old), relations=given, parts=parts)
                yield Payload(f"没有人用的对象 {kind} .{ending}", relations=given, parts=parts)
    linked = '<w:object><o:OLEObject Type="Link" ProgID="Evil" UpdateMode="Always" r:id="x"/></w:object>'
    yield Payload(
        "链接的对象", run(linked), relations=(("x", f"{OFFICE}/oleObject", "file:///evil.xlsx", True),)
    )
    chunk = (("x", f"{OFFICE}/aFChunk", "evil.html", False),)
    yield Payload(
        "插进的文件", blocks='<w:altChunk r:id="x"/>', relations=chunk, parts={"word/evil.html": b"evil"}
    )
    sub = (("x", f"{OFFICE}/subDocument", "file:///evil.docx", True),)
    yield Payload("子文档", blocks='<w:subDoc r:id="x"/>', relations=sub)
    active = (("x", f"{OFFICE}/control", "activeX/evil.xml", False),)
    control = '<w:object><w:control r:id="x" w:name="evil"/></w:object>'
    yield Payload("ActiveX", run(control), relations=active, parts={"word/activeX/evil.xml": b"<evil/>"})
    png = (("x", f"{OFFICE}/image", "media/evil.png", False),)
    for name, data in {
        "OLE": OLE,
        "ZIP": b"PK\3\4evil",
        "程序": b"MZevil",
        "SVG": b"<svg>evil</svg>",
        "网页": b"<html>evil",
    }.items():
        yield Payload(
            f"图片其实是{name}", _blip('r:embed="x"'), relations=png, parts={"word/media/evil.png": data}
        )


# ---------------------------------------------------------------- parts and settings


def parts() -> Iterator[Payload]:
    """What goes with a file and shows nowhere."""
    for name, kind, part in (
        ("宏", f"{MS}/2006/relationships/vbaProject", "vbaProject.bin"),
        ("宏换了名", f"{MS}/2006/relationships/vbaProject", "media/evil.bin"),
        ("宏换了类", f"{OFFICE}/image", "vbaProject.bin"),
        ("构建基块", f"{OFFICE}/glossaryDocument", "glossary/evil.xml"),
        ("人员", f"{MS}/2011/relationships/people", "people.xml"),
        ("打印机", f"{OFFICE}/printerSettings", "evil.bin"),
        ("快捷键", f"{MS}/2006/relationships/keyMapCustomizations", "customizations.xml"),
        ("附带数据", f"{OFFICE}/customXml", "../customXml/item1.xml"),
        ("任务", f"{MS}/2019/05/relationships/documenttasks", "evil.xml"),
    ):
        path = part.removeprefix("../") if part.startswith("..") else f"word/{part}"
        data = b"<evil/>" if part.endswith("xml") else OLE
        yield Payload(name, relations=(("x", kind, part, False),), parts={path: data})
    for name, kind, part in (
        ("功能区", f"{MS}/2006/relationships/ui/extensibility", "customUI/customUI.xml"),
        ("功能区 2010", f"{MS}/2007/relationships/ui/extensibility", "customUI/customUI14.xml"),
        ("敏感度标签", f"{MS}/2020/02/relationships/classificationlabels", "docMetadata/LabelInfo.xml"),
        ("签名", f"{PACKAGE}/relationships/digital-signature/origin", "_xmlsignatures/origin.sigs"),
        ("缩略图", f"{PACKAGE}/relationships/metadata/thumbnail", "docProps/thumbnail.jpeg"),
        ("第二个正文", f"{OFFICE}/officeDocument", "evil/document.xml"),
    ):
        yield Payload(name, of_package=(("x", kind, part, False),), parts={part: b"<evil/>"})
    yield Payload("没有人提到的文件", parts={"word/evil.bin": OLE, "evil.txt": b"evil"})
    macros = {"word/media/a.bin": "application/vnd.ms-office.vbaProject"}
    yield Payload("没有人提到的宏", parts={"word/media/a.bin": OLE}, types=macros)
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="v">'
        '<property fmtid="{1}" pid="2" name="MSIP_Label_evil"><vt:lpwstr>evil</vt:lpwstr></property>'
        '<property fmtid="{1}" pid="3" name="经办人"><vt:lpwstr>evil</vt:lpwstr></property></Properties>'
    )
    yield Payload(
        "自定义属性",
        of_package=(("x", f"{OFFICE}/custom-properties", "docProps/custom.xml", False),),
        parts={"docProps/custom.xml": custom.encode()},
        types={"docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml"},
    )
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>evil</dc:creator><dc:description>evil</dc:description>'
        "<cp:lastModifiedBy>evil</cp:lastModifiedBy></cp:coreProperties>"
    )
    yield Payload(
        "作者",
        of_package=(("x", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core9.xml", False),),
        parts={"docProps/core9.xml": core.encode()},
        types={"docProps/core9.xml": "application/vnd.openxmlformats-package.core-properties+xml"},
    )
    for name, inside, kind in (
        ("附加的模板", '<w:attachedTemplate r:id="x"/>', "attachedTemplate"),
        (
            "邮件合并",
            '<w:mailMerge><w:connectString w:val="evil"/><w:dataSource r:id="x"/></w:mailMerge>',
            "mailMergeSource",
        ),
        ("转换", '<w:saveThroughXslt r:id="x" w:solutionID="evil"/>', "transform"),
    ):
        given = (("x", f"{OFFICE}/{kind}", "file:///C:/evil.dotx", True),)
        yield Payload(name, settings=inside, of_settings=given)
    yield Payload("文档变量", settings='<w:docVars><w:docVar w:name="evil" w:val="evil"/></w:docVars>')
    yield Payload("修订编号", settings='<w:rsids><w:rsidRoot w:val="00ev1levil"/></w:rsids>')
    yield Payload("文件编号", settings='<w15:docId w15:val="{evil}"/>')


def payloads(place: str = "") -> list[Payload]:
    """All of them; for one place, of each field two of its ways, so that the five places have them all."""
    found = list(fields())
    if place:
        at = PLACES.index(place)
        found = [payload for number, payload in enumerate(found) if number % len(PLACES) == at]
    return [*found, *links(), *objects(), *parts()]


def in_utf16(data: bytes) -> bytes:
    """A Word file whose parts are written in UTF-16, so that nobody finds anything by its bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name, text in files.items():
        if name.startswith("word/") and name.endswith((".xml", ".rels")):
            files[name] = ('<?xml version="1.0" encoding="UTF-16"?>' + text.decode()).encode("utf-16")
    return zipped(files)


# ---------------------------------------------------------------- the scanner

_KINDS = re.compile(
    r".*/(officeDocument|header|footer|footnotes|endnotes|styles|settings|numbering|fontTable|theme|webSettings|image|"
    r"hyperlink|chart|core-properties|extended-properties|custom-properties)"
)
_FIELDS = re.compile("|".join((*FETCHING, *PERSONAL, "MACROBUTTON", "GOTOBUTTON")), re.IGNORECASE)
_EVIL = (EVIL.encode(), EVIL.encode("utf-16-le"), EVIL.encode("utf-16-be"))
_FETCHED = "{urn:schemas-microsoft-com:office:office}href"
_GOOD = re.compile(r"(https?://(?!.*@)|mailto:(?!.*[?&](attach|body|cc|bcc)=))", re.IGNORECASE)
_ELEMENTS = (
    "OLEObject control altChunk subDoc attachedTemplate mailMerge docVars dataBinding frameset entryMacro exitMacro "
    "fldData saveThroughXslt rsids docId smartTag".split()
)


def leaks(data: bytes) -> list[str]:
    """What of a Word file must not be in a paper."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            inside = archive.read(name)
            if (
                EVIL in name.lower()
                or EVIL.encode() in inside.lower()
                or EVIL.encode("utf-16-le") in inside.lower()
            ):
                found.append(f"{name}: {EVIL}")
            if inside.startswith((OLE[:8], b"MZ")) or b"<!DOCTYPE" in inside:
                found.append(f"{name}: no part of a text")
            if name.endswith((".xml", ".rels")):
                found += [f"{name}: {fault}" for fault in _faults(etree.fromstring(inside), name)]
    return found


def _faults(root: etree._Element, name: str) -> Iterator[str]:
    codes = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            yield "a remark"
            continue
        word = etree.QName(element).localname
        if word == "Relationship":
            yield from _fault_of_relation(element)
        if word in _ELEMENTS:
            yield word
        if word in ("instrText", "delInstrText"):
            codes.append(element.text or "")
        if element.get(_FETCHED) is not None:
            yield f"{_FETCHED}={element.get(_FETCHED)}"
        attributes = {etree.QName(key).localname: str(element.get(key)) for key in element.attrib}
        codes.append(attributes.get("instr", ""))
        for local, value in attributes.items():
            if local in ("src", "base", "althref") or (local == "href" and not _GOOD.match(value)):
                yield f"{local}={value}"
    if _FIELDS.search("".join(codes)):
        yield f"field {' '.join(codes)}"


def _fault_of_relation(relation: etree._Element) -> Iterator[str]:
    kind, target = relation.get("Type", ""), relation.get("Target", "")
    external = relation.get("TargetMode") == "External"
    if not _KINDS.fullmatch(kind):
        yield f"kind {kind}"
    if (external or kind.endswith("hyperlink")) and not (kind.endswith("hyperlink") and _GOOD.match(target)):
        yield f"target {target}"

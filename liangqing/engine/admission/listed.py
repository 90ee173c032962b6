"""The list: what a Word file may hold that goes into a paper. What does not stand here is left behind, or refuses the file.

Parts. A part comes along when a relationship of a kind in `KINDS` leads to it from a part that comes along, and when its
content type is one of those of that kind; a picture must begin as a picture does. So it matters neither what a part is
called nor where it lies in the file. Harmless to leave are the parts of `LEFT`: the text reads the same without them.
What `MACROS` and `OBJECTS` name would be missed or does things, and refuses the file.

Fields. A field of Word is a code of which the file keeps the last result. `FIELDS` are those whose result follows from the
text of the paper itself. All others become the text that they show:

| fields | why not |
|---|---|
| INCLUDETEXT INCLUDEPICTURE DDE DDEAUTO LINK EMBED DATABASE IMPORT RD AUTOTEXT AUTOTEXTLIST GLOSSARY | fetch what lies elsewhere |
| MACROBUTTON GOTOBUTTON ADDIN CONTROL HTMLCONTROL PRINT PRIVATE QUOTE SET | do something, or put together what does |
| ASK FILLIN MERGEFIELD MERGEREC MERGESEQ NEXT NEXTIF SKIPIF DOCVARIABLE ADDRESSBLOCK GREETINGLINE | ask whoever opens the paper, or a list |
| USERNAME USERINITIALS USERADDRESS AUTHOR LASTSAVEDBY FILENAME FILESIZE TEMPLATE INFO DOCPROPERTY COMMENTS | tell who, where and what of the file |
| DATE TIME CREATEDATE SAVEDATE PRINTDATE EDITTIME REVNUM NUMWORDS NUMCHARS | change by themselves: a paper that is out says another day tomorrow |

A field in whose code another one stands that is not listed is not listed either; HYPERLINK is by its address, which must stand
there as it is.

Addresses. A link leads into the web, to a mailbox or to a bookmark of the same file.
"""

from __future__ import annotations

import re

from liangqing.base.docx_zip import OFFICE, WORD_MAIN

FIELDS = frozenset(
    "PAGE NUMPAGES SECTION SECTIONPAGES "  # pages
    "REF PAGEREF NOTEREF FTNREF STYLEREF SEQ "  # what stands elsewhere in the same text
    "TOC TC TOA TA INDEX XE LISTNUM AUTONUM AUTONUMLGL AUTONUMOUT "  # contents, lists, numbers
    "TITLE SUBJECT KEYWORDS "  # what the program writes into the file itself
    "= IF COMPARE EQ SYMBOL ADVANCE SHAPE DISPLAYBARCODE "  # worked out of what stands in the code
    "FORMTEXT FORMCHECKBOX FORMDROPDOWN".split()  # filled in by hand
)
LINK_FIELD = "HYPERLINK"
BUTTONS = ("MACROBUTTON", "GOTOBUTTON")  # they show the end of their code, and have no result
_WHY = {
    "会去取别处的内容": "INCLUDETEXT INCLUDEPICTURE INCLUDE DDE DDEAUTO LINK EMBED DATABASE IMPORT RD AUTOTEXT AUTOTEXTLIST GLOSSARY",
    "会执行命令或宏": "MACROBUTTON GOTOBUTTON ADDIN CONTROL HTMLCONTROL PRINT PRIVATE QUOTE SET",
    "会向打开文件的人或名单要内容": "ASK FILLIN MERGEFIELD MERGEREC MERGESEQ NEXT NEXTIF SKIPIF DOCVARIABLE ADDRESSBLOCK GREETINGLINE",
    "会印出人名、文件名或文件的位置": (
        "USERNAME USERINITIALS USERADDRESS AUTHOR LASTSAVEDBY FILENAME FILESIZE TEMPLATE INFO DOCPROPERTY COMMENTS"
    ),
    "会自己变": "DATE TIME CREATEDATE SAVEDATE PRINTDATE EDITTIME REVNUM NUMWORDS NUMCHARS",
    "指着不许带的地方": LINK_FIELD,
}
_REASONS = {name: why for why, names in _WHY.items() for name in names.split()}

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_DRAWN = "application/vnd.openxmlformats-officedocument.drawingml."
_MS11 = "http://schemas.microsoft.com/office/2011/relationships"
PLAIN = frozenset(("application/xml", "text/xml"))  # programs that give parts no type of their own
OF_OFFICE = (
    "{http://schemas.openxmlformats.org/",
    "{http://schemas.microsoft.com/office/",
)  # what its XML is made of
PICTURES = frozenset(
    f"image/{name}" for name in "png x-png jpeg jpg pjpeg gif bmp x-bmp tiff x-emf emf x-wmf wmf".split()
)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PHOTO = "image/vnd.ms-photo"
_FONTS = frozenset(("application/vnd.openxmlformats-officedocument.obfuscatedFont", "application/x-fontdata"))


def _xml(*types: str) -> frozenset[str]:
    return PLAIN.union(types)


_BESIDE_MAIN = (
    "styles settings numbering fontTable webSettings header footer footnotes endnotes comments".split()
)
_DIAGRAMS = {
    "diagramData": "Data",
    "diagramLayout": "Layout",
    "diagramQuickStyle": "Style",
    "diagramColors": "Colors",
}
# Kind of relationship → the content types that it may lead to. Comments pass: `without_remarks` takes them out and tells.
KINDS: dict[str, frozenset[str]] = {
    f"{OFFICE}/officeDocument": _xml(WORD_MAIN, f"{_WORD}template.main+xml"),
    **{f"{OFFICE}/{name}": _xml(f"{_WORD}{name}+xml") for name in _BESIDE_MAIN},
    f"{_MS11}/commentsExtended": _xml(f"{_WORD}commentsExtended+xml"),
    "http://schemas.microsoft.com/office/2016/09/relationships/commentsIds": _xml(f"{_WORD}commentsIds+xml"),
    "http://schemas.microsoft.com/office/2018/08/relationships/commentsExtensible": _xml(
        f"{_WORD}commentsExtensible+xml"
    ),
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects": _xml(
        "application/vnd.ms-word.stylesWithEffects+xml"
    ),
    f"{OFFICE}/theme": _xml("application/vnd.openxmlformats-officedocument.theme+xml"),
    f"{OFFICE}/themeOverride": _xml("application/vnd.openxmlformats-officedocument.themeOverride+xml"),
    f"{OFFICE}/font": _FONTS,
    f"{OFFICE}/image": PICTURES,
    "http://schemas.microsoft.com/office/2007/relationships/hdphoto": frozenset((PHOTO,)),
    f"{OFFICE}/chart": _xml(f"{_DRAWN}chart+xml"),
    f"{OFFICE}/package": frozenset((WORKBOOK,)),  # of a chart alone
    f"{OFFICE}/chartUserShapes": _xml(f"{_DRAWN}chartshapes+xml"),
    f"{_MS11}/chartStyle": _xml("application/vnd.ms-office.chartstyle+xml"),
    f"{_MS11}/chartColorStyle": _xml("application/vnd.ms-office.chartcolorstyle+xml"),
    **{f"{OFFICE}/{kind}": _xml(f"{_DRAWN}diagram{name}+xml") for kind, name in _DIAGRAMS.items()},
    "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing": _xml(
        "application/vnd.ms-office.drawingml.diagramDrawing+xml"
    ),
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties": _xml(
        "application/vnd.openxmlformats-package.core-properties+xml"
    ),
    f"{OFFICE}/extended-properties": _xml(
        "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    ),
    f"{OFFICE}/custom-properties": _xml(
        "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    ),
}
MAIN, LINK, IMAGE, PACKAGE, CHART, FONT = (
    f"{OFFICE}/{name}" for name in ("officeDocument", "hyperlink", "image", "package", "chart", "font")
)
# What a part that no relationship leads to may be: some programs leave relationships out.
LOOSE = frozenset(kind for types in KINDS.values() for kind in types if kind.endswith("+xml"))
LOOSE_NAME = re.compile(
    r"docProps/(core|app|custom)\.xml|word/(charts/chart\d*|theme/theme\d*|(header|footer)\d*|"
    r"styles|settings|numbering|fontTable|footnotes|endnotes|comments)\.xml"
)

# The last word of a kind, in small letters → what a Chinese Word calls it; "" is not told: nobody put it there.
LEFT = {
    "thumbnail": "", "people": "", "person": "", "documenttasks": "", "webextensiontaskpanes": "加载项",
    "attachedtemplate": "", "mailmergesource": "", "mailmergeheadersource": "",  # told each by itself
    "mailmergerecipientdata": "邮件合并的收件人名单", "recipientdata": "邮件合并的收件人名单",
    "glossarydocument": "构建基块（自动图文集）", "customxml": "", "customxmlprops": "",  # programs add these by themselves
    "printersettings": "打印机设置", "classificationlabels": "敏感度标签", "extensibility": "自定义功能区",
    "userxmlcustomization": "自定义功能区", "attachedtoolbars": "自定义工具栏", "keymapcustomizations": "自定义快捷键",
    "frame": "框架网页", "transform": "XSLT 转换", "attachedschema": "附加的 XML 架构",
    "externallinkpath": "外部链接", "origin": "数字签名", "signature": "数字签名", "certificate": "数字签名",
}  # fmt: skip
# What a text can do without although it names it: it shows something else in its place.
SPARED = {
    "image": "同一张图的另一种存法", "oleobject": "图表连着的工作簿", "package": "图表里的工作簿",
    "externallinkpath": "图表连着的工作簿",
}  # fmt: skip
SOURCES = {
    "attachedtemplate": "文件是从模板「{}」新建的",
    "mailmergesource": "文件连着邮件合并的数据源「{}」",
    "mailmergeheadersource": "文件连着邮件合并的数据源「{}」",
}
MERGED = "邮件合并的设置"
MACROS = frozenset(("vbaproject", "wordvbadata", "vbaprojectsignature", "vbaprojectsignatureagile"))
OBJECTS = frozenset(("oleobject", "control", "activexcontrolbinary", "afchunk", "subdocument", "package"))
_MACRO_TYPES = ("vbaproject", "vbadata", "macroenabled")
_OLE, _ZIP, _PROGRAM = bytes.fromhex("d0cf11e0a1b11ae1"), b"PK\3\4", b"MZ"
DISGUISED = (_OLE, _ZIP, _PROGRAM)  # how objects and programs begin
_PICTURE = re.compile(
    b"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|BM|II\\*\0|MM\0\\*|II\xbc|\xd7\xcd\xc6\x9a|[\1\2]\0\x09\0"
    b"|\1\0\0\0.{36} EMF",
    re.DOTALL,
)
# No name and password before a host; a letter that a link begins has a subject at most: nothing attached, nobody added.
_ADDRESS = re.compile(
    r"https?://[^/\\\s@?#]+(?:[/?#].*)?|mailto:[^/\\\s?]+(?:\?subject=[^&]*)?", re.IGNORECASE | re.DOTALL
)


def is_allowed_address(address: str) -> bool:
    """Whether a link may lead there: into the web, to a mailbox, to a bookmark of the same file, or nowhere."""
    if any(ord(sign) < 32 or ord(sign) == 127 for sign in address):
        return False
    if address.startswith("#"):
        return not any(sign in address for sign in ":\\")  # no bookmark has one, and every other address
    return not address or _ADDRESS.fullmatch(address) is not None


def why_not(field: str) -> str:
    """Why a field is not listed, in the words of an office."""
    return _REASONS.get(field, "不是排版用的域")


def is_macro_type(content_type: str) -> bool:
    """Whether a part of this type holds macros, or a document that may run some."""
    return any(word in content_type.lower() for word in _MACRO_TYPES)


def is_picture(data: bytes) -> bool:
    """Whether a file begins as pictures do that Word draws."""
    return _PICTURE.match(data) is not None


def last_word(kind: str) -> str:
    """Of the URI of a kind its last word, in small letters."""
    return kind.rstrip("/").rpartition("/")[2].lower()

"""A .docx of WordprocessingML that a test writes out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
STRICT_R = "http://purl.oclc.org/ooxml/officeDocument/relationships"
NAMES = (
    f"xmlns:w='{W}' xmlns:r='{R}' xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    " xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'"
    " xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'"
    " xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'"
    " xmlns:wpg='http://schemas.microsoft.com/office/word/2010/wordprocessingGroup'"
    " xmlns:v='urn:schemas-microsoft-com:vml' xmlns:o='urn:schemas-microsoft-com:office:office'"
)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
KINDS = ("styles", "settings", "numbering", "theme", "header", "footer")
THEME = (
    "<a:theme {names}><a:themeElements><a:fontScheme name='甲'>"
    "<a:majorFont><a:latin typeface='Cambria'/><a:ea typeface=''/><a:font script='Hans' typeface='宋体'/></a:majorFont>"
    "<a:minorFont><a:latin typeface='Calibri'/><a:ea typeface='等线'/></a:minorFont>"
    "</a:fontScheme></a:themeElements></a:theme>"
)


def docx(
    body: str, parts: Mapping[str, str] = {}, *, content_type: str = MAIN, strict: bool = False
) -> bytes:
    """A package whose document holds `body`; `parts` by kind, such as styles: "<w:style …/>"."""
    written = {"document": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"}
    roots = {"header": "hdr", "footer": "ftr"}
    for name, content in parts.items():
        kind = name.rstrip("0123456789")
        root = roots.get(kind, kind)
        written[name] = content if kind == "theme" else f"<w:{root} {NAMES}>{content}</w:{root}>"
    relations = "".join(
        f"<Relationship Id='{name}' Type='{R}/{name.rstrip('0123456789')}' Target='{name}.xml'/>"
        for name in written
        if name != "document"
    )
    space = "http://schemas.openxmlformats.org/package/2006"
    overrides = "".join(
        f"<Override PartName='/word/{name}.xml' ContentType='{_type(name.rstrip('0123456789'))}'/>"
        for name in written
        if name != "document"
    )
    files = {
        "[Content_Types].xml": f"<Types xmlns='{space}/content-types'><Default Extension='rels' ContentType="
        "'application/vnd.openxmlformats-package.relationships+xml'/><Default Extension='xml' ContentType="
        f"'application/xml'/><Override PartName='/word/document.xml' ContentType='{content_type}'/>{overrides}</Types>",
        "_rels/.rels": f"<Relationships xmlns='{space}/relationships'><Relationship Id='r' "
        f"Type='{R}/officeDocument' Target='word/document.xml'/></Relationships>",
        "word/_rels/document.xml.rels": f"<Relationships xmlns='{space}/relationships'>{relations}</Relationships>",
        **{f"word/{name}.xml": content for name, content in written.items()},
    }
    if strict:
        files = {name: each.replace(W, STRICT_W).replace(R, STRICT_R) for name, each in files.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _type(kind: str) -> str:
    if kind == "theme":
        return "application/vnd.openxmlformats-officedocument.theme+xml"
    return f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"


def p(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"

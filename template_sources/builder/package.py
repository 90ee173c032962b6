"""A template as parts of a .docx: only what it needs, nothing of an application's default template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from xml.sax.saxutils import escape, quoteattr

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import NAMESPACE as NS
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from lxml import etree

from liangqing.base.docx_zip import ZipEntry, packed, write_package
from liangqing.engine.charts.chart_filling import CHART_TYPE
from liangqing.engine.charts.workbook import WORKBOOK_TYPE
from liangqing.gbt9704.fonts import TITLE
from liangqing.gbt9704.line_breaks import LANGUAGE, NOT_FIRST, NOT_LAST
from template_sources.builder.charts import Figure
from template_sources.builder.ooxml import fixed, x
from template_sources.builder.styles import FACES, Style, styles_xml
from template_sources.builder.units import LINE, Page

CUSTOM = "docProps/custom.xml"
CUSTOM_NS = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VARIANTS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of what a person defines
PREFIXES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
WORD_TYPES = {
    "document": CT.WML_DOCUMENT_MAIN,
    "styles": CT.WML_STYLES,
    "settings": CT.WML_SETTINGS,
    "fontTable": CT.WML_FONT_TABLE,
    "header": CT.WML_HEADER,
    "footer": CT.WML_FOOTER,
}


@dataclass
class Section:
    """Pages of one size. `headers` and `footers` by kind, in this order: even, default, first (first page alone).

    A section that is not the last ends in a paragraph.
    """

    page: Page
    headers: Mapping[str, str]
    footers: Mapping[str, str]
    blocks: list[str] = field(default_factory=list)

    def properties(self, references: Iterable[str]) -> str:
        """Size and white of the page, and a grid of lines only, which every viewer draws alike."""
        page = self.page
        sides = {name: getattr(page, name) for name in ("top", "right", "bottom", "left", "header", "footer")}
        return x(
            "w:sectPr",
            *references,
            x("w:pgSz", w=page.width, h=page.height, **({"orient": "landscape"} if page.landscape else {})),
            x("w:pgMar", **sides, gutter=0),
            x("w:titlePg") if "first" in self.headers else "",
            x("w:docGrid", type="lines", linePitch=LINE),
        )


@dataclass
class _Around:
    """Headers and footers as they are numbered into parts, and the relationships of the document."""

    relations: list[tuple[str, str]]
    parts: dict[str, str] = field(default_factory=dict)

    def references(self, section: Section) -> Iterator[str]:
        """Headers before footers: LibreOffice loses a first page's footer that comes earlier."""
        for what, relation, stories in (
            ("header", RT.HEADER, section.headers),
            ("footer", RT.FOOTER, section.footers),
        ):
            for kind, story in stories.items():
                name = f"{what}{sum(part.startswith(what) for part in self.parts) + 1}.xml"
                self.parts[name] = story
                self.relations.append((relation, name))
                yield f'<w:{what}Reference w:type="{kind}" r:id="rId{len(self.relations)}"/>'


def pack(
    sections: Sequence[Section],
    figures: Iterable[Figure],
    properties: Mapping[str, str],
    styles: Mapping[str, Style],
) -> bytes:
    """The .docx of a template, with the `figures` that stand in it; the same sections give the same bytes.

    `properties` are those of the file that Word shows under 自定义; the engine fills tags in them.
    """
    around = _Around(
        [(RT.STYLES, "styles.xml"), (RT.SETTINGS, "settings.xml"), (RT.FONT_TABLE, "fontTable.xml")]
    )
    differ = any("even" in section.footers for section in sections)
    word = {
        "document.xml": x("w:document", _body(sections, around)),
        "styles.xml": styles_xml(styles),
        "settings.xml": fixed(
            "settings.xml",
            odd_and_even=x("w:evenAndOddHeaders") if differ else "",
            language=LANGUAGE,
            not_first=quoteattr(NOT_FIRST),
            not_last=quoteattr(NOT_LAST),
        ),
        "fontTable.xml": fixed("fontTable.xml", 小标宋体次选=TITLE.second_best[0], **FACES),
        **around.parts,
    }
    charts = {figure: f"charts/chart{figure.number}.xml" for figure in figures}
    named = {figure.relation: (RT.CHART, name) for figure, name in charts.items()}
    outer = [(RT.OFFICE_DOCUMENT, "word/document.xml"), (RT.CORE_PROPERTIES, "docProps/core.xml")]
    parts = {
        "[Content_Types].xml": _content_types(word, list(charts.values()), custom=bool(properties)),
        "_rels/.rels": _relations(outer + [(RT.CUSTOM_PROPERTIES, CUSTOM)] * bool(properties)),
        "docProps/core.xml": fixed("core.xml"),
        **({CUSTOM: _custom(properties)} if properties else {}),
        "word/_rels/document.xml.rels": _relations(around.relations, named),
        **{f"word/{name}": root for name, root in word.items()},
    }
    data = {name: _serialised(root) for name, root in parts.items()}
    data |= chain.from_iterable(_chart(figure, name).items() for figure, name in charts.items())
    return write_package(ZipEntry(packed(name, content)) for name, content in data.items())


def _chart(figure: Figure, name: str) -> dict[str, bytes]:
    """A chart, its workbook, and what joins them."""
    made, book = figure.parts(), f"embeddings/chart{figure.number}.xlsx"
    joined = _relations([], {"rIdData": (RT.PACKAGE, f"../{book}")})
    return {
        f"word/{name}": made.chart,
        f"word/charts/_rels/chart{figure.number}.xml.rels": _serialised(joined),
        f"word/{book}": made.workbook,
    }


def _body(sections: Sequence[Section], around: _Around) -> str:
    *others, last = sections
    for section in others:
        properties = section.properties(around.references(section))
        section.blocks[-1] = section.blocks[-1].replace("</w:pPr>", f"{properties}</w:pPr>", 1)
    blocks = chain.from_iterable(section.blocks for section in sections)
    return x("w:body", *blocks, last.properties(around.references(last)))


def _custom(properties: Mapping[str, str]) -> str:
    """docProps/custom.xml; numbers of properties begin at 2."""
    rows = (
        x("property", x("vt:lpwstr", escape(value)), fmtid=PROPERTY_SET, pid=number, name=name)
        for number, (name, value) in enumerate(properties.items(), 2)
    )
    return f'<Properties xmlns="{CUSTOM_NS}" xmlns:vt="{VARIANTS}">{"".join(rows)}</Properties>'


def _content_types(word: Iterable[str], charts: Sequence[str], *, custom: bool) -> str:
    extensions = {"rels": CT.OPC_RELATIONSHIPS, "xml": CT.XML, **({"xlsx": WORKBOOK_TYPE} if charts else {})}
    kinds = {
        "/docProps/core.xml": CT.OPC_CORE_PROPERTIES,
        **{f"/word/{name}": WORD_TYPES[name.removesuffix(".xml").rstrip("0123456789")] for name in word},
        **{f"/word/{name}": CHART_TYPE for name in charts},
        **({f"/{CUSTOM}": CT.OFC_CUSTOM_PROPERTIES} if custom else {}),
    }
    defaults = (x("Default", Extension=extension, ContentType=kind) for extension, kind in extensions.items())
    overrides = (x("Override", PartName=name, ContentType=kind) for name, kind in kinds.items())
    return f'<Types xmlns="{NS.OPC_CONTENT_TYPES}">{"".join((*defaults, *overrides))}</Types>'


def _relations(rows: Iterable[tuple[str, str]], named: Mapping[str, tuple[str, str]] = {}) -> str:
    """Relationships, of kind and target; those that are not `named` are counted."""
    counted = {f"rId{number}": row for number, row in enumerate(rows, 1)}
    made = (
        x("Relationship", Id=name, Type=kind, Target=target)
        for name, (kind, target) in {**counted, **named}.items()
    )
    return f'<Relationships xmlns="{NS.OPC_RELATIONSHIPS}">{"".join(made)}</Relationships>'


def _serialised(xml: str) -> bytes:
    """A part; one of our prefixes has each of them that it uses declared at its root, where `mc:Choice` looks for it."""
    declared = "".join(f' xmlns:{prefix}="{name}"' for prefix, name in PREFIXES.items())
    root = etree.fromstring(xml.replace(">", f"{declared}>", 1) if xml.startswith("<w:") else xml)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)

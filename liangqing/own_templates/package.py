"""A paper as parts of a .docx: only what the paper needs, nothing of an application's default template."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import NAMESPACE as NS
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from lxml import etree

from liangqing.base.docx_zip import ZipEntry, packed, write_package
from liangqing.engine.charts.chart_filling import CHART_TYPE
from liangqing.engine.charts.workbook import WORKBOOK_TYPE
from liangqing.own_templates.drawing import NAMES
from liangqing.own_templates.figures import Figure
from liangqing.own_templates.markup import Element, R, W, w
from liangqing.own_templates.measures import LINE, Page
from liangqing.own_templates.settings import font_table, settings
from liangqing.own_templates.styles import styles

KINDS = ("even", "default", "first")
CUSTOM = "docProps/custom.xml"
CUSTOM_NS = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VARIANTS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of what a person defines
PREFIXES = {"w": W, "r": R, **NAMES}
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{{ 标题 }}</dc:title>'
    '<dc:language>zh-CN</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">2021-01-01T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">2021-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>'
)


@dataclass(frozen=True)
class Section:
    """Pages of one size. `headers` and `footers` by kind (even, default, first); none: as in the one before.

    A section that is not the last ends in a paragraph. The kind `first` gives the first page its own.
    """

    page: Page
    body: Iterable[Element]
    headers: Mapping[str, Element] = field(default_factory=dict)
    footers: Mapping[str, Element] = field(default_factory=dict)


@dataclass
class _Around:
    """Headers and footers as they are numbered into parts, and their relationships."""

    parts: dict[str, Element] = field(default_factory=dict)
    relations: list[tuple[str, str]] = field(default_factory=list)

    def references(self, section: Section) -> Iterator[Element]:
        """Headers before footers: LibreOffice loses a first page's footer that comes earlier."""
        for kind in (each for each in KINDS if each in section.headers):
            yield self._add("header", RT.HEADER, kind, section.headers[kind])
        for kind in (each for each in KINDS if each in section.footers):
            yield self._add("footer", RT.FOOTER, kind, section.footers[kind])

    def _add(self, what: str, relation: str, kind: str, root: Element) -> Element:
        name = f"{what}{sum(each.startswith(what) for each in self.parts) + 1}.xml"
        self.parts[name] = root
        self.relations.append((relation, name))
        reference = w(f"{what}Reference", type=kind)
        reference.set(f"{{{R}}}id", f"rId{len(self.relations)}")
        return reference


def pack(
    *sections: Section, figures: Sequence[Figure] = (), properties: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    """The .docx of a template, with the `figures` that stand in it; the same sections give the same bytes.

    `properties` are those of the file that Word shows under 自定义; the engine fills tags in them.
    """
    around = _Around()
    around.relations += [
        (RT.STYLES, "styles.xml"),
        (RT.SETTINGS, "settings.xml"),
        (RT.FONT_TABLE, "fontTable.xml"),
    ]
    document = w("document", _body(sections, around))
    word = {
        "document.xml": document,
        "styles.xml": styles(),
        "settings.xml": settings(odd_and_even=any("even" in each.footers for each in sections)),
        "fontTable.xml": font_table(),
        **around.parts,
    }
    charts = {each: f"charts/chart{each.number}.xml" for each in figures}
    parts = {
        "[Content_Types].xml": _content_types(word, charts.values(), custom=bool(properties)),
        "_rels/.rels": _relations(
            [
                (RT.OFFICE_DOCUMENT, "word/document.xml"),
                (RT.CORE_PROPERTIES, "docProps/core.xml"),
                *([(RT.CUSTOM_PROPERTIES, CUSTOM)] if properties else ()),
            ]
        ),
        "docProps/core.xml": etree.fromstring(CORE),
        **({CUSTOM: _custom(properties)} if properties else {}),
        "word/_rels/document.xml.rels": _relations(
            around.relations, {each.relation: (RT.CHART, name) for each, name in charts.items()}
        ),
        **{f"word/{name}": root for name, root in word.items()},
    }
    data = {name: _serialised(root) for name, root in parts.items()}
    for figure, name in charts.items():
        data |= _chart(figure, name)
    return write_package(ZipEntry(packed(name, each)) for name, each in data.items())


def _chart(figure: Figure, name: str) -> dict[str, bytes]:
    """A chart, its workbook, and what joins them."""
    made, book = figure.parts(), f"embeddings/chart{figure.number}.xlsx"
    return {
        f"word/{name}": made.chart,
        f"word/charts/_rels/chart{figure.number}.xml.rels": _serialised(
            _relations([], {"rIdData": (RT.PACKAGE, f"../{book}")})
        ),
        f"word/{book}": made.workbook,
    }


def _body(sections: tuple[Section, ...], around: _Around) -> Element:
    body = w("body")
    for section in sections:
        body.extend(section.body)
        properties = _section_properties(section, list(around.references(section)))
        (body if section is sections[-1] else body[-1][0]).append(properties)
    return body


def _section_properties(section: Section, references: list[Element]) -> Element:
    """Size and white of the page, and a grid of lines only, which every viewer draws alike."""
    page = section.page
    return w(
        "sectPr",
        *references,
        w("pgSz", w=page.width, h=page.height, **({"orient": "landscape"} if page.landscape else {})),
        w(
            "pgMar",
            top=page.top,
            right=page.right,
            bottom=page.bottom,
            left=page.left,
            header=page.header,
            footer=page.footer,
            gutter=0,
        ),
        w("titlePg") if "first" in {*section.headers, *section.footers} else None,
        w("docGrid", type="lines", linePitch=LINE),
    )


def _custom(properties: Mapping[str, str]) -> Element:
    """docProps/custom.xml; numbers of properties begin at 2."""
    root = etree.fromstring(f'<Properties xmlns="{CUSTOM_NS}" xmlns:vt="{VARIANTS}"/>')
    for number, (name, value) in enumerate(properties.items(), 2):
        each = etree.SubElement(
            root, f"{{{CUSTOM_NS}}}property", fmtid=PROPERTY_SET, pid=str(number), name=name
        )
        etree.SubElement(each, f"{{{VARIANTS}}}lpwstr").text = value
    return root


def _content_types(word: Mapping[str, Element], charts: Collection[str], *, custom: bool) -> Element:
    kinds = {
        "document": CT.WML_DOCUMENT_MAIN,
        "styles": CT.WML_STYLES,
        "settings": CT.WML_SETTINGS,
        "fontTable": CT.WML_FONT_TABLE,
        "header": CT.WML_HEADER,
        "footer": CT.WML_FOOTER,
    }
    root = etree.fromstring(f'<Types xmlns="{NS.OPC_CONTENT_TYPES}"/>')
    extensions = [("rels", CT.OPC_RELATIONSHIPS), ("xml", CT.XML)]
    for extension, kind in (*extensions, *([("xlsx", WORKBOOK_TYPE)] if charts else ())):
        etree.SubElement(root, f"{{{NS.OPC_CONTENT_TYPES}}}Default", Extension=extension, ContentType=kind)
    named = {f"/word/{name}": kinds[name.removesuffix(".xml").rstrip("0123456789")] for name in word}
    named |= {f"/word/{name}": CHART_TYPE for name in charts}
    named |= {f"/{CUSTOM}": CT.OFC_CUSTOM_PROPERTIES} if custom else {}
    for name, kind in {"/docProps/core.xml": CT.OPC_CORE_PROPERTIES, **named}.items():
        etree.SubElement(root, f"{{{NS.OPC_CONTENT_TYPES}}}Override", PartName=name, ContentType=kind)
    return root


def _relations(rows: Iterable[tuple[str, str]], named: Mapping[str, tuple[str, str]] = {}) -> Element:
    """Relationships, of kind and target; those that are not `named` are counted."""
    root = etree.fromstring(f'<Relationships xmlns="{NS.OPC_RELATIONSHIPS}"/>')
    counted = {f"rId{number}": row for number, row in enumerate(rows, 1)}
    for name, (kind, target) in {**counted, **named}.items():
        etree.SubElement(root, f"{{{NS.OPC_RELATIONSHIPS}}}Relationship", Id=name, Type=kind, Target=target)
    return root


def _serialised(root: Element) -> bytes:
    """With every prefix declared at the root: `mc:Choice` names one before it is used."""
    etree.cleanup_namespaces(root, top_nsmap=PREFIXES)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)

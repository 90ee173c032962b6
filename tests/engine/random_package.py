"""The file around the stories of random_templates.py: a theme whose Chinese font is that of the script, a list, comments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine_docx import A_NS, OFFICE, STYLES, XML, package, story
from line_pieces import runs

_LEVEL = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/></w:lvl>'
_THEME = (
    '<a:themeElements><a:clrScheme name="a"><a:dk1><a:srgbClr val="000000"/></a:dk1><a:lt1><a:srgbClr val="FFFFFF"/></a:lt1>'
    '<a:dk2><a:srgbClr val="000000"/></a:dk2><a:lt2><a:srgbClr val="FFFFFF"/></a:lt2>'
    + "".join(
        f'<a:{name}><a:srgbClr val="808080"/></a:{name}>'
        for name in (*(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
    )
    + '</a:clrScheme><a:fontScheme name="a">'
    + "".join(
        f'<a:{kind}Font><a:latin typeface="Times New Roman"/><a:ea typeface=""/><a:cs typeface=""/>'
        f'<a:font script="Hans" typeface="仿宋"/></a:{kind}Font>'
        for kind in ("major", "minor")
    )
    + '</a:fontScheme><a:fmtScheme name="a"><a:fillStyleLst>{0}</a:fillStyleLst><a:lnStyleLst>{1}</a:lnStyleLst>'
    "<a:effectStyleLst>{2}</a:effectStyleLst><a:bgFillStyleLst>{0}</a:bgFillStyleLst></a:fmtScheme></a:themeElements>"
).format(
    '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>' * 3,
    '<a:ln><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>' * 3,
    "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3,
)


_MARGINS = {"header1": "hdr", "footer1": "ftr"}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}+xml"/>'
        for name, kind in {
            "styles": f"{_WORD}.styles",
            "numbering": f"{_WORD}.numbering",
            "theme/theme1": "application/vnd.openxmlformats-officedocument.theme",
        }.items()
    )
    + '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
)


def files_of(
    stories: Mapping[str, str], notes: Iterable[str], comments: Iterable[int], links: Iterable[str]
) -> dict[str, bytes]:
    """The parts of a template. `stories`: the XML of document, header1, footer1; `notes`: the runs of each footnote, from 1;
    `comments`: their numbers; `links`: the addresses of rl1, rl2 and so on.
    """
    noted = (
        f'<w:footnote w:id="{number}"><w:p>{words}</w:p></w:footnote>'
        for number, words in enumerate(notes, 1)
    )
    line = '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    remarks = (
        f'<w:comment w:id="{number}" w:author="张三"><w:p>{runs("再看{{ 一遍 }}")}</w:p></w:comment>'
        for number in comments
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="3">{_LEVEL}</w:abstractNum>'
        '<w:num w:numId="2"><w:abstractNumId w:val="3"/></w:num>'
    )
    kinds = {"header1": "header", "footer1": "footer"}
    section = "".join(f'<w:{kind}Reference w:type="default" r:id="r{name}"/>' for name, kind in kinds.items())
    written = {
        "document": (
            "document",
            f"<w:body>{stories['document']}<w:sectPr>{section}</w:sectPr></w:body>",
        ),
        **{name: (root, stories[name]) for name, root in _MARGINS.items()},
        "footnotes": ("footnotes", line + "".join(noted)),
        "comments": ("comments", "".join(remarks)),
        "numbering": ("numbering", numbering),
    }
    parts = {f"word/{name}.xml": story(root, content) for name, (root, content) in written.items()}
    parts["word/theme/theme1.xml"] = f'{XML}<a:theme xmlns:a="{A_NS}" name="a">{_THEME}</a:theme>'
    parts["word/_rels/document.xml.rels"] = _relations(
        {
            **{name: kinds.get(name, name) for name in written if name != "document"},
            "styles": "styles",
            "theme/theme1": "theme",
        },
        links,
    )
    files = package("", parts, STYLES.replace('w:eastAsia="仿宋"', 'w:eastAsiaTheme="minorEastAsia"'))
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(
        b"</Types>", f"{_TYPES}</Types>".encode()
    )
    return files


def _relations(targets: Mapping[str, str], links: Iterable[str]) -> str:
    rows = [
        f'<Relationship Id="r{name.partition("/")[0]}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>'
        for name, kind in targets.items()
    ]
    rows += [
        f'<Relationship Id="rl{number}" Type="{OFFICE}/hyperlink" Target="{link}" TargetMode="External"/>'
        for number, link in enumerate(links, 1)
    ]
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{XML}<Relationships xmlns="{space}">{"".join(rows)}</Relationships>'

"""Files as an office has them: taken as they are, resolved as Word resolves them, and what a person should know is told."""

from __future__ import annotations

import pytest
from engine_docx import A_NS, OFFICE, STYLES, XML, build, codes, p, part, row, story, table

THEMED = STYLES.replace('w:eastAsia="仿宋"', 'w:eastAsiaTheme="minorEastAsia"')
HANS = '<a:font script="Hans" typeface="等线"/>'


def theme(minor: str, major: str = "") -> dict[str, str]:
    """The part of a theme whose fonts hold this."""
    fonts = f"<a:majorFont>{major}</a:majorFont><a:minorFont>{minor}</a:minorFont>"
    scheme = f"<a:themeElements><a:fontScheme>{fonts}</a:fontScheme></a:themeElements>"
    return {"word/theme/theme1.xml": f'{XML}<a:theme xmlns:a="{A_NS}">{scheme}</a:theme>', **RELATED}


def related(**targets: str) -> dict[str, str]:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    rows = "".join(
        f'<Relationship Id="r{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return {"word/_rels/document.xml.rels": f'{XML}<Relationships xmlns="{space}">{rows}</Relationships>'}


RELATED = related(theme="theme/theme1.xml", settings="settings.xml")
JAPANESE = {"word/settings.xml": story("settings", '<w:themeFontLang w:eastAsia="ja-JP"/>')}
HEADING = (
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:rPr>'
    '<w:rFonts w:eastAsiaTheme="majorEastAsia"/></w:rPr></w:style></w:styles>'
)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (theme('<a:ea typeface="仿宋"/>'), []),  # the face of the theme
        (theme(f'<a:ea typeface=""/>{HANS}'), []),  # empty: that of the script
        (theme(HANS), []),
        (theme('<a:ea typeface=""/>'), ["D551"]),
        (theme("", HANS), ["D551"]),  # the other of the two
        ({**theme(HANS), **JAPANESE}, ["D551"]),  # no face for that script
        (RELATED, ["D551"]),
    ],
)
def test_theme_fonts_are_resolved_as_word_resolves_them(parts: dict[str, str], told: list[str]) -> None:
    made = build(p("致{{ 甲 }}"), parts, THEMED)
    assert [warning.code for warning in made.warnings] == told
    assert part(made.render({"甲": "某局"})).count("某局") == 1


def test_a_style_in_the_font_of_headings() -> None:
    styles = THEMED.replace("</w:styles>", HEADING)
    body = p("甲", '<w:pPr><w:pStyle w:val="1"/></w:pPr>')
    assert build(body, theme("", HANS), styles).warnings == ()
    (told,) = build(body, theme(HANS), styles).warnings
    assert "样式「标题 1」" in told.message
    assert "「标题 1」，“修改→格式→字体”" in told.advice


TABLE = '<w:style w:type="table" w:styleId="t"><w:name w:val="台账"/><w:rPr><w:rFonts {}/></w:rPr></w:style></w:styles>'


@pytest.mark.parametrize(
    ("fonts", "parts", "told"),
    [
        ('w:eastAsia="仿宋"', RELATED, []),
        ('w:eastAsiaTheme="majorEastAsia"', theme("", HANS), []),
        ('w:eastAsiaTheme="majorEastAsia"', theme(HANS), ["D551"]),
        ('w:ascii="Arial"', theme(""), ["D551"]),
    ],
)
def test_text_in_a_table_has_the_font_of_the_table_style(
    fonts: str, parts: dict[str, str], told: list[str]
) -> None:
    styles = THEMED.replace("</w:styles>", TABLE.format(fonts))
    body = table(row("{{ 甲 }}")).replace("<w:tblPr/>", '<w:tblPr><w:tblStyle w:val="t"/></w:tblPr>')
    assert [warning.code for warning in build(body, parts, styles).warnings] == told
    outside = build(body + p("外"), parts, styles).warnings  # one of the two has no font in any case
    assert [warning.code for warning in outside] == ["D551"]


def test_a_named_font_of_a_style_beats_the_theme_of_the_document() -> None:
    styles = THEMED.replace(
        "</w:styles>", HEADING.replace('w:eastAsiaTheme="majorEastAsia"', 'w:eastAsia="黑体"')
    )
    body = p("甲", '<w:pPr><w:pStyle w:val="1"/></w:pPr>')
    assert build(body, RELATED, styles).warnings == ()


def test_a_font_of_the_theme_is_replaced_like_any_other() -> None:
    made = build(p("甲"), theme(HANS), THEMED, fonts={"等线": "仿宋_GB2312"})
    assert 'typeface="仿宋_GB2312"' in part(made.render({}), "word/theme/theme1.xml")


# ---------------------------------------------------------------- made from a .dotx, or by a mail merge


def outside(kind: str, element: str) -> dict[str, str]:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    row = f'<Relationship Id="r9" Type="{OFFICE}/{kind}" Target="file:///C:/t/发文.dotx" TargetMode="External"/>'
    return {
        "word/settings.xml": story("settings", f'{element}<w:defaultTabStop w:val="420"/>'),
        "word/_rels/settings.xml.rels": f'{XML}<Relationships xmlns="{space}">{row}</Relationships>',
    }


@pytest.mark.parametrize(
    ("kind", "element"),
    [
        ("attachedTemplate", '<w:attachedTemplate r:id="r9"/>'),
        ("mailMergeSource", '<w:mailMerge><w:dataSource r:id="r9"/></w:mailMerge>'),
    ],
)
def test_the_link_to_what_a_file_was_made_from_is_left_behind(kind: str, element: str) -> None:
    made = build(p("{{ 甲 }}"), outside(kind, element))
    assert [warning.code for warning in made.warnings] == ["D514"]
    assert "「发文.dotx」" in made.warnings[0].message
    out = made.render({"甲": "乙"})
    assert "r9" not in part(out, "word/settings.xml") + part(out, "word/_rels/settings.xml.rels")
    assert "defaultTabStop" in part(out, "word/settings.xml")


def test_warnings_stand_with_the_errors_of_a_template_that_can_not_be_filled() -> None:
    found = codes(p("{{ 1 + }}"), outside("attachedTemplate", '<w:attachedTemplate r:id="r9"/>'))
    assert found == ["D514", "D527"]

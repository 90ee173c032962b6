"""Centred paragraphs that print values: too long for their line they break where the caller says, and nowhere else."""

from __future__ import annotations

import pickle
import re

import pytest
from engine_docx import STYLES, W_NS, build, p, part, row, story, table

from liangqing.engine import Template

CENTRED = '<w:pPr><w:jc w:val="center"/></w:pPr>'
# 200 mm less margins of 20 and 20 and a gutter of 10 mm: 150 mm, 8504 twips; of 11 pt signs 38.65
SECTION = '<w:sectPr><w:pgSz w:w="11339" w:h="16838"/><w:pgMar w:left="1134" w:right="1134" w:gutter="567"/></w:sectPr>'


def compiled(
    body: str, section: str = SECTION, styles: str = STYLES, parts: dict[str, str] | None = None
) -> Template:
    document = story("document", f"<w:body>{body}{section}</w:body>")
    return build("", {"word/document.xml": document, **(parts or {})}, styles)


def halves(text: str, room: float) -> tuple[int, ...]:
    """In two, where it does not fit."""
    return (len(text) // 2,) if len(text) > room else ()


def told(
    body: str, section: str = SECTION, styles: str = STYLES, **values: object
) -> list[tuple[str, float]]:
    """What the breaker of a rendering is asked."""
    asked: list[tuple[str, float]] = []

    def breaker(text: str, room: float) -> tuple[int, ...]:
        asked.append((text, room))
        return ()

    compiled(body, section, styles).render(values or {"甲": "文字"}, breaker=breaker)
    return asked


def xml(body: str, section: str = SECTION, **values: object) -> str:
    return part(compiled(body, section).render(values, breaker=halves))


def of_first(out: str) -> str:
    found = re.search("<w:p>.*?</w:p>", out)
    assert found is not None
    return re.sub("<[^>]*>", "", found[0].replace("<w:br/>", "/"))


@pytest.mark.parametrize(
    ("size", "room"),
    [
        ("", 42.52),
        ('<w:sz w:val="44"/>', 19.33),
        ('<w:sz w:val="44"/><w:w w:val="50"/>', 38.65),
        ('<w:sz w:val="32"/><w:spacing w:val="-5"/>', 27.0),
    ],
)
def test_the_room_of_a_line_follows_from_page_margins_and_size(size: str, room: float) -> None:
    run = f"<w:p>{CENTRED}<w:r><w:rPr>{size}</w:rPr><w:t>关于{{{{ 甲 }}}}的函</w:t></w:r></w:p>"
    assert told(run) == [("关于文字的函", room)]


def test_size_and_alignment_come_from_the_style_too_and_indents_take_room() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="题"><w:name w:val="题"/><w:pPr><w:ind w:left="850"/><w:jc w:val="center"/>'
        '</w:pPr><w:rPr><w:sz w:val="44"/></w:rPr></w:style></w:styles>'
    )
    body = p("{{ 甲 }}", '<w:pPr><w:pStyle w:val="题"/></w:pPr>')
    assert told(body, styles=STYLES.replace("</w:styles>", style)) == [("文字", 17.4)]


def test_each_section_has_its_own_width() -> None:
    wide = SECTION.replace('w:w="11339"', 'w:w="16838"')
    first = p("{{ 甲 }}", f'<w:pPr><w:jc w:val="center"/>{SECTION}</w:pPr>')
    assert [room for _, room in told(first + p("{{ 甲 }}", CENTRED), wide)] == [42.52, 70.02]


@pytest.mark.parametrize(
    "body",
    [
        p("{{ 甲 }}"),
        p("{{ 甲 }}", '<w:pPr><w:jc w:val="right"/></w:pPr>'),
        p("题目", CENTRED) + p("{{ 甲 }}"),
        table(row(p("{{ 甲 }}", CENTRED))),
        p("{{ 甲 }}", '<w:pPr><w:framePr w:w="900"/><w:jc w:val="center"/></w:pPr>'),
        f"<w:p>{CENTRED}<w:r><w:tab/><w:t>{{{{ 甲 }}}}</w:t></w:r></w:p>",
    ],
)
def test_other_paragraphs_are_left_to_word(body: str) -> None:
    assert told(body) == []


def test_several_columns_and_a_section_without_a_width_are_left_to_word() -> None:
    assert (
        told(p("{{ 甲 }}", CENTRED), SECTION.replace("</w:sectPr>", '<w:cols w:num="2"/></w:sectPr>')) == []
    )
    assert told(p("{{ 甲 }}", CENTRED), "") == []


def test_a_break_stands_in_the_run_and_loses_nothing() -> None:
    out = xml(p("关于¦{{ 甲 }}¦的函", CENTRED), 甲="一" * 20 + "&<" + "二" * 25)
    assert of_first(out) == "关于" + "一" * 20 + "&amp;&lt;" + "二/" + "二" * 24 + "的函"
    assert '&amp;&lt;二</w:t><w:br/><w:t xml:space="preserve">二' in out


def test_a_written_break_stays_and_each_line_is_judged_by_itself() -> None:
    out = xml(p("{{ 甲 }}", CENTRED), 甲="短\n" + "一" * 44)
    assert of_first(out) == "短/" + "一" * 22 + "/" + "一" * 22


def test_a_value_with_a_tab_is_left_alone() -> None:
    assert "<w:br/>" not in xml(p("{{ 甲 }}", CENTRED), 甲="一\t" + "二" * 50)


def test_it_works_in_loops_conditions_and_content_controls() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('{{ 项 }}', CENTRED)}</w:sdtContent></w:sdt>"
    body = p("{% for 项 in 甲 %}") + p("{% if 项 %}") + control + p("{% endif %}") + p("{% endfor %}")
    asked = told(body, 甲=["一", "", "二"])
    assert asked == [("一", 42.52), ("二", 42.52)]
    assert told(p("题{% if 甲 %}{{ 甲 }}{% endif %}目", CENTRED), 甲="") == [("题目", 42.52)]


def test_without_a_breaker_the_paper_is_the_same() -> None:
    body, values = p("{{ 甲 }}", CENTRED), {"甲": "一" * 90}
    assert "<w:br/>" not in part(compiled(body).render(values))
    sent = pickle.loads(pickle.dumps(compiled(body)))
    assert sent.render(values) == compiled(body).render(values)
    assert sent.render(values, breaker=halves) != compiled(body).render(values)


def test_headers_are_no_titles() -> None:
    header = f'<w:hdr xmlns:w="{W_NS}">{p("{{ 甲 }}", CENTRED)}</w:hdr>'
    asked: list[str] = []

    def breaker(text: str, room: float) -> tuple[int, ...]:
        asked.append(text)
        return ()

    made = compiled(p("字"), parts={"word/header1.xml": header})
    made.render({"甲": "一" * 99}, breaker=breaker)
    assert asked == []

"""送达回证, 信封 and the registers: one for each addressee, of the size that the group uses, of no line and of sixty."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx_text import text_of

from liangqing.actions.deliver import dispatched
from liangqing.papers.rendering import Made, compile_entries, load_catalogue, render, subjects_of
from liangqing.register import ELSEWHERE, Line, Register, Void
from liangqing.variables.about import Subject
from liangqing.variables.dispatch import DispatchSubject
from liangqing.year.open_workspace import OpenWorkspace

NUMBER = "市纪驻环整〔2021〕1号"


def with_lines(opened: OpenWorkspace, lines: tuple[Line | Void, ...]) -> OpenWorkspace:
    book = Register(lines)
    return replace(opened, register=book, at=replace(opened.at, register=book))


def made(opened: OpenWorkspace, kind: str, subject: Subject | None = None) -> Made:
    known = load_catalogue(opened.root)
    compiled = compile_entries(opened, known, (kind,))[kind]
    return render(compiled, subject or subjects_of(opened, known.entry(kind))[0])


def sent(opened: OpenWorkspace, number: str = NUMBER) -> list[DispatchSubject]:
    return [subject for subject in dispatched(opened) if subject.line.number == number]


def test_a_letter_goes_to_its_unit_and_one_to_all_to_each(sample_year: OpenWorkspace) -> None:
    (own,) = sent(sample_year)
    assert (own.to, own.code) == ("桂林市灵川生态环境局党支部", f"{NUMBER}/U11")
    everybody = sent(sample_year, "市纪驻环发〔2021〕1号")
    assert [subject.unit for subject in everybody] == list(sample_year.at.year.units)
    assert sent(sample_year, "市纪驻环纪要〔2021〕1号") == []  # stays in the group


def test_what_is_recorded_is_printed_and_what_is_not_stays_blank(sample_year: OpenWorkspace) -> None:
    (own,) = sent(sample_year)
    told = text_of(made(sample_year, "送达回证", own).artifact.data)
    for part in (NUMBER, "青狮潭水库", "李某某", "现场交办", "2021年4月21日", "签收人：韦某某"):
        assert part in told
    assert "□" not in told
    blank = text_of(made(sample_year, "送达回证", replace(own, delivery=None)).artifact.data)
    for part in ("□ 现场交办", "□ 邮寄", "　　　　年　　月　　日　　时"):
        assert part in blank
    assert "李某某" not in blank and "韦某某" not in blank


def test_each_of_several_units_has_its_own_receipt(sample_year: OpenWorkspace) -> None:
    first, second, *_ = sent(sample_year, "市纪驻环发〔2021〕1号")
    delivery = sample_year.at.year.deliveries[0].model_copy(
        update={
            "number": first.line.number,
            "unit": second.unit.code if second.unit else "",
            "receiver": "韦某",
        }
    )
    year = replace(sample_year.at.year, deliveries=(delivery,))
    at = replace(sample_year.at, year=year, years={**sample_year.at.years, year.year: year})
    now = sent(replace(sample_year, at=at), "市纪驻环发〔2021〕1号")
    assert [subject.delivery is not None for subject in now[:3]] == [False, True, False]


def test_a_void_letter_is_sent_to_nobody_and_stands_marked_in_the_register(
    sample_year: OpenWorkspace,
) -> None:
    voided = Void(len(sample_year.register.lines) + 1, NUMBER, date(2021, 5, 6), "发错单位")
    opened = with_lines(sample_year, (*sample_year.register.lines, voided))
    assert sent(opened) == []
    told = text_of(made(opened, "发文登记簿").artifact.data)
    assert "5月6日作废" in told and NUMBER in told


def test_a_letter_from_before_the_program_goes_to_whom_it_names(sample_year: OpenWorkspace) -> None:
    line = replace(
        sample_year.register.issued[6],
        serial=1,
        number="市纪驻环整〔2021〕9号",
        subject="市纪驻环整〔2021〕9号",
        addressee="桂林市灵川生态环境局党支部、某公司",
        notes=(ELSEWHERE,),
    )
    opened = with_lines(sample_year, (line,))
    assert [(subject.to, subject.unit is not None) for subject in dispatched(opened)] == [
        ("桂林市灵川生态环境局党支部", True),
        ("某公司", False),
    ]
    told = text_of(made(opened, "信封", dispatched(opened)[1]).artifact.data)
    assert "某公司　收" in told


@pytest.mark.parametrize(
    ("size", "wide", "high"), [("DL", 220, 110), ("ZL", 230, 120), ("C5", 229, 162)], ids=str
)
def test_an_envelope_has_the_size_of_the_option(
    sample_year: OpenWorkspace, size: str, wide: int, high: int
) -> None:
    options = sample_year.at.year.options.model_copy(update={"envelope": size})
    year = replace(sample_year.at.year, options=options)
    opened = replace(sample_year, at=replace(sample_year.at, year=year))
    (own,) = sent(opened)
    document = docx.Document(io.BytesIO(made(opened, "信封", own).artifact.data))
    (page,) = document.sections
    assert page.page_width is not None and page.page_height is not None
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (wide, high)
    (boxes,) = document.tables
    assert [cell.text for cell in boxes.rows[0].cells][::2] == list("541200")
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "广西桂林市灵川县示例路6号" in texts
    assert "桂林市灵川生态环境局党支部　收" in texts


@pytest.mark.parametrize("count", [0, 1, 60])
def test_the_register_has_a_row_for_each_paper(sample_year: OpenWorkspace, count: int) -> None:
    line = sample_year.register.issued[6]
    lines = tuple(
        replace(line, serial=number, number=f"市纪驻环整〔2021〕{number}号") for number in range(1, count + 1)
    )
    data = made(with_lines(sample_year, lines), "发文登记簿").artifact.data
    tables = docx.Document(io.BytesIO(data)).tables
    assert [len(table.rows) for table in tables] == ([count + 1] if count else [])
    assert ("没有发文" in text_of(data)) == (count == 0)


@pytest.mark.parametrize("count", [0, 1, 60])
def test_the_register_of_incoming_papers_has_a_row_for_each(sample_year: OpenWorkspace, count: int) -> None:
    paper = sample_year.at.year.incoming[0]
    year = replace(
        sample_year.at.year,
        incoming=tuple(paper.model_copy(update={"code": f"SW2021-{n:03}"}) for n in range(1, count + 1)),
        opinions=(),
        self_checks=(),
        letters=(),
        feedbacks=(),
    )
    data = made(replace(sample_year, at=replace(sample_year.at, year=year)), "收文登记簿").artifact.data
    tables = docx.Document(io.BytesIO(data)).tables
    assert [len(table.rows) for table in tables] == ([count + 1] if count else [])
    assert ("没有收文" in text_of(data)) == (count == 0)

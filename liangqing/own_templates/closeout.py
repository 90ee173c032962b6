"""销号审核表: what was done about a finding, what was seen when it was verified, and who agrees to close it."""

from __future__ import annotations

from collections.abc import Iterator

from liangqing.own_templates.markup import Element, each, on, paragraph, when
from liangqing.own_templates.measures import FORM
from liangqing.own_templates.package import Section, pack
from liangqing.own_templates.page import page_of_pages
from liangqing.own_templates.parts import changes, full_stop
from liangqing.own_templates.tables import Cell, Column, form, listing, or_dash

WIDTH = FORM.text_width
ROUND = "问题.本轮销号"
EVIDENCE = (
    Column("序号", 12, "{{ loop.index }}", "表格居中"),
    Column("佐证材料", 78, "{{ 材料.名称 }}"),
    Column("日期", 34, or_dash("材料.日期"), "表格居中"),
    Column("说明", 32, or_dash("材料.说明")),
)


def closeout() -> bytes:
    """销号审核表.docx"""
    body = [
        paragraph("表格标题", "{{ 标题 }}"),
        paragraph("表间距"),
        form(WIDTH, (26, 52, 26, 52), _about()),
        paragraph("表名", "佐证材料清单"),
        listing(WIDTH, EVIDENCE, "材料 in 问题.佐证"),
        *when("not 问题.佐证", paragraph("表后说明", "没有登记佐证材料。")),
        paragraph("表间距"),
        *when(ROUND, form(WIDTH, (26, 52, 26, 52), _verified())),
        paragraph("细行"),
    ]
    return pack(Section(FORM, body, *page_of_pages("销号审核表 {{ 问题.编号 }}")))


def _about() -> tuple[tuple[Cell, ...], ...]:
    return (
        (_label("问题编号"), Cell("{{ 问题.编号 }}"), _label("单　　位"), Cell("{{ 单位.简称 }}")),
        (_label("问　　题"), Cell("{{ 问题.名称 | 去句号 }}", span=3)),
        (_label("事　　实"), Cell("{{ 问题.事实 }}", span=3)),
        (_label("检　　查"), Cell("{{ 问题.检查.名称 }}"), _label("整 改 函"), Cell(or_dash("问题.文号"))),
        (_label("整改要求"), Cell(or_dash("问题.整改要求"), span=3)),
        (_label("整改措施"), Cell(_measures, span=3)),
        (
            _label("责 任 人"),
            Cell(or_dash("问题.责任人")),
            _label("整改时限"),
            Cell(or_dash("问题.整改时限")),
        ),
        (_label("变更情况"), Cell(_changed, span=3)),
        (_label("整改进展"), Cell(_progress, span=3)),
    )


def _verified() -> tuple[tuple[Cell, ...], ...]:
    return (
        (_label("申请日期"), _of_round("申请日期"), _label("核查日期"), _of_round("核查日期")),
        (_label("核查方式"), _of_round("核查方式"), _label("核 查 人"), _of_round("核查人")),
        (_label("核查情况"), Cell(f"{{{{ {ROUND}.核查情况 or '—' }}}}", span=3)),
        (_label("以前各轮"), Cell(_earlier, span=3)),
        (_label("结　　论"), Cell(_conclusion, span=3)),
        (Cell(_verifier, span=2, align="bottom"), Cell(_approver, span=2, align="bottom")),
    )


def _label(text: str) -> Cell:
    return Cell(text, "表头")


def _of_round(key: str) -> Cell:
    return Cell(f"{{{{ {ROUND}.{key} or '—' }}}}")


def _measures() -> Iterator[Element]:
    yield from each("句 in 问题.整改措施", paragraph("表格文字", f"{{{{ loop.index }}}}. {full_stop('句')}"))
    yield from when("not 问题.整改措施", paragraph("表格文字", "—"))


def _changed() -> Iterator[Element]:
    yield from changes()
    yield from each("句 in 问题.回头看", paragraph("表格文字", full_stop("句")))
    yield from when("问题.反弹", paragraph("表格文字", "反弹后按原编号重新打开，还没有再次销号。"))
    yield from when(
        "not 问题.变更 and not 问题.回头看",
        paragraph("表格文字", "没有延期、责任变更和反弹。"),
    )


def _progress() -> Iterator[Element]:
    yield from each("项 in 问题.进展", paragraph("表格文字", f"{{{{ 项.日期 }}}}：{full_stop('项.内容')}"))
    yield from when("not 问题.进展", paragraph("表格文字", "—"))


def _earlier() -> Iterator[Element]:
    """Rounds before the last, which are kept."""
    words = (
        "第{{ 轮.轮次 }}轮：{{ 轮.申请日期 or '（未记申请日期）' }}申请，"
        "{{ 轮.结论 or '没有结论' }}{% if 轮.核查情况 %}（{{ 轮.核查情况 | 去句号 }}）{% endif %}。"
    )
    yield from each("轮 in 问题.销号轮次", *when(f"轮.轮次 < {ROUND}.轮次", paragraph("表格文字", words)))
    yield from when(f"{ROUND}.轮次 == 1", paragraph("表格文字", "这是第一轮。"))


def _conclusion() -> Iterator[Element]:
    for word in ("同意销号", "退回", "阶段性完成"):
        box = f"{{{{ '☑' if {ROUND}.结论 == '{word}' else '□' }}}}"
        yield paragraph("表格意见", f"{box} {word}")
    yield from when(f"{ROUND}.销号日期", paragraph("表格文字", f"销号日期：{{{{ {ROUND}.销号日期 }}}}。"))
    yield from when("问题.超期销号", paragraph("表格文字", f"超期情况：{full_stop('问题.超期销号')}"))
    yield paragraph("表间距", properties=[on("keepNext")])


def _verifier() -> Iterator[Element]:
    yield paragraph("签字线", "核查人：\t")
    yield paragraph("签字日期", "日期：　　　　年　　月　　日")


def _approver() -> Iterator[Element]:
    yield paragraph("签字线", "审批人：\t")
    yield paragraph("签字日期", "日期：　　　　年　　月　　日")

"""Papers of every layout and length, made by the house's own code, to be measured and shown (示例, all invented)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from liangqing.engine import compile_template
from liangqing.gbt9704.signature import indents
from liangqing.house import formats
from liangqing.house.markup import Element, paragraph
from liangqing.house.measures import CHARACTER
from liangqing.house.parts import annex_note, contact_note, signature, title_block
from liangqing.wording import FILTERS

LONG, SHORT = "某某市纪委监委驻市某某局纪检监察组", "某某局"
DATE = "2026年10月9日"
# 28 characters, of full width all of them, so that a line of them is a line of the page.
LINE = "某项工作按照年初确定的任务和要求逐项推进并且按月核对台账"
assert len(LINE) == 28


def values(
    name: str = LONG, *, sealed: bool = True, annexes: Iterable[str] = (), **more: object
) -> dict[str, object]:
    """What every paper reads."""
    places = indents(name, DATE, sealed=sealed)
    return {
        "年度": 2026,
        "标题": "关于某项工作有关情况的函",
        "文号": "某纪驻〔2026〕12号",
        "文号文字": "某纪驻〔2026〕12号",
        "成文日期": DATE,
        "成文日期文字": DATE,
        "草稿": False,
        "附件": list(annexes),
        "盖章": sealed,
        "署名右空": round(places.signature * CHARACTER),
        "成文日期右空": round(places.date * CHARACTER),
        "机构": {
            "标志": name,
            "全称": name,
            "简称": "我组",
            "联系人": {"姓名": "李某某", "电话": "0000-0000000"},
        },
        "抄送": ["某某市纪委监委对口监督检查室", "某某局机关党委"],
        **more,
    }


def filled(template: bytes, given: Mapping[str, object]) -> bytes:
    """A template with values, by the product's own engine."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "样张.docx"
        path.write_bytes(template)
        return compile_template(path, name="样张", filters=FILTERS).render(given)


def text(paragraphs: int, lines: int = 3) -> Iterator[Element]:
    """A letter of so many paragraphs of so many lines, the first line of each two characters shorter."""
    yield from title_block()
    yield paragraph("主送机关", "某某单位党支部：")
    body = (LINE * lines)[2:]
    for number in range(paragraphs):
        yield paragraph("结束语" if number == paragraphs - 1 else "公文正文", f"{body[:-1]}。")
    yield paragraph("结束语", "此函。")
    yield from annex_note()
    yield from signature()
    yield from contact_note()


def letter_of(paragraphs: int, lines: int = 3, **given: object) -> bytes:
    return filled(formats.letter_paper(text(paragraphs, lines), "抄送"), values(**given))  # type: ignore[arg-type]

"""A small workspace with one kind of paper that can be issued at once, for each of as many units as are wanted."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from sample import ROOT
from small import write_small

NUMBER = "市纪驻某便〔2021〕{}号"
ENTRY = """便函:
  {命令: notes, 阶段: 跟踪履责, 说明: 便函, 模板: 便函.docx, 对象: 单位, 标题: 便函, 文件名: "{{ 文号 or '草稿' }}-{{ 单位.编号 }}", 文号: {代字: 便}}
"""


def workspace(root: Path, papers: int) -> list[str]:
    """The small workspace with one kind of paper, one for each of so many units; the 编号 of these."""
    write_small(root)
    codes = [f"X{number:03}" for number in range(1, papers + 1)]
    units = "".join(
        f"  - {{编号: {code}, 名称: 单位{code}, 类型: 党支部, 负责人: {{职务: 书记}}}}\n" for code in codes
    )
    (root / "checklists/2021/更多单位.yaml").write_text(f"单位:\n{units}", "utf-8")
    (root / "templates/文种.yaml").write_text(ENTRY, "utf-8")
    document = Document(str(ROOT / "templates/问题清单.docx"))
    for child in list(document.element.body)[:-1]:
        document.element.body.remove(child)
    document.add_paragraph("{{ 文号文字 }} {{ 单位.名称 }} {{ 成文日期文字 }}", style="公文正文")
    document.save(str(root / "templates/便函.docx"))
    return codes

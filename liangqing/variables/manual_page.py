"""The page 模板变量 of the manual: the variables of each kind of subject, then each group that is read through them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Never

from liangqing.variables.accountability import ACCOUNTABILITY_ROW
from liangqing.variables.archiving import ARCHIVE, ARCHIVED_ROW, TERM_ROW
from liangqing.variables.breakdowns import KIND_ROW, TASK_ROW, UNIT_ROW
from liangqing.variables.cases import CASE
from liangqing.variables.checklist import CHECKLIST, CONTENT, PERIOD, TASK
from liangqing.variables.closing import EVIDENCE, PROGRESS, ROUND
from liangqing.variables.consultation import CONSULTATION, OPINION
from liangqing.variables.counted_lists import INSPECTION_ROW, LETTER_ROW, SELF_CHECK_ROW
from liangqing.variables.covers import COVERED
from liangqing.variables.dispatch import DISPATCH
from liangqing.variables.figures import FIGURES, FIGURES_OVER
from liangqing.variables.findings import FINDING, INSPECTION, MEETING
from liangqing.variables.forms import ASKED_TASK, FEEDBACK_FORM, PERIOD_OF_FORM, SELF_CHECK_FORM
from liangqing.variables.group import CONTACT, GROUP, OPTIONS, PERSON
from liangqing.variables.inspected_units import INSPECTED, PORTRAIT
from liangqing.variables.letters import LETTER
from liangqing.variables.papers import BARE_SIGNATURE, COMMON, SEALED_ROW
from liangqing.variables.periods import COMPARED_ROW, SPAN
from liangqing.variables.photos import PHOTO, PHOTO_ROW
from liangqing.variables.registers import INCOMING_ROW, SENT_ROW
from liangqing.variables.story import STORY_EVENT, WAIVER
from liangqing.variables.subjects import SUBJECTS
from liangqing.variables.summary import BEFORE, CASE_ROW, SUMMARY_WORDS, WAIVER_ROW
from liangqing.variables.summary_sentences import MAIN_FIGURE, SENTENCES
from liangqing.variables.table import Rows, VariableTable, in_words
from liangqing.variables.task_comparison import COMPARED
from liangqing.variables.tracking import HANDED, OBSERVATION
from liangqing.variables.units import OWED, UNIT
from liangqing.variables.wall_chart import CHART, MONTH, PROJECT, SOURCE, SQUARE
from liangqing.variables.written_papers import SORT, WRITTEN

HEAD = """# 模板变量

本页由程序生成（`make docs`），与检查模板用的是同一张表。

- 「文字」可以直接印：`{{ 单位.名称 }}`；带「可空」的先判断：`{% if 文号 %}…{% endif %}`。
- 「列表」用循环：`{% for 问题 in 整改函.问题 %}…{% endfor %}`；文字列表可以用过滤器连起来：`{{ 机构.抄送|顿号 }}`。
- 「一组」里还有下一层：`{{ 单位.负责人.职务 }}`，各组有什么见下面的表。
- 「图片」写成 `{{ 照片.图片 | 图片(宽=70) }}`，70 是毫米，见[照片](改模板.md#照片)。
- 过滤器：`汉字`（1 → 一）、`顿号`、`分号`（把几句连成一段）、`书名号`、`去句号`、`字宽`（几个字宽，数字和字母算半个）、`分行(9)`（一行最多9个字，只在顿号后面换行，单位名称不拆开）。
"""

# Every group that can be read, in the order of the page.
GROUPS: tuple[VariableTable[Never], ...] = (
    *(SEALED_ROW, BARE_SIGNATURE),
    *(OWED, PERSON, CONTACT, GROUP, OPTIONS, TASK, CONTENT, PERIOD, CHECKLIST, UNIT),
    *(LETTER, CASE, OPINION, CONSULTATION, COVERED),
    *(DISPATCH, SENT_ROW, INCOMING_ROW),
    *(PERIOD_OF_FORM, ASKED_TASK, SELF_CHECK_FORM, FEEDBACK_FORM),
    *(PROJECT, SQUARE, MONTH, SOURCE, CHART),
    *(EVIDENCE, PROGRESS, PHOTO, PHOTO_ROW, ROUND, WAIVER, STORY_EVENT, FINDING),
    *(FIGURES, KIND_ROW, UNIT_ROW, TASK_ROW, SELF_CHECK_ROW, INSPECTION_ROW, LETTER_ROW),
    *(WAIVER_ROW, CASE_ROW, BEFORE, MAIN_FIGURE, SENTENCES),
    *(SPAN, FIGURES_OVER, COMPARED_ROW),
    *(ARCHIVE, TERM_ROW, ARCHIVED_ROW),
    *(INSPECTION, MEETING, COMPARED, HANDED, OBSERVATION, PORTRAIT, INSPECTED),
    *(SORT, WRITTEN, ACCOUNTABILITY_ROW, SUMMARY_WORDS),
)


def _rows(rows: Rows[Never]) -> Iterator[str]:
    yield "| 变量 | 类型 | 含义 |"
    yield "|---|---|---|"
    for name, variable in rows.items():
        shape = in_words(variable.shape, "[{0}](#{0})")
        yield f"| {name} | {shape} | {variable.help} |"


def page() -> Iterator[str]:
    """The whole page, line by line."""
    yield HEAD
    yield "## 所有文书都有\n"
    yield from _rows(COMMON)
    for name, kind in SUBJECTS.items():
        yield f"\n## 对象是「{name}」的文书另有\n"
        yield from _rows(kind.own)
    yield "\n# 各组的内容"
    for table in GROUPS:
        yield f"\n## {table.name}\n"
        yield from _rows(table.rows)

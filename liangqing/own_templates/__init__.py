"""The Word templates that come with the product, made from the standard's values (GB/T 9704-2012)."""

from __future__ import annotations

from collections.abc import Callable

from liangqing.own_templates import notices
from liangqing.own_templates.chart import chart
from liangqing.own_templates.checklist import checklist, unit_checklist
from liangqing.own_templates.circular import advice, circular
from liangqing.own_templates.closeout import closeout
from liangqing.own_templates.cover import cover
from liangqing.own_templates.feedback_minutes import feedback_minutes
from liangqing.own_templates.formats import file_paper, in_both
from liangqing.own_templates.forms import feedback_form, opinion_form, self_check
from liangqing.own_templates.letter import COPIES, findings_list, text
from liangqing.own_templates.lists import three_lists
from liangqing.own_templates.opinions import opinions
from liangqing.own_templates.owed import owed
from liangqing.own_templates.reminders import COPIES as WRITTEN_COPIES
from liangqing.own_templates.reminders import reminder, urging
from liangqing.own_templates.report import report
from liangqing.own_templates.signoff import signoff
from liangqing.own_templates.summary import summary
from liangqing.own_templates.talk import notice, record
from liangqing.own_templates.worksheet import worksheet

PAPERS: dict[str, Callable[[], bytes]] = {
    "监督检查清单.docx": checklist,
    "单位责任清单.docx": unit_checklist,
    **in_both("征求意见函", notices.consultation, notices.COPIES),
    "征求意见反馈表.docx": opinion_form,
    "意见采纳情况表.docx": opinions,
    "印发通知.docx": lambda: file_paper(notices.notice(), notices.COPIES),
    **in_both("以案促改通知", notices.case, notices.COPIES),
    "自查情况表.docx": self_check,
    **in_both("整改函", text, COPIES),
    "问题清单.docx": findings_list,
    "挂图作战图.docx": chart,
    **in_both("监督检查通知", notices.inspection, notices.COPIES),
    "检查底稿.docx": worksheet,
    "整改情况反馈表.docx": feedback_form,
    "体检报告.docx": report,
    "双签字确认表.docx": signoff,
    "反馈会纪要.docx": feedback_minutes,
    "三张清单.docx": three_lists,
    **in_both("提醒函", reminder, WRITTEN_COPIES),
    **in_both("督办函", urging, WRITTEN_COPIES),
    **in_both("约谈通知书", notice, WRITTEN_COPIES),
    "约谈记录.docx": record,
    "通报.docx": circular,
    "纪检监察建议书.docx": advice,
    "销号审核表.docx": closeout,
    "单位清欠单.docx": owed,
    "发文稿纸.docx": cover,
    "年度监督工作总结.docx": summary,
}


def papers() -> dict[str, bytes]:
    """File name → .docx; the same code gives the same bytes."""
    return {name: make() for name, make in PAPERS.items()}

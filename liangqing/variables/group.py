"""Variables of 机构 and 选项: the group that writes the papers, and what it decided for the whole year."""

from __future__ import annotations

from liangqing.data.model.types import Contact, Person, head_on
from liangqing.variables.table import VariableTable, flag, number, record, text, texts
from liangqing.year.state.standing import Standing

PERSON = VariableTable[Person](
    "人员",
    {
        "姓名": text("可以空着待手写", lambda person: person.name, optional=True),
        "职务": text("职务", lambda person: person.post),
    },
)

CONTACT = VariableTable[Contact](
    "联系人",
    {
        "姓名": text("姓名", lambda contact: contact.name, optional=True),
        "电话": text("办公电话", lambda contact: contact.telephone, optional=True),
    },
)

GROUP = VariableTable[Standing](
    "机构",
    {
        "全称": text("纪检监察组全称，落款用", lambda at: at.year.group.name),
        "标志": text("发文机关标志上的名称", lambda at: at.year.group.mark or at.year.group.name),
        "简称": text("行文中的自称", lambda at: at.year.group.short_name),
        "派出机关": text("派出机关", lambda at: at.year.group.authority),
        "机关代字": text("文号里的机关代字", lambda at: at.year.group.code),
        "负责人": record(PERSON, "成文当日在任的负责人", lambda at: head_on(at.year.group.heads, at.day)),
        "联系人": record(CONTACT, "附注里的联系人", lambda at: at.year.group.contact, optional=True),
        "通信地址": text("通信地址，信封用", lambda at: at.year.group.postal_address, optional=True),
        "邮政编码": text("邮政编码，信封用", lambda at: at.year.group.postcode, optional=True),
        "抄送": texts("各函默认抄送", lambda at: at.year.group.copies_to),
    },
)

OPTIONS = VariableTable[Standing](
    "选项",
    {
        "一式份数": number("双签字确认表的份数", lambda at: at.year.options.signoff_copies),
        "临期天数": number("距时限几天以内算临期", lambda at: at.year.options.due_soon_days),
        "体检报告出处": text(
            "各项状态的出处印在哪里：附件、正文、不印", lambda at: at.year.options.report_sources
        ),
        "总结附放行": flag("年度总结的附件里列不列放行", lambda at: at.year.options.summary_waivers),
        "四级状态": texts("任务落实的四级，从低到高", lambda at: at.year.options.levels),
        "一级": text("四级状态中最低的一级", lambda at: at.year.options.levels[0]),
        "二级": text("四级状态的第二级", lambda at: at.year.options.levels[1]),
        "三级": text("四级状态的第三级", lambda at: at.year.options.levels[2]),
        "四级": text("四级状态中最高的一级", lambda at: at.year.options.levels[3]),
    },
)

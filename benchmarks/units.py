"""A workspace of any number of units, each with an inspection, a self-check, two findings and a letter."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from benchmarks.places import TEMPLATES

YEAR = "2021"

GENERAL = """机构:
  全称: 某市纪委监委驻市某局纪检监察组
  派出机关: 某市纪委监委
  机关代字: 市纪驻某
  负责人: {姓名: 张某某, 职务: 组长}
  联系人: {姓名: 李某某, 电话: 0000-0000000}
选项:
  临期天数: 10
"""

CHECKLIST_HEAD = """清单:
  年度: 2021
  标题: 2021年度监督检查清单
  阶段: 正式稿
  统计截止日期: 2021-10-31
  依据: [某市水环境治理实施方案]
"""

_CHECKLIST = """  自查期次:
    - {名称: 第一期, 报送截止日期: 2021-03-31}
  任务:
    - 编号: R1
      监督内容: 水环境治理
      具体任务: 把深入学习贯彻重要指示精神作为首要政治任务，及时研究部署，加强跟进落实。
      责任主体: 全体单位
      监督方式: [参加党组会, 集中清查]
      完成时限: 2021-11-30
"""

UNIT = """  - 编号: U{n}
    名称: 某市某局第{n}分局党支部
    简称: 第{n}分局党支部
    称谓: 你支部
    类型: 党支部
    负责人: {{姓名: 陈某某, 职务: 党支部书记}}
    联络员: {{姓名: 罗某某}}
    基本情况: 负责第{n}片区的水生态环境保护，牵头入河排污口排查整治和断面水质分析，管理污水处理设施{n}处。
"""

_SELF_CHECK = """  - 编号: ZC{n}
    单位: U{n}
    期次: 第一期
    报送日期: 2021-03-25
    审核日期: 2021-04-01
    审核结果: 通过
    任务:
      - {{任务: R1, 状态: 已部署}}
"""

INSPECTION = """  - 编号: JZ{n}
    类型: 集中清查
    名称: 第{n}分局党支部集中清查
    开始日期: 2021-04-06
    结束日期: 2021-04-07
    单位: [U{n}]
    检查组: [张某某, 邓某某]
    方式: [查阅资料, 实地督查]
    任务落实:
      - 单位: U{n}
        任务: R1
        状态: 已部署
        说明: 学习计划已制定，专题研究记录{n}次
        日期: 2021-04-06
        检查人: 邓某某
    反馈会:
      - {{单位: U{n}, 日期: 2021-04-07, 主持人: 张某某, 记录人: 邓某某, 单位意见: 无异议，将认真整改。}}
"""

_FINDING = """  - 编号: W{n}-{k}
    检查: JZ{n}
    单位: U{n}
    任务: R1
    名称: 第{n}片区{k}号排污口标识和档案不规范
    事实: 2021年4月6日，检查组现场查看入库排污口6处，其中{k}号排污口未设置标识牌；对照排污口台账，{k}处没有建立一口一档。
    依据: 《某市水环境治理实施方案》关于排污口整治的有关要求。
    整改类别: 限期整改
    整改目标: 排污口标识齐全，一口一档完整准确。
    整改要求: 补设排污口标识牌，逐口补齐档案和监测数据，并对其他排污口进行全面核对。
    整改措施:
      - 补设标识牌。
      - 逐一核对，补齐一口一档。
    责任: {{部门: 水环境股, 责任领导: 韦某某, 责任人: 卢某某, 职务: 股长}}
    整改时限: 2021-11-30
    进展:
      - 日期: 2021-05-20
        内容: {k}号排污口标识牌已安装到位。
        佐证:
          - {{名称: 标识牌安装照片, 日期: 2021-05-19}}
"""

LETTER = """  - 编号: ZG{n}
    单位: U{n}
    问题: [W{n}-1, W{n}-2]
    依据: 《2021年度监督检查清单》
    事由: 第{n}片区排污口整治监督检查发现问题
    其他要求:
      - 举一反三，对片区内排污口和巡查路段进行全面排查，防止同类问题反复发生。
    回复期限: 2021-12-20
    抄送: [某市纪委监委对口监督检查室, 某市某局机关党委]
"""

SECTIONS = {
    "单位": (UNIT,),
    "自查": (_SELF_CHECK,),
    "检查": (INSPECTION,),
    "问题": (_FINDING.replace("{k}", "1"), _FINDING.replace("{k}", "2")),
    "整改函": (LETTER,),
}


def section(name: str, count: int) -> str:
    """The YAML of a section for the units 1 … `count`."""
    records = (text.format(n=number) for number in range(1, count + 1) for text in SECTIONS[name])
    return f"{name}:\n{''.join(records)}"


def workspace(root: Path, count: int) -> int:
    """A workspace of `count` units in `root`, with the product's own templates; its YAML in bytes."""
    files = {"机构": GENERAL, f"{YEAR}/清单": CHECKLIST_HEAD + _CHECKLIST}
    return write(root, files | {f"{YEAR}/{name}": section(name, count) for name in SECTIONS})


def write(root: Path, files: Mapping[str, str]) -> int:
    """A workspace in `root` with the product's own templates and these texts, by their names below checklists/
    without .yaml; the bytes of all texts."""
    (root / "checklists" / YEAR).mkdir(parents=True)
    for name, text in files.items():
        (root / "checklists" / f"{name}.yaml").write_text(text, "utf-8")
    shutil.copytree(TEMPLATES, root / "templates")
    return sum(len(text.encode()) for text in files.values())

"""Lists as groups keep them, in Excel, before they have this program. All that stands in them is invented."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment


def _page(book: openpyxl.Workbook, name: str) -> Any:
    page: Any = book.active if book.sheetnames == ["Sheet"] else book.create_sheet(name)
    page.title = name
    return page


def _across(page: Any, row: int, text: str, last: str) -> None:
    page[f"A{row}"] = text
    page.merge_cells(f"A{row}:{last}{row}")


def ordinary(path: Path) -> Path:
    """The list of section 5 of the trial: titles, head of two rows, section rows, a subtotal, hidden phones, another year."""
    book = openpyxl.Workbook()
    page = _page(book, "2026年台账")
    _across(page, 1, "某局2026年监督检查发现问题整改台账", "R")
    _across(page, 2, "填报单位：驻某局纪检监察组　　填报人：程某某　　填报日期：2026年9月30日", "R")
    upper = "序号 被监督单位 问题类型 检查方式 发现的主要问题 问题定性依据 发现时间 整改措施 责任领导 责任人 整改时限 整改情况 _ _ 整改函文号 是否完成(√) 备注 责任部门".split()
    lower = {12: "整改进展", 13: "联系电话", 14: "完成时间"}
    for column, head in enumerate(upper, start=1):
        page.cell(3, column).value = None if head == "_" else head
        page.cell(4, column).value = lower.get(column)
        if column not in lower:
            page.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
    page.merge_cells("L3:N3")
    _across(page, 5, "一、集中清查发现的问题", "R")
    rows: list[list[Any]] = [
        [
            1,
            "供水总站",
            "制度执行",
            "查阅资料",
            "水质检测记录不全，缺4月第二周的签字",
            "某局供水管理办法",
            "2026.4.16",
            "1.补齐记录\n2.专人负责",
            "李某某",
            "白某某（科长）",
            "2026.8.31",
            "2026-05-20：已补齐",
            "0000-1111111",
            None,
            "青纪驻水整〔2026〕1号",
            "√",
            "急",
            "水质科",
        ],
        [
            2,
            None,
            "财务",
            "查阅资料",
            "公务接待没有审批单",
            None,
            20260416,
            "补办手续",
            None,
            "毛某某、袁某某",
            "9月底前",
            "正在整改",
            "0000-2222222",
            None,
            None,
            None,
            None,
            None,
        ],
        [
            3,
            "水库管理处",
            "安全",
            "实地督查",
            "2号闸门巡查记录与实际不符",
            None,
            "2026年4月17日",
            "逐日登记",
            None,
            "秦某某",
            "立行立改",
            None,
            None,
            None,
            None,
            None,
            None,
            "工管科",
        ],
    ]
    for row, values in enumerate(rows, start=6):
        for column, value in enumerate(values, start=1):
            page.cell(row, column).value = value
    page.merge_cells("B6:B7")
    page.cell(9, 1).value, page.cell(9, 5).value = "小计", "3个"
    _across(page, 10, "二、抽查、专项监督发现的问题", "R")
    more: list[list[Any]] = [
        [
            4,
            "水库处",
            "作风",
            "抽查",
            "值班人员脱岗",
            None,
            "2026年8月",
            "加强值守",
            None,
            "秦某某",
            "长期坚持",
            None,
            None,
            None,
            None,
            None,
            None,
            None,
        ],
        [
            5,
            "机关党支部",
            "学习",
            "专项监督",
            "三会一课记录不全",
            None,
            46250,
            "补齐",
            None,
            "何某某（书记）",
            datetime(2026, 10, 31),
            "完成情况：已部署",
            None,
            None,
            None,
            None,
            None,
            None,
        ],
    ]
    for row, values in enumerate(more, start=11):
        for column, value in enumerate(values, start=1):
            page.cell(row, column).value = value
    _across(page, 13, "合计：5个问题，已整改1个", "R")
    page["A14"], page["E14"] = "制表人：程某某", "审核人：李某某"
    page.column_dimensions["M"].hidden = True
    page.row_dimensions[12].hidden = True
    page["J6"].comment = Comment("原为陈某某", "程")
    left = _page(book, "2025年遗留")
    left.append(["序号", "被监督单位", "发现的主要问题", "发现时间", "整改责任人", "整改期限", "整改进展"])
    left.append([1, "供水总站", "管网台账没有更新", "2025-11-03", "白某某", "2026年3月底", "已更新一半"])
    left.append([2, "水库管理处", "防汛物资账实不符", "2025年11月4日", "秦某某", "2026.6.30", None])
    book.save(path)
    return path


def by_unit(path: Path) -> Path:
    """A list that goes unit by unit, its head on each page, one finding over three rows, findings of several units."""
    book = openpyxl.Workbook()
    page = _page(book, "问题清单")
    heads = [
        "序号",
        "检查名称",
        "检查时间",
        "存在的主要问题",
        "责任单位",
        "整改责任人及职务",
        "整改责任人",
        "具体整改措施",
        "完成时限",
        "整改类型",
        "备注",
    ]
    _across(page, 1, "巡回监督问题清单（2026年度）", "K")
    page.append(heads)
    rows: list[list[Any]] = [
        [
            1,
            "一季度集中监督检查",
            "2026年3月10日至12日",
            "会议记录不规范",
            "财务科、办公室",
            None,
            "丁某某",
            "统一格式",
            "2026年5月31日前",
            "即知即改",
            None,
        ],
        [
            2,
            "一季度集中监督检查",
            "2026年3月10日至12日",
            "固定资产未贴标签",
            "财务科",
            "科长",
            "丁某某",
            "盘点",
            "2026/6/30",
            "限期整改",
            "重点",
        ],
        [None, None, None, None, None, None, None, "贴标签", None, None, None],
        [None, None, None, None, None, None, None, "专人保管", None, None, None],
    ]
    for values in rows:
        page.append(values)
    page.merge_cells("D4:D6")
    page.append(heads)
    page.append(
        [
            3,
            "档案专项检查",
            "2026.6.2",
            "档案室没有防火门",
            "办公室",
            "主任",
            "方某某",
            "〃",
            "20260731",
            None,
            "/",
        ]
    )
    page.append([4, "档案专项检查", "2026.6.2", "无", "水利学校党支部", None, None, None, None, None, None])
    page.append(["合计", None, None, "4项", None, None, None, None, None, None, None])
    page.append(["注：本表每季度末报送。"])
    sums = _page(book, "汇总")
    sums.append(["单位", "发现问题", "已整改", "整改率"])
    sums.append(["财务科", 2, 1, 0.5])
    sums.append(["办公室", 2, 0, 0])
    book.save(path)
    return path


def of_many_kinds(path: Path) -> Path:
    """A book with the list of units, the register of letters, inspections, projects, and the findings of one inspection."""
    book = openpyxl.Workbook()
    units = _page(book, "单位名单")
    units.append(["某局被监督单位名单"])
    units.append(["序号", "单位名称", "简称", "党组织负责人", "职务", "联系电话"])
    units.append([1, "某局办公室党支部", "办公室党支部", "方某某", "党支部书记", "0000-3333333"])
    units.append([2, "某局财务科党支部", "财务科党支部", "丁某某", None, "0000-4444444"])
    units.append([3, "某局下属水文站", "水文站", "石某某", "站长", None])
    letters = _page(book, "发文台账")
    letters.append(["序号", "发文字号", "文种", "文件标题", "主送单位", "发文日期", "签发人", "份数"])
    letters.append(
        [
            1,
            "青纪驻水整〔2026〕1号",
            "整改函",
            "关于集中清查发现问题的整改函",
            "某局办公室党支部",
            "2026.4.20",
            "李某某",
            3,
        ]
    )
    letters.append(
        [
            2,
            "青纪驻水整[2026]3号",
            None,
            "关于档案检查发现问题的整改函",
            "某局下属水文站",
            datetime(2026, 6, 10),
            None,
            None,
        ]
    )
    letters.append(
        [3, "青纪驻水函（2026）第5号", "函", "关于报送材料的函", "某局财务科党支部", "20260701", None, None]
    )
    letters.append([4, None, "通知", "关于开会的通知", "各单位", "2026.7.2", None, None])
    inspected = _page(book, "检查安排")
    inspected.append(["检查名称", "检查类型", "检查时间", "被检查单位", "检查人员"])
    inspected.append(
        ["上半年集中清查", "集中清查", "2026年4月7日-4月9日", "办公室党支部、水文站", "李某某、程某某"]
    )
    findings = _page(book, "问题")
    findings.append(
        ["问题编号", "单位", "问题来源", "发现日期", "问题名称", "问题描述", "责任人", "整改时限", "整改类别"]
    )
    findings.append(
        [
            "SW-2026-01",
            "办公室党支部",
            "集中清查",
            "2026-04-08",
            "档案未归档",
            "3份合同没有归档。",
            "方某某",
            "2026-06-30",
            "限期整改",
        ]
    )
    findings.append(
        [
            "SW-2026-02",
            "水文站",
            "集中清查",
            "2026-04-09",
            None,
            "仪器检定证书过期；没有送检。",
            "石某某",
            "2026-05-31",
            "限期整改",
        ]
    )
    book.create_sheet("说明")["A1"] = "本台账每月更新"
    book.save(path)
    return path

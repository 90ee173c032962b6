"""The page and its grid, and what 信函, 命令, 纪要 and tables on a turned page have of their own."""

from __future__ import annotations

from liangqing.gbt9704.fonts import HEI, TITLE
from liangqing.gbt9704.row import StandardRow, Strength
from liangqing.gbt9704.units import Align, Colour, characters, lines, mm, points

MUST, GENERAL, RECOMMENDED, PRACTICE = Strength
MEASURED = "按 GB/T 33476.2-2016 的读法，从字而不从行量起的也可"
OPEN = "标准没有写"

PAGE = (
    StandardRow("纸张", "宽", mm(210), "5.1", MUST, tolerance=mm(1)),
    StandardRow("纸张", "高", mm(297), "5.1", MUST, tolerance=mm(1)),
    StandardRow("版面", "天头", mm(37), "5.2.1", MUST, mm(1), span=(mm(34.08), mm(38)), note=MEASURED),
    StandardRow("版面", "订口", mm(28), "5.2.1", MUST, mm(1)),
    StandardRow(
        "版面", "地脚", mm(35), "5.2.1", MUST, mm(1), span=(mm(32.08), mm(36)), note=f"由版心算出；{MEASURED}"
    ),
    StandardRow("版面", "切口", mm(26), "5.2.1", MUST, mm(1), note="由版心算出"),
    StandardRow("版心", "宽", mm(156), "5.2.1", MUST, mm(1)),
    StandardRow("版心", "高", mm(225), "5.2.1", MUST, mm(1)),
    StandardRow("版心", "每面行数", lines(22), "5.2.3", GENERAL),
    StandardRow("版心", "每行字数", characters(28), "5.2.3", GENERAL),
    # 225 mm in 22 lines, rounded down to a twip; 28 characters of 15.75 pt are 441 pt of the 442.2 pt in 156 mm.
    StandardRow("版心", "行距", points(28.95), "5.2.3", PRACTICE, span=(points(28), points(29.6)), note=OPEN),
    StandardRow("版心", "字距", points(-0.25), "5.2.3", PRACTICE, note="3号字紧缩后一行排得下28字"),
    StandardRow("版心", "字宽", points(15.75), "5.2.3", PRACTICE, note="紧缩后的3号字"),
)

# 10.1: from the edges of the sheet.
LETTER = (
    StandardRow("信函", "标志上边缘", mm(30), "10.1", MUST, mm(1), note="从纸的上边量起"),
    StandardRow("信函", "标志字体", TITLE, "10.1", RECOMMENDED),
    StandardRow("信函", "红线颜色", Colour.RED, "10.1", MUST),
    StandardRow("信函", "红线距标志", mm(4), "10.1", MUST, mm(1)),
    StandardRow("信函", "红线距下页边", mm(20), "10.1", MUST, mm(1), note="量到粗线的下边"),
    StandardRow("信函", "红线长", mm(170), "10.1", MUST, mm(1)),
    StandardRow("信函", "首条红线", "上粗下细", "10.1", MUST),
    StandardRow("信函", "次条红线", "上细下粗", "10.1", MUST),
    StandardRow("信函", "红线粗线", points(2.25), "10.1", PRACTICE, note=OPEN),
    StandardRow("信函", "红线细线", points(0.75), "10.1", PRACTICE, note=OPEN),
    StandardRow("信函", "红线间隙", mm(0.7), "10.1", PRACTICE, note=OPEN),
    # 7/8 of the height of a character of 3号.
    StandardRow("信函", "发文字号距红线", mm(4.94), "10.1", MUST, mm(1), note="3号字高的7/8"),
    StandardRow("信函", "发文字号对齐", Align.RIGHT, "10.1", MUST, note="顶格居版心右边缘"),
    StandardRow("信函", "标题上空", lines(2), "10.1", MUST),
    StandardRow("信函", "首页页码", "不显示", "10.1", MUST),
    StandardRow("信函", "版记分隔线", "不加", "10.1", MUST),
    StandardRow("信函", "印发机关和印发日期", "不加", "10.1", MUST),
)

# 10.2, 10.3 (which lets an office set its own minutes), 8.
OTHERS = (
    StandardRow("命令", "标志距版心上边缘", mm(20), "10.2", MUST, mm(1)),
    StandardRow("命令", "令号上空", lines(2), "10.2", MUST),
    StandardRow("命令", "正文上空", lines(2), "10.2", MUST),
    StandardRow("纪要", "标志距版心上边缘", mm(35), "10.3", GENERAL, mm(1)),
    StandardRow("纪要", "标志字体", TITLE, "10.3", RECOMMENDED),
    StandardRow("纪要", "标志颜色", Colour.RED, "10.3", RECOMMENDED),
    StandardRow("纪要", "出席上空", lines(1), "10.3", GENERAL),
    StandardRow("纪要", "出席左空", characters(2), "10.3", GENERAL, tolerance=characters(0.2)),
    StandardRow("纪要", "出席字体", HEI, "10.3", GENERAL, note="出席、请假、列席几个字；人名用仿宋体"),
    StandardRow("横排表格", "页码", "与竖排的页相同", "8", MUST),
    StandardRow("横排表格", "表头", "单页在订口一边，双页在切口一边", "8", MUST),
)
LAYOUTS = (*PAGE, *LETTER, *OTHERS)

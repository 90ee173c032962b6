"""The elements of a paper, from 份号 to 页码: face, size, place, blank lines, wording."""

from __future__ import annotations

from liangqing.gbt9704.fonts import BODY, HEI, KAI, SONG, TITLE
from liangqing.gbt9704.row import StandardRow, Strength
from liangqing.gbt9704.units import SIZES, Align, Colour, characters, lines, mm, points

MUST, GENERAL, RECOMMENDED, PRACTICE = Strength
SIZE_2, SIZE_3, SIZE_4 = SIZES["2号"], SIZES["3号"], SIZES["4号"]
FIFTH = characters(0.2)  # how far an indent may be off in a file

# 5.2, the whole text; 7.2, above the red rule.
HEAD = (
    StandardRow("全文", "字体", BODY, "5.2.2", GENERAL),
    StandardRow("全文", "字号", SIZE_3, "5.2.2", GENERAL),
    StandardRow("全文", "颜色", Colour.BLACK, "5.2.4", MUST),
    StandardRow("份号", "字号", SIZE_3, "7.2.1", GENERAL),
    StandardRow("份号", "位数", characters(6), "7.2.1", GENERAL, note="阿拉伯数字"),
    StandardRow("份号", "对齐", Align.LEFT, "7.2.1", GENERAL, note="顶格编排在版心左上角第一行"),
    StandardRow("密级和保密期限", "字体", HEI, "7.2.2", GENERAL),
    StandardRow("密级和保密期限", "字号", SIZE_3, "7.2.2", GENERAL),
    StandardRow("密级和保密期限", "对齐", Align.LEFT, "7.2.2", GENERAL),
    StandardRow("紧急程度", "字体", HEI, "7.2.3", GENERAL),
    StandardRow("紧急程度", "字号", SIZE_3, "7.2.3", GENERAL),
    StandardRow("紧急程度", "对齐", Align.LEFT, "7.2.3", GENERAL),
    StandardRow("发文机关标志", "字体", TITLE, "7.2.4", RECOMMENDED),
    StandardRow("发文机关标志", "颜色", Colour.RED, "7.2.4", RECOMMENDED),
    StandardRow("发文机关标志", "对齐", Align.CENTRE, "7.2.4", MUST),
    StandardRow("发文机关标志", "距版心上边缘", mm(35), "7.2.4", MUST, tolerance=mm(1)),
    StandardRow("发文字号", "上空", lines(2), "7.2.5", MUST),
    StandardRow(
        "发文字号", "对齐", Align.CENTRE, "7.2.5", MUST, note="上行文居左空1字，与最后一个签发人同行"
    ),
    StandardRow(
        "发文字号", "括号", "〔〕", "7.2.5", MUST, note="年份全称，序号不编虚位、不加“第”字，后加“号”字"
    ),
    StandardRow("签发人", "右空", characters(1), "7.2.6", MUST, tolerance=FIFTH),
    StandardRow("签发人姓名", "字体", KAI, "7.2.6", MUST),
    StandardRow("签发人姓名", "字号", SIZE_3, "7.2.6", MUST),
    StandardRow("版头分隔线", "颜色", Colour.RED, "7.2.7", MUST),
    StandardRow("版头分隔线", "宽", mm(156), "7.2.7", MUST, tolerance=mm(1)),
    StandardRow("版头分隔线", "距发文字号", mm(4), "7.2.7", MUST, tolerance=mm(1)),
    StandardRow("版头分隔线", "粗细", points(1), "7.2.7", PRACTICE, note="标准没有写"),
)

# 7.3, the body.
BODY_OF_PAPER = (
    StandardRow("标题", "字体", TITLE, "7.3.1", GENERAL),
    StandardRow("标题", "字号", SIZE_2, "7.3.1", GENERAL),
    StandardRow("标题", "上空", lines(2), "7.3.1", MUST),
    StandardRow("标题", "对齐", Align.CENTRE, "7.3.1", MUST),
    StandardRow(
        "标题", "行距", points(33), "7.3.1", PRACTICE, span=(points(28), points(36)), note="标准没有写"
    ),
    StandardRow("主送机关", "上空", lines(1), "7.3.2", MUST),
    StandardRow("主送机关", "左空", characters(0), "7.3.2", MUST, tolerance=FIFTH, note="回行时仍顶格"),
    StandardRow("主送机关", "末尾", "：", "7.3.2", MUST),
    StandardRow("正文", "首行缩进", characters(2), "7.3.3", MUST, tolerance=FIFTH),
    StandardRow("正文", "回行左空", characters(0), "7.3.3", MUST, tolerance=FIFTH),
    StandardRow("一级标题", "字体", HEI, "7.3.3", GENERAL),
    StandardRow("一级标题", "序数", "一、", "7.3.3", MUST),
    StandardRow("二级标题", "字体", KAI, "7.3.3", GENERAL),
    StandardRow("二级标题", "序数", "（一）", "7.3.3", MUST),
    StandardRow("三级标题", "字体", BODY, "7.3.3", GENERAL),
    StandardRow("三级标题", "序数", "1.", "7.3.3", MUST, accepted=("1．",)),
    StandardRow("四级标题", "字体", BODY, "7.3.3", GENERAL),
    StandardRow("四级标题", "序数", "（1）", "7.3.3", MUST),
    StandardRow("附件说明", "上空", lines(1), "7.3.4", MUST),
    StandardRow("附件说明", "左空", characters(2), "7.3.4", MUST, tolerance=FIFTH),
    StandardRow(
        "附件说明", "开头", "附件：", "7.3.4", MUST, note="几个附件的写序号，一个的不写；名称后不加标点"
    ),
    StandardRow(
        "署名",
        "盖章上空",
        lines(2),
        "7.3.5.1",
        PRACTICE,
        span=(lines(2), lines(3)),
        note="印章顶端距正文一行之内",
    ),
    StandardRow("成文日期", "盖章右空", characters(4), "7.3.5.1", GENERAL, tolerance=FIFTH),
    StandardRow("署名", "上空", lines(1), "7.3.5.2", MUST, note="不盖章的"),
    StandardRow("署名", "右空", characters(2), "7.3.5.2", MUST, tolerance=FIFTH, note="不盖章的"),
    StandardRow("成文日期", "比署名右移", characters(2), "7.3.5.2", MUST, tolerance=FIFTH, note="不盖章的"),
    StandardRow(
        "成文日期", "右空", characters(2), "7.3.5.2", MUST, tolerance=FIFTH, note="不盖章、日期长于署名的"
    ),
    StandardRow("签名章", "上空", lines(2), "7.3.5.3", MUST),
    StandardRow("签名章", "右空", characters(4), "7.3.5.3", MUST, tolerance=FIFTH),
    StandardRow("签名章", "成文日期上空", lines(1), "7.3.5.3", MUST),
    StandardRow(
        "成文日期", "写法", "2012年7月1日", "7.3.5.4", MUST, note="阿拉伯数字，年份全称，月日不编虚位"
    ),
    StandardRow("附注", "左空", characters(2), "7.3.6", MUST, tolerance=FIFTH),
    StandardRow("附注", "括号", "（）", "7.3.6", MUST),
    StandardRow("附件标识", "字体", HEI, "7.3.7", MUST),
    StandardRow("附件标识", "字号", SIZE_3, "7.3.7", MUST),
    StandardRow("附件标识", "左空", characters(0), "7.3.7", MUST, tolerance=FIFTH, note="在版心左上角第一行"),
    StandardRow("附件标题", "位置", lines(3), "7.3.7", MUST, note="居中编排在版心第三行"),
)

# 7.4, the imprint; 7.5, the number of the page.
FOOT = (
    StandardRow("版记分隔线", "宽", mm(156), "7.4.1", MUST, tolerance=mm(1)),
    StandardRow("版记分隔线", "首末条粗细", mm(0.35), "7.4.1", RECOMMENDED, tolerance=mm(0.06)),
    StandardRow("版记分隔线", "中间粗细", mm(0.25), "7.4.1", RECOMMENDED, tolerance=mm(0.06)),
    StandardRow("版记分隔线", "末条位置", mm(262), "7.4.1", MUST, tolerance=mm(1), note="最后一面版心下边缘"),
    StandardRow("抄送机关", "字体", BODY, "7.4.2", GENERAL),
    StandardRow("抄送机关", "字号", SIZE_4, "7.4.2", GENERAL),
    StandardRow("抄送机关", "左空", characters(1), "7.4.2", GENERAL, tolerance=FIFTH),
    StandardRow("抄送机关", "右空", characters(1), "7.4.2", GENERAL, tolerance=FIFTH),
    StandardRow("抄送机关", "开头", "抄送：", "7.4.2", MUST, note="回行时与冒号后的首字对齐"),
    StandardRow("抄送机关", "末尾", "。", "7.4.2", MUST),
    StandardRow("印发机关", "字体", BODY, "7.4.3", GENERAL),
    StandardRow("印发机关", "字号", SIZE_4, "7.4.3", GENERAL),
    StandardRow("印发机关", "左空", characters(1), "7.4.3", MUST, tolerance=FIFTH),
    StandardRow("印发日期", "右空", characters(1), "7.4.3", MUST, tolerance=FIFTH),
    StandardRow("印发日期", "末尾", "印发", "7.4.3", MUST),
    StandardRow("页码", "字体", SONG, "7.5", GENERAL),
    StandardRow("页码", "字号", SIZE_4, "7.5", GENERAL),
    StandardRow("页码", "一字线", "—", "7.5", MUST, note="数字左右各一条"),
    StandardRow("页码", "距版心下边缘", mm(7), "7.5", MUST, tolerance=mm(1)),
    StandardRow("页码", "空", characters(1), "7.5", MUST, tolerance=FIFTH, note="单页居右，双页居左"),
)
ELEMENTS = (*HEAD, *BODY_OF_PAPER, *FOOT)

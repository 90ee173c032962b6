"""What is written in an office and is no official paper: of these nothing is 规定. All text is invented (示例)."""

from __future__ import annotations

from collections.abc import Mapping

from outlines import FANG, HEI, KAI, SONG, Folio, Line, Outline, Sheet, line

OTHER = "其他材料"
# How its sheet is set: as Word begins a document, as a thesis, as a paper.
SHEETS = (
    Sheet(top=1440, bottom=1440, left=1800, right=1800, footer=992, pitch=240, rule="auto", tight=0),
    Sheet(top=1701, bottom=1418, left=1701, right=1418, footer=992, pitch=360, rule="auto", tight=0),
    Sheet(pitch=560),
)
FOLIOS = (
    Folio("", "", odd="center", even="center", space=0),
    Folio("第", "页", odd="center", even="center", space=0),
    Folio(shown=False),
)
MATERIALS: Mapping[str, tuple[str, ...]] = {
    "讲话": (
        "在示例工作座谈会上的讲话",
        "同志们：",
        "今天召开这次座谈会，主要任务是交流情况、分析问题、研究下一步的打算。",
        "一、充分肯定成绩",
        "一年来，大家克服困难，做了大量工作，成效是明显的。",
        "二、清醒看到不足",
        "我就讲这些，谢谢大家。",
    ),
    "合同": (
        "示例服务合同",
        "甲方：示例市某某单位",
        "乙方：示例市某某公司",
        "第一条　服务内容：乙方为甲方提供示例服务，详见附件。",
        "第二条　服务期限：自2026年1月1日起至2026年12月31日止。",
        "甲方（盖章）：　　　　　　乙方（盖章）：",
        "日期：　　年　月　日",
    ),
    "论文": (
        "示例方法在示例问题中的应用研究",
        "摘要：本文讨论了示例方法，给出了示例结果。",
        "关键词：示例；方法；结果",
        "1 引言",
        "已有的研究见文献[1,2]，其中 f(x)=a+b, x>0。",
        "1.1 研究背景",
        "参考文献",
        "[1] 张某某. 示例方法研究[J]. 示例学报, 2020(3): 1-9.",
    ),
    "目录": (
        "目　录",
        "第一章 总则................................1",
        "第二章 职责……………………………………………5",
        "第三章 附则................................9",
    ),
    "程序说明": (
        "示例程序安装说明",
        "1、下载安装包, 解压到 C:\\示例 目录;",
        "2、运行 setup.exe --quiet,等待完成...",
        "3、在浏览器里打开 http://localhost:8080/index.html?a=1,确认能看到首页。",
    ),
    "小结": (
        "季度工作小结",
        "一季度，完成了示例任务三项，参加示例培训两次。",
        "1、存在问题：材料报送不及时。",
        "2、下一步打算：按月报送，及时沟通。",
        "张某某",
        "2026年4月1日",
    ),
    "议程": (
        "示例会议议程",
        "时间：2026年1月5日上午9:00",
        "地点：机关三楼会议室",
        "主持人：王某某",
        "一、传达学习示例文件精神；",
        "二、讨论示例事项。",
    ),
    "简历": ("个人简历", "姓名：张某某　　性别：男　　出生年月：1990.01", "2012.09-2016.06  示例大学  学生", "2016.07-今  示例单位  职员"),
    "新闻稿": (
        "示例市举办示例活动",
        "本报讯（通讯员张某某）1月5日,示例市举办了示例活动,来自各县（区）的200余人参加。",
        "活动现场气氛热烈……大家纷纷表示,要把学到的知识带回去.",
    ),
    "制度": (
        "示例单位考勤制度",
        "第一章　总　则",
        "第一条　为加强管理，制定本制度。",
        "第二条　本制度适用于全体职工。",
        "第二章　附　则",
        "第三条　本制度自2026年1月1日起施行。",
    ),
}  # fmt: skip


def other(kind: str, turn: int) -> Outline:
    """A material of a kind, in the `turn`-th look."""
    title, *rest = MATERIALS[kind]
    faces = ((HEI, SONG, 12.0), (SONG, SONG, 10.5), (KAI, FANG, 16.0))
    head, text, size = faces[turn % len(faces)]
    lines: list[Line] = [line("题", title, face=head, size=18 if size < 16 else 22, align="center")]
    lines += [line(f"文{index}", words, face=text, size=size, first=2) for index, words in enumerate(rest)]
    return Outline(
        kind,
        OTHER,
        tuple(lines),
        red_rule="",
        sheet=SHEETS[turn % len(SHEETS)],
        folio=FOLIOS[turn // 2 % len(FOLIOS)],
    )

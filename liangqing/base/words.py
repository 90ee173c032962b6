"""Chinese text cut into words: the likeliest way over a list of words and how common each is.

The list (words.txt) is of jieba, see words_licence.txt: all words of up to four signs that are not rare, a line a first sign, each with a
letter for how common it is. It is read when the first text has to be cut, some milliseconds once a process.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

_LIST = Path(__file__).with_name("words.txt")
_TOTAL = math.log(60_000_000)  # all words counted for the list
_UNKNOWN = -_TOTAL - 2  # a sign that is in no list
_COMMON = math.log(3000) - _TOTAL  # of a word of the office
_LONGEST = 9
# What such offices say, which a list of common words has not or cuts in two.
_OFFICE = frozenset(
    """
    纪检 监察 纪检组 监察组 纪检监察 派驻 派出 党组 党委 党总支 党支部 党工委 机关党委 党员 领导班子 党风 廉政 廉洁 自律
    监督 督办 督办函 督查 督察 提醒函 整改函 建议书 通知书 告知书 反馈会 反馈表 审核表 确认表 情况表 采纳 责任书 汇总表 统计表
    整改 销号 立行立改 回头看 约谈 通报 函询 双签 双签字 签字 底稿 征求 意见 征求意见稿 送审稿 讨论稿 修订稿 试行 清单 台账
    责任 清欠单 作战图 体检 自查 自纠 自查自纠 复查 核查 抽查 清查 清退 巡察 巡视 巡查 交办 督导 移交 线索 处置
    以案促改 以案为鉴 以案释法 典型案例 警示教育 专题 民主生活会 组织生活会 三会一课 三重一大 八项规定 四风 一岗双责
    两个责任 主体责任 监督责任 第一责任人 政治监督 日常监督 专项监督 专项整治 专项检查 监督检查 集中清查 集中整治 动态监督
    形式主义 官僚主义 不担当 不作为 不到位 不及时 不规范 不严格 不力 不全 不足 不实 漏报 迟报 瞒报 逾期 超期 到期
    生态 环境 环保 生态环境 执法 支队 大队 总队 监测 监测站 监测中心 环评 环境影响评价 排污 排污口 入河 入库 河湖 水质 水库 水源
    饮用水 水源地 自动站 在线 危废 危险废物 固废 扬尘 污水 污水厂 污水处理厂 排放 许可证 排污许可证 标识牌 标志牌 台帐
    检测 检测报告 监测数据 监测报告 立项 招标 投标 采购 政府采购 公车 公务接待 公务用车 津贴 补贴 津补贴 差旅费 报销 资金 专项资金
    报送 印发 转发 开展 组织 召开 调整 进一步 贯彻 落实 学习 做好 加强 规范 严明 纪律 五一 端午 中秋 国庆 期间 节日
    年度 季度 半年 上半年 下半年 工作 要点 方案 办法 细则 规定 制度 决定 意见 请示 报告 批复 总结 纪要 公告 通告
    纪委监委 纪律检查委员会 监察委员会 党风廉政建设 反腐败 反腐败工作 全面从严治党 党风政风 正风肃纪 政治生态 差旅费报销
    中秋国庆 元旦春节 五一端午 清明五一 元旦 春节 节假日 生态环境保护 生态环境保护督察 生态环境保护督察组 水质检测 水质检测报告
    底数 底数不清 把关不严 落实不力 整改不力 执行不到位 落实不到位 监管不到位 管理不规范 使用不规范 自查情况表
    运行维护 入河排污口 派驻机构 环保督察 环保督察组 违章建筑 违法建设 享乐主义 奢靡之风 比对 监测仪 工程款 主要负责人 重点任务 集体决策 集体决策制度 党支部书记 问题清单 任务清单 销号审核 纠治 监督清单
    管理 管理处 管理局 管理中心 服务中心 办公室 分局 总站 供水总站 机关 科室 综合 行政 综合执法 局机关
    """.split()
)


def segments(text: str) -> list[str]:
    """The words of a text, in order; what is in no list, such as digits, comes sign by sign. Joined, they are the text."""
    best = [0.0] + [-math.inf] * len(text)
    start = [0] * (len(text) + 1)
    for begin in range(len(text)):
        for end, weight in _beginning(text, begin):
            if best[begin] + weight > best[end]:
                best[end], start[end] = best[begin] + weight, begin
    found, end = [], len(text)
    while end:
        found.append(text[start[end] : end])
        end = start[end]
    return found[::-1]


def _beginning(text: str, begin: int) -> list[tuple[int, float]]:
    """Where the words end that may begin at a place, and the logarithm of how likely each is."""
    known = _of_sign(text[begin])
    found = [(begin + 1, known.get(text[begin], _UNKNOWN))]
    for end in range(begin + 2, min(begin + _LONGEST, len(text)) + 1):
        weight = known.get(text[begin:end])
        if weight is not None:
            found.append((end, weight))
    return found


@cache
def _of_sign(sign: str) -> dict[str, float]:
    """The words that begin with a sign."""
    words = {word[:-1]: ord(word[-1]) - ord("a") - _TOTAL for word in _lines().get(sign, "").split()}
    return words | {word: _COMMON for word in _OFFICE if word[0] == sign}


@cache
def _lines() -> dict[str, str]:
    return {line[0]: line for line in _LIST.read_text("utf-8").splitlines()}

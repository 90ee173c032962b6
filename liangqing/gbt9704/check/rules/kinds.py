"""公文处理条例 8 and 9: the kind of a paper, in its title and in the words that it closes with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liangqing.gbt9704.check.paper import FILE, LETTER, OFFICIAL, ORDER, PLAIN, RecognisedPaper
from liangqing.gbt9704.check.rule import Rule, RuleHit
from liangqing.gbt9704.row import Strength
from liangqing.gbt9704.word.model import Paragraph

_LAST = 4  # paragraphs: closing words stand among so many
_BRACKETS = re.compile(r"([（(〔][^（）()〔〕]{1,20}[）)〕]|[。.．，,！!\s])+$")
# What a title may end in: the kinds of the 条例, and other papers that are printed with them.
_KIND = re.compile(
    r"(决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要"
    r"|方案|规定|办法|细则|条例|规则|规程|制度|章程|准则|守则|标准|规范|目录|指南|导则|预案|计划|规划|纲要|要点|安排|部署|总结|小结"
    r"|汇报|说明|简报|信息|专报|提案|建议|答复|解释|解读|公示|公约|倡议|声明|讲话|发言|致辞|演讲|要求|措施|清单|名单|材料|稿|书|表|信"
    r"|文件|协议|合同|分工|记录|提要|快报|动态|台账|问答|须知|启事|布告|训令|指示|批示|签报|意见稿)$"
)
# Closing words → the kinds that may end so. Words that any paper may close with are not here.
_CLOSINGS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"(特此|专此|谨此)[，,]?(函复|复函|函告|函达|函询|函商|致函|函请|函)|请予?(函复|函告|复函)|^此函"), ("函",)),
    (re.compile(r"特此[，,]?通知|^此通知"), ("通知",)),
    (re.compile(r"特此[，,]?通报"), ("通报", "函")),  # a 函 may tell an organ beside one's own what happened
    (re.compile(r"特此[，,]?通告"), ("通告",)),
    (re.compile(r"特此[，,]?公告"), ("公告",)),
    (re.compile(r"特此[，,]?(报告|汇报)|以上报告"), ("报告", "汇报")),
    (re.compile(r"特此[，,]?请示|以上请示"), ("请示",)),
    (re.compile(r"特此[，,]?批复"), ("批复",)),
    (re.compile(r"特此[，,]?(决定|命令)"), ("决定", "令")),
    (re.compile(r"[妥当可]否[，,]?\s*(敬)?请\S{0,4}(批示|批复|审批|审示|指示)"), ("请示",)),
)  # fmt: skip
# 复函 closes like what it answers with; these say of themselves which kind they are.
_JUDGED = re.compile(r"(决定|令|公告|通告|意见|通知|通报|报告|请示|批复|函|汇报)$")


def _title(paper: RecognisedPaper) -> str:
    """The title without what stands in brackets after the kind, and without marks."""
    return _BRACKETS.sub("", paper.title_text)


def _without_kind(paper: RecognisedPaper) -> Iterator[RuleHit]:
    title = _title(paper)
    if "关于" in title and not _KIND.search(title):
        expected = "标题末尾写明文种，如“关于……的通知”"
        yield RuleHit(paper.title[-1], f"标题以“{title[-4:]}”结尾，没有文种", expected)


def _closing(paper: RecognisedPaper) -> Iterator[RuleHit]:
    found = _JUDGED.search(_title(paper))
    if found is None:
        return
    for paragraph in paper.body[-_LAST:]:
        for words, kinds in _closings_in(paragraph):
            asks_in_report = found[0] == "报告" and kinds == ("请示",)  # F310 tells that
            if not found[0].endswith(kinds) and not asks_in_report:
                yield RuleHit(paragraph, f"{found[0]}用“{words}”结尾", f"这样结尾的是{'、'.join(kinds)}")
                return


def _closings_in(paragraph: Paragraph) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Closing words of a kind, and the kinds that close so; they begin a sentence."""
    for sentence in re.split("[。！；]", paragraph.words):
        said = sentence.strip(" \u3000，,")
        for pattern, kinds in _CLOSINGS:
            match = pattern.match(said) if len(said) <= 40 else None
            if match is not None:
                yield match[0], kinds


RULES = (
    Rule(
        "F322",
        "结束语与文种",
        "公文处理条例8",
        Strength.GENERAL,
        judge=_closing,
        mend="改成与文种相称的结束语（通知用“特此通知”，函用“特此函复”“请予函复”，请示用“妥否，请批示”），或者改用相称的文种",
        formats=OFFICIAL - {ORDER},
    ),
    Rule(
        "F323",
        "标题没有文种",
        "公文处理条例9(7)",
        Strength.GENERAL,
        judge=_without_kind,
        mend="标题写成“关于××的通知”（报告、请示、函等）",
        formats=frozenset({FILE, LETTER, PLAIN}),
    ),
)

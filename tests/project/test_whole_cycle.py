"""One finding from the checklist to its close-out, its relapse and the next year, through the command line alone.

A clerk's folder begins with `init`; what is typed is YAML, what comes back are filled Word forms, and every day is passed in.
Units, persons and events are invented (示例).
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from conftest import Run
from docx_text import text_of
from filling import W, filled, rewritten, self_check
from lxml import etree
from openpyxl import load_workbook
from sheet import Sheet

from liangqing.cli import main as cli

pytestmark = pytest.mark.year

YEAR = "checklists/2021"
RESPONSIBLE, LIMIT, IN_WORDS = "孟某某", "2021-06-30", "2021年6月30日"
FACT = "2021年4月7日，检查组查看标本采集记录，3月份应有12份，实有7份。"
DEMAND = "补齐采集记录，按周核对。"

GROUP = """\
机构:
  全称: 某市纪委监委驻某市园林局纪检监察组
  派出机关: 某市纪委监委
  机关代字: 某纪驻园
  负责人: {姓名: 严某某, 职务: 组长}
  联系人: {姓名: 齐某某, 电话: 0000-0000000}
  抄送: [某市纪委监委监督检查室]
"""

UNITS = """\
单位:
  - {编号: U01, 名称: 中共某市园林局党组, 简称: 局党组, 称谓: 你局党组, 类型: 党组, 负责人: {姓名: 乔某某, 职务: 党组书记}}
  - {编号: U02, 名称: 某市植物园党支部, 简称: 植物园党支部, 称谓: 你支部, 类型: 党支部, 负责人: {姓名: 祝某某, 职务: 党支部书记}}
  - {编号: U03, 名称: 某市花卉研究所党支部, 简称: 花研所党支部, 称谓: 你支部, 类型: 党支部, 负责人: {姓名: 柯某某, 职务: 党支部书记}}
"""

DRAFT = """\
清单:
  年度: 2021
  标题: 2021年度园林养护监督检查清单
  阶段: 征求意见稿
  征求意见: {截止日期: 2021-01-31}
  统计截止日期: 2021-12-31
  依据: [某市城市绿化管理办法]
  印发要求:
    - 压实责任。逐项认领任务。
  自查期次:
    - {名称: 第一期, 报送截止日期: 2021-03-31}
  任务:
    - {编号: R1, 监督内容: 责任落实, 具体任务: 把养护责任分到岗位, 责任主体: 全体单位, 监督方式: [平时观察, 集中清查], 完成时限: 每季度}
    - {编号: R2, 监督内容: 资料完整, 具体任务: 标本采集当日记录, 责任主体: 党支部, 监督方式: [查阅资料], 完成时限: 2021-11-30, 佐证材料: [采集记录]}
"""

INSPECTION = """\
检查:
  - 编号: JZ01
    类型: 集中清查
    名称: 植物园集中清查
    开始日期: 2021-04-07
    结束日期: 2021-04-08
    单位: [U02]
    依据: 2021年度园林养护监督检查清单
    准备材料: [采集记录, 岗位责任表]
    检查组: [严某某, 齐某某]
    方式: [查阅资料, 实地督查]
"""

CHECKED = """\
    任务落实:
      - {单位: U02, 任务: R1, 状态: 已落实, 说明: 岗位责任表齐全, 检查人: 齐某某, 日期: 2021-04-07}
      - {单位: U02, 任务: R2, 状态: 已部署, 说明: 记录不全, 检查人: 齐某某, 日期: 2021-04-07}
    反馈会:
      - {单位: U02, 日期: 2021-04-08, 地点: 植物园会议室, 主持人: 严某某, 记录人: 齐某某, 出席: [祝某某, 孟某某], 单位意见: 无异议}
"""

FINDING = f"""\
问题:
  - 编号: W2021-01
    检查: JZ01
    单位: U02
    任务: R2
    名称: 标本采集记录不全
    事实: {FACT}
"""

SETTLED = f"""\
    整改类别: 限期整改
    整改要求: {DEMAND}
    整改措施: [逐份核对, 专人登记]
    责任: {{部门: 标本室, 责任领导: 祝某某, 责任人: {RESPONSIBLE}, 职务: 标本室主任}}
    整改时限: {LIMIT}
"""


PORTRAIT = """\
画像:
  - {检查: JZ01, 单位: U02, 日期: 2021-04-09, 总体评价: 责任明确，记录要补齐。, 优点: [责任表齐全], 建议: [按周核对]}
"""

LETTER = """\
整改函:
  - {编号: ZG1, 单位: U02, 问题: [W2021-01], 事由: 集中清查发现问题, 回复期限: 2021-07-09}
"""

CLOSING = """\
    进展:
      - {日期: 2021-07-06, 内容: 3月份12份记录已补齐。, 佐证: [{名称: 补齐的采集记录, 日期: 2021-07-05}]}
    销号:
      - {申请日期: 2021-07-09, 审批人: 严某某, 结论: 同意销号, 销号日期: 2021-07-15}
"""

WRITTEN = """\
文书:
  - {编号: YT1, 文种: 约谈通知书, 单位: U02, 问题: W2021-01, 事由: 标本采集记录整改后反弹, 对象职务: 党支部书记}
  - 编号: TB1
    文种: 通报
    单位: [U02]
    问题: [W2021-01]
    事由: 标本采集记录整改情况
    主送: 局党组，各党支部
    要求: [举一反三，核对记录。]
"""


class Clerk:
    """A person at the command line, on a day."""

    def __init__(self, run: Run, patch: pytest.MonkeyPatch) -> None:
        self.run, self._patch = run, patch
        self.inbox = run.root.parent / "收到"
        self.inbox.mkdir(exist_ok=True)

    def on(self, day: str) -> None:
        self._patch.setattr(cli, "today", lambda: date.fromisoformat(day))

    def __call__(self, *words: str, code: int = 0) -> str:
        """What a command says; it must end with `code`."""
        got, out, err = self.run(*words)
        assert got == code, f"{words} → {got}\n{out}\n{err}"
        return out + err

    def write(self, name: str, text: str) -> None:
        (self.run.root / YEAR / name).write_text(text, "utf-8")

    def add(self, name: str, text: str) -> None:
        path = self.run.root / YEAR / name
        path.write_text(path.read_text("utf-8") + text, "utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        self.run.edit(f"{YEAR}/{name}", old, new)

    def paper(self, kind: str, part: str = "") -> Path:
        """The one paper of a kind whose name holds `part`."""
        found = [each for each in (self.run.root / "output/2021" / kind).iterdir() if part in each.name]
        assert len(found) == 1, (kind, part, found)
        return found[0]

    def text(self, kind: str, part: str = "") -> str:
        return text_of(self.paper(kind, part).read_bytes())

    def arrive(self, name: str, data: bytes) -> str:
        path = self.inbox / name
        path.write_bytes(data)
        return str(path)

    def waiting(self, day: str, *, rounds: bool = False, kept: bool = True) -> list[tuple[str, str]]:
        """(类别, 事项) of all that `status` tells on a day.

        The task of every quarter, always near, only with `rounds`; what was handed over and is to be kept (待定稿) only
        where it is not said that it is `kept`.
        """
        rows = json.loads(self("status", "--as-of", day, "--json"))
        aside = [kind for kind, hidden in (("定期任务", not rounds), ("待定稿", kept)) if hidden]
        return [(each["类别"], each["事项"]) for each in rows if each["类别"] not in aside]


@pytest.fixture
def clerk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Clerk:
    """A clerk with the new workspace that `init` makes, typed full up to the draft of the checklist."""
    monkeypatch.setattr(cli, "today", lambda: date(2021, 1, 4))
    root = tmp_path / "工作"
    assert cli.main(["init", str(root), "--year", "2021"]) == 0
    clerk = Clerk(Run(root, capsys), monkeypatch)
    assert "D1" in clerk("check", code=1)  # what is to be filled in
    (root / "checklists/机构.yaml").write_text(GROUP, "utf-8")
    clerk.write("单位.yaml", UNITS)
    clerk.write("清单.yaml", DRAFT)
    clerk("check")
    return clerk


def test_the_whole_cycle(clerk: Clerk) -> None:
    duties_are_settled(clerk)
    units_check_themselves(clerk)
    the_finding_is_made(clerk)
    it_is_signed_and_sent(clerk)
    a_copy_is_verified(clerk)
    the_limit_passes(clerk)
    it_is_closed_late(clerk)
    it_relapses(clerk)
    the_ledger_comes_back(clerk)
    the_next_year_begins(clerk)
    everything_is_sound(clerk)


def duties_are_settled(clerk: Clerk) -> None:
    """清单明责: opinions are asked, decided, and the checklist goes out."""
    clerk.on("2021-01-10")
    assert "函〔2021〕1号" in clerk("issue", "征求意见函", "2021", "--date", "2021-01-10")
    assert "征求意见稿" in clerk("build", "征求意见函", "征求意见反馈表")
    assert [kind for kind, _ in clerk.waiting("2021-02-01")] == ["未反馈意见"] * 3
    opinion = {("日期", 0): "2021年1月20日", ("[].意见", 1): "建议放宽时限"}
    nothing = {("日期", 0): "2021年1月20日", ("处理=无意见", 0): "是"}
    for unit, answers in (("植物园", opinion), ("花研所", nothing), ("局党组", nothing)):
        form = clerk.paper("征求意见反馈表", unit).read_bytes()
        clerk.arrive(f"意见-{unit}.docx", filled(form, answers))
    clerk.on("2021-01-25")
    assert "合计：已收 3 份" in clerk("collect", str(clerk.inbox), "--accept")
    assert clerk.waiting("2021-02-01") == [("待处理意见", "征求意见 YJ02")]
    assert "D405" in clerk("opinions")  # not before it is decided
    decided = "    意见: 建议放宽时限\n    处理: 未采纳\n    理由: 时限由制度规定\n"
    clerk.edit("收回/2021-01-25.yaml", "    意见: 建议放宽时限\n", decided)
    clerk("opinions")
    told = "共征求3家单位意见；收到意见1条，其中未采纳1条。"
    assert told in clerk.text("意见采纳情况表")

    clerk.on("2021-02-05")
    clerk.edit("清单.yaml", "阶段: 征求意见稿", "阶段: 正式稿")
    clerk("issue", "监督检查清单", "2021", "--date", "2021-02-05")
    assert "发〔2021〕1号" in clerk("issue", "印发通知", "2021", "--date", "2021-02-05")
    clerk("build", "印发通知", "自查情况表")
    assert "某纪驻园发〔2021〕1号" in clerk.text("印发通知")
    assert clerk.waiting("2021-02-05") == []


def units_check_themselves(clerk: Clerk) -> None:
    """跟踪履责: forms go out, come back and are reviewed."""
    told = [kind for kind, _ in clerk.waiting("2021-04-01", rounds=True)]
    assert told == ["未报自查"] * 3 + ["定期任务"]
    clerk.on("2021-03-26")
    for unit, tasks in (("局党组", 1), ("植物园", 2), ("花研所", 2)):
        form = clerk.paper("自查情况表", unit).read_bytes()
        answers = self_check(tasks) | {("报送日期", 0): "2021年3月25日"}
        clerk.arrive(f"自查-{unit}.docx", filled(form, answers))
    assert "已收 3 份，早已收过 3 份" in clerk("collect", str(clerk.inbox), "--accept")
    assert [kind for kind, _ in clerk.waiting("2021-04-01")] == ["待审核自查"] * 3
    path = clerk.run.root / YEAR / "收回/2021-03-26.yaml"
    text = path.read_text("utf-8")
    for key, value in (("审核日期", "2021-03-30"), ("审核人", "齐某某"), ("审核结果", "通过")):
        text = text.replace(f"    {key}:\n", f"    {key}: {value}\n")
    path.write_text(text, "utf-8")
    assert clerk.waiting("2021-04-01") == []


def the_finding_is_made(clerk: Clerk) -> None:
    """清查确责: notice, worksheet to take along, inspection, finding, and the responsibility for it."""
    clerk.on("2021-04-01")
    clerk.write("检查.yaml", INSPECTION)
    clerk("issue", "监督检查通知", "JZ01", "--date", "2021-04-01")
    clerk("build", "监督检查通知", "检查底稿")
    assert "☐ 未部署" in clerk.text("检查底稿")
    assert "采集记录；岗位责任表" in clerk.text("监督检查通知")
    clerk.on("2021-04-09")
    clerk.write("检查.yaml", INSPECTION + CHECKED)
    clerk.write("问题.yaml", FINDING)
    said = clerk("signoffs")
    assert all(f"没有「{each}」" in said for each in ("整改类别", "整改要求", "责任", "整改时限"))
    assert not (clerk.run.root / "output/2021/双签字确认表").exists()
    assert [kind for kind, _ in clerk.waiting("2021-04-09")] == ["待明确", "未签字"]
    clerk.add("问题.yaml", SETTLED)
    clerk.write("画像.yaml", PORTRAIT)
    clerk("signoffs")


def it_is_signed_and_sent(clerk: Clerk) -> None:
    """Two signatures under one content code, minutes, report and letter."""
    clerk("issue", "双签字确认表", "JZ01", "--date", "2021-04-08")
    clerk("issue", "反馈会纪要", "JZ01", "--date", "2021-04-09")
    printed = re.search(r"内容码 (\w{6})", clerk.text("双签字确认表"))
    assert printed is not None
    signed = f"问题: [W2021-01], 内容码: {printed[1]}, 日期: 2021-04-08, 党组织签字人: 祝某某"
    form = f"编号: SQ1, 检查: JZ01, 单位: U02, {signed}, 纪检监察组签字人: 严某某"
    clerk.write("双签.yaml", f"双签:\n  - {{{form}}}\n")
    assert clerk.waiting("2021-04-09") == []
    told = clerk.waiting("2021-04-09", kept=False)
    assert [words.partition(" ")[0] for _, words in told] == ["检查底稿", "体检报告"]
    clerk.on("2021-04-15")
    clerk("issue", "体检报告", "JZ01", "--date", "2021-04-12")
    clerk.write("整改函.yaml", LETTER)
    assert [kind for kind, _ in clerk.waiting("2021-04-15")] == ["未印发"]
    clerk("letters")
    assert "某纪驻园整〔2021〕　号" in clerk.text("整改函")
    clerk("issue", "整改函", "ZG1", "--date", "2021-04-15", "--signer", "严某某")
    clerk.write(
        "送达.yaml",
        "送达:\n  - {文号: 某纪驻园整〔2021〕1号, 日期: 2021-04-16, 签收人: 祝某某}\n",
    )
    clerk("build")
    assert "某纪驻园整〔2021〕1号" in clerk.text("整改函")
    says_the_same(clerk)


# Papers that name the finding by its facts; those with its demand, its person and its limit.
FACTS = ("检查底稿", "体检报告", "反馈会纪要", "整改函", "问题清单", "三张清单")
DUTIES = (*FACTS[1:], "双签字确认表", "整改情况反馈表")


def says_the_same(clerk: Clerk) -> None:
    """Responsibility and limit stand word for word the same wherever they stand: typed once."""
    for kind in FACTS:
        assert FACT in clerk.text(kind), kind
    for kind in DUTIES:
        text = clerk.text(kind)
        assert DEMAND in text and IN_WORDS in text, kind
        assert kind == "整改情况反馈表" or f"{RESPONSIBLE}（标本室主任）" in text.replace("⏎", ""), kind
        limits = set(re.findall(r"整改时限：(\d+年\d+月\d+日)", text))
        assert limits <= {IN_WORDS}, kind
    row = Sheet(load_workbook(clerk.paper("台账")), "问题")
    code = "W2021-01"
    assert (row[code, "责任人"], row[code, "整改要求"], row[code, "问题描述"]) == (RESPONSIBLE, DEMAND, FACT)
    assert row[code, "完成时限"].date() == date.fromisoformat(LIMIT)


def a_copy_is_verified(clerk: Clerk) -> None:
    letter = clerk.paper("整改函").read_bytes()
    assert "：未改动（某纪驻园整〔2021〕1号" in clerk("verify", clerk.arrive("收回的函.docx", letter))

    def alter(root: etree._Element) -> None:
        (text,) = [each for each in root.iter(f"{W}t") if "6月30日" in (each.text or "")]
        text.text = (text.text or "").replace("6月30日", "6月80日")

    said = clerk("verify", clerk.arrive("改过的函.docx", rewritten(letter, alter)), code=3)
    assert "「2021年6月30日」成了「2021年6月80日」（「3」→「8」）" in said and "共 1 处" in said


def the_limit_passes(clerk: Clerk) -> None:
    """跟进问责: due, overdue, and what the ladder proposes is written and issued by a person."""
    form = ("未交反馈表", "某纪驻园整〔2021〕1号：问题 W2021-01，期限2021年7月9日")
    assert clerk.waiting("2021-06-19") == []
    assert_waits(clerk.waiting("2021-06-20"), [("临期", "还有10天"), ("建议发文", "提醒函：W2021-01")])
    assert clerk.waiting("2021-06-29")[1] == form
    assert_waits(clerk.waiting("2021-06-30"), [("临期", "今天到期"), form[:1], ("建议发文", "提醒函")])
    assert_waits(clerk.waiting("2021-07-01"), [("逾期", "已超1天"), form[:1], ("建议发文", "督办函")])
    for day, kind in (("2021-06-21", "提醒函"), ("2021-07-02", "督办函")):
        clerk.on(day)
        clerk("propose", "--yes")
        clerk("issue", kind, f"{kind}-U02-1", "--date", day)
        assert "没有要提议的文书" in clerk("propose")
    clerk("build", "督办函", "单位清欠单")
    urged = clerk.text("督办函")
    assert "某纪驻园整〔2021〕1号整改函" in urged
    assert f"责任人：{RESPONSIBLE}（标本室主任）；整改时限：{IN_WORDS}。" in urged
    assert "已超过整改时限2天（2个工作日），尚未完成整改" in urged
    assert "标本采集记录不全" in clerk.text("单位清欠单")


def assert_waits(waiting: list[tuple[str, str]], expected: list[tuple[str, ...]]) -> None:
    """Each that waits is of the kind that is expected, and says the words."""
    assert [kind for kind, _ in waiting] == [each[0] for each in expected]
    assert all(
        word in what for (_, what), (_, *words) in zip(waiting, expected, strict=True) for word in words
    )


def it_is_closed_late(clerk: Clerk) -> None:
    """The form comes back; close-out waits for its gates; that it came late stays visible."""
    form = clerk.paper("整改情况反馈表").read_bytes()
    answers = {
        ("日期", 0): "2021年7月9日",
        ("[].完成情况", 0): "3月份12份记录已补齐。",
        ("[].完成日期", 0): "2021年7月6日",
        ("[].佐证[].名称", 0): "补齐的采集记录",
        ("[].佐证[].日期", 0): "2021年7月5日",
        ("[].申请销号", 0): "是",
    }
    clerk.on("2021-07-12")
    clerk("collect", clerk.arrive("反馈.docx", filled(form, answers)), "--accept")
    assert_waits(clerk.waiting("2021-07-12"), [("待核查", "反馈表申请销号")])
    assert "没有要提议的文书" in clerk("propose")
    clerk.edit("整改函.yaml", "2021-07-09}", "2021-07-09, 回复: {日期: 2021-07-09, 文号: 园支〔2021〕3号}}")
    clerk.add("问题.yaml", CLOSING)
    clerk.on("2021-07-15")
    said = clerk("closeout")
    assert all(
        f"还差 D408 问题 W2021-01 没有达到销号门槛「{each}」" in said for each in ("核查人", "核查日期")
    )
    assert not (clerk.run.root / "output/2021/销号审核表").exists()
    assert_waits(clerk.waiting("2021-07-15"), [("待核查", "没有达到销号门槛")])
    verified = "核查日期: 2021-07-14, 核查人: 齐某某, 核查方式: 查阅资料, 审批人"
    clerk.edit("问题.yaml", "2021-07-09, 审批人", f"2021-07-09, {verified}")
    clerk("build")
    closed = clerk.text("销号审核表")
    assert "☑ 同意销号" in closed and f"原时限{IN_WORDS}，2021年7月15日销号，超过原时限11个工作日" in closed
    assert f"{RESPONSIBLE}（标本室主任） | 整改时限 | {IN_WORDS}" in closed and FACT in closed
    assert clerk.waiting("2021-07-15") == []
    figures_agree(clerk, closed=1)
    assert "超过原时限后销号1个" in clerk.text("年度监督工作总结")


def figures_agree(clerk: Clerk, closed: int) -> None:
    """Summary, ledger and dashboard tell the same numbers."""
    words = "自查情况3份，集中开展监督检查1次，发现并督促整改问题1个，发出整改函1份"
    summary = clerk.text("年度监督工作总结")
    rate = f"已销号{closed}个，整改率{closed * 100}%" if closed else "均未销号"
    assert words in summary and f"应整改问题1个，{rate}。" in summary
    page = load_workbook(clerk.paper("台账"))["统计"]
    counted = {row[0]: row[1] for row in page.iter_rows(min_row=4, values_only=True)}
    told = ("自查份数", "集中监督检查次数", "发现问题数", "整改函份数", "已销号数", "整改率")
    assert [counted[each] for each in told] == [3, 1, 1, 1, closed, f"{closed * 100}%"]
    html = clerk.paper("总览").read_text("utf-8")
    shown = re.findall(r'class="name">(\S+)</span>\s*<span class="number"><b>(\d+)</b>', html)
    assert shown[:4] == [("自查情况", "3"), ("集中监督检查", "1"), ("发现问题", "1"), ("整改函", "1")]


def it_relapses(clerk: Clerk) -> None:
    """反弹 reopens it under the old number; an extension on record stops "overdue"; then talk and circular."""
    clerk.on("2021-09-20")
    clerk.add("问题.yaml", "    回头看:\n      - {日期: 2021-09-15, 结果: 反弹, 说明: 又有4份没有记录。}\n")
    assert_waits(
        clerk.waiting("2021-09-20"), [("逾期", "W2021-01", "2021年9月15日回头看反弹"), ("建议发文", "督办函")]
    )
    assert clerk.waiting("2021-09-14") == []  # as it stood the day before
    clerk("build", "年度监督工作总结", "台账", "总览", "销号审核表")
    figures_agree(clerk, closed=0)
    assert "回头看发现反弹、重新整改1个" in clerk.text("年度监督工作总结")
    assert "反弹（又有4份没有记录）" in clerk.text("销号审核表")
    moved = "{批准日期: 2021-09-22, 新时限: 2021-10-29, 理由: 重新登记, 批准人: 严某某, 补批原因: 回头看反弹}"
    clerk.add("问题.yaml", f"    延期:\n      - {moved}\n")
    assert clerk.waiting("2021-09-23") == []
    assert_waits(clerk.waiting("2021-10-30"), [("逾期", "时限2021年10月29日，已超1天"), ("建议发文",)])
    clerk.on("2021-11-01")
    clerk.write("文书.yaml", WRITTEN)
    clerk("issue", "约谈通知书", "YT1", "--date", "2021-11-01")
    clerk("issue", "通报", "TB1", "--date", "2021-11-01")
    clerk("build", "约谈通知书", "约谈记录", "通报", "总览")
    talk = clerk.text("约谈通知书")
    assert f"责任人：{RESPONSIBLE}（标本室主任）；整改时限：{IN_WORDS}。" in talk
    assert "经严某某批准，整改时限延期至2021年10月29日（重新登记）。" in talk
    assert "2021年9月15日回头看发现反弹（又有4份没有记录），重新列入整改" in talk
    assert "标本采集记录不全" in clerk.text("约谈记录")
    circular = clerk.text("通报")
    assert "标本采集记录不全" in circular and RESPONSIBLE not in circular
    assert f"{RESPONSIBLE}（标本室主任）" in clerk.paper("总览").read_text("utf-8")


def the_ledger_comes_back(clerk: Clerk) -> None:
    """One cell that was typed in Excel goes into the person's YAML, and nothing else there changes."""
    clerk.on("2021-11-05")
    clerk("ledger")
    book = load_workbook(clerk.paper("台账"))
    Sheet(book, "问题")["W2021-01", "整改目标"] = "采集当日有记录"
    back = clerk.inbox / "台账.xlsx"
    book.save(back)
    path = clerk.run.root / YEAR / "问题.yaml"
    before = path.read_text("utf-8").splitlines()
    clerk("collect", str(back), "--accept")
    after = path.read_text("utf-8").splitlines()
    assert [each for each in after if each not in before] == ["    整改目标: 采集当日有记录"]
    assert [each for each in before if each not in after] == []


def the_next_year_begins(clerk: Clerk) -> None:
    clerk.on("2022-01-05")
    assert "| 2021 | W2021-01 | 植物园党支部 | 标本采集记录不全 | 逾期 |" in clerk("new-year", "2022")
    assert_waits(clerk.waiting("2022-01-05"), [("逾期", "2021年 W2021-01 标本采集记录不全", "已超68天")])
    assert "错误" not in clerk("check")
    clerk("build")
    clerk("build", "--year", "2021")
    assert "统计截止日期：2021年12月31日" in clerk.text("年度监督工作总结")


def everything_is_sound(clerk: Clerk) -> None:
    """Nothing that went out drifted, no paper breaks the standard, and building again changes nothing."""
    assert "没有发现问题" in clerk("check", "--year", "2021", "--strict")
    waiting = json.loads(clerk("status", "--year", "2021", "--json"))
    assert [each["类别"] for each in waiting] == ["逾期", "定期任务", "定期任务", "待定稿"]
    papers = sorted((clerk.run.root / "output").rglob("*.docx"))
    assert len(papers) > 30
    reports = json.loads(clerk("format", *map(str, papers), "--json", code=3))
    assert [finding for each in reports for finding in each["结果"] if finding["强度"] == "规定"] == []
    assert {
        Path(each["文件"]).parent.name for each in reports if not each["认出公文格式"]
    } == NO_OFFICIAL_PAPERS
    kept = [str(each) for each in clerk.run.root.glob("checklists/发文/2021/*号.docx")]
    assert clerk("verify", *kept).count("：未改动（") == len(kept) > 8
    clerk("build", "--year", "2021", "--dry-run")


# Forms and reports, to which the standard does not apply: the checker says that it judged their words alone.
NO_OFFICIAL_PAPERS = {"体检报告", "征求意见反馈表", "意见采纳情况表", "自查情况表", "年度监督工作总结"}


def test_letters_of_units_that_are_called_alike(clerk: Clerk) -> None:
    """A name in brackets that holds another unit's, two findings in one letter, dates out of order, void and anew."""
    south = UNITS.splitlines()[2].replace("U02", "U04").replace("植物园党支部", "植物园党支部（南园）")
    clerk.write("单位.yaml", UNITS + south + "\n")
    clerk.write(
        "清单.yaml", DRAFT.replace("征求意见稿", "正式稿").replace("  征求意见: {截止日期: 2021-01-31}\n", "")
    )
    clerk.write("检查.yaml", INSPECTION.replace("[U02]", "[U02, U04]"))
    one = FINDING.removeprefix("问题:\n") + SETTLED
    two = one.replace("W2021-01", "W2021-02").replace("采集记录不全", "登记本缺页")
    three = one.replace("W2021-01", "W2021-03").replace("单位: U02", "单位: U04")
    clerk.write("问题.yaml", "问题:\n" + one + two + three)
    common = "事由: 集中清查发现问题, 回复期限: 2021-07-09"
    first = f"  - {{编号: ZG1, 单位: U02, 问题: [W2021-01, W2021-02], {common}}}\n"
    second = f"  - {{编号: ZG2, 单位: 植物园党支部（南园）, 问题: W2021-03, {common}}}\n"
    clerk.write("整改函.yaml", "整改函:\n" + first + second)
    clerk.on("2021-04-15")
    assert "整〔2021〕1号" in clerk("issue", "整改函", "ZG1", "--date", "2021-04-15")
    assert "D612" in clerk("issue", "整改函", "ZG2", "--date", "2021-04-14", code=1)
    assert "整〔2021〕2号" in clerk("issue", "整改函", "植物园党支部（南园）", "--date", "2021-04-15")
    assert "D608" in clerk("issue", "整改函", "ZG1", "--date", "2021-04-15", code=1)
    clerk("void", "某纪驻园整(2021)1号", "--why", "事实有误")
    clerk.edit("问题.yaml", "名称: 标本登记本缺页", "名称: 标本登记本缺两页")
    clerk("issue", "整改函", "ZG1", "--date", "2021-04-15")
    clerk("letters")
    names = sorted(each.name for each in (clerk.run.root / "output/2021/整改函").iterdir())
    assert names == [
        "整改函-某纪驻园整〔2021〕2号-植物园党支部（南园）.docx",
        "整改函-某纪驻园整〔2021〕3号-植物园党支部.docx",
    ]
    letter = clerk.text("整改函", "3号")
    assert (
        "（一）标本采集记录不全。" in letter and "（二）标本登记本缺两页。" in letter and "南园" not in letter
    )
    owed = json.loads(clerk("status", "--unit", "植物园党支部", "--as-of", "2021-07-01", "--json"))
    assert {each["单位"] for each in owed} == {"植物园党支部"}
    clerk.on("2021-07-01")
    proposed = clerk("propose", "--dry-run")
    assert "W2021-01、W2021-02" in proposed and "植物园党支部（南园）" in proposed
    assert "发出整改函2份" in (clerk("summary") and clerk.text("年度监督工作总结"))
    assert "D807" not in clerk("check")


def test_who_took_over_from_a_unit_that_is_gone_is_urged(clerk: Clerk) -> None:
    clerk.write(
        "清单.yaml", DRAFT.replace("征求意见稿", "正式稿").replace("  征求意见: {截止日期: 2021-01-31}\n", "")
    )
    clerk.write("检查.yaml", INSPECTION)
    clerk.write("问题.yaml", FINDING + SETTLED)
    clerk.on("2021-07-02")
    assert "督办函 │ 植物园党支部 " in clerk("propose", "--dry-run")
    clerk.edit("单位.yaml", "编号: U02,", "编号: U02, 撤销日期: 2021-05-31, 承接单位: U03,")
    assert "督办函 │ 花研所党支部 " in clerk("propose", "--yes")
    clerk("issue", "督办函", "督办函-U03-1", "--date", "2021-07-02")
    clerk("build", "督办函")
    assert "某市花卉研究所党支部：" in clerk.text("督办函")
    assert "没有要提议的文书" in clerk("propose")


def test_a_year_without_findings(clerk: Clerk) -> None:
    """No finding at all is a valid result: nothing is left out, and nothing is called good for want of data."""
    clerk.write(
        "清单.yaml", DRAFT.replace("征求意见稿", "正式稿").replace("  征求意见: {截止日期: 2021-01-31}\n", "")
    )
    clerk.write("检查.yaml", INSPECTION + CHECKED)
    clerk.on("2022-01-04")
    clerk("build")
    summary = clerk.text("年度监督工作总结")
    assert "，集中开展监督检查1次。" in summary and "整改率" not in summary and "0个" not in summary
    assert "本次检查未发现问题。" in clerk.text("体检报告")
    assert "检查未发现需要整改的问题。" in clerk.text("反馈会纪要")
    assert not (clerk.run.root / "output/2021/双签字确认表").exists()


def test_a_day_that_has_not_come_is_not_counted(clerk: Clerk) -> None:
    """统计截止日期 in December, built in January: what is due in March is not owed yet."""
    said = clerk("build", "年度监督工作总结")
    assert "统计截止 2021-01-04" in said and "D802" not in said
    clerk.on("2022-01-04")
    assert "统计截止 2021-12-31" in clerk("build", "年度监督工作总结")

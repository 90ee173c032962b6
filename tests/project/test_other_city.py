"""A group of another city and year, written from 使用手册/数据.md alone: every figure counted by hand.

Nothing of the sample is in it. Codes are copied from the printed forms, papers are issued, made void and issued
again through the command line, with the product's own templates; then the years are built and read.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from lxml import etree
from sample import ROOT
from wheel import liangqing

from liangqing.cli import main as cli

pytestmark = [pytest.mark.year, pytest.mark.xdist_group("other_city")]  # what they share is made once

HERE = Path(__file__).resolve().parent / "other_city"
DAY, TODAY = "2023-11-30", date(2023, 12, 1)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# Written down after the papers had gone out, or copied from the printed form.
LATER = ("2022/送达.yaml", "2023/双签.yaml", "2023/印发以后.yaml")
# The forms that were signed, in the order of 双签.yaml: which, and as of which day they were printed.
FORMS = (
    ("JC1/D02", "2023-03-17"),
    ("JC1/D04", "2023-03-17"),
    ("JC1/D03", "2023-03-17"),
    ("ZX1/D02", "2023-05-23"),
    ("JC1/D03", "2023-09-20"),  # after the extension: printed anew
    ("DX1/D01", "2023-09-12"),
)
ISSUED = (
    "issue 整改函 H22-1 --year 2022 --date 2022-11-10",  # 〔2022〕21号: 文号起始
    "issue 整改函 H22-2 --year 2022 --date 2023-01-12",  # 〔2023〕21号: a letter of January on December
    "issue 监督检查清单 2023 --date 2023-02-20",
    "issue 整改函 H1 --date 2023-03-30",  # 22
    "issue 整改函 H2 --date 2023-03-31",  # 23
    "void 临纪驻交整〔2023〕23号 --why 案卷号写错 --date 2023-04-03",
    "issue 整改函 H2 --date 2023-04-07",  # 24
    "issue 整改函 H3 --date 2023-06-01",  # 25
    "issue 整改函 H5 --date 2023-07-04",  # 26
)


@dataclass(frozen=True)
class City:
    """The workspace after all was issued and both years were built."""

    root: Path
    codes: tuple[str, ...]

    def papers(self, kind: str, year: int = 2023) -> dict[str, str]:
        """Text by file name, without .docx."""
        folder = self.root / "output" / str(year) / kind
        return {path.stem: text_of(path) for path in sorted(folder.glob("*.docx"))}

    def paper(self, kind: str, name: str, year: int = 2023) -> str:
        """The text of the one paper whose file name holds `name`."""
        (text,) = [text for stem, text in self.papers(kind, year).items() if name in stem]
        return text

    def rows(self, kind: str, name: str, *heads: str) -> list[list[str]]:
        """The rows of the tables of a paper that are headed so."""
        (path,) = [each for each in (self.root / "output/2023" / kind).glob("*.docx") if name in each.stem]
        tables = [
            [[cell.text for cell in row.cells] for row in table.rows] for table in Document(str(path)).tables
        ]
        return [row for table in tables if table[0] == list(heads) for row in table[1:]]


def text_of(path: Path) -> str:
    """The paragraphs of the body, a line each."""
    body = Document(str(path)).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in body.iter(f"{W}p"))


def everything_in(path: Path) -> str:
    """All text of a paper, headers and footers too."""
    with zipfile.ZipFile(path) as package:
        parts = [package.read(name) for name in package.namelist() if name.endswith(".xml")]
    return "\n".join("".join(map(str, etree.fromstring(part).itertext())) for part in parts)


def run(root: Path, *words: str) -> str:
    """What a command says; it must go well."""
    said, complained = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
        code = cli.main(["-C", str(root), *words])
    assert code == 0, f"{words}\n{said.getvalue()}{complained.getvalue()}"
    return said.getvalue()


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    root = tmp_path_factory.mktemp("临江")
    shutil.copytree(HERE, root, dirs_exist_ok=True)
    shutil.copytree(ROOT / "templates", root / "templates")
    later = {name: (root / "checklists" / name).read_text("utf-8") for name in LATER}
    for name in LATER:
        (root / "checklists" / name).unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli, "today", lambda: TODAY)
        codes = tuple(printed_code(root, form, day) for form, day in FORMS)
        for code in codes:
            later["2023/双签.yaml"] = later["2023/双签.yaml"].replace("照表填写", code, 1)
        for command in ISSUED:
            run(root, *command.split())
        for name, text in later.items():
            (root / "checklists" / name).write_text(text, "utf-8")
        run(root, "build")
        run(root, "build", "--year", "2022")
        yield City(root, codes)


def printed_code(root: Path, form: str, day: str) -> str:
    """The content code at the foot of a form that is printed as of a day."""
    out = root / "打印" / f"{form.replace('/', '-')}-{day}"
    run(root, "signoffs", form, "--as-of", day, "--out", str(out))
    (path,) = out.rglob("*.docx")
    found = re.search(r"内容码 ?([A-Z2-9]{6})", everything_in(path))
    assert found is not None
    return found[1]


def test_the_code_changes_with_an_extension_that_must_be_signed_again(city: City) -> None:
    assert len(set(city.codes)) == 6


def test_numbers_run_over_the_kinds_and_a_void_one_is_not_used_again(city: City) -> None:
    register = (city.root / "checklists/发文登记.yaml").read_text("utf-8")
    issued = re.findall(r"(?:文号|作废): 临纪驻交整(〔\d+〕\d+)号, ", register)
    assert (
        issued
        == "〔2022〕21 〔2023〕21 〔2023〕22 〔2023〕23 〔2023〕23 〔2023〕24 〔2023〕25 〔2023〕26".split()
    )


def test_check_says_what_is_meant_and_nothing_else(city: City) -> None:
    said = json.loads(run(city.root, "check", "--as-of", DAY, "--format", "json"))
    found = [
        (each["级别"], each["代码"], each["文件"].removeprefix("checklists/"), each["问题"]) for each in said
    ]
    letter = "临纪驻交整〔2023〕"
    assert [each for each in found if each[1] != "D406"] == [  # D406: 提醒函, until there is one
        ("还差", "D410", "2023/问题.yaml", "问题 F9 同意销号，但没有双签"),
        (
            "警告",
            "D802",
            "2023/清单.yaml",
            "「下半年」已过报送截止日期，还没有自查的单位：交通执法支队党支部、轨道办党支部",
        ),
        ("警告", "D804", "2023/整改函.yaml", "整改函 H5 的回复期限（2023年7月20日）是休息日"),
        ("警告", "D807", "2023/整改函.yaml", f"{letter}25号 应于2023年6月30日前回复，还没有回复"),
        ("警告", "D809", "2023/整改函.yaml", f"{letter}26号 还没有送达登记"),
        (
            "警告",
            "D825",
            "2023/自查.yaml",
            "自查 Z2-05 的审核日期（2023-12-05）还没有到（今天 2023-12-01），到那天以前都不算",
        ),
    ]


def test_every_paper_is_made(city: City) -> None:
    # 8 reports: 集中清查 JC1 of 3 units, JC2 of 3, JC3 of 2.
    # 13 forms: inspection and unit of each of the 13 findings are different; all gates are met or waived.
    # 6 lists of duties: D07 is abolished. 5 letters: four issued, H4 a draft; H22-2 is of 2022's data.
    wanted = {
        "监督检查清单": 1,
        "单位责任清单": 6,
        "意见采纳情况表": 1,
        "体检报告": 8,
        "双签字确认表": 13,
        "整改函": 5,
        "问题清单": 5,
        "年度监督工作总结": 1,
    }
    assert {kind: len(city.papers(kind)) for kind in wanted} == wanted
    assert len(city.papers("整改函", 2022)) == 2


def test_the_figures_are_those_counted_by_hand(city: City) -> None:
    summary = city.paper("年度监督工作总结", "2023")
    # 单位: D01 to D06; D07 was abolished on 1 September.
    # 自查: 上半年 7 (D02's first was sent back, D03's first is superseded), 下半年 D01 and D02 (D03 is not
    #   reviewed, D04 sent back, D05 passed on 5 December).
    # 集中: JC1 JC2 JC3.  问题: 13 records, F10 and F11 bear one mark.
    # 函: H22-2 H1 H2 (as 24号; 23号 is void) H3 H5; H4 is a draft.
    assert (
        "2023年度截至2023年11月30日，驻交通局组对6个单位开展监督，收到并审核自查情况9份，集中开展监督检查3次，"
        "发现并督促整改问题12个，发出整改函5份。"
    ) in summary
    # 应整改: all but F6 (长期坚持). 已销号: F1 alone; F10 is closed, but F11 with the same mark is not.
    assert "应整改问题11个，已销号1个，整改率9.09%。" in summary
    # 未到期: F4, F10+F11. 临期 (15 days): F3, extended to 11 December. 逾期: F2, F12 (反弹), F13.
    # 申请销号: F8; F9 (agreed, but 双签 is missing). 持续整改: F7. 待明确: F5.
    assert (
        "未销号的10个问题中，尚在整改时限以内的2个，15日内到期的1个，超过整改时限的3个，已申请销号的2个，"
        "阶段性完成、继续整改的1个，整改时限待明确的1个。" in summary
    )
    assert "经批准延期1个。" in summary and "超过原时限后销号" not in summary
    assert "另有需要长期坚持的问题1个，不计入应整改。" in summary
    kinds = [["单项体检", "1", "1"], ["动态体检", "1", "1"], ["集中清查", "3", "8"]]
    kinds += [["专项监督", "1", "1"], ["抽查", "1", "1"]]  # ZX2 begins on 19 December
    assert city.rows("年度监督工作总结", "", "检查类型", "次数", "发现问题数") == kinds
    figures = city.rows("年度监督工作总结", "", "项目", "数量", "统计口径")
    # 自查发现: Z1-01 one, Z1-02B one, Z1-04 one; the two of Z1-02, sent back, are not counted.
    assert [row[1] for row in figures] == ["9份", "3次", "4次", "12个", "7个", "3个", "5份"]


def test_the_figures_of_each_unit_and_task(city: City) -> None:
    units = city.rows(
        "年度监督工作总结", "", "序号", "单位", "自查份数", "检查次数", "问题数", "整改函", "已销号"
    )
    assert [row[2:] for row in units] == [
        ["2", "2", "2", "0", "0"],  # D01: JC2 DX1; F6 F12
        ["2", "2", "2", "2", "2"],  # D02: JC1 ZX1; F1 F10; H22-2 H1; both its own records are closed
        ["1", "2", "3", "0", "0"],  # D03: JC1 DT1; F3 F7, and F13, for it took over from D07
        ["1", "3", "3", "1", "0"],  # D04: JC1 JC3 CC1; F2 F5 F9; H2
        ["1", "2", "2", "1", "0"],  # D05: JC2 ZX1; F8 F11; H3
        ["1", "1", "1", "0", "0"],  # D06: JC3; F4
        [
            "1",
            "1",
            "0",
            "1",
            "0",
        ],  # D07, abolished on 1 September: what it did still counts; F13 went on to D03
    ]
    tasks = city.rows("年度监督工作总结", "", "序号", "任务", "问题数", "管用了", "办完了", "开了头", "没动")
    assert [row[2:] for row in tasks[:2]] == [["0", "0", "0", "1", "0"], ["1", "0", "0", "0", "1"]]
    assert len(tasks) == 5  # T5 was stopped


def test_the_year_before_is_counted_by_itself(city: City) -> None:
    summary = city.paper("年度监督工作总结", "2022", 2022)
    # As of 31 December 2022: Q22-1 is closed, Q22-2 not yet; H22-2 was issued in 2023.
    assert (
        "我组对2个单位开展监督，收到并审核自查情况2份，集中开展监督检查1次，发现并督促整改问题2个，发出整改函1份"
        in summary
    )
    assert "应整改问题2个，已销号1个，整改率50%" in summary
    letter = city.paper("整改函", "〔2023〕21号", 2022)
    assert "2023年1月12日" in letter
    assert "我组于2022年12月6日至7日开展年末集中清查，发现你单位党委存在以下问题" in letter


def test_a_finding_of_the_year_before_is_looked_back_on(city: City) -> None:
    report = city.paper("体检报告", "JC1-公路中心党委")
    assert "此前反馈的问题：施工日志补记，整改时限为2023年3月31日，" in report
    assert "反弹" not in report  # of September: the report is of March
    assert "2022年12月20日销号" in city.paper("体检报告", "JC3-交通执法支队党支部")


def test_the_letters_say_who_and_until_when(city: City) -> None:
    letter = city.paper("整改函", "〔2023〕24号")
    assert "临江市交通运输综合行政执法支队党支部：" in letter
    assert "发现你支部存在以下问题" in letter
    assert "整改类别：限期整改；责任人：丁二（法制科科长）；整改时限：2023年5月31日。" in letter
    assert "于2023年5月10日前将整改情况书面报送驻交通局组" in letter
    assert "2023年4月7日" in letter
    assert "抄送" not in letter  # 抄送: [] of H2
    assert "抄送：临江市纪委监委第三监督检查室。" in city.paper("整改函", "〔2023〕22号")
    assert "（二）举一反三。" in city.paper("整改函", "〔2023〕22号")
    draft = city.paper("整改函", "草稿-H4")
    assert "2023年　月　日" in draft
    assert not any("23号" in name for name in city.papers("整改函"))


def test_forms_are_signed_by_the_party_organisation_and_whoever_is_in_office(city: City) -> None:
    form = city.paper("双签字确认表", "JC2-公路养护站")
    assert "临江市公路事业发展中心党委" in form  # D05 is a 单位: its 党组织 signs
    assert "职务：负责人" in form  # of the group, since 1 July
    form = city.paper("双签字确认表", "JC1-港航中心党总支")
    assert "2023年9月28日" in form
    assert "2023年9月20日经甲二批准，整改时限延期至2023年12月11日（汛期不能施工）" in form
    assert "一式三份" in everything_in(
        next((city.root / "output/2023/双签字确认表").glob("双签字确认表-JC1-港*.docx"))
    )
    assert "负责人为党委书记乙一。" in city.paper("体检报告", "JC1-公路中心党委")


def test_a_unit_that_is_gone_has_no_duties_and_a_stopped_task_is_not_listed(city: City) -> None:
    lists = city.papers("单位责任清单")
    assert [name.rpartition("-")[2] for name in lists] == sorted(
        ["局党组", "公路中心党委", "港航中心党总支", "交通执法支队党支部", "公路养护站", "轨道办党支部"],
    )
    every = "\n".join(lists.values())
    assert "渡口人员持证上岗" not in every
    assert "共3项任务" in city.paper("单位责任清单", "轨道办党支部")  # T1 T3 T4
    assert "共2项任务" in city.paper("单位责任清单", "公路养护站")  # T1 T2


def test_waivers_are_told_in_a_list_of_their_own(city: City) -> None:
    *told, signed = city.rows("放行明细", "", "序号", "放行的记录", "门槛", "理由", "批准人")
    assert [row[1:] for row in told] == [
        ["问题 F5：执法记录仪数量不足", "整改时限", "等待预算批复", "甲二"],
    ]
    (below,) = set(signed)  # a row of one cell
    assert below.split() == ["临江市纪委监委驻市交通运输局纪检监察组", "2023年11月30日"]


def test_opinions_are_told(city: City) -> None:
    table = city.rows("意见采纳情况表", "", "序号", "反馈单位", "任务", "意见", "是否采纳", "理由")
    assert [row[1:2] + row[4:] for row in table] == [
        ["公路中心党委", "采纳", "—"],
        ["港航中心党总支", "部分采纳", "延长到十二月中旬。"],
        ["交通执法支队党支部", "未采纳", "文书数量不多。"],
    ]
    assert "收到意见3条，其中采纳1条、部分采纳1条、未采纳1条" in city.paper("意见采纳情况表", "")


def test_status_names_what_waits(city: City) -> None:
    rows = json.loads(run(city.root, "status", "--as-of", DAY, "--format", "json"))
    waits = {
        kind: [row["事项"].split(" ")[0] for row in rows if row["类别"] == kind]
        for kind in ("逾期", "临期", "待明确")
    }
    assert waits == {"逾期": ["F12", "2022年", "F13", "F2"], "临期": ["F3"], "待明确": ["F5"]}
    unsigned = [row["事项"].split(" ")[0] for row in rows if row["类别"] == "未签字"]
    assert sorted(unsigned) == ["2022年", "F11", "F13", "F4", "F5", "F6", "F7", "F8", "F9"]
    drafts = [row["事项"].partition("：")[0] for row in rows if row["类别"] == "未印发"]
    assert [words.split(" ")[:2] for words in drafts] == [
        ["印发通知", "2023"],
        ["以案促改通知", "AL1"],
        ["整改函", "H4"],
        ["提醒函", "WS1"],
    ]


def test_nothing_is_left_over_and_a_second_build_changes_nothing(city: City) -> None:
    leftover = re.compile(r"None|\{\{|\{%|《》|〔〕|照表填写|示例")
    papers = [*(city.root / "output").rglob("*.docx"), *(city.root / "checklists").rglob("*.docx")]
    assert len(papers) > 40
    for path in papers:
        assert leftover.search(everything_in(path)) is None, path.name
    assert run(city.root, "build", "--dry-run")


# what the manual asks for in the finer print


def test_only_units_in_force_are_asked(city: City) -> None:
    table = city.paper("意见采纳情况表", "")  # D06 was founded in May, three months after
    assert "共征求6家单位意见，1家没有反馈" in table


def test_the_issued_checklist_holds_the_tasks_of_its_day(city: City) -> None:
    (kept,) = (city.root / "checklists/发文/2023").glob("监督检查清单*.docx")
    text = text_of(kept)  # issued on 20 February: T5 stopped in August, T4 was added in July
    assert "渡口人员持证上岗" in text
    assert "接管渡口" not in text


def test_a_letter_of_january_is_numbered_by_the_options_of_its_number(city: City, tmp_path: Path) -> None:
    shutil.copytree(HERE, tmp_path, dirs_exist_ok=True)
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    for name in LATER:
        (tmp_path / "checklists" / name).unlink()
    options = tmp_path / "checklists/2023/机构和选项.yaml"
    options.write_text(options.read_text("utf-8").replace("整改函: 21", "整改函: 50"), "utf-8")
    said = run(tmp_path, *ISSUED[1].split())
    assert "临纪驻交整〔2023〕50号" in said


def test_nothing_has_drifted(city: City) -> None:
    rows = json.loads(run(city.root, "status", "--as-of", DAY, "--format", "json"))
    assert [row["事项"] for row in rows if row["类别"] == "印发后改过"] == []


@pytest.mark.process
def test_the_installed_wheel_makes_the_same_papers(city: City, installed: Path, tmp_path: Path) -> None:
    for name in ("checklists", "templates"):
        shutil.copytree(city.root / name, tmp_path / name)
    for year in (2022, 2023):
        code, said = liangqing(installed, tmp_path, "build", "--year", str(year))
        assert code == 0, said
        ours, theirs = (
            {p.name: p.read_bytes() for p in (root / f"output/{year}").rglob("*.docx")}
            for root in (city.root, tmp_path)
        )
        assert ours
        assert theirs == ours

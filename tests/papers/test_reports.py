"""体检报告 and 总结 as a head presents them: what there is none of is not said, and a usual report has four pages at most."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from conftest import Run
from docx_text import text_of
from programs import need
from pypdf import PdfReader
from sample import ROOT

from liangqing.base.docx_zip import read_package
from liangqing.cli import main as cli
from liangqing.pdf import convert

MOST_PAGES = 4
OPTION = "checklists/选项.yaml"
TASK = "开展入河排污口排查整治，建立一口一档，落实日常巡查，发现问题及时整改，防止把“说了”当“做了”。"
FACTS = "2026年4月9日，检查组现场查看入库排污口6处，其中3号、5号排污口未设置标识牌，2处没有建立一口一档。"
STATES = ("未部署", "已部署", "已落实", "已见效")


def words(root: Path, kind: str = "体检报告", name: str = "") -> str:
    (path,) = [path for path in (root / f"output/2026/{kind}").glob("*.docx") if name in path.stem]
    return text_of(path.read_bytes())


def year(
    root: Path,
    visits: dict[str, dict[str, Any]],
    options: dict[str, Any] | None = None,
    sections: dict[str, Any] | None = None,
) -> Path:
    """A workspace with one unit for each visit, as somebody would write it.

    Of a visit: how many `tasks` the unit carries, `said` and `seen` of them; how many `findings` and `advice`; whether
    it has a `portrait`.
    """
    for name in ("templates", "schema"):
        shutil.copytree(ROOT / name, root / name)
    most = max(visit["tasks"] for visit in visits.values())
    first = json.loads(json.dumps(sections or {}))
    made: dict[str, list[Any]] = {"单位": [], "检查": [], "画像": [], "问题": [], "自查": []}
    for number, visit in enumerate(visits.values(), start=1):
        _visit(made, number, visit)
    checklist = {
        "年度": 2026,
        "标题": "2026年度监督检查清单",
        "阶段": "正式稿",
        "依据": ["示例条例"],
        "自查期次": [{"名称": "第一期", "报送截止日期": "2026-03-31"}],
        "任务": [
            {
                "编号": f"R{number}",
                "监督内容": "水环境治理",
                "具体任务": TASK,
                "责任主体": [f"U{at}" for at, one in enumerate(visits.values(), 1) if one["tasks"] >= number],
                "监督方式": ["实地督查"],
                "完成时限": "2026-11-30",
            }
            for number in range(1, most + 1)
        ],
    }
    group = {
        "全称": "某市纪委监委驻市水利局纪检监察组",
        "派出机关": "某市纪委监委",
        "机关代字": "市纪驻水",
        "负责人": {"姓名": "张某某", "职务": "组长"},
    }
    common: dict[str, Any] = {"机构": group, **({"选项": options} if options else {})}
    (root / "checklists/2026").mkdir(parents=True)
    for place, tree in (("机构", common), ("2026/全年", {"清单": checklist, **made, **first})):
        (root / f"checklists/{place}.yaml").write_text(json.dumps(tree, ensure_ascii=False), "utf-8")
    return root


def _visit(made: dict[str, list[Any]], number: int, visit: dict[str, Any]) -> None:
    unit, code, day = f"U{number}", f"JZ{number:02}", date(2026, 4, 9).isoformat()
    head = {"姓名": "毛某某", "职务": "党支部书记"}
    names = {"编号": unit, "名称": f"某市水利局第{number}科党支部", "简称": f"第{number}科党支部"}
    made["单位"].append({**names, "类型": "党支部", "负责人": head, "基本情况": "承担水库日常管护工作。"})
    results = [
        {"单位": unit, "任务": f"R{at}", "状态": STATES[at % 4], "日期": day, "检查人": "唐某某"}
        | ({"说明": "方案已制定，随机查看8处，3处与台账不符", "佐证": ["现场照片"]} if at % 2 else {})
        for at in range(1, visit["seen"] + 1)
    ]
    meeting = {"单位": unit, "日期": day, "主持人": "张某某", "记录人": "唐某某"}
    made["检查"].append(
        {
            "编号": code,
            "类型": "集中清查",
            "名称": f"第{number}科集中清查",
            "开始日期": day,
            "单位": [unit],
            "检查组": ["张某某", "唐某某", "邓某某"],
            "方式": ["查阅资料", "实地督查"],
            "任务落实": results,
            "反馈会": [meeting],
        }
    )
    if visit["said"]:
        stated = [{"任务": f"R{at}", "状态": STATES[(at + 1) % 4]} for at in range(1, visit["said"] + 1)]
        report = {"编号": f"ZC{number}", "单位": unit, "期次": "第一期", "报送日期": "2026-03-20"}
        made["自查"].append({**report, "任务": stated, "审核日期": "2026-03-25", "审核结果": "通过"})
    if visit.get("portrait", True):
        told = "该支部对周边整治重视，排查起步早，现场整治有进展，但基础档案和巡查记录跟不上。"
        advice = [f"补齐第{at}批档案并按季度更新" for at in range(1, visit["advice"] + 1)]
        judged = {"检查": code, "单位": unit, "日期": "2026-04-12", "总体评价": told, "建议": advice}
        made["画像"].append({**judged, "优点": ["排查起步早"], "短板": ["档案不全"], "风险": ["漏管"]})
    for at in range(visit["findings"]):
        owner = {"部门": "水环境股", "责任人": "卢某某", "职务": "股长"}
        limit = (date(2026, 6, 30) + timedelta(at)).isoformat()
        asked = {
            "整改类别": "限期整改",
            "整改要求": "补设标识牌，补齐档案。",
            "责任": owner,
            "整改时限": limit,
        }
        found = {"编号": f"W{number}{at}", "检查": code, "单位": unit, "任务": "R1"}
        made["问题"].append({**found, "名称": "排污口标识和档案不规范", "事实": FACTS, **asked})


USUAL = {
    f"{tasks}-{findings}": {"tasks": tasks, "said": tasks, "seen": tasks, "findings": findings, "advice": 2}
    for tasks, findings in ((3, 0), (4, 1), (5, 2), (6, 3), (6, 4))
}
SPARSE = {"tasks": 1, "said": 0, "seen": 1, "findings": 1, "advice": 1}


def build(root: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> Path:
    monkeypatch.setattr(cli, "today", lambda: date(2026, 11, 1))
    assert cli.main(["-C", str(root), "build", *words]) == 0
    return root


def headings(text: str) -> list[str]:
    """The headings of the first level, as they are numbered."""
    return re.findall(r"^([一二三四五六七八九])、", text, re.M)


@pytest.mark.office
def test_a_usual_report_has_four_pages_at_most(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need("soffice")
    assert run("build", "体检报告")[0] == 0
    made = build(year(tmp_path / "水利", USUAL), monkeypatch, "体检报告")
    papers = [*(run.root / "output/2021/体检报告").glob("*.docx")]
    papers += (made / "output/2026/体检报告").glob("*.docx")
    assert len(papers) == 12 + len(USUAL)
    for pdf in convert(papers, tmp_path / "pdf"):
        pages = [page.extract_text() for page in PdfReader(pdf).pages]
        assert len(pages) <= MOST_PAGES, (pdf.name, len(pages))
        (signed,) = [page for page in pages if "附件：任务落实状态图和依据" in page]
        above = signed.partition("附件：")[0].strip().splitlines()
        assert len(above) >= 2, pdf.name  # of text, on the page of the signature
        (chart,) = [page for page in pages if "任务落实状态图" in page and "任务1" in page]
        assert "各项状态的依据" in chart, pdf.name  # a chart is not alone


def test_the_portrait_stands_before_the_findings_and_headings_are_numbered_without_gaps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = {"tasks": 4, "said": 4, "seen": 4, "findings": 0, "advice": 0, "portrait": False}
    visits = {"全": USUAL["5-2"], "空": bare}
    root = build(year(tmp_path / "水利", visits), monkeypatch, "体检报告")
    full, empty = (words(root, name=code) for code in ("JZ01", "JZ02"))
    assert full.index("、总体评价") < full.index("、发现的问题")
    for text in (full, empty):
        numbers = headings(text)
        assert numbers == [*"一二三四五六七八九"[: len(numbers)]]
    assert "总体评价" not in empty and "意见建议" not in empty and "以往问题" not in empty


def test_nothing_is_said_of_what_there_is_none_of_and_no_codes_where_words_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits = {**USUAL, "少": SPARSE}
    root = build(year(tmp_path / "水利", visits), monkeypatch, "体检报告")
    for path in (root / "output/2026/体检报告").glob("*.docx"):
        text = text_of(path.read_bytes())
        assert not re.search(r"没有[^，。]*记录|(?<!\d)0[次个项份条]", text), path.name
        assert not re.search(r"\b(?:R\d|ZC\d|JZ\d|U\d|W\d)", text), path.name


def test_one_single_item_is_not_numbered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = build(year(tmp_path / "水利", {"少": SPARSE, "多": USUAL["6-3"]}), monkeypatch, "体检报告")
    single, several = (words(root, name=code) for code in ("JZ01", "JZ02"))
    assert "（一）" not in single and "\n补齐第1批档案并按季度更新。" in single
    assert "| 问题和事实 | 整改要求 |" in single
    assert "（一）补齐第1批档案" in several and "（二）补齐第2批档案" in several
    assert "| 序号 | 问题和事实 |" in several


@pytest.mark.parametrize(
    ("said", "seen", "kind"), [(1, 2, "barChart"), (2, 0, "barChart"), (3, 3, "radarChart"), (0, 0, None)]
)
def test_fewer_than_three_tasks_with_data_are_drawn_as_bars(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: int, seen: int, kind: str | None
) -> None:
    visit = {"tasks": 4, "said": said, "seen": seen, "findings": 1, "advice": 1}
    root = build(year(tmp_path / "水利", {"一": visit}), monkeypatch, "体检报告")
    (path,) = (root / "output/2026/体检报告").glob("*.docx")
    parts = read_package(path.read_bytes(), path.name).parts
    used = re.findall(r'c:chart [^>]*r:id="(\w+)"', parts["word/document.xml"].data.decode())
    assert len(used) == (kind is not None)
    charts = [part.data.decode() for name, part in parts.items() if re.search(r"charts/chart\d*\.xml", name)]
    drawn = [chart for chart in charts if "任务1" in chart]
    assert kind is None or any(f"<c:{kind}>" in chart for chart in drawn)
    assert "不画图" not in words(root)


@pytest.mark.parametrize(
    ("visit", "heads"),
    [
        ({"said": 4, "seen": 4}, ["序号", "任务", "自查", "检查", "差距", "说明"]),
        ({"said": 0, "seen": 4}, ["序号", "任务", "检查", "说明"]),
        ({"said": 4, "seen": 0}, ["序号", "任务", "自查"]),
        ({"said": 0, "seen": 0}, ["序号", "任务"]),
    ],
)
def test_columns_that_would_be_empty_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, visit: dict[str, int], heads: list[str]
) -> None:
    root = year(tmp_path / "水利", {"一": {"tasks": 4, "findings": 1, "advice": 1, **visit}})
    build(root, monkeypatch, "体检报告")
    (path,) = (root / "output/2026/体检报告").glob("*.docx")
    tables = docx.Document(str(path)).tables
    table = next(one for one in tables if one.rows[0].cells[1].text == "任务")
    assert [cell.text for cell in table.rows[0].cells] == heads
    widths = [int(column.width or 0) for column in table.columns]
    assert sum(widths) == pytest.approx(156 * 36000, rel=0.01)  # the table keeps the width of the page
    for place in range(len(heads)):
        assert {row.cells[place].text for row in table.rows[1:]} != {"—"}, heads[place]


@pytest.mark.parametrize(
    ("option", "annex", "sources"), [("附件", True, True), ("正文", False, True), ("不印", False, False)]
)
def test_the_table_of_sources_is_an_annex_unless_an_option_says_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str, annex: bool, sources: bool
) -> None:
    options = {} if option == "附件" else {"体检报告出处": option}
    root = build(year(tmp_path / "水利", {"一": USUAL["4-1"]}, options), monkeypatch, "体检报告")
    text = words(root)
    assert ("附件：任务落实状态图和依据" in text, "\n附件\n" in text) == (annex, annex)
    assert ("各项状态的依据" in text) == sources
    assert text.count("某市纪委监委驻市水利局纪检监察组\n") == 1  # signed once
    assert (text.index("纪检监察组\n2026年") < text.index("任务落实状态图\n")) == annex
    numbers = headings(text)
    assert numbers == [*"一二三四五六七八九"[: len(numbers)]]


# ---------------------------------------------------------------- 总结


def test_a_summary_says_nothing_of_what_there_is_none_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = build(year(tmp_path / "水利", USUAL), monkeypatch, "年度监督工作总结")
    text = words(root, "年度监督工作总结")
    sentences = "\n".join(line for line in text.splitlines() if not line.startswith(("|", "[图]")))
    assert not re.search(r"(?<!\d)0[次个项份条]", sentences)
    assert "共性" not in text.replace("共性问题计一个", "")  # there is none
    assert not re.search(r"没有(?:发出|发现|审核|检查|另作)", text)
    assert "整改函明细" not in text and "| 发出整改函 |" not in text
    assert headings(text) == [*"一二三四五六七八九"[: len(headings(text))]]
    assert "未销号的10个问题中，超过整改时限的10个。" in text


def test_waivers_are_a_paper_of_their_own_unless_the_summary_is_to_have_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits = {"一": USUAL["4-1"]}
    waived = {"门槛": "双签", "理由": "单位正在换届", "批准人": "张某某"}
    for option, said in ((False, False), (True, True)):
        options = {"总结附放行": "是"} if option else {}
        root = year(tmp_path / f"{option}", visits, options)
        path = root / "checklists/2026/全年.yaml"
        tree = json.loads(path.read_text("utf-8"))
        tree["问题"][0]["放行"] = [waived]
        path.write_text(json.dumps(tree, ensure_ascii=False), "utf-8")
        build(root, monkeypatch)
        assert ("单位正在换届" in words(root, "年度监督工作总结")) is said
        assert "单位正在换届" in words(root, "放行明细")

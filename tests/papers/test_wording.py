"""How papers read: as letters of an office, not as print-outs of records. Over every paper of the sample year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from conftest import Run
from docx_text import text_of
from many_papers import ManyPaper
from sample import ROOT

from liangqing.variables.sentences import ANOTHER_STEP, STEPS, post_in
from liangqing.year.open_workspace import open_workspace

CATALOGUE = yaml.safe_load((ROOT / "templates/文种.yaml").read_text("utf-8"))
OUTGOING = {kind for kind, entry in CATALOGUE.items() if entry.get("受众", "内部") != "内部"}
FORMS = {kind for kind, entry in CATALOGUE.items() if "表单" in entry}  # codes are what they come back by
LETTERS = {kind for kind, entry in CATALOGUE.items() if "文号" in entry or "送审稿" in entry.get("说明", "")}

# 问题, 单位, 任务, 项目, 自查, 检查, 整改函 and 文书 as the sample numbers them.
CODE = re.compile(r"(?<![A-Za-z0-9])(?:W\d{4}-\d+|[A-Z]{1,2}\d{1,2}(?:-\d+)?)(?![A-Za-z0-9])")
STATE = re.compile(
    r"状态为|问题状态|为(?:临期|逾期|未到期|持续整改|待明确)|[（，；](?:临期|未到期|逾期)[）。，；]"
)
NOTES = re.compile(
    r"这是第一轮|不画图|下一步文书|没有登记|^(?:（.）单位意见。)?没有.{0,8}记录。$|没有延期|按原编号|不是领导干部",
    re.MULTILINE,
)
ZERO = re.compile(r"(?<![\d.])0(?:个|份|次|条|家|项|天|件)")
DOUBLED = re.compile(
    r"[，。；：、！？]{2,}|请[^，。；]{0,12}请予|(?:现将|现就)[^，。]{0,40}(?:情况的?有关情况)"
)
REPEATED = re.compile(r"([一-龥]{4,})[，。；：、]?\1")
LEVELS = (r"[一二三四五六七八九十]+、", r"（[一二三四五六七八九十]+）")
PAIRS = {"（": "）", "《": "》", "“": "”", "「": "」", "〔": "〕"}


def sentences(text: str) -> Iterator[str]:
    """Paragraphs of the body that are no row of a table."""
    body = text.split("\n\n", 1)[1]
    return (line for line in body.splitlines() if line and not line.startswith("|"))


def _found(pattern: re.Pattern[str], lines: Iterator[str]) -> list[str]:
    return [line for line in lines if pattern.search(line)]


def codes(kind: str, text: str) -> list[str]:
    """Lines of a paper that leaves the group with a code of the records in them; the foot of the page is its own."""
    if kind not in OUTGOING or kind in FORMS:
        return []
    return _found(CODE, (line for line in text.splitlines() if not line.startswith("页脚")))


def states(kind: str, text: str) -> list[str]:
    """Sentences with a word for a state as the records keep it."""
    return _found(STATE, sentences(text)) if kind in LETTERS else []


def notes(kind: str, text: str) -> list[str]:
    """Lines that tell of the program or of what there is not."""
    return _found(NOTES, iter(text.splitlines()))


def zeros(kind: str, text: str) -> list[str]:
    """Sentences that count nothing."""
    return _found(ZERO, sentences(text))


def dashes(kind: str, text: str) -> list[str]:
    """Sentences in which a — stands for nothing."""
    lone = re.compile(r"(?<!—)—(?!—)")
    return _found(lone, (line for line in sentences(text) if "PAGE" not in line))


def doubled(kind: str, text: str) -> list[str]:
    """Marks or words twice in a row."""
    found = _found(DOUBLED, iter(text.splitlines()))
    return found + _found(REPEATED, sentences(text))


def headings_over_nothing(kind: str, text: str) -> list[str]:
    """Headings that are followed by one of their own or a higher level, or by the signature."""
    lines = [line for line in text.splitlines() if line and not line.startswith("[框]")]
    told = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        level = next(
            (place for place, mark in enumerate(LEVELS) if re.fullmatch(mark + "[^。：；]+", line)), None
        )
        if level is None:
            continue
        over = any(re.match(mark + "[^。：；]+$", after) for mark in LEVELS[: level + 1])
        if over or not after or after.startswith(("附件：", "桂林市纪委监委")):
            told.append(line)
    return told


def unpaired(kind: str, text: str) -> list[str]:
    """Lines in which brackets or quotes do not close."""
    return [line for line in text.splitlines() if not _paired(line)]


def _paired(line: str) -> bool:
    opened: list[str] = []
    for sign in line:
        if sign in PAIRS:
            opened.append(PAIRS[sign])
        elif sign in PAIRS.values() and (not opened or opened.pop() != sign):
            return False
    return not opened


def addressed_otherwise(kind: str, text: str) -> list[str]:
    """The ways in which a letter calls whom it is to, and itself, where there are several."""
    if kind not in LETTERS:
        return []
    theirs = set(re.findall(r"你(?:单位|支部|党组|党委|总支|局|们)", text))
    ours = set(re.findall(r"(?<!各)(?:我|本)组(?!织|成)", text))
    return [*theirs] * (len(theirs) > 1) + [*ours] * (len(ours) > 1)


Look = Callable[[str, str], list[str]]
LOOKS: tuple[Look, ...] = (
    codes,
    states,
    notes,
    zeros,
    dashes,
    doubled,
    headings_over_nothing,
    unpaired,
    addressed_otherwise,
)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.__name__)
def test_every_paper_reads_as_a_letter_of_an_office(year_papers: dict[str, list[Path]], look: Look) -> None:
    told = {
        f"{kind}/{path.stem}": found
        for kind, papers in year_papers.items()
        for path in papers
        if (found := look(kind, text_of(path.read_bytes())))
    }
    assert not told


@pytest.mark.office
@pytest.mark.xdist_group("many_papers")
@pytest.mark.parametrize(
    "look", [look for look in LOOKS if look is not unpaired], ids=lambda look: look.__name__
)  # the texts of these papers are cut anywhere
def test_short_usual_and_long_papers_read_so_too(many_papers: tuple[ManyPaper, ...], look: Look) -> None:
    told = {paper.name: found for paper in many_papers if (found := look(paper.kind, text_of(paper.docx)))}
    assert not told


PAPER = "纸 210×297\n页脚 {PAGE}\n\n某市某局党支部：\n一、问题\n%s\n此函。\n"


@pytest.mark.parametrize(
    ("look", "words"),
    [
        (codes, "年度监督检查清单R3项。"),
        (codes, "| 1 | W2021-03 农村污水处理 |"),
        (codes, "涉及U08、U09。"),
        (states, "截至2021年10月31日，问题状态为临期。"),
        (states, "涉及甲支部（逾期）。"),
        (notes, "| 以前各轮 | 这是第一轮。 |"),
        (notes, "我组将印发下一步文书：约谈通知书。"),
        (notes, "（三）单位意见。没有记录。"),
        (zeros, "涉及2家，其中已销号0个，逾期1个。"),
        (dashes, "责任人：—。"),
        (doubled, "请于9月1日前报送。。"),
        (doubled, "责任人：；时限：9月1日。"),
        (doubled, "现将整改情况的有关情况通报如下。"),
        (doubled, "已经整改完毕，已经整改完毕。"),
        (unpaired, "关于“排污口的问题。"),
        (unpaired, "责任人（科长。"),
        (addressed_otherwise, "请你支部报送，你单位要负责。"),
        (addressed_otherwise, "报送我组，本组将核查。"),
    ],
)
def test_each_look_sees_what_it_is_for(look: Look, words: str) -> None:
    assert look("整改函", PAPER % words)
    assert not look("整改函", PAPER % "排污口没有标识牌。请你支部于2021年9月1日前报送我组。")


@pytest.mark.parametrize(
    "body",
    [
        "（一）标识\n（二）档案\n没有建档。",
        "没有标识牌。\n二、整改要求\n三、时限\n9月。",
        "没有。\n二、要求\n附件：问题清单",
    ],
)
def test_a_heading_over_nothing_is_seen(body: str) -> None:
    assert headings_over_nothing("整改函", PAPER.replace("\n此函。", "") % body)


def test_two_organs_written_as_one_are_two(run: Run) -> None:
    run.edit(
        "checklists/2021/文书.yaml",
        "    文种: 督办函\n",
        "    文种: 督办函\n    抄送: 市局党组、机关党委（含所属支部、直属科室）\n",
    )
    opened = open_workspace(run.root, None, None, date(2021, 11, 1))
    paper = opened.at.year.paper_by_code["DB1"]
    assert paper.copies_to == ("市局党组", "机关党委（含所属支部、直属科室）")


def test_a_kind_of_its_own_follows_with_a_measure_of_its_own() -> None:
    assert set(STEPS) <= set(CATALOGUE) and len({*STEPS.values(), ANOTHER_STEP}) == len(STEPS) + 1


@pytest.mark.parametrize(
    ("unit", "post", "words"),
    [
        ("某市某局党支部", "党支部书记", "某市某局党支部书记"),
        ("中共某市某局党组", "党组书记", "中共某市某局党组书记"),
        ("某市某局", "局长", "某市某局局长"),
        ("某市某局党支部", "主要负责人", "某市某局党支部主要负责人"),
    ],
)
def test_a_post_is_said_with_the_full_name_of_its_unit(unit: str, post: str, words: str) -> None:
    assert post_in(unit, post) == words

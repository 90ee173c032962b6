"""The campaign: whatever can go wrong, tried by the thousand (`make reliability`); the suite runs a short form of each stage.

    python tests/support/campaign.py                     the full sizes; writes docs/可靠性.md
    python tests/support/campaign.py 中断 坏输入           these stages alone, at full size; writes their lines of the page
    python tests/support/campaign.py 中断=50 坏输入=2000   these stages alone, so many cases; writes nothing
    python tests/support/campaign.py --short             the sizes of the suite; writes nothing

A test belongs to a stage by `@pytest.mark.campaign("中断")`. How many cases it is to try it asks of `size`, how many it
tried it tells by `record_property("tried", n)`; without that it is one case.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/可靠性.md"
RESULTS = Path(__file__).with_name("campaign_results.json")
FINDINGS = Path(__file__).with_name("campaign_found.md")
SIZES = "LIANGQING_CAMPAIGN"  # environment: {stage: cases}, for what is not of the usual size


WANTED = "LIANGQING_STAGES"  # environment: [stage, …], where not all are to run


@dataclass(frozen=True)
class Stage:
    """What is tried, what must hold, and how many cases the suite and the campaign try; None: always the same ones."""

    what: str
    holds: str
    short: int | None = None
    full: int | None = None


STAGES: Mapping[str, Stage] = {
    "中断": Stage("印发、生成到一半随机杀掉进程，再做一遍", "不丢、不重、不留半成品", 24, 1000),
    "每次调用": Stage(
        "每个会写的命令，每次读写磁盘时杀掉，或者磁盘满、出错、没有权限", "在前或在后，再做一遍就成", 2, 10**6
    ),
    "同时做": Stage("几个进程同时印发、生成", "号不重、不跳，文书是完整的", 96, 400),
    "坏输入": Stage(
        "数据、登记、表单、台账、模板、名单随机弄坏", "收下，或者说清楚哪里不对；没有程序的错误", 325, 100_000
    ),
    "引着弄坏": Stage(
        "同样的文件弄坏，走到程序新地方的留下来接着弄坏（libFuzzer）",
        "收下，或者说清楚哪里不对；没有程序的错误",
        100,
        100_000,
    ),
    "炸弹": Stage("大得离谱的、没有头的、套了又套的文件，管道和设备", "10 秒、500 MB 以内拒绝", 1, 9),
    "模板里的代码": Stage("想借模板运行程序、读别处的东西，在六个地方", "拒绝，或者只当文字", 200, 200),
    "夹带": Stage(
        "Word 文件里的域、链接、宏、对象、作者，在五个地方、四个入口", "不进文书，说得出留下了什么", 50, 1000
    ),
    "篡改": Stage("登记、存档、见证、发出的文书被改、被删、被换", "看得出，照提示做能恢复"),
    "路径": Stage("文件名、链接、文件夹做手脚", "不写到外面，不盖别的文件"),
    "文书合格": Stage(
        "随机的单位、随机的几年，各文种的文书", "Open XML SDK 和自己的规则都查不出毛病", 24, 5000
    ),
}


def size(stage: str) -> int:
    """How many cases a stage is to try in this run."""
    chosen = json.loads(os.environ.get(SIZES, "{}")).get(stage)
    usual = STAGES[stage].short
    assert usual is not None, stage
    return int(chosen) if chosen is not None else usual


def keep_wanted(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves the tests of the stages that were asked for, and says of each to which stage it belongs."""
    wanted = json.loads(os.environ.get(WANTED, "null"))
    for item in items:
        if (stage := stage_of(item)) is not None:
            item.user_properties.append(("stage", stage))
    if wanted is not None:
        gone = [item for item in items if stage_of(item) not in wanted]
        items[:] = [item for item in items if stage_of(item) in wanted]
        config.hook.pytest_deselected(items=gone)


def stage_of(item: pytest.Item) -> str | None:
    """The stage that a test belongs to."""
    mark = item.get_closest_marker("campaign")
    return str(mark.args[0]) if mark is not None else None


@dataclass
class Count:
    """What came of a stage."""

    tried: int = 0
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0


@dataclass
class Results:
    """A plugin of pytest that counts by stage."""

    stages: dict[str, Count] = field(default_factory=dict)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        told = dict(report.user_properties)
        if "stage" not in told:
            return
        count = self.stages.setdefault(str(told["stage"]), Count())
        count.seconds += report.duration
        if report.when == "call":
            count.tried += int(str(told.get("tried", 1)))
        if report.failed:
            lines = str(report.longrepr).strip().splitlines()
            why = next((line[1:].strip() for line in lines if line.startswith("E ")), lines[-1])
            count.faults.append(f"{report.nodeid}：{why}")


def table(rows: Mapping[str, Mapping[str, object]]) -> list[str]:
    """A line a stage: what was tried, how often, faults, seconds, the day."""
    head = ["| 阶段 | 试什么 | 应当怎样 | 试了 | 出错 | 秒 | 日期 |", "|---|---|---|---|---|---|---|"]
    lines = [
        f"| {name} | {stage.what} | {stage.holds} | {row['试了']:,} | {row['出错']} | {row['秒']:,} | {row['日期']} |"
        for name, stage in STAGES.items()
        if (row := rows.get(name)) is not None
    ]
    return head + lines


def rows_of(results: Results) -> dict[str, dict[str, object]]:
    """The lines of the stages that were run, today."""
    return {
        name: {
            "试了": count.tried,
            "出错": len(count.faults),
            "秒": round(count.seconds),
            "日期": f"{date.today()}",
            "机器": f"{platform.system()}，Python {platform.python_version()}，{os.cpu_count()} 核",
        }
        for name, count in results.stages.items()
    }


def page(rows: Mapping[str, Mapping[str, object]]) -> str:
    """docs/可靠性.md."""
    about = [
        "# 可靠性",
        "",
        "本页由 `make reliability` 写出，不手改；后一节的文字在 `tests/support/campaign_found.md`。",
        "各阶段可以分几次试（`make reliability SIZES=中断`），每行是最近一次全部试完的结果；秒是各进程用时之和。",
        "",
        f"{'；'.join(dict.fromkeys(str(row['机器']) for row in rows.values()))}。",
        "",
    ]
    return "\n".join([*about, *table(rows), "", FINDINGS.read_text("utf-8").rstrip(), ""])


def kept() -> dict[str, dict[str, object]]:
    """The lines of the page."""
    return dict(json.loads(RESULTS.read_text("utf-8")))


def keep(results: Results, stages: Collection[str]) -> None:
    """Put the lines of these stages, which were run whole, beside those of the others, and write the page."""
    rows = kept() | {name: row for name, row in rows_of(results).items() if name in stages}
    RESULTS.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", "utf-8")
    PAGE.write_text(page(rows), "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the stages; the exit code is 1 where one has a fault or is missing."""
    parser = argparse.ArgumentParser(description="可靠性试验")
    parser.add_argument("stages", nargs="*", metavar="阶段[=次数]")
    parser.add_argument("--short", action="store_true", help="只试测试里的那么多次")
    parser.add_argument("-n", "--processes", default="auto")
    asked = parser.parse_args(arguments)
    chosen = dict(word.partition("=")[::2] for word in asked.stages)
    unknown = chosen.keys() - STAGES.keys()
    if unknown:
        parser.error(f"没有阶段 {'、'.join(unknown)}；有：{'、'.join(STAGES)}")
    wanted = list(chosen) or list(STAGES)
    sizes = (
        {} if asked.short else {name: STAGES[name].full for name in wanted if STAGES[name].full is not None}
    )
    os.environ[SIZES] = json.dumps(sizes | {name: int(number) for name, number in chosen.items() if number})
    os.environ[WANTED] = json.dumps(wanted)
    results = Results()
    pytest.main(
        ["-n", asked.processes, "--dist", "loadgroup", "-m", "campaign", str(ROOT / "tests")],
        plugins=[results],
    )
    click.echo("\n".join(table(rows_of(results))))
    faults = [fault for count in results.stages.values() for fault in count.faults]
    click.echo("\n".join(faults))
    whole = [name for name in wanted if not chosen.get(name) and not asked.short]
    if whole and not faults and results.stages.keys() == {*wanted}:
        keep(results, whole)
    return 1 if faults or results.stages.keys() != {*wanted} else 0


if __name__ == "__main__":
    sys.exit(main())

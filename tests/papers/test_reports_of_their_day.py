"""What was handed over stays as it was: 体检报告, 检查底稿 and 双签字确认表 are of their own day, and wait to be kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from conftest import Run
from docx_text import text_of

from liangqing.base.diagnostics import Problems
from liangqing.cli import main as cli
from liangqing.outputs.waiting import TO_KEEP
from liangqing.papers.rendering import load_catalogue

KINDS = ("体检报告", "检查底稿", "双签字确认表")
REPORT = "output/2021/体检报告"
PORTRAIT = "checklists/2021/画像.yaml"


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets the clock."""

    def at(day: str) -> None:
        monkeypatch.setattr(cli, "today", lambda: date.fromisoformat(day))

    return at


def built(run: Run, *words: str) -> dict[str, bytes]:
    """The papers of the three kinds after a build, by their place."""
    code, _, said = run("build", *words)
    assert code == 0, said
    root = run.root / "output/2021"
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for kind in KINDS
        for path in sorted((root / kind).glob("*.docx"))
    }


def waits(run: Run) -> dict[str, tuple[str, str | None]]:
    """待定稿 of status: by kind of paper what is told, and what is to be typed."""
    code, out, _ = run("status", "--format", "json")
    assert code == 0
    rows = [row for row in json.loads(out) if row["类别"] == TO_KEEP]
    return {row["事项"].split(" ")[0]: (row["事项"], row["下一步"]) for row in rows}


def of_visit(papers: dict[str, bytes], code: str) -> dict[str, bytes]:
    return {name: data for name, data in papers.items() if code in name}


# (the inspection, the day on which all of it was handed over): later come self-checks, extensions, 责任变更, 回头看
VISITS = {"JZ01": "2021-04-06", "JZ02": "2021-04-20", "JZ04": "2021-05-24", "JZ10": "2021-09-13"}


def test_a_later_build_makes_the_same_bytes_though_nobody_kept_them(
    run: Run, on: Callable[[str], None]
) -> None:
    then: dict[str, bytes] = {}
    for code, day in VISITS.items():
        on(day)
        then |= of_visit(built(run, *KINDS), code)
    on("2021-11-01")
    now = built(run, *KINDS)
    signed_again = {name for name in then if name.startswith("双签字确认表/") and "JZ04" in name}
    assert len(then) == 12 and len(signed_again) == 1  # whose signature lapsed: it is to be signed anew
    for name in then.keys() - signed_again:
        assert now[name] == then[name], name
    text = text_of(now[next(name for name in now if name.startswith("体检报告/") and "JZ02" in name)])
    assert "截至2021年4月19日" in text and "延期" not in text and "反弹" not in text


def test_a_report_does_not_tell_what_comes_after_the_figures_day_of_the_year_or_before_its_own(
    run: Run, on: Callable[[str], None]
) -> None:
    assert "2021-10-31" in (run.root / "checklists/2021/清单.yaml").read_text("utf-8")
    run.edit("checklists/2021/清单.yaml", "统计截止日期: 2021-10-31", "统计截止日期: 2021-03-01")
    on("2021-11-01")
    papers = built(run, "体检报告")
    report = next(data for name, data in papers.items() if "JZ01" in name)
    assert "截至2021年4月6日" in text_of(report)


def test_what_was_handed_over_waits_to_be_kept(run: Run, on: Callable[[str], None]) -> None:
    on("2021-03-30")
    assert waits(run) == {}
    on("2021-04-01")  # the 反馈会 was held on the day before; the 画像 is of 6 April
    told = waits(run)
    assert told.keys() == {*KINDS}
    assert told["体检报告"][0].endswith("反馈会已开，还没有定稿存档；还没有登记画像，写好再定稿")
    assert told["体检报告"][1] is None
    on("2021-04-07")
    assert waits(run)["体检报告"] == (
        "体检报告 JZ01/U11 灵川局党支部集中清查·灵川局党支部：反馈会已开，还没有定稿存档",
        "issue 体检报告 JZ01/U11 --date 2021-04-06",
    )
    on("2021-11-01")
    words, command = waits(run)["双签字确认表"]
    assert words == "双签字确认表 JZ01/U11、JZ02/U08、JZ10/U06：已经双签，还没有定稿存档"
    assert command == "issue 双签字确认表"
    code, out, _ = run("propose", "--dry-run")
    assert code == 0 and f"待定稿：{words}" in out.splitlines()


def test_issue_without_a_subject_keeps_all_that_were_handed_over(run: Run, on: Callable[[str], None]) -> None:
    on("2021-11-01")
    before = built(run, *KINDS)
    code, out, said = run("issue", "体检报告", "--signer", "张某某")
    assert code == 0, said
    assert out.count("已定稿：") == 12
    assert "已定稿：2021/体检报告/JZ01/U11　桂林市灵川生态环境局党支部体检报告（2021-04-06）" in out
    assert "体检报告" not in waits(run)
    after = built(run, *KINDS)
    assert after.keys() == before.keys()
    kept = text_of(next(data for name, data in after.items() if "体检报告/" in name and "JZ01" in name))
    assert "\n2021年4月6日\n" in kept
    code, _, said = run("issue", "体检报告")
    assert code == 1 and "D420" in said


def test_a_report_without_its_portrait_is_not_kept_with_the_others(
    run: Run, on: Callable[[str], None]
) -> None:
    on("2021-04-01")
    code, out, said = run("issue", "体检报告")
    assert code == 1 and "D419" in said and "还没有登记画像" in said
    assert "已定稿" not in out


def test_what_was_kept_is_not_written_over_and_what_changed_is_told(
    run: Run, on: Callable[[str], None]
) -> None:
    on("2021-04-07")
    assert run("issue", "体检报告", "JZ01/U11", "--date", "2021-04-06")[0] == 0
    kept = of_visit(built(run, "体检报告"), "JZ01")
    run.edit(PORTRAIT, "汛期巡查力量不足", "汛期巡查人手不足")
    on("2021-11-01")
    code, out, _ = run("build", "体检报告")
    assert of_visit(built(run, "体检报告"), "JZ01") == kept
    assert code == 0 and "印发后" in out and "JZ01/U11" in out
    assert run("void", "2021/体检报告/JZ01/U11", "--why", "文字有误")[0] == 0
    assert run("issue", "体检报告", "JZ01/U11", "--date", "2021-04-06")[0] == 0
    (anew,) = of_visit(built(run, "体检报告"), "JZ01").values()
    assert "人手不足" in text_of(anew)


def test_a_build_tells_that_it_made_otherwise_what_was_handed_over(
    run: Run, on: Callable[[str], None]
) -> None:
    on("2021-11-01")
    built(run, "体检报告")
    assert "D822" not in run("build", "体检报告")[2]
    run.edit(PORTRAIT, "汛期巡查力量不足", "汛期巡查人手不足")
    code, _, said = run("build", "体检报告")
    assert code == 0
    assert "警告 D822 体检报告 JZ01/U11 已经交出、没有定稿，这次生成的和上次的不一样" in said
    assert "issue 体检报告 JZ01/U11 --date 2021-04-06" in said


def test_only_what_is_made_for_a_unit_in_an_inspection_has_such_a_day(run: Run) -> None:
    run.edit("templates/文种.yaml", "  条件: 单位.任务\n", "  条件: 单位.任务\n  截至: 检查\n")
    with pytest.raises(Problems) as refused:
        load_catalogue(run.root)
    (problem,) = refused.value.diagnostics
    assert "这个文种不能写「截至: 检查」" in problem.message


def test_a_worksheet_of_an_inspection_to_come_tells_of_today(run: Run, on: Callable[[str], None]) -> None:
    on("2021-11-01")
    papers = built(run, "检查底稿")
    (sheet,) = [data for name, data in papers.items() if "CC02" in name and "资源局" in name]
    assert "☐ 未部署" in text_of(sheet)

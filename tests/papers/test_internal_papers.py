"""Papers that stay in the group, as its head reads them: whom a paper goes to, no codes of the program, no column twice."""

from __future__ import annotations

import pytest
from conftest import Run
from docx_text import text_of


def printed(run: Run, kind: str, name: str, *command: str) -> str:
    """The words of a paper of the sample year, made by a command."""
    assert run(*command)[0] == 0
    (path,) = (run.root / f"output/2021/{kind}").glob(f"{name}.docx")
    return text_of(path.read_bytes())


def test_minutes_went_to_nobody(run: Run) -> None:
    register = printed(run, "发文登记簿", "*", "register")
    rows = [row for row in register.splitlines() if "反馈会纪要" in row]
    assert rows and all("反馈会纪要 | — |" in row for row in rows)
    assert "监督检查清单的通知 | 局党组等12家单位 |" in register


@pytest.mark.parametrize(
    ("kind", "subject", "goes_to"),
    [
        ("印发通知", "2021", "各被监督单位"),
        ("以案促改通知", "AL01", "各被监督单位"),
        ("监督检查通知", "JZ01", "桂林市灵川生态环境局党支部"),
        ("整改函", "ZG1", "桂林市灵川生态环境局党支部"),
        ("反馈会纪要", "JZ01", "—"),
    ],
)
def test_a_cover_says_whom_the_paper_goes_to(run: Run, kind: str, subject: str, goes_to: str) -> None:
    cover = printed(run, "发文稿纸", f"发文稿纸-{kind}-{subject}", "cover")
    assert f"| 主　　送 | {goes_to} |" in cover and "程序" not in cover


def test_the_story_names_no_code_of_a_record_and_no_round_that_is_the_only_one(run: Run) -> None:
    story = printed(run, "一问一档", "一问一档-W2021-01-*", "story", "W2021-01")
    assert "第3项　开展漓江" in story and "（市纪驻环整〔2021〕1号）" in story
    assert not [word for word in ("R3", "JZ01", "SQ1", "FK01", "ZG1", "「", "第1轮") if word in story]


def test_a_whole_year_is_not_compared_twice_with_the_year_before(run: Run) -> None:
    table = printed(run, "监督工作情况统计表", "*-2021", "period-table")
    assert "| 项目 | 本期 | 上年 | 比上年 |" in table and "上年同期" not in table
    assert "填报单位：" in table and "填报日期：" in table


def test_what_is_owed_from_an_earlier_year_and_what_was_waived_is_named_in_words(run: Run) -> None:
    assert "2020年度漓江支流巡查没有全覆盖" in printed(run, "单位清欠单", "*执法支队*", "owed")
    waived = printed(run, "放行明细", "*", "waivers")
    assert "问题 W2021-03：青狮潭水库周边日常巡查责任未固定到人" in waived

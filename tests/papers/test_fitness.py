"""A 文书 keeps to its findings: of the state that its kind needs on its day, found by then, each once, of its unit."""

from __future__ import annotations

import pytest
from conftest import Run

from liangqing.data.model.kinds import FINDING_STATES
from liangqing.year.state.standing import STATES

PAPERS, FINDINGS = "checklists/2021/文书.yaml", "checklists/2021/问题.yaml"
LIMIT = "整改时限: 2021-10-15"
CLOSED = LIMIT + (
    "\n    销号: [{申请日期: 2021-10-18, 核查日期: 2021-10-20, 核查人: 邓某某, 核查方式: 现场核查, "
    "结论: 同意销号, 销号日期: 2021-10-21}]"
)


def gates(run: Run, *more: str) -> list[str]:
    """The codes of the gates that `check` tells of 文书."""
    told = run("check", *more)[2].splitlines()
    return [line.split(" 还差 ")[1][:4] for line in told if "文书.yaml" in line and " 还差 " in line]


def test_the_states_that_a_kind_may_ask_for_are_those_of_findings() -> None:
    assert FINDING_STATES == STATES


def test_drafts_of_the_sample_have_their_objects(run: Run) -> None:
    assert gates(run, "--as-of", "2021-10-31") == []


def test_a_draft_whose_finding_was_closed_is_left_out_and_stops_nothing(run: Run) -> None:
    run.edit(FINDINGS, LIMIT, CLOSED)
    assert gates(run) == ["D416"] * 3  # 督办函, 约谈通知书, 建议书
    code, _, err = run("build")
    assert code == 0, err
    assert "D416 督办函 DB1 的问题 W2021-06（" in err
    assert "是「已销号」，督办函要的是「逾期」，先不生成" in err
    made = {path.parent.name for path in (run.root / "output/2021").glob("*/*.docx")}
    assert "提醒函" in made and "督办函" not in made and "纪检监察建议书" not in made


def test_issue_refuses_a_letter_whose_finding_is_not_of_the_state_on_its_date(run: Run) -> None:
    code, _, err = run("issue", "督办函", "DB1", "--date", "2021-10-15")
    assert code == 1
    assert "到 2021-10-15 是「临期」，督办函要的是「逾期」" in err
    assert run("issue", "督办函", "DB1", "--date", "2021-10-16")[0] == 0


def test_a_reminder_goes_out_before_the_limit(run: Run) -> None:
    assert gates(run, "--as-of", "2021-11-05") == []
    assert gates(run, "--as-of", "2021-11-06") == ["D416"]
    code, _, err = run("issue", "提醒函", "TX1", "--date", "2021-11-06", "--force-date")
    assert code == 1
    assert "是「逾期」，提醒函要的是「临期、未到期」" in err


def test_a_letter_that_is_out_does_not_turn_wrong_when_its_finding_is_closed_later(run: Run) -> None:
    assert run("issue", "督办函", "DB1", "--date", "2021-10-16")[0] == 0
    run.edit(FINDINGS, LIMIT, CLOSED)
    assert "DB1" not in run("check")[2]
    assert run("build", "督办函")[0] == 0


@pytest.mark.parametrize("kind", ["督办函", "纪检监察建议书", "通报"])
def test_a_kind_that_speaks_of_findings_is_not_made_without_any(run: Run, kind: str) -> None:
    before, after = (run.root / PAPERS).read_text("utf-8").split(f"    文种: {kind}\n")
    kept = "\n".join(
        line for line in after.split("\n  - ")[0].splitlines() if not line.startswith("    问题:")
    )
    rest = "\n  - ".join(["", *after.split("\n  - ")[1:]])
    (run.root / PAPERS).write_text(f"{before}    文种: {kind}\n{kept}\n{rest}", "utf-8")
    assert gates(run, "--as-of", "2021-10-31") == ["D415"]


def test_a_finding_of_an_inspection_that_has_not_begun_is_not_written_of(run: Run) -> None:
    assert "D418" in gates(run, "--as-of", "2021-05-10")
    code, _, err = run("issue", "纪检监察建议书", "JY1", "--date", "2021-05-10")
    assert code == 1 and "D606" in err  # it takes no number here
    code, _, err = run("issue", "通报", "TB1", "--date", "2021-05-10")
    assert code == 1
    assert "D418 通报 TB1 的问题 W2021-06（" in err
    assert "在 2021-05-19 才发现，到 2021-05-10 还没有，先不生成" in err


def test_a_draft_whose_new_limit_has_come_is_left_out(run: Run) -> None:
    run.edit(PAPERS, "新时限: 2021-11-19", "新时限: 2021-11-01")
    assert gates(run) == ["D417"]
    code, _, err = run("issue", "督办函", "DB1", "--date", "2021-11-01")
    assert code == 1
    assert "D345 文书 DB1 的新时限（2021-11-01）不晚于成文日期（2021-11-01，" in err
    assert run("issue", "督办函", "DB1", "--date", "2021-10-29")[0] == 0


def test_issue_refuses_a_letter_to_another_unit(run: Run) -> None:
    run.edit(PAPERS, "    文种: 督办函\n    单位: U09", "    文种: 督办函\n    单位: U08")
    code, _, err = run("issue", "督办函", "DB1", "--date", "2021-10-29")
    assert code == 1
    assert "D351 督办函 DB1 写给「资源局党支部」，问题 W2021-06 却是「兴安局党支部」的（" in err


def test_a_correction_is_not_judged_by_the_state(run: Run) -> None:
    run.edit(FINDINGS, LIMIT, CLOSED)
    run.edit(PAPERS, "    文种: 督办函\n", "    文种: 督办函\n    更正: 市纪驻环整〔2021〕3号\n")
    assert gates(run) == ["D416"] * 2


def test_only_a_kind_on_written_papers_asks_of_their_findings(run: Run) -> None:
    run.edit(
        "templates/文种.yaml",
        "  对象: 整改函\n  受众: 单位\n  门槛",
        "  对象: 整改函\n  必有问题: 是\n  受众: 单位\n  门槛",
    )
    code, _, err = run("check")
    assert code == 1
    assert "只有对象是文书的文种才写「必有问题」" in err


@pytest.mark.parametrize(
    ("kind", "key", "part"),
    [
        ("纪检监察建议书", "建议", "    建议:\n      - 建立运行维护责任清单，逐站明确责任人。\n      - 把运行维护记录和出水检测纳入运行维护单位考核。\n"),
        ("通报", "要求", "    要求:\n      - 举一反三，对辖区农村污水处理设施逐一核对运行维护记录。\n      - 明确运行维护责任，按月抽查，抽查情况留档备查。\n"),
    ],
)  # fmt: skip
def test_a_paper_waits_where_a_heading_would_stand_over_nothing(
    run: Run, kind: str, key: str, part: str
) -> None:
    run.edit(PAPERS, part, "")
    assert gates(run, "--as-of", "2021-10-31") == ["D421"]
    code, _, err = run("build", kind, "--as-of", "2021-10-31")
    assert code == 0
    assert f"没有写「{key}」，印出来「{key}」的标题下面是空的，先不生成" in err
    assert f"补上「{key}」，如 {key}: [" in err
    assert not [*(run.root / "output/2021").glob(f"{kind}/*.docx")]

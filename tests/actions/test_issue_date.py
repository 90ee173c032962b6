"""`issue` looks at the date: not in the future, not out of order, not before what the paper rests on."""

from __future__ import annotations

import sys

import click
import pytest
from conftest import Run

from liangqing import register

LETTERS = "checklists/2021/整改函.yaml"


def issue(run: Run, code: str, day: str, *more: str) -> tuple[int, str, str]:
    return run("issue", "整改函", code, "--date", day, *more)


def again(run: Run) -> Run:
    """ZG4 is to be issued a second time."""
    assert run("void", "市纪驻环整〔2021〕4号", "--why", "改期", "--date", "2021-09-29")[0] == 0
    (run.root / "checklists/2021/整改反馈.yaml").unlink()
    return run


def test_a_date_in_the_future_is_refused_without_force_date_and_shown_later(run: Run) -> None:
    code, _, err = issue(again(run), "ZG4", "2021-11-02")
    assert code == 1
    assert "D631 成文日期（2021-11-02）晚于今天（2021-11-01）" in err and "--force-date" in err
    assert issue(run, "ZG4", "2021-11-02", "--yes")[0] == 1
    code, out, _ = issue(run, "ZG4", "2021-11-02", "--force-date")
    assert code == 0
    assert "（日期未到）" in out
    assert register.load(run.root).issued[-1].notes == ("日期未到",)
    assert "D825 整改函 ZG4 的成文日期（2021-11-02）还没有到（今天 2021-11-01）" in run("check")[2]


def test_a_date_before_the_last_number_is_refused_where_nobody_can_be_asked(run: Run) -> None:
    code, _, err = issue(again(run), "ZG4", "2021-09-24")
    assert code == 1
    assert "D612 成文日期（2021-09-24）早于号在前面的" in err and "--yes" in err
    assert issue(run, "ZG4", "2021-09-24", "--yes")[0] == 0
    assert register.load(run.root).issued[-1].notes == ("日期已核",)


@pytest.mark.parametrize("answer", [True, False])
def test_a_date_before_the_last_number_is_asked_about(
    run: Run, monkeypatch: pytest.MonkeyPatch, answer: bool
) -> None:
    asked: list[str] = []

    def confirm(text: str, **more: object) -> bool:
        asked.append(text)
        return answer

    again(run)
    before = len(register.load(run.root).lines)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(click, "confirm", confirm)
    code, _, err = issue(run, "ZG4", "2021-09-24", "--signer", "张某某")
    assert asked == ["核对过，仍照这个日期印发吗？"]
    assert err.count("D612") == 1
    assert (code, len(register.load(run.root).lines)) == ((0, before + 1) if answer else (1, before))


def test_yes_is_not_noted_of_a_date_in_order(run: Run) -> None:
    assert issue(again(run), "ZG4", "2021-09-30", "--yes")[0] == 0
    assert register.load(run.root).issued[-1].notes == ()


def test_not_before_the_findings(run: Run) -> None:
    code, _, err = issue(again(run), "ZG4", "2021-09-01", "--yes")
    assert code == 1
    assert "D329" in err and "的发现日期（" in err


def test_not_before_the_signature(unissued: Run) -> None:
    unissued.edit("checklists/2021/双签.yaml", "日期: 2021-03-31", "日期: 2021-04-21")
    (unissued.root / "checklists/2021/整改反馈.yaml").unlink(missing_ok=True)
    code, _, err = issue(unissued, "ZG1", "2021-04-20")
    assert code == 1
    assert "D643 双签 SQ1 的日期（2021-04-21）晚于整改函 ZG1 的成文日期（2021-04-20，" in err
    assert issue(unissued, "ZG1", "2021-04-21")[0] == 0


def test_not_before_the_feedback_meeting(unissued: Run) -> None:
    code, _, err = unissued("issue", "反馈会纪要", "JZ01", "--date", "2021-03-30")
    assert code == 1
    assert "D643 到 2021-03-30 还出不了反馈会纪要 JZ01" in err
    assert unissued("issue", "反馈会纪要", "JZ01", "--date", "2021-04-02")[0] == 0


def test_not_before_the_inspection(unissued: Run) -> None:
    code, _, err = unissued("issue", "体检报告", "JZ01/U11", "--date", "2021-03-01")
    assert code == 1
    assert "D643 到 2021-03-01 还出不了体检报告 JZ01/U11" in err


def test_not_before_the_letter_that_it_corrects(run: Run) -> None:
    run.edit(LETTERS, "  - 编号: ZG4\n", "  - 编号: ZG4\n    更正: 市纪驻环整〔2021〕3号\n")
    again(run)
    code, _, err = issue(run, "ZG4", "2021-06-01", "--yes")
    assert code == 1
    assert "D349 所更正的市纪驻环整〔2021〕3号的成文日期（" in err


def test_a_letter_on_findings_without_a_signature_says_so_once(unissued: Run) -> None:
    signed = (unissued.root / "checklists/2021/双签.yaml").read_text("utf-8")
    code, _, err = issue(unissued, "ZG1", "2021-04-20")
    assert (code, err.count("双签")) == (0, 0)
    head = signed.split("  - 编号: SQ2")[0].split("  - 编号: SQ1")[0]
    rest = signed.split("  - 编号: SQ3")[1]
    (unissued.root / "checklists/2021/双签.yaml").write_text(f"{head}  - 编号: SQ3{rest}", "utf-8")
    code, _, err = issue(unissued, "ZG2", "2021-05-10")
    assert code == 0
    assert err.count("警告 D644") == 1
    assert "涉及的问题 W2021-04、W2021-05 到 2021-05-10 没有有效的双签" in err

"""签发人: asked for, remembered, told where it is missing, and printed on the 发文稿纸 with who drafted and checked."""

from __future__ import annotations

import sys
from typing import Any

import click
import pytest
from conftest import Run
from docx_text import text_of

from liangqing import register


def issue(run: Run, *more: str) -> tuple[int, str, str]:
    return run("issue", "督办函", "DB1", "--date", "2021-11-01", *more)


def signer(run: Run) -> str:
    return register.load(run.root).issued[-1].signer


def without_option(run: Run) -> Run:
    run.edit("checklists/机构.yaml", "  一式份数: 2", "  登记签发人: 否\n  一式份数: 2")
    return run


def test_a_script_that_names_nobody_goes_on_and_is_told(run: Run) -> None:
    code, _, err = issue(run)
    assert code == 0
    assert "警告 D645 市纪驻环督〔2021〕1号 没有写签发人" in err
    assert signer(run) == ""


def test_who_is_named_is_registered_without_a_word(run: Run) -> None:
    code, _, err = issue(run, "--signer", "张某某")
    assert (code, signer(run)) == (0, "张某某")
    assert "D645" not in err


def test_a_group_that_does_not_want_it_is_not_told(run: Run) -> None:
    code, _, err = issue(without_option(run))
    assert code == 0 and "D645" not in err


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What is asked in a terminal; the answer is what was offered."""
    found: list[dict[str, Any]] = []

    def prompt(text: str, **more: Any) -> str:
        found.append({"text": text, **more})
        return str(more["default"])

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(click, "prompt", prompt)
    return found


def test_in_a_terminal_it_is_asked_and_the_last_one_offered(run: Run, asked: list[dict[str, Any]]) -> None:
    assert issue(run)[0] == 0
    assert [(each["text"], each["default"]) for each in asked] == [("签发人", "张某某")]
    assert signer(run) == "张某某"


def test_where_nobody_signed_yet_the_usual_one_is_offered(unissued: Run, asked: list[dict[str, Any]]) -> None:
    unissued.edit("checklists/机构.yaml", "签发: 张某某", "签发: 覃某某")
    assert unissued("issue", "整改函", "ZG1", "--date", "2021-04-20")[0] == 0
    assert [each["default"] for each in asked] == ["覃某某"]


def test_a_group_that_does_not_want_it_is_not_asked(run: Run, asked: list[dict[str, Any]]) -> None:
    assert issue(without_option(run))[0] == 0
    assert asked == []


def cover(run: Run, code: str) -> str:
    assert run("cover", code, "--as-of", "2021-11-01")[0] == 0
    (path,) = (run.root / "output/2021/发文稿纸").glob(f"*-{code}.docx")
    return text_of(path.read_bytes())


def test_the_cover_prints_who_drafts_checks_and_signs(run: Run) -> None:
    told = cover(run, "DB1")
    for part in ("拟　　稿　李某某", "核　　稿　赵某某", "签　　发　张某某"):
        assert part in told


def test_what_the_record_says_goes_before_the_usual_and_the_register_before_both(run: Run) -> None:
    run.edit(
        "checklists/2021/文书.yaml",
        "    事由: 农村污水处理设施运行维护问题整改逾期",
        "    事由: 农村污水处理设施运行维护问题整改逾期\n    拟稿: 高某某\n    会签: [罗某某, 何某某]",
    )
    assert issue(run, "--signer", "覃某某")[0] == 0
    told = cover(run, "DB1")
    for part in ("拟　　稿　高某某", "会　　签　罗某某、何某某", "签　　发　覃某某"):
        assert part in told

"""status: what waits, for whom; and what an issued paper would no longer print."""

from __future__ import annotations

import json

from conftest import Run

from liangqing.status import differences, reads_of

DAY = ("--as-of", "2021-10-31")


def rows(run: Run, *words: str) -> list[tuple[str, str, str]]:
    code, out, _ = run("status", "--format", "json", *words)
    assert code == 0
    return [(each["类别"], each["单位"], each["事项"]) for each in json.loads(out)]


def test_what_waits_in_the_sample(run: Run) -> None:
    assert [(kind, unit) for kind, unit, _ in rows(run, *DAY)] == [
        ("逾期", "兴安局党支部"),
        ("临期", "执法支队党支部"),
        ("未签字", "执法支队党支部"),
        ("未签字", "兴安局党支部"),
        ("未回复", "兴安局党支部"),
        ("缺佐证", "执法支队党支部"),
        ("往期未销号", "执法支队党支部"),
        ("往期未销号", "资源局党支部"),
    ]
    late = rows(run, *DAY)[0][2]
    assert late == (
        "W2021-06 农村污水处理设施运行维护记录不完整，时限2021年10月15日，已超16天，责任人袁某某（农村环境股负责人）"
    )


def test_the_table_and_its_tally(run: Run) -> None:
    code, out, _ = run("status", *DAY)
    assert code == 0
    assert out.splitlines()[-1] == "合计：逾期 1，临期 1，未签字 2，未回复 1，缺佐证 1，往期未销号 2"


def test_one_unit(run: Run) -> None:
    assert {unit for _, unit, _ in rows(run, "--unit", "U09", *DAY)} == {"兴安局党支部"}
    assert rows(run, "--unit", "局党组", *DAY) == []
    assert run("status", "--unit", "局党组", *DAY)[1].splitlines()[-1] == "没有待办"
    code, _, err = run("status", "--unit", "局党主")
    assert code == 1
    assert "没有单位「局党主」" in err


def test_what_was_not_handed_in(run: Run) -> None:
    path = run.root / "checklists/2021/自查/第三期.yaml"
    path.unlink()
    owing = [row for row in rows(run, *DAY) if row[0] == "未报自查"]
    assert len(owing) == 12
    assert owing[0] == ("未报自查", "局党组", "第三期，截止2021年9月30日")


def test_a_letter_that_is_not_out(run: Run) -> None:
    assert run("void", "市纪驻环整〔2021〕3号", "--why", "改期", "--date", "2021-06-03")[0] == 0
    assert ("未印发", "兴安局党支部", "整改函 ZG3 农村污水处理设施运行维护监督检查发现问题") in rows(
        run, *DAY
    )


def test_changed_data_is_told_as_drift(run: Run) -> None:
    run.edit("checklists/2021/整改函.yaml", "回复期限: 2021-09-03", "回复期限: 2021-09-06")
    ((_, _, words),) = [row for row in rows(run, *DAY) if row[0] == "已漂移"]
    assert words == (
        "市纪驻环整〔2021〕2号 印发后数据改过：整改函.回复期限 由「2021年9月3日」变为「2021年9月6日」"
    )


def test_what_came_after_the_letter_is_no_drift(run: Run) -> None:
    """An extension, a change of responsibility and a close-out of later days do not change what was sent."""
    assert [row for row in rows(run) if row[0] == "已漂移"] == []


def test_a_changed_template_is_no_drift(run: Run) -> None:
    from docx import Document

    path = run.root / "templates/整改函.docx"
    document = Document(str(path))
    document.add_paragraph("{{ 单位.类型 }}")
    document.save(str(path))
    assert [row for row in rows(run, *DAY) if row[0] == "已漂移"] == []


def test_status_needs_sound_data(run: Run) -> None:
    run.edit("checklists/2021/整改函.yaml", "回复期限: 2021-09-03", "回复期限: 九月")
    code, out, err = run("status")
    assert (code, out) == (1, "")
    assert "D103" in err


def test_differences_in_words() -> None:
    then = {"甲": "一", "乙": [{"丙": 1}, {"丙": 2}], "丁": ["a"]}
    now = {"甲": "一", "乙": [{"丙": 1}, {"丙": 3}], "丁": ["a", "b"]}
    assert list(differences(then, now)) == ["乙第2项.丙 由「2」变为「3」", "丁 由「1项」变为「2项」"]
    assert list(differences(then, then)) == []


def test_reads_of_kept_values() -> None:
    assert reads_of({"单位": {"名称": "甲"}, "问题": [{"名称": "a"}, {"事实": "b"}], "抄送": ["x"]}) == {
        "单位": {"名称": {}},
        "问题": {"[]": {"名称": {}, "事实": {}}},
        "抄送": {},
    }

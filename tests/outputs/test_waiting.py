"""status: what waits, for whom; and what an issued paper would no longer print."""

from __future__ import annotations

import json
import re

import pytest
from conftest import Run

from liangqing.papers.differing import differences
from liangqing.papers.drift import reads_of

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
        ("未交反馈表", "兴安局党支部"),
        ("缺佐证", "执法支队党支部"),
        ("未完成项目", "自然生态科党支部、资源局党支部、兴安局党支部"),
        ("计划检查", "资源局党支部、兴安局党支部"),
        ("未印发", ""),
        ("未印发", ""),
        ("未印发", "执法支队党支部"),
        ("未印发", "资源局党支部、兴安局党支部"),
        ("未印发", "兴安局党支部"),
        ("未印发", "兴安局党支部"),
        ("未印发", "兴安局党支部"),
        ("待定稿", ""),
        ("待定稿", ""),
        ("待定稿", ""),
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
    assert out.splitlines()[-12:] == [
        "合计：逾期 1，临期 1，未签字 2，未回复 1，未交反馈表 1，缺佐证 1，未完成项目 1，计划检查 1，未印发 7，待定稿 3，往期未销号 2",
        "标了年度的是以前年度的，接着写在原来的文件夹里：checklists/2020",
        *(
            f"下一步：{run.again} issue {paper} --date 2021-10-31"
            for paper in ("请示 QS1", "提醒函 TX1", "通报 TB1", "督办函 DB1", "约谈通知书 YT1")
        ),
        f"下一步：{run.again} advice JY1",
        *(f"下一步：{run.again} issue {kind}" for kind in ("检查底稿", "体检报告", "双签字确认表")),
        f"下一步（看按督办阶梯该发什么文书）：{run.again} propose",
    ]


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
    letter = (
        "整改函 ZG3 农村污水处理设施运行维护监督检查发现问题：作废后没有重新印发，"
        "W2021-06还没有双签字；W2021-06的整改时限已过，先改；回复期限2021年10月20日已过，先改"
    )
    assert ("未印发", "兴安局党支部", letter) in rows(run, *DAY)


def test_changed_data_is_told_as_drift(run: Run) -> None:
    run.edit("checklists/2021/整改函.yaml", "回复期限: 2021-09-03", "回复期限: 2021-09-06")
    ((_, _, words),) = [row for row in rows(run, *DAY) if row[0] == "印发后改过"]
    assert words == (
        "市纪驻环整〔2021〕2号 印发后数据改过：整改函.回复期限 由「2021年9月3日」变为「2021年9月6日」"
    )


def test_what_an_annex_printed_is_told_as_drift_too(run: Run) -> None:
    run.edit("checklists/2021/清单.yaml", "建立一口一档，", "建立一口一档和月报，")
    told = [words for kind, _, words in rows(run, *DAY) if kind == "印发后改过"]
    (notice,) = [words for words in told if words.startswith("市纪驻环发〔2021〕1号")]
    assert "附件监督检查清单 清单.内容第1项.任务第3项.具体任务 由「" in notice
    (letter,) = [words for words in told if words.startswith("市纪驻环函〔2021〕2号")]
    assert "附件" not in letter


def test_what_came_after_the_letter_is_no_drift(run: Run) -> None:
    """An extension, a change of responsibility and a close-out of later days do not change what was sent."""
    assert [row for row in rows(run) if row[0] == "印发后改过"] == []


def test_a_changed_template_is_no_drift(run: Run) -> None:
    from docx import Document

    path = run.root / "templates/整改函.docx"
    document = Document(str(path))
    document.add_paragraph("{{ 单位.类型 }}")
    document.save(str(path))
    assert [row for row in rows(run, *DAY) if row[0] == "印发后改过"] == []


GROUP_FILE = "checklists/机构.yaml"
OFFICE = (
    ("{姓名: 李某某, 电话: 0773-0000000}", "{姓名: 李某某, 电话: 0773-1111111}"),
    ("{姓名: 李某某, 电话: 0773-0000000}", "{姓名: 罗某某, 电话: 0773-0000000}"),
    ("  联系人: {姓名: 李某某, 电话: 0773-0000000}\n", ""),
    ("负责人: {姓名: 张某某, 职务: 组长}", "负责人: {姓名: 李某某, 职务: 副组长}"),
    (
        "负责人: {姓名: 张某某, 职务: 组长}",
        "负责人: [{姓名: 张某某, 职务: 组长}, {姓名: 李某某, 职务: 副组长, 起: 2021-10-01}]",
    ),
    ("    - 桂林市生态环境局机关党委\n", ""),
    ("  简称: 我组\n", "  简称: 驻局纪检监察组\n"),
    ("  一式份数: 2 ", "  一式份数: 3 "),
    ("选项:\n", "选项:\n  字体: {仿宋: 仿宋}\n  版式: 文件\n"),
)


@pytest.mark.parametrize(("old", "new"), OFFICE)
def test_what_the_office_changes_of_itself_is_no_drift(run: Run, old: str, new: str) -> None:
    run.edit(GROUP_FILE, old, new)
    assert [row for row in rows(run, *DAY) if row[0] == "印发后改过"] == []


MEANT = (
    ("checklists/2021/问题.yaml", "整改时限: 2021-06-30", "整改时限: 2021-07-30"),
    ("checklists/2021/问题.yaml", "责任人: 卢某某, 职务: 水环境股股长", "责任人: 罗某某, 职务: 水环境股股长"),
    ("checklists/2021/问题.yaml", "其中3号、5号排污口未设置标识牌；", "其中3号、4号排污口未设置标识牌；"),
    ("checklists/2021/单位.yaml", "名称: 桂林市灵川生态环境局党支部", "名称: 桂林市灵川县生态环境局党支部"),
)


@pytest.mark.parametrize(("file", "old", "new"), MEANT)
def test_what_a_letter_means_is_drift(run: Run, file: str, old: str, new: str) -> None:
    text = (run.root / file).read_text("utf-8")
    (run.root / file).write_text(text.replace(old, new, 1), "utf-8")
    told = [words for kind, _, words in rows(run, *DAY) if kind == "印发后改过"]
    assert any(words.startswith("市纪驻环整〔2021〕1号 印发后数据改过：") for words in told)


def test_copies_of_a_letter_of_its_own_are_meant(run: Run) -> None:
    end = "中共桂林市生态环境局党组, 桂林市生态环境局机关党委]\n    回复: {日期: 2021-09-02}"
    run.edit("checklists/2021/整改函.yaml", end, end.replace("中共桂林市生态环境局党组, ", ""))
    told = [words for kind, _, words in rows(run, *DAY) if kind == "印发后改过"]
    assert told == ["市纪驻环整〔2021〕2号 印发后数据改过：整改函.抄送 由「3项」变为「2项」"]


def test_a_new_telephone_is_told_without_a_correction(run: Run) -> None:
    run.edit(GROUP_FILE, "0773-0000000", "0773-1111111")
    _, out, _ = run("status", *DAY)
    words = "印发以后 机构.联系人.电话 由「0773-0000000」变为「0773-1111111」"
    assert re.search(f"另：{words}。已发的 \\d+ 份意思没有变，不用更正", out)
    kept = run.root / "checklists/发文/2021/市纪驻环整〔2021〕2号.docx"
    code, out, _ = run("verify", str(kept))
    assert code == 0 and f"{words}。意思没有变，不用更正" in out and "另发更正" not in out
    run.edit("checklists/2021/整改函.yaml", "回复期限: 2021-09-03", "回复期限: 2021-09-06")
    changed = "整改函.回复期限 由「2021年9月3日」变为「2021年9月6日」"
    assert f"印发后数据改过：{changed}。要改已发出的，另发更正" in run("verify", str(kept))[1]


def test_another_order_of_records_is_no_drift(run: Run) -> None:
    for name in ("问题", "检查", "整改函", "单位"):
        path = run.root / f"checklists/2021/{name}.yaml"
        head, *records = path.read_text("utf-8").split("\n  - 编号: ")
        path.write_text("\n  - 编号: ".join([head, *reversed(records)]) + "\n", "utf-8")
    run.edit("checklists/2021/整改函.yaml", "问题: [W2021-04, W2021-05]", "问题: [W2021-05, W2021-04]")
    told = rows(run, *DAY)
    assert [row for row in told if row[0] == "印发后改过"] == []
    assert [row[2][:8] for row in told if row[2].endswith("已失效")] == ["W2021-06"]


def test_status_needs_sound_data(run: Run) -> None:
    run.edit("checklists/2021/整改函.yaml", "回复期限: 2021-09-03", "回复期限: 九月")
    code, out, err = run("status")
    assert (code, out) == (1, "")
    assert "D103" in err


def test_differences_in_words() -> None:
    then = {"甲": "一", "乙": [{"丙": 1}, {"丙": 2}], "丁": ["a"]}
    now = {"甲": "一", "乙": [{"丙": 1}, {"丙": 3}], "丁": ["a", "b"]}
    assert [each.words for each in differences(then, now)] == [
        "乙第2项.丙 由「2」变为「3」",
        "丁 由「1项」变为「2项」",
    ]
    assert list(differences(then, then)) == []


def test_items_in_another_order_are_the_same() -> None:
    then, now = (
        [{"编号": "甲", "丙": 1}, {"编号": "乙", "丙": 2}],
        [{"编号": "乙", "丙": 3}, {"编号": "甲", "丙": 1}],
    )
    assert [each.words for each in differences(then, now)] == ["第2项.丙 由「2」变为「3」"]
    assert list(differences(then, then[::-1])) == []
    assert list(differences(["a", "b"], ["b", "a"])) == []
    assert [each.words for each in differences(["a", "b"], ["b", "b"])] == ["第1项 由「a」变为「b」"]


def test_reads_of_kept_values() -> None:
    assert reads_of({"单位": {"名称": "甲"}, "问题": [{"名称": "a"}, {"事实": "b"}], "抄送": ["x"]}) == {
        "单位": {"名称": {}},
        "问题": {"[]": {"名称": {}, "事实": {}}},
        "抄送": {},
    }


def test_drift_is_told_by_build_too(run: Run) -> None:
    assert run("build")[0] == 0
    assert run("build", "--dry-run")[0] == 0
    run.edit("checklists/2021/整改函.yaml", "回复期限: 2021-09-03", "回复期限: 2021-09-06")
    changed = "整改函.回复期限 由「2021年9月3日」变为「2021年9月6日」"
    code, out, _ = run("build", "整改函", "--dry-run")
    assert code == 3
    assert f"印发后改过：市纪驻环整〔2021〕2号 印发后数据改过，存档不变：{changed}" in out
    code, out, _ = run("build", "--json")
    assert code == 0
    assert json.loads(out)["漂移"] == [{"文号": "市纪驻环整〔2021〕2号", "改动": [changed]}]
    assert run("void", "市纪驻环整〔2021〕2号", "--why", "改期", "--date", "2021-05-11")[0] == 0
    assert "印发后改过" not in run("build", "整改函", "--dry-run")[1]


def test_a_paper_that_was_corrected_is_no_drift(run: Run) -> None:
    run.edit("checklists/2021/整改函.yaml", "回复期限: 2021-09-03", "回复期限: 2021-09-06")
    run.edit(
        "checklists/2021/整改函.yaml",
        "  - 编号: ZG4",
        "  - {编号: ZG5, 单位: U08, 问题: [W2021-04, W2021-05], 事由: 更正, 回复期限: 2021-11-30, "
        "更正: 市纪驻环整〔2021〕2号}\n  - 编号: ZG4",
    )
    assert [kind for kind, _, _ in rows(run, *DAY)].count("印发后改过") == 1
    assert run("issue", "整改函", "ZG5", "--date", "2021-10-08")[0] == 0
    assert [kind for kind, _, _ in rows(run, *DAY)].count("印发后改过") == 0


SIGNED = "SQ1"


@pytest.fixture
def signed(run: Run) -> Run:
    """The sample with the form of JZ01 frozen before it was signed."""
    assert run("issue", "双签字确认表", "JZ01/U11", "--date", "2021-04-06")[0] == 0
    return run


def test_check_says_what_changed_since_a_form_was_signed(signed: Run) -> None:
    assert "D407" not in signed("check", *DAY)[2]
    signed.edit("checklists/2021/问题.yaml", "整改时限: 2021-06-30", "整改时限: 2021-08-31")
    _, _, err = signed("check", *DAY)
    assert f"D404 双签 {SIGNED} 已失效" in err
    assert (
        f"还差 D407 双签 {SIGNED} 签字后改过：问题 W2021-01 的整改时限 由「2021年6月30日」变为「2021年8月31日」\n"
        "    建议：改回去，或重新打印双签字确认表请双方再签"
    ) in err


def test_of_a_form_that_was_not_frozen_only_the_code_tells(run: Run) -> None:
    run.edit("checklists/2021/问题.yaml", "整改时限: 2021-06-30", "整改时限: 2021-08-31")
    _, _, err = run("check", *DAY)
    assert f"D404 双签 {SIGNED} 已失效" in err
    assert "D407" not in err


def test_a_refusal_with_its_reason_counts_as_dealt_with(run: Run) -> None:
    path = run.root / "checklists/2021/双签.yaml"
    text = path.read_text("utf-8")
    first, _, others = text.partition("  - 编号: SQ2")
    signer = next(line for line in first.splitlines() if line.strip().startswith("党组织签字人"))
    refused = first.replace(f"{signer}\n", "").replace("结果: 签字", "结果: 拒签")
    path.write_text(f"{refused}  - 编号: SQ2{others}", "utf-8")
    code, _, err = run("check", *DAY)
    assert code == 1
    assert f"D333 双签 {SIGNED} 是拒签，没有写理由" in err
    path.write_text(
        f"{refused.replace('结果: 拒签', '结果: 拒签' + chr(10) + '    理由: 对责任划分有不同意见')}  - 编号: SQ2{others}",
        "utf-8",
    )
    code, _, err = run("check", *DAY)
    assert code == 0
    assert SIGNED not in err
    assert not [what for kind, _, what in rows(run, *DAY) if kind == "未签字" and "W2021-01" in what]
    assert run("build")[0] == 0


def test_units_not_inspected_for_long_are_a_line_of_their_own(run: Run) -> None:
    run.edit("checklists/机构.yaml", "  一式份数: 2 ", "  未检查月数: 1\n  一式份数: 2 ")
    lines = run("status", *DAY)[1].splitlines()
    (told,) = [line for line in lines if line.startswith("另：满1个月没有检查的单位")]
    assert "阳朔局党支部（上次" not in told and "灵川局党支部（上次2021年" in told
    own = run("status", "--unit", "灵川局党支部", *DAY)[1].splitlines()
    assert [line for line in own if line.startswith("另：满1个月没有检查的单位1个：灵川局党支部（上次2021年")]
    assert not any(
        "满1个月" in line for line in run("status", "--unit", "阳朔局党支部", *DAY)[1].splitlines()
    )

"""`template check` and `template vars`: what a clerk gets who changes or writes a template."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import docx
import pytest
from conftest import Run

from liangqing.base import left_behind
from liangqing.cli import main as cli
from liangqing.papers import catalogue
from liangqing.variables.manual_page import GROUPS
from liangqing.variables.subjects import SUBJECTS


def write(path: Path, *paragraphs: str) -> Path:
    """A template of a clerk's own making, on the basis of one of ours."""
    document = docx.Document(str(Path(__file__).resolve().parents[2] / "templates/问题清单.docx"))
    body = document.element.body
    for each in list(body)[:-1]:
        body.remove(each)
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(path))
    return path


def edit(run: Run, name: str, text: str) -> Path:
    """Adds a paragraph to a template of the workspace."""
    path = run.root / "templates" / name
    document = docx.Document(str(path))
    document.paragraphs[0].add_run(text)
    document.save(str(path))
    return path


# ---------------------------------------------------------------- check


def test_our_own_templates_are_sound(run: Run) -> None:
    number = len(list((run.root / "templates").glob("*.docx")))
    assert run("template", "check") == (
        0,
        f"检查了 {number} 个模板，没有发现问题\n下一步：{run.again} build\n",
        "",
    )


@pytest.mark.parametrize("name", ["整改函", "整改函.docx", "templates/整改函.docx"])
def test_a_fault_is_told_with_its_place(run: Run, name: str) -> None:
    edit(run, "整改函.docx", "{{ 单位.名成 }}")
    code, out, err = run("template", "check", name)
    assert code == 1
    assert "templates/整改函.docx 正文第1段" in err
    assert (
        "错误 D540 「{{ 单位.名成 }}」：没有 单位.名成，是否 单位.名称？\n    建议：改成 单位.名称\n" in err
    )
    assert out.endswith("个模板，合计：错误 1\n")


def test_a_kind_means_its_template_for_every_layout(run: Run) -> None:
    assert (
        run("template", "check", "整改函")[1] == f"检查了 2 个模板，没有发现问题\n下一步：{run.again} build\n"
    )


def test_only_what_is_asked_for_is_checked(run: Run) -> None:
    edit(run, "整改函.docx", "{{ 单位.名成 }}")
    assert run("template", "check", "问题清单", "体检报告")[:2] == (
        0,
        f"检查了 2 个模板，没有发现问题\n下一步：{run.again} build\n",
    )


def test_all_faults_of_all_templates_in_one_run(run: Run) -> None:
    edit(run, "整改函.docx", "{{ 单位.名成 }}")
    edit(run, "体检报告.docx", "「「文号」」{% if 文号 %}")
    code, out, err = run("template", "check")
    assert code == 1
    assert out.endswith("合计：错误 3\n")
    assert [line.split(" ")[0] for line in err.splitlines() if " 错误 " in line] == [
        "templates/体检报告.docx",
        "templates/体检报告.docx",
        "templates/整改函.docx",
    ]


def test_json(run: Run) -> None:
    edit(run, "整改函.docx", "{{ 单位.名成 }}")
    code, out, err = run("template", "check", "整改函.docx", "--json")
    (found,) = json.loads(out)
    assert (code, err) == (1, "")
    assert (found["代码"], found["文件"], found["建议"]) == (
        "D540",
        "templates/整改函.docx",
        "改成 单位.名称",
    )
    assert found["位置"].startswith("正文第1段「")
    assert run("template", "check", "体检报告", "--json") == (0, "[]\n", "")


def test_annotated_copy(run: Run, tmp_path: Path) -> None:
    before = edit(run, "整改函.docx", "{{ 单位.名成 }}").read_bytes()
    copy = tmp_path / "新" / "注.docx"
    code, out, _ = run("template", "check", "整改函.docx", "--annotate", str(copy))
    assert code == 1
    assert out.splitlines()[-1] == f"批注写在：{copy}"
    with zipfile.ZipFile(copy) as archive:
        comment = archive.read("word/comments.xml").decode()
    assert "没有 单位.名成，是否 单位.名称？" in comment
    assert (run.root / "templates/整改函.docx").read_bytes() == before


def test_no_copy_of_a_sound_template(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "注.docx"
    assert run("template", "check", "体检报告", "--annotate", str(copy))[0] == 0
    assert not copy.exists()


def test_a_copy_that_cannot_be_written(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(run.root / "templates/体检报告.docx", "{{ 单位.名成 }}")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(left_behind, "write_durably", full)
    code, _, err = run("template", "check", "体检报告", "--annotate", str(tmp_path / "注.docx"))
    assert code == 1 and f"{tmp_path / '注.docx'} 错误 D744 写不进去（磁盘已满）" in err


def test_no_copy_of_what_is_no_docx(run: Run, tmp_path: Path) -> None:
    (run.root / "templates/体检报告.docx").write_bytes(b"x")
    copy = tmp_path / "注.docx"
    code, _, err = run("template", "check", "体检报告", "--annotate", str(copy))
    assert code == 1
    assert "D502" in err
    assert not copy.exists()


def test_a_template_of_ones_own(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "通知.docx", "{{ 单位.名称 }}：", "{{ 检查.编号 }}")
    assert run("template", "check", str(path), "--subject", "检查.单位")[0] == 0
    code, _, err = run("template", "check", str(path), "--subject", "单位")
    assert code == 1
    assert err.startswith(
        f"{path} 正文第2段「{{{{ 检查.编号 }}}}」 错误 D540 「{{{{ 检查.编号 }}}}」：没有 检查"
    )


def test_a_template_that_is_not_in_the_catalogue_yet(run: Run) -> None:
    write(run.root / "templates/通知.docx", "{{ 无此 }}")
    code, _, err = run("template", "check", "通知.docx", "--subject", "单位")
    assert code == 1
    assert err.startswith("templates/通知.docx 正文第1段")


def test_a_missing_template(run: Run) -> None:
    (run.root / "templates/体检报告.docx").unlink()
    code, _, err = run("template", "check")
    assert code == 1
    assert err.startswith("templates/体检报告.docx 错误 D501")


MISTYPED = {
    ("check", "OWN"): "「OWN」不在文种目录里，加 --subject 对象 说明它用在什么上",
    ("check", "OWN", "--subject", "人"): f"--subject 只能是 {'、'.join(SUBJECTS)}",
    ("check", "--subject", "单位"): "--subject 要写明是哪个模板",
    ("check", "--annotate", "注.docx"): "--annotate 一次只检查一个模板，现在是",
    ("check", "体检报告", "--annotate", "注.pdf"): "--annotate 后面写 .docx 文件名",
    ("check", "体检报告", "--annotate", "OWN"): "--annotate 的「OWN」已经有了，换一个名字",
    ("chekc",): "没有命令「chekc」，是否「check」？",
    ("vars", "--jsno"): "没有选项 --jsno，是否 --json？",
}


@pytest.mark.parametrize("words", MISTYPED)
def test_mistyped(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    own = str(write(tmp_path / "通知.docx", "文"))
    code, out, err = run("template", *(own if each == "OWN" else each for each in words))
    assert (code, out) == (2, "")
    assert err.startswith(f"用法不对：{MISTYPED[words].replace('OWN', own)}")


def test_a_template_that_there_is_not(run: Run) -> None:
    code, _, err = run("template", "check", "体捡报告")
    assert code == 1
    assert err.startswith("templates 错误 D571 没有模板「体捡报告」\n    建议：是否「体检报告」？")


# ---------------------------------------------------------------- vars


def test_variables_of_a_kind(run: Run) -> None:
    code, out, _ = run("template", "vars", "整改函")
    assert code == 0
    for words in (
        "整改函能用的变量",
        "文字，可空",
        "列表：一组「问题」",
        "一组「单位」里有",
        "过滤器：汉字、",
    ):
        assert words in out
    assert "一组「单位行」里有" not in out


def test_variables_as_json(run: Run) -> None:
    said = json.loads(run("template", "vars", "体检报告", "--json")[1])
    tables = {each["表"]: {row["变量"]: row for row in each["变量"]} for each in said["表"]}
    assert tables["体检报告能用的变量"]["单位"] == {
        "变量": "单位",
        "类型": "一组「单位」",
        "含义": "本文书的单位",
    }
    assert "编号" in tables["一组「问题」里有"]
    assert "顿号" in said["过滤器"]


def test_all_variables(run: Run) -> None:
    said = json.loads(run("template", "vars", "--json")[1])
    titles = [each["表"] for each in said["表"]]
    assert titles[0] == "所有文书都有"
    assert titles[1 : 1 + len(SUBJECTS)] == [f"对象是「{each}」的文书另有" for each in SUBJECTS]
    assert set(titles[1 + len(SUBJECTS) :]) <= {f"一组「{table.name}」里有" for table in GROUPS}


def test_variables_of_an_unknown_kind(run: Run) -> None:
    code, _, err = run("template", "vars", "整改")
    assert code == 1
    assert "没有文种「整改」\n    建议：是否「整改函」「整改情况反馈表」「整改照片」？" in err


def test_no_kind_of_paper_may_take_the_name_of_a_command() -> None:
    assert set(cli.cli.commands) == set(catalogue.BUILT_IN)

"""The documents say what is so: commands parse, keys are the model's, the worked example works."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click
import docx
import pytest
import yaml
from command_pages import FOLDER, pages
from conftest import Run
from markdown import blocks, chapters, command_lines, tables
from rooms import ROOMS
from sample import copy_workspace

from liangqing import engine
from liangqing.base.chinese import long_date
from liangqing.cli import main as cli
from liangqing.cli.template import template
from liangqing.cli.typed import understood
from liangqing.data.model.kinds import DocumentKind
from liangqing.data.model.types import ModelEntry
from liangqing.data.model.validate import SECTIONS, Section
from liangqing.outputs import waiting
from liangqing.outputs.ledger.lists import SHEETS
from liangqing.papers.catalogue import BUILT_IN
from liangqing.year.rules import forbidden_words
from liangqing.year.rules.gates import WAIVABLE

ROOT = Path(__file__).resolve().parents[2]
MANUAL = ROOT / "docs/使用手册"
README = (ROOT / "README.zh-CN.md").read_text("utf-8")
ENGLISH = (ROOT / "README.md").read_text("utf-8")
PAPERS = (ROOT / "docs/文书一览.md").read_text("utf-8")
FRONT = (MANUAL / "README.md").read_text("utf-8")
NOTES = (ROOT / "docs/开发说明.md").read_text("utf-8")
ENGINE = (ROOT / "docs/引擎.md").read_text("utf-8")
DAILY = (MANUAL / "检查和生成.md").read_text("utf-8")
DATA = (MANUAL / "数据.md").read_text("utf-8")
LEDGER = (MANUAL / "台账和总览.md").read_text("utf-8")
RULES = (MANUAL / "规则.md").read_text("utf-8")
TEMPLATES = (MANUAL / "改模板.md").read_text("utf-8")
VARIABLES = MANUAL / "模板变量.md"
# The pages that people wrote, those of commands are made from their help.
WRITTEN = {
    path.relative_to(ROOT): path.read_text("utf-8")
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *MANUAL.glob("*.md"))
}
MADE = {path.relative_to(ROOT): path.read_text("utf-8") for path in FOLDER.glob("*.md")}

KIND = "单位任务清单"
EXAMPLE = "做一种新文书"
IN_THE_MIDDLE = "公文表格"  # the row of the example that stands for its table


# ---------------------------------------------------------------- commands


COMMANDS = [
    pytest.param(line, id=f"{page}: {line}")
    for page, text in {**WRITTEN, **MADE}.items()
    for line in command_lines(text)
]


def typed(line: str) -> list[str]:
    """The words of a command, without the workspace that it is meant for, with a day for 成文日期."""
    line = line.replace("成文日期", "2021-11-01")
    words = shlex.split(line.partition("，")[0].partition(" | ")[0], comments=True)
    words = understood(words, cli.cli)
    return words[2:] if words[0] == "-C" else words


def test_there_are_commands_to_try() -> None:
    assert len(COMMANDS) > 190
    made = {str(page) for page in MADE if page.name != "README.md" and page.stem != "completion"}
    assert made < {str(each.id).split(":")[0] for each in COMMANDS}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with the kind of paper that the manual adds; to be read only."""
    root = copy_workspace(tmp_path_factory.mktemp("docs") / "工作", issued=True)
    add_example(root)
    return root


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_documents_parses(example: Path, line: str) -> None:
    words = typed(line)
    top = cli.cli.make_context("generate.py", ["-C", str(example), "check"])
    try:
        if words[0].startswith("-"):
            cli.cli.make_context("generate.py", words)
        name, command, rest = cli.cli.resolve_command(top, words)
        assert name is not None and command is not None
        given = command.make_context(name, rest, parent=top)
        if isinstance(command, click.Group):
            name, command, rest = command.resolve_command(given, rest)
            assert name is not None and command is not None
            given = command.make_context(name, rest, parent=given)
    except click.exceptions.Exit as done:  # --help, --version
        assert done.exit_code == 0
        return
    kinds = given.params.get("kinds") or [given.params.get("kind")]
    assert set(kinds) - {None} <= catalogue(example).keys()


def catalogue(root: Path) -> dict[str, dict[str, object]]:
    loaded = yaml.safe_load((root / "templates/文种.yaml").read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


ASKED = ("门槛", "放行", "还差", "受众", "对象", "文种目录", "键", "版本", "多余", "印发后改过")


def test_the_words_that_a_clerk_asks_about_are_explained_and_the_page_is_linked() -> None:
    words = (MANUAL / "名词解释.md").read_text("utf-8")
    explained = {
        word
        for line in words.splitlines()
        if line.startswith("| ")
        for word in line.split(" | ")[0][2:].split("、")
    }
    assert set(ASKED) <= explained
    for page in ("README", "规则", "印发和核对", "跟进和新年度", "检查和生成"):
        assert "](名词解释.md)" in (MANUAL / f"{page}.md").read_text("utf-8"), page


def test_every_command_of_our_own_is_shown() -> None:
    lines = [typed(line) for text in WRITTEN.values() for line in command_lines(text)]
    assert set(BUILT_IN) <= {words[0] for words in lines}
    assert {words[1] for words in lines if words[0] == "template"} == set(template.commands)


@pytest.mark.parametrize("text", [DAILY, FRONT, PAPERS], ids=["检查和生成", "手册首页", "文书一览"])
def test_every_kind_of_paper_is_named(text: str) -> None:
    for name, entry in catalogue(ROOT).items():
        assert name in text
        assert entry.get("何时") == "附件" or f"`{entry['命令']}`" in text


def test_readme_names_every_command_and_counts_the_papers() -> None:
    assert all(f"`{name}`" in README for name in BUILT_IN)
    written = [entry for entry in catalogue(ROOT).values() if "模板" in entry]
    assert f"等 {len(written)} 种" in README
    assert f"{len(written)} kinds of Word files" in ENGLISH


@pytest.mark.parametrize("text", [README, ENGLISH], ids=["README", "English"])
def test_readme_is_short(text: str) -> None:
    assert len(text.splitlines()) <= 80


def test_the_finding_of_readme_is_in_the_letter_beside_it() -> None:
    """What it shows is written in the sample, as it stands, and the letter of its picture says so."""
    (shown,) = [block for block in blocks(ENGLISH) if block.startswith("- 编号: ")]
    lines = (ROOT / "checklists/2021/问题.yaml").read_text("utf-8").splitlines()
    assert [line for line in shown.splitlines() if f"  {line}" not in lines] == []
    (finding,) = yaml.safe_load(shown)
    (letter,) = (ROOT / "tests/golden/整改函").glob("*1号-*.txt")
    said = letter.read_text("utf-8")
    owner, limit = finding["责任"], finding["整改时限"]
    told = [finding[key] for key in ("名称", "事实", "整改类别", "整改要求")]
    told += [f"{owner['责任人']}（{owner['职务']}）", long_date(limit)]
    assert [words for words in told if words not in said] == []


def test_what_readme_shows_of_the_first_build_is_what_is_said(run: Run, tmp_path: Path) -> None:
    code, said, _ = run.in_folder(copy_workspace(tmp_path / "示例", issued=True, own=False))("build")
    assert code == 0
    last = "".join(said.splitlines(keepends=True)[-2:])
    assert last.replace("liangqing", "python generate.py") in blocks(README)


def test_the_errors_that_the_manual_shows_are_what_is_said(run: Run) -> None:
    before = "    整改类别: 限期整改\n    整改目标: 水库周边排污口标识"
    run.edit("checklists/2021/问题.yaml", before, before.replace("整改类别", "整改类型"))
    run.edit("checklists/2021/问题.yaml", "整改时限: 2021-04-09", "整改时限: 四月上旬")
    code, _, said = run("build")
    assert code == 1
    assert said in blocks(RULES)


def test_what_the_manual_shows_of_check_is_what_is_said(run: Run) -> None:
    _, shown, said = run("check", "--as-of", "2021-10-31")
    assert said + shown.replace(run.again, "python generate.py") in blocks(DAILY)


def test_what_the_manual_shows_of_a_soft_word_is_what_is_said(run: Run) -> None:
    before = "事实: 2021年3月30日，检查组在青狮潭水库东岸"
    run.edit("checklists/2021/问题.yaml", before, before.replace("2021", "接到信访件反映，2021"))
    _, _, said = run("check")
    (shown,) = [each for each in blocks(RULES) if " D902 " in each]
    assert shown in said
    (entry,) = [each for each in blocks(RULES) if "门槛: 信访件" in each]
    waiver = "".join(f"    {line}\n" for line in entry.splitlines())
    head = "  - 编号: W2021-01\n"
    run.edit("checklists/2021/问题.yaml", head, head + waiver)
    code, _, said = run("check")
    assert code == 0
    assert " D902 " not in said


# ---------------------------------------------------------------- tables


def terms(cells: list[str]) -> list[str]:
    """The words of a column that are enumerated there."""
    return [word for cell in cells for word in re.split("[、，；]", cell)]


def column(page: str, chapter: str, head: str) -> list[str]:
    """The first column, without its head, of the table in a chapter that begins with `head`."""
    (found,) = [each for each in tables(chapters(page)[chapter]) if each[0][0] == head]
    return [row[0] for row in found[1:]]


def test_every_gate_that_can_be_waived_is_named() -> None:
    told = terms(column(RULES, "放行", "门槛"))
    assert sorted(told) == sorted(WAIVABLE)


def test_what_must_not_enter_is_named() -> None:
    hard = [*(each.kind for each in forbidden_words.WORDS if each.hard), *forbidden_words.NUMBERS]
    assert terms(column(RULES, "不得录入的内容", "类别")) == hard
    soft = "、".join(each.kind for each in forbidden_words.WORDS if not each.hard)
    assert soft in chapters(RULES)["不得录入的内容"]


def test_what_status_tells_is_named() -> None:
    assert tuple(column(DAILY, "待办：status", "类别")) == waiting.KINDS


def test_every_column_that_the_ledger_takes_back_is_named() -> None:
    (rows,) = [table for table in tables(chapters(LEDGER)["台账改好收回来"]) if table[0] == ["表", "收的列"]]
    told = dict(rows[1:])
    taken = {sheet.name: [column.head for column in sheet.accepted] for sheet in SHEETS if sheet.accepted}
    assert told.keys() == taken.keys()
    for name, heads in taken.items():
        assert [head for head in heads if head not in told[name]] == [], name


def test_the_chart_that_is_explained_is_ours() -> None:
    source = (ROOT / "template_sources/年度监督工作总结.txt").read_text("utf-8")
    (shown,) = re.findall(r"^内容 ¦ (.*)$", source, re.MULTILINE)
    assert f"{shown}\n" in blocks(TEMPLATES)


def test_the_map_shows_the_rooms_that_are_proved() -> None:
    """One map in all documents: a row a folder, in the order that test_layers.py proves."""
    (rows,) = [each for each in tables(chapters(NOTES)["The map"]) if each[0][0] == "folder"]
    told = [tuple(re.findall(r"`([\w/]+)/`", row[0])) for row in rows[1:]]
    assert [{name.replace("/", ".") for name in names} for names in told] == [set(rooms) for rooms in ROOMS]


def test_what_the_engine_exports_is_told() -> None:
    told = set(re.findall(r"`(\w+)`", chapters(ENGINE)["What it exports"]))
    returned = {"Expression", "Template", "TextTemplate", "Shape", "Reads", "merge_reads"}
    assert set(engine.__all__) - returned <= told


def test_the_page_of_the_engine_tells_where_each_of_its_modules_works() -> None:
    """Stages and parts name modules that there are, and no module of the engine goes without a word."""
    folder = ROOT / "liangqing/engine"
    there = {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.py")}
    told = {name for name in re.findall(r"`([\w/]*\w)`", ENGINE) if "/" in name or name in there}
    ours = {name for name in told if not name.startswith(("base/", "liangqing/"))}
    assert ours == {name for name in there if not name.endswith("__init__")}
    assert all((ROOT / "liangqing" / f"{name}.py").is_file() for name in told - ours if "base/" in name)


# ---------------------------------------------------------------- keys


def nested(annotation: object) -> type[ModelEntry] | None:
    """The model inside `tuple[Model, ...]`, `Model | None` or `Annotated[…]`."""
    if isinstance(annotation, type):
        return annotation if issubclass(annotation, ModelEntry) else None
    return next((found for each in get_args(annotation) if (found := nested(each))), None)


def keys(model: type[ModelEntry]) -> dict[str, bool]:
    """Key → whether it must be given."""
    return {str(field.alias): field.is_required() for field in model.model_fields.values()}


def below(model: type[ModelEntry]) -> Iterator[type[ModelEntry]]:
    """A model and those in it, depth first."""
    yield model
    for field in model.model_fields.values():
        inner = nested(field.annotation)
        if inner is not None:
            yield from below(inner)


def braces(cell: str) -> list[dict[str, bool]]:
    """`{日期*, 内容}` as keys; what has a colon in it is an example."""
    groups = re.findall(r"`\{([^{}:]*)\}`", cell)
    return [{each.strip("*"): each.endswith("*") for each in group.split(", ")} for group in groups]


def prove_keys(page: str, name: str, model: type[ModelEntry]) -> None:
    """The table under the heading `name` holds the keys of `model`, and in braces those below them."""
    table = tables(chapters(page)[name])[0]
    assert table[0] == ["键", "必填", "写什么"]
    assert {key: must == "是" for key, must, _ in table[1:]} == keys(model), name
    cells = {key: cell for key, _, cell in table[1:]}
    for field in model.model_fields.values():
        key, inner = str(field.alias), nested(field.annotation)
        if inner is None:
            assert braces(cells[key]) == [], (name, key)
        elif f"{name}.{key}" in chapters(page):
            prove_keys(page, f"{name}.{key}", inner)
        else:
            assert braces(cells[key]) == [keys(each) for each in below(inner)], (name, key)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda each: each.key)
def test_keys_of_a_section(section: Section) -> None:
    prove_keys(DATA, section.key, section.model)


def test_keys_of_a_kind_of_paper() -> None:
    prove_keys(TEMPLATES, "文种", DocumentKind)


def test_no_table_of_keys_is_left_over() -> None:
    known = {"文种", *(section.key for section in SECTIONS)}
    told = [
        name
        for page in WRITTEN.values()
        for name, text in chapters(page).items()
        if any(each[0] == ["键", "必填", "写什么"] for each in tables(text))
    ]
    assert {name.partition(".")[0] for name in told} == known


# ---------------------------------------------------------------- variables


@pytest.mark.process
def test_the_page_of_variables_is_up_to_date() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "liangqing.variables"], cwd=ROOT, capture_output=True, check=True
    )
    fresh = printed.stdout.decode("utf-8").splitlines()
    assert fresh == VARIABLES.read_text("utf-8").splitlines(), "run: make docs"


def test_the_pages_of_commands_are_up_to_date() -> None:
    there = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")}
    assert there == pages(), "run: make docs"


# ---------------------------------------------------------------- the worked example


def example_entry() -> str:
    """The YAML that the manual adds to 文种.yaml."""
    (found,) = [each for each in blocks(TEMPLATES) if each.startswith(f"{KIND}:")]
    return found


def add_example(root: Path) -> None:
    """Do by program what the manual tells a person to do."""
    with (root / "templates/文种.yaml").open("a", encoding="utf-8") as handle:
        handle.write(example_entry())
    path = root / f"templates/{KIND}.docx"
    shutil.copy(root / "templates/监督检查清单.docx", path)
    document = docx.Document(str(path))
    body = document.element.body
    for child in list(body):
        if not child.tag.endswith("}sectPr"):
            body.remove(child)
    texts, cells = tables(chapters(TEMPLATES)[EXAMPLE])
    for style, text in texts[1:]:
        if style != IN_THE_MIDDLE:
            document.add_paragraph(text.strip("`"), style=style)
            continue
        table = document.add_table(len(cells), len(cells[0]), style=style)
        for row, words, look in zip(table.rows, cells, ("表头", "表格文字"), strict=True):
            for cell, word in zip(row.cells, words, strict=True):
                cell.paragraphs[0].text = word.strip("`")
                cell.paragraphs[0].style = look
    document.save(str(path))


def test_the_worked_example(run: Run) -> None:
    add_example(run.root)
    code, _, said = run("build", KIND)
    assert code == 0, said
    folder = run.root / f"output/2021/{KIND}"
    assert len(list(folder.glob("*.docx"))) == 12

    paper = docx.Document(str(folder / "U11-灵川局党支部.docx"))
    assert [each.text for each in paper.paragraphs] == [
        "灵川局党支部2021年任务清单",
        "桂林市灵川生态环境局党支部（负责人：党支部书记韦某某）承担下列任务：",
        *quoted(),
    ]
    rows = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert rows[0] == ["序号", "具体任务", "完成时限", "佐证材料"]
    assert [row[0] for row in rows[1:]] == ["1", "2", "3", "4", "5"]
    assert rows[2][2:] == ["2021年6月30日", "责任分解表、任务台账、对账记录"]

    other = docx.Document(str(folder / "U05-办公室党支部.docx"))
    assert [each.text for each in other.paragraphs][2:] == ["检查中没有发现问题。"]
    assert len(other.tables[0].rows) == 4


def quoted() -> list[str]:
    """What the manual says the paper ends with."""
    return re.findall(r"^> (.+)$", chapters(TEMPLATES)[EXAMPLE], re.MULTILINE)

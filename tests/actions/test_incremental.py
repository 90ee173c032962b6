"""A build that makes only what has to be made is as good as one that makes everything: the same bytes and words.

Whatever was changed, put back or damaged in between; and what was kept for that is never believed where it is not right.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from builds import YEAR, Told, is_as_fresh, is_settled, papers
from conftest import Run
from filling import W, rewritten
from lxml import etree

from liangqing.actions import build_report, make_papers
from liangqing.base import output_inputs, program_stamp
from liangqing.base.output_files import CONFLICT, IDENTICAL, UPDATE, OutputRun
from liangqing.engine import compile_template
from liangqing.papers import kept_templates
from liangqing.year import open_workspace

pytestmark = [pytest.mark.year, pytest.mark.many]

FINDINGS = "checklists/2021/问题.yaml"
RECORDS = "checklists/2021/监督记录.yaml"

Edit: TypeAlias = Callable[[Run, random.Random], None]


# ---------------------------------------------------------------- what may happen between two builds


def in_a_line(path: Path, rng: random.Random, pattern: str, new: str) -> None:
    """In one of the lines that the pattern finds, at random, what it finds becomes `new`."""
    text = path.read_text("utf-8")
    found = rng.choice(list(re.finditer(pattern, text, re.MULTILINE)))
    path.write_text(text[: found.start()] + found.expand(new) + text[found.end() :], "utf-8")


def word_of_finding(run: Run, rng: random.Random) -> None:
    in_a_line(run.root / FINDINGS, rng, r"^    事实: (.*)。$", r"    事实: \1，已当场记录。")


def name_of_unit(run: Run, rng: random.Random) -> None:
    in_a_line(
        run.root / "checklists/2021/单位.yaml", rng, r"^    名称: (.*)党支部$", r"    名称: \1第一党支部"
    )


def days_before_limit(run: Run, rng: random.Random) -> None:
    in_a_line(
        run.root / "checklists/机构.yaml", rng, r"^  临期天数: \d+", f"  临期天数: {rng.randint(30, 90)}"
    )


def font(run: Run, rng: random.Random) -> None:
    in_a_line(
        run.root / "checklists/机构.yaml",
        rng,
        r"^选项:$",
        f"选项:\n  字体: {{楷体: 楷体{rng.randint(1, 9)}}}",
    )


def layout(run: Run, rng: random.Random) -> None:
    in_a_line(run.root / "checklists/机构.yaml", rng, r"^  # 版式: 信函", "  版式: 文件")


def title(run: Run, rng: random.Random) -> None:
    in_a_line(run.root / "templates/文种.yaml", rng, r'^  标题: "(?!关于|\{\{ 清单)(.*)"$', r'  标题: "新\1"')


def file_name(run: Run, rng: random.Random) -> None:
    in_a_line(run.root / "templates/文种.yaml", rng, r'^  文件名: "(.*)"$', r'  文件名: "新\1"')


def word_of_template(run: Run, rng: random.Random) -> None:
    path = rng.choice(
        [path for path in sorted((run.root / "templates").glob("*.docx")) if "-文件" not in path.name]
    )
    number = rng.random()

    def change(root: etree._Element) -> None:
        texts = [text for text in root.iter(f"{W}t") if re.fullmatch("[^{}%]+", text.text or "")]
        text = texts[int(number * len(texts))]
        text.text = f"{text.text}新"

    path.write_bytes(rewritten(path.read_bytes(), change))


def templates_swapped(run: Run, rng: random.Random) -> None:
    """The two layouts of a letter change places."""
    one = rng.choice(sorted((run.root / "templates").glob("*-文件.docx")))
    other = one.with_name(one.name.replace("-文件", ""))
    aside = one.with_suffix(".bak")
    for old, new in ((one, aside), (other, one), (aside, other)):
        old.rename(new)


def record_goes(run: Run, rng: random.Random) -> None:
    in_a_line(run.root / RECORDS, rng, r"^  - 日期: .*\n(    .*\n)+", "")


def record_comes(run: Run, rng: random.Random) -> None:
    with (run.root / RECORDS).open("a", encoding="utf-8") as records:
        day = f"2021-{rng.randint(4, 9):02}-{rng.randint(10, 28)}"
        records.write(f"\n  - {{日期: {day}, 单位: U02, 方式: 平时观察, 性质: 了解, 内容: 了解情况。}}\n")


def letter_issued(run: Run, rng: random.Random) -> None:
    code = rng.choice(["JZ03", "JZ04", "JZ05"])
    assert run("issue", "监督检查通知", code, "--date", "2021-10-20", "--confirm-date")[0] == 0


def letter_void(run: Run, rng: random.Random) -> None:
    assert run("void", "市纪驻环纪要〔2021〕2号", "--why", "发错")[0] == 0


def one_paper(run: Run, rng: random.Random) -> Path:
    return rng.choice(sorted((run.root / YEAR).glob("[!.]*/*.docx")))


def paper_edited(run: Run, rng: random.Random) -> None:
    path = one_paper(run, rng)

    def change(root: etree._Element) -> None:
        next(text for text in root.iter(f"{W}t") if text.text).text = "手改"

    path.write_bytes(rewritten(path.read_bytes(), change))


def paper_deleted(run: Run, rng: random.Random) -> None:
    one_paper(run, rng).unlink()


def paper_touched(run: Run, rng: random.Random) -> None:
    os.utime(one_paper(run, rng))


def date_wrong(run: Run, rng: random.Random) -> None:
    run.edit(RECORDS, "  - 日期: 2021-03-25", "  - 日期: 三月底")


def date_right(run: Run, rng: random.Random) -> None:
    run.edit(RECORDS, "  - 日期: 三月底", "  - 日期: 2021-03-25")


def nothing(run: Run, rng: random.Random) -> None:
    """Another day, or another option, is all."""


# Two things in a row happen before one build; some of what follows rests on what went before.
STEPS: tuple[tuple[tuple[Edit, ...], tuple[str, ...]], ...] = (
    ((word_of_finding, paper_touched), ()),
    ((font,), ()),
    ((paper_edited, word_of_template), ()),
    ((days_before_limit, record_goes), ()),
    ((nothing,), ("--as-of", "2021-06-30")),
    ((nothing,), ()),
    ((letter_issued, record_comes), ()),
    ((title, paper_deleted), ()),
    ((date_wrong, paper_edited), ()),
    ((date_right, file_name), ()),
    ((nothing,), ("--overwrite",)),
    ((letter_void, word_of_finding), ()),
    ((templates_swapped,), ()),
    ((layout, paper_edited), ()),
    ((name_of_unit,), ("--overwrite",)),
)


@pytest.mark.parametrize("seed", [1])
def test_the_same_as_fresh(run: Run, seed: int) -> None:
    rng = random.Random(seed)
    states: set[str] = set()
    assert Told.by(run).code == 0
    for number, (edits, words) in enumerate(STEPS):
        for edit in edits:
            edit(run, rng)
        states |= {*is_as_fresh(run, *words).states.values()}
        if number % 3 == 0:
            is_settled(run, *words)
    assert states == {"新建", "未变", "更新", "冲突", "多余"}


# ---------------------------------------------------------------- what was kept is damaged

KIND = "单位责任清单"
FIRST, SECOND = (
    "    名称: 桂林市生态环境局水生态环境科党支部",
    "    名称: 桂林市生态环境局水生态环境科第二党支部",
)
INPUTS, REPORT = f"{YEAR}/{output_inputs.NOTES}", f"{YEAR}/{build_report.NOTES}"
TEMPLATES = kept_templates.NOTES

Damage: TypeAlias = Callable[[bytes], bytes]


def noted(notes: object) -> bytes:
    """Notes under a check sum that is right."""
    body = json.dumps(notes).encode()
    return output_inputs.sum_of(body) + b"\n" + body


def within(name: str, change: Callable[[Any], object]) -> Damage:
    """What is noted under a name, changed, under a check sum that is right."""

    def damage(data: bytes) -> bytes:
        notes = json.loads(data.partition(b"\n")[2])
        return noted({**notes, name: change(notes[name])} if name else change(notes))

    return damage


def of_builds(name: str, change: Callable[[Any], object]) -> Damage:
    """The same of every build that is noted."""
    return within("builds", lambda builds: [{**build, name: change(build[name])} for build in builds])


def flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


def every(value: object) -> Callable[[Any], object]:
    """The same value under each of the names."""
    return lambda notes: dict.fromkeys(notes, value)


def turned(notes: dict[str, object]) -> dict[str, object]:
    """What is noted of the first name is under the last, and so on."""
    return dict(zip(notes, reversed(notes.values()), strict=True))


ANY: dict[str, Damage] = {
    "empty": lambda _: b"",
    "truncated": lambda data: data[:-20],
    "flipped": flipped,
    "other JSON": lambda _: b"{}",
    "a list": lambda _: noted([]),
    "a text": lambda _: noted("x"),
    "nothing": lambda _: noted(None),
    "no names": lambda _: noted({}),
    "of nothing": within("", every(None)),
    "of numbers": within("", every([1, 2, 3])),
}
DAMAGES: tuple[tuple[str, dict[str, Damage]], ...] = (
    (
        INPUTS,
        {
            "endless": within("", every(["a", "b", *[float("inf")] * 4])),
            "of another file": within("", turned),
        },
    ),
    (
        REPORT,
        {
            "an empty report": of_builds("report", every(None)),
            "of other inputs": of_builds("key", lambda _: "0" * 64),
            "of another manifest": of_builds("manifest", lambda _: "0" * 64),
            "of codes that are none": of_builds("report", lambda told: {**told, "found": [{"code": "D000"}]}),
        },
    ),
    (
        TEMPLATES,
        {
            "of another program": within("program", lambda _: "0" * 32),
            "reading nothing": within("templates", every(None)),
            "reading numbers": within("templates", every([1, 2])),
        },
    ),
)


@pytest.fixture
def states(run: Run) -> dict[str, tuple[Told, dict[str, bytes]]]:
    """What a build says of, and makes of, either name of a unit; the workspace is left built from the first."""
    found = {}
    for old, new in ((FIRST, SECOND), (SECOND, FIRST)):
        run.edit("checklists/2021/单位.yaml", f"{old}\n", f"{new}\n")
        Told.by(run, KIND)
        found[new] = Told.by(run, KIND), papers(run.root)
    assert found[FIRST][1] != found[SECOND][1] and len(found[FIRST][1]) > 10
    return found


@pytest.mark.parametrize(("name", "own"), DAMAGES)
def test_what_is_damaged_is_not_believed(
    run: Run, states: dict[str, tuple[Told, dict[str, bytes]]], name: str, own: dict[str, Damage]
) -> None:
    old, new = FIRST, SECOND
    kept = [b""]  # what was kept one build before, when the workspace said the other thing
    damages: dict[str, Damage] = {**ANY, **own, "from before": lambda _: kept[-1]}
    for what, damage in damages.items():
        path = run.root / name
        sound = path.read_bytes()
        path.write_bytes(damage(sound))
        again = Told.by(run, KIND)
        assert (again, papers(run.root)) == states[old], what
        path.write_bytes(damage(sound))
        run.edit("checklists/2021/单位.yaml", f"{old}\n", f"{new}\n")
        told = Told.by(run, KIND)
        assert (told.code, told.rest, papers(run.root)) == (0, states[new][0].rest, states[new][1]), what
        assert {*told.states.values()} == {IDENTICAL, UPDATE}, what
        kept.append(sound)
        old, new = new, old


@pytest.mark.parametrize("name", [INPUTS, REPORT, TEMPLATES])
def test_where_nothing_can_be_kept_papers_are_made_all_the_same(
    run: Run, states: dict[str, tuple[Told, dict[str, bytes]]], name: str
) -> None:
    """A folder in its place: who runs the tests as root is not kept out by permissions."""
    (run.root / name).unlink()
    (run.root / name).mkdir()
    assert (Told.by(run, KIND), papers(run.root)) == states[FIRST]
    run.edit("checklists/2021/单位.yaml", f"{FIRST}\n", f"{SECOND}\n")
    assert {*Told.by(run, KIND).states.values()} == {IDENTICAL, UPDATE}
    assert (Told.by(run, KIND), papers(run.root)) == states[SECOND]
    assert not list((run.root / "output").rglob("*.tmp"))


def test_what_another_workspace_kept(run: Run, states: dict[str, tuple[Told, dict[str, bytes]]]) -> None:
    """One that was copied as a whole, and built from something else."""
    copy = run.in_folder(run.root.parent / "另一份")
    shutil.copytree(run.root, copy.root)
    copy.edit("checklists/2021/单位.yaml", f"{FIRST}\n", f"{SECOND}\n")
    Told.by(copy, KIND)
    for name in (INPUTS, REPORT, TEMPLATES):
        shutil.copy2(copy.root / name, run.root / name)
    assert (Told.by(run, KIND), papers(run.root)) == states[FIRST]
    shutil.copytree(copy.root / YEAR, run.root / YEAR, dirs_exist_ok=True)
    told = Told.by(run, KIND)
    assert {*told.states.values()} == {IDENTICAL, UPDATE}
    assert papers(run.root) == states[FIRST][1]


def test_a_paper_that_was_changed_and_given_its_time_back(run: Run, states: object) -> None:
    path = next((run.root / YEAR / KIND).iterdir())
    seen, data = path.stat(), path.read_bytes()
    path.write_bytes(data.replace(b"word/styles.xml", b"word/stylos.xml"))
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert path.stat().st_size == seen.st_size
    told = Told.by(run, KIND)
    assert told.states[f"{KIND}/{path.name}"] == CONFLICT and told.code == 1
    assert path.read_bytes() != data


def test_another_program_believes_nothing(
    run: Run, states: dict[str, tuple[Told, dict[str, bytes]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = counted(monkeypatch)
    made: list[int] = []
    monkeypatch.setattr(make_papers.PaperMaker, "make", counting(make_papers.PaperMaker.make, made))
    assert Told.by(run, KIND) == states[FIRST][0]
    assert (compiled, made) == ([], [])
    for module in (kept_templates, build_report, make_papers):
        monkeypatch.setattr(module, "program_stamp", lambda: "0" * 32)
    assert (Told.by(run, KIND), papers(run.root)) == states[FIRST]
    assert len(compiled) == 1 and len(made) > 10


def test_the_program_is_another_one_with_another_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp = program_stamp.program_stamp.__wrapped__
    before = stamp()
    assert stamp() == before == program_stamp.program_stamp()
    assert any(name.startswith("chinesecalendar-") for name in program_stamp.libraries())
    monkeypatch.syspath_prepend(str(tmp_path))
    assert stamp() == before
    (tmp_path / "chinesecalendar-99.0.dist-info").mkdir()
    assert stamp() != before


# ---------------------------------------------------------------- what is saved while a build goes on


def counting(real: Callable[..., object], calls: list[int]) -> Callable[..., object]:
    def call(*args: object, **options: object) -> object:
        calls.append(1)
        return real(*args, **options)

    return call


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A mark for each template that is compiled from now on."""
    calls: list[int] = []
    monkeypatch.setattr(kept_templates, "compile_template", counting(compile_template, calls))
    return calls


@pytest.mark.parametrize("when", ["before it is read", "after it was read"])
def test_saved_while_building_and_put_back(
    run: Run, states: dict[str, tuple[Told, dict[str, bytes]]], monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """What was noted of a build that read the one or the other is not told of the next."""
    real = open_workspace.settled_workspace

    def opened(*args: object, **options: object) -> object:
        if when.startswith("before"):
            run.edit("checklists/2021/单位.yaml", f"{FIRST}\n", f"{SECOND}\n")
        made = real(*args, **options)  # type: ignore[arg-type]
        if when.startswith("after"):
            run.edit("checklists/2021/单位.yaml", f"{FIRST}\n", f"{SECOND}\n")
        return made

    with monkeypatch.context() as patched:
        patched.setattr(open_workspace, "settled_workspace", opened)
        Told.by(run, KIND, "--fresh")
    assert papers(run.root) == states[SECOND if when.startswith("before") else FIRST][1]
    if when.startswith("before"):
        run.edit("checklists/2021/单位.yaml", f"{SECOND}\n", f"{FIRST}\n")
        assert {*Told.by(run, KIND).states.values()} == {IDENTICAL, UPDATE}
        assert papers(run.root) == states[FIRST][1]
    else:
        assert {*Told.by(run, KIND).states.values()} == {IDENTICAL, UPDATE}
        assert papers(run.root) == states[SECOND][1]


def test_changed_and_changed_back_while_building(
    run: Run, states: dict[str, tuple[Told, dict[str, bytes]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = open_workspace.settled_workspace

    def opened(*args: object, **options: object) -> object:
        run.edit("checklists/2021/单位.yaml", f"{FIRST}\n", f"{SECOND}\n")
        made = real(*args, **options)  # type: ignore[arg-type]
        run.edit("checklists/2021/单位.yaml", f"{SECOND}\n", f"{FIRST}\n")
        return made

    with monkeypatch.context() as patched:
        patched.setattr(open_workspace, "settled_workspace", opened)
        Told.by(run, KIND, "--fresh")
    assert papers(run.root) == states[SECOND][1]
    Told.by(run, KIND)
    assert papers(run.root) == states[FIRST][1]


def test_a_paper_saved_between_judging_and_noting(
    run: Run, states: dict[str, tuple[Told, dict[str, bytes]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not taken for ours in the next run: neither one that was left as it is, nor one that was just moved in."""
    real = OutputRun.commit
    same, changed = (f"{KIND}/单位责任清单-2021年-{name}.docx" for name in ("局党组", "水生态科党支部"))

    def commit(run_of_files: OutputRun, *args: object) -> object:
        (run.root / YEAR / same).write_bytes(b"edited")
        return real(run_of_files, *args)  # type: ignore[arg-type]

    moved = OutputRun._replace

    def replace(run_of_files: OutputRun, path: str) -> None:
        moved(run_of_files, path)
        (run.root / YEAR / path).write_bytes(b"edited")

    run.edit("checklists/2021/单位.yaml", f"{FIRST}\n", f"{SECOND}\n")
    with monkeypatch.context() as patched:
        patched.setattr(OutputRun, "commit", commit)
        patched.setattr(OutputRun, "_replace", replace)
        assert Told.by(run, KIND).states[changed] == UPDATE
    told = Told.by(run, KIND)
    assert {path for path, state in told.states.items() if state == CONFLICT} == {same, changed}


def test_a_folder_and_a_link_are_seen(run: Run, states: dict[str, tuple[Told, dict[str, bytes]]]) -> None:
    """They tell nothing to a paper, but something to who checks the data."""
    (run.root / "checklists/二〇二二").mkdir()
    assert "D015" in Told.by(run, KIND).complaint
    (run.root / "checklists/二〇二二").rmdir()
    assert Told.by(run, KIND) == states[FIRST][0]
    file = run.root / "checklists/2021/单位.yaml"
    file.rename(run.root.parent / "单位.yaml")
    file.symlink_to(run.root.parent / "单位.yaml")
    assert "D014" in Told.by(run, KIND).complaint


def test_a_year_that_is_a_link(run: Run, states: dict[str, tuple[Told, dict[str, bytes]]]) -> None:
    (run.root / "checklists/2021").rename(run.root / "二〇二一")
    (run.root / "checklists/2021").symlink_to(run.root / "二〇二一")
    assert (Told.by(run, KIND), papers(run.root)) == states[FIRST]
    assert (Told.by(run, KIND), papers(run.root)) == states[FIRST]
    run.edit("checklists/2021/单位.yaml", f"{FIRST}\n", f"{SECOND}\n")
    Told.by(run, KIND)
    assert papers(run.root) == states[SECOND][1]


def test_data_that_cannot_be_read_is_told_as_before(
    run: Run, states: dict[str, tuple[Told, dict[str, bytes]]]
) -> None:
    """A link to nothing, a folder where a file should be: told by who reads the data, with all else that is wrong."""
    file = run.root / RECORDS
    file.unlink()
    file.symlink_to("没有.yaml")
    assert f"{RECORDS} 错误 D002 " in Told.by(run, KIND).complaint
    file.unlink()
    file.mkdir()
    assert f"{RECORDS} 错误 D002 " in Told.by(run, KIND).complaint


# ---------------------------------------------------------------- templates that were found right


def test_check_compiles_what_was_not_found_right(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = counted(monkeypatch)
    assert run("check")[0] == 0
    count = len(compiled)
    assert count > 30
    assert not (run.root / "output").exists()  # looking makes no folder
    assert run("check")[0] == 0
    assert len(compiled) == 2 * count
    (run.root / "output").mkdir()
    assert run("check")[0] == 0
    compiled.clear()
    assert run("check")[0] == 0
    assert compiled == []
    word_of_template(run, random.Random(1))
    assert run("check")[0] == 0
    assert len(compiled) == 1
    assert run("check")[0] == 0
    assert len(compiled) == 1


def test_check_tells_each_time_what_is_wrong_with_a_template(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (run.root / "output").mkdir()
    assert run("check")[0] == 0
    shutil.copyfile(run.root / "templates/整改函.docx", run.root / "templates/检查底稿.docx")
    compiled = counted(monkeypatch)
    first = run("check")
    assert first[0] == 1 and "templates/检查底稿.docx" in first[2]
    assert run("check") == first
    assert len(compiled) == 2


def test_a_part_that_is_asked_for_does_not_make_the_rest_forgotten(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is told again from the notes once nothing more is written; what writes makes the others look anew."""
    made: list[int] = []
    monkeypatch.setattr(make_papers.PaperMaker, "make", counting(make_papers.PaperMaker.make, made))
    for turn in ("written", "noted", "told"):
        made.clear()
        for words in (("build", KIND), ("build", KIND, "--unit", "灵川局党支部"), ("letters", "ZG1")):
            assert run(*words)[0] == 0
        assert bool(made) == (turn != "told"), turn

"""The benchmark's letter says the same in our engine and in docxtpl; whole years are measured and told rightly."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from docxtpl import DocxTemplate  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks import costs, data, package, report, texts, whole, whole_year  # noqa: E402
from benchmarks import floor as floors  # noqa: E402
from benchmarks.costs import Cost, Peak  # noqa: E402
from benchmarks.found import Found  # noqa: E402
from benchmarks.install import Unavailable  # noqa: E402
from benchmarks.syntaxes import SYNTAXES  # noqa: E402
from benchmarks.whole import Case, Step, WholeYear  # noqa: E402
from benchmarks.whole_tables import tables_of_whole  # noqa: E402
from benchmarks.whole_targets import targets_of_whole  # noqa: E402
from liangqing.cli.main import main  # noqa: E402
from liangqing.engine import Template, compile_template  # noqa: E402

CONTEXTS = data.letters(5)


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return package.write(tmp_path_factory.mktemp("letter") / "函.docx", SYNTAXES["jinja"])


@pytest.fixture(scope="module")
def compiled(letter: Path) -> Template:
    return compile_template(letter, name="函.docx")


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda each: each["number"])
def test_same_text_as_docxtpl(letter: Path, compiled: Template, context: data.Context) -> None:
    theirs, peer = io.BytesIO(), DocxTemplate(letter)
    peer.render(context, autoescape=True)
    peer.save(theirs)
    found = texts.paragraphs(compiled.render(context))
    assert found == texts.paragraphs(theirs.getvalue())
    assert any("&" in text or "<" in text for text in found)


def test_every_value_stands_in_the_letter(compiled: Template) -> None:
    assert set(compiled.reads) == set(CONTEXTS[0])


# ---------------------------------------------------------------- a whole year


@pytest.mark.many
def test_generated_workspace_builds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole_year.workspace(tmp_path / "年", 10)
    run = ["-C", str(tmp_path / "年")]
    assert main([*run, "check", "--as-of", whole.DAY, "--strict"]) == 0
    assert main([*run, "build", "--jobs", "1"]) == 0
    capsys.readouterr()
    whole_year.change_a_finding(tmp_path / "年", 7)
    assert main([*run, "build", "--jobs", "1", "--json"]) == 0
    papers = json.loads(capsys.readouterr().out)["文书"]
    kinds = Counter(paper["文种"] for paper in papers)
    assert kinds["自查情况表"] == 20
    assert kinds["单位责任清单"] == 10
    assert kinds["体检报告"] == kinds["整改函"] == kinds["问题清单"] == 2
    changed = Counter(paper["文种"] for paper in papers if paper["状态"] == "更新")
    assert changed["整改函"] == changed["问题清单"] == changed["台账"] == 1
    assert changed["自查情况表"] == changed["单位责任清单"] == 0


@pytest.mark.many
@pytest.mark.process
def test_every_step_of_a_whole_year_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without_docxtpl: None
) -> None:
    monkeypatch.setattr(whole, "scratch", lambda: tmp_path)
    monkeypatch.setattr(whole, "LARGE", 1)
    said: list[str] = []
    found = whole.measure([whole.Size(5, 1, (1,))], said.append)
    assert {case.step for case in found.costs} == set(whole.Step)
    assert all(cost.cpu > 0 and cost.wall > 0 for series in found.costs.values() for cost in series)
    assert found.papers == {5: 29}
    assert found.letter == [] and found.left_out == said[0] == "docxtpl 0.20.2 没有测：装不上"
    assert found.peaks[5, 1].largest > 10_000 < found.peaks[5, 1].together
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def without_docxtpl(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise Unavailable("装不上")

    monkeypatch.setattr(whole, "Worker", refuse)


def sample() -> WholeYear:
    """One paper of 400 units takes 2 ms, of 4,000 units 2.2 ms; the second round was noisy in all that is measured."""
    noise = (1.0, 2.0, 1.0)

    def series(cpu: float, wall: float) -> list[Cost]:
        return [Cost(cpu * factor, wall * factor) for factor in noise]

    found = WholeYear(papers={400: 2000, 4000: 20000}, letter=[0.03, 0.06, 0.03])
    for units, fresh in ((400, 4.0), (4000, 44.0)):
        steps = dict.fromkeys(Step, fresh / 10) | {Step.FRESH: fresh, Step.CHANGED: fresh / 2}
        for step, cpu in steps.items():
            found.costs[Case(units, 1, step)] = series(cpu, cpu)
        found.costs[Case(units, 2, Step.FRESH)] = series(fresh * 1.1, fresh / 2)
        found.costs[Case(units, 2, Step.CHANGED)] = found.costs[Case(units, 2, Step.SAME)] = series(1, 1)
        found.peaks = {**found.peaks, (units, 1): Peak(1024 * units, 512 * units)}
    return found


def test_tables_of_a_whole_year() -> None:
    builds, others, commands, memory = tables_of_whole(sample())
    assert builds.rows[0] == ("400", "2000", "1", "4.00", "2.00", "0.40", "2.00", "4.00", "2.00", "0.40")
    assert builds.rows[3] == ("4000", "20000", "2", "48.4", "1.00", "1.00", "2.42", "22.0", "1.00", "1.00")
    assert list(others.rows) == [
        ("400", "2000", "60.0", "15.0", "0.400", "10.0", ""),
        ("4000", "20000", "600", "13.6", "4.400", "10.0", "1.04"),
    ]
    assert commands.rows[1] == ("4000", "4.40", *["1.00"] * 4, *["4.40"] * 4)
    assert list(memory.rows) == [("400", "1", "400", "200"), ("4000", "1", "4000", "2000")]
    assert all(len(table.heads) == len(row) for table in tables_of_whole(sample()) for row in table.rows)


def test_targets_of_a_whole_year() -> None:
    found = {target.name: target for target in targets_of_whole(sample())}
    told = {name: (target.wanted_text, target.verdict) for name, target in found.items()}
    assert told == {
        "400 个单位，新生成：docxtpl 填同样份数的函所用的 CPU 是它的": ("≥ 20 倍", "未达到，差 25%"),
        "400 个单位，没有改：新生成的 CPU 是它的": ("≥ 6 倍", "达到"),
        "400 个单位，改了一个问题：新生成的 CPU 是它的": ("≥ 4 倍", "未达到，差 50%"),
        "400 到 4000 个单位，新生成：CPU 增长的指数": ("≤ 1.08", "达到"),
        "4000 个单位，新生成：两个进程比一个快": ("≥ 1.6 倍", "达到"),
    }


def test_every_target_is_judged_where_all_sizes_are_measured() -> None:
    found = sample()
    for (units, processes, step), series in list(found.costs.items()):
        if units == 400:
            found.costs[Case(10000, processes, step)] = series
            found.costs[Case(40, None, step)] = series
    found.papers |= {40: 200, 10000: 50000}
    found.peaks[10000, 2] = Peak(1024 * 900, 1024 * 2048)
    targets = list(targets_of_whole(found))
    assert len(targets) == 12
    memory = next(target for target in targets if "内存" in target.name)
    assert (memory.measured, memory.met) == (2048, False)


def test_what_docxtpl_was_not_measured_for_is_left_empty() -> None:
    found = sample()
    found.letter, found.left_out = [], "docxtpl 没有测：装不上"
    _, others, *_ = tables_of_whole(found)
    assert others.rows[0][2:4] == ("", "")
    assert others.note.endswith(found.left_out)
    assert not [target for target in targets_of_whole(found) if "docxtpl" in target.name]


@pytest.mark.process
def test_page_tells_why_a_target_of_a_whole_year_is_missed(tmp_path: Path) -> None:
    slow = sample()
    slow.costs[Case(4000, 2, Step.FRESH)] = slow.costs[Case(4000, 1, Step.FRESH)]
    for found, missed in ((sample(), False), (slow, True)):
        report.write(tmp_path / "基准.md", Found(whole=found), date(2021, 11, 1))
        page = (tmp_path / "基准.md").read_text("utf-8")
        assert "## 整年生成\n" in page
        assert ("- 4000 个单位，新生成：两个进程比一个快：" in page) is missed


@pytest.mark.process
def test_cost_counts_what_a_command_starts() -> None:
    spin = "import time\nwhile time.process_time() < 0.3: pass"
    twice = f"import subprocess, sys\nfor _ in range(2): subprocess.run([sys.executable, '-c', {spin!r}])"
    found = costs.cost([sys.executable, "-c", twice])
    assert found.cpu >= 0.6
    assert found.wall >= 0.6


@pytest.mark.process
def test_peak_counts_all_processes() -> None:
    hold = "import time\nheld = b'x' * 40_000_000\ntime.sleep(1)"
    start = f"[subprocess.Popen([sys.executable, '-c', {hold!r}]) for _ in range(2)]"
    found = costs.peak([sys.executable, "-c", f"import subprocess, sys\nfor p in {start}: p.wait()"])
    assert 40_000 < found.largest < 80_000 < found.together


@pytest.mark.process
@pytest.mark.parametrize("measure", [costs.cost, costs.peak])
def test_command_that_fails_is_no_measure(measure: Callable[[list[str]], object]) -> None:
    with pytest.raises(SystemExit, match="退出码 3\n坏了"):
        measure([sys.executable, "-c", "print('坏了'); raise SystemExit(3)"])


def test_floor_deflates_each_content_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deflated: list[bytes] = []
    written: list[bytes] = []
    monkeypatch.setattr(floors, "deflate", deflated.append)
    monkeypatch.setattr(floors, "write_file", lambda path, data: written.append(data))
    made = tmp_path / "made"
    made.mkdir()
    for name in ("甲", "乙"):
        with zipfile.ZipFile(made / f"{name}.docx", "w") as archive:
            archive.writestr("word/styles.xml", "<styles/>")
            archive.writestr("word/document.xml", name)
    (made / "总览.html").write_text("<p>", "utf-8")
    floors.floor(made, tmp_path / "floor")
    assert sorted(deflated) == sorted([b"<styles/>", "甲".encode(), "乙".encode()])
    assert sorted(written) == sorted(path.read_bytes() for path in made.iterdir())
    assert not (tmp_path / "floor").exists()

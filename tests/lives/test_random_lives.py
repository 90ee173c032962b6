"""Random lives of an office over two years: edits and commands of a clerk, every list against an independent count."""

from __future__ import annotations

import os
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from office import Office, Sight
from office_acts import act
from office_clerk import Clerk, Refused, section
from office_life import Life, new_unit
from office_mistakes import mistake
from office_seen import differences
from office_shown import CODE, NUMBER, Difference
from random_year import GROUP, Entry, Written, checklist, in_force

from liangqing.cli import main as cli
from liangqing.papers.kept_templates import AnyTemplate, TemplateSource

pytestmark = pytest.mark.many

FIRST, LAST, TURN = date(2026, 1, 5), date(2027, 12, 30), date(2027, 1, 4)
STEPS = int(os.environ.get("LIANGQING_LIFE_STEPS", "150"))
LIVES = "1 2 4 6 8"
SEEDS = [int(seed) for seed in os.environ.get("LIANGQING_LIVES", LIVES).split()]
EVERY = 30  # steps from one look to the next

# What every life of LIVES holds, by a word of its story; and what is seldom, with a life that holds it.
HAPPENS = (
    *("开始 2027", "自查", "审核", "问题", "双签", "整改函", "印发", "作废", "送达", "反馈表"),
    *("提议", "进展", "延期", "申请销号", "核查", "销号", "拒绝", "check 指出"),
)
SELDOM = {"撤销": 1, "反弹": 4, " 更正 市纪": 4, "台账收回": 1, "集中清查": 1}

EMPTY = ("自查", "检查", "问题", "双签", "整改函", "文书", "送达", "整改反馈", "项目")


def begun(root: Path, seed: int) -> Life:
    """An office on its first day, in a workspace of its own."""
    assert cli.main(["init", str(root), "--year", "2026"]) == 0
    group = {**GROUP, "联系人": {"姓名": "甲某某", "电话": "0000-0000000"}}
    (root / "checklists/机构.yaml").write_text(section("机构", group), "utf-8")
    (root / "output").mkdir()  # where the program notes what it has compiled
    units = [new_unit(number) for number in range(1, 6)]
    office = Office(Written(GROUP, {2026: folder(2026, units)}))
    life = Life(office, Clerk(root, FIRST), Random(seed))
    life.clerk.write(office)
    return life


def folder(year: int, units: list[Entry]) -> Entry:
    """The sections of a year that begins."""
    dues = ((3, 31), (6, 30), (9, 30), (12, 20))
    periods = [
        {"名称": f"第{sign}期", "报送截止日期": date(year, *day)}
        for sign, day in zip("一二三四", dues, strict=True)
    ]
    options = {"临期天数": "10", "销号门槛": ["核查人", "核查方式", "核查日期"]}
    begins = {"选项": options, "清单": checklist(year, periods), "单位": units}
    return begins | {name: [] for name in EMPTY}


def new_year(life: Life, year: int) -> str:
    """The next folder is begun by the program, and typed over by the clerk."""
    told = life.clerk.data("new-year", str(year))
    assert told["写入"] is True
    carried = {unit["编号"] for unit in life.clerk.read(life.clerk.path(year, "单位"))["单位"]}
    before = life.office.years[year - 1]["单位"]
    assert {unit["编号"] for unit in before if in_force(unit, date(year, 1, 1))} <= carried
    due = [
        each["报送截止日期"] for each in life.clerk.read(life.clerk.path(year, "清单"))["清单"]["自查期次"]
    ]
    units = [dict(unit) for unit in before if unit["编号"] in carried]
    life.office.years[year] = folder(year, units)
    assert due == [each["报送截止日期"] for each in life.sections["清单"]["自查期次"]]
    life.clerk.write(life.office)
    return f"开始 {year} 年"


def looks(life: Life) -> list[Sight]:
    """Today in the latest year, and in the year of that day an earlier one on which a count may turn."""
    dice = Random(life.today.toordinal())  # its own: what happens does not hang on how often one looks
    back = life.today - timedelta(dice.randint(1, max(1, (life.today - FIRST).days)))
    turns = {day for year in life.office.years for day in life.office.written.days(year)}
    back = min((day for day in turns if FIRST <= day < life.today), key=lambda day: (abs(day - back), day))
    year = max(year for year in life.office.years if year <= back.year)
    return [life.sight, Sight(life.office, year, back)]


@dataclass
class Played:
    """What happened in a life, and what the program showed otherwise than it was counted."""

    story: list[str] = field(default_factory=list)
    wrong: list[tuple[str, Difference]] = field(default_factory=list)

    def told(self) -> str:
        """Each difference, with all that happened to the records that it names."""
        lines = []
        for when, found in self.wrong:
            names = {
                name for part in map(str, found) for name in (*CODE.findall(part), *NUMBER.findall(part))
            }
            lines.append(f"{when} {found.fact}：程序 {found.shown}，应为 {found.counted}")
            lines += [f"    {line}" for line in self.story if any(name in line for name in names)]
        return "\n".join(lines)


def step(life: Life) -> str:
    """What is done on a day: something lawful, or now and then a mistake."""
    if life.today >= TURN and life.year < TURN.year:
        return new_year(life, TURN.year)
    return mistake(life) if life.chance(0.1) else act(life)


def play(life: Life, steps: int = STEPS, every: int = EVERY) -> Played:
    """A life of two years; every so many steps all that is shown is held against the count."""
    played = Played()
    for number in range(steps):
        life.clerk.today = FIRST + timedelta((LAST - FIRST).days * number // steps)
        when = f"{number} {life.today}"
        try:
            played.story.append(f"{when} {step(life)}")
        except Refused as refused:
            played.wrong.append((when, Difference("办事", str(refused), "办得成")))
        if number % every == every - 1:
            for sight in looks(life):
                at = f"{when}（{sight.year} 年截至 {sight.day}）"
                played.wrong += [(at, found) for found in differences(life.clerk, sight)]
    code, out, err = life.clerk.run("build", "--year", str(life.year))
    if code != 0:
        played.wrong.append((str(life.today), Difference("全部生成", out + err, "办得成")))
    return played


@pytest.fixture
def begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Life]:
    """Begins a life by its seed; the clock of the program is that of its clerk, a template is compiled once."""
    compiled: dict[str, AnyTemplate] = {}
    compile_anew = TemplateSource.compile

    def compile_once(source: TemplateSource, data: bytes | None = None) -> AnyTemplate:
        key = f"{source.digest} {data is None}"
        if key not in compiled:
            compiled[key] = compile_anew(source, data)
        return compiled[key]

    def begin(seed: int) -> Life:
        life = begun(tmp_path / f"第{len([*tmp_path.iterdir()])}家", seed)
        monkeypatch.setattr(cli, "today", lambda: life.today)
        monkeypatch.setattr(TemplateSource, "compile", compile_once)
        return life

    return begin


@pytest.mark.parametrize("seed", SEEDS)
def test_every_list_of_a_random_life_is_as_counted(begin: Callable[[int], Life], seed: int) -> None:
    life = begin(seed)
    played = play(life)
    assert played.wrong == [], f"LIANGQING_LIVES={seed}\n{played.told()}"
    assert life.clerk.numbers() == [line["文号"] for line in life.office.lines if "文号" in line]
    if str(seed) not in LIVES.split():
        return
    words = (*HAPPENS, *(word for word, own in SELDOM.items() if own == seed))
    assert [word for word in words if not any(word in line for line in played.story)] == []


def test_a_life_can_be_played_again(begin: Callable[[int], Life]) -> None:
    lives = []
    for _ in range(2):
        life = begin(5)
        lives.append((play(life, steps=40, every=1000).story, life.clerk.prints()))
    assert lives[0] == lives[1]
    assert len(lives[0][0]) > 20


WRONG_COUNTS: dict[str, Callable[[Office], object]] = {
    "少一份发文": lambda office: office.lines.pop(0),
    "少一个问题": lambda office: office.years[2026]["问题"].pop(0),
    "少一份自查": lambda office: office.years[2026]["自查"].pop(0),
    "少一次签字": lambda office: office.years[2026]["双签"].clear(),
    "没有草稿": lambda office: office.years[2026]["整改函"].clear(),
    "时限不同": lambda office: [each.update(整改时限=FIRST) for each in office.years[2026]["问题"]],
    "没有撤销": lambda office: [each.pop("撤销日期", None) for each in office.years[2026]["单位"]],
}


def test_a_wrong_count_is_seen(begin: Callable[[int], Life]) -> None:
    """What is held against the program is really held against it: each slip of the count shows in some list."""
    life = begin(1)
    play(life, steps=120, every=1000)
    assert life.year == 2027
    sight = Sight(life.office, 2026, date(2026, 12, 20))
    rightly = differences(life.clerk, sight)
    for slip, change in WRONG_COUNTS.items():
        other = deepcopy(life.office)
        change(other)
        assert differences(life.clerk, Sight(other, sight.year, sight.day)) != rightly, slip

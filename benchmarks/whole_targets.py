"""What a whole build is to reach, a row a target."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.table import MB
from benchmarks.target import Target
from benchmarks.whole import Case, Step, WholeYear


@dataclass(frozen=True)
class _Aim:
    """`units`: the sizes of workspaces by which it is judged; `why`: what is known of the cause where it is
    missed; `docxtpl`: it is judged beside docxtpl."""

    name: str
    units: tuple[int, ...]
    wanted: float
    unit: str
    measured: Callable[[WholeYear], float]
    at_most: bool = False
    why: str = ""
    docxtpl: bool = False


def _saved(step: Step) -> Callable[[WholeYear], float]:
    """How many times as much CPU a fresh build of 400 units takes as that step."""
    return lambda whole: whole.times(Case(400, 1, Step.FRESH), Case(400, 1, step))


def _against_opening(step: Step) -> Callable[[WholeYear], float]:
    return lambda whole: whole.times(Case(10000, 1, step), Case(10000, 1, Step.OPEN))


_ONE_PROCESS = (
    "读入、查规则、把文件移入输出目录只在一个进程里做，分给两个进程的只有编译、填写、台账和总览、核对格式。"
)
_OPENING = "除了读入，还要载入程序的其他部分、查规则。"
_FILLING = "填写只占新生成的一小部分，其余是载入程序、编译模板、读入、查规则、算数据、台账和总览、核对格式。"
_CHANGED = "要编译改过的文书所用的模板，改过的文书要核对格式，台账和总览整本重写，每份文书的数据都要算一遍才知道变没变。"

_AIMS = (
    _Aim(
        "400 个单位，新生成：docxtpl 填同样份数的函所用的 CPU 是它的",
        (400,),
        20,
        " 倍",
        lambda whole: whole.over_docxtpl(400),
        why=_FILLING,
        docxtpl=True,
    ),
    _Aim(
        "40 个单位，新生成：从敲下命令到结束",
        (40,),
        1.5,
        " 秒",
        lambda whole: whole.wall(40, None, Step.FRESH),
        at_most=True,
        why="载入程序和第一次编译三十多个模板，不论单位多少都要做，占了大半。",
    ),
    _Aim("400 个单位，没有改：新生成的 CPU 是它的", (400,), 6, " 倍", _saved(Step.SAME)),
    _Aim(
        "40 个单位，没有改：从敲下命令到结束",
        (40,),
        0.6,
        " 秒",
        lambda whole: whole.wall(40, None, Step.SAME),
        at_most=True,
    ),
    _Aim(
        "400 个单位，改了一个问题：新生成的 CPU 是它的", (400,), 4, " 倍", _saved(Step.CHANGED), why=_CHANGED
    ),
    _Aim(
        "10000 个单位，新生成，两个进程：用时",
        (10000,),
        60,
        " 秒",
        lambda whole: whole.wall(10000, 2, Step.FRESH),
        at_most=True,
    ),
    _Aim(
        "10000 个单位，新生成，两个进程：内存峰值，各进程合计",
        (10000,),
        1024,
        " MB",
        lambda whole: whole.peaks[10000, 2].together / MB,
        at_most=True,
    ),
    _Aim(
        "400 到 4000 个单位，新生成：CPU 增长的指数",
        (400, 4000),
        1.08,
        "",
        lambda whole: whole.growth(400, 4000),
        at_most=True,
    ),
    *(
        _Aim(
            f"10000 个单位，{step}：CPU 与读入之比",
            (10000,),
            1.5,
            " 倍",
            _against_opening(step),
            at_most=True,
            why=_OPENING,
        )
        for step in (Step.STATUS, Step.LETTER, Step.ISSUE)
    ),
    _Aim(
        "4000 个单位，新生成：两个进程比一个快",
        (4000,),
        1.6,
        " 倍",
        lambda whole: whole.times(Case(4000, 1, Step.FRESH), Case(4000, 2, Step.FRESH), clock=True),
        why=_ONE_PROCESS,
    ),
)


def targets_of_whole(whole: WholeYear) -> Iterator[Target]:
    """Those that the run can judge; none of docxtpl where it was left out."""
    for aim in _AIMS:
        if set(aim.units) <= set(whole.papers) and (whole.letter or not aim.docxtpl):
            yield Target(aim.name, aim.wanted, aim.measured(whole), aim.unit, aim.at_most, aim.why)
